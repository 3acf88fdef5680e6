"""What a field of the model takes, in words: 'a share, 0 to 1', 'one of prospect, customer'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.language import Phrase, phrase, said, say
from generator.model import scalars
from generator.model.base import Fact, Unknowable
from generator.render.formats import listed, number

_NAMED: tuple[tuple[Any, Phrase], ...] = (
    (scalars.Truth, phrase("true or false")),
    (scalars.Day, phrase("a day such as 2026-11-30")),
    (scalars.Line, phrase("a line of text")),
    (scalars.Text, phrase("text")),
    (scalars.Prose, phrase("text of several paragraphs")),
    (scalars.Slug, phrase("an id")),
    (scalars.Web, phrase("a web address")),
    (scalars.Currency, phrase("a currency such as EUR")),
    (scalars.Money, phrase("an amount, 0 or more")),
    (scalars.SignedMoney, phrase("an amount")),
    (scalars.Share, phrase("a share, 0 to 1")),
    (scalars.Count, phrase("a number, 0 or more")),
    (scalars.Days, phrase("a whole number, 0 or more")),
    (scalars.Year, phrase("a year such as 2026")),
    (scalars.Number, phrase("a number")),
    (scalars.Whole, phrase("a whole number")),
)
"""Kinds of the model whose limits say less than a word."""
_MANY = 1_000_000
"""A limit as high as this is a guard, not something a reader needs to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What may stand in a field."""

    words: str
    choices: tuple[str, ...] = ()
    """The allowed words, where only these are."""
    model: type[BaseModel] | None = None
    """What the field's own keys are defined by."""
    is_fact: bool = False
    is_many: bool = False
    """A list or a mapping: the keys of `model` are those of each entry."""


def kind_of(annotation: Any) -> Kind:
    """The kind of a type annotation, with its limits."""
    for known, words in _NAMED:
        if annotation == known:
            return Kind(words=said(words))
    inner = get_args(annotation)
    return _made_of(get_origin(annotation), inner) if inner else _of_class(annotation)


def _made_of(origin: Any, inner: tuple[Any, ...]) -> Kind:
    """The kind of a type that is made of others."""
    if origin is Literal:
        return Kind(words=say("one of"), choices=tuple(str(one) for one in inner))
    if origin is tuple:
        return _list_of(kind_of(inner[0]))
    if origin is dict:
        return _mapping(kind_of(inner[0]), kind_of(inner[1]))
    if origin is Annotated:
        return _limited(inner[0], inner[1:])
    return kind_of(next(one for one in inner if one is not type(None)))  # 'or nothing'


def _list_of(one: Kind) -> Kind:
    words = say("a list of entries") if one.model else say("a list, each {kind}", kind=one.words)
    return Kind(words=words, choices=one.choices, model=one.model, is_many=True)


def _mapping(key: Kind, value: Kind) -> Kind:
    kind = say("one of {words}", words=listed(key.choices)) if key.choices else key.words
    if value.model:
        words = say("keys, each {kind}", kind=kind)
    else:
        words = say("keys, each {kind}, with {value}", kind=kind, value=value.words)
    return Kind(words=words, model=value.model, is_many=True)


def _limited(inner: Any, limits: tuple[Any, ...]) -> Kind:
    """A number within limits; other validators leave the kind as it is."""
    # Annotated flattens: what is left after taking the limits away names the kind
    own = [one for one in limits if not isinstance(one, (FieldInfo, annotated_types.BaseMetadata))]
    bare = Annotated[(inner, *own)] if own else inner
    base = next((words for known, words in _NAMED if bare == known), None)
    if base is None:
        return kind_of(inner)
    told = said(base)
    for bound in _bounds(limits):
        told = say("{kind}, {bound}", kind=told, bound=bound)
    return Kind(words=told)


def _bounds(limits: tuple[Any, ...]) -> Iterator[str]:
    found: dict[str, float] = {}
    for limit in limits:
        for one in limit.metadata if isinstance(limit, FieldInfo) else (limit,):
            for name in ("ge", "gt", "le", "lt"):
                if hasattr(one, name):
                    found[name] = float(getattr(one, name))
    low = _plain(found["ge"]) if "ge" in found else None
    high = _plain(found["le"]) if found.get("le", _MANY) < _MANY else None
    if low is not None and high is not None:
        yield say("{low} to {high}", low=low, high=high)
        return
    if low is not None:
        yield say("{low} or more", low=low)
    if "gt" in found:
        yield say("more than {low}", low=_plain(found["gt"]))
    if high is not None:
        yield say("at most {high}", high=high)
    if "lt" in found:
        yield say("below {high}", high=_plain(found["lt"]))


def _plain(limit: float) -> str:
    """Without separators, as it would be written in the file."""
    return number(limit).replace(",", "")


def _of_class(annotation: Any) -> Kind:
    if isinstance(annotation, type) and issubclass(annotation, Fact):
        inner = kind_of(hints(annotation)["value"])
        return Kind(words=inner.words, choices=inner.choices, is_fact=True)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        may_be_unknown = issubclass(annotation, Unknowable)
        alone = say("keys of its own")
        words = say("keys of its own, or honestly unknown") if may_be_unknown else alone
        return Kind(words=words, model=annotation)
    if annotation is int:
        return Kind(words=say("a whole number"))
    return Kind(words=say("a number") if annotation is float else say("text"))


def hints(model: type[BaseModel]) -> dict[str, Any]:
    """The fields' types with their limits, type variables resolved."""
    found = {}
    for name, field in model.model_fields.items():
        annotation = field.annotation
        found[name] = Annotated[(annotation, *field.metadata)] if field.metadata else annotation
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field as the reference shows it."""

    key: str
    says: str
    kind: Kind
    unit: str
    needed: bool


def rows_of(model: type[BaseModel]) -> Iterator[FieldRow]:
    """The fields of a model in the order of the file."""
    types_of = hints(model)
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        unit = extra.get("unit") if isinstance(extra, dict) else None
        yield FieldRow(
            key=field.alias or name,
            says=field.description or "",
            kind=kind_of(types_of[name]),
            unit=str(unit or ""),
            needed=field.is_required(),
        )
