"""The selection matrix large: each account by name, and what would move it to another cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.enrich import Account
from generator.render.change_words import change_sentence
from generator.render.drawings.matrix import CELLS, MatrixAccount, matrix
from generator.render.formats import plural
from generator.render.home import in_reporting, value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/matrix.html"
LISTED = 200
"""Accounts in the table; the directory has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An account with a cell."""

    name: str
    href: str
    tier: str
    planned: str | None
    cell: str
    profit: float | None
    payback: float | str | None
    stability: float | None
    change: str


def matrix_pages(site: Site) -> Iterator[Page]:
    """portfolio/matrix."""
    links = Links(here=HERE)
    accounts = [one for one in site.portfolio.accounts if value_of(one, "tier") is not None]
    drawn = [_drawn(site, links, one) for one in accounts]
    placed = [_placed(site, links, one) for one in accounts[:LISTED]]
    cells = matrix(drawn)
    counts = [
        f"{cell.count} {site.settings.label('tiers', cell_tier(site, cell.name))}"
        for cell in cells
        if cell.count
    ]
    beside = len(site.portfolio.accounts) - len(accounts)
    sentence = f"{', '.join(counts)}." if counts else "No account has a cell yet."
    if beside and counts:
        sentence += f" {plural(beside, 'account')} without a tier: their market facts are missing."
    common = {
        "settings": site.settings,
        "links": links,
        "currency": site.settings.currencies.reporting_currency,
        "rules": {cell: getattr(site.settings.tiers.cells, cell) for cell in CELLS},
    }
    render = site.engine.render
    fragments = {}
    if accounts:
        fragments["head"] = render(
            "home/matrix.html.j2", **common, cells=cells, beside=[], more_beside=0, table=[]
        )
        fragments["moves"] = render(
            "portfolio/matrix.html.j2", **common, placed=placed, more=len(accounts) - len(placed)
        )
    markdown = page_markdown(
        title="Matrix",
        description="Which accounts get our best people, and what would move them.",
        sentence=sentence,
        head="head" if accounts else None,
        sections=[SkeletonSection(anchor="moves", title="What would move them")]
        if accounts
        else [],
    )
    yield Page(path="portfolio/matrix.md", markdown=markdown, fragments=fragments)


def cell_tier(site: Site, cell: str) -> str:
    """The tier of a cell."""
    return str(getattr(site.settings.tiers.cells, cell).tier)


def _cell(account: Account) -> str:
    return f"{value_of(account, 'selection.row')}_{value_of(account, 'selection.column')}"


def _profit(site: Site, account: Account) -> float | None:
    profit = value_of(account, "selection.retained_profit")
    return in_reporting(site, account, profit) if profit is not None else None


def _drawn(site: Site, links: Links, account: Account) -> MatrixAccount:
    plan = account.playbook
    return MatrixAccount(
        id=account.id,
        name=account.name,
        status=(plan.account.status if plan else None) or "prospect",
        cell=_cell(account),
        profit=_profit(site, account),
        href=links.account(account.id),
    )


def _placed(site: Site, links: Links, account: Account) -> Placed:
    plan = account.playbook
    return Placed(
        name=account.name,
        href=links.account(account.id, "w-tier"),
        tier=value_of(account, "tier"),
        planned=plan.account.planned_tier if plan else None,
        cell=_cell(account),
        profit=_profit(site, account),
        payback=value_of(account, "selection.payback_months"),
        stability=value_of(account, "selection.stability"),
        change=change_sentence(account.case, "tier", site.settings) if account.case else "",
    )
