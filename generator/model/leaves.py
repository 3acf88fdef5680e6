"""Every field of a playbook as a pattern: 'risk.own.*.loss', with '*' for entries and free keys."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any, Union

from pydantic import BaseModel, RootModel

from generator.model.base import Fact
from generator.model.playbook import Playbook


@cache
def leaf_patterns() -> dict[str, None]:
    """All fields that hold a value, a list of words, or a fact with its evidence, in order."""
    return dict.fromkeys(_leaves(Playbook, ()))


@cache
def has_free_keys(pattern: str) -> bool:
    """Whether a mapping at this place has keys of the user's own, as `offerings` has."""
    return any(one.startswith(f"{pattern}.*.") for one in leaf_patterns())


def _leaves(kind: Any, path: tuple[str, ...]) -> Iterator[str]:
    inner = _models(kind)
    if not inner:
        yield ".".join(path)
    for model, steps in inner:
        if issubclass(model, RootModel):
            yield from _leaves(model.model_fields["root"].annotation, (*path, *steps))
            continue
        for name, field in model.model_fields.items():
            yield from _leaves(field.annotation, (*path, *steps, field.alias or name))


def _models(kind: Any) -> list[tuple[type[BaseModel], tuple[str, ...]]]:
    """The models inside a type, each with the steps that lead into it; a fact is no model here."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [] if issubclass(kind, Fact) else [(kind, ())]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType, typing.Annotated):
        return [found for one in inner for found in _models(one)]
    if origin in (tuple, list):
        return [(model, ("*", *steps)) for model, steps in _models(inner[0])]
    if origin is dict:
        return [(model, ("*", *steps)) for model, steps in _models(inner[1])]
    return []
