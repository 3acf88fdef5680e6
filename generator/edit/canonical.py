"""One style for all playbooks: the form's order of keys, two spaces, quotes only where needed.

Comments stay with what they stand above or behind; words, numbers and line ends stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.edit import nodes
from generator.edit.edit import BYTE_ORDER_MARK, is_safe_to_edit, keys_in_order
from generator.edit.nodes import Layout, Node
from generator.edit.remarks import Remark, Remarks
from generator.edit.splices import Order
from generator.edit.yaml_text import FLOW_WIDTH, scalar_text
from generator.problems import Problem
from generator.read import read_text
from generator.read.document import DataPath

STEP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """The text in its style; findings instead, and the text as it was."""

    text: str
    problems: tuple[Problem, ...] = ()


def in_style(text: str, path: str, order: Order = keys_in_order) -> Styled:
    """The text in the one style, or as it was with a finding that says why not."""
    bare = text.removeprefix(BYTE_ORDER_MARK)
    before = read_text(bare.encode(), path)
    if not is_safe_to_edit(before):
        return Styled(text=text, problems=before.problems)
    ending = "\r\n" if "\r\n" in bare else "\n"
    plain = bare.replace("\r\n", "\n")
    layout = Layout(plain)
    lines = _Style(layout, order).lines()
    made = "".join(f"{line}\n" for line in lines)
    after = read_text(made.encode(), path)
    if after.data != before.data or sorted(layout.comments()) != sorted(Layout(made).comments()):
        return Styled(text=text, problems=(_refused(path),))
    return Styled(text=made.replace("\n", ending))


def _refused(path: str) -> Problem:
    return Problem(
        path=path,
        line=1,
        column=1,
        level="error",
        rule="cannot-format",
        message="the file is written in a way that cannot be put into style without losing"
        " something; put comments on lines of their own",
        account=PurePosixPath(path).stem,
    )


class _Style:
    """Lines of one text, part by part in the order of the text, so that comments are found."""

    def __init__(self, layout: Layout, order: Order) -> None:
        self.layout, self.text, self.order = layout, layout.text, order
        self.remarks = Remarks(layout)

    def lines(self) -> Iterator[str]:
        """The whole text: what stands above the first key stays on top."""
        root = self.layout.root
        first = self._line(root)
        self.remarks.above(first)
        yield from (line.rstrip() for line in self.text[: self.remarks.starts[first]].splitlines())
        end = len(self.remarks.starts)
        if isinstance(root, nodes.Mapping) and not root.flow_style:
            yield from self._mapping(root, (), 0, end, is_first_led=True)
        else:
            yield self._flow(root, ()) + self._behind(self._last_line(root))
        yield from self._tail(end, 0, 0)

    def _line(self, node: Node) -> int:
        return self.remarks.line_of(nodes.start(node))

    def _last_line(self, node: Node) -> int:
        return self.remarks.line_of(nodes.end(node))

    def _lead(self, line: int, indent: int) -> Iterator[str]:
        """Comments and one empty line above a line."""
        yield from self._comments(self.remarks.above(line), indent)
        if self.remarks.follows_blank(line):
            yield ""

    def _tail(self, stop: int, column: int, indent: int) -> Iterator[str]:
        """Comments below the last entry, above the line where something else begins."""
        yield from self._comments(self.remarks.below(stop, column), indent)

    def _comments(self, found: Sequence[Remark], indent: int) -> Iterator[str]:
        for one in found:
            if self.remarks.follows_blank(one.line):
                yield ""
            yield " " * indent + one.text

    def _behind(self, line: int) -> str:
        gap, text = self.remarks.behind.get(line, (0, ""))
        return " " * gap + text

    def _block(
        self, node: Node, path: DataPath, indent: int, stop: int, *, is_first_led: bool = False
    ) -> list[str]:
        if isinstance(node, nodes.Mapping):
            found = self._mapping(node, path, indent, stop, is_first_led=is_first_led)
        else:
            assert isinstance(node, nodes.Sequence)  # noqa: S101 - a scalar is no block
            found = self._sequence(node, path, indent, stop)
        while found and not found[0]:
            del found[0]
        return found

    def _mapping(
        self, node: nodes.Mapping, path: DataPath, indent: int, stop: int, *, is_first_led: bool
    ) -> list[str]:
        """Keys in the form's order, others behind them; each takes its comments along."""
        rank = {key: place for place, key in enumerate(self.order(path))}
        entries = []
        for place, (key, value) in enumerate(node.value):
            line = self._line(key)
            after = node.value[place + 1 :]
            until = self._line(after[0][0]) if after else stop
            lead = [] if place == 0 and is_first_led else list(self._lead(line, indent))
            own = self._entry(key, value, (*path, key.value), indent, until)
            entries.append((rank.get(key.value, len(rank)), place, [*lead, *own]))
        column = nodes.column(node.value[0][0]) if not node.flow_style else stop
        tail = self._tail(stop, column, indent) if path and not node.flow_style else ()
        return [line for _, _, lines in sorted(entries) for line in lines] + list(tail)

    def _entry(
        self, key: Node, value: Node, path: DataPath, indent: int, stop: int
    ) -> Iterator[str]:
        begin = f"{' ' * indent}{self._scalar(key)}:"
        if self._is_block(value, len(begin)):
            yield begin + self._behind(self._line(key))
            yield from self._block(value, path, indent + STEP, stop)
        else:
            yield from self._inline(begin, value, path, indent)

    def _sequence(self, node: nodes.Sequence, path: DataPath, indent: int, stop: int) -> list[str]:
        lines: list[str] = []
        for place, entry in enumerate(node.value):
            after = node.value[place + 1 :]
            until = self._line(after[0]) if after else stop
            if not node.flow_style:
                lines += self._lead(self._line(entry), indent)
            lines += self._dashed(entry, (*path, place), indent, until)
        key = self.layout.key_at(path)
        beside_key = key is not None and nodes.column(key) == nodes.column(node)
        if not node.flow_style:
            lines += self._tail(stop, nodes.column(node) + beside_key, indent)
        return lines

    def _dashed(self, entry: Node, path: DataPath, indent: int, stop: int) -> Iterator[str]:
        """An entry behind its dash; comments above its first key go above the dash."""
        if not self._is_block(entry, indent + STEP):
            yield from self._inline(f"{' ' * indent}-", entry, path, indent)
            return
        lines = self._block(entry, path, indent + STEP, stop, is_first_led=True)
        while lines[0].lstrip().startswith("#") or not lines[0]:
            yield lines.pop(0).removeprefix(" " * STEP)
        yield f"{' ' * indent}- {lines[0][indent + STEP :]}"
        yield from lines[1:]

    def _inline(self, begin: str, value: Node, path: DataPath, indent: int) -> Iterator[str]:
        """A value on the line of its key or dash; texts of several lines keep their lines."""
        if nodes.is_empty(value):
            yield begin + self._behind(self._line(value))
        elif nodes.is_block_text(value):
            yield from self._block_text(begin, value, indent)
        elif not isinstance(value, nodes.Scalar):
            spans = self._has_comment(value)
            words = self._as_written(value, indent) if spans else self._flow(value, path)
            yield from f"{begin} {words}{self._behind(self._last_line(value))}".split("\n")
        elif self._line(value) != self._last_line(value):
            words = self._as_written(value, indent)
            yield from f"{begin} {words}{self._behind(self._last_line(value))}".split("\n")
        else:
            yield f"{begin} {self._scalar(value)}{self._behind(self._line(value))}"

    def _as_written(self, node: Node, indent: int) -> str:
        """The same words on the same lines, each below the first one's key."""
        first, *others = self.text[nodes.start(node) : nodes.end(node)].split("\n")
        pad = " " * (indent + STEP)
        return "\n".join((first.rstrip(), *(f"{pad}{one.strip()}".rstrip() for one in others)))

    def _block_text(self, begin: str, node: Node, indent: int) -> Iterator[str]:
        start = nodes.start(node)
        head = self.text[start : self.layout.next_line(start)].split("#")[0].strip()
        if "+" in head:
            yield f"{begin} {json.dumps(node.value, ensure_ascii=False)}"
            return
        body = self.text[self.layout.next_line(start) : self.layout.content_end(node)].split("\n")
        depth = _depth_of(body, node)
        sign = "".join(one for one in head if not one.isdigit())
        led = next((one for one in body if one.strip()), "")[depth:].startswith(" ")
        yield f"{begin} {sign}{STEP if led else ''}{self._behind(self._line(node))}"
        pad = " " * (indent + STEP)
        yield from (f"{pad}{one[depth:]}" if one.strip() else "" for one in body)

    def _is_block(self, node: Node, begin: int) -> bool:
        """Whether a value gets lines of its own: as it had, or when its line would be too long."""
        if isinstance(node, nodes.Scalar) or not node.value:
            return False
        if not node.flow_style:
            return True
        if self._line(node) == self._last_line(node) or self._has_comment(node):
            return False
        return begin + 1 + len(self._flow(node, ())) > FLOW_WIDTH

    def _has_comment(self, node: Node) -> bool:
        return self.remarks.within(self._line(node), self._last_line(node))

    def _flow(self, node: Node, path: DataPath) -> str:
        """A value on one line."""
        if isinstance(node, nodes.Mapping):
            rank = {key: place for place, key in enumerate(self.order(path))}
            pairs = sorted(node.value, key=lambda one: rank.get(one[0].value, len(rank)))
            words = (
                f"{self._scalar(key)}: {self._flow(value, (*path, key.value))}"
                for key, value in pairs
            )
            return "{" + ", ".join(words) + "}"
        if isinstance(node, nodes.Sequence):
            words = (self._flow(one, (*path, place)) for place, one in enumerate(node.value))
            return f"[{', '.join(words)}]"
        return self._scalar(node)

    def _scalar(self, node: Node) -> str:
        """A value in as few quotes as it needs; what stood without any stays without."""
        text = str(node.value)
        if not isinstance(node, nodes.Scalar) or not node.style:
            return text
        if (bare := scalar_text(text)) == text:
            return bare
        if ('"' in text or "\\" in text) and "'" not in text and text.isprintable():
            return f"'{text}'"
        return bare


def _depth_of(body: Sequence[str], node: Node) -> int:
    """How far the lines of a block text are set in: what is more belongs to the text."""
    first = next((one for one in body if one.strip()), "")
    read = next((one for one in str(node.value).split("\n") if one.strip()), "")
    return (len(first) - len(first.lstrip(" "))) - (len(read) - len(read.lstrip(" ")))
