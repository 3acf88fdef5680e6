"""What an import will do: files to write and to change, every row accounted for, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from generator.crm.account import Records, playbook_of
from generator.crm.accounting import closing_table
from generator.crm.cases import read_cases
from generator.crm.companies import AccountRows, account_rows, company_of
from generator.crm.contacts import read_contacts
from generator.crm.deals import Deal, read_deals
from generator.crm.headings import refuse_missing_columns
from generator.crm.lists import Lists, lists_of, settings_files
from generator.crm.load import Table
from generator.crm.mapping import Mapping as CrmMapping
from generator.crm.match import Matches, match
from generator.crm.records import Case, Person
from generator.crm.skipped import Skipped, findings
from generator.crm.sync import contacts_in, sync
from generator.edit import edit_text
from generator.edit.yaml_text import yaml_text
from generator.problems import Problem, in_order
from generator.read import Document
from generator.settings import Settings

SCHEMA = "site_config/playbook.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to write, relative to the workspace."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """A playbook to change, relative to the repository, as it was read and as it shall be."""

    path: str
    before: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What to write, what a person should know, and the closing account in lines for people."""

    new: tuple[NewFile, ...]
    changed: tuple[ChangedFile, ...]
    same: int
    """Playbooks that say already what the export says."""
    problems: tuple[Problem, ...]
    accounting: tuple[str, ...]


def plan_import(
    tables: Mapping[str, Table],
    how: CrmMapping,
    settings: Settings,
    own: Sequence[str],
    documents: Sequence[Document],
    *,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportPlan:
    """What the export becomes; `own` are the site_config files that the workspace has itself.

    A workspace without a catalogue or a team of its own gets them from the export; one with them
    keeps them, and what they do not know is left out and counted. `tell` hears of the progress.
    """
    how = how.for_tables(tables)
    refuse_missing_columns(tables, how)
    found = account_rows(tables[how.accounts.table], how)
    lists, list_faults = lists_of(tables, how, settings, own)
    rest = _rest(tables, how, found, lists)
    skipped = (*found.skipped, *list_faults, *rest.skipped)
    matches = match(found.names, documents, how)
    left_out = rest.left_out
    new = [NewFile(path=path, text=text) for path, text in settings_files(lists, settings, own)]
    changed, same, problems = [], 0, [*findings(skipped), *matches.problems]
    wanted = _accounts(found, matches, rest, lists, how)
    for done, records in enumerate(wanted):
        tell(done + 1, len(found.rows))
        key = records.company.key
        document = matches.documents.get(key)
        if document is None and key not in matches.left_alone:
            new.append(_new_file(records, lists, how))
        elif document is not None:
            file, told = _changed_file(document, records, lists, how)
            problems += told
            changed += [file] if file else []
            same += file is None
    accounting = closing_table(tables, how, rest.deals, skipped, left_out)
    return ImportPlan(
        new=tuple(new),
        changed=tuple(changed),
        same=same,
        problems=in_order(problems),
        accounting=tuple(accounting),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """All but the accounts' own rows."""

    deals: Sequence[Deal]
    contacts: Sequence[Person]
    cases: Sequence[Case]
    skipped: Sequence[Skipped]
    left_out: Counter[str]


def _rest(tables: Mapping[str, Table], how: CrmMapping, found: AccountRows, lists: Lists) -> _Rest:
    """Deals, contacts and cases of accounts that are there; what is not known is counted."""
    deals, skipped = read_deals(
        tables[how.opportunities.table], how, found.rows, tuple(lists.prices)
    )
    left_out = Counter(
        f"unknown offering '{one.product}'"
        for one in deals
        if one.product and one.product not in lists.offerings
    )
    contacts: tuple[Person, ...] = ()
    cases: tuple[Case, ...] = ()
    if how.contacts:
        contacts, faults = read_contacts(tables[how.contacts.table], how, found.rows, left_out)
        skipped += faults
    if how.cases:
        cases, faults = read_cases(tables[how.cases.table], how, found.rows)
        skipped += faults
    return _Rest(deals=deals, contacts=contacts, cases=cases, skipped=skipped, left_out=left_out)


Placed = TypeVar("Placed", Deal, Person, Case)


def _by_account(records: Sequence[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    for one in records:
        found.setdefault(one.account, []).append(one)
    return found


def _accounts(
    found: AccountRows, matches: Matches, rest: _Rest, lists: Lists, how: CrmMapping
) -> Iterator[Records]:
    """Each account of the export with all that it says of it."""
    deals, contacts = _by_account(rest.deals), _by_account(rest.contacts)
    cases = _by_account(rest.cases)
    by_name = {name: matches.ids[key] for key, name in found.names.items()}
    ids = {**by_name, **matches.ids}
    for key, row in found.rows.items():
        yield Records(
            company=company_of(key, found.names[key], row, how, ids, lists, rest.left_out),
            deals=deals.get(key, ()),
            contacts=contacts.get(key, ()),
            cases=cases.get(key, ()),
        )


def _new_file(records: Records, lists: Lists, how: CrmMapping) -> NewFile:
    path = str(PurePosixPath("playbooks", how.folder or "", f"{records.company.id}.yaml"))
    text = _heading(path, how) + yaml_text(playbook_of(records, lists, how))
    return NewFile(path=path, text=text)


def _changed_file(
    document: Document, records: Records, lists: Lists, how: CrmMapping
) -> tuple[ChangedFile | None, tuple[Problem, ...]]:
    """The playbook with the CRM's values, or None when nothing changes or nothing may."""
    states = {one.id: one.state for one in records.deals}
    there = contacts_in(document.data or {})
    found = sync(document, playbook_of(records, lists, how, there), states, how)
    edited = edit_text(document.text, found.changes, document.path)
    problems = (*edited.problems, *found.findings(edited.document))
    if edited.text == document.text:
        return None, problems
    return ChangedFile(path=document.path, before=document.text, text=edited.text), problems


def _heading(path: str, how: CrmMapping) -> str:
    """Both editor modelines and where the file comes from."""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return (
        f"# yaml-language-server: $schema={up}{SCHEMA}\n# $schema: {up}{SCHEMA}\n"
        f"# Imported from {how.source} as of {how.as_of}.\n"
    )
