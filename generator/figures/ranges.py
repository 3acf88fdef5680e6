"""Between which values a figure lies, how sure it is, and which facts that comes of.

Each fact moves up and down by its spread, and every figure that rests on it moves along. Spec:
*range and confidence*.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.figures.account import Account, Portfolio
from generator.figures.case import Case
from generator.figures.definition import Definition, Gives, Rank
from generator.figures.definitions import DEFINITIONS
from generator.figures.figure import Carrier, Figure, Reason, Stand
from generator.figures.figures import Figures
from generator.figures.varied import Varied
from generator.figures.varying import Varying
from generator.read.document import DataPath

FOUR_IN_FIVE = 1.28
"""Between so many standard deviations on either side a normal value lies four times in five."""
SURE_FROM = 0.8
"""Confidence from which a figure is sure enough that nothing needs to be found out for it."""
_WORTH_NAMING = 0.01
"""The least share of σ² for which a fact is named."""
_Variances = Mapping[DataPath, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Where a number lies four times in five, and what each fact adds to that."""

    low: float
    high: float
    variances: _Variances
    """By fact the squares of what it moves the number by."""

    @property
    def deviation(self) -> float:
        """The standard deviation: the width over twice 1.28."""
        return (self.high - self.low) / (2 * FOUR_IN_FIVE)


def range_of(value: float) -> Range:
    """The range of a number of a varied case; a number that nothing moves has no width.

    high = value + 1.28·√Σ max(0, change)², low = value - 1.28·√Σ max(0, -change)², over both
    moves of every fact.
    """
    now = float(value)
    if not isinstance(value, Varied):
        return Range(low=now, high=now, variances={})
    above = below = 0.0
    variances: dict[DataPath, float] = {}
    for fact, ends in value.moves.items():
        squares = 0.0
        for end in ends:
            square = (end - now) ** 2
            squares += square
            if end > now:
                above += square
            else:
                below += square
        variances[fact] = squares
    return Range(
        low=now - FOUR_IN_FIVE * math.sqrt(below),
        high=now + FOUR_IN_FIVE * math.sqrt(above),
        variances=variances,
    )


_NORMAL = statistics.NormalDist()


def chance_of(stand: Stand) -> float:
    """The chance that a number crosses no limit: of a normal deviation about it.

    Only the nearest limit on either side counts: whoever crosses another has crossed that.
    """
    value = float(stand.value)
    deviation = range_of(stand.value).deviation
    if not deviation:
        return 1.0
    above = [limit - value for limit in stand.limits if limit > value]
    below = [value - limit for limit in stand.limits if limit <= value]
    rises, falls = (
        1 - _NORMAL.cdf(min(side) / deviation) if side else 0.0 for side in (above, below)
    )
    return max(0.0, 1.0 - rises - falls)


def _confidence(definition: Definition, value: float, within: Range) -> float:
    """Of a number how small its deviation is beside it; on a known scale beside the scale."""
    deviation = within.deviation
    if definition.scale is not None:
        low, high = definition.scale
        return 1 - min(1.0, 2 * deviation / (high - low))
    if not deviation:
        return 1.0
    return max(0.0, 1 - deviation / abs(value)) if value else 0.0


_NO_RANGE = (Gives.WORDS, Gives.ITEMS)
"""What hangs on no number alone."""


def _may_have_range(definition: Definition) -> bool:
    """Whether it is one number or word, and more than something to look up."""
    is_looked_up = definition.rank is Rank.REFERENCE
    return not (definition.by_name or is_looked_up or definition.gives in _NO_RANGE)


class Certainty(NamedTuple):
    """How sure a figure is: where a number lies, the chance that a word stands, and why."""

    low: float | None
    high: float | None
    confidence: float
    carriers: tuple[Carrier, ...]


def certainties(case: Case) -> Mapping[str, Certainty]:
    """By key how sure the figures of an account are that rest on facts with a spread."""
    varying = Varying(case)
    known = ((key, _certainty(varying, definition)) for key, definition in DEFINITIONS.items())
    return {key: certainty for key, certainty in known if certainty is not None}


def _certainty(varying: Varying, definition: Definition) -> Certainty | None:
    if not _may_have_range(definition) or definition.key not in varying.figures:
        return None
    figure = varying.figures[definition.key]
    if isinstance(figure.value, Varied):
        within = range_of(figure.value)
        sure = _confidence(definition, float(figure.value), within)
        low, high = _ends(definition, float(figure.value), within)
        return Certainty(low, high, sure, _carriers(varying, within.variances))
    return _of_word(varying, figure) if figure.stands or definition.is_verdict else None


def _ends(definition: Definition, value: float, within: Range) -> tuple[float, float]:
    """A range as far as the number can go: a part of a whole is not more than the whole."""
    if definition.ends is None:
        return within.low, within.high
    lowest, highest = definition.ends
    return max(within.low, min(value, lowest)), min(within.high, max(value, highest))


def _of_word(varying: Varying, figure: Figure) -> Certainty | None:
    """A word stands if its numbers cross no limit, and the words that it follows from stand."""
    chances = {stand: chance_of(stand) for stand in _stands(varying.figures, figure)}
    if not any(isinstance(stand.value, Varied) for stand in chances):
        return None
    weakest = min(chances, key=lambda stand: chances[stand])
    carriers = _carriers(varying, range_of(weakest.value).variances)
    return Certainty(None, None, math.prod(chances.values()), carriers)


def _stands(figures: Figures, figure: Figure) -> Iterator[Stand]:
    """The numbers that a word hangs on, its own and those of the words that it is made of."""
    yield from figure.stands
    for reason in figure.reasons:
        definition = DEFINITIONS.get(reason.name)
        if definition is not None and definition.is_verdict and reason.name in figures:
            yield from _stands(figures, figures[reason.name])


def _carriers(varying: Varying, variances: _Variances) -> tuple[Carrier, ...]:
    """The facts by their share of σ², the largest first."""
    whole = math.fsum(variances.values())
    named = [
        Carrier(varying.moving[fact], variance / whole)
        for fact, variance in variances.items()
        if variance >= _WORTH_NAMING * whole > 0
    ]
    return tuple(sorted(named, key=lambda carrier: -carrier.share))


def with_ranges(portfolio: Portfolio) -> Portfolio:
    """The portfolio whose figures say how sure they are; worked out when somebody asks."""
    return replace(portfolio, accounts=tuple(map(ranged, portfolio.accounts)))


def ranged(account: Account) -> Account:
    """The account whose figures say how sure they are."""
    if account.case is None:
        return account
    return replace(account, figures=_Ranged(account.figures, account.case))


def _place(fact: Reason) -> tuple[str | None, int | None, int | None]:
    return fact.path, fact.line, fact.column


class _Ranged(Figures):
    """Figures with their range, confidence and what these come of."""

    __slots__ = ("_account", "_certainties", "_told", "_whole")

    def __init__(self, whole: Figures, case: Case) -> None:
        super().__init__()
        self._whole, self._account = whole, case
        self._certainties: Mapping[str, Certainty] | None = None
        self._told: dict[str, Figure] = {}

    def __getitem__(self, key: str) -> Figure:
        """A figure with how sure it is."""
        figure = self._told.get(key)
        if figure is None:
            figure = self._told[key] = self._sure(self._whole[key])
        return figure

    def _sure(self, figure: Figure) -> Figure:
        if figure.value is None:
            return figure
        if self._certainties is None:
            self._certainties = certainties(self._account)
        certainty = self._certainties.get(figure.key)
        if certainty is None:
            return figure
        shares = {_place(fact): share for fact, share in certainty.carriers}
        reasons = tuple(
            self._sure_reason(reason, shares.get(_place(reason))) for reason in figure.reasons
        )
        return replace(figure, **certainty._asdict(), reasons=reasons)

    def _sure_reason(self, reason: Reason, share: float | None) -> Reason:
        """An input with what of the doubt comes of it; a figure as sure as it is itself."""
        if share is not None:
            return reason.with_(carries=share)
        own = (self._certainties or {}).get(reason.name)
        return reason if own is None else reason.with_(confidence=own.confidence)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    def __contains__(self, key: object) -> bool:
        return key in self._whole
