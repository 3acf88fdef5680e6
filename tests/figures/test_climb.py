"""Rungs gained within a year, one lost by a lapse; what introductions are worth."""

from __future__ import annotations

from typing import Any

import pytest

from tests.figures.moving import doubted, moved
from tests.figures.small import figure

VELOCITY, VALUE = "relationship.velocity", "relationship.influence_value"
NEW, EDGE, BEFORE = "2026-06-01", "2025-11-23", "2025-11-22"
GATES = """\
relationship:
  gates:
    aware:
      date: 2025-11-22
    familiar:
      date: 2026-02-01
    customer:
      date: 2026-05-01
    promoter:
      date: 2026-09-01
"""


def velocity(gates: str, status: str = "prospect") -> Any:
    return figure(VELOCITY, f"relationship: {{gates: {{{gates}}}}}\n", status=status)


def test_velocity_by_hand() -> None:
    # familiar, customer, promoter within a year; aware a day before it
    climbed = figure(VELOCITY, GATES, status="prospect")
    assert (climbed.value, climbed.unit, climbed.note) == (3, "rungs a year", None)
    assert [(reason.name, reason.line, reason.note) for reason in climbed.reasons] == [
        ("relationship.rung", None, None),
        ("relationship.gates.aware.date", 7, "not within a year"),
        ("relationship.gates.familiar.date", 9, None),
        ("relationship.gates.customer.date", 11, None),
        ("relationship.gates.promoter.date", 13, None),
    ]
    assert climbed.confidence == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("gates", "status", "value"),
    [
        ("", "prospect", 0),
        (f"aware: {{date: {NEW}}}", "prospect", 1),
        (f"aware: {{date: {EDGE}}}", "prospect", 1),
        (f"aware: {{date: {BEFORE}, confirmed: {NEW}}}", "prospect", 0),
        ("aware: {date: 2026-11-23}", "prospect", 1),
        # not reached: to come, or a rung below lacks
        ("aware: {date: 2026-11-24}", "prospect", 0),
        (f"aware: {{date: 2026-11-24, confirmed: {NEW}}}", "prospect", 0),
        (f"familiar: {{date: {NEW}}}", "prospect", 0),
        (f"aware: {{date: {NEW}}}, customer: {{date: {NEW}}}", "prospect", 1),
        # the status stands for two rungs, nobody knows since when
        ("", "customer", 0),
        (f"customer: {{date: {NEW}}}", "customer", 1),
        (f"aware: {{date: {NEW}}}, customer: {{date: {NEW}}}", "customer", 2),
        (f"customer: {{date: {NEW}}}", "former", 1),
        # all seven
        (
            ", ".join(
                f"{name}: {{date: {NEW}}}"
                for name in ("aware", "familiar", "customer", "promoter", "recommender", "partner")
            ),
            "prospect",
            6,
        ),
    ],
)
def test_rungs_gained(gates: str, status: str, value: int) -> None:
    climbed = velocity(gates, status)
    assert (climbed.value, climbed.note, climbed.missing) == (value, None, ())


@pytest.mark.parametrize(
    ("gates", "status", "value"),
    [
        (f"aware: {{date: {BEFORE}}}", "prospect", -1),
        # the newer one below was gained all the same
        (f"aware: {{date: {NEW}}}, familiar: {{date: {BEFORE}}}", "prospect", 0),
        (f"customer: {{confirmed: {BEFORE}}}", "customer", -1),
        (f"customer: {{date: {NEW}, confirmed: {BEFORE}}}", "customer", 0),
    ],
)
def test_a_lapse_costs_a_rung(gates: str, status: str, value: int) -> None:
    climbed = velocity(gates, status)
    assert climbed.value == value
    assert climbed.note.startswith("1 less: ")
    assert climbed.note.endswith("was last confirmed on 2025-11-22, more than 12 months ago")


@pytest.mark.parametrize(
    ("sections", "status", "missing"),
    [
        ("", "prospect", ("relationship.gates",)),
        (
            f"relationship: {{gates: {{aware: {{confirmed: {NEW}}}}}}}\n",
            "prospect",
            ("relationship.gates.aware.date",),
        ),
        (
            f"relationship: {{gates: {{customer: {{confirmed: {EDGE}}}}}}}\n",
            "customer",
            ("relationship.gates.customer.date",),
        ),
    ],
)
def test_velocity_missing(sections: str, status: str, missing: tuple[str, ...]) -> None:
    climbed = figure(VELOCITY, sections, status=status)
    assert (climbed.value, climbed.missing, climbed.unit) == (None, missing, "rungs a year")


def test_a_day_moves_the_velocity() -> None:
    text = GATES.replace("aware:\n      date: 2025-11-22", "aware:\n      date: 2025-11-23")
    assert figure(VELOCITY, text, status="prospect").value == 4
    assert moved(VELOCITY, GATES, "relationship.gates.familiar.date", "2025-01-01").value == 2
    # the rung with its four gates, one of them doubted: 0.6 - 0.3/4, and its date: four and one
    before, after = doubted(VELOCITY, GATES, "relationship.gates.customer.date")
    assert before == pytest.approx(0.6)
    assert after == pytest.approx((0.525 + 0.6 * 3 + 0.3) / 5)


REFERRALS = """\
economics: {currency: EUR}
relationship:
  referrals:
    - to: Harbor
      date: 2026-11-23
      probability: 0.5
      margin: 40000
    - to: Port
      probability: 0.2
      margin: 100000
      thanked_on: 2026-10-01
    - to: Later
      date: 2026-11-24
      probability: 1
      margin: 900000
"""


def test_influence_value_by_hand() -> None:
    # 0.5 · 40,000 + 0.2 · 100,000; the third is still to come
    worth = figure(VALUE, REFERRALS)
    assert (worth.value, worth.unit, worth.missing) == (40000, "EUR a year", ())
    assert [(reason.value, reason.line) for reason in worth.reasons] == [
        (0.5, 9),
        (40000, 10),
        (0.2, 12),
        (100000, 13),
    ]
    assert worth.confidence == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("dotted", "new", "value"),
    [
        ("0.probability", "0.75", 50000),
        ("0.margin", "10000", 25000),
        ("1.probability", "0", 20000),
        ("1.margin", "0", 20000),
    ],
)
def test_an_input_moves_the_influence_value(dotted: str, new: str, value: float) -> None:
    path = f"relationship.referrals.{dotted}"
    assert moved(VALUE, REFERRALS, path, new).value == pytest.approx(value)


def test_doubt_weighs_by_amount() -> None:
    # 20,000 of 40,000 are an opinion
    before, after = doubted(VALUE, REFERRALS, "relationship.referrals.1.margin")
    assert (before, after) == pytest.approx((0.6, 0.45))


def test_no_introductions_are_worth_nothing() -> None:
    for referrals in ("[]", "[{to: Later, date: 2026-11-24}]"):
        worth = figure(VALUE, f"relationship: {{referrals: {referrals}}}\n")
        assert (worth.value, worth.unit, worth.missing) == (0, "money a year", ())
        assert worth.confidence == pytest.approx(0.6)
        assert [(reason.value, reason.note) for reason in worth.reasons] == [(0, "none counts")]


@pytest.mark.parametrize(
    ("sections", "missing"),
    [
        ("", ("relationship.referrals",)),
        ("relationship: {links: []}\n", ("relationship.referrals",)),
        (
            "relationship: {referrals: [{to: a, margin: 1}, {to: b, probability: 1}]}\n",
            (
                "relationship.referrals.a.probability",
                "relationship.referrals.b.margin",
            ),
        ),
    ],
)
def test_influence_value_missing(sections: str, missing: tuple[str, ...]) -> None:
    worth = figure(VALUE, sections)
    assert (worth.value, worth.missing) == (None, missing)
