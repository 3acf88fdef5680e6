"""Changes as splices: which characters of a text give way to which others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from generator.change.edit.changes import Append, Change, Drop, Put, Rename
from generator.change.edit.layout import (
    CannotEditError,
    Layout,
    column,
    end,
    first_and_last,
    is_block_text,
    is_empty,
    start,
)
from generator.change.edit.roundtrip import Collection, Node
from generator.change.edit.yaml_text import block_lines, entry_lines, flow_text, scalar_text
from generator.read.document import DataPath

Order = Callable[[DataPath], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """Characters from start to end become this text; the deeper of two at one place goes first."""

    start: int
    end: int
    text: str
    depth: int = 0


def splices_for(layout: Layout, changes: Sequence[Change], order: Order) -> list[Splice]:
    """Splices in the order of the text; CannotEditError when a change does not fit."""
    splices: list[Splice] = []
    new_keys: dict[DataPath, dict[str, Any]] = {}
    new_entries: dict[DataPath, list[Any]] = {}
    drops: dict[DataPath, list[str | int]] = {}
    for change in _by_key(layout, changes):
        node = layout.at(change.path)
        if isinstance(change, Rename):
            splices.append(_renamed(layout, change))
        elif isinstance(change, Drop):
            if node is None:
                raise CannotEditError(0, f"there is no '{change.path[-1]}' to take away")
            drops.setdefault(change.path[:-1], []).append(change.path[-1])
        elif isinstance(change, Append) and isinstance(node, SequenceNode):
            new_entries.setdefault(change.path, []).append(change.value)
        elif isinstance(change, Put) and node is not None:
            splices += _replaced(layout, node, change)
        else:
            _collect(layout, new_keys, change)
    for path, values in new_keys.items():
        splices += _keys_added(layout, path, values, order(path))
    for path, entries in new_entries.items():
        splices += _entries_added(layout, path, entries)
    for path, steps in drops.items():
        adds = path in new_keys or path in new_entries
        splices += _dropped(layout, path, steps, empties=not adds)
    return sorted(splices, key=lambda splice: (splice.start, splice.end, -splice.depth))


def spliced(layout: Layout, splices: Sequence[Splice], *, with_comments: bool = False) -> str:
    """The text with all splices made; comments may be taken along only where that is said."""
    text, parts, position = layout.text, [], 0
    for splice in splices:
        if splice.start < position:
            raise CannotEditError(splice.start, "two changes meet in one place; make them by hand")
        if layout.comments_in(splice.start, splice.end) and not with_comments:
            message = "this change would lose a comment; make it by hand"
            raise CannotEditError(splice.start, message)
        parts += [text[position : splice.start], splice.text]
        position = splice.end
    return "".join((*parts, text[position:]))


def _by_key(layout: Layout, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes, those of a whole block of keys as changes of its keys."""
    for change in changes:
        node = layout.at(change.path)
        is_block = isinstance(node, MappingNode) and not node.flow_style
        if isinstance(change, Put) and is_block and isinstance(change.value, dict) and node:
            yield from (Put(path=(*change.path, k), value=v) for k, v in change.value.items())
            old = [key.value for key, _ in node.value]
            yield from (Drop(path=(*change.path, k)) for k in old if k not in change.value)
        else:
            yield change


def _renamed(layout: Layout, change: Rename) -> Splice:
    key = layout.key_at(change.path)
    if key is None:
        raise CannotEditError(0, f"there is no '{change.path[-1]}' to rename")
    if layout.at((*change.path[:-1], change.to)) is not None:
        message = f"'{change.to}' is there already; keep one of it and '{change.path[-1]}'"
        raise CannotEditError(start(key), message)
    return Splice(start=start(key), end=end(key), text=scalar_text(change.to))


def _collect(
    layout: Layout, new_keys: dict[DataPath, dict[str, Any]], change: Put | Append
) -> None:
    """Put what lacks into the deepest mapping that stands in the text."""
    depth = len(change.path)
    while layout.at(change.path[:depth]) is None:
        depth -= 1
    node, missing = layout.at(change.path[:depth]), change.path[depth:]
    if not isinstance(node, MappingNode) or not all(isinstance(step, str) for step in missing):
        message = f"there is no place for '{change.path[-1]}' here; write it by hand"
        raise CannotEditError(start(node) if node else 0, message)
    inside = new_keys.setdefault(change.path[:depth], {})
    for step in missing[:-1]:
        inside = inside.setdefault(str(step), {})
    if isinstance(change, Append):
        inside.setdefault(str(missing[-1]), []).append(change.value)
    else:
        inside[str(missing[-1])] = change.value


def _replaced(layout: Layout, node: Node, change: Put) -> Iterator[Splice]:
    """A value by another one, in the style it was written in."""
    begin, value = start(node), change.value
    if is_empty(node):
        before = layout.text[:begin].rstrip(" ")[-1:]
        if before not in (":", "-"):
            raise CannotEditError(begin, f"'{change.path[-1]}' has no value; write ': ' behind it")
        gap = "" if layout.text[begin - 1 : begin] == " " else " "
        yield Splice(start=begin, end=begin, text=gap + flow_text(value))
    elif not isinstance(node, ScalarNode) and not node.flow_style:
        raise CannotEditError(begin, f"'{change.path[-1]}' has lines of its own; change it by hand")
    elif is_block_text(node):
        yield from _text_replaced(layout, node, value)
    else:
        style = node.style if isinstance(node, ScalarNode) else ""
        yield Splice(start=begin, end=end(node), text=_in_style(value, style or ""))


def _in_style(value: Any, style: str) -> str:
    """A value in the quotes that the old one had; numbers never have any."""
    if isinstance(value, (bool, int, float, list, tuple, dict)):
        return flow_text(value)
    text = value if isinstance(value, str) else scalar_text(value)
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False) if style in ("'", '"') else scalar_text(value)


def _text_replaced(layout: Layout, node: Node, value: Any) -> Iterator[Splice]:
    """Text below a '|' or '>', with its indentation; a comment behind the sign stays."""
    begin, head_end, stop = start(node), layout.line_end(start(node)), layout.content_end(node)
    head, body = layout.text[begin:head_end], layout.text[layout.next_line(begin) : stop]
    sign = head.split("#")[0].rstrip()
    sample = next((line for line in body.split("\n") if line.strip()), "  ")
    indent = len(sample) - len(sample.lstrip(" "))
    is_line = isinstance(value, str) and "\n" not in value
    lines = block_lines({"x": f"{value}\n" if is_line else value}, indent - 2)
    if "+" in sign or len(lines) == 1 or not isinstance(value, str):
        text, lines = flow_text(value), []
    else:
        text, lines = "|" if value.endswith("\n") else "|-", ["", *lines[1:]]
    yield Splice(start=begin, end=begin + len(sign), text=text)
    yield Splice(start=head_end, end=stop, text=layout.line_break(begin).join(lines))


def _keys_added(
    layout: Layout, path: DataPath, values: dict[str, Any], order: Sequence[str]
) -> Iterator[Splice]:
    node = layout.at(path)
    assert isinstance(node, MappingNode)  # noqa: S101 - _collect saw to it
    if node.flow_style or not node.value:
        yield _into_braces(node, [f"{scalar_text(k)}: {flow_text(v)}" for k, v in values.items()])
        return
    rank = {key: place for place, key in enumerate(order)}
    groups: dict[int, dict[str, Any]] = {}
    for key in sorted(values, key=lambda name: rank.get(name, len(rank))):
        groups.setdefault(_place_among(node, key, rank), {})[key] = values[key]
    indent = column(node.value[0][0])
    for place, keys in groups.items():
        yield _below(layout, node.value[place][1], block_lines(keys, indent), len(path))


def _place_among(node: MappingNode, key: str, rank: dict[str, int]) -> int:
    """Behind which of the keys that stand there a new one goes: the nearest before, or the last."""
    last = len(node.value) - 1
    before = [
        (rank[old.value], place)
        for place, (old, _) in enumerate(node.value)
        if old.value in rank and key in rank and rank[old.value] < rank[key]
    ]
    return max(before)[1] if before else last


def _entries_added(layout: Layout, path: DataPath, entries: Sequence[Any]) -> Iterator[Splice]:
    node, key, above = layout.at(path), layout.key_at(path), layout.at(path[:-1])
    assert isinstance(node, SequenceNode)  # noqa: S101 - the caller saw to it
    stands_alone = isinstance(above, MappingNode) and not above.flow_style
    if node.flow_style and (node.value or not stands_alone):
        yield _into_braces(node, [flow_text(entry) for entry in entries])
        return
    if key is not None and node.flow_style:
        lead = len(layout.text[: start(node)].rstrip(" "))
        yield Splice(start=lead, end=end(node), text="")
        indent, block = column(key) + 2, False
    else:
        last = node.value[-1]
        indent, block = column(node), isinstance(last, MappingNode) and not last.flow_style
    lines = [line for entry in entries for line in entry_lines(entry, indent, block=block)]
    yield _below(layout, node, lines, len(path))


def _into_braces(node: Collection, words: Sequence[str]) -> Splice:
    """Behind the last value in braces or brackets, or between empty ones."""
    if not node.value:
        return Splice(start=start(node) + 1, end=start(node) + 1, text=", ".join(words))
    where = end(first_and_last(node.value[-1])[1])
    return Splice(start=where, end=where, text="".join(f", {word}" for word in words))


def _below(layout: Layout, node: Node, lines: Sequence[str], depth: int) -> Splice:
    """New lines below a value; a file without a last line end stays without one."""
    where = layout.below(node)
    ending = layout.line_break(where)
    is_open = where and layout.text[where - 1] != "\n"
    text = "".join(f"{ending}{line}" if is_open else f"{line}{ending}" for line in lines)
    return Splice(start=where, end=where, text=text, depth=depth)


def _dropped(
    layout: Layout, path: DataPath, steps: Sequence[str | int], *, empties: bool
) -> Iterator[Splice]:
    """Entries taken away; a list or mapping that loses all of them becomes an empty one."""
    node = layout.at(path)
    assert isinstance(node, (MappingNode, SequenceNode))  # noqa: S101 - it has a child
    is_mapping = isinstance(node, MappingNode)
    names = [key.value for key, _ in node.value] if is_mapping else range(len(node.value))
    gone = {place for place, name in enumerate(names) if name in steps}
    if node.flow_style:
        yield from _out_of_braces(node, gone)
        return
    for place in sorted(gone):
        first, last = first_and_last(node.value[place])
        begin = layout.line_start(start(first))
        if layout.text[begin : start(first)].strip() != ("" if is_mapping else "-"):
            raise CannotEditError(start(first), "this shares its line; delete it by hand")
        yield Splice(start=begin, end=layout.below(last), text="")
    if len(gone) == len(node.value) and empties:
        key = layout.key_at(path)
        if key is None:
            raise CannotEditError(start(node), "nothing would be left here; delete it by hand")
        colon = layout.text.index(":", end(key)) + 1
        yield Splice(start=colon, end=colon, text=" {}" if is_mapping else " []")


def _out_of_braces(node: Collection, gone: set[int]) -> Iterator[Splice]:
    """Each with the comma behind it; those at the end with the comma before them."""
    spans = [(start(first), end(last)) for first, last in map(first_and_last, node.value)]
    tail = len(spans)
    while tail - 1 in gone:
        tail -= 1
    for place in sorted(place for place in gone if place < tail):
        yield Splice(start=spans[place][0], end=spans[place + 1][0], text="")
    if tail < len(spans):
        begin = spans[tail - 1][1] if tail else spans[0][0]
        yield Splice(start=begin, end=spans[-1][1], text="")
