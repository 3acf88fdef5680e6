"""Days that plans name: what happens or is due on each, and what to do once it has passed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.figures import Account, Portfolio
from generator.figures.case import Case
from generator.language import phrase
from generator.portfolio.colleagues import person_name

NEXT_DAYS = 30
"""What comes within so many days is named first."""


class DayKind(StrEnum):
    """What happens on a day; those that stand with the customer first."""

    NOTICE = "notice"
    END = "end"
    TENDER = "tender"
    BUYING = "buying"
    MEETING = "meeting"
    PROMISE = "promise"
    CONSENT = "consent"
    DEAL = "deal"
    ACTION = "action"
    OBJECTIVE = "objective"
    REVIEW = "review"
    DECISION = "decision"
    DATA = "data"
    UNKNOWN = "unknown"
    WAIVER = "waiver"


FIXED = frozenset(
    (
        DayKind.NOTICE,
        DayKind.END,
        DayKind.TENDER,
        DayKind.BUYING,
        DayKind.MEETING,
        DayKind.PROMISE,
        DayKind.CONSENT,
    )
)
"""Kinds of days that stand with the customer, so that we cannot move them alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    """Something that happens, or should, on a day."""

    day: datetime.date
    kind: DayKind
    what: str
    after: str
    """What it says once the day has passed; empty when it is then over."""
    owner: str | None
    """The id of whose it is."""
    who: str
    """Their name."""
    account: Account
    section: str
    """The section of the account's page that it belongs to."""
    line: int | None = None
    """Its line of the file, for what no section shows."""

    @property
    def is_fixed(self) -> bool:
        """Whether it stands with the customer, so that we cannot move it alone."""
        return self.kind in FIXED


class _Day(NamedTuple):
    """A day as a part of the plan names it."""

    day: datetime.date | None
    kind: DayKind
    what: str
    after: str
    section: str
    owner: str | None


def calendar(portfolio: Portfolio) -> tuple[PlanDay, ...]:
    """Every day that any plan names and that is not done with, in order."""
    named = (entry for account in portfolio.accounts for entry in entries(portfolio, account))
    return tuple(
        sorted(
            named, key=lambda entry: (entry.day, not entry.is_fixed, entry.account.name, entry.what)
        )
    )


def entries(portfolio: Portfolio, account: Account) -> Iterator[PlanDay]:
    """Every day that a plan names and that is not done with."""
    case = account.case
    if case is None:
        return
    for named in (*_of_account(case), *_of_plan(case), *_of_buying(case), *_of_people(case)):
        if named.day is not None:
            yield PlanDay(
                day=named.day,
                kind=named.kind,
                what=named.what,
                after=named.after,
                owner=named.owner,
                who=person_name(portfolio.settings, named.owner),
                account=account,
                section=named.section,
            )
    yield from _unknowns(portfolio, account, case)


def _of_account(case: Case) -> Iterator[_Day]:
    """Review, meeting, contract."""
    facts = case.playbook.account
    if facts.reviewed is not None:
        shelf = case.settings.scoring.evidence.shelf_life_days.review
        due = facts.reviewed + datetime.timedelta(days=shelf)
        what: str = phrase("Go through the whole plan")
        yield _Day(due, DayKind.REVIEW, what, what, "summary", facts.owner)
    if facts.next is not None:
        what = facts.next.what or phrase("Meeting")
        after = phrase("{what}: write down how it went, and the next one", what=what)
        who = facts.next.prepared_by or facts.owner
        yield _Day(facts.next.date, DayKind.MEETING, what, after, "summary", who)
    contract = facts.contract
    if contract is not None:
        last = phrase("Last day to give notice")
        yield _Day(contract.notice_by, DayKind.NOTICE, last, "", "summary", facts.owner)
        what = phrase("Contract ends")
        if contract.auto_renews:
            what = phrase("Contract renews unless someone gives notice")
        after = phrase("Contract ended: write down the new one, or that they left")
        is_kept = facts.status == "customer"
        yield _Day(
            contract.end, DayKind.END, what, after if is_kept else "", "summary", facts.owner
        )


def _of_plan(case: Case) -> Iterator[_Day]:
    """Actions, objectives, decisions, waivers, deals."""
    plan, owner = case.playbook, case.playbook.account.owner
    for action in plan.actions or ():
        if action.done_on is None:
            what = action.what or action.id
            yield _Day(action.due, DayKind.ACTION, what, what, "plan", action.owner)
    for objective in plan.objectives or ():
        what = objective.statement or objective.id
        yield _Day(objective.due, DayKind.OBJECTIVE, what, "", "plan", objective.owner or owner)
    decisions = plan.decisions or ()
    for made in decisions:
        decision = made.decision or made.kind or phrase("decision")
        what = phrase("Look again: {decision}", decision=decision)
        is_seen = made.review_on and any(
            made.review_on <= later.date <= case.today for later in decisions
        )
        yield _Day(
            made.review_on,
            DayKind.DECISION,
            what,
            "" if is_seen else what,
            "plan",
            made.by or owner,
        )
    for waiver in plan.waivers or ():
        what = phrase("Rule {rule} counts again", rule=waiver.rule)
        yield _Day(waiver.until, DayKind.WAIVER, what, "", "plan", waiver.by)
    for deal in plan.opportunities or ():
        what = phrase("{deal} should close", deal=deal.id)
        after = phrase("{deal} should have closed: write down how it went", deal=deal.id)
        yield _Day(deal.close_on, DayKind.DEAL, what, after, "plan", owner)


def _of_buying(case: Case) -> Iterator[_Day]:
    """When they decide, their steps, the tender."""
    buying, owner = case.playbook.buying, case.playbook.account.owner
    if buying is None:
        return
    yield _Day(buying.decide_by, DayKind.BUYING, phrase("They decide"), "", "plan", owner)
    for step in buying.steps or ():
        if step.done_on is None:
            after = phrase("{step}: ask where it stands", step=step.what)
            yield _Day(step.due, DayKind.BUYING, step.what, after, "plan", owner)
    if buying.tender is not None:
        tender = buying.tender
        yield _Day(tender.opens, DayKind.TENDER, phrase("Tender opens"), "", "plan", owner)
        yield _Day(tender.closes, DayKind.TENDER, phrase("Tender closes"), "", "plan", owner)
        yield _Day(tender.award, DayKind.TENDER, phrase("Tender is awarded"), "", "plan", owner)


def _of_people(case: Case) -> Iterator[_Day]:
    """Promises, consent to be shown, personal data."""
    section, owner = case.relationship, case.playbook.account.owner
    for promise in section.promises or ():
        if promise.kept_on is None:
            what = promise.what
            yield _Day(promise.due, DayKind.PROMISE, what, what, "relationship", owner)
    if section.reference is not None:
        until = section.reference.consent_until
        what = phrase("Consent to be shown runs out")
        after = phrase("Consent to be shown ran out: ask again")
        yield _Day(until, DayKind.CONSENT, what, after, "relationship", owner)
    kept = (section.personal_data, *(section.contacts or ()))
    days = {data.review_by for data in kept if data and data.review_by}
    what = phrase("See whether we may still keep personal data")
    for day in sorted(days):
        yield _Day(day, DayKind.DATA, what, what, "relationship", owner)


def _unknowns(portfolio: Portfolio, account: Account, case: Case) -> Iterator[PlanDay]:
    """What somebody finds out by a day."""
    for unknown in account.plan.unknowns:
        day = unknown.day
        if day is None:
            continue
        what = phrase("Find out {what}", what=case.name(unknown.path))
        yield PlanDay(
            day=day,
            kind=DayKind.UNKNOWN,
            what=what,
            after=what,
            owner=unknown.owner,
            who=person_name(portfolio.settings, unknown.owner),
            account=account,
            section="source",
            line=account.document.value_place(unknown.path).line,
        )
