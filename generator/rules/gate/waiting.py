"""Placeholders in the way of rules: one finding for a value that is still to be written.

A placeholder counts as missing. What rules find missing because of it is not told beside it:
the placeholder is told once, as grave as the strictest rule that waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.problems import Problem
from generator.rules.validate.plan import Blank


class Waiting:
    """The placeholders of a plan, and the findings that wait for values in their place."""

    def __init__(self, blanks: Iterable[Blank]) -> None:
        """For one plan."""
        self._blanks = tuple(blanks)
        self._strictest: dict[str, Problem] = {}
        """By the name of a placeholder the strictest finding that waits for it."""

    def takes(self, problem: Problem, *, is_any_enough: bool = False) -> bool:
        """Whether all that a finding misses stands behind placeholders: these are told instead.

        `is_any_enough`: one of the paths that it names would do.
        """
        missing = problem.lacks or problem.waits_for
        if not self._blanks or not missing:
            return False
        hidden = [name for name in missing if any(blank.hides(name) for blank in self._blanks)]
        if len(hidden) < (1 if is_any_enough else len(missing)):
            return False
        for blank in self._blanks:
            before = self._strictest.get(blank.name)
            is_stricter = before is None or problem.level < before.level
            if is_stricter and any(blank.hides(name) for name in hidden):
                self._strictest[blank.name] = problem
        return True

    def told(self, problem: Problem) -> Problem:
        """A finding of the plan; that of a placeholder as grave as what waits for it."""
        blank = next((blank for blank in self._blanks if blank.problem == problem), None)
        asking = self._strictest.get(blank.name) if blank else None
        if blank is None or asking is None:
            return problem
        lacking = replace(problem, lacks=(blank.name,), asked_by=asking.rule)
        if problem.level == "error":  # the form itself asks for it
            return lacking
        message = f"{blank.wanted}; the rule '{asking.rule}' asks for it"
        return replace(lacking, level=asking.level, message=message, entry=blank.name)
