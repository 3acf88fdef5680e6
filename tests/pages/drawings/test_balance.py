"""The balance by hand: on an axis of 800, 8 is one per cent."""

from __future__ import annotations

import pytest

from generator.pages.drawings.amounts import balance, window


def test_bars_and_gap() -> None:
    made = balance([("Product", 600), ("Image", 200)], [("Price", 400), ("Time", 80)], [])
    assert made is not None
    assert [(s.label, s.x, s.width, s.is_named) for s in made.values.segments] == [
        ("Product", 0, 75, True),
        ("Image", 75, 25, True),
    ]
    assert [(s.label, s.x, s.width, s.is_named) for s in made.costs.segments] == [
        ("Price", 0, 50, True),
        ("Time", 50, 10, False),
    ]
    assert (made.delivered, made.gap_x, made.gap_width) == (320, 60, 40)


def test_what_is_missing_is_marked_on_the_shorter_bar() -> None:
    made = balance([("Product", 300)], [("Price", 400)], [])
    assert made is not None
    assert (made.delivered, made.gap_x, made.gap_width) == (-100, 75, 25)


def test_rivals_share_the_axis() -> None:
    made = balance([("Product", 300)], [("Price", 400)], [("Rival", 500, 450)])
    assert made is not None
    assert made.costs.width == 80
    assert [(r.name, r.values_width, r.costs_width, r.leaves) for r in made.rivals] == [
        ("Rival", 100, 90, 50)
    ]


def test_nothing_of_worth_nothing_is_drawn() -> None:
    assert balance([("Product", 0)], [("Price", 0)], []) is None
    made = balance([("Product", 0), ("Image", 10)], [("Price", 5)], [])
    assert made is not None
    assert [s.label for s in made.values.segments] == ["Image"]


def test_prices_stand_between_the_margins() -> None:
    made = window(500, 550, 620, 700)
    assert (made.cost.x, made.cost.anchor) == (6, "start")
    assert (made.highest.x, made.highest.anchor) == (94, "end")
    assert made.price.x == pytest.approx(6 + 120 / 200 * 88)
    assert made.floor is not None
    assert made.floor.x == pytest.approx(6 + 50 / 200 * 88)
    assert (made.from_x, made.width) == (6, 88)
    assert made.is_open
    assert not made.is_tight


def test_a_closed_window_has_their_highest_on_the_left() -> None:
    made = window(300, None, 430, 290)
    assert not made.is_open
    assert made.highest.x == 6
    assert made.cost.x == pytest.approx(6 + 10 / 140 * 88)
    assert made.is_tight


def test_equal_prices_divide_by_nothing() -> None:
    made = window(5, 5, 5, 5)
    assert {made.cost.x, made.price.x, made.highest.x} == {6}
    assert made.width == 0
