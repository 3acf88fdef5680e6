"""What a figure is, said once: on the function that makes it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

Compute = Callable[..., Any]
_Function = TypeVar("_Function", bound=Compute)
_DECLARED = "declared_figures"


class Rank(enum.StrEnum):
    """How much a figure decides."""

    HEADLINE = "headline"
    """Those that a sales leader reads first."""
    SUPPORTING = "supporting"
    """What a headline is made of, or what stands beside it."""
    REFERENCE = "reference"
    """What is looked up."""


class Gives(enum.StrEnum):
    """The type of a figure's value, or of each of its values where it has one by name."""

    MONEY = "money"
    """In the account's currency; of a group in the reporting currency."""
    MEASURE = "measure"
    """A number that is written with the unit of the definition."""
    NUMBER = "number"
    """A number without a unit: the unit of the definition says its range."""
    WORD = "word"
    WORDS = "words"
    """Any number of words, in order."""
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a figure is, for a reader who has never met it, and where it is shown."""

    key: str
    title: str
    meaning: str
    formula: str
    unit: str
    """In words; of money in whichever currency."""
    gives: Gives
    by_name: bool = False
    """Whether it has a value for each of several entries."""
    item: str = ""
    """The method's items, such as 'S1 S2'; empty for our own additions."""
    section: str = ""
    """The section of an account's page that shows it; empty where it opens under another."""
    under: str = ""
    """The figure under which it opens on an account's page."""
    rank: Rank = Rank.SUPPORTING
    labels: str = ""
    """The group of labels.yaml that has its words, or the names of its values."""
    is_ours: bool = False
    """Whether its words are names of fields, which pages translate."""
    needs: tuple[str, ...] = ()
    """Sections and lists without which it is null, by path; they are then what is missing."""


@dataclass(frozen=True, slots=True)
class Step:
    """A function and the figures that it makes."""

    compute: Compute
    definitions: tuple[Definition, ...]


def figure(  # noqa: PLR0913 - each is one trait of a figure
    key: str,
    *,
    title: str,
    meaning: str,
    formula: str,
    unit: str,
    gives: Gives,
    by_name: bool = False,
    item: str = "",
    section: str = "",
    under: str = "",
    rank: Rank = Rank.SUPPORTING,
    labels: str = "",
    is_ours: bool = False,
    needs: tuple[str, ...] = (),
) -> Callable[[_Function], _Function]:
    """Write on a function what a figure of it is; several stand above each other in order.

    It only annotates: figures are those of the modules in `definitions.MODULES`.
    """
    definition = Definition(
        key=key,
        title=title,
        meaning=meaning,
        formula=formula,
        unit=unit,
        gives=gives,
        by_name=by_name,
        item=item,
        section=section,
        under=under,
        rank=rank,
        labels=labels,
        is_ours=is_ours,
        needs=needs,
    )

    def annotate(compute: _Function) -> _Function:
        setattr(compute, _DECLARED, (definition, *getattr(compute, _DECLARED, ())))
        return compute

    return annotate


def steps_of(modules: Iterable[ModuleType]) -> tuple[Step, ...]:
    """The functions of modules that make figures, in the order in which they are written."""
    return tuple(
        Step(compute, getattr(compute, _DECLARED))
        for module in modules
        for compute in vars(module).values()
        if hasattr(compute, _DECLARED) and compute.__module__ == module.__name__
    )
