"""The monthly hour: what a review of one plan should touch, in order, each with its line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.figures import Account, Portfolio
from generator.figures.case import Case
from generator.figures.dated import dated_evidence
from generator.figures.definition import Rank
from generator.figures.definitions import DEFINITIONS
from generator.figures.figure import Carrier
from generator.figures.name import words_of_id
from generator.figures.ranges import SURE_FROM
from generator.portfolio.colleagues import owner_of, person_name
from generator.portfolio.dates import NEXT_DAYS
from generator.portfolio.due import DueItem, contacts_to_meet, due_items
from generator.problems import Problem
from generator.read.document import DataPath, Position
from generator.rules.gate.together import file_by_file

FIND_OUT_MOST = 5
"""So many facts are named to find out first."""


class Topic(StrEnum):
    """What a review goes through, in this order."""

    DUE = "due"
    FIND_OUT = "find-out"
    OLD_FACT = "old-fact"
    UNKNOWN = "unknown"
    CONTACT = "contact"
    OBJECTIVE = "objective"
    FINDING = "finding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How much a verdict hangs on one fact."""

    figure: str
    """The key of the verdict."""
    stands: float
    """The chance that it stands, 0 to 1."""
    share: float
    """What of its doubt comes of the fact, 0 to 1."""

    @property
    def weight(self) -> float:
        """The fact's part of the chance that the verdict falls."""
        return self.share * (1 - self.stands)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to do, to find out or to write anew."""

    topic: Topic
    what: str
    """In words, or by the name of the field or the entry that it is about."""
    day: datetime.date | None = None
    """By when, or of when the fact is."""
    names_day: bool = False
    """Whether `what` names the day itself."""
    days_past: int = 0
    """Of a fact: how long it is past its shelf life."""
    who: str = ""
    """The name of whose it is."""
    section: str
    """The section of the account's page that tells more."""
    line: int | None
    """Where in the account's file it stands; None where it rests on figures alone."""
    column: int | None
    doubt: Doubt | None = None
    """Of what to find out first: the verdict that it moves most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What to go through in a plan on a day."""

    account: Account
    today: datetime.date
    last: datetime.date
    """Up to when what is due is named: until the review of the next month."""
    items: tuple[ReviewItem, ...]
    """In the order of the topics."""

    @property
    def reviewed(self) -> datetime.date | None:
        """When somebody went through the whole plan last."""
        playbook = self.account.playbook
        return playbook.account.reviewed if playbook else None

    def of(self, topic: Topic) -> tuple[ReviewItem, ...]:
        """What belongs to one topic."""
        return tuple(item for item in self.items if item.topic is topic)


def review_of(portfolio: Portfolio, account: Account) -> Review:
    """All that a review of the account should touch; what two topics would tell, the first tells.

    Of a file that cannot be read only its findings.
    """
    today = portfolio.today
    last = today + datetime.timedelta(days=NEXT_DAYS)
    told: dict[Position, ReviewItem] = {}
    kept = []
    for item in _all(portfolio, account, last):
        place = _place(item)
        if place is not None and _tells(told.get(place), item, today):
            continue
        kept.append(item)
        if place is not None and item.topic in (Topic.DUE, Topic.OLD_FACT):
            told[place] = item
    return Review(account=account, today=today, last=last, items=tuple(kept))


def _tells(before: ReviewItem | None, item: ReviewItem, today: datetime.date) -> bool:
    """Whether an item of the same place has told of this one.

    So it is with an unknown that is due, and with what the gate says of a day that passed or of a
    fact that is too old.
    """
    if before is None:
        return False
    if item.topic is Topic.UNKNOWN:
        return True
    is_late = before.day is not None and before.day < today
    return item.topic is Topic.FINDING and is_late


def _all(portfolio: Portfolio, account: Account, last: datetime.date) -> Iterator[ReviewItem]:
    case = account.case
    if case is not None:
        yield from _dues(Topic.DUE, due_items(portfolio, account, last))
        yield from _to_find_out(account)
        yield from _old_facts(case)
        yield from _unknowns(portfolio, case)
        yield from _dues(Topic.CONTACT, contacts_to_meet(portfolio, account, last))
        yield from _objectives(portfolio, account, case)
    yield from _findings(portfolio, account)


def _place(item: ReviewItem) -> Position | None:
    if item.line is None or item.column is None:
        return None
    return Position(item.line, item.column)


def _dues(topic: Topic, due: Iterable[DueItem]) -> Iterator[ReviewItem]:
    for item in due:
        yield ReviewItem(
            topic=topic,
            what=item.what,
            day=item.day,
            names_day=item.names_day,
            who=item.who,
            section=item.section,
            line=item.line,
            column=item.column,
        )


def _to_find_out(account: Account) -> Iterator[ReviewItem]:
    """The facts that move a verdict most: by their part of the chance that it falls."""
    most: dict[tuple[str | None, int | None, int | None], tuple[Doubt, Carrier]] = {}
    for key, definition in DEFINITIONS.items():
        if not definition.is_verdict or definition.rank is Rank.REFERENCE:
            continue
        figure = account.figures.get(key)
        if figure is None or figure.confidence is None or figure.confidence >= SURE_FROM:
            continue
        for carrier in figure.carriers:
            doubt = Doubt(figure=key, stands=figure.confidence, share=carrier.share)
            fact = carrier.fact
            at = (fact.path, fact.line, fact.column)
            if at not in most or doubt.weight > most[at][0].weight:
                most[at] = (doubt, carrier)
    ranked = sorted(
        most.values(), key=lambda pair: (-pair[0].weight, pair[1].fact.line or 0, pair[1].fact.name)
    )
    for doubt, carrier in ranked[:FIND_OUT_MOST]:
        yield ReviewItem(
            topic=Topic.FIND_OUT,
            what=carrier.fact.name,
            day=carrier.fact.as_of,
            section=_section_of(doubt.figure),
            line=carrier.fact.line,
            column=carrier.fact.column,
            doubt=doubt,
        )


def _section_of(key: str) -> str:
    """The section of the account's page in which a figure opens, by itself or under another."""
    definition = DEFINITIONS[key]
    return _section_of(definition.under) if definition.under else definition.section


def _old_facts(case: Case) -> Iterator[ReviewItem]:
    """Facts that carry a date of their own and are past their shelf life, the oldest first."""
    old = [dated for dated in dated_evidence(case) if dated.days_past(case.today) > 0]
    for dated in sorted(old, key=lambda dated: -dated.days_past(case.today)):
        place = case.plan.document.value_place(dated.number)
        yield ReviewItem(
            topic=Topic.OLD_FACT,
            what=case.name(dated.path),
            day=dated.as_of,
            days_past=dated.days_past(case.today),
            section="source",
            line=place.line,
            column=place.column,
        )


def _unknowns(portfolio: Portfolio, case: Case) -> Iterator[ReviewItem]:
    """What somebody finds out later than the next review, the nearest day first."""
    for unknown in sorted(case.plan.unknowns, key=lambda unknown: unknown.find_by):
        place = case.plan.document.value_place((*unknown.path, "find_by"))
        yield ReviewItem(
            topic=Topic.UNKNOWN,
            what=case.name(unknown.path),
            day=unknown.day,
            who=person_name(portfolio.settings, unknown.owner),
            section="source",
            line=place.line,
            column=place.column,
        )


def _objectives(portfolio: Portfolio, account: Account, case: Case) -> Iterator[ReviewItem]:
    """Objectives of which nobody has written for so long, or ever, where they stand."""
    days = portfolio.settings.scoring.evidence.shelf_life_days.review
    for index, objective in enumerate(case.playbook.objectives or ()):
        path: DataPath = ("objectives", index)
        measured = objective.as_of or case.playbook.account.reviewed
        is_known = objective.actual is not None
        if is_known and measured is not None and (case.today - measured).days <= days:
            continue
        place = account.document.value_place((*path, "actual") if is_known else path)
        yield ReviewItem(
            topic=Topic.OBJECTIVE,
            what=objective.statement or words_of_id(objective.id),
            day=measured if is_known else None,
            who=person_name(portfolio.settings, objective.owner or owner_of(account)),
            section="plan",
            line=place.line,
            column=place.column,
        )


def _findings(portfolio: Portfolio, account: Account) -> Iterator[ReviewItem]:
    """What else the gate finds; all that a section lacks as one."""
    rules = [rule.id for rule in portfolio.settings.rules.rules]
    for each in file_by_file(account.findings, rules):
        problem, what = (
            (each, each.message) if isinstance(each, Problem) else (each.first, each.sentence)
        )
        yield ReviewItem(
            topic=Topic.FINDING,
            what=what,
            section="findings",
            line=problem.line,
            column=problem.column,
        )
