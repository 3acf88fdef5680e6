"""Tables as an SQLite file for analysts; rows in the tables' order, days as ISO text."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence

from generator.outputs.export import Wanted
from generator.outputs.export.tables import Table, Value, tables_of

_TYPES = {"text": "TEXT", "number": "REAL", "day": "TEXT"}


def write(wanted: Wanted) -> bytes:
    """Every table."""
    return sqlite_of(tables_of(wanted.portfolio, wanted.account), wanted.portfolio.today)


def sqlite_of(tables: Sequence[Table], today: datetime.date) -> bytes:
    """The bytes of a database: one table for each, and `made` with the day of the figures."""
    base = sqlite3.connect(":memory:")
    try:
        base.execute("CREATE TABLE made (as_of TEXT NOT NULL)")
        base.execute("INSERT INTO made VALUES (?)", (today.isoformat(),))
        for table in tables:
            _fill(base, table)
        base.commit()
        return base.serialize()
    finally:
        base.close()


def _fill(base: sqlite3.Connection, table: Table) -> None:
    # names of tables and columns are the program's own
    columns = ", ".join(f'"{column.key}" {_TYPES[column.kind]}' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    base.execute(f'CREATE TABLE "{table.name}" ({columns})')
    rows = ([_plain(cell) for cell in row] for row in table.rows)
    base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608


def _plain(value: Value) -> str | float | int | None:
    return value.isoformat() if isinstance(value, datetime.date) else value
