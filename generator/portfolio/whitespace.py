"""White space: accounts by offering, and what could be sold where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.standard import NOT_OURS
from generator.form.market import Offering
from generator.model.base import Fact
from generator.portfolio.sums import in_reporting, rate_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingCell:
    """An offering at an account."""

    status: str | None
    amount: float | None
    """What is left to sell a year, in the reporting currency; None when it is not known."""
    counts: bool
    """Whether it is white space: nobody or a competitor sells it."""
    applies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOfferings:
    """An account with its offerings by id."""

    account: Account
    cells: Mapping[str, OfferingCell]
    total: float | None
    """Its white space a year, in the reporting currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomToGrow:
    """An offering that an account does not buy from us, and that has room to grow."""

    account: Account
    amount: float
    offering: str
    status: str
    rival: str
    """The name of who sells it today; empty where nobody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteSpace:
    """All accounts that say something of offerings, the most to sell first."""

    offerings: tuple[str, ...]
    """Ids that plans name: as the catalogue has them, then those that it does not know."""
    accounts: tuple[AccountOfferings, ...]
    sums: Mapping[str, float | None]
    """By offering what is left to sell of it; None when nobody knows."""
    total: float | None
    largest: float
    """The largest white space in one cell."""
    without_rate: tuple[str, ...]
    """Accounts whose amounts are known, but not their exchange rate."""


def white_space(portfolio: Portfolio) -> WhiteSpace:
    """Accounts by offering."""
    rows = sorted(
        (_row(portfolio, account, offerings) for account, offerings in _with_offerings(portfolio)),
        key=lambda row: (-(row.total or 0.0), row.total is None, row.account.name),
    )
    catalogue = list(portfolio.settings.catalogue.offerings)
    named = sorted(
        {id for row in rows for id in row.cells},
        key=lambda id: (catalogue.index(id) if id in catalogue else len(catalogue), id),
    )
    known = [row.total for row in rows if row.total is not None]
    counted = [cell for row in rows for cell in row.cells.values() if cell.counts]
    amounts = [cell.amount for cell in counted if cell.amount is not None]
    return WhiteSpace(
        offerings=tuple(named),
        accounts=tuple(rows),
        sums={id: _sum(rows, id) for id in named},
        total=math.fsum(known) if known else None,
        largest=max(amounts, default=0.0),
        without_rate=tuple(
            account.name
            for account, offerings in _with_offerings(portfolio)
            if any(_gap(offering) is not None for offering in offerings.values())
            and rate_of(portfolio, account) is None
        ),
    )


def opportunities(portfolio: Portfolio) -> tuple[RoomToGrow, ...]:
    """Offerings that could still be sold, the most money first."""
    open_ = _opportunities(portfolio)
    return tuple(sorted(open_, key=lambda each: (-each.amount, each.account.name)))


def _opportunities(portfolio: Portfolio) -> Iterator[RoomToGrow]:
    for account, offerings in _with_offerings(portfolio):
        plan = account.playbook
        rivals = {
            rival.id: rival.name or rival.id
            for rival in (plan.competition.rivals if plan and plan.competition else None) or ()
        }
        for id, offering in offerings.items():
            amount = _left(portfolio, account, offering)
            if offering.status in NOT_OURS and amount is not None and amount > 0:
                competitor = offering.competitor or ""
                yield RoomToGrow(
                    account=account,
                    amount=amount,
                    offering=id,
                    status=offering.status,
                    rival=rivals.get(competitor, competitor),
                )


def _with_offerings(portfolio: Portfolio) -> list[tuple[Account, Mapping[str, Offering]]]:
    """Accounts that say something of offerings."""
    return [
        (account, account.playbook.offerings)
        for account in portfolio.accounts
        if account.playbook and account.playbook.offerings
    ]


def _row(
    portfolio: Portfolio, account: Account, offerings: Mapping[str, Offering]
) -> AccountOfferings:
    cells = {id: _cell(portfolio, account, offering) for id, offering in offerings.items()}
    open_ = [cell.amount for cell in cells.values() if cell.counts]
    known = [amount for amount in open_ if amount is not None]
    return AccountOfferings(
        account=account,
        cells=cells,
        total=math.fsum(known) if known or not open_ else None,
    )


def _cell(portfolio: Portfolio, account: Account, offering: Offering) -> OfferingCell:
    applies = offering.status is not None and offering.status != "not_applicable"
    return OfferingCell(
        status=offering.status,
        amount=_left(portfolio, account, offering) if applies else None,
        counts=offering.status in NOT_OURS,
        applies=applies,
    )


def _gap(offering: Offering) -> float | None:
    """Potential less revenue, money a year; None when either is not known."""
    potential, revenue = (
        part.value if isinstance(part, Fact) else part
        for part in (offering.potential, offering.revenue)
    )
    return None if potential is None or revenue is None else potential - revenue


def _left(portfolio: Portfolio, account: Account, offering: Offering) -> float | None:
    """The same in the reporting currency; None without a rate too."""
    gap = _gap(offering)
    return None if gap is None else in_reporting(portfolio, account, gap)


def _sum(rows: Sequence[AccountOfferings], id: str) -> float | None:
    """What is left to sell of an offering; None when nobody knows."""
    cells = [row.cells[id] for row in rows if id in row.cells]
    amounts = [cell.amount for cell in cells if cell.counts and cell.amount is not None]
    return math.fsum(amounts) if amounts else None
