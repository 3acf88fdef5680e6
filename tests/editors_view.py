"""What an editor with the JSON Schema sees: YAML 1.2's core types, then the schema."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import yaml

from generator.outputs.form_schema import json_schema


class _Core(yaml.SafeLoader):
    """YAML 1.2's core schema: NO and 12:30 are text, 0o17 and 1e3 are numbers, days are text."""


_Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("float", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", "-+."),
):
    _Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), list(_first)
    )


def _int(_loader: yaml.SafeLoader, node: yaml.Node) -> int:
    return int(node.value)


def _float(_loader: yaml.SafeLoader, node: yaml.Node) -> float:
    return float(node.value.replace(".inf", "inf").replace(".nan", "nan"))


_Core.add_constructor("tag:yaml.org,2002:int", _int)
_Core.add_constructor("tag:yaml.org,2002:float", _float)

VALIDATOR = jsonschema.Draft202012Validator(
    json_schema(), format_checker=jsonschema.FormatChecker(["date"])
)


def as_editor_loads(text: str) -> Any:
    """A document's data with the types that an editor gives them."""
    return yaml.load(text, Loader=_Core)


def editor_accepts(text: str) -> bool:
    """Whether an editor shows no error in a document."""
    return not list(VALIDATOR.iter_errors(as_editor_loads(text)))


def editor_errors(text: str) -> list[str]:
    """The places of what an editor marks, and its words."""
    errors = VALIDATOR.iter_errors(as_editor_loads(text))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]
