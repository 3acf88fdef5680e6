"""What a report is made of: findings, the text they stand in, what was checked, the rules."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from generator.problems import Problem
from generator.rules.rulebook import Rule
from generator.terminal import printable, shown

__all__ = ["Findings", "Help", "Sources", "as_data", "help_of", "plain_data", "printable", "shown"]

Sources = Mapping[str, str]
"""The text of each file by its path, for showing the line of a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What a rule asks for, and why."""

    title: str
    reason: str


def help_of(rule: Rule) -> Help:
    """What a rule of rules.yaml asks for, and why."""
    return Help(title=rule.title or rule.id, reason=rule.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that any format needs to tell what was found."""

    problems: tuple[Problem, ...]
    sources: Sources = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    """Every playbook that was looked at, those without a finding too."""
    rules: Mapping[str, Help] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    """The rules of rules.yaml as they stand there."""

    def fingerprinted(self) -> Iterator[tuple[Problem, str]]:
        """Each finding with a mark of its own that stays while lines move and words change."""
        seen: Counter[tuple[str, ...]] = Counter()
        for problem in self.problems:
            same = (
                problem.path if not problem.account else problem.account,
                problem.rule,
                problem.entry,
            )
            mark = "\0".join((*same, str(seen[same]))).encode("utf-8", "surrogatepass")
            seen[same] += 1
            yield problem, hashlib.sha256(mark).hexdigest()[:32]


def as_data(problem: Problem) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
        "rule": problem.rule,
        "message": problem.message,
        "account": problem.account,
    }


def plain_data(value: Any) -> Any:
    """A value of a playbook or figure as JSON has it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain_data(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain_data(item) for item in value]
    if is_dataclass(value):
        return {part.name: plain_data(getattr(value, part.name)) for part in fields(value)}
    return value
