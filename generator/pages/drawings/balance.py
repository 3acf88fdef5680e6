"""The deal as a balance: what they get over what it costs them, on one axis of money.

Lengths are shares of the drawing's width in per cent, so that it fits any screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.language import say

WHOLE = 100.0
LABEL_FROM = 13.0
"""A segment narrower than this part of the width has no room for its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One value or cost as a piece of a bar."""

    label: str
    amount: float
    x: float
    width: float
    shade: int
    """Which of six shades, so that neighbours differ."""

    @property
    def is_named(self) -> bool:
        """Whether its name has room."""
        return self.width >= LABEL_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stacked bar and its sum."""

    name: str
    total: float
    width: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """An alternative on the same axis: its values, its costs, what it leaves them."""

    name: str
    values: float
    costs: float
    values_width: float
    costs_width: float

    @property
    def leaves(self) -> float:
        """What the alternative would leave them."""
        return self.values - self.costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Two stacked bars, the gap between their ends, the alternatives beside them."""

    values: Bar
    costs: Bar
    gap_x: float
    gap_width: float
    delivered: float
    rivals: tuple[Rival, ...]


def balance(
    values: Sequence[tuple[str, float]],
    costs: Sequence[tuple[str, float]],
    rivals: Sequence[tuple[str, float, float]],
) -> Balance | None:
    """The drawing of named amounts; None when there is no money to draw.

    `rivals` are name, sum of values, sum of costs.
    """
    total_value = math.fsum(amount for _, amount in values)
    total_cost = math.fsum(amount for _, amount in costs)
    ends = [total_value, total_cost, *(end for _, *sums in rivals for end in sums)]
    longest = max(ends)
    if longest <= 0:
        return None
    scale = WHOLE / longest
    return Balance(
        values=_bar(say("They get"), values, total_value, scale),
        costs=_bar(say("It costs them"), costs, total_cost, scale),
        gap_x=min(total_value, total_cost) * scale,
        gap_width=abs(total_value - total_cost) * scale,
        delivered=total_value - total_cost,
        rivals=tuple(
            Rival(
                name=name,
                values=gives,
                costs=takes,
                values_width=gives * scale,
                costs_width=takes * scale,
            )
            for name, gives, takes in rivals
        ),
    )


def _bar(name: str, lines: Sequence[tuple[str, float]], total: float, scale: float) -> Bar:
    segments = []
    at = 0.0
    for shade, (label, amount) in enumerate(lines):
        width = amount * scale
        if amount > 0:
            segments.append(Segment(label=label, amount=amount, x=at, width=width, shade=shade))
        at += width
    return Bar(name=name, total=total, width=total * scale, segments=tuple(segments))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A price on the line of the deal, and on which side of it its name stands."""

    label: str
    amount: float
    x: float
    anchor: str
    """start, middle or end: where the text may grow without leaving the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The room between our cost and their highest price, with the price on it."""

    cost: Stop
    floor: Stop | None
    price: Stop
    highest: Stop
    from_x: float
    width: float
    is_open: bool
    is_tight: bool
    """Whether the two ends are so near that their names need a line each."""


_TIGHT = 45.0
_MARGIN = 6.0
_NEAR_EDGE = 20.0


def window(cost: float, floor: float | None, price: float, highest: float) -> Window:
    """Prices on one line, from the lowest to the highest with a margin on both sides."""
    known = [one for one in (cost, floor, price, highest) if one is not None]
    low, high = min(known), max(known)
    span = (high - low) or 1.0

    def stop(label: str, amount: float) -> Stop:
        x = _MARGIN + (amount - low) / span * (WHOLE - 2 * _MARGIN)
        anchor = "start" if x < _NEAR_EDGE else "end" if x > WHOLE - _NEAR_EDGE else "middle"
        return Stop(label=label, amount=amount, x=x, anchor=anchor)

    ours, theirs = stop(say("Our cost"), cost), stop(say("Their highest"), highest)
    return Window(
        cost=ours,
        floor=stop(say("Floor"), floor) if floor is not None else None,
        price=stop(say("Price"), price),
        highest=theirs,
        from_x=min(ours.x, theirs.x),
        width=abs(theirs.x - ours.x),
        is_open=highest > cost,
        is_tight=abs(theirs.x - ours.x) < _TIGHT,
    )
