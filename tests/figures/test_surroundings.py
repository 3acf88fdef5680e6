"""Three layers around the account: their means, what is watched, the cause, what was looked at."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.edits import without
from tests.figures.moving import doubted, moved, scoring
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
      probability: 0.5
    - factor: legal
      statement: Noise at night
      impact: -2
      probability: 0.25
  market:
    - factor: company
      statement: Meters on site
      impact: 4
    - factor: competition
      statement: A cheap rival
      impact: -3
      weight: 2
    - factor: company
      statement: No shop nearby
      impact: -1
      weight: 3
  front_line:
    - statement: They call first
      impact: 3
    - statement: Procurement writes only
      impact: -4
"""
LAYERS = ("macro", "market", "front_line")


def around(key: str, sections: str = AROUND, **options: Any) -> Figure:
    return figure(f"environment.{key}", sections, **options)


def less(dotted: str) -> str:
    return without(plan(AROUND), dotted).split("summary: A sample.\n")[1]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        # (0.75·4 + 0.5·-5 + 0.25·-2) / 3 = (3 - 2.5 - 0.5) / 3
        ("macro", 0),
        # (1·4 + 2·-3 + 3·-1) / (1 + 2 + 3) = -5 / 6
        ("market", -5 / 6),
        # the mean of 3 and -4
        ("front_line", -0.5),
        # law is the mean of 3 and -0.5; economy is -2.5 alone
        ("macro_factors", {"legal": 1.25, "economic": -2.5}),
        # company (4 + 3·-1) / (1 + 3), competition 2·-3 / 2
        ("market_factors", {"company": 0.25, "competition": -3}),
        # 3 and 2.5 reach 2.5, 0.5 does not
        ("watch", ("Audits from 2027", "Dear loans")),
    ],
)
def test_the_layers_by_hand(key: str, value: Any) -> None:
    made = around(key)
    assert made.value == (value if isinstance(value, tuple) else pytest.approx(value))
    assert made.missing == ()
    assert made.note is None


def test_reasons_say_what_stands_where() -> None:
    market = around("market")
    assert [
        (reason.name, reason.line, reason.value, reason.weight, reason.note)
        for reason in market.reasons
    ] == [
        ("environment.market.0.impact", 21, 4, 1, "Meters on site"),
        ("environment.market.1.impact", 24, -3, 2, "A cheap rival"),
        ("environment.market.1.weight", 25, 2, 2, None),
        ("environment.market.2.impact", 28, -1, 3, "No shop nearby"),
        ("environment.market.2.weight", 29, 3, 3, None),
    ]
    assert {reason.weight for reason in around("macro").reasons} == {1}
    assert [reason.weight for reason in around("front_line").reasons] == [1, 1]


@pytest.mark.parametrize(
    ("key", "lacks", "missing"),
    [
        ("macro", "environment.macro", ("environment.macro",)),
        ("macro", "environment.macro.1.impact", ("environment.macro.1.impact",)),
        ("macro", "environment.macro.1.probability", ("environment.macro.1.probability",)),
        ("market", "environment.market", ("environment.market",)),
        ("market", "environment.market.1.impact", ("environment.market.1.impact",)),
        ("front_line", "environment.front_line", ("environment.front_line",)),
        ("front_line", "environment.front_line.1.impact", ("environment.front_line.1.impact",)),
        ("macro_factors", "environment.macro", ("environment.macro",)),
        ("market_factors", "environment.market", ("environment.market",)),
        ("macro_factors", "environment.macro.0.factor", ("environment.macro.0.factor",)),
        ("watch", "environment.macro", ("environment.macro",)),
        ("watch", "environment.macro.1.probability", ("environment.macro.1.probability",)),
        ("diagnosis", "environment.front_line", ("environment.front_line",)),
        ("diagnosis", "environment.macro", ("environment.macro",)),
        ("diagnosis", "environment.market", ("environment.market",)),
        ("diagnosis", "environment.macro.0.impact", ("environment.macro.0.impact",)),
        ("balance", "environment", ("environment.responses",)),
        ("inspection", "environment", ("environment",)),
    ],
)
def test_what_is_missing_is_named(key: str, lacks: str, missing: tuple[str, ...]) -> None:
    made = around(key, less(lacks))
    assert (made.value, made.missing, made.note) == (None, missing, None)


def test_nothing_around_at_all() -> None:
    for layer in LAYERS:
        assert around(layer, "").missing == (f"environment.{layer}",)


def test_a_weight_that_is_not_written_is_one_and_a_factor_is_not_needed_for_a_mean() -> None:
    # (4 - 3 + 3·-1) / (1 + 1 + 3)
    assert around("market", less("environment.market.1.weight")).value == pytest.approx(-0.4)
    assert around("market", less("environment.market.1.factor")).value == pytest.approx(-5 / 6)


def test_a_factor_of_which_something_is_not_known_is_left_open() -> None:
    macro_factors = around("macro_factors", less("environment.macro.2.probability"))
    assert macro_factors.value == {"legal": None, "economic": -2.5}
    assert macro_factors.missing == ("environment.macro.2.probability",)
    assert all(reason.value is not None for reason in macro_factors.reasons)
    only = "environment: {macro: [{factor: legal, statement: A, impact: 1}]}\n"
    none = around("macro_factors", only)
    assert (none.value, none.missing) == (None, ("environment.macro.0.probability",))
    assert none.note is None


@pytest.mark.parametrize("layer", LAYERS)
def test_looked_at_and_nothing_to_say(layer: str) -> None:
    made = around(layer, f"environment: {{{layer}: []}}\n")
    assert (made.value, made.missing, made.note) == (None, (), NOTHING_TO_DIVIDE)
    (looked,) = made.reasons
    assert (looked.name, looked.value, looked.line) == (f"environment.{layer}", 0, 4)
    assert looked.note == "looked, none"


@pytest.mark.parametrize(
    ("key", "layer", "value"),
    [("watch", "macro", ()), ("macro_factors", "macro", {}), ("market_factors", "market", {})],
)
def test_looked_at_and_nothing_to_list(key: str, layer: str, value: Any) -> None:
    made = around(key, f"environment: {{{layer}: []}}\n")
    assert (made.value, made.confidence) == (value, 0.6)
    assert [reason.name for reason in made.reasons] == [f"environment.{layer}"]


def test_a_market_that_weighs_nothing() -> None:
    nothing = "environment: {market: [{factor: change, statement: A, impact: 3, weight: 0}]}\n"
    for key in ("market", "market_factors"):
        made = around(key, nothing)
        assert (made.value, made.missing, made.note) == (None, (), NOTHING_TO_DIVIDE)
        assert [reason.value for reason in made.reasons][:2] == [3, 0]


@pytest.mark.parametrize(
    ("impact", "probability", "watched"),
    [("5", "0.5", True), ("-5", "0.5", True), ("5", "0.49", False), ("-2.5", "1", True), ("-2.4", "1", False), ("2.5", "1", True)],
)  # fmt: skip
def test_what_is_watched_at_the_limit(impact: str, probability: str, watched: bool) -> None:
    entry = f"{{statement: A, impact: {impact}, probability: {probability}}}"
    watch = around("watch", f"environment: {{macro: [{entry}]}}\n")
    assert watch.value == (("A",) if watched else ())
    assert {reason.threshold for reason in watch.reasons} == {2.5}
    assert all(reason.setting and "scoring.yaml" in reason.setting for reason in watch.reasons)


@pytest.mark.parametrize(
    ("front", "macro", "market", "word", "asked"),
    [
        ("0", "-3", "-3", "none", ("front_line",)),
        ("2", "-3", "-3", "none", ("front_line",)),
        ("-0.1", "-0.1", "-3", "macro", ("front_line", "macro")),
        ("-1", "0", "-0.1", "market", ("front_line", "macro", "market")),
        ("-1", "1", "0", "front_line", ("front_line", "macro", "market")),
        ("-1", "1", "2", "front_line", ("front_line", "macro", "market")),
        (None, "-3", "-3", "none", ("front_line",)),
        ("-1", None, "-3", "market", ("front_line", "macro", "market")),
        ("-1", None, None, "front_line", ("front_line", "macro", "market")),
    ],
)
def test_where_a_bad_front_line_comes_from(
    front: str | None, macro: str | None, market: str | None, word: str, asked: tuple[str, ...]
) -> None:
    lists = {
        "front_line": f"{{statement: A, impact: {front}}}" if front else "",
        "macro": f"{{statement: B, impact: {macro}, probability: 1}}" if macro else "",
        "market": f"{{statement: C, impact: {market}}}" if market else "",
    }
    text = ", ".join(f"{layer}: [{entry}]" for layer, entry in lists.items())
    diagnosis = around("diagnosis", f"environment: {{{text}}}\n")
    assert diagnosis.value == word
    assert [reason.name for reason in diagnosis.reasons] == [
        f"environment.{layer}" for layer in asked
    ]
    assert diagnosis.confidence == pytest.approx(0.6)
    assert diagnosis.note is None


def test_what_is_below_the_cause_is_not_asked() -> None:
    text = "environment:\n  front_line: [{statement: A, impact: 1}]\n"
    assert around("diagnosis", text).value == "none"
    text = "environment:\n  front_line: [{statement: A, impact: -1}]\n"
    assert around("diagnosis", text).missing == ("environment.macro",)
    text += "  macro: [{statement: B, impact: -1, probability: 1}]\n"
    assert around("diagnosis", text).value == "macro"


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("macro", "environment.macro.0.impact", "1", -0.75),  # (0.75 - 2.5 - 0.5) / 3
        ("macro", "environment.macro.0.probability", "0.25", -2 / 3),  # (1 - 2.5 - 0.5) / 3
        ("market", "environment.market.0.impact", "5", -4 / 6),  # (5 - 6 - 3) / 6
        ("market", "environment.market.2.weight", "1", -0.75),  # (4 - 6 - 1) / 4
        ("front_line", "environment.front_line.1.impact", "-1", 1),  # (3 - 1) / 2
        ("macro_factors", "environment.macro.1.factor", "legal", {"legal": 0}),
        ("macro_factors", "environment.macro.1.impact", "2", {"legal": 1.25, "economic": 1}),
        ("market_factors", "environment.market.1.factor", "change", {"company": 0.25, "change": -3}),
    ],
)  # fmt: skip
def test_an_input_moves_its_figure(key: str, dotted: str, new: str, value: Any) -> None:
    assert moved(f"environment.{key}", AROUND, dotted, new).value == pytest.approx(value)


def test_an_input_moves_what_is_watched() -> None:
    watch = moved("environment.watch", AROUND, "environment.macro.2.probability", "1")
    assert watch.value == ("Audits from 2027", "Dear loans")
    watch = moved("environment.watch", AROUND, "environment.macro.2.impact", "-5")
    assert watch.value == ("Audits from 2027", "Dear loans")
    watch = moved("environment.watch", AROUND, "environment.macro.1.impact", "-4")
    assert watch.value == ("Audits from 2027",)


@pytest.mark.parametrize(
    ("key", "dotted"),
    [
        ("macro", "environment.macro.0.impact"),
        ("market", "environment.market.1.weight"),
        ("front_line", "environment.front_line.0.impact"),
        ("macro_factors", "environment.macro.1.factor"),
        ("market_factors", "environment.market.0.impact"),
        ("watch", "environment.macro.2.impact"),
        ("diagnosis", "environment.front_line.0.impact"),
    ],
)
def test_an_opinion_makes_it_less_sure(key: str, dotted: str) -> None:
    before, after = doubted(f"environment.{key}", AROUND, dotted)
    assert after < before


LIMIT, OVER = "2026-08-25", "2026-08-24"  # 90 and 91 days before 2026-11-23


def looked(**days: str) -> str:
    """Layers that were looked at on days; an empty day says nothing of the layer."""
    entries = {
        layer: f"[{{statement: A, impact: 1, probability: 1, as_of: {day}}}]" if day else "[]"
        for layer, day in days.items()
    }
    for layer in ("market", "front_line"):
        if layer in entries:
            entries[layer] = entries[layer].replace(" probability: 1,", "")
    lines = "".join(f"  {layer}: {entry}\n" for layer, entry in entries.items())
    return f"environment:\n  evidence: {{as_of: 2026-11-01}}\n{lines}"


@pytest.mark.parametrize(
    ("days", "share", "note", "reasons"),
    [
        ({}, 0, "macro was not looked at", 1),
        ({"macro": LIMIT}, 1 / 3, "market was not looked at", 2),
        ({"macro": LIMIT, "market": LIMIT}, 2 / 3, "front line was not looked at", 3),
        ({"macro": LIMIT, "market": LIMIT, "front_line": LIMIT}, 1, None, 3),
        ({"macro": "", "market": "", "front_line": ""}, 1, None, 3),
        ({"market": LIMIT, "front_line": LIMIT}, 0, "macro was not looked at", 1),
        ({"macro": LIMIT, "front_line": LIMIT}, 1 / 3, "market was not looked at", 2),
        (
            {"macro": OVER, "market": LIMIT, "front_line": LIMIT},
            0,
            "macro was last looked at on 2026-08-24",
            1,
        ),
        (
            {"macro": LIMIT, "market": LIMIT, "front_line": OVER},
            2 / 3,
            "front line was last looked at on 2026-08-24",
            3,
        ),
    ],
)
def test_layers_looked_at_in_order(
    days: dict[str, str], share: float, note: str | None, reasons: int
) -> None:
    inspection = around("inspection", looked(**days))
    assert (inspection.value, inspection.note, inspection.unit) == (
        pytest.approx(share),
        note,
        "share",
    )
    assert len(inspection.reasons) == reasons
    assert all(reason.path and reason.line for reason in inspection.reasons)


def test_the_newest_of_what_is_said_counts() -> None:
    text = (
        "environment:\n  macro:\n"
        f"    - {{statement: A, impact: 1, probability: 1, as_of: {OVER}}}\n"
        f"    - {{statement: B, impact: 1, probability: 1, as_of: {LIMIT}}}\n"
        "    - {statement: C, impact: 1, probability: 1, as_of: 2026-01-01}\n"
    )
    inspection = around("inspection", text)
    assert inspection.value == pytest.approx(1 / 3)
    newest = inspection.reasons[0]
    assert (newest.value, newest.line) == (datetime.date(2026, 8, 25), 7)
    assert (newest.name, newest.note) == ("environment.macro", "3 said")
    assert newest.threshold == 90
    assert newest.setting is not None
    assert "scoring.yaml" in newest.setting


def test_a_layer_of_which_nothing_is_said_is_as_old_as_its_section() -> None:
    text = looked(macro="").replace("2026-11-01", OVER)
    inspection = around("inspection", text)
    assert (inspection.value, inspection.note) == (0, "macro was last looked at on 2026-08-24")
    assert inspection.reasons[0].note == "looked, none"
    assert inspection.reasons[0].confidence == pytest.approx(0.3)


def test_a_layer_without_any_day_is_not_old() -> None:
    text = plan("environment: {macro: []}\n").replace(", reviewed: 2026-10-01", "")
    inspection = enriched(text).figures["environment.inspection"]
    assert inspection.value == pytest.approx(1 / 3)
    assert inspection.reasons[0].value == "no day"


def test_the_day_of_a_look_moves_the_inspection() -> None:
    text = AROUND
    for chance in ("0.75", "0.5", "0.25"):
        old = f"      probability: {chance}\n"
        text = text.replace(old, f"{old}      as_of: 2026-01-01\n")
    assert around("inspection", text).value == 0
    inspection = moved("environment.inspection", text, "environment.macro.1.as_of", "2026-11-20")
    assert inspection.value == 1


RESPONSES = """\
environment:
  responses:
    execution: 4
    competitiveness: 2
    adaptability: 5
"""


def test_balance_of_the_responses() -> None:
    balance = around("balance", RESPONSES)
    assert (balance.value, balance.unit) == (pytest.approx(0.4), "share")  # 2 / 5
    assert [reason.value for reason in balance.reasons] == [4, 2, 5]
    assert [reason.line for reason in balance.reasons] == [6, 7, 8]


@pytest.mark.parametrize(
    ("name", "new", "value"),
    [
        ("execution", "1", 0.2),  # 1 / 5
        ("competitiveness", "3", 0.6),  # 3 / 5
        ("adaptability", "2", 0.5),  # 2 / 4
    ],
)
def test_a_response_moves_the_balance(name: str, new: str, value: float) -> None:
    balance = moved("environment.balance", RESPONSES, f"environment.responses.{name}", new)
    assert balance.value == pytest.approx(value)


@pytest.mark.parametrize("name", ["execution", "competitiveness", "adaptability"])
def test_a_response_that_is_not_told(name: str) -> None:
    text = without(plan(RESPONSES), f"environment.responses.{name}")
    balance = enriched(text).figures["environment.balance"]
    assert (balance.value, balance.missing) == (None, (f"environment.responses.{name}",))


def test_responses_that_are_all_nought_have_no_balance() -> None:
    text = "environment: {responses: {execution: 0, competitiveness: 0, adaptability: 0}}\n"
    assert around("balance", text).note == NOTHING_TO_DIVIDE
    text = "environment: {responses: {execution: 0, competitiveness: 1, adaptability: 1}}\n"
    assert around("balance", text).value == 0


def test_a_doubted_response_makes_it_less_sure() -> None:
    before, after = doubted("environment.balance", RESPONSES, "environment.responses.execution")
    assert after < before


def test_limits_are_settings() -> None:
    watch = around("watch", with_=scoring(watch_from="0.5"))
    assert watch.value == ("Audits from 2027", "Dear loans", "Noise at night")
    assert {reason.threshold for reason in watch.reasons} == {0.5}
    short = scoring(environment="10")
    watch = around("inspection", looked(macro=LIMIT), with_=short)
    assert (watch.value, watch.reasons[0].threshold) == (0, 10)
