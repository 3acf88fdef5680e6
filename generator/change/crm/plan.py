"""What an import will do: whose playbook is whose, files to write and to change, findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from generator.change.crm.cells import free_id, id_of
from generator.change.crm.export import closing_table, read_export, records_of
from generator.change.crm.lists import Lists, settings_files
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.playbook import playbook_of
from generator.change.crm.records import Records
from generator.change.crm.sync import contacts_in, sync
from generator.change.crm.tables import ExportTable, findings
from generator.change.edit.edit import edit_text, is_safe_to_edit
from generator.change.edit.files import ChangedFile, Files, NewFile
from generator.change.edit.yaml_text import yaml_text
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.problems import Level, Problem, in_order
from generator.read import Document, read_text
from generator.settings import Settings


@dataclass(slots=True, kw_only=True)
class Matches:
    """The playbook of each account that has one, the ids of all, and what was not clear."""

    names: Mapping[str, str]
    """The accounts of the export, by key."""
    mapping: CrmMapping
    documents: dict[str, Document] = field(default_factory=dict)
    """By the account's key in the CRM."""
    ids: dict[str, str] = field(default_factory=dict)
    """The playbook's id for every account, also for those that are still to be made."""
    left_alone: set[str] = field(default_factory=set)
    """Keys of accounts whose playbook cannot be read or is there twice."""
    problems: list[Problem] = field(default_factory=list)

    def claim_known(self, key: str, first: Document, *others: Document) -> None:
        """The playbook that names its id in the CRM."""
        current = self.mapping.current(key)
        if current not in self.names:
            message = (
                f"'{key}' is not in {self.mapping.source} of {self.mapping.as_of}; set the status"
                " to former, or name the account it became under merged in the mapping"
            )
            for document in (first, *others):
                self._tell(document, "crm-account-gone", message)
        elif others:
            self.left_alone.add(current)
            self.ids[current] = first.stem
            message = f"'{key}' is also the account of {first.path}; neither was changed, keep one"
            for document in others:
                self._tell(document, "crm-twice", message, "error")
        elif current in self.documents:
            message = (
                f"'{key}' was merged into '{current}'; move what still holds to"
                f" {self.documents[current].path}, then delete this file"
            )
            self._tell(first, "crm-merged", message)
        elif current not in self.left_alone:
            self.documents[current] = first
            self.ids[current] = first.stem

    def claim_named(self, key: str, name: str, unbound: Sequence[Document]) -> None:
        """A playbook of the same name that no account of this CRM has yet."""
        taken = set(self.ids.values())
        same = [
            document
            for document in unbound
            if name.casefold() in _names_of(document) and document.stem not in taken
        ]
        if not same:
            return
        self.ids[key] = same[0].stem
        if len(same) == 1:
            self.documents[key] = same[0]
            return
        self.left_alone.add(key)
        message = (
            f"'{name}' is also the name in {same[0].path}; write the account's id in the CRM under"
            " account.crm in the right one"
        )
        self.problems.append(same[1].problem(("account", "name"), "crm-ambiguous", message))

    def leave_broken(self, document: Document) -> None:
        """What cannot be read stays as it is; nor is a second playbook made for its account."""
        self.problems += document.problems
        for key, name in self.names.items():
            is_it = free_id(name, "account", ()) == document.stem or name in document.text
            if key not in self.documents and is_it:
                self.left_alone.add(key)
                self.ids.setdefault(key, document.stem)

    def _tell(self, document: Document, rule: str, message: str, level: Level = "warning") -> None:
        path = ("account", "crm", self.mapping.system)
        self.problems.append(document.problem(path, rule, message, level=level))


def match(names: Mapping[str, str], documents: Sequence[Document], mapping: CrmMapping) -> Matches:
    """Playbooks by their id in the CRM, else by the account's name; `names` are by key."""
    matches = Matches(names=names, mapping=mapping)
    by_key: dict[str, list[Document]] = {}
    unbound = []
    for document in filter(is_safe_to_edit, documents):
        keys = _account(document).get("crm")
        key = keys.get(mapping.system) if isinstance(keys, dict) else None
        if isinstance(key, str):
            by_key.setdefault(mapping.key(key), []).append(document)
        else:
            unbound.append(document)
    # of merged accounts the one that goes on first
    for key in sorted(by_key, key=lambda key: (mapping.current(key) != key, key)):
        matches.claim_known(key, *by_key[key])
    for key, name in names.items():
        if key not in matches.documents and key not in matches.left_alone:
            matches.claim_named(key, name, unbound)
    for document in documents:
        if not is_safe_to_edit(document):
            matches.leave_broken(document)
    taken = {document.stem for document in documents}
    for key, name in names.items():
        if key not in matches.ids:
            matches.ids[key] = free_id(name, "account", taken)
            taken.add(matches.ids[key])
    return matches


def _account(document: Document) -> dict[str, Any]:
    account = (document.data or {}).get("account")
    return account if isinstance(account, dict) else {}


def _names_of(document: Document) -> set[str]:
    """What a playbook calls its account, in small letters."""
    account = _account(document)
    aliases = account.get("aliases")
    names = [account.get("name"), *(aliases if isinstance(aliases, list) else ())]
    return {name.casefold() for name in names if isinstance(name, str)}


SCHEMA = "site_config/playbook.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan(Files):
    """What to write, what a person should know, and the closing account in lines for people."""

    same: int
    """Playbooks that say already what the export says."""
    problems: tuple[Problem, ...]
    accounting: tuple[str, ...]


def plan_import(
    tables: Mapping[str, ExportTable],
    mapping: CrmMapping,
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
    export = read_export(tables, mapping, settings, own)
    mapping, lists = export.mapping, export.lists
    matches = match(export.names, documents, mapping)
    new = [NewFile(path=path, text=text) for path, text in settings_files(lists, settings, own)]
    problems = [*findings(export.skipped), *export.notes, *matches.problems]
    changed, same = [], 0
    for done, records in enumerate(records_of(export, matches.ids)):
        tell(done + 1, len(export.accounts))
        key = records.company.key
        document = matches.documents.get(key)
        if document is None and key not in matches.left_alone:
            new.append(_new_file(records, lists, mapping))
        elif document is not None:
            file, findings_of_file = _changed_file(document, records, lists, mapping)
            problems += findings_of_file
            changed += [file] if file else []
            same += file is None
    accounting = closing_table(tables, mapping, export.deals, export.skipped, export.left_out)
    return ImportPlan(
        new=tuple(new),
        changed=tuple(changed),
        same=same,
        problems=in_order(problems),
        accounting=tuple(accounting),
    )


def _new_file(records: Records, lists: Lists, mapping: CrmMapping) -> NewFile:
    path = str(PurePosixPath("playbooks", mapping.folder or "", f"{records.company.id}.yaml"))
    text = _heading(path, mapping) + yaml_text(playbook_of(records, lists, mapping))
    return NewFile(path=path, text=text)


def _changed_file(
    document: Document, records: Records, lists: Lists, mapping: CrmMapping
) -> tuple[ChangedFile | None, tuple[Problem, ...]]:
    """The playbook with the CRM's values, or None when nothing changes or nothing may."""
    crm_data = playbook_of(records, lists, mapping, contacts_in(document.data or {}))
    brought = sync(document, crm_data, records.states, mapping)
    edited = edit_text(document.text, brought.changes, document.path)
    problems = (*edited.problems, *brought.findings(edited.document))
    if edited.text == document.text:
        return None, problems
    return ChangedFile(path=document.path, before=document.text, text=edited.text), problems


def _heading(path: str, mapping: CrmMapping) -> str:
    """Both editor modelines and where the file comes from."""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return (
        f"# yaml-language-server: $schema={up}{SCHEMA}\n# $schema: {up}{SCHEMA}\n"
        f"# Imported from {mapping.source} as of {mapping.as_of}.\n"
    )


# Nothing is made of the export but the playbook: what the settings do not know is left out
_KNOWN = ("catalogue", "team")


def filled(  # noqa: PLR0913, PLR0917 - whom, into what, from what, and what is there already
    account: str,
    form: Callable[[str, str], str],
    path: str,
    tables: Mapping[str, ExportTable],
    mapping: CrmMapping,
    settings: Settings,
    documents: Sequence[Document],
) -> str:
    """The text of a new playbook with what the CRM says of the account.

    The account is named by its id there, its name, or the playbook id that the name gives;
    `form` makes the empty playbook of a name and a status.
    """
    export = read_export(tables, mapping, settings, _KNOWN)
    matches = match(export.names, documents, export.mapping)
    records = _records_of_account(account, tuple(records_of(export, matches.ids)))
    key, name = records.company.key, records.company.name
    if document := matches.documents.get(key):
        raise WorkspaceError(
            f"'{name}' has a playbook: {document.path}; import brings it up to date"
        )
    data = playbook_of(records, export.lists, export.mapping)
    if data["account"].get("parent") not in {document.stem for document in documents}:
        data["account"].pop("parent", None)  # its playbook is not there yet
    text = form(name, data["account"]["status"])
    brought = sync(read_text(text.encode(), path), data, records.states, export.mapping)
    edited = edit_text(text, brought.changes, path)
    if edited.problems:
        raise WorkspaceError(f"the form does not take what the CRM says: {edited.problems[0]}")
    return edited.text


def _records_of_account(account: str, all_records: Sequence[Records]) -> Records:
    for records in all_records:
        if account in (records.company.key, records.company.name, id_of(records.company.name)):
            return records
    names = [
        name for records in all_records for name in (records.company.key, records.company.name)
    ]
    raise WorkspaceError(f"the export has no account '{account}'{did_you_mean(account, names)}")
