"""Pages load whole, from the site alone, and complain of nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from generator.pages.models import MODELS
from tests.browser.conftest import Watched, watch
from tests.conftest import Sample

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "accounts/index.html",
    "accounts/harbor.html",
    "accounts/huayuan.html",
    "accounts/hostile.html",
    "accounts/broken.html",
    "accounts/account-00000.html",
    "accounts/harbor/source.html",
    "accounts/hostile/source.html",
    "accounts/account-00000/brief.html",
    "accounts/hostile/brief.html",
    "portfolio/brief.html",
    "method/index.html",
    "method/deal.html",
    "method/selection.html",
    "rules/index.html",
    "fields/index.html",
    "settings/shipped/rules.html",
)


OUTSIDE_ITS_PICTURE = """() => [...document.querySelectorAll(".ap-pic *")].filter(part => {
  const own = part.getBoundingClientRect();
  const whole = part.closest(".ap-pic").getBoundingClientRect();
  return own.width && (own.right > whole.right + 1 || own.left < whole.left - 1);
}).map(part => part.outerHTML)"""


@pytest.mark.sampled(8)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_quiet_and_stays_at_home(watched: Watched, address: str, path: str) -> None:
    watched.page.goto(address + path, wait_until="networkidle")
    assert watched.complaints == []
    assert watched.outside(address) == []
    assert watched.page.locator("[data-fragment]").count() == 0


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_phone(
    browser: Browser, address: str, sample: Sample, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    widths = {}
    for path in sample(PAGES, 8):
        page.goto(address + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert set(widths.values()) == {390}, widths


@pytest.mark.sampled(1)
def test_pictures_of_the_method_fit_the_narrowest_phone(
    browser: Browser, address: str, sample: Sample
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    for model in sample(MODELS, 6):
        page.goto(f"{address}method/{model.name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, model.name
        assert page.evaluate(OUTSIDE_ITS_PICTURE) == [], model.name
    context.close()


def test_a_line_of_the_source_is_marked(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}accounts/harbor/source.html#L3")
    line = page.locator("#L3")
    assert line.inner_text().strip() == "name: Harbor Logistics"
    marked = line.evaluate("one => getComputedStyle(one).backgroundColor")
    unmarked = page.locator("#L4").evaluate("one => getComputedStyle(one).backgroundColor")
    assert marked != unmarked
    page.get_by_role("navigation", name="Harbor Logistics").get_by_text("Overview").click()
    expect(page.locator("h1")).to_contain_text("Harbor Logistics")


def test_a_finding_stands_at_its_line(watched: Watched, address: str) -> None:
    watched.page.goto(f"{address}accounts/broken/source.html")
    assert "[yaml-syntax]" in watched.page.locator("b.error").inner_text()


def test_a_figures_definition_opens_at_its_place(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}method/deal.html#deal-our-share")
    expect(page.locator("#deal-our-share h3")).to_be_in_viewport()


def test_an_address_unfolds_the_number_it_leads_to(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}accounts/harbor.html")
    folded = page.locator(".whys .more details[id]").first
    expect(folded).not_to_be_visible()
    anchor = folded.get_attribute("id")
    page.goto(f"{address}rules/index.html")
    page.goto(f"{address}accounts/harbor.html#{anchor}")
    expect(page.locator(":target > summary")).to_be_in_viewport()


@pytest.mark.sampled(1)
def test_pages_work_from_a_folder(browser: Browser, site: Path, sample: Sample) -> None:
    context = browser.new_context()
    for path in sample(PAGES, 6):
        watched = watch(context.new_page())
        watched.page.goto(f"{site.as_uri()}/{path}")
        expect(watched.page.locator("h1").first).to_be_visible()
        assert watched.outside("file://") == []
        watched.page.close()
    context.close()


def test_a_mark_in_the_matrix_says_who_it_is_to_the_keyboard(
    watched: Watched, address: str
) -> None:
    watched.page.goto(f"{address}portfolio/matrix.html")
    mark = watched.page.locator(".dots a").first
    tip = mark.locator("em")
    hidden = tip.evaluate("one => getComputedStyle(one.closest('.named em, span')).clipPath")
    assert hidden != "none"
    mark.focus()
    watched.page.keyboard.press("Shift+Tab")
    watched.page.keyboard.press("Tab")
    shown = tip.evaluate("one => getComputedStyle(one.closest('.named em, span')).clipPath")
    assert shown == "none"
    assert "retains" in tip.inner_text()
