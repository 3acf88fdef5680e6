"""A mapping file: which columns of which tables become which fields of a playbook."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, PrivateAttr

from generator.change.crm.cells import DAY_PATTERN, ISO_DAY
from generator.change.crm.columns import MappedColumn, TableFile, Words
from generator.change.crm.names import composed, id_of
from generator.change.crm.parts import (
    PARTS,
    AccountsMapping,
    CasesMapping,
    ContactsMapping,
    ContractsMapping,
    InteractionsMapping,
    NamedColumn,
    OpportunitiesMapping,
    OutcomesMapping,
    PartMapping,
    PeopleMapping,
    ProductsMapping,
    SatisfactionMapping,
    Several,
    UsageMapping,
    listed,
    needed_in,
)
from generator.errors import SettingsError, WorkspaceError
from generator.model.base import Strict, about, needed
from generator.model.scalars import Currency, Day, Line, MonthSpan, Slug, Text, Year, fault
from generator.model.shape import did_you_mean, faults_of
from generator.problems import Level, Problem, errors_among, in_order
from generator.read import Document, Workspace, read_file
from generator.read.document import DataPath
from generator.read.text import shown
from generator.share import defaults_folder

# What an import writes: the names that `wins` may have, each with all below it
FIELDS = (
    "account",
    "account.name",
    "account.status",
    "account.industry",
    "account.region",
    "account.size",
    "account.parent",
    "account.owner",
    "account.website",
    "account.contract",
    "account.contract.start",
    "account.contract.end",
    "account.contract.notice_by",
    "account.contract.value",
    "account.contract.auto_renews",
    "account.contract.reference",
    "economics",
    "economics.currency",
    "economics.development.win_probability",
    "economics.revenue",
    "usage",
    "usage.value",
    "usage.of",
    "opportunities",
    "opportunities.offering",
    "opportunities.amount",
    "opportunities.stage",
    "opportunities.probability",
    "opportunities.close_on",
    "offerings",
    "offerings.status",
    "offerings.potential",
    "offerings.revenue",
    "outcomes",
    "outcomes.amount",
    "outcomes.reason",
    "relationship",
    "relationship.contacts",
    "relationship.contacts.name",
    "relationship.contacts.title",
    "relationship.contacts.level",
    "relationship.contacts.roles",
    "relationship.contacts.reports_to",
    "relationship.interactions",
    "relationship.interactions.contacts",
    "relationship.interactions.by",
    "relationship.interactions.initiated_by",
    "relationship.interactions.note",
    "service",
    "service.cases",
    "service.cases.opened",
    "service.cases.due",
    "service.cases.closed",
    "service.cases.severity",
    "service.satisfaction",
    "service.satisfaction.score",
)


def _field(given: str) -> str:
    if given not in FIELDS:
        raise fault("field", f"an import writes no {shown(given)}{did_you_mean(given, FIELDS)}")
    return given


def _spelling(given: str) -> str:
    if not DAY_PATTERN.fullmatch(given) or not all(unit in given for unit in ("YY", "M", "DD")):
        raise fault(
            "spelling", f"{shown(given)} spells no day; write it like YYYY-MM-DD or DD.MM.YYYY"
        )
    return given


def _folder(given: str) -> str:
    parts = given.split("/")
    if any(not id_of(part) or part[0] in "._" or "\\" in part for part in parts):
        raise fault("folder", f"{shown(given)} is no folder below playbooks/; write it like emea")
    return given


FieldName = Annotated[Line, AfterValidator(_field)]
Folder = Annotated[Line, AfterValidator(_folder)]
Spelling = Annotated[Line, AfterValidator(_spelling)]
Winner = Literal["crm", "playbook"]


class CrmMapping(Strict):
    """A mapping file."""

    source: Line = needed("What the export is called in the evidence.")
    as_of: Day = needed("The day the export was taken. Default: --as-of, else today.")
    system: Slug = needed("The id of the CRM under account.crm.")
    currency: Currency = needed("Of all amounts.")
    dates: tuple[Spelling, ...] = (ISO_DAY,)
    decimal: Literal[".", ","] = "."
    empty: Words = about(
        "Words in cells that mean nothing is there, such as NULL, #N/A and -.", default=()
    )
    wins: dict[FieldName, Winner] | None = about(
        "Who wins where a person's value and the CRM's differ. Default: the CRM over what came"
        " from it, else the playbook."
    )
    merged: dict[Line, Line] | None = about(
        "Accounts that became one: the old one's id, the new's."
    )
    customer_months: MonthSpan = needed("Won within so many months of the export: a customer.")
    full_from: Year | None = about(
        "From this year on the export holds every deal: a year without one, after an account's"
        " first, is a revenue of 0. Default: nothing is written for it."
    )
    folder: Folder | None = about("Below playbooks/.")
    summary: Text = needed(
        "{won}, {amount}, {last_won}, {lost}, {open}, {source}, {as_of} are filled in."
    )
    tables: dict[Slug, TableFile] = needed("The files.")
    values: dict[Slug, dict[Line, Line]] | None = about("Value maps by name.")
    accounts: AccountsMapping = needed("Accounts.")
    products: ProductsMapping | None = about("Products. Default: what the deals name.")
    people: PeopleMapping | None = about("Our people. Default: who has deals.")
    opportunities: Several[OpportunitiesMapping] = about(
        "Opportunities, orders and bills, of one table or several.", default=()
    )
    contacts: Several[ContactsMapping] = about("Contacts.", default=())
    cases: Several[CasesMapping] = about("Complaints and requests.", default=())
    contracts: Several[ContractsMapping] = about("Contracts and subscriptions.", default=())
    outcomes: Several[OutcomesMapping] = about("Customers lost, grown or shrunk.", default=())
    satisfaction: Several[SatisfactionMapping] = about("What they said when asked.", default=())
    usage: Several[UsageMapping] = about("How much they use.", default=())
    interactions: Several[InteractionsMapping] = about("Calls, meetings, mails.", default=())

    _document: Document | None = PrivateAttr(None)
    """The file, so that a mistake is told at its line."""
    _lacking: frozenset[str] = PrivateAttr(frozenset())
    """The parts that are mapped and whose table the export does not have."""

    def parts(self) -> Iterator[tuple[DataPath, PartMapping]]:
        """What is mapped, each with its place and its table."""
        for name in PARTS:
            value = getattr(self, name)
            for number, part in enumerate(listed(value)):
                yield ((name, number) if isinstance(value, tuple) else (name,)), part

    def named_columns(self) -> Iterator[NamedColumn]:
        """Every column that is named, part by part, with its table and place."""
        for path, part in self.parts():
            for named in part.named_columns():
                yield named._replace(path=(*path, *named.path))
            account = getattr(part, "account", None)
            if account is not None and account.matches:
                place = (*path, "account", "matches")
                yield NamedColumn(self.accounts.table, account.matches, place)

    def columns_of(self, table: str) -> frozenset[str]:
        """The headings that are read of one table."""
        return frozenset(named.heading for named in self.named_columns() if named.table == table)

    def for_tables(self, names: Container[str]) -> CrmMapping:
        """The mapping without the parts whose table is not there.

        WorkspaceError where a part has several tables and only some of them are there: what is
        summed over them would be wrong.
        """
        gone: dict[str, Any] = {}
        for name in PARTS.keys() - ALWAYS:
            value = getattr(self, name)
            lacking = [part.table for part in listed(value) if part.table not in names]
            if lacking and len(lacking) < len(listed(value)):
                file = self.tables[lacking[0]].file
                raise WorkspaceError(
                    f"{file} (table '{lacking[0]}') is not among the files; '{name}' is read from"
                    " several tables and needs all of them"
                )
            if lacking:
                gone[name] = () if isinstance(value, tuple) else None
        if not gone:
            return self
        without = self.model_copy(update=gone)
        without.remember(lacking=self._lacking | gone.keys())
        return without

    def remember(
        self, *, document: Document | None = None, lacking: frozenset[str] | None = None
    ) -> None:
        """The file that this was read from, and the parts whose tables are not there."""
        self._document = document or self._document
        self._lacking = self._lacking if lacking is None else lacking

    def is_asked_for(self, part: str) -> bool:
        """Whether a part is mapped and its tables are there: else nothing of it is taken out."""
        return bool(getattr(self, part)) and part not in self._lacking

    def is_lacking(self, part: str) -> bool:
        """Whether a part is mapped and the export does not have its table."""
        return part in self._lacking

    def problem(
        self, path: DataPath, rule: str, message: str, *, level: Level = "error"
    ) -> Problem:
        """A finding at a place of the mapping's file."""
        if self._document is None:
            return Problem(path="mapping", line=1, column=1, rule=rule, message=message)
        return self._document.problem(
            as_written(path, self._document.data), rule, message, level=level
        )

    def winner(self, field: str) -> Winner | None:
        """Who wins for a field by what the mapping says of it or of what is above it."""
        steps = field.split(".")
        for length in range(len(steps), 0, -1):
            if winner := (self.wins or {}).get(".".join(steps[:length])):
                return winner
        return None

    def current(self, account: str) -> str:
        """The account that one has become by mergers, however many."""
        merged = {self.key(old): self.key(new) for old, new in (self.merged or {}).items()}
        seen: set[str] = set()
        while account not in seen and account in merged:
            seen.add(account)
            account = merged[account]
        return account

    def key(self, account: str) -> str:
        """An account's id with the letters that tell it from others."""
        column, account = self.accounts.id, composed(account)
        return account[: column.letters] if column and column.letters else account


_MAPPINGS = "mappings"


def as_written(path: DataPath, data: Any) -> DataPath:
    """A path in a part without the number of the part, where the file has it as no list."""
    is_alone = len(path) > 1 and path[1] == 0 and isinstance((data or {}).get(path[0]), dict)
    return (path[0], *path[2:]) if is_alone else path


ALWAYS = frozenset(needed_in(CrmMapping)) & PARTS.keys()
"""The parts that a mapping cannot do without."""


def load_mapping(
    path: Path,
    workspace: Workspace,
    *,
    as_of: datetime.date | None = None,
    today: datetime.date | None = None,
) -> CrmMapping:
    """A mapping file, by its path or one that lies ready by its name; SettingsError has findings.

    The export's day is `as_of`, else what the mapping says, else today.
    """
    path = _mapping_path(path, workspace)
    if not path.exists():
        raise WorkspaceError(f"there is no mapping file {path}")
    document = read_file(path, workspace.shown(path.resolve()))
    problems = list(document.problems)
    mapping = None
    if document.data is not None:
        data = _composed({**_day(today), **document.data, **_day(as_of)})
        mapping, faults = faults_of(CrmMapping, data, whole="every mapping")
        problems += [
            document.problem(
                as_written(fault.path, data), fault.rule, fault.message, at_key=fault.at_key
            )
            for fault in faults
        ]
        if mapping is not None:
            mapping.remember(document=document)
            problems += _mistakes(mapping)
    if mapping is None or errors_among(problems):
        raise SettingsError(in_order(problems), whose="the mapping")
    return mapping


def _mistakes(mapping: CrmMapping) -> Iterator[Problem]:
    """What the form lets pass and cannot be meant: names that lead nowhere."""
    for path, part in mapping.parts():
        if part.table not in mapping.tables:
            meant = did_you_mean(part.table, tuple(mapping.tables))
            yield mapping.problem(
                (*path, "table"), "wrong-value", f"no table is called '{part.table}'{meant}"
            )
        for field in type(part).model_fields:
            column = getattr(part, field)
            if not isinstance(column, MappedColumn) or column.values is None:
                continue
            if column.values not in (mapping.values or {}):
                meant = did_you_mean(column.values, tuple(mapping.values or {}))
                message = f"no value map is called '{column.values}'{meant}; write it under values"
                yield mapping.problem((*path, field, "values"), "wrong-value", message)
    for number, deals in enumerate(mapping.opportunities):
        if (deals.stage is None) != (deals.stages is None):
            lacks = "stages" if deals.stage else "stage"
            message = f"'{lacks}' is missing; stage names the column, stages says what words mean"
            yield mapping.problem(("opportunities", number), "missing-field", message)


def load_words(workspace: Workspace) -> dict[str, Any]:
    """What columns and words are known by: as shipped, and over it the workspace's own lists."""
    own = workspace.site_config / _MAPPINGS / "headings.yaml"
    shipped = defaults_folder() / _MAPPINGS / "headings.yaml"
    words: dict[str, Any] = {}
    for path in (shipped, own):
        if not path.exists():
            continue
        document = read_file(path, workspace.shown(path.resolve()))
        if document.data is None and not document.is_empty:
            raise SettingsError(document.problems)
        words |= document.data or {}
    return words


def _mapping_path(given: Path, workspace: Workspace) -> Path:
    if given.exists() or given.suffix or len(given.parts) > 1:
        return given
    own = workspace.site_config / _MAPPINGS / f"{given}.yaml"
    ready = defaults_folder() / _MAPPINGS
    path = own if own.exists() else ready / f"{given}.yaml"
    if not path.exists():
        names = ", ".join(
            sorted(file.stem for file in ready.glob("*.yaml") if file.stem != "headings")
        )
        raise WorkspaceError(f"there is no mapping {given}; ready are: {names}")
    return path


def _composed(data: Any) -> Any:
    """The data with its texts as cells are read, whose accents are in their letters."""
    if isinstance(data, dict):
        return {_composed(key): _composed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_composed(value) for value in data]
    return composed(data) if isinstance(data, str) else data


def _day(day: datetime.date | None) -> dict[str, str]:
    return {} if day is None else {"as_of": day.isoformat()}
