"""The page that searches every word, in a browser: words of two scripts, facets, address, keys."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import GENERATED, Watched, watch
from tests.browser.test_axe import looked_at
from tests.pages.sites import FILES

pytestmark = pytest.mark.browser

ALL = GENERATED + len(FILES)
NAMES = ".ap-find-name"
COUNT = "[data-count]"


@pytest.fixture
def page(watched: Watched, address: str) -> Page:
    watched.page.goto(f"{address}search/index.html")
    expect(watched.page.locator(COUNT)).to_have_text(
        f"{ALL} accounts to search: type a word or choose a filter."
    )
    return watched.page


def find(page: Page, text: str) -> None:
    page.get_by_label("Search every word").fill(text)


def rows(site: Path) -> list[dict[str, Any]]:
    data = json.loads((site / "accounts/accounts.json").read_text(encoding="utf-8"))
    accounts: list[dict[str, Any]] = data["accounts"]
    return accounts


def find_anew(page: Page, text: str) -> None:
    """Look for a text after nothing was looked for, so that nothing is left of the one before."""
    find(page, "")
    expect(page.locator(COUNT)).to_contain_text(f"{ALL} accounts to search")
    find(page, text)


ENGLISH = (
    *("Harbor Logistics", "birgit holt", "HOLT", "late go-live", "second lines", '"second line"'),
    *("north drive", "framework-contract harbor", "pays slowly"),
)
CHINESE = (
    *(
        "华远",
        "精密制造",
        "远精",
        "密制造有",
        "王敏",
        "采购总监",
        "购总",
        "交付周期太长",
        "王敏 交付",
    ),
    "精密 energy",
)


def test_english_is_found_by_any_word_in_any_form(page: Page) -> None:
    for text in ENGLISH:
        find_anew(page, text)
        expect(page.locator(NAMES).first, text).to_have_text("Harbor Logistics")


def test_chinese_is_found_by_any_signs_side_by_side(page: Page) -> None:
    for text in CHINESE:
        find_anew(page, text)
        expect(page.locator(NAMES), text).to_have_text(["华远精密制造有限公司"])
        marked = "".join(page.locator(".ap-find-list mark").all_inner_texts())
        assert marked, text
        assert " " not in marked.replace("Energy", "").strip(), text


def test_what_is_on_no_page_is_not_found(page: Page) -> None:
    for text in ("司公限有", "华精", '"line second"', "qqqq", "qqqq 王敏"):
        find_anew(page, text)
        expect(page.locator(COUNT), text).to_have_text("No matches. Clear filters, or type less.")
        expect(page.locator(NAMES), text).to_have_count(0)


def test_a_facet_narrows_and_counts(page: Page, site: Path) -> None:
    prospects = [row for row in rows(site) if row["status"] == "prospect"]
    emea = [row for row in prospects if row["region"] == "emea"]
    assert 1 < len(emea) < len(prospects)
    chip = page.locator('[data-facet="status"] button', has_text="Prospect")
    expect(chip).to_have_text(f"Prospect {len(prospects)}")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.locator(COUNT)).to_have_text(f"{len(prospects)} accounts fit.")
    region = page.locator('[data-facet="region"] button', has_text="EMEA")
    expect(region).to_have_text(f"EMEA {len(emea)}")
    region.click()
    expect(page.locator(COUNT)).to_have_text(f"{len(emea)} accounts fit.")
    find(page, "华远")
    expect(page.locator(COUNT)).to_have_text("No matches. Clear filters, or type less.")
    region.click()
    expect(page.locator(COUNT)).to_have_text("1 account fits.")
    page.get_by_role("button", name="Clear search").click()
    expect(page.locator(COUNT)).to_contain_text(f"{ALL} accounts to search")
    expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
    expect(page.locator(COUNT)).to_have_attribute("aria-live", "polite")


def test_more_is_shown_on_demand(page: Page, site: Path) -> None:
    customers = sum(row["status"] == "customer" for row in rows(site))
    assert customers > 10
    page.locator('[data-facet="status"] button', has_text=re.compile("^Customer")).click()
    expect(page.locator(NAMES)).to_have_count(10)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(NAMES)).to_have_count(min(customers, 20))
    expect(page.locator(NAMES).nth(10)).to_be_focused()


def test_the_address_keeps_the_search(page: Page) -> None:
    find(page, "a & 精密")
    page.locator('[data-facet="status"] button', has_text="Prospect").click()
    kept = page.url
    assert kept.endswith("search/index.html#q=a%20%26%20%E7%B2%BE%E5%AF%86&status=prospect")
    find(page, "精密")
    expect(page.locator(COUNT)).to_have_text("1 account fits.")
    second_page = page.context.new_page()
    second_page.goto(page.url)
    expect(second_page.locator(NAMES)).to_have_text(["华远精密制造有限公司"])
    expect(second_page.get_by_label("Search every word")).to_have_value("精密")
    expect(second_page.locator('[data-facet="status"] [aria-pressed="true"]')).to_have_count(1)
    # the one at the top stays closed
    expect(second_page.locator("dialog.ap-seek")).to_have_count(0)
    second_page.evaluate("location.hash = '#q=holt'")
    expect(second_page.locator(NAMES)).to_have_text(["Harbor Logistics"])
    expect(second_page.locator('[aria-pressed="true"]')).to_have_count(0)
    second_page.close()


@pytest.mark.parametrize("place", ["#tier=Z,%3Cimg%3E", "#q=%E0%A4%A", "#=&&=x", "#q=%22", "#q=*("])
def test_a_mangled_address_is_harmless(watched: Watched, address: str, place: str) -> None:
    watched.page.goto(f"{address}search/index.html{place}")
    expect(watched.page.locator(COUNT)).not_to_be_empty()
    find(watched.page, "holt")
    expect(watched.page.locator(NAMES)).to_have_text(["Harbor Logistics"])
    assert watched.complaints == []


def test_by_keyboard_alone(page: Page) -> None:
    box = page.get_by_label("Search every word")
    box.focus()
    page.keyboard.type("uptime")
    expect(page.locator(NAMES).nth(1)).to_be_visible()
    order = page.locator(NAMES).all_inner_texts()
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text(order[0])
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text(order[1])
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator(NAMES)).to_have_count(0)
    assert "#" not in page.url
    page.keyboard.type("王敏")
    expect(page.locator(NAMES)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/accounts/huayuan\.html$"))


def test_a_section_opens_at_its_place(page: Page) -> None:
    find(page, "slowly")
    page.locator(".ap-find-places a", has_text="Risk").first.click()
    page.wait_for_url(re.compile(r"/accounts/harbor\.html#risk$"))


def test_it_is_quiet_and_stays_at_home(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}search/index.html#q=王敏")
    expect(page.locator(NAMES)).to_have_count(1)
    find(page, "script alert")
    expect(page.locator(NAMES)).to_have_text(['<script>alert(1)</script> & "Sons"'])
    assert page.locator(".ap-find-list :is(script, img)").count() == 0
    assert watched.complaints == []
    assert watched.outside(address) == []


def test_it_is_reached_through_the_navigation(watched: Watched, address: str) -> None:
    watched.page.goto(f"{address}index.html")
    watched.page.locator(".md-nav--primary").get_by_role("link", name="Search").click()
    expect(watched.page.locator(COUNT)).not_to_be_empty()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    states = (
        ("", "to search", 0),
        ("#q=uptime&status=customer", "fit.", 10),
        ("#q=qqqq", "No ", 0),
    )
    for place, words, number in states:
        page.goto("about:blank")
        page.goto(f"{address}search/index.html{place}")
        expect(page.locator(COUNT)).to_contain_text(words)
        expect(page.locator(NAMES)).to_have_count(number)
        assert looked_at(page, scheme) == []
    context.close()


def test_on_a_phone_nothing_is_cut(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}search/index.html#q=uptime")
    expect(page.locator(NAMES).first).to_be_visible()
    assert page.locator("[data-facet]").first.is_hidden()
    page.locator("[data-filters] summary").click()
    assert page.locator("[data-facet]").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_from_a_folder_it_says_so_and_leads_to_the_directory(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    watched = watch(context.new_page())
    watched.page.goto(f"{site.as_uri()}/search/index.html#q=holt")
    notice = watched.page.locator("[data-unserved]")
    expect(notice).to_contain_text("needs a web server, and this page was opened from a folder")
    expect(watched.page.locator("[data-query]")).to_be_hidden()
    assert [request for request in watched.requests if "pagefind" in request] == []
    notice.get_by_role("link").click()
    expect(watched.page.locator("tbody tr")).to_have_count(ALL)
    assert watched.outside("file://") == []
    context.close()


def test_without_its_index_the_page_says_so(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route("**/pagefind/pages.json", lambda route: route.fulfill(status=404, body="gone"))
    page.goto(f"{address}search/index.html")
    expect(page.locator("[data-broken]")).to_be_visible()


def test_without_scripts_there_is_the_list(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/index.html")
    expect(page.get_by_role("link", name="The list of all accounts")).to_be_visible()
    assert page.locator("[data-find]").is_hidden()
    context.close()
