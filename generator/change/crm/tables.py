"""The tables of an export, row by row, and the rows that cannot be used: why, and the cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.change.crm.cells import day_of
from generator.change.crm.mapping import CrmMapping, MappedColumn, TableFile
from generator.change.crm.names import composed
from generator.change.table.cell import FaultyCell, NumberCell
from generator.change.table.delimited import text_rows
from generator.change.table.encoding import decoded, garbled_word
from generator.change.table.files import bytes_of, is_zip, refuse_other_kinds
from generator.change.table.workbook import open_workbook
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.problems import Problem
from generator.read.text import FORBIDDEN

Key = TypeVar("Key")
Record = TypeVar("Record")
_TAB = "tab"
_LONGEST = 500  # as a line of a playbook
_PLACES = 3  # of a fault that is told once for all its rows


class RowFault(NamedTuple):
    """Why a row cannot be used, the cure, and the heading of the column that is to blame.

    Rows of one reason are told together; `detail` is what differs from row to row.
    """

    reason: str
    cure: str
    heading: str = ""
    is_meant: bool = False
    """Whether the row is left out on purpose: accounted for, but nothing to mend."""
    detail: str = ""

    @property
    def words(self) -> str:
        """The reason, of this row alone."""
        return f"{self.reason} {self.detail}" if self.detail else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One row of a table, with its line in the file."""

    line: int
    cells: dict[str, str]
    faults: tuple[RowFault, ...] = ()
    """Why its cells cannot be used, if they cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTable:
    """One file of the export, or one sheet of a workbook."""

    name: str
    file: str
    sheet: str = ""
    """Where it is a sheet that the mapping names."""
    columns: tuple[str, ...]
    rows: tuple[ExportRow, ...]
    notes: tuple[Problem, ...] = ()
    """What is wrong with cells that are used nevertheless."""

    @property
    def label(self) -> str:
        """The file with its sheet, for people."""
        return f"{self.file} ({self.sheet})" if self.sheet else self.file

    def place_of(self, heading: str) -> int:
        """The number of a column, from 1; 1 where there is none of this heading."""
        return self.columns.index(heading) + 1 if heading in self.columns else 1


def read_tables(paths: Sequence[Path], mapping: CrmMapping) -> dict[str, ExportTable]:
    """The mapping's tables among the files and folders given, each by its name."""
    files: dict[str, list[Path]] = {}
    for path in {path.resolve(): path for path in files_of(paths)}.values():
        files.setdefault(path.name, []).append(path)
    tables = {}
    for name, table_file in mapping.tables.items():
        if table_file.file not in files and table_file.optional:
            continue
        path = _only(files.get(table_file.file, ()), table_file.file, name)
        tables[name] = read_table(name, path, table_file, mapping.decimal, mapping.columns_of(name))
    return tables


def _only(paths: Sequence[Path], file: str, table: str) -> Path:
    """The one file of a name."""
    if not paths:
        raise WorkspaceError(
            f"the mapping asks for {file} (table '{table}'), which is not among the files"
        )
    if len(paths) > 1:
        both = " and ".join(map(str, paths[:2]))
        raise WorkspaceError(f"{file} is there twice, as {both}; give one of them")
    return paths[0]


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
    columns = tuple(cell.strip() for cell in heading)
    if not any(columns):
        raise WorkspaceError(
            f"{path.name} is empty: no column headings in its first row; export it again"
        )
    if twice := sorted(heading for heading in used if columns.count(heading) > 1):
        raise WorkspaceError(f"{path.name} has the column '{twice[0]}' twice; rename one")
    records = tuple(_without_foot(rows, columns, used))
    table = ExportTable(
        name=name, file=path.name, sheet=file.sheet or "", columns=columns, rows=records
    )
    return replace(table, notes=tuple(_garbled(table, used)))


def _without_foot(
    rows: Iterator[tuple[int, list[str]]], columns: Sequence[str], used: frozenset[str]
) -> Iterator[ExportRow]:
    """Rows as records; below the last empty row, single cells say who made the export and when."""
    foot: list[ExportRow] = []
    is_below = False
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            is_below = True
            continue
        row = _row(line, cells, columns, used)
        is_single = len(columns) > 1 and sum(bool(cell.strip()) for cell in cells) == 1
        if is_below and is_single:
            foot.append(row)
            continue
        yield from foot
        foot, is_below = [], False
        yield row
    yield from (replace(row, faults=(_FOOT,)) for row in foot)


_FOOT = RowFault("a footer of the export", "", is_meant=True)
_TOTALS = RowFault("a row of totals", "", is_meant=True)
_TOTALS_WORDS = re.compile(
    r"(?:(?:grand|sub)[ -]?)?totals?|sum|count|summe|gesamt(?:summe)?|zwischensumme|somme|suma"
    r"|合计|总计|小计|共计|合計|總計|小計",
    re.IGNORECASE,
)
_LONGEST_SUM = 60  # letters of a word or an amount; a longer one is not even searched
_SUM = re.compile(r"[^\w]*(?:[A-Z]{3})?[^\w]*[0-9][0-9.,' \u00a0\u202f]*[^\w]*(?:[A-Z]{3})?")


def _row(
    line: int, cells: Sequence[str], columns: Sequence[str], used: frozenset[str]
) -> ExportRow:
    named = {key: _clean(text) for key, text in zip(columns, cells, strict=False) if key}
    fault = next(_row_faults(named, cells, columns, used), None)
    return ExportRow(line=line, cells=named, faults=(fault,) if fault else ())


def _row_faults(
    named: Mapping[str, str], cells: Sequence[str], columns: Sequence[str], used: frozenset[str]
) -> Iterator[RowFault]:
    """Why a row as a whole cannot be used."""
    if _is_totals(cells, len(columns)):
        yield _TOTALS
    if any(cell.strip() for cell in cells[len(columns) :]):
        yield RowFault("more cells than columns", "put quotes around cells that hold the delimiter")
    for heading in columns:
        cell = named.get(heading, "")
        if heading in used and isinstance(cell, FaultyCell):
            yield RowFault(f"'{heading}' holds {cell.why.reason}", cell.why.cure, heading)
        if heading in used and len(cell) > _LONGEST:
            reason = f"'{heading}' is longer than {_LONGEST} characters"
            yield RowFault(reason, "shorten it in the CRM; perhaps a quote is missing in the file")


def _is_totals(cells: Sequence[str], columns: int) -> bool:
    """Whether a row sums up those above: a word for it, amounts, and more left empty than not."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    is_long = any(len(cell) > _LONGEST_SUM for cell in filled)
    if is_long or len(filled) < 2 or 2 * len(filled) > columns:
        return False
    word = re.sub(r"\s*(?:\(.*\))?\s*[:：]?$", "", filled[0])
    are_amounts = all(_SUM.fullmatch(cell) for cell in filled[1:])
    return bool(_TOTALS_WORDS.fullmatch(word)) and are_amounts


def _garbled(table: ExportTable, used: frozenset[str]) -> Iterator[Problem]:
    """A finding for each column in which letters stand that no language mixes."""
    for heading in table.columns:
        if heading not in used:
            continue
        places = [
            (row.line, word)
            for row in table.rows
            if not row.faults
            and not (text := row.cells.get(heading, "")).isascii()
            and (word := garbled_word(text))
        ]
        if places:
            lines = [f"{line} ('{word}')" for line, word in places]
            yield Problem(
                path=table.file,
                line=places[0][0],
                column=table.place_of(heading),
                level="warning",
                rule="crm-garbled",
                message=f"'{heading}' is garbled {lines_in_words(lines)}; correct it in the CRM,"
                " or name another encoding in the mapping",
            )


def lines_in_words(lines: Sequence[str]) -> str:
    """Where something stands: the first three places, or all where they are no more."""
    if len(lines) == 1:
        return f"in line {lines[0]}"
    shown = lines[:_PLACES]
    first = "first in" if len(lines) > len(shown) else "in"
    return f"{first} lines {', '.join(shown[:-1])} and {shown[-1]}"


def _clean(cell: str) -> str:
    """A cell without what no playbook may hold: line ends, invisible characters."""
    if isinstance(cell, NumberCell | FaultyCell):
        return cell
    if cell.isprintable():
        return cell.strip()
    return " ".join(FORBIDDEN.sub(" ", cell).split())


def _rows_of(path: Path, file: TableFile, point: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row."""
    raw = bytes_of(path)
    refuse_other_kinds(raw, path.name)
    if is_zip(raw):
        return open_workbook(raw, path.name).rows(file.sheet, point)
    delimiter = file.delimiter or ","
    text = decoded(raw, path.name, file.encoding)
    return text_rows(text, path.name, "\t" if delimiter == _TAB else delimiter)


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
    """A row that a part of the mapping does not use."""

    table: ExportTable
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
        column = table.place_of(fault.heading)
        skipped.append(
            Skipped(table=table, line=row.line, column=column, fault=fault, record=record)
        )
    return records, tuple(skipped)


def reasons(rows: Iterable[Skipped]) -> list[tuple[str, list[Skipped]]]:
    """Rows by why they are not used, the most frequent first."""
    by_reason: dict[str, list[Skipped]] = {}
    for row in rows:
        by_reason.setdefault(row.fault.reason, []).append(row)
    return sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def findings(rows: Iterable[Skipped]) -> Iterator[Problem]:
    """One finding for each reason in each table, at the first row that it holds for.

    A row that several parts leave out for one reason counts once.
    """
    by_table: dict[str, dict[tuple[int, str], Skipped]] = {}
    for row in rows:
        if not row.fault.is_meant:
            of_table = by_table.setdefault(row.table.name, {})
            of_table.setdefault((row.line, row.fault.reason), row)
    for name in sorted(by_table):
        for _, group in reasons(by_table[name].values()):
            yield _finding(sorted(group, key=lambda row: row.line))


def _finding(group: Sequence[Skipped]) -> Problem:
    """What to do about rows that are not used for one reason."""
    first = group[0]
    of_sheet = f" of sheet '{first.table.sheet}'" if first.table.sheet else ""
    if len(group) == 1:
        message = f"this row{of_sheet} is not used: {first.fault.words}"
    else:
        are_alike = len({row.fault.detail for row in group}) == 1
        lines = [
            f"{row.line:,}" if are_alike else f"{row.line:,} ({row.fault.detail})" for row in group
        ]
        words = first.fault.words if are_alike else first.fault.reason
        message = f"{len(group):,} rows{of_sheet} are not used, {lines_in_words(lines)}: {words}"
    return Problem(
        path=first.table.file,
        line=first.line,
        column=first.column,
        level="warning",
        rule="crm-row",
        message=f"{message}; {first.fault.cure}",
    )


def account_faults(account: str, accounts: Iterable[str]) -> Iterator[RowFault]:
    """Why an account cannot be found."""
    if not account:
        yield RowFault("no account", "give it one in the CRM")
    elif account not in accounts:
        cure = "export it too, or name the account it became under merged"
        yield RowFault("unknown account", cure, detail=f"'{account}'")


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
