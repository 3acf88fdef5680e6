"""The playbooks against the export: revenue by year, open deals and cases, account by account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.change.crm.cells import money_words, number_words, to_the_cent
from generator.change.crm.lists import Lists
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.memory import AccountMemory
from generator.change.crm.places import (
    CASES,
    CONTRACT,
    DEALS,
    INTERACTIONS,
    OUTCOMES,
    REVENUE,
    SATISFACTION,
    USAGE,
    entries_in,
    list_of,
    place_name,
    place_of_entry,
    plain_value,
    standing_of,
)
from generator.change.crm.playbook import amount_open, events_of
from generator.change.crm.records import Records
from generator.change.crm.signal_entries import contracts_that_count, rows_of_signals
from generator.change.crm.withdraw import CrmAccount
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath, said_at

_DIFFERENCES_SHOWN = 20
_ROWS_SHOWN = 3
Amounts = Mapping[str, Decimal]
"""By place: money of a year, deal or contract; a number of usage or satisfaction; else 1 each."""
_COUNTED = {
    CASES: "case",
    OUTCOMES: "outcome",
    SATISFACTION: "answer on satisfaction",
    INTERACTIONS: "talk",
}
_OF_MONEY = (REVENUE, DEALS)
_CONTRACT = place_name(CONTRACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place at which a playbook and the export say different amounts."""

    account: str
    """The playbook's id."""
    place: str
    ours: Decimal | None
    """None where the playbook has no such place."""
    theirs: Decimal | None
    """None where the export has none."""
    rows: tuple[str, ...]
    """Those that the export has for it, else those that an import made it of."""
    document: Document | None
    """None where the account has no playbook that can be read."""
    path: DataPath
    row: tuple[str, int]
    """File and line of the account in the export."""
    is_told: bool = False
    """Whether a finding of its own says what to do: a deal that a person has written already."""

    def words(self, mapping: CrmMapping) -> str:
        """What differs, for people."""
        ours, theirs = (self._said(amount, mapping) for amount in (self.ours, self.theirs))
        rows = ", ".join(self.rows[:_ROWS_SHOWN])
        more = f" and {len(self.rows) - _ROWS_SHOWN:,} more" if self.rows[_ROWS_SHOWN:] else ""
        # a deal and a case are named by their row
        named = f" (rows {rows}{more})" if rows and list_of(self.place) == REVENUE else ""
        if self.document is None:
            return f"{self._thing()} is {theirs} in the export{named}, and no playbook has it"
        return f"{self._thing()} is {ours} in the playbook, {theirs} in the export{named}"

    def _thing(self) -> str:
        name = self.place.partition(" ")[2]
        if self.place == _CONTRACT:
            return "the contract's yearly value"
        kinds = {
            REVENUE: f"revenue of {name}",
            DEALS: f"open deal '{name}'",
            USAGE: f"usage '{name}'",
            SATISFACTION: f"satisfaction of {name}",
        }
        entries_of = list_of(self.place) or ()
        return kinds.get(entries_of) or f"{_COUNTED[entries_of]} '{name}'"

    def _said(self, amount: Decimal | None, mapping: CrmMapping) -> str:
        entries_of = list_of(self.place)
        if amount is None:
            return "not there"
        if entries_of in (USAGE, SATISFACTION):
            return number_words(amount)
        if entries_of in _COUNTED:
            return "there"
        return f"{money_words(amount)} {mapping.currency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What all playbooks say, what the export says, and where they differ."""

    mapping: CrmMapping
    ours: Amounts
    """By place, over all accounts."""
    theirs: Amounts
    counts: tuple[Counter[DataPath | None], Counter[DataPath | None]]
    """How many of each list, in the playbooks and in the export."""
    differences: tuple[Difference, ...]

    def lines(self) -> Iterator[str]:
        """The table for people: equal, or what differs."""
        yield "playbooks against the export:"
        places = sorted({*self.ours, *self.theirs})
        for place in (place for place in places if list_of(place) == REVENUE):
            year = place.partition(" ")[2]
            yield self._line(f"revenue {year}", *(self._money(place, side) for side in self._sides))
        both = list(zip(self.counts, self._sides, strict=True))
        if self._is_told(DEALS, self.mapping.opportunities):
            deals = place_name(DEALS)
            yield self._line(
                "open deals",
                *(f"{count[DEALS]:,} worth {self._money(deals, side)}" for count, side in both),
            )
        if self._is_told(None, self.mapping.contracts):
            yield self._line(
                "contracts",
                *(
                    f"{count[None]:,} worth {self._money(_CONTRACT, side)} a year"
                    for count, side in both
                ),
            )
        listed: tuple[tuple[DataPath, str, Sequence[object]], ...] = (
            (CASES, "cases", self.mapping.cases),
            (OUTCOMES, "outcomes", self.mapping.outcomes),
            (INTERACTIONS, "talks", self.mapping.interactions),
        )
        for entries_of, words, parts in listed:
            if self._is_told(entries_of, parts):
                yield self._line(words, *(f"{count[entries_of]:,}" for count in self.counts))
        measured: tuple[tuple[DataPath, str, Sequence[object]], ...] = (
            (SATISFACTION, "satisfaction", self.mapping.satisfaction),
            (USAGE, "usage", self.mapping.usage),
        )
        for entries_of, words, parts in measured:
            if self._is_told(entries_of, parts):
                place = place_name(entries_of)
                yield self._line(
                    words,
                    *(
                        f"{count[entries_of]:,} values, {number_words(total)} in all"
                        for count, side in both
                        for total in [side.get(place, Decimal(0))]
                    ),
                )
        for difference in self.differences[:_DIFFERENCES_SHOWN]:
            yield f"  {difference.account}: {difference.words(self.mapping)}"
        if more := self.differences[_DIFFERENCES_SHOWN:]:
            yield f"  and {len(more):,} more"

    def _is_told(self, entries_of: DataPath | None, parts: Sequence[object]) -> bool:
        """Whether a kind of thing is mapped, or stands in the playbooks nevertheless."""
        return bool(parts) or any(count[entries_of] for count in self.counts)

    @property
    def _sides(self) -> tuple[Amounts, Amounts]:
        return self.ours, self.theirs

    def _money(self, place: str, side: Amounts) -> str:
        return f"{money_words(side.get(place, Decimal(0)))} {self.mapping.currency}"

    @staticmethod
    def _line(what: str, ours: str, theirs: str) -> str:
        if ours == theirs:
            return f"  {what}: {ours}, equal"
        return f"  {what}: {ours} in the playbooks, {theirs} in the export; they differ"

    def problems(self) -> Iterator[Problem]:
        """Each difference as a finding at its place, for `check`.

        Of an account without a playbook the first one, at its row of the export.
        """
        cure = "run: playbook import, or correct the one that is wrong"
        told = set()
        for difference in (one for one in self.differences if not one.is_told):
            message = f"{difference.words(self.mapping)}; {cure}"
            if difference.document is not None:
                yield difference.document.problem(difference.path, "crm-total", message)
            elif difference.account not in told:
                told.add(difference.account)
                file, line = difference.row
                message = f"account '{difference.account}': {message}"
                yield Problem(path=file, line=line, column=1, rule="crm-total", message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One account: its playbook as it is or will be, and what the export says of it."""

    id: str
    document: Document | None
    known: AccountMemory | None
    records: Records | None
    """None for an account that the export has no more."""
    crm: CrmAccount
    row: tuple[str, int] = ("", 1)
    """File and line of the account in the export."""
    same_deals: Collection[str] = ()
    """Places of deals that a person has written already."""


def totals_of(sides: Sequence[Side], lists: Lists, mapping: CrmMapping) -> Totals:
    """The sums of both, and where they differ."""
    sums: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    counts: tuple[Counter[DataPath | None], Counter[DataPath | None]] = (Counter(), Counter())
    differences: list[Difference] = []
    for side in sides:
        theirs = dict(_in_export(side.records, lists, mapping)) if side.records else {}
        ours = dict(_in_playbook(side, theirs.keys(), mapping))
        amounts = {place: amount for place, (amount, _) in ours.items()}
        for said, total, count in zip((amounts, theirs), sums, counts, strict=True):
            for place, amount in said.items():
                total[place if list_of(place) == REVENUE else place.partition(" ")[0]] += amount  # type: ignore[assignment]
                count[list_of(place)] += 1
        differences += _differences(side, ours, theirs)
    return Totals(
        mapping=mapping,
        ours={place: Decimal(amount) for place, amount in sums[0].items()},
        theirs={place: Decimal(amount) for place, amount in sums[1].items()},
        counts=counts,
        differences=tuple(differences),
    )


def _differences(
    side: Side, ours: Mapping[str, tuple[Decimal, DataPath]], theirs: Amounts
) -> Iterator[Difference]:
    known = side.known.places if side.known else {}
    for place in sorted({*ours, *theirs}):
        before = known[place].rows if place in known else ()
        amount, path = ours.get(place, (None, list_of(place) or ()))
        # no revenue and no word of it say the same
        if (amount or 0) == (theirs.get(place) or 0) and (
            list_of(place) == REVENUE or (amount is None) == (place not in theirs)
        ):
            continue
        yield Difference(
            account=side.id,
            place=place,
            ours=amount,
            theirs=theirs.get(place),
            rows=side.crm.rows.get(place, before),
            document=side.document,
            path=path,
            row=side.row,
            is_told=place in side.same_deals,
        )


def _in_export(
    records: Records, lists: Lists, mapping: CrmMapping
) -> Iterator[tuple[str, Decimal]]:
    """Straight from the rows, not by way of the playbook that is made of them."""
    years: dict[int, Decimal] = {}
    for deal in records.deals:
        if deal.state == "won" and deal.closed_on:
            year = lists.years.of(deal.closed_on)
            years[year] = years.get(year, Decimal(0)) + deal.amount
        elif deal.state == "open":
            amount = amount_open(deal, lists) or Decimal(0)
            yield place_name(DEALS, [deal.id]), to_the_cent(amount)
    for year, amount in years.items():
        yield place_name(REVENUE, [str(year)]), to_the_cent(amount)
    for case in records.cases:
        yield place_name(CASES, [case.id]), Decimal(1)
    yield from _signals_in_export(records, mapping)


def _signals_in_export(records: Records, mapping: CrmMapping) -> Iterator[tuple[str, Decimal]]:
    """Contracts that count by their yearly value, and all that is told by day."""
    if counted := contracts_that_count(records.contracts, mapping):
        yearly = sum((one.yearly or Decimal(0) for one in counted), Decimal(0))
        yield _CONTRACT, to_the_cent(yearly)
    rows = rows_of_signals(
        (), events_of(records), records.satisfaction, records.interactions, mapping
    )
    scores: dict[str, list[Decimal]] = {}
    said = {one.id: one.score or Decimal(0) for one in records.satisfaction}
    for place, row in rows:
        if list_of(place) == SATISFACTION:
            scores.setdefault(place, []).append(said[row])
        else:
            yield place, Decimal(1)
    for place, answers in scores.items():
        yield place, round(sum(answers, Decimal(0)) / len(answers), 2)
    for one in records.usage:
        value = one.value or Decimal(0)
        yield place_name(USAGE, [one.metric, str(one.date)]), to_the_cent(value)


def _in_playbook(
    side: Side, theirs: Collection[str], mapping: CrmMapping
) -> Iterator[tuple[str, tuple[Decimal, DataPath]]]:
    """What of a playbook is the CRM's, or stands where the CRM says something too.

    Amounts in another currency than the mapping's are none of it.
    """
    data = (side.document.data if side.document else None) or {}
    known = side.known.places if side.known else {}
    currency = said_at(data, ("economics", "currency"))
    for entries_of in (*_OF_MONEY, *_COUNTED, USAGE):
        if entries_of in _OF_MONEY and currency not in (None, mapping.currency):
            continue
        for path, entry in entries_in(data, entries_of):
            place = place_of_entry(entries_of, entry)
            of_crm = standing_of({}, path, entry).is_from(mapping)
            if not (place in theirs or place in known or of_crm):
                continue
            if not side.crm.is_asked_about(place):
                continue
            if (
                entries_of in _OF_MONEY
                and entry.get("currency", mapping.currency) != mapping.currency
            ):
                continue
            yield place, (_counted(entries_of, entry), path)
    contract = said_at(data, CONTRACT)
    is_of_crm = isinstance(contract, dict) and (_CONTRACT in theirs or _CONTRACT in known)
    if is_of_crm and contract.get("currency", currency) in (None, mapping.currency):
        yield _CONTRACT, (_amount(plain_value(contract.get("value"))), CONTRACT)


def _counted(entries_of: DataPath, entry: Mapping[str, Any]) -> Decimal:
    """What an entry adds to its kind: money, a number, or 1."""
    key = {SATISFACTION: "score", USAGE: "value", REVENUE: "amount", DEALS: "amount"}.get(
        entries_of
    )
    return Decimal(1) if key is None else _amount(plain_value(entry.get(key)))


def _amount(written: Any) -> Decimal:
    try:
        return Decimal(str(written)) if written is not None else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
