"""What the site carries for other programs: where the JSON, tables, calendars and Markdown are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.language import phrase, say
from generator.pages.account_markdown import LIST
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.site import Site

_FILES = {
    "portfolio.json": phrase("The day, counts, and all that the portfolio's pages compute."),
    "accounts.json": phrase("A row for each account, with the address of its own document."),
    "schema.json": phrase("The JSON Schema of these documents."),
    "accounts.csv": phrase("All accounts, for a spreadsheet."),
    "accounts.xlsx": phrase("Accounts, findings, actions and contacts as a workbook."),
    "portfolio.sqlite": phrase("All tables, for SQL."),
    "calendar.ics": phrase("The days of all plans, for a calendar."),
    "feed.xml": phrase("What changed, for a feed reader."),
}
"""Files by name, each with what it holds."""


class Offered(NamedTuple):
    """A file and what it holds."""

    name: str
    href: str
    what: str


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """A table of files, then how the Markdown is found."""
    page.section("files", say("Files"), files=tuple(_offered(page)))
    if page.site.settings.site.has_markdown:
        page.section("markdown", say("For machines that read"), llms=page.links.to(LIST))
    return {}


def _offered(page: PageLayout) -> Iterator[Offered]:
    for name, what in _FILES.items():
        for path in sorted(page.site.offers):
            offered = page.site.offered(path)
            is_it = path == name or path.endswith(f"/{name}")
            if is_it and offered is not None and path.count("/") <= _DEEPEST:
                yield Offered(name=path, href=page.links.to(offered), what=what)


_DEEPEST = 2
"""Folders of a file that is not of one account or person."""


def _has_any(site: Site) -> bool:
    return bool(site.offers) or site.settings.site.has_markdown


PAGE = SitePage(
    path="api/about.md",
    title=phrase("For programs"),
    description=phrase("Plans and what is computed from them, as files for other programs."),
    lay_out=lay_out,
    menu=Menu.NONE,
    exists=_has_any,
)
