"""The selection matrix: every account as a mark in its cell, its area the profit it retains."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
        return round(2 * self.radius * 1.2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Accounts that are not drawn singly, of about one profit; neither end: they retain none."""

    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell: its marks, largest first, and what is not drawn singly."""

    name: str
    dots: tuple[Dot, ...]
    count: int
    profit: float
    rest: int
    bins: tuple[Bin, ...]
    """The rest by profit, most first."""
    named: bool


def matrix(accounts: Sequence[MatrixAccount]) -> tuple[MatrixCell, ...]:
    """The four cells in the order of the tiers."""
    largest = max((one.profit or 0.0 for one in accounts), default=0.0)
    shown = LARGEST_SHOWN if len(accounts) > DOTS_UP_TO else len(accounts)
    radius = LARGEST if len(accounts) <= LARGE_UP_TO else LARGEST_OF_MANY
    return tuple(
        _cell(cell, [one for one in accounts if one.cell == cell], largest, radius, shown)
        for cell in CELLS
    )


def _cell(
    name: str, accounts: Sequence[MatrixAccount], largest: float, radius: float, most: int
) -> MatrixCell:
    ranked = sorted(accounts, key=lambda one: (-(one.profit or 0.0), one.name, one.id))
    shown, rest = ranked[:most], ranked[most:]
    return MatrixCell(
        name=name,
        dots=tuple(_dot(one, largest, radius) for one in shown),
        count=len(ranked),
        profit=math.fsum(one.profit or 0.0 for one in ranked),
        rest=len(rest),
        bins=_bins(rest),
        named=len(shown) <= NAMED_UP_TO,
    )


def _bins(accounts: Sequence[MatrixAccount]) -> tuple[Bin, ...]:
    """By powers of ten, most first; who retains nothing comes last."""
    powers = [_power(one.profit) for one in accounts]
    counts = Counter(one for one in powers if one is not None)
    none = len(accounts) - counts.total()
    found = [
        Bin(low=10.0**power if power >= _LOWEST_BIN else 0.0, high=10.0 ** (power + 1), count=count)
        for power, count in sorted(counts.items(), reverse=True)
    ]
    return (*found, Bin(low=None, high=None, count=none)) if none else tuple(found)


def _power(profit: float | None) -> int | None:
    if profit is None or profit <= 0:
        return None
    return max(_LOWEST_BIN - 1, math.floor(math.log10(profit)))


def _dot(account: MatrixAccount, largest: float, radius: float) -> Dot:
    return Dot(
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
