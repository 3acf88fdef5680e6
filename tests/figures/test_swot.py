"""Four fields by factor and sign, the weightiest first, and the posture by their sums."""

from __future__ import annotations

from typing import Any

import pytest

from generator.figures import Figure
from generator.figures.surroundings import NOTHING_SAID
from tests.figures.edits import without
from tests.figures.moving import doubted, moved
from tests.figures.small import enriched, figure, plan

AROUND = """\
environment:
  macro:
    - factor: legal
      statement: Audits from 2027
      impact: 4
      probability: 0.75
    - factor: economic
      statement: Dear loans
      impact: -5
      probability: 0.2
    - factor: social
      statement: Nothing much
      impact: 0
      probability: 1
  market:
    - factor: company
      statement: Meters on site
      impact: 2
      weight: 2
    - factor: commodity
      statement: Dearer than others
      impact: -3
    - factor: customer
      statement: They buy centrally
      impact: 1
      weight: 4
    - factor: competition
      statement: A cheap rival
      impact: -2
    - factor: change
      statement: Hybrid gears
      impact: -1
      weight: 3
    - factor: condition
      statement: New rules of the port
      impact: 5
      weight: 0
  front_line:
    - statement: They call first
      impact: 5
    - statement: Procurement writes only
      impact: -4
    - statement: The canteen is closed
      impact: 0
"""
FIELDS = ("strengths", "weaknesses", "opportunities", "threats")


def swot(key: str, sections: str = AROUND) -> Figure:
    return figure(f"swot.{key}", sections)


def less(dotted: str) -> str:
    return without(plan(AROUND), dotted).split("summary: A sample.\n")[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        # 5 before 2·2
        ("strengths", ("They call first", "Meters on site")),
        # 4 before 3
        ("weaknesses", ("Procurement writes only", "Dearer than others")),
        # 1·4, then 0.75·4 = 3, then what weighs nothing
        ("opportunities", ("They buy centrally", "Audits from 2027", "New rules of the port")),
        # 3·1, then 2, then 0.2·5 = 1
        ("threats", ("Hybrid gears", "A cheap rival", "Dear loans")),
    ],
)
def test_the_fields_by_hand(field: str, value: tuple[str, ...]) -> None:
    listed = swot(field)
    assert (listed.value, listed.missing, listed.note) == (value, (), None)
    assert listed.confidence == pytest.approx(0.6)
    assert all(
        reason.path and reason.line and reason.value is not None for reason in listed.reasons
    )


def test_what_is_level_stays_in_the_order_of_the_file() -> None:
    text = AROUND.replace("impact: 5\n    - statement: Proc", "impact: 4\n    - statement: Proc")
    assert swot("strengths", text).value == ("Meters on site", "They call first")


def test_reasons_are_all_of_one_side() -> None:
    names = {reason.name.rpartition(".")[0] for reason in swot("strengths").reasons}
    assert names == {
        "environment.market.0", "environment.market.1", "environment.front_line.0",
        "environment.front_line.1", "environment.front_line.2",
    }  # fmt: skip
    assert swot("weaknesses").reasons == swot("strengths").reasons
    names = {reason.name.rpartition(".")[0] for reason in swot("threats").reasons}
    assert names == {
        *(f"environment.macro.{index}" for index in range(3)),
        *(f"environment.market.{index}" for index in range(2, 6)),
    }


def test_posture_by_hand() -> None:
    # within us 5 + 4 - 4 - 3 = 2; around us 4 + 3 + 0 - 3 - 2 - 1 = 1
    posture = swot("posture")
    assert (posture.value, posture.note) == ("SO", "within us +2, around us +1")
    inside = {reason.name for reason in swot("strengths").reasons}
    outside = {reason.name for reason in swot("threats").reasons}
    assert {reason.name for reason in posture.reasons} == inside | outside
    assert len(posture.reasons) == len(inside) + len(outside)


@pytest.mark.parametrize(
    ("front", "macro", "word"),
    [
        ("0.1", "0.1", "SO"),
        ("0", "0.1", "WO"),
        ("-1", "0.1", "WO"),
        ("0.1", "0", "ST"),
        ("0.1", "-1", "ST"),
        ("0", "0", "WT"),
        ("-1", "-1", "WT"),
        (None, "1", "WO"),
        ("1", None, "ST"),
        (None, "-1", "WT"),
    ],
)
def test_the_posture_at_its_limits(front: str | None, macro: str | None, word: str) -> None:
    ours = f"{{statement: A, impact: {front}}}" if front else ""
    around = f"{{statement: B, impact: {macro}, probability: 1}}" if macro else ""
    text = f"environment: {{macro: [{around}], market: [], front_line: [{ours}]}}\n"
    assert swot("posture", text).value == word


def test_nothing_said_is_no_posture() -> None:
    text = "environment: {macro: [], market: [], front_line: []}\n"
    posture = swot("posture", text)
    assert (posture.value, posture.missing, posture.note) == (None, (), NOTHING_SAID)
    for field in FIELDS:
        listed = swot(field, text)
        assert (listed.value, listed.missing) == ((), ())
        assert {reason.note for reason in listed.reasons} == {"looked, none"}
        assert len(listed.reasons) == 2


@pytest.mark.parametrize(
    ("lacks", "within", "around"),
    [
        ("environment.macro", (), ("environment.macro",)),
        ("environment.market", ("environment.market",), ("environment.market",)),
        ("environment.front_line", ("environment.front_line",), ()),
        ("environment.front_line.1.impact", ("environment.front_line.1.impact",), ()),
        ("environment.market.0.impact", ("environment.market.0.impact",), ()),
        ("environment.market.3.impact", (), ("environment.market.3.impact",)),
        ("environment.macro.1.probability", (), ("environment.macro.1.probability",)),
        (
            "environment.market.1.factor",
            ("environment.market.1.factor",),
            ("environment.market.1.factor",),
        ),
    ],
)
def test_what_is_missing_is_named(
    lacks: str, within: tuple[str, ...], around: tuple[str, ...]
) -> None:
    if lacks.endswith("market.1.factor"):  # the entry's first key; the next one takes its place
        text = AROUND.replace("- factor: commodity\n      statement", "- statement")
    else:
        text = less(lacks)
    for field in FIELDS:
        listed = swot(field, text)
        expected = within if field in FIELDS[:2] else around
        assert listed.missing == expected, field
        assert (listed.value is None) == bool(expected)
    listed = swot("posture", text)
    assert (listed.value, listed.missing) == (None, tuple(dict.fromkeys((*within, *around))))


def test_the_factor_of_the_country_is_not_needed() -> None:
    text = AROUND.replace("- factor: legal\n      statement", "- statement")
    opportunities = swot("opportunities", text)
    assert opportunities.value == (
        "They buy centrally",
        "Audits from 2027",
        "New rules of the port",
    )
    assert all(reason.value is not None for reason in opportunities.reasons)


@pytest.mark.parametrize(
    ("factor", "field"),
    [
        ("company", "weaknesses"),
        ("commodity", "weaknesses"),
        ("condition", "threats"),
        ("customer", "threats"),
        ("competition", "threats"),
        ("change", "threats"),
    ],
)
def test_each_factor_has_its_side(factor: str, field: str) -> None:
    entry = f"{{factor: {factor}, statement: A, impact: -1}}"
    text = f"environment: {{macro: [], market: [{entry}], front_line: []}}\n"
    assert {name: swot(name, text).value for name in FIELDS} == {
        name: ("A",) if name == field else () for name in FIELDS
    }


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("strengths", "environment.market.0.weight", "3", ("Meters on site", "They call first")),
        ("strengths", "environment.market.0.impact", "-2", ("They call first",)),
        (
            "weaknesses",
            "environment.front_line.1.impact",
            "-2",
            ("Dearer than others", "Procurement writes only"),
        ),
        (
            "opportunities",
            "environment.macro.0.probability",
            "1",  # 4, level with the other, which stands further down
            ("Audits from 2027", "They buy centrally", "New rules of the port"),
        ),
        (
            "threats",
            "environment.macro.1.probability",
            "0.9",  # 4.5
            ("Dear loans", "Hybrid gears", "A cheap rival"),
        ),
        ("threats", "environment.macro.1.impact", "0", ("Hybrid gears", "A cheap rival")),
        ("posture", "environment.market.1.impact", "-5", "WO"),  # 5 + 4 - 4 - 5 = 0
        ("posture", "environment.macro.0.probability", "0.5", "ST"),  # 4 + 2 - 3 - 2 - 1 = 0
        ("posture", "environment.market.2.weight", "3", "ST"),  # 3 + 3 - 3 - 2 - 1 = 0
    ],
)
def test_an_input_moves_its_field(key: str, dotted: str, new: str, value: Any) -> None:
    assert moved(f"swot.{key}", AROUND, dotted, new).value == value


def test_a_factor_moves_an_entry_to_the_other_side() -> None:
    text = AROUND.replace("    - factor: competition\n      statement: A cheap rival", "    - statement: A cheap rival\n      factor: competition")  # fmt: skip
    weaknesses = moved("swot.weaknesses", text, "environment.market.3.factor", "company")
    assert weaknesses.value == ("Procurement writes only", "Dearer than others", "A cheap rival")
    weaknesses = enriched(plan(text)).figures["swot.threats"]
    assert "A cheap rival" in weaknesses.value


@pytest.mark.parametrize("key", [*FIELDS, "posture"])
def test_an_opinion_makes_it_less_sure(key: str) -> None:
    for dotted in ("environment.market.0.weight", "environment.market.2.weight"):
        before, after = doubted(f"swot.{key}", AROUND, dotted)
        ours = dotted.endswith("0.weight")
        if key == "posture" or ours == (key in FIELDS[:2]):
            assert after < before
        else:
            assert after == before
