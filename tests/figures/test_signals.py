"""Each measure, event and alarm of health at its limits, and what a customer's health makes of it."""

from __future__ import annotations

import datetime

import pytest

from generator.figures.case import Case
from generator.figures.figure import NOTHING_TO_DIVIDE, Figure
from generator.figures.health import health_of, retention_at
from generator.figures.signals import (
    MEASURES,
    NOT_YET,
    OVER_LIMIT,
    Signal,
    alarms_of,
    events_of,
    on_lines,
    points_off,
)
from generator.settings import Settings
from tests.figures.small import enriched, plan, settings
from tests.figures.test_health import RUINS, ruined, value
from tests.workspace import shipped_text

HOW = {signal: measure for signals in MEASURES.values() for signal, measure in signals.items()}
SCORING = shipped_text("scoring")


def case_of(sections: str, more: str = "", with_: Settings | None = None) -> Case:
    made = enriched(plan(sections, more=more), with_=with_).case
    assert made is not None
    return made


def measure(signal: str, sections: str) -> Figure:
    return HOW[Signal(signal)](case_of(sections))


def entries(at: str, *rows: str) -> str:
    """A section with a list: 'relationship.trust' of rows."""
    *sections, name = at.split(".")
    listed = f"{name}: [{', '.join(f'{{{row}}}' for row in rows)}]"
    return f"{sections[0]}: {{{listed}}}\n" if sections else f"{listed}\n"


def trust(*rows: str) -> str:
    return entries("relationship.trust", *rows)


def said(*rows: str) -> str:
    return entries("service.satisfaction", *rows)


def people(*rows: str) -> str:
    return entries("relationship.contacts", *rows)


def cases(*rows: str) -> str:
    return entries("service.cases", *(f"id: c{at}, {row}" for at, row in enumerate(rows)))


def promises(*rows: str) -> str:
    return entries("relationship.promises", *(f"what: p{at}, {row}" for at, row in enumerate(rows)))


def served(*rows: tuple[int, str]) -> str:
    """Whom we serve, by the product of their importance."""
    return entries(
        "service.objects",
        *(
            f"id: s{at}, importance: {{level: {weight}, stage: 1, role: 1}}, {row}"
            for at, (weight, row) in enumerate(rows)
        ),
    )


def doubt(price: float, risk: str) -> str:
    doubts = entries("risk.customer", *([f"id: fails, {risk}"] if risk else []))
    return f"economics: {{price: {price}}}\n{doubts}"


def ours(price: float, margin: float, loss: float) -> str:
    """A loss of ours that is certain, and nothing owed."""
    credit = "receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0"
    return (
        f"economics: {{price: {price}, contribution_margin: {margin}}}\n"
        f"risk: {{own: [{{id: a, probability: 1, loss: {loss}}}],"
        f" credit: {{{credit}, cost_of_capital: 0}}}}\n"
    )


def credit(facts: str) -> str:
    return f"risk: {{credit: {{{facts}}}}}\n"


# Measures


@pytest.mark.parametrize(
    ("at", "height"), [(0, 0.2), (0.5, 0.8), (1, 0.8), (1.5, 0.35), (2, 0.5), (3, 0.5)]
)
def test_at_a_step_the_line_is_where_it_was_before(at: float, height: float) -> None:
    """Up at 0 and down at 1: level to 0.8 between, then half way from 0.2 to 0.5."""
    points = ((0, 0.2), (0, 0.8), (1, 0.8), (1, 0.2), (2, 0.5))
    assert on_lines(points, at) == pytest.approx(height)


HIGH_ONCE = "date: 2026-01-01, trust: 5"
MEASURED = [
    # trust / 5 less half the fall
    ("trust", trust("date: 2026-10-01, trust: 4"), 0.8),
    ("trust", trust("date: 2026-10-01, buy_again: 4"), 0.4),
    # the lower of the two
    ("trust", trust("date: 2026-10-01, trust: 4, buy_again: 7"), 0.7),
    ("trust", trust("date: 2026-10-01, trust: 2, buy_again: 7"), 0.4),
    # fell from 1 to 0.6: 0.6 - 0.4/2
    ("trust", trust(HIGH_ONCE, "date: 2026-10-01, trust: 3"), 0.4),
    # from the highest, neither the lowest nor the one before
    ("trust", trust(HIGH_ONCE, "date: 2026-05-01, trust: 2", "date: 2026-10-01, trust: 3"), 0.4),
    # 0.2 - 0.8/2 is below 0
    ("trust", trust(HIGH_ONCE, "date: 2026-10-01, trust: 1"), 0),
    # who rose has not fallen
    ("trust", trust("date: 2026-01-01, trust: 3", "date: 2026-10-01, trust: 4"), 0.8),
    # 24 months before the newest count, and no day more
    ("trust", trust("date: 2024-10-01, trust: 5", "date: 2026-10-01, trust: 3"), 0.4),
    ("trust", trust("date: 2024-09-30, trust: 5", "date: 2026-10-01, trust: 3"), 0.6),
    # to 7 a scale begins with 1, then with 0: (4 - 1)/6, 4/8, 5/10
    ("satisfaction", said("date: 2026-10-01, score: 4, scale: 7"), 0.5),
    ("satisfaction", said("date: 2026-10-01, score: 4, scale: 8"), 0.5),
    ("satisfaction", said("date: 2026-10-01, score: 5, scale: 10"), 0.5),
    # 5/4 and -1/4 are cut
    ("satisfaction", said("date: 2026-10-01, score: 6, scale: 5"), 1),
    ("satisfaction", said("date: 2026-10-01, score: 0, scale: 5"), 0),
    # 0.5 - (1 - 0.5)/2, of today and not of tomorrow
    ("satisfaction", said("date: 2026-10-01, score: 5, scale: 5", "date: 2026-11-23, score: 3, scale: 5"), 0.25),
    ("satisfaction", said("date: 2026-10-01, score: 5, scale: 5", "date: 2026-11-24, score: 3, scale: 5"), 1),
    # what says nothing is passed over
    ("satisfaction", said("date: 2026-10-01, score: 3, scale: 5", "date: 2026-11-01, score: 3"), 0.5),
    ("satisfaction", said("date: 2026-10-01, score: 3, scale: 5", "date: 2026-11-01, scale: 5"), 0.5),
    # (3·1 + 1·-1)/4 = 0.5, (0.5 + 2)/4; a decider's or sponsor's counts twice: (6·1 + 1·-1)/7 = 5/7
    ("mood", people("id: a, influence: 3, sentiment: 1", "id: b, influence: 1, sentiment: -1"), 0.625),
    ("mood", people("id: a, influence: 3, sentiment: 1, roles: [sponsor]", "id: b, influence: 1, sentiment: -1, roles: [champion]"), (5 / 7 + 2) / 4),
    # without influence, or a word on how they feel, they are left out
    ("mood", people("id: a, influence: 3, sentiment: 1", "id: b, influence: 0, sentiment: -2", "id: c, sentiment: -2", "id: d, influence: 5"), 0.75),
    # 0.5·0.5 + 0.25·1 of the 0.75 whose promises are known
    ("delivered", served((4, "promised: 8, delivered: 4"), (2, "promised: 3, delivered: 3"), (2, "promised: 5")), 2 / 3),
    # more than promised is no more than all
    ("delivered", served((1, "promised: 10, delivered: 15"), (1, "promised: 10, delivered: 5")), 0.75),
    # nothing promised is left out; a half is something
    ("delivered", served((1, "promised: 0, delivered: 9"), (1, "promised: 0.5, delivered: 0.25")), 0.5),
    # 0.5·200·0.5 = 50 of 1,000 with the measure, 100 without: 1 - 0.05/0.2, 1 - 0.1/0.2
    ("their_risk", doubt(1000, "probability: 0.5, loss: 200, measure: M, effectiveness: 0.5, due: 2026-11-23"), 0.75),
    ("their_risk", doubt(1000, "probability: 0.5, loss: 200, measure: M, effectiveness: 0.5, due: 2026-11-24"), 0.5),
    ("their_risk", doubt(1000, "probability: 0.5, loss: 200, measure: M, effectiveness: 0.5"), 0.5),
    # a price of 1 is one: 0.1·1/1
    ("their_risk", doubt(1, "probability: 0.1, loss: 1"), 0.5),
    # 15 of 200·0.5: 1 - 0.15/0.3; the same where the price leaves 1, or less
    ("our_loss", ours(200, 0.5, 15), 0.5),
    ("our_loss", ours(2, 0.5, 0.15), 0.5),
    ("our_loss", ours(1, 0.5, 0.075), 0.5),
    # 30 of 60 days; over the limit none counts, at it they do
    ("days_late", credit("days_late: 30"), 0.5),
    ("days_late", credit("days_late: 30, receivable: 100, limit: 100"), 0.5),
    ("days_late", credit("days_late: 30, receivable: 101, limit: 100"), 0),
    ("days_late", credit("receivable: 101, limit: 100"), 0),
    ("days_late", credit("days_late: 30, receivable: 101"), 0.5),
    ("days_late", credit("days_late: 30, limit: 1"), 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("signal", "sections", "expected"), MEASURED)
def test_a_measure_by_hand(signal: str, sections: str, expected: float) -> None:
    assert measure(signal, sections).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("signal", "sections", "missing", "note"),
    [
        ("trust", trust("date: 2026-11-24, trust: 4"), ["relationship.trust"], None),
        ("satisfaction", said("date: 2026-10-01, score: 4"), ["service.satisfaction"], None),
        ("satisfaction", said("date: 2026-10-01, scale: 4"), ["service.satisfaction"], None),
        # on a scale of 1 there is one answer only
        ("satisfaction", said("date: 2026-10-01, score: 1, scale: 1"), ["service.satisfaction"], None),
        ("mood", people("id: a, influence: 3"), ["relationship.contacts.a.sentiment"], None),
        ("mood", people("id: a, sentiment: 2"), ["relationship.contacts.influence"], None),
        ("cases", "", ["service.cases"], None),
        ("cases", cases(), [], NOTHING_TO_DIVIDE),
        ("promises", "", ["relationship.promises"], None),
        ("promises", promises(), [], NOTHING_TO_DIVIDE),
        ("delivered", served((1, "promised: 0, delivered: 0")), [], NOTHING_TO_DIVIDE),
        ("delivered", served((1, "delivered: 4")), ["service.objects.s0.promised"], NOTHING_TO_DIVIDE),
        ("their_risk", "economics: {price: 1000}\n", ["risk.customer"], NOTHING_TO_DIVIDE),
        ("their_risk", doubt(1000, ""), [], NOTHING_TO_DIVIDE),
        ("their_risk", doubt(0, "probability: 0.1, loss: 1"), [], NOTHING_TO_DIVIDE),
        ("our_loss", ours(0, 0.5, 1), [], NOTHING_TO_DIVIDE),
        ("our_loss", ours(100, 0, 1), [], NOTHING_TO_DIVIDE),
        ("days_late", credit("receivable: 100, limit: 100"), ["risk.credit.days_late"], None),
    ],
)  # fmt: skip
def test_no_measure(signal: str, sections: str, missing: list[str], note: str | None) -> None:
    made = measure(signal, sections)
    assert (made.value, [*made.missing], made.note) == (None, missing, note)


def test_a_measure_says_what_it_rests_on() -> None:
    # of two answers alike the newest alone, of a fall the highest too
    alike = measure("trust", trust("date: 2026-01-01, trust: 4", "date: 2026-10-01, trust: 4"))
    assert [str(reason.value) for reason in alike.reasons] == ["4.0", "2026-10-01"]
    fallen = measure("trust", trust(HIGH_ONCE, "date: 2026-10-01, trust: 4"))
    assert [str(reason.value) for reason in fallen.reasons] == [
        "4.0", "2026-10-01", "5.0", "2026-01-01",
    ]  # fmt: skip
    # what was done by its day, what was not by the day it was due
    kept = measure("promises", promises("due: 2026-05-02, kept_on: 2026-05-01", "due: 2026-06-02"))
    assert [
        (reason.name.rpartition(".")[2], str(reason.value)) for reason in kept.reasons
    ] == [("kept_on", "2026-05-01"), ("due", "2026-06-02")]  # fmt: skip
    risk = "probability: 0.5, loss: 200, measure: M, effectiveness: 0.5, due: 2026-11-24"
    assert [reason.note for reason in measure("their_risk", doubt(1000, risk)).reasons] == [
        None, None, None, NOT_YET,
    ]  # fmt: skip
    assert measure("days_late", credit("receivable: 101, limit: 100")).note == OVER_LIMIT


def test_an_answer_that_was_not_known_then_is_passed_over() -> None:
    """The newest of before was learnt in November: on 25 August it was still 5 of 5."""
    text = said(
        "date: 2026-04-01, score: 5, scale: 5",
        "date: 2026-05-01, score: 2, scale: 5, as_of: 2026-11-01",
    )
    then = case_of(text).on(datetime.date(2026, 8, 25))
    assert HOW[Signal.SATISFACTION](then).value == 1


IN_TIME, OPEN = "due: 2026-06-01, {}: 2026-06-01", "due: 2026-06-01"
KEPT = [
    ((IN_TIME,), 1),
    # on the day, the day after, never
    ((IN_TIME, "due: 2026-06-01, {}: 2026-06-02", OPEN), 1 / 3),
    ((IN_TIME, "{}: 2026-06-01"), 1),
    # due in the 12 months before today: their first day, and the day before it
    ((IN_TIME, "due: 2025-11-23"), 0.5),
    ((IN_TIME, "due: 2025-11-22"), 1),
    # due yesterday; due today is not late
    ((IN_TIME, "due: 2026-11-22"), 0.5),
    ((IN_TIME, "due: 2026-11-23"), 1),
    ((IN_TIME, "due: 2026-11-24"), 1),
    (("due: 2026-11-23, {}: 2026-11-20",), None),
]


@pytest.mark.parametrize(("rows", "expected"), KEPT)
def test_what_is_done_by_its_day(rows: tuple[str, ...], expected: float | None) -> None:
    """Cases and promises alike."""
    closed = measure("cases", cases(*(row.format("closed") for row in rows)))
    kept = measure("promises", promises(*(row.format("kept_on") for row in rows)))
    assert closed.value == kept.value == (None if expected is None else pytest.approx(expected))


# Events

ANA = "id: ana, roles: [decider], left_on: 2026-11-10"
AFTER, BEFORE = "2026-11-10", "2026-11-09"


def left(*contacts: str, talk: str = AFTER, two_way: str = "true") -> str:
    """Contacts, and a talk with Ben."""
    listed = ", ".join(f"{{{contact}}}" for contact in contacts)
    return (
        f"relationship:\n  contacts: [{listed}]\n"
        f"  interactions: [{{date: {talk}, contacts: [ben], two_way: {two_way}}}]\n"
    )


def lost(kind: str, day: str) -> str:
    return f"outcomes: [{{date: {day}, kind: {kind}}}]\n"


HAPPENED: list[tuple[str, list[tuple[str, float]]]] = [
    # who leaves tomorrow is there, who left today is not
    (left("id: ana, roles: [decider], left_on: 2026-11-24"), []),
    (left("id: ana, roles: [decider], left_on: 2026-11-23"), [("key_person_left", 10)]),
    (left("id: ana, roles: [sponsor], left_on: 2026-11-10"), [("key_person_left", 10)]),
    (left("id: ana, roles: [champion], left_on: 2026-11-10"), [("key_person_left", 10)]),
    (left("id: ana, roles: [user, buyer], left_on: 2026-11-10"), []),
    (left("id: ana, left_on: 2026-11-10"), []),
    (left("id: ana, roles: [decider]"), []),
    # who follows has talked with us since, on that very day at the earliest, and answered
    (left(ANA, "id: ben, roles: [decider]"), []),
    (left(ANA, "id: ben, roles: [decider]", talk=BEFORE), [("key_person_left", 10)]),
    (left(ANA, "id: ben, roles: [decider]", two_way="false"), [("key_person_left", 10)]),
    (left(ANA, "id: ben, roles: [decider]", talk="2026-11-24"), [("key_person_left", 10)]),
    # in the same role, in each of them, and still there
    (left(ANA, "id: ben, roles: [sponsor]"), [("key_person_left", 10)]),
    (left(ANA, "id: ben"), [("key_person_left", 10)]),
    (left("id: ana, roles: [decider, sponsor], left_on: 2026-11-10", "id: ben, roles: [decider]"), [("key_person_left", 10)]),
    (left(ANA, "id: ben, roles: [decider, user], left_on: 2026-11-10"), [("key_person_left", 10)] * 2),
    # a loss counts from its day on for 12 months
    (lost("lost", "2026-11-24"), []),
    (lost("lost", "2026-11-23"), [("outcome", 10)]),
    (lost("lost", "2025-11-23"), [("outcome", 10)]),
    (lost("lost", "2025-11-22"), []),
    (lost("shrunk", "2026-06-01"), [("outcome", 10)]),
    *((lost(kind, "2026-06-01"), []) for kind in ("won", "renewed", "expanded")),
    # a case due today is not late, one closed is none
    (cases("due: 2026-11-23, severity: 1"), []),
    (cases("due: 2026-11-22, severity: 1"), [("case_late", 12)]),
    (cases("due: 2026-06-01, closed: 2026-11-20, severity: 1"), []),
    (cases(*(f"due: 2026-11-22, severity: {bad}" for bad in (2, 3, 4))), [("case_late", points) for points in (6, 3, 1)]),
    # without a day it is due 14 days after it came, and without a severity it is 2
    (cases("opened: 2026-11-09"), []),
    (cases("opened: 2026-11-08"), [("case_late", 6)]),
    (cases("opened: 2026-10-01, due: 2026-11-23"), []),
    (cases("severity: 1"), []),
]  # fmt: skip


@pytest.mark.parametrize(("sections", "expected"), HAPPENED)
def test_what_takes_points_off(sections: str, expected: list[tuple[str, float]]) -> None:
    found = events_of(case_of(sections))
    assert [(event.kind, event.points) for event in found] == expected


def test_of_cases_25_points_at_most() -> None:
    """3·12 are 36; a loss and a shrinking, 20, are beside them."""
    late = ["due: 2026-06-01, severity: 1"] * 3
    two_cases, three_cases = case_of(cases(*late[:2])), case_of(cases(*late))
    losses = "outcomes: [{date: 2026-06-01, kind: lost}, {date: 2026-06-02, kind: shrunk}]\n"
    both = case_of(cases(*late) + losses)
    assert [points_off(case, events_of(case)) for case in (two_cases, three_cases, both)] == [
        24, 25, 45,
    ]  # fmt: skip


def test_an_event_has_its_day() -> None:
    text = left(ANA) + lost("lost", "2026-06-01") + cases("opened: 2026-05-01", "due: 2026-06-02")
    assert [str(event.day) for event in events_of(case_of(text))] == [
        "2026-11-10", "2026-06-01", "2026-05-15", "2026-06-02",
    ]  # fmt: skip


# Alarms


def billed(before: float, now: float) -> str:
    return entries(
        "economics.revenue", f"year: 2024, amount: {before}", f"year: 2025, amount: {now}"
    )


def used(*values: float) -> str:
    """Two months before the last 90 days, then two of them."""
    days = ("2026-07-31", "2026-08-25", "2026-08-26", "2026-10-31")
    rows = zip(days, values, strict=True)
    return entries(
        "usage", *(f"metric: orders, date: {day}, value: {units}" for day, units in rows)
    )


def fell(field: str, before: float, now: float) -> str:
    return trust(f"date: 2026-01-01, {field}: {before}", f"date: 2026-10-01, {field}: {now}")


def sank(before: float, now: float) -> str:
    return said(
        f"date: 2026-01-01, score: {before}, scale: 5", f"date: 2026-10-01, score: {now}, scale: 5"
    )


ALARMS = [
    # by half is one, by 49 % none
    (billed(100, 50), ["revenue_fell"]),
    (billed(100, 51), []),
    (billed(50, 100), []),
    (used(50, 50, 25, 25), ["usage_fell"]),
    (used(50, 50, 25, 26), []),
    (used(25, 25, 50, 50), []),
    # by 2 of 5 or 4 of 10, 0.4; by 1.9 or 3.9 not
    (fell("trust", 5, 3), ["trust_fell"]),
    (fell("trust", 5, 3.1), []),
    (fell("buy_again", 10, 6), ["trust_fell"]),
    (fell("buy_again", 10, 6.1), []),
    # by 1.6 of the 4 from 1 to 5
    (sank(5, 3.4), ["satisfaction_fell"]),
    (sank(5, 3.5), []),
    (cases("due: 2026-11-22, severity: 1"), ["severe_case_late"]),
    (cases("due: 2026-11-23, severity: 1"), []),
    (cases("due: 2026-11-22, severity: 2", "due: 2026-11-22"), []),
    (left(ANA), ["key_person_left"]),
    (left(ANA, "id: ben, roles: [decider]"), []),
    (lost("lost", "2026-11-01"), []),
]


@pytest.mark.parametrize(("sections", "expected"), ALARMS)
def test_what_alone_is_an_alarm(sections: str, expected: list[str]) -> None:
    assert [*alarms_of(case_of(sections))] == expected


@pytest.mark.parametrize(
    ("decision", "decided"),
    [
        *((f"date: 2026-06-01, kind: {kind}", True) for kind in ("keep", "restructure", "drop")),
        *((f"date: 2026-06-01, kind: {kind}", False) for kind in ("pursue", "other")),
        # within 365 days before the notice day, and until today
        ("date: 2025-11-22, kind: keep", True),
        ("date: 2025-11-21, kind: keep", False),
        ("date: 2026-11-23, kind: keep", True),
        ("date: 2026-11-24, kind: keep", False),
    ],
)
def test_a_notice_day_that_passed_is_an_alarm_unless_decided(decision: str, decided: bool) -> None:
    case = case_of(
        f"decisions: [{{{decision}}}]\n", ", contract: {end: 2027-12-31, notice_by: 2026-11-22}"
    )
    assert [*alarms_of(case)] == ([] if decided else ["notice_passed"])


# Health


def test_who_is_ruined_in_everything_has_no_points_and_not_less() -> None:
    harbor = ruined(*RUINS)
    assert value(harbor, "health") == 0
    assert value(harbor, "health.word") == "critical"


@pytest.mark.parametrize(
    ("health", "kept"),
    [
        # the middles of the words, 0 to 25, to 50, to 75, to 100
        (12.5, 0.30), (37.5, 0.60), (62.5, 0.85), (87.5, 0.95),
        # half way between them
        (25, 0.45), (50, 0.725), (75, 0.90),
        # a fifth of the way
        (17.5, 0.36), (67.5, 0.87),
        (0, 0.30), (100, 0.95),
    ],
)  # fmt: skip
def test_the_chance_to_keep_them(health: float, kept: float) -> None:
    assert retention_at(case_of(""), health) == pytest.approx(kept)


KNOWN = (
    "relationship: {trust: [{date: 2026-10-01, trust: 3}], promises: [{what: p, due: 2026-06-01,"
    " kept_on: 2026-06-01}]}\n"
    "service: {satisfaction: [{date: 2026-10-01, score: 3, scale: 5}], cases: [{id: a, opened:"
    " 2026-11-01, due: 2026-11-22}, {id: b, opened: 2026-11-01, due: 2026-11-22, severity: 3}]}\n"
    "risk: {credit: {days_late: 1}}\n"
    "outcomes: [{date: 2026-06-01, kind: lost}, {date: 2026-06-02, kind: shrunk}]\n"
)


def test_what_health_is_lost_to_by_hand() -> None:
    """R 0.6; S 0, 0.5 and 1: (0.5 + 0)/2 = 0.25; K 59/60; of weights 0.30, 0.25 and 0.20 of 0.75.

    Trust were it 1: 0.4·0.30/0.75. Cases were they in time: (2.5/3 + 0.5)/2 - 0.25 = 5/12 of
    0.25/0.75. Satisfaction were it 1: (2/3 + 0)/2 - 0.25 = 1/12 of it. Days late 1/60 of 0.20/0.75.
    What is full costs nothing. Events: 10 + 10, 6 + 3.
    """
    drivers = value(enriched(plan(KNOWN)), "health.drivers")
    assert drivers == {
        "outcome": 20,
        "trust": pytest.approx(16),
        "cases": pytest.approx(100 * 5 / 12 / 3),
        "case_late": 9,
        "satisfaction": pytest.approx(100 / 12 / 3),
        "days_late": pytest.approx(100 / 60 * 0.2 / 0.75),
    }
    assert list(drivers) == ["outcome", "trust", "cases", "case_late", "satisfaction", "days_late"]


def test_what_weighs_nothing_costs_nothing() -> None:
    """Relationship weighs 0 and satisfaction is 0: no trust would lift health from 0."""
    weightless = SCORING.replace("{relationship: 0.30,", "{relationship: 0,")
    assert weightless != SCORING
    text = trust("date: 2026-10-01, trust: 3") + said("date: 2026-10-01, score: 1, scale: 5")
    case = case_of(text, with_=settings(scoring=weightless))
    assert health_of(case).points() == 0
    assert case.figures["health.drivers"].value == {"satisfaction": pytest.approx(100)}


@pytest.mark.parametrize(
    ("day", "change"), [("2026-08-25", 20), ("2026-08-26", None), ("2026-05-01", 20)]
)
def test_the_change_by_hand(day: str, change: float | None) -> None:
    """Trust was 3 of 5 on 25 August, 90 days ago, and is 4: 80 less 60 by it alone.

    What they said of satisfaction was not known then and counts on neither day.
    """
    text = trust(f"date: {day}, trust: 3", "date: 2026-11-01, trust: 4")
    made = case_of(text + said("date: 2026-11-01, score: 1, scale: 5")).figures["health.change"]
    assert made.value == (None if change is None else pytest.approx(change))
    about = {reason.name: reason.value for reason in made.reasons if "health." in reason.name}
    assert about == {"health.change_days": 90} | ({} if change is None else {"health.trust": 0.8})


def test_what_happened_since_is_in_the_change() -> None:
    """10 for a loss of 26 August; one of the 25th was known, and is in both."""
    text = trust("date: 2026-08-01, trust: 4")
    changes = [
        case_of(text + lost("lost", day)).figures["health.change"].value
        for day in ("2026-08-25", "2026-08-26")
    ]
    assert changes == pytest.approx([0, -10])
