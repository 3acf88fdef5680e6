"""Money and hours by cell of the matrix, customers and prospects apart; budgets; results."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.service import activity_inputs
from generator.figures.sides import Side
from generator.portfolio.matrix import CELLS, cell_of, tier_of_cell
from generator.portfolio.sums import (
    Amount,
    Money,
    SeparateSums,
    figure_amount,
    figure_money,
    reported,
    separate_sums,
    side_of,
    value_of,
)

SUMMED: Mapping[str, str] = {
    "revenue": "revenue.last_year",
    "contribution": "economics.contribution",
    "profit": "selection.retained_profit",
    "today": "selection.retained_profit_today",
    "serve": "service.cost_to_serve",
    "budget": "service.budget",
    "pipeline": "sales.pipeline",
}
"""By name of a sum the figure that is added."""
SHARED = ("profit", "serve", "hours")
"""Sums of which each cell's share is worked out."""
Hours = Mapping[str, float | None]
"""Service hours a year by account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSums:
    """What the customers, or the prospects, of one cell bring and take.

    The cell is empty for those without one.
    """

    side: Side
    cell: str
    tier: str | None
    count: int
    sums: Mapping[str, float | None]
    """Money in the reporting currency, and hours a year; of prospects by their chance."""
    shares: Mapping[str, float]
    """Profit, service money and hours as a share of all of this side that is above zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverBudget:
    """An account that is served beyond its budget."""

    account: Account
    tier: str | None
    spent: Money
    budget: Money

    @property
    def excess(self) -> float | None:
        """By how much, in the reporting currency; None without a rate."""
        if self.spent.reporting is None or self.budget.reporting is None:
            return None
        return self.spent.reporting - self.budget.reporting


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPipeline:
    """An account with deals that are not signed yet, each by its probability."""

    account: Account
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What became of an account's money."""

    account: Account
    contribution: Money | None
    variance: Money | None
    return_: float | None
    days_outstanding: float | None
    cash_recovery: float | None
    payback_gap: float | None


def service_hours(account: Account) -> float | None:
    """Hours a year that people spend on an account's service: Σ times a year x hours each.

    None when the plan names no service, or an activity of it lacks one of the two.
    """
    case = account.case
    objects = case.service.objects if case else None
    if case is None or objects is None or any(each.activities is None for each in objects):
        return None
    spent = []
    for index, service_object in enumerate(objects):
        for place in range(len(service_object.activities or ())):
            times, hours, *_ = (row.value for row in activity_inputs(case, index, place))
            if times is None or hours is None:
                return None
            spent.append(times * hours)
    return math.fsum(spent)


def hours_by_account(portfolio: Portfolio) -> Hours:
    """Service hours a year of every account."""
    return {account.id: service_hours(account) for account in portfolio.accounts}


def sums_of(
    portfolio: Portfolio, accounts: Sequence[Account], hours: Hours
) -> dict[str, SeparateSums]:
    """All sums over some accounts, and their hours."""
    amounts = {
        **{name: figure_amount(key) for name, key in SUMMED.items()},
        "hours": Amount(of=lambda account: hours[account.id], is_money=False),
    }
    return {name: separate_sums(portfolio, accounts, amount) for name, amount in amounts.items()}


def sums_by_cell(portfolio: Portfolio, hours: Hours) -> tuple[CellSums, ...]:
    """Of customers, then of prospects: each cell that has accounts, then those without a cell."""
    return tuple(row for side in Side for row in _sums_of_side(portfolio, hours, side))


def _sums_of_side(portfolio: Portfolio, hours: Hours, side: Side) -> Iterator[CellSums]:
    accounts = [account for account in portfolio.accounts if side_of(account) is side]
    by_cell = {
        cell: [account for account in accounts if cell_of(account) == cell] for cell in (*CELLS, "")
    }
    sums = {
        cell: {
            name: each.of(side).total for name, each in sums_of(portfolio, within, hours).items()
        }
        for cell, within in by_cell.items()
        if within
    }
    placed = [amounts for cell, amounts in sums.items() if cell]
    whole = {
        name: math.fsum(max(0.0, amounts[name] or 0.0) for amounts in placed) for name in SHARED
    }
    for cell, amounts in sums.items():
        yield CellSums(
            side=side,
            cell=cell,
            tier=tier_of_cell(portfolio, cell) if cell else None,
            count=len(by_cell[cell]),
            sums=amounts,
            shares={
                name: max(0.0, amounts[name] or 0.0) / whole[name] if whole[name] else 0.0
                for name in SHARED
            },
        )


def over_budget(portfolio: Portfolio) -> tuple[OverBudget, ...]:
    """Accounts whose service costs more than their budget, the furthest over first."""
    rows = []
    for account in portfolio.accounts:
        cost, limit = (
            value_of(account, "service.cost_to_serve"),
            value_of(account, "service.budget"),
        )
        if cost is None or limit is None or cost <= limit:
            continue
        spent = figure_money(portfolio, account, "service.cost_to_serve")
        budget = figure_money(portfolio, account, "service.budget")
        if spent is not None and budget is not None:
            tier = value_of(account, "tier")
            rows.append(OverBudget(account=account, tier=tier, spent=spent, budget=budget))
    return tuple(sorted(rows, key=lambda row: (-(row.excess or 0.0), row.account.name)))


def pipelines(portfolio: Portfolio) -> tuple[AccountPipeline, ...]:
    """Accounts with deals that are not signed yet, the largest first."""
    rows = [
        AccountPipeline(account=account, amount=money)
        for account in portfolio.accounts
        if (money := figure_money(portfolio, account, "sales.pipeline")) and money.amount
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.amount.reporting or 0.0), row.account.name)))


def results(portfolio: Portfolio) -> tuple[Results, ...]:
    """Accounts that say what became of the money, the largest contribution first."""
    names = (
        "contribution",
        "variance",
        "return",
        "days_outstanding",
        "cash_recovery",
        "payback_gap",
    )
    rows = [
        Results(
            account=account,
            contribution=figure_money(portfolio, account, "control.contribution"),
            variance=figure_money(portfolio, account, "control.variance"),
            return_=value_of(account, "control.return"),
            days_outstanding=value_of(account, "control.days_outstanding"),
            cash_recovery=value_of(account, "control.cash_recovery"),
            payback_gap=value_of(account, "control.payback_gap"),
        )
        for account in portfolio.accounts
        if any(value_of(account, f"control.{name}") is not None for name in names)
    ]
    return tuple(sorted(rows, key=_most_first))


def _most_first(row: Results) -> tuple[bool, float]:
    amount = reported(row.contribution)
    return (amount is None, -(amount or 0.0))
