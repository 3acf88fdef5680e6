"""Findings about someone's file: data that is collected, sorted and printed, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

Level = Literal["error", "warning"]
CURE_AFTER = "; "
"""Stands between what is wrong and what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What is wrong outside the plans that have a finding because of it: mended once, for all."""

    path: str
    line: int = 1
    column: int = 1
    fault: str
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One finding at one place: what is wrong and how to cure it, in plain words.

    `path` is relative to the repository's root; `line` and `column` are 1-based.
    """

    path: str
    line: int = 1
    column: int = 1
    level: Level = "error"
    rule: str
    message: str
    account: str = ""
    entry: str = ""
    """The id of the list entry or field the finding is about; it outlives a moved line."""
    cure: str = ""
    """The end of the message that says what to do, where it is known apart."""
    lacks: tuple[str, ...] = field(default=(), compare=False)
    """What a completeness rule misses, as the paths to type; empty where nothing is to be added."""

    waits_for: tuple[str, ...] = field(default=(), compare=False)
    """What other rules miss, as paths: with a placeholder there nothing is told of it."""
    asked_by: str = field(default="", compare=False)
    """The rule that waits for the value of a placeholder."""
    at: tuple[str | int, ...] = field(default=(), compare=False)
    """The data path that it is about, where it is about one."""
    alike: str = field(default="", compare=False)
    """What it has in common with others of its plan, such as 'facts of 2026-01-31': people at a
    terminal are told the first, and how many more there are."""
    cause: Cause | None = field(default=None, compare=False)
    """What several plans may have the same finding for; None where the plan itself is wrong."""

    @property
    def fault(self) -> str:
        """What is wrong: the message without its cure, where that is known apart."""
        return self.message.removesuffix(f"{CURE_AFTER}{self.cure}") if self.cure else self.message

    @property
    def of_no_account(self) -> Problem:
        """The same about a file that is no playbook."""
        return replace(self, account="")

    def __str__(self) -> str:
        """The concise form: one clickable line."""
        return f"{self.path}:{self.line}:{self.column}: {self.level}: {self.message} [{self.rule}]"


def one_line(message: str) -> str:
    """A message on one line, also where it repeats a key that has line ends in it."""
    return " ".join(message.split()) if "\n" in message else message


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each finding once, by file and place."""
    return tuple(sorted(set(problems)))


def errors_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those findings that make a check fail."""
    return tuple(problem for problem in problems if problem.level == "error")
