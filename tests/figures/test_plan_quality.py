"""Objectives by five checks and by their way, actions by aim and readiness, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from generator.figures import Figure, Reason
from generator.figures.figure import NOTHING_TO_DIVIDE, ReasonKind
from tests.figures.edits import without
from tests.figures.moving import doubted, moved, scoring
from tests.figures.small import clean, enriched, figure, plan

PEOPLE = """\
relationship:
  contacts:
    - id: ann
    - id: bob
      left_on: 2026-11-23
    - id: eve
      left_on: 2026-11-24
"""
# from 2026-08-23 to 2027-02-23 are 184 days, of which 92 are over today, when it was measured
AIMS = f"""\
{PEOPLE}objectives:
  - id: half
    statement: Half as many stops
    metric: stops
    unit: a year
    start: 2026-08-23
    baseline: 20
    target: 10
    actual: 15
    due: 2027-02-23
    as_of: 2026-11-23
    whose: theirs
    for_whom: ann
    confirmed: true
  - id: sites
    statement: On four sites
    metric: sites
    unit: sites
    start: 2026-08-23
    baseline: 1
    target: 5
    actual: 2
    due: 2027-02-23
    as_of: 2026-11-23
    whose: ours
    parent: half
    confirmed: true
"""
ACTS = """\
objectives:
  - id: half
    statement: Half as many stops
risk:
  own:
    - id: late
actions:
  - id: call
    objective: half
    readiness:
      will: 0.9
      confidence: 0.8
      method: 0.5
      action: 0.7
  - id: visit
    risk: late
  - id: write
    due: 2026-12-01
"""


def quality(key: str, sections: str) -> Figure:
    text = plan(sections)
    clean(enriched(text))
    return enriched(text).figures[f"plan.{key}"]


def reason(made: Figure, name: str) -> Reason:
    return next(why for why in made.reasons if why.name == name)


def aim(**fields: str) -> str:
    """One objective that passes all five checks, with some fields otherwise; '' leaves one out."""
    usual = {
        "id": "one", "statement": "Stops", "metric": "stops", "unit": "a", "baseline": "0",
        "target": "10", "due": "2027-02-23", "for_whom": "ann", "confirmed": "true",
    }  # fmt: skip
    inside = ", ".join(f"{name}: {text}" for name, text in {**usual, **fields}.items() if text)
    return f"{PEOPLE}objectives: [{{{inside}}}, {{id: other}}]\n"


@pytest.mark.parametrize(
    ("fields", "passed", "note"),
    [
        ({}, 5, "passes all five"),
        ({"parent": "other"}, 5, "passes all five"),
        ({"parent": "other", "for_whom": ""}, 5, "passes all five"),
        ({"for_whom": "eve"}, 5, "passes all five"),
        ({"statement": ""}, 4, "lacks specific (statement)"),
        # the metric is asked for twice: by S and by M
        ({"metric": ""}, 3, "lacks specific (metric); measurable (metric)"),
        ({"unit": ""}, 4, "lacks measurable (unit)"),
        ({"baseline": ""}, 4, "lacks measurable (baseline)"),
        ({"baseline": "", "target": ""}, 4, "lacks measurable (baseline, target)"),
        ({"confirmed": ""}, 4, "lacks agreed (confirmed)"),
        ({"confirmed": "false"}, 4, "lacks agreed (confirmed)"),
        ({"for_whom": ""}, 4, "lacks relevant (parent or for_whom)"),
        # bob left today: he gains nothing by it any more
        ({"for_whom": "bob"}, 4, "lacks relevant (parent or for_whom)"),
        ({"for_whom": "bob", "parent": "other"}, 5, "passes all five"),
        ({"due": ""}, 4, "lacks time-bound (due)"),
    ],
)
def test_five_checks(fields: dict[str, str], passed: int, note: str) -> None:
    smart = quality("smart", aim(**fields))
    assert smart.value == {"one": passed, "other": 0}
    objective = reason(smart, "objectives.one")
    assert (objective.value, objective.note, objective.unit) == (passed, note, "of 5")
    assert (smart.unit, smart.missing) == ("of 5", ())


def test_who_left_is_among_the_reasons_with_the_day() -> None:
    objective = reason(quality("smart", aim(for_whom="bob")), "objectives.one")
    assert [(why.name, why.line) for why in objective.inputs if why.line and why.line < 10] == [
        ("relationship.contacts.bob.left_on", 8)
    ]
    assert len(objective.inputs) == 9
    assert len(reason(quality("smart", aim(for_whom="")), "objectives.one").inputs) == 7


def one(
    *,
    kind: str = "level",
    baseline: str = "0",
    actual: str,
    target: str = "100",
    start: str = "2026-08-23",
    due: str = "2027-02-23",
    as_of: str = "2026-11-23",
) -> str:
    """One objective of a kind with its numbers and days; '' leaves a line out."""
    fields = {
        "kind": kind,
        "start": start,
        "baseline": baseline,
        "actual": actual,
        "target": target,
        "due": due,
        "as_of": as_of,
    }
    lines = (f"    {name}: {text}\n" for name, text in fields.items() if text)
    return f"objectives:\n  - id: one\n{''.join(lines)}"


def way(text: str) -> Reason:
    """The progress of the one objective."""
    return reason(quality("progress", text), "objectives.one")


@pytest.mark.parametrize(
    ("actual", "done", "note", "kind"),
    [
        # (actual - 20) / (10 - 20), half of the time is over: behind is below 0.5 - 0.10
        ("15", 0.5, "on time", None),
        ("14.99", 0.501, "ahead", None),
        ("15.01", 0.499, "on time", None),
        ("16", 0.4, "on time", None),
        ("16.01", 0.399, "behind", ReasonKind.BEHIND),
        ("20", 0.0, "behind", ReasonKind.BEHIND),
        ("25", -0.5, "behind", ReasonKind.BEHIND),
        ("5", 1.5, "ahead", None),
    ],
)
def test_progress_beside_the_time(
    actual: str, done: float, note: str, kind: ReasonKind | None
) -> None:
    progress = quality("progress", AIMS.replace("actual: 15", f"actual: {actual}"))
    assert progress.value == pytest.approx({"half": done, "sites": 0.25})  # (2 - 1) / (5 - 1)
    objective = reason(progress, "objectives.half")
    assert (objective.value, objective.threshold) == (pytest.approx(done), 0.5)
    assert (objective.note, objective.kind) == (note, kind)
    assert (progress.unit, progress.missing, progress.note) == ("share", (), None)
    assert [why.name for why in objective.inputs] == [
        f"objectives.half.{field}"
        for field in ("actual", "baseline", "target", "start", "as_of", "due")
    ]
    assert {why.unit for why in objective.inputs[:3]} == {"a year"}
    assert not str(objective.value).startswith("-0.0")


@pytest.mark.parametrize(
    ("changes", "note", "kind"),
    [
        # 0 of 1 is no way of which nothing is done: it is open until its day
        ({}, "open", ReasonKind.OPEN),
        ({"due": "2026-11-23"}, "open", ReasonKind.OPEN),
        ({"due": "2026-11-22"}, "not done in time", ReasonKind.NOT_DONE),
        ({"due": "2026-11-22", "actual": "1"}, "achieved", ReasonKind.DONE),
        ({"actual": "1"}, "achieved", ReasonKind.DONE),
        ({"due": ""}, "open", ReasonKind.OPEN),
        ({"start": ""}, "open", ReasonKind.OPEN),
        # what may stand between is on its way: 0 of 1 after half of the time
        ({"kind": "level"}, "behind", ReasonKind.BEHIND),
        ({"kind": "total"}, "behind", ReasonKind.BEHIND),
        ({"actual": "0.5"}, "on time", None),
        ({"target": "2"}, "behind", ReasonKind.BEHIND),
        ({"baseline": "-1", "actual": "0"}, "on time", None),
    ],
)
def test_what_is_done_or_not_is_open_until_its_day(
    changes: dict[str, str], note: str, kind: ReasonKind | None
) -> None:
    fields = {"start": "2026-05-23", "baseline": "0", "target": "1", "actual": "0"}
    fields |= {"due": "2027-05-25", "kind": "", "as_of": "2026-11-23", **changes}
    lines = (f"    {name}: {text}\n" for name, text in fields.items() if text)
    signature = way(f"objectives:\n  - id: one\n{''.join(lines)}")
    assert (signature.note, signature.kind) == (note, kind)
    is_milestone = kind in {ReasonKind.OPEN, ReasonKind.NOT_DONE, ReasonKind.DONE}
    assert (signature.threshold is None) == is_milestone


def test_what_is_behind_and_what_is_old_are_among_the_reasons() -> None:
    rows = [
        (why.name, why.value)
        for why in quality("progress", AIMS).reasons
        if why.setting is not None
    ]
    assert [value for _, value in rows] == [0.10, 90]
    assert [name.rpartition(".")[2] for name, _ in rows] == ["behind_by", "measured_days"]


@pytest.mark.parametrize(
    ("actual", "note"),
    [
        # 0.5 - 0.2 = 0.3 is enough
        ("30", "on time"),
        ("29.9", "behind"),
    ],
)
def test_how_far_below_its_time_is_behind_is_a_setting(actual: str, note: str) -> None:
    acme = enriched(plan(one(actual=actual)), with_=scoring(behind_by="0.2"))
    assert reason(acme.figures["plan.progress"], "objectives.one").note == note


@pytest.mark.parametrize(
    ("start", "due", "measured", "elapsed"),
    [
        # 10 days, of which 9 are over
        ("2026-11-14", "2026-11-24", "2026-11-23", 0.9),
        ("2026-11-14", "2026-11-23", "2026-11-23", 1.0),
        ("2026-11-14", "2026-11-20", "2026-11-23", 1.0),
        ("2026-11-22", "2026-11-24", "2026-11-23", 0.5),
        ("2026-11-23", "2026-11-24", "2026-11-23", 0.0),
        # up to the day of the actual value, not to today
        ("2026-11-14", "2026-11-24", "2026-11-19", 0.5),
        ("2026-11-14", "2026-11-20", "2026-11-17", 0.5),
        # whoever writes east of us is a day ahead
        ("2026-11-14", "2026-12-04", "2026-11-24", 0.5),
        # measured on the day it began, and before
        ("2026-11-14", "2026-11-24", "2026-11-14", 0.0),
        ("2026-11-14", "2026-11-24", "2026-11-13", 0.0),
        # it is to begin
        ("2026-11-25", "2026-12-05", "2026-11-23", 0.0),
    ],
)
def test_the_time_that_is_over(start: str, due: str, measured: str, elapsed: float) -> None:
    text = one(actual="50", start=start, due=due, as_of=measured)
    assert way(text).threshold == pytest.approx(elapsed)


def test_without_a_day_the_time_runs_to_the_last_review() -> None:
    # reviewed on 2026-10-01: 8 + 30 + 1 = 39 of 184 days were over, and 0.5 are done
    progress = quality("progress", AIMS.replace("    as_of: 2026-11-23\n", ""))
    objective = reason(progress, "objectives.half")
    assert objective.threshold == pytest.approx(39 / 184)
    assert objective.note == "ahead"
    assert [(why.name, why.line) for why in objective.inputs if why.line == 2] == [
        ("account.reviewed", 2)
    ]


def test_without_a_day_or_a_review_it_runs_to_today() -> None:
    text = plan(one(actual="50", as_of="")).replace(", reviewed: 2026-10-01", "")
    objective = reason(enriched(text).figures["plan.progress"], "objectives.one")
    assert (objective.value, objective.threshold, objective.note) == (0.5, 0.5, "on time")
    assert [why.name.rpartition(".")[2] for why in objective.inputs] == [
        "actual",
        "baseline",
        "target",
        "start",
        "due",
    ]


@pytest.mark.parametrize("kind", ["", "level", "total", "limit"])
def test_without_its_due_day_a_progress_has_no_word(kind: str) -> None:
    objective = way(one(kind=kind, actual="50", due=""))
    note = "no telling whether in time without objectives.one.due"
    assert (objective.value, objective.threshold, objective.note) == (0.5, None, note)
    assert objective.kind is None


@pytest.mark.parametrize(
    ("actual", "as_of", "elapsed", "note", "kind"),
    [
        # From 2026-08-05, 200 days: 20 to 2026-08-25, which is 84 + 6 = 90 days ago, 110 to today.
        # 20 / 200 = 0.1, and 0.44 are done
        ("44", "2026-08-25", 0.1, "ahead", None),
        # A day older: 110 / 200 = 0.55, behind below 0.45
        ("45", "2026-08-24", 0.55, "on time; not measured since 2026-08-24", None),
        ("44", "2026-08-24", 0.55, "behind; not measured since 2026-08-24", ReasonKind.BEHIND),
        ("56", "2026-08-24", 0.55, "ahead; not measured since 2026-08-24", None),
    ],
)
def test_an_old_actual_value_is_held_against_today(
    actual: str, as_of: str, elapsed: float, note: str, kind: ReasonKind | None
) -> None:
    objective = way(one(actual=actual, start="2026-08-05", due="2027-02-21", as_of=as_of))
    assert objective.threshold == pytest.approx(elapsed)
    assert (objective.note, objective.kind) == (note, kind)


@pytest.mark.parametrize(
    ("reviewed", "note"),
    [
        ("2026-08-25", "ahead"),
        ("2026-08-24", "behind; not measured since 2026-08-24"),
    ],
)
def test_an_old_review_is_old_too(reviewed: str, note: str) -> None:
    """The same days as above, with the review in the place of the day of the actual value."""
    text = one(actual="44", start="2026-08-05", due="2027-02-21", as_of="")
    whole = plan(text).replace("reviewed: 2026-10-01", f"reviewed: {reviewed}")
    assert reason(enriched(whole).figures["plan.progress"], "objectives.one").note == note


def test_how_old_an_actual_value_may_be_is_a_setting() -> None:
    text = one(actual="44", start="2026-08-05", due="2027-02-21", as_of="2026-08-24")
    acme = enriched(plan(text), with_=scoring(measured_days="91"))
    objective = reason(acme.figures["plan.progress"], "objectives.one")
    # 19 / 200 on that day
    assert objective.threshold == pytest.approx(0.095)
    assert objective.note == "ahead"


@pytest.mark.parametrize(
    ("actual", "due", "as_of", "elapsed", "note", "kind"),
    [
        # due today, it is not missed: behind is below 1 - 0.10
        ("99", "2026-11-23", "2026-11-23", 1.0, "on time", None),
        ("90", "2026-11-23", "2026-11-23", 1.0, "on time", None),
        ("89", "2026-11-23", "2026-11-23", 1.0, "behind", ReasonKind.BEHIND),
        # due yesterday
        ("99", "2026-11-22", "2026-11-23", 1.0, "missed", ReasonKind.MISSED),
        ("100", "2026-11-22", "2026-11-23", 1.0, "on time", None),
        ("101", "2026-11-22", "2026-11-23", 1.0, "ahead", None),
        # 81 of 90 days were over when it was measured
        ("99", "2026-11-21", "2026-11-12", 0.9, "missed", ReasonKind.MISSED),
        ("100", "2026-11-21", "2026-11-12", 0.9, "ahead", None),
        # 91 days ago, so that today counts
        (
            "99",
            "2026-11-21",
            "2026-08-24",
            1.0,
            "missed; not measured since 2026-08-24",
            ReasonKind.MISSED,
        ),
    ],
)
def test_past_its_day(
    actual: str, due: str, as_of: str, elapsed: float, note: str, kind: ReasonKind | None
) -> None:
    objective = way(one(actual=actual, due=due, as_of=as_of))
    assert objective.threshold == pytest.approx(elapsed)
    assert (objective.note, objective.kind) == (note, kind)


@pytest.mark.parametrize(
    ("held", "actual", "due", "says"),
    [
        # to stay where it stood: reached at each moment at which it holds
        ("20", "20", "2027-02-23", (1.0, "ahead", None)),
        ("20", "20.01", "2027-02-23", (1.0, "ahead", None)),
        ("20", "19.99", "2027-02-23", (0.0, "behind", ReasonKind.BEHIND)),
        ("20", "20", "2026-11-23", (1.0, "on time", None)),
        ("20", "20", "2026-11-22", (1.0, "on time", None)),
        ("20", "19.99", "2026-11-22", (0.0, "missed", ReasonKind.MISSED)),
        ("0", "0", "2027-02-23", (1.0, "ahead", None)),
        ("0", "-0.01", "2027-02-23", (0.0, "behind", ReasonKind.BEHIND)),
    ],
)
@pytest.mark.parametrize("kind", ["", "level"])
def test_a_level_to_be_held(
    kind: str, held: str, actual: str, due: str, says: tuple[float, str, ReasonKind | None]
) -> None:
    objective = way(one(kind=kind, baseline=held, actual=actual, target=held, due=due))
    assert (objective.value, objective.note, objective.kind) == says


@pytest.mark.parametrize("baseline", ["", "0", "90", "1000"])
@pytest.mark.parametrize(
    ("actual", "target", "due", "done", "word"),
    [
        # actual / target, wherever it began; half of the time is over
        ("100", "200", "2027-02-23", 0.5, ("on time", None)),
        ("101", "200", "2027-02-23", 0.505, ("ahead", None)),
        ("80", "200", "2027-02-23", 0.4, ("on time", None)),
        ("79", "200", "2027-02-23", 0.395, ("behind", ReasonKind.BEHIND)),
        ("0", "200", "2027-02-23", 0.0, ("behind", ReasonKind.BEHIND)),
        ("0", "-200", "2027-02-23", 0.0, ("behind", ReasonKind.BEHIND)),
        ("300", "200", "2027-02-23", 1.5, ("ahead", None)),
        ("199", "200", "2026-11-22", 0.995, ("missed", ReasonKind.MISSED)),
        ("200", "200", "2026-11-22", 1.0, ("on time", None)),
    ],
)
def test_a_total_adds_up_from_nothing(
    actual: str,
    target: str,
    due: str,
    done: float,
    word: tuple[str, ReasonKind | None],
    baseline: str,
) -> None:
    text = one(kind="total", baseline=baseline, actual=actual, target=target, due=due)
    progress = quality("progress", text)
    assert (progress.value, progress.missing) == (pytest.approx({"one": done}), ())
    objective = reason(progress, "objectives.one")
    assert (objective.note, objective.kind) == word
    assert [why.name for why in objective.inputs] == [
        f"objectives.one.{field}" for field in ("actual", "target", "start", "as_of", "due")
    ]
    assert not str(objective.value).startswith("-")


@pytest.mark.parametrize(
    ("actual", "due", "done", "note", "kind"),
    [
        # (actual - 100) / (300 - 100), half of the time is over
        ("100", "2027-02-23", 0.0, "within its limit", None),
        ("90", "2027-02-23", -0.05, "within its limit", None),
        ("200", "2027-02-23", 0.5, "within its limit", None),
        ("201", "2027-02-23", 0.505, "behind", ReasonKind.BEHIND),
        ("300", "2027-02-23", 1.0, "behind", ReasonKind.BEHIND),
        ("301", "2027-02-23", 1.005, "missed", ReasonKind.MISSED),
        # all of the time is over, today and since yesterday
        ("300", "2026-11-23", 1.0, "within its limit", None),
        ("301", "2026-11-23", 1.005, "missed", ReasonKind.MISSED),
        ("300", "2026-11-22", 1.0, "within its limit", None),
        ("100", "2026-11-22", 0.0, "within its limit", None),
        ("301", "2026-11-22", 1.005, "missed", ReasonKind.MISSED),
    ],
)
def test_a_limit_to_stay_below(
    actual: str, due: str, done: float, note: str, kind: ReasonKind | None
) -> None:
    objective = way(one(kind="limit", baseline="100", actual=actual, target="300", due=due))
    assert objective.value == pytest.approx(done)
    assert (objective.note, objective.kind) == (note, kind)


@pytest.mark.parametrize(
    ("actual", "as_of", "note"),
    [
        # as above 20 / 200 on 2026-08-25, and 110 / 200 today where it is a day older
        ("10", "2026-08-25", "within its limit"),
        ("11", "2026-08-25", "behind"),
        ("55", "2026-08-24", "within its limit; not measured since 2026-08-24"),
        ("56", "2026-08-24", "behind; not measured since 2026-08-24"),
        ("101", "2026-08-24", "missed; not measured since 2026-08-24"),
    ],
)
def test_a_limit_that_was_measured_long_ago(actual: str, as_of: str, note: str) -> None:
    text = one(kind="limit", actual=actual, start="2026-08-05", due="2027-02-21", as_of=as_of)
    assert way(text).note == note


@pytest.mark.parametrize("field", ["actual", "baseline", "target", "start"])
@pytest.mark.parametrize("kind", ["level", "limit"])
def test_an_objective_that_lacks_something_is_left_out_and_named(field: str, kind: str) -> None:
    text = plan(AIMS.replace("  - id: half\n", f"  - id: half\n    kind: {kind}\n"))
    progress = enriched(without(text, f"objectives.0.{field}")).figures["plan.progress"]
    assert (progress.value, progress.missing) == ({"sites": 0.25}, (f"objectives.half.{field}",))
    # the three that are there
    assert sum(why.name.startswith("objectives.half.") for why in progress.reasons) == 3
    both = without(without(text, f"objectives.0.{field}"), f"objectives.1.{field}")
    none = enriched(both).figures["plan.progress"]
    assert (none.value, none.note, none.unit) == (None, None, "share")
    assert none.missing == (f"objectives.half.{field}", f"objectives.sites.{field}")
    assert len(none.reasons) == 6


@pytest.mark.parametrize("field", ["actual", "target", "start"])
def test_what_a_total_lacks(field: str) -> None:
    text = plan(one(kind="total", baseline="", actual="1"))
    progress = enriched(without(text, f"objectives.0.{field}")).figures["plan.progress"]
    assert (progress.value, progress.missing) == (None, (f"objectives.one.{field}",))
    assert len(progress.reasons) == 2


@pytest.mark.parametrize(
    ("kind", "target", "inputs"),
    [
        # the target is where it stood: no way for a limit; and none of a total of nothing
        ("limit", "20", ["actual", "baseline", "target", "start"]),
        ("total", "0", ["actual", "target", "start"]),
    ],
)
def test_no_way_to_divide(kind: str, target: str, inputs: list[str]) -> None:
    text = AIMS.replace("  - id: half\n", f"  - id: half\n    kind: {kind}\n")
    text = text.replace("target: 10", f"target: {target}")
    progress = quality("progress", text)
    assert (progress.value, progress.missing) == ({"sites": 0.25}, ())
    assert progress.note == "no way to divide: half"
    assert [why.name for why in progress.reasons if why.note == NOTHING_TO_DIVIDE] == [
        f"objectives.half.{field}" for field in inputs
    ]
    alone = quality("progress", text[: text.index("  - id: sites")])
    assert (alone.value, alone.missing, alone.note) == (None, (), NOTHING_TO_DIVIDE)


def test_what_is_left_out_makes_nothing_surer() -> None:
    text = AIMS.replace("  - id: half\n", "  - id: half\n    grade: fact\n")
    # a fact counts 1 and an estimate 0.6
    assert quality("progress", text).confidence == pytest.approx(0.8)
    limit = text.replace("    grade: fact\n", "    grade: fact\n    kind: limit\n")
    left = quality("progress", limit.replace("target: 10", "target: 20"))
    assert left.value == {"sites": 0.25}
    assert left.confidence == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("theirs", "ours", 0.5),
        ("joint", "ours", 0.5),
        ("joint", "theirs", 1.0),
        ("ours", "ours", 0.0),
    ],
)
def test_objectives_that_are_not_ours_alone(first: str, second: str, value: float) -> None:
    text = AIMS.replace("whose: theirs", f"whose: {first}").replace(
        "whose: ours", f"whose: {second}"
    )
    outside = quality("outside", text)
    assert (outside.value, outside.unit, outside.missing) == (value, "share", ())
    assert [why.line for why in outside.reasons] == [22, 35]


def test_whose_it_is_has_to_be_said() -> None:
    outside = quality("outside", AIMS.replace("    whose: ours\n", ""))
    assert (outside.value, outside.missing) == (None, ("objectives.sites.whose",))


@pytest.mark.parametrize(
    ("ties", "value", "note"),
    [
        ("{objective: half}, {risk: late}, {}", 2 / 3, "tied to nothing: a2"),
        ("{objective: half, risk: late}, {}", 1 / 2, "tied to nothing: a1"),
        ("{}, {}, {}, {risk: late}", 1 / 4, "tied to nothing: a0, a1, a2"),
        ("{objective: half}", 1.0, None),
        ("{part: R1}", 0.0, "tied to nothing: a0"),
    ],
)
def test_actions_with_an_aim(ties: str, value: float, note: str | None) -> None:
    entries = ", ".join(
        f"{{id: a{index}{', ' if tied else ''}{tied}}}"
        for index, tied in enumerate(tie.strip("{}") for tie in ties.split("}, {"))
    )
    sections = f"{ACTS.partition('actions:')[0]}actions: [{entries}]\n"
    linkage = quality("linkage", sections)
    assert (linkage.value, linkage.note) == (pytest.approx(value), note)
    assert (linkage.unit, linkage.missing) == ("share", ())


def test_the_reasons_of_the_aims() -> None:
    linkage = quality("linkage", ACTS)
    assert [(why.name, why.value, why.line, why.note) for why in linkage.reasons] == [
        ("actions.call.objective", "half", 12, None),
        ("actions.visit.risk", "late", 19, None),
        ("actions.write", "write", 20, "tied to nothing"),
    ]
    assert linkage.confidence == pytest.approx(0.6)


def test_success_is_will_confidence_method_and_action() -> None:
    """Item E2: 0.9 x 0.8 x 0.5 x 0.7 = 0.252, its fourth root 0.71, the bottleneck is method."""
    readiness = quality("readiness", ACTS)
    assert readiness.value == pytest.approx({"call": 0.252**0.25})
    assert round(readiness.value["call"], 2) == 0.71
    assert (readiness.unit, readiness.missing) == (None, ())
    assert [(why.name, why.note, why.line) for why in readiness.reasons] == [
        ("actions.call", "bottleneck: method; product 0.252", 11)
    ]
    assert [why.value for why in readiness.reasons[0].inputs] == [0.9, 0.8, 0.5, 0.7]


@pytest.mark.parametrize(
    ("four", "value", "note"),
    [
        ((0.9, 0.9, 0.9, 0.9), 0.9, "all four level; product 0.656"),  # 0.9^4 = 0.6561
        ((0.5, 0.9, 0.5, 0.9), 0.45**0.5, "will, method; product 0.203"),  # 0.2025
        ((1, 1, 1, 0), 0.0, "action; product 0.000"),
        ((1, 0.0001, 1, 1), 0.1, "confidence; product 0.000"),
    ],
)
def test_the_bottleneck(four: tuple[float, ...], value: float, note: str) -> None:
    names = ("will", "confidence", "method", "action")
    inside = ", ".join(f"{name}: {chance}" for name, chance in zip(names, four, strict=True))
    readiness = quality("readiness", f"actions: [{{id: call, readiness: {{{inside}}}}}]\n")
    assert readiness.value == pytest.approx({"call": value})
    assert readiness.reasons[0].note == f"bottleneck: {note}"


def test_an_action_judged_in_part_is_left_out_and_named() -> None:
    part = "  - id: plan\n    grade: fact\n    readiness: {will: 1, method: 1}\n"
    readiness = quality("readiness", ACTS + part)
    assert list(readiness.value) == ["call"]
    assert readiness.missing == (
        "actions.plan.readiness.confidence",
        "actions.plan.readiness.action",
    )
    assert readiness.confidence == pytest.approx(0.6)
    assert [why.name for why in readiness.reasons] == [
        "actions.call",
        "actions.plan.readiness.will",
        "actions.plan.readiness.method",
    ]
    alone = quality("readiness", f"actions:\n{part}")
    assert (alone.value, alone.missing) == (None, readiness.missing)
    assert len(alone.reasons) == 2
    nobody = quality("readiness", "actions: [{id: call}]\n")
    assert (nobody.value, nobody.missing) == (None, ("actions.readiness",))


@pytest.mark.parametrize(
    ("key", "unit", "missing"),
    [
        ("smart", "of 5", "objectives"),
        ("progress", "share", "objectives"),
        ("outside", "share", "objectives"),
        ("linkage", "share", "actions"),
        ("readiness", None, "actions"),
    ],
)
def test_no_list_is_missing_and_an_empty_one_is_not(
    key: str, unit: str | None, missing: str
) -> None:
    absent = figure(f"plan.{key}")
    assert (absent.value, absent.missing, absent.unit) == (None, (missing,), unit)
    empty = figure(f"plan.{key}", f"{missing}: []\n")
    by_entry = key in ("smart", "progress", "readiness")
    assert empty.value == ({} if by_entry else None)
    assert empty.note == (None if by_entry else NOTHING_TO_DIVIDE)
    assert (empty.missing, empty.unit) == ((), unit)
    assert [(why.name, why.value, why.note, why.line) for why in empty.reasons] == [
        (missing, 0, "looked, none", 4)
    ]
    assert empty.confidence == (pytest.approx(0.6) if by_entry else None)


@pytest.mark.parametrize(
    ("key", "sections", "dotted", "new", "value"),
    [
        ("smart", AIMS, "objectives.0.for_whom", "bob", {"half": 4, "sites": 5}),
        ("progress", AIMS, "objectives.0.actual", "12", {"half": 0.8, "sites": 0.25}),
        ("progress", AIMS, "objectives.0.baseline", "25", {"half": 2 / 3, "sites": 0.25}),
        ("progress", AIMS, "objectives.1.target", "3", {"half": 0.5, "sites": 0.5}),
        ("outside", AIMS, "objectives.1.whose", "joint", 1.0),
        ("linkage", ACTS, "actions.1.risk", "late", 2 / 3),
        ("readiness", ACTS, "actions.0.readiness.action", "0.9", {"call": 0.324**0.25}),
    ],
)
def test_an_input_moves_it(key: str, sections: str, dotted: str, new: str, value: Any) -> None:
    made = moved(f"plan.{key}", sections, dotted, new)
    assert made.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("field", "new", "elapsed"),
    [
        ("as_of", "2026-11-22", 91 / 184),
        # 23 + 31 + 30 + 6 days ago, and one more, which is too long ago: today counts
        ("as_of", "2026-08-25", 2 / 184),
        ("as_of", "2026-08-24", 92 / 184),
        # 184 days to today, 92 more to the due day
        ("start", "2026-05-23", 184 / 276),
        # 92 days to today, 37 more to the due day
        ("due", "2026-12-30", 92 / 129),
    ],
)
def test_a_day_moves_the_time(field: str, new: str, elapsed: float) -> None:
    progress = moved("plan.progress", AIMS, f"objectives.1.{field}", new)
    assert reason(progress, "objectives.sites").threshold == pytest.approx(elapsed)


@pytest.mark.parametrize(
    ("key", "sections", "dotted"),
    [
        ("smart", AIMS, "objectives.0.id"),
        ("progress", AIMS, "objectives.0.id"),
        ("outside", AIMS, "objectives.0.id"),
        ("linkage", ACTS, "actions.0.id"),
        ("readiness", ACTS, "actions.0.id"),
    ],
)
def test_an_opinion_makes_it_less_sure(key: str, sections: str, dotted: str) -> None:
    before, after = doubted(f"plan.{key}", sections, dotted)
    assert before == pytest.approx(0.6)
    assert after < before
