"""Figures carry themselves: each is declared once, gives what it declares, and needs what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from generator.figures import Figure
from generator.figures.definition import Definition, Gives, Maker, Rank, figure, makers_of
from generator.figures.definitions import DEFINITIONS, MAKERS, MODULES
from generator.figures.figure import measured_in
from generator.figures.figures import Figures
from generator.pages.account_page import SECTIONS
from tests.conftest import REPOSITORY
from tests.everything import everything_text
from tests.figures.edits import PORT, WHOLE, without
from tests.figures.small import enriched

BY_THE_GATE = {"attention", "attention.place", "completeness", "contradictions"}


def test_each_figure_is_declared_once() -> None:
    keys = [definition.key for step in makers_of(MODULES) for definition in step.definitions]
    assert len(keys) == len(set(keys)) == len(DEFINITIONS)
    assert set(DEFINITIONS) - set(MAKERS) == BY_THE_GATE


def test_no_two_figures_have_one_title() -> None:
    titles = [definition.title for definition in DEFINITIONS.values()]
    assert sorted(titles) == sorted(set(titles))


def test_no_title_formula_or_meaning_has_a_path() -> None:
    told = [
        text for each in DEFINITIONS.values() for text in (each.title, each.formula, each.meaning)
    ]
    assert [text for text in told if re.search(r"[a-z]\.[a-z]|_", text)] == []


def test_each_module_of_figures_is_named() -> None:
    folder = REPOSITORY / "generator/figures"
    makers = {path.stem for path in folder.glob("*.py") if "\n@figure(" in path.read_text("utf-8")}
    assert makers == {module.__name__.rpartition(".")[2] for module in MODULES}


def test_each_figure_opens_in_a_section_or_under_another_that_does() -> None:
    for definition in DEFINITIONS.values():
        assert (definition.section in SECTIONS) != bool(definition.under), definition.key
        assert not definition.under or DEFINITIONS[definition.under].section, definition.key


def test_headlines_are_few() -> None:
    assert 10 <= sum(definition.rank is Rank.HEADLINE for definition in DEFINITIONS.values()) <= 16


def test_each_step_makes_what_it_says() -> None:
    acme = enriched(WHOLE, others={"port": PORT})
    assert {key: figure.key for key, figure in acme.figures.items()} == {
        key: key for key in acme.figures
    }


@pytest.mark.parametrize("text", [WHOLE, everything_text()], ids=["whole", "everything"])
def test_each_figure_gives_what_it_declares(text: str) -> None:
    wrong = {
        key: (made.value, made.unit)
        for key, made in enriched(text, others={"port": PORT}).figures.items()
        if made.value is not None and not _fits(made, DEFINITIONS[key])
    }
    assert wrong == {}


@pytest.mark.parametrize("text", [WHOLE, everything_text()], ids=["whole", "everything"])
def test_money_made_of_amounts_of_one_unit_has_that_unit(text: str) -> None:
    wrong = {
        key: (made.unit, units)
        for key, made in enriched(text, others={"port": PORT}).figures.items()
        if DEFINITIONS[key].gives is Gives.MONEY
        and len(units := {reason.unit for reason in made.reasons}) == 1
        and all(str(unit).startswith("EUR") for unit in units)
        and units != {made.unit}
    }
    assert wrong == {}


def _fits(made: Figure, definition: Definition) -> bool:
    if isinstance(made.value, Mapping) != definition.by_name:
        return False
    values = tuple(made.value.values()) if definition.by_name else (made.value,)
    return all(_is(value, made, definition) for value in values if value is not None)


def _is(value: Any, made: Figure, definition: Definition) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if definition.gives is Gives.MONEY:
        return is_number and (made.unit or "").endswith(definition.unit.removeprefix("money"))
    if definition.gives is Gives.MEASURE:  # where the unit is a time it may also be never
        return (is_number or value == "never") and made.unit == definition.unit
    kinds = {Gives.NUMBER: is_number, Gives.WORD: isinstance(value, str)}
    kinds |= {Gives.WORDS: isinstance(value, tuple), Gives.ITEMS: isinstance(value, tuple)}
    kinds |= {Gives.YES_NO: isinstance(value, bool)}
    return kinds[definition.gives] and made.unit is None


NEEDS = [(key, path) for key, definition in DEFINITIONS.items() for path in definition.needs]


def test_a_figure_is_null_without_each_thing_that_it_needs() -> None:
    text = everything_text()
    whole = enriched(text)
    cut = {path: enriched(without(text, path)) for path in {path for _, path in NEEDS}}
    for key, path in NEEDS:
        assert path not in whole.figures[key].missing
        made = cut[path].figures[key]
        assert (made.value, made.reasons) == (None, ()), (key, path)
        # what others name waits for it; else it is missing
        waits = any(f"{name}.".startswith(f"{path}.") for name in made.waits_on)
        assert path in made.missing or waits, (key, path)
        assert _has_its_unit(made, DEFINITIONS[key]), (key, made.unit)


def _has_its_unit(made: Figure, definition: Definition) -> bool:
    if definition.gives is Gives.MONEY:
        currency, time = (made.unit or "").split(" ", 1)[0], definition.unit.removeprefix("money")
        return currency in ("EUR", "money") and made.unit == currency + time
    return made.unit == (definition.unit if definition.gives is Gives.MEASURE else None)


@figure("a", title="", meaning="", formula="", unit="", gives=Gives.WORD, needs=("list",))
@figure("b", title="", meaning="", formula="", unit="of 5", gives=Gives.MEASURE)
def two(case: Any) -> Iterator[Figure]:
    case.made.append("two")
    yield Figure(key="a", value="word")
    yield Figure(key="b", value=case.figures["c"].value)


@figure("c", title="", meaning="", formula="", unit="-", gives=Gives.NUMBER)
def third(case: Any) -> Figure:
    case.made.append("c")
    return Figure(key="c", value=3)


@figure("d", title="", meaning="", formula="", unit="-", gives=Gives.NUMBER)
def circular(case: Any) -> Figure:
    return Figure(key="d", value=case.figures["d"].value)


@figure("e", title="", meaning="", formula="", unit="-", gives=Gives.NUMBER, needs=("more",))
def fifth(case: Any) -> Figure:
    case.made.append("e")
    return Figure(key="e", value=5)


class Case:
    """What Figures ask of a case."""

    def __init__(self, *lacks: str) -> None:
        functions = (two, third, circular, fifth)
        steps = [Maker(function, vars(function)["declared_figures"]) for function in functions]
        makers = {definition.key: step for step in steps for definition in step.definitions}
        self.made: list[str] = []
        self.lacks = lacks
        self.figures = Figures(makers, self)

    def lacking(self, needs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(need for need in needs if need in self.lacks)

    def unit_of(self, definition: Definition) -> str:
        return f"unit of {definition.key}"


def test_nothing_is_computed_that_nobody_asks_for() -> None:
    case = Case()
    figures = case.figures
    assert list(figures) == ["a", "b", "c", "d", "e"]
    assert case.made == []
    assert figures["a"].value == "word"
    assert figures["b"] is figures["b"]
    assert case.made == ["two", "c"]
    more = figures.with_(Figure(key="f", value=1))
    assert (more["f"].value, "f" in figures, "c" in more, len(more)) == (1, False, True, 6)
    assert more["c"] is figures["c"]
    assert figures.get("z") is None


def test_what_a_figure_needs_makes_it_null_and_not_its_neighbour() -> None:
    case = Case("list")
    assert case.figures["a"] == Figure(key="a", value=None, unit="unit of a", missing=("list",))
    assert case.made == ["two", "c"]
    assert case.figures["b"].value == 3


def test_a_function_is_not_called_for_figures_that_all_lack_what_they_need() -> None:
    case = Case("more")
    assert case.figures["e"].missing == ("more",)
    assert case.made == []
    assert Case().figures["e"].value == 5


def test_a_circle_says_so() -> None:
    with pytest.raises(RuntimeError, match="circle"):
        Case().figures["d"]


def test_programs_are_told_units_without_a_direction() -> None:
    directed = {each.unit: measured_in(each.unit) for each in DEFINITIONS.values()}
    assert {unit: told for unit, told in directed.items() if unit != told} == {
        "days ahead": "days",
        "months after plan": "months",
    }
    assert (measured_in("days overdue"), measured_in(None)) == ("days", None)
