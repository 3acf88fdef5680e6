"""Tables as one JSON document, for programs that would rather have objects than rows."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.outputs.export import Wanted
from generator.outputs.export.tables import Table, tables_of
from generator.outputs.export.values import values_of

VERSION = 1


def write(wanted: Wanted) -> bytes:
    """Every table; of the whole portfolio also what is computed over all accounts."""
    portfolio = wanted.portfolio
    is_whole = portfolio.is_judged and wanted.account is None
    values = values_of(portfolio) if is_whole else None
    return json_of(tables_of(portfolio, wanted.account), portfolio.today, values)


def json_of(
    tables: Sequence[Table], today: datetime.date, values: Mapping[str, Any] | None = None
) -> bytes:
    """`{version, as_of, accounts: [{…}], …, values: {…}}`; what is not known is null."""
    document = {
        "version": VERSION,
        "as_of": today.isoformat(),
        **{
            table.name: [
                {column.key: value for column, value in zip(table.columns, row, strict=True)}
                for row in table.rows
            ]
            for table in tables
        },
        **({} if values is None else {"values": values}),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()
