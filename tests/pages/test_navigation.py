"""The navigation follows from what pages declare, in mkdocs.yml and in editions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.pages.navigation import (
    PAGES,
    edition_navigation,
    left_out,
    navigation_yaml,
    portfolio_pages,
)
from generator.pages.page import Menu
from generator.pages.site import Site
from generator.pages.tree import Nav
from tests.conftest import REPOSITORY
from tests.pages.sites import site_of


def test_mkdocs_has_what_the_pages_declare() -> None:
    text = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    assert navigation_yaml() in text, "run 'make docs'"


def test_each_module_of_a_page_is_named() -> None:
    folder = REPOSITORY / "generator/pages/portfolio"
    modules = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    assert modules == {Path(page.path).stem for page in PAGES if page.menu is Menu.PORTFOLIO}


def test_names_and_titles_are_told_apart() -> None:
    assert len({page.path for page in PAGES}) == len(PAGES)
    listed = [page for page in PAGES if page.menu is not Menu.NONE]
    assert len({page.title for page in listed}) == len(listed)


def test_an_edition_leads_to_the_pages_it_has(tmp_path: Path) -> None:
    whole = site_of(tmp_path)
    edition = Site(portfolio=whole.portfolio, engine=whole.engine, is_edition=True)
    made = {
        name: [page.path for page in portfolio_pages(site)]
        for name, site in (("whole", whole), ("edition", edition))
    }
    assert set(made["whole"]) - set(made["edition"]) == {"portfolio/contradictions.md"}
    reached = [path for _, path in listed(edition_navigation(made["edition"]))]
    elsewhere = {page.path for page in PAGES if page.menu is Menu.NONE}
    assert reached == [path for path in made["edition"] if path not in elsewhere]


def test_a_page_over_accounts_with_nothing_to_say_is_in_no_navigation(tmp_path: Path) -> None:
    empty = {page.path for page in portfolio_pages(site_of(tmp_path / "empty", {}))}
    over_accounts = {page.path for page in PAGES if page.menu is Menu.PORTFOLIO}
    assert over_accounts & empty == set()
    assert over_accounts <= left_out(empty)
    assert {"index.md", "accounts/index.md"} <= empty - left_out(empty)
    whole = {page.path for page in portfolio_pages(site_of(tmp_path / "whole"))}
    # nobody keeps a baseline or answers the survey, no account has a parent, and so on
    assert over_accounts - whole == {
        "portfolio/gaps.md",
        "portfolio/groups.md",
        "portfolio/matrix.md",
        "portfolio/money.md",
        "portfolio/survey.md",
        "portfolio/whitespace.md",
    }


def listed(entries: Nav) -> Iterator[tuple[str, str]]:
    """Each page of a navigation, those that are gathered too."""
    for title, below in entries:
        if isinstance(below, str):
            yield title, below
        else:
            yield from below
