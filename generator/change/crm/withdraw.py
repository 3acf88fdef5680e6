"""What an import wrote and the export says no more goes; what a person built on it stays, told."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from generator.change.crm.mapping import CrmMapping
from generator.change.crm.memory import Written, is_as_written
from generator.change.crm.places import (
    CASES,
    CONTACTS,
    CONTRACT,
    DEALS,
    ENTRY_KEYS,
    EVIDENCE,
    INTERACTIONS,
    ONCE,
    PART_OF,
    REVENUE,
    SHARED,
    SUMMARY,
    USAGE,
    EvidencedValues,
    entries_in,
    facts_of,
    field_name,
    found_at,
    is_same,
    leaves,
    list_of,
    named_by,
    part_of,
    place_name,
    place_of_entry,
    plain_value,
    standing_of,
)
from generator.change.edit.edit import Change, Drop, Put, changed
from generator.change.edit.roundtrip import has_comment, has_comment_inside
from generator.form import FORM
from generator.read import Document
from generator.read.document import DataPath, said_at
from generator.rules.validate.references import references

# They say who the account is: they stay where the CRM has it no more
_WHOLE = frozenset({"account", "economics"})
# The column that a value is read from, where it has another name
_COLUMNS = {
    "offering": "product",
    "close_on": "closed_on",
    "auto_renews": "renews",
    "contacts": "contact",
    "reference": "id",
    "notice_by": "notice",
}
# Their values stand in columns; those of others are reckoned
_OF_ONE_ROW = (DEALS, CONTACTS, CASES, USAGE, INTERACTIONS)
_CONTRACT = place_name(CONTRACT)
_ROWS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFinding:
    """A finding whose place is known only after the edit."""

    path: DataPath
    rule: str
    message: str


@dataclass(frozen=True, kw_only=True)
class CrmAccount:
    """What an export says of one account, where it comes from, and what it was not asked for."""

    data: Mapping[str, Any] = field(default_factory=dict)
    """As a playbook; empty for an account that the export has no more."""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By place, what the CRM calls the rows that it is made of."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The deals by id: won, lost or open."""
    not_asked: frozenset[str] = frozenset()
    """Places of rows that the mapping leaves out of the export: cases closed long ago."""
    since: Mapping[DataPath, datetime.date] = field(default_factory=dict)
    """By list, the first day that the mapping asks for; what is older was said once."""

    def is_asked_about(self, place: str) -> bool:
        """Whether the export would say what stands at a place, if it were still so."""
        entries_of = list_of(place) or ()
        since = self.since.get(entries_of)
        if since is None:
            return place not in self.not_asked
        said = place.split(" ")[1:]
        return said[ENTRY_KEYS[entries_of][0].index("date")] >= since.isoformat()

    @cached_property
    def places(self) -> Mapping[str, EvidencedValues]:
        """The facts by the name of their place."""
        return {facts.place: facts for facts in facts_of(self.data)}


def deal_closed(
    path: DataPath, key: str, crm: CrmAccount, mapping: CrmMapping, why: str = ""
) -> LateFinding:
    """The finding of a deal that is not open in the CRM and stays in the playbook."""
    state = crm.states.get(key)
    words = f"is {state}" if state else "is not among this account's deals"
    message = f"deal '{key}' {words} in {_export(mapping)}; {why}delete it here"
    return LateFinding(path=path, rule="crm-deal-closed", message=message)


def _contact_gone(path: DataPath, entry: Mapping[str, Any], mapping: CrmMapping) -> LateFinding:
    message = (
        f"contact '{entry.get('id')}' is not in {_export(mapping)}; write left_on, or delete it"
    )
    return LateFinding(path=path, rule="crm-contact-gone", message=message)


def _export(mapping: CrmMapping) -> str:
    return f"{mapping.source} of {mapping.as_of}"


@dataclass(slots=True, kw_only=True)
class Withdrawal:
    """What goes of one playbook."""

    document: Document
    data: Mapping[str, Any]
    crm: CrmAccount
    mapping: CrmMapping
    known: Mapping[str, Written]
    """What earlier imports wrote, by place."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Those that have another name from now on, and that name."""
    changes: list[Change] = field(default_factory=list)
    notes: list[LateFinding] = field(default_factory=list)
    left_empty: set[str] = field(default_factory=set)
    """Years without revenue that stay for what a person wrote there."""

    def run(self, others: Sequence[Change]) -> None:
        """All of it; `others` are the changes that the import makes besides."""
        before = {new: old for old, new in self.moved.items()}
        for place, facts in self.crm.places.items():
            if (name := before.get(place, place)) in self.known:
                self._withdraw_keys(name, facts)
        gone = {}
        for place, path in self._gone():
            if not self._is_built_on(place, path):
                gone[path] = Drop(path=path)
        kept = self._named_elsewhere(gone, others)
        for path in kept:
            self.notes.append(_contact_gone(path, said_at(self.data, path), self.mapping))
        self.changes += [drop for path, drop in gone.items() if path not in kept]
        if self.crm.data:
            self._tell_unknown()

    def _gone(self) -> Iterator[tuple[str, DataPath]]:
        """What earlier imports wrote and the export says no more, with its path."""
        whole = () if self.crm.data else _WHOLE
        wanted = {*self.crm.places, *self.moved, *whole, place_name(SUMMARY)}
        for place in self.known:
            if place in wanted or not self.crm.is_asked_about(place):
                continue
            path = found_at(self.data, place)
            if path is not None and self._is_asked_for(part_of(place)):
                yield place, path

    def _is_asked_for(self, part: str | None, key: str | None = None) -> bool:
        """Whether the mapping, by the tables that are there, reads a part or a key of it."""
        if part is None:  # outcomes are of deals and of a table of their own
            lacks = map(self.mapping.is_lacking, ("opportunities", "outcomes"))
            return not any(lacks)
        if not self.mapping.is_asked_for(part):
            return False
        field = _COLUMNS.get(key or "", key or "")
        columns = getattr(self.mapping, part)
        return key is None or any(getattr(one, field, None) is not None for one in columns)

    def _is_built_on(self, place: str, path: DataPath) -> bool:
        """Whether a person changed or added something there; then it stays, and that is told."""
        entry = said_at(self.data, path)
        if list_of(place) == CONTACTS and "left_on" in entry:
            return True  # a person says already what there is to say
        why, stays_whole = self._hand_of_people(place, path), True
        if self.mapping.winner(field_name(path)) == "playbook":
            why = "the mapping says that the playbook wins"
        elif standing_of(self.data, path, entry).is_newer_than(self.mapping):
            why = "it is newer than the export"
        elif why:
            stays_whole = False
        else:
            return False
        if list_of(place) == DEALS:
            note = deal_closed(path, str(entry.get("crm")), self.crm, self.mapping, f"{why}; ")
        elif list_of(place) == CONTACTS:
            note = _contact_gone(path, entry, self.mapping)
        else:
            note = self._withdrawn(place, path, why, stays_whole=stays_whole)
        self.notes.append(note)
        return True

    def _withdrawn(self, place: str, path: DataPath, why: str, *, stays_whole: bool) -> LateFinding:
        """The finding of what stays; a year of revenue keeps its words and may lose its amount."""
        ending, amount = "it stays", said_at(self.data, (*path, "amount"))
        is_written = is_as_written(self.known[place], path, "amount", amount)
        if list_of(place) == REVENUE and is_written and not stays_whole:
            self.left_empty.add(place)
            ending = "its amount is 0 and the rest stays"
            if not is_same(amount, 0):
                self.changes.append(Put(path=(*path, "amount"), value=0))
        rows = self.known[place].rows
        named = f"rows {', '.join(rows[:_ROWS_SHOWN])} of " if rows else ""
        more = f" and {len(rows) - _ROWS_SHOWN:,} more rows" if rows[_ROWS_SHOWN:] else ""
        return LateFinding(
            path=path,
            rule="crm-withdrawn",
            message=f"this came from {named}{self.mapping.source}{more}, which says it no more on"
            f" {self.mapping.as_of}; {why}, so {ending}. Delete it when you need it no more",
        )

    def _hand_of_people(self, place: str, path: DataPath) -> str:
        """What a person did at a place of the CRM's, in words; '' where nobody did anything."""
        written, entry = self.known[place], said_at(self.data, path)
        if has_comment(self.document.text, path):
            return "a comment stands there"
        if not isinstance(entry, dict):
            return "" if is_as_written(written, path, "value", entry) else "somebody changed it"
        for key, value in entry.items():
            if key in named_by(place) or key in EVIDENCE or key == SHARED:
                continue
            if key not in written.values:
                return f"'{key}' was written by hand"
            if not is_as_written(written, path, key, plain_value(value)):
                return f"'{key}' was changed by hand"
        return ""

    def _named_elsewhere(
        self, gone: Mapping[DataPath, Drop], others: Sequence[Change]
    ) -> set[DataPath]:
        """The contacts among what goes whom something names that stays."""
        people = {path for path in gone if path[:-1] == CONTACTS}
        kept: set[DataPath] = set()
        while people - kept:
            drops = [drop for path, drop in gone.items() if path not in kept]
            named = set(_contacts_named_in(changed(self.data, [*others, *self.changes, *drops])))
            more = {path for path in people - kept if said_at(self.data, (*path, "id")) in named}
            if not more:
                break
            kept |= more
        return kept

    def _withdraw_keys(self, place: str, facts: EvidencedValues) -> None:
        """Values that the export says no more, of a place that it still has."""
        written, path = self.known[place], found_at(self.data, place)
        entry = None if path is None else said_at(self.data, path)
        if path is None or not isinstance(entry, dict):
            return
        for key in sorted(written.values.keys() - facts.values.keys() - ONCE):
            here = (*path, key)
            if key not in entry or not self._asks_for_value(place, key):
                continue
            if not is_as_written(written, path, key, plain_value(entry[key])):
                continue
            if self.mapping.winner(field_name(here)) == "playbook":
                continue
            if has_comment_inside(self.document.text, here):
                note = self._withdrawn(place, here, "a comment stands there", stays_whole=True)
                self.notes.append(note)
            else:
                self.changes.append(Drop(path=here))

    def _asks_for_value(self, place: str, key: str) -> bool:
        if place != "account":
            part, is_row = part_of(place), list_of(place) in _OF_ONE_ROW or place == _CONTRACT
            return part is None or self._is_asked_for(part, key if is_row else None)
        columns = self.mapping.accounts
        if key == "owner":
            return bool(columns.owner or self._is_asked_for("opportunities", "person"))
        return getattr(columns, key, None) is not None

    def _tell_unknown(self) -> None:
        """Entries that came from this CRM before imports kept their rows, and have none now."""
        lists = [
            path for path in ENTRY_KEYS if path != DEALS and self._is_asked_for(PART_OF.get(path))
        ]
        wanted = {*self.crm.places, *self.known}
        for path, entry in itertools.chain(*(entries_in(self.data, place) for place in lists)):
            of_crm = standing_of({}, path, entry).is_from(self.mapping)
            place = place_of_entry(path[:-1], entry)
            if not of_crm or place in wanted or "left_on" in entry:
                continue
            if not self.crm.is_asked_about(place):
                continue
            if path[:-1] == CONTACTS:
                self.notes.append(_contact_gone(path, entry, self.mapping))
                continue
            message = (
                f"this came from {self.mapping.source}, which has no row for it on"
                f" {self.mapping.as_of}; from which rows it came was not kept then, so it stays."
                " Delete it if the CRM is right"
            )
            self.notes.append(LateFinding(path=path, rule="crm-withdrawn", message=message))


@cache
def _patterns_of_contacts() -> frozenset[str]:
    return frozenset(pattern for pattern, kind in references() if kind == "contact")


def _contacts_named_in(data: Mapping[str, Any]) -> Iterator[str]:
    """The ids of contacts that something in a playbook points to."""
    for path, value in leaves(data):
        if FORM.pattern_of(path) in _patterns_of_contacts():
            yield value
