"""A whole export, read, with every row accounted for and money to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from generator.change.crm.cells import money_words
from generator.change.crm.lists import Lists, lists_of
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.places import CASES, place_name
from generator.change.crm.records import (
    AccountRow,
    ComplaintRecord,
    ContactRecord,
    Deal,
    Records,
    company_of,
    read_accounts,
    read_cases,
    read_contacts,
    read_deals,
)
from generator.change.crm.tables import ExportTable, Skipped, reasons, refuse_missing_columns
from generator.settings import Settings

Placed = TypeVar("Placed", Deal, ContactRecord, ComplaintRecord)


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
    skipped: Sequence[Skipped]
    left_out: Counter[str]

    @property
    def unreadable(self) -> frozenset[str]:
        """Keys of accounts whose row is there and cannot be used."""
        rows = (row for row in self.skipped if not row.fault.is_meant)
        return frozenset(row.record.key for row in rows if isinstance(row.record, AccountRow))

    @property
    def rows(self) -> frozenset[str]:
        """What the CRM calls its rows, also those that are not used."""
        unused = (row.record for row in self.skipped)
        records = (*self.accounts.values(), *self.deals, *self.contacts, *self.cases, *unused)
        keys = {record.key for record in records if isinstance(record, (AccountRow, ContactRecord))}
        ids = {record.id for record in records if isinstance(record, (Deal, ComplaintRecord))}
        return frozenset(keys | ids)

    def not_asked(self) -> dict[str, frozenset[str]]:
        """By account, the places of cases that the mapping leaves out, because they are old."""
        places: dict[str, set[str]] = {}
        for row in self.skipped:
            if row.fault.is_meant and isinstance(row.record, ComplaintRecord):
                place = place_name(CASES, [row.record.id])
                places.setdefault(row.record.account, set()).add(place)
        return {account: frozenset(names) for account, names in places.items()}

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
) -> Export:
    """Every row read or accounted for; the mapping's optional parts may lack their tables.

    `labels` are the ids that earlier imports gave, by list.
    """
    mapping = mapping.for_tables(tables)
    refuse_missing_columns(tables, mapping)
    accounts, skipped = read_accounts(tables[mapping.accounts.table], mapping)
    lists, list_faults = lists_of(tables, mapping, settings, own, labels)
    deals, deal_faults = read_deals(
        tables[mapping.opportunities.table], mapping, accounts, tuple(lists.prices)
    )
    skipped += (*list_faults, *deal_faults)
    left_out = Counter(
        f"unknown offering '{deal.product}'"
        for deal in deals
        if deal.product and deal.product not in lists.offerings
    )
    contacts: tuple[ContactRecord, ...] = ()
    cases: tuple[ComplaintRecord, ...] = ()
    if mapping.contacts:
        contacts, faults = read_contacts(
            tables[mapping.contacts.table], mapping, mapping.contacts, accounts
        )
        skipped += faults
        left_out.update(word for person in contacts for word in person.unknown)
    if mapping.cases:
        cases, faults = read_cases(tables[mapping.cases.table], mapping, mapping.cases, accounts)
        skipped += faults
    return Export(
        mapping=mapping,
        file_of_accounts=tables[mapping.accounts.table].file,
        accounts=accounts,
        lists=lists,
        deals=deals,
        contacts=contacts,
        cases=cases,
        skipped=skipped,
        left_out=left_out,
    )


def records_of(export: Export, playbook_ids: Mapping[str, str]) -> Iterator[Records]:
    """Each account with all that the export says of it; `playbook_ids` are by its key."""
    deals, contacts = _by_account(export.deals), _by_account(export.contacts)
    cases = _by_account(export.cases)
    ids = {**{name: playbook_ids[key] for key, name in export.names.items()}, **playbook_ids}
    for key, account in export.accounts.items():
        yield Records(
            company=company_of(account, export.mapping, ids, export.lists, export.left_out),
            deals=deals.get(key, ()),
            contacts=contacts.get(key, ()),
            cases=cases.get(key, ()),
        )


def _by_account(records: Sequence[Placed]) -> dict[str, list[Placed]]:
    by_account: dict[str, list[Placed]] = {}
    for record in records:
        by_account.setdefault(record.account, []).append(record)
    return by_account


def closing_table(
    tables: Mapping[str, ExportTable],
    mapping: CrmMapping,
    deals: Sequence[Deal],
    skipped: Sequence[Skipped],
    left_out: Counter[str],
) -> Iterator[str]:
    """Lines for people, table by table, then the won value by currency."""
    for table in tables.values():
        gone = reasons(skipped, table.file)
        used = len(table.rows) - sum(len(rows) for _, rows in gone)
        yield f"{table.file}: {len(table.rows):,} rows, {used:,} used"
        for reason, rows in gone:
            yield f"  {len(rows):,} skipped: {reason}"
    for reason, count in sorted(left_out.items()):
        yield f"  {count:,} fields left out: {reason}"
    yield from _won(deals, skipped, mapping)


def _won(deals: Sequence[Deal], skipped: Sequence[Skipped], mapping: CrmMapping) -> Iterator[str]:
    placed: Counter[str] = Counter({mapping.currency: 0})
    not_placed: Counter[str] = Counter()
    for deal in deals:
        placed[mapping.currency] += deal.amount if deal.state == "won" else 0  # type: ignore[assignment]
    for row in skipped:
        if isinstance(row.record, Deal) and row.record.state == "won" and row.record.amount:
            not_placed[row.record.currency] += row.record.amount  # type: ignore[assignment]
    for currency in (mapping.currency, *sorted({*not_placed} - {mapping.currency})):
        in_playbooks, elsewhere = Decimal(placed[currency]), Decimal(not_placed[currency])
        yield (
            f"won value: {money_words(in_playbooks + elsewhere)} {currency} in all,"
            f" {money_words(in_playbooks)} placed, {money_words(elsewhere)} not placed"
        )
