"""An account whose facts move: each knows how far it may be off, and so does what is made of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from generator.figures.case import Case
from generator.figures.figure import Reason
from generator.figures.spread import Spread
from generator.figures.varied import Moves, Varied
from generator.form import Playbook
from generator.read.document import DataPath


class Varying(Case):
    """A case of the same facts, each number of which that has a spread moves by it."""

    def __init__(self, plain: Case, today: Varying | None = None) -> None:
        """Of a case; of one on an earlier day with the account `today`, which knows the spreads."""
        super().__init__(*plain.made_of)
        self._places = plain._places  # noqa: SLF001 - of the same playbook
        self._plain = plain
        self._today = today
        self._spread = Spread.by(plain.settings.scoring.evidence, lambda path: plain.at(*path))
        self.moving: dict[DataPath, Reason] = {}
        """The facts that move, as far as a figure has asked for them."""

    def on(self, day: datetime.date) -> Case:
        """The account on an earlier day; what was known then and is known now moves together."""
        return Varying(self._plain.on(day), self)

    def given(self, path: DataPath, value: Any, **traits: Any) -> Reason:
        """Something that stands at a path, moved if it is the number there."""
        return self._varied(path, self._plain.given(path, value, **traits))

    def _read_fact(self, path: DataPath) -> Reason:
        return self._varied(path, self._plain.fact(*path))

    def _varied(self, path: DataPath, reason: Reason) -> Reason:
        """A number with what it would be higher and lower, where it has a spread."""
        value = reason.value
        if value.__class__ not in (float, int):
            return reason
        moves = self._moves(path, reason)
        return reason.with_(value=Varied(value, moves)) if moves else reason

    def _moves(self, path: DataPath, reason: Reason) -> Moves:
        if self._today is not None:
            now = place_today(path, self.playbook, self._today.playbook)
            return self._today._moves(now, self._today._plain.fact(*now))  # noqa: SLF001 - its own kind
        ends = self._spread.ends(path, reason.value, str(reason.grade), is_old=reason.stale)
        if ends is None:
            return {}
        self.moving.setdefault(path, reason)
        return {path: ends}


def place_today(path: DataPath, then: Playbook, now: Playbook) -> DataPath:
    """Where an entry of a plan as it was known stands today: later ones may come before it."""
    numbers = [place for place, step in enumerate(path) if isinstance(step, int)]
    if not numbers:
        return path
    first = numbers[0]
    before, (at, *after) = path[:first], path[first:]
    entry = _entries(then, before)[int(at)]
    same = (place for place, known in enumerate(_entries(now, before)) if known is entry)
    return (*before, next(same, at), *after)


def _entries(plan: Playbook, path: DataPath) -> Sequence[Any]:
    """The list that stands at a path of plain sections."""
    node: Any = plan
    for step in path:
        node = getattr(node, str(step), None)
    return node or ()
