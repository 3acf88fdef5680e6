"""What an import will do: files to write and to change, every row accounted for, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.crm.account import Company, playbook_of
from generator.crm.accounting import closing_table
from generator.crm.companies import AccountRows, account_rows, company_of
from generator.crm.deals import Deal, read_deals
from generator.crm.lists import Lists, lists_of, settings_files
from generator.crm.load import Table
from generator.crm.mapping import Mapping as CrmMapping
from generator.crm.match import Matches, match
from generator.crm.skipped import findings
from generator.crm.sync import sync
from generator.edit import edit_text
from generator.edit.yaml_text import yaml_text
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
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
    _refuse_missing_columns(tables, how)
    found = account_rows(tables[how.accounts.table], how)
    lists, list_faults = lists_of(tables, how, settings, own)
    deals, deal_faults = read_deals(
        tables[how.opportunities.table], how, found.rows, tuple(lists.prices)
    )
    skipped = (*found.skipped, *list_faults, *deal_faults)
    matches = match(found.names, documents, how)
    left_out = Counter(
        f"unknown offering '{one.product}'"
        for one in deals
        if one.product and one.product not in lists.offerings
    )
    new = [NewFile(path=path, text=text) for path, text in settings_files(lists, settings, own)]
    changed, same, problems = [], 0, [*findings(skipped), *matches.problems]
    wanted = _accounts(found, matches, deals, lists, how, left_out)
    for done, (company, here) in enumerate(wanted):
        tell(done + 1, len(found.rows))
        document = matches.documents.get(company.key)
        if document is None and company.key not in matches.left_alone:
            new.append(_new_file(company, here, lists, how))
        elif document is not None:
            file, told = _changed_file(document, company, here, lists, how)
            problems += told
            changed += [file] if file else []
            same += file is None
    accounting = closing_table(tables, how, deals, skipped, left_out)
    return ImportPlan(
        new=tuple(new),
        changed=tuple(changed),
        same=same,
        problems=in_order(problems),
        accounting=tuple(accounting),
    )


def _accounts(
    found: AccountRows,
    matches: Matches,
    deals: Sequence[Deal],
    lists: Lists,
    how: CrmMapping,
    left_out: Counter[str],
) -> Iterator[tuple[Company, list[Deal]]]:
    """Each account of the export with its deals."""
    by_account: dict[str, list[Deal]] = {}
    for deal in deals:
        by_account.setdefault(deal.account, []).append(deal)
    by_name = {name: matches.ids[key] for key, name in found.names.items()}
    ids = {**by_name, **matches.ids}
    for key, row in found.rows.items():
        company = company_of(key, found.names[key], row, how, ids, lists, left_out)
        yield company, by_account.get(key, [])


def _new_file(company: Company, deals: Sequence[Deal], lists: Lists, how: CrmMapping) -> NewFile:
    path = str(PurePosixPath("playbooks", how.folder or "", f"{company.id}.yaml"))
    text = _heading(path, how) + yaml_text(playbook_of(company, deals, lists, how))
    return NewFile(path=path, text=text)


def _changed_file(
    document: Document, company: Company, deals: Sequence[Deal], lists: Lists, how: CrmMapping
) -> tuple[ChangedFile | None, tuple[Problem, ...]]:
    """The playbook with the CRM's values, or None when nothing changes or nothing may."""
    states = {one.id: one.state for one in deals}
    found = sync(document, playbook_of(company, deals, lists, how), states, how)
    edited = edit_text(document.text, found.changes, document.path)
    problems = (*edited.problems, *found.findings(edited.document))
    if edited.text == document.text:
        return None, problems
    return ChangedFile(path=document.path, before=document.text, text=edited.text), problems


def _refuse_missing_columns(tables: Mapping[str, Table], how: CrmMapping) -> None:
    for section in (how.accounts, how.products, how.people, how.opportunities):
        if section is None:
            continue
        table = tables[section.table]
        for field in type(section).model_fields:
            wanted = getattr(getattr(section, field), "column", None)
            if wanted is not None and wanted not in table.columns:
                raise WorkspaceError(
                    f"{table.file} has no column '{wanted}'{_cure(wanted, table.columns)}"
                )


def _cure(wanted: str, columns: Sequence[str]) -> str:
    """What to do about a column that lacks: the delimiter is wrong, or the name."""
    heading = columns[0] if len(columns) == 1 else ""
    for delimiter, name in ((";", '";"'), ("\t", "tab"), ("|", '"|"')):
        if delimiter in heading:
            return f"; its columns seem to stand apart by another sign: say delimiter: {name}"
    return did_you_mean(wanted, columns)


def _heading(path: str, how: CrmMapping) -> str:
    """Both editor modelines and where the file comes from."""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return (
        f"# yaml-language-server: $schema={up}{SCHEMA}\n# $schema: {up}{SCHEMA}\n"
        f"# Imported from {how.source} as of {how.as_of}.\n"
    )
