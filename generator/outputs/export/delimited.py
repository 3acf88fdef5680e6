"""A table as CSV, so that a spreadsheet opens it as it is (RFC 4180, UTF-8 with its mark)."""

from __future__ import annotations

import csv
import io

from generator.outputs.export import Wanted
from generator.outputs.export.tables import Column, Table, Value, safe_text, tables_of


def write(wanted: Wanted) -> bytes:
    """The table that is wanted."""
    tables = tables_of(wanted.portfolio, wanted.account)
    return csv_of(next(table for table in tables if table.name == wanted.table))


def csv_of(table: Table) -> bytes:
    """Heading and rows; numbers plain, days as ISO has them, what is not known empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(*pair) for pair in zip(table.columns, row, strict=True)])
    return stream.getvalue().encode("utf-8-sig")


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return safe_text(str(value)) if column.kind == "text" else str(value)
