"""What an account's figures and findings say now and did not before."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.compare.edits import Edit
from generator.figures import Account, Figure
from generator.figures.definitions import DEFINITIONS
from generator.figures.economics import NEVER
from generator.figures.ranges import ranged
from generator.problems import Problem

_BLUR = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """An input of a verdict that went over or under a limit."""

    figure: str
    limit: float
    unit: str | None
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What moved a figure: an edit of the account's file or of a setting, or another account."""

    edit: Edit | None = None
    file: str = ""
    """The file of the edit."""
    account: str = ""
    """The other account's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A figure that is another one now."""

    key: str
    before: Figure
    after: Figure
    causes: tuple[Cause, ...] = ()
    """Each alone undoes the effect when it is put back; or together, where none alone does."""
    is_together: bool = False
    crossing: Crossing | None = None

    @property
    def is_verdict(self) -> bool:
        """Whether the figure is declared to be no amount, or is one that is or was never."""
        return DEFINITIONS[self.key].is_verdict or NEVER in (self.before.value, self.after.value)


def effects_between(before: Account, after: Account) -> tuple[Effect, ...]:
    """Every figure whose value differs, in the order of the method; confidence is not compared."""
    was, is_now = ranged(before).figures, ranged(after).figures
    return tuple(
        Effect(key=key, before=was[key], after=is_now[key], crossing=_crossing(key, before, after))
        for key, new in after.figures.items()
        if key in before.figures and not is_same(before.figures[key].value, new.value)
    )


def is_same(before: Any, after: Any) -> bool:
    """Equal values, whatever the blur of arithmetic."""
    if isinstance(before, (int, float)) and isinstance(after, (int, float)):
        return math.isclose(before, after, rel_tol=_BLUR, abs_tol=_BLUR)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return before.keys() == after.keys() and all(
            is_same(before[key], after[key]) for key in before
        )
    if isinstance(before, (tuple, list)) and isinstance(after, (tuple, list)):
        return len(before) == len(after) and all(map(is_same, before, after))
    return bool(before == after)


def findings_between(
    before: Sequence[Problem], after: Sequence[Problem]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Findings that are new and findings that are gone; a finding that only moved is neither."""
    return _surplus(after, before), _surplus(before, after)


def _surplus(some: Sequence[Problem], others: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those of some that the others do not have, whatever their lines."""
    left = Counter(map(_identity, others))
    surplus = []
    for problem in some:
        if left[_identity(problem)]:
            left[_identity(problem)] -= 1
        else:
            surplus.append(problem)
    return tuple(surplus)


def _identity(problem: Problem) -> tuple[str, str, str, str]:
    """What makes a finding the same: not its line, nor the numbers its message names."""
    return problem.account, problem.rule, problem.level, problem.entry


def _crossing(key: str, before: Account, after: Account) -> Crossing | None:
    """The first input with a limit, of the figure or of what it rests on, that went past it."""
    seen: set[str] = set()
    rest = [key]
    while rest:
        asked = rest.pop(0)
        if asked in seen or asked not in before.figures:
            continue
        seen.add(asked)
        olds = {reason.name: reason for reason in before.figures[asked].reasons}
        rate = olds["exchange rate"].value if "exchange rate" in olds else 1.0
        for new in after.figures[asked].reasons:
            old = olds.get(new.name)
            if new.name in after.figures:
                rest.append(new.name)
            if old is None or new.threshold is None or old.threshold != new.threshold:
                continue
            if isinstance(old.value, (int, float)) and isinstance(new.value, (int, float)):
                factor = rate if new.threshold else 1.0
                was, is_ = (at * factor >= new.threshold for at in (old.value, new.value))
                if was != is_:
                    return Crossing(
                        figure=new.name, limit=new.threshold, unit=new.unit, is_over=is_
                    )
    return None
