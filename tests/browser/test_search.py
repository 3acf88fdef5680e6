"""The search at the top of each page, in a browser: what it finds, how it is used, what it loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.pages.search_index import INDEX, LIBRARY
from tests.browser.conftest import QUESTIONS, Watched, served
from tests.browser.test_axe import looked_at

pytestmark = pytest.mark.browser

# Where the questions look for pages that they call by name
PAGES = {
    "calendar": "portfolio/calendar.html",
    "gate": "guide/gate.html",
    "guide settings": "guide/settings.html",
    "health": "method/health.html",
    "imports": "guide/imports.html",
    "method": "method/",
    "our people": "portfolio/people.html",
    "pipeline": "portfolio/money.html#pipeline",
    "privacy": "guide/privacy.html",
    "selection": "method/selection.html",
    "settings": "settings/",
}


@pytest.fixture
def page(watched: Watched, address: str) -> Page:
    watched.page.goto(f"{address}index.html")
    return watched.page


def ask(page: Page, text: str) -> list[str]:
    """Type into the search, and see where all that was found leads, from the site's root."""
    if not page.locator("dialog.ap-seek[open]").count():
        page.locator(".ap-seek-open").click()
    page.locator(".ap-seek input").fill(text)
    page.wait_for_function(
        """text => {
          const dialog = document.querySelector("dialog.ap-seek");
          const loading = window.SEARCH_SAYS.loading;
          return dialog.dataset.drawn === text && !dialog.textContent.includes(loading);
        }""",
        arg=text,
    )
    found: list[str] = page.eval_on_selector_all(
        ".ap-seek-hit",
        """links => links.map(one => one.href.replace(
          document.querySelector("script[src$='assets/playbooks.js']").src.replace(/assets.*/, ""), ""
        ))""",
    )
    return found


def said(page: Page) -> str:
    """What the search says of what it found."""
    return page.locator(".ap-seek [role=status]").inner_text()


ACCOUNTS = (
    ("Harbor Logistics", "harbor"),
    ("harb", "harbor"),
    ("HL", "harbor"),
    ("Birgit Holt", "harbor"),
    ("maas", "harbor"),
    ("go-live", "harbor"),
    ("second line", "harbor"),
    ("North Drive", "harbor"),
    ("framework-contract", "harbor"),
    ("华远精密制造有限公司", "huayuan"),
    ("华远", "huayuan"),
    ("精密制造", "huayuan"),
    ("王敏", "huayuan"),
    ("采购总监", "huayuan"),
    ("交付周期", "huayuan"),
    ("制造有限", "huayuan"),
)


def test_an_account_is_found_first(page: Page) -> None:
    missed = {
        text: found[:3]
        for text, account in ACCOUNTS
        if not (found := ask(page, text))
        or found[0].partition("#")[0] != f"accounts/{account}.html"
    }
    assert missed == {}


@pytest.fixture(scope="module")
def home(both: Path) -> Iterator[str]:
    with served(both) as address:
        yield address


@pytest.mark.slow
def test_strangers_questions_find_what_was_meant(watched: Watched, home: str) -> None:
    page = watched.page
    missed: dict[str, Any] = {}
    for language, start in (("english", "index.html"), ("chinese", "zh/accounts/index.html")):
        page.goto(home + start)
        for text, meant in QUESTIONS[language]:
            wanted = PAGES.get(meant, f"accounts/{meant}.html")
            found = ask(page, text)[:3]
            instead = page.evaluate("[SEARCH_SAYS.alike, SEARCH_SAYS.some]")
            if said(page) in instead or not any(each.startswith(wanted) for each in found):
                missed[text] = (said(page), found)
    page.goto(home + "index.html")
    for text, meant in QUESTIONS["slips"]:
        if f"accounts/{meant}.html" not in (found := ask(page, text)[:3]):
            missed[text] = found
    assert missed == {}
    assert watched.complaints == []


def test_by_keys_alone_from_anywhere_to_the_section(watched: Watched, page: Page) -> None:
    page.keyboard.press("/")
    box = page.get_by_role("dialog", name="Search").get_by_role("searchbox", name="Search")
    expect(box).to_be_focused()
    page.keyboard.type("go-live")
    first, second = page.locator(".ap-seek-hit").first, page.locator(".ap-seek-list a").nth(1)
    expect(first).to_contain_text("Late go-live of the second line")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).not_to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("go-live")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/accounts/harbor\.html#risk$"))
    assert watched.complaints == []


def test_what_was_looked_for_is_marked_and_unfolded(page: Page) -> None:
    assert ask(page, "old hand")[0] == "accounts/harbor.html#relationship"
    page.locator(".ap-seek-hit").first.click()
    expect(page).to_have_url(re.compile("#relationship$"))
    expect(page.locator("details[open]").get_by_text("Old Hand")).to_be_in_viewport()
    marked = "[...CSS.highlights.get('searched')].map(range => range.toString())"
    assert page.evaluate(marked) == ["Old", "Hand"]


def test_a_slash_that_is_typed_into_a_box_is_a_slash(page: Page, address: str) -> None:
    page.goto(f"{address}accounts/index.html")
    page.locator("[data-query]").press("/")
    expect(page.locator("[data-query]")).to_have_value("/")
    assert page.locator("dialog[open]").count() == 0


def test_what_it_searches_is_loaded_when_somebody_searches(
    watched: Watched, page: Page, address: str
) -> None:
    page.wait_for_load_state("networkidle")
    files = {address + INDEX, address + LIBRARY}
    assert files & set(watched.requests) == set()
    ask(page, "harbor")
    ask(page, "huayuan")
    assert sorted(url for url in watched.requests if url in files) == sorted(files)


def test_nothing_found_says_what_to_try(page: Page) -> None:
    assert ask(page, "qqqqq") == []
    assert said(page) == "Nothing found for “qqqqq”."
    foot = page.locator(".ap-seek-foot")
    expect(foot).to_have_text(
        "Try fewer words, the beginning of a name, or the same word in the plans' language."
        " All accounts"
    )
    foot.locator("a").click()
    expect(page).to_have_url(re.compile(r"/accounts/index\.html#q=qqqqq$"))


def test_a_slip_and_a_word_too_many_find_the_nearest(page: Page) -> None:
    assert ask(page, "harbor lojistics")[0] == "accounts/harbor.html"
    assert said(page) == "Nothing has exactly these words. Similar ones are:"
    assert ask(page, "harbor qqqqq")[0] == "accounts/harbor.html"
    assert said(page) == "No page has all of these words. Some have a part of them:"


def test_it_works_from_a_folder(watched: Watched, site: Path) -> None:
    watched.page.goto((site / "portfolio" / "money.html").as_uri())
    assert ask(watched.page, "王敏") == ["accounts/huayuan.html#relationship"]
    watched.page.locator(".ap-seek-hit").first.click()
    expect(watched.page.locator("h1")).to_contain_text("华远精密制造有限公司")
    assert watched.complaints == []


STRICT = "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:;"
OF_THE_THEME = " script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"


def test_it_needs_nothing_that_a_strict_host_forbids(watched: Watched, address: str) -> None:
    def strictly(route: Route) -> None:
        answer = route.fetch()
        policy = {"content-security-policy": STRICT + OF_THE_THEME}
        route.fulfill(response=answer, headers={**answer.headers, **policy})

    watched.page.route("**/*.html", strictly)
    watched.page.goto(f"{address}index.html")
    assert ask(watched.page, "harbor")[0] == "accounts/harbor.html"
    assert watched.complaints == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out_of_it(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}accounts/index.html")
    ask(page, "harbor")
    problems = looked_at(page, scheme)
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    ask(page, "qqqqq")
    problems += looked_at(page, scheme)
    context.close()
    assert (problems, too_wide) == ([], False)
