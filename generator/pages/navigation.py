"""The pages of the portfolio in the order of the navigation, which follows from what they declare.

`make docs` puts the navigation of the whole site into mkdocs.yml.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.language import phrase
from generator.pages import directory, fields, home, method, rules, search
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
from generator.pages.tree import Page

PAGES: tuple[SitePage, ...] = tuple(
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
        rules,
        fields,
        search,
    )
)
MENU = phrase("Portfolio")
"""The entry that gathers the pages over all accounts."""

Entry = tuple[str, str]
"""A title, and the page it leads to."""


def portfolio_pages(site: Site) -> Iterator[Page]:
    """The pages that a site has: all, or those of an edition."""
    for page in PAGES:
        if page.exists(site) and (page.in_editions or not site.is_edition):
            yield page.made(site, PAGES)


def edition_navigation() -> tuple[Entry, ...]:
    """The navigation of an edition: all pages in one list."""
    return tuple(
        (page.title, page.path) for page in PAGES if page.in_editions and page.menu is not Menu.LAST
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
        elif page.menu is Menu.PORTFOLIO:
            if f"  - {MENU}:" not in lines:
                lines.append(f"  - {MENU}:")
            lines.append(f"      - {page.title}: {page.path}")
    return "\n".join(lines)
