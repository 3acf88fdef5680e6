"""Everything that the files hold of a person, place by place: what they may ask to see."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.change.edit.edit import is_safe_to_edit
from generator.change.edit.roundtrip import CannotEditError
from generator.change.person.entries import ids_in, named_at
from generator.change.person.mentions import Mention, mentions_in
from generator.change.person.names import Spellings
from generator.change.person.people import Person, placed_contacts
from generator.read import Document
from generator.read.document import DataPath, said_at
from generator.read.text import place_of

_CONTACTS = ("relationship", "contacts")
_DEFAULT = ("relationship", "personal_data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One place that is about a person."""

    file: str
    line: int
    column: int
    field: str
    """Dotted path of the field; '' for a comment."""
    kind: str
    """own (what is kept of them), entry (names them by id), text (names them in words), perhaps."""
    text: str


def traces(
    documents: Sequence[Document],
    person: Person,
    spellings: Spellings,
    doubtful: Container[str] = (),
) -> tuple[Trace, ...]:
    """Every place in the order of the files; files that cannot be read safely as plain text.

    In `doubtful` files the name in words may be another's and does not count.
    """
    return tuple(
        trace
        for document in documents
        for trace in _in_file(document, person, spellings, has_words=document.path not in doubtful)
    )


def perhaps(
    documents: Sequence[Document],
    spellings: Spellings,
    speaking: Container[str],
    doubtful: Container[str] = (),
) -> tuple[Trace, ...]:
    """The whole name in doubtful files, and parts of it in those that speak of them."""
    possible: list[Trace] = []
    for document in documents:
        if document.path in doubtful:
            words = _mentions(document, spellings.pattern()) or ()
            possible += [_of_mention(document, word, "perhaps") for word in words]
        elif document.path in speaking and (part := spellings.parts()):
            parts = _mentions(document, part) or ()
            possible += [_of_mention(document, part, "perhaps") for part in parts]
    return tuple(possible)


def _in_file(
    document: Document, person: Person, spellings: Spellings, *, has_words: bool
) -> Iterator[Trace]:
    mentions = _mentions(document, spellings.pattern())
    if mentions is None:
        yield from in_plain_text(document.path, document.text, spellings)
        return
    own = list(_own_leaves(document, person))
    entries = [_entry_of(path) for path in named_at(document, person)]
    paths = {path for path, _ in own}
    for path, text in own:
        yield _trace(document, path, "own", text)
    for entry in dict.fromkeys(entries):
        for path, text in _leaves(said_at(document.data, entry), entry):
            if path not in paths:
                paths.add(path)
                yield _trace(document, path, "entry", text)
    for mention in mentions if has_words else ():
        if mention.kind == "comment" or mention.path not in paths:
            yield _of_mention(document, mention, "text")


def _mentions(document: Document, pattern: re.Pattern[str]) -> list[Mention] | None:
    """Where a file names them in words; None where nobody can say what stands where."""
    if not is_safe_to_edit(document):
        return None
    try:
        return mentions_in(document, pattern, ids_in(document))
    except CannotEditError:
        return None


def in_plain_text(path: str, text: str, spellings: Spellings) -> Iterator[Trace]:
    """Where a text that is no YAML of ours names the person."""
    for match in spellings.pattern().finditer(text):
        if match.group("them") is not None:
            line, column = place_of(text, match.start())
            words = text.split("\n")[line - 1].strip()
            yield Trace(file=path, line=line, column=column, field="", kind="text", text=words)


def _own_leaves(document: Document, person: Person) -> Iterator[tuple[DataPath, str]]:
    data = document.data or {}
    if document.path != person.file:
        return
    if person.account:
        for path, entry in placed_contacts(data):
            if entry["id"] == person.id:
                yield from _leaves(entry, path)
                yield from _leaves(_default_of(data), _DEFAULT)
    else:
        path = ("people", person.id)
        yield from _leaves(data["people"][person.id], path)


def _default_of(data: Mapping[str, Any]) -> object:
    """What holds for every contact: where we have them from and why we may keep it."""
    return data[_DEFAULT[0]].get(_DEFAULT[1]) or {}


def _entry_of(path: DataPath) -> DataPath:
    """The entry of a list that a reference stands in, else the reference alone.

    Of another contact's entry only the reference is theirs to see.
    """
    if path[:2] == _CONTACTS:
        return path
    inner = path[:-1] if isinstance(path[-1], int) else path
    numbers = [place for place, step in enumerate(inner) if isinstance(step, int)]
    return inner[: numbers[-1] + 1] if numbers else path


def _leaves(data: object, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _leaves(value, (*path, place))
    else:
        yield path, "" if data is None else str(data)


def _trace(document: Document, path: DataPath, kind: str, text: str) -> Trace:
    line, column = document.value_place(path)
    return Trace(
        file=document.path,
        line=line,
        column=column,
        field=dotted(path),
        kind=kind,
        text=text,
    )


def _of_mention(document: Document, mention: Mention, kind: str) -> Trace:
    line, column = place_of(document.text, mention.start)
    return Trace(
        file=document.path,
        line=line,
        column=column,
        field=dotted(mention.path),
        kind=kind,
        text=mention.text,
    )


def dotted(path: DataPath) -> str:
    """A path in words: 'relationship.contacts.0.name'."""
    return ".".join(str(step) for step in path)
