"""Tables as the sheets of a workbook; the same tables on the same day give the same bytes."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from generator.outputs.export import Wanted
from generator.outputs.export.tables import LONGEST, Column, Table, Value, tables_of

_WIDTHS = {"text": 24, "number": 14, "day": 12}
QUIET = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def write(wanted: Wanted) -> bytes:
    """Every table."""
    return xlsx_of(tables_of(wanted.portfolio, wanted.account), wanted.portfolio.today)


def xlsx_of(tables: Sequence[Table], today: datetime.date) -> bytes:
    """A sheet for each table: headings stay in sight and filter, text is text and never a formula.

    The day of writing is `today`.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, QUIET)
    made = datetime.datetime.combine(today, datetime.time(), tzinfo=datetime.UTC)
    book.set_properties({"created": made})
    formats = {
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for table in tables:
        _sheet(book.add_worksheet(table.name), table, formats)
    book.close()
    return stream.getvalue()


def _sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTHS[column.kind])
        sheet.write_string(0, place, column.key, formats["head"])
    for line, row in enumerate(table.rows, start=1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            write_cell(sheet, (line, place), column, value, formats["day"])
    if table.columns:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def write_cell(sheet: Any, place: tuple[int, int], column: Column, value: Value, day: Any) -> None:
    """One value: a number as number, a day as day, all else as text; nothing where it is None."""
    if value is None:
        return
    if column.kind == "number" and isinstance(value, (int, float)):
        sheet.write_number(*place, value)
    elif isinstance(value, datetime.date):
        # a day long ago is no day to a spreadsheet
        if value.year < _FIRST_YEAR:
            sheet.write_string(*place, value.isoformat())
        else:
            sheet.write_datetime(*place, value, day)
    else:
        text = str(value)
        sheet.write_string(*place, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


_FIRST_YEAR = 1901
