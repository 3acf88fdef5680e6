"""Where a text file speaks of a person by name: in its values, its comments, its keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from generator.change.edit.edit import Splice, spliced
from generator.change.edit.roundtrip import CannotEditError, Layout, Node, end, layout_of, start
from generator.change.edit.yaml_text import scalar_text
from generator.change.person.names import spans, without
from generator.read import Document, read_text
from generator.read.document import DataPath

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A text without the names, and where it had them."""

    text: str
    mentions: tuple[Mention, ...]
    left: tuple[Mention, ...] = ()
    """Those that a person has to see to: in keys and ids."""


def reworded(
    document: Document,
    pattern: re.Pattern[str],
    word: str,
    references: Container[DataPath] = (),
) -> Reworded:
    """A file's text with a word in the place of each name, all else as it was.

    Raises CannotEditError where that would change more than is meant.
    """
    text = document.text
    mentions = mentions_in(document, pattern, references)
    renamed = tuple(mention for mention in mentions if mention.kind in ("value", "comment"))
    left = tuple(mention for mention in mentions if mention.kind not in ("value", "comment"))
    if not renamed:
        return Reworded(text=text, mentions=(), left=left)
    layout = layout_of(text)
    made = spliced(layout, [_splice(layout, mention, pattern, word) for mention in renamed])
    paths = frozenset(mention.path for mention in renamed if mention.kind == "value")
    after = read_text(made.encode(), document.path).data
    if after != _said(document.data, paths, partial(without, pattern, word)):
        raise CannotEditError(renamed[0].start, "a name here cannot be taken out; do it by hand")
    return Reworded(text=made, mentions=renamed, left=left)


def _splice(layout: Layout, mention: Mention, pattern: re.Pattern[str], word: str) -> Splice:
    if mention.kind == "comment":
        return Splice(start=mention.start, end=mention.end, text=word)
    node = layout.at(mention.path)
    written = layout.text[mention.start : mention.end]
    is_plain = isinstance(node, ScalarNode) and not node.style
    if is_plain or "\\" in written or "''" in written:
        return Splice(
            start=mention.start,
            end=mention.end,
            text=scalar_text(without(pattern, word, mention.text)),
        )
    return Splice(start=mention.start, end=mention.end, text=without(pattern, word, written))


def _said(
    data: Any, paths: frozenset[DataPath], reword: Callable[[str], str], path: DataPath = ()
) -> Any:
    """The data with the values at some paths said anew."""
    if isinstance(data, dict):
        return {key: _said(value, paths, reword, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_said(inner, paths, reword, (*path, place)) for place, inner in enumerate(data)]
    return reword(data) if path in paths and isinstance(data, str) else data
