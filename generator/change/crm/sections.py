"""The parts of a mapping file: which columns tell what of accounts, deals, people and cases."""

from __future__ import annotations

import codecs
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from generator.model.base import Strict, about, needed
from generator.model.playbook import BuyingRole, Level, OutcomeKind
from generator.model.scalars import WHOLE, Days, Line, MonthSpan, Slug, Truth, Whole, fault
from generator.read.text import shown


def _encoding(given: str) -> str:
    try:
        return codecs.lookup(given).name
    except LookupError:
        raise fault(
            "encoding", f"there is no encoding {shown(given)}; try utf-8 or windows-1252"
        ) from None


Encoding = Annotated[Line, AfterValidator(_encoding)]
Severity = Annotated[int, Field(ge=1, le=4), WHOLE]


class Column(Strict):
    """A column, and what to do with its value; its name alone is enough."""

    column: Line = needed("Its heading.")
    values: Slug | None = about("A value map: what is misspelt becomes what is meant.")
    letters: Whole | None = about("Only so many first letters count: 15 of an id of Salesforce.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given


class NameColumns(Strict):
    """One or more columns whose values, with spaces between, are a name."""

    columns: tuple[Line, ...] = needed("Their headings, such as [First Name, Last Name].")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"columns": [given]} if isinstance(given, str) else given


class ShareColumn(Strict):
    """A column with shares."""

    column: Line = needed("Its heading.")
    of: Literal["1", "100"] | None = about("What counts as all: 100 for per cent. Default: 1.")

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
    optional: Truth | None = about("true: without this file, its part is left out.")


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
    parent: Column | None = about("The name or id of the group it belongs to.")
    status: Column | None = about("prospect, customer or former. Default: by the deals.")
    owner: Column | None = about("Who of us answers for it. Default: who won most.")
    website: Column | None = about("Its website.")


class ProductsMapping(Strict):
    """Rows that become offerings of the catalogue."""

    table: Slug = needed("Which table.")
    name: Column = needed("The name; opportunities are joined on it.")
    price: Column = needed("List price; open opportunities are counted with it.")


class PeopleMapping(Strict):
    """Rows that become people of the team."""

    table: Slug = needed("Which table.")
    id: Column | None = about("The id that other tables name them by. Default: name.")
    name: Column = needed("The name.")
    manager: Column | None = about("The name of their manager.")


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
    id: Column = needed("Its id.")
    account: Column = needed("The account's id, or its name where accounts have no id.")
    product: Column | None = about("The product's name.")
    person: Column | None = about("Who works on it; the one who won most owns the account.")
    stage: Column = needed("The stage.")
    stages: Stages = needed("What its words mean.")
    amount: Column = needed("What a closed one was worth.")
    currency: Column | None = about("Its currency; rows in another one than ours are left out.")
    closed_on: Column = needed("When it was closed; of an open one, when it should be.")
    probability: ShareColumn | None = about("The chance to win an open one.")
    type: Column | None = about("What kind of deal; `outcomes` says what its end means.")
    reason: Column | None = about("Why it was won or lost.")
    outcomes: dict[Line, Ends] | None = about("By type: what winning and losing one means.")


class ContactsMapping(Strict):
    """Rows that become contacts; e-mail and phone stay in the CRM."""

    table: Slug = needed("Which table.")
    id: Column | None = about("Its id in the CRM; `reports_to` names it.")
    account: Column = needed("The account's id, or its name where accounts have no id.")
    name: NameColumns = needed("The name, of one column or several.")
    title: Column | None = about("Job title.")
    level: Column | None = about("How high; `levels` says what its words mean.")
    levels: dict[Line, Level] | None = about("Words of that column: company, handler, related.")
    roles: Column | None = about("Roles in buying, apart by semicolons.")
    role_words: dict[Line, BuyingRole] | None = about("Words of that column by our roles.")
    reports_to: Column | None = about("The id of the contact they report to.")
    owner: Column | None = about("Who of us keeps this contact.")
    lawful_basis: Line | None = about("Why we may keep the data; written with new contacts.")
    review_days: Days | None = about("After how many days we look whether we still may.")


class CasesMapping(Strict):
    """Rows that become complaints and requests under service."""

    table: Slug = needed("Which table.")
    id: Column = needed("Its number.")
    account: Column = needed("The account's id, or its name where accounts have no id.")
    opened: Column | None = about("When it came.")
    due: Column | None = about("When it should be closed.")
    closed: Column | None = about("When it was closed.")
    severity: Column | None = about("How bad; `severities` says what its words mean.")
    severities: dict[Line, Severity] | None = about("Words of that column: 1 worst to 4.")
    months: MonthSpan | None = about("Only open ones, and those closed within so many months.")
