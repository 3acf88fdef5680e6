"""What an import will do: files to write and to change, every row accounted for, findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.change.crm.account import Records, playbook_of
from generator.change.crm.accounting import closing_table
from generator.change.crm.export import read_export, records_of
from generator.change.crm.lists import Lists, settings_files
from generator.change.crm.load import Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.match import match
from generator.change.crm.skipped import findings
from generator.change.crm.sync import contacts_in, sync
from generator.change.edit.edit import edit_text
from generator.change.edit.files import ChangedFile, Files, NewFile
from generator.change.edit.yaml_text import yaml_text
from generator.problems import Problem, in_order
from generator.read import Document
from generator.settings import Settings

SCHEMA = "site_config/playbook.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan(Files):
    """What to write, what a person should know, and the closing account in lines for people."""

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
    export = read_export(tables, how, settings, own)
    how, lists = export.how, export.lists
    matches = match(export.accounts.names, documents, how)
    new = [NewFile(path=path, text=text) for path, text in settings_files(lists, settings, own)]
    changed, same, problems = [], 0, [*findings(export.skipped), *matches.problems]
    for done, records in enumerate(records_of(export, matches.ids)):
        tell(done + 1, len(export.accounts.rows))
        key = records.company.key
        document = matches.documents.get(key)
        if document is None and key not in matches.left_alone:
            new.append(_new_file(records, lists, how))
        elif document is not None:
            file, told = _changed_file(document, records, lists, how)
            problems += told
            changed += [file] if file else []
            same += file is None
    accounting = closing_table(tables, how, export.deals, export.skipped, export.left_out)
    return ImportPlan(
        new=tuple(new),
        changed=tuple(changed),
        same=same,
        problems=in_order(problems),
        accounting=tuple(accounting),
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
