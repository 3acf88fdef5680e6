"""The selection matrix: every account as a mark in its cell, its area the profit it retains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

CELLS = ("high_short", "high_long", "low_short", "low_long")
SMALLEST, LARGEST = 5.0, 20.0
NAMED_UP_TO = 16
"""Up to so many accounts in a cell each has its name beside it."""
DOTS_UP_TO = 120
"""More accounts in all, and a cell shows its largest and counts the rest."""
LARGEST_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixAccount:
    """An account to be placed; profit in the reporting currency, None without a rate."""

    id: str
    name: str
    status: str
    cell: str
    profit: float | None
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
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
        return round(2 * self.radius + 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell: its marks, largest first, and what is not drawn singly."""

    name: str
    dots: tuple[Dot, ...]
    count: int
    profit: float
    rest: int
    named: bool


def matrix(accounts: Sequence[MatrixAccount]) -> tuple[MatrixCell, ...]:
    """The four cells in the order of the tiers."""
    largest = max((one.profit or 0.0 for one in accounts), default=0.0)
    crowded = len(accounts) > DOTS_UP_TO
    return tuple(
        _cell(cell, [one for one in accounts if one.cell == cell], largest, crowded=crowded)
        for cell in CELLS
    )


def _cell(
    name: str, accounts: Sequence[MatrixAccount], largest: float, *, crowded: bool
) -> MatrixCell:
    ranked = sorted(accounts, key=lambda one: (-(one.profit or 0.0), one.name, one.id))
    shown = ranked[:LARGEST_SHOWN] if crowded else ranked
    return MatrixCell(
        name=name,
        dots=tuple(_dot(one, largest) for one in shown),
        count=len(ranked),
        profit=math.fsum(one.profit or 0.0 for one in ranked),
        rest=len(ranked) - len(shown),
        named=len(shown) <= NAMED_UP_TO,
    )


def _dot(account: MatrixAccount, largest: float) -> Dot:
    return Dot(
        name=account.name,
        href=account.href,
        status=account.status,
        profit=account.profit,
        radius=radius_of(account.profit, largest),
    )


def radius_of(profit: float | None, largest: float) -> float:
    """The mark's radius in pixels: its area is in proportion, the smallest stays visible."""
    if profit is None or profit <= 0 or largest <= 0:
        return SMALLEST
    return round(max(SMALLEST, LARGEST * math.sqrt(profit / largest)), 1)
