"""A model from which something was left out, and who asks for what was left out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from generator.model.fields import Field, form_of
from generator.read.document import DataPath

M = TypeVar("M", bound=BaseModel)


class Watch:
    """Notes what was left out and is asked for while something is worked out."""

    __slots__ = ("_listening",)

    def __init__(self) -> None:
        """Nobody is listening yet."""
        self._listening: list[dict[str, None]] = []

    def __deepcopy__(self, _: Any) -> Watch:
        """Copies of a model tell the same."""
        return self

    def note(self, names: Iterable[str]) -> None:
        """These were asked for, by all that is being worked out."""
        for asked in self._listening:
            asked.update(dict.fromkeys(names))

    @contextlib.contextmanager
    def listen(self) -> Iterator[Mapping[str, None]]:
        """What is asked for from here on, in order."""
        asked: dict[str, None] = {}
        self._listening.append(asked)
        try:
            yield asked
        finally:
            self._listening.pop()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """What is asked for meanwhile is asked by nobody."""
        listening, self._listening = self._listening, []
        try:
            yield
        finally:
            self._listening = listening


class Watched:
    """A model whose fields tell when they are asked for, if something was left out of them."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        """The value; what was left out of it is noted."""
        # Beside the fields, so that copies of the model have it too
        kept = object.__getattribute__(self, "__pydantic_private__")
        if kept is not None and name in kept["names"]:
            kept["watch"].note(kept["names"][name])
        return super().__getattribute__(name)

    def __eq__(self, other: object) -> bool:
        """Whether the other says the same, watched or not."""
        same = isinstance(other, BaseModel) and _plain(type(other)) is _plain(type(self))
        return same and vars(self) == vars(other)

    def __hash__(self) -> int:
        """As that of the model."""
        return hash(tuple(vars(self).values()))


def _plain(kind: type) -> type:
    """The kind of a model, whether it is watched or not."""
    return kind.__mro__[2] if issubclass(kind, Watched) else kind


@cache
def _watched_kind(kind: type[BaseModel]) -> type[BaseModel]:
    return type(kind.__name__, (Watched, kind), {"__module__": kind.__module__, "__slots__": ()})


def watched(model: M, lost: Mapping[DataPath, str], watch: Watch) -> M:
    """A copy of a model that tells `watch` by name when what was left out at a path is asked for.

    The path of an entry that was left out ends with '*': the list tells of it.
    """
    copy = model.model_copy(deep=True)
    for path, name in lost.items():
        if holder := _holder(copy, path):
            node, attribute = holder
            if not isinstance(node, Watched):
                object.__setattr__(node, "__class__", _watched_kind(type(node)))
            private = node.__pydantic_private__
            if private is None or private["watch"] is not watch:  # else of a watch before
                private = {"names": {}, "watch": watch}
                object.__setattr__(node, "__pydantic_private__", private)
            names = private["names"]
            names[attribute] = (*names.get(attribute, ()), name)
    return copy


def _holder(model: BaseModel, path: DataPath) -> tuple[BaseModel, str] | None:
    """The innermost model on a path and its field there; None where the form has no such field."""
    node: Any = model
    field: Field | None = form_of(type(model))
    holder = None
    for step in path:
        if isinstance(node, BaseModel):
            field = field.step(step) if field else None
            if field is None:
                return None
            holder = (node, field.attribute)
            node = getattr(node, field.attribute)
        else:
            field = field.step(step) if field else None
            if isinstance(node, tuple):
                node = node[step] if isinstance(step, int) and step < len(node) else None
            else:
                node = node.get(step) if isinstance(node, dict) else None
    return holder
