"""The balance of a deal, its window, and amounts over time, by hand."""

from __future__ import annotations

import datetime

import pytest

from generator.pages.drawings.amounts import (
    MOST,
    TREND_BOTTOM,
    TREND_TOP,
    balance,
    columns,
    points,
    said_days,
    window,
)


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


def test_a_phone_shows_the_names_that_have_room_on_it() -> None:
    # 330 px wide: Quality takes 7 x 7 + 24 = 73 px, which is 22.1 % of it
    made = balance([("Quality", 23), ("Quality", 22), ("Image", 55)], [("Price", 1)], [])
    assert made is not None
    assert [s.has_room_on_phone for s in made.values.segments] == [True, False, True]


def test_a_piece_has_its_number_where_that_has_room() -> None:
    made = balance([("Product", 9810), ("Image", 100), ("Service", 90)], [("Price", 1)], [])
    assert made is not None
    assert [(s.label, s.is_numbered) for s in made.values.segments] == [
        ("Product", True),
        ("Image", True),  # 1 of 100
        ("Service", False),
    ]
    narrow = balance([("Product", 973), ("Image", 27)], [("Price", 26), ("Time", 974)], [])
    assert narrow is not None
    assert [s.is_numbered_on_phone for s in narrow.values.segments] == [True, True]
    assert [s.is_numbered_on_phone for s in narrow.costs.segments] == [False, True]


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


DAY = datetime.date(2026, 1, 1)


def test_columns_stand_on_zero_and_the_largest_fills_the_height() -> None:
    first, second = columns([("2024", 50.0, False), ("2025", 100.0, True)])
    assert (second.y, second.height) == (TREND_TOP, TREND_BOTTOM - TREND_TOP)
    assert (first.y + first.height, second.y + second.height) == (TREND_BOTTOM, TREND_BOTTOM)
    assert (first.height, first.is_part, second.is_part) == (
        (TREND_BOTTOM - TREND_TOP) / 2,
        False,
        True,
    )
    assert first.x < first.middle < first.x + first.width < second.x


def test_what_is_below_zero_hangs_under_its_line() -> None:
    up, down = columns([("2024", 60.0, False), ("2025", -40.0, False)])
    assert up.y + up.height == down.y
    assert (up.y, round(down.y + down.height, 1)) == (TREND_TOP, TREND_BOTTOM)


def test_all_zero_is_flat() -> None:
    assert [column.height for column in columns([("2024", 0.0, False), ("2025", 0.0, False)])] == [
        0,
        0,
    ]


def test_one_point_is_no_history_and_only_the_latest_are_shown() -> None:
    assert columns([("2024", 5.0, False)]) == ()
    assert points([(DAY, 3.0)], 5) == ()
    years = columns([(str(year), 1.0, False) for year in range(2000, 2020)])
    assert (len(years), years[0].label) == (MOST, "2012")


def test_points_stand_by_day_and_score() -> None:
    days = [(DAY + datetime.timedelta(days=100), 5.0), (DAY, 0.0), (DAY, 2.5)]
    placed = points([days[0], days[1], (DAY + datetime.timedelta(days=50), 2.5)], 5)
    assert [point.amount for point in placed] == [0, 2.5, 5]
    assert [point.y for point in placed] == [
        TREND_BOTTOM,
        (TREND_TOP + TREND_BOTTOM) / 2,
        TREND_TOP,
    ]
    assert placed[1].x - placed[0].x == placed[2].x - placed[1].x
    same = points(days[1:], 5)
    assert same[0].x == same[1].x


def test_days_without_room_between_are_not_said() -> None:
    def said_after(*after: int) -> tuple[str, ...]:
        days = [DAY + datetime.timedelta(days=offset) for offset in after]
        return said_days(points([(day, 3.0) for day in days], 5.0), days[-1])

    assert said_after(0, 50, 100) == ("1 Jan", "20 Feb", "11 Apr")
    assert said_after(0, 90, 100) == ("1 Jan", "", "11 Apr")
    assert said_after(0, 5, 100) == ("1 Jan", "", "11 Apr")
    assert said_after(0, 25, 50, 75, 100) == ("1 Jan", "", "", "", "11 Apr")
