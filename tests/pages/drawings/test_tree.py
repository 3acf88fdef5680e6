"""Who reports to whom."""

from __future__ import annotations

import pytest

from generator.pages.drawings.people import Seat, seats


def flat(tree: tuple[Seat, ...]) -> str:
    return " ".join(one.id + (f"({flat(one.reports)})" if one.reports else "") for one in tree)


@pytest.mark.parametrize(
    ("people", "tree"),
    [
        ([], ""),
        ([("a", None), ("b", "a"), ("c", "b"), ("d", "a")], "a(b(c) d)"),
        ([("b", "a"), ("a", None)], "a(b)"),
        ([("a", "gone")], "a"),
        ([("a", "a")], "a"),
        ([("a", "b"), ("b", "a"), ("c", "a")], "a(c) b"),
    ],
)
def test_trees(people: list[tuple[str, str | None]], tree: str) -> None:
    assert flat(seats(people)) == tree
