"""Rows that are not used: where they stand, why, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A row that is not used, and the won value that goes with it."""

    file: str
    line: int
    reason: str
    cure: str
    won: Decimal = Decimal(0)
    currency: str = ""
    """Of what was won, where it is not the mapping's."""
    column: int = 1
    """Of the cell that cannot be used; 1 for a whole row."""
    is_meant: bool = False
    """Whether the mapping leaves it out: accounted for, but nothing to mend."""


def reasons(rows: Iterable[Skipped], file: str) -> list[tuple[str, list[Skipped]]]:
    """The rows of a file by why they are not used, the most frequent first."""
    found: dict[str, list[Skipped]] = {}
    for one in rows:
        if one.file == file:
            found.setdefault(one.reason, []).append(one)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def findings(rows: Iterable[Skipped]) -> Iterator[Problem]:
    """One finding for each reason in each file, at the first row that it holds for."""
    rows = tuple(one for one in rows if not one.is_meant)
    for file in sorted({one.file for one in rows}):
        for reason, group in reasons(rows, file):
            first = group[0]
            count = f"{len(group):,} rows are not used, this is the first: " if group[1:] else ""
            yield Problem(
                path=file,
                line=first.line,
                column=first.column,
                level="warning",
                rule="crm-row",
                message=f"{count or 'this row is not used: '}{reason}; {first.cure}",
            )
