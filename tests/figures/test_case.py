"""One playbook as its figures read it: what stands at a path, where, how old it may be."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from generator.figures.case import Case
from generator.figures.name import in_words, steps_of
from tests.figures.small import enriched, plan

SECTIONS = """\
economics:
  currency: USD
  price: {value: 100, grade: fact}
  marketing_cost: 10
  revenue:
    - year: 2025
      amount: 5
"""


def case_of(sections: str, status: str = "customer") -> Case:
    made = enriched(plan(sections, status=status)).case
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("economics", "currency"), 5, 13),
        (("economics", "price"), 6, 10),
        (("economics", "price", "value"), 6, 18),
        (("economics", "revenue"), 9, 5),
        (("economics", "revenue", 0, "amount"), 10, 15),
        # what is missing stands with the key of the section, list or entry that lacks it
        (("economics", "retention"), 4, 1),
        (("economics", "development", "months"), 4, 1),
        (("economics", "revenue", 1, "amount"), 8, 3),
        (("economics", "revenue", 0, "to"), 9, 7),
        # and with the value where it would stand inside of a plain one
        (("economics", "marketing_cost", "value"), 7, 19),
    ],
)
def test_where_something_stands(path: tuple[str | int, ...], line: int, column: int) -> None:
    """`given` takes a place, whatever stands there."""
    reason = case_of(SECTIONS).given(path, 1)
    assert (reason.line, reason.column) == (line, column)


@pytest.mark.parametrize(
    ("path", "node"),
    [
        (("economics", "revenue", 0, "amount"), 5),
        (("economics", "revenue", 1), None),
        (("economics", "revenue", "amount"), None),
        (("economics", "currency", "value"), None),
        (("economics", "nothing"), None),
        (("risk", "own", 0), None),
        (("value", "return"), None),
    ],
)
def test_what_stands_at_a_path(path: tuple[str | int, ...], node: Any) -> None:
    assert case_of(SECTIONS).at(*path) == node


def test_a_key_whose_name_python_has_taken_is_read_as_it_is_written() -> None:
    case = case_of("value: {return: {recognition: []}}\n")
    assert case.at("value", "return", "recognition") == ()


def test_who_asks_may_name_an_input_and_give_it_a_unit() -> None:
    """For themselves alone: whoever asks after them has the form's again."""
    case = case_of(SECTIONS)
    price = ("economics", "price")
    asked = [
        case.fact(*price, name="what they pay"),
        case.fact(*price, unit="of 10"),
        case.fact(*price, unit="of 10", name="what they pay"),
        case.fact(*price),
    ]
    assert [(reason.name, reason.unit) for reason in asked] == [
        ("what they pay", "USD a year"),
        ("economics.price", "of 10"),
        ("what they pay", "of 10"),
        ("economics.price", "USD a year"),
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        # what they gain and give is named by its line alone
        (("value", "values", "product", "amount"), "value.values.product"),
        (("value", "costs", "time", "score"), "value.costs.time"),
        (("value", "values", "product"), "value.values.product"),
        (("economics", "revenue", 0, "amount"), "economics.revenue.2025.amount"),
        (("economics", "price", "value"), "economics.price"),
    ],
)
def test_how_an_input_is_named(path: tuple[str | int, ...], name: str) -> None:
    assert case_of(SECTIONS).fact(*path).name == name


@pytest.mark.parametrize("item", ["Stops a.m.", "fewer_stops", "Stops", "a.b_c"])
def test_what_a_person_named_is_one_step_of_a_name(item: str) -> None:
    """Whatever signs are in it, a dot or an underline."""
    case = case_of(f"value: {{standard: [{{item: {item}, worth: 5}}]}}\n")
    name = case.fact("value", "standard", 0, "worth").name
    assert steps_of(name) == ("value", "standard", item, "worth")
    assert in_words(steps_of(name)[2]) == item


@pytest.mark.parametrize(
    ("path", "status", "days", "is_own"),
    [
        (("economics", "price"), "customer", 365, True),
        (("outcomes", 0), "customer", 365, True),
        (("relationship", "gates"), "customer", 90, True),
        (("risk", "own"), "customer", 180, True),
        # answers of the ten questions, by status
        (("qualification", "need"), "customer", 365, True),
        (("qualification", "need"), "prospect", 180, True),
        (("qualification", "need"), "former", 180, True),
        # a contract is of money, the rest of the account as old as its review
        (("account", "contract", "ends"), "customer", 365, False),
        (("account", "owner"), "customer", 90, False),
        (("objectives", 0), "customer", 90, False),
    ],
)
def test_how_long_evidence_holds(
    path: tuple[str | int, ...], status: str, days: int, is_own: bool
) -> None:
    """By section; `is_own` where its evidence grows old by itself, not with the review."""
    case = case_of("", status)
    assert case.shelf_life(path) == days
    assert case.has_shelf_life(str(path[0])) == is_own


@pytest.mark.parametrize(
    ("as_of", "day", "value"),
    [
        ("2026-06-01", "2026-06-01", 100),
        ("2026-06-02", "2026-06-01", None),
        ("2026-05-31", "2026-06-01", 100),
    ],
)
def test_what_was_said_later_was_not_known_on_an_earlier_day(
    as_of: str, day: str, value: float | None
) -> None:
    price = f"economics: {{currency: EUR, price: {{value: 100, as_of: {as_of}}}}}\n"
    earlier = case_of(price).on(datetime.date.fromisoformat(day))
    assert earlier.fact("economics", "price").value == value


@pytest.mark.parametrize(
    ("as_of", "is_stale"), [("2025-11-23", False), ("2025-11-22", True), ("2026-11-23", False)]
)
def test_evidence_is_old_on_the_day_after_its_last(as_of: str, is_stale: bool) -> None:
    """365 days for money; a fact counts 1, an old one half of it."""
    price = f"{{value: 100, as_of: {as_of}, grade: fact}}"
    reason = case_of(f"economics: {{currency: EUR, price: {price}}}\n").fact("economics", "price")
    assert (reason.stale, reason.confidence) == (is_stale, 0.5 if is_stale else 1.0)


@pytest.mark.parametrize(
    ("economics", "expected"),
    [
        ("{currency: USD}", ("exchange rate", 0.5, "EUR per USD", True)),
        ("{currency: CNY}", ("currencies.rates.CNY", None, None, False)),
        ("{price: 5}", ("economics.currency", None, None, False)),
        ("{currency: EUR}", ("exchange rate", 1.0, "EUR per EUR", False)),
    ],
)
def test_what_the_currency_is_worth(economics: str, expected: tuple[Any, ...]) -> None:
    rate = enriched(plan(f"economics: {economics}\n")).case
    assert rate is not None
    reason = rate.exchange()
    assert (reason.name, reason.value, reason.unit, reason.setting is not None) == expected
