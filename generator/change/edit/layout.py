"""Where everything stands in a YAML text, to the character: values, keys, ends, comments."""

from __future__ import annotations

from functools import lru_cache

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from generator.change.edit.roundtrip import Comment, Node, compose
from generator.read.document import DataPath

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


class Layout:
    """A text, ruamel's tree of it and its comments; the text has been read without findings."""

    def __init__(self, text: str) -> None:
        """Raise CannotEditError for what the reader reads and ruamel does not."""
        self.text = text
        try:
            self.root, self.comments = compose(text)
        except YAMLError as error:
            marks = (getattr(error, name, None) for name in ("problem_mark", "context_mark"))
            mark = next(filter(None, marks), None)
            raise CannotEditError(mark.index if mark else 0, _UNUSUAL) from error

    def at(self, path: DataPath) -> Node | None:
        """The node of the value at a path, if it stands in the text."""
        node: Node | None = self.root
        for step in path:
            node = child(node, step)
        return node

    def key_at(self, path: DataPath) -> ScalarNode | None:
        """The node of the key at a path."""
        above = self.at(path[:-1]) if path else None
        if not isinstance(above, MappingNode):
            return None
        return next((key for key, _ in above.value if key.value == path[-1]), None)

    def content_end(self, node: Node) -> int:
        """Where a value ends, without comments and blank lines below it."""
        last = last_of(node)
        if not is_block_text(last):
            return end(last)
        # Blank lines below block text belong to it only where it keeps them ('|+')
        if "+" in self.text[start(last) : self.line_end(start(last))].split("#")[0]:
            return end(last)
        return self.line_end(start(last) + len(self.text[start(last) : end(last)].rstrip()))

    def line_start(self, index: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line of a character ends, before its LF or CRLF."""
        found = self.text.find("\n", index)
        stop = len(self.text) if found < 0 else found
        return stop - (self.text[index:stop][-1:] == "\r")

    def next_line(self, index: int) -> int:
        """Where the line after that of a character begins."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def below(self, node: Node) -> int:
        """Where the line below a value in block style begins."""
        stop = self.content_end(node)
        if is_block_text(last_of(node)) and self.text[stop - 1 : stop] == "\n":
            return stop
        return self.next_line(stop)

    def line_break(self, index: int) -> str:
        """How the line before an index ends: LF or CRLF."""
        found = self.text.rfind("\n", 0, index)
        if found < 0:
            found = self.text.find("\n")
        return "\r\n" if found > 0 and self.text[found - 1] == "\r" else "\n"

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


def is_empty(node: Node) -> bool:
    """Whether nothing stands where a value could."""
    return isinstance(node, ScalarNode) and not node.style and start(node) == end(node)


def first_and_last(entry: Node | tuple[Node, Node]) -> tuple[Node, Node]:
    """Where an entry of a mapping or list begins and what it ends with."""
    return entry if isinstance(entry, tuple) else (entry, entry)


def last_of(node: Node) -> Node:
    """The innermost last value of a node in block style."""
    while not isinstance(node, ScalarNode) and node.value and not node.flow_style:
        _, node = first_and_last(node.value[-1])
    return node


def child(node: Node | None, step: str | int) -> Node | None:
    """The value of a key or the entry of a list."""
    if isinstance(node, MappingNode) and isinstance(step, str):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None
