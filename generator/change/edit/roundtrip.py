"""ruamel.yaml as playbooks need it: every value is text, and comments stand beside the tree.

ruamel hangs a comment onto the value before it, where it would go or move with the wrong entry.
Here its scanner hands comments over with their places, and its emitter gets them back with the
entry that they belong to. The tree that is written holds each value as it is spelled.
"""

from __future__ import annotations

import io
import re
import sys
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.emitter import RoundTripEmitter, ScalarAnalysis
from ruamel.yaml.error import FileMark, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.parser import RoundTripParser
from ruamel.yaml.reader import Reader
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scanner import RoundTripScanner, Scanner
from ruamel.yaml.tag import Tag
from ruamel.yaml.tokens import ScalarToken

from generator.read.document import DataPath

Collection = MappingNode | SequenceNode
Node = ScalarNode | Collection
_TAGS = {
    ScalarNode: Tag(suffix="tag:yaml.org,2002:str"),
    MappingNode: Tag(suffix="tag:yaml.org,2002:map"),
    SequenceNode: Tag(suffix="tag:yaml.org,2002:seq"),
}
# Neither empty nor of several lines, and fit for every style: it is written as it is
_SPELLED = (False, False, True, True, True, True, True)
_BLANKS = re.compile(r"[ \t]*")
# What ends where a ':' or, in braces, a comma or bracket stands; nearly all keys and short values
_KEY = re.compile(r"\w[\w-]*(?=:[ \r\n])")
_WORDS_IN_BRACES = re.compile(r"\w[\w.-]*(?: \w[\w.-]*)*(?=[,}\]]|:[ \r\n])")
# All that ruamel is known to refuse and the reader to pass
_UNUSUAL = (
    "this text cannot be taken apart for a change; write 'key: |' with nothing behind it but a"
    " space and a comment, and begin the text on the line below"
)


class CannotEditError(Exception):
    """The file is written in a way that a change does not fit; callers make a finding of it."""

    def __init__(self, index: int, message: str) -> None:
        """Keep the place in the text."""
        super().__init__(message)
        self.index = index


class Comment(NamedTuple):
    """Where a comment stands: its '#', counted from 0."""

    start: int
    line: int
    column: int


class Layout:
    """A text, ruamel's tree of it and its comments; the text has been read without findings."""

    def __init__(self, text: str) -> None:
        """Raise CannotEditError for what the reader reads and ruamel does not."""
        self.text, yaml = text, _Yaml()
        try:
            self.root: Node = yaml.compose(text)
        except YAMLError as error:
            marks = (getattr(error, name, None) for name in ("problem_mark", "context_mark"))
            mark = next(filter(None, marks), None)
            raise CannotEditError(mark.index if mark else 0, _UNUSUAL) from error
        self.comments: tuple[Comment, ...] = tuple(yaml.scanner.comments)

    def at(self, path: DataPath) -> Node | None:
        """The node of the value at a path, if it stands in the text."""
        node: Node | None = self.root
        for step in path:
            if isinstance(node, MappingNode):
                node = next((value for key, value in node.value if key.value == step), None)
            elif isinstance(node, SequenceNode) and isinstance(step, int):
                node = node.value[step] if step < len(node.value) else None
            else:
                return None
        return node

    def key_at(self, path: DataPath) -> ScalarNode | None:
        """The node of the key at a path."""
        above = self.at(path[:-1]) if path else None
        keys = [key for key, _ in above.value] if isinstance(above, MappingNode) else []
        return next((key for key in keys if key.value == path[-1]), None)

    def content_end(self, node: Node) -> int:
        """Where a value ends, without comments and blank lines below it."""
        while not isinstance(node, ScalarNode) and node.value and not node.flow_style:
            _, node = first_and_last(node.value[-1])
        # Blank lines below block text belong to it only where it keeps them ('|+')
        if not is_block_text(node) or "+" in self.sign_of(node):
            return end(node)
        return self.line_end(start(node) + len(self.text[start(node) : end(node)].rstrip()))

    def sign_of(self, node: Node) -> str:
        """The '|' or '>' of block text and what belongs to it."""
        return self.text[start(node) : self.line_end(start(node))].split("#")[0].rstrip()

    def line_start(self, index: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line of a character ends, before its LF or CRLF."""
        stop = self.next_line(index)
        return index + len(self.text[index:stop].removesuffix("\n").removesuffix("\r"))

    def next_line(self, index: int) -> int:
        """Where the line after that of a character begins."""
        return self.text.find("\n", index) + 1 or len(self.text)

    def below(self, node: Node) -> int:
        """Where the line below a value in block style begins."""
        stop = self.content_end(node)
        # only block text ends with its last line
        return stop if self.text[stop - 1 : stop] == "\n" else self.next_line(stop)

    def line_break(self, index: int) -> str:
        """How the line before an index ends: LF or CRLF."""
        begin = self.line_start(index) or self.next_line(0)
        return "\r\n" if self.text[:begin].endswith("\r\n") else "\n"

    def comments_in(self, first: int, last: int) -> tuple[Comment, ...]:
        """The comments that begin between two places."""
        return tuple(comment for comment in self.comments if first <= comment.start < last)


@lru_cache(maxsize=2)
def layout_of(text: str) -> Layout:
    """The layout of a text for looking at: what is asked of one file again and again."""
    return Layout(text)


def has_comment(text: str, path: DataPath) -> bool:
    """Whether a comment stands on the lines of a value or entry; yes where ruamel cannot say."""
    try:
        layout = layout_of(text)
    except CannotEditError:
        return True
    node = layout.at(path)
    if node is None:
        return False
    return bool(layout.comments_in(layout.line_start(start(node)), layout.below(node)))


def has_comment_inside(text: str, path: DataPath) -> bool:
    """Whether a key cannot go without a comment; one behind braces stays with the braces."""
    try:
        layout = layout_of(text)
    except CannotEditError:
        return True
    above = layout.at(path[:-1])
    if isinstance(above, Collection) and above.flow_style:
        return bool(layout.comments_in(start(above), end(above)))
    return has_comment(text, path)


def start(node: Node) -> int:
    """Where a node begins."""
    return int(node.start_mark.index)


def end(node: Node) -> int:
    """Where a node ends for the parser; a block collection's end may be lines further down."""
    return int(node.end_mark.index)


def column(node: Node) -> int:
    """How far to the right a node begins."""
    return int(node.start_mark.column)


def is_block_text(node: Node) -> bool:
    """Whether it is text below a '|' or '>'."""
    return isinstance(node, ScalarNode) and node.style in ("|", ">")


def first_and_last(entry: Node | tuple[Node, Node]) -> tuple[Node, Node]:
    """Where an entry of a mapping or list begins and what it ends with."""
    return entry if isinstance(entry, tuple) else (entry, entry)


def serialize(root: Node) -> str:
    """The text of a tree whose values are spelled, with LF line ends."""
    stream = io.StringIO()
    _Yaml().serialize(root, stream)
    return stream.getvalue()


def scalar(spelled: str, behind: str = "", above: str = "") -> ScalarNode:
    """A value to write; its lines after the first are set in below its key."""
    return ScalarNode(_TAGS[ScalarNode], spelled, comment=[behind, above])


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

    def get_mark(self) -> Any:
        """A place alone, without the text around it."""
        return FileMark(self.name, self.index, self.line, self.column)


class _Scanner(RoundTripScanner):
    """Reads all tokens ahead of the parser and keeps comments to itself."""

    # ruamel looks it up for each character, as others of its parts do each other
    reader: Any = cached_property(lambda self: self.loader.reader)

    def __init__(self, loader: Any = None) -> None:
        self.comments: list[Comment] = []
        self.taken: Any = None
        """The last token that the parser took."""
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
            # The reader's parser lets tabs pass where they are no indentation
            blanks = self._blanks()
            if self.allow_simple_key and self.reader.peek(len(blanks)) not in "\0\r\n#":
                blanks = blanks.split("\t")[0]
            self.reader.forward(len(blanks))
            if (passed := super().scan_to_next_token()) is None:
                return
            text, mark, _ = passed
            if text.startswith("#"):
                self.comments.append(Comment(mark.index, mark.line, mark.column))

    def scan_plain(self) -> Any:
        """The simplest words at once; ruamel's own looks at each character several times."""
        simple = _WORDS_IN_BRACES if self.flow_level else _KEY
        words = simple.match(self.reader.buffer, self.reader.pointer)
        if words is None:
            return super().scan_plain()
        first = self.reader.get_mark()
        self.reader.forward(len(words[0]))
        self.allow_simple_key = False
        return ScalarToken(words[0], True, first, self.reader.get_mark())  # noqa: FBT003 - plain

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
        if passed := super().scan_block_scalar_ignored_line(start_mark):
            gap = passed.index("#")
            self.comments.append(Comment(mark.index + gap, mark.line, mark.column + gap))

    def _blanks(self) -> str:
        blanks = _BLANKS.match(self.reader.buffer, self.reader.pointer)
        return blanks[0] if blanks else ""


class _Parser(RoundTripParser):
    scanner: Any = cached_property(lambda self: self.loader.scanner)

    def process_empty_scalar(self, mark: Any, comment: Any = None) -> Any:
        """Where no value stands: behind its ':' or '-'; ruamel names the place of what follows."""
        del mark, comment
        return super().process_empty_scalar(self.scanner.taken.end_mark)


class _Composer(Composer):
    parser: Any = cached_property(lambda self: self.loader.parser)
    resolver: Any = cached_property(lambda self: self.loader.resolver)


class _Resolver(VersionedResolver):
    """Every scalar is text, as for the reader: neither YAML 1.1 nor 1.2 guesses at what it is."""

    def descend_resolver(self, *_path: Any) -> None:
        """No path of a file has a type of its own."""

    ascend_resolver = descend_resolver

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


class _Yaml(YAML):
    """ruamel made of these parts, for one text."""

    def __init__(self) -> None:
        super().__init__()
        self.Reader, self.Scanner, self.Parser = _Reader, _Scanner, _Parser
        self.Composer: Any = _Composer
        self.Resolver, self.Emitter = _Resolver, _Emitter
        self.width = sys.maxsize

    def official_plug_ins(self) -> Any:
        """None: ruamel would look for them on the disk each time."""
        return []
