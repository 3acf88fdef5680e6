"""The class of each field and figure, and what an audience may therefore see.

Fields have their classes in the form; audiences.yaml says where a firm has others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated

from generator.form import FORM, leaf_patterns
from generator.model.base import Strict, about, needed
from generator.model.fields import ENTRY
from generator.model.kinds import AUDIENCES, HIGHEST, Audience
from generator.model.scalars import ONE_OR_MANY, Line
from generator.model.shape import did_you_mean
from generator.read.document import DataPath

__all__ = ["AUDIENCES", "HIGHEST", "OUTSIDE", "Audience", "Audiences"]

OUTSIDE: Audience = "customer"
"""Up to here readers are not our own people."""
ALL_IN = ".**"
ANY = "any"

Finding = tuple[DataPath, str]


class Only(Strict):
    """Entries of a list that an audience, and those below it, see only where a condition holds."""

    audience: Audience = needed("The highest audience it holds for.")
    in_: Line = needed("The list.", key="in")
    where: dict[Line, Annotated[tuple[Line, ...], ONE_OR_MANY]] = needed(
        "By field the words it must have one of; 'any': it must be there."
    )


class Audiences(Strict):
    """audiences.yaml."""

    fields: dict[Audience, tuple[Line, ...]] | None = about(
        "By class the fields that shall have another class than the form gives them."
    )
    only: tuple[Only, ...] = needed("Entries that are shown on a condition.")
    figures: dict[Audience, tuple[Line, ...]] = needed("By class the figures.")

    def class_of(self, pattern: str) -> Audience:
        """The class of a field's pattern; what is named most exactly decides."""
        return self._classes[pattern]

    def may_see(self, audience: Audience, pattern: str) -> bool:
        """Whether an audience sees a field."""
        return level(self.class_of(pattern)) <= level(audience)

    def shows_figure(self, audience: Audience, key: str) -> bool:
        """Whether an audience sees a figure."""
        names = (key, f"{key.split('.', maxsplit=1)[0]}.*")
        return any(
            name in listed
            for granted, listed in self.figures.items()
            if level(granted) <= level(audience)
            for name in names
        )

    def conditions(self, audience: Audience) -> tuple[Only, ...]:
        """The conditions that hold for an audience."""
        return tuple(only for only in self.only if level(audience) <= level(only.audience))

    @cached_property
    def _classes(self) -> _Classes:
        return _Classes(self.fields or {})


def level(audience: Audience) -> int:
    """How much an audience may see."""
    return AUDIENCES.index(audience)


class _Classes(dict[str, Audience]):
    """The class of a field by its pattern, worked out when it is first asked for."""

    def __init__(self, fields: Mapping[Audience, Iterable[str]]) -> None:
        super().__init__()
        self._given = {pattern: audience for audience, some in fields.items() for pattern in some}

    def __missing__(self, pattern: str) -> Audience:
        """What is named most exactly decides, the settings before the form."""
        steps = pattern.split(".")
        for depth in range(len(steps), 0, -1):
            place = ".".join(steps[:depth])
            field = FORM.find(place)
            given = self._given.get(place) or self._given.get(place + ALL_IN)
            if decided := given or (field and field.audience):
                return self.setdefault(pattern, decided)
        return self.setdefault(pattern, HIGHEST)


def audience_findings(audiences: Audiences) -> Iterator[Finding]:
    """What audiences.yaml names and the model does not have, and what it says twice."""
    seen: set[str] = set()
    for audience, patterns in (audiences.fields or {}).items():
        for index, pattern in enumerate(patterns):
            path: DataPath = ("fields", audience, index)
            if pattern in seen:
                yield path, f"'{pattern}' has a class already"
            seen.add(pattern)
            yield from _pattern(path, pattern)
    for index, only in enumerate(audiences.only):
        yield from _only(("only", index), only)


def _pattern(path: DataPath, pattern: str) -> Iterator[Finding]:
    place = pattern.removesuffix(ALL_IN)
    field = FORM.find(place)
    if pattern.endswith(ALL_IN):
        if field is None or field.is_leaf:
            yield path, f"a playbook has no section '{place}'"
    elif field is None or field.pattern not in leaf_patterns():
        if field is not None and not field.is_leaf:
            yield path, f"'{pattern}' is a section; write '{pattern}{ALL_IN}' for all that is in it"
        else:
            near = did_you_mean(pattern, tuple(leaf_patterns()))
            yield path, f"a playbook has no field '{pattern}'{near}"


def _only(path: DataPath, only: Only) -> Iterator[Finding]:
    field = FORM.find(only.in_)
    if field is None or not field.has_entries:
        yield (*path, "in"), f"a playbook has no list '{only.in_}'"
        return
    entry = field.children[ENTRY]
    for name in only.where:
        if name not in entry.children or not entry.children[name].is_leaf:
            yield (*path, "where", name), f"entries of '{only.in_}' have no field '{name}'"
