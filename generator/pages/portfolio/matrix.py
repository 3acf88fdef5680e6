"""The selection matrix: each account by name, and what would move it to another cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.figures import Account
from generator.figures.sides import Side
from generator.language import phrase, say
from generator.pages.drawings.grids import MatrixAccount, matrix
from generator.pages.formats import number
from generator.pages.links import Links
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.words import find_out_first
from generator.portfolio.matrix import (
    CELLS,
    Placement,
    by_missing_facts,
    placements,
    ranked,
    tier_of_cell,
    without_cell,
)
from generator.portfolio.sums import reported, side_of, win_probability

LISTED = 200
"""Accounts in the table; the directory has all."""
BESIDE = 40
"""Accounts without a cell that are named."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """The drawing, then each account with what would move it."""
    site = page.site
    placed, beside = placements(site.portfolio), without_cell(site.portfolio)
    cells = matrix(marks(placed, page.links))
    rules = {cell: getattr(site.settings.tiers.cells, cell) for cell in CELLS}
    if placed:
        page.head(
            cells=cells,
            rules=rules,
            beside=by_missing_facts(beside[:BESIDE]),
            more_beside=max(0, len(beside) - BESIDE),
            table=[],
        )
        page.section(
            "moves",
            say("What would move them"),
            cells=cells,
            rules=rules,
            placed=ranked(placed)[:LISTED],
            find_out=_find_out,
            more=max(0, len(placed) - LISTED),
        )
    known = [each for each in placed if each.stability is not None]
    return {
        "placed": placed,
        "tiers": [
            say(
                "{count} {tier}",
                count=number(cell.count),
                tier=tier_of_cell(site.portfolio, cell.name),
            )
            for cell in cells
            if cell.count
        ],
        "beside": beside,
        "known": known,
        "loose": sum(not each.is_stable for each in known),
    }


def marks(placed: Sequence[Placement], links: Links) -> list[MatrixAccount]:
    """Accounts as the drawing takes them."""
    return [
        MatrixAccount(
            id=each.account.id,
            name=each.account.name,
            status=each.status,
            cell=each.cell,
            profit=reported(each.profit),
            in_sum=_in_sum(each),
            href=links.account(each.account.id),
        )
        for each in placed
    ]


def _in_sum(placed: Placement) -> float | None:
    """What it puts into the sum of its side: of a prospect what it has by its chance."""
    profit, chance = reported(placed.profit), win_probability(placed.account)
    if side_of(placed.account) is not Side.PROSPECTS:
        return profit
    return profit * chance if profit is not None and chance is not None else None


def _find_out(account: Account) -> str:
    """The fact that would tell most about its tier."""
    figure = account.figures.get("tier")
    return find_out_first(figure) if figure is not None else ""


PAGE = SitePage(
    path="portfolio/matrix.md",
    title=phrase("Matrix"),
    description=phrase("Which accounts get our best people, and what would move them."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("tier", "selection"),
)
