"""Signals of how an account is doing, each from 0, worst, to 1; events and alarms beside them.

They are read out of what happened, never out of how full the plan is. Spec: `health`.
"""

from __future__ import annotations

import datetime
import enum
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.figures.case import Case
from generator.figures.contacts import talks_so_far, who_is_there
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    exceeds,
    figure_of,
    missing_among,
    null,
    reaches,
)
from generator.figures.ladder import has_lapse, months_before
from generator.figures.name import words_of_id
from generator.figures.risk import effectiveness, expected, probability_and_loss
from generator.figures.trust import answers_so_far
from generator.figures.varied import highest, lowest, pointwise, total
from generator.form.relationship import Contact
from generator.form.service import SatisfactionScore, ServiceCase
from generator.language import phrase
from generator.read.document import DataPath
from generator.settings.site_config import HealthScoring, Point

YEAR = 12
"""Months of promises, cases and outcomes that count."""
KEY_ROLES = ("decider", "sponsor", "champion")
DECIDING = ("decider", "sponsor")
DECIDING_COUNT = 2.0
TRUST_TOP, AGAIN_TOP = 5.0, 10.0
LOST = ("lost", "shrunk")
DECIDES = ("keep", "restructure", "drop")
"""Kinds of decision that answer a contract's end."""
OVER_LIMIT = phrase("over the limit")
NOT_YET = phrase("its measure is not in force yet: 0")


class Letter(enum.StrEnum):
    """The four letters of the method, of which each has its signals."""

    RELATIONSHIP = "R"
    SERVICE = "S"
    VALUE = "V"
    RISK = "K"


class Signal(enum.StrEnum):
    """What is measured."""

    THREADS = "threads"
    MOOD = "mood"
    TRUST = "trust"
    RHYTHM = "rhythm"
    SATISFACTION = "satisfaction"
    CASES = "cases"
    PROMISES = "promises"
    DELIVERED = "delivered"
    REVENUE = "revenue"
    USAGE = "usage"
    VALUE_FOR_COST = "value_for_cost"
    THEIR_RISK = "their_risk"
    OUR_LOSS = "our_loss"
    DAYS_LATE = "days_late"


class EventKind(enum.StrEnum):
    """What happened that takes points off the whole."""

    KEY_PERSON_LEFT = "key_person_left"
    STAGE_LOST = "stage_lost"
    OUTCOME = "outcome"
    CASE_LATE = "case_late"


class Alarm(enum.StrEnum):
    """What alone says that an account is not healthy."""

    REVENUE_FELL = "revenue_fell"
    USAGE_FELL = "usage_fell"
    TRUST_FELL = "trust_fell"
    SATISFACTION_FELL = "satisfaction_fell"
    SEVERE_CASE_LATE = "severe_case_late"
    KEY_PERSON_LEFT = "key_person_left"
    CONTRACT_ENDED = "contract_ended"
    NOTICE_PASSED = "notice_passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, and the points of a hundred that it takes off."""

    kind: EventKind
    points: float
    day: datetime.date | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What they said over time, on a scale of 0 to 1."""

    level: float
    """The newest."""
    fall: float
    """How far the newest is below the highest of the time before it; 0 where it is not."""
    inputs: tuple[Reason, ...]

    @property
    def counts(self) -> float:
        """The level less half the fall: who fell there is worse off than who always was."""
        return self.level - self.fall / 2


def scoring(case: Case) -> HealthScoring:
    """How health is scored."""
    return case.settings.scoring.health


def on_lines(points: Sequence[tuple[float, float]], at: float) -> float:
    """The height at a number, on straight lines between points; level before and behind them."""
    if at <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in itertools.pairwise(points):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]


def by_points(points: Sequence[Point], value: float) -> float:
    """What a number counts, 0 to 1, by the points of its signal."""
    return on_lines([(point.at, point.counts) for point in points], value)


def _scored(case: Case, signal: Signal, *inputs: Reason) -> Figure:
    """A single number by the points of its signal."""
    points = getattr(scoring(case).points, signal)
    return computed(lambda value, *_: by_points(points, value), inputs)


def _unlike_others(facts: Sequence[Reason]) -> list[str]:
    """Entries that lack what others of their list have: of so much a measure is not known."""
    lacking = [fact.name for fact in facts if fact.value is None]
    return lacking if len(lacking) < len(facts) else []


def _threads(case: Case) -> Figure:
    return _scored(case, Signal.THREADS, case.figure("relationship.threads"))


def _rhythm(case: Case) -> Figure:
    return _scored(case, Signal.RHYTHM, case.figure("relationship.overdue"))


def _mood(case: Case) -> Figure:
    """The mean of what they think of us by their influence, -2 to 2, as 0 to 1."""
    rows: list[tuple[float, tuple[Reason, Reason]]] = []
    lacking: list[str] = []
    for index, contact in who_is_there(case).values():
        base = ("relationship", "contacts", index)
        influence, feels = case.fact(*base, "influence"), case.fact(*base, "sentiment")
        if not influence.value:
            continue
        if feels.value is None:
            lacking.append(feels.name)
            continue
        doubled = DECIDING_COUNT if set(contact.roles or ()) & set(DECIDING) else 1.0
        rows.append((influence.value * doubled, (feels, influence)))
    if not rows:
        return null(lacking or ("relationship.contacts.influence",))
    counts = [weight for weight, _ in rows]
    mean = total(weight * feels.value for weight, (feels, _) in rows) / total(counts)
    inputs = [fact.with_(weight=weight) for weight, row in rows for fact in row]
    return figure_of((mean + 2) / 4, inputs, missing=lacking)


def _fallen(case: Case, rows: Sequence[tuple[datetime.date, float, tuple[Reason, ...]]]) -> Answers:
    """The newest of some answers, the oldest first, and how far it fell."""
    day, level, inputs = rows[-1]
    since = months_before(day, scoring(case).fall_months)
    before = [row for row in rows[:-1] if row[0] >= since]
    best = max(before, key=lambda row: row[1], default=None)
    fall = highest(0.0, *(row[1] - level for row in before))
    if best is None or best[1] <= level:
        return Answers(level=level, fall=fall, inputs=inputs)
    return Answers(level=level, fall=fall, inputs=(*inputs, *best[2]))


def trust_answers(case: Case) -> tuple[Answers, ...]:
    """Their trust and whether they would buy again, those that were asked."""
    series = (("trust", TRUST_TOP), ("buy_again", AGAIN_TOP))
    rows = [
        [
            (answer.date, answer.said.value / top, answer.inputs)
            for answer in answers_so_far(case, name)
        ]
        for name, top in series
    ]
    return tuple(_fallen(case, row) for row in rows if row)


def _trust(case: Case) -> Figure:
    answers = trust_answers(case)
    if not answers:
        return null(("relationship.trust",))
    worst = min(answers, key=lambda answer: answer.counts)
    counts = lowest(*(answer.counts for answer in answers))
    asked = enumerate(case.relationship.trust or ())
    past = [index for index, entry in asked if entry.date <= case.today]
    lacking = [
        name
        for field in ("trust", "buy_again")
        for name in _unlike_others([case.fact("relationship", "trust", at, field) for at in past])
    ]
    return figure_of(_within(counts), worst.inputs, missing=lacking)


def satisfaction_answers(case: Case) -> Answers | None:
    """How satisfied they said they are; None where nobody asked."""
    entries = sorted(
        (
            (entry.date, index, entry)
            for index, entry in enumerate(case.service.satisfaction or ())
            if entry.date <= case.today
        ),
        key=lambda row: row[:2],
    )
    rows = [
        (day, level, _said(case, index))
        for day, index, entry in entries
        if not missing_among(_said(case, index))
        and (level := _level(entry, _said(case, index)[0].value)) is not None
    ]
    return _fallen(case, rows) if rows else None


def _level(entry: SatisfactionScore, score: float) -> float | None:
    """A score on its scale, 0 to 1; None where the scale has no width."""
    width = (entry.scale or 0.0) - entry.bottom
    return _within((score - entry.bottom) / width) if width > 0 else None


def _said(case: Case, index: int) -> tuple[Reason, ...]:
    base = ("service", "satisfaction", index)
    return (case.fact(*base, "score"), case.fact(*base, "scale"))


def _satisfaction(case: Case) -> Figure:
    answers = satisfaction_answers(case)
    if answers is None:
        return null(("service.satisfaction",))
    past = [
        index
        for index, entry in enumerate(case.service.satisfaction or ())
        if entry.date <= case.today
    ]
    lacking = missing_among([fact for index in past for fact in _said(case, index)])
    return figure_of(_within(answers.counts), answers.inputs, missing=lacking)


def case_due(case: Case, complaint: ServiceCase) -> datetime.date | None:
    """By when a case should be closed: as written, else so many days after it came."""
    if complaint.due is not None or complaint.opened is None:
        return complaint.due
    return complaint.opened + datetime.timedelta(days=scoring(case).case_days)


def severity_of(case: Case, complaint: ServiceCase) -> int:
    """How bad a case is, 1 to 4."""
    return complaint.severity or scoring(case).case_severity


def _kept(
    case: Case,
    path: DataPath,
    rows: Sequence[tuple[int, datetime.date | None, datetime.date | None, str]],
    lacking: Sequence[str] = (),
) -> Figure:
    """The share of what was due in the last year that was done by its day; today is not late."""
    if case.at(*path) is None:
        return null((".".join(map(str, path)),))
    since = months_before(case.today, YEAR)
    due = [row for row in rows if row[1] is not None and since <= row[1] < case.today]
    if not due:
        return null(note=NOTHING_TO_DIVIDE)
    in_time = [done is not None and day is not None and done <= day for _, day, done, _ in due]
    inputs = [
        case.given((*path, index, field if done else "due"), done or day)
        for index, day, done, field in due
    ]
    return figure_of(sum(in_time) / len(due), inputs, missing=lacking)


def _cases(case: Case) -> Figure:
    rows = [
        (index, case_due(case, complaint), complaint.closed, "closed")
        for index, complaint in enumerate(case.service.cases or ())
    ]
    return _kept(case, ("service", "cases"), rows)


def _promises(case: Case) -> Figure:
    rows = [
        (index, promise.due, promise.kept_on, "kept_on")
        for index, promise in enumerate(case.relationship.promises or ())
    ]
    days = [case.fact("relationship", "promises", index, "due") for index, *_ in rows]
    return _kept(case, ("relationship", "promises"), rows, _unlike_others(days))


def _delivered(case: Case) -> Figure:
    """What was delivered of what was promised, at most all, by the weight of whom we serve."""
    weights = case.figure("service.weights")
    rows: list[tuple[float, float, tuple[Reason, Reason]]] = []
    lacking: list[str] = []
    for index, served in enumerate(case.service.objects or ()):
        base = ("service", "objects", index)
        promised, delivered = case.fact(*base, "promised"), case.fact(*base, "delivered")
        if missing := missing_among((promised, delivered)):
            lacking.extend(missing)
        elif promised.value > 0 and weights.value is not None:
            share = pointwise(_part, delivered.value, promised.value)
            rows.append((weights.value[served.id], share, (promised, delivered)))
    whole = total(weight for weight, _, _ in rows)
    if weights.value is None or not whole:
        return null((*missing_among((weights,)), *lacking), note=NOTHING_TO_DIVIDE)
    inputs = [fact.with_(weight=weight) for weight, _, row in rows for fact in row]
    mean = total(weight * share for weight, share, _ in rows) / whole
    return figure_of(mean, inputs, missing=lacking)


def _revenue(case: Case) -> Figure:
    return _scored(case, Signal.REVENUE, case.figure("revenue.change"))


def _usage(case: Case) -> Figure:
    """The metric that fell most."""
    changes = case.figure("usage.change")
    known = [change for change in (changes.value or {}).values() if change is not None]
    if not known:
        return null(changes.lacks, note=changes.note)
    points = case.playbook.usage or ()
    lacking = missing_among([case.fact("usage", index, "value") for index in range(len(points))])
    measure = _scored(case, Signal.USAGE, changes.with_(value=lowest(*known)))
    return replace(measure, missing=lacking)


def _value_for_cost(case: Case) -> Figure:
    return _scored(case, Signal.VALUE_FOR_COST, case.figure("value.ratio"))


def _their_risk(case: Case) -> Figure:
    """What is left of their doubts over the price; a measure counts from its day on."""
    risks = case.risk.customer
    price = case.fact("economics", "price")
    if not risks:
        return null(() if risks is not None else ("risk.customer",), note=NOTHING_TO_DIVIDE)
    rows = []
    for index, risk in enumerate(risks):
        works = effectiveness(case, "customer", index, risk.measure)
        due = case.fact("risk", "customer", index, "due")
        if works.value and (due.value is None or due.value > case.today):
            works = works.with_(value=0.0, note=NOT_YET)
        rows.append((*probability_and_loss(case, "customer", index), works))
    flat = [fact for row in rows for fact in row]
    if missing := missing_among((price, *flat)):
        return null(missing, reasons=(price, *flat))
    if not price.value > 0:
        return null(reasons=(price,), note=NOTHING_TO_DIVIDE)
    share = total(map(expected, rows)) / price.value
    points = scoring(case).points.their_risk
    counts = pointwise(lambda at: by_points(points, at), share)
    return figure_of(counts, (price, *flat))


def _our_loss(case: Case) -> Figure:
    """Our expected loss over what the price leaves after production."""
    points = scoring(case).points.our_loss
    inputs = (
        case.figure("risk.own_expected_loss"),
        case.fact("economics", "price"),
        case.fact("economics", "contribution_margin"),
    )
    return computed(
        lambda loss, price, margin: (
            by_points(points, loss / (price * margin)) if price * margin > 0 else None
        ),
        inputs,
    )


def _days_late(case: Case) -> Figure:
    late = case.fact("risk", "credit", "days_late")
    owed, limit = case.fact("risk", "credit", "receivable"), case.fact("risk", "credit", "limit")
    if None not in (owed.value, limit.value) and exceeds(owed.value, limit.value):
        return figure_of(0.0, (owed, limit), note=OVER_LIMIT)
    return _scored(case, Signal.DAYS_LATE, late)


def _within(value: float) -> float:
    """A measure cut to 0 to 1."""
    cut: float = pointwise(lambda at: min(1.0, max(0.0, at)), value)
    return cut


def _part(delivered: float, promised: float) -> float:
    """How much of what was promised was delivered, at most all."""
    return min(1.0, delivered / promised) if promised else 1.0


MEASURES: Mapping[Letter, Mapping[Signal, Callable[[Case], Figure]]] = {
    Letter.RELATIONSHIP: {
        Signal.THREADS: _threads,
        Signal.MOOD: _mood,
        Signal.TRUST: _trust,
        Signal.RHYTHM: _rhythm,
    },
    Letter.SERVICE: {
        Signal.SATISFACTION: _satisfaction,
        Signal.CASES: _cases,
        Signal.PROMISES: _promises,
        Signal.DELIVERED: _delivered,
    },
    Letter.VALUE: {
        Signal.REVENUE: _revenue,
        Signal.USAGE: _usage,
        Signal.VALUE_FOR_COST: _value_for_cost,
    },
    Letter.RISK: {
        Signal.THEIR_RISK: _their_risk,
        Signal.OUR_LOSS: _our_loss,
        Signal.DAYS_LATE: _days_late,
    },
}
"""By letter how each of its signals is measured: null where it is not known."""


def events_of(case: Case) -> tuple[Event, ...]:
    """What happened that takes points off, as the file has it."""
    return (*_who_left(case), *_lapse(case), *_outcomes(case), *_late_cases(case))


def points_off(case: Case, events: Sequence[Event]) -> float:
    """The points that events take off in all."""
    return math.fsum(off_by_kind(case, events).values())


def off_by_kind(case: Case, events: Sequence[Event]) -> dict[EventKind, float]:
    """By kind the points that events take off; late cases at most so many together."""
    off: dict[EventKind, float] = {}
    for event in events:
        off[event.kind] = off.get(event.kind, 0.0) + event.points
    if EventKind.CASE_LATE in off:
        most = scoring(case).events.cases_most
        off[EventKind.CASE_LATE] = min(off[EventKind.CASE_LATE], most)
    return off


def _who_left(case: Case) -> list[Event]:
    """Deciders, sponsors and champions who left, and nobody took their place."""
    talks = talks_so_far(case)
    there = who_is_there(case)
    events = []
    for index, contact in enumerate(case.relationship.contacts or ()):
        if not contact.has_left(case.today) or contact.left_on is None:
            continue
        since = contact.left_on
        spoken = {
            name
            for talk in talks
            if talk.entry.two_way and talk.entry.date >= since
            for name in talk.present
        }
        followed = {role for name in spoken for role in there[name][1].roles or ()}
        if _key_roles(contact) - followed:
            day = case.fact("relationship", "contacts", index, "left_on")
            events.append(
                Event(
                    kind=EventKind.KEY_PERSON_LEFT,
                    points=scoring(case).events.key_person_left,
                    day=since,
                    reason=day.with_(note=contact.name or words_of_id(contact.id), stale=False),
                )
            )
    return events


def _key_roles(contact: Contact) -> set[str]:
    return {role for role in contact.roles or () if role in KEY_ROLES}


def _lapse(case: Case) -> list[Event]:
    """A stage of the relationship that was lost."""
    rung = case.figures["relationship.rung"]
    if not has_lapse(rung):
        return []
    reason = case.figure("relationship.rung")
    points = scoring(case).events.stage_lost
    return [Event(kind=EventKind.STAGE_LOST, points=points, day=None, reason=reason)]


def _outcomes(case: Case) -> list[Event]:
    """What we lost, wholly or in part, within a year."""
    since = months_before(case.today, YEAR)
    return [
        Event(
            kind=EventKind.OUTCOME,
            points=scoring(case).events.outcome,
            day=outcome.date,
            reason=case.fact("outcomes", index, "date").with_(note=phrase(outcome.kind)),
        )
        for index, outcome in enumerate(case.playbook.outcomes or ())
        if outcome.kind in LOST and since <= outcome.date <= case.today
    ]


def _late_cases(case: Case) -> list[Event]:
    """Open cases past their day."""
    points = scoring(case).events.cases
    return [
        Event(
            kind=EventKind.CASE_LATE,
            points=points.of(severity_of(case, complaint)),
            day=due,
            reason=_late_case(case, index, complaint, due),
        )
        for index, complaint, due in open_and_late(case)
    ]


def open_and_late(case: Case) -> list[tuple[int, ServiceCase, datetime.date]]:
    """Open cases past their day, each with its place and that day."""
    return [
        (index, complaint, due)
        for index, complaint in enumerate(case.service.cases or ())
        if complaint.closed is None
        and (due := case_due(case, complaint)) is not None
        and due < case.today
    ]


def _late_case(case: Case, index: int, complaint: ServiceCase, due: datetime.date) -> Reason:
    at = ("service", "cases", index, "due" if complaint.due else "opened")
    note = phrase("severity {number}", number=severity_of(case, complaint))
    return case.given(at, due, note=note)


def alarms_of(case: Case) -> dict[Alarm, Reason]:
    """What alone keeps an account from being healthy, with what shows it."""
    limits = scoring(case).alarms
    found: dict[Alarm, Reason] = {}
    revenue = case.figure("revenue.change")
    if revenue.value is not None and reaches(-revenue.value, limits.fell_by):
        found[Alarm.REVENUE_FELL] = revenue
    usage = case.figure("usage.change")
    if any(
        change is not None and reaches(-change, limits.fell_by)
        for change in (usage.value or {}).values()
    ):
        found[Alarm.USAGE_FELL] = usage
    for answers in trust_answers(case):
        if reaches(answers.fall, limits.answers_fell_by):
            found[Alarm.TRUST_FELL] = answers.inputs[0]
    satisfied = satisfaction_answers(case)
    if satisfied is not None and reaches(satisfied.fall, limits.answers_fell_by):
        found[Alarm.SATISFACTION_FELL] = satisfied.inputs[0]
    for index, complaint, due in open_and_late(case):
        if severity_of(case, complaint) == 1:
            found.setdefault(Alarm.SEVERE_CASE_LATE, _late_case(case, index, complaint, due))
    for event in _who_left(case):
        found.setdefault(Alarm.KEY_PERSON_LEFT, event.reason)
    return found | _contract_alarms(case)


def _contract_alarms(case: Case) -> dict[Alarm, Reason]:
    """A contract that ended, or whose notice day passed with nothing decided."""
    turned = contract_turned(case)
    if turned is None:
        return {}
    if turned.name.endswith("notice_by"):
        return {} if is_decided(case, turned.value) else {Alarm.NOTICE_PASSED: turned}
    return {Alarm.CONTRACT_ENDED: turned}


def contract_turned(case: Case) -> Reason | None:
    """The end, else the notice day, of a contract that has passed and does not renew by itself."""
    contract = case.playbook.account.contract
    if contract is None or contract.auto_renews:
        return None
    for field in ("end", "notice_by"):
        day = case.fact("account", "contract", field)
        if day.value is not None and day.value < case.today:
            return day
    return None


def is_decided(case: Case, day: datetime.date) -> bool:
    """Whether it was decided within a year before a day, or since, what becomes of the account."""
    since = day - datetime.timedelta(days=scoring(case).decision_days)
    return any(
        decision.kind in DECIDES and since <= decision.date <= case.today
        for decision in case.playbook.decisions or ()
    )
