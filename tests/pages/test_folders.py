"""Addresses that people guess by leaving out a page: a folder leads to the page that is meant."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from generator.audience.edition import edition_of
from generator.pages import render
from generator.pages.edition import render_edition
from generator.pages.tree import SiteTree
from generator.read import Workspace
from generator.settings import language_of
from tests.pages.sites import site_of
from tests.program import REPOSITORY


def leads(tree: SiteTree) -> dict[str, str]:
    """By folder that has a page which leads on, where to, as a browser resolves it."""
    to = {}
    for file in tree.files:
        text = file.content.decode(errors="replace")
        if match := re.search(r'<meta http-equiv="refresh" content="0; url=([^"]*)">', text):
            folder = posixpath.dirname(file.path)
            assert file.path == f"{folder}/index.html"
            assert f'<a href="{match[1]}">' in text
            to[folder] = posixpath.normpath(posixpath.join(folder, match[1]))
    return to


def html(tree: SiteTree) -> set[str]:
    pages = {page.path.removesuffix(".md") + ".html" for page in tree.pages}
    return pages | {page.path for page in tree.framed}


def whole(tree: SiteTree) -> None:
    """Each folder of pages has a page, which takes the place of no other and leads to one."""
    pages, to = html(tree), leads(tree)
    folders = {posixpath.dirname(path) for path in pages} - {""}
    own = {folder for folder in folders if f"{folder}/index.html" in pages}
    assert folders == to.keys() | own
    assert not to.keys() & own
    assert set(to.values()) <= pages


def test_a_folder_without_a_page_leads_to_the_one_that_is_meant(tmp_path: Path) -> None:
    tree = render(site_of(tmp_path).portfolio, allow_incomplete=True)
    whole(tree)
    to = leads(tree)
    accounts = {f"accounts/{id}" for id in ("broken", "harbor", "hostile", "huayuan")}
    assert {folder for folder in to if folder.startswith("accounts/")} == accounts
    assert all(to[folder] == f"{folder}.html" for folder in accounts)
    assert (to["api"], to["portfolio"]) == ("api/about.html", "index.html")
    assert "<title>&lt;script&gt;alert(1)" in text(tree, "accounts/hostile/index.html")
    assert '<html lang="en">' in text(tree, "accounts/harbor/index.html")


def test_in_the_second_language_too(tmp_path: Path) -> None:
    portfolio = site_of(tmp_path).portfolio
    first = render(portfolio, allow_incomplete=True)
    second = render(
        portfolio,
        allow_incomplete=True,
        language=language_of(Workspace.at(REPOSITORY), "zh"),
        beside=first,
    )
    whole(second)
    assert leads(second) == leads(first)
    assert '<html lang="zh">' in text(second, "accounts/harbor/index.html")


def test_an_edition_has_what_its_pages_need(tmp_path: Path) -> None:
    portfolio = site_of(tmp_path).portfolio
    internal = render_edition(edition_of(portfolio, "internal"), "internal")
    whole(internal)
    customer = render_edition(edition_of(portfolio, "customer", "harbor"), "customer")
    assert leads(customer) == {}


def text(tree: SiteTree, path: str) -> str:
    (file,) = (file for file in tree.files if file.path == path)
    return file.content.decode()
