"""The pages of the portfolio in the order of the navigation, which follows from what they declare.

`make docs` puts the navigation of the whole site into mkdocs.yml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.language import phrase
from generator.pages import (
    about_method,
    directory,
    fields,
    guide,
    home,
    method,
    programs,
    rules,
    search,
)
from generator.pages.page import Menu, SitePage
from generator.pages.portfolio import (
    calendar,
    contradictions,
    gaps,
    groups,
    matrix,
    money,
    people,
    references,
    risks,
    survey,
    whitespace,
)
from generator.pages.site import Site
from generator.pages.tree import Nav, Page

PAGES: tuple[SitePage, ...] = (
    *(
        module.PAGE
        for module in (
            home,
            directory,
            matrix,
            money,
            risks,
            whitespace,
            groups,
            references,
            people,
            calendar,
            survey,
            contradictions,
            gaps,
            method,
            about_method,
            rules,
            fields,
            programs,
        )
    ),
    *method.MODEL_PAGES,
    *fields.SECTION_PAGES,
    *guide.PAGES,
    search.PAGE,
)
MENUS = {Menu.PORTFOLIO: phrase("Portfolio"), Menu.GUIDE: phrase("Guide")}
"""The entries that gather pages: those over all accounts, those of the guide."""

Entry = tuple[str, str]
"""A title, and the page it leads to."""


def portfolio_pages(site: Site) -> Iterator[Page]:
    """The pages that a site has: all, or those of an edition; none of them has nothing to say."""
    pages = [
        page for page in PAGES if page.exists(site) and (page.in_editions or not site.is_edition)
    ]
    over_accounts = {page.path: page.made(site) for page in pages if page.menu is Menu.PORTFOLIO}
    silent = {path for path, made in over_accounts.items() if not made.fragments}
    kept = tuple(page for page in pages if page.path not in silent)
    for page in kept:
        yield over_accounts.get(page.path) or page.made(site, kept)


def edition_navigation(made: Collection[str]) -> Nav:
    """The navigation of an edition with these pages: all in one list, but for the guide."""
    pages = [page for page in PAGES if page.path in made]
    listed: list[tuple[str, str | tuple[Entry, ...]]] = [
        (page.title, page.path) for page in pages if page.menu in {Menu.TOP, Menu.PORTFOLIO}
    ]
    if guide := tuple((page.title, page.path) for page in pages if page.menu is Menu.GUIDE):
        listed.append((MENUS[Menu.GUIDE], guide))
    return tuple(listed)


def ways(made: Collection[str]) -> tuple[Entry, ...]:
    """The titles and addresses of a site's pages over all accounts: home, directory, portfolio."""
    over_all = [page for page in PAGES if page in (home.PAGE, directory.PAGE)]
    over_all += [page for page in PAGES if page.menu is Menu.PORTFOLIO]
    return tuple((page.title, page.href) for page in over_all if page.path in made)


def left_out(made: Collection[str]) -> frozenset[str]:
    """The pages of mkdocs.yml's navigation that are not among those of a site."""
    return frozenset(
        page.path
        for page in PAGES
        if page.menu not in {Menu.LAST, Menu.NONE} and page.path not in made
    )


def last_entries(site: Site) -> tuple[Entry, ...]:
    """What a site's navigation has behind that of mkdocs.yml."""
    return tuple(
        (page.title, page.path) for page in PAGES if page.menu is Menu.LAST and page.exists(site)
    )


def navigation_yaml() -> str:
    """The navigation of the whole site, as mkdocs.yml has it."""
    lines = ["nav:"]
    for page in PAGES:
        if page.menu is Menu.TOP:
            lines.append(f"  - {page.title}: {page.path}")
        elif (menu := MENUS.get(page.menu)) is not None:
            if f"  - {menu}:" not in lines:
                lines.append(f"  - {menu}:")
            lines.append(f"      - {page.title}: {page.path}")
    return "\n".join(lines)
