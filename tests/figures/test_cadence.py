"""The six cells of the rhythm, each at its limits; loops, phases, what is put off, the last look."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from generator.figures import Figure, Reason
from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.moving import doubted, moved
from tests.figures.small import TODAY, clean, enriched, figure, plan

RHYTHM = """\
relationship:
  contacts:
    - id: ann
    - id: gone
      left_on: 2026-10-30
  interactions:
    - date: 2026-10-05
      contacts: [gone]
    - date: 2026-10-20
      contacts: [ann]
    - date: 2026-07-31
      contacts: [ann]
    - date: 2026-11-01
      contacts: [ann]
economics:
  currency: EUR
  revenue:
    - year: 2025
      amount: 100
outcomes: []
actions:
  - id: early
    cadence: day
    due: 2026-11-10
    done_on: 2026-11-09
    lesson: They decide in the morning
    phase: act
    moved: 2
  - id: late
    cadence: day
    due: 2026-11-10
    done_on: 2026-11-11
    phase: do
    moved: 1
  - id: open
    cadence: day
    due: 2026-11-22
    phase: plan
    moved: 0
  - id: month
    cadence: month
    due: 2026-08-03
    done_on: 2026-08-03
    phase: check
    moved: 3
  - id: year
    cadence: year
    due: 2026-01-15
    phase: plan
    moved: 2
"""


def rhythm(sections: str, today: datetime.date = TODAY) -> Figure:
    text = plan(sections)
    clean(enriched(text, today=today))
    return enriched(text, today=today).figures["plan.cadence"]


def plans(key: str, sections: str) -> Figure:
    clean(enriched(plan(sections)))
    return figure(f"plan.{key}", sections)


def cell(cadence: Figure, name: str) -> Reason:
    return next(reason for reason in cadence.reasons if reason.name == name)


def test_the_six_cells() -> None:
    cadence = rhythm(RHYTHM)
    assert cadence.value == {
        "day_arrange": 1 / 3,  # early; not late, not open
        "month_plan": 1.0,
        "year_strategy": 0.0,
        "day_review": 0.5,  # of early and late, early taught something
        "month_record": pytest.approx(2 / 3),  # August by an action, October by a talk
        "year_history": 1.0,
    }
    assert (cadence.unit, cadence.missing, cadence.note) == ("share", (), None)
    assert [reason.note for reason in cadence.reasons] == [
        "1 of 3 done by their day",
        "1 of 1 done by their day",
        "0 of 1 done by their day",
        "1 of 2 with a lesson",
        "2 of 3 months written down; nothing in 2026-09",
        "2025 is written down",
    ]
    assert {reason.unit for reason in cadence.reasons} == {"share"}


def test_each_cell_names_its_inputs() -> None:
    cadence = rhythm(RHYTHM)
    lines = {reason.name: [inner.line for inner in reason.inputs] for reason in cadence.reasons}
    # cadence, due and the day it was done of each; of a month its newest record
    assert lines == {
        "day_arrange": [26, 27, 28, 33, 34, 35, 39, 40],
        "month_plan": [44, 45, 46],
        "year_strategy": [50, 51],
        "day_review": [28, 29, 35],
        "month_record": [12, 46],
        "year_history": [22],
    }
    assert cell(cadence, "year_history").inputs[0].unit == "EUR"
    assert cadence.confidence == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("rest", "value"),
    [
        ("due: 2026-11-22", 0.0),
        ("due: 2026-11-22, done_on: 2026-11-22", 1.0),
        ("due: 2026-11-22, done_on: 2026-11-21", 1.0),
        ("due: 2026-11-22, done_on: 2026-11-23", 0.0),
        # what is due today may still be done
        ("due: 2026-11-23", None),
        ("due: 2026-11-23, done_on: 2026-11-23", 1.0),
        ("due: 2026-11-23, done_on: 2026-11-20", 1.0),
        ("due: 2026-11-24", None),
        ("due: 2026-11-24, done_on: 2026-11-20", None),
    ],
)
@pytest.mark.parametrize(
    ("word", "name"), [("day", "day_arrange"), ("month", "month_plan"), ("year", "year_strategy")]
)
def test_done_by_their_day(word: str, name: str, rest: str, value: float | None) -> None:
    cadence = rhythm(f"actions: [{{id: a, cadence: {word}, {rest}}}]\n")
    known = cadence.value or {}
    assert known.get(name) == value
    others = {"day_arrange", "month_plan", "year_strategy"} - {name}
    assert not others & set(known)
    assert "actions" not in cadence.missing


def test_what_is_done_on_a_day_to_come_is_not_done() -> None:
    text = "actions: [{id: a, cadence: day, due: 2026-11-20, done_on: 2026-11-24, lesson: x}]\n"
    cadence = rhythm(text)
    assert cadence.value == {"day_arrange": 0.0}
    assert len(cell(cadence, "day_arrange").inputs) == 2


def test_a_rhythm_without_a_day_is_left_out_and_named() -> None:
    cadence = rhythm("actions: [{id: a, cadence: day}, {id: b, cadence: day, due: 2026-11-01}]\n")
    assert cadence.value == {"day_arrange": 0.0}
    assert cell(cadence, "day_arrange").note == "0 of 1 done by their day"
    assert cadence.missing == (
        "actions.a.due",
        "relationship.interactions",
        "outcomes",
        "economics.revenue",
    )
    alone = rhythm("actions: [{id: a, cadence: month}]\n")
    assert (alone.value, alone.missing[0]) == (None, "actions.a.due")


@pytest.mark.parametrize(
    ("rest", "value"),
    [
        ("done_on: 2026-11-23, lesson: x", 1.0),
        ("done_on: 2026-11-23", 0.0),
        ("done_on: 2026-11-24, lesson: x", None),
        ("lesson: x", None),
        ("done_on: 2026-11-23}, {id: b, cadence: day, done_on: 2026-11-20, lesson: x", 0.5),
        ("done_on: 2026-11-23, lesson: y}, {id: b, cadence: month, done_on: 2026-11-20", 1.0),
    ],
)
def test_days_reviewed(rest: str, value: float | None) -> None:
    cadence = rhythm(f"actions: [{{id: a, cadence: day, due: 2027-01-01, {rest}}}]\n")
    assert (cadence.value or {}).get("day_review") == value


def test_days_of_an_action_without_a_due_day_are_reviewed_too() -> None:
    cadence = rhythm("actions: [{id: a, cadence: day, done_on: 2026-11-02, lesson: x}]\n")
    assert cadence.value == {"day_review": 1.0}


@pytest.mark.parametrize(
    ("days", "value", "note"),
    [
        ((), 0.0, "0 of 3 months written down; nothing in 2026-10, 2026-09, 2026-08"),
        (("2026-11-01",), 0.0, None),
        (("2026-07-31",), 0.0, None),
        (("2025-10-05",), 0.0, None),
        (("2026-08-01",), 1 / 3, "1 of 3 months written down; nothing in 2026-10, 2026-09"),
        (("2026-10-31", "2026-10-01"), 1 / 3, None),
        (("2026-08-31", "2026-09-01", "2026-10-31"), 1.0, "3 of 3 months written down"),
    ],
)
@pytest.mark.parametrize("by", ["talks", "actions"])
def test_months_recorded(by: str, days: tuple[str, ...], value: float, note: str | None) -> None:
    talks = ", ".join(f"{{date: {day}}}" for day in days) if by == "talks" else ""
    done = ", ".join(f"{{id: a{day}, done_on: {day}}}" for day in days) if by == "actions" else ""
    done += ", {id: open}" if done else "{id: open}"
    cadence = rhythm(f"relationship: {{interactions: [{talks}]}}\nactions: [{done}]\n")
    month_record = cell(cadence, "month_record")
    assert month_record.value == pytest.approx(value)
    assert note is None or month_record.note == note
    assert "relationship.interactions" not in cadence.missing
    if not value:
        assert [(reason.name, reason.value) for reason in month_record.inputs] == [("actions", 0)]


def test_the_newest_record_of_a_month_speaks_for_it() -> None:
    talks = "{date: 2026-10-09}, {date: 2026-10-30}, {date: 2026-10-12}"
    sections = f"relationship: {{interactions: [{talks}]}}\nactions: []\n"
    month_record = cell(rhythm(sections), "month_record")
    assert [reason.value for reason in month_record.inputs] == [datetime.date(2026, 10, 30)]


@pytest.mark.parametrize(
    ("today", "value"),
    [
        # the last full months are December, November, October of the year before
        ("2027-01-31", 1 / 3),
        ("2027-02-01", 1 / 3),
        ("2027-03-31", 1 / 3),
        ("2027-04-01", 0.0),
        ("2026-12-31", 0.0),
    ],
)
def test_the_last_full_months_over_new_year(today: str, value: float) -> None:
    sections = "relationship: {interactions: [{date: 2026-12-15}]}\nactions: []\n"
    cadence = rhythm(sections, datetime.date.fromisoformat(today))
    assert cell(cadence, "month_record").value == pytest.approx(value)


THREE = "{date: 2026-08-31}, {date: 2026-09-01}, {date: 2026-10-31}"
DONE = "{id: a, done_on: 2026-08-31}, {id: b, done_on: 2026-09-01}, {id: c, done_on: 2026-10-31}"


@pytest.mark.parametrize(
    ("sections", "value", "missing"),
    [
        (f"relationship: {{interactions: [{THREE}]}}\n", 1.0, False),
        (f"actions: [{DONE}]\n", 1.0, False),
        (f"relationship: {{interactions: [{THREE[:40]}]}}\n", None, True),
        ("relationship: {interactions: []}\n", None, True),
        ("", None, True),
    ],
)
def test_a_list_that_lacks_matters_only_where_a_month_is_silent(
    sections: str, value: float | None, missing: bool
) -> None:
    cadence = rhythm(sections)
    assert (cadence.value or {}).get("month_record") == value
    if not sections.startswith("actions"):
        assert cadence.missing[0] == "actions"  # of the days
    else:
        assert "actions" not in cadence.missing
    absent = "relationship.interactions" in cadence.missing
    assert absent == (missing and not sections)


@pytest.mark.parametrize(
    ("sections", "value", "missing"),
    [
        ("outcomes: [{date: 2025-12-31}]\n", 1.0, ()),
        ("outcomes: [{date: 2025-01-01}]\n", 1.0, ()),
        ("economics: {currency: EUR, revenue: [{year: 2025, amount: 0}]}\n", 1.0, ()),
        (
            "economics: {currency: EUR, revenue: [{year: 2025, amount: 5, to: 2025-12-31}]}\n",
            1.0,
            (),
        ),
        ("outcomes: [{date: 2026-01-01}]\n", None, ("economics.revenue",)),
        ("outcomes: [{date: 2024-12-31}]\n", None, ("economics.revenue",)),
        (
            "economics: {currency: EUR, revenue: [{year: 2025, amount: 5, to: 2025-06-30}]}\n",
            None,
            ("outcomes",),
        ),
        ("economics: {currency: EUR, revenue: [{year: 2025}]}\n", None, ("outcomes",)),
        ("economics: {currency: EUR, revenue: [{year: 2024, amount: 5}]}\n", None, ("outcomes",)),
        ("economics: {currency: EUR}\n", None, ("outcomes", "economics.revenue")),
        ("outcomes: []\neconomics: {currency: EUR, revenue: []}\n", 0.0, ()),
        ("outcomes: [{date: 2026-01-01}]\neconomics: {currency: EUR, revenue: []}\n", 0.0, ()),
    ],
)
def test_the_year_written_down(
    sections: str, value: float | None, missing: tuple[str, ...]
) -> None:
    cadence = rhythm(f"actions: []\nrelationship: {{interactions: []}}\n{sections}")
    assert cadence.value.get("year_history") == value
    assert cadence.missing == missing
    if value == 0:
        year_history = cell(cadence, "year_history")
        assert year_history.note == "no outcome and no revenue of 2025"
        assert [(reason.name, reason.note) for reason in year_history.inputs] == [
            ("outcomes", "looked, none")
        ]


def test_nothing_is_known_of_the_rhythm() -> None:
    cadence = rhythm("")
    assert (cadence.value, cadence.unit, cadence.note) == (None, "share", None)
    assert cadence.missing == (
        "actions",
        "relationship.interactions",
        "outcomes",
        "economics.revenue",
    )


@pytest.mark.parametrize(
    ("rest", "closed"),
    [
        ("phase: check", True),
        ("phase: act", True),
        ("phase: do", False),
        ("phase: plan", False),
        ("done_on: 2026-11-23, lesson: x", True),
        ("phase: do, done_on: 2026-11-23, lesson: x", True),
        ("done_on: 2026-11-24, lesson: x", False),
        ("done_on: 2026-11-23", False),
        ("lesson: x", False),
        ("moved: 1", False),
    ],
)
def test_a_loop_is_closed(rest: str, closed: bool) -> None:
    closed_loop = plans("closed_loop", f"actions: [{{id: a, {rest}}}, {{id: b}}, {{id: c}}]\n")
    assert (closed_loop.value, closed_loop.unit) == (pytest.approx(closed / 3), "share")
    assert [(reason.name, reason.value) for reason in closed_loop.reasons] == [
        ("actions.a", "closed" if closed else "open"),
        ("actions.b", "open"),
        ("actions.c", "open"),
    ]
    fields = sum(word in rest for word in ("phase", "done_on", "lesson"))
    assert len(closed_loop.reasons[0].inputs) == fields
    assert closed_loop.confidence == pytest.approx(0.6)


def test_actions_by_phase() -> None:
    phases = plans("phases", RHYTHM)
    assert phases.value == {"plan": 2, "do": 1, "check": 1, "act": 1}
    assert (phases.unit, phases.missing) == ("actions", ())
    assert [[inner.line for inner in reason.inputs] for reason in phases.reasons] == [
        [41, 52], [36], [47], [30],
    ]  # fmt: skip
    assert {reason.unit for reason in phases.reasons} == {"actions"}
    assert phases.confidence == pytest.approx(0.6)


def test_actions_without_a_phase_are_left_out_and_named() -> None:
    phases = plans("phases", "actions: [{id: a, phase: act, grade: fact}, {id: b}, {id: c}]\n")
    assert phases.value == {"plan": 0, "do": 0, "check": 0, "act": 1}
    assert phases.missing == ("actions.b.phase", "actions.c.phase")
    assert (phases.confidence, phases.reasons[0].confidence) == (1.0, None)
    none = plans("phases", "actions: [{id: b}, {id: c}]\n")
    assert (none.value, none.missing) == (None, ("actions.phase",))


@pytest.mark.parametrize(
    ("moves", "value"),
    [
        ((2, 1, 0), 1 / 3),
        ((1.99, 1, 0), 0.0),
        ((2, 3, 2), 1.0),
        ((3, 0), 0.5),
    ],
)
def test_put_off_from_the_limit_on(moves: tuple[float, ...], value: float) -> None:
    entries = ", ".join(f"{{id: a{index}, moved: {times}}}" for index, times in enumerate(moves))
    drift = plans("drift", f"actions: [{entries}]\n")
    assert (drift.value, drift.missing, drift.unit) == (pytest.approx(value), (), "share")
    assert {(reason.threshold, reason.unit) for reason in drift.reasons} == {(2, "times")}
    assert all(reason.setting and "scoring.yaml" in reason.setting for reason in drift.reasons)


def test_who_says_nothing_was_not_put_off() -> None:
    drift = plans("drift", "actions: [{id: a, moved: 2}, {id: b}, {id: c, moved: 1}]\n")
    assert (drift.value, drift.missing, drift.unit) == (pytest.approx(1 / 3), (), "share")
    assert [(reason.value, reason.note) for reason in drift.reasons] == [
        (2, None),
        (0, "never put off"),
        (1, None),
    ]


@pytest.mark.parametrize(
    ("key", "unit"), [("closed_loop", "share"), ("phases", "actions"), ("drift", "share")]
)
def test_no_actions(key: str, unit: str) -> None:
    absent = figure(f"plan.{key}")
    assert (absent.value, absent.missing, absent.unit) == (None, ("actions",), unit)
    empty = figure(f"plan.{key}", "actions: []\n")
    assert empty.value == ({} if key == "phases" else None)
    assert empty.note == (None if key == "phases" else NOTHING_TO_DIVIDE)
    assert (empty.missing, empty.unit) == ((), unit)
    assert [(reason.name, reason.note) for reason in empty.reasons] == [("actions", "looked, none")]


@pytest.mark.parametrize(
    ("sections", "days", "newest"),
    [
        # reviewed on 2026-10-01: 30 days of October and 23 of November
        ("", 53, "account.reviewed"),
        ("rsvr: {K2: {reviewed_on: 2026-11-03}}\n", 20, "rsvr.K2.reviewed_on"),
        ("rsvr: {K2: {agreed_on: 2026-11-03}, R1: {reviewed_on: 2026-09-30}}\n", 53, None),
        ("decisions: [{date: 2026-11-22}, {date: 2026-11-02}]\n", 1, "decisions.2026-11-22.date"),
        ("decisions: [{date: 2026-11-23}]\n", 0, "decisions.2026-11-23.date"),
        ("decisions: [{date: 2026-11-24}]\n", 53, "account.reviewed"),
        ("rsvr: {V1: {reviewed_on: 2026-11-24}}\n", 53, "account.reviewed"),
    ],
)
def test_the_last_look(sections: str, days: int, newest: str | None) -> None:
    control_lag = plans("control_lag", sections)
    assert (control_lag.value, control_lag.unit, control_lag.missing) == (days, "days", ())
    assert newest is None or control_lag.reasons[0].name == newest


def test_earlier_looks_are_reasons_too() -> None:
    control_lag = plans("control_lag", "decisions: [{date: 2026-11-22}, {date: 2026-11-02}]\n")
    assert [reason.name for reason in control_lag.reasons] == [
        "decisions.2026-11-22.date",
        "account.reviewed",
        "decisions.2026-11-02.date",
    ]


@pytest.mark.parametrize("more", ["", "decisions: [{date: 2026-11-24}]\n"])
def test_nobody_has_looked(more: str) -> None:
    text = plan(more).replace(", reviewed: 2026-10-01", "")
    control_lag = enriched(text).figures["plan.control_lag"]
    assert (control_lag.value, control_lag.missing, control_lag.unit) == (
        None,
        ("account.reviewed",),
        "days",
    )


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("closed_loop", "actions.2.phase", "check", 0.6),
        ("phases", "actions.1.phase", "act", {"plan": 2, "do": 0, "check": 1, "act": 2}),
        ("drift", "actions.1.moved", "2", 0.8),
    ],
)
def test_an_input_moves_it(key: str, dotted: str, new: str, value: Any) -> None:
    assert moved(f"plan.{key}", RHYTHM, dotted, new).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("dotted", "new", "name", "value"),
    [
        ("actions.1.done_on", "2026-11-10", "day_arrange", 2 / 3),
        ("actions.1.due", "2026-11-11", "day_arrange", 2 / 3),
        ("actions.2.cadence", "year", "year_strategy", 0.0),
        ("relationship.interactions.1.date", "2026-09-01", "month_record", 1.0),
        ("actions.3.done_on", "2026-08-31", "month_record", 2 / 3),
    ],
)
def test_an_input_moves_a_cell(dotted: str, new: str, name: str, value: float) -> None:
    cadence = moved("plan.cadence", RHYTHM, dotted, new)
    assert cadence.value[name] == pytest.approx(value)


@pytest.mark.parametrize("key", ["cadence", "closed_loop", "phases", "drift"])
def test_an_opinion_makes_it_less_sure(key: str) -> None:
    before, after = doubted(f"plan.{key}", RHYTHM, "actions.3.id")
    assert before == pytest.approx(0.6)
    assert after < before
