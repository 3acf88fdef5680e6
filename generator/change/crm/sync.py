"""One existing playbook and what the CRM says of it now: changes, and what a person should know."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from generator.change.crm.mapping import CrmMapping, Winner
from generator.change.crm.memory import AccountMemory, Value, Written, is_as_written, kept_value
from generator.change.crm.places import (
    CONTRACT,
    DEALS,
    EVIDENCE,
    OUTCOMES,
    SHARED,
    SUMMARY,
    EvidencedValues,
    StandingEvidence,
    entries_in,
    facts_of,
    field_name,
    found_at,
    is_same,
    is_tagged,
    leaves,
    list_of,
    place_name,
    place_of_entry,
    places_of_value,
    plain_value,
    standing_of,
)
from generator.change.crm.withdraw import CrmAccount, LateFinding, Withdrawal, deal_closed
from generator.change.edit.edit import Append, Change, Drop, Put, as_read
from generator.change.edit.roundtrip import has_comment
from generator.figures.case import shelf_life
from generator.form import FORM
from generator.model.kinds import Kind
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath, said_at
from generator.settings import Settings


class ValueVerdict(Enum):
    """What becomes of a value that the CRM says."""

    SAME = "the playbook says it already"
    FILL = "the playbook says nothing yet"
    UPDATE = "it takes the place of one that came from the CRM"
    REPLACE = "it takes the place of a person's"
    KEEP = "the playbook's stays"
    OLDER = "the playbook's is newer and stays"


_TAKEN = (ValueVerdict.FILL, ValueVerdict.UPDATE, ValueVerdict.REPLACE)


def verdict_on(
    old: Any, new: Any, winner: Winner | None, *, is_of_crm: bool, is_newer: bool
) -> ValueVerdict:
    """What becomes of one value that came from the CRM or not, and is newer than the export or not.

    The mapping says who wins; where it does not, the CRM over what came from it, else the playbook.
    """
    if old is None:
        return ValueVerdict.FILL
    if is_same(old, new):
        return ValueVerdict.SAME
    if winner == "playbook" or (winner is None and not is_of_crm):
        return ValueVerdict.KEEP
    if is_newer:
        return ValueVerdict.OLDER
    return ValueVerdict.UPDATE if is_of_crm else ValueVerdict.REPLACE


IN_CURRENCY = ("economics", "opportunities", "outcomes", "offerings")
# What an entry of the CRM's loses when the CRM says it no more: a part year that is full now
_MAY_GO = ("to",)
_CURRENCY: DataPath = ("economics", "currency")
# Whose values have no evidence: only what imports remember, or how a file began, tells their source
_BARE = frozenset({"account", "economics"})


def sync(
    document: Document,
    crm: CrmAccount,
    mapping: CrmMapping,
    settings: Settings,
    known: AccountMemory | None = None,
) -> Sync:
    """What must change so that the playbook says what the CRM says, as far as the CRM may.

    `known` is what earlier imports wrote; without it only the evidence tells what came from where.
    """
    result = Sync(
        document=document,
        data=document.data or {},
        crm=crm,
        mapping=mapping,
        settings=settings,
        known=known.places if known else {},
        is_remembered=known is not None,
    )
    if crm.data:
        result.follow_currency_and_id()
        result.follow_deals()
        result.follow_sentences()
    result.withdraw()
    return result


@dataclass(slots=True, kw_only=True)
class Sync:
    """What an export does to one playbook."""

    document: Document
    data: Mapping[str, Any]
    crm: CrmAccount
    mapping: CrmMapping
    settings: Settings
    known: Mapping[str, Written]
    """What earlier imports wrote, by place."""
    is_remembered: bool
    """Whether earlier imports kept what they wrote."""
    changes: list[Change] = field(default_factory=list)
    notes: list[LateFinding] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)
    """Place and key of each value that this import writes."""
    appended: set[str] = field(default_factory=set)
    """Places that this import makes."""
    moved: dict[str, str] = field(default_factory=dict)
    """Places that have another name from now on: an outcome that was re-dated."""
    same_deals: dict[str, DataPath] = field(default_factory=dict)
    """By the place of a deal that is not added the opportunity of a person that it looks like."""
    left_empty: frozenset[str] = frozenset()
    """Years without revenue that stay for what a person wrote there."""

    def findings(self, document: Document) -> tuple[Problem, ...]:
        """The notes as findings about the playbook as it is now."""
        is_edited = document.text != self.document.text
        return tuple(
            document.problem(
                self._path_after(note.path) if is_edited else note.path,
                note.rule,
                note.message,
                level="warning",
            )
            for note in self.notes
        )

    def _path_after(self, path: DataPath) -> DataPath:
        """A path when the entries before it that go are gone."""
        drops = [change.path for change in self.changes if isinstance(change, Drop)]
        steps = list(path)
        for depth, step in enumerate(path):
            if isinstance(step, int):
                beside = (drop[depth] for drop in drops if drop[:-1] == path[:depth])
                steps[depth] = step - sum(isinstance(n, int) and n < step for n in beside)
        return tuple(steps)

    def follow_currency_and_id(self) -> None:
        """Every fact of the CRM; no amounts where it counts in another currency."""
        theirs = said_at(self.crm.data, _CURRENCY) or self.mapping.currency
        ours = said_at(self.data, _CURRENCY)
        is_other = ours is not None and ours != theirs and not self._moves_to_currency(ours)
        if is_other:
            self._note(
                _CURRENCY,
                "crm-currency",
                f"the CRM's amounts are in {theirs}, this playbook's in {ours}; no amount"
                " was taken over. Write the playbook in the CRM's currency",
            )
        path: DataPath = ("account", "crm", self.mapping.system)
        key, old = self.crm.data["account"]["crm"][self.mapping.system], said_at(self.data, path)
        # a merger may have changed it
        if not isinstance(old, str) or self.mapping.key(old) != key:
            self.changes.append(Put(path=path, value=key))
        for facts in facts_of(self.crm.data):
            if is_other and facts.path == CONTRACT:
                self._compare(facts.without("value"))
            elif not (is_other and facts.path and facts.path[0] in IN_CURRENCY):
                self._compare(facts)

    def _moves_to_currency(self, ours: Any) -> bool:
        """Whether an import wrote the currency and every amount in it, so that all can follow."""
        written = self.known.get(str(_CURRENCY[0]))
        if written is None or written.values.get(str(_CURRENCY[1])) != ours:
            return False
        return not any(True for _ in self._amounts_of_people())

    def _amounts_of_people(self) -> Iterator[DataPath]:
        for path, value in leaves(self.data):
            place = FORM.at(path)
            above = said_at(self.data, path[:-1])
            says_its_own = (
                isinstance(above, dict) and "currency" in above and len(path) > len(_CURRENCY)
            )
            if place is None or place.kind is not Kind.MONEY or says_its_own:
                continue
            if not any(
                is_as_written(self.known.get(name), path, key, value)
                for name, key in places_of_value(self.data, path)
            ):
                yield path

    def follow_deals(self) -> None:
        """Deals that are open no more go, unless a person wrote something about them.

        Those that an import remembers are withdrawn with all else.
        """
        for path, entry in entries_in(self.data, DEALS):
            key = entry.get("crm")
            state = self.crm.states.get(str(key))
            if key is None or state == "open" or place_of_entry(DEALS, entry) in self.known:
                continue
            ours = standing_of(self.data, path, entry).is_from(self.mapping)
            if ours and state and not has_comment(self.document.text, path):
                self.changes.append(Drop(path=path))
            else:
                self.notes.append(deal_closed(path, str(key), self.crm, self.mapping))

    def follow_sentences(self) -> None:
        """What the import wrote about the account in words, where it still stands as written.

        Sentences that a person put before or behind it stay. A later day alone is no news.
        """
        written, text = self.known.get(place_name(SUMMARY)), said_at(self.data, SUMMARY)
        if written is None or not isinstance(text, str):
            return
        before, now = str(written.values["value"]), sentences_of(self.crm)
        day = str(written.values["as_of"])
        if before in text and now.replace(self.mapping.as_of.isoformat(), day) != before:
            self.changes.append(Put(path=SUMMARY, value=text.replace(before, now, 1)))

    def withdraw(self) -> None:
        """Take out what an import wrote and the export says no more."""
        withdrawal = Withdrawal(
            document=self.document,
            data=self.data,
            crm=self.crm,
            mapping=self.mapping,
            known=self.known,
            moved=self.moved,
        )
        withdrawal.run(self.changes)
        self.changes += withdrawal.changes
        self.notes += withdrawal.notes
        self.left_empty = frozenset(withdrawal.left_empty)

    def _compare(self, facts: EvidencedValues) -> None:
        path = self._place(facts)
        if path is None:
            if facts.path == DEALS and (same := self._same_deal_by_hand(facts)) is not None:
                self._tell_same_deal(facts, same)
                return
            self.appended.add(facts.place)
            self.changes.append(Append(path=facts.path, value=facts.whole))
            return
        if facts.path == DEALS:
            self._tell_deal_twice(facts, path)
        entry = said_at(self.data, path)
        # what nobody knew yet is known now, whoever looked for it
        is_known_now = isinstance(entry, dict) and entry.get("unknown") and "value" in facts.values
        if is_known_now or (entry is None and facts.evidence):
            self.appended.add(facts.place)
            self.changes.append(Put(path=path, value=facts.whole))
        elif entry is None or isinstance(entry, dict):
            self._compare_keys(path, entry or {}, facts)
        elif "value" in facts.values:
            # a fact written plain: the CRM's comes with its evidence in braces
            standing, new = standing_of(self.data, path, None), facts.values["value"]
            is_of_crm = self._is_of_crm(facts.place, path, "value", entry, standing)
            if self._verdict(path, path, entry, new, standing, is_of_crm=is_of_crm) in _TAKEN:
                self.taken.add((facts.place, "value"))
                self.changes.append(Put(path=path, value={"value": new, **facts.evidence}))

    def _place(self, facts: EvidencedValues) -> DataPath | None:
        """Where the facts stand, or None for an entry that its list does not have yet."""
        if not facts.is_entry:
            return facts.path
        for keys in facts.entry_keys:
            values = {
                key: None if (value := facts.values.get(key)) is None else as_read(value)
                for key in keys
            }
            for path, entry in entries_in(self.data, facts.path):
                if all(entry.get(key) == values[key] for key in keys):
                    return path
        return self._moved_from(facts) if facts.path == OUTCOMES else None

    def _moved_from(self, facts: EvidencedValues) -> DataPath | None:
        """Where an outcome stands that has another day or kind now: made of the same rows."""
        rows = set(self.crm.rows.get(facts.place, ()))
        for place, written in self.known.items():
            if place in self.crm.places or place in self.moved or not rows & set(written.rows):
                continue
            if list_of(place) == OUTCOMES and (path := found_at(self.data, place)) is not None:
                self.moved[place] = facts.place
                return path
        return None

    def _same_deal_by_hand(self, facts: EvidencedValues) -> DataPath | None:
        """A person's opportunity of the same offering and amount that no deal of the CRM is yet.

        Where one of the two names no offering the amount alone tells.
        """
        amount, offering = facts.values.get("amount"), facts.values.get("offering")
        for path, entry in entries_in(self.data, DEALS):
            is_free = entry.get("crm") is None and entry.get("id") not in self.crm.states
            ours, currency = entry.get("offering"), entry.get("currency", self.mapping.currency)
            if (
                is_free
                and path not in self.same_deals.values()
                and currency == self.mapping.currency
                and (ours is None or offering is None or is_same(ours, offering))
                and amount is not None
                and is_same(plain_value(entry.get("amount")), amount)
            ):
                return path
        return None

    def _tell_same_deal(self, facts: EvidencedValues, path: DataPath) -> None:
        deal, id_ = as_read(facts.values["crm"]), said_at(self.data, (*path, "id"))
        self.same_deals[facts.place] = path
        self._note(
            path,
            "crm-same-deal",
            f"deal '{deal}' of {self.mapping.source} looks like opportunity '{id_}' and was not"
            f" added: write 'crm: {deal}' here. If it is another one, add an opportunity with"
            f" 'crm: {deal}'",
        )

    def _tell_deal_twice(self, facts: EvidencedValues, path: DataPath) -> None:
        """A deal that two entries are; of one that an import added until a comment stands there."""
        deal = as_read(facts.values["crm"])
        for other, entry in entries_in(self.data, DEALS):
            if other != path and entry.get("crm") == deal:
                message = f"opportunity '{entry.get('id')}' is deal '{deal}', too; keep one of them"
                self._note(other, "crm-same-deal", message)
                return
        same = self._same_deal_by_hand(facts) if facts.place in self.known else None
        if same is not None and not has_comment(self.document.text, path):
            id_ = said_at(self.data, (*same, "id"))
            self._note(
                path,
                "crm-same-deal",
                f"deal '{deal}' looks like opportunity '{id_}', so it may count twice: write"
                f" 'crm: {deal}' there and delete this one. If it is another one, write a comment"
                " here",
            )

    def _remembered_as(self, place: str) -> str:
        """The name under which a place was remembered."""
        return next((old for old, new in self.moved.items() if new == place), place)

    def _compare_keys(
        self, path: DataPath, entry: Mapping[str, Any], facts: EvidencedValues
    ) -> None:
        """Facts that stand with keys of their own."""
        standing, place = standing_of(self.data, path, entry), self._remembered_as(facts.place)
        ours, takes_any = standing.is_from(self.mapping), False
        for key, new in facts.values.items():
            here, written = (*path, key), entry.get(key)
            if key in facts.naming and key in entry:
                if place != facts.place and not is_same(written, new):
                    self.changes.append(Put(path=here, value=new))
                    takes_any = True
                continue
            if key == "amount" and self._is_in_another_currency(path, entry, new):
                continue
            old = plain_value(written)
            own = standing if old is written else standing_of(self.data, path, written)
            is_of_crm = self._is_of_crm(place, path, key, old, own)
            is_alone = key == "value" and not facts.evidence_path
            named = path if is_alone else here
            if self._verdict(here, named, old, new, own, is_of_crm=is_of_crm) in _TAKEN:
                takes_any = True
                self.taken.add((facts.place, key))
                with_evidence = isinstance(written, dict) or (
                    facts.evidence
                    and not ours
                    and not is_alone
                    and FORM.at((*here, "grade")) is not None
                )
                value = {"value": new, **facts.evidence} if with_evidence else new
                self.changes.append(Put(path=here, value=value))
        over = [key for key in _MAY_GO if key in entry and key not in facts.values]
        if ours and facts.is_entry and over:
            takes_any = True  # the amount is that of the whole year now
            if place not in self.known:  # what is remembered is withdrawn with all else
                self.changes += [Drop(path=(*path, key)) for key in over]
        has_own = "value" in facts.values and not facts.evidence_path
        if (ours or has_own) and not standing.is_newer_than(self.mapping):
            self._renew_evidence(path, entry, facts, takes_any=takes_any, is_ours=ours)

    def _renew_evidence(
        self,
        path: DataPath,
        entry: Mapping[str, Any],
        facts: EvidencedValues,
        *,
        takes_any: bool,
        is_ours: bool,
    ) -> None:
        """The evidence of what is the CRM's: its day moves on with the value.

        A value that stays is said again where its day alone would let it age, or where its source
        was only the CRM and is now what of it was counted.
        """
        source = facts.evidence.get("source")
        is_told_more = is_ours and entry.get("source") == self.mapping.source != source
        if is_told_more and all(is_same(entry.get(key), new) for key, new in facts.values.items()):
            takes_any = True
        ages = is_ours and not facts.is_settled and self._is_past_shelf_life(path, entry)
        inside = facts.evidence_path
        for key, value in facts.evidence.items():
            said = said_at(entry, (*inside, key))
            if (takes_any or (ages and key == "as_of")) and said != as_read(value):
                self.changes.append(Put(path=(*path, *inside, key), value=value))

    def _is_past_shelf_life(self, path: DataPath, entry: Mapping[str, Any]) -> bool:
        day = standing_of(self.data, path, entry).as_of
        try:
            since = datetime.date.fromisoformat(day or "")
        except ValueError:
            return True
        life = datetime.timedelta(days=shelf_life(str(path[0]), self.settings))
        return since + life < self.mapping.as_of

    def _is_of_crm(
        self, place: str, path: DataPath, key: str, old: Any, standing: StandingEvidence
    ) -> bool:
        """Whether a value came from this CRM: as remembered, else as its evidence says."""
        written = self.known.get(place)
        if written is not None and key in written.values:
            return is_as_written(written, path, key, old)
        return standing.is_from(self.mapping)

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
        self,
        path: DataPath,
        named: DataPath,
        old: Any,
        new: Any,
        standing: StandingEvidence,
        *,
        is_of_crm: bool,
    ) -> ValueVerdict:
        """What becomes of a value; the one who loses is told, with both values and both days."""
        name, mapping = field_name(named), self.mapping
        verdict = verdict_on(
            old,
            new,
            mapping.winner(name),
            is_of_crm=is_of_crm,
            is_newer=standing.is_newer_than(mapping),
        )
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

    def remembered(self, after: Mapping[str, Any], playbook: str) -> AccountMemory:
        """What the playbook holds of the CRM's, when it says `after`."""
        places = dict(self._places_written(after))
        for place, written in self.known.items():
            if place in places or place in self.moved or found_at(after, place) is None:
                continue
            if place == place_name(SUMMARY) and self.crm.data:
                text, now = said_at(after, SUMMARY), sentences_of(self.crm)
                if str(written.values["value"]) not in str(text) and now in str(text):
                    places |= sentences_written(self.crm, self.mapping)
                    continue
            empty = {"amount": "0"} if place in self.left_empty else {}
            places[place] = Written(values={**written.values, **empty}, rows=written.rows)
        return AccountMemory(playbook=playbook, places=places)

    def _places_written(self, after: Mapping[str, Any]) -> Iterator[tuple[str, Written]]:
        for facts in facts_of(self.crm.data):
            path = found_at(after, facts.place)
            if path is None:
                continue
            values = self._values_written(facts, path, after)
            is_from = standing_of({}, path, said_at(after, path)).is_from(self.mapping)
            is_entry_of_crm = facts.is_entry and (
                is_from or facts.place in self.appended or facts.place in self.known
            )
            if values or is_entry_of_crm:
                rows = self.crm.rows.get(facts.place, ())
                yield facts.place, Written(values=values, rows=rows)

    def _values_written(
        self, facts: EvidencedValues, path: DataPath, after: Mapping[str, Any]
    ) -> dict[str, Value]:
        """Of a place, what stands there as the CRM has it, and what a person changed since."""
        entry = said_at(after, path)
        said = entry if isinstance(entry, dict) else {"value": entry}
        before = self.known.get(self._remembered_as(facts.place))
        is_from = self._came_from_crm(facts, path, after)
        values: dict[str, Value] = {}
        for key, new in facts.whole.items():
            if key in EVIDENCE or key == SHARED or key in facts.naming:
                continue
            was_written = before is not None and key in before.values
            is_new = facts.place in self.appended or (facts.place, key) in self.taken
            if is_same(plain_value(said.get(key)), new) and (was_written or is_new or is_from):
                values[key] = kept_value(path, new)
            elif was_written and before is not None:
                values[key] = before.values[key]
        return values

    def _came_from_crm(
        self, facts: EvidencedValues, path: DataPath, after: Mapping[str, Any]
    ) -> bool:
        """Whether what stands at a place came from this CRM before imports kept what they wrote."""
        if facts.place not in _BARE:
            return standing_of(after, path, said_at(after, path)).is_from(self.mapping)
        return not self.is_remembered and is_tagged(after)


def sentences_of(crm: CrmAccount) -> str:
    """What the import says of an account in words."""
    return str(crm.data["summary"]).strip()


def sentences_written(crm: CrmAccount, mapping: CrmMapping) -> dict[str, Written]:
    """Them and their day, as they are remembered."""
    values = {"value": sentences_of(crm), "as_of": mapping.as_of.isoformat()}
    return {place_name(SUMMARY): Written(values=values)}


def written_new(crm: CrmAccount, mapping: CrmMapping, playbook: str) -> AccountMemory:
    """What a new playbook holds of the CRM's: all of it."""
    places = sentences_written(crm, mapping)
    for place, facts in crm.places.items():
        apart = {*EVIDENCE, SHARED, *facts.naming}
        values = {
            key: kept_value(facts.path, value)
            for key, value in facts.whole.items()
            if key not in apart
        }
        places[place] = Written(values=values, rows=crm.rows.get(place, ()))
    return AccountMemory(playbook=playbook, places=places)
