"""Changes to a playbook's text at a data path: the value, the whole key, the grade."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.read import Document, read_text
from generator.read.document import DataPath

DATA = Path(__file__).parent / "data"
WHOLE = (DATA / "whole.yaml").read_text(encoding="utf-8")
PORT = (DATA / "port.yaml").read_text(encoding="utf-8")


def path_of(dotted: str) -> DataPath:
    """'risk.own.0.loss' as a data path."""
    return tuple(int(step) if step.isdigit() else step for step in dotted.split("."))


@functools.lru_cache(maxsize=100)
def _document(text: str) -> Document:
    return read_text(text.encode(), "playbooks/acme.yaml")


def value_at(text: str, path: DataPath) -> Any:
    """The plain data at a path."""
    node: Any = _document(text).data
    for step in path:
        node = node[step]
    return node


def line_of(text: str, path: DataPath) -> int:
    """The 1-based line of the value at a path."""
    return _document(text).value_place(path).line


def changed(text: str, dotted: str, new: str) -> str:
    """The text with another scalar, or flow list, at a path."""
    path = path_of(dotted)
    place = _document(text).value_place(path)
    lines = text.splitlines()
    line = lines[place.line - 1]
    before = line[: place.column - 1]
    assert before.strip(), f"{dotted} does not stand behind its key"
    lines[place.line - 1] = before + new
    return "\n".join(lines) + "\n"


def without(text: str, dotted: str) -> str:
    """The text less a key and all that is in it."""
    place = _document(text).key_place(path_of(dotted))
    lines = text.splitlines()
    first, indent = place.line - 1, place.column - 1
    last = first + 1
    while last < len(lines) and lines[last][: indent + 1].strip() in ("", "-"):
        stays = lines[last][: indent + 1].strip() == "-" and lines[last][indent : indent + 1] != "-"
        if stays:
            break
        last += 1
    assert not lines[first][:indent].strip("- "), f"{dotted} does not begin its line"
    if lines[first][:indent].strip() == "-":  # the entry goes on with its next key
        lines[last] = lines[first][:indent] + lines[last][indent:]
    return "\n".join(lines[:first] + lines[last:]) + "\n"


def opinions(text: str, dotted: str) -> Iterator[str]:
    """The text with the value at a path as an opinion: in braces, by its entry, by its section."""
    path = path_of(dotted)
    value = value_at(text, path)
    if isinstance(value, str):
        yield changed(text, dotted, f"{{value: {value}, grade: opinion}}")
        yield changed(text, dotted, f"{{amount: {value}, grade: opinion}}")
    document = _document(text)
    for depth in range(len(path) - 1, 0, -1):
        around = path[:depth]
        mark = document.nearest(around)[0]
        if not isinstance(value_at(text, around), dict) or mark.line == mark.key_line:
            continue
        if "evidence" in value_at(text, around) and isinstance(
            value_at(text, (*around, "evidence")), dict
        ):
            yield changed(
                text,
                ".".join(map(str, (*around, "evidence"))),
                "{grade: opinion, as_of: 2026-11-01}",
            )
            continue
        if "grade" in value_at(text, around):
            yield changed(text, ".".join(map(str, (*around, "grade"))), "opinion")
            continue
        lines = text.splitlines()
        first = lines[mark.line - 1]
        rest = first[mark.column - 1 :]
        lines[mark.line - 1] = first[: mark.column - 1] + "grade: opinion"
        lines.insert(mark.line, " " * (mark.column - 1) + rest)
        yield "\n".join(lines) + "\n"
