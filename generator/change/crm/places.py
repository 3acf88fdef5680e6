"""What the CRM says of an account as facts, each with the place in a playbook where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.change.crm.mapping import CrmMapping
from generator.change.crm.names import composed
from generator.change.edit.edit import as_read
from generator.read.document import DataPath, said_at
from generator.read.numbers import NoNumber, number_of

EVIDENCE = ("grade", "as_of", "source")
REVENUE: DataPath = ("economics", "revenue")
DEALS: DataPath = ("opportunities",)
OUTCOMES: DataPath = ("outcomes",)
CONTACTS: DataPath = ("relationship", "contacts")
CASES: DataPath = ("service", "cases")
CONTRACT: DataPath = ("account", "contract")
SATISFACTION: DataPath = ("service", "satisfaction")
USAGE: DataPath = ("usage",)
INTERACTIONS: DataPath = ("relationship", "interactions")
# What tells one entry of a list from another: the first of these that finds one
ENTRY_KEYS: Mapping[DataPath, tuple[tuple[str, ...], ...]] = {
    REVENUE: (("year",),),
    DEALS: (("crm",), ("id",)),
    OUTCOMES: (("date", "kind"),),
    CONTACTS: (("id",),),
    CASES: (("id",),),
    SATISFACTION: (("date", "scale"),),
    USAGE: (("metric", "date"),),
    INTERACTIONS: (("date", "channel"),),
}
# The part of a mapping that each place is read from; a list that is not here is always asked for
PART_OF: Mapping[DataPath, str] = {
    REVENUE: "opportunities",
    DEALS: "opportunities",
    ("offerings",): "opportunities",
    ("economics", "development"): "opportunities",
    CONTACTS: "contacts",
    CASES: "cases",
    CONTRACT: "contracts",
    SATISFACTION: "satisfaction",
    USAGE: "usage",
    INTERACTIONS: "interactions",
}
# What happened on a day and is not said again: its evidence keeps its day while nothing changes
SETTLED = frozenset({OUTCOMES, CASES, SATISFACTION, USAGE, INTERACTIONS})
# Of people: what imports remember of them are fingerprints
PERSONAL = (CONTACTS, INTERACTIONS)
SHARED = "evidence"
# Written with a new entry; then a person's
ONCE = frozenset({"public_official", "lawful_basis", "collected_on", "review_by"})
# Written once, for a new playbook; then a person's
FIRST_ONLY = frozenset({("schema",), ("summary",), ("account", "tags"), ("account", "crm")})
SUMMARY: DataPath = ("summary",)
IMPORTED = "imported"
"""The tag of playbooks that imports made."""


@dataclass(frozen=True, kw_only=True)
class EvidencedValues:
    """Values of one mapping or entry that share one piece of evidence."""

    path: DataPath
    """Where the mapping stands; of an entry, where its list stands."""
    values: Mapping[str, Any]
    evidence: Mapping[str, Any]
    entry_keys: tuple[tuple[str, ...], ...] = ()
    """For an entry of a list: what it is found by."""
    entry: Mapping[str, Any] = field(default_factory=dict)
    """All of it in the form's order, with what only a new entry gets."""

    @property
    def is_entry(self) -> bool:
        """Whether these are facts of one entry of a list."""
        return bool(self.entry_keys)

    @property
    def is_settled(self) -> bool:
        """Whether these are facts of something that is over."""
        return self.is_entry and self.path in SETTLED

    @cached_property
    def place(self) -> str:
        """The name of its place: 'economics.revenue 2025'."""
        keys = self.entry_keys[0] if self.entry_keys else ()
        return place_name(self.path, (_said(self.values.get(key)) for key in keys))

    @property
    def naming(self) -> frozenset[str]:
        """The keys by which the entry is found."""
        return frozenset(key for keys in self.entry_keys for key in keys)

    @property
    def evidence_path(self) -> DataPath:
        """Where its evidence stands, below the mapping: of a section in a mapping of its own."""
        return (SHARED,) if SHARED in self.entry else ()

    @property
    def whole(self) -> dict[str, Any]:
        """A new entry with all that belongs to it."""
        if self.evidence_path:
            return dict(self.entry)
        return {**self.entry, **self.values, **self.evidence}

    def without(self, key: str) -> EvidencedValues:
        """The same without one of its values."""
        values, entry = (
            {k: v for k, v in d.items() if k != key} for d in (self.values, self.entry)
        )
        return replace(self, values=values, entry=entry)


def facts_of(data: Mapping[str, Any], path: DataPath = ()) -> Iterator[EvidencedValues]:
    """All facts of a playbook made of the CRM, in the order of the form."""
    plain = {
        key: value
        for key, value in data.items()
        if (*path, key) not in FIRST_ONLY
        and key not in EVIDENCE
        and not isinstance(value, (Mapping, list, tuple))
    }
    if plain:
        yield EvidencedValues(path=path, values=plain, evidence={})
    for key, value in data.items():
        inner_path = (*path, key)
        if inner_path in FIRST_ONLY:
            continue
        if isinstance(value, Mapping) and ("source" in value or SHARED in value):
            yield _facts(value, inner_path, ())
        elif isinstance(value, Mapping):
            yield from facts_of(value, inner_path)
        elif isinstance(value, (list, tuple)):
            for entry in value:
                yield _facts(entry, inner_path, ENTRY_KEYS[inner_path])


def _facts(
    entry: Mapping[str, Any], path: DataPath, keys: tuple[tuple[str, ...], ...]
) -> EvidencedValues:
    apart = {*EVIDENCE, SHARED, *(ONCE if keys else ())}
    evidence = entry.get(SHARED, entry)
    return EvidencedValues(
        path=path,
        values={key: value for key, value in entry.items() if key not in apart},
        entry=entry,
        evidence={key: evidence[key] for key in EVIDENCE if key in evidence},
        entry_keys=keys,
    )


def place_name(path: DataPath, entry: Iterable[str] = ()) -> str:
    """A place by the path of its mapping or list, and what its entry is found by."""
    return " ".join((".".join(map(str, path)), *entry))


def _said(value: Any) -> str:
    """A key of an entry in the name of its place."""
    return "-" if value is None else str(as_read(value))


def entries_in(
    data: Mapping[str, Any], path: DataPath
) -> Iterator[tuple[DataPath, dict[str, Any]]]:
    """The entries of a list with keys, each with its path."""
    entries = said_at(data, path)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield (*path, number), entry


def place_of_entry(path: DataPath, entry: Mapping[str, Any]) -> str:
    """The name of the place of an entry of the list at a path."""
    keys = next(
        (keys for keys in ENTRY_KEYS[path] if all(key in entry for key in keys)),
        ENTRY_KEYS[path][-1],
    )
    return place_name(path, (_said(entry.get(key)) for key in keys))


_LISTS = {place_name(path): path for path in ENTRY_KEYS}


def list_of(place: str) -> DataPath | None:
    """The list that a place is an entry of."""
    name, space, _ = place.partition(" ")
    return _LISTS.get(name) if space else None


def found_at(data: Mapping[str, Any], place: str) -> DataPath | None:
    """The path at which a place stands in a playbook now; None where it does not."""
    entries_of = list_of(place)
    if entries_of is None:
        path = tuple(place.split("."))
        return None if said_at(data, path) is None else path
    entries = entries_in(data, entries_of)
    return next((p for p, entry in entries if place_of_entry(entries_of, entry) == place), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEvidence:
    """The evidence of what stands in a playbook: its own, else its section's."""

    source: str | None
    as_of: str | None

    def is_from(self, mapping: CrmMapping) -> bool:
        """Whether it came from this CRM before."""
        return self.source is not None and self.source.startswith(mapping.source)

    def is_newer_than(self, mapping: CrmMapping) -> bool:
        """Whether it is of a later day than the export."""
        return bool(self.as_of and self.as_of > mapping.as_of.isoformat())


def standing_of(data: Mapping[str, Any], path: DataPath, entry: Any) -> StandingEvidence:
    """The evidence in force at a place; undated facts are as old as the last review."""
    section = data.get(str(path[0])) if path else None
    shared = section.get("evidence") if isinstance(section, dict) else None
    own = entry if isinstance(entry, dict) else {}
    own = own.get(SHARED, own)
    levels = [level for level in (own, shared) if isinstance(level, dict)]
    account = data.get("account")
    reviewed = account.get("reviewed") if isinstance(account, dict) else None
    return StandingEvidence(
        source=next((level["source"] for level in levels if level.get("source")), None),
        as_of=next((level["as_of"] for level in levels if level.get("as_of")), reviewed),
    )


def is_tagged(data: Mapping[str, Any]) -> bool:
    """Whether a playbook began as an import."""
    tags = said_at(data, ("account", "tags"))
    return isinstance(tags, list) and IMPORTED in tags


def has_imported(data: Mapping[str, Any], mapping: CrmMapping) -> bool:
    """Whether anything in a playbook came from this CRM before."""
    sources = (value for path, value in leaves(data) if path[-1] == "source")
    return is_tagged(data) or any(str(one).startswith(mapping.source) for one in sources)


def is_same(old: Any, new: Any) -> bool:
    """Whether two values say the same: 9514.50 is 9514.5, and accents count however stored."""
    read = as_read(new)
    if old == read or (isinstance(old, str) and composed(old) == read):
        return True
    try:
        return number_of(str(old)) == number_of(str(read))
    except NoNumber:
        return False


def plain_value(value: Any) -> Any:
    """The value of a fact with evidence in braces; None of one that nobody knows yet."""
    if isinstance(value, dict) and value.get("unknown"):
        return None
    return value["value"] if isinstance(value, dict) and "value" in value else value


def leaves(data: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    """Every single value in plain data, with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from leaves(value, (*path, number))
    else:
        yield path, data


def part_of(place: str) -> str | None:
    """The part of a mapping that a place is read from; None for what has no part of its own."""
    path = list_of(place) or tuple(place.split("."))
    return next((PART_OF[path[:d]] for d in range(len(path), 0, -1) if path[:d] in PART_OF), None)


def named_by(place: str) -> frozenset[str]:
    """The keys by which an entry at a place may be found."""
    path = list_of(place)
    return frozenset(key for keys in ENTRY_KEYS[path] for key in keys) if path else frozenset()


def places_of_value(data: Mapping[str, Any], path: DataPath) -> Iterator[tuple[str, str]]:
    """The places that a value may have been written at, each with its key there."""
    path = path[:-1] if path[-1] == "value" else path
    for entries_of in ENTRY_KEYS:
        depth = len(entries_of)
        if path[:depth] == entries_of and len(path) > depth + 1:
            entry = said_at(data, path[: depth + 1])
            yield place_of_entry(entries_of, entry), str(path[depth + 1])
    yield place_name(path[:-1]), str(path[-1])
    yield place_name(path), "value"


def field_name(path: DataPath) -> str:
    """The name under `wins`: offerings by their field, entries without their place."""
    words = [step for step in path if isinstance(step, str)]
    if words[0] == "offerings":
        del words[1:2]
    return ".".join(words)
