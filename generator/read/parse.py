"""YAML text to plain data: an event-level guard that builds every scalar as text.

Anchors, aliases, merge keys, tags, several documents and deep nesting are refused while the
events come in, before anything is composed: a bomb never goes off, and no scalar is guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.problems import Problem, one_line
from generator.read.document import Cut, Document, Mark, Quoted, cut_off
from generator.read.text import FORBIDDEN, TextFault, decode, describe, place_of, shown
from generator.read.wording import goes_on, in_plain_words, opening_quote

MAX_DEPTH = 32
MAX_EVENTS = 100_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT_IN_TEXT = re.compile(r"[ \t]+(#[^ \t\r\n].*)")
_NO_FREE_TEXT = re.compile(r"[-+0-9.:eE_,']+|true|false")
_NOTHING = re.compile(r"(?:(?:---|\.\.\.)?(?:[ \t]*|[ \t]+#.*|#.*)\r?\n)*+")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


def read_text(raw: bytes, path: str) -> Document:
    """One file's bytes as a document; whatever is wrong with it is in `problems`."""
    text, faults = decode(raw)
    stem = PurePosixPath(path).stem
    builder = _Builder(path, stem)
    for fault in faults:
        builder.fault(fault)
    root: Any = None
    if not any(fault.fatal for fault in faults):
        root = builder.build(text)
    data = root if isinstance(root, dict) else None
    is_fatal = any(problem.level == "error" for problem in builder.problems)
    is_empty = root is None and not is_fatal
    if is_empty:
        builder.problems.clear()  # that there is a byte order mark too is no second mistake
        builder.note("empty-file", "the file is empty", 1, 1)
    return Document(
        path=path,
        stem=stem,
        text=text,
        data=data,
        marks=builder.root_mark,
        problems=tuple(builder.problems),
        is_empty=is_empty,
    )


def _parsed(text: str) -> Iterator[Any]:
    """The parser's events: as yaml.parse, which asks for each of them twice."""
    loader = _LOADER(text)
    try:
        while type(event := loader.get_event()) is not StreamEndEvent:
            yield event
    finally:
        loader.dispose()


class _Refused(Exception):  # noqa: N818 - it stops the reading of one file and never leaves this module
    """The rest of the file is not worth reading, or not safe to."""


class _Level:
    """One open mapping or sequence."""

    __slots__ = (
        "before",
        "container",
        "flow",
        "key",
        "key_column",
        "key_line",
        "mark",
        "skip",
        "tail",
    )

    def __init__(self, container: Any, mark: Mark, *, flow: bool) -> None:
        self.container = container
        self.mark = mark
        self.flow = flow
        self.key: str | None = None
        self.key_line = 0
        self.key_column = 0
        self.skip = False
        self.before: str | None = None
        """The key before this one, whose value a comma may have cut."""
        self.tail = False
        """Whether the key before this one was the tail of a value that a comma cut."""


class _Builder:
    """Builds data and marks from events, and notes what it refuses."""

    def __init__(self, path: str, stem: str) -> None:
        self.path = path
        self.stem = stem
        self.problems: list[Problem] = []
        self.root_mark = Mark(1, 1, 1, 1)
        self.root: Any = None
        self.levels: list[_Level] = []
        self.text = ""
        self.cut: tuple[Cut, yaml.Mark] | None = None
        """The last scalar and where it begins, if it is free text that a comment ended."""

    def build(self, text: str) -> Any:
        """The root value, or None when the file is empty or cannot be used."""
        if _NOTHING.fullmatch(text if text.endswith("\n") else f"{text}\n"):
            return None
        self.text = text
        try:
            self._events(text)
        except _Refused:
            return None
        except yaml.MarkedYAMLError as error:
            if self.cut is not None and goes_on(error, text):
                value, begin = self.cut
                self.note("yaml-syntax", cut_off(value.lost), begin.line + 1, begin.column + 1)
                return None
            message = in_plain_words(error, text)
            mark = opening_quote(error) or error.problem_mark or error.context_mark
            line, column = _within(text, mark) if mark else (1, 1)
            self.note("yaml-syntax", message, line, column)
            return None
        except yaml.YAMLError as error:
            self.note("yaml-syntax", f"not YAML: {str(error).splitlines()[0]}", 1, 1)
            return None
        if self.root is not None and not isinstance(self.root, dict):
            self.note(
                "not-a-mapping",
                "the file must be keys with values, such as 'schema: 1' on its first line",
                self.root_mark.line,
                self.root_mark.column,
            )
        return self.root

    def fault(self, fault: TextFault) -> None:
        """A finding about the file's bytes."""
        level = "error" if fault.fatal else "warning"
        self.note(fault.rule, fault.message, fault.line, fault.column, level)

    def note(self, rule: str, message: str, line: int, column: int, level: Any = "error") -> None:
        """A finding at a place of this file."""
        self.problems.append(
            Problem(
                path=self.path,
                line=line,
                column=column,
                level=level,
                rule=rule,
                message=one_line(message),
                account=self.stem,
            )
        )

    def _events(self, text: str) -> None:
        documents = 0
        event: Any
        for count, event in enumerate(_parsed(text)):
            if count > MAX_EVENTS:
                self._refuse(event, "too-many-values", f"more than {MAX_EVENTS:,} values in a file")
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._open(event, {} if kind is MappingStartEvent else [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.levels.pop()
            elif kind is AliasEvent:
                self._refuse(
                    event, "alias", f"'*{event.anchor}' repeats another value; write it out"
                )
            elif kind is DocumentStartEvent:
                documents += 1
                if event.version or event.tags:
                    self._refuse(
                        event, "directive", "a line that begins with '%' is not allowed; delete it"
                    )
                if documents > 1:
                    self._refuse(
                        event,
                        "several-documents",
                        "a second document begins here; one file, one plan",
                    )

    def _refuse(self, event: Any, rule: str, message: str) -> None:
        mark = event.start_mark
        self.note(rule, message, mark.line + 1, mark.column + 1)
        raise _Refused

    def _guard(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(
                event, "anchor", f"'&{event.anchor}' names a value for reuse; write it out"
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, "tag", f"the tag '{tag}' is not allowed; delete it")

    def _open(self, event: Any, container: Any) -> None:
        self._guard(event)
        if len(self.levels) >= MAX_DEPTH:
            self._refuse(event, "too-deep", f"nested deeper than {MAX_DEPTH} levels")
        level = self.levels[-1] if self.levels else None
        if level is not None and level.key is None and isinstance(level.container, dict):
            self._refuse(event, "key-not-text", "a key must be a word, not a list or a mapping")
        mark = self._place(event, container)
        mark.children = {} if isinstance(container, dict) else []
        self.levels.append(_Level(container, mark, flow=bool(event.flow_style)))

    def _scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._guard(event)
        text = event.value
        style = event.style
        self.cut = None
        if style == '"' and (found := FORBIDDEN.search(text)):
            self._refuse(event, "forbidden-character", describe(found.group()))
        level = self.levels[-1] if self.levels else None
        if level is not None and level.key is None and type(level.container) is dict:
            self._key(event, level, text)
            return
        value = self._plain(event, text) if event.implicit[0] else Quoted(text)
        if isinstance(value, Cut) and not _NO_FREE_TEXT.fullmatch(value):
            self.cut = (value, event.start_mark)
        if value is None and level is not None:
            self._no_value(event, level)
        self._place(event, value)

    def _plain(self, event: Any, text: str) -> str | None:
        """A plain scalar; whether a comment may follow it is for its field to say."""
        if text in _EMPTY:
            return None
        lost = self._lost(event)
        return Cut(text, lost) if lost else text

    def _lost(self, event: Any) -> str:
        """What stands behind a plain scalar as a comment and was probably meant as text; or ''."""
        comment = _COMMENT_IN_TEXT.match(self.text, event.end_mark.index)
        return comment[1].rstrip() if comment else ""

    def _key(self, event: Any, level: _Level, text: str) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if text == "<<" and event.implicit[0]:
            self._refuse(event, "merge-key", "'<<' merges another mapping; write its keys out")
        level.key, level.key_line, level.key_column = text, line, column
        level.skip = text in level.container
        if level.skip:
            first = level.mark.child(text)
            place = f"line {first.key_line}, column {first.key_column}" if first else "above"
            self.note(
                "duplicate-key",
                f"'{text}' is given twice in one place, first at {place}; keep one",
                line,
                column,
            )

    def _no_value(self, event: Any, level: _Level) -> None:
        lost = self._lost(event) if event.value == "" else ""
        comment = (
            f": {shown(lost)} is a comment; put quotes around a text that begins with '#'"
            if lost
            else ""
        )
        if type(level.container) is not dict:
            mark = event.start_mark
            self.note(
                "no-value",
                f"an empty entry{comment or '; fill it in or delete it'}",
                mark.line + 1,
                mark.column + 1,
            )
        elif level.flow and event.value == "":
            self._comma(level)
        else:
            self.note(
                "no-value",
                f"'{level.key}' has no value{comment or '; fill it in or delete the line'}",
                level.key_line,
                level.key_column,
            )

    def _comma(self, level: _Level) -> None:
        """One finding for a value cut by commas; a number that was cut is no value."""
        level.skip = True
        if not level.tail:
            self.note(
                "comma",
                f"'{level.key}' has no value: inside {{ }} a comma ends a value; put quotes around"
                " a text that has commas, and write numbers without separators",
                level.key_line,
                level.key_column,
            )
        if str(level.key).isdigit() and level.before in level.container:
            level.container[level.before] = None

    def _place(self, event: Any, value: Any) -> Mark:
        """Put a value where it belongs and say where it stands."""
        start = event.start_mark
        line, column = start.line + 1, start.column + 1
        if not self.levels:
            self.root = value
            self.root_mark = Mark(line, column, line, column)
            return self.root_mark
        level = self.levels[-1]
        if type(level.container) is dict:
            mark = Mark(line, column, level.key_line, level.key_column)
            if not level.skip:
                level.container[level.key] = value
                level.mark.children[level.key] = mark  # type: ignore[index,call-overload]
            level.tail = level.skip and value is None
            level.before, level.key = level.key, None
        else:
            mark = Mark(line, column, line, column)
            level.container.append(value)
            level.mark.children.append(mark)  # type: ignore[union-attr]
        return mark


def _within(text: str, mark: yaml.Mark) -> tuple[int, int]:
    """The place of a mark; the parser puts the end of a last line without its end on the next."""
    if mark.line > text.count("\n"):
        return place_of(text, len(text))
    return mark.line + 1, mark.column + 1
