"""Changes as splices: which characters of a text give way to which others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.edit import nodes
from generator.edit.changes import Append, Change, Drop, Put, Rename
from generator.edit.nodes import Layout, Node
from generator.edit.yaml_text import block_lines, entry_lines, flow_text, scalar_text
from generator.read.document import DataPath

Order = Callable[[DataPath], Sequence[str]]
_WITH_TEXT = 2  # lines of a key with text below it: the key's own and one of text


class CannotEditError(Exception):
    """The file is written in a way that this change does not fit; it never leaves this package."""

    def __init__(self, index: int, message: str) -> None:
        """Keep the place in the text."""
        super().__init__(message)
        self.index = index


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """Characters from start to end become this text; the deeper of two at one place goes first."""

    start: int
    end: int
    text: str
    depth: int = 0


def splices_for(layout: Layout, changes: Sequence[Change], order: Order) -> list[Splice]:
    """Splices in the order of the text; CannotEditError when a change does not fit."""
    found: list[Splice] = []
    new_keys: dict[DataPath, dict[str, Any]] = {}
    new_entries: dict[DataPath, list[Any]] = {}
    drops: dict[DataPath, list[str | int]] = {}
    for change in _by_key(layout, changes):
        if isinstance(change, Rename):
            found.append(_renamed(layout, change))
        elif isinstance(change, Drop):
            if layout.at(change.path) is None:
                raise CannotEditError(0, f"there is no '{change.path[-1]}' to take away")
            drops.setdefault(change.path[:-1], []).append(change.path[-1])
        elif isinstance(change, Append) and isinstance(layout.at(change.path), nodes.Sequence):
            new_entries.setdefault(change.path, []).append(change.value)
        elif isinstance(change, Put) and (node := layout.at(change.path)) is not None:
            found.append(_replaced(layout, node, change))
        else:
            _collect(layout, new_keys, change)
    for path, values in new_keys.items():
        found += _keys_added(layout, path, values, order(path))
    for path, entries in new_entries.items():
        found += _entries_added(layout, path, entries)
    for path, steps in drops.items():
        adds = path in new_keys or path in new_entries
        found += _dropped(layout, path, steps, empties=not adds)
    return sorted(found, key=lambda one: (one.start, one.end, -one.depth))


def _renamed(layout: Layout, change: Rename) -> Splice:
    key = layout.key_at(change.path)
    if key is None:
        raise CannotEditError(0, f"there is no '{change.path[-1]}' to rename")
    if layout.at((*change.path[:-1], change.to)) is not None:
        message = f"'{change.to}' is there already; keep one of it and '{change.path[-1]}'"
        raise CannotEditError(nodes.start(key), message)
    return Splice(start=nodes.start(key), end=nodes.end(key), text=scalar_text(change.to))


def _by_key(layout: Layout, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes, those of a whole block of keys as changes of its keys."""
    for change in changes:
        node = layout.at(change.path) if isinstance(change, Put) else None
        if (
            isinstance(change, Put)
            and isinstance(node, nodes.Mapping)
            and not node.flow_style
            and isinstance(change.value, dict)
        ):
            yield from (Put(path=(*change.path, k), value=v) for k, v in change.value.items())
            old = [key.value for key, _ in node.value]
            yield from (Drop(path=(*change.path, k)) for k in old if k not in change.value)
        else:
            yield change


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with all splices made."""
    parts, position = [], 0
    for one in splices:
        if one.start < position:
            raise CannotEditError(one.start, "two changes meet in one place; make them by hand")
        parts += [text[position : one.start], one.text]
        position = one.end
    return "".join((*parts, text[position:]))


def _collect(
    layout: Layout, new_keys: dict[DataPath, dict[str, Any]], change: Put | Append
) -> None:
    """Put what lacks into the deepest mapping that stands in the text."""
    depth = len(change.path)
    while layout.at(change.path[:depth]) is None:
        depth -= 1
    node, missing = layout.at(change.path[:depth]), change.path[depth:]
    if not isinstance(node, nodes.Mapping) or not all(isinstance(one, str) for one in missing):
        where = nodes.start(node) if node else 0
        raise CannotEditError(
            where, f"there is no place for '{change.path[-1]}' here; write it by hand"
        )
    inside = new_keys.setdefault(change.path[:depth], {})
    for step in missing[:-1]:
        inside = inside.setdefault(str(step), {})
    if isinstance(change, Append):
        inside.setdefault(str(missing[-1]), []).append(change.value)
    else:
        inside[str(missing[-1])] = change.value


def _replaced(layout: Layout, node: Node, change: Put) -> Splice:
    """A value by another one, in the style it was written in."""
    start, value = nodes.start(node), change.value
    if nodes.is_empty(node):
        before = layout.text[:start].rstrip(" ")[-1:]
        if before not in (":", "-"):
            raise CannotEditError(start, f"'{change.path[-1]}' has no value; write ': ' behind it")
        gap = "" if layout.text[start - 1 : start] == " " else " "
        return Splice(start=start, end=start, text=gap + flow_text(value))
    if not isinstance(node, nodes.Scalar) and not node.flow_style:
        raise CannotEditError(start, f"'{change.path[-1]}' has lines of its own; change it by hand")
    if nodes.is_block_text(node):
        return _text_replaced(layout, node, change)
    style = node.style if isinstance(node, nodes.Scalar) else ""
    return Splice(start=start, end=nodes.end(node), text=_in_style(value, style or ""))


def _in_style(value: Any, style: str) -> str:
    """A value in the quotes that the old one had; numbers never have any."""
    if isinstance(value, (bool, int, float, list, tuple, dict)):
        return flow_text(value)
    text = value if isinstance(value, str) else scalar_text(value)
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style in ("'", '"'):
        return json.dumps(text, ensure_ascii=False)
    return scalar_text(value)


def _text_replaced(layout: Layout, node: Node, change: Put) -> Splice:
    """Text below a '|' or '>', with its indentation and the comment behind the sign."""
    start, stop = nodes.start(node), layout.content_end(node)
    head, _, body = layout.text[start:stop].partition("\n")
    rest = head.rstrip("\r").lstrip("|>-+0123456789")
    sample = next((line for line in body.split("\n") if line.strip()), "  ")
    indent = len(sample) - len(sample.lstrip(" "))
    given = f"{change.value}\n" if _is_line(change.value) else change.value
    lines = list(block_lines({"x": given}, indent - 2)) if isinstance(given, str) else []
    if "+" in head.split("#", maxsplit=1)[0] or len(lines) < _WITH_TEXT:
        return Splice(start=start, end=stop, text=flow_text(change.value) + rest)
    sign = "|" if change.value.endswith("\n") else "|-"
    return Splice(
        start=start, end=stop, text=layout.line_break(start).join([sign + rest, *lines[1:]])
    )


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and "\n" not in value


def _keys_added(
    layout: Layout, path: DataPath, values: dict[str, Any], order: Sequence[str]
) -> Iterator[Splice]:
    node = layout.at(path)
    assert isinstance(node, nodes.Mapping)  # noqa: S101 - _collect saw to it
    if node.flow_style or not node.value:
        yield _into_braces(node, [f"{scalar_text(k)}: {flow_text(v)}" for k, v in values.items()])
        return
    rank = {key: place for place, key in enumerate(order)}
    groups: dict[int, dict[str, Any]] = {}
    for key in sorted(values, key=lambda one: rank.get(one, len(rank))):
        groups.setdefault(_place_among(node, key, rank), {})[key] = values[key]
    indent = nodes.column(node.value[0][0])
    for place, keys in groups.items():
        lines = list(block_lines(keys, indent))
        yield _below(layout, node.value[place][1], lines, len(path))


def _place_among(node: Node, key: str, rank: dict[str, int]) -> int:
    """Behind which of the keys that stand there a new one goes: the nearest before, or the last."""
    last = len(node.value) - 1
    mine = rank.get(key)
    if mine is None:
        return last
    before = [
        (rank[one.value], place)
        for place, (one, _) in enumerate(node.value)
        if one.value in rank and rank[one.value] < mine
    ]
    return max(before)[1] if before else last


def _entries_added(layout: Layout, path: DataPath, entries: Sequence[Any]) -> Iterator[Splice]:
    node = layout.at(path)
    assert isinstance(node, nodes.Sequence)  # noqa: S101 - the caller saw to it
    key = layout.key_at(path)
    above = layout.at(path[:-1])
    stands_alone = isinstance(above, nodes.Mapping) and not above.flow_style
    if node.flow_style and (node.value or key is None or not stands_alone):
        yield _into_braces(node, [flow_text(one) for one in entries])
        return
    if node.flow_style and key is not None:
        lead = len(layout.text[: nodes.start(node)].rstrip(" "))
        yield Splice(start=lead, end=nodes.end(node), text="")
        indent, block = nodes.column(key) + 2, False
    else:
        indent, block = nodes.column(node), _is_block_mapping(node.value[-1])
    lines = [line for one in entries for line in entry_lines(one, indent, block=block)]
    yield _below(layout, node, lines, len(path))


def _is_block_mapping(node: Node) -> bool:
    return isinstance(node, nodes.Mapping) and not node.flow_style


def _into_braces(node: Node, words: Sequence[str]) -> Splice:
    """Behind the last value in braces or brackets, or between empty ones."""
    if not node.value:
        return Splice(start=nodes.start(node) + 1, end=nodes.start(node) + 1, text=", ".join(words))
    last = node.value[-1]
    where = nodes.end(last[1] if isinstance(node, nodes.Mapping) else last)
    return Splice(start=where, end=where, text="".join(f", {word}" for word in words))


def _below(layout: Layout, node: Node, lines: Sequence[str], depth: int) -> Splice:
    """New lines below a value; a file without a last line end stays without one."""
    where = layout.below(node)
    ending = layout.line_break(where)
    if where and layout.text[where - 1] != "\n":
        text = "".join(f"{ending}{line}" for line in lines)
    else:
        text = "".join(f"{line}{ending}" for line in lines)
    return Splice(start=where, end=where, text=text, depth=depth)


def _dropped(
    layout: Layout, path: DataPath, steps: Sequence[str | int], *, empties: bool
) -> Iterator[Splice]:
    """Entries taken away; a list or mapping that loses all of them becomes an empty one."""
    node = layout.at(path)
    assert isinstance(node, (nodes.Mapping, nodes.Sequence))  # noqa: S101 - it has a child
    gone = {
        place
        for place, one in enumerate(node.value)
        if (one[0].value if isinstance(node, nodes.Mapping) else place) in steps
    }
    if node.flow_style:
        yield from _out_of_braces(node, gone)
        return
    for place in sorted(gone):
        yield _lines_gone(layout, node, place)
    if len(gone) == len(node.value) and empties:
        key = layout.key_at(path)
        if key is None:
            raise CannotEditError(
                nodes.start(node), "nothing would be left here; delete it by hand"
            )
        colon = layout.text.index(":", nodes.end(key)) + 1
        text = " []" if isinstance(node, nodes.Sequence) else " {}"
        yield Splice(start=colon, end=colon, text=text)


def _lines_gone(layout: Layout, node: Node, place: int) -> Splice:
    entry = node.value[place]
    first, last = entry if isinstance(node, nodes.Mapping) else (entry, entry)
    begin = layout.line_start(nodes.start(first))
    lead = layout.text[begin : nodes.start(first)].strip()
    if lead != ("" if isinstance(node, nodes.Mapping) else "-"):
        raise CannotEditError(nodes.start(first), "this shares its line; delete it by hand")
    return Splice(start=begin, end=layout.below(last), text="")


def _out_of_braces(node: Node, gone: set[int]) -> Iterator[Splice]:
    """Each with the comma behind it; those at the end with the comma before them."""
    spans = [_span(node, place) for place in range(len(node.value))]
    tail = len(spans)
    while tail - 1 in gone:
        tail -= 1
    for place in sorted(one for one in gone if one < tail):
        yield Splice(start=spans[place][0], end=spans[place + 1][0], text="")
    if tail < len(spans):
        begin = spans[tail - 1][1] if tail else spans[0][0]
        yield Splice(start=begin, end=spans[-1][1], text="")


def _span(node: Node, place: int) -> tuple[int, int]:
    entry = node.value[place]
    first, last = entry if isinstance(node, nodes.Mapping) else (entry, entry)
    return nodes.start(first), nodes.end(last)
