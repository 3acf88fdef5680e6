"""All that people write into a playbook: the texts of its fields, and its comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.model.form import FORM
from generator.problems import Level, Problem
from generator.read.document import DataPath, Document

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#(?!\s*(?:yaml-language-server|\$schema):)[^\n]*", re.MULTILINE
)
_LETTERS_OR_LONG = re.compile(r"[^\W\d_]|\d{6}|\d[\d .()/+-]{6}")
# What speaks of a person, whoever is named
_OF_PERSONS = (
    "relationship.contacts.*.observed.*.fact",
    "relationship.contacts.*.title",
    "relationship.interactions.*.note",
    "value.return.courtesies.*.purpose",
    "value.return.courtesies.*.kind",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text, with its place."""

    document: Document
    text: str
    path: DataPath = ()
    """Empty for a comment."""
    offset: int = 0
    """Where a comment begins."""

    @property
    def pattern(self) -> str:
        """The field, with '*' for entries: 'actions.*.what'."""
        return FORM.pattern_of(self.path)

    @property
    def is_of_a_person(self) -> bool:
        """Whether the field is there to speak of a person."""
        return self.pattern in _OF_PERSONS

    def problem(self, rule: str, message: str, level: Level = "error") -> Problem:
        """A finding about it."""
        entry = next((str(one) for one in reversed(self.path) if isinstance(one, str)), "")
        found = self.document.problem(self.path, rule, message, level=level, entry=entry)
        if self.path:
            return found
        before = self.document.text[: self.offset]
        return replace(
            found,
            line=before.count("\n") + 1,
            column=self.offset - before.rfind("\n"),
        )


def texts_of(document: Document, wanted: Callable[[str], object] = bool) -> Iterator[Text]:
    """Every text of a playbook with letters or a longer number in it, then its comments.

    Only those `wanted`, by what they say.
    """
    for path, text in _leaves(document.data or {}, ()):
        if _LETTERS_OR_LONG.search(text) and wanted(text):
            yield Text(document=document, text=text, path=path)
    for found in _COMMENT.finditer(document.text):
        if wanted(found[0]):
            yield Text(document=document, text=found[0], offset=found.start())


def values_of(document: Document) -> Iterator[str]:
    """The texts alone: to see quickly that there is nothing to be found."""
    values: list[str] = []
    _collect(document.data or {}, values)
    yield from filter(_LETTERS_OR_LONG.search, values)
    if "#" in document.text:
        yield from _COMMENT.findall(document.text)


def _leaves(node: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaves(value, (*path, index))


def _collect(node: Any, values: list[str]) -> None:
    for value in node.values() if isinstance(node, dict) else node:
        if isinstance(value, str):
            values.append(value)
        elif value:
            _collect(value, values)
