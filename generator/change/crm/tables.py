"""The tables of an export, row by row, and the rows that cannot be used: why, and the cure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.change.crm.cells import NumberCell, day_of, is_workbook, sheet_rows
from generator.change.crm.mapping import CrmMapping, MappedColumn, TableFile
from generator.change.crm.names import composed
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.problems import Problem
from generator.read.text import FORBIDDEN

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
Key = TypeVar("Key")
Record = TypeVar("Record")
_TAB = "tab"
_LONGEST = 500  # as a line of a playbook


class RowFault(NamedTuple):
    """Why a row cannot be used, the cure, and the heading of the column that is to blame."""

    reason: str
    cure: str
    heading: str = ""
    is_meant: bool = False
    """Whether the mapping leaves the row out: accounted for, but nothing to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One row of a table, with its line in the file."""

    line: int
    cells: dict[str, str]
    faults: tuple[RowFault, ...] = ()
    """Why its cells cannot be used, if they cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTable:
    """One file of the export."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[ExportRow, ...]

    def place_of(self, heading: str) -> int:
        """The number of a column, from 1; 1 where there is none of this heading."""
        return self.columns.index(heading) + 1 if heading in self.columns else 1


def read_tables(paths: Sequence[Path], mapping: CrmMapping) -> dict[str, ExportTable]:
    """The mapping's tables among the files and folders given, each by its name."""
    files = {path.name: path for path in files_of(paths)}
    tables = {}
    for name, table_file in mapping.tables.items():
        if table_file.file not in files and table_file.optional:
            continue
        if table_file.file not in files:
            raise WorkspaceError(
                f"the mapping asks for {table_file.file} (table '{name}'), which is not among the"
                " files"
            )
        tables[name] = read_table(
            name, files[table_file.file], table_file, mapping.decimal, mapping.columns_of(name)
        )
    return tables


def files_of(paths: Sequence[Path], endings: Container[str] | None = None) -> Iterator[Path]:
    """The files given, and those in the folders given that end so."""
    for path in paths:
        if path.is_dir():
            files = sorted(filter(Path.is_file, path.iterdir()))
            yield from (file for file in files if not endings or file.suffix.lower() in endings)
        elif path.is_file():
            yield path
        else:
            raise WorkspaceError(f"there is no {path}")


def read_table(
    name: str, path: Path, file: TableFile, point: str, used: frozenset[str] = frozenset()
) -> ExportTable:
    """One table: the first row is the heading; rows without anything in them are none.

    `used` are the columns that the mapping names.
    """
    rows = _rows_of(path, file, point)
    _, heading = next(rows, (0, []))
    columns = [cell.strip() for cell in heading]
    if not any(columns):
        raise WorkspaceError(
            f"{path.name} is empty: no column headings in its first row; export it again"
        )
    if twice := sorted({heading for heading in columns if heading and columns.count(heading) > 1}):
        raise WorkspaceError(f"{path.name} has the column '{twice[0]}' twice; rename one")
    records = tuple(_row(line, cells, columns, used) for line, cells in rows if any(cells))
    return ExportTable(name=name, file=path.name, columns=tuple(columns), rows=records)


def _row(
    line: int, cells: Sequence[str], columns: Sequence[str], used: frozenset[str]
) -> ExportRow:
    named = {key: _clean(text) for key, text in zip(columns, cells, strict=False) if key}
    faults: tuple[RowFault, ...] = ()
    if any(cell.strip() for cell in cells[len(columns) :]):
        cure = "put quotes around cells that hold the delimiter"
        faults = (RowFault("more cells than columns", cure),)
    elif long := [
        heading for heading in columns if heading in used and len(named.get(heading, "")) > _LONGEST
    ]:
        reason = f"'{long[0]}' is longer than {_LONGEST} characters"
        cure = "shorten it in the CRM; perhaps a quote is missing in the file"
        faults = (RowFault(reason, cure),)
    return ExportRow(line=line, cells=named, faults=faults)


def _clean(cell: str) -> str:
    """A cell without what no playbook may hold: line ends, invisible characters."""
    if isinstance(cell, NumberCell):
        return cell
    if cell.isprintable():
        return cell.strip()
    return " ".join(FORBIDDEN.sub(" ", cell).split())


def _rows_of(path: Path, file: TableFile, point: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"cannot read {path}: {error.strerror}") from error
    if is_workbook(raw):
        yield from sheet_rows(raw, path.name, file.sheet, point)
        return
    text = _decoded(raw, path.name, file.encoding)
    delimiter = file.delimiter or ","
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter="\t" if delimiter == _TAB else delimiter
    )
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise WorkspaceError(f"{path.name}:{reader.line_num}: not a table: {error}") from error


def _decoded(raw: bytes, file: str, encoding: str | None) -> str:
    """Text in the mapping's encoding, else as the file's first bytes say, else UTF-8."""
    name_of_encoding = next(
        (name for mark, name in _MARKS if raw.startswith(mark)), encoding or "utf-8"
    )
    try:
        return raw.decode(name_of_encoding)
    except UnicodeDecodeError as error:
        cure = (
            "save it as UTF-8, or name its encoding in the mapping, such as windows-1252"
            if encoding is None
            else "name another encoding in the mapping"
        )
        kind = "UTF-8" if name_of_encoding == "utf-8" else name_of_encoding
        raise WorkspaceError(
            f"{file} is not {kind} text (byte {error.start + 1}); {cure}"
        ) from error


def refuse_missing_columns(tables: Mapping[str, ExportTable], mapping: CrmMapping) -> None:
    """WorkspaceError names the first column that a table lacks, and the cure."""
    for table_name, heading in mapping.named_columns():
        table = tables[table_name]
        if heading not in table.columns:
            raise WorkspaceError(
                f"{table.file} has no column '{heading}'{_cure(heading, table.columns)}"
            )


def _cure(missing: str, columns: Sequence[str]) -> str:
    """What to do about a column that lacks: the delimiter is wrong, or the name."""
    heading = columns[0] if len(columns) == 1 else ""
    for delimiter, name in ((";", '";"'), ("\t", "tab"), ("|", '"|"')):
        if delimiter in heading:
            return f"; its columns seem to stand apart by another sign: say delimiter: {name}"
    return did_you_mean(missing, columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A row that is not used."""

    file: str
    line: int
    column: int
    """Of the cell that cannot be used; 1 for a whole row."""
    fault: RowFault
    record: object
    """What the row says nevertheless."""


def usable(
    table: ExportTable,
    read: Callable[[ExportRow], tuple[Key, Record]],
    faults_of: Callable[[ExportRow, Record, Record | None], Iterator[RowFault]],
) -> tuple[dict[Key, Record], tuple[Skipped, ...]]:
    """Rows as records by their key, and those that cannot be used with their first fault.

    `faults_of` is given an earlier record of the same key as well, where there is one.
    """
    records: dict[Key, Record] = {}
    skipped = []
    for row in table.rows:
        key, record = read(row)
        fault = next(faults_of(row, record, records.get(key)), None)
        if fault is None:
            records[key] = record
            continue
        skipped.append(
            Skipped(
                file=table.file,
                line=row.line,
                column=table.place_of(fault.heading),
                fault=fault,
                record=record,
            )
        )
    return records, tuple(skipped)


def reasons(rows: Iterable[Skipped], file: str) -> list[tuple[str, list[Skipped]]]:
    """The rows of a file by why they are not used, the most frequent first."""
    by_reason: dict[str, list[Skipped]] = {}
    for row in rows:
        if row.file == file:
            by_reason.setdefault(row.fault.reason, []).append(row)
    return sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def findings(rows: Iterable[Skipped]) -> Iterator[Problem]:
    """One finding for each reason in each file, at the first row that it holds for."""
    rows = tuple(row for row in rows if not row.fault.is_meant)
    for file in sorted({row.file for row in rows}):
        for reason, group in reasons(rows, file):
            first = group[0]
            count = f"{len(group):,} rows are not used, this is the first: " if group[1:] else ""
            yield Problem(
                path=file,
                line=first.line,
                column=first.column,
                level="warning",
                rule="crm-row",
                message=f"{count or 'this row is not used: '}{reason}; {first.fault.cure}",
            )


def account_faults(account: str, accounts: Iterable[str]) -> Iterator[RowFault]:
    """Why an account cannot be found."""
    if not account:
        yield RowFault("no account", "give it one in the CRM")
    elif account not in accounts:
        cure = "export it too, or name the account it became under merged"
        yield RowFault(f"unknown account '{account}'", cure)


def day_faults(what: str, cell: str, mapping: CrmMapping) -> Iterator[RowFault]:
    """Why a day cannot be read."""
    if cell and day_of(cell, mapping.dates) is None:
        spellings = " or ".join(mapping.dates)
        cure = f"'{cell}' is no day written {spellings}; add its spelling to dates"
        yield RowFault(f"an unreadable day {what}", cure)


def cell(mapping: CrmMapping, row: ExportRow, column: MappedColumn | None) -> str:
    """A cell, what is misspelt put right; '' where the mapping names no column."""
    if column is None:
        return ""
    value = composed(row.cells.get(column.column, ""))
    values = (mapping.values or {}).get(column.values or "", {})
    meant = values.get(value, value)
    return meant if column.letters is None else meant[: column.letters]
