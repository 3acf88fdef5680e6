"""What the directory tells of each account: its facts, verdicts, money with confidence, dates."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.figures import Account, Portfolio
from generator.figures.conclusion import deal_outcome
from generator.figures.name import words_of_id
from generator.figures.ranking import level
from generator.language import say
from generator.model.years import Years
from generator.portfolio.sums import (
    OWN_LOSS,
    PROFIT,
    THEIR_LOSS,
    Money,
    figure_money,
    is_review_overdue,
    value_of,
)
from generator.problems import errors_among
from generator.rules.gate.together import is_thin

MONEY: Mapping[str, str] = {
    "revenue": "revenue.last_year",
    "our_margin": "deal.our_margin",
    "delivered_value": "value.delivered_value",
    "retained_profit": PROFIT,
    "own_loss": OWN_LOSS,
    "their_loss": THEIR_LOSS,
}
"""Amounts by their figure."""


class NextStep(NamedTuple):
    """What is done next for an account, and when."""

    day: datetime.date
    what: str


class PlanAge(StrEnum):
    """Whether a plan was gone through as lately as it should be."""

    THIN = "thin"
    """Hardly begun, whatever was gone through."""
    FRESH = "fresh"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAmount:
    """Money, and how sure it is."""

    money: Money | None
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAccount:
    """An account in the directory."""

    account: Account
    tier: str | None
    attention: str | None
    """act, watch or none; None where the gate has not looked."""
    place: int | None
    """In the portfolio's order, from 1."""
    health: int | None
    """Of 100, rounded down: what is shown as 75 is healthy."""
    health_word: str | None
    verdict: str | None
    """On the deal, as `deal_outcome` has it."""
    rung: str | None
    amounts: Mapping[str, ListedAmount]
    completeness: int | None
    """How much of what the plan is asked it has answered, of 100."""
    next_step: NextStep | None
    """The earliest of the next meeting and the open actions; those that are late come first."""
    deadline: datetime.date | None
    """The day to give notice, else the end of the contract."""
    renewal: str | None
    """The quarter in which the contract ends: '2027-Q2'."""
    plan_age: PlanAge | None
    people: tuple[str, ...]
    """Names of the contacts who have not left."""
    errors: int


def listed_accounts(portfolio: Portfolio) -> tuple[ListedAccount, ...]:
    """All accounts, in the order of the portfolio."""
    return tuple(_listed(portfolio, account) for account in portfolio.accounts)


def _listed(portfolio: Portfolio, account: Account) -> ListedAccount:
    plan = account.playbook
    contract = plan.account.contract if plan else None
    contacts = (plan.relationship.contacts if plan and plan.relationship else None) or ()
    completeness, health = value_of(account, "completeness"), value_of(account, "health")
    return ListedAccount(
        account=account,
        tier=value_of(account, "tier"),
        attention=(level(account) or "none") if portfolio.is_judged else None,
        place=value_of(account, "attention.place"),
        health=math.floor(health) if health is not None else None,
        health_word=value_of(account, "health.word"),
        verdict=deal_outcome(account.figures),
        rung=value_of(account, "relationship.rung"),
        amounts={name: _amount(portfolio, account, key) for name, key in MONEY.items()},
        completeness=round(completeness) if completeness is not None else None,
        next_step=next_step(portfolio, account),
        deadline=(contract.notice_by or contract.end) if contract else None,
        renewal=quarter_name(portfolio.settings.years, contract.end)
        if contract and contract.end
        else None,
        plan_age=_plan_age(portfolio, account),
        people=tuple(
            contact.name
            for contact in contacts
            if contact.name and not contact.has_left(portfolio.today)
        ),
        errors=len(errors_among(account.findings)),
    )


def _plan_age(portfolio: Portfolio, account: Account) -> PlanAge | None:
    if is_thin(account):
        return PlanAge.THIN
    is_overdue = is_review_overdue(portfolio, account)
    if is_overdue is None:
        return None
    return PlanAge.STALE if is_overdue else PlanAge.FRESH


def next_step(portfolio: Portfolio, account: Account) -> NextStep | None:
    """The earliest of the next meeting and the open actions; those that are late come first."""
    plan = account.playbook
    if plan is None:
        return None
    steps = [
        NextStep(action.due, action.what or words_of_id(action.id))
        for action in plan.actions or ()
        if action.done_on is None and action.due is not None
    ]
    meeting = plan.account.next
    if meeting is not None and meeting.date is not None and meeting.date >= portfolio.today:
        steps.append(NextStep(meeting.date, meeting.what or say("meeting")))
    return min(steps, default=None)


def quarter_name(years: Years, day: datetime.date) -> str:
    """A quarter of the firm's years: '2027-Q2'."""
    year, number = years.quarter_of(day)
    return f"{year}-Q{number}"


def _amount(portfolio: Portfolio, account: Account, key: str) -> ListedAmount:
    if key == MONEY["revenue"] and value_of(account, key) is None:
        key = "revenue.latest"
    money, figure = figure_money(portfolio, account, key), account.figures.get(key)
    return ListedAmount(
        money=money, confidence=figure.confidence if figure and money is not None else None
    )
