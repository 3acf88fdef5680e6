"""What the CRM says of an account, fact by fact, each with the evidence it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.read.document import DataPath

EVIDENCE = ("grade", "as_of", "source")
# What tells one entry of a list from another, the first that both have
ENTRY_KEYS = {"revenue": ("year",), "opportunities": ("crm", "id")}
# Written once, for a new playbook; then a person's
FIRST_ONLY = frozenset({("schema",), ("summary",), ("account", "tags"), ("account", "crm")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Values of one mapping or entry that share one piece of evidence."""

    path: DataPath
    """Where the mapping stands; of an entry, where its list stands."""
    values: Mapping[str, Any]
    evidence: Mapping[str, Any]
    entry_keys: tuple[str, ...] = ()
    """For an entry of a list: what it is found by."""

    @property
    def is_entry(self) -> bool:
        """Whether these are facts of one entry of a list."""
        return bool(self.entry_keys)


def facts_of(data: Mapping[str, Any], path: DataPath = ()) -> Iterator[Facts]:
    """All facts of a playbook made of the CRM, in the order of the form."""
    plain = {}
    for key, value in data.items():
        here = (*path, key)
        if here in FIRST_ONLY or key in EVIDENCE:
            continue
        if isinstance(value, Mapping) and "source" in value:
            yield _facts(value, here, ())
        elif isinstance(value, Mapping):
            yield from facts_of(value, here)
        elif isinstance(value, (list, tuple)):
            for entry in value:
                yield _facts(entry, here, ENTRY_KEYS[key])
        else:
            plain[key] = value
    if plain:
        yield Facts(path=path, values=plain, evidence={})


def _facts(entry: Mapping[str, Any], path: DataPath, keys: tuple[str, ...]) -> Facts:
    return Facts(
        path=path,
        values={key: value for key, value in entry.items() if key not in EVIDENCE},
        evidence={key: entry[key] for key in EVIDENCE if key in entry},
        entry_keys=keys,
    )
