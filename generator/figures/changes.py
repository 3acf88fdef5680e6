"""The cheapest change of service money: which activity, moved least, sends it to the right objects.

Least is by share of the number as it stands. The change is rounded outward to three digits, so that
it holds when it is written into the file and nine tenths of it do not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.figures.case import Case
from generator.figures.figure import Reason
from generator.figures.service import activity_inputs, alignment_of
from generator.read.document import DataPath

MOST = 1e9
ROUNDS = 34
DIGITS = 3
_BLUR = 1e-6
_FIRST_STEP = 1 / 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """How often something is done for whom we serve, and what each time costs."""

    served: str
    path: DataPath
    """Of its times a year."""
    times: Reason
    each: float

    @property
    def now(self) -> float:
        """Its times a year as they stand."""
        return float(self.times.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastChange:
    """An activity and how often it would have to be done."""

    path: DataPath
    name: str
    line: int | None
    before: float
    after: float
    is_right: bool
    """Whether the money goes to the right objects then."""

    @property
    def size(self) -> float:
        """How much of the number itself the change is."""
        return abs(self.after - self.before) / self.before if self.before else math.inf


def cheapest_change(case: Case) -> LeastChange | None:
    """The least single change that sends service money to the right objects, or no longer.

    None where no activity does it, and for readers to whom the alignment is not told.
    """
    if "service.alignment" in case.hidden or case.figures["service.alignment"].value is None:
        return None
    return case.once("cheapest change", lambda: _least(case))


def _least(case: Case) -> LeastChange | None:
    return min(_changes(case), key=lambda change: change.size, default=None)


def _activities(case: Case) -> Iterator[Activity]:
    """The activities whose times stand in the file."""
    for index, served in enumerate(case.service.objects or ()):
        for place in range(len(served.activities or ())):
            times, hours, rate, expense = activity_inputs(case, index, place)
            if times.line is not None:
                yield Activity(
                    served=served.id,
                    path=("service", "objects", index, "activities", place, "per_year"),
                    times=times,
                    each=hours.value * rate.value + expense.value,
                )


def _changes(case: Case) -> Iterator[LeastChange]:
    """One activity more or less often, until the money is right, or no longer."""
    activities = list(_activities(case))
    weights: Mapping[str, float] = case.figures["service.weights"].value
    costs = dict.fromkeys(weights, 0.0)
    for activity in activities:
        costs[activity.served] += activity.now * activity.each
    least = case.settings.scoring.service.alignment_from

    def is_right(activity: Activity, times: float) -> bool | None:
        spent = (times - activity.now) * activity.each
        moved = costs | {activity.served: costs[activity.served] + spent}
        alignment = alignment_of(list(weights.values()), list(moved.values()))
        return None if alignment is None else alignment >= least

    for activity in activities:
        # Money is right, if at all, about where its object has the part that it weighs
        weight, others = weights[activity.served], sum(costs.values()) - costs[activity.served]
        own = costs[activity.served] - activity.now * activity.each
        due = weight * others / (1 - weight) - own if weight < 1 else 0.0
        ends = (0.0, due / activity.each, MOST) if activity.each and due > 0 else (0.0, MOST)
        yield from _turned(activity, ends, partial(is_right, activity))


def _turned(
    activity: Activity, ends: Sequence[float], is_right: Callable[[float], bool | None]
) -> Iterator[LeastChange]:
    """The nearest times a year towards some ends at which the answer is another."""
    now = is_right(activity.now)
    for end in ends:
        if end == activity.now or is_right(end) in (now, None):
            continue
        near, far = _bracket(activity.now, end, lambda times: is_right(times) == now)
        for _ in range(ROUNDS):
            middle = (near + far) / 2
            near, far = (middle, far) if is_right(middle) == now else (near, middle)
        # At the limit itself the answer has turned on one side only
        nearest = (_outward(activity.now, far, more) for more in (0, 1))
        after = next((times for times in nearest if is_right(times) != now), None)
        if after is not None:
            yield LeastChange(
                path=activity.path,
                name=activity.times.name,
                line=activity.times.line,
                before=activity.now,
                after=after,
                is_right=not now,
            )


def _bracket(start: float, end: float, holds: Callable[[float], bool]) -> tuple[float, float]:
    """The last place that still holds and the first that does not, a step twice as long each."""
    step = math.copysign(abs(start) * _FIRST_STEP or 1.0, end - start)
    near = start
    while True:
        far = start + step
        if (far - end) * step >= 0:
            return near, end
        if not holds(far):
            return near, far
        near, step = far, step * 2


def _outward(start: float, far: float, more: int) -> float:
    """The far value with its step rounded away from the start, and some units further."""
    step = far - start
    if not step:
        return far
    digits = DIGITS - 1 - math.floor(math.log10(abs(step)))
    unit = 10.0**-digits
    rounded = math.copysign((math.ceil(abs(step) / unit - _BLUR) + more) * unit, step)
    return max(0.0, round(start + rounded, max(0, digits) + 1))
