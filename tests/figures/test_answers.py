"""Signals and answers: in time by their kind, days by the middle."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.edits import without
from tests.figures.moving import doubted, moved, scoring
from tests.figures.small import enriched, figure, plan

SIGNALS = """\
environment:
  signals:
    - what: Prices by cell
      kind: customer
      noticed: 2026-10-13
      answered: 2026-10-14
    - what: A free pilot
      kind: competition
      noticed: 2026-10-05
      answered: 2026-10-26
    - what: Hybrid gears
      kind: change
      noticed: 2026-08-18
      answered: 2026-09-08
    - what: A new offer of theirs
      kind: competition
      noticed: 2026-11-19
"""


def answered(text: str = SIGNALS) -> Figure:
    return figure("environment.answered", text)


def days(text: str = SIGNALS) -> Figure:
    return figure("environment.answer_days", text)


def one(kind: str, noticed: str, replied: str | None = None) -> str:
    end = f", answered: {replied}" if replied else ""
    return f"environment: {{signals: [{{what: A, kind: {kind}, noticed: {noticed}{end}}}]}}\n"


def test_answered_by_hand() -> None:
    # 1 day of 2; 21 of 10, late; 21 of 30; the last is 4 days old of 10, left out: 2 of 3
    in_time = answered()
    assert (in_time.value, in_time.unit, in_time.missing) == (pytest.approx(2 / 3), "share", ())
    kinds = [(r.value, r.line, r.threshold, r.note) for r in in_time.reasons if "kind" in r.name]
    assert kinds == [
        ("customer", 7, 2, "Prices by cell: answered in 1 day"),
        ("competition", 11, 10, "A free pilot: answered in 21 days"),
        ("change", 15, 30, "Hybrid gears: answered in 21 days"),
        ("competition", 19, 10, "A new offer of theirs: still in time, left out"),
    ]
    assert all(r.setting for r in in_time.reasons if "kind" in r.name)


def test_days_by_hand() -> None:
    # 1, 21, 21: the middle is 21
    middle = days()
    assert (middle.value, middle.unit) == (21, "days")
    # with one more of 3 days: 1, 3, 21, 21: (3 + 21) / 2
    assert days(SIGNALS + "      answered: 2026-11-22\n").value == 12


@pytest.mark.parametrize(
    ("kind", "noticed", "replied", "share"),
    [
        ("customer", "2026-10-01", "2026-10-03", 1),
        ("customer", "2026-10-01", "2026-10-04", 0),
        ("competition", "2026-10-01", "2026-10-11", 1),
        ("competition", "2026-10-01", "2026-10-12", 0),
        ("change", "2026-10-01", "2026-10-31", 1),
        ("change", "2026-10-01", "2026-11-01", 0),
        # not answered: 2 days ago is in time, 3 days ago is late
        ("customer", "2026-11-21", None, None),
        ("customer", "2026-11-20", None, 0),
        # an answer that is planned is none
        ("customer", "2026-11-20", "2026-11-24", 0),
        ("customer", "2026-11-21", "2026-11-24", None),
        ("customer", "2026-11-21", "2026-11-23", 1),
        # what is noticed tomorrow has not happened
        ("customer", "2026-11-24", None, None),
        ("customer", "2026-11-24", "2026-11-24", None),
        ("customer", "2026-11-23", "2026-11-23", 1),
    ],
)
def test_in_time_at_the_limit(
    kind: str, noticed: str, replied: str | None, share: float | None
) -> None:
    in_time = answered(one(kind, noticed, replied))
    assert in_time.value == share
    assert in_time.note == (NOTHING_TO_DIVIDE if share is None else None)
    assert in_time.missing == ()


@pytest.mark.parametrize(
    ("noticed", "replied", "value"),
    [
        ("2026-11-20", "2026-11-23", 3),
        ("2026-11-20", "2026-11-24", None),
        ("2026-11-20", None, None),
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-24", "2026-11-24", None),
    ],
)
def test_only_what_is_answered_has_days(
    noticed: str, replied: str | None, value: float | None
) -> None:
    middle = days(one("customer", noticed, replied))
    assert (middle.value, middle.missing) == (value, ())
    assert middle.note == (NOTHING_TO_DIVIDE if value is None else None)


def test_late_without_an_answer_says_so() -> None:
    in_time = answered(one("customer", "2026-11-20"))
    assert in_time.reasons[0].note == "A: not answered in 3 days"
    assert len(in_time.reasons) == 2


@pytest.mark.parametrize("key", ["answered", "answer_days"])
def test_no_list_and_an_empty_list(key: str) -> None:
    absent = figure(f"environment.{key}", "environment: {macro: []}\n")
    assert (absent.value, absent.missing) == (None, ("environment.signals",))
    assert figure(f"environment.{key}", "").missing == ("environment.signals",)
    empty = figure(f"environment.{key}", "environment: {signals: []}\n")
    assert (empty.value, empty.missing, empty.note) == (None, (), NOTHING_TO_DIVIDE)
    assert (absent.unit, empty.unit) == (("share", "share") if key == "answered" else ("days", "days"))  # fmt: skip


@pytest.mark.parametrize(
    ("lacks", "of_share", "of_days"),
    [
        ("environment.signals.1.kind", ("environment.signals.1.kind",), ()),
        (
            "environment.signals.1.noticed",
            ("environment.signals.1.noticed",),
            ("environment.signals.1.noticed",),
        ),
        ("environment.signals.3.noticed", ("environment.signals.3.noticed",), ()),
        ("environment.signals.1.answered", (), ()),
    ],
)
def test_what_a_signal_lacks(
    lacks: str, of_share: tuple[str, ...], of_days: tuple[str, ...]
) -> None:
    figures = enriched(without(plan(SIGNALS), lacks)).figures
    assert figures["environment.answered"].missing == of_share
    assert (figures["environment.answered"].value is None) == bool(of_share)
    assert figures["environment.answer_days"].missing == of_days
    assert (figures["environment.answer_days"].value is None) == bool(of_days)


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("answered", "environment.signals.1.answered", "2026-10-15", 1),
        ("answered", "environment.signals.1.kind", "change", 1),
        ("answered", "environment.signals.0.noticed", "2026-10-01", 1 / 3),
        ("answered", "environment.signals.3.noticed", "2026-11-01", 0.5),
        ("answer_days", "environment.signals.1.answered", "2026-10-15", 10),  # 1, 10, 21
        ("answer_days", "environment.signals.2.noticed", "2026-09-01", 7),  # 1, 7, 21
    ],
)
def test_an_input_moves_the_answers(key: str, dotted: str, new: str, value: float) -> None:
    assert moved(f"environment.{key}", SIGNALS, dotted, new).value == pytest.approx(value)


@pytest.mark.parametrize("key", ["answered", "answer_days"])
def test_a_doubt_makes_it_less_sure(key: str) -> None:
    before, after = doubted(f"environment.{key}", SIGNALS, "environment.signals.0.noticed")
    assert after < before


def test_the_days_are_settings() -> None:
    days_of = scoring(customer="0", competition="20")
    # 1 of 0, late; 21 of 20, late; 21 of 30; the last 4 of 20, left out: 1 of 3
    environment_answered = figure("environment.answered", SIGNALS, with_=days_of)
    assert environment_answered.value == pytest.approx(1 / 3)
