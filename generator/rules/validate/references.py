"""Ids that point elsewhere: to the catalogue, the team, other playbooks, entries of this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.form import FORM
from generator.model.fields import ENTRY
from generator.model.kinds import Kind
from generator.model.shape import did_you_mean
from generator.problems import Problem
from generator.read.document import DataPath, said_at
from generator.rules.validate.built_in import BUILT_IN, BY_APPROVAL, KINDS
from generator.rules.validate.plan import Plan, unknowns_in
from generator.settings import Settings

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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIds:
    """The ids there are, by kind; those of one playbook's own entries are added for each."""

    ids: Mapping[str, tuple[str, ...]]

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
            }
        )


def dangling_references(plan: Plan, known: KnownIds) -> Iterator[Problem]:
    """A finding for each id that points nowhere, and for an account that points at itself."""
    data = plan.document.data or {}
    own = _own_ids(data)
    for pattern, kind in _patterns():
        for path, given in _matches(data, pattern, ()):
            yield from _problem(plan, path, given, kind, own.get(kind) or known.ids.get(kind, ()))
    for unknown in plan.unknowns:
        if unknown.owner:
            yield from _problem(
                plan, (*unknown.path, "owner"), unknown.owner, "person", known.ids["person"]
            )


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
    plan: Plan, path: DataPath, given: str, kind: str, ids: Sequence[str]
) -> Iterator[Problem]:
    of_kind = KINDS[kind]
    if kind == "account" and given == plan.id:
        yield plan.document.problem(path, "own-reference", "an account cannot point at itself")
    elif kind == "rule" and given in _ALWAYS:
        message = f"no waiver reaches '{given}'; mend the plan and delete the waiver"
        yield plan.document.problem(path, "unknown-rule", message)
    elif given not in ids:
        yield plan.document.problem(
            path,
            f"unknown-{kind}",
            f"unknown {of_kind.name} '{given}'{did_you_mean(given, ids)} ({of_kind.place})",
            at_key=given == path[-1],
        )


def _own_ids(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    own: dict[str, tuple[str, ...]] = {}
    for path, kind in _defined():
        own[kind] = (*own.get(kind, ()), *_ids(said_at(data, path)))
    return own


def _ids(entries: Any) -> tuple[str, ...]:
    return tuple(entry["id"] for entry in entries or () if entry and entry.get("id"))


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
