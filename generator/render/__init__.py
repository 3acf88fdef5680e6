"""Stage 5: the portfolio as a site in memory: light Markdown pages and fragments of HTML."""

from __future__ import annotations

from generator.enrich import Portfolio
from generator.render.account_page import account_pages
from generator.render.assets import asset_files
from generator.render.directory import directory_pages
from generator.render.engine import Engine
from generator.render.fields import field_pages
from generator.render.home import home_pages
from generator.render.method import method_pages
from generator.render.numbers import numbers_pages
from generator.render.rules_page import rules_pages
from generator.render.site import Part, Site
from generator.render.source import source_pages
from generator.render.tree import Page, SiteTree, StaticFile

__all__ = ["Page", "SiteTree", "StaticFile", "render"]

# Every kind of page, each its own module.
PARTS: tuple[Part, ...] = (
    home_pages,
    directory_pages,
    account_pages,
    source_pages,
    numbers_pages,
    method_pages,
    rules_pages,
    field_pages,
    asset_files,
)


def render(portfolio: Portfolio, *, allow_incomplete: bool = False) -> SiteTree:
    """The whole site of a portfolio. Pure: the same portfolio gives the same bytes."""
    site = Site(portfolio=portfolio, engine=Engine(), allow_incomplete=allow_incomplete)
    made = [one for part in PARTS for one in part(site)]
    pages = (one for one in made if isinstance(one, Page))
    files = (one for one in made if isinstance(one, StaticFile))
    return SiteTree(
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        files=tuple(sorted(files, key=lambda file: file.path)),
    )
