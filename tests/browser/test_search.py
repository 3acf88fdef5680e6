"""Material's search finds accounts by what people remember of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

MOST = 2000
"""Bytes of the search index an account."""


@pytest.fixture
def page(watched: Watched, address: str) -> Page:
    watched.page.goto(f"{address}index.html")
    return watched.page


def search(page: Page, text: str) -> None:
    box = page.locator(".md-search__input")
    box.click()
    box.fill(text)
    # what reads the box waits for a key, as typing by hand or with an input method ends in one
    box.press("End")


ACCOUNTS = (
    ("Harbor Logistics", "harbor"),
    ("harbor", "harbor"),
    ("harb", "harbor"),
    ("HL", "harbor"),
    ("Birgit Holt", "harbor"),
    ("holt", "harbor"),
    ("maas", "harbor"),
    ("go-live", "harbor"),
    ("second line", "harbor"),
    ("North Drive", "harbor"),
    ("framework-contract", "harbor"),
    ("华远精密制造有限公司", "huayuan"),
    ("华远", "huayuan"),
    ("精密", "huayuan"),
    ("精密制造", "huayuan"),
    ("王敏", "huayuan"),
    ("采购总监", "huayuan"),
    ("交付周期", "huayuan"),
    ("制造有限", "huayuan"),
)


def test_an_account_is_found(page: Page) -> None:
    first = page.locator(".md-search-result__link").first
    for text, account in ACCOUNTS:
        search(page, "qqqqq")
        expect(page.locator(".md-search-result__link"), text).to_have_count(0)
        search(page, text)
        expect(first, text).to_have_attribute("href", re.compile(rf"accounts/{account}\.html"))


def test_a_found_account_opens(page: Page) -> None:
    search(page, "王敏")
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("h1")).to_contain_text("华远精密制造有限公司")


def test_rules_fields_and_method_are_found(page: Page) -> None:
    search(page, "selection matrix")
    expect(
        page.locator('.md-search-result__link[href*="method/index.html"]').first
    ).to_be_attached()


def test_the_index_stays_small(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    sizes: dict[str, int] = {}
    for entry in index["docs"]:
        place = entry["location"].partition("#")[0]
        if place.startswith("accounts/") and place != "accounts/index.html":
            sizes[place] = sizes.get(place, 0) + len(json.dumps(entry, separators=(",", ":"))) + 1
    assert sizes
    assert max(sizes.values()) <= MOST
