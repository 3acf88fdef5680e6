"""Plain data as YAML text in the style that people write playbooks in."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ruamel.yaml.nodes import MappingNode

from generator.change.edit import roundtrip
from generator.change.edit.roundtrip import Node
from generator.settings.overlay import OFF

# Text that reads back as itself without quotes, also inside braces.
_PLAIN = re.compile(r"[^\W\d_][\w .()&/+'-]*")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
FLOW_WIDTH = 100


def yaml_text(data: Mapping[str, Any]) -> str:
    """Block style, short entries of lists in braces; reads back as the same data."""
    return roundtrip.serialize(_block(data, 0)) if data else ""


def block_lines(data: Mapping[str, Any], indent: int) -> list[str]:
    """The lines of a mapping, one key a line, behind so many spaces."""
    return _set_in(_block(data, indent), indent)


def entry_lines(entries: Sequence[Any], indent: int, *, block: bool) -> list[str]:
    """The lines of entries of a list: in braces, or as blocks of keys."""
    nodes: list[Node] = [
        _block(entry, indent + 2)
        if block and isinstance(entry, Mapping) and entry
        else roundtrip.scalar(flow_text(entry))
        for entry in entries
    ]
    return _set_in(roundtrip.sequence(nodes), indent)


def flow_text(value: Any) -> str:
    """A value on one line, mappings in braces and lists in brackets."""
    if isinstance(value, Mapping):
        pairs = (f"{_key_text(key)}: {flow_text(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(flow_text, value))}]"
    return scalar_text(value)


def _key_text(key: Any) -> str:
    """A key; the `off` of settings as the documentation writes it: no reader of ours bends it."""
    return OFF if key == OFF else scalar_text(key)


def scalar_text(value: Any) -> str:
    """One value; text is put in quotes where YAML would read something else without them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (float, Decimal)):
        digits = f"{value:f}" if isinstance(value, Decimal) else f"{value:.10f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _NOT_TEXT
    if plain and len(text) < FLOW_WIDTH * 4:
        return text
    return json.dumps(text, ensure_ascii=False)


def _set_in(node: Node, indent: int) -> list[str]:
    pad = " " * indent
    return [f"{pad}{line}" if line else "" for line in roundtrip.serialize(node).splitlines()]


def _block(data: Mapping[str, Any], indent: int) -> MappingNode:
    """One key a line; what is too long for a line gets keys on lines of their own."""
    pairs = [
        (roundtrip.scalar(_key_text(key)), _value(value, indent)) for key, value in data.items()
    ]
    return roundtrip.mapping(pairs)


def _value(value: Any, indent: int) -> Node:
    if isinstance(value, str) and _fits_block(value):
        chomping = "" if value.endswith("\n") else "-"
        return roundtrip.scalar(f"|{chomping}\n" + value.rstrip("\n"))
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        return roundtrip.sequence([roundtrip.scalar(flow_text(entry)) for entry in value])
    spelled = flow_text(value)
    if isinstance(value, Mapping) and len(spelled) + indent > FLOW_WIDTH // 2:
        return _block(value, indent + 2)
    return roundtrip.scalar(spelled)


def _fits_block(text: str) -> bool:
    """Whether text of several lines may stand below a '|' and reads back as it was."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0])
        and not lines[0].startswith(" ")
        and not text.endswith("\n\n")
        and not any("\t" in line or (line and not line.strip()) for line in lines)
    )
