"""The stage of the market at each limit of its table; the shake-out."""

from __future__ import annotations

import pytest

from generator.enrich import Figure
from generator.enrich.figure import NOTHING_TO_DIVIDE
from tests.enrich.edits import without
from tests.enrich.moving import doubted, moved, scoring
from tests.enrich.small import account, figure, plan

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


def stage(growth: str, supply: str, rivals: str) -> Figure:
    text = f"{{growth: {growth}, supply_demand: {supply}, rivals: {rivals}}}"
    return life("stage", f"environment: {{lifecycle: {text}}}\n")


@pytest.mark.parametrize(
    ("growth", "supply", "rivals", "word"),
    [
        # fewer than 3 rivals and growth below 10 %
        ("0.0999", "0.5", "2", "introduction"),
        ("-0.2", "2", "0", "introduction"),
        ("0.02", "1.5", "2.9", "introduction"),
        ("0.10", "0.5", "2", "between"),
        ("0.0999", "0.5", "3", "between"),
        # growth from 15 % on, supply below demand
        ("0.15", "0.999", "9", "growth"),
        ("0.15", "0.999", "2", "growth"),
        ("0.9", "0", "9", "growth"),
        ("0.1499", "0.999", "9", "between"),
        ("0.1501", "1", "9", "between"),
        # from 3 to 15 %, supply at demand or above
        ("0.15", "1", "9", "maturity"),
        ("0.03", "1", "9", "maturity"),
        ("0.05", "1.2", "3", "maturity"),
        ("0.1", "1.2", "2", "maturity"),
        ("0.05", "0.999", "9", "between"),
        ("0.03", "0.999", "9", "between"),
        # below 3 %
        ("0.0299", "0.5", "9", "saturation"),
        ("0.0299", "1.5", "9", "saturation"),
        ("-0.1", "1", "3", "saturation"),
    ],
)
def test_the_first_stage_that_fits(growth: str, supply: str, rivals: str, word: str) -> None:
    found = stage(growth, supply, rivals)
    assert (found.value, found.missing) == (word, ())


def test_reasons_are_three_facts_and_five_limits() -> None:
    found = life("stage")
    assert [(one.value, one.line) for one in found.reasons[:3]] == [(0.05, 6), (1.2, 7), (9, 8)]
    assert [one.value for one in found.reasons[3:]] == [3, 0.1, 0.15, 0.03, 1]
    assert all(one.setting and "scoring.yaml" in one.setting for one in found.reasons[3:])


@pytest.mark.parametrize(
    ("setting", "new", "word"),
    [
        ("few_rivals", "10", "introduction"),
        ("mature_growth", "0.06", "saturation"),
        ("level_supply", "1.3", "between"),
        ("fast_growth", "0.04", "between"),
    ],
)
def test_limits_are_settings(setting: str, new: str, word: str) -> None:
    assert life("stage").value == "maturity"
    other = figure("lifecycle.stage", LIFE, with_=scoring(**{setting: new}))
    assert other.value == word
    few = scoring(few_rivals="10", slow_growth="0.05")
    assert figure("lifecycle.stage", LIFE, with_=few).value == "maturity"
    shaken = figure("lifecycle.shake_out", LIFE, with_=scoring(shake_out="0.2"))
    assert (shaken.value, shaken.reasons[0].threshold) == (False, 0.2)


@pytest.mark.parametrize(
    ("before", "now", "value"),
    [
        ("10", "9", True),
        ("10", "9.01", False),
        ("10", "8", True),
        ("10", "10", False),
        ("10", "20", False),
        ("100", "90", True),
        ("100", "91", False),
        ("2", "0", True),
    ],
)
def test_a_shake_out_at_its_limit(before: str, now: str, value: bool) -> None:
    text = f"environment: {{lifecycle: {{rivals: {now}, rivals_a_year_ago: {before}}}}}\n"
    found = life("shake_out", text)
    assert found.value is value
    assert {one.threshold for one in found.reasons} == {0.1}


def test_where_there_was_no_rival_nobody_is_shaken_out() -> None:
    text = "environment: {lifecycle: {rivals: 0, rivals_a_year_ago: 0}}\n"
    found = life("shake_out", text)
    assert (found.value, found.missing, found.note) == (None, (), NOTHING_TO_DIVIDE)


@pytest.mark.parametrize(
    ("lacks", "of_stage", "of_shake_out"),
    [
        ("growth", True, False),
        ("supply_demand", True, False),
        ("rivals", True, True),
        ("rivals_a_year_ago", False, True),
    ],
)
def test_what_is_missing_is_named(lacks: str, of_stage: bool, of_shake_out: bool) -> None:
    name = f"environment.lifecycle.{lacks}"
    found = account(without(plan(LIFE), name)).figures
    assert found["lifecycle.stage"].missing == ((name,) if of_stage else ())
    assert (found["lifecycle.stage"].value is None) == of_stage
    assert found["lifecycle.shake_out"].missing == ((name,) if of_shake_out else ())
    assert (found["lifecycle.shake_out"].value is None) == of_shake_out


@pytest.mark.parametrize("sections", ["", "environment: {macro: []}\n"])
def test_nothing_of_their_market(sections: str) -> None:
    for key in ("stage", "shake_out"):
        assert life(key, sections).missing == ("environment.lifecycle",)


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
    found = moved(f"lifecycle.{key}", LIFE, f"environment.lifecycle.{field}", new)
    assert found.value == value


@pytest.mark.parametrize("key", ["stage", "shake_out"])
def test_an_opinion_makes_it_less_sure(key: str) -> None:
    before, after = doubted(f"lifecycle.{key}", LIFE, "environment.lifecycle.growth")
    assert (before, after) == pytest.approx((0.6, 0.3))
