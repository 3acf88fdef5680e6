"""One style for all playbooks: the form's order of keys, two spaces, quotes only where needed.

ruamel reads the text and writes it anew. It is handed each value as it is to be spelled, since it
would join the lines of long texts, and each comment with what it stands above or behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard, TypeVar

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from generator.change.edit import roundtrip
from generator.change.edit.edit import Edited, Made, keys_in_order, rewritten
from generator.change.edit.roundtrip import (
    CannotEditError,
    Collection,
    Comment,
    Layout,
    Node,
    column,
    end,
    first_and_last,
    is_block_text,
    layout_of,
    start,
)
from generator.change.edit.yaml_text import FLOW_WIDTH, scalar_text
from generator.read.document import DataPath

STEP = 2
Order = Callable[[DataPath], Sequence[str]]
_Made = TypeVar("_Made")


def in_style(text: str, path: str, order: Order = keys_in_order) -> Edited:
    """The text in the one style, or as it was with a finding that says why not."""

    def make(bare: str, data: Mapping[str, Any]) -> Made:
        made = _styled(layout_of(bare), order)
        return made.replace("\n", "\r\n") if "\r\n" in bare else made, data, _loss()

    return rewritten(text, path, make, "cannot-format")


def _loss() -> CannotEditError:
    return CannotEditError(
        0,
        "this cannot be put into style without losing something; take out blanks at the ends of its"
        " lines",
    )


def _styled(layout: Layout, order: Order) -> str:
    """The whole text: what stands above the first key stays on top."""
    style, root = _Style(layout, order), layout.root
    first, last = root.start_mark.line, len(style.lines)
    style.take(first, 0)
    head = "".join(f"{line.rstrip()}\n" for line in style.lines[:first])
    if isinstance(root, MappingNode) and not root.flow_style:
        made = style.block(root, (), 0, last, is_led=True)
    else:
        made = style.inline(root, ())
    text = head + roundtrip.serialize(made) + style.comments(style.take(last, 0), 0)
    if left := [*style.above, *style.behind.values()]:
        words = "this comment has no place in the style; put it on a line of its own"
        raise CannotEditError(min(comment.start for comment in left), words)
    return text


class _Style:
    """Makes the tree that is written, part by part in the order of the text."""

    def __init__(self, layout: Layout, order: Order) -> None:
        self.layout, self.order = layout, order
        self.lines = layout.text.split("\n")
        self.above: list[Comment] = []
        """Comments on lines of their own that have no place yet, the next one last."""
        self.behind: dict[int, Comment] = {}
        """Comments behind something that have no place yet, by their lines."""
        for comment in reversed(layout.comments):
            if self.lines[comment.line][: comment.column].strip():
                self.behind[comment.line] = comment
            else:
                self.above.append(comment)

    def take(self, stop: int, least: int) -> list[Comment]:
        """What comes next above a line and at least so far to the right."""
        taken = []
        while self.above and self.above[-1].line < stop and self.above[-1].column >= least:
            taken.append(self.above.pop())
        return taken

    def comments(self, taken: Sequence[Comment], indent: int) -> str:
        """Their lines, each with the one empty line above it that it had."""
        return "".join(
            f"{self._gap(comment.line)}{' ' * indent}{self._words(comment)}\n" for comment in taken
        )

    def block(
        self, node: Collection, path: DataPath, indent: int, stop: int, *, is_led: bool = False
    ) -> Node:
        """A part with lines of its own; where it is led, its first comments are placed already."""
        key, least = self.layout.key_at(path), column(node)
        if isinstance(node, MappingNode):
            made: Node = self._mapping(node, path, indent, stop, is_led=is_led)
        else:
            made = self._sequence(node, path, indent, stop)
            least += key is not None and column(key) == least
        tail = self.take(stop, least) if path and not node.flow_style else []
        made.comment = [None, None, self.comments(tail, indent)]
        if path:
            first = _first(made)
            first.comment[1] = first.comment[1].lstrip("\n")
        return made

    def _mapping(
        self, node: MappingNode, path: DataPath, indent: int, stop: int, *, is_led: bool
    ) -> MappingNode:
        """Keys in the form's order, others behind them; each takes its comments along."""
        stops = [*(key.start_mark.line for key, _ in node.value[1:]), stop]
        pairs = []
        for (key, value), until in zip(node.value, stops, strict=True):
            is_first = key is node.value[0][0]
            lead = "" if is_led and is_first else self._lead(node, key, indent)
            name = roundtrip.scalar(_spelled(key), above=lead)
            begin = indent + len(name.value) + 1
            here = (*path, key.value)
            if self._is_block(value, begin):
                behind = self._behind(end(key))
                made = self.block(value, here, indent + STEP, until)
                made.comment[0] = behind
            else:
                made = self.inline(value, here)
            pairs.append((key.value, (name, made)))
        return roundtrip.mapping(self._sorted(pairs, path))

    def _sequence(self, node: SequenceNode, path: DataPath, indent: int, stop: int) -> SequenceNode:
        """Entries behind their dashes; comments above an entry's first key go above the dash."""
        stops = [*(entry.start_mark.line for entry in node.value[1:]), stop]
        entries = []
        for place, (entry, until) in enumerate(zip(node.value, stops, strict=True)):
            lead, here = self._lead(node, entry, indent), (*path, place)
            if self._is_block(entry, indent + STEP):
                made = self.block(entry, here, indent + STEP, until, is_led=True)
                inner = _first(made)
                for line in inner.comment[1].splitlines(keepends=True):
                    lead += line.removeprefix(" " * STEP)
                inner.comment[1] = ""
            else:
                made = self.inline(entry, here)
            made.comment[1] = lead
            entries.append(made)
        return roundtrip.sequence(entries)

    def inline(self, node: Node, path: DataPath) -> ScalarNode:
        """A value on the line of its key or dash; texts of several lines keep their lines."""
        if isinstance(node, ScalarNode) and is_block_text(node):
            return self._block_text(node)
        is_long = node.start_mark.line != node.end_mark.line
        inside = self.layout.comments_in(start(node), end(node)) if is_long else ()
        if inside or (is_long and isinstance(node, ScalarNode)):
            self.above = [comment for comment in self.above if comment not in inside]
            for comment in inside:
                self.behind.pop(comment.line, None)
            first, *others = self.layout.text[start(node) : end(node)].split("\n")
            spelled = "\n".join((first.rstrip(), *(line.strip() for line in others)))
        else:
            spelled = self._flow(node, path)
        return roundtrip.scalar(spelled, self._behind(end(node)))

    def _is_block(self, node: Node, begin: int) -> TypeGuard[Collection]:
        """Whether a value gets lines of its own: as it had, or when its line would be too long."""
        if isinstance(node, ScalarNode) or not node.value:
            return False
        if not node.flow_style:
            return True
        if node.start_mark.line == node.end_mark.line:
            return False
        if self.layout.comments_in(start(node), end(node)):
            return False
        return begin + 1 + len(self._flow(node, ())) > FLOW_WIDTH

    def _flow(self, node: Node, path: DataPath) -> str:
        """A value on one line."""
        if isinstance(node, ScalarNode):
            return _spelled(node)
        if isinstance(node, SequenceNode):
            words = (self._flow(entry, (*path, place)) for place, entry in enumerate(node.value))
            return f"[{', '.join(words)}]"
        pairs = [
            (key.value, f"{_spelled(key)}: {self._flow(value, (*path, key.value))}")
            for key, value in node.value
        ]
        return "{" + ", ".join(self._sorted(pairs, path)) + "}"

    def _sorted(self, pairs: list[tuple[str, _Made]], path: DataPath) -> list[_Made]:
        """What belongs to keys, in the form's order of these."""
        rank = {key: place for place, key in enumerate(self.order(path))}
        return [made for _, made in sorted(pairs, key=lambda pair: rank.get(pair[0], len(rank)))]

    def _lead(self, above: Collection, node: Node, indent: int) -> str:
        """Comments and one empty line above an entry."""
        if above.flow_style:
            return ""
        line = node.start_mark.line
        return self.comments(self.take(line, 0), indent) + self._gap(line)

    def _gap(self, line: int) -> str:
        return "\n" if line and not self.lines[line - 1].strip() else ""

    def _words(self, comment: Comment) -> str:
        return self.lines[comment.line][comment.column :].rstrip()

    def _behind(self, index: int) -> str:
        """The comment behind a value, its key or the braces around it, as far away as it was."""
        line = self.layout.text.count("\n", 0, index)
        comment = self.behind.get(line)
        if comment is None or self.layout.text[index : comment.start].strip(" \t:,]}"):
            return ""
        del self.behind[line]
        before = self.lines[line][: comment.column]
        return " " * (len(before) - len(before.rstrip())) + self._words(comment)

    def _block_text(self, node: ScalarNode) -> ScalarNode:
        """Text below a '|' or '>', set in as the style has it."""
        begin, text = start(node), self.layout.text
        sign = self.layout.sign_of(node)
        behind = self._behind(begin + len(sign))
        if "+" in sign:
            return roundtrip.scalar(json.dumps(node.value, ensure_ascii=False), behind)
        below = text[self.layout.next_line(begin) : end(node)].replace("\r", "")
        lines = (node.value if node.style == "|" else _set_out(below)).rstrip("\n")
        kept = "".join(letter for letter in sign if not letter.isdigit())
        digit = STEP if lines.lstrip("\n").startswith((" ", "\t")) else ""
        return roundtrip.scalar(f"{kept}{digit}{behind}\n{lines}")


def _set_out(text: str) -> str:
    """Lines without the spaces that all of them begin with; those of blanks alone keep the rest."""
    lines = text.split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines)


def _first(made: Node) -> Node:
    return first_and_last(made.value[0])[0]


def _spelled(node: ScalarNode) -> str:
    """A value in as few quotes as it needs; what stood without any stays without."""
    text = str(node.value)
    if not node.style or (bare := scalar_text(text)) == text:
        return text
    if ('"' in text or "\\" in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    return bare
