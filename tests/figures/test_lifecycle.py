"""The stage of the market at each limit of its table; the shake-out."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from tests.figures.moving import doubted, moved, scoring
from tests.figures.small import figure

LIFE = """\
environment:
  lifecycle:
    growth: 0.05
    supply_demand: 1.2
    rivals: 9
    rivals_a_year_ago: 10
"""


def life(key: str, sections: str = LIFE) -> Figure:
    return figure(f"lifecycle.{key}", sections)


def test_reasons_are_three_facts_and_five_limits() -> None:
    stage = life("stage")
    assert [(reason.value, reason.line) for reason in stage.reasons[:3]] == [
        (0.05, 6),
        (1.2, 7),
        (9, 8),
    ]
    assert [reason.value for reason in stage.reasons[3:]] == [3, 0.1, 0.15, 0.03, 1]
    assert all(reason.setting and "scoring.yaml" in reason.setting for reason in stage.reasons[3:])


@pytest.mark.parametrize(
    ("key", "field", "new", "value"),
    [
        ("stage", "growth", "0.02", "saturation"),
        ("stage", "supply_demand", "0.9", "between"),
        ("stage", "rivals", "2", "introduction"),
        ("shake_out", "rivals", "9.5", False),
        ("shake_out", "rivals_a_year_ago", "9.5", False),
    ],
)
def test_an_input_moves_it(key: str, field: str, new: str, value: object) -> None:
    assert life("stage").value == "maturity"
    assert life("shake_out").value is True
    made = moved(f"lifecycle.{key}", LIFE, f"environment.lifecycle.{field}", new)
    assert made.value == value


@pytest.mark.parametrize("key", ["stage", "shake_out"])
def test_an_opinion_makes_it_less_sure(key: str) -> None:
    before, after = doubted(f"lifecycle.{key}", LIFE, "environment.lifecycle.growth")
    assert (before, after) == pytest.approx((0.6, 0.3))


def test_the_shake_out_says_its_limit() -> None:
    assert {reason.threshold for reason in life("shake_out").reasons} == {0.1}
    shake_out = figure("lifecycle.shake_out", LIFE, with_=scoring(shake_out="0.2"))
    assert shake_out.reasons[0].threshold == 0.2
