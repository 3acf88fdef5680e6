"""Whose word holds where a playbook and the CRM say different things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.edit.edit import as_read
from generator.read.document import DataPath

Verdict = Literal["same", "fill", "update", "replace", "keep", "older"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The evidence of what stands in a playbook: its own, else its section's."""

    source: str | None
    as_of: str | None

    def is_from(self, how: CrmMapping) -> bool:
        """Whether it came from this CRM before."""
        return self.source is not None and self.source.startswith(how.source)


def standing_of(data: Mapping[str, Any], path: DataPath, entry: Any) -> Standing:
    """The evidence in force at a place; undated facts are as old as the last review."""
    section = data.get(str(path[0])) if path else None
    shared = section.get("evidence") if isinstance(section, dict) else None
    own = entry if isinstance(entry, dict) else {}
    levels = [one for one in (own, shared) if isinstance(one, dict)]
    account = data.get("account")
    reviewed = account.get("reviewed") if isinstance(account, dict) else None
    return Standing(
        source=next((one["source"] for one in levels if one.get("source")), None),
        as_of=next((one["as_of"] for one in levels if one.get("as_of")), reviewed),
    )


def verdict_on(field: str, old: Any, new: Any, standing: Standing, how: CrmMapping) -> Verdict:
    """What becomes of one value.

    The mapping says who wins; where it does not, the CRM over what came from it, else the playbook.
    """
    if old is None:
        return "fill"
    if is_same(old, new):
        return "same"
    winner = how.winner(field)
    if winner == "playbook" or (winner is None and not standing.is_from(how)):
        return "keep"
    if standing.as_of and standing.as_of > how.as_of.isoformat():
        return "older"
    return "update" if standing.is_from(how) else "replace"


def is_same(old: Any, new: Any) -> bool:
    """Whether two values say the same: 9514.50 is 9514.5."""
    read = as_read(new)
    if old == read:
        return True
    try:
        return float(old) == float(read)
    except (TypeError, ValueError):
        return False
