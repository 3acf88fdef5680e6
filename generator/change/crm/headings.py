"""Whether the tables have the columns that the mapping names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.change.crm.load import Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean


def refuse_missing_columns(tables: Mapping[str, Table], how: CrmMapping) -> None:
    """WorkspaceError names the first column that a table lacks, and the cure."""
    for table_name, wanted in how.named_columns():
        table = tables[table_name]
        if wanted not in table.columns:
            raise WorkspaceError(
                f"{table.file} has no column '{wanted}'{_cure(wanted, table.columns)}"
            )


def _cure(wanted: str, columns: Sequence[str]) -> str:
    """What to do about a column that lacks: the delimiter is wrong, or the name."""
    heading = columns[0] if len(columns) == 1 else ""
    for delimiter, name in ((";", '";"'), ("\t", "tab"), ("|", '"|"')):
        if delimiter in heading:
            return f"; its columns seem to stand apart by another sign: say delimiter: {name}"
    return did_you_mean(wanted, columns)
