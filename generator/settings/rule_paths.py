"""The rules of rules.yaml against the model: a list, field or word that is not there is a finding.

A rule that looks for 'decidor' never holds, one that looks into 'risks' always does: neither
would be noticed by those who rely on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model import Playbook
from generator.model.shape import did_you_mean, has_place, known_keys, words_at
from generator.read.document import DataPath
from generator.settings.rules import Covers, Each, Holds, NoEntry, Rule, Some

Finding = tuple[DataPath, str]
"""Where in rules.yaml, and what is wrong."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
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
        for word in _PLACEHOLDER.findall(rule.message):
            if word not in _PLACEHOLDERS:
                message = f"unknown placeholder '{{{word}}}'{did_you_mean(word, _PLACEHOLDERS)}"
                yield (*path, "message"), message
        yield from _holds((*path, "holds"), rule.holds)


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


def _covers(path: DataPath, covers: Covers) -> Iterator[Finding]:
    fields = _fields_in(covers.in_)
    yield from _list((*path, "in"), covers.in_, fields)
    yield from _field((*path, "field"), covers.field, fields)
    yield from _words((*path, "words"), covers.in_, covers.field, covers.words)


def _place(path: DataPath, place: str) -> Iterator[Finding]:
    """A field of the model, step by step."""
    steps = tuple(place.split("."))
    for depth, step in enumerate(steps, 1):
        if not has_place(Playbook, steps[:depth]):
            near = did_you_mean(step, known_keys(Playbook, steps[: depth - 1]))
            yield path, f"a playbook has no '{'.'.join(steps[:depth])}'{near}"
            return


def _fields_in(place: str) -> tuple[str, ...]:
    """The fields of a list's entries, or of the one mapping, at a place."""
    steps = tuple(place.split("."))
    return known_keys(Playbook, (*steps, 0)) or known_keys(Playbook, steps)


def _list(path: DataPath, place: str, fields: Sequence[str]) -> Iterator[Finding]:
    found = tuple(_place(path, place))
    yield from found
    if not found and not fields:
        yield path, f"'{place}' is no list of entries with fields"


def _field(path: DataPath, field: str, fields: Sequence[str]) -> Iterator[Finding]:
    if fields and field not in fields:
        yield path, f"entries have no field '{field}'{did_you_mean(field, fields)}"


def _words(path: DataPath, place: str, field: str, words: Sequence[str]) -> Iterator[Finding]:
    """Words that a field with a closed list of words can never be."""
    steps = tuple(place.split("."))
    known = words_at(Playbook, (*steps, 0, field)) or words_at(Playbook, (*steps, field))
    for index, word in enumerate(words):
        if known and word not in known:
            yield (*path, index), f"'{field}' is never '{word}'{did_you_mean(word, known)}"
