"""Pages that look at all accounts at once: a question each, the answer first.

Each is a module with a template of the same name; what it declares is all that the site, its
navigation and its editions know of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.page import PortfolioPage
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

PAGES: tuple[PortfolioPage, ...] = tuple(
    module.PAGE
    for module in (
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
    )
)
"""In the order of the navigation."""


def portfolio_pages(site: Site) -> Iterator[Page]:
    """All of them, or those that an edition has."""
    for page in PAGES:
        if page.in_editions or not site.is_edition:
            yield page.made(site)
