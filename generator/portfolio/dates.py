"""Days that plans name: what happens or is due on each, and what to do once it has passed."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.figures import Account, Portfolio
from generator.figures.called import fact_called
from generator.figures.case import Case
from generator.figures.name import words_of_id
from generator.figures.sales import is_signed
from generator.form.relationship import Relationship
from generator.language import phrase
from generator.portfolio.colleagues import person_name
from generator.read.document import DataPath
from generator.settings import Settings

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
    CASE = "case"
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
        DayKind.CASE,
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
    """The section of the account's page that it belongs to; `source` where no section shows it."""
    line: int
    """Where the day stands in the account's file."""
    column: int

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
    path: DataPath
    """Where the plan says the day, or what it is counted from."""


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
    parts = (_of_account, _of_plan, _of_buying, _of_people, _of_service)
    days = (day for part in parts for day in part(case))
    for named in itertools.chain(days, _unknowns(case, portfolio.settings)):
        if named.day is not None:
            place = account.document.value_place(named.path)
            yield PlanDay(
                day=named.day,
                kind=named.kind,
                what=named.what,
                after=named.after,
                owner=named.owner,
                who=person_name(portfolio.settings, named.owner),
                account=account,
                section=named.section,
                line=place.line,
                column=place.column,
            )


def _of_account(case: Case) -> Iterator[_Day]:
    """Review, meeting, contract."""
    facts = case.playbook.account
    base: DataPath = ("account",)
    if facts.reviewed is not None:
        shelf = case.settings.scoring.evidence.shelf_life_days.review
        due = facts.reviewed + datetime.timedelta(days=shelf)
        what: str = phrase("Go through the whole plan")
        path = (*base, "reviewed")
        yield _Day(due, DayKind.REVIEW, what, what, "summary", facts.owner, path)
    if facts.next is not None:
        what = facts.next.what or phrase("Meeting")
        after: str = phrase("{what}: write down how it went, and the next one", what=what)
        who = facts.next.prepared_by or facts.owner
        path = (*base, "next", "date")
        yield _Day(facts.next.date, DayKind.MEETING, what, after, "summary", who, path)
    contract = facts.contract
    if contract is not None:
        last = phrase("Last day to give notice")
        if contract.auto_renews is False:
            last = phrase("Last day to agree on the renewal")
        path = (*base, "contract", "notice_by")
        yield _Day(contract.notice_by, DayKind.NOTICE, last, "", "summary", facts.owner, path)
        what = phrase("Contract ends")
        if contract.auto_renews:
            what = phrase("Contract renews unless someone gives notice")
        after = phrase("Contract ended: write down the new one, or that they left")
        after = after if facts.status == "customer" else ""
        path = (*base, "contract", "end")
        yield _Day(contract.end, DayKind.END, what, after, "summary", facts.owner, path)


def _of_plan(case: Case) -> Iterator[_Day]:
    """Actions, objectives, decisions, waivers, deals."""
    yield from _work(case)
    yield from _decisions(case)
    plan, owner = case.playbook, case.playbook.account.owner
    for index, waiver in enumerate(plan.waivers or ()):
        titles = (rule.title for rule in case.settings.rules.rules if rule.id == waiver.rule)
        rule = phrase(next(titles, "") or words_of_id(waiver.rule))
        what = phrase("“{rule}” counts again", rule=rule)
        path = ("waivers", index, "until")
        yield _Day(waiver.until, DayKind.WAIVER, what, "", "plan", waiver.by, path)
    for index, deal in enumerate(plan.opportunities or ()):
        if is_signed(deal, case.today):
            continue
        what = phrase("{deal} should close", deal=deal.id)
        after = phrase("{deal} should have closed: write down how it went", deal=deal.id)
        path = ("opportunities", index, "close_on")
        yield _Day(deal.close_on, DayKind.DEAL, what, after, "plan", owner, path)


def _work(case: Case) -> Iterator[_Day]:
    """Actions that are not done, and objectives."""
    plan, owner = case.playbook, case.playbook.account.owner
    for index, action in enumerate(plan.actions or ()):
        if action.done_on is None:
            what: str = action.what or words_of_id(action.id)
            path: DataPath = ("actions", index, "due")
            yield _Day(action.due, DayKind.ACTION, what, what, "plan", action.owner, path)
    for index, objective in enumerate(plan.objectives or ()):
        what, who = objective.statement or words_of_id(objective.id), objective.owner or owner
        path = ("objectives", index, "due")
        yield _Day(objective.due, DayKind.OBJECTIVE, what, "", "plan", who, path)


def _decisions(case: Case) -> Iterator[_Day]:
    """Decisions to look at again; one that a later decision took up is done with."""
    decisions = case.playbook.decisions or ()
    for index, made in enumerate(decisions):
        decision = made.decision or made.kind or phrase("decision")
        what = phrase("Look again: {decision}", decision=decision)
        is_seen = made.review_on and any(
            made.review_on <= later.date <= case.today for later in decisions
        )
        who = made.by or case.playbook.account.owner
        path = ("decisions", index, "review_on")
        after = "" if is_seen else what
        yield _Day(made.review_on, DayKind.DECISION, what, after, "plan", who, path)


def _of_buying(case: Case) -> Iterator[_Day]:
    """When they decide, their steps, the tender."""
    buying, owner = case.playbook.buying, case.playbook.account.owner
    if buying is None:
        return
    path: DataPath = ("buying", "decide_by")
    yield _Day(buying.decide_by, DayKind.BUYING, phrase("They decide"), "", "plan", owner, path)
    for index, step in enumerate(buying.steps or ()):
        if step.done_on is None:
            after = phrase("{step}: ask where it stands", step=step.what)
            path = ("buying", "steps", index, "due")
            yield _Day(step.due, DayKind.BUYING, step.what, after, "plan", owner, path)
    if buying.tender is not None:
        tender = buying.tender
        for day, field, what in (
            (tender.opens, "opens", phrase("Tender opens")),
            (tender.closes, "closes", phrase("Tender closes")),
            (tender.award, "award", phrase("Tender is awarded")),
        ):
            path = ("buying", "tender", field)
            yield _Day(day, DayKind.TENDER, what, "", "plan", owner, path)


def _of_people(case: Case) -> Iterator[_Day]:
    """Promises, consent to be shown, personal data."""
    section, owner = case.relationship, case.playbook.account.owner
    base = "relationship"
    for index, promise in enumerate(section.promises or ()):
        if promise.kept_on is None:
            what = promise.what
            path: DataPath = (base, "promises", index, "due")
            yield _Day(promise.due, DayKind.PROMISE, what, what, base, owner, path)
    if section.reference is not None:
        until = section.reference.consent_until
        what = phrase("Consent to be shown runs out")
        after = phrase("Consent to be shown ran out: ask again")
        path = (base, "reference", "consent_until")
        yield _Day(until, DayKind.CONSENT, what, after, base, owner, path)
    what = phrase("See whether we may still keep personal data")
    for day, path in sorted(_data_reviews(section).items()):
        yield _Day(day, DayKind.DATA, what, what, base, owner, path)


def _of_service(case: Case) -> Iterator[_Day]:
    """Cases that are not closed."""
    owner = case.playbook.account.owner
    for index, complaint in enumerate(case.service.cases or ()):
        if complaint.closed is None:
            what = phrase("Close case {id}", id=complaint.id)
            path = ("service", "cases", index, "due")
            yield _Day(complaint.due, DayKind.CASE, what, what, "service", owner, path)


def _data_reviews(section: Relationship) -> dict[datetime.date, DataPath]:
    """By day, once for all people whose data is then to be looked at, where it stands first."""
    places: dict[datetime.date, DataPath] = {}
    common = section.personal_data
    if common is not None and common.review_by is not None:
        places[common.review_by] = ("relationship", "personal_data", "review_by")
    for index, contact in enumerate(section.contacts or ()):
        if contact.review_by is not None:
            path = ("relationship", "contacts", index, "review_by")
            places.setdefault(contact.review_by, path)
    return places


def _unknowns(case: Case, settings: Settings) -> Iterator[_Day]:
    """What somebody finds out by a day."""
    for unknown in case.plan.unknowns:
        what = phrase("Find out: {what}", what=fact_called(case, unknown.path, settings))
        path = (*unknown.path, "find_by")
        yield _Day(unknown.day, DayKind.UNKNOWN, what, what, "source", unknown.owner, path)
