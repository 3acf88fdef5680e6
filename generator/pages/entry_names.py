"""What the entries of a playbook's lists are called, so that no id or number stands for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from generator.figures import Account
from generator.figures.name import steps_of
from generator.figures.place import Place
from generator.pages import formats
from generator.settings import Settings

_TITLES = (
    *("name", "doubt", "statement", "what", "item", "issue", "decision", "reason", "factor"),
    *("attribute", "practice", "to"),
)
"""Fields that say what an entry is; the first that is filled in counts."""
_CATALOGUES = {"activity": "activities", "type": "recognition"}
"""Fields whose word has its label in a catalogue of site_config."""
NAME_SIGNS = 70


def entry_names(account: Account, settings: Settings) -> Mapping[tuple[str, ...], str]:
    """By the steps of an entry's path, as inputs name it, what readers call it."""
    if account.playbook is None:
        return {}
    root = Place(account.playbook, account.document.marks)
    return dict(_named(root, settings))


def _named(place: Place, settings: Settings) -> Iterator[tuple[tuple[str, ...], str]]:
    node = place.node
    if isinstance(node, tuple):
        for index, entry in enumerate(node):
            inner = place.into(index)
            title = _title(entry, settings)
            if title:
                yield steps_of(inner.name), formats.shortened(title, NAME_SIGNS)
            yield from _named(inner, settings)
    elif isinstance(node, Mapping):
        for key in node:
            inner = place.into(key)
            label = settings.catalogue.offerings.get(key)
            if place.name == "offerings" and label is not None:
                yield steps_of(inner.name), label.label.in_language(settings.site.language)
            yield from _named(inner, settings)
    elif isinstance(node, BaseModel):
        for field, value in node:
            if isinstance(value, (tuple, Mapping, BaseModel)):
                yield from _named(place.into(field.removesuffix("_")), settings)


def _title(entry: Any, settings: Settings) -> str:
    """What an entry says it is; else its word of a catalogue, its day, its author, its id."""
    if not isinstance(entry, BaseModel):
        return ""
    fields = dict(entry)
    for field in _TITLES:
        if fields.get(field):
            return str(fields[field])
    for field, kind in _CATALOGUES.items():
        known = getattr(settings.catalogue, kind).get(fields.get(field))
        if known is not None:
            return str(known.label.in_language(settings.site.language))
    if fields.get("date"):
        return formats.day(fields["date"])
    person = settings.team.people.get(fields.get("by") or "")
    return person.name if person else str(fields.get("id") or "")
