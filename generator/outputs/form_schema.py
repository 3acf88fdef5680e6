"""The JSON Schema for editors, made from the model."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from generator.form import FORM, Playbook
from generator.model.fields import ENTRY, Field
from generator.model.kinds import Kind

_OF_UNKNOWNS = ("unknown", "owner", "find_by")


def json_schema() -> dict[str, Any]:
    """The schema of a playbook, draft 2020-12, with a description for every field."""
    schema = Playbook.model_json_schema(by_alias=True, schema_generator=GenerateJsonSchema)
    models = {field.model.__name__: field for field in FORM.walk() if field.model is not None}
    models[""] = FORM
    for name, definition in (("", schema), *schema["$defs"].items()):
        properties = definition.get("properties", {})
        for key, entry in properties.items():
            entry.pop("audience", None)  # no matter of editors
            _also_none(entry, _entry_of(models[name]).children[key])
        if name:
            _alternatives(definition, properties, models[name])
    cleaned: dict[str, Any] = _clean(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **cleaned,
        "title": "Account playbook",
    }


def schema_text() -> str:
    """The schema as the file that is checked in."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _entry_of(field: Field) -> Field:
    """The field that has the keys: of a list or mapping its entries."""
    is_many = field.kind in (Kind.LIST, Kind.MAPPING)
    return _entry_of(field.children[ENTRY]) if is_many else field


def _also_none(schema: dict[str, Any], of: Field) -> None:
    """[] in place of keys, where it says that there is none."""
    if of.may_be_none and of.kind is not Kind.LIST:
        kinds = schema.get("anyOf") or [
            {key: schema.pop(key) for key in tuple(schema) if key in ("$ref", "type")}
        ]
        schema["anyOf"] = [*kinds, {"type": "array", "maxItems": 0}]


def _alternatives(definition: dict[str, Any], properties: dict[str, Any], of: Field) -> None:
    """Other ways to write keys of one model: honestly unknown, or one value in their place."""
    answer = of.shorthand or "score"
    if of.may_be_unknown:
        _known_or_unknown(definition, answer)
    if of.shorthand:
        _also_plain(definition, properties[of.shorthand])


def _known_or_unknown(definition: dict[str, Any], answer: str) -> None:
    """Keys with the answer, or keys that say who finds it out, by when."""
    properties = definition.pop("properties")
    known = {key: schema for key, schema in properties.items() if key not in _OF_UNKNOWNS}
    unknown = {key: schema for key, schema in properties.items() if key != answer}
    unknown["unknown"] = {**unknown["unknown"], "const": True}
    shared = {key: definition.pop(key) for key in ("type", "additionalProperties")}
    definition["anyOf"] = [
        {"properties": known, "required": [answer], **shared},
        {"properties": unknown, "required": list(_OF_UNKNOWNS), **shared},
    ]


def _also_plain(definition: dict[str, Any], plain: dict[str, Any]) -> None:
    """A plain value in place of the keys."""
    keys = ("properties", "additionalProperties", "required", "type")
    keyed = {key: definition.pop(key) for key in keys if key in definition}
    simple = {key: value for key, value in plain.items() if key not in ("default", "description")}
    alternatives = definition.get("anyOf") or [keyed]
    definition["anyOf"] = [*simple.get("anyOf", [simple]), *alternatives]


def _clean(node: Any) -> Any:
    """Without what an editor has no use for: nulls, Python's titles, defaults of null."""
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {
        key: _clean(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and value is None)
    }
    if "patternProperties" in result:
        result["additionalProperties"] = False
    if "anyOf" in result:
        kinds = [kind for kind in result["anyOf"] if kind != {"type": "null"}]
        if len(kinds) == 1:
            del result["anyOf"]
            result = {**kinds[0], **result}
        else:
            result["anyOf"] = kinds
    return result
