"""The selection matrix, its marks as large as the profit, and the map of risks."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.pages import formats
from generator.portfolio.matrix import CELLS

SMALLEST, LARGEST = 5.0, 20.0
LARGEST_OF_MANY = 12.0
NAMED_UP_TO = 16
"""Up to so many accounts in a cell each has its name beside it."""
LARGE_UP_TO = 120
"""More accounts in all, and the marks are smaller."""
DOTS_UP_TO = 400
"""More accounts in all, and a cell shows its largest and counts the rest by their profit."""
LARGEST_SHOWN = 60
_LOWEST_BIN = 3
"""Below a thousand no one counts finer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixAccount:
    """An account to be placed; profit in the reporting currency, None without a rate.

    `in_sum` is what of it is added to that of others of the same status.
    """

    id: str
    name: str
    status: str
    cell: str
    profit: float | None
    in_sum: float | None
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDot:
    """An account's mark."""

    name: str
    href: str
    status: str
    profit: float | None
    radius: float

    @property
    def is_hollow(self) -> bool:
        """Whether no profit is retained."""
        return self.profit is None or self.profit <= 0

    @property
    def box(self) -> float:
        """Side of the square the mark fits in, with its outline."""
        return round(2 * self.radius * 1.2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfitBin:
    """Accounts that are not drawn singly, of about one profit; neither end: they retain none."""

    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell: its marks, largest first, and what is not drawn singly."""

    name: str
    dots: tuple[AccountDot, ...]
    count: int
    customers: float | None
    """Profit expected of its customers; None where it is of none known."""
    prospects: float | None
    """The same of its prospects, each by the chance to win it."""
    rest: int
    bins: tuple[ProfitBin, ...]
    """The rest by profit, most first."""
    named: bool


def matrix(accounts: Sequence[MatrixAccount]) -> tuple[MatrixCell, ...]:
    """The four cells in the order of the tiers."""
    largest = max((account.profit or 0.0 for account in accounts), default=0.0)
    shown = LARGEST_SHOWN if len(accounts) > DOTS_UP_TO else len(accounts)
    radius = LARGEST if len(accounts) <= LARGE_UP_TO else LARGEST_OF_MANY
    return tuple(
        _cell(
            cell, [account for account in accounts if account.cell == cell], largest, radius, shown
        )
        for cell in CELLS
    )


def _cell(
    name: str, accounts: Sequence[MatrixAccount], largest: float, radius: float, most: int
) -> MatrixCell:
    ranked = sorted(
        accounts, key=lambda account: (-(account.profit or 0.0), account.name, account.id)
    )
    shown, rest = ranked[:most], ranked[most:]
    return MatrixCell(
        name=name,
        dots=tuple(_dot(account, largest, radius) for account in shown),
        count=len(ranked),
        customers=_profit(ranked, "customer"),
        prospects=_profit(ranked, "prospect"),
        rest=len(rest),
        bins=_bins(rest),
        named=len(shown) <= NAMED_UP_TO,
    )


def _profit(accounts: Sequence[MatrixAccount], status: str) -> float | None:
    """The profit of the accounts of one status together."""
    known = [
        account.in_sum
        for account in accounts
        if account.status == status and account.in_sum is not None
    ]
    return math.fsum(known) if known else None


def _bins(accounts: Sequence[MatrixAccount]) -> tuple[ProfitBin, ...]:
    """By powers of ten, most first; who retains nothing comes last."""
    powers = [_power(account.profit) for account in accounts]
    counts = Counter(power for power in powers if power is not None)
    none = len(accounts) - counts.total()
    bins = [
        ProfitBin(
            low=10.0**power if power >= _LOWEST_BIN else 0.0, high=10.0 ** (power + 1), count=count
        )
        for power, count in sorted(counts.items(), reverse=True)
    ]
    return (*bins, ProfitBin(low=None, high=None, count=none)) if none else tuple(bins)


def _power(profit: float | None) -> int | None:
    if profit is None or profit <= 0:
        return None
    return max(_LOWEST_BIN - 1, math.floor(math.log10(profit)))


def _dot(account: MatrixAccount, largest: float, radius: float) -> AccountDot:
    return AccountDot(
        name=account.name,
        href=account.href,
        status=account.status,
        profit=account.profit,
        radius=radius_of(account.profit, largest, radius),
    )


def radius_of(profit: float | None, largest: float, radius: float = LARGEST) -> float:
    """The mark's radius in pixels: its area is in proportion, the smallest stays visible."""
    if profit is None or profit <= 0 or largest <= 0:
        return SMALLEST
    return round(max(SMALLEST, radius * math.sqrt(profit / largest)), 1)


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
class HeatLevel:
    """All cells of one heat, 1 to 5 by probability and loss together, as corners x and y."""

    level: int
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskChip:
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
    heats: tuple[HeatLevel, ...]
    chips: tuple[RiskChip, ...]
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


def heat_map(risks: Sequence[MapRisk], rate: float = 1.0) -> HeatMap:
    """The map; loss grows upwards, probability to the right.

    Losses are in the reporting currency, so that a step is as grave for every account; their axis
    is labelled in the account's, a unit of which is `rate` of the reporting one.
    """
    heats = tuple(
        HeatLevel(
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
            for i, text in enumerate(_steps([loss / rate for loss in LOSSES], formats.money))
        ),
    )


def _x(column: int) -> int:
    return LEFT + column * CELL_WIDTH


def _y(row: int) -> int:
    return TOP + (STEPS - 1 - row) * CELL_HEIGHT


def _chips(place: tuple[int, int], risks: list[MapRisk]) -> list[RiskChip]:
    shown = risks if len(risks) <= _IN_A_CELL else risks[: _IN_A_CELL - 1]
    marks = [(risk.mark, risk.name, risk.side) for risk in shown]
    if len(shown) < len(risks):
        rest = risks[len(shown) :]
        marks.append((f"+{len(rest)}", formats.listed(risk.name for risk in rest), "more"))
    lines = -(-len(marks) // _PER_ROW)
    chips = []
    for index, (mark, name, side) in enumerate(marks):
        line, at = divmod(index, _PER_ROW)
        in_line = min(_PER_ROW, len(marks) - line * _PER_ROW)
        x = _x(place[0]) + (CELL_WIDTH - in_line * _CHIP_WIDTH) // 2 + at * _CHIP_WIDTH
        y = _y(place[1]) + (CELL_HEIGHT - lines * (_CHIP_HEIGHT + 2)) // 2
        y += line * (_CHIP_HEIGHT + 2)
        chips.append(RiskChip(mark=mark, name=name, side=side, x=x + 1, y=y + 1))
    return chips
