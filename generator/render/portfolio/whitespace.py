"""White space: accounts by offering, what could be sold where, the largest first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.enrich.standard import NOT_OURS
from generator.language import say, say_count
from generator.model.base import Fact
from generator.model.market import Offering
from generator.render.formats import money
from generator.render.home import in_reporting
from generator.render.links import Links
from generator.render.portfolio.sums import named
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
    """What is left to sell a year, in the reporting currency; None when it is not known."""
    shade: int
    counts: bool
    """Whether it is white space: nobody or a competitor sells it."""
    applies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An account with its offerings."""

    name: str
    href: str
    cells: tuple[Cell | None, ...]
    total: float | None


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
    language = site.settings.site.language
    offerings = {
        id: entry.label.in_language(language)
        for id, entry in site.settings.catalogue.offerings.items()
    }
    told = _told(site)
    named_by_plans = {id for _, found in told for id in found}
    used = sorted(named_by_plans, key=lambda id: (_place(id, offerings), id))
    chances = sorted(_chances(site, links, offerings), key=lambda one: (-one.amount, one.account))
    rows = _rows(site, links, told, used)
    currency = site.settings.currencies.reporting_currency
    render = site.engine.render
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []
    if chances:
        more = max(0, len(chances) - LISTED)
        fragments["largest"] = render(
            "portfolio/whitespace_largest.html.j2",
            chances=chances[:LISTED],
            more=more,
            currency=currency,
        )
        sections.append(SkeletonSection(anchor="largest", title=say("Largest chances")))
    if rows:
        fragments["map"] = render(
            "portfolio/whitespace_map.html.j2",
            **_map(rows, [offerings.get(id, id) for id in used]),
            unrated=named(_without_rate(site, told)),
            silent=len(site.portfolio.accounts) - len(told),
            currency=currency,
        )
        sections.append(SkeletonSection(anchor="map", title=say("Accounts by offering")))
    markdown = page_markdown(
        title=say("White space"),
        description=say("What could be sold where."),
        sentence=_sentence(chances, told=bool(told), currency=currency),
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/whitespace.md", markdown=markdown, fragments=fragments)


def _place(id: str, offerings: Mapping[str, str]) -> int:
    """Where an offering stands in the catalogue; behind it what it does not know."""
    return list(offerings).index(id) if id in offerings else len(offerings)


def _sentence(chances: Sequence[Chance], *, told: bool, currency: str) -> str:
    """How much could still be sold, and where the most of it is."""
    if not told:
        return say("No plan says what could be sold: fill in 'offerings' to see white space.")
    if not chances:
        return say("No plan knows an offering that nobody or a competitor sells, with its money.")
    total = math.fsum(one.amount for one in chances)
    best = chances[0]
    return say_count(
        "{total} {currency} a year could still be sold in {count} place, where nobody or a"
        " competitor sells today; the largest: {offering} at {account}, {amount} {currency}.",
        "{total} {currency} a year could still be sold in {count} places, where nobody or a"
        " competitor sells today; the largest: {offering} at {account}, {amount} {currency}.",
        len(chances),
        total=money(total),
        currency=currency,
        offering=best.offering,
        account=best.account,
        amount=money(best.amount),
    )


def _map(rows: Sequence[Row], titles: Sequence[str]) -> dict[str, Any]:
    """The map with sums over all rows, shown or not; None where nothing is known."""

    def total(index: int) -> float | None:
        cells = [row.cells[index] for row in rows]
        amounts = [one.amount for one in cells if one and one.counts and one.amount is not None]
        return math.fsum(amounts) if amounts else None

    known = [row.total for row in rows if row.total is not None]
    return {
        "rows": rows[:ROWS],
        "more": max(0, len(rows) - ROWS),
        "titles": titles,
        "sums": [total(index) for index in range(len(titles))],
        "whole": math.fsum(known) if known else None,
    }


def _told(site: Site) -> list[tuple[Account, Mapping[str, Offering]]]:
    """Accounts that say something of offerings."""
    return [
        (account, account.playbook.offerings)
        for account in site.portfolio.accounts
        if account.playbook and account.playbook.offerings
    ]


def _gap(one: Offering) -> float | None:
    """Potential less revenue, money a year; None when either is not known."""
    potential, revenue = (
        part.value if isinstance(part, Fact) else part for part in (one.potential, one.revenue)
    )
    return None if potential is None or revenue is None else potential - revenue


def _left(site: Site, account: Account, one: Offering) -> float | None:
    """The same in the reporting currency; None without a rate too."""
    gap = _gap(one)
    return None if gap is None else in_reporting(site, account, gap)


def _without_rate(
    site: Site, told: Sequence[tuple[Account, Mapping[str, Offering]]]
) -> tuple[str, ...]:
    return tuple(
        account.name
        for account, offerings in told
        if any(_gap(one) is not None for one in offerings.values())
        and in_reporting(site, account, 1.0) is None
    )


def _chances(site: Site, links: Links, titles: Mapping[str, str]) -> Iterator[Chance]:
    for account, offerings in _told(site):
        plan = account.playbook
        rivals = {
            one.id: one.name or one.id
            for one in (plan.competition.rivals if plan and plan.competition else None) or ()
        }
        for id, one in offerings.items():
            amount = _left(site, account, one)
            if one.status in NOT_OURS and amount is not None and amount > 0:
                yield Chance(
                    amount=amount,
                    account=account.name,
                    href=links.account(account.id, "offerings"),
                    offering=titles.get(id, id),
                    status=site.settings.label("offering_statuses", one.status),
                    rival=rivals.get(one.competitor or "", one.competitor or ""),
                )


def _rows(
    site: Site,
    links: Links,
    told: Sequence[tuple[Account, Mapping[str, Offering]]],
    ids: Sequence[str],
) -> list[Row]:
    """The accounts of the map, the most to sell first."""
    amounts = [
        amount
        for account, offerings in told
        for one in offerings.values()
        if one.status in NOT_OURS and (amount := _left(site, account, one)) is not None
    ]
    largest = max(amounts, default=0.0)
    rows = []
    for account, offerings in told:
        cells = tuple(
            _cell(site, account, offerings[id], largest) if id in offerings else None for id in ids
        )
        open_ = [one.amount for one in cells if one and one.counts]
        known = [amount for amount in open_ if amount is not None]
        rows.append(
            Row(
                name=account.name,
                href=links.account(account.id, "offerings"),
                cells=cells,
                total=math.fsum(known) if known or not open_ else None,
            )
        )
    return sorted(rows, key=lambda row: (-(row.total or 0.0), row.total is None, row.name))


def _cell(site: Site, account: Account, one: Offering, largest: float) -> Cell:
    status = one.status
    counts = status in NOT_OURS
    applies = status is not None and status != "not_applicable"
    amount = _left(site, account, one) if applies else None
    shade = math.ceil(SHADES * amount / largest) if counts and amount and amount > 0 else 0
    return Cell(
        sign=_SIGNS.get(status or "", "?"),
        status=site.settings.label("offering_statuses", status)
        if status
        else say("status not known"),
        amount=amount,
        shade=shade,
        counts=counts,
        applies=applies,
    )
