"""White space: accounts by offering, what could be sold where, the largest first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from generator.enrich import Account
from generator.model.base import Fact
from generator.model.market import Offering
from generator.render.formats import money, plural
from generator.render.home import in_reporting
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/whitespace.html"
LISTED = 12
ROWS = 120
"""Accounts in the map, those with the most to sell first."""
SHADES = 5
_SIGNS = {"ours": "●", "competitor": "▲", "open": "○", "not_applicable": "–"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An offering at an account."""

    sign: str
    status: str
    amount: float | None
    """What is left to sell, in the reporting currency; None when it is not known."""
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An account with its offerings."""

    name: str
    href: str
    cells: tuple[Cell | None, ...]
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """An offering that an account does not buy from us."""

    amount: float
    account: str
    href: str
    offering: str
    status: str
    rival: str


def whitespace_pages(site: Site) -> Iterator[Page]:
    """portfolio/whitespace."""
    links = Links(here=HERE)
    offerings = [
        (id, entry.label.in_language(site.settings.site.language))
        for id, entry in site.settings.catalogue.offerings.items()
    ]
    chances = sorted(_chances(site, links), key=lambda one: (-one.amount, one.account))
    rows = _rows(site, links, [id for id, _ in offerings])
    currency = site.settings.currencies.reporting_currency
    fragments = {}
    if rows:
        total = math.fsum(one.amount for one in chances)
        sentence = (
            f"{money(total)} {currency} a year could still be sold"
            f" in {plural(len(chances), 'place')}, where nobody or a competitor sells today."
        )
        sums = [
            math.fsum(
                one.cells[index].amount or 0.0  # type: ignore[union-attr]
                for one in rows
                if one.cells[index] is not None
            )
            for index in range(len(offerings))
        ]
        fragments = {
            "largest": site.engine.render(
                "portfolio/whitespace_largest.html.j2",
                chances=chances[:LISTED],
                more=max(0, len(chances) - LISTED),
                currency=currency,
            ),
            "map": site.engine.render(
                "portfolio/whitespace_map.html.j2",
                rows=rows[:ROWS],
                more=max(0, len(rows) - ROWS),
                offerings=offerings,
                sums=sums,
                currency=currency,
            ),
        }
    else:
        sentence = "No plan says what could be sold: fill in 'offerings' to see white space."
    markdown = page_markdown(
        title="White space",
        description="What could be sold where.",
        sentence=sentence,
        sections=[
            SkeletonSection(anchor="largest", title="Largest chances"),
            SkeletonSection(anchor="map", title="Accounts by offering"),
        ]
        if rows
        else [],
    )
    yield Page(path="portfolio/whitespace.md", markdown=markdown, fragments=fragments)


def _left(site: Site, account: Account, one: Offering) -> float | None:
    """Potential less revenue in the reporting currency; None when either is not known."""
    potential, revenue = (
        part.value if isinstance(part, Fact) else part for part in (one.potential, one.revenue)
    )
    if potential is None or revenue is None:
        return None
    return in_reporting(site, account, potential - revenue)


def _chances(site: Site, links: Links) -> Iterator[Chance]:
    catalogue, language = site.settings.catalogue.offerings, site.settings.site.language
    for account in site.portfolio.accounts:
        plan = account.playbook
        rivals = {
            one.id: one.name or one.id
            for one in (plan.competition.rivals if plan and plan.competition else None) or ()
        }
        for id, one in ((plan.offerings if plan else None) or {}).items():
            amount = _left(site, account, one)
            if one.status in ("open", "competitor") and amount is not None and amount > 0:
                yield Chance(
                    amount=amount,
                    account=account.name,
                    href=links.account(account.id, "offerings"),
                    offering=catalogue[id].label.in_language(language) if id in catalogue else id,
                    status=site.settings.label("offering_statuses", one.status),
                    rival=rivals.get(one.competitor or "", one.competitor or ""),
                )


def _rows(site: Site, links: Links, ids: list[str]) -> list[Row]:
    """Accounts that say something of offerings, the most to sell first."""
    told = []
    for account in site.portfolio.accounts:
        offerings = (account.playbook.offerings if account.playbook else None) or {}
        if offerings:
            told.append((account, offerings))
    amounts = [
        abs(amount)
        for account, offerings in told
        for one in offerings.values()
        if (amount := _left(site, account, one)) is not None
    ]
    largest = max(amounts, default=0.0)
    rows = []
    for account, offerings in told:
        cells = tuple(
            _cell(site, account, offerings[id], largest) if id in offerings else None for id in ids
        )
        known = [one.amount for one in cells if one is not None and one.amount is not None]
        rows.append(
            Row(
                name=account.name,
                href=links.account(account.id, "offerings"),
                cells=cells,
                total=math.fsum(known),
            )
        )
    return sorted(rows, key=lambda row: (-row.total, row.name))


def _cell(site: Site, account: Account, one: Offering, largest: float) -> Cell:
    status = one.status or "open"
    amount = _left(site, account, one) if status != "not_applicable" else None
    shade = math.ceil(SHADES * amount / largest) if amount and largest and amount > 0 else 0
    return Cell(
        sign=_SIGNS[status],
        status=site.settings.label("offering_statuses", status),
        amount=amount,
        shade=shade if status in ("open", "competitor") else 0,
    )
