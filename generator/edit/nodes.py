"""Where everything stands in a YAML text, to the character: values, keys, ends, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import yaml

from generator.read.document import DataPath

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Node = yaml.ScalarNode | yaml.MappingNode | yaml.SequenceNode
Mapping = yaml.MappingNode
Sequence = yaml.SequenceNode
Scalar = yaml.ScalarNode


class Layout:
    """A text and the tree of its nodes; the text has been read without findings."""

    def __init__(self, text: str) -> None:
        """Find the place of everything."""
        self.text = text
        self.root: Node = cast("Node", yaml.compose(text, Loader=_LOADER))

    def at(self, path: DataPath) -> Node | None:
        """The node of the value at a path, if it stands in the text."""
        node: Node | None = self.root
        for step in path:
            node = child(node, step)
        return node

    def key_at(self, path: DataPath) -> Node | None:
        """The node of the key at a path."""
        above = self.at(path[:-1]) if path else None
        if not isinstance(above, Mapping):
            return None
        return next((key for key, _ in above.value if key.value == path[-1]), None)

    def content_end(self, node: Node) -> int:
        """Where a value ends, without comments and blank lines below it."""
        if isinstance(node, Scalar):
            return self._scalar_end(node)
        if node.flow_style or not node.value:
            return end(node)
        last = node.value[-1]
        return self.content_end(last[1] if isinstance(node, Mapping) else last)

    def line_start(self, index: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, index) + 1

    def next_line(self, index: int) -> int:
        """Where the line after that of a character begins."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def below(self, node: Node) -> int:
        """Where the line below a value in block style begins."""
        stop = self.content_end(node)
        after_block = is_block_text(node) or is_block_text(self.last_of(node))
        if after_block and self.text[stop - 1 : stop] == "\n":
            return stop
        return self.next_line(stop)

    def last_of(self, node: Node) -> Node:
        """The innermost last value of a node."""
        while not isinstance(node, Scalar) and node.value and not node.flow_style:
            last = node.value[-1]
            node = last[1] if isinstance(node, Mapping) else last
        return node

    def line_break(self, index: int) -> str:
        """How the line before an index ends: LF or CRLF."""
        found = self.text.rfind("\n", 0, index)
        if found < 0:
            found = self.text.find("\n")
        return "\r\n" if found > 0 and self.text[found - 1] == "\r" else "\n"

    def comments(self, first: int = 0, last: int | None = None) -> tuple[str, ...]:
        """The comments between two places, in their order."""
        text = self.text
        stop = len(text) if last is None else last
        found, position = [], first
        for begin, finish, header in [*self._scalars(), (stop, stop, False)]:
            if header:
                line = text[begin : self.next_line(begin)]
                if first <= begin < stop and (hash_at := line.find(" #")) >= 0:
                    found.append(line[hash_at:].strip())
            if begin >= position:
                found += _COMMENT.findall(text[position : min(begin, stop)])
            position = max(position, finish)
        return tuple(one.strip() for one in found)

    def gaps(self) -> list[tuple[int, int]]:
        """The stretches between keys and values, where comments may stand."""
        found, position = [], 0
        for begin, finish, is_block in self._scalars():
            first = self.next_line(begin) if is_block else begin
            found.append((position, first))
            position = max(position, finish)
        return [*found, (position, len(self.text))]

    def _scalars(self) -> Iterator[tuple[int, int, bool]]:
        """Where each key and plain value begins and ends, and whether it is block text."""
        stack: list[Node] = [self.root]
        spans = []
        while stack:
            node = stack.pop()
            if isinstance(node, Scalar):
                spans.append((start(node), end(node), is_block_text(node)))
            elif isinstance(node, Mapping):
                stack += [one for pair in node.value for one in pair]
            else:
                stack += node.value
        return iter(sorted(spans))

    def _scalar_end(self, node: Node) -> int:
        """Blank lines below block text belong to it only where it keeps them ('|+')."""
        stop = end(node)
        if not is_block_text(node):
            return stop
        header = self.text[start(node) : self.next_line(start(node))].split("#")[0]
        return stop if "+" in header else start(node) + len(self.text[start(node) : stop].rstrip())


def has_comment(text: str, path: DataPath) -> bool:
    """Whether a comment stands on the lines of a value or entry."""
    layout = Layout(text)
    node = layout.at(path)
    if node is None:
        return False
    return bool(layout.comments(layout.line_start(start(node)), layout.below(node)))


_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*")


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
    return isinstance(node, Scalar) and node.style in ("|", ">")


def is_empty(node: Node) -> bool:
    """Whether nothing stands where a value could."""
    return isinstance(node, Scalar) and not node.style and start(node) == end(node)


def child(node: Node | None, step: str | int) -> Node | None:
    """The value of a key or the entry of a list."""
    if isinstance(node, Mapping) and isinstance(step, str):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None
