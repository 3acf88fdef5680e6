"""What the whole portfolio amounts to that moved between two states: the sums that pages tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from generator.compare.compare import Comparison
from generator.compare.effects import is_same
from generator.figures import Portfolio
from generator.figures.sides import Side
from generator.portfolio.money import hours_by_account, sums_of
from generator.portfolio.sums import SeparateSums, Sum, overview
from generator.portfolio.whitespace import white_space

ACCOUNTS, HOURS = "accounts", "hours"
"""Units of what is not money."""
MOST_BESIDE = 300
"""Accounts that no edit reaches and whose figures are computed for the ends of a sum alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the portfolio amounts to in one respect."""

    value: float | None
    """None where nobody knows it."""
    unit: str
    """Accounts, hours, or the reporting currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SumMove:
    """A sum of the whole portfolio that is another one now."""

    name: str
    """'profit.customers', 'tiers.A.count': by the fields of the overview."""
    before: Total
    after: Total
    is_whole: bool
    """Whether all accounts are in both; else those alone that an edit reaches."""

    @property
    def difference(self) -> float | None:
        """By how much it moved; None where its currency is another one than before."""
        if self.before.unit != self.after.unit:
            return None
        return (self.after.value or 0) - (self.before.value or 0)


Totals = Mapping[str, Total]


def moved_sums(comparison: Comparison) -> tuple[SumMove, ...]:
    """The sums of all accounts that differ; without their ends where these would take long."""
    return tuple(
        move for totals in (_overview, _white_space, _hours) for move in _moved(comparison, totals)
    )


def _moved(comparison: Comparison, totals: Callable[[Portfolio], Totals]) -> Sequence[SumMove]:
    before, after, reached = comparison.earlier, comparison.portfolio, comparison.reached
    moves = _moves(totals(_only(before, reached)), totals(_only(after, reached)))
    beside = sum(account.id not in reached for account in after.accounts)
    if not moves or beside > MOST_BESIDE:
        return moves
    return _whole(moves, totals(before), totals(after))


def _only(portfolio: Portfolio, names: Collection[str]) -> Portfolio:
    accounts = tuple(account for account in portfolio.accounts if account.id in names)
    return replace(portfolio, accounts=accounts)


def _moves(before: Totals, after: Totals) -> list[SumMove]:
    """Those that differ; what nobody has adds as little as 0."""
    return [
        SumMove(name=name, before=old, after=after[name], is_whole=False)
        for name, old in before.items()
        if not is_same(old.value or 0, after[name].value or 0)
    ]


def _whole(moves: Sequence[SumMove], before: Totals, after: Totals) -> list[SumMove]:
    """The same moves with the sums over all accounts."""
    return [
        replace(move, before=before[move.name], after=after[move.name], is_whole=True)
        for move in moves
    ]


# The values that the first page, the money page and that of white space show, by name


def _overview(portfolio: Portfolio) -> Totals:
    totals = dict(_flat(overview(portfolio), _currency(portfolio)))
    del totals["passing"]  # that takes a judgement of every account; findings tell of it
    return totals


def _flat(value: Any, currency: str, *steps: str) -> Iterator[tuple[str, Total]]:
    """Every sum and count within a value, by its path."""
    if isinstance(value, Sum):
        yield ".".join(steps), Total(value=value.total, unit=currency)
    elif isinstance(value, int):
        yield ".".join(steps), Total(value=value, unit=ACCOUNTS)
    elif isinstance(value, tuple):
        for each in value:
            yield from _flat(each, currency, *steps, each.tier)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _flat(getattr(value, field.name), currency, *steps, field.name)


def _white_space(portfolio: Portfolio) -> Totals:
    return _both("whitespace", white_space(portfolio).total, _currency(portfolio))


def _hours(portfolio: Portfolio) -> Totals:
    sums = sums_of(portfolio, portfolio.accounts, hours_by_account(portfolio))
    return _both("hours", sums["hours"], HOURS)


def _both(name: str, sums: SeparateSums, unit: str) -> Totals:
    """The sum of customers and that of prospects."""
    return {f"{name}.{side}": Total(value=sums.of(side).total, unit=unit) for side in Side}


def _currency(portfolio: Portfolio) -> str:
    return portfolio.settings.currencies.reporting_currency
