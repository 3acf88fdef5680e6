"""Whether the tables have the columns that the mapping names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.crm.load import Table
from generator.crm.mapping import Mapping as CrmMapping
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean


def refuse_missing_columns(tables: Mapping[str, Table], how: CrmMapping) -> None:
    """WorkspaceError names the first column that a table lacks, and the cure."""
    for table_name, wanted in named_columns(how):
        table = tables[table_name]
        if wanted not in table.columns:
            raise WorkspaceError(
                f"{table.file} has no column '{wanted}'{_cure(wanted, table.columns)}"
            )


def named_columns(how: CrmMapping) -> Iterator[tuple[str, str]]:
    """Table and heading of every column that the mapping names, part by part."""
    for part in how.parts():
        for field in type(part).model_fields:
            value = getattr(part, field)
            if column := getattr(value, "column", None):
                yield part.table, column
            for column in getattr(value, "columns", ()):
                yield part.table, column


def _cure(wanted: str, columns: Sequence[str]) -> str:
    """What to do about a column that lacks: the delimiter is wrong, or the name."""
    heading = columns[0] if len(columns) == 1 else ""
    for delimiter, name in ((";", '";"'), ("\t", "tab"), ("|", '"|"')):
        if delimiter in heading:
            return f"; its columns seem to stand apart by another sign: say delimiter: {name}"
    return did_you_mean(wanted, columns)
