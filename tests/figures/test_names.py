"""What a person named stays one step of a name, and is shown as it was written."""

from __future__ import annotations

import pickle

import pytest

from generator.figures.name import Written, in_words, joined, steps_of, words_of_id, written
from generator.pages.words import input_name


@pytest.mark.parametrize(
    ("name", "steps", "shown"),
    [
        ("risk.customer.late.loss", ("risk", "customer", "late", "loss"), "late: loss"),
        ("economics.development.monthly_cost", ("economics", "development", "monthly_cost"), "monthly cost"),
        (written("A.P. Moller"), ("A.P. Moller",), "A.P. Moller"),
        (written("__init__"), ("__init__",), "__init__"),
        (joined(("value", "alternatives", Written("Dr. A_B"), "switching_cost")), ("value", "alternatives", "Dr. A_B", "switching_cost"), "alternatives Dr. A_B: switching cost"),
    ],
)  # fmt: skip
def test_a_name_is_shown_by_its_steps(name: str, steps: tuple[str, ...], shown: str) -> None:
    assert steps_of(name) == steps
    assert input_name(name) == shown


@pytest.mark.parametrize(
    ("id", "shown"),
    [("mill-crew", "mill crew"), ("crew", "crew"), ("CPH-L2", "CPH-L2"), ("berth-4", "berth 4")],
)
def test_an_id_that_stands_for_a_name_is_words(id: str, shown: str) -> None:
    assert words_of_id(id) == shown


def test_a_name_is_its_text_to_all_else_and_travels_between_processes() -> None:
    name = joined(("a", Written("b.c"), "d"))
    assert name == "a.b.c.d"
    known: dict[str, int] = {name: 1}
    assert known["a.b.c.d"] == 1
    there = pickle.loads(pickle.dumps(name))
    assert steps_of(there) == ("a", "b.c", "d")
    assert [in_words(step) for step in steps_of(joined((Written("x_y"), "x_y")))] == ["x_y", "x y"]
