"""The rules of rules.yaml against the model: a list, field or word that is not there is a finding.

A rule that looks for 'decidor' never holds, one that looks into 'risks' always does: neither
would be noticed by those who rely on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.model.base import Graded
from generator.model.form import ENTRY, FORM, Field, form_of
from generator.model.shape import did_you_mean
from generator.read.document import DataPath
from generator.settings.rules import (
    ANYWHERE,
    PLACEHOLDER,
    Covers,
    Each,
    Holds,
    NoEntry,
    Optional,
    Rule,
    Some,
)

Finding = tuple[DataPath, str]
"""Where in rules.yaml, and what is wrong."""

_PLACEHOLDERS = (
    *("entry", "field", "value", "missing", "word", "count", "needed", "days", "owner"),
    *("here", "there"),
)


def rule_findings(rules: Sequence[Rule]) -> Iterator[Finding]:
    """All that the rules name and the model does not have."""
    for index, rule in enumerate(rules):
        path: DataPath = ("rules", index)
        if rule.at is not None:
            yield from _place((*path, "at"), rule.at)
        for field in ("message", "cure"):
            for word in PLACEHOLDER.findall(getattr(rule, field) or ""):
                if word not in _PLACEHOLDERS:
                    message = f"unknown placeholder '{{{word}}}'{did_you_mean(word, _PLACEHOLDERS)}"
                    yield (*path, field), message
        yield from _holds((*path, "holds"), rule.holds)


def optional_findings(groups: Sequence[Optional]) -> Iterator[Finding]:
    """Fields that are said to be asked for by nothing, and are none."""
    for number, group in enumerate(groups):
        for index, place in enumerate(group.fields):
            field = place.removeprefix(ANYWHERE)
            fault = pattern_fault(place) if field == place else _nowhere(field)
            if fault:
                yield ("optional", number, "fields", index), fault


def _nowhere(field: str) -> str:
    """That no place has a field; '' when some has. A fact's own evidence is in many."""
    known = {leaf.name for leaf in FORM.leaves()} | set(form_of(Graded).keys)
    near = did_you_mean(field, sorted(known))
    return "" if field in known else f"a playbook has no '{field}' anywhere{near}"


def _holds(path: DataPath, holds: Holds) -> Iterator[Finding]:
    names = [name for name in type(holds).model_fields if getattr(holds, name) is not None]
    if len(names) != 1:
        yield path, f"'holds' takes exactly one of {', '.join(type(holds).model_fields)}"
    if holds.present is not None:
        yield from _place((*path, "present"), holds.present)
    for name in ("each", "some", "none"):
        if (part := getattr(holds, name)) is not None:
            yield from _entries((*path, name), part)
    if holds.covers is not None:
        yield from _covers((*path, "covers"), holds.covers)
    for place, fields in (holds.filled or {}).items():
        yield from _filled((*path, "filled", place), place, fields)
    for name in ("all", "any"):
        for index, inner in enumerate(getattr(holds, name) or ()):
            yield from _holds((*path, name, index), inner)


def _entries(path: DataPath, part: Each | Some | NoEntry) -> Iterator[Finding]:
    fields = _fields_in(part.in_)
    yield from _list((*path, "in"), part.in_, fields)
    for index, field in enumerate(() if isinstance(part, NoEntry) else part.has or ()):
        yield from _field((*path, "has", index), field, fields)
    for field, condition in (part.where or {}).items():
        here = (*path, "where", field)
        yield from _field(here, field, fields)
        for key, words in (("is", condition.is_), ("has", condition.has)):
            yield from _words((*here, key), part.in_, field, words or ())


def _filled(path: DataPath, place: str, fields: Sequence[str]) -> Iterator[Finding]:
    """A place with * for every entry, and the fields that are wanted there."""
    if fault := pattern_fault(place):
        yield path, fault
        return
    known = _keys(_find(place))
    if not known:
        yield path, f"'{place}' has no fields{_star(place)}"
    for index, field in enumerate(fields):
        yield from _field((*path, index), field, known)


def pattern_fault(place: str) -> str:
    """What is wrong with a place that may hold *; '' when the form has it."""
    return _fault(place, _step)


def _fault(place: str, step_into: Callable[[Field, str], Field | None]) -> str:
    field = FORM
    steps = place.split(".")
    for depth, step in enumerate(steps, 1):
        inner = step_into(field, step)
        if inner is None:
            near = did_you_mean(step, field.keys)
            return f"a playbook has no '{'.'.join(steps[:depth])}'{near}"
        field = inner
    return ""


def _step(field: Field, step: str) -> Field | None:
    """One step of a place further in, * being any entry or any of fixed keys."""
    return field.entry if step == ENTRY else field.step(step)


def _find(place: str) -> Field | None:
    """The field at a place that may hold *."""
    field: Field | None = FORM
    for step in place.split("."):
        field = _step(field, step) if field else None
    return field


def _keys(field: Field | None) -> tuple[str, ...]:
    return field.keys if field else ()


def _entry(field: Field | None) -> Field | None:
    """An entry of a list."""
    return field.step(0) if field else None


def _star(place: str) -> str:
    return f"; did you mean '{place}.*'?" if _keys(_entry(_find(place))) else ""


def _covers(path: DataPath, covers: Covers) -> Iterator[Finding]:
    fields = _fields_in(covers.in_)
    yield from _list((*path, "in"), covers.in_, fields)
    yield from _field((*path, "field"), covers.field, fields)
    yield from _words((*path, "words"), covers.in_, covers.field, covers.words)


def _place(path: DataPath, place: str) -> Iterator[Finding]:
    """A field of the form, step by step."""
    if fault := _fault(place, Field.step):
        yield path, fault


def _fields_in(place: str) -> tuple[str, ...]:
    """The fields of a list's entries, or of the one mapping, at a place."""
    field = _find(place)
    return _keys(_entry(field)) or _keys(field)


def _list(path: DataPath, place: str, fields: Sequence[str]) -> Iterator[Finding]:
    if fault := pattern_fault(place):
        yield path, fault
    elif not fields:
        yield path, f"'{place}' is no list of entries with fields"


def _field(path: DataPath, field: str, fields: Sequence[str]) -> Iterator[Finding]:
    if fields and field not in fields:
        yield path, f"entries have no field '{field}'{did_you_mean(field, fields)}"


def _words(path: DataPath, place: str, field: str, words: Sequence[str]) -> Iterator[Finding]:
    """Words that a field with a closed list of words can never be."""
    holder = _find(place)
    around = (_entry(holder), holder)
    known = next((one.choices for one in (_inside(it, field) for it in around) if one), ())
    for index, word in enumerate(words):
        if known and word not in known:
            yield (*path, index), f"'{field}' is never '{word}'{did_you_mean(word, known)}"


def _inside(field: Field | None, name: str) -> Field | None:
    return field.step(name) if field else None
