"""The playbooks against the export: revenue by year, open deals and cases, account by account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.change.crm.cells import money_words
from generator.change.crm.lists import Lists
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.memory import AccountMemory
from generator.change.crm.places import (
    CASES,
    DEALS,
    REVENUE,
    entries_in,
    list_of,
    place_name,
    place_of_entry,
    plain_value,
    standing_of,
)
from generator.change.crm.playbook import amount_open
from generator.change.crm.records import Records
from generator.change.crm.withdraw import CrmAccount
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath, said_at

_DIFFERENCES_SHOWN = 20
_ROWS_SHOWN = 3
Amounts = Mapping[str, Decimal]
"""By place: revenue of a year, an open deal, a case (1 for each)."""


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
        kinds = {REVENUE: f"revenue of {name}", DEALS: f"open deal '{name}'"}
        return kinds.get(list_of(self.place) or (), f"case '{name}'")

    def _said(self, amount: Decimal | None, mapping: CrmMapping) -> str:
        if list_of(self.place) == CASES:
            return "not there" if amount is None else "there"
        if amount is None:
            return "not there"
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
        deals = place_name(DEALS)
        yield self._line(
            "open deals",
            *(
                f"{count[DEALS]:,} worth {self._money(deals, side)}"
                for count, side in zip(self.counts, self._sides, strict=True)
            ),
        )
        if self.mapping.cases or any(count[CASES] for count in self.counts):
            yield self._line("cases", *(f"{count[CASES]:,}" for count in self.counts))
        for difference in self.differences[:_DIFFERENCES_SHOWN]:
            yield f"  {difference.account}: {difference.words(self.mapping)}"
        if more := self.differences[_DIFFERENCES_SHOWN:]:
            yield f"  and {len(more):,} more"

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
        for difference in self.differences:
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


def totals_of(sides: Sequence[Side], lists: Lists, mapping: CrmMapping) -> Totals:
    """The sums of both, and where they differ."""
    sums: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    counts: tuple[Counter[DataPath | None], Counter[DataPath | None]] = (Counter(), Counter())
    differences: list[Difference] = []
    for side in sides:
        theirs = dict(_in_export(side.records, lists)) if side.records else {}
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
        )


def _in_export(records: Records, lists: Lists) -> Iterator[tuple[str, Decimal]]:
    """Straight from the rows, not by way of the playbook that is made of them."""
    years: dict[int, Decimal] = {}
    for deal in records.deals:
        if deal.state == "won" and deal.closed_on:
            year = lists.years.of(deal.closed_on)
            years[year] = years.get(year, Decimal(0)) + deal.amount
        elif deal.state == "open":
            yield place_name(DEALS, [deal.id]), amount_open(deal, lists) or Decimal(0)
    for year, amount in years.items():
        yield place_name(REVENUE, [str(year)]), amount
    for case in records.cases:
        yield place_name(CASES, [case.id]), Decimal(1)


def _in_playbook(
    side: Side, theirs: Collection[str], mapping: CrmMapping
) -> Iterator[tuple[str, tuple[Decimal, DataPath]]]:
    """What of a playbook is the CRM's, or stands where the CRM says something too.

    Amounts in another currency than the mapping's are none of it.
    """
    data = (side.document.data if side.document else None) or {}
    known = side.known.places if side.known else {}
    currency = said_at(data, ("economics", "currency"))
    for entries_of in (REVENUE, DEALS, CASES):
        if entries_of != CASES and currency not in (None, mapping.currency):
            continue
        for path, entry in entries_in(data, entries_of):
            place = place_of_entry(entries_of, entry)
            of_crm = standing_of({}, path, entry).is_from(mapping)
            if place in side.crm.not_asked or not (place in theirs or place in known or of_crm):
                continue
            if entry.get("currency", mapping.currency) != mapping.currency:
                continue
            amount = (
                Decimal(1) if entries_of == CASES else _amount(plain_value(entry.get("amount")))
            )
            yield place, (amount, path)


def _amount(written: Any) -> Decimal:
    try:
        return Decimal(str(written)) if written is not None else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
