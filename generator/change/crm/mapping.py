"""A mapping file: which columns of which tables become which fields of a playbook."""

from __future__ import annotations

import codecs
import datetime
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, model_validator

from generator.change.crm.cells import DAY_PATTERN, ISO_DAY
from generator.change.crm.names import composed, id_of
from generator.errors import SettingsError, WorkspaceError
from generator.form.economics import OutcomeKind
from generator.form.relationship import BuyingRole, Level
from generator.model.base import Strict, about, needed
from generator.model.scalars import (
    Currency,
    Day,
    Days,
    Line,
    MonthSpan,
    Severity,
    Slug,
    Text,
    Truth,
    Whole,
    fault,
)
from generator.model.shape import did_you_mean, faults_of
from generator.problems import errors_among, in_order
from generator.read import Workspace, read_file
from generator.read.text import shown
from generator.share import defaults_folder


def _encoding(given: str) -> str:
    try:
        return codecs.lookup(given).name
    except LookupError:
        raise fault(
            "encoding", f"there is no encoding {shown(given)}; try utf-8 or windows-1252"
        ) from None


Encoding = Annotated[Line, AfterValidator(_encoding)]


class Heading(Strict):
    """A column; its name alone is enough."""

    column: Line = needed("Its heading.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given


class MappedColumn(Heading):
    """A column, and what to do with its value."""

    values: Slug | None = about("A value map: what is misspelt becomes what is meant.")
    letters: Whole | None = about("Only so many first letters count: 15 of an id of Salesforce.")


class ShareColumn(Heading):
    """A column with shares."""

    of: Literal["1", "100"] | None = about("What counts as all: 100 for per cent. Default: 1.")


class NameColumns(Strict):
    """One or more columns whose values, with spaces between, are a name."""

    columns: tuple[Line, ...] = needed("Their headings, such as [First Name, Last Name].")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"columns": [given]} if isinstance(given, str) else given


class TableFile(Strict):
    """One file of the export."""

    file: Line = needed("Its name.")
    delimiter: Line | None = about("Default: a comma; 'tab' for a tab.")
    encoding: Encoding | None = about("Default: UTF-8, or UTF-16 where the file says so.")
    sheet: Line | None = about("Of a workbook (.xlsx). Default: its first.")
    optional: Truth | None = about("true: without this file, its part is left out.")


class SizeBands(Strict):
    """The size by a number of employees, with the bands of the catalogue."""

    column: Line = needed("The column with the number of employees.")


class AccountsMapping(Strict):
    """Rows that become accounts."""

    table: Slug = needed("Which table.")
    id: MappedColumn | None = about(
        "Its id in the CRM; opportunities are joined on it. Default: name."
    )
    name: MappedColumn = needed("The name.")
    industry: MappedColumn | None = about("Becomes an id of the catalogue.")
    region: MappedColumn | None = about("Becomes an id of the catalogue.")
    size: SizeBands | None = about("Becomes a size of the catalogue.")
    parent: MappedColumn | None = about("The name or id of the group it belongs to.")
    status: MappedColumn | None = about("prospect, customer or former. Default: by the deals.")
    owner: MappedColumn | None = about("Who of us answers for it. Default: who won most.")
    website: MappedColumn | None = about("Its website.")


class ProductsMapping(Strict):
    """Rows that become offerings of the catalogue."""

    table: Slug = needed("Which table.")
    name: MappedColumn = needed("The name; opportunities are joined on it.")
    price: MappedColumn = needed("List price; open opportunities are counted with it.")


class PeopleMapping(Strict):
    """Rows that become people of the team."""

    table: Slug = needed("Which table.")
    id: MappedColumn | None = about("The id that other tables name them by. Default: name.")
    name: MappedColumn = needed("The name.")
    manager: MappedColumn | None = about("The name of their manager.")


class Stages(Strict):
    """What the words of the stage column mean."""

    won: tuple[Line, ...] = needed("Closed and won.")
    lost: tuple[Line, ...] = needed("Closed and lost.")
    open: tuple[Line, ...] = needed("Not closed.")


class Ends(Strict):
    """What the end of a deal means for the account; what is not named tells nothing."""

    won: OutcomeKind | None = about("won, renewed or expanded.")
    lost: OutcomeKind | None = about("lost or shrunk: churn.")


class OpportunitiesMapping(Strict):
    """Rows that become revenue by year, open opportunities, offerings and win probability."""

    table: Slug = needed("Which table.")
    id: MappedColumn = needed("Its id.")
    account: MappedColumn = needed("The account's id, or its name where accounts have no id.")
    product: MappedColumn | None = about("The product's name.")
    person: MappedColumn | None = about("Who works on it; the one who won most owns the account.")
    stage: MappedColumn = needed("The stage.")
    stages: Stages = needed("What its words mean.")
    amount: MappedColumn = needed("What a closed one was worth.")
    currency: MappedColumn | None = about(
        "Its currency; rows in another one than ours are left out."
    )
    closed_on: MappedColumn = needed("When it was closed; of an open one, when it should be.")
    probability: ShareColumn | None = about("The chance to win an open one.")
    type: MappedColumn | None = about("What kind of deal; `outcomes` says what its end means.")
    reason: MappedColumn | None = about("Why it was won or lost.")
    outcomes: dict[Line, Ends] | None = about("By type: what winning and losing one means.")


class ContactsMapping(Strict):
    """Rows that become contacts; e-mail and phone stay in the CRM."""

    table: Slug = needed("Which table.")
    id: MappedColumn | None = about("Its id in the CRM; `reports_to` names it.")
    account: MappedColumn = needed("The account's id, or its name where accounts have no id.")
    name: NameColumns = needed("The name, of one column or several.")
    title: MappedColumn | None = about("Job title.")
    level: MappedColumn | None = about("How high; `levels` says what its words mean.")
    levels: dict[Line, Level] | None = about("Words of that column: company, handler, related.")
    roles: MappedColumn | None = about("Roles in buying, apart by semicolons.")
    role_words: dict[Line, BuyingRole] | None = about("Words of that column by our roles.")
    reports_to: MappedColumn | None = about("The id of the contact they report to.")
    owner: MappedColumn | None = about("Who of us keeps this contact.")
    lawful_basis: Line | None = about("Why we may keep the data; written with new contacts.")
    review_days: Days | None = about("After how many days we look whether we still may.")


class CasesMapping(Strict):
    """Rows that become complaints and requests under service."""

    table: Slug = needed("Which table.")
    id: MappedColumn = needed("Its number.")
    account: MappedColumn = needed("The account's id, or its name where accounts have no id.")
    opened: MappedColumn | None = about("When it came.")
    due: MappedColumn | None = about("When it should be closed.")
    closed: MappedColumn | None = about("When it was closed.")
    severity: MappedColumn | None = about("How bad; `severities` says what its words mean.")
    severities: dict[Line, Severity] | None = about("Words of that column: 1 worst to 4.")
    months: MonthSpan | None = about("Only open ones, and those closed within so many months.")


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
    "economics",
    "economics.currency",
    "economics.development.win_probability",
    "economics.revenue",
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
    "service",
    "service.cases",
    "service.cases.opened",
    "service.cases.due",
    "service.cases.closed",
    "service.cases.severity",
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
Part = (
    AccountsMapping
    | ProductsMapping
    | PeopleMapping
    | OpportunitiesMapping
    | ContactsMapping
    | CasesMapping
)
PARTS: dict[str, type[Part]] = {
    "accounts": AccountsMapping,
    "products": ProductsMapping,
    "people": PeopleMapping,
    "opportunities": OpportunitiesMapping,
    "contacts": ContactsMapping,
    "cases": CasesMapping,
}
"""The parts of a mapping, by their key."""


class CrmMapping(Strict):
    """A mapping file."""

    source: Line = needed("What the export is called in the evidence.")
    as_of: Day = needed("The day the export was taken. Default: --as-of, else today.")
    system: Slug = needed("The id of the CRM under account.crm.")
    currency: Currency = needed("Of all amounts.")
    dates: tuple[Spelling, ...] = (ISO_DAY,)
    decimal: Literal[".", ","] = "."
    wins: dict[FieldName, Winner] | None = about(
        "Who wins where a person's value and the CRM's differ. Default: the CRM over what came"
        " from it, else the playbook."
    )
    merged: dict[Line, Line] | None = about(
        "Accounts that became one: the old one's id, the new's."
    )
    customer_months: MonthSpan = needed("Won within so many months of the export: a customer.")
    folder: Folder | None = about("Below playbooks/.")
    summary: Text = needed("{won}, {lost}, {open}, {amount}, {source}, {as_of} are filled in.")
    tables: dict[Slug, TableFile] = needed("The files.")
    values: dict[Slug, dict[Line, Line]] | None = about("Value maps by name.")
    accounts: AccountsMapping = needed("Accounts.")
    products: ProductsMapping | None = about("Products. Default: what the deals name.")
    people: PeopleMapping | None = about("Our people. Default: who has deals.")
    opportunities: OpportunitiesMapping = needed("Opportunities.")
    contacts: ContactsMapping | None = about("Contacts.")
    cases: CasesMapping | None = about("Complaints and requests.")

    def parts(self) -> Iterator[Part]:
        """What is mapped, each with its table."""
        yield from (part for name in PARTS if (part := getattr(self, name)) is not None)

    def named_columns(self) -> Iterator[tuple[str, str]]:
        """Table and heading of every column that is named, part by part."""
        for part in self.parts():
            for field in type(part).model_fields:
                value = getattr(part, field)
                if column := getattr(value, "column", None):
                    yield part.table, column
                for column in getattr(value, "columns", ()):
                    yield part.table, column

    def columns_of(self, table: str) -> frozenset[str]:
        """The headings that are read of one table."""
        return frozenset(column for name, column in self.named_columns() if name == table)

    def for_tables(self, names: Container[str]) -> CrmMapping:
        """The mapping without the parts whose table is not there."""
        gone = {
            name: None
            for name in PARTS
            if name not in ALWAYS and (part := getattr(self, name)) and part.table not in names
        }
        return self.model_copy(update=gone) if gone else self

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


def needed_in(part: type[Strict]) -> tuple[str, ...]:
    """The keys that a part of a mapping cannot do without."""
    return tuple(key for key, field in part.model_fields.items() if field.is_required())


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
            document.problem(fault.path, fault.rule, fault.message, at_key=fault.at_key)
            for fault in faults
        ]
    if mapping is None or errors_among(problems):
        raise SettingsError(in_order(problems))
    return mapping


def load_words(workspace: Workspace) -> dict[str, Any]:
    """What columns and words are known by: the workspace's own file, else the shipped one."""
    own = workspace.site_config / _MAPPINGS / "headings.yaml"
    shipped = defaults_folder() / _MAPPINGS / "headings.yaml"
    path = own if own.exists() else shipped
    document = read_file(path, workspace.shown(path.resolve()))
    if document.is_empty:
        document = read_file(shipped, workspace.shown(shipped))
    if document.data is None:
        raise SettingsError(document.problems)
    return document.data


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
