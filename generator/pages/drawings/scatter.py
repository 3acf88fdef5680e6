"""Accounts on two axes of money with a threshold on each: by name, or many of them in bins."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.pages import formats
from generator.pages.drawings.grids import radius_of
from generator.pages.formats import shortened, width_of

MARKS_UP_TO = 100
"""More accounts are told in bins."""
LETTER = 6.4
"""Width of half a Chinese sign in the drawing's type, pixels."""
LINE = 15
BROAD = 500
"""From this width on there is room for words."""
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 26, 40
LARGEST = 18.0
SHORT = 12
"""Letters of a name that has no room whole."""
TITLE, LETTER_ALONE = 230, 24
"""Room for the title of a quarter in its corner, and for its letter where there is no more."""
COLUMNS, ROWS = 24, 12
OUTER = 0.02
"""The share of accounts beyond each end of the axes when they are told in bins."""
STEPS = 4
"""Shades of bins."""
ROOM = 0.06
"""What the axes go beyond the outermost accounts, as a share; twice that at the upper ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlottedAccount:
    """An account to be drawn; amounts in the reporting currency."""

    name: str
    href: str
    status: str
    tier: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLabel:
    """An account's name beside its mark, shortened where the whole has no room."""

    text: str
    x: float
    y: float
    anchor: str
    """Where the text begins: start, middle or end at x."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScatterMark:
    """An account's mark, and its name where there is room for it."""

    account: PlottedAccount
    x: float
    y: float
    radius: float
    label: NameLabel | None

    @property
    def is_hollow(self) -> bool:
        """Whether no profit is expected."""
        return self.account.y <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Accounts about one place."""

    x: float
    y: float
    width: float
    height: float
    shade: int
    """1 to 4 by how many they are."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A value of an axis, and where it stands."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """What a quarter of the drawing is called, within its outer corner."""

    cell: str
    x: float
    y: float
    left: float
    top: float
    width: float
    height: float
    anchor: str
    count: int
    """Accounts of this cell of the matrix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """The drawing: marks or bins, both thresholds, the axes."""

    width: int
    height: int
    marks: tuple[ScatterMark, ...]
    bins: tuple[Bin, ...]
    across: tuple[Tick, ...]
    upwards: tuple[Tick, ...]
    line_x: float
    """Where the payback is as long as may be."""
    line_y: float
    """Where a high expected profit begins."""
    corners: tuple[Corner, ...]
    unnamed: int
    """Marks without room for a name."""

    @property
    def is_broad(self) -> bool:
        """Whether there is room for the titles of the quarters."""
        return self.width > BROAD

    @property
    def inner(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what lies between the axes."""
        return LEFT, TOP, self.width - RIGHT, self.height - BOTTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands; beyond the ends at the end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def scatter(
    accounts: Sequence[PlottedAccount], high_from: float, *, width: int, height: int
) -> Scatter | None:
    """The drawing at a width in pixels; None without accounts.

    Across stands what is earned soon, with its threshold at 0; upwards expected profit.
    """
    if not accounts:
        return None
    is_many = len(accounts) > MARKS_UP_TO
    outer = OUTER if is_many else 0.0
    across = _axis((each.x for each in accounts), 0.0, outer, LEFT, width - RIGHT)
    upwards = _axis((each.y for each in accounts), high_from, outer, height - BOTTOM, TOP)
    marks = () if is_many else tuple(_marks(accounts, across, upwards, width, height))
    return Scatter(
        width=width,
        height=height,
        marks=marks,
        bins=tuple(_bins(accounts, across, upwards, high_from)) if is_many else (),
        across=tuple(_ticks(across, 5 if width > BROAD else 3)),
        upwards=tuple(_ticks(upwards, 5)),
        line_x=across.at(0.0),
        line_y=upwards.at(high_from),
        corners=tuple(_corners(accounts, across.at(0.0), upwards.at(high_from), width, height)),
        unnamed=sum(mark.label is None for mark in marks),
    )


def _axis(values: Iterable[float], line: float, outer: float, start: float, end: float) -> _Axis:
    """From the lowest to the highest of most values, the threshold among them."""
    ordered = sorted(values)
    off = int(len(ordered) * outer)
    low, high = min(ordered[off], line), max(ordered[-1 - off], line)
    room = (high - low) * ROOM or abs(high) * ROOM or 1.0
    return _Axis(low=low - room, high=high + 2 * room, start=start, end=end)


def _ticks(axis: _Axis, most: int) -> Iterator[Tick]:
    """Round values, so many at most."""
    step = _round_step((axis.high - axis.low) / most)
    value = math.ceil(axis.low / step) * step
    while value <= axis.high:
        yield Tick(at=axis.at(value), text=formats.money(value))
        value += step


def _round_step(least: float) -> float:
    """The next of 1, 2, 5, 10 and so on."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * each for each in (1, 2, 5, 10) if power * each >= least)


def _corners(
    accounts: Sequence[PlottedAccount], line_x: float, line_y: float, width: int, height: int
) -> Iterator[Corner]:
    right, bottom = width - RIGHT, height - BOTTOM
    counts = Counter(each.tier for each in accounts)
    for tier, cell, is_right, is_high in (
        ("A", "high_short", True, True),
        ("B", "high_long", False, True),
        ("C", "low_short", True, False),
        ("D", "low_long", False, False),
    ):
        left, top = (line_x if is_right else LEFT), (TOP if is_high else line_y)
        yield Corner(
            cell=cell,
            x=right - 6 if is_right else LEFT + 6,
            y=TOP - 8 if is_high else bottom - 8,
            left=left,
            top=top,
            width=round((right if is_right else line_x) - left, 1),
            height=round((line_y if is_high else bottom) - top, 1),
            anchor="end" if is_right else "start",
            count=counts[tier],
        )


def _bins(
    accounts: Sequence[PlottedAccount], across: _Axis, upwards: _Axis, high_from: float
) -> Iterator[Bin]:
    """A grid that has the thresholds among its lines, so that no bin lies on both sides."""
    columns = _cuts(across.start, across.end, across.at(0.0), COLUMNS)
    rows = _cuts(upwards.end, upwards.start, upwards.at(high_from), ROWS)
    counts = Counter(
        (_place(columns, across.at(each.x)), _place(rows, upwards.at(each.y))) for each in accounts
    )
    most = max(counts.values())
    for (column, row), count in sorted(counts.items()):
        yield Bin(
            x=columns[column],
            y=rows[row],
            width=round(columns[column + 1] - columns[column], 1),
            height=round(rows[row + 1] - rows[row], 1),
            shade=max(1, math.ceil(STEPS * math.sqrt(count / most))),
            count=count,
        )


def _cuts(first: float, last: float, line: float, count: int) -> list[float]:
    """The ends of about so many steps of one length, counted from a line between first and last."""
    step = (last - first) / count
    before, after = math.ceil((line - first) / step), math.ceil((last - line) / step)
    inner = [line + step * number for number in range(1 - before, after)]
    return [first, *(round(cut, 1) for cut in inner), last]


def _place(cuts: Sequence[float], at: float) -> int:
    """In which step a place lies; on a cut in the later one, as a threshold is reached."""
    return min(max(bisect_right(cuts, at) - 1, 0), len(cuts) - 2)


def _marks(
    accounts: Sequence[PlottedAccount], across: _Axis, upwards: _Axis, width: int, height: int
) -> Iterator[ScatterMark]:
    """The largest first, so that smaller ones lie on them and take the names that are left."""
    largest = max(each.y for each in accounts)
    title = TITLE if width > BROAD else LETTER_ALONE
    ranked = sorted(accounts, key=lambda each: (-each.y, each.name, each.href))
    placed = [
        (each, across.at(each.x), upwards.at(each.y), radius_of(each.y, largest, LARGEST))
        for each in ranked
    ]
    taken = [(x - r, y - r, x + r, y + r) for _, x, y, r in placed]
    taken += [
        (edge, base - LINE, edge + title, base + LINE)
        for edge in (LEFT, width - RIGHT - title)
        for base in (TOP + LINE, height - BOTTOM - LINE / 2)
    ]
    for own, (account, x, y, radius) in enumerate(placed):
        others = taken[:own] + taken[own + 1 :]
        ends = (width - RIGHT, height - BOTTOM)
        label, box = _free(account.name, x, y, radius, others, ends)
        if box is None:
            label, box = _free(shortened(account.name, SHORT), x, y, radius, others, ends)
        if box is not None:
            taken.append(box)
        yield ScatterMark(account=account, x=x, y=y, radius=radius, label=label)


_Box = tuple[float, float, float, float]


def _free(
    name: str, x: float, y: float, radius: float, taken: Sequence[_Box], ends: tuple[float, float]
) -> tuple[NameLabel | None, _Box | None]:
    """A place for a name beside, below or above its mark that touches nothing."""
    wide, gap = width_of(name) * LETTER, radius + 4
    for anchor, at, base in (
        ("start", x + gap, y + 4),
        ("end", x - gap, y + 4),
        ("middle", x, y + gap + 9),
        ("middle", x, y - gap),
        ("start", x + gap, y - 8),
        ("start", x + gap, y + 15),
        ("end", x - gap, y - 8),
        ("end", x - gap, y + 15),
        ("end", x + radius, y + gap + 9),
        ("end", x + radius, y - gap),
        ("start", x - radius, y + gap + 9),
        ("start", x - radius, y - gap),
    ):
        left = at - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        box = (left, base - LINE + 4, left + wide, base + 4)
        inside = box[0] > LEFT and box[2] < ends[0] and box[1] > TOP and box[3] < ends[1]
        if inside and not any(_touch(box, other) for other in taken):
            return NameLabel(text=name, x=round(at, 1), y=round(base, 1), anchor=anchor), box
    return None, None


def _touch(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
