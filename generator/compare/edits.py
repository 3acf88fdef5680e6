"""What was edited in a file: each value, fact or entry that differs, and how to put it back."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from generator.form import FORM
from generator.model.fields import Field
from generator.read.document import DataPath, Document, Mark


class Missing:
    """Stands for a value that is not in the file."""

    def __repr__(self) -> str:
        """As it is shown where something goes wrong."""
        return "MISSING"


MISSING: Final = Missing()
# Facts are one thing with their evidence: what is put back is put back with it
_FACT_KEYS = {"value", "unknown"}


@dataclass(frozen=True, slots=True)
class EntryStep:
    """A step into a list whose entries have names of their own."""

    key: str
    name: str

    def __str__(self) -> str:
        """The name alone: 'risk.own.misuse.loss'."""
        return self.name


Step = str | int | EntryStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One value, fact or entry of a list that differs between two states of a file."""

    path: tuple[Step, ...]
    before: Any
    after: Any
    line: int
    """Where it stands; what is gone, where it stood."""
    file: str | None = None
    """The file of that line, where it is another than the edited one: a setting as shipped."""

    @property
    def name(self) -> str:
        """The path in words."""
        return ".".join(map(str, self.path))

    @property
    def is_entry(self) -> bool:
        """Whether a whole entry of a list came or went."""
        return isinstance(self.path[-1], EntryStep)


def edits_between(before: Document, after: Document, form: Field = FORM) -> tuple[Edit, ...]:
    """Every edit that makes the second document of the first, in the order of the second.

    The form says what names the entries of a list.
    """
    edits = _edits(before.data or {}, after.data or {}, (), form)
    return tuple(
        _edit(path, old, new, before if new is MISSING else after) for path, old, new in edits
    )


def put_back(data: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """The later data with some edits undone."""
    whole = copy.deepcopy(dict(data))
    # Entries that came go last: until then the places of the others hold
    for edit in sorted(edits, key=lambda edit: edit.is_entry):
        _undo(whole, edit)
    return whole


def with_data(document: Document, data: dict[str, Any]) -> Document:
    """A document with other data, every value of it at the top of the file."""
    return Document(
        path=document.path, stem=document.stem, text="", data=data, marks=_marks(data), problems=()
    )


_Differences = Iterator[tuple[tuple[Step, ...], Any, Any]]


def _edits(before: Any, after: Any, path: tuple[Step, ...], form: Field | None) -> _Differences:
    if _same(before, after):
        return
    if isinstance(before, (dict, Missing)) and isinstance(after, (dict, Missing)):
        old, new = _keys(before), _keys(after)
        is_fact = bool((old | new).keys() & _FACT_KEYS)
        is_whole = isinstance(path[-1], EntryStep) and not (old and new) if path else False
        if path and (is_fact or is_whole or not (old or new)):
            yield path, before, after
            return
        for key in (*new, *(key for key in old if key not in new)):
            inner = form.step(key) if form else None
            yield from _edits(old.get(key, MISSING), new.get(key, MISSING), (*path, key), inner)
    elif isinstance(before, (list, Missing)) and isinstance(after, (list, Missing)):
        yield from _edits_of_lists(before, after, path, form.step(0) if form else None)
    else:
        yield path, before, after


def _keys(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}


def _edits_of_lists(
    before: Any, after: Any, path: tuple[Step, ...], form: Field | None
) -> _Differences:
    if isinstance(before, Missing) or isinstance(after, Missing):
        # An empty list says that there are none, no list says nothing
        yield path, before, after
        return
    old, new = before, after
    key = _naming_key(old, new, form)
    if key is not None:
        olds, news = ({entry[key]: entry for entry in entries} for entries in (old, new))
        for name in (*news, *(name for name in olds if name not in news)):
            step = (*path, EntryStep(key, str(name)))
            yield from _edits(olds.get(name, MISSING), news.get(name, MISSING), step, form)
    elif len(old) == len(new) and all(isinstance(entry, dict) for entry in (*old, *new)):
        for index, (old_entry, new_entry) in enumerate(zip(old, new, strict=True)):
            yield from _edits(old_entry, new_entry, (*path, index), form)
    else:
        yield path, before, after


def _naming_key(old: Sequence[Any], new: Sequence[Any], form: Field | None) -> str | None:
    """The key by which the entries of both lists can be told apart; None without one."""
    entries = (*old, *new)
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return None
    for key in form.named_by if form else ():
        if all(isinstance(entry.get(key), str) for entry in entries) and all(
            len({entry[key] for entry in some}) == len(some) for some in (old, new)
        ):
            return key
    return None


def _same(before: Any, after: Any) -> bool:
    """Equal, and quoted alike inside: '0.2' in quotes is text and no number."""
    if before is after:
        return True
    if type(before) is not type(after):
        return False
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(
            _same(before[key], after[key]) for key in before
        )
    if isinstance(before, list):
        return len(before) == len(after) and all(map(_same, before, after))
    return bool(before == after)


def _undo(whole: dict[str, Any], edit: Edit) -> None:
    around = _around(whole, edit)
    if around is None:
        return
    step = edit.path[-1]
    if isinstance(step, EntryStep):
        at = next(
            (i for i, entry in enumerate(around) if str(entry.get(step.key)) == step.name), None
        )
        if at is not None:
            del around[at]
        if edit.before is not MISSING:
            around.insert(len(around) if at is None else at, copy.deepcopy(edit.before))
    elif edit.before is not MISSING:
        around[step] = copy.deepcopy(edit.before)
    elif isinstance(around, dict):
        around.pop(step, None)


def _around(node: Any, edit: Edit) -> Any:
    """What holds the edited value; sections and lists that are gone are laid empty again."""
    for step, inner in zip(edit.path, edit.path[1:], strict=False):
        if isinstance(step, EntryStep):
            node = next((entry for entry in node if str(entry.get(step.key)) == step.name), None)
        elif isinstance(step, int):
            node = node[step] if step < len(node) else None
        elif isinstance(node.get(step), (dict, list)):
            node = node[step]
        elif edit.before is MISSING:
            return None
        else:
            node[step] = node = [] if isinstance(inner, EntryStep) else {}
        if node is None:
            return None
    return node


def _edit(path: tuple[Step, ...], before: Any, after: Any, document: Document) -> Edit:
    place = _plain(path, document.data)
    return Edit(
        path=path,
        before=before,
        after=after,
        line=document.value_place(place).line,
        file=document.nearest(place)[0].file,
    )


def _plain(path: tuple[Step, ...], node: Any) -> DataPath:
    """The path with entries by their index."""
    plain: list[str | int] = []
    for step in path:
        if isinstance(step, EntryStep):
            index = next(
                (i for i, entry in enumerate(node or ()) if str(entry.get(step.key)) == step.name),
                -1,
            )
            plain.append(index)
            node = node[index] if index >= 0 else None
        else:
            plain.append(step)
            node = node.get(step) if isinstance(node, dict) else node[step] if node else None
    return tuple(plain)


def _marks(node: Any) -> Mark:
    mark = Mark(1, 1, 1, 1)
    if isinstance(node, dict):
        mark.children = {key: _marks(value) for key, value in node.items()}
    elif isinstance(node, list):
        mark.children = [_marks(value) for value in node]
    return mark
