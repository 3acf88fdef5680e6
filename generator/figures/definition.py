"""What a figure is, said once: on the function that makes it."""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass, replace
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
    ITEMS = "items"
    """What needs a person: any number, in order."""


_UNITS = {
    Gives.MONEY: "money a year",
    Gives.MEASURE: "share",
    Gives.WORD: "a word",
    Gives.YES_NO: "yes or no",
    Gives.ITEMS: "items",
}
"""The unit of what does not name another one."""
_OF_SCALE = re.compile(r"of ([0-9]+)")
_TO_SCALE = re.compile(r"(-?[0-9]+) to (-?[0-9]+)")
_VERDICTS = (Gives.WORD, Gives.WORDS, Gives.YES_NO, Gives.ITEMS)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is, for a reader who has never met it, and where it is shown.

    As a decorator, `figure`, it stands on the function that makes the figure; several stand above
    each other in the order of what the function returns.
    """

    key: str
    _: KW_ONLY
    title: str
    formula: str
    meaning: str = ""
    """If not given, the first paragraph of the function's docstring."""
    gives: Gives = Gives.MEASURE
    unit: str = ""
    """In words; of money in whichever currency. If not given, what most of its type have."""
    is_part: bool = False
    """Of a share whether it is a part of a whole: never below 0 or above 1, as growth may be."""
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
    entries: tuple[str, ...] = ()
    """The lists of a playbook after whose entries its values are named, by path."""
    is_ours: bool = False
    """Whether its words are names of fields, which pages translate."""
    needs: tuple[str, ...] = ()
    """Sections and lists without which it is null, by path; they are then what is missing."""

    @property
    def order(self) -> int:
        """Where its rank stands among the three: what decides most comes first."""
        return tuple(Rank).index(self.rank)

    @property
    def is_verdict(self) -> bool:
        """Whether its value is a word, a yes or no, or a list of words: not an amount."""
        return self.gives in _VERDICTS and not self.by_name

    @property
    def scale(self) -> tuple[float, float] | None:
        """Between which numbers its unit says that it lies; None where it may be any."""
        if self.unit == "share":
            return (0.0, 1.0)
        if parts := _OF_SCALE.fullmatch(self.unit):
            return (0.0, float(parts[1]))
        parts = _TO_SCALE.fullmatch(self.unit)
        return (float(parts[1]), float(parts[2])) if parts else None

    @property
    def ends(self) -> tuple[float, float] | None:
        """Between which numbers it lies whatever happens; None where it may be any."""
        return self.scale if self.unit != "share" or self.is_part else None

    def __call__(self, compute: _Function) -> _Function:
        """Annotate a function; figures are those of the modules in `definitions.MODULES`."""
        meaning = self.meaning or (inspect.getdoc(compute) or "").partition("\n\n")[0]
        whole = replace(self, meaning=meaning, unit=self.unit or _UNITS[self.gives])
        setattr(compute, _DECLARED, (whole, *getattr(compute, _DECLARED, ())))
        return compute


figure = Definition


@dataclass(frozen=True, slots=True)
class Maker:
    """A function and the figures that it makes."""

    compute: Compute
    definitions: tuple[Definition, ...]


def makers_of(modules: Iterable[ModuleType]) -> tuple[Maker, ...]:
    """The functions of modules that make figures, in the order in which they are written."""
    return tuple(
        Maker(compute, getattr(compute, _DECLARED))
        for module in modules
        for compute in vars(module).values()
        if hasattr(compute, _DECLARED) and compute.__module__ == module.__name__
    )
