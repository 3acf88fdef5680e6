"""The links above the pages of an account: to all accounts' pages, and to its own."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from generator.audience.classes import Audience
from generator.audience.edition import edition_of
from generator.language import ENGLISH, Language, say, speaking
from generator.pages import render
from generator.pages.edition import render_edition
from generator.pages.navigation import PAGES
from generator.pages.page import Menu
from generator.pages.tree import SiteTree
from tests.pages.sites import site_of
from tests.workspace import shipped_chinese

CHINESE = shipped_chinese()
WAYS = re.compile(r'<nav class="ways"[^>]*>(.*?)</nav>')
VIEWS = re.compile(r'<nav class="views"[^>]*>(.*?)</nav>')
LINK = re.compile(r'<a href="([^"]+)"( aria-current="page")?>([^<]*)</a>')


def above(tree: SiteTree) -> dict[str, tuple[list[str], list[tuple[str, str, str]]]]:
    """By page of an account: where its ways lead, and its account's pages as it lists them."""
    pages = {page.path: page.fragments.get("head", "") for page in tree.pages}
    pages |= {page.path: page.html for page in tree.framed}
    return {
        path: (
            [link[0] for link in LINK.findall(WAYS.search(html)[1])],  # type: ignore[index]
            LINK.findall(VIEWS.search(html)[1]),  # type: ignore[index]
        )
        for path, html in pages.items()
        if path.startswith("accounts/") and path != "accounts/index.md"
    }


@pytest.mark.parametrize("language", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("audience", [None, "internal", "account_team"])
def test_one_click_from_any_page_of_an_account(
    tmp_path: Path, language: Language, audience: Audience | None
) -> None:
    portfolio = site_of(tmp_path).portfolio
    if audience is None:
        tree = render(portfolio, allow_incomplete=True, language=language)
    else:
        tree = render_edition(edition_of(portfolio, audience), audience, language=language)
    over_all = {page.path for page in PAGES if page.menu is Menu.PORTFOLIO}
    over_all |= {"index.md", "accounts/index.md"}
    there = [page.href for page in PAGES if page.path in over_all & {p.path for p in tree.pages}]
    made = above(tree)
    assert {path.split("/")[1].removesuffix(".md") for path in made} >= {"harbor", "huayuan"}
    for path, (ways, pages) in made.items():
        folder = path.rpartition("/")[0]
        assert [posixpath.normpath(f"{folder}/{way}") for way in ways] == there
        here = [href for href, current, _ in pages if current]
        assert here == [path.rpartition("/")[2].replace(".md", ".html")]
        assert [title for _, _, title in pages] == _titles(path, language)


def _titles(path: str, language: Language) -> list[str]:
    with speaking(language):
        names = ["Overview", "Numbers", "Brief", "Source"]
        return [
            say(name) for name in names if "broken" not in path or name in ("Overview", "Source")
        ]


def test_an_account_says_which_it_is(tmp_path: Path) -> None:
    tree = render(site_of(tmp_path).portfolio, allow_incomplete=True)
    titles = {page.path: page.title for page in tree.framed if "/harbor/" in page.path}
    assert titles == {
        "accounts/harbor/brief.html": "Harbor Logistics: meeting brief",
        "accounts/harbor/numbers.html": "Harbor Logistics: all numbers",
        "accounts/harbor/source.html": "Harbor Logistics: playbooks/harbor.yaml",
    }
    for page in tree.framed:
        assert page.html.count("<h1") == 1, page.path
