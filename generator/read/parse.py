"""YAML text to plain data: an event-level guard that builds every scalar as text.

Anchors, aliases, merge keys, tags, several documents and deep nesting are refused while the
events come in, before anything is composed: a bomb never goes off, and no scalar is guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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

from generator.problems import Level, Problem, one_line
from generator.read.document import Cut, DataPath, Document, Mark, Quoted, cut_off
from generator.read.slips import (
    Slip,
    decimal_cure,
    slip_behind,
    slip_in_flow_key,
    slip_in_key,
    unfinished_merges,
)
from generator.read.text import (
    FORBIDDEN,
    OF_PLAYBOOK,
    Limits,
    decode,
    describe,
    place_of,
    shown,
)
from generator.read.wording import DIRECTIVE, goes_on, in_plain_words, place_to_mend

MAX_DEPTH = 32

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT_IN_TEXT = re.compile(r"[ \t]+(#[^ \t\r\n].*)")
_NO_FREE_TEXT = re.compile(r"[-+0-9.:eE_,']+|true|false")
_NOTHING = re.compile(r"(?:(?:---|\.\.\.)?(?:[ \t]*|[ \t]+#.*|#.*)\r?\n)*+")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_TOP = (1, 1)


def read_text(raw: bytes, path: str, limits: Limits = OF_PLAYBOOK) -> Document:
    """One file's bytes as a document; whatever is wrong with it is in `problems`."""
    text, faults = decode(raw, limits)
    faults = (*faults, *unfinished_merges(text))
    stem = PurePosixPath(path).stem
    builder = _Builder(path, stem, limits)
    for fault in faults:
        level: Level = "error" if fault.fatal else "warning"
        builder.note(fault.rule, fault.message, (fault.line, fault.column), level)
    root: Any = None
    if not any(fault.fatal for fault in faults):
        root = builder.build(text)
    data = root if isinstance(root, dict) else None
    is_fatal = any(problem.level == "error" for problem in builder.problems)
    is_empty = root is None and not is_fatal
    if is_empty:
        builder.problems.clear()  # that there is a byte order mark too is no second mistake
        builder.note("empty-file", "the file is empty")
    return Document(
        path=path,
        stem=stem,
        text=text,
        data=data,
        marks=builder.root_mark,
        problems=tuple(builder.problems),
        doubtful=tuple(builder.doubtful),
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


@dataclass(slots=True)
class _Level:
    """One open mapping or sequence."""

    container: Any
    mark: Mark
    flow: bool
    key: str | None = None
    key_place: tuple[int, int] = (0, 0)
    skip: bool = False
    before: str | None = None
    """The key before this one, whose value a comma may have cut."""
    tail: bool = False
    """Whether the key before this one was the tail of a value that a comma cut."""


class _Builder:
    """Builds data and marks from events, and notes what it refuses."""

    def __init__(self, path: str, stem: str, limits: Limits) -> None:
        self.path = path
        self.stem = stem
        self.limits = limits
        self.problems: list[Problem] = []
        self.doubtful: list[DataPath] = []
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
            self._syntax(error, text)
            return None
        except yaml.YAMLError as error:
            self.note("yaml-syntax", f"not YAML: {str(error).splitlines()[0]}")
            return None
        if self.root is not None and not isinstance(self.root, dict):
            self.note(
                "not-a-mapping",
                "the file must be keys with values, such as 'schema: 1' on its first line",
                (self.root_mark.line, self.root_mark.column),
            )
        return self.root

    def _syntax(self, error: yaml.MarkedYAMLError, text: str) -> None:
        """One finding for where the parser stopped: at the slip that made it stop, if it shows."""
        if self.cut is not None and goes_on(error, text):
            value, begin = self.cut
            self.note("yaml-syntax", cut_off(value.lost), _place(begin))
        elif slip := slip_behind(error, text):
            line, (column, message, rule) = slip
            self.note(rule, message, (line + 1, column + 1))
        else:
            mark = place_to_mend(error, text) or error.problem_mark or error.context_mark
            place = mark if isinstance(mark, tuple) else _within(text, mark) if mark else _TOP
            self.note("yaml-syntax", in_plain_words(error, text), place)

    def note(
        self, rule: str, message: str, place: tuple[int, int] = _TOP, level: Level = "error"
    ) -> None:
        """A finding at a place of this file."""
        line, column = place
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
            if count > self.limits.values:
                message = f"more than {self.limits.values:,} values in a file"
                self._refuse(event, "too-many-values", message)
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._open(event, {} if kind is MappingStartEvent else [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.levels.pop()
            elif kind is AliasEvent:
                message = f"'*{event.anchor}' repeats another value; write it out"
                self._refuse(event, "alias", message)
            elif kind is DocumentStartEvent:
                documents += 1
                if event.version or event.tags:
                    self._refuse(event, "directive", DIRECTIVE)
                if documents > 1:
                    message = "a second document begins here; one file, one plan"
                    self._refuse(event, "several-documents", message)

    def _refuse(self, event: Any, rule: str, message: str) -> None:
        self.note(rule, message, _place(event.start_mark))
        raise _Refused

    def _guard(self, event: Any) -> None:
        if event.anchor is not None:
            message = f"'&{event.anchor}' names a value for reuse; write it out"
            self._refuse(event, "anchor", message)
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
        self.levels.append(_Level(container, mark, bool(event.flow_style)))

    def _scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._guard(event)
        text = event.value
        style = event.style
        self.cut = None
        if style == '"' and (match := FORBIDDEN.search(text)):
            self._refuse(event, "forbidden-character", describe(match.group()))
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
        if text == "<<" and event.implicit[0]:
            self._refuse(event, "merge-key", "'<<' merges another mapping; write its keys out")
        level.key, level.key_place = text, _place(event.start_mark)
        if event.implicit[0] and not text.isascii() and (slip := slip_in_key(text)):
            self._refuse_key(level, slip)
        level.skip = text in level.container
        if level.skip:
            self.doubtful.append((*self._around(), text))
            first = level.mark.child(text)
            place = f"line {first.key_line}, column {first.key_column}" if first else "above"
            self.note(
                "duplicate-key",
                f"'{text}' is given twice in one place, first at {place}; keep one",
                level.key_place,
            )

    def _refuse_key(self, level: _Level, slip: Slip) -> None:
        """A key with a sign in it that was meant for YAML: nothing below it is what was meant."""
        line, column = level.key_place
        self.problems = [problem for problem in self.problems if problem.rule != "no-value"]
        self.note(slip.rule, slip.message, (line, column + slip.column))
        raise _Refused

    def _no_value(self, event: Any, level: _Level) -> None:
        lost = self._lost(event) if event.value == "" else ""
        comment = (
            f": {shown(lost)} is a comment; put quotes around a text that begins with '#'"
            if lost
            else ""
        )
        if type(level.container) is not dict:
            message = f"an empty entry{comment or '; fill it in or delete it'}"
            self.note("no-value", message, _place(event.start_mark))
        elif level.flow and event.value == "":
            self._comma(level)
        else:
            self.doubtful.append((*self._around(), str(level.key)))
            message = f"'{level.key}' has no value{comment or '; fill it in or delete the line'}"
            self.note("no-value", message, level.key_place)

    def _comma(self, level: _Level) -> None:
        """One finding for a value cut by commas; a number that was cut is no value."""
        level.skip = True
        key, before = str(level.key), str(level.container.get(level.before))
        if slip := slip_in_flow_key(key):
            self.note(slip.rule, slip.message, level.key_place)
        elif not level.tail:
            cure = decimal_cure(before, key) or (
                "put quotes around a text that has commas, and write numbers without separators"
            )
            self.note(
                "comma",
                f"'{key}' has no value: inside {{ }} a comma ends a value; {cure}",
                level.key_place,
            )
        if level.before in level.container:
            self.doubtful.append((*self._around(), str(level.before)))
        if key.isdigit() and level.before in level.container:
            level.container[level.before] = None

    def _around(self) -> DataPath:
        """The path of the mapping or list that is open."""
        return tuple(
            str(level.before) if type(level.container) is dict else len(level.container) - 1
            for level in self.levels[:-1]
        )

    def _place(self, event: Any, value: Any) -> Mark:
        """Put a value where it belongs and say where it stands."""
        place = _place(event.start_mark)
        if not self.levels:
            self.root = value
            self.root_mark = Mark(*place, *place)
            return self.root_mark
        level = self.levels[-1]
        if type(level.container) is dict:
            mark = Mark(*place, *level.key_place)
            if not level.skip:
                level.container[level.key] = value
                level.mark.children[level.key] = mark  # type: ignore[index,call-overload]
            level.tail = level.skip and value is None
            level.before, level.key = level.key, None
        else:
            mark = Mark(*place, *place)
            level.container.append(value)
            level.mark.children.append(mark)  # type: ignore[union-attr]
        return mark


def _place(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _within(text: str, mark: yaml.Mark) -> tuple[int, int]:
    """The place of a mark; the parser puts the end of a last line without its end on the next."""
    return place_of(text, len(text)) if mark.line > text.count("\n") else _place(mark)
