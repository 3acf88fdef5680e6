"""The documents of the API as models, and the JSON Schema that pydantic makes of them."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, SkipJsonSchema

from generator.figures.definition import Rank
from generator.outputs.export.tables import ACCOUNTS
from generator.outputs.export.values import values_model

VERSION = 2
"""Rises when a name goes or means something else; new names do not raise it."""

Count = Annotated[int, Field(ge=0)]
_COLUMNS: Mapping[str, Any] = {
    "text": str | None,
    "number": float | None,
    "day": datetime.date | None,
}


class _Closed(BaseModel):
    """An object that has all of these parts, maybe those with a default, and no others."""

    model_config = ConfigDict(extra="forbid")


class _Head(_Closed):
    version: Literal[2]
    as_of: datetime.date = Field(description="The day that the figures are of.")


class Finding(_Closed):
    """What is wrong with a file, and where."""

    path: str
    line: Count
    column: Count
    level: Literal["error", "warning"]
    rule: str
    message: str
    account: str


class Figure(_Closed):
    """A figure without its reasons; what is nothing is left out, but for the value."""

    value: Any = Field(description="Number (unrounded), word, list or object; null: not known.")
    low: float | SkipJsonSchema[None] = Field(
        None, description="Four times in five the value lies from here on."
    )
    high: float | SkipJsonSchema[None] = Field(None, description="And up to here.")
    value_reporting: Any = Field(
        None, description="The same in the reporting currency; left out: no money, or no rate."
    )
    low_reporting: float | SkipJsonSchema[None] = None
    high_reporting: float | SkipJsonSchema[None] = None
    unit: str | SkipJsonSchema[None] = None
    confidence: Annotated[float, Field(ge=0, le=1)] | SkipJsonSchema[None] = Field(
        None, description="How sure it is."
    )
    rank: Rank = Field(description="How much it decides: headline, supporting or reference.")
    missing: list[str] | SkipJsonSchema[None] = Field(None, description="What is missing for it.")
    waits_on: list[str] | SkipJsonSchema[None] = Field(
        None, description="What stands in the file and cannot be read: until then not judged."
    )
    note: str | SkipJsonSchema[None] = None


class AccountSection(BaseModel):
    """Id and path, and the section `account` of the playbook as it stands."""

    model_config = ConfigDict(extra="allow")

    id: str
    path: str


_columns: dict[str, Any] = {
    column.key: (_COLUMNS[column.kind], Field(description=column.says)) for column in ACCOUNTS
}
Row = create_model(
    "Row",
    __base__=_Closed,
    **_columns,
    href=(str, Field(description="The account's own file, seen from this one.")),
)


class AccountsDocument(_Head):
    """accounts.json: a row for each account."""

    kind: Literal["accounts"]
    accounts: list[Row]


class AccountDocument(_Head):
    """accounts/ID.json: an account's facts, figures and findings."""

    kind: Literal["account"]
    account: AccountSection
    figures: dict[str, Figure] = Field(description="By key, as `playbook explain` takes it.")
    findings: list[Finding]


class PortfolioDocument(_Head):
    """portfolio.json: how many accounts there are of each kind, and what is computed over all."""

    kind: Literal["portfolio"]
    name: str
    reporting_currency: str
    accounts: Count
    by: dict[str, dict[str, Count]] = Field(
        description="Accounts by what they are; '' counts where it is not known."
    )
    errors: Count | None = Field(description="null: this edition tells no findings.")
    warnings: Count | None
    href: str = Field(description="The list of accounts, seen from this file.")
    values: values_model() | None = Field(  # type: ignore[valid-type]
        description="What is computed over all accounts; null: this edition tells none of it."
    )


class _Plain(GenerateJsonSchema):
    """Without defaults: what is nothing is left out of a document."""

    def default_schema(self, schema: Any) -> dict[str, Any]:
        """The schema of the value alone."""
        return self.generate_inner(schema["schema"])


@functools.cache
def schema() -> Mapping[str, Any]:
    """JSON Schema 2020-12; `kind` says which of three a document is."""
    documents: Any = TypeAdapter(
        Annotated[
            AccountsDocument | AccountDocument | PortfolioDocument, Field(discriminator="kind")
        ]
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Account Playbooks, API {VERSION}",
        **documents.json_schema(schema_generator=_Plain),
    }
