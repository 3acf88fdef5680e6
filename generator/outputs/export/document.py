"""Tables as one JSON document, for programs that would rather have objects than rows."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from generator.outputs.export import Wanted
from generator.outputs.export.tables import Table, tables_of

VERSION = 1


def write(wanted: Wanted) -> bytes:
    """Every table."""
    return json_of(tables_of(wanted.portfolio, wanted.account), wanted.portfolio.today)


def json_of(tables: Sequence[Table], today: datetime.date) -> bytes:
    """`{version, as_of, accounts: [{…}], figures: [{…}], …}`; what is not known is null."""
    said = {
        "version": VERSION,
        "as_of": today.isoformat(),
        **{
            table.name: [
                {one.key: value for one, value in zip(table.columns, row, strict=True)}
                for row in table.rows
            ]
            for table in tables
        },
    }
    return (json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n").encode()
