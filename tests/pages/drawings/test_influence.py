"""People by influence and mood: names where there is room, initials where there is none."""

from __future__ import annotations

from generator.pages.drawings.people import PlacedPerson, are_apart, dots


def person(name: str, influence: float | None, sentiment: int | None) -> PlacedPerson:
    return PlacedPerson(name=name, influence=influence, sentiment=sentiment, is_cold=False)


def test_who_is_not_known_is_not_placed() -> None:
    found = dots([person("Ana Ruiz", 5, 2), person("Bo Li", None, 2), person("Cai Wu", 3, None)])
    assert [(one.title, one.short, one.mood, one.place) for one in found] == [
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
