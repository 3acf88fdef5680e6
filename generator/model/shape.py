"""Plain data against a model: every error at once, in plain words, with the cure."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, Union

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.read.document import DataPath

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not fit the model."""

    path: DataPath
    rule: str
    message: str
    at_key: bool = False
    """Whether the key itself is wrong, not its value."""
    missing: bool = False
    """Whether something required is not there; `path` then ends with what is missing."""


def faults_of(model: type[M], given: Any) -> tuple[M | None, tuple[Fault, ...]]:
    """The model built from plain data, or None with all that does not fit."""
    try:
        return model.model_validate(given), ()
    except ValidationError as error:
        found = error.errors(include_url=False)
    faults = (_fault(model, one) for one in found)
    return None, tuple(fault for fault in faults if fault is not None)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """'; did you mean …?' for a near miss, else the short list of what is known, else ''."""
    near = difflib.get_close_matches(word.lower(), [name.lower() for name in known], 1, 0.6)
    if near:
        best = next(name for name in known if name.lower() == near[0])
        return f"; did you mean '{best}'?"
    if 0 < len(known) <= 16:
        return f"; known: {', '.join(known)}"
    return ""


def _fault(model: type[BaseModel], error: Any) -> Fault | None:
    path = tuple(step for step in error["loc"] if step != "[key]")
    kind, given = error["type"], error.get("input")
    if kind == "missing":
        return Fault(
            path=path,
            rule="missing-field",
            message=f"'{path[-1]}' is missing; every {_whose(path)} needs it",
            missing=True,
        )
    if given is None and kind != "extra_forbidden":
        return None  # the reader has said that there is no value
    if kind == "extra_forbidden":
        known = known_keys(model, path[:-1])
        return Fault(
            path=path,
            rule="unknown-key",
            message=f"unknown key '{path[-1]}'{did_you_mean(str(path[-1]), known)}",
            at_key=True,
        )
    if "[key]" in error["loc"]:
        return Fault(path=path, rule="unknown-key", message=_key_message(error), at_key=True)
    return Fault(path=path, rule="wrong-value", message=_message(error))


def _whose(path: DataPath) -> str:
    names = [step for step in path[:-1] if isinstance(step, str)]
    if not names:
        return "playbook"
    return "account" if names == ["account"] else f"entry of '{names[-1]}'"


def _key_message(error: Any) -> str:
    context = error.get("ctx", {})
    given = str(error.get("input"))
    if "expected" in context:
        return f"unknown key '{given}'{did_you_mean(given, _words(context['expected']))}"
    return str(context.get("text", error["msg"]))


def _message(error: Any) -> str:  # noqa: PLR0911 - a table of sentences
    kind, given, context = error["type"], error.get("input"), error.get("ctx", {})
    if "text" in context:
        return str(context["text"])
    if kind == "literal_error":
        if not isinstance(given, str):
            return "a single word is wanted here, not a list or keys of its own"
        words = _words(context["expected"])
        return f"unknown word '{given}'{did_you_mean(given, words)}"
    if kind in _LIMITS:
        return _limit(kind, given, context)
    if kind in ("tuple_type", "list_type"):
        return "a list is wanted here: one entry a line, each beginning with '- '"
    if kind in ("model_type", "dict_type", "model_attributes_type", "dataclass_type"):
        return "keys with values are wanted here, such as 'name: …', one a line"
    if kind == "string_too_long":
        return f"too long: {len(given):,} characters; at most {context['max_length']:,}"
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}"


_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}


def _limit(kind: str, given: Any, context: Any) -> str:
    key, words = _LIMITS[kind]
    limit = context[key]
    cure = ""
    if limit == 1 and key in ("le", "lt"):
        try:
            number = float(given)
        except (TypeError, ValueError):
            number = 0.0
        if 1 < number <= 100:
            cure = f"; for {number:g} % write {number / 100:g}"
    return f"{given} is out of range: {words} {limit:,.15g}{cure}"


def _words(expected: str) -> list[str]:
    return [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]


def known_keys(model: type[BaseModel], path: DataPath) -> tuple[str, ...]:
    """The keys that a mapping at this path of the model may have."""
    inner = _model_at(model, path)
    return _keys(inner) if inner else ()


@cache
def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model_at(model: type[BaseModel], path: DataPath) -> type[BaseModel] | None:
    current: Any = model
    for step in path:
        current = _step(current, step)
        if current is None:
            return None
    return _models_in(current)


def _step(kind: Any, step: str | int) -> Any:
    """The type one step further in: of a field, a list's entry, a mapping's value."""
    kind = _without_none(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = _field(kind, step)
        return field.annotation if field else None
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (tuple, list):
        return inner[0]
    if origin is dict:
        return inner[1]
    return None


def _field(model: type[BaseModel], step: str | int) -> FieldInfo | None:
    for name, field in model.model_fields.items():
        if step == (field.alias or name):
            return field
    return None


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) is typing.Annotated:
        kind = typing.get_args(kind)[0]
    if typing.get_origin(kind) in (Union, types.UnionType):
        kinds = [one for one in typing.get_args(kind) if one is not type(None)]
        return _without_none(kinds[0]) if len(kinds) == 1 else kind
    return kind


def _models_in(kind: Any) -> type[BaseModel] | None:
    kind = _without_none(kind)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
