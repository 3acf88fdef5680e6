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
    return "".join(f"{line}\n" for line in block_lines(data, 0))


def block_lines(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    """The lines of a mapping, one key a line, behind so many spaces."""
    pad = " " * indent
    for key, value in data.items():
        if isinstance(value, str) and _fits_block(value):
            yield f"{pad}{scalar_text(key)}: |{_chomping(value)}"
            yield from (f"{pad}  {line}" if line else "" for line in value.rstrip("\n").split("\n"))
        elif (
            isinstance(value, Mapping) and len(flow := flow_text(value)) + indent > FLOW_WIDTH // 2
        ):
            yield f"{pad}{scalar_text(key)}:"
            yield from block_lines(value, indent + 2)
        elif isinstance(value, Mapping):
            yield f"{pad}{scalar_text(key)}: {flow}"
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _list(key, value, indent)
        else:
            yield f"{pad}{scalar_text(key)}: {scalar_text(value)}"


def entry_lines(entry: Any, indent: int, *, block: bool) -> Iterator[str]:
    """The lines of one entry of a list: in braces, or as a block of keys."""
    pad = " " * indent
    if not block or not isinstance(entry, Mapping) or not entry:
        yield f"{pad}- {flow_text(entry)}"
        return
    first, *others = block_lines(entry, indent + 2)
    yield f"{pad}- {first.lstrip(' ')}"
    yield from others


def flow_text(value: Any) -> str:
    """A value on one line, mappings in braces and lists in brackets."""
    if isinstance(value, Mapping):
        pairs = (f"{scalar_text(key)}: {flow_text(one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(flow_text(one) for one in value)}]"
    return scalar_text(value)


def scalar_text(value: Any) -> str:
    """One value; text is put in quotes where YAML would read something else without them."""
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


def _list(key: str, entries: Sequence[Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    if not entries or not isinstance(entries[0], Mapping):
        yield f"{pad}{scalar_text(key)}: {flow_text(entries)}"
        return
    yield f"{pad}{scalar_text(key)}:"
    for entry in entries:
        yield from entry_lines(entry, indent + 2, block=False)


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


def _chomping(text: str) -> str:
    """Behind the '|': whether a line end closes the text."""
    return "" if text.endswith("\n") else "-"
