"""People as a tree of who reports to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person and those who report to them."""

    id: str
    reports: tuple[Seat, ...]


def seats(people: Sequence[tuple[str, str | None]]) -> tuple[Seat, ...]:
    """The trees of people given as id and superior; who reports in a circle stands at the top."""
    known = {one for one, _ in people}
    below: dict[str, list[str]] = {}
    tops: list[str] = []
    for one, superior in people:
        if superior is not None and superior in known and not _circles(one, dict(people)):
            below.setdefault(superior, []).append(one)
        else:
            tops.append(one)

    def seat(one: str) -> Seat:
        return Seat(id=one, reports=tuple(seat(report) for report in below.get(one, ())))

    return tuple(seat(one) for one in tops)


def _circles(start: str, superior: dict[str, str | None]) -> bool:
    seen = {start}
    at = superior.get(start)
    while at is not None and at in superior:
        if at == start:
            return True
        if at in seen:
            return False
        seen.add(at)
        at = superior[at]
    return False
