"""What moved: the sums of the first page now, against those of the plans that git has."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass

from generator.errors import GitError
from generator.figures import Account, Portfolio, enrich
from generator.portfolio.sums import OWN_LOSS, customers_of, in_reporting, value_of
from generator.problems import errors_among
from generator.read import (
    DatedCommit,
    Repository,
    Revision,
    Tell,
    Workspace,
    read_playbooks,
    say_nothing,
)
from generator.rules.gate import judge
from generator.rules.validate import check_plans, plan_of

LEAST_DAYS = 7
"""A history that is younger tells no movement."""
MOST_STEPS = 20_000
"""Commits among which the day is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What the same customers had together on an earlier day and have now."""

    before: float
    """In the reporting currency at the rates of now: no exchange rate moves it."""
    after: float
    customers: int
    """Those of whom it is known on both days; the others are in neither amount."""

    @property
    def change(self) -> float:
        """By how much it moved."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How a portfolio moved; None where of no customer both days are known."""

    since: datetime.date
    """The day whose plans are compared."""
    profit_today: Move | None
    own_loss: Move | None
    pipeline: Move | None
    passing: int
    """By how many more plans are complete now."""


def moves(workspace: Workspace, now: Portfolio, tell: Tell = say_nothing) -> Moves | None:
    """How the sums moved within the days by which health is compared, or since plans are kept.

    None without a history in git; `tell` hears why it cannot be read.
    """
    days = int(now.settings.scoring.health.change_days)
    try:
        then = _earlier(workspace, now, now.today - datetime.timedelta(days=days))
    except GitError as error:
        tell(f"the first page does not say what moved: {error}")
        return None
    if then is None:
        return None
    return Moves(
        since=then.today,
        profit_today=_move(then, now, "selection.yearly_profit_today"),
        own_loss=_move(then, now, OWN_LOSS),
        pipeline=_move(then, now, "sales.pipeline"),
        passing=_passing(now) - _passing(then),
    )


def _earlier(workspace: Workspace, now: Portfolio, day: datetime.date) -> Portfolio | None:
    """The plans as they were on a day, or as old as there are, by the settings of now."""
    repository = Repository(workspace.repository)
    if not repository.has_history():
        return None
    base = workspace.shown(workspace.root)
    step = _step_at(
        repository.steps(MOST_STEPS, "playbooks" if base == "." else f"{base}/playbooks"), day
    )
    if step is None or (now.today - step.at.date()).days < LEAST_DAYS:
        return None
    revision = Revision(workspace, step.commit)
    revision.reuse(account.document for account in now.accounts)
    same = {
        id(account.document): account.plan for account in now.accounts if not account.plan.problems
    }
    plans = [same.get(id(each)) or plan_of(each) for each in read_playbooks(revision)]
    on = max(day, step.at.date())
    return judge(enrich(check_plans(plans, now.settings, on), now.settings, on))


def _step_at(steps: Iterable[DatedCommit], day: datetime.date) -> DatedCommit | None:
    """The newest of some commits, newest first, up to a day; else the oldest."""
    step = None
    for step in steps:
        if step.at.date() <= day:
            return step
    return step


def _passing(portfolio: Portfolio) -> int:
    return sum(not errors_among(account.findings) for account in portfolio.accounts)


def _move(then: Portfolio, now: Portfolio, key: str) -> Move | None:
    """A figure of customers, of those of whom it is known on both days."""
    earlier = {account.id: account for account in then.accounts}
    pairs = [
        (before, after)
        for account in customers_of(now)
        if (old := earlier.get(account.id)) is not None
        and (before := _amount(now, old, key)) is not None
        and (after := _amount(now, account, key)) is not None
    ]
    if not pairs:
        return None
    return Move(
        before=math.fsum(before for before, _ in pairs),
        after=math.fsum(after for _, after in pairs),
        customers=len(pairs),
    )


def _amount(now: Portfolio, account: Account, key: str) -> float | None:
    amount = value_of(account, key)
    return None if amount is None else in_reporting(now, account, amount)
