"""White space: accounts by offering, and what could be sold where, by what may be won.

What may be won is the potential that is left times the chance to win it. The chance is the
probability of an open deal that names the offering, the highest where several do; else the win
probability of the account's development; else what scoring.yaml says under `whitespace`.
Accounts to drop stand apart, after all others, and are in no sum.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.figures import Account, Portfolio
from generator.figures.attention import dropped
from generator.figures.name import words_of_id
from generator.figures.sales import open_deals
from generator.figures.standard import NOT_OURS
from generator.form.market import Offering
from generator.model.base import Fact
from generator.portfolio.matrix import cell_of
from generator.portfolio.sums import (
    TIERS,
    Amount,
    Money,
    SeparateSums,
    money_of,
    reported,
    separate_sums,
    value_of,
    win_probability,
    without_rate,
)

DROP = "drop"
"""The word for accounts that get no more offers."""


class ChanceOf(StrEnum):
    """What a chance to sell is taken from."""

    DEAL = "deal"
    """An open deal that names the offering."""
    ACCOUNT = "account"
    """The win probability of the account's development."""
    SETTING = "setting"
    """What the firm counts where the plan does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How likely we are to sell something, and who says so."""

    share: float
    of: ChanceOf


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingCell:
    """An offering at an account."""

    status: str | None
    left: Money | None
    """What is left to sell a year; None when it is not known."""
    counts: bool
    """Whether it is white space: nobody or a competitor sells it."""
    applies: bool
    chance: Chance | None
    """To win what is left, where it is white space."""

    @property
    def may_be_won(self) -> float | None:
        """What is left times the chance, in the account's currency."""
        return self.left.amount * self.chance.share if self.left and self.chance else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOfferings:
    """An account with its offerings by id."""

    account: Account
    tier: str | None
    is_to_drop: bool
    cells: Mapping[str, OfferingCell]
    total: Money | None
    """Its white space a year."""
    may_be_won: Money | None
    """Its white space a year, each offering times its chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomToGrow:
    """An offering that an account does not buy from us, and that has room to grow."""

    account: Account
    tier: str | None
    is_to_drop: bool
    left: Money
    """What is left to sell a year."""
    chance: Chance
    may_be_won: Money
    """What is left times the chance."""
    offering: str
    status: str
    rival: str
    """The name of who sells it today; empty where nobody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteSpace:
    """All accounts that say something of offerings: by tier the most to win first.

    Those to drop come last, and are in no sum.
    """

    offerings: tuple[str, ...]
    """Ids that plans name: as the catalogue has them, then those that it does not know."""
    accounts: tuple[AccountOfferings, ...]
    sums: Mapping[str, SeparateSums]
    """By offering what is left to sell of it a year."""
    total: SeparateSums
    may_be_won: SeparateSums
    """The same by the chance of each offering; of prospects not by their win probability again."""
    largest: float
    """The largest white space in one cell, in the reporting currency."""

    @property
    def without_rate(self) -> tuple[str, ...]:
        """Accounts whose amounts are known, but not their exchange rate."""
        return without_rate((self.total, *self.sums.values()))


def white_space(portfolio: Portfolio) -> WhiteSpace:
    """Accounts by offering."""
    rows = sorted(_rows(portfolio), key=_row_order)
    kept = {row.account.id: row for row in rows if not row.is_to_drop}
    accounts = [row.account for row in kept.values()]
    catalogue = list(portfolio.settings.catalogue.offerings)
    named = sorted(
        {id for row in rows for id in row.cells},
        key=lambda id: (catalogue.index(id) if id in catalogue else len(catalogue), id),
    )
    counted = [cell for row in rows for cell in row.cells.values() if cell.counts]
    amounts = [reported(cell.left) or 0.0 for cell in counted]

    def left(id: str) -> Amount:
        return Amount(of=lambda account: _left_in(kept[account.id].cells.get(id)))

    def of_all(money: Money | None) -> float | None:
        return money.amount if money else None

    return WhiteSpace(
        offerings=tuple(named),
        accounts=tuple(rows),
        sums={id: separate_sums(portfolio, accounts, left(id)) for id in named},
        total=separate_sums(
            portfolio, accounts, Amount(of=lambda account: of_all(kept[account.id].total))
        ),
        may_be_won=separate_sums(
            portfolio,
            accounts,
            Amount(of=lambda account: of_all(kept[account.id].may_be_won), hangs_on_win=False),
        ),
        largest=max(amounts, default=0.0),
    )


def opportunities(portfolio: Portfolio) -> tuple[RoomToGrow, ...]:
    """Offerings that could still be sold: by tier the most to win first, accounts to drop last."""
    return tuple(sorted(_opportunities(portfolio), key=_opportunity_order))


def _row_order(row: AccountOfferings) -> tuple[object, ...]:
    amount = reported(row.may_be_won)
    by_money = (amount is None, -(amount or 0.0), -(reported(row.total) or 0.0))
    return (row.is_to_drop, _tier_order(row.tier), *by_money, row.account.name)


def _opportunity_order(each: RoomToGrow) -> tuple[object, ...]:
    by_money = (-(each.may_be_won.reporting or 0.0), -(each.left.reporting or 0.0))
    names = (each.account.name, each.offering)
    return (each.is_to_drop, _tier_order(each.tier), *by_money, *names)


def _tier_order(tier: str | None) -> int:
    """A to D, then those without a tier."""
    return TIERS.index(tier) if tier in TIERS else len(TIERS)


def is_to_drop(account: Account) -> bool:
    """Whether we decided to drop an account, or its cell of the matrix says so."""
    case, cell = account.case, cell_of(account)
    if case is None:
        return False
    word = value_of(account, "selection.develop")
    if word is None and cell:
        word = getattr(case.settings.tiers.cells, cell).develop
    return word == DROP or dropped(case) is not None


def _opportunities(portfolio: Portfolio) -> Iterator[RoomToGrow]:
    for row in _rows(portfolio):
        plan = row.account.playbook
        rivals = {
            rival.id: rival.name or words_of_id(rival.id)
            for rival in (plan.competition.rivals if plan and plan.competition else None) or ()
        }
        for id, cell in row.cells.items():
            if not cell.counts or cell.left is None or cell.left.amount <= 0:
                continue
            won = money_of(portfolio, row.account, cell.may_be_won)
            offering = plan.offerings[id] if plan and plan.offerings else None
            competitor = (offering.competitor if offering else None) or ""
            if won is not None and cell.chance is not None:
                yield RoomToGrow(
                    account=row.account,
                    tier=row.tier,
                    is_to_drop=row.is_to_drop,
                    left=cell.left,
                    chance=cell.chance,
                    may_be_won=won,
                    offering=id,
                    status=cell.status or "",
                    rival=rivals.get(competitor, competitor),
                )


def _rows(portfolio: Portfolio) -> Iterator[AccountOfferings]:
    """Accounts that say something of offerings."""
    for account in portfolio.accounts:
        offerings = account.playbook.offerings if account.playbook else None
        if offerings:
            yield _row(portfolio, account, offerings)


def _row(
    portfolio: Portfolio, account: Account, offerings: Mapping[str, Offering]
) -> AccountOfferings:
    cells = {id: _cell(portfolio, account, id, offering) for id, offering in offerings.items()}
    open_ = [cell for cell in cells.values() if cell.counts]
    return AccountOfferings(
        account=account,
        tier=value_of(account, "tier"),
        is_to_drop=is_to_drop(account),
        cells=cells,
        total=money_of(portfolio, account, _known_sum([_left_in(cell) for cell in open_])),
        may_be_won=money_of(portfolio, account, _known_sum([cell.may_be_won for cell in open_])),
    )


def _known_sum(amounts: Sequence[float | None]) -> float | None:
    """The sum of those that are known; 0 of none, None where none of several is known."""
    known = [amount for amount in amounts if amount is not None]
    return math.fsum(known) if known or not amounts else None


def _left_in(cell: OfferingCell | None) -> float | None:
    """What a cell adds to white space, in the account's currency."""
    return cell.left.amount if cell and cell.counts and cell.left else None


def _cell(portfolio: Portfolio, account: Account, id: str, offering: Offering) -> OfferingCell:
    applies = offering.status is not None and offering.status != "not_applicable"
    counts = offering.status in NOT_OURS
    return OfferingCell(
        status=offering.status,
        left=money_of(portfolio, account, _gap(offering)) if applies else None,
        counts=counts,
        applies=applies,
        chance=_chance(portfolio, account, id, offering) if counts else None,
    )


def _chance(portfolio: Portfolio, account: Account, id: str, offering: Offering) -> Chance:
    """Of the deal that names the offering, else of the account, else of the settings."""
    deals = open_deals(account.case) if account.case else ()
    of_it = [deal.probability for deal in deals if deal.offering == id]
    named = [probability for probability in of_it if probability is not None]
    if named:
        return Chance(share=max(named), of=ChanceOf.DEAL)
    chance = win_probability(account)
    if chance is not None:
        return Chance(share=chance, of=ChanceOf.ACCOUNT)
    settings = portfolio.settings.scoring.whitespace
    share = settings.open if offering.status == "open" else settings.competitor
    return Chance(share=share, of=ChanceOf.SETTING)


def _gap(offering: Offering) -> float | None:
    """Potential less revenue, money a year; None when either is not known.

    Where it is not ours and no revenue is written, there is none.
    """
    potential, revenue = (
        part.value if isinstance(part, Fact) else part
        for part in (offering.potential, offering.revenue)
    )
    if offering.revenue is None and offering.status in NOT_OURS:
        revenue = 0.0
    return None if potential is None or revenue is None else potential - revenue
