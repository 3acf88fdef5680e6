"""A mapping file: which columns of which tables become which fields of a playbook."""

from __future__ import annotations

import codecs
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, model_validator

from generator.crm.cells import DAY_PATTERN, ISO_DAY
from generator.model.base import Strict, about, needed
from generator.model.scalars import Currency, Day, Line, Slug, Text, Whole, fault, shown
from generator.model.shape import did_you_mean

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
    "economics",
    "economics.currency",
    "economics.development.win_probability",
    "economics.revenue",
    "opportunities",
    "opportunities.offering",
    "opportunities.amount",
    "opportunities.stage",
    "offerings",
    "offerings.status",
    "offerings.potential",
    "offerings.revenue",
)


def _field(given: str) -> str:
    if given not in FIELDS:
        raise fault("field", f"an import writes no {shown(given)}{did_you_mean(given, FIELDS)}")
    return given


def _encoding(given: str) -> str:
    try:
        return codecs.lookup(given).name
    except LookupError:
        raise fault(
            "encoding", f"there is no encoding {shown(given)}; try utf-8 or windows-1252"
        ) from None


def _spelling(given: str) -> str:
    if not DAY_PATTERN.fullmatch(given) or not all(one in given for one in ("YY", "M", "DD")):
        raise fault(
            "spelling", f"{shown(given)} spells no day; write it like YYYY-MM-DD or DD.MM.YYYY"
        )
    return given


Field = Annotated[Line, AfterValidator(_field)]
Encoding = Annotated[Line, AfterValidator(_encoding)]
Spelling = Annotated[Line, AfterValidator(_spelling)]
Winner = Literal["crm", "playbook"]


class Column(Strict):
    """A column, and what to do with its value; its name alone is enough."""

    column: Line = needed("Its heading.")
    values: Slug | None = about("A value map: what is misspelt becomes what is meant.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given


class TableFile(Strict):
    """One file of the export."""

    file: Line = needed("Its name.")
    delimiter: Line | None = about("Default: a comma; 'tab' for a tab.")
    encoding: Encoding | None = about("Default: UTF-8, or UTF-16 where the file says so.")
    sheet: Line | None = about("Of a workbook (.xlsx). Default: its first.")


class SizeBands(Strict):
    """The size by a number of employees, with the bands of the catalogue."""

    column: Line = needed("The column with the number of employees.")


class AccountsMapping(Strict):
    """Rows that become accounts."""

    table: Slug = needed("Which table.")
    id: Column | None = about("Its id in the CRM; opportunities are joined on it. Default: name.")
    name: Column = needed("The name.")
    industry: Column | None = about("Becomes an id of the catalogue.")
    region: Column | None = about("Becomes an id of the catalogue.")
    size: SizeBands | None = about("Becomes a size of the catalogue.")
    parent: Column | None = about("The name of the group it belongs to.")


class ProductsMapping(Strict):
    """Rows that become offerings of the catalogue."""

    table: Slug = needed("Which table.")
    name: Column = needed("The name; opportunities are joined on it.")
    price: Column = needed("List price; open opportunities are counted with it.")


class PeopleMapping(Strict):
    """Rows that become people of the team."""

    table: Slug = needed("Which table.")
    name: Column = needed("The name; opportunities are joined on it.")
    manager: Column | None = about("The name of their manager.")


class Stages(Strict):
    """What the words of the stage column mean."""

    won: tuple[Line, ...] = needed("Closed and won.")
    lost: tuple[Line, ...] = needed("Closed and lost.")
    open: tuple[Line, ...] = needed("Not closed.")


class OpportunitiesMapping(Strict):
    """Rows that become revenue by year, open opportunities, offerings and win probability."""

    table: Slug = needed("Which table.")
    id: Column = needed("Its id.")
    account: Column = needed("The account's name.")
    product: Column | None = about("The product's name.")
    person: Column | None = about("Who works on it; the one who won most owns the account.")
    stage: Column = needed("The stage.")
    stages: Stages = needed("What its words mean.")
    amount: Column = needed("What a closed one was worth.")
    currency: Column | None = about("Its currency; rows in another one than ours are left out.")
    closed_on: Column = needed("When it was closed.")


class Mapping(Strict):
    """A mapping file."""

    source: Line = needed("What the export is called in the evidence.")
    as_of: Day = needed("The day the export was taken.")
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
    customer_months: Whole = needed("Won within so many months of the export: a customer.")
    folder: Line | None = about("Below playbooks/.")
    summary: Text = needed("{won}, {lost}, {open}, {amount}, {source}, {as_of} are filled in.")
    tables: dict[Slug, TableFile] = needed("The files.")
    values: dict[Slug, dict[Line, Line]] | None = about("Value maps by name.")
    accounts: AccountsMapping = needed("Accounts.")
    products: ProductsMapping | None = about("Products. Default: what the deals name.")
    people: PeopleMapping | None = about("Our people. Default: who has deals.")
    opportunities: OpportunitiesMapping = needed("Opportunities.")

    def winner(self, field: str) -> Winner | None:
        """Who wins for a field by what the mapping says of it or of what is above it."""
        steps = field.split(".")
        for length in range(len(steps), 0, -1):
            if found := (self.wins or {}).get(".".join(steps[:length])):
                return found
        return None

    def current(self, account: str) -> str:
        """The account that one has become by mergers, however many."""
        seen: set[str] = set()
        while account not in seen and account in (self.merged or {}):
            seen.add(account)
            account = (self.merged or {})[account]
        return account
