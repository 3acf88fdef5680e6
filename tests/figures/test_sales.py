"""Deals by their chance, their steps in order, whence they came, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.edits import without
from tests.figures.moving import doubted, moved
from tests.figures.small import clean, enriched, figure, plan

DEALS = """\
economics:
  currency: EUR
opportunities:
  - id: big
    amount: 1000
    probability: 0.5
    origin: service
    steps:
      visit: 2026-10-01
      communicate: 2026-10-08
      explain: 2026-11-23
  - id: small
    amount: 400
    probability: 0.25
    origin: inbound
    steps:
      visit: 2026-11-01
  - id: friend
    amount: 200
    probability: 0.1
    origin: referral
    steps: {}
  - id: cold
    amount: 2400
    probability: 0
    origin: outbound
    steps:
      communicate: 2026-11-02
"""
SIGNED = "{id: won, amount: 900, probability: 1, steps: {close: 2026-11-23}}"


def sales(key: str, sections: str = DEALS) -> Figure:
    text = plan(sections)
    clean(enriched(text))
    return enriched(text).figures[f"sales.{key}"]


def deals(*entries: str) -> str:
    return f"economics: {{currency: EUR}}\nopportunities: [{', '.join(entries)}]\n"


def test_the_weighted_pipeline() -> None:
    # 1000 x 0.5 + 400 x 0.25 + 200 x 0.1 + 2400 x 0 = 500 + 100 + 20
    pipeline = sales("pipeline")
    assert (pipeline.value, pipeline.unit, pipeline.missing) == (620, "EUR", ())
    assert [(reason.line, reason.unit) for reason in pipeline.reasons] == [
        (8, "EUR"), (9, "share"), (16, "EUR"), (17, "share"),
        (22, "EUR"), (23, "share"), (27, "EUR"), (28, "share"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        (SIGNED, 50),
        (SIGNED.replace("2026-11-23", "2026-11-24"), 950),
        (SIGNED.replace("close", "negotiate"), 950),
        ("{id: won, amount: 900, probability: 1}", 950),
        # what is signed needs no amount
        ("{id: won, steps: {close: 2026-01-01}}", 50),
    ],
)
def test_a_signed_deal_is_out_of_the_pipeline(entry: str, value: float) -> None:
    pipeline = sales("pipeline", deals(entry, "{id: a, amount: 100, probability: 0.5}"))
    assert (pipeline.value, pipeline.missing) == (value, ())
    notes = [reason.note for reason in pipeline.reasons if reason.note]
    assert notes == (["signed, out of the pipeline"] if value == 50 else [])


@pytest.mark.parametrize(
    ("entries", "value", "missing"),
    [
        # whatever their chance; what is signed is no open deal any more
        (["{id: a, amount: 100, probability: 0.5}", "{id: b, amount: 40}", SIGNED], 140, ()),
        (["{id: a, amount: 100}", "{id: b}"], None, ("opportunities.b.amount",)),
        ([SIGNED], 0, ()),
    ],
)
def test_open_deals_as_they_stand(
    entries: list[str], value: float | None, missing: tuple[str, ...]
) -> None:
    made = sales("open", deals(*entries))
    assert (made.value, made.missing, made.unit) == (value, missing, "EUR")


def test_no_deal_is_nothing() -> None:
    assert sales("open", "opportunities: []\n").value == 0


def test_all_are_signed() -> None:
    pipeline = sales("pipeline", deals(SIGNED))
    assert (pipeline.value, pipeline.missing, pipeline.unit) == (0, (), "EUR")
    assert pipeline.confidence == pytest.approx(0.6)
    assert [reason.note for reason in pipeline.reasons] == ["signed, out of the pipeline"]


@pytest.mark.parametrize("field", ["amount", "probability"])
def test_a_deal_without_its_worth(field: str) -> None:
    pipeline = enriched(without(plan(DEALS), f"opportunities.1.{field}")).figures["sales.pipeline"]
    assert (pipeline.value, pipeline.unit) == (None, "EUR")
    assert pipeline.missing == (f"opportunities.small.{field}",)
    signed = sales("pipeline", deals("{id: a}", SIGNED))
    assert signed.missing == ("opportunities.a.amount", "opportunities.a.probability")
    assert [reason.name for reason in signed.reasons] == ["opportunities.won.steps.close"]


def test_steps_in_order() -> None:
    steps = sales("steps")
    assert steps.value == {"big": 2, "small": 1, "friend": 0, "cold": 0}
    assert (steps.unit, steps.missing) == ("of 6", ())
    assert [(reason.name, reason.value, reason.unit, reason.note) for reason in steps.reasons] == [
        ("opportunities.big", 2, "of 6", "demonstrate is missing before explain"),
        ("opportunities.small", 1, "of 6", "next: communicate"),
        ("opportunities.friend", 0, "of 6", "next: visit"),
        ("opportunities.cold", 0, "of 6", "visit is missing before communicate"),
    ]
    assert [[inner.line for inner in reason.inputs] for reason in steps.reasons] == [
        [12, 13, 14], [20], [], [31],
    ]  # fmt: skip
    assert steps.confidence == pytest.approx(0.6)


ORDER = ("visit", "communicate", "demonstrate", "explain", "negotiate", "close")


@pytest.mark.parametrize("count", range(7))
def test_every_step(count: int) -> None:
    taken = ", ".join(f"{step}: 2026-11-{23 - row:02}" for row, step in enumerate(ORDER[:count]))
    steps = sales("steps", deals(f"{{id: a, steps: {{{taken}}}}}"))
    assert steps.value == {"a": count}
    assert steps.reasons[0].note == (f"next: {ORDER[count]}" if count < 6 else "all taken")


@pytest.mark.parametrize(
    ("steps", "count", "note"),
    [
        ("visit: 2026-11-23, communicate: 2026-11-24", 1, "next: communicate"),
        (
            "visit: 2026-11-24, communicate: 2026-11-20, negotiate: 2026-11-21",
            0,
            "visit is missing before communicate, negotiate",
        ),
        ("visit: 2026-11-01, close: 2026-11-20", 1, "communicate is missing before close"),
    ],
)
def test_a_step_to_come_is_not_taken(steps: str, count: int, note: str) -> None:
    taken_steps = sales("steps", deals(f"{{id: a, steps: {{{steps}}}}}"))
    assert (taken_steps.value, taken_steps.reasons[0].note) == ({"a": count}, note)


def test_a_deal_that_says_no_steps_is_left_out_and_named() -> None:
    entry = "{id: b, steps: {visit: 2026-11-01}}"
    steps = sales("steps", deals("{id: a}", entry))
    assert (steps.value, steps.missing) == ({"b": 1}, ("opportunities.a.steps",))
    none = sales("steps", deals("{id: a}"))
    assert (none.value, none.missing, none.unit) == (None, ("opportunities.a.steps",), "of 6")


@pytest.mark.parametrize(
    ("origins", "value"),
    [
        (("inbound", "referral", "outbound", "service"), 0.5),
        (("inbound", "outbound", "outbound"), 1 / 3),
        (("referral", "service"), 0.5),
        (("outbound", "service"), 0.0),
        (("inbound", "referral"), 1.0),
    ],
)
def test_they_come_to_us(origins: tuple[str, ...], value: float) -> None:
    entries = [f"{{id: a{index}, origin: {origin}}}" for index, origin in enumerate(origins)]
    pull = sales("pull", deals(*entries))
    assert (pull.value, pull.missing) == (pytest.approx(value), ())
    assert (pull.unit, len(pull.reasons)) == ("share", len(origins))


def test_begun_by_service() -> None:
    service_led = sales("service_led")
    # 1000 of 1000 + 400 + 200 + 2400
    assert (service_led.value, service_led.unit, service_led.missing) == (0.25, "share", ())
    assert [reason.line for reason in service_led.reasons] == [8, 16, 22, 27, 10, 18, 24, 29]
    assert {reason.unit for reason in service_led.reasons[:4]} == {"EUR"}


@pytest.mark.parametrize("key", ["pull", "service_led"])
def test_who_does_not_say_whence_is_left_out_and_named(key: str) -> None:
    entries = ("{id: a, amount: 5, origin: service}", "{id: b}", "{id: c}")
    made = sales(key, deals(*entries))
    assert made.value == (0.0 if key == "pull" else 1.0)
    assert made.missing == ("opportunities.b.origin", "opportunities.c.origin")
    assert made.confidence == pytest.approx(0.6)
    none = sales(key, deals(*entries[1:]))
    assert (none.value, none.missing, none.unit) == (None, ("opportunities.origin",), "share")


def test_service_needs_amounts() -> None:
    service_led = sales("service_led", deals("{id: a, origin: service}", "{id: b, amount: 5}"))
    assert (service_led.value, service_led.unit) == (None, "share")
    assert service_led.missing == ("opportunities.a.amount", "opportunities.b.origin")
    zero = sales("service_led", deals("{id: a, origin: service, amount: 0}"))
    assert (zero.value, zero.missing, zero.note) == (None, (), NOTHING_TO_DIVIDE)


@pytest.mark.parametrize(
    ("key", "unit"),
    [("pipeline", "EUR"), ("steps", "of 6"), ("pull", "share"), ("service_led", "share")],
)
def test_no_list_is_missing_and_an_empty_one_is_not(key: str, unit: str) -> None:
    absent = figure(f"sales.{key}", "economics: {currency: EUR}\n")
    assert (absent.value, absent.missing, absent.unit) == (None, ("opportunities",), unit)
    empty = figure(f"sales.{key}", deals())
    value: Any = {"pipeline": 0, "steps": {}}.get(key)
    assert (empty.value, empty.missing, empty.unit) == (value, (), unit)
    assert empty.note == (NOTHING_TO_DIVIDE if value is None else None)
    assert [(reason.name, reason.note) for reason in empty.reasons] == [
        ("opportunities", "looked, none")
    ]


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("pipeline", "opportunities.0.amount", "2000", 1120),
        ("pipeline", "opportunities.3.probability", "0.5", 1820),
        ("steps", "opportunities.1.steps.visit", "2026-11-24", None),
        ("pull", "opportunities.3.origin", "referral", 0.75),
        ("service_led", "opportunities.3.origin", "service", 0.85),
        ("service_led", "opportunities.0.amount", "3000", 0.5),
    ],
)
def test_an_input_moves_it(key: str, dotted: str, new: str, value: float | None) -> None:
    made = moved(f"sales.{key}", DEALS, dotted, new)
    if value is None:
        assert made.value == {"big": 2, "small": 0, "friend": 0, "cold": 0}
    else:
        assert made.value == pytest.approx(value)


@pytest.mark.parametrize("key", ["pipeline", "steps", "pull", "service_led"])
def test_an_opinion_makes_it_less_sure(key: str) -> None:
    before, after = doubted(f"sales.{key}", DEALS, "opportunities.0.id")
    assert before == pytest.approx(0.6)
    assert after < before
