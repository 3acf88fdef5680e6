"""A mapping file: which columns of which tables become which fields of a playbook."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from generator.model.base import Strict, about, needed
from generator.model.scalars import Currency, Day, Line, Slug, Text, Whole


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
    delimiter: Line | None = about("Default: a comma.")


class SizeBands(Strict):
    """The size by a number of employees, with the bands of the catalogue."""

    column: Line = needed("The column with the number of employees.")


class AccountsMapping(Strict):
    """Rows that become accounts."""

    table: Slug = needed("Which table.")
    name: Column = needed("The name; opportunities are joined on it.")
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
    product: Column = needed("The product's name.")
    person: Column = needed("Who works on it; the one who won most owns the account.")
    stage: Column = needed("The stage.")
    stages: Stages = needed("What its words mean.")
    amount: Column = needed("What a closed one was worth.")
    closed_on: Column = needed("When it was closed.")


class Mapping(Strict):
    """A mapping file."""

    source: Line = needed("What the export is called in the evidence.")
    as_of: Day = needed("The day the export was taken.")
    system: Slug = needed("The id of the CRM under account.crm.")
    currency: Currency = needed("Of all amounts.")
    customer_months: Whole = needed("Won within so many months of the export: a customer.")
    folder: Line | None = about("Below playbooks/.")
    summary: Text = needed("{won}, {lost}, {open}, {amount}, {source}, {as_of} are filled in.")
    tables: dict[Slug, TableFile] = needed("The files.")
    values: dict[Slug, dict[Line, Line]] | None = about("Value maps by name.")
    accounts: AccountsMapping = needed("Accounts.")
    products: ProductsMapping = needed("Products.")
    people: PeopleMapping = needed("People.")
    opportunities: OpportunitiesMapping = needed("Opportunities.")
