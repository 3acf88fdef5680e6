"""A playbook as an audience may see it: a file of its own, written from the fields it may see.

Whatever comes after reads that file and no other. So no figure, message, line number or search
entry can tell what stood in the rest; comments are gone as well.
"""

from __future__ import annotations

import io
from typing import Any

from yaml.emitter import Emitter
from yaml.representer import BaseRepresenter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from generator.audience.classes import ANY, Audience, Audiences, Only
from generator.form import FORM
from generator.model.fields import Field
from generator.read import Document, Quoted, read_text

_NOTHING = object()
_WIDE = 1_000_000
"""Columns: no line of a text is broken."""


def projected(document: Document, audience: Audience, audiences: Audiences) -> Document:
    """The document with those fields only that an audience may see."""
    conditions = {condition.in_: condition for condition in audiences.conditions(audience)}
    shown = _shown(document.data or {}, FORM, audience, audiences, conditions)
    return read_text(_text(shown if isinstance(shown, dict) else {}).encode(), document.path)


def _shown(
    node: Any,
    field: Field | None,
    audience: Audience,
    audiences: Audiences,
    conditions: dict[str, Only],
) -> Any:
    """What is left of a node, _NOTHING when nothing is."""
    if field is None:
        return _NOTHING  # nobody knows who may see it

    def sees(leaf: Field) -> bool:
        return audiences.may_see(audience, leaf.pattern)

    def inner(value: Any, step: str | int) -> Any:
        return _shown(value, field.step(step), audience, audiences, conditions)

    if field.is_leaf:
        return node if sees(field) else _NOTHING
    if isinstance(node, dict):
        parts = {key: inner(value, key) for key, value in node.items()}
        kept = {key: value for key, value in parts.items() if value is not _NOTHING}
        return kept if kept or (not node and all(map(sees, field.leaves()))) else _NOTHING
    if isinstance(node, list):
        only = conditions.get(field.pattern)
        fitting = [entry for entry in node if only is None or _fits(entry, only)]
        parts_of_list = [inner(entry, place) for place, entry in enumerate(fitting)]
        entries = [left for left in parts_of_list if left is not _NOTHING]
        # An empty list says that there are none, which is as confidential as what could be in it
        return entries if entries or (not node and all(map(sees, field.leaves()))) else _NOTHING
    # An entry in short: 'product: 560000' for an amount, 'jonas-beck' for a member of the team
    return node if all(map(sees, field.leaves())) else _NOTHING


def _fits(entry: Any, only: Only) -> bool:
    if not isinstance(entry, dict):
        return False
    return all(
        entry.get(field) is not None and (ANY in words or entry[field] in words)
        for field, words in only.where.items()
    )


class _Writer(Emitter, Serializer, BaseRepresenter, BaseResolver):
    """Writes what the reader reads: plain scalars plain, whatever they look like, text quoted."""

    def __init__(self, stream: io.StringIO) -> None:
        Emitter.__init__(self, stream, allow_unicode=True, width=_WIDE)
        Serializer.__init__(self)
        BaseRepresenter.__init__(self, sort_keys=False)

    def ignore_aliases(self, _data: Any) -> bool:
        """A value that stands twice is written twice."""
        return True


def _scalar(style: str | None) -> Any:
    def represent(writer: _Writer, value: str) -> Any:
        return writer.represent_scalar(BaseResolver.DEFAULT_SCALAR_TAG, str(value), style=style)

    return represent


def _mapping(writer: _Writer, value: dict[str, Any]) -> Any:
    return writer.represent_mapping(BaseResolver.DEFAULT_MAPPING_TAG, value, flow_style=False)


def _sequence(writer: _Writer, value: list[Any]) -> Any:
    return writer.represent_sequence(BaseResolver.DEFAULT_SEQUENCE_TAG, value, flow_style=False)


_Writer.add_representer(str, _scalar(None))
_Writer.add_representer(Quoted, _scalar('"'))
_Writer.add_representer(dict, _mapping)
_Writer.add_representer(list, _sequence)


def _text(data: dict[str, Any]) -> str:
    """Data as the text of a file, keys in their order."""
    stream = io.StringIO()
    writer = _Writer(stream)
    writer.open()
    writer.represent(data)
    writer.close()
    return stream.getvalue()
