"""Where risks stand on the map."""

from __future__ import annotations

import pytest

from generator.pages.drawings.grids import (
    LOSSES,
    PROBABILITIES,
    MapRisk,
    heat_map,
    heat_of,
    step_of,
)


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
