"""Names whose letters come from scripts that look alike, as when someone copies a false name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from generator.problems import Problem
from generator.read.document import DataPath
from generator.rules.validate.plan import Plan

# Where names of firms and people stand; '*' is an entry of a list
_NAMES: tuple[tuple[str, ...], ...] = (
    ("account", "name"),
    ("account", "aliases", "*"),
    ("relationship", "contacts", "*", "name"),
    ("competition", "rivals", "*", "name"),
    ("value", "alternatives", "*", "name"),
)
# An 'a' of each looks like that of another. Chinese and Latin letters stand together rightly.
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
_WORD = re.compile(r"[^\W\d_]+")


def lookalike_names(plan: Plan) -> Iterator[Problem]:
    """A warning for each name with a word whose letters are of several such scripts."""
    for pattern in _NAMES:
        for path, name in _at(plan.document.data, pattern):
            for word in _WORD.findall(name):
                scripts = sorted(scripts_of(word))
                if len(scripts) > 1:
                    yield plan.document.problem(
                        path,
                        "mixed-script",
                        f"'{word}' has letters that look alike, of {' and '.join(scripts)};"
                        " write it in one script",
                        level="warning",
                    )


def scripts_of(word: str) -> set[str]:
    """Which scripts with letters alike a word uses, by their names."""
    first = (unicodedata.name(sign, "").partition(" ")[0] for sign in word)
    return {script.capitalize() for script in first if script in _ALIKE}


def _at(node: Any, pattern: tuple[str, ...], path: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """Every text that a pattern leads to, with its path."""
    if not pattern:
        if isinstance(node, str):
            yield path, node
    elif pattern[0] == "*":
        for index, entry in enumerate(node if isinstance(node, list) else ()):
            yield from _at(entry, pattern[1:], (*path, index))
    elif isinstance(node, dict) and pattern[0] in node:
        yield from _at(node[pattern[0]], pattern[1:], (*path, pattern[0]))
