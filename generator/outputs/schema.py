"""The JSON Schema that every file of the API holds to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.outputs.export.tables import ACCOUNTS, Column

VERSION = 1
"""Rises when a name goes or means something else; new names do not raise it."""

_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}
_MAYBE_COUNT = {"type": ["integer", "null"], "minimum": 0}
_TEXT = {"type": "string"}
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "number": {"type": ["number", "null"]},
    "day": {"type": ["string", "null"], "format": "date"},
}


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12; `kind` says which of three a document is."""
    kinds = {"accounts": _accounts(), "account": _account(), "portfolio": _portfolio()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Account Playbooks, API {VERSION}",
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": {
            **{kind: _document(kind, parts) for kind, parts in kinds.items()},
            "row": _row(),
            "figure": _figure(),
            "finding": _finding(),
        },
    }


def _document(kind: str, parts: Mapping[str, Any]) -> dict[str, Any]:
    head = {
        "kind": {"const": kind},
        "version": {"const": VERSION},
        "as_of": {**_DAY, "description": "The day that the figures are of."},
    }
    return _object({**head, **parts})


def _object(parts: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An object that has all of these parts, maybe some, and no others."""
    return {
        "type": "object",
        "properties": {**parts, **(optional or {})},
        "required": list(parts),
        "additionalProperties": False,
    }


def _accounts() -> dict[str, Any]:
    return {"accounts": {"type": "array", "items": {"$ref": "#/$defs/row"}}}


def _row() -> dict[str, Any]:
    href = {**_TEXT, "description": "The account's own file, seen from this one."}
    return _object({**{one.key: _column(one) for one in ACCOUNTS}, "href": href})


def _column(column: Column) -> dict[str, Any]:
    return {**_KINDS[column.kind], "description": column.says}


def _account() -> dict[str, Any]:
    return {
        "account": {
            "type": "object",
            "description": "Id and path, and the section `account` of the playbook as it stands.",
            "properties": {"id": _TEXT, "path": _TEXT},
            "required": ["id", "path"],
        },
        "figures": {
            "type": "object",
            "description": "By key, as `playbook explain` takes it.",
            "additionalProperties": {"$ref": "#/$defs/figure"},
        },
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
    }


def _figure() -> dict[str, Any]:
    value = {"description": "Number (unrounded), word, list or object; null: not known."}
    confidence = {"type": "number", "minimum": 0, "maximum": 1}
    return _object(
        {"value": value},
        {
            "unit": _TEXT,
            "confidence": {**confidence, "description": "How sure it is."},
            "missing": {"type": "array", "items": _TEXT, "description": "What is missing for it."},
            "note": _TEXT,
        },
    )


def _finding() -> dict[str, Any]:
    return _object(
        {
            "path": _TEXT,
            "line": _COUNT,
            "column": _COUNT,
            "level": {"enum": ["error", "warning"]},
            "rule": _TEXT,
            "message": _TEXT,
            "account": _TEXT,
        }
    )


def _portfolio() -> dict[str, Any]:
    counts = {"type": "object", "additionalProperties": _COUNT}
    by = {"type": "object", "additionalProperties": counts}
    return {
        "name": _TEXT,
        "reporting_currency": _TEXT,
        "accounts": _COUNT,
        "by": {**by, "description": "Accounts by what they are; '' counts where it is not known."},
        "errors": {**_MAYBE_COUNT, "description": "null: this edition tells no findings."},
        "warnings": _MAYBE_COUNT,
        "href": {**_TEXT, "description": "The list of accounts, seen from this file."},
    }
