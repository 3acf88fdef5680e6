"""What an import will do: whose playbook is whose, files to write and to change, findings."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from generator.change.crm.cells import money_words
from generator.change.crm.export import Export, closing_table, read_export, records_of
from generator.change.crm.lists import CURRENCIES, TEAM, currency_file, joined_team, settings_files
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.memory import AccountMemory, Memory, MemoryFile
from generator.change.crm.names import free_id, id_of, plain_name
from generator.change.crm.places import CONTACTS, entries_in, has_imported
from generator.change.crm.playbook import ids_of_contacts, playbook_of, rows_of
from generator.change.crm.records import Records
from generator.change.crm.sync import sync, written_new
from generator.change.crm.tables import ExportTable, findings, lines_in_words
from generator.change.crm.totals import Side, Totals, totals_of
from generator.change.crm.withdraw import CrmAccount
from generator.change.edit.edit import Edited, edit_text, is_safe_to_edit
from generator.change.edit.files import ChangedFile, Files, NewFile
from generator.change.edit.yaml_text import yaml_text
from generator.errors import WorkspaceError
from generator.model.placeholders import without_placeholders
from generator.model.shape import did_you_mean
from generator.problems import Level, Problem, in_order
from generator.read import Document, read_text
from generator.rules.validate.consistency import no_rate
from generator.settings import Settings


@dataclass(slots=True, kw_only=True)
class Matches:
    """The playbook of each account that has one, the ids of all, and what was not clear."""

    names: Mapping[str, str]
    """The accounts of the export, by key."""
    mapping: CrmMapping
    unreadable: frozenset[str]
    """Keys of accounts that the export has and whose row cannot be used."""
    memory: Memory
    documents: dict[str, Document] = field(default_factory=dict)
    """By the account's key in the CRM."""
    ids: dict[str, str] = field(default_factory=dict)
    """The playbook's id for every account, also for those that are still to be made."""
    left_alone: set[str] = field(default_factory=set)
    """Keys of accounts whose playbook cannot be read or is there twice."""
    gone: list[tuple[str, Document]] = field(default_factory=list)
    """Playbooks of accounts that the export has no more, or under another id, by that key."""
    problems: list[Problem] = field(default_factory=list)

    def claim_known(self, key: str, first: Document, *others: Document) -> None:
        """The playbook that names its id in the CRM."""
        current = self.mapping.current(key)
        if current in self.unreadable - self.names.keys():
            return  # the finding about its row says it
        if current not in self.names:
            self.gone += [(key, document) for document in (first, *others)]
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
            self.gone.append((key, first))
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
            if plain_name(name) in _names_of(document) and document.stem not in taken
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
            known = self.memory.accounts.get(key)
            stem = known.playbook if known else free_id(name, "account", ())
            is_it = stem == document.stem or name in document.text
            if key not in self.documents and is_it:
                self.left_alone.add(key)
                self.ids.setdefault(key, document.stem)

    def _tell(self, document: Document, rule: str, message: str, level: Level = "warning") -> None:
        path = ("account", "crm", self.mapping.system)
        self.problems.append(document.problem(path, rule, message, level=level))


def match(
    names: Mapping[str, str],
    documents: Sequence[Document],
    mapping: CrmMapping,
    memory: Memory,
    unreadable: frozenset[str] = frozenset(),
) -> Matches:
    """Playbooks by their id in the CRM, else by the account's name; `names` are by key."""
    matches = Matches(names=names, mapping=mapping, memory=memory, unreadable=unreadable)
    by_key: dict[str, list[Document]] = {}
    unbound = []
    for document in filter(is_safe_to_edit, documents):
        key = _key_in(document, mapping)
        if key is not None:
            by_key.setdefault(key, []).append(document)
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
    there = {document.stem for document in documents}
    before = {key: known.playbook for key, known in memory.accounts.items()}
    taken = {*there, *before.values()}
    for key, name in names.items():
        if key not in matches.ids:
            again = before.get(key, "")
            matches.ids[key] = (
                again if again and again not in there else free_id(name, "account", taken)
            )
            taken.add(matches.ids[key])
    return matches


def _key_in(document: Document, mapping: CrmMapping) -> str | None:
    """The account's id in the CRM, as a playbook names it."""
    keys = _account(document).get("crm")
    key = keys.get(mapping.system) if isinstance(keys, dict) else None
    return mapping.key(key) if isinstance(key, str) else None


def _account(document: Document) -> dict[str, Any]:
    account = (document.data or {}).get("account")
    return account if isinstance(account, dict) else {}


def _names_of(document: Document) -> set[str]:
    """What a playbook calls its account, as names are compared."""
    account = _account(document)
    aliases = account.get("aliases")
    names = [account.get("name"), *(aliases if isinstance(aliases, list) else ())]
    return {plain_name(name) for name in names if isinstance(name, str)}


SCHEMA = "site_config/playbook.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan(Files):
    """What to write, what a person should know, and the closing account in lines for people."""

    same: int
    """Playbooks that say already what the export says."""
    problems: tuple[Problem, ...]
    accounting: tuple[str, ...]
    of_rows: tuple[Problem, ...] = ()
    """Those of the problems that are about rows of the export, not about playbooks."""
    remark: str = ""
    """What a person should know about what imports of before remembered."""
    joined: int = 0
    """So many people join the workspace's own team."""
    of_settings: tuple[str, ...] = ()
    """What the settings say from now on, and what they must say still."""
    as_they_are: Totals | None = None
    """The playbooks as they lie there against the export; None where there is no export."""
    as_they_will_be: Totals | None = None


def plan_import(  # noqa: PLR0913 - what the export has, what the workspace has, who hears of it
    tables: Mapping[str, ExportTable],
    mapping: CrmMapping,
    settings: Settings,
    own: Sequence[str],
    documents: Sequence[Document],
    memory: MemoryFile,
    *,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportPlan:
    """What the export becomes; `own` are the site_config files that the workspace has itself.

    A workspace without a catalogue or a team of its own gets them from the export; one with them
    keeps them, and what they do not know is left out and counted. The first import into a
    workspace without plans adds its people to the team, and says the currency of sums where the
    workspace has not said it. `memory` is what earlier imports wrote. `tell` hears of the progress.
    """
    known = memory.memory
    is_first = not documents and memory.text is None
    export = read_export(tables, mapping, settings, own, known.labels, is_first=is_first)
    mapping = export.mapping
    documents = [without_placeholders(document)[0] for document in documents]
    matches = match(export.names, documents, mapping, known, export.unreadable)
    writing = _Writing(export=export, settings=settings, memory=known, not_asked=export.not_asked())
    for done, records in enumerate(records_of(export, matches.ids)):
        tell(done + 1, len(export.accounts))
        key = records.company.key
        writing.bring(records, matches.documents.get(key), is_left=key in matches.left_alone)
    for key, document in matches.gone:
        writing.take_back(key, document)
    says_currency = is_first and CURRENCIES not in own and mapping.currency != _ours(settings)
    settings_new = tuple(
        _settings_file(path, text, settings)
        for path, text in (
            *settings_files(export.lists, own),
            *((currency_file(mapping),) if says_currency else ()),
        )
    )
    team = joined_team(export.lists, settings.documents[TEAM])
    told = (*_credited(export), *_much_gone(export, known))
    of_rows = (*findings(export.skipped), *export.notes, *told)
    problems = (*of_rows, *matches.problems, *writing.problems, *(team.problems if team else ()))
    return ImportPlan(
        new=(*settings_new, *writing.new),
        changed=tuple(writing.changed),
        settings=_changed(team, settings.documents[TEAM]),
        record=memory.with_memory(writing.memory_after()),
        same=writing.same,
        problems=in_order(problems),
        of_rows=of_rows,
        accounting=tuple(closing_table(tables, export, settings)),
        remark=_remark(memory, matches),
        joined=len(export.lists.joining),
        as_they_are=totals_of(writing.before, export.lists, mapping),
        as_they_will_be=totals_of(writing.after, export.lists, mapping),
    )


def _ours(settings: Settings) -> str:
    """The currency of sums."""
    return settings.currencies.reporting_currency


def _changed(edited: Edited | None, document: Document) -> tuple[ChangedFile, ...]:
    """A file of settings as it shall be, where it could be changed."""
    if edited is None or edited.text == document.text:
        return ()
    return (ChangedFile(path=document.path, before=document.text, text=edited.text),)


def settings_in_words(
    plan: ImportPlan, currency: str, settings: Settings, today: datetime.date
) -> Iterator[str]:
    """What an import has the settings say, and what they must say still for sums over accounts."""
    team, currencies = (settings.documents[name].path for name in (TEAM, CURRENCIES))
    if plan.settings:
        who = "1 person of the export joins" if plan.joined == 1 else ""
        yield f"{who or f'{plan.joined:,} people of the export join'} the team ({team})"
    if any(file.path.endswith(f"/{CURRENCIES}.yaml") for file in plan.new):
        yield f"sums are in {currency}, as the export is; {currencies} says so now"
    elif (plan.new or plan.changed) and (cause := no_rate(currency, settings, today)) is not None:
        yield (
            f"these plans are in {currency} and cannot be added up with others: {cause.fault};"
            f" {cause.cure}"
        )


def _settings_file(path: str, text: str, settings: Settings) -> NewFile:
    """A file of settings, behind the comments that `playbook init` left there."""
    comments = settings.documents[PurePosixPath(path).stem].text
    gap = "\n" if comments else ""
    return NewFile(path=path, text=f"{comments}{gap}{text}", comments=comments)


def _credited(export: Export) -> Iterator[Problem]:
    """A finding where more was credited in a year of an account than won."""
    years: dict[tuple[str, int], Decimal] = {}
    for deal in export.deals:
        if deal.state == "won" and deal.closed_on:
            place = deal.account, export.lists.years.of(deal.closed_on)
            years[place] = years.get(place, Decimal(0)) + deal.amount
    places = sorted(
        (export.accounts[key].row.line, year, amount, export.names[key])
        for (key, year), amount in years.items()
        if amount < 0
    )
    if not places:
        return
    lines = [
        f"{line:,} ('{name}' in {year}: {money_words(amount)} {export.mapping.currency})"
        for line, year, amount, name in places
    ]
    yield Problem(
        path=export.file_of_accounts,
        line=places[0][0],
        column=1,
        level="warning",
        rule="crm-credited",
        message=f"more was credited in a year than was won, {lines_in_words(lines)}; it is written"
        " so. If a note belongs to a bill of another year, correct its day in the CRM",
    )


def _much_gone(export: Export, memory: Memory) -> Iterator[Problem]:
    """A finding where the export seems to be a part of the one before."""
    before = memory.rows
    gone = len(before - export.rows)
    if gone * 2 > len(before) and gone >= _MANY:
        yield Problem(
            path=export.file_of_accounts,
            level="warning",
            rule="crm-much-gone",
            message=f"{gone:,} of the {len(before):,} rows that earlier imports brought are not in"
            " this export; if it is only a part, take the playbooks back from git and import all"
            " of it; with --strict nothing is written",
        )


def _remark(memory: MemoryFile, matches: Matches) -> str:
    """What a person should know about what is remembered."""
    if memory.mapping_before:
        return _TAKEN_OVER.format(before=memory.mapping_before)
    there = matches.documents.values()
    is_unknown = memory.text is None and any(
        has_imported(document.data or {}, matches.mapping) for document in there
    )
    return _UNKNOWN if is_unknown else ""


_MANY = 10  # rows; below, half of them is no sign of a part
_UNKNOWN = (
    "nothing is remembered of earlier imports by this mapping: what they wrote is known by its"
    " evidence alone, and a value that has none and differs from the CRM's counts as a person's"
)
_TAKEN_OVER = (
    "what is remembered of imports by {before}, which is not there any more, is this mapping's now"
)


@dataclass(slots=True, kw_only=True)
class _Writing:
    """What becomes of each playbook, one after the other."""

    export: Export
    settings: Settings
    memory: Memory
    not_asked: Mapping[str, frozenset[str]]
    """By account, places of cases that are too old to be asked for."""
    new: list[NewFile] = field(default_factory=list)
    changed: list[ChangedFile] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    before: list[Side] = field(default_factory=list)
    after: list[Side] = field(default_factory=list)
    accounts: dict[str, AccountMemory] = field(default_factory=dict)
    """What is remembered from now on, by key."""
    forgotten: set[str] = field(default_factory=set)
    """Keys that accounts had before a merger."""

    def bring(self, records: Records, document: Document | None, *, is_left: bool) -> None:
        """What the export says of an account into its playbook, or into a new one."""
        key, id_ = records.company.key, records.company.id
        old_key = (_key_in(document, self.export.mapping) if document else None) or key
        known = self.memory.of_playbook(id_, old_key) if document else self.memory.accounts.get(key)
        not_asked = self.not_asked.get(key, frozenset())
        crm = crm_account(records, self.export, document, known, not_asked)
        if is_left:
            self._compare(id_, None, None, known, records, crm)
        elif document is None:
            file = _new_file(records, crm.data, self.export.mapping)
            self.new.append(file)
            self.accounts[key] = written_new(crm, self.export.mapping, id_)
            made = read_text(file.text.encode(), file.path)
            self._compare(id_, None, made, self.accounts[key], records, crm)
        else:
            if old_key != key:
                self.forgotten.add(old_key)
            after, same_deals = self._change(key, document, crm, known)
            self._compare(id_, document, after, known, records, crm, same_deals)

    def take_back(self, key: str, document: Document) -> None:
        """What imports wrote about an account that the export has no more under this key."""
        known = self.memory.accounts.get(key)
        if known is None or known.playbook != document.stem:
            return
        crm = CrmAccount()
        after, _ = self._change(key, document, crm, known)
        self._compare(document.stem, document, after, known, None, crm)

    def _change(
        self, key: str, document: Document, crm: CrmAccount, known: AccountMemory | None
    ) -> tuple[Document, Collection[str]]:
        """A playbook with the CRM's values, as far as the CRM may and the text lets it.

        Beside it the places of deals that a person has written already.
        """
        brought = sync(document, crm, self.export.mapping, self.settings, known)
        edited = Edited(text=document.text, document=document)
        if brought.changes:  # else it need not be read again
            edited = edit_text(document.text, brought.changes, document.path)
        self.problems += (*edited.problems, *brought.findings(edited.document))
        if edited.text == document.text:
            self.same += bool(crm.data)
        else:
            self.changed.append(
                ChangedFile(path=document.path, before=document.text, text=edited.text)
            )
        if not edited.problems:
            self.accounts[key] = brought.remembered(edited.document.data or {}, document.stem)
        return edited.document, brought.same_deals.keys()

    def _compare(  # noqa: PLR0913, PLR0917 - both sides, and what is known of them
        self,
        id_: str,
        before: Document | None,
        after: Document | None,
        known: AccountMemory | None,
        records: Records | None,
        crm: CrmAccount,
        same_deals: Collection[str] = (),
    ) -> None:
        file, line = self.export.file_of_accounts, 1
        if records is not None:
            line = self.export.accounts[records.company.key].row.line
        for document, sides in ((before, self.before), (after, self.after)):
            side = Side(id=id_, document=document, known=known, records=records, crm=crm)
            sides.append(replace(side, row=(file, line), same_deals=same_deals))

    def memory_after(self) -> Memory:
        """What to remember: accounts as they are now, and every id that a label ever got."""
        kept = {
            key: known for key, known in self.memory.accounts.items() if key not in self.forgotten
        }
        labels = {
            kind: {**self.memory.labels.get(kind, {}), **new}
            for kind, new in self.export.lists.labels.items()
        }
        return Memory(accounts={**kept, **self.accounts}, labels={**self.memory.labels, **labels})


def crm_account(
    records: Records,
    export: Export,
    document: Document | None = None,
    known: AccountMemory | None = None,
    not_asked: frozenset[str] = frozenset(),
) -> CrmAccount:
    """What the export says of an account, with the ids of contacts that its playbook has."""
    there = [entry for _, entry in entries_in((document and document.data) or {}, CONTACTS)]
    remembered = {
        row: id_ for id_, rows in (known.rows_of(CONTACTS) if known else {}).items() for row in rows
    }
    ids = ids_of_contacts(records.contacts, there, remembered)
    return CrmAccount(
        data=playbook_of(records, export.lists, export.mapping, ids),
        rows=rows_of(records, export.lists, export.mapping, ids),
        states=records.states,
        not_asked=not_asked,
        since=export.since(),
    )


def _new_file(records: Records, data: Mapping[str, Any], mapping: CrmMapping) -> NewFile:
    path = str(PurePosixPath("playbooks", mapping.folder or "", f"{records.company.id}.yaml"))
    return NewFile(path=path, text=_heading(path, mapping) + yaml_text(data))


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
    memory: MemoryFile,
) -> tuple[str, Files]:
    """The text of a new playbook with what the CRM says of the account, and what is remembered.

    The account is named by its id there, its name, or the playbook id that the name gives;
    `form` makes the empty playbook of a name and a status.
    """
    export = read_export(tables, mapping, settings, _KNOWN, memory.memory.labels)
    matches = match(export.names, documents, export.mapping, memory.memory)
    records = _records_of_account(account, tuple(records_of(export, matches.ids)))
    key, name = records.company.key, records.company.name
    if document := matches.documents.get(key):
        raise WorkspaceError(
            f"'{name}' has a playbook: {document.path}; import brings it up to date"
        )
    crm = crm_account(records, export)
    data = dict(crm.data)
    if data["account"].get("parent") not in {document.stem for document in documents}:
        data["account"].pop("parent", None)  # its playbook is not there yet
    text = form(name, data["account"]["status"])
    document = read_text(text.encode(), path)
    brought = sync(document, replace(crm, data=data), export.mapping, settings)
    edited = edit_text(text, brought.changes, path)
    if edited.problems:
        raise WorkspaceError(f"the form does not take what the CRM says: {edited.problems[0]}")
    known = brought.remembered(edited.document.data or {}, document.stem)
    accounts = {**memory.memory.accounts, key: known}
    record = memory.with_memory(replace(memory.memory, accounts=accounts))
    return edited.text, Files(record=record)


def _records_of_account(account: str, all_records: Sequence[Records]) -> Records:
    for records in all_records:
        if account in (records.company.key, records.company.name, id_of(records.company.name)):
            return records
    names = [
        name for records in all_records for name in (records.company.key, records.company.name)
    ]
    raise WorkspaceError(f"the export has no account '{account}'{did_you_mean(account, names)}")
