"""White space: what could be sold where by what may be won, and accounts by offering."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from generator.language import phrase, say
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.portfolio.sums import former_customers, reported, without_chance
from generator.portfolio.whitespace import (
    ChanceOf,
    OfferingCell,
    RoomToGrow,
    WhiteSpace,
    opportunities,
    white_space,
)

LISTED = 20
ROWS = 120
"""Accounts in the map, those with the most to win first."""
SHADES = 5
SIGNS = {"ours": "●", "competitor": "▲", "open": "○", "not_applicable": "–"}
CHANCES = {
    ChanceOf.DEAL: phrase("by its deal"),
    ChanceOf.ACCOUNT: phrase("by the plan"),
    ChanceOf.SETTING: phrase("assumed"),
}
"""Who says how likely it is to be won."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """What may be won by tier, then the map of accounts by offering; accounts to drop apart."""
    portfolio, settings = page.site.portfolio, page.site.settings
    space = white_space(portfolio)
    sized = [each for each in opportunities(portfolio) if each.may_be_won.reporting is not None]
    kept = [each for each in sized if not each.is_to_drop]
    dropped = [each for each in sized if each.is_to_drop]
    titles = {
        id: offering.label.in_language(settings.site.language)
        for id, offering in settings.catalogue.offerings.items()
    }
    if kept:
        title = say("Where to sell")
        page.section("largest", title, table_title=title, **_listed(page, kept, titles))
    if space.accounts:
        page.section("map", say("Accounts by offering"), **_map(page, space, titles))
    if dropped:
        title = say("At accounts to drop")
        page.section("dropped", title, table_title=title, **_listed(page, dropped, titles))
    return {
        "accounts": space.accounts,
        "largest": kept,
        "dropped": dropped,
        "space": space,
        "titles": titles,
    }


def _listed(
    page: PageLayout, rows: Sequence[RoomToGrow], titles: Mapping[str, str]
) -> dict[str, Any]:
    """The first opportunities of a list in its order."""
    return {
        "block": "opportunities",
        "opportunities": rows[:LISTED],
        "titles": titles,
        "chances": CHANCES,
        "assumed": page.site.settings.scoring.whitespace,
        "more": max(0, len(rows) - LISTED),
    }


def _map(page: PageLayout, space: WhiteSpace, titles: Mapping[str, str]) -> dict[str, Any]:
    portfolio, rows = page.site.portfolio, space.accounts[:ROWS]
    return {
        "space": space,
        "kept": [row for row in rows if not row.is_to_drop],
        "dropped": [row for row in rows if row.is_to_drop],
        "more": len(space.accounts) - len(rows),
        "titles": titles,
        "signs": SIGNS,
        "shade_of": lambda cell: _shade(cell, space.largest),
        "unrated": named(space.without_rate),
        "chanceless": named(without_chance((space.total,))),
        "former": named([account.name for account in former_customers(portfolio)]),
        "silent": len(portfolio.accounts) - len(space.accounts),
    }


def _shade(cell: OfferingCell, largest: float) -> int:
    """How strong the colour of a cell is, by its money; 0 without white space."""
    amount = reported(cell.left)
    if not cell.counts or not amount or amount <= 0:
        return 0
    return math.ceil(SHADES * amount / largest)


PAGE = SitePage(
    path="portfolio/whitespace.md",
    title=phrase("White space"),
    description=phrase("What could be sold where."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("offerings",),
)
