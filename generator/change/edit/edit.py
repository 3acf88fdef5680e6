"""Change values in a playbook's text so that all else stays as a person wrote it.

Changes become splices: characters of a value, and lines for what is new, where ruamel says that
they stand. The result is read again and must say the old data with the wanted changes, or nothing
is changed.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from generator.change.edit.roundtrip import (
    CannotEditError,
    Collection,
    Layout,
    Node,
    column,
    end,
    first_and_last,
    is_block_text,
    layout_of,
    start,
)
from generator.change.edit.yaml_text import block_lines, entry_lines, flow_text, scalar_text
from generator.form import FORM
from generator.problems import Problem
from generator.read import Document, read_text
from generator.read.document import DataPath
from generator.read.text import place_of

BYTE_ORDER_MARK = "\ufeff"
# An empty value is no reason to leave the rest of a file alone; it may be what is filled in
_HARMLESS = frozenset({"no-value"})
_UNMEANT = "this change would alter more than is meant; make it by hand"
# A new text, what it must say, and what is the matter where it does not
Made = tuple[str, Mapping[str, Any], CannotEditError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Make the value at a path this one; keys on the way that lack are made."""

    path: DataPath
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
    """Add an entry at the end of the list at a path; the list is made if it lacks."""

    path: DataPath
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Take away the key or entry at a path."""

    path: DataPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Give the key at a path another name; its value and comments stay."""

    path: DataPath
    to: str


Change = Put | Append | Drop | Rename


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The text after the changes, and as read; findings instead, and the text as it was."""

    text: str
    document: Document
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """Characters from start to end become this text; the deeper of two at one place goes first."""

    start: int
    end: int
    text: str
    depth: int = 0


def is_safe_to_edit(document: Document) -> bool:
    """Whether a file was read well enough to know where everything stands."""
    return document.data is not None and not any(
        problem.level == "error" and problem.rule not in _HARMLESS for problem in document.problems
    )


def keys_in_order(path: DataPath) -> Sequence[str]:
    """The keys that a mapping of a playbook may have, in the order of the form."""
    place = FORM.at(path)
    return place.form_order if place else ()


def edit_text(
    text: str,
    changes: Sequence[Change],
    path: str,
    *,
    with_comments: bool = False,
) -> Edited:
    """The text with the changes made, or as it was with a finding that says why not.

    What is taken away may take the comments along that stand in it, where that is said.
    """

    def make(bare: str, data: Mapping[str, Any]) -> Made:
        if not changes:
            return bare, data, CannotEditError(0, _UNMEANT)
        layout = layout_of(bare)
        splices = _splices_for(layout, changes)
        first = splices[0].start if splices else 0
        made = spliced(layout, splices, with_comments=with_comments)
        return made, changed(data, changes), CannotEditError(first, _UNMEANT)

    return rewritten(text, path, make, "cannot-edit")


def rewritten(
    text: str, path: str, make: Callable[[str, Mapping[str, Any]], Made], rule: str
) -> Edited:
    """The text as it is made anew, read again, if it then says what it must."""
    bare = text.removeprefix(BYTE_ORDER_MARK)
    before = read_text(bare.encode(), path)
    same = Edited(text=text, document=before)
    if not is_safe_to_edit(before):
        return replace(same, problems=before.problems)
    try:
        made, wanted, refusal = make(bare, before.data or {})
        after = read_text(made.encode(), path)
    except CannotEditError as error:
        return replace(same, problems=(refused(before, rule, error),))
    if after.data != wanted:
        place = _first_difference(before.data, after.data)
        return replace(same, problems=(before.problem(place, rule, str(refusal)),))
    return Edited(text=text[: len(text) - len(bare)] + made, document=after)


def _first_difference(before: Any, after: Any, path: DataPath = ()) -> DataPath:
    """Where two states of data first differ; the place of a part that only one of them has."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key, value in before.items():
            if key not in after:
                return (*path, key)
            if value != after[key]:
                return _first_difference(value, after[key], (*path, key))
    if isinstance(before, list) and isinstance(after, list):
        for place, (value, other) in enumerate(zip(before, after, strict=False)):
            if value != other:
                return _first_difference(value, other, (*path, place))
    return path


def refused(document: Document, rule: str, refusal: CannotEditError) -> Problem:
    """The finding of a change that does not fit."""
    line, column = place_of(document.text, refusal.index)
    return replace(document.problem((), rule, str(refusal)), line=line, column=column)


def as_read(value: Any) -> Any:
    """A value as the reader gives it back: text at the leaves."""
    if isinstance(value, Mapping):
        return {str(key): as_read(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_read(inner) for inner in value]
    return str(value) if isinstance(value, str) else scalar_text(value)


def changed(data: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The data with the changes made; paths are those of the data as given."""
    made = copy.deepcopy(dict(data))
    gone = []
    for change in changes:
        if isinstance(change, Drop | Rename):
            gone.append(change)
        elif isinstance(change, Append):
            _inside(made, change.path, []).append(as_read(change.value))
        else:
            _inside(made, change.path[:-1], {})[change.path[-1]] = as_read(change.value)
    # From the end and from the inside out, so that the paths to the others stay
    gone.sort(key=lambda change: [str(step).rjust(9, "0") for step in change.path], reverse=True)
    for change in gone:
        above = _inside(made, change.path[:-1], {})
        value = above.pop(change.path[-1])
        if isinstance(change, Rename):
            above[change.to] = value
    return made


def _inside(data: Any, path: DataPath, empty: Any) -> Any:
    """The mapping or list at a path, made on the way where it lacks."""
    for depth, step in enumerate(path):
        if isinstance(step, str) and step not in data:
            data[step] = copy.copy(empty) if depth == len(path) - 1 else {}
        data = data[step]
    return data


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


def _splices_for(layout: Layout, changes: Sequence[Change]) -> list[Splice]:
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
        splices += _keys_added(layout, path, values, drops.get(path, ()))
    for path, entries in new_entries.items():
        splices += _entries_added(layout, path, entries, drops.get(path, ()))
    for path, steps in drops.items():
        adds = path in new_keys or path in new_entries
        splices += _dropped(layout, path, steps, empties=not adds)
    return sorted(splices, key=lambda splice: (splice.start, splice.end, -splice.depth))


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
    while (node := layout.at(change.path[:depth])) is None:
        depth -= 1
    missing = change.path[depth:]
    if not isinstance(node, MappingNode) or not all(isinstance(step, str) for step in missing):
        message = f"there is no place for '{change.path[-1]}' here; write it by hand"
        raise CannotEditError(start(node), message)
    inside = new_keys.setdefault(change.path[:depth], {})
    if isinstance(change, Append):
        _inside(inside, missing, []).append(change.value)
    else:
        _inside(inside, missing[:-1], {})[str(missing[-1])] = change.value


def _replaced(layout: Layout, node: Node, change: Put) -> Iterator[Splice]:
    """A value by another one, in the style it was written in."""
    begin, value = start(node), change.value
    if isinstance(node, ScalarNode) and not node.style and begin == end(node):
        if layout.text[begin - 1 : begin] not in (":", "-"):
            raise CannotEditError(begin, f"'{change.path[-1]}' has no value; write ': ' behind it")
        yield Splice(start=begin, end=begin, text=f" {flow_text(value)}")
    elif not isinstance(node, ScalarNode) and not node.flow_style:
        raise CannotEditError(begin, f"'{change.path[-1]}' has lines of its own; change it by hand")
    elif is_block_text(node):
        yield from _text_replaced(layout, node, value)
    else:
        style = node.style if isinstance(node, ScalarNode) else ""
        yield Splice(start=begin, end=end(node), text=_in_style(value, style or ""))


def _in_style(value: Any, style: str) -> str:
    """A value in the quotes that the old one had; numbers never have any."""
    if style not in ("'", '"') or isinstance(value, (bool, int, float, Decimal, list, tuple, dict)):
        return flow_text(value)
    text = str(value)
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _text_replaced(layout: Layout, node: Node, value: Any) -> Iterator[Splice]:
    """Text below a '|' or '>', with its indentation; a comment behind the sign stays."""
    begin, sign, stop = start(node), layout.sign_of(node), layout.content_end(node)
    body = layout.text[layout.next_line(begin) : stop]
    sample = next((line for line in body.split("\n") if line.strip()), "  ")
    indent = len(sample) - len(sample.lstrip(" "))
    is_line = isinstance(value, str) and "\n" not in value
    lines = block_lines({"x": f"{value}\n" if is_line else value}, indent - 2)
    if "+" in sign or len(lines) == 1 or not isinstance(value, str):
        text, lines = flow_text(value), []
    else:
        text, lines = "|" if value.endswith("\n") else "|-", ["", *lines[1:]]
    yield Splice(start=begin, end=begin + len(sign), text=text)
    below = layout.line_break(begin).join(lines)
    yield Splice(start=layout.line_end(begin), end=stop, text=below)


def _keys_added(
    layout: Layout, path: DataPath, values: dict[str, Any], gone: Sequence[str | int]
) -> Iterator[Splice]:
    node = layout.at(path)
    assert isinstance(node, MappingNode)  # noqa: S101 - _collect saw to it
    if node.flow_style or not node.value:
        yield _into_braces(node, values, gone)
        return
    rank = {key: place for place, key in enumerate(keys_in_order(path))}
    ranked = [(rank[old.value], i) for i, (old, _) in enumerate(node.value) if old.value in rank]
    last, groups = len(node.value) - 1, dict[int, dict[str, Any]]()
    for key in sorted(values, key=lambda name: rank.get(name, len(rank))):
        # Behind the nearest key before it in the form, or behind the last
        before = max((pair for pair in ranked if pair[0] < rank.get(key, -1)), default=(0, last))
        groups.setdefault(before[1], {})[key] = values[key]
    indent = column(node.value[0][0])
    for place, keys in groups.items():
        yield _below(layout, node.value[place][1], block_lines(keys, indent), len(path))


def _entries_added(
    layout: Layout, path: DataPath, entries: Sequence[Any], gone: Sequence[str | int]
) -> Iterator[Splice]:
    node, key, above = layout.at(path), layout.key_at(path), layout.at(path[:-1])
    assert isinstance(node, SequenceNode)  # noqa: S101 - the caller saw to it
    stands_alone = isinstance(above, MappingNode) and not above.flow_style
    if node.flow_style and (node.value or not stands_alone):
        yield _into_braces(node, entries, gone)
        return
    if key is not None and node.flow_style:
        lead = len(layout.text[: start(node)].rstrip(" "))
        yield Splice(start=lead, end=end(node), text="")
        indent, block = column(key) + 2, False
    else:
        last = node.value[-1]
        indent, block = column(node), isinstance(last, MappingNode) and not last.flow_style
    yield _below(layout, node, entry_lines(entries, indent, block=block), len(path))


def _into_braces(
    node: Collection, new: Mapping[str, Any] | Sequence[Any], gone: Sequence[str | int]
) -> Splice:
    """Behind the last value in braces or brackets, or between those that are or become empty."""
    text = flow_text(new)[1:-1]
    if not node.value:
        return Splice(start=start(node) + 1, end=start(node) + 1, text=text)
    behind = end(first_and_last(node.value[-1])[1])
    is_emptied = len(set(gone)) == len(node.value)
    return Splice(start=behind, end=behind, text=text if is_emptied else f", {text}")


def _below(layout: Layout, node: Node, lines: Sequence[str], depth: int) -> Splice:
    """New lines below a value; a file without a last line end stays without one."""
    place = layout.below(node)
    ending = layout.line_break(place)
    is_open = place and layout.text[place - 1] != "\n"
    text = "".join(f"{ending}{line}" if is_open else f"{line}{ending}" for line in lines)
    return Splice(start=place, end=place, text=text, depth=depth)


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
