"""A copied site_config becomes what the firm has changed in it, laid over the shipped settings.

Version 0.1 asked for a whole copy of its settings. generator/defaults/earlier/ has every state that
a version shipped, packed: one state alone would take nearly as much. Of them the one that differs
least from a file is what the firm once copied. What is equal to it goes, so that the firm follows
what is shipped; what differs stays as written, with its comments; what the firm had deleted becomes
`off: true`.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.change.edit.edit import Append, Change, Drop, Put, edit_text, is_safe_to_edit
from generator.model.fields import Field, form_of
from generator.model.kinds import Kind
from generator.problems import Problem
from generator.read import Document, read_text
from generator.read.document import DataPath
from generator.settings.load import FILES
from generator.settings.overlay import OFF, is_replaced_whole, shipped_document
from generator.share import defaults_folder

VERSION = "0.1"
"""The version whose workspaces have whole copies."""
_WORD = re.compile(r"[A-Za-z0-9-]+")
_TELL_NOTHING = ("team.yaml", "currencies.yaml", "site.yaml")
_HALF = 0.5
"""A file with less of what was shipped than this is no copy."""


@cache
def earlier_texts(version: str = VERSION) -> Mapping[str, Sequence[str]]:
    """Every state of each file of settings that a version shipped, the first one first."""
    packed = (defaults_folder() / "earlier" / f"{version}.json.xz").read_bytes()
    states: dict[str, list[str]] = json.loads(lzma.decompress(packed))
    return states


@cache
def _states(name: str) -> tuple[Any, ...]:
    """The states of one file as data."""
    documents = (read_text(text.encode(), f"{name}.yaml") for text in earlier_texts()[name])
    return tuple(document.data for document in documents if document.data is not None)


@cache
def _comments() -> frozenset[str]:
    """Every line of comment that was shipped."""
    lines = (
        line.strip() for texts in earlier_texts().values() for line in "".join(texts).split("\n")
    )
    return frozenset(line for line in lines if line[:1] == "#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A file of settings as it should be."""

    text: str
    """Empty where nothing of it is the firm's own."""
    was_copied: bool = False
    """Whether it was a copy of what was shipped."""
    problems: tuple[Problem, ...] = ()
    retired: tuple[str, ...] = ()
    """Settings that the firm had changed and that are none any more; they are taken away."""


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words in playbooks: ids and currencies that a plan names are among them."""
    return frozenset(word for text in texts for word in _WORD.findall(text))


def as_overlays(documents: Mapping[str, Document], in_use: frozenset[str]) -> Mapping[str, Overlay]:
    """Each file as `as_overlay` has it, by name, if the workspace is one of copies; else none.

    People, rates and the site's name alone do not tell: the example itself has them.
    """
    overlays = {name: as_overlay(document, in_use) for name, document in documents.items()}
    telling = (overlay for name, overlay in overlays.items() if name not in _TELL_NOTHING)
    return overlays if any(overlay.was_copied for overlay in telling) else {}


def as_overlay(document: Document, in_use: frozenset[str]) -> Overlay:
    """The file without what is as it was shipped.

    `in_use` are the words of the firm's playbooks: an offering or a currency of the old example
    stays where a plan names it.
    """
    same = Overlay(text=document.text)
    name = document.stem
    if not is_safe_to_edit(document) or not document.data or name not in FILES:
        return Overlay(text=document.text, problems=document.problems)
    copied = _copied(name, document.data)
    if copied is None:
        return same
    differing = _Differing(in_use)
    form = form_of(FILES[name])
    if not differing.maps((document.data, copied, shipped_document(name).data), form, ()):
        return Overlay(text=_comments_of_their_own(document.text), was_copied=True)
    made = edit_text(document.text, differing.changes, document.path, with_comments=True)
    if made.problems:
        return Overlay(text=document.text, problems=made.problems)
    text = _without_our_comments(made.text, document.text)
    return Overlay(text=text, was_copied=True, retired=tuple(differing.retired))


SITE_COMMENT = "# What the gate asks only since a newer version is a warning for one release.\n"


def with_upgrade(text: str, path: str) -> str:
    """The text of site.yaml that says with which version the workspace was made."""
    made = edit_text(text, [Put(path=("upgraded_from",), value=VERSION)], path)
    if text.strip() and not made.problems:
        return made.text
    return f'{text}{SITE_COMMENT}upgraded_from: "{VERSION}"\n'


def _copied(name: str, data: Any) -> Any:
    """The state that was copied into this file: the nearest; None where it is no copy.

    What lacks something that 0.1 could not do without is none: it was written to be laid over ours.
    """
    own, form = dict(_leaves(data)), form_of(FILES[name])
    best, most = None, 0
    for state in _states(name):
        leaves = dict(_leaves(state))
        there = sum(path in own for path in leaves)
        alike = sum(own.get(path) == value for path, value in leaves.items())
        if there < _HALF * len(leaves) or not _is_whole(data, state, form):
            continue
        if alike and (best is None or 2 * alike - len(leaves) > most):
            best, most = state, 2 * alike - len(leaves)
    return best


def _is_whole(theirs: Any, state: Any, form: Field | None) -> bool:
    """Whether a file has all that a state has and that no file could lack."""
    if form is None:
        return True
    if isinstance(theirs, dict) and isinstance(state, dict):
        for key, value in state.items():
            inner = form.step(key)
            if key not in theirs and inner is not None and inner.is_required:
                return False
            if key in theirs and not _is_whole(theirs[key], value, inner):
                return False
    elif isinstance(theirs, list) and isinstance(state, list) and _ids(state):
        states = {entry["id"]: entry for entry in state}
        pairs = ((entry, states.get(_id(entry))) for entry in theirs)
        return all(_is_whole(entry, same, form.step(0)) for entry, same in pairs)
    return True


def _leaves(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            name = value.get("id") if isinstance(value, dict) else None
            yield from _leaves(value, (*path, str(name or index)))
    else:
        yield path, node


_Three = tuple[Any, Any, Any]
"""What the firm's file says, what was copied into it, and what is shipped now."""
_NOTHING: Any = object()


@dataclass(slots=True)
class _Differing:
    """Collects the changes that leave what the firm has made of a copy."""

    in_use: frozenset[str]
    changes: list[Change] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)

    def maps(self, three: _Three, form: Field | None, path: DataPath) -> bool:
        """Whether anything of a map stays; if so, what goes from it is among the changes."""
        theirs, copied, shipped = three
        before, stays = len(self.changes), False
        for key, value in theirs.items():
            inner = form.step(key) if form else None
            values = value, copied.get(key, _NOTHING), shipped.get(key, _NOTHING)
            stays |= self._value(values, inner, (*path, key))
        for key in copied:
            if key not in theirs and key in shipped:
                self.changes.append(Put(path=(*path, key, OFF), value=True))
                stays = True
        if not stays:
            del self.changes[before:]
        return stays

    def _value(self, three: _Three, form: Field | None, path: DataPath) -> bool:
        """Whether a value stays; if not, or not whole, the change is noted."""
        theirs, copied, shipped = three
        if form is None:
            if theirs != copied:
                self.retired.append(".".join(map(str, path)))
            return self._goes(path)
        if theirs == copied:
            return self._unchanged(theirs, shipped, form, path)
        if theirs == shipped:
            return self._goes(path)
        return self._changed(three, form, path)

    def _unchanged(self, theirs: Any, shipped: Any, form: Field, path: DataPath) -> bool:
        """What is as it was copied goes; what is not shipped any more stays where it is used."""
        if shipped == {} and form.kind is Kind.MAPPING:
            return self._used_entries(theirs, path)
        return (shipped is _NOTHING and self._is_used(path)) or self._goes(path)

    def _changed(self, three: _Three, form: Field, path: DataPath) -> bool:
        """What differs stays, and of what is laid over ours only that."""
        is_known = not any(each is _NOTHING for each in three)
        if is_known and not is_replaced_whole(form):
            if all(isinstance(each, dict) for each in three):
                return self.maps(three, form, path) or self._goes(path)
            if all(isinstance(each, list) for each in three) and _ids(three[1]):
                return self._lists(three, form, path) or self._goes(path)
        self._retire(three[0], form, path)
        return True

    def _retire(self, theirs: Any, form: Field, path: DataPath) -> None:
        """Take away what the form does not have any more of what stays as it is."""
        steps: Iterable[tuple[str | int, Any]] = ()
        if isinstance(theirs, dict):
            steps = theirs.items()
        elif isinstance(theirs, list):
            steps = enumerate(theirs)
        for step, value in steps:
            inner = form.step(step)
            if inner is not None:
                self._retire(value, inner, (*path, step))
            elif isinstance(step, str):
                self.retired.append(".".join(map(str, (*path, step))))
                self._goes((*path, step))

    def _used_entries(self, entries: Mapping[str, Any], path: DataPath) -> bool:
        """Of things that are not shipped any more those stay which a plan names."""
        used = [key for key in entries if self._is_used((*path, key))]
        if not used:
            return self._goes(path)
        self.changes += [Drop(path=(*path, key)) for key in entries if key not in used]
        return True

    def _is_used(self, path: DataPath) -> bool:
        return path[0] != "people" and path[-1] in self.in_use

    def _lists(self, three: _Three, form: Field, path: DataPath) -> bool:
        """The same for lists of things with ids."""
        theirs, copied, shipped = three
        copies, now = ({entry["id"]: entry for entry in each} for each in (copied, shipped))
        before, stays = len(self.changes), False
        for index, entry in enumerate(theirs):
            name = entry.get("id") if isinstance(entry, dict) else None
            here = (*path, index)
            if name in copies and name in now and entry != copies[name] and entry != now[name]:
                self.maps((entry, copies[name], now[name]), form.step(0), here)
                self.changes = [change for change in self.changes if change.path != (*here, "id")]
                stays = True
            else:
                values = entry, copies.get(name, _NOTHING), now.get(name, _NOTHING)
                stays |= self._value(values, form.step(0), here)
        names = {entry.get("id") for entry in theirs if isinstance(entry, dict)}
        for name in copies:
            if name not in names and name in now:
                self.changes.append(Append(path=path, value={"id": name, OFF: True}))
                stays = True
        if not stays:
            del self.changes[before:]
        return stays

    def _goes(self, path: DataPath) -> bool:
        self.changes.append(Drop(path=path))
        return False


def _id(entry: Any) -> Any:
    return entry.get("id") if isinstance(entry, dict) else None


def _ids(entries: Sequence[Any]) -> bool:
    return bool(entries) and all(isinstance(each, dict) and "id" in each for each in entries)


def _without_our_comments(text: str, before: str) -> str:
    """The text without the comments that came with the copy and stand above nothing any more.

    What stood directly above a line that stays, stays with it.
    """
    above = _comments_above(before)
    kept: list[str] = []
    block: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.strip()[:1] == "#":
            block.append(line)
            continue
        own = above.get(line, above.get(_key_of(line), 0)) if line.strip() else 0
        loose = max(len(block) - own, 0)
        kept += [each for each in block[:loose] if each.strip() not in _comments()]
        kept += [*block[loose:], line]
        block = []
    kept += [each for each in block if each.strip() not in _comments()]
    return _tidy(kept)


def _comments_above(text: str) -> dict[str, int]:
    """By line, and by the key that begins it, how many lines of comment stand directly above."""
    above: dict[str, int] = {}
    count = 0
    for line in text.splitlines(keepends=True):
        if line.strip()[:1] == "#":
            count += 1
            continue
        above.setdefault(line, count)
        if not line.strip().startswith("-"):  # what is changed in a line stands behind its key
            above.setdefault(_key_of(line), count)
        count = 0
    return above


def _key_of(line: str) -> str:
    return line.partition(":")[0]


def _comments_of_their_own(text: str) -> str:
    lines = text.splitlines(keepends=True)
    comments = [line for line in lines if line.strip()[:1] == "#"]
    return _tidy([line for line in comments if line.strip() not in _comments()])


def _tidy(lines: Sequence[str]) -> str:
    """The lines without empty ones at the top, at the end, and two in a row."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return "".join(kept)
