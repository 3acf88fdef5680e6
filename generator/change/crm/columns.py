"""Where the values of a mapping come from: columns of a table, or one word for all its rows."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, model_validator

from generator.change.crm.names import composed
from generator.model.base import Strict, about, needed
from generator.model.scalars import ONE_OR_MANY, Line, Slug, Truth, Whole, fault
from generator.read.text import shown


def _encoding(given: str) -> str:
    try:
        return codecs.lookup(given).name
    except LookupError:
        raise fault(
            "encoding", f"there is no encoding {shown(given)}; try utf-8 or windows-1252"
        ) from None


Encoding = Annotated[Line, AfterValidator(_encoding)]
Words = Annotated[tuple[Line, ...], ONE_OR_MANY]


class TableFile(Strict):
    """One file of the export."""

    file: Line = needed("Its name.")
    delimiter: Line | None = about("Default: a comma; 'tab' for a tab.")
    encoding: Encoding | None = about("Default: UTF-8, or UTF-16 where the file says so.")
    sheet: Line | None = about("Of a workbook (.xlsx). Default: its first.")
    optional: Truth | None = about("true: without this file, its part is left out.")


class MappedColumn(Strict):
    """A column, and what to do with its value; its heading alone is enough.

    Of several columns the first counts that is filled in. A constant stands in place of a column.
    """

    column: Line | None = about("Its heading.")
    columns: tuple[Line, ...] | None = about("Several headings; the first that is filled in.")
    constant: Line | None = about("The same for every row, where no column says it.")
    values: Slug | None = about("A value map: what is misspelt becomes what is meant.")
    letters: Whole | None = about("Only so many first letters count: 15 of an id of Salesforce.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        if isinstance(given, str):
            return {"column": given}
        return {"columns": given} if isinstance(given, list) else given

    @model_validator(mode="after")
    def _one(self) -> MappedColumn:
        ways = (self.column, self.columns, self.constant)
        if sum(bool(way) for way in ways) != 1:
            raise fault("column", "say one of column, columns and constant: where the value stands")
        return self

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that are read."""
        return self.columns or ((self.column,) if self.column else ())

    @property
    def heading(self) -> str:
        """The heading to name where a value cannot be used."""
        return next(iter(self.headings), "")

    def text_in(self, cells: Mapping[str, str]) -> str:
        """What a row says here, as it stands there."""
        if self.constant is not None:
            return self.constant
        filled = (text for heading in self.headings if (text := cells.get(heading, "")))
        return composed(next(filled, ""))


class IdColumn(MappedColumn):
    """One or more columns that together tell a row from all others."""

    columns: tuple[Line, ...] | None = about("Several headings; their values make one id.")
    prefix: Line | None = about("Put before it: two tables may both count from 1.")

    def text_in(self, cells: Mapping[str, str]) -> str:
        """The id, '' where no column is filled in."""
        parts = [composed(text) for heading in self.headings if (text := cells.get(heading, ""))]
        return f"{self.prefix or ''}{'-'.join(parts)}" if parts else ""

    @model_validator(mode="after")
    def _no_constant(self) -> IdColumn:
        if self.constant is not None:
            raise fault("column", "an id is in a column: all rows would have the same")
        return self


class AccountColumn(MappedColumn):
    """The column that says whose a row is."""

    matches: Line | None = about(
        "The heading in the table of accounts that has the same values. Default: the account's id."
    )


class AmountColumn(MappedColumn):
    """A column with money."""

    times: Line | None = about("A heading that it is multiplied by: a price by a quantity.")
    thousandths: Truth | None = about(
        "true: 22.368 is 22 and 368 thousandths. Default: three digits behind the decimal sign are"
        " refused, because they could be thousands."
    )

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that are read."""
        return (*super().headings, *([self.times] if self.times else ()))

    def text_in(self, cells: Mapping[str, str]) -> str:
        """The money itself, before it is multiplied."""
        return self.constant or composed(cells.get(self.heading, ""))

    @model_validator(mode="after")
    def _column(self) -> AmountColumn:
        if self.columns and self.times:
            raise fault("column", "with times say one column of money")
        return self


class ShareColumn(Strict):
    """A column with shares."""

    column: Line = needed("Its heading.")
    of: Literal["1", "100"] | None = about("What counts as all: 100 for per cent. Default: 1.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that are read."""
        return (self.column,)


class NameColumns(Strict):
    """One or more columns whose values, with spaces between, are a name."""

    columns: tuple[Line, ...] = needed("Their headings, such as [First Name, Last Name].")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"columns": [given]} if isinstance(given, str) else given

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that are read."""
        return self.columns


class SizeBands(Strict):
    """The size by a number of employees, with the bands of the catalogue."""

    column: Line = needed("The column with the number of employees.")

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that are read."""
        return (self.column,)


class WantedCells(Strict):
    """Which cells of a column a row must have; a word or a list of words is enough."""

    is_: Words | None = about("One of these words; capitals do not count.", key="is")
    not_: Words | None = about("None of these words.", key="not")
    filled: Truth | None = about("true: filled in; false: empty.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {"is": given} if isinstance(given, (str, list)) else given

    def has(self, text: str) -> bool:
        """Whether a cell is wanted."""
        word = text.casefold()
        if self.filled is not None and self.filled != bool(word):
            return False
        if self.is_ is not None and word not in {one.casefold() for one in self.is_}:
            return False
        return word not in {one.casefold() for one in self.not_ or ()}
