"""Where accounts stand in the selection matrix, and which of them have no place in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.economics import development
from generator.figures.figure import reaches
from generator.portfolio.sums import (
    Money,
    figure_money,
    money_of,
    reported,
    status_of,
    value_of,
)

MONTHS = 12
"""Of a year."""
CELLS = ("high_short", "high_long", "low_short", "low_long")
"""Rows of the matrix by its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An account with its cell of the matrix."""

    account: Account
    cell: str
    tier: str
    status: str
    planned: str | None
    """The tier that the plan names."""
    profit: Money | None
    """Expected profit."""
    earned_soon: Money | None
    """What we have of it when the payback that counts as short is over: above 0 it has paid back.

    Of a customer the profit of today over that time; of others what winning them brings by then, by
    its chance, less what it costs.
    """
    payback: float | str | None
    stability: float | None
    """The share of single changes that leave it in its cell."""
    is_stable: bool


def cell_of(account: Account) -> str:
    """The account's cell, 'high_short'; empty without one."""
    row, column = value_of(account, "selection.row"), value_of(account, "selection.column")
    return f"{row}_{column}" if row and column else ""


def tier_of_cell(portfolio: Portfolio, cell: str) -> str:
    """The tier that the settings give to a cell."""
    return str(getattr(portfolio.settings.tiers.cells, cell).tier)


def placements(portfolio: Portfolio) -> tuple[Placement, ...]:
    """All accounts with a cell, in the order of the portfolio."""
    return tuple(
        _placement(portfolio, account, cell)
        for account in portfolio.accounts
        if (cell := cell_of(account))
    )


def _placement(portfolio: Portfolio, account: Account, cell: str) -> Placement:
    stability = value_of(account, "selection.stability")
    stable_from = portfolio.settings.scoring.stability.stable_from
    return Placement(
        account=account,
        cell=cell,
        tier=tier_of_cell(portfolio, cell),
        status=status_of(account),
        planned=account.playbook.account.planned_tier if account.playbook else None,
        profit=figure_money(portfolio, account, "selection.retained_profit"),
        earned_soon=money_of(portfolio, account, _earned_soon(portfolio, account)),
        payback=value_of(account, "selection.payback_months"),
        stability=stability,
        is_stable=stability is not None and reaches(stability, stable_from),
    )


def _earned_soon(portfolio: Portfolio, account: Account) -> float | None:
    months = portfolio.settings.thresholds.development.payback_months
    if status_of(account) == "customer":
        profit = value_of(account, "selection.yearly_profit_today")
        return None if profit is None else profit * months / MONTHS
    if account.case is None:
        return None
    took, chance, monthly, cost = (
        fact.value
        for fact in development(
            account.case, "months", "win_probability", "monthly_contribution", "monthly_cost"
        )
    )
    if None in (took, chance, monthly, cost):
        return None
    return float(chance * monthly * max(0.0, months - took) - cost * took)


def cut_off(portfolio: Portfolio) -> float | None:
    """From where on expected profit is high, in the reporting currency; None without accounts."""
    case = next((account.case for account in portfolio.accounts if account.case), None)
    return None if case is None else case.neighbours.cut_off(case).value


def ranked(placed: Sequence[Placement]) -> list[Placement]:
    """By cell, in a cell the most profit first."""
    return sorted(
        placed,
        key=lambda each: (
            CELLS.index(each.cell),
            -(reported(each.profit) or 0.0),
            each.account.name,
        ),
    )


def without_cell(portfolio: Portfolio) -> tuple[Account, ...]:
    """Accounts that no market facts place in the matrix."""
    return tuple(account for account in portfolio.accounts if not cell_of(account))


def by_missing_facts(accounts: Sequence[Account]) -> list[tuple[tuple[str, ...], list[Account]]]:
    """Accounts without a tier, those that lack the same facts together."""
    groups: dict[tuple[str, ...], list[Account]] = {}
    for account in accounts:
        tier = account.figures.get("tier")
        groups.setdefault(tier.missing if tier else (), []).append(account)
    return list(groups.items())
