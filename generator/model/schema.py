"""The JSON Schema for editors, made from the model."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from generator.model.playbook import Playbook

_FACT_KEYS = {"unknown", "owner", "find_by", "value", "grade", "as_of", "source"}


def json_schema() -> dict[str, Any]:
    """The schema of a playbook, draft 2020-12, with a description for every field."""
    schema = Playbook.model_json_schema(by_alias=True, schema_generator=GenerateJsonSchema)
    for definition in schema["$defs"].values():
        if set(definition.get("properties", ())) == _FACT_KEYS:
            _three_spellings(definition)
        elif definition.get("title") == "ValueLine":
            _also_plain(definition, definition["properties"]["amount"])
        elif definition.get("title") == "TeamMember":
            _also_plain(definition, definition["properties"]["id"])
    cleaned: dict[str, Any] = _clean(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **cleaned,
        "title": "Account playbook",
    }


def schema_text() -> str:
    """The schema as the file that is checked in."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _three_spellings(definition: dict[str, Any]) -> None:
    """A fact is a plain value, or keys with 'value', or keys with 'unknown'."""
    plain = definition["properties"]["value"]
    _also_plain(definition, plain)


def _also_plain(definition: dict[str, Any], plain: dict[str, Any]) -> None:
    keyed = {
        key: definition.pop(key)
        for key in ("properties", "additionalProperties", "required", "type")
        if key in definition
    }
    simple = {key: value for key, value in plain.items() if key not in ("default", "description")}
    definition["anyOf"] = [*simple.get("anyOf", [simple]), keyed]


def _clean(node: Any) -> Any:
    """Without what an editor has no use for: nulls, Python's titles, defaults of null."""
    if isinstance(node, list):
        return [_clean(one) for one in node]
    if not isinstance(node, dict):
        return node
    result = {
        key: _clean(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and value is None)
    }
    if "anyOf" in result:
        kinds = [one for one in result["anyOf"] if one != {"type": "null"}]
        if len(kinds) == 1:
            del result["anyOf"]
            result = {**kinds[0], **result}
        else:
            result["anyOf"] = kinds
    return result
