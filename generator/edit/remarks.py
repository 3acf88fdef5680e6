"""The comments of a YAML text with their places: on lines of their own, and behind values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.edit import nodes
from generator.edit.nodes import Layout, Node

_REMARK = re.compile(r"(?:(?<=\s)|^)#[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment on a line of its own."""

    line: int
    column: int
    text: str


class Remarks:
    """The comments of a text, taken one after the other in its order."""

    def __init__(self, layout: Layout) -> None:
        """Find all comments outside of values."""
        self.text = layout.text
        self.starts = [0, *(one.end() for one in re.finditer("\n", layout.text))]
        self.own: list[Remark] = []
        self.behind: dict[int, tuple[int, str]] = {}
        self._taken = 0
        for begin, end in _gaps(layout):
            for found in _REMARK.finditer(self.text, begin, end):
                self._add(found.start(), found.group().rstrip())

    def _add(self, index: int, text: str) -> None:
        line = self.line_of(index)
        before = self.text[self.starts[line] : index]
        if before.strip():
            self.behind[line] = (len(before) - len(before.rstrip()), text)
        else:
            self.own.append(Remark(line=line, column=len(before), text=text))

    def line_of(self, index: int) -> int:
        """The line of a character, counted from 0."""
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= index else (low, middle)
        return low

    def above(self, line: int) -> list[Remark]:
        """What stands above a line and has not been taken yet."""
        return self.below(line, 0)

    def below(self, stop: int, column: int) -> list[Remark]:
        """What comes next above a line and at least so far to the right."""
        first = self._taken
        while self._taken < len(self.own):
            one = self.own[self._taken]
            if one.line >= stop or one.column < column:
                break
            self._taken += 1
        return self.own[first : self._taken]

    def follows_blank(self, line: int) -> bool:
        """Whether the line above is empty."""
        if line == 0:
            return False
        return not self.text[self.starts[line - 1] : self.starts[line]].strip()

    def within(self, first: int, last: int) -> bool:
        """Whether a comment stands between the first line and the last, the last left out."""
        inside = any(first <= one.line <= last for one in self.own)
        return inside or any(first <= line < last for line in self.behind)


def _gaps(layout: Layout) -> list[tuple[int, int]]:
    """The stretches between values, where comments may stand; the line of a '|' is one."""
    found, position = [], 0
    for begin, end in _values(layout):
        if begin >= position:
            found.append((position, begin))
        position = max(position, end)
    found.append((position, len(layout.text)))
    return found


def _values(layout: Layout) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    stack: list[Node] = [layout.root]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Mapping):
            stack += [one for pair in node.value for one in pair]
        elif isinstance(node, nodes.Sequence):
            stack += node.value
        elif nodes.is_block_text(node):
            # from the line below the sign; in the sign's own line a comment may stand
            spans.append((layout.next_line(nodes.start(node)), layout.content_end(node)))
        else:
            spans.append((nodes.start(node), nodes.end(node)))
    return sorted(spans)
