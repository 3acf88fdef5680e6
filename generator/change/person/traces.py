"""Everything that the files hold of a person, place by place: by id, in values, in comments."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ruamel.yaml.nodes import MappingNode, SequenceNode

from generator.change.edit.edit import is_safe_to_edit
from generator.change.edit.roundtrip import CannotEditError, Layout, Node, end, layout_of, start
from generator.change.person.people import TEAM, Person, Spellings, placed_contacts, spans
from generator.read import Document
from generator.read.document import DataPath, said_at
from generator.read.text import place_of
from generator.rules.validate.built_in import KINDS
from generator.rules.validate.references import references_in


def ids_in(document: Document) -> frozenset[DataPath]:
    """The places of a file that hold an id of something or someone: words in them name nobody."""
    data = document.data or {}
    if is_team(document):
        return frozenset(("people", id_) for id_ in data.get("people") or ())
    if not is_playbook(document):
        return frozenset()
    contacts = ((*path, "id") for path, _ in placed_contacts(data))
    references = (path for kind in KINDS for path, _ in references_in(data, kind))
    return frozenset((*contacts, *references))


def named_at(document: Document, person: Person) -> Iterator[DataPath]:
    """Where a file names a person by id; not their own entry."""
    data = document.data or {}
    if is_playbook(document):
        kind = "contact" if person.account else "person"
        if not person.account or person.account == document.stem:
            yield from (path for path, id_ in references_in(data, kind) if id_ == person.id)
    elif not person.account and not is_team(document):
        yield from _equal_to(data, person.id, ())


def is_playbook(document: Document) -> bool:
    """Whether a file lies below playbooks/."""
    return "playbooks" in document.path.split("/")[:-1]


def is_team(document: Document) -> bool:
    """Whether a file lists our own people."""
    return document.path.endswith(f"site_config/{TEAM}")


def _equal_to(data: Any, id_: str, path: DataPath) -> Iterator[DataPath]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _equal_to(value, id_, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _equal_to(value, id_, (*path, place))
    elif data == id_:
        yield path


Kind = Literal["value", "comment", "key", "id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in a file, with its place and the whole text that it stands in."""

    start: int
    end: int
    kind: Kind
    path: DataPath
    """Of the value or key; () for a comment."""
    text: str


def mentions_in(
    document: Document, pattern: re.Pattern[str], references: Container[DataPath] = ()
) -> list[Mention]:
    """Every mention, in the order of the text; a value once however often it names them.

    Values at the paths of references are ids, whoever they mean, and no mentions. Raises
    CannotEditError where ruamel does not say where things stand.
    """
    if not any(any(spans(pattern, words)) for words in (document.text, *_words(document.data))):
        return []
    layout = layout_of(document.text)
    mentions = [*_in_values(layout.root, (), pattern), *_in_comments(layout, pattern)]
    return sorted(
        (mention for mention in mentions if mention.path not in references),
        key=lambda mention: mention.start,
    )


def _words(data: Any) -> Iterator[str]:
    """All keys and values, as they read: a name may be spelled otherwise in quotes."""
    if isinstance(data, dict):
        yield from data
    if isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _words(value)
    elif data is not None:
        yield str(data)


def _in_values(node: Node, path: DataPath, pattern: re.Pattern[str]) -> Iterator[Mention]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if any(spans(pattern, key.value)):
                yield _mention(key, "key", (*path, key.value))
            yield from _in_values(value, (*path, key.value), pattern)
    elif isinstance(node, SequenceNode):
        for place, value in enumerate(node.value):
            yield from _in_values(value, (*path, place), pattern)
    elif any(spans(pattern, node.value)):
        yield _mention(node, "id" if path and path[-1] == "id" else "value", path)


def _mention(node: Node, kind: Kind, path: DataPath) -> Mention:
    return Mention(start=start(node), end=end(node), kind=kind, path=path, text=node.value)


def _in_comments(layout: Layout, pattern: re.Pattern[str]) -> Iterator[Mention]:
    ends = [layout.line_end(comment.start) for comment in layout.comments]
    for begin, stop in spans(pattern, layout.text):
        for comment, last in zip(layout.comments, ends, strict=True):
            if comment.start <= begin and stop <= last:
                text = layout.text[comment.start : last].strip()
                yield Mention(start=begin, end=stop, kind="comment", path=(), text=text)


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
            possible += [of_mention(document, word, "perhaps") for word in words]
        elif document.path in speaking and (part := spellings.parts()):
            parts = _mentions(document, part) or ()
            possible += [of_mention(document, part, "perhaps") for part in parts]
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
            yield of_mention(document, mention, "text")


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


def of_mention(document: Document, mention: Mention, kind: str) -> Trace:
    """The place of a name in words."""
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
