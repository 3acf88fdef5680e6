"""A firm's settings laid over those that travel with the program: it writes only what differs.

Maps merge key by key, lists of things with ids by id, other lists replace. `off: true` takes what
is shipped out; what stands beside it takes its place. In a list it is an entry of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from generator.model.fields import Field
from generator.model.kinds import Kind
from generator.model.shape import Fault, did_you_mean, who_needs
from generator.problems import Problem
from generator.read import Document, Mark, read_file
from generator.read.document import DataPath, MarkElsewhere, said_at
from generator.share import defaults_folder

SHIPPED = "account-playbooks/"
"""Begins the path of a file that travels with the program, wherever it is installed."""
OFF = "off"
_TRUE = "true"


def is_shipped(path: str) -> bool:
    """Whether a path, or a file:line, is in a file that travels with the program."""
    return path.startswith(SHIPPED)


@cache
def shipped_document(name: str) -> Document:
    """A file of settings as shipped, its marks naming it."""
    path = f"{SHIPPED}{name}.yaml"
    document = read_file(defaults_folder() / f"{name}.yaml", path)
    return replace(document, marks=MarkElsewhere.of(document.marks, path))


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOver(Document):
    """A file of settings as it is in force: data and marks of both, path and text the firm's.

    It `is_empty` where the firm has no such file, or nothing stands in it.
    """

    shipped: Document
    taken_out: tuple[DataPath, ...] = ()
    """What is shipped and not in force, by the firm's `off: true`."""
    added: tuple[DataPath, ...] = ()
    """Entries that have an id which is not shipped."""


def laid_over(own: Document | None, path: str, name: str, form: Field) -> LaidOver:
    """The firm's file over its shipped namesake; None where the firm has no such file."""
    shipped = shipped_document(name)
    if own is None or own.is_empty:
        return LaidOver(
            path=path,
            stem=name,
            text=own.text if own else "",
            data=shipped.data,
            marks=shipped.marks,
            problems=shipped.problems,
            is_empty=True,
            shipped=shipped,
        )
    laying = _Laying(path)
    data, marks = own.data, own.marks
    if data is not None:
        data, marks = laying.maps((data, marks), (shipped.data, shipped.marks), form, ())
    return LaidOver(
        path=own.path,
        stem=own.stem,
        text=own.text,
        data=data,
        marks=marks,
        problems=(*own.problems, *laying.problems),
        shipped=shipped,
        taken_out=tuple(laying.taken_out),
        added=tuple(laying.added),
    )


_GONE: Any = object()
"""In the place of what is taken out."""
_Laid = tuple[Any, Mark]
"""Data with their marks."""


@dataclass(slots=True)
class _Laying:
    """Lays one file over another; collects what is wrong with it and what it changes."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    taken_out: list[DataPath] = field(default_factory=list)
    added: list[DataPath] = field(default_factory=list)

    def maps(self, own: _Laid, shipped: _Laid, form: Field | None, path: DataPath) -> _Laid:
        """Two maps key by key: what is shipped in its order, then what is new."""
        data, marks = dict(shipped[0]), _by_key(shipped[1])
        for key, value in own[0].items():
            mark = _by_key(own[1])[key]
            here, inner = (*path, key), form.step(key) if form else None
            if key in shipped[0]:
                data[key], mark = self._laid((value, mark), (data[key], marks[key]), inner, here)
            elif inner is None:
                data[key] = value  # no key of the form: its checks tell it
            else:
                data[key] = self._new((value, mark), inner, key, tuple(shipped[0]))
                if form and form.kind is Kind.MAPPING and data[key] is not _GONE:
                    self.added.append(here)
            # what is taken out keeps its mark: who needs it is told at the line that takes it out
            marks[key] = mark
            if data[key] is _GONE:
                del data[key]
        return data, _around(own[1], marks)

    def _laid(self, own: _Laid, shipped: _Laid, form: Field | None, path: DataPath) -> _Laid:
        data, mark = own
        if is_replaced_whole(form):
            return own
        if isinstance(data, dict) and OFF in data and not _has(form, OFF):
            rest = _without(data, OFF)
            if self._takes_out(data, mark):
                self.taken_out.append(path)
                is_list_of_things = form is not None and form.kind is Kind.MAPPING
                return rest if rest or is_list_of_things else _GONE, mark
            own = rest, mark
        if isinstance(data, dict) and isinstance(shipped[0], dict):
            return self.maps(own, shipped, form, path)
        if isinstance(data, list) and isinstance(shipped[0], list) and _has_ids(form):
            return self._lists(own, shipped, form, path)
        return own

    def _lists(self, own: _Laid, shipped: _Laid, form: Field | None, path: DataPath) -> _Laid:
        """Two lists of things with ids: what is shipped in its order, then what is new."""
        entry_form = form.step(0) if form else None
        entries = list(zip(own[0], _in_order(own[1]), strict=True))
        below = list(zip(shipped[0], _in_order(shipped[1]), strict=True))
        if (all_off := ({OFF: _TRUE})) in own[0]:
            entries = [each for each in entries if each[0] != all_off]
            below = []
            self.taken_out.append(path)
        kept: list[_Laid] = []
        known = []
        for entry, mark in below:
            name = entry["id"]
            known.append(name)
            at = next((at for at, (each, _) in enumerate(entries) if _id(each) == name), None)
            laid = entry, mark
            if at is not None:
                own_entry, own_mark = entries.pop(at)
                if not set(own_entry) - {"id", OFF} and not _has(entry_form, OFF):
                    own_entry = _without(own_entry, "id")  # nothing stands beside 'off'
                laid = self._laid((own_entry, own_mark), laid, entry_form, (*path, len(kept)))
            if laid[0] is _GONE:
                self.taken_out[-1] = (*path, name)
            else:
                kept.append(laid)
        shipped_ids = tuple(known)
        for entry, mark in entries:
            name = str(_id(entry))
            if _id(entry) in known:
                self._say_twice(name, mark)
                continue
            known.append(name)
            data = self._new((entry, mark), entry_form, name, shipped_ids)
            if data is not _GONE:
                self.added.append((*path, len(kept)))
                kept.append((data, mark))
        return [entry for entry, _ in kept], _around(own[1], [mark for _, mark in kept])

    def _new(self, own: _Laid, form: Field | None, name: str, known: Sequence[str]) -> Any:
        """What the firm adds; to take out what is not shipped is a finding."""
        data, mark = own
        if not isinstance(data, dict) or OFF not in data:
            return data
        rest = _without(data, OFF)
        if rest.keys() - {"id"} and _has(form, OFF):
            return data
        if self._takes_out(data, mark):
            cure = did_you_mean(name, known) or "; delete it"
            self._say(mark, f"'{name}' is not shipped, so there is nothing to take out{cure}")
        return rest if rest.keys() - {"id"} else _GONE

    def _takes_out(self, data: dict[str, Any], mark: Mark) -> bool:
        """Whether it says 'off: true'; whatever else it says of `off` is a finding."""
        if data[OFF] == _TRUE:
            return True
        self._say(
            _by_key(mark)[OFF], "write 'off: true' to take out what is shipped, or delete the line"
        )
        return False

    def _say(self, mark: Mark, message: str) -> None:
        self.problems.append(
            Problem(
                path=self.file,
                line=mark.key_line,
                column=mark.key_column,
                rule="unknown-setting",
                message=message,
            )
        )

    def _say_twice(self, name: str, mark: Mark) -> None:
        place = _by_key(mark)["id"]
        self.problems.append(
            Problem(
                path=self.file,
                line=place.line,
                column=place.column,
                rule="wrong-setting",
                message=f"'{name}' is given twice; keep one",
            )
        )


def is_replaced_whole(form: Field | None) -> bool:
    """Whether a firm's own takes the place of what is shipped, never laid over it."""
    return bool(form and getattr(form.model, "REPLACED_WHOLE", False))


def _has(form: Field | None, key: str) -> bool:
    """Whether the form has a key of this name itself."""
    return form is not None and form.kind is not Kind.MAPPING and key in form.children


def _has_ids(form: Field | None) -> bool:
    """Whether a list is one of things with ids."""
    return form is not None and _has(form.step(0), "id")


def _id(entry: Any) -> Any:
    return entry.get("id") if isinstance(entry, dict) else None


def _without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {each: value for each, value in data.items() if each != key}


def _by_key(mark: Mark) -> dict[str, Mark]:
    return dict(mark.children) if isinstance(mark.children, dict) else {}


def _in_order(mark: Mark) -> list[Mark]:
    return mark.children if isinstance(mark.children, list) else []


def _around(mark: Mark, children: dict[str, Mark] | list[Mark]) -> Mark:
    """The firm's mark with other marks inside."""
    made = Mark(mark.line, mark.column, mark.key_line, mark.key_column)
    made.children = children
    return made


def is_whole_copy(document: Document) -> bool:
    """Whether a file of the firm's says all that is shipped over again, as version 0.1 had it."""
    return (
        isinstance(document, LaidOver)
        and not document.is_empty
        and not any(mark.file for mark in _leaves(document.marks))
    )


def _leaves(mark: Mark) -> Iterator[Mark]:
    """The marks of single values."""
    inner = mark.children.values() if isinstance(mark.children, dict) else mark.children
    if inner is None:
        yield mark
    for below in inner or ():
        yield from _leaves(below)


def told_once(document: Document, faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults of a laid file, where what lacks comes of one word as that one fault.

    That is an entry whose id may be misspelt, and what is taken out though it is needed.
    """
    if not isinstance(document, LaidOver):
        yield from faults
        return
    lacking: dict[DataPath, list[Fault]] = {}
    for fault in faults:
        if fault.missing and fault.path in document.taken_out:
            what = fault.path[-1]
            needs = who_needs(fault.path, f"{document.stem}.yaml")
            message = f"'{what}' cannot be taken out: {needs} needs it"
            yield replace(fault, rule="wrong-setting", message=message, at_key=True)
        elif fault.missing and fault.path[:-1] in document.added:
            lacking.setdefault(fault.path[:-1], []).append(fault)
        else:
            yield fault
    for path, faults_there in lacking.items():
        yield _lacking(document, path, faults_there)


def _lacking(document: LaidOver, path: DataPath, faults: Sequence[Fault]) -> Fault:
    """What a new entry lacks, or that it is none."""
    names = [str(fault.path[-1]) for fault in faults]
    around = said_at(document.shipped.data, path[:-1])
    known = list(around) if isinstance(around, dict) else [_id(entry) for entry in around]
    name = path[-1] if isinstance(path[-1], str) else _id(said_at(document.data, path))
    near = did_you_mean(str(name), known) if name else ""
    needs = f"an entry of your own needs {', '.join(names)}"
    is_near = "?" in near
    if len(names) == 1 and not is_near:
        return faults[0]
    message = f"'{name}' is not shipped{near} or, {needs}" if is_near else needs
    return Fault(path=path, rule="missing-field", message=message, at_key=True)
