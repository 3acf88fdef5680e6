"""The risk map: five steps of probability by five of loss, both sides' risks in their cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.pages import formats

PROBABILITIES = (0.05, 0.1, 0.25, 0.5)
"""Upper ends of the first four columns, a year."""
LOSSES = (10_000.0, 50_000.0, 200_000.0, 1_000_000.0)
"""Upper ends of the first four rows, in the reporting currency, so that accounts compare."""
STEPS = 5
CELL_WIDTH, CELL_HEIGHT = 58, 44
LEFT, TOP = 44, 4
_CHIP_WIDTH, _CHIP_HEIGHT, _PER_ROW = 26, 18, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRisk:
    """A risk to be placed: its mark, its side, its size."""

    mark: str
    name: str
    side: str
    """theirs or ours."""
    probability: float
    loss: float
    """In the reporting currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """All cells of one heat, 1 to 5 by probability and loss together, as corners x and y."""

    level: int
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A risk's mark in its cell."""

    mark: str
    name: str
    side: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Cells and marks; a cell that is too full says how many more."""

    width: int
    height: int
    heats: tuple[Heat, ...]
    chips: tuple[Chip, ...]
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[int, str], ...]


_IN_A_CELL = 4


def _steps(ends: Sequence[float], written: Callable[[float], str]) -> tuple[str, ...]:
    """What each step is called by its upper end, in the language of the page."""
    words = [written(end).replace(formats.NARROW, " ") for end in ends]
    return (*(f"≤ {word}" for word in words), f"> {words[-1]}")


def step_of(value: float, ends: Sequence[float]) -> int:
    """Which of five steps, 0 to 4; an end belongs to the lower step."""
    return bisect_left(ends, value - 1e-9)


def heat_of(column: int, row: int) -> int:
    """1 to 5: how hot a cell is."""
    return 1 + (column + row) // 2


def heat_map(risks: Sequence[MapRisk]) -> HeatMap:
    """The map; loss grows upwards, probability to the right."""
    heats = tuple(
        Heat(
            level=level,
            corners=tuple(
                (_x(column), _y(row))
                for row in range(STEPS)
                for column in range(STEPS)
                if heat_of(column, row) == level
            ),
        )
        for level in range(1, STEPS + 1)
    )
    by_cell: dict[tuple[int, int], list[MapRisk]] = {}
    for risk in risks:
        place = step_of(risk.probability, PROBABILITIES), step_of(risk.loss, LOSSES)
        by_cell.setdefault(place, []).append(risk)
    chips = [chip for place in sorted(by_cell) for chip in _chips(place, by_cell[place])]
    return HeatMap(
        width=LEFT + STEPS * CELL_WIDTH + 2,
        height=TOP + STEPS * CELL_HEIGHT + 22,
        heats=heats,
        chips=tuple(chips),
        columns=tuple(
            (_x(i) + CELL_WIDTH // 2, text)
            for i, text in enumerate(_steps(PROBABILITIES, formats.share))
        ),
        rows=tuple(
            (_y(i) + CELL_HEIGHT // 2 + 4, text)
            for i, text in enumerate(_steps(LOSSES, formats.money))
        ),
    )


def _x(column: int) -> int:
    return LEFT + column * CELL_WIDTH


def _y(row: int) -> int:
    return TOP + (STEPS - 1 - row) * CELL_HEIGHT


def _chips(place: tuple[int, int], risks: list[MapRisk]) -> list[Chip]:
    shown = risks if len(risks) <= _IN_A_CELL else risks[: _IN_A_CELL - 1]
    marks = [(risk.mark, risk.name, risk.side) for risk in shown]
    if len(shown) < len(risks):
        rest = risks[len(shown) :]
        marks.append((f"+{len(rest)}", formats.listed(one.name for one in rest), "more"))
    lines = -(-len(marks) // _PER_ROW)
    chips = []
    for index, (mark, name, side) in enumerate(marks):
        line, at = divmod(index, _PER_ROW)
        in_line = min(_PER_ROW, len(marks) - line * _PER_ROW)
        x = _x(place[0]) + (CELL_WIDTH - in_line * _CHIP_WIDTH) // 2 + at * _CHIP_WIDTH
        y = _y(place[1]) + (CELL_HEIGHT - lines * (_CHIP_HEIGHT + 2)) // 2
        y += line * (_CHIP_HEIGHT + 2)
        chips.append(Chip(mark=mark, name=name, side=side, x=x + 1, y=y + 1))
    return chips
