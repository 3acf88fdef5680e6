"""A form as a tree: every field of a model with all that its class says of it.

The tree is the one place that looks into the types of a model. Shape errors, schema, field page,
rules, settings, exports, edits and the tools for persons ask it.
"""

from __future__ import annotations

import datetime
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Annotated, Any, ForwardRef, Literal, Union

import annotated_types
from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from generator.model.base import Fact, Graded, MayBeNone, Section, Strict, Unknowable
from generator.model.kinds import Audience, Decided, Defines, Happened, Kind, Named, PointsTo
from generator.read.document import DataPath

ENTRY = "*"
"""The name of each entry of a list or mapping."""
KEYS = "#"
"""The name of the keys of a mapping, where a pattern means these."""
_BY_TYPE = {
    bool: Kind.TRUTH,
    int: Kind.NUMBER,
    float: Kind.NUMBER,
    str: Kind.TEXT,
    datetime.date: Kind.DAY,
}
_LIMITS = (
    (annotated_types.Ge, "ge", "at_least"),
    (annotated_types.Gt, "gt", "more_than"),
    (annotated_types.Le, "le", "at_most"),
    (annotated_types.Lt, "lt", "less_than"),
    (annotated_types.MaxLen, "max_length", "longest"),
)
"""Annotations of a type, and what they say under which name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How low and high a number may be, and how long a text."""

    at_least: float | None = None
    more_than: float | None = None
    at_most: float | None = None
    less_than: float | None = None
    longest: int | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """A place of the form, made once. Of a fact `kind` and limits are those of its value."""

    name: str
    """The key in the file; '*' for an entry, '' for the whole."""
    attribute: str
    """The name in Python, where it has one."""
    pattern: str
    """'risk.own.*.loss', with '*' for entries and free keys."""
    kind: Kind
    is_whole: bool = False
    """A number without a fraction."""
    limits: Limits = Limits()
    choices: tuple[str, ...] = ()
    """The allowed words; of a list those of its entries."""
    word_names: str = ""
    """The group of labels.yaml that names its words, where these do not speak for themselves."""
    is_fact: bool = False
    """Written plain, with its evidence in braces, or honestly unknown."""
    is_required: bool = False
    meaning: str = ""
    unit: str = ""
    example: Any = None
    audience: Audience | None = None
    """Who may see it and what is in it, if its class says so; else as what it is in."""
    points_to: str | None = None
    """What its id must be one of."""
    defines: str | None = None
    """What its id is, for those that point to it."""
    has_happened: bool = False
    """Whether it is a day that cannot lie ahead."""
    is_decided: bool = False
    """Whether it is a number that people set or agreed, which has no spread."""
    model: type[BaseModel] | None = None
    """What its own keys are defined by; of a list or mapping those of each entry."""
    keys_of_entries: Field | None = None
    """What the free keys of a mapping are."""
    inner: Any = None
    """The type of each entry of a list or mapping."""

    @cached_property
    def children(self) -> Mapping[str, Field]:
        """The fields in it by their keys; of a list or mapping its entry, as '*'."""
        if self.kind in (Kind.LIST, Kind.MAPPING):
            entry = _field(self.inner, (), name=ENTRY, attribute="", above=self.pattern)
            return {ENTRY: entry}
        if self.model is None:
            return {}
        fields = self.model.model_fields.items()
        return {info.alias or name: _of_info(name, info, self.pattern) for name, info in fields}

    @cached_property
    def form_order(self) -> tuple[str, ...]:
        """Its keys in the order of the form: what is its own first, its evidence behind.

        A section begins with the evidence of all that stands in it.
        """
        if self.model is None or self.kind in (Kind.LIST, Kind.MAPPING):
            return ()
        own = [
            name for kind in self.model.__mro__ for name in vars(kind).get("__annotations__", ())
        ]
        first = ("evidence",) if issubclass(self.model, Section) else ()
        keys = {field.attribute: field.name for field in self.children.values()}
        return tuple(keys[name] for name in dict.fromkeys((*first, *own)) if name in keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that it may have; () where they are free, or where it has none."""
        return () if self.kind in (Kind.LIST, Kind.MAPPING) else tuple(self.children)

    @property
    def has_entries(self) -> bool:
        """Whether it holds entries with fields of their own, in a list or by a free key."""
        return self.kind in (Kind.LIST, Kind.MAPPING) and not self.children[ENTRY].is_leaf

    @property
    def is_leaf(self) -> bool:
        """Whether it holds a value, a list of words, or a fact with its evidence."""
        return self.is_fact or self.model is None

    @property
    def may_be_unknown(self) -> bool:
        """Whether someone may say that it is not known yet."""
        return self._is(Unknowable)

    @property
    def may_be_none(self) -> bool:
        """Whether [] says there that somebody looked and there is none."""
        return self.kind in (Kind.LIST, Kind.MAPPING) or self._is(MayBeNone)

    @property
    def takes_evidence(self) -> bool:
        """Whether it says for itself how sure it is."""
        return self.is_fact or self._is(Graded)

    @property
    def shorthand(self) -> str | None:
        """The key whose value alone may stand in place of the keys."""
        has_keys = self.kind is Kind.GROUP or self.is_fact
        return getattr(self.model, "SHORTHAND", None) if has_keys else None

    @cached_property
    def named_by(self) -> tuple[str, ...]:
        """The keys by which an entry of this form is named, the first that is filled in."""
        named = getattr(self.model, "NAMED_BY", None)
        if named is not None:
            return tuple(named)
        if "id" in self.children:
            return ("id",)
        return tuple(child.name for child in self.children.values() if child.is_required)[:1]

    def _is(self, kind: type[Strict]) -> bool:
        return self.model is not None and issubclass(self.model, kind)

    @property
    def entry(self) -> Field | None:
        """What stands for each in it: any entry, of fixed keys the last; None of a single value."""
        entries = tuple(self.children.values())
        return entries[-1] if entries else None

    def step(self, step: str | int) -> Field | None:
        """The field one step of a path further in."""
        if self.kind is Kind.LIST:
            return self.children[ENTRY] if isinstance(step, int) else None
        if self.kind is Kind.MAPPING:
            return self.children[ENTRY] if isinstance(step, str) else None
        return self.children.get(step) if isinstance(step, str) else None

    def at(self, path: DataPath) -> Field | None:
        """The field at a path of data."""
        field: Field | None = self
        for step in path:
            field = field.step(step) if field else None
        return field

    def find(self, pattern: str) -> Field | None:
        """The field at a pattern such as 'risk.own.*.loss'."""
        field: Field | None = self
        for step in pattern.split("."):
            field = field.children.get(step) if field else None
        return field

    @cached_property
    def names(self) -> Mapping[str, Field]:
        """Every field in it by its path as people say it: 'risk.own.loss', entries left out."""
        fields: dict[str, Field] = {}
        for field in self.walk():
            steps = (step for step in field.pattern.split(".") if step != ENTRY)
            fields.setdefault(".".join(steps), field)
        return fields

    def named(self, name: str) -> Field | None:
        """The field of a path as people say it, or of its pattern, 'risk.own.*.loss'."""
        return self.names.get(name) or next(
            (field for field in self.walk() if field.pattern == name), None
        )

    def pattern_of(self, path: DataPath) -> str:
        """A path of data as a pattern, also where the form has no such place."""
        field: Field | None = self
        steps = []
        for step in path:
            field = field.step(step) if field else None
            steps.append(field.name if field else ENTRY if isinstance(step, int) else step)
        return ".".join(steps)

    def walk(self) -> Iterator[Field]:
        """Every field in it down to the leaves, in the order of the file."""
        for field in self.children.values():
            yield field
            if not field.is_leaf:
                yield from field.walk()

    def leaves(self) -> Iterator[Field]:
        """Every field in it that holds a value, a list of words or a fact."""
        return (field for field in self.walk() if field.is_leaf)

    def filled(self, value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Field, Any]]:
        """The leaves that have a value in what stands here, facts as a whole."""
        if value is None:
            return
        if self.is_leaf:
            yield path, self, value
        elif isinstance(value, BaseModel):
            for field in self.children.values():
                yield from field.filled(getattr(value, field.attribute), (*path, field.name))
        else:
            for step, entry in value.items() if isinstance(value, dict) else enumerate(value):
                yield from self.children[ENTRY].filled(entry, (*path, step))


@cache
def form_of(model: type[BaseModel]) -> Field:
    """The form of a model."""
    return _field(model, (), name="", attribute="", above="")


def _of_info(name: str, info: FieldInfo, above: str) -> Field:
    field = _field(
        info.annotation, info.metadata, name=info.alias or name, attribute=name, above=above
    )
    notes = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    noted: dict[str, Any] = {key: notes[key] for key in ("unit", "audience") if key in notes}
    return replace(
        field,
        meaning=info.description or "",
        example=info.examples[0] if info.examples else None,
        is_required=info.is_required(),
        **noted,
    )


def _field(
    annotation: Any, notes: Sequence[Any], *, name: str, attribute: str, above: str
) -> Field:
    """A field of a type, without what its class says of it."""
    kind, notes = _bare(annotation, notes)
    if isinstance(kind, ForwardRef):
        raise TypeError(f"{kind.__forward_arg__} is declared below what has it; move it up")
    known = Field(
        name=name,
        attribute=attribute,
        pattern=f"{above}.{name}" if above else name,
        kind=Kind.OTHER,
        points_to=next((note.what for note in notes if isinstance(note, PointsTo)), None),
        defines=next((note.what for note in notes if isinstance(note, Defines)), None),
        has_happened=any(isinstance(note, Happened) for note in notes),
        is_decided=any(isinstance(note, Decided) for note in notes),
        word_names=next((note.group for note in notes if isinstance(note, Named)), ""),
    )
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return replace(known, kind=Kind.CHOICE, choices=tuple(map(str, inner)))
    if origin in (tuple, list):
        return _many(replace(known, kind=Kind.LIST, inner=inner[0]))
    if origin is dict:
        keys = _field(inner[0], (), name=KEYS, attribute="", above=known.pattern)
        return _many(replace(known, kind=Kind.MAPPING, inner=inner[1], keys_of_entries=keys))
    if isinstance(kind, type) and issubclass(kind, Fact):
        value = _of_info("value", kind.model_fields["value"], "")
        return replace(
            known,
            kind=value.kind,
            is_whole=value.is_whole,
            limits=value.limits,
            choices=value.choices,
            is_fact=True,
            model=kind,
        )
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return replace(known, kind=Kind.GROUP, model=kind)
    by_type = _BY_TYPE.get(kind, Kind.OTHER)
    marked = next((note for note in notes if isinstance(note, Kind)), by_type)
    return replace(known, kind=marked, is_whole=kind is int, limits=_limits(notes))


def _many(known: Field) -> Field:
    """A list or mapping, with what is said of its entries."""
    entry = _field(known.inner, (), name=ENTRY, attribute="", above=known.pattern)
    is_list = known.kind is Kind.LIST
    return replace(known, model=entry.model, choices=entry.choices if is_list else ())


def _bare(annotation: Any, notes: Sequence[Any]) -> tuple[Any, tuple[Any, ...]]:
    """A type without 'or None' and without annotations, and all that these said."""
    notes = tuple(notes)
    while True:
        if typing.get_origin(annotation) is Annotated:
            annotation, *more = typing.get_args(annotation)
            notes = (*notes, *(note for nested in more for note in _flat(nested)))
        elif typing.get_origin(annotation) in (Union, types.UnionType):
            kinds = [kind for kind in typing.get_args(annotation) if kind is not type(None)]
            if len(kinds) > 1:
                return annotation, notes
            (annotation,) = kinds
        elif isinstance(annotation, type) and issubclass(annotation, RootModel):
            annotation = annotation.model_fields["root"].annotation
        else:
            return annotation, notes


def _flat(note: Any) -> Sequence[Any]:
    """A note of an annotation; limits come wrapped in a field info."""
    return note.metadata if isinstance(note, FieldInfo) else (note,)


def _limits(notes: Sequence[Any]) -> Limits:
    return Limits(
        **{
            name: getattr(note, limit)
            for note in notes
            for kind, limit, name in _LIMITS
            if isinstance(note, kind)
        }
    )
