"""The example portfolio in both languages, as people use it: switch, search, keyboard, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.pages.navigation import PAGES
from generator.pages.page import Menu
from tests.browser.conftest import QUESTIONS, Watched, served
from tests.browser.test_axe import looked_at
from tests.browser.test_brief import sheets
from tests.conftest import REPOSITORY, Sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = (
    "accounts/skagerhavn-terminals.html",
    "accounts/yueheng-tegang.html",
    "accounts/skagerhavn-terminals/numbers.html",
    "accounts/skagerhavn-terminals/brief.html",
    "accounts/skagerhavn-terminals/source.html",
    "portfolio/brief.html",
    # in no example a gap is known
    *(p.href for p in PAGES if p.menu is not Menu.LAST and p.href != "portfolio/gaps.html"),
)
IN_CHINESE = tuple(f"zh/{kind}" for kind in KINDS)
BOTH = (*KINDS, *IN_CHINESE)


ACCOUNTS = {path.stem for path in (REPOSITORY / "playbooks").rglob("*.yaml")}


@pytest.fixture(scope="module")
def home(both: Path) -> Iterator[str]:
    with served(both) as address:
        yield address


@pytest.mark.sampled(1)
def test_every_kind_of_page_is_quiet_and_stays_at_home(
    watched: Watched, home: str, sample: Sample
) -> None:
    for path in sample(BOTH, 6):
        watched.page.goto(home + path)
        watched.page.wait_for_load_state("networkidle")
        assert (path, watched.complaints) == (path, [])
    assert watched.outside(home) == []


def test_pages_say_which_language_they_speak(both: Path) -> None:
    for path in KINDS:
        for code, file in (("en", both / path), ("zh", both / "zh" / path)):
            assert re.search(rf'<html[^>]* lang="?{code}\b', file.read_text()), file


def test_each_account_has_a_page_in_either_language(both: Path) -> None:
    names = {path.name for path in both.glob("accounts/*.html")}
    accounts = {*ACCOUNTS, *QUESTIONS["names"]}
    assert names == {"index.html", *(f"{name}.html" for name in accounts)}
    assert {path.name for path in both.glob("zh/accounts/*.html")} == names


def test_the_switch_leads_to_the_same_page_by_keyboard(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.goto(f"{home}accounts/yueheng-tegang.html#risk")
    page.locator(".md-header .md-select button").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("中文")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}zh/accounts/yueheng-tegang.html")
    expect(page.locator("h2#risk")).to_contain_text("风险")
    page.locator(".md-select__link[hreflang=en]").evaluate("one => one.click()")
    page.wait_for_url(f"{home}accounts/yueheng-tegang.html")
    expect(page.locator("h2#risk")).to_contain_text("Risk")


def test_the_theme_is_switched_and_kept(browser: Browser, home: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(home)
    background = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    for _ in range(2):  # by the system's mode, light, dark
        page.locator("form[data-md-component=palette] label:visible").click()
    dark = page.evaluate(background)
    assert light != dark
    page.goto(f"{home}zh/accounts/prairie-foods.html")
    assert page.evaluate(background) == dark
    name = page.locator("form[data-md-component=palette] label:visible").get_attribute("title")
    assert name == "跟随系统"
    context.close()


def test_from_the_top_to_a_numbers_inputs_by_keyboard(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    page.goto(f"{home}accounts/prairie-foods.html")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class(re.compile("md-skip"))
    page.keyboard.press("Enter")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.tagName"))
        if reached[-1] == "SUMMARY":
            break
    assert reached[-1] == "SUMMARY"
    fold = page.locator("details:has(> summary:focus)")
    was_open = fold.evaluate("one => one.open")
    page.keyboard.press("Enter")
    assert fold.evaluate("one => one.open") != was_open
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_has_no_frame(
    browser: Browser, home: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for path in ("accounts/prairie-foods.html", "zh/index.html"):
        page.goto(home + path)
        page.emulate_media(media="print", color_scheme=scheme)
        for part in (".md-header", ".md-sidebar", ".md-footer"):
            for element in page.locator(part).all():
                expect(element).not_to_be_visible()
        color = page.evaluate("() => getComputedStyle(document.querySelector('h1')).color")
        lightness = sum(int(number) for number in re.findall(r"\d+", color)[:3])
        assert lightness < 3 * 100, (path, color)
    context.close()


APART = """() => [...document.querySelectorAll(".pt:not(.slim) tr")].flatMap(row => {
  const main = row.querySelector(".r b") || row.querySelector(".r:not(.none)");
  if (!main || !row.offsetHeight) return [];
  const top = one => one.getBoundingClientRect().top;
  return [Math.abs(top(row.cells[0]) - top(main.closest("td")))];
})"""
"""How far below the name of a row its main number begins."""


@pytest.mark.parametrize("path", ["portfolio/whitespace.html", "portfolio/money.html"])
def test_on_a_phone_a_row_begins_with_its_name_and_main_number(
    browser: Browser, home: str, path: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(home + path)
    apart = page.evaluate(APART)
    page.close()
    assert len(apart) > 8
    assert max(apart) < 8


@pytest.mark.parametrize("width", [1440, 390])
def test_each_size_of_the_drawing_counts_its_own_marks_without_a_name(
    browser: Browser, home: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{home}index.html")
    nameless = page.locator("svg.sc:visible a.mk:not(:has(text))").count()
    told = page.locator(".lg > :is(.wide, .narrow):visible").all_inner_texts()
    page.close()
    assert [text.split()[0] for text in told] == [str(nameless)] * (nameless > 0)


@pytest.mark.parametrize(
    ("path", "most"),
    [("accounts/moravec-drivetrain.html", 12), ("accounts/moravec-drivetrain/numbers.html", 20)],
)
def test_paper_tells_numbers_without_where_they_come_from(
    context: BrowserContext, home: str, path: str, most: int
) -> None:
    page = context.new_page()
    page.goto(home + path)
    assert sheets(page.pdf(format="A4", prefer_css_page_size=True)) <= most
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")  # the theme opens every fold
    told = page.locator(".fold:not(.drawn) table")
    assert page.locator(".fold table:visible").count() == told.count()
    assert page.locator(".whys table:visible").count() == 0
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_chinese(
    browser: Browser, home: str, sample: Sample, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    by_path = {}
    for path in sample(IN_CHINESE, 2):
        page.goto(home + path)
        if problems := looked_at(page, scheme):
            by_path[path] = problems
    context.close()
    assert by_path == {}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scripts", [True, False])
def test_no_page_is_wider_than_its_window(
    browser: Browser, home: str, sample: Sample, scripts: bool
) -> None:
    # without scripts nothing stands to the right of the menu of languages
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    wide = []
    for path in dict.fromkeys((KINDS[0], *sample(BOTH, 4))):
        page.goto(home + path)
        for width in (320, 390, 768, 1024, 1100, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            taken = page.evaluate("() => document.documentElement.scrollWidth")
            if taken != width:
                wide.append((path, width, taken))
    context.close()
    assert wide == []


def test_both_languages_work_from_a_folder(browser: Browser, both: Path) -> None:
    page: Page = browser.new_page()
    page.goto((both / "zh" / "accounts" / "index.html").as_uri())
    page.locator("[data-query]").fill("岳衡")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("岳衡特钢")
    page.locator(".md-select__link[hreflang=en]").evaluate("one => one.click()")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_contain_text("岳衡特钢")
    page.close()
