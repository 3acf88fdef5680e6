"""Money and scores as bars and lines: the balance of a deal, its window, amounts over time."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.language import say
from generator.pages.formats import short_day, width_of

WHOLE = 100.0
LABEL_FROM = 13.0
"""A segment narrower than this part of the width has no room for its name."""
NUMBER_FROM, NUMBER_FROM_ON_PHONE = 1.0, 2.7
"""And narrower than this none for its number."""
PHONE, LETTER, AROUND = 330.0, 7.0, 24.0
"""About how wide the drawing is on a phone, and what a letter and the number before take, px."""


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

    @property
    def has_room_on_phone(self) -> bool:
        """Whether its name has room where the drawing is as narrow as a phone."""
        return self.width / WHOLE * PHONE >= len(self.label) * LETTER + AROUND

    @property
    def is_numbered(self) -> bool:
        """Whether its number has room; the names under the bars stand in the same order."""
        return self.width >= NUMBER_FROM

    @property
    def is_numbered_on_phone(self) -> bool:
        """Whether its number has room where the drawing is as narrow as a phone."""
        return self.width >= NUMBER_FROM_ON_PHONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stacked bar and its sum."""

    name: str
    total: float
    width: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeBar:
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
    rivals: tuple[AlternativeBar, ...]


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
            AlternativeBar(
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
    known = [amount for amount in (cost, floor, price, highest) if amount is not None]
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


TREND_WIDTH = 300
TREND_TOP, TREND_BOTTOM = 18, 74
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
class AmountColumn:
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


def columns(years: Sequence[tuple[str, float, bool]]) -> tuple[AmountColumn, ...]:
    """A column for each named amount, in order; the flag says that it covers a part only."""
    shown = years[-MOST:]
    if len(shown) < LEAST:
        return ()
    high = max(0.0, *(amount for _, amount, _ in shown))
    low = min(0.0, *(amount for _, amount, _ in shown))
    scale = (TREND_BOTTOM - TREND_TOP) / ((high - low) or 1.0)
    zero = TREND_BOTTOM + low * scale
    room = min(TREND_WIDTH / len(shown), _WIDEST / _FILLED)
    return tuple(
        AmountColumn(
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
    shown = sorted(scores, key=lambda score: score[0])[-MOST:]
    if len(shown) < LEAST:
        return ()
    first, last = shown[0][0], shown[-1][0]
    days = (last - first).days or 1
    return tuple(
        Point(
            day=day,
            amount=amount,
            x=round(_EDGE + (day - first).days / days * (TREND_WIDTH - 2 * _EDGE), 1),
            y=round(
                TREND_BOTTOM - min(max(amount / top, 0.0), 1.0) * (TREND_BOTTOM - TREND_TOP), 1
            ),
        )
        for day, amount in shown
    )


def said_days(shown: Sequence[Point], today: datetime.date) -> tuple[str, ...]:
    """The words under the points: the first, the last, and what has room between; else empty."""
    words = [short_day(point.day, today) for point in shown]
    halves = [width_of(text) * _LETTER / 2 for text in words]
    right, limit = shown[0].x + halves[0], shown[-1].x - halves[-1]
    for index in range(1, len(shown) - 1):
        x, half = shown[index].x, halves[index]
        if len(shown) > _ALL_SAID or x - half < right or x + half > limit:
            words[index] = ""
        else:
            right = x + half
    return tuple(words)


SPARK_WIDTH, SPARK_HEIGHT, SPARK_LEAST = 60, 16, 3


def spark(amounts: Sequence[float]) -> str:
    """The path of a line of the size of a word through amounts in a row; empty under three."""
    if len(amounts) < SPARK_LEAST:
        return ""
    low, high = min(amounts), max(amounts)
    inner = SPARK_HEIGHT - 4
    step = (SPARK_WIDTH - 4) / (len(amounts) - 1)
    places = (
        (2 + place * step, 2 + inner * (1 - (amount - low) / (high - low) if high > low else 0.5))
        for place, amount in enumerate(amounts)
    )
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
