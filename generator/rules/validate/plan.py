"""A document against the model: a plan from all that is valid, and findings for what is not."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.form import FORM, Playbook
from generator.model import Fault, faults_of
from generator.model.base import Graded
from generator.model.fields import ENTRY
from generator.model.kinds import Kind
from generator.model.placeholders import is_placeholder, to_write, without_placeholders
from generator.model.shape import who_needs
from generator.model.watched import Watch, watched
from generator.problems import Problem
from generator.read.document import DataPath, Document, Mark, said_at
from generator.rules.validate.built_in import NOT_WRITTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredUnknown:
    """One `unknown: true`."""

    path: DataPath
    owner: str
    find_by: str
    """A day as text, '' where it lacks."""

    @property
    def day(self) -> datetime.date | None:
        """By when; None where no day stands there, of which a finding tells."""
        try:
            return datetime.date.fromisoformat(self.find_by)
        except ValueError:
            return None


def unknowns_in(node: Any, path: DataPath = ()) -> Iterator[DeclaredUnknown]:
    """Every honest unknown at or below a node, in the order of the file."""
    if isinstance(node, dict):
        if "unknown" in node:
            yield DeclaredUnknown(
                path=path, owner=str(node.get("owner", "")), find_by=str(node.get("find_by", ""))
            )
        for key, value in node.items():
            if isinstance(value, (dict, list)):
                yield from unknowns_in(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if isinstance(value, (dict, list)):
                yield from unknowns_in(value, (*path, index))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForId:
    """A finding of a text where an id of a kind is wanted; the text may be somebody's name."""

    problem: Problem
    kind: str
    given: str
    is_list: bool = False
    """Whether a list of ids is wanted there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A placeholder, and all that is not there because of it."""

    problem: Problem
    """The finding that tells of it."""
    wanted: str
    """That it is one, and what to write in its place."""
    name: str
    """Its path in words, entries by their id."""
    place: frozenset[str]
    """Its own path, as rules name what is missing."""
    lost: frozenset[str]
    """In the same way, the paths of all that holds nothing because of it."""

    def hides(self, name: str) -> bool:
        """Whether something missing stands in its place, or is nothing but placeholders with it."""
        steps = name.split(".")
        around = (".".join(steps[:depth]) for depth in range(1, len(steps)))
        return name in self.lost or not self.place.isdisjoint(around)


_MAX_ROUNDS = 8
_FILLINGS: dict[DataPath, Any] = {
    ("schema",): "1",
    ("account",): {"name": None, "status": None},
    ("account", "name"): None,
    ("account", "status"): None,
    ("summary",): None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One account's playbook as far as it is valid."""

    id: str
    document: Document
    """Its data and marks hold only what is valid, so that every path of the model has its line."""
    playbook: Playbook | None
    """None when the file cannot be read at all."""
    problems: tuple[Problem, ...]
    unknowns: tuple[DeclaredUnknown, ...] = ()
    """What it honestly says it does not know."""
    names_for_ids: tuple[NameForId, ...] = ()
    blanks: tuple[Blank, ...] = ()
    """Its placeholders."""
    lost: Mapping[DataPath, str] = field(default_factory=dict)
    """Where something stood that is not valid, each a place of `document`, with its name.

    The path of an entry that was left out ends with '*'. What rests on any of these waits.
    """
    watch: Watch | None = None
    """Tells what is asked for of `lost`; None where nothing is lost."""

    def lost_at(self, path: DataPath) -> tuple[str, ...]:
        """The names of what stood at a path, or around it, and was not valid."""
        return tuple(name for place, name in self.lost.items() if place == path[: len(place)])

    def losing(self, lost: Mapping[DataPath, str]) -> Plan:
        """The same with more that is lost, by name; whoever asks for any of it is told."""
        more = {path: name for path, name in lost.items() if path not in self.lost}
        if self.playbook is None or not more:
            return self
        both, watch = {**self.lost, **more}, Watch()
        # How sure something is can be asked for all the same: the value itself is there
        values = {path: name for path, name in both.items() if not _is_evidence(path)}
        return replace(self, lost=both, watch=watch, playbook=watched(self.playbook, values, watch))

    @property
    def name(self) -> str:
        """The account's name, its id where the name lacks."""
        return (self.playbook.account.name if self.playbook else None) or self.id


def plan_of(document: Document) -> Plan:
    """The plan in a document, with every shape error at its place."""
    if document.data is None:
        return Plan(id=document.stem, document=document, playbook=None, problems=document.problems)
    written = document.data
    valid, blanks = without_placeholders(document)
    playbook, faults = faults_of(Playbook, valid.data)
    told = {path: _placeholder(document, path) for path in blanks}
    falls = {path: _falls_with(document, path, faults) for path in blanks}
    problems = [
        *document.problems,
        *told.values(),
        *(_problem(document, fault) for fault in faults if not fault.noted),
    ]
    names = tuple(_names_for_ids(document, faults))
    lost = frozenset(document.doubtful)
    if playbook is None or blanks:
        valid, playbook, lost = _valid_part(valid, faults, falls)
    plan = Plan(
        id=document.stem,
        document=valid,
        playbook=playbook,
        problems=tuple(problems),
        unknowns=tuple(unknowns_in(valid.data)),
        names_for_ids=names,
        blanks=tuple(_blanks(written, told, falls)),
    )
    return plan.losing(named_places(valid, lost))


def _blanks(
    data: Any, told: Mapping[DataPath, Problem], falls: Mapping[DataPath, DataPath]
) -> Iterator[Blank]:
    """Each placeholder with what is lost by it: its value, and what without it holds nothing."""
    doomed = set(falls.values())
    emptied = set(_emptied(data, {*told, *doomed}))
    emptied |= doomed.difference(told)
    for path, problem in told.items():
        lost = [path, *(around for around in emptied if path[: len(around)] == around)]
        yield Blank(
            problem=problem,
            wanted=_wanted(data, path),
            name=_to_type(data, path),
            place=frozenset(_names(data, path)),
            lost=frozenset(name for place in lost for name in _names(data, place)),
        )


def _falls_with(document: Document, path: DataPath, faults: Iterable[Fault]) -> DataPath:
    """The widest place that cannot stand without the value at a path; else the path itself."""
    field = FORM.at(path)
    is_needed = field is not None and field.is_required and len(path) > 1
    noted = (document_path(document, fault.path) for fault in faults if fault.noted)
    around = (place for place in noted if path[: len(place)] == place)
    return min((_entry_of(path) if is_needed else path, *around), key=len)


def _to_type(data: Any, path: DataPath) -> str:
    """A place as people say it; of a word in a list the list."""
    return _name(data, path[:-1] if isinstance(path[-1], int) else path)


def _names(data: Any, path: DataPath) -> Iterator[str]:
    """A place as rules name what is missing: with its entries or without, one line as its value."""
    said = ".".join(step for step in path if isinstance(step, str))
    field = FORM.at(path)
    for name in (said, _name(data, path)):
        yield name
        if field and field.shorthand and not field.is_fact:
            yield f"{name}.{field.shorthand}"


def _valid_part(
    document: Document, faults: Sequence[Fault], falls: Mapping[DataPath, DataPath]
) -> tuple[Document, Playbook | None, frozenset[DataPath]]:
    playbook = None
    lost = frozenset(document.doubtful)
    blanks = frozenset((*falls, *falls.values()))
    for _ in range(_MAX_ROUNDS):
        document, lost = _without(document, faults, blanks, lost)
        blanks = frozenset()
        playbook, faults = faults_of(Playbook, document.data)
        if playbook is not None:
            break
    return document, playbook, lost


def _placeholder(document: Document, path: DataPath) -> Problem:
    """What cannot do without a value is told of as if it were missing."""
    field, wanted = FORM.at(path), _wanted(document.data, path)
    lacks = (_to_type(document.data, path),)
    if field and field.is_required:
        message = f"{wanted}; {who_needs(path)} needs it"
        return replace(document.problem(path, NOT_WRITTEN, message), lacks=lacks)
    message = f"{wanted}{',' if _may_be_none(path) else ''} or delete the line"
    return replace(document.problem(path, NOT_WRITTEN, message, level="warning"), lacks=lacks)


def _wanted(data: Any, path: DataPath) -> str:
    """What to write in the place of a placeholder."""
    return to_write(said_at(data, path), may_be_none=_may_be_none(path))


def _may_be_none(path: DataPath) -> bool:
    """Whether [] says at a place, or in that of the list around it, that there is none."""
    field = FORM.at(path)
    return isinstance(path[-1], int) or (field is not None and field.may_be_none)


def _names_for_ids(document: Document, faults: Iterable[Fault]) -> Iterator[NameForId]:
    for fault in faults:
        path = document_path(document, fault.path)
        given = path[-1] if fault.at_key else said_at(document.data, path)
        kind = _points_to(fault)
        if kind and isinstance(given, str):
            field = FORM.at(fault.path)
            is_list = field is not None and field.kind is Kind.LIST
            problem = _problem(document, fault)
            yield NameForId(problem=problem, kind=kind, given=given, is_list=is_list)


def _points_to(fault: Fault) -> str | None:
    """What the id at a place of the form, or each in a list there, must be one of."""
    above, field = FORM.at(fault.path[:-1]), FORM.at(fault.path)
    if field is not None and field.kind is Kind.LIST:
        entry = field.children[ENTRY]
        return entry.children[entry.shorthand].points_to if entry.shorthand else entry.points_to
    if fault.at_key:
        return above.keys_of_entries.points_to if above and above.keys_of_entries else None
    if above and above.may_be_unknown and fault.path[-1] == "owner":
        return "person"
    return field.points_to if field else None


def _problem(document: Document, fault: Fault) -> Problem:
    return document.problem(fault.path, fault.rule, fault.message, at_key=fault.at_key)


def _without(
    document: Document,
    faults: Iterable[Fault],
    blanks: Iterable[DataPath],
    lost: frozenset[DataPath],
) -> tuple[Document, frozenset[DataPath]]:
    """The document less what does not fit, and all that is lost from it by now.

    Required ground that is missing is laid empty. What is blank, a placeholder or what cannot stand
    without its value, is no loss: it is missing.
    """
    wrong: set[DataPath] = set()
    losses = set(lost)
    filled: dict[DataPath, Any] = {}
    for fault in faults:
        if fault.missing and fault.path in _FILLINGS:
            filled[fault.path] = _FILLINGS[fault.path]
            losses.add(fault.path)
        elif fault.missing:
            wrong.add(_entry_of(fault.path))
        else:
            wrong.add(document_path(document, fault.path))
            losses |= set(_meant(document, fault))
    wrong -= set(blanks)
    wrong |= set(_emptied(document.data, wrong))
    doomed = wrong.union(blanks)
    doomed |= set(_emptied(document.data, doomed))
    data, marks = _pruned(document.data, document.marks, (), frozenset(doomed))
    for path, value in filled.items():
        _fill(data, path, value)
    losses |= wrong
    return (
        replace(document, data=data, marks=marks),
        frozenset(_where_left(path, doomed) for path in losses),
    )


def _meant(document: Document, fault: Fault) -> Iterator[DataPath]:
    """The place of the key that an unknown one was meant to be, if nothing stands there."""
    if fault.meant is not None:
        path = (*fault.path[:-1], fault.meant)
        if not document.has(path):
            yield path


def _is_evidence(path: DataPath) -> bool:
    """Whether it only says how sure something is: the value itself can be read."""
    fields = [FORM.at(path[:depth]) for depth in range(1, len(path) + 1)]
    if any(field and field.name == "evidence" and field.kind is Kind.GROUP for field in fields):
        return True
    around = FORM.at(path[:-1])
    return path[-1] in Graded.model_fields and around is not None and around.takes_evidence


def _where_left(path: DataPath, doomed: Collection[DataPath]) -> DataPath:
    """A path once some are left out: an entry that goes becomes '*', those behind it move up."""
    steps: list[str | int] = []
    for depth, step in enumerate(path, 1):
        if path[:depth] in doomed:
            return (*steps, ENTRY if isinstance(step, int) else step)
        if isinstance(step, int):
            before = ((*path[: depth - 1], index) for index in range(step))
            steps.append(step - sum(each in doomed for each in before))
        else:
            steps.append(step)
    return tuple(steps)


def named_places(document: Document, paths: Iterable[DataPath]) -> dict[DataPath, str]:
    """Places by what people call them, in order."""
    return {path: _name(document.data, path) for path in sorted(paths, key=str)}


def _name(data: Any, path: DataPath) -> str:
    """A path as people say it: entries by what names them, one that was left out by its list."""
    around = FORM.at(path[:-1])
    if around is not None and around.is_fact and path[-1] == "value":
        path = path[:-1]
    words = []
    for depth, step in enumerate(path, 1):
        if isinstance(step, int):
            form, entry = FORM.at(path[:depth]), said_at(data, path[:depth])
            keys = form.named_by if form is not None and isinstance(entry, dict) else ()
            label = next((entry[key] for key in keys if entry.get(key)), step)
            words.append(str(step if is_placeholder(str(label)) else label))
        elif step != ENTRY:
            words.append(step)
    return ".".join(words)


def _emptied(data: Any, doomed: Collection[DataPath]) -> Iterator[DataPath]:
    """The lists and mappings of which nothing is left: '[]' would say that there are none."""
    lost: dict[DataPath, set[str | int]] = {}
    for path in sorted(doomed, key=len, reverse=True):
        lost.setdefault(path[:-1], set()).add(path[-1])
    for depth in range(max(map(len, lost), default=0), 0, -1):
        for path in [path for path in lost if len(path) == depth]:
            node = said_at(data, path)
            steps = node if isinstance(node, dict) else range(len(node or ()))
            if lost[path].issuperset(steps):
                lost.setdefault(path[:-1], set()).add(path[-1])
                yield path


def _entry_of(path: DataPath) -> DataPath:
    """The list entry (or the mapping) that lacks something, to be left out whole."""
    for depth in range(len(path) - 1, 0, -1):
        if isinstance(path[depth - 1], int):
            return path[:depth]
    return path[:-1]


def document_path(document: Document, path: DataPath) -> DataPath:
    """The part of a model path that stands in the file: a plain fact has no 'value' key."""
    depth = document.nearest(path)[1]
    return path[: max(depth, 1)]


def _pruned(node: Any, mark: Mark, path: DataPath, doomed: frozenset[DataPath]) -> tuple[Any, Mark]:
    children = mark.children
    if not isinstance(node, (dict, list)) or children is None:
        return node, mark
    copy = Mark(mark.line, mark.column, mark.key_line, mark.key_column)
    if isinstance(node, dict):
        kept: dict[str, Any] = {}
        marks: dict[str, Mark] = {}
        for key, value in node.items():
            inner = mark.child(key)
            if (*path, key) not in doomed and inner is not None:
                kept[key], marks[key] = _pruned(value, inner, (*path, key), doomed)
            elif (*path, key) not in doomed:
                kept[key] = value
        copy.children = marks
        return kept, copy
    entries: list[Any] = []
    copies: list[Mark] = []
    for index, value in enumerate(node):
        inner = mark.child(index)
        if (*path, index) not in doomed and inner is not None:
            entry, entry_mark = _pruned(value, inner, (*path, index), doomed)
            entries.append(entry)
            copies.append(entry_mark)
    copy.children = copies
    return entries, copy


def _fill(data: Any, path: DataPath, value: Any) -> None:
    for step in path[:-1]:
        data = data.setdefault(step, {})
    data.setdefault(path[-1], value.copy() if isinstance(value, dict) else value)
