"""What the CRM says of an account, fact by fact, each with the evidence it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.read.document import DataPath

EVIDENCE = ("grade", "as_of", "source")
# What tells one entry of a list from another: the first of these that finds one
ENTRY_KEYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "revenue": (("year",),),
    "opportunities": (("crm",), ("id",)),
    "outcomes": (("date", "kind"),),
    "contacts": (("id",),),
    "cases": (("id",),),
}
# What happened on a day and is not said again: its evidence keeps its day while nothing changes
SETTLED = frozenset({"outcomes", "cases"})
# Written with a new entry; then a person's
ONCE = frozenset({"public_official", "lawful_basis", "collected_on", "review_by"})
# Written once, for a new playbook; then a person's
FIRST_ONLY = frozenset({("schema",), ("summary",), ("account", "tags"), ("account", "crm")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
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
        return self.is_entry and self.path[-1] in SETTLED

    @property
    def naming(self) -> frozenset[str]:
        """The keys by which the entry is found."""
        return frozenset(key for keys in self.entry_keys for key in keys)

    @property
    def whole(self) -> dict[str, Any]:
        """A new entry with all that belongs to it."""
        return {**self.entry, **self.values, **self.evidence}


def facts_of(data: Mapping[str, Any], path: DataPath = ()) -> Iterator[Facts]:
    """All facts of a playbook made of the CRM, in the order of the form."""
    plain = {
        key: value
        for key, value in data.items()
        if (*path, key) not in FIRST_ONLY
        and key not in EVIDENCE
        and not isinstance(value, (Mapping, list, tuple))
    }
    if plain:
        yield Facts(path=path, values=plain, evidence={})
    for key, value in data.items():
        here = (*path, key)
        if here in FIRST_ONLY:
            continue
        if isinstance(value, Mapping) and "source" in value:
            yield _facts(value, here, ())
        elif isinstance(value, Mapping):
            yield from facts_of(value, here)
        elif isinstance(value, (list, tuple)):
            for entry in value:
                yield _facts(entry, here, ENTRY_KEYS[key])


def _facts(entry: Mapping[str, Any], path: DataPath, keys: tuple[tuple[str, ...], ...]) -> Facts:
    apart = {*EVIDENCE, *(ONCE if keys else ())}
    return Facts(
        path=path,
        values={key: value for key, value in entry.items() if key not in apart},
        entry=entry,
        evidence={key: entry[key] for key in EVIDENCE if key in entry},
        entry_keys=keys,
    )
