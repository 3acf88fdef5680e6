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
    yaml.Scanner, yaml.Parser = _Scanner, _Parser
    yaml.Composer, yaml.Resolver = _Composer, _Resolver
    root = yaml.compose(text)
    return root, tuple(cast("_Scanner", yaml.scanner).comments)


def serialize(root: Node) -> str:
    """The text of a tree whose values are spelled, with LF line ends."""
    yaml = YAML()
    yaml.Emitter, yaml.Resolver = _Emitter, _Resolver
    yaml.width = sys.maxsize
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    stream = io.StringIO()
    yaml.serialize(root, stream)
    return stream.getvalue()


def scalar(spelled: str) -> ScalarNode:
    """A value to write; its lines after the first are set in below its key."""
    return ScalarNode(_TAGS[ScalarNode], spelled)


def mapping(pairs: list[tuple[ScalarNode, Node]], *, flow: bool) -> MappingNode:
    """Keys and values to write."""
    return MappingNode(_TAGS[MappingNode], pairs, flow_style=flow)


def sequence(entries: list[Node], *, flow: bool) -> SequenceNode:
    """A list to write."""
    return SequenceNode(_TAGS[SequenceNode], entries, flow_style=flow)


class _Scanner(RoundTripScanner):
    """Reads all tokens ahead of the parser and keeps comments to itself."""

    def __init__(self, loader: Any = None) -> None:
        self.comments: list[Comment] = []
        self.taken: Any = None
        """The last token that the parser took."""
        self._ahead: list[Any] | None = None
        super().__init__(loader)

    def _tokens(self) -> list[Any]:
        """The tokens that are left, the next one last."""
        if self._ahead is None:
            while not self.done:
                self.fetch_more_tokens()
            self._ahead = self.tokens[::-1]
        return self._ahead

    def check_token(self, *choices: Any) -> bool:
        ahead = self._tokens()
        return bool(ahead) and (not choices or isinstance(ahead[-1], choices))

    def peek_token(self) -> Any:
        ahead = self._tokens()
        return ahead[-1] if ahead else None

    def get_token(self) -> Any:
        ahead = self._tokens()
        self.taken = ahead.pop() if ahead else None
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
    def process_empty_scalar(self, mark: Any, comment: Any = None) -> Any:
        """Where no value stands: behind its ':' or '-'; ruamel names the place of what follows."""
        del mark, comment
        return super().process_empty_scalar(self.scanner.taken.end_mark)


class _Composer(Composer):
    # Plain look-ups: ruamel's own go round by the loader for each node

    @property
    def parser(self) -> Any:
        return self.loader._parser  # noqa: SLF001

    @property
    def resolver(self) -> Any:
        return self.loader._resolver  # noqa: SLF001


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
    """Writes values as they are spelled; `comment` of a node is text behind, above and below it."""

    MAX_SIMPLE_KEY_LENGTH = 1024

    def expect_block_sequence(self) -> None:
        """Dashes are set in below their key, and below another dash no further."""
        self.mapping_context = False
        super().expect_block_sequence()

    def analyze_scalar(self, scalar: Any) -> Any:
        return ScalarAnalysis(
            scalar=scalar,
            empty=False,
            multiline=False,
            allow_flow_plain=True,
            allow_block_plain=True,
            allow_single_quoted=True,
            allow_double_quoted=True,
            allow_block=True,
        )

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
