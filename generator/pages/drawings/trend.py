"""What was said or billed over time: columns for amounts of years, a line for scores of days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.formats import short_day, width_of

WIDTH, HEIGHT = 300, 92
TOP, BOTTOM = 18, 74
LEAST = 2
"""Fewer points are no history."""
MOST = 8
"""The latest so many; a phone shows no more."""
_EDGE = 36.0
_WIDEST = 44.0
_FILLED = 0.6
"""Of the room of a column, so that neighbours stay apart."""
_LETTER = 5.0
"""About what a letter under the line takes."""
_ALL_SAID = 4
"""Of more points only the first and the last have words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One amount; `y` and `height` leave the line of zero where it is below."""

    label: str
    amount: float
    x: float
    y: float
    width: float
    height: float
    is_part: bool

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One score on its day."""

    day: datetime.date
    amount: float
    x: float
    y: float


def columns(years: Sequence[tuple[str, float, bool]]) -> tuple[Column, ...]:
    """A column for each named amount, in order; the flag says that it covers a part only."""
    shown = years[-MOST:]
    if len(shown) < LEAST:
        return ()
    high = max(0.0, *(amount for _, amount, _ in shown))
    low = min(0.0, *(amount for _, amount, _ in shown))
    scale = (BOTTOM - TOP) / ((high - low) or 1.0)
    zero = BOTTOM + low * scale
    room = min(WIDTH / len(shown), _WIDEST / _FILLED)
    return tuple(
        Column(
            label=label,
            amount=amount,
            x=round(index * room + room * (1 - _FILLED) / 2, 1),
            y=round(zero - max(amount, 0.0) * scale, 1),
            width=round(room * _FILLED, 1),
            height=round(abs(amount) * scale, 1),
            is_part=is_part,
        )
        for index, (label, amount, is_part) in enumerate(shown)
    )


def points(scores: Sequence[tuple[datetime.date, float]], top: float) -> tuple[Point, ...]:
    """A point for each score from 0 to `top`, by its day; empty where there is no history."""
    shown = sorted(scores, key=lambda one: one[0])[-MOST:]
    if len(shown) < LEAST:
        return ()
    first, last = shown[0][0], shown[-1][0]
    days = (last - first).days or 1
    return tuple(
        Point(
            day=day,
            amount=amount,
            x=round(_EDGE + (day - first).days / days * (WIDTH - 2 * _EDGE), 1),
            y=round(BOTTOM - min(max(amount / top, 0.0), 1.0) * (BOTTOM - TOP), 1),
        )
        for day, amount in shown
    )


def said_days(shown: Sequence[Point], today: datetime.date) -> tuple[str, ...]:
    """The words under the points: the first, the last, and what has room between; else empty."""
    words = [short_day(one.day, today) for one in shown]
    halves = [width_of(one) * _LETTER / 2 for one in words]
    right, limit = shown[0].x + halves[0], shown[-1].x - halves[-1]
    for index in range(1, len(shown) - 1):
        x, half = shown[index].x, halves[index]
        if len(shown) > _ALL_SAID or x - half < right or x + half > limit:
            words[index] = ""
        else:
            right = x + half
    return tuple(words)
