"""A whole export, read: its accounts, and of each its deals, contacts and cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.change.crm.account import Records
from generator.change.crm.cases import read_cases
from generator.change.crm.companies import AccountRows, account_rows, company_of
from generator.change.crm.contacts import read_contacts
from generator.change.crm.deals import Deal, read_deals
from generator.change.crm.headings import refuse_missing_columns
from generator.change.crm.lists import Lists, lists_of
from generator.change.crm.load import Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.records import Case, Person
from generator.change.crm.skipped import Skipped
from generator.settings import Settings

Placed = TypeVar("Placed", Deal, Person, Case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What could be read, which rows could not and why, and words that nobody knows."""

    how: CrmMapping
    accounts: AccountRows
    lists: Lists
    deals: Sequence[Deal]
    contacts: Sequence[Person]
    cases: Sequence[Case]
    skipped: Sequence[Skipped]
    left_out: Counter[str]


def read_export(
    tables: Mapping[str, Table], how: CrmMapping, settings: Settings, own: Sequence[str]
) -> Export:
    """Every row read or accounted for; the mapping's optional parts may lack their tables."""
    how = how.for_tables(tables)
    refuse_missing_columns(tables, how)
    accounts = account_rows(tables[how.accounts.table], how)
    lists, list_faults = lists_of(tables, how, settings, own)
    deals, deal_faults = read_deals(
        tables[how.opportunities.table], how, accounts.rows, tuple(lists.prices)
    )
    skipped = (*accounts.skipped, *list_faults, *deal_faults)
    left_out = Counter(
        f"unknown offering '{one.product}'"
        for one in deals
        if one.product and one.product not in lists.offerings
    )
    contacts: tuple[Person, ...] = ()
    cases: tuple[Case, ...] = ()
    if how.contacts:
        contacts, faults = read_contacts(tables[how.contacts.table], how, accounts.rows, left_out)
        skipped += faults
    if how.cases:
        cases, faults = read_cases(tables[how.cases.table], how, accounts.rows)
        skipped += faults
    return Export(
        how=how,
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
    names = export.accounts.names
    ids = {**{name: playbook_ids[key] for key, name in names.items()}, **playbook_ids}
    for key, row in export.accounts.rows.items():
        yield Records(
            company=company_of(
                key, names[key], row, export.how, ids, export.lists, export.left_out
            ),
            deals=deals.get(key, ()),
            contacts=contacts.get(key, ()),
            cases=cases.get(key, ()),
        )


def _by_account(records: Sequence[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    for one in records:
        found.setdefault(one.account, []).append(one)
    return found
