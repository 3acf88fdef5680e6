"""ruamel.yaml as playbooks need it: every value is text, and comments stand beside the tree.

ruamel hangs a comment onto the value before it, where it would go or move with the wrong entry.
Here its scanner hands comments over with their places, and its emitter gets them back with the
entry that they belong to. The tree that is written holds each value as it is spelled.
"""

from __future__ import annotations

import io
import sys
from typing import Any, NamedTuple, cast

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.emitter import RoundTripEmitter, ScalarAnalysis
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.parser import RoundTripParser
from ruamel.yaml.reader import Reader
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scanner import RoundTripScanner, Scanner
from ruamel.yaml.tag import Tag

Collection = MappingNode | SequenceNode
Node = ScalarNode | Collection
_TAGS = {
    ScalarNode: Tag(suffix="tag:yaml.org,2002:str"),
    MappingNode: Tag(suffix="tag:yaml.org,2002:map"),
    SequenceNode: Tag(suffix="tag:yaml.org,2002:seq"),
}


# Neither empty nor of several lines, and fit for every style: it is written as it is
_SPELLED = (False, False, True, True, True, True, True)


class Comment(NamedTuple):
    """Where a comment stands: its '#', counted from 0."""

    start: int
    line: int
    column: int


def compose(text: str) -> tuple[Node, tuple[Comment, ...]]:
    """The tree of a text with the places of its values, and its comments in their order.

    Raises ruamel's YAMLError for what it does not read.
    """
    yaml = YAML()
    yaml.Reader, yaml.Scanner, yaml.Parser = _Reader, _Scanner, _Parser
    yaml.Composer, yaml.Resolver = cast("Any", _Composer), _Resolver
    root = yaml.compose(text)
    return root, tuple(cast("_Scanner", yaml.scanner).comments)


def serialize(root: Node) -> str:
    """The text of a tree whose values are spelled, with LF line ends."""
    yaml = YAML()
    yaml.Emitter, yaml.Resolver = _Emitter, _Resolver
    yaml.width = sys.maxsize
    stream = io.StringIO()
    yaml.serialize(root, stream)
    return stream.getvalue()


def scalar(spelled: str) -> ScalarNode:
    """A value to write; its lines after the first are set in below its key."""
    return ScalarNode(_TAGS[ScalarNode], spelled)


def mapping(pairs: list[tuple[ScalarNode, Node]]) -> MappingNode:
    """Keys to write, each on a line of its own."""
    return MappingNode(_TAGS[MappingNode], pairs, flow_style=False)


def sequence(entries: list[Node]) -> SequenceNode:
    """Entries to write, each behind a dash."""
    return SequenceNode(_TAGS[SequenceNode], entries, flow_style=False)


class _Reader(Reader):
    def forward(self, length: int = 1) -> None:
        """At once over what ends no line; ruamel's own looks at each character."""
        passed = self.buffer[self.pointer : self.pointer + length]
        if "\n" in passed or "\r" in passed:
            super().forward(length)
        else:
            self.pointer += length
            self.index += length
            self.column += length


class _Scanner(RoundTripScanner):
    """Reads all tokens ahead of the parser and keeps comments to itself."""

    reader: Any = None  # ruamel looks it up for each character

    def __init__(self, loader: Any = None) -> None:
        self.comments: list[Comment] = []
        self.taken: Any = None
        """The last token that the parser took."""
        self.reader = loader.reader
        super().__init__(loader)
        while not self.done:
            self.fetch_more_tokens()
        self.ahead = self.tokens[::-1]
        """The tokens that are left, the next one last."""

    def check_token(self, *choices: Any) -> bool:
        return bool(self.ahead) and (not choices or isinstance(self.ahead[-1], choices))

    def peek_token(self) -> Any:
        return self.ahead[-1] if self.ahead else None

    def get_token(self) -> Any:
        self.taken = self.ahead.pop() if self.ahead else None
        return self.taken

    def scan_to_next_token(self) -> None:
        while True:
            blanks = self._blanks()
            # The reader's parser lets tabs pass where they are no indentation
            if not self.allow_simple_key or self.reader.peek(len(blanks)) in "\0\r\n#":
                self.reader.forward(len(blanks))
            if (found := super().scan_to_next_token()) is None:
                return
            text, mark, _ = found
            if text.startswith("#"):
                self.comments.append(Comment(mark.index, mark.line, mark.column))

    def scan_plain_spaces(self, indent: Any, start_mark: Any) -> Any:
        """Tabs inside of a plain text belong to it; for ruamel they would end it."""
        blanks = self._blanks()
        if "\t" not in blanks:
            return super().scan_plain_spaces(indent, start_mark)
        self.reader.forward(len(blanks))
        is_last = self.reader.peek() in "\r\n"
        return super().scan_plain_spaces(indent, start_mark) if is_last else [blanks]

    def scan_block_scalar(self, style: Any, rt: bool | None = False) -> Any:  # noqa: FBT001, FBT002 - ruamel's
        del rt  # its marks for folds would be read as text
        return Scanner.scan_block_scalar(self, style, rt=False)

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> Any:
        mark = self.reader.get_mark()
        if found := super().scan_block_scalar_ignored_line(start_mark):
            gap = found.index("#")
            self.comments.append(Comment(mark.index + gap, mark.line, mark.column + gap))

    def _blanks(self) -> str:
        length = 0
        while self.reader.peek(length) in " \t":
            length += 1
        return str(self.reader.prefix(length))


class _Parser(RoundTripParser):
    scanner: Any = None  # as above

    def __init__(self, loader: Any) -> None:
        super().__init__(loader)
        self.scanner = loader.scanner

    def process_empty_scalar(self, mark: Any, comment: Any = None) -> Any:
        """Where no value stands: behind its ':' or '-'; ruamel names the place of what follows."""
        del mark, comment
        return super().process_empty_scalar(self.scanner.taken.end_mark)


class _Composer(Composer):
    parser: Any = None  # as above
    resolver: Any = None

    def __init__(self, loader: Any) -> None:
        super().__init__(loader)
        self.parser, self.resolver = loader.parser, loader.resolver


class _Resolver(VersionedResolver):
    """Every scalar is text, as for the reader: neither YAML 1.1 nor 1.2 guesses at what it is."""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """No path of a file has a type of its own."""

    def ascend_resolver(self) -> None:
        """No path of a file has a type of its own."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        del value, implicit
        return _TAGS[kind]


class _Emitter(RoundTripEmitter):
    """Lays out values as they are spelled; a node's `comment` is text behind, above, below it."""

    MAX_SIMPLE_KEY_LENGTH = 1024

    def expect_block_sequence(self) -> None:
        """Dashes are set in below their key, and below another dash no further."""
        self.mapping_context = False
        super().expect_block_sequence()

    def analyze_scalar(self, scalar: Any) -> Any:
        return ScalarAnalysis(scalar, *_SPELLED)

    def choose_scalar_style(self) -> str:
        return ""

    def process_scalar(self) -> None:
        first, *others = self.event.value.split("\n")
        if self.sequence_context and not self.flow_level:
            self.write_indent()
        if first:
            self.write_indicator(first, need_whitespace=True)
        for line in others:
            self.write_line_break()
            if line:
                self.write_indent()
                self.write_indicator(line, need_whitespace=False)
        self.analysis = self.style = None
        if self.event.comment:
            self.write_post_comment(self.event)

    def write_pre_comment(self, event: Any) -> bool:
        if event.comment and event.comment[1]:
            if self.column:
                self.write_line_break()
            self.stream.write(event.comment[1])
            event.comment[1] = None
        return False

    def write_post_comment(self, event: Any) -> bool:
        if not event.comment[0]:
            return False
        self.stream.write(event.comment[0])
        self.write_line_break()
        return True
