"""Money and service hours by cell of the matrix; who is served beyond budget; pipeline; results."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.service import activity_inputs
from generator.portfolio.matrix import CELLS, cell_of, tier_of_cell
from generator.portfolio.sums import figure_amount, figure_in_reporting, total_of, value_of

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
    """What the accounts of one cell bring and take; the cell is empty for those without one."""

    cell: str
    tier: str | None
    count: int
    sums: Mapping[str, float | None]
    """Money in the reporting currency, and hours a year."""
    shares: Mapping[str, float]
    """Profit, service money and hours as a share of all that is above zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverBudget:
    """An account that is served beyond its budget; money in the reporting currency."""

    account: Account
    tier: str | None
    spent: float
    budget: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPipeline:
    """An account with deals that are not signed yet, in the reporting currency."""

    account: Account
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What became of an account's money; amounts in the reporting currency."""

    account: Account
    contribution: float | None
    variance: float | None
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


def hours_of(accounts: Sequence[Account], hours: Hours) -> float | None:
    """Service hours a year of some accounts together; None where nobody knows them."""
    known = [spent for account in accounts if (spent := hours[account.id]) is not None]
    return math.fsum(known) if known else None


def sums_of(
    portfolio: Portfolio, accounts: Sequence[Account], hours: Hours
) -> dict[str, float | None]:
    """All sums over some accounts, and their hours; None where nobody knows the amount."""
    return {
        **{
            name: total_of(portfolio, accounts, figure_amount(key)).total
            for name, key in SUMMED.items()
        },
        "hours": hours_of(accounts, hours),
    }


def sums_by_cell(portfolio: Portfolio, hours: Hours) -> tuple[CellSums, ...]:
    """The sums of each cell that has accounts, then of those without a cell."""
    by_cell = {
        cell: [account for account in portfolio.accounts if cell_of(account) == cell]
        for cell in (*CELLS, "")
    }
    sums = {cell: sums_of(portfolio, within, hours) for cell, within in by_cell.items() if within}
    placed = [amounts for cell, amounts in sums.items() if cell]
    whole = {
        name: math.fsum(max(0.0, amounts[name] or 0.0) for amounts in placed) for name in SHARED
    }
    return tuple(
        CellSums(
            cell=cell,
            tier=tier_of_cell(portfolio, cell) if cell else None,
            count=len(by_cell[cell]),
            sums=amounts,
            shares={
                name: max(0.0, amounts[name] or 0.0) / whole[name] if whole[name] else 0.0
                for name in SHARED
            },
        )
        for cell, amounts in sums.items()
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
        spent = figure_in_reporting(portfolio, account, "service.cost_to_serve")
        budget = figure_in_reporting(portfolio, account, "service.budget")
        if spent is not None and budget is not None:
            tier = value_of(account, "tier")
            rows.append(OverBudget(account=account, tier=tier, spent=spent, budget=budget))
    return tuple(sorted(rows, key=lambda row: (row.budget - row.spent, row.account.name)))


def pipelines(portfolio: Portfolio) -> tuple[AccountPipeline, ...]:
    """Accounts with deals that are not signed yet, the largest first."""
    rows = [
        AccountPipeline(account=account, amount=amount)
        for account in portfolio.accounts
        if (amount := figure_in_reporting(portfolio, account, "sales.pipeline"))
    ]
    return tuple(sorted(rows, key=lambda row: (-row.amount, row.account.name)))


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
            contribution=figure_in_reporting(portfolio, account, "control.contribution"),
            variance=figure_in_reporting(portfolio, account, "control.variance"),
            return_=value_of(account, "control.return"),
            days_outstanding=value_of(account, "control.days_outstanding"),
            cash_recovery=value_of(account, "control.cash_recovery"),
            payback_gap=value_of(account, "control.payback_gap"),
        )
        for account in portfolio.accounts
        if any(value_of(account, f"control.{name}") is not None for name in names)
    ]
    return tuple(sorted(rows, key=lambda row: (row.contribution is None, -(row.contribution or 0))))
