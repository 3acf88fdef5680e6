"""A figure and its reasons: no number without the inputs, weights and thresholds that made it.

Limits are meant as people mean them: the blur of adding up and changing currency never decides.
"""

from __future__ import annotations

import datetime
import enum
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from generator.figures.varied import Varied, pointwise, total
from generator.language import phrase

NOTHING_TO_DIVIDE = phrase("nothing to divide by")
LOOKED_NONE = phrase("looked, none")


class ReasonKind(enum.Enum):
    """What an input stands for where a figure tells inputs apart; its note says it to readers."""

    ANSWER_FADED = "an answer so old that it counts one point less"
    BEHIND = "an objective less far than its time"
    MISSED = "an objective whose day passed, or whose limit was passed"
    DETOUR = "an organisation that another one leads to"
    DONE = "something planned that was done"
    OPEN = "an objective that is done or not, and is not yet"
    NOT_DONE = "an objective that is done or not, whose day passed without it"
    LAPSED = "evidence of a rung that is too old to hold it"


class NullCause(enum.Enum):
    """Why a figure is null where what follows depends on it; its note says it to readers."""

    OTHER_MODE = "the plan weighs value the other way: in scores, or in money"


_DIRECTED = {"days ahead": "days", "days overdue": "days", "months after plan": "months"}


def measured_in(unit: str | None) -> str | None:
    """A unit as programs are told it: without the direction that words put into it."""
    return _DIRECTED.get(unit, unit) if unit else unit


class Reason(NamedTuple):
    """One input of a figure: what it is, where it stands, how sure it is, how it counted.

    A named tuple, not a dataclass: a portfolio makes hundreds of thousands of them.
    """

    name: str
    value: Any
    unit: str | None = None
    path: str | None = None
    """The file it stands in; None for another figure or a setting."""
    line: int | None = None
    grade: str | None = None
    as_of: datetime.date | None = None
    confidence: float | None = None
    """What its grade counts today, 0 to 1; None for settings."""
    stale: bool = False
    """Whether the evidence is past its shelf life."""
    weight: float | None = None
    threshold: float | None = None
    setting: str | None = None
    """file:line in site_config."""
    note: str | None = None
    lacks: tuple[str, ...] = ()
    """For a figure that is null: what is missing at the bottom of it."""
    column: int | None = None
    inputs: tuple[Reason, ...] = ()
    """What it was made from itself, where it is no figure that shows its own."""
    kind: ReasonKind | None = None
    carries: float | None = None
    """Its share of what the figure may be off, squared (σ²); None where it has no spread."""

    def against(self, limit: Reason) -> Reason:
        """The same reason beside the setting that it is measured against."""
        return self._replace(threshold=limit.value, setting=limit.setting)

    def with_(self, **changes: Any) -> Reason:
        """The same reason, seen in the light of one figure."""
        return self._replace(**changes)


class Stand(NamedTuple):
    """A number and the limits about it: a word that rests on it stands while it crosses none."""

    value: float
    limits: tuple[float, ...]


class Carrier(NamedTuple):
    """A fact and its share of what a figure may be off, squared (σ²)."""

    fact: Reason
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A computed value with its unit, how sure it is, why, and what is missing for it."""

    value: Any
    key: str = ""
    """Given by its definition, as the unit is where the figure has none of its own."""
    unit: str | None = None
    confidence: float | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    waits_on: tuple[str, ...] = ()
    """What stands in the file and could not be read, or was taken out: until then not judged."""
    note: str | None = None
    cause: NullCause | None = None
    stands: tuple[Stand, ...] = ()
    """Of a word of a varied case: the numbers that it hangs on."""
    low: float | None = None
    """Four times in five the value lies from here on; None where it has no range."""
    high: float | None = None
    """And up to here."""
    carriers: tuple[Carrier, ...] = ()
    """The facts that a range or a word's confidence comes of, the largest share first."""

    @property
    def rests_on_opinion(self) -> bool:
        """Whether opinions carry more than half of what it may be off."""
        return sum(part.share for part in self.carriers if part.fact.grade == OPINION) > HALF

    @property
    def is_about_even(self) -> bool:
        """Whether nobody can say on which side of 0 an amount lies."""
        return self.low is not None and self.high is not None and self.low < 0 < self.high


OPINION, HALF = "opinion", 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A part of a sum of money and the inputs it was made from."""

    amount: float
    inputs: tuple[Reason, ...]


def missing_among(inputs: Iterable[Reason]) -> tuple[str, ...]:
    """What is missing for inputs that have no value, each once: facts, not figures."""
    return tuple(
        dict.fromkeys(
            name for fact in inputs if fact.value is None for name in fact.lacks or (fact.name,)
        )
    )


def mean_confidence(inputs: Sequence[Reason], weights: Sequence[float] | None = None) -> float:
    """Mean of what the inputs' grades count, weighted if weights are given; 0 without any."""
    pairs = [
        (reason.confidence, weights[index] if weights is not None else 1.0)
        for index, reason in enumerate(inputs)
        if reason.confidence is not None
    ]
    total = math.fsum(weight for _, weight in pairs)
    if not pairs:
        return 0.0
    if total <= 0:
        return math.fsum(sure for sure, _ in pairs) / len(pairs)
    return math.fsum(sure * weight for sure, weight in pairs) / total


def null(
    missing: Iterable[str] = (),
    *,
    reasons: Iterable[Reason] = (),
    note: str | None = None,
    cause: NullCause | None = None,
) -> Figure:
    """A figure that cannot be told, and why."""
    return Figure(
        value=None,
        reasons=tuple(reason for reason in reasons if reason.value is not None),
        missing=tuple(dict.fromkeys(missing)),
        note=note,
        cause=cause,
    )


def figure_of(
    value: Any,
    inputs: Iterable[Reason],
    *,
    more: Iterable[Reason] = (),
    missing: Iterable[str] = (),
    note: str | None = None,
) -> Figure:
    """A value that is as sure as its inputs; `more` are reasons that are shown beside them."""
    inputs = tuple(inputs)
    return Figure(
        value=value,
        confidence=mean_confidence(inputs),
        reasons=(*inputs, *more),
        missing=tuple(missing),
        note=note,
    )


def computed(
    compute: Callable[..., Any],
    inputs: Sequence[Reason],
    *,
    more: Sequence[Reason] = (),
    note: str | None = None,
    stands: Callable[..., Iterable[Stand]] | None = None,
) -> Figure:
    """The figure made of its inputs' values; null when one is missing or nothing divides.

    `compute` takes the inputs' values in order and may return None: nothing to divide by.
    `more` are reasons that are shown but not passed to it. Where it makes a word, `stands` takes
    the same values and says on which numbers the word hangs.
    """
    if missing := missing_among(inputs):
        return null(missing, reasons=(*inputs, *more))
    values = [reason.value for reason in inputs]
    value = pointwise(compute, *values)
    if value is None:
        return null(reasons=(*inputs, *more), note=note or NOTHING_TO_DIVIDE)
    figure = figure_of(value, inputs, more=more, note=note)
    if stands is None or not any(number.__class__ is Varied for number in values):
        return figure
    return replace(figure, stands=tuple(stands(*values)))


def sum_of_money(
    terms: Sequence[Term],
    *,
    empty: Sequence[Reason] = (),
    more: Sequence[Reason] = (),
    note: str | None = None,
) -> Figure:
    """The sum of terms.

    `empty` stands for a list that was looked at and holds nothing: the sum is 0.
    `more` are reasons that are shown and have no amount of their own.
    """
    if not terms:
        return figure_of(0.0, empty, more=more, note=note)
    return Figure(
        value=total(term.amount for term in terms),
        confidence=mean_confidence([fact for term in terms for fact in term.inputs]),
        reasons=tuple(dict.fromkeys((*(fact for term in terms for fact in term.inputs), *more))),
        note=note,
    )


def ratio(part: float, whole: float) -> float | None:
    """A quotient, or None: nothing to divide by."""
    return part / whole if whole else None


_RELATIVE = 1e-12
_ABSOLUTE = 1e-9


def is_level(value: float, limit: float) -> bool:
    """Whether two numbers are the same but for the blur of arithmetic."""
    return math.isclose(value, limit, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)


def reaches(value: float, limit: float) -> bool:
    """Whether a value is at a limit or above it."""
    return value >= limit or is_level(value, limit)


def exceeds(value: float, limit: float) -> bool:
    """Whether a value is above a limit; at the limit it is not."""
    return value > limit and not is_level(value, limit)
