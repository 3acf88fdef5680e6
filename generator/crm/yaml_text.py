"""Plain data as YAML text in the style that people write playbooks in."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Text that reads back as itself without quotes, also inside braces.
_PLAIN = re.compile(r"[^\W\d_][\w .()&/+'-]*")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
FLOW_WIDTH = 100


def yaml_text(data: Mapping[str, Any]) -> str:
    """Block style, short entries of lists in braces; reads back as the same data."""
    return "".join(f"{line}\n" for line in _block(data, 0))


def _block(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for key, value in data.items():
        if isinstance(value, str) and "\n" in value:
            yield f"{pad}{_scalar(key)}: |"
            yield from (f"{pad}  {line}".rstrip() for line in value.rstrip("\n").split("\n"))
        elif isinstance(value, Mapping) and len(flow := _flow(value)) + indent > FLOW_WIDTH // 2:
            yield f"{pad}{_scalar(key)}:"
            yield from _block(value, indent + 2)
        elif isinstance(value, Mapping):
            yield f"{pad}{_scalar(key)}: {flow}"
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _list(key, value, indent)
        else:
            yield f"{pad}{_scalar(key)}: {_scalar(value)}"


def _list(key: str, entries: Sequence[Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    if not entries or not isinstance(entries[0], Mapping):
        yield f"{pad}{_scalar(key)}: [{', '.join(_scalar(one) for one in entries)}]"
        return
    yield f"{pad}{_scalar(key)}:"
    yield from (f"{pad}  - {_flow(entry)}" for entry in entries)


def _flow(data: Mapping[str, Any]) -> str:
    pairs = (
        f"{_scalar(key)}: {_flow(one) if isinstance(one, Mapping) else _scalar(one)}"
        for key, one in data.items()
    )
    return "{" + ", ".join(pairs) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _NOT_TEXT
    if plain and len(text) < FLOW_WIDTH * 4:
        return text
    return json.dumps(text, ensure_ascii=False)
