"""What a report is made of: findings, the text they stand in, what was checked, the rules."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.problems import Problem
from generator.terminal import printable, shown

__all__ = ["Findings", "Help", "Sources", "printable", "shown"]

Sources = Mapping[str, str]
"""The text of each file by its path, for showing the line of a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What a rule asks for, and why."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that any format needs to tell what was found."""

    problems: tuple[Problem, ...]
    sources: Sources = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    """Every playbook that was looked at, those without a finding too."""
    rules: Mapping[str, Help] = field(default_factory=dict)

    def fingerprinted(self) -> Iterator[tuple[Problem, str]]:
        """Each finding with a mark of its own that stays while lines move and words change."""
        seen: Counter[tuple[str, ...]] = Counter()
        for one in self.problems:
            same = (one.path if not one.account else one.account, one.rule, one.entry)
            mark = "\0".join((*same, str(seen[same]))).encode("utf-8", "surrogatepass")
            seen[same] += 1
            yield one, hashlib.sha256(mark).hexdigest()[:32]
