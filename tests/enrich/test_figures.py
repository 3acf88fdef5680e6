"""Figures are computed when asked for, each by one step; a circle of askers is a bug that says so."""

from __future__ import annotations

from typing import Any

import pytest

from generator.enrich.definitions import DEFINITIONS
from generator.enrich.figure import Figure
from generator.enrich.figures import Figures, Step
from generator.enrich.steps import STEPS
from tests.enrich.edits import PORT, WHOLE
from tests.enrich.small import account

BY_THE_GATE = {"completeness", "contradictions"}


def test_each_figure_has_one_step_and_one_definition() -> None:
    keys = [key for step in STEPS for key in step.keys]
    assert len(keys) == len(set(keys))
    assert set(DEFINITIONS) - set(keys) <= BY_THE_GATE
    assert set(keys) <= set(DEFINITIONS)


def test_each_step_makes_what_it_says() -> None:
    found = account(WHOLE, others={"port": PORT})
    assert {key: figure.key for key, figure in found.figures.items()} == {
        key: key for key in found.figures
    }


def test_nothing_is_computed_that_nobody_asks_for() -> None:
    made: list[str] = []

    def step(name: str, *asks: str) -> Step:
        def compute(figures: Any) -> Figure:
            made.append(name)
            return Figure(key=name, value=[figures["it"][one].value for one in asks])

        return Step(compute, (name,))

    around: dict[str, Figures] = {}
    figures = around["it"] = Figures((step("a", "b"), step("b"), step("c")), around)
    assert list(figures) == ["a", "b", "c"]
    assert made == []
    assert figures["a"].value == [[]]
    assert figures["a"] is figures["a"]
    assert made == ["a", "b"]
    more = figures.with_(Figure(key="d", value=1))
    assert (more["d"].value, "d" in figures, "c" in more, len(more)) == (1, False, True, 4)
    assert figures.get("z") is None


def test_a_circle_says_so() -> None:
    around: dict[str, Figures] = {}
    steps = (
        Step(lambda them: them["it"]["b"], ("a",)),
        Step(lambda them: them["it"]["a"], ("b",)),
    )
    around["it"] = Figures(steps, around)
    with pytest.raises(RuntimeError, match="circle"):
        around["it"]["a"]
