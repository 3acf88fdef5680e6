"""One existing playbook and what the CRM says of it now: changes, and what a person should know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from generator.change.crm.mapping import CrmMapping
from generator.change.edit.edit import Append, Change, Drop, Put, as_read
from generator.change.edit.roundtrip import has_comment
from generator.form import FORM
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath, said_at
from generator.read.numbers import NoNumber, number_of

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
        return self.is_entry and self.path[-1] in SETTLED

    @property
    def naming(self) -> frozenset[str]:
        """The keys by which the entry is found."""
        return frozenset(key for keys in self.entry_keys for key in keys)

    @property
    def whole(self) -> dict[str, Any]:
        """A new entry with all that belongs to it."""
        return {**self.entry, **self.values, **self.evidence}


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
        if isinstance(value, Mapping) and "source" in value:
            yield _facts(value, inner_path, ())
        elif isinstance(value, Mapping):
            yield from facts_of(value, inner_path)
        elif isinstance(value, (list, tuple)):
            for entry in value:
                yield _facts(entry, inner_path, ENTRY_KEYS[key])


def _facts(
    entry: Mapping[str, Any], path: DataPath, keys: tuple[tuple[str, ...], ...]
) -> EvidencedValues:
    apart = {*EVIDENCE, *(ONCE if keys else ())}
    return EvidencedValues(
        path=path,
        values={key: value for key, value in entry.items() if key not in apart},
        entry=entry,
        evidence={key: entry[key] for key in EVIDENCE if key in entry},
        entry_keys=keys,
    )


class ValueVerdict(Enum):
    """What becomes of a value that the CRM says."""

    SAME = "the playbook says it already"
    FILL = "the playbook says nothing yet"
    UPDATE = "it takes the place of one that came from the CRM"
    REPLACE = "it takes the place of a person's"
    KEEP = "the playbook's stays"
    OLDER = "the playbook's is newer and stays"


_TAKEN = (ValueVerdict.FILL, ValueVerdict.UPDATE, ValueVerdict.REPLACE)


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
    levels = [level for level in (own, shared) if isinstance(level, dict)]
    account = data.get("account")
    reviewed = account.get("reviewed") if isinstance(account, dict) else None
    return StandingEvidence(
        source=next((level["source"] for level in levels if level.get("source")), None),
        as_of=next((level["as_of"] for level in levels if level.get("as_of")), reviewed),
    )


def verdict_on(
    field: str, old: Any, new: Any, standing: StandingEvidence, mapping: CrmMapping
) -> ValueVerdict:
    """What becomes of one value.

    The mapping says who wins; where it does not, the CRM over what came from it, else the playbook.
    """
    if old is None:
        return ValueVerdict.FILL
    if is_same(old, new):
        return ValueVerdict.SAME
    winner = mapping.winner(field)
    if winner == "playbook" or (winner is None and not standing.is_from(mapping)):
        return ValueVerdict.KEEP
    if standing.is_newer_than(mapping):
        return ValueVerdict.OLDER
    return ValueVerdict.UPDATE if standing.is_from(mapping) else ValueVerdict.REPLACE


def is_same(old: Any, new: Any) -> bool:
    """Whether two values say the same: 9514.50 is 9514.5."""
    read = as_read(new)
    if old == read:
        return True
    try:
        return number_of(str(old)) == number_of(str(read))
    except NoNumber:
        return False


IN_CURRENCY = ("economics", "opportunities", "outcomes", "offerings")
# What an entry of the CRM's loses when the CRM says it no more: a part year that is full now
_MAY_GO = ("to",)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFinding:
    """A finding whose place is known only after the edit."""

    path: DataPath
    rule: str
    message: str


def sync(
    document: Document,
    crm_data: Mapping[str, Any],
    states: Mapping[str, str],
    mapping: CrmMapping,
) -> Sync:
    """What must change so that the playbook says what the CRM says, as far as the CRM may.

    `states` are the account's deals by id: won, lost or open.
    """
    result = Sync(document=document, data=document.data or {}, mapping=mapping)
    result.follow_currency_and_id(crm_data)
    result.follow_deals(states)
    result.follow_contacts(crm_data)
    return result


def contacts_in(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The contacts that a playbook has."""
    return [entry for _, entry in _entries(data, _CONTACTS)]


_CONTACTS: DataPath = ("relationship", "contacts")


def _entries(data: Mapping[str, Any], path: DataPath) -> Iterator[tuple[DataPath, dict[str, Any]]]:
    """The entries of a list with keys, each with its path."""
    entries = said_at(data, path)
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield (*path, place), entry


@dataclass(slots=True, kw_only=True)
class Sync:
    """What an export does to one playbook."""

    document: Document
    data: Mapping[str, Any]
    mapping: CrmMapping
    changes: list[Change] = field(default_factory=list)
    notes: list[LateFinding] = field(default_factory=list)

    def findings(self, document: Document) -> tuple[Problem, ...]:
        """The notes as findings about the playbook as it is now."""
        return tuple(
            document.problem(note.path, note.rule, note.message, level="warning")
            for note in self.notes
        )

    def follow_currency_and_id(self, crm_data: Mapping[str, Any]) -> None:
        """Every fact of the CRM; no amounts where it counts in another currency."""
        theirs = crm_data.get("economics", {}).get("currency", self.mapping.currency)
        ours = said_at(self.data, ("economics", "currency"))
        is_other = ours is not None and ours != theirs
        if is_other:
            self._note(
                ("economics", "currency"),
                "crm-currency",
                f"the CRM's amounts are in {theirs}, this playbook's in {ours}; no amount"
                " was taken over. Write the playbook in the CRM's currency",
            )
        path: DataPath = ("account", "crm", self.mapping.system)
        key, old = crm_data["account"]["crm"][self.mapping.system], said_at(self.data, path)
        # a merger may have changed it
        if not isinstance(old, str) or self.mapping.key(old) != key:
            self.changes.append(Put(path=path, value=key))
        for facts in facts_of(crm_data):
            if not (is_other and facts.path and facts.path[0] in IN_CURRENCY):
                self._compare(facts)

    def follow_deals(self, states: Mapping[str, str]) -> None:
        """Deals that are open no more go, unless a person wrote something about them."""
        for path, entry in _entries(self.data, ("opportunities",)):
            key = entry.get("crm")
            state = states.get(str(key), "gone")
            if key is None or state == "open":
                continue
            ours = standing_of(self.data, path, entry).is_from(self.mapping)
            if ours and state != "gone" and not has_comment(self.document.text, path):
                self.changes.append(Drop(path=path))
            else:
                words = "is not among this account's deals" if state == "gone" else f"is {state}"
                export = f"{self.mapping.source} of {self.mapping.as_of}"
                self._note(
                    path, "crm-deal-closed", f"deal '{key}' {words} in {export}; delete it here"
                )

    def follow_contacts(self, crm_data: Mapping[str, Any]) -> None:
        """People who came from the CRM and whom it does not have any more."""
        known = {contact["id"] for contact in contacts_in(crm_data)}
        for path, entry in _entries(self.data, _CONTACTS):
            if entry.get("id") in known or "left_on" in entry:
                continue
            if self.mapping.contacts and standing_of({}, path, entry).is_from(self.mapping):
                export = f"{self.mapping.source} of {self.mapping.as_of}"
                self._note(
                    path,
                    "crm-contact-gone",
                    f"contact '{entry.get('id')}' is not in {export}; write left_on, or delete it",
                )

    def _compare(self, facts: EvidencedValues) -> None:
        path = self._place(facts)
        if path is None:
            self.changes.append(Append(path=facts.path, value=facts.whole))
            return
        entry = said_at(self.data, path)
        # what nobody knew yet is known now, whoever looked for it
        is_known_now = isinstance(entry, dict) and entry.get("unknown") and "value" in facts.values
        if is_known_now or (entry is None and facts.evidence):
            self.changes.append(Put(path=path, value={**facts.values, **facts.evidence}))
        elif entry is None or isinstance(entry, dict):
            self._compare_keys(path, entry or {}, facts)
        elif "value" in facts.values:
            # a fact written plain: the CRM's comes with its evidence in braces
            standing, new = standing_of(self.data, path, None), facts.values["value"]
            if self._verdict(path, path, entry, new, standing) in _TAKEN:
                self.changes.append(Put(path=path, value={"value": new, **facts.evidence}))

    def _place(self, facts: EvidencedValues) -> DataPath | None:
        """Where the facts stand, or None for an entry that its list does not have yet."""
        if not facts.is_entry:
            return facts.path
        for keys in facts.entry_keys:
            values = {key: as_read(facts.values.get(key)) for key in keys}
            for path, entry in _entries(self.data, facts.path):
                if all(entry.get(key) == values[key] for key in keys):
                    return path
        return None

    def _compare_keys(
        self, path: DataPath, entry: Mapping[str, Any], facts: EvidencedValues
    ) -> None:
        """Facts that stand with keys of their own."""
        standing = standing_of(self.data, path, entry)
        ours, takes_any = standing.is_from(self.mapping), False
        for key, new in facts.values.items():
            if key in facts.naming and key in entry:
                continue
            if key == "amount" and self._is_in_another_currency(path, entry, new):
                continue
            here, written = (*path, key), entry.get(key)
            old = _plain(written)
            own = standing if old is written else standing_of(self.data, path, written)
            verdict = self._verdict(here, path if key == "value" else here, old, new, own)
            if verdict in _TAKEN:
                takes_any = True
                with_evidence = isinstance(written, dict) or (
                    facts.evidence
                    and not ours
                    and key != "value"
                    and FORM.at((*here, "grade")) is not None
                )
                value = {"value": new, **facts.evidence} if with_evidence else new
                self.changes.append(Put(path=here, value=value))
        if ours and facts.is_entry:
            gone = [key for key in _MAY_GO if key in entry and key not in facts.values]
            self.changes += [Drop(path=(*path, key)) for key in gone]
        moves = takes_any or (ours and not facts.is_settled)
        if moves and (ours or "value" in facts.values) and not standing.is_newer_than(self.mapping):
            # the evidence of what is the CRM's: its day moves on with the export
            for key, value in facts.evidence.items():
                if entry.get(key) != as_read(value):
                    self.changes.append(Put(path=(*path, key), value=value))

    def _is_in_another_currency(
        self, path: DataPath, entry: Mapping[str, Any], amount: Any
    ) -> bool:
        """Whether an entry names a currency that the CRM does not count in; it is told."""
        theirs, ours = self.mapping.currency, entry.get("currency", self.mapping.currency)
        if ours == theirs:
            return False
        if not is_same(entry.get("amount"), amount):
            self._note(
                (*path, "currency"),
                "crm-currency",
                f"the CRM's amount is in {theirs}, this one in {ours}; it was not taken over."
                f" Write the amount in {theirs} and take the currency out",
            )
        return True

    def _verdict(
        self, path: DataPath, named: DataPath, old: Any, new: Any, standing: StandingEvidence
    ) -> ValueVerdict:
        """What becomes of a value; the one who loses is told, with both values and both days."""
        name, mapping = _field_name(named), self.mapping
        verdict = verdict_on(name, old, new, standing, mapping)
        theirs = f"'{as_read(new)}' ({mapping.source}, {mapping.as_of})"
        evidence = [words for words in (standing.source, standing.as_of) if words] or ["undated"]
        ours = f"'{as_read(old)}' ({', '.join(evidence)})"
        if verdict is ValueVerdict.KEEP:
            self._note(
                path,
                "crm-differs",
                f"the CRM says {theirs}, the playbook {ours}; the playbook's stays. Correct one of"
                f" them, or write '{name}: crm' under wins in the mapping",
            )
        elif verdict is ValueVerdict.REPLACE:
            self._note(path, "crm-replaced", f"the CRM's {theirs} took the place of {ours}")
        elif verdict is ValueVerdict.OLDER:
            self._note(
                path,
                "crm-older",
                f"the CRM says {theirs}, the playbook {ours}, which is newer and stays; import a"
                " newer export",
            )
        return verdict

    def _note(self, path: DataPath, rule: str, message: str) -> None:
        self.notes.append(LateFinding(path=path, rule=rule, message=message))


def _field_name(path: DataPath) -> str:
    """The name under `wins`: offerings by their field, entries without their place."""
    words = [step for step in path if isinstance(step, str)]
    if words[0] == "offerings":
        del words[1]
    return ".".join(words)


def _plain(value: Any) -> Any:
    """The value of a fact with evidence in braces; None of one that nobody knows yet."""
    if isinstance(value, dict) and value.get("unknown"):
        return None
    return value["value"] if isinstance(value, dict) and "value" in value else value
