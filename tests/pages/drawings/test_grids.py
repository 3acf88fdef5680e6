"""The selection matrix and the map of risks, by hand."""

from __future__ import annotations

import pytest

from generator.pages.drawings.grids import (
    LOSSES,
    PROBABILITIES,
    MapRisk,
    MatrixAccount,
    heat_map,
    heat_of,
    matrix,
    radius_of,
    step_of,
)


def account(
    id: str,
    profit: float | None = 100,
    cell: str = "high_short",
    *,
    status: str = "customer",
    chance: float | None = 1,
) -> MatrixAccount:
    return MatrixAccount(
        id=id,
        name=id,
        status=status,
        cell=cell,
        profit=profit,
        in_sum=profit * chance if profit is not None and chance is not None else None,
        href=id,
    )


@pytest.mark.parametrize(
    ("profit", "radius"),
    [(400, 20), (100, 10), (1, 5), (0, 5), (-50, 5), (None, 5)],
)
def test_area_is_in_proportion_to_profit(profit: float | None, radius: float) -> None:
    assert radius_of(profit, 400) == radius


def test_cells_in_the_order_of_tiers_largest_first() -> None:
    cells = matrix([account("a", 10), account("b", 40), account("c", -5, "low_long")])
    assert [(cell.name, [dot.name for dot in cell.dots]) for cell in cells] == [
        ("high_short", ["b", "a"]),
        ("high_long", []),
        ("low_short", []),
        ("low_long", ["c"]),
    ]
    assert (cells[0].customers, cells[0].prospects) == (50, None)
    assert [dot.is_hollow for dot in cells[3].dots] == [True]


def test_a_cell_adds_customers_and_prospects_apart_and_former_not_at_all() -> None:
    cell = matrix(
        [
            account("a", 10),
            account("b", None),
            account("c", 40, status="prospect", chance=0.25),
            account("d", 500, status="prospect", chance=None),
            account("e", 900, status="former"),
        ]
    )[0]
    assert (cell.customers, cell.prospects, cell.count) == (10, 10, 5)


def test_a_few_have_names_many_are_counted() -> None:
    few = matrix([account(f"a{number}") for number in range(16)])[0]
    some = matrix([account(f"a{number}") for number in range(17)])[0]
    assert (few.named, few.rest) == (True, 0)
    assert (some.named, some.rest) == (False, 0)


def test_many_are_smaller_and_very_many_are_counted_by_their_profit() -> None:
    large = matrix([account(f"a{number:03}") for number in range(120)])[0]
    small = matrix([account(f"a{number:03}") for number in range(121)])[0]
    assert (large.dots[0].radius, small.dots[0].radius) == (20, 12)
    assert (len(small.dots), small.rest, small.bins) == (121, 0, ())
    profits = [*[5e5] * 60, *[12_000.0] * 300, *[10_000.0] * 20, *[999.0] * 15, *[-1.0] * 5, None]
    many = matrix([account(f"a{number:03}", profit) for number, profit in enumerate(profits)])[0]
    assert (len(many.dots), many.rest, many.count) == (60, 341, 401)
    assert [(bin_.low, bin_.high, bin_.count) for bin_ in many.bins] == [
        (10_000, 100_000, 320),
        (0, 1_000, 15),
        (None, None, 6),
    ]


@pytest.mark.parametrize(
    ("probability", "step"), [(0, 0), (0.05, 0), (0.051, 1), (0.25, 2), (0.5, 3), (1, 4)]
)
def test_steps_of_probability(probability: float, step: int) -> None:
    assert step_of(probability, PROBABILITIES) == step


@pytest.mark.parametrize(("loss", "step"), [(0, 0), (10_000, 0), (60_000, 2), (2e6, 4)])
def test_steps_of_loss(loss: float, step: int) -> None:
    assert step_of(loss, LOSSES) == step


def test_heat_grows_with_both() -> None:
    assert [heat_of(0, 0), heat_of(2, 2), heat_of(4, 0), heat_of(4, 4)] == [1, 3, 3, 5]


def risk(mark: str, probability: float = 0.2, loss: float = 60_000) -> MapRisk:
    return MapRisk(mark=mark, name=mark, side="theirs", probability=probability, loss=loss)


def test_all_25_cells_are_drawn_once() -> None:
    corners = [corner for heat in heat_map([]).heats for corner in heat.corners]
    assert len(corners) == len(set(corners)) == 25


def test_one_risk_stands_in_the_middle_of_its_cell() -> None:
    (chip,) = heat_map([risk("T1")]).chips
    # third column, third row: the cell's corner is 44 + 2·58, 4 + 2·44; the chip is 24 by 18
    assert (chip.x, chip.y) == (160 + 16 + 1, 92 + 12 + 1)


def test_a_full_cell_says_how_many_more() -> None:
    chips = heat_map([risk(f"T{number}") for number in range(1, 7)]).chips
    assert [chip.mark for chip in chips] == ["T1", "T2", "T3", "+3"]
    assert chips[-1].name == "T4, T5, T6"


def test_the_axis_of_losses_is_in_the_accounts_own_currency() -> None:
    labels = [text for _, text in heat_map([risk("T1")], rate=0.125).rows]
    # 10 k, 50 k, 200 k and 1 M of the reporting currency at 0.125 of it each
    assert labels == ["≤ 80 k", "≤ 400 k", "≤ 1.6 M", "≤ 8 M", "> 8 M"]
