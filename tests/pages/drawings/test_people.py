"""People as a tree and on a plane, by hand."""

from __future__ import annotations

import pytest

from generator.pages.drawings.people import PlacedPerson, Seat, are_apart, dots, seats


def flat(tree: tuple[Seat, ...]) -> str:
    return " ".join(seat.id + (f"({flat(seat.reports)})" if seat.reports else "") for seat in tree)


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


def person(name: str, influence: float | None, sentiment: int | None) -> PlacedPerson:
    return PlacedPerson(name=name, influence=influence, sentiment=sentiment, is_cold=False)


def test_who_is_not_known_is_not_placed() -> None:
    placed = dots([person("Ana Ruiz", 5, 2), person("Bo Li", None, 2), person("Cai Wu", 3, None)])
    assert [(dot.title, dot.short, dot.mood, dot.place) for dot in placed] == [
        ("Ana Ruiz", "AR", "g", "5 of 5, +2")
    ]


def test_a_name_grows_away_from_the_edge() -> None:
    left, right = dots([person("Ana Ruiz", 5, -2), person("Bo Li", 5, 2)])
    assert (left.anchor, left.text_x > left.x) == ("start", True)
    assert (right.anchor, right.text_x < right.x) == ("end", True)


def test_names_need_room() -> None:
    assert are_apart(dots([person("Ana Ruiz", 5, 0), person("Bo Li", 4, 0)]))
    assert not are_apart(dots([person("Ana Ruiz", 5, 0), person("Bo Li", 5, 0)]))
    assert not are_apart(dots([person("Wolfeschlegelsteinhausen", 5, -2), person("Bo Li", 5, -1)]))
