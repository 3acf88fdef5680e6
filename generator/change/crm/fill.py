"""One account of an export into the form of a new playbook, examples in comments kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.change.crm.account import Records, playbook_of
from generator.change.crm.cells import id_of
from generator.change.crm.export import read_export, records_of
from generator.change.crm.load import Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.match import match
from generator.change.crm.sync import sync
from generator.change.edit.edit import edit_text
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.read import Document, read_text
from generator.settings import Settings

# Nothing is made of the export but the playbook: what the settings do not know is left out
_KNOWN = ("catalogue", "team")


def filled(  # noqa: PLR0913, PLR0917 - whom, into what, from what, and what is there already
    account: str,
    form: Callable[[str, str], str],
    path: str,
    tables: Mapping[str, Table],
    how: CrmMapping,
    settings: Settings,
    documents: Sequence[Document],
) -> str:
    """The text of a new playbook with what the CRM says of the account.

    The account is named by its id there, its name, or the playbook id that the name gives;
    `form` makes the empty playbook of a name and a status.
    """
    export = read_export(tables, how, settings, _KNOWN)
    matches = match(export.accounts.names, documents, export.how)
    wanted = _wanted(account, tuple(records_of(export, matches.ids)))
    key, name = wanted.company.key, wanted.company.name
    if there := matches.documents.get(key):
        raise WorkspaceError(f"'{name}' has a playbook: {there.path}; import brings it up to date")
    data = playbook_of(wanted, export.lists, export.how)
    if data["account"].get("parent") not in {one.stem for one in documents}:
        data["account"].pop("parent", None)  # its playbook is not there yet
    text = form(name, data["account"]["status"])
    states = {one.id: one.state for one in wanted.deals}
    found = sync(read_text(text.encode(), path), data, states, export.how)
    edited = edit_text(text, found.changes, path)
    if edited.problems:
        raise WorkspaceError(f"the form does not take what the CRM says: {edited.problems[0]}")
    return edited.text


def _wanted(account: str, all_records: Sequence[Records]) -> Records:
    for one in all_records:
        if account in (one.company.key, one.company.name, id_of(one.company.name)):
            return one
    names = [name for one in all_records for name in (one.company.key, one.company.name)]
    raise WorkspaceError(f"the export has no account '{account}'{did_you_mean(account, names)}")
