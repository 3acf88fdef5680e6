"""The site's navigation: its pages in their order, for mkdocs.yml and for editions.

`make docs` puts that of the whole site into mkdocs.yml.
"""

from __future__ import annotations

from generator.language import phrase
from generator.pages.portfolio import PAGES

Entry = tuple[str, str]
"""A title, and the page it leads to."""

BEFORE: tuple[Entry, ...] = (
    (phrase("Overview"), "index.md"),
    (phrase("Accounts"), "accounts/index.md"),
)
MENU = phrase("Portfolio")
"""What gathers the pages over all accounts."""
AFTER: tuple[Entry, ...] = (
    (phrase("Method"), "method/index.md"),
    (phrase("Rules"), "rules/index.md"),
    (phrase("Fields"), "fields/index.md"),
)


def edition_navigation() -> tuple[Entry, ...]:
    """Of an edition: all in one list."""
    pages = ((str(page.title), page.path) for page in PAGES if page.in_editions)
    return (*BEFORE, *pages, *AFTER)


def navigation_yaml() -> str:
    """Of the whole site, as mkdocs.yml has it."""
    lines = [
        "nav:",
        *(f"  - {title}: {path}" for title, path in BEFORE),
        f"  - {MENU}:",
        *(f"      - {page.title}: {page.path}" for page in PAGES),
        *(f"  - {title}: {path}" for title, path in AFTER),
    ]
    return "\n".join(lines)
