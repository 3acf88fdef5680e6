"""A whole export, read, with every row accounted for and money to the cent."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from generator.change.crm.cells import money_words
from generator.change.crm.join import AccountIndex, AccountRow
from generator.change.crm.lists import Lists, line_to_add, lists_of
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.places import CASES, INTERACTIONS, SATISFACTION, USAGE, place_name
from generator.change.crm.records import (
    ComplaintRecord,
    ContactRecord,
    Deal,
    Records,
    company_of,
    read_accounts,
    read_cases,
    read_contacts,
    read_deals,
    unnamed_people,
)
from generator.change.crm.signals import (
    Contract,
    Event,
    Score,
    Source,
    Talk,
    UsedAmount,
    read_contracts,
    read_outcomes,
    read_satisfaction,
    read_talks,
    read_usage,
    since_day,
    usage_since,
)
from generator.change.crm.tables import (
    ExportTable,
    Skipped,
    nothing_left,
    reasons,
    refuse_missing_columns,
)
from generator.outputs.report.formats import counted
from generator.problems import Problem
from generator.read.document import DataPath
from generator.settings import Settings

Placed = TypeVar(
    "Placed", Deal, ContactRecord, ComplaintRecord, Contract, Event, Score, UsedAmount, Talk
)


_WITH_ID = (Deal, ComplaintRecord, Contract, Event, Score, Talk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What could be read, which rows could not and why, and words that nobody knows."""

    mapping: CrmMapping
    file_of_accounts: str
    accounts: Mapping[str, AccountRow]
    lists: Lists
    deals: Sequence[Deal]
    contacts: Sequence[ContactRecord]
    cases: Sequence[ComplaintRecord]
    contracts: Sequence[Contract]
    outcomes: Sequence[Event]
    satisfaction: Sequence[Score]
    usage: Sequence[UsedAmount]
    interactions: Sequence[Talk]
    skipped: Sequence[Skipped]
    left_out: Counter[str]

    notes: Sequence[Problem]
    """What is wrong with cells that are used nevertheless."""

    @property
    def unreadable(self) -> frozenset[str]:
        """Keys of accounts whose row is there and cannot be used."""
        rows = (row for row in self.skipped if not row.fault.is_meant)
        return frozenset(row.record.key for row in rows if isinstance(row.record, AccountRow))

    @property
    def rows(self) -> frozenset[str]:
        """What the CRM calls its rows, also those that are not used."""
        unused = (row.record for row in self.skipped)
        signals = (*self.contracts, *self.outcomes, *self.satisfaction, *self.interactions)
        placed = (*self.accounts.values(), *self.deals, *self.contacts, *self.cases)
        records = (*placed, *signals, *unused)
        keys = {record.key for record in records if isinstance(record, (AccountRow, ContactRecord))}
        ids = {record.id for record in records if isinstance(record, _WITH_ID)}
        return frozenset(keys | ids)

    def not_asked(self) -> dict[str, frozenset[str]]:
        """By account, the places of cases that the mapping leaves out, because they are old."""
        places: dict[str, set[str]] = {}
        for row in self.skipped:
            if row.fault.is_meant and isinstance(row.record, ComplaintRecord):
                place = place_name(CASES, [row.record.id])
                places.setdefault(row.record.account, set()).add(place)
        return {account: frozenset(names) for account, names in places.items()}

    def since(self) -> dict[DataPath, datetime.date]:
        """By list, the first day that the mapping asks for."""
        how, years = self.mapping, self.lists.years
        days: dict[DataPath, list[datetime.date | None]] = {
            SATISFACTION: [since_day(part.months, how) for part in how.satisfaction],
            USAGE: [usage_since(part, how, years) for part in how.usage],
            INTERACTIONS: [since_day(part.months, how) for part in how.interactions],
        }
        since: dict[DataPath, datetime.date] = {}
        for path, several in days.items():
            known = [day for day in several if day is not None]
            if known and len(known) == len(several):
                since[path] = min(known)
        return since

    @property
    def names(self) -> dict[str, str]:
        """What the accounts are called, by key."""
        return {key: account.name for key, account in self.accounts.items()}


def read_export(
    tables: Mapping[str, ExportTable],
    mapping: CrmMapping,
    settings: Settings,
    own: Sequence[str],
    labels: Mapping[str, Mapping[str, str]],
    *,
    is_first: bool = False,
) -> Export:
    """Every row read or accounted for; the mapping's optional parts may lack their tables.

    `labels` are the ids that earlier imports gave, by list; `is_first` is an import that makes the
    first plans of a workspace.
    """
    mapping = mapping.for_tables(tables)
    refuse_missing_columns(tables, mapping)
    accounts, skipped = read_accounts(tables[mapping.accounts.table], mapping)
    lists, list_faults = lists_of(tables, mapping, settings, own, labels, is_first=is_first)
    index = AccountIndex(rows=accounts, mapping=mapping)
    deals, deal_faults = read_deals(tables, mapping, index, tuple(lists.prices))
    contacts, contact_faults = read_contacts(tables, mapping, index)
    cases, case_faults = read_cases(tables, mapping, index)
    source = Source(tables, mapping, index)
    contracts, contract_faults = read_contracts(source)
    outcomes, outcome_faults = read_outcomes(source)
    satisfaction, score_faults = read_satisfaction(source)
    usage, usage_faults = read_usage(source, lists.years)
    interactions, talk_faults = read_talks(source, settings.catalogue.channels)
    left_out = Counter(
        f"unknown offering '{deal.product}'"
        for deal in deals
        if deal.product and deal.product not in lists.offerings
    )
    left_out.update(
        f"unknown person '{deal.person}'"
        for deal in deals
        if deal.person and deal.person not in lists.people
    )
    left_out.update(word for person in contacts for word in person.unknown)
    return Export(
        mapping=mapping,
        file_of_accounts=tables[mapping.accounts.table].file,
        accounts=accounts,
        lists=lists,
        deals=deals,
        contacts=contacts,
        cases=cases,
        contracts=contracts,
        outcomes=outcomes,
        satisfaction=satisfaction,
        usage=usage,
        interactions=interactions,
        skipped=(
            *skipped,
            *list_faults,
            *unnamed_people(tables, mapping),
            *deal_faults,
            *contact_faults,
            *case_faults,
            *contract_faults,
            *outcome_faults,
            *score_faults,
            *usage_faults,
            *talk_faults,
        ),
        left_out=left_out,
        notes=(
            *(note for table in tables.values() for note in table.notes),
            *nothing_left(tables, mapping),
        ),
    )


def records_of(export: Export, playbook_ids: Mapping[str, str]) -> Iterator[Records]:
    """Each account with all that the export says of it; `playbook_ids` are by its key."""
    deals, contacts = _by_account(export.deals), _by_account(export.contacts)
    cases, contracts = _by_account(export.cases), _by_account(export.contracts)
    outcomes, scores = _by_account(export.outcomes), _by_account(export.satisfaction)
    usage, talks = _by_account(export.usage), _by_account(export.interactions)
    ids = {**{name: playbook_ids[key] for key, name in export.names.items()}, **playbook_ids}
    for key, account in export.accounts.items():
        yield Records(
            company=company_of(account, export.mapping, ids, export.lists, export.left_out),
            deals=deals.get(key, ()),
            contacts=contacts.get(key, ()),
            cases=cases.get(key, ()),
            contracts=contracts.get(key, ()),
            outcomes=outcomes.get(key, ()),
            satisfaction=scores.get(key, ()),
            usage=usage.get(key, ()),
            interactions=talks.get(key, ()),
        )


def _by_account(records: Sequence[Placed]) -> dict[str, list[Placed]]:
    by_account: dict[str, list[Placed]] = {}
    for record in records:
        by_account.setdefault(record.account, []).append(record)
    return by_account


def closing_table(
    tables: Mapping[str, ExportTable], export: Export, settings: Settings
) -> Iterator[str]:
    """Lines for people, table by table, then the won value by currency.

    Of each table, used and skipped rows add up to all; a row is skipped when no part uses it.
    """
    mapping, skipped = export.mapping, export.skipped
    parts = Counter(part.table for _, part in mapping.parts())
    for table in tables.values():
        by_line: dict[int, list[Skipped]] = {}
        for row in skipped:
            if row.table.name == table.name:
                by_line.setdefault(row.line, []).append(row)
        whole = [_to_mend(rows) for rows in by_line.values() if len(rows) >= parts[table.name]]
        partly = [
            _to_mend(told)
            for rows in by_line.values()
            if len(rows) < parts[table.name]
            and (told := [row for row in rows if not row.fault.is_by_where])
        ]
        yield f"{table.label}: {len(table.rows):,} rows, {len(table.rows) - len(whole):,} used"
        for reason, rows in reasons(whole):
            yield f"  {len(rows):,} skipped: {_in_words(reason, rows)}"
        for reason, rows in reasons(partly):
            yield f"  {len(rows):,} used in part: {_in_words(reason, rows)}"
    yield from _fields(export.left_out, mapping, settings)
    if mapping.opportunities:
        yield from _won(export.deals, skipped, mapping)


def _to_mend(rows: Sequence[Skipped]) -> Skipped:
    """Of why several parts do not use one row, the first that is not meant so."""
    return next((row for row in rows if not row.fault.is_meant), rows[0])


_WORDS_SHOWN = 3  # that nobody knows, of one column; as many as places of a finding


def _fields(left_out: Counter[str], mapping: CrmMapping, settings: Settings) -> Iterator[str]:
    """The cells that are left out, by what is wrong; of many words the most frequent ones.

    Behind each the line that adds it to the settings, of many words for the first.
    """
    by_kind: dict[str, list[tuple[str, int]]] = {}
    for reason, count in sorted(left_out.items(), key=lambda pair: (-pair[1], pair[0])):
        kind, _, word = reason.partition(" '")
        by_kind.setdefault(kind, []).append((word.removesuffix("'"), count))
    for kind, words in sorted(by_kind.items()):
        if len(words) <= _WORDS_SHOWN:
            told = [(f"'{word}'", word, count) for word, count in words]
        else:
            first = ", ".join(f"'{word}'" for word, _ in words[:_WORDS_SHOWN])
            total, more = sum(count for _, count in words), len(words) - _WORDS_SHOWN
            told = [(f"{first} and {more:,} more", words[0][0], total)]
        for named, word, count in told:
            cure = line_to_add(kind.removeprefix("unknown "), word, mapping, settings)
            end = f"; {cure}" if cure else ""
            yield f"  {counted(count, 'field')} left out: {kind} {named}{end}"


def _in_words(reason: str, rows: Sequence[Skipped]) -> str:
    """A reason, and what differs from row to row where it is the same for all."""
    details = {row.fault.detail for row in rows}
    return rows[0].fault.words if len(details) == 1 else reason


def _won(deals: Sequence[Deal], skipped: Sequence[Skipped], mapping: CrmMapping) -> Iterator[str]:
    """What was won, by currency: a deal that is exported twice counts once."""
    placed = {mapping.currency: _sum_of_won(deals)}
    there = set(deals)
    left = [
        row.record
        for row in skipped
        if isinstance(row.record, Deal) and not row.fault.is_meant and row.record not in there
    ]
    once = [*{deal: None for deal in left if deal.id}, *(deal for deal in left if not deal.id)]
    currencies = sorted({deal.currency for deal in once if deal.state == "won" and deal.amount})
    for currency in dict.fromkeys((mapping.currency, *currencies)):
        in_playbooks = placed.get(currency, Decimal(0))
        elsewhere = _sum_of_won(deal for deal in once if deal.currency == currency)
        yield (
            f"won value: {money_words(in_playbooks + elsewhere)} {currency} in all,"
            f" {money_words(in_playbooks)} placed, {money_words(elsewhere)} not placed"
        )


def _sum_of_won(deals: Iterable[Deal]) -> Decimal:
    return sum((deal.amount for deal in deals if deal.state == "won"), Decimal(0))
