"""Accounts that have no plan yet: what is known of them, the largest first, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.attention import Level, Need
from generator.figures.ranking import items
from generator.figures.sales import open_deals
from generator.portfolio.sums import (
    Money,
    figure_money,
    reported,
    revenue_money,
    value_of,
    win_probability,
)
from generator.rules.gate.together import FirstStep, first_steps, is_thin
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """An account of which little more is known than its CRM knows."""

    account: Account
    revenue: Money | None
    """What was billed in the last full year, else in the newest that is known."""
    open_deals: Money | None
    win_rate: float | None
    steps: tuple[FirstStep, ...]
    """What to fill in first."""


def has_no_plan(account: Account) -> bool:
    """Whether it is thin, and nothing has to be done about it but to write its plan."""
    urgent = {item.kind for item in items(account) if item.level is Level.ACT}
    return is_thin(account) and urgent <= {Need.ERROR}


def beginnings(portfolio: Portfolio) -> tuple[Beginning, ...]:
    """All accounts without a plan, those with the most revenue first, then the most open deals."""
    found = [
        Beginning(
            account=account,
            revenue=revenue_money(portfolio, account),
            open_deals=figure_money(portfolio, account, "sales.open"),
            win_rate=win_probability(account),
            steps=first_steps(account, portfolio.settings),
        )
        for account in portfolio.accounts
        if has_no_plan(account)
    ]
    return tuple(
        sorted(
            found,
            key=lambda each: (
                -_size(each.revenue),
                -_size(each.open_deals),
                each.account.name.casefold(),
            ),
        )
    )


def _size(money: Money | None) -> float:
    """In the reporting currency; without a rate as it is written."""
    if money is None:
        return 0.0
    amount = reported(money)
    return money.amount if amount is None else amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """One of our offerings that they buy."""

    id: str
    revenue: float | None
    """A year, in the account's currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSoFar:
    """What a thin plan says, as far as a CRM tells it; money in the account's currency."""

    revenue: tuple[tuple[int, float], ...]
    """What was billed, by whole year."""
    deals: int
    """Open ones."""
    open_deals: float | None
    win_rate: float | None
    bought: tuple[Bought, ...]
    """The largest first."""
    not_bought: tuple[str, ...]
    """Offerings of the catalogue that they could buy, by id."""

    @property
    def is_any(self) -> bool:
        """Whether anything is known."""
        return bool(self.revenue or self.deals or self.bought or self.win_rate is not None)


def known_so_far(account: Account, settings: Settings) -> KnownSoFar | None:
    """What is known of an account that is thin; None of any other."""
    if account.case is None or not is_thin(account):
        return None
    case = account.case
    offerings = case.playbook.offerings or {}
    ours = [
        Bought(id=id, revenue=case.fact("offerings", id, "revenue").value)
        for id, offering in offerings.items()
        if offering.status == "ours"
    ]
    settled = {each.id for each in ours} | {
        id for id, offering in offerings.items() if offering.status == "not_applicable"
    }
    return KnownSoFar(
        revenue=tuple(
            sorted(
                (year.year, year.amount)
                for year in case.economics.revenue or ()
                if year.to is None and year.amount is not None
            )
        ),
        deals=len(open_deals(case)),
        open_deals=value_of(account, "sales.open"),
        win_rate=win_probability(account),
        bought=tuple(sorted(ours, key=lambda each: (-(each.revenue or 0.0), each.id))),
        not_bought=tuple(id for id in settings.catalogue.offerings if id not in settled),
    )
