"""Money of several accounts: customers and prospects apart, by currency, and whom a sum leaves out.

Customers' money is added as it is, prospects' money times the chance that we win them. The two are
never added to each other; former customers are in neither.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Account, Figure, Portfolio, sides
from generator.figures.definition import Gives
from generator.figures.definitions import DEFINITIONS
from generator.figures.economics import is_full
from generator.figures.sides import WITHOUT_CHANCE, Side
from generator.problems import errors_among

PROFIT = "selection.retained_profit"
OWN_LOSS = "risk.own_expected_loss"
"""What we may lose a year. It is never added to what they may."""
THEIR_LOSS = "risk.customer_residual"
"""What they may lose a year by choosing us."""
TIERS = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What is added over accounts."""

    of: Callable[[Account], float | None]
    """What an account has of it, in its own currency; None when it is not known."""
    hangs_on_win: bool = True
    """Whether a prospect has it only once we have won them."""
    is_money: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount of one account."""

    amount: float
    currency: str | None
    """The account's own."""
    reporting: float | None
    """The same in the reporting currency; None without a currency or a rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyPart:
    """What the accounts of one currency put into a sum."""

    currency: str
    amount: float
    reporting: float | None
    """The same in the reporting currency; None without a rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What several accounts have together, and who is not in it."""

    total: float | None
    """In the reporting currency; None when nobody's part is known."""
    counted: int
    parts: tuple[CurrencyPart, ...]
    """The same by the currencies of the accounts, in the order of their names."""
    unknown: tuple[str, ...]
    """Accounts that lack the amount."""
    no_rate: tuple[str, ...]
    """Accounts that have it, but no exchange rate."""
    no_chance: tuple[str, ...]
    """Prospects that have it, but no win probability."""

    @property
    def accounts(self) -> int:
        """How many accounts are in it or left out."""
        return self.counted + len(self.unknown) + len(self.no_rate) + len(self.no_chance)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateSums:
    """The same of customers and of prospects, which are never added to each other."""

    customers: Sum
    prospects: Sum
    """Each times its win probability."""

    def of(self, side: Side) -> Sum:
        """The sum of one side."""
        return self.customers if side is Side.CUSTOMERS else self.prospects

    @property
    def both(self) -> tuple[Sum, Sum]:
        """Customers, prospects."""
        return self.customers, self.prospects

    @property
    def is_known(self) -> bool:
        """Whether anything of it is known."""
        return any(each.total is not None for each in self.both)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierSum:
    """A tier's accounts and the profit that is expected of them."""

    tier: str
    count: int
    """All accounts of the tier, former customers too."""
    profit: SeparateSums


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The portfolio in a few sums."""

    tiers: tuple[TierSum, ...]
    no_tier: int
    """Accounts without a tier."""
    contribution: SeparateSums
    profit: SeparateSums
    own_loss: SeparateSums
    """What we may lose a year."""
    their_loss: SeparateSums
    """What they may lose a year; it stands apart from ours."""
    revenue: SeparateSums
    profit_today: SeparateSums
    """What customers bring a year as they are."""
    profit_as_it_is: SeparateSums
    """The same over the years that are looked ahead."""
    pipeline: SeparateSums
    """Open deals, each times its own probability."""
    passing: int
    """Accounts without an error among their findings."""

    @property
    def sums(self) -> tuple[SeparateSums, ...]:
        """All of the sums over the whole portfolio."""
        return (
            self.contribution,
            self.profit,
            self.own_loss,
            self.their_loss,
            self.revenue,
            self.profit_today,
            self.profit_as_it_is,
            self.pipeline,
        )

    @property
    def no_rate(self) -> tuple[str, ...]:
        """Accounts that any of the sums leaves out for want of an exchange rate, each once."""
        return without_rate(self.sums)

    @property
    def no_chance(self) -> tuple[str, ...]:
        """Prospects that any of the sums leaves out for want of a win probability, each once."""
        return without_chance(self.sums)


def value_of(account: Account, key: str) -> Any:
    """A figure's value of an account."""
    figure = account.figures.get(key)
    return figure.value if figure else None


def figure_amount(key: str) -> Amount:
    """A figure of money, as it is added over accounts."""
    return Amount(of=lambda account: value_of(account, key), hangs_on_win=key not in WITHOUT_CHANCE)


def status_of(account: Account) -> str:
    """What the account is to us; a prospect where its plan does not say."""
    return (account.playbook.account.status if account.playbook else None) or "prospect"


def side_of(account: Account) -> Side | None:
    """On which side its money is added; None for former customers."""
    return sides.side_of(status_of(account))


def win_probability(account: Account) -> float | None:
    """The chance that its development pays: of a prospect, that we win them at all."""
    return sides.win_probability(account.case).value if account.case else None


def currency_of(account: Account) -> str | None:
    """The currency in which an account's plan writes money."""
    economics = account.playbook.economics if account.playbook else None
    return economics.currency if economics else None


def rate_of(portfolio: Portfolio, account: Account) -> float | None:
    """From an account's currency to the reporting currency; None without a currency or a rate."""
    currency = currency_of(account)
    return portfolio.settings.rate(currency, portfolio.today) if currency else None


def in_reporting(portfolio: Portfolio, account: Account, amount: float) -> float | None:
    """An account's money in the reporting currency; None without a currency or a rate."""
    rate = rate_of(portfolio, account)
    return amount * rate if rate is not None else None


def money_of(portfolio: Portfolio, account: Account, amount: float | None) -> Money | None:
    """An account's money in both currencies; None when it is not known."""
    if amount is None:
        return None
    return Money(
        amount=amount,
        currency=currency_of(account),
        reporting=in_reporting(portfolio, account, amount),
    )


def figure_money(portfolio: Portfolio, account: Account, key: str) -> Money | None:
    """A figure of money in both currencies; None when it is not known."""
    return money_of(portfolio, account, value_of(account, key))


def currency_named(unit: str | None) -> str | None:
    """The currency that a unit of money names; None where the plan does not say it."""
    name = (unit or "").partition(" ")[0]
    return None if name in ("", "money") else name


def is_money(figure: Figure) -> bool:
    """Whether a figure is an amount of money, or several by name."""
    definition = DEFINITIONS.get(figure.key)
    return definition is not None and definition.gives is Gives.MONEY


def figure_in_reporting(account: Account, figure: Figure) -> dict[str, Any]:
    """What a figure of money and its range come to in the reporting currency.

    By 'value', 'low' and 'high' those that are known; by name where it has several amounts. Nothing
    where it is no money, and without a rate.
    """
    case, currency = account.case, currency_named(figure.unit)
    rate = case.settings.rate(currency, case.today) if case and currency else None
    if rate is None or not is_money(figure):
        return {}
    amounts = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: _times(amount, rate) for name, amount in amounts.items() if amount is not None}


def _times(amount: Any, rate: float) -> Any:
    if isinstance(amount, Mapping):
        return {name: _times(each, rate) for name, each in amount.items()}
    return None if amount is None else amount * rate


def with_reporting(account: Account, figure: Figure, data: Mapping[str, Any]) -> dict[str, Any]:
    """A figure as plain data, with what it comes to in the reporting currency."""
    amounts = figure_in_reporting(account, figure)
    return {**data, **{f"{name}_reporting": amount for name, amount in amounts.items()}}


def reported(money: Money | None) -> float | None:
    """Money in the reporting currency; None when it or a rate is not known."""
    return money.reporting if money else None


def separate_sums(
    portfolio: Portfolio, accounts: Iterable[Account], amount: Amount
) -> SeparateSums:
    """The sum over the customers among some accounts, and that over the prospects."""
    by_side: dict[Side | None, list[Account]] = {side: [] for side in (*Side, None)}
    for account in accounts:
        by_side[side_of(account)].append(account)
    chance_of = win_probability if amount.hangs_on_win else _certain
    return SeparateSums(
        customers=_sum(portfolio, by_side[Side.CUSTOMERS], amount, _certain),
        prospects=_sum(portfolio, by_side[Side.PROSPECTS], amount, chance_of),
    )


def _certain(_: Account) -> float:
    return 1.0


def _sum(
    portfolio: Portfolio,
    accounts: Iterable[Account],
    amount: Amount,
    chance_of: Callable[[Account], float | None],
) -> Sum:
    """The sum over those accounts that have the amount, a chance and a rate."""
    unknown, no_chance, no_rate = [], [], []
    added: list[Money] = []
    for account in accounts:
        value, chance = amount.of(account), chance_of(account)
        if value is None:
            unknown.append(account.name)
        elif chance is None:
            no_chance.append(account.name)
        else:
            money = _added(portfolio, account, amount, value * chance)
            added.append(money)
            if money.reporting is None:
                no_rate.append(account.name)
    known = [money.reporting for money in added if money.reporting is not None]
    return Sum(
        total=math.fsum(known) if known else None,
        counted=len(known),
        parts=tuple(_parts(added)),
        unknown=tuple(unknown),
        no_rate=tuple(no_rate),
        no_chance=tuple(no_chance),
    )


def _added(portfolio: Portfolio, account: Account, amount: Amount, value: float) -> Money:
    """What an account puts into a sum; what is no money needs no rate."""
    if not amount.is_money:
        return Money(amount=value, currency=None, reporting=value)
    return Money(
        amount=value,
        currency=currency_of(account),
        reporting=in_reporting(portfolio, account, value),
    )


def _parts(added: Sequence[Money]) -> Iterator[CurrencyPart]:
    """The same by currency; within one currency all have a rate or none has."""
    for currency in sorted({money.currency for money in added if money.currency}):
        of_it = [money for money in added if money.currency == currency]
        known = [money.reporting for money in of_it if money.reporting is not None]
        yield CurrencyPart(
            currency=currency,
            amount=math.fsum(money.amount for money in of_it),
            reporting=math.fsum(known) if known else None,
        )


def without_rate(sums: Iterable[SeparateSums]) -> tuple[str, ...]:
    """Accounts that any of the sums leaves out for want of an exchange rate, each once."""
    return _each_once(sums, lambda each: each.no_rate)


def without_chance(sums: Iterable[SeparateSums]) -> tuple[str, ...]:
    """Prospects that any of the sums leaves out for want of a win probability, each once."""
    return _each_once(sums, lambda each: each.no_chance)


def _each_once(
    sums: Iterable[SeparateSums], names_of: Callable[[Sum], Sequence[str]]
) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for each in sums for side in each.both for name in names_of(side))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How revenue of the last full year stands to the year before."""

    share: float
    customers: int
    """Those of whom both years are known."""


def revenue_growth(portfolio: Portfolio) -> Growth | None:
    """The revenue of customers of whom both years are known; None where nobody is."""
    years = [
        (
            in_reporting(portfolio, account, last / (1 + growth)),
            in_reporting(portfolio, account, last),
        )
        for account in customers_of(portfolio)
        if (last := value_of(account, "revenue.last_year")) is not None
        and (growth := value_of(account, "revenue.growth")) is not None
        and growth > -1
    ]
    known = [(before, last) for before, last in years if before is not None and last is not None]
    before = math.fsum(before for before, _ in known)
    if before <= 0:
        return None
    return Growth(share=math.fsum(last for _, last in known) / before - 1, customers=len(known))


def revenue_money(portfolio: Portfolio, account: Account) -> Money | None:
    """What was billed in the last full year, else in the newest year that is known."""
    last = figure_money(portfolio, account, "revenue.last_year")
    return last or figure_money(portfolio, account, "revenue.latest")


def newest_year_billed(portfolio: Portfolio) -> int | None:
    """The newest whole year of which a customer's revenue is known."""
    years = [
        entry.year
        for account in customers_of(portfolio)
        if account.playbook and account.playbook.economics
        for entry in account.playbook.economics.revenue or ()
        if is_full(entry, portfolio.settings.years)
    ]
    return max(years, default=None)


def confidence_of_sum(portfolio: Portfolio, key: str) -> float | None:
    """How sure a figure is over all customers, those with more of it counting more."""
    weighed = [
        (abs(amount.reporting), figure.confidence)
        for account in customers_of(portfolio)
        if (figure := account.figures.get(key)) is not None
        and figure.confidence is not None
        and (amount := money_of(portfolio, account, figure.value)) is not None
        and amount.reporting is not None
    ]
    weight = math.fsum(size for size, _ in weighed)
    return math.fsum(size * sure for size, sure in weighed) / weight if weight else None


def customers_of(portfolio: Portfolio) -> tuple[Account, ...]:
    """The accounts that are customers."""
    return tuple(each for each in portfolio.accounts if side_of(each) is Side.CUSTOMERS)


def currencies_of(portfolio: Portfolio) -> tuple[str, ...]:
    """The currencies in which plans write money, by name."""
    return tuple(sorted({name for each in portfolio.accounts if (name := currency_of(each))}))


def former_customers(portfolio: Portfolio) -> tuple[Account, ...]:
    """Accounts whose money is in no sum."""
    return tuple(account for account in portfolio.accounts if side_of(account) is None)


def overview(portfolio: Portfolio) -> Overview:
    """The portfolio's sums, and its accounts by tier."""
    accounts = portfolio.accounts

    def sums(key: str, among: Sequence[Account] = accounts) -> SeparateSums:
        return separate_sums(portfolio, among, figure_amount(key))

    by_tier = {
        tier: [account for account in accounts if value_of(account, "tier") == tier]
        for tier in TIERS
    }
    return Overview(
        tiers=tuple(
            TierSum(tier=tier, count=len(within), profit=sums(PROFIT, within))
            for tier, within in by_tier.items()
        ),
        no_tier=sum(value_of(account, "tier") is None for account in accounts),
        contribution=sums("economics.contribution"),
        profit=sums(PROFIT),
        own_loss=sums(OWN_LOSS),
        their_loss=sums(THEIR_LOSS),
        revenue=sums("revenue.last_year"),
        profit_today=sums("selection.yearly_profit_today"),
        profit_as_it_is=sums("selection.retained_profit_today"),
        pipeline=sums("sales.pipeline"),
        passing=sum(not errors_among(account.findings) for account in accounts),
    )


def is_review_overdue(portfolio: Portfolio, account: Account) -> bool | None:
    """Whether the plan was last gone through longer ago than it should; None when not known."""
    reviewed = account.playbook.account.reviewed if account.playbook else None
    if reviewed is None:
        return None
    shelf_life = portfolio.settings.scoring.evidence.shelf_life_days.review
    return portfolio.today - reviewed > datetime.timedelta(days=shelf_life)
