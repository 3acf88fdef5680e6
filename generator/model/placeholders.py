"""Values that stand in for one that nobody has written yet: they count as missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.read.document import DataPath, Document

EXAMPLE_TEXTS = (
    "Who they are, where we stand, what comes next.",
    "what they want",
    "what we want",
    "in a sentence",
    "Their Association",
    "Win the second site",
)
"""What the form that `playbook new` writes says only to show what belongs there."""

_SIGNS = (
    *("…", "……", "...", "....", "?", "??", "???", "-", "--", "---", "–", "—", "？", "xxx", "xxxx"),
    *("todo", "tbd", "tba", "tbc", "n/a", "待定", "待补充"),
)
_PLACEHOLDERS = frozenset(text.lower() for text in (*_SIGNS, *EXAMPLE_TEXTS))
_EXAMPLES = frozenset(text.lower() for text in EXAMPLE_TEXTS)
_LONGEST = max(map(len, _PLACEHOLDERS)) + 2  # a block text ends its line


def is_placeholder(text: str) -> bool:
    """Whether a text is a placeholder and nothing else."""
    return len(text) <= _LONGEST and text.strip().lower() in _PLACEHOLDERS


def says_example(text: str) -> bool:
    """Whether a text is one that the form says only to show what belongs there."""
    return text.strip().lower() in _EXAMPLES


def to_write(given: str, *, may_be_none: bool) -> str:
    """What stands in the way of a value, and what to write in its place."""
    if says_example(given):
        return "this is the form's own example, which counts as missing: write your own"
    return f"a placeholder: write the value{', or [] for none' if may_be_none else ''}"


def without_placeholders(document: Document) -> tuple[Document, tuple[DataPath, ...]]:
    """The document with nothing where a placeholder stands, and where these are."""
    if not _has_placeholder(document.data):
        return document, ()
    blanks: list[DataPath] = []
    data = _blanked(document.data, (), blanks)
    return replace(document, data=data), tuple(blanks)


def _has_placeholder(node: Any) -> bool:
    if isinstance(node, str):
        return is_placeholder(node)
    if isinstance(node, dict):
        return any(map(_has_placeholder, node.values()))
    return isinstance(node, list) and any(map(_has_placeholder, node))


def _blanked(node: Any, path: DataPath, blanks: list[DataPath]) -> Any:
    """A copy in which a placeholder is no value; `blanks` gets its path."""
    if isinstance(node, dict):
        return {key: _blanked(value, (*path, key), blanks) for key, value in node.items()}
    if isinstance(node, list):
        return [_blanked(value, (*path, place), blanks) for place, value in enumerate(node)]
    if isinstance(node, str) and is_placeholder(node):
        blanks.append(path)
        return None
    return node
