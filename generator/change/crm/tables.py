"""The tables of an export, row by row, and the rows that cannot be used: why, and the cure."""

from __future__ import annotations

import itertools
import re
from collections.abc import (
    Callable,
    Container,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.change.crm.cells import day_of, money_in, number_in, to_a_millionth
from generator.change.crm.columns import AmountColumn, MappedColumn, TableFile
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.parts import PartMapping
from generator.change.table.cell import FaultyCell, NumberCell
from generator.change.table.delimited import text_rows
from generator.change.table.encoding import decoded, garbled_word
from generator.change.table.files import bytes_of, is_zip, refuse_other_kinds
from generator.change.table.workbook import open_workbook
from generator.errors import SettingsError, WorkspaceError
from generator.model.shape import did_you_mean
from generator.problems import Problem, in_order
from generator.read.numbers import NoNumber
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
    is_by_where: bool = False
    """Whether the mapping's `where` leaves it to other parts, or to none."""
    hint: str = ""
    """What is likely meant, of this row alone; behind the cure."""

    @property
    def words(self) -> str:
        """The reason, of this row alone."""
        return f"{self.reason} {self.detail}" if self.detail else self.reason


FROM_FIRST_ROW = "the {} is read from its first row"
"""Why a table that names an account or a product many times does not use the others for it."""


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
    named = {table.file for table in mapping.tables.values()}
    if any(not table.optional and table.file not in files for table in mapping.tables.values()):
        for path in (path for file, of in files.items() if file not in named for path in of):
            refuse_other_kinds(
                bytes_of(path), path.name
            )  # it is what keeps a table from being there
    tables = {}
    for name, table_file in mapping.tables.items():
        if table_file.file not in files and table_file.optional:
            continue
        path = _only(files.get(table_file.file, ()), table_file.file, name, files)
        tables[name] = read_table(
            name, path, table_file, mapping.decimal, mapping.columns_of(name), mapping.empty
        )
    return tables


def _only(paths: Sequence[Path], file: str, table: str, given: Iterable[str]) -> Path:
    """The one file of a name."""
    if not paths:
        raise WorkspaceError(
            f"the mapping asks for {file} (table '{table}'), which is not among the files"
            + (f" ({names})" if (names := ", ".join(given)) else "")
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
    name: str,
    path: Path,
    file: TableFile,
    point: str,
    used: frozenset[str] = frozenset(),
    empty: Sequence[str] = (),
) -> ExportTable:
    """One table: the first row is the heading; rows without anything in them are none.

    `used` are the columns that the mapping names, `empty` the words that mean nothing is there.
    """
    rows = _without_words(_rows_of(path, file, point), empty)
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


def _without_words(
    rows: Iterator[tuple[int, list[str]]], empty: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """Rows whose cells are empty where such a word stands in them."""
    if not empty:
        yield from rows
        return
    words = {word.casefold() for word in empty}
    for line, cells in rows:
        yield line, ["" if cell.strip().casefold() in words else cell for cell in cells]


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
    """SettingsError with every column that a table lacks, at its line of the mapping."""
    problems = []
    told = set()
    for name, heading, path in mapping.named_columns():
        table = tables[name]
        if heading in table.columns or name in told:
            continue
        message = f"{table.label} has no column '{heading}'"
        if delimiter := _other_delimiter(table.columns):
            told.add(name)
            message += f"; its columns seem to stand apart by another sign: say {delimiter}"
            problems.append(mapping.problem(("tables", name), "crm-column", message))
            continue
        message += did_you_mean(heading, [column for column in table.columns if column])
        problems.append(mapping.problem(path, "crm-column", message))
    if problems:
        raise SettingsError(in_order(problems), whose="the mapping")


def _other_delimiter(columns: Sequence[str]) -> str:
    """What the mapping should say of a table whose headings were not taken apart; else ''."""
    heading = columns[0] if len(columns) == 1 else ""
    for delimiter, name in ((";", '";"'), ("\t", "tab"), ("|", '"|"'), (",", '","')):
        if delimiter in heading:
            return f"delimiter: {name}"
    return ""


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


def left_out(row: ExportRow, part: PartMapping) -> Iterator[RowFault]:
    """Why a part does not read a row, whatever it is: its cells cannot be used, or `where`."""
    yield from row.faults
    heading = part.wants(row.cells)
    if heading is not None:
        cell = row.cells.get(heading, "")
        yield RowFault(
            f"left out by where '{heading}'",
            "",
            is_meant=True,
            detail=f"(it is '{cell}')",
            is_by_where=True,
        )


def rows_for(table: ExportTable, part: PartMapping) -> Iterator[ExportRow]:
    """The rows that a part reads."""
    return (row for row in table.rows if next(left_out(row, part), None) is None)


def usable(
    table: ExportTable,
    part: PartMapping,
    read: Callable[[ExportRow], tuple[Key, Record]],
    faults_of: Callable[[ExportRow, Record, Record | None], Iterator[RowFault]],
    records: MutableMapping[Key, Record] | None = None,
) -> tuple[MutableMapping[Key, Record], tuple[Skipped, ...]]:
    """Rows as records by their key, and those that cannot be used with their first fault.

    `faults_of` is given an earlier record of the same key as well, where there is one; `records`
    are those of other tables of the same part.
    """
    records = {} if records is None else records
    skipped = []
    for row in table.rows:
        key, record = read(row)
        faults = itertools.chain(left_out(row, part), faults_of(row, record, records.get(key)))
        fault = next(faults, None)
        if fault is None:
            records[key] = record
            continue
        column = table.place_of(fault.heading)
        skipped.append(
            Skipped(table=table, line=row.line, column=column, fault=fault, record=record)
        )
    return records, tuple(skipped)


def nothing_left(tables: Mapping[str, ExportTable], mapping: CrmMapping) -> Iterator[Problem]:
    """A finding at each `where` that no row of its table passes."""
    for path, part in mapping.parts():
        rows = [row for row in tables[part.table].rows if not row.faults]
        if not rows or any(part.wants(row.cells) is None for row in rows):
            continue
        heading = next(h for row in rows if (h := part.wants(row.cells)) is not None)
        words = list(dict.fromkeys(row.cells.get(heading, "") for row in rows))
        said = ", ".join(f"'{word}'" for word in words[:_PLACES])
        message = (
            f"none of the {len(rows):,} rows of {tables[part.table].label} passes; '{heading}'"
            f" says {said}{' and more' if words[_PLACES:] else ''}"
        )
        yield mapping.problem((*path, "where", heading), "crm-where", message, level="warning")


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
    hint = first.fault.hint
    if len(group) == 1:
        message = f"this row{of_sheet} is not used: {first.fault.words}"
    else:
        are_alike = len({row.fault.detail for row in group}) == 1
        lines = [
            f"{row.line:,}" if are_alike else f"{row.line:,} ({row.fault.detail})" for row in group
        ]
        words, hint = (first.fault.words, hint) if are_alike else (first.fault.reason, "")
        message = f"{len(group):,} rows{of_sheet} are not used, {lines_in_words(lines)}: {words}"
    return Problem(
        path=first.table.file,
        line=first.line,
        column=first.column,
        level="warning",
        rule="crm-row",
        message=f"{message}; {first.fault.cure}{hint}",
    )


def day_faults(what: str, cell: str, mapping: CrmMapping) -> Iterator[RowFault]:
    """Why a day cannot be read."""
    if cell and day_of(cell, mapping.dates) is None:
        spellings = " or ".join(mapping.dates)
        cure = f"'{cell}' is no day written {spellings}; add its spelling to dates"
        yield RowFault(f"an unreadable day {what}", cure)


def needed_day(
    what: str, row: ExportRow, column: MappedColumn, mapping: CrmMapping
) -> Iterator[RowFault]:
    """Why a day without which a row says nothing is not there, or lies ahead of the export."""
    text = cell(mapping, row, column)
    yield from day_faults(what, text, mapping)
    day = day_of(text, mapping.dates)
    if day is None:
        yield RowFault(f"no day {what}", "fill it in", column.heading)
    elif day > mapping.as_of:
        cure = "correct it, or take an export of a later day (--as-of)"
        yield RowFault(f"a day {what} after the export's", cure, column.heading)


def cell(mapping: CrmMapping, row: ExportRow, column: MappedColumn | None) -> str:
    """A cell, what is misspelt put right; '' where the mapping names no column."""
    if column is None:
        return ""
    value = column.text_in(row.cells)
    values = (mapping.values or {}).get(column.values or "", {})
    meant = values.get(value, value)
    return meant if column.letters is None else meant[: column.letters]


def money_of(row: ExportRow, column: AmountColumn | None, mapping: CrmMapping) -> Decimal | None:
    """An amount, a price times its quantity; None where there is none."""
    try:
        return money_at(row, column, mapping) if column else None
    except NoNumber:
        return None


def money_at(row: ExportRow, column: AmountColumn, mapping: CrmMapping) -> Decimal:
    """An amount, at most to a millionth; NoNumber says why there is none."""
    text = cell(mapping, row, column)
    read = number_in if column.thousandths else money_in
    amount = read(text, mapping.decimal)
    if column.times is not None:
        amount *= number_in(row.cells.get(column.times, ""), mapping.decimal)
    return to_a_millionth(amount)
