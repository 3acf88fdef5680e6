"""Ids that point elsewhere: to the catalogue, the team, other playbooks, entries of this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from generator.form import FORM
from generator.model.fields import ENTRY, form_of
from generator.model.kinds import Kind
from generator.model.samples import WRITE_IT, least_sample
from generator.model.shape import (
    DID_YOU_MEAN,
    FOR_NONE,
    did_you_mean,
    nearest,
    says_none,
    surely_meant,
)
from generator.problems import CURE_AFTER, Cause, Problem, one_line
from generator.read.document import DataPath, Document, Position, said_at
from generator.read.slips import in_plain_signs
from generator.read.text import shown
from generator.rules.validate.built_in import BUILT_IN, BY_APPROVAL, KINDS
from generator.rules.validate.plan import NameForId, Plan, named_places, unknowns_in
from generator.settings import Settings
from generator.settings.load import FILES
from generator.settings.site_config import Named

_ALWAYS = frozenset(rule.id for rule in BUILT_IN) - {BY_APPROVAL}


@cache
def references() -> tuple[tuple[str, str], ...]:
    """Where an id stands in a playbook, and what it must be one of.

    '*' is every entry of a list, '#' the keys of a mapping. An entry may be written as its id.
    """
    return tuple(_references())


def _references() -> Iterator[tuple[str, str]]:
    for field in FORM.walk():
        entry = field.children[ENTRY] if field.kind in (Kind.LIST, Kind.MAPPING) else None
        keys = field.keys_of_entries
        if keys and keys.points_to:
            yield keys.pattern, keys.points_to
        if field.points_to:
            yield field.pattern, field.points_to
        if entry and entry.is_leaf and entry.points_to:
            yield entry.pattern, entry.points_to
        if field.shorthand and (kind := field.children[field.shorthand].points_to):
            yield field.pattern, kind


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tuple(pattern.split(".")), kind) for pattern, kind in references())


@cache
def _defined() -> tuple[tuple[DataPath, str], ...]:
    """The lists whose entries' ids others point to, and what these are."""
    return tuple(
        (tuple(field.pattern.split(".")[:-2]), field.defines)
        for field in FORM.walk()
        if field.defines
    )


class Place(NamedTuple):
    """Where something stands: a file and a place in it."""

    path: str
    position: Position


def _place_of(document: Document, key: str) -> Place:
    """Where a key stands in the firm's own file, or the file's beginning where it does not."""
    is_own = document.file_of((key,)) == document.path
    return Place(document.path, document.key_place((key,)) if is_own else Position(1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIds:
    """The ids there are, by kind; those of one playbook's own entries are added for each."""

    ids: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Mapping[str, str]]
    """By kind: the id of each name that people know, in small letters."""
    settings: Mapping[str, Place]
    """Where the settings list those of a kind, of the kinds that they list."""

    @classmethod
    def of(cls, plans: Sequence[Plan], settings: Settings) -> KnownIds:
        """What site_config and the playbooks of the workspace define."""
        catalogue = settings.catalogue
        return cls(
            ids={
                "industry": tuple(catalogue.industries),
                "region": tuple(catalogue.regions),
                "use": tuple(catalogue.uses),
                "offering": tuple(catalogue.offerings),
                "activity": tuple(catalogue.activities),
                "channel": tuple(catalogue.channels),
                "recognition": tuple(catalogue.recognition),
                "reference-use": tuple(catalogue.reference_uses),
                "dimension": tuple(settings.labels.get("dimensions", ())),
                "element": tuple(settings.labels.get("elements", ())),
                "person": tuple(settings.team.people),
                "rule": (*(rule.id for rule in settings.rules.rules), BY_APPROVAL),
                "account": tuple(plan.id for plan in plans),
            },
            names={
                "industry": _labels(catalogue.industries),
                "region": _labels(catalogue.regions),
                "use": _labels(catalogue.uses),
                "offering": _labels(catalogue.offerings),
                "activity": _labels(catalogue.activities),
                "channel": _labels(catalogue.channels),
                "recognition": _labels(catalogue.recognition),
                "reference-use": _labels(catalogue.reference_uses),
                "person": {
                    person.name.lower(): name for name, person in settings.team.people.items()
                },
                "account": {plan.name.lower(): plan.id for plan in plans},
            },
            settings={
                kind: _place_of(settings.documents[target.setting[0]], target.setting[1])
                for kind, target in KINDS.items()
                if target.setting is not None
            },
        )

    def and_of(self, data: Mapping[str, Any]) -> KnownIds:
        """These and those of a playbook's own entries."""
        ids, names = dict(self.ids), dict(self.names)
        for path, kind in _defined():
            entries = [entry for entry in said_at(data, path) or () if entry and entry.get("id")]
            ids[kind] = (*ids.get(kind, ()), *(entry["id"] for entry in entries))
            named = {
                str(entry[key]).lower(): entry["id"]
                for entry in entries
                for key in _NAMES
                if entry.get(key)
            }
            names[kind] = {**names.get(kind, {}), **named}
        return replace(self, ids=ids, names=names)

    def meant(self, given: str, kind: str) -> str | None:
        """The id of one that people know by this name, or from which it differs by a slip."""
        by_name = self.names.get(kind, {}).get(given.lower().strip())
        return by_name or surely_meant(_as_id(given), self.ids.get(kind, ()))

    def cure(self, given: str, kind: str) -> str:
        """The id that is meant, else those there are and how another is added; '' without any."""
        target, known = KINDS[kind], self.ids.get(kind, ())
        if meant := self.meant(given, kind):
            return f"{DID_YOU_MEAN} '{meant}'? ({target.place})"
        if signs := in_plain_signs(given):
            return f"{signs} ({target.place})"
        listed_by = f"playbook settings {'.'.join(target.setting)}" if target.setting else ""
        near = did_you_mean(_as_id(given), known, listed_by)
        if target.setting is None or target.is_closed:
            return f"{near} ({target.place})" if near else ""
        return f"{near}; {_to_add(given, target.setting, target.place)}"


def _as_id(given: str) -> str:
    """A name as it would be written as an id."""
    return re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")


def _to_add(given: str, setting: tuple[str, str], place: str) -> str:
    """The line that adds one to the firm's own settings, and where it goes."""
    file, key = setting
    new = _as_id(given) or "an-id"
    words = new.replace("-", " ")
    label = given if given != new else words.title() if key == "people" else words.capitalize()
    entry = form_of(FILES[file]).at((key, new))
    words = least_sample(entry).replace(WRITE_IT, label) if entry else WRITE_IT
    return f"to add it, write '{new}: {words}' under '{key}:' in {place}"


_NAMES = ("name", "statement", "what", "doubt")
"""Where an entry of a playbook has its name, beside its id."""


def _labels(entries: Mapping[str, Named]) -> dict[str, str]:
    return {
        label.lower(): name
        for name, entry in entries.items()
        for label in (entry.label.zh or entry.label.en, entry.label.en)
    }


def named_ids(plan: Plan, known: KnownIds) -> tuple[Problem, ...]:
    """The findings of a plan, with the id that is meant where a name stands in its place."""
    own = known.and_of(plan.document.data or {}) if plan.names_for_ids else known
    meant = {}
    for name in plan.names_for_ids:
        if message := _of_list(name, own) if name.is_list else own.cure(name.given, name.kind):
            told = message if name.is_list else f"{shown(name.given)} is no id{message}"
            meant[name.problem] = replace(name.problem, message=one_line(told))
    return tuple(meant.get(problem, problem) for problem in plan.problems)


def _of_list(name: NameForId, known: KnownIds) -> str:
    """How names, one behind the other, are written as a list of ids; '' where none is known."""
    if says_none(name.given):
        return ""
    given = re.split(r"[,;&]| and ", name.given)
    ids = [id_ for each in given if (id_ := known.meant(each.strip(), name.kind)) is not None]
    there = known.ids.get(name.kind, ())
    if len(ids) < len(given) and 0 < len(there) <= _FEW:
        return f"a list is wanted here, such as [{there[0]}]; known: {', '.join(there)}"
    return f"a list is wanted here; write [{', '.join(ids)}]" if len(ids) == len(given) else ""


_FEW = 16
"""So many ids are listed."""


class Dangling(NamedTuple):
    """Ids of a plan that point nowhere."""

    problems: tuple[Problem, ...]
    """One for each id, at the first place that names it."""
    lost: Mapping[DataPath, str]
    """By place what is lost with it: whoever names the id, and the list that it was taken from."""


def dangling_references(plan: Plan, known: KnownIds) -> Dangling:
    """What is wrong with ids that point nowhere, and with an account that points at itself."""
    known = known.and_of(plan.document.data or {})
    by_id: dict[tuple[str, str], list[Problem]] = {}
    problems: list[Problem] = []
    lost: dict[DataPath, str] = {}
    for path, given, kind in _named_in(plan):
        for problem in _problem(plan, path, given, kind, known):
            if given in known.ids.get(kind, ()):  # there is one, and it must not be named here
                problems.append(problem)
                continue
            taken_out = _taken_out(plan, kind)
            is_near = _is_near(given, known.ids.get(kind, ()), surely=bool(taken_out))
            if taken_out and not is_near:  # that is the mistake, and it is told
                lost[path] = taken_out[0]
                continue
            by_id.setdefault((kind, given), []).append(problem)
            lost |= _lost_with(plan, path, given, () if is_near else _lists_of(kind))
    problems += map(_at_first, by_id.values())
    return Dangling(tuple(problems), lost)


def _named_in(plan: Plan) -> Iterator[tuple[DataPath, str, str]]:
    """Every id that a plan names: where, which and of what kind."""
    for pattern, kind in _patterns():
        for path, given in _matches(plan.document.data or {}, pattern, ()):
            yield path, given, kind
    for unknown in plan.unknowns:
        if unknown.owner:
            yield (*unknown.path, "owner"), unknown.owner, "person"


def _lost_with(
    plan: Plan, path: DataPath, given: str, lists: Sequence[DataPath]
) -> dict[DataPath, str]:
    """What is lost with an id that points nowhere; its entry may have been taken out of `lists`.

    Of an entry that names what there is not nothing can be taken by default: it waits as a whole.
    """
    depth = max((n for n, step in enumerate(path, 1) if isinstance(step, int)), default=0)
    around = path[:depth] if depth > 1 and isinstance(path[-1], str) else path
    name = next(
        (f"{'.'.join(map(str, of))}.{given}" for of in lists),
        named_places(plan.document, [around])[around],
    )
    return {path: name, **{(*of, ENTRY): name for of in lists}}


def _is_near(given: str, known: Sequence[str], *, surely: bool) -> bool:
    """Whether an id that there is was probably meant; `surely` where one is missing, too."""
    return bool(surely_meant(given, known) if surely else nearest(given, known))


def _lists_of(kind: str) -> tuple[DataPath, ...]:
    """The lists of a playbook whose entries ids of a kind point to."""
    return tuple(path for path, defined in _defined() if defined == kind)


def _taken_out(plan: Plan, kind: str) -> tuple[str, ...]:
    """What could not be read of the lists that ids of a kind point to: that is the mistake."""
    return tuple(
        name
        for path in _lists_of(kind)
        for name in (*plan.lost_at(path), plan.lost.get((*path, ENTRY)))
        if name
    )


def _at_first(problems: Sequence[Problem]) -> Problem:
    """One finding for all places that name the same id."""
    first = min(problems)
    if len(problems) == 1:
        return first
    more = len(problems) - 1
    lean = "1 more place leans on it" if more == 1 else f"{more} more places lean on it"
    return replace(first, message=f"{first.message}; {lean}")


def references_in(data: Mapping[str, Any], kind: str) -> Iterator[tuple[DataPath, str]]:
    """The places of a playbook that name one of a kind of KINDS, and the id they name."""
    for pattern, of in _patterns():
        if of == kind:
            yield from _matches(data, pattern, ())
    if kind == "person":
        yield from (
            ((*unknown.path, "owner"), unknown.owner)
            for unknown in unknowns_in(data)
            if unknown.owner
        )


def _problem(
    plan: Plan, path: DataPath, given: str, kind: str, known: KnownIds
) -> Iterator[Problem]:
    of_kind = KINDS[kind]
    if kind == "account" and given == plan.id:
        yield plan.document.problem(path, "own-reference", "an account cannot point at itself")
    elif kind == "rule" and given in _ALWAYS:
        message = f"no waiver reaches '{given}'; mend the plan and delete the waiver"
        yield plan.document.problem(path, "unknown-rule", message)
    elif given not in known.ids.get(kind, ()):
        cure = known.cure(given, kind) or f" ({of_kind.place})"
        if says_none(given):
            is_listed = isinstance(path[-1], int)
            cure = f"; {FOR_NONE}" if is_listed else "; delete the line if there is none"
        fault = f"unknown {of_kind.name} '{given}'"
        at_key = given == path[-1]
        problem = plan.document.problem(path, f"unknown-{kind}", f"{fault}{cure}", at_key=at_key)
        place = known.settings.get(kind)
        yield replace(problem, cause=place and _not_listed(place, fault, cure))


def _not_listed(place: Place, fault: str, cure: str) -> Cause:
    """What several plans name and the settings do not list."""
    path, (line, column) = place
    return Cause(
        path=path, line=line, column=column, fault=fault, cure=cure.removeprefix(CURE_AFTER)
    )


def _matches(node: Any, pattern: tuple[str, ...], path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if not pattern:
        if isinstance(node, str):
            yield path, node
        return
    step, rest = pattern[0], pattern[1:]
    if step == "#":
        for key in node if isinstance(node, dict) else ():
            yield (*path, key), key
    elif step == "*":
        entries = node.items() if isinstance(node, dict) else enumerate(node or ())
        if isinstance(node, (dict, list)):
            for key, value in entries:
                yield from _matches(value, rest, (*path, key))
    elif isinstance(node, dict) and step in node:
        yield from _matches(node[step], rest, (*path, step))
