"""How far a fact may lie from what is written, by its grade and age. Spec: *spread*."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.form import FORM
from generator.form.service import SatisfactionScore
from generator.form.value import COSTS, VALUES
from generator.model.fields import Field
from generator.model.kinds import Kind
from generator.read.document import DataPath
from generator.settings.site_config import EvidenceScoring

_PANS: Mapping[str, tuple[str, ...]] = {"values": VALUES, "costs": COSTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Where a fact may lie: by its grade a share of itself, of a score a share of its scale."""

    shares: Mapping[str, float]
    old_factor: float
    """By how much the spread grows past the shelf life."""
    at: Callable[[DataPath], Any]
    """What stands at a path of the playbook."""

    @classmethod
    def by(cls, scoring: EvidenceScoring, at: Callable[[DataPath], Any]) -> Spread:
        """As the settings have it, in a playbook."""
        return cls(shares=scoring.spread.model_dump(), old_factor=scoring.stale_spread, at=at)

    def ends(
        self, path: DataPath, value: float, grade: str, *, is_old: bool
    ) -> tuple[float, float] | None:
        """The fact moved up and down within its bounds; None where it has no spread."""
        field = FORM.at(path)
        if field is None or not _is_graded(field.pattern):
            return None
        step = self._step(path, value, field, grade, is_old=is_old)
        up, down = _within(field, value, step), _within(field, value, -step)
        return (up, down) if up != down else None

    def moved(
        self, path: DataPath, value: float, grade: str, times: float, *, is_old: bool
    ) -> float:
        """The fact so many times its spread higher, within its bounds."""
        field = FORM.at(path)
        if field is None or not _is_graded(field.pattern):
            return value
        return _within(field, value, times * self._step(path, value, field, grade, is_old=is_old))

    def _step(
        self, path: DataPath, value: float, field: Field, grade: str, *, is_old: bool
    ) -> float:
        """The spread: a share of the value, of 0 the mean of its list, of a score its scale."""
        step = self._size(path, value, field) * self.shares[grade]
        return step * self.old_factor if is_old else step

    def _size(self, path: DataPath, value: float, field: Field) -> float:
        """What the share is of."""
        lowest, highest = field.limits.at_least, field.limits.at_most
        if field.kind is Kind.SCORE and lowest is not None and highest is not None:
            return highest - lowest
        if field.pattern == _SATISFACTION:
            entry: SatisfactionScore = self.at(path[:-1])
            return (entry.scale or 0.0) - entry.bottom
        return abs(value) or self._mean(path)

    def _mean(self, path: DataPath) -> float:
        """The mean of the numbers that stand in the same list as one of them; 0 without a list."""
        amounts = [
            abs(float(number))
            for sibling in self._siblings(path)
            if isinstance(number := _bare(self.at(sibling)), (int, float))
        ]
        return math.fsum(amounts) / len(amounts) if amounts else 0.0

    def _siblings(self, path: DataPath) -> Iterator[DataPath]:
        """The same field of all entries of the innermost list, or of the pan of value it is in."""
        for place in range(len(path) - 1, 0, -1):
            step, before, after = path[place], path[:place], path[place + 1 :]
            if path[place - 1] in _PANS:
                yield from ((*before, name, *after) for name in _PANS[str(path[place - 1])])
                return
            if isinstance(step, int):
                entries = self.at(before) or ()
                yield from ((*before, at, *after) for at in range(len(entries)))
                return


_SATISFACTION = "service.satisfaction.*.score"
"""A score whose scale stands beside it."""


def _within(field: Field, value: float, step: float) -> float:
    """A number some steps on, within its bounds; one that is out of them already stays."""
    lowest, highest = field.limits.at_least, field.limits.at_most
    if step > 0:
        return value + step if highest is None else max(value, min(highest, value + step))
    return value + step if lowest is None else min(value, max(lowest, value + step))


def _bare(content: Any) -> Any:
    """The value of a fact that is written with its evidence."""
    return getattr(content, "value", content)


_NUMBERS = (Kind.NUMBER, Kind.MONEY, Kind.SHARE, Kind.SCORE)


@cache
def _is_graded(pattern: str) -> bool:
    """Whether a place holds numbers with evidence of their own: no settings, no counted things."""
    field = FORM.find(pattern)
    if field is None or field.kind not in _NUMBERS or field.is_decided:
        return False
    if field.is_whole and field.kind is not Kind.SCORE:
        return False
    steps = pattern.split(".")
    around = (FORM.find(".".join(steps[:end])) for end in range(2, len(steps)))
    return field.is_fact or any(place and "grade" in place.children for place in around)
