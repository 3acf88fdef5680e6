"""What a place of a form looks like in a file: a short example that is made from its types."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.base import Evidence, Unknowable
from generator.model.fields import ENTRY, Field
from generator.model.kinds import TEXTS, Kind

WRITE_IT = "…"
"""Stands where a person writes words of their own."""
_OF_KIND = {
    Kind.MONEY: "60000",
    Kind.SHARE: "0.3",
    Kind.YEAR: "2026",
    Kind.DAY: "2026-11-30",
    Kind.TRUTH: "true",
    Kind.WEB: "https://example.com",
    Kind.CURRENCY: "EUR",
}
_NUMBER = 3
_KEYS = 3
"""So many keys of a place are shown, of one within it one less."""
_EVIDENCE = frozenset(Evidence.model_fields)
_SHARE_OF = "share"
"""The unit of a number that may be negative, or above 1, begins so."""


def sample_of(field: Field) -> str:
    """What may stand there, on one line, with values of the right kind."""
    return _sample(field, _KEYS)


def entry_sample(field: Field) -> str:
    """One entry of a list, or key and value of one of a mapping; what a single place holds."""
    if field.kind is Kind.MAPPING:
        return _pair(field, _KEYS)
    return _sample(field.children[ENTRY] if field.kind is Kind.LIST else field, _KEYS)


def least_sample(field: Field) -> str:
    """No more than what must be there."""
    return _sample(field, 0)


def _sample(field: Field, keys: int) -> str:
    if field.example is not None:
        return str(field.example)
    if field.kind is Kind.LIST:
        return f"[{_sample(field.children[ENTRY], keys)}]"
    if field.kind is Kind.MAPPING:
        return f"{{{_pair(field, keys)}}}"
    if field.shorthand and not field.is_fact:
        return _sample(field.children[field.shorthand], keys)
    if field.kind is Kind.GROUP:
        within = max(keys - 1, min(keys, 1))
        shown = ", ".join(f"{key.name}: {_sample(key, within)}" for key in _shown_keys(field, keys))
        return f"{{{shown}}}"
    return _value(field)


def _pair(field: Field, keys: int) -> str:
    key = field.keys_of_entries
    return f"{_value(key) if key else WRITE_IT}: {_sample(field.children[ENTRY], keys)}"


def _shown_keys(field: Field, count: int) -> Iterator[Field]:
    """What must be there, and what comes first in the form beside it."""
    own = [
        child
        for child in map(field.children.__getitem__, field.form_order if count else field.children)
        if child.model is not Evidence and child.attribute not in _shared_keys(field)
    ]
    required = sum(child.is_required for child in own)
    left = max(count - required, 0)
    for child in own:
        if child.is_required:
            yield child
        elif left:
            left -= 1
            yield child


def _shared_keys(field: Field) -> frozenset[str]:
    """The keys with which a place says how sure it is, or that it is not known."""
    keys: set[str] = set()
    if field.model is not Evidence and _EVIDENCE.issubset(field.children):
        keys |= _EVIDENCE
    if field.may_be_unknown:
        keys |= set(Unknowable.model_fields)
    return frozenset(keys)


def _value(field: Field) -> str:
    if field.choices:
        return field.choices[0]
    if field.kind is Kind.ID:
        return f"{field.points_to}-id" if field.points_to else "an-id"
    kind = Kind.SHARE if field.unit.startswith(_SHARE_OF) else field.kind
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    if field.kind in TEXTS or field.kind is Kind.OTHER:
        return WRITE_IT
    most = field.limits.at_most
    return f"{_NUMBER if most is None else min(_NUMBER, most):g}"
