"""One existing playbook and what the CRM says of it now: changes, and what a person should know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.change.crm.decide import Standing, standing_of, verdict_on
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.wanted import EVIDENCE, Facts, facts_of
from generator.change.edit.edit import Append, Change, Drop, Put, as_read
from generator.change.edit.roundtrip import has_comment
from generator.model.form import FORM
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath, said_at

IN_CURRENCY = ("economics", "opportunities", "outcomes", "offerings")
# What an entry of the CRM's loses when the CRM says it no more: a part year that is full now
_MAY_GO = ("to",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A finding whose place is known only after the edit."""

    path: DataPath
    rule: str
    message: str


@dataclass(slots=True, kw_only=True)
class Sync:
    """What an export does to one playbook."""

    changes: list[Change] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def findings(self, document: Document) -> tuple[Problem, ...]:
        """The notes as findings about the playbook as it is now."""
        return tuple(
            document.problem(one.path, one.rule, one.message, level="warning") for one in self.notes
        )


def sync(
    document: Document, wanted: Mapping[str, Any], states: Mapping[str, str], how: CrmMapping
) -> Sync:
    """What must change so that the playbook says what the CRM says, as far as the CRM may.

    `states` are the account's deals by id: won, lost or open.
    """
    data = document.data or {}
    found = Sync()
    theirs = wanted.get("economics", {}).get("currency", how.currency)
    ours = said_at(data, ("economics", "currency"))
    blocked = IN_CURRENCY if ours is not None and ours != theirs else ()
    if blocked:
        found.notes.append(
            Note(
                path=("economics", "currency"),
                rule="crm-currency",
                message=f"the CRM's amounts are in {theirs}, this playbook's in {ours}; no amount"
                " was taken over. Write the playbook in the CRM's currency",
            )
        )
    _follow_id(data, wanted, how, found)
    for facts in facts_of(wanted):
        if facts.path[:1] not in {(one,) for one in blocked}:
            _compare(data, facts, how, found)
    _closed_deals(document, states, how, found)
    _gone_contacts(data, wanted, how, found)
    return found


def _closed_deals(
    document: Document, states: Mapping[str, str], how: CrmMapping, found: Sync
) -> None:
    """Deals that are open no more go, unless a person wrote something about them."""
    data = document.data or {}
    entries = said_at(data, ("opportunities",))
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        key = entry.get("crm") if isinstance(entry, dict) else None
        path: DataPath = ("opportunities", place)
        state = states.get(str(key), "gone")
        if key is None or state == "open":
            continue
        ours = standing_of(data, path, entry).is_from(how)
        if ours and state != "gone" and not has_comment(document.text, path):
            found.changes.append(Drop(path=path))
        else:
            words = "is not among this account's deals" if state == "gone" else f"is {state}"
            message = f"deal '{key}' {words} in {how.source} of {how.as_of}; delete it here"
            found.notes.append(Note(path=path, rule="crm-deal-closed", message=message))


def contacts_in(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The contacts that a playbook has."""
    entries = said_at(data, ("relationship", "contacts"))
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []


def _gone_contacts(
    data: Mapping[str, Any], wanted: Mapping[str, Any], how: CrmMapping, found: Sync
) -> None:
    """People who came from the CRM and whom it does not have any more."""
    known = {one["id"] for one in contacts_in(wanted)}
    entries = said_at(data, ("relationship", "contacts"))
    for place, one in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(one, dict) or one.get("id") in known or "left_on" in one:
            continue
        path: DataPath = ("relationship", "contacts", place)
        if how.contacts and standing_of({}, path, one).is_from(how):
            message = (
                f"contact '{one.get('id')}' is not in {how.source} of {how.as_of}; write left_on,"
                " or delete it"
            )
            found.notes.append(Note(path=path, rule="crm-contact-gone", message=message))


def _follow_id(
    data: Mapping[str, Any], wanted: Mapping[str, Any], how: CrmMapping, found: Sync
) -> None:
    """The account's id in the CRM, which a merger may have changed."""
    path: DataPath = ("account", "crm", how.system)
    key, old = wanted["account"]["crm"][how.system], said_at(data, path)
    if not isinstance(old, str) or how.key(old) != key:
        found.changes.append(Put(path=path, value=key))


def _compare(data: Mapping[str, Any], facts: Facts, how: CrmMapping, found: Sync) -> None:
    path = _place(data, facts)
    if path is None:
        found.changes.append(Append(path=facts.path, value=facts.whole))
        return
    entry = said_at(data, path)
    if entry is None and facts.evidence:
        found.changes.append(Put(path=path, value={**facts.values, **facts.evidence}))
    elif isinstance(entry, dict) and entry.get("unknown") and "value" in facts.values:
        # What nobody knew yet is known now, whoever looked for it
        found.changes.append(Put(path=path, value={**facts.values, **facts.evidence}))
    elif entry is None or isinstance(entry, dict):
        _compare_keys(data, path, entry or {}, facts, how, found)
    elif "value" in facts.values:
        _compare_plain(data, path, entry, facts, how, found)


def _place(data: Mapping[str, Any], facts: Facts) -> DataPath | None:
    """Where the facts stand, or None for an entry that its list does not have yet."""
    if not facts.is_entry:
        return facts.path
    entries = said_at(data, facts.path)
    for keys in facts.entry_keys:
        wanted = {key: as_read(facts.values.get(key)) for key in keys}
        for place, one in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(one, dict) and all(one.get(key) == wanted[key] for key in keys):
                return (*facts.path, place)
    return None


def _compare_keys(
    data: Mapping[str, Any],
    path: DataPath,
    entry: Mapping[str, Any],
    facts: Facts,
    how: CrmMapping,
    found: Sync,
) -> None:
    """Facts that stand with keys of their own."""
    standing = standing_of(data, path, entry)
    taken = False
    for key, new in facts.values.items():
        if key in facts.naming and key in entry:
            continue
        here = (*path, key)
        old = _plain(entry.get(key))
        name = _field_name(path if key == "value" else here)
        own = standing if old is entry.get(key) else standing_of(data, path, entry[key])
        verdict = verdict_on(name, old, new, own, how)
        _note(found, here, verdict, name, old, new, own, how)
        if verdict in ("fill", "update", "replace"):
            taken = True
            found.changes.append(_put(here, entry.get(key), new, facts, ours=standing.is_from(how)))
    if standing.is_from(how):
        gone = [key for key in _MAY_GO if key in entry and key not in facts.values]
        found.changes += [Drop(path=(*path, key)) for key in gone if facts.is_entry]
    moves = taken or (standing.is_from(how) and not facts.is_settled)
    if facts.evidence and moves and not _is_newer(standing, how):
        found.changes += _evidence(path, entry, facts, standing, how)


def _put(path: DataPath, old: Any, new: Any, facts: Facts, *, ours: bool) -> Change:
    """A value; with its own evidence where that of its entry is a person's."""
    if isinstance(old, dict):
        return Put(path=path, value={"value": new, **facts.evidence})
    if (
        facts.evidence
        and not ours
        and path[-1] != "value"
        and FORM.at((*path, "grade")) is not None
    ):
        return Put(path=path, value={"value": new, **facts.evidence})
    return Put(path=path, value=new)


def _evidence(
    path: DataPath, entry: Mapping[str, Any], facts: Facts, standing: Standing, how: CrmMapping
) -> Iterator[Change]:
    """The evidence, where the entry is the CRM's: its day moves on with the export."""
    if not standing.is_from(how) and "value" not in facts.values:
        return
    for key in EVIDENCE:
        if key in facts.evidence and entry.get(key) != as_read(facts.evidence[key]):
            yield Put(path=(*path, key), value=facts.evidence[key])


def _compare_plain(
    data: Mapping[str, Any],
    path: DataPath,
    old: Any,
    facts: Facts,
    how: CrmMapping,
    found: Sync,
) -> None:
    """A fact written plain: the CRM's comes with its evidence in braces."""
    standing = standing_of(data, path, None)
    new = facts.values.get("value")
    name = _field_name(path)
    verdict = verdict_on(name, old, new, standing, how)
    _note(found, path, verdict, name, old, new, standing, how)
    if verdict in ("update", "replace"):
        found.changes.append(Put(path=path, value={"value": new, **facts.evidence}))


def _note(  # noqa: PLR0913, PLR0917 - a finding tells both sides whole
    found: Sync,
    path: DataPath,
    verdict: str,
    name: str,
    old: Any,
    new: Any,
    standing: Standing,
    how: CrmMapping,
) -> None:
    """Tell the one who loses: both values, both days."""
    theirs = f"'{as_read(new)}' ({how.source}, {how.as_of})"
    evidence = [one for one in (standing.source, standing.as_of) if one] or ["undated"]
    ours = f"'{as_read(old)}' ({', '.join(evidence)})"
    stays = (
        f"the CRM says {theirs}, the playbook {ours}; the playbook's stays. Correct one of them, or"
        f" write '{name}: crm' under wins in the mapping"
    )
    newer = (
        f"the CRM says {theirs}, the playbook {ours}, which is newer and stays; import a newer"
        " export"
    )
    told = {
        "keep": ("crm-differs", stays),
        "replace": ("crm-replaced", f"the CRM's {theirs} took the place of {ours}"),
        "older": ("crm-older", newer),
    }
    if verdict in told:
        rule, message = told[verdict]
        found.notes.append(Note(path=path, rule=rule, message=message))


def _is_newer(standing: Standing, how: CrmMapping) -> bool:
    return bool(standing.as_of and standing.as_of > how.as_of.isoformat())


def _field_name(path: DataPath) -> str:
    """The name under `wins`: offerings by their field, entries without their place."""
    words = [one for one in path if isinstance(one, str)]
    if words[0] == "offerings":
        del words[1]
    return ".".join(words)


def _plain(value: Any) -> Any:
    """The value of a fact with evidence in braces; None of one that nobody knows yet."""
    if isinstance(value, dict) and value.get("unknown"):
        return None
    return value["value"] if isinstance(value, dict) and "value" in value else value
