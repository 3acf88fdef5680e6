"""The selection matrix large: each account by name, and what would move it to another cell."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures import Account
from generator.language import phrase, say, say_count
from generator.pages.drawings.grids import MatrixAccount, MatrixCell, matrix
from generator.pages.formats import listed, number, sentences, share
from generator.pages.links import Links
from generator.pages.page import Layout, PortfolioPage
from generator.pages.site import Site
from generator.pages.words import change_sentence
from generator.portfolio.matrix import (
    CELLS,
    Placement,
    by_missing_facts,
    placements,
    ranked,
    tier_of_cell,
    without_cell,
)

LISTED = 200
"""Accounts in the table; the directory has all."""
BESIDE = 40
"""Accounts without a cell that are named."""


def lay_out(page: Layout) -> str:
    """The drawing, then each account with what would move it."""
    site = page.site
    placed, beside = placements(site.portfolio), without_cell(site.portfolio)
    cells = matrix(marks(placed, page.links))
    rules = {cell: getattr(site.settings.tiers.cells, cell) for cell in CELLS}
    if site.portfolio.accounts:
        page.head(
            cells=cells,
            rules=rules,
            beside=by_missing_facts(beside[:BESIDE]),
            more_beside=max(0, len(beside) - BESIDE),
            table=[],
        )
    if placed:
        page.section(
            "moves",
            say("What would move them"),
            cells=cells,
            rules=rules,
            placed=ranked(placed)[:LISTED],
            change_of=lambda account: _change(site, account),
            more=max(0, len(placed) - LISTED),
        )
    return _sentence(site, cells, placed, len(beside))


def marks(placed: Sequence[Placement], links: Links) -> list[MatrixAccount]:
    """Accounts as the drawing takes them."""
    return [
        MatrixAccount(
            id=each.account.id,
            name=each.account.name,
            status=each.status,
            cell=each.cell,
            profit=each.profit,
            href=links.account(each.account.id),
        )
        for each in placed
    ]


def _change(site: Site, account: Account) -> str:
    """The cheapest change of one number that would give it another tier."""
    return change_sentence(account.case, "tier", site.settings) if account.case else ""


def _sentence(
    site: Site, cells: Sequence[MatrixCell], placed: Sequence[Placement], beside: int
) -> str:
    """How many accounts have which tier, and how many stand on a single number."""
    if not placed:
        return say("No account has a tier yet: their market facts give it.")
    tiers = [
        say(
            "{count} {tier}", count=number(cell.count), tier=tier_of_cell(site.portfolio, cell.name)
        )
        for cell in cells
        if cell.count
    ]
    parts = [
        say_count(
            "{count} account with a tier: {tiers}.",
            "{count} accounts with a tier: {tiers}.",
            len(placed),
            tiers=listed(tiers),
        )
    ]
    if beside:
        parts.append(
            say("{count} without one: their market facts are missing.", count=number(beside))
        )
    return sentences([*parts, _how_firm(site, placed)])


def _how_firm(site: Site, placed: Sequence[Placement]) -> str:
    """How many tiers hang on a single number; empty where it is known of none."""
    known = [each for each in placed if each.stability is not None]
    if not known:
        return ""
    loose = sum(not each.is_stable for each in known)
    change = share(site.settings.scoring.stability.change)
    if not loose:
        return say(
            "All of them would stand a change of {change} in nearly any number.", change=change
        )
    return say_count(
        "{count} of them has a tier that a change of {change} in one number may move.",
        "{count} of them have a tier that a change of {change} in one number may move.",
        loose,
        change=change,
    )


PAGE = PortfolioPage(
    name="matrix",
    title=phrase("Matrix"),
    description=phrase("Which accounts get our best people, and what would move them."),
    lay_out=lay_out,
    figures=("tier", "selection"),
)
