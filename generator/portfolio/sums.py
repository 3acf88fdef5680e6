"""Money of several accounts in the reporting currency, and whom each sum leaves out."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Account, Portfolio
from generator.problems import errors_among

EXPOSED = ("risk.customer_residual", "risk.own_expected_loss")
"""Figures of what may be lost a year: theirs, ours."""
TIERS = ("A", "B", "C", "D")

Amount = Callable[[Account], float | None]
"""What an account has of something; None when it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Money of several accounts in the reporting currency, and who is not in it."""

    total: float | None
    counted: int
    left_out: tuple[str, ...]
    """Accounts that have the amount, but no exchange rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Whom a sum leaves out, and why."""

    what: str
    unknown: tuple[str, ...]
    """Accounts that lack the amount."""
    no_rate: tuple[str, ...]
    """Accounts that have it, but no exchange rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierSum:
    """A tier's accounts and the profit that they retain."""

    tier: str
    count: int
    profit: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The portfolio in a few sums."""

    tiers: tuple[TierSum, ...]
    no_tier: int
    """Accounts without a tier."""
    contribution: Sum
    profit: Sum
    exposure: Sum
    revenue: Sum
    passing: int
    """Accounts without an error among their findings."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Accounts that any of the sums leaves out for want of an exchange rate, each once."""
        sums = (self.contribution, self.profit, self.exposure, self.revenue)
        return tuple(dict.fromkeys(name for each in sums for name in each.left_out))


def value_of(account: Account, key: str) -> Any:
    """A figure's value of an account."""
    figure = account.figures.get(key)
    return figure.value if figure else None


def figure_amount(key: str) -> Amount:
    """What looks up a figure's value of any account."""
    return lambda account: value_of(account, key)


def exposure(account: Account) -> float | None:
    """What may be lost a year, on both sides; None when neither is known."""
    known = [amount for key in EXPOSED if (amount := value_of(account, key)) is not None]
    return math.fsum(known) if known else None


def rate_of(portfolio: Portfolio, account: Account) -> float | None:
    """From an account's currency to the reporting currency; None without a currency or a rate."""
    economics = account.playbook.economics if account.playbook else None
    currency = economics.currency if economics else None
    return portfolio.settings.rate(currency, portfolio.today) if currency else None


def in_reporting(portfolio: Portfolio, account: Account, amount: float) -> float | None:
    """An account's money in the reporting currency; None without a currency or a rate."""
    rate = rate_of(portfolio, account)
    return amount * rate if rate is not None else None


def figure_in_reporting(portfolio: Portfolio, account: Account, key: str) -> float | None:
    """A figure of money in the reporting currency; None when it or a rate is not known."""
    amount = value_of(account, key)
    return None if amount is None else in_reporting(portfolio, account, amount)


def total_of(portfolio: Portfolio, accounts: Sequence[Account], amount_of: Amount) -> Sum:
    """The sum over those accounts that have the amount and a rate."""
    amounts: list[float] = []
    left_out: list[str] = []
    for account in accounts:
        amount = amount_of(account)
        if amount is None:
            continue
        converted = in_reporting(portfolio, account, amount)
        if converted is None:
            left_out.append(account.name)
        else:
            amounts.append(converted)
    return Sum(
        total=math.fsum(amounts) if amounts else None,
        counted=len(amounts),
        left_out=tuple(left_out),
    )


def left_out(
    portfolio: Portfolio,
    accounts: Sequence[Account],
    what: str,
    amount_of: Amount,
    *,
    is_money: bool = True,
) -> LeftOut:
    """Whom the sum of an amount over some accounts leaves out."""
    amounts = [(account, amount_of(account)) for account in accounts]
    return LeftOut(
        what=what,
        unknown=tuple(account.name for account, amount in amounts if amount is None),
        no_rate=tuple(
            account.name
            for account, amount in amounts
            if is_money and amount is not None and in_reporting(portfolio, account, amount) is None
        ),
    )


def without_rate(sums: Sequence[LeftOut]) -> tuple[str, ...]:
    """Accounts that any of the sums leaves out for want of an exchange rate, each once."""
    return tuple(dict.fromkeys(name for each in sums for name in each.no_rate))


def overview(portfolio: Portfolio) -> Overview:
    """The portfolio's sums, and its accounts by tier."""
    accounts = portfolio.accounts
    profit = figure_amount("selection.retained_profit")
    by_tier = {
        tier: [account for account in accounts if value_of(account, "tier") == tier]
        for tier in TIERS
    }
    return Overview(
        tiers=tuple(
            TierSum(tier=tier, count=len(within), profit=total_of(portfolio, within, profit))
            for tier, within in by_tier.items()
        ),
        no_tier=sum(value_of(account, "tier") is None for account in accounts),
        contribution=total_of(portfolio, accounts, figure_amount("economics.contribution")),
        profit=total_of(portfolio, accounts, profit),
        exposure=total_of(portfolio, accounts, exposure),
        revenue=total_of(portfolio, accounts, figure_amount("revenue.last_year")),
        passing=sum(not errors_among(account.findings) for account in accounts),
    )


def is_review_overdue(portfolio: Portfolio, account: Account) -> bool | None:
    """Whether the plan was last gone through longer ago than it should; None when not known."""
    reviewed = account.playbook.account.reviewed if account.playbook else None
    if reviewed is None:
        return None
    shelf_life = portfolio.settings.scoring.evidence.shelf_life_days.review
    return portfolio.today - reviewed > datetime.timedelta(days=shelf_life)
