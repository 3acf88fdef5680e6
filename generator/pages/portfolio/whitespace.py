"""White space: accounts by offering, what could be sold where, the largest first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from generator.language import phrase, say
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.portfolio.whitespace import OfferingCell, opportunities, white_space

LISTED = 12
ROWS = 120
"""Accounts in the map, those with the most to sell first."""
SHADES = 5
SIGNS = {"ours": "●", "competitor": "▲", "open": "○", "not_applicable": "–"}


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """The largest opportunities, then the map of accounts by offering."""
    portfolio, settings = page.site.portfolio, page.site.settings
    space, largest = white_space(portfolio), opportunities(portfolio)
    titles = {
        id: offering.label.in_language(settings.site.language)
        for id, offering in settings.catalogue.offerings.items()
    }
    if largest:
        page.section(
            "largest",
            say("Largest opportunities"),
            opportunities=largest[:LISTED],
            titles=titles,
            more=max(0, len(largest) - LISTED),
        )
    if space.accounts:
        page.section(
            "map",
            say("Accounts by offering"),
            space=space,
            rows=space.accounts[:ROWS],
            more=max(0, len(space.accounts) - ROWS),
            titles=titles,
            signs=SIGNS,
            shade_of=lambda cell: _shade(cell, space.largest),
            unrated=named(space.without_rate),
            silent=len(portfolio.accounts) - len(space.accounts),
        )
    return {
        "accounts": space.accounts,
        "largest": largest,
        "total": math.fsum(each.amount for each in largest),
        "titles": titles,
    }


def _shade(cell: OfferingCell, largest: float) -> int:
    """How strong the colour of a cell is, by its money; 0 without white space."""
    if not cell.counts or not cell.amount or cell.amount <= 0:
        return 0
    return math.ceil(SHADES * cell.amount / largest)


PAGE = SitePage(
    path="portfolio/whitespace.md",
    title=phrase("White space"),
    description=phrase("What could be sold where."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("offerings",),
)
