"""A mapping file: which columns of which tables become which fields of a playbook."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator

from generator.change.crm.cells import DAY_PATTERN, ISO_DAY, id_of
from generator.change.crm.sections import (
    AccountsMapping,
    CasesMapping,
    ContactsMapping,
    OpportunitiesMapping,
    PeopleMapping,
    ProductsMapping,
    TableFile,
)
from generator.model.base import Strict, about, needed
from generator.model.scalars import Currency, Day, Line, MonthSpan, Slug, Text, fault
from generator.model.shape import did_you_mean
from generator.read.text import shown

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
    if not DAY_PATTERN.fullmatch(given) or not all(one in given for one in ("YY", "M", "DD")):
        raise fault(
            "spelling", f"{shown(given)} spells no day; write it like YYYY-MM-DD or DD.MM.YYYY"
        )
    return given


def _folder(given: str) -> str:
    parts = given.split("/")
    if any(not id_of(one) or one[0] in "._" or "\\" in one for one in parts):
        raise fault("folder", f"{shown(given)} is no folder below playbooks/; write it like emea")
    return given


Field = Annotated[Line, AfterValidator(_field)]
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


class Mapping(Strict):
    """A mapping file."""

    source: Line = needed("What the export is called in the evidence.")
    as_of: Day = needed("The day the export was taken. Default: --as-of, else today.")
    system: Slug = needed("The id of the CRM under account.crm.")
    currency: Currency = needed("Of all amounts.")
    dates: tuple[Spelling, ...] = (ISO_DAY,)
    decimal: Literal[".", ","] = "."
    wins: dict[Field, Winner] | None = about(
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
        for part in (
            self.accounts,
            self.products,
            self.people,
            self.opportunities,
            self.contacts,
            self.cases,
        ):
            if part is not None:
                yield part

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

    def for_tables(self, names: Container[str]) -> Mapping:
        """The mapping without the parts whose table is not there."""
        optional = ("products", "people", "contacts", "cases")
        parts = {name: getattr(self, name) for name in optional}
        gone = {name: None for name, one in parts.items() if one and one.table not in names}
        return self.model_copy(update=gone) if gone else self

    def winner(self, field: str) -> Winner | None:
        """Who wins for a field by what the mapping says of it or of what is above it."""
        steps = field.split(".")
        for length in range(len(steps), 0, -1):
            if found := (self.wins or {}).get(".".join(steps[:length])):
                return found
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
        column = self.accounts.id
        return account[: column.letters] if column and column.letters else account
