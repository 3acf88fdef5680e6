"""White space: accounts by offering, what could be sold where, the largest first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from generator.language import phrase, say, say_count
from generator.pages.formats import money
from generator.pages.page import Layout, PortfolioPage, named
from generator.portfolio.whitespace import Cell, Opportunity, opportunities, white_space

LISTED = 12
ROWS = 120
"""Accounts in the map, those with the most to sell first."""
SHADES = 5
SIGNS = {"ours": "●", "competitor": "▲", "open": "○", "not_applicable": "–"}


def lay_out(page: Layout) -> str:
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
    return _sentence(largest, titles, is_empty=not space.accounts, currency=page.currency)


def _sentence(
    largest: Sequence[Opportunity], titles: Mapping[str, str], *, is_empty: bool, currency: str
) -> str:
    """How much could still be sold, and where the most of it is."""
    if is_empty:
        return say("No plan says what could be sold: fill in 'offerings' to see white space.")
    if not largest:
        return say("No plan knows an offering that nobody or a competitor sells, with its money.")
    best = largest[0]
    return say_count(
        "{total} {currency} a year could still be sold in {count} place, where nobody or a"
        " competitor sells today; the largest: {offering} at {account}, {amount} {currency}.",
        "{total} {currency} a year could still be sold in {count} places, where nobody or a"
        " competitor sells today; the largest: {offering} at {account}, {amount} {currency}.",
        len(largest),
        total=money(math.fsum(each.amount for each in largest)),
        currency=currency,
        offering=titles.get(best.offering, best.offering),
        account=best.account.name,
        amount=money(best.amount),
    )


def _shade(cell: Cell, largest: float) -> int:
    """The more white space, the stronger; 0 for what is none."""
    if not cell.counts or not cell.amount or cell.amount <= 0:
        return 0
    return math.ceil(SHADES * cell.amount / largest)


PAGE = PortfolioPage(
    name="whitespace",
    title=phrase("White space"),
    description=phrase("What could be sold where."),
    lay_out=lay_out,
    figures=("offerings",),
)
