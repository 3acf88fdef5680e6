"""The edge: the mapping file and the export's tables from disk."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.change.crm.mapping import Mapping
from generator.change.crm.sections import TableFile
from generator.change.crm.workbook import NumberCell, is_workbook, sheet_rows
from generator.errors import SettingsError, WorkspaceError
from generator.model.shape import faults_of
from generator.problems import errors_among, in_order
from generator.read import Document, Workspace, read_file
from generator.read.text import FORBIDDEN
from generator.share import site_config_folder

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TAB = "tab"
_LONGEST = 500  # as a line of a playbook
_MAPPINGS = "mappings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, with its line in the file."""

    line: int
    cells: dict[str, str]
    fault: tuple[str, str] | None = None
    """Why its cells cannot be used, and what to do, if they cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of the export."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def place_of(self, heading: str) -> int:
        """The number of a column, from 1; 1 where there is none of this heading."""
        return self.columns.index(heading) + 1 if heading in self.columns else 1


def load_mapping(
    path: Path,
    workspace: Workspace,
    *,
    as_of: datetime.date | None = None,
    today: datetime.date | None = None,
) -> tuple[Mapping, Document]:
    """A mapping file, checked as site_config is; SettingsError carries its findings.

    The export's day is `as_of`, else what the mapping says, else today.
    """
    if not path.exists():
        raise WorkspaceError(f"there is no mapping file {path}")
    document = read_file(path, workspace.shown(path.resolve()))
    problems = list(document.problems)
    mapping = None
    if document.data is not None:
        data = {**_day(today), **document.data, **_day(as_of)}
        mapping, faults = faults_of(Mapping, data, whole="every mapping")
        problems += [
            document.problem(one.path, one.rule, one.message, at_key=one.at_key) for one in faults
        ]
    if mapping is None or errors_among(problems):
        raise SettingsError(in_order(problems))
    return mapping, document


def load_words(workspace: Workspace) -> dict[str, Any]:
    """What columns and words are known by: the workspace's own file, else the shipped one."""
    own = workspace.site_config / _MAPPINGS / "headings.yaml"
    shipped = site_config_folder() / _MAPPINGS / "headings.yaml"
    path = own if own.exists() else shipped
    document = read_file(path, workspace.shown(path.resolve()))
    if document.is_empty:
        document = read_file(shipped, workspace.shown(shipped))
    if document.data is None:
        raise SettingsError(document.problems)
    return document.data


def find_mapping(given: Path, workspace: Workspace) -> Path:
    """A mapping file by its path, or one that lies ready by its name alone."""
    if given.exists() or given.suffix or len(given.parts) > 1:
        return given
    own = workspace.site_config / _MAPPINGS / f"{given}.yaml"
    ready = site_config_folder() / _MAPPINGS
    found = own if own.exists() else ready / f"{given}.yaml"
    if not found.exists():
        names = ", ".join(sorted(one.stem for one in ready.iterdir() if one.stem != "headings"))
        raise WorkspaceError(f"there is no mapping {given}; ready are: {names}")
    return found


def _day(day: datetime.date | None) -> dict[str, str]:
    return {} if day is None else {"as_of": day.isoformat()}


def read_tables(paths: Sequence[Path], mapping: Mapping) -> dict[str, Table]:
    """The mapping's tables among the files and folders given, each by its name."""
    files = {path.name: path for path in _files(paths)}
    tables = {}
    for name, wanted in mapping.tables.items():
        if wanted.file not in files and wanted.optional:
            continue
        if wanted.file not in files:
            raise WorkspaceError(
                f"the mapping asks for {wanted.file} (table '{name}'), which is not among the files"
            )
        tables[name] = read_table(
            name, files[wanted.file], wanted, mapping.decimal, mapping.columns_of(name)
        )
    return tables


def _files(paths: Sequence[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file())
        elif path.is_file():
            yield path
        else:
            raise WorkspaceError(f"there is no {path}")


def read_table(
    name: str, path: Path, wanted: TableFile, point: str, used: frozenset[str] = frozenset()
) -> Table:
    """One table: the first row is the heading; rows without anything in them are none.

    `used` are the columns that the mapping names.
    """
    rows = _rows_of(path, wanted, point)
    _, heading = next(rows, (0, []))
    columns = [cell.strip() for cell in heading]
    if not any(columns):
        raise WorkspaceError(
            f"{path.name} is empty: no column headings in its first row; export it again"
        )
    if twice := sorted({one for one in columns if one and columns.count(one) > 1}):
        raise WorkspaceError(f"{path.name} has the column '{twice[0]}' twice; rename one")
    made = tuple(_row(line, cells, columns, used) for line, cells in rows if any(cells))
    return Table(name=name, file=path.name, columns=tuple(columns), rows=made)


def _row(line: int, cells: Sequence[str], columns: Sequence[str], used: frozenset[str]) -> Row:
    named = {key: _clean(one) for key, one in zip(columns, cells, strict=False) if key}
    fault = None
    if any(cell.strip() for cell in cells[len(columns) :]):
        fault = ("more cells than columns", "put quotes around cells that hold the delimiter")
    elif long := [one for one in columns if one in used and len(named.get(one, "")) > _LONGEST]:
        reason = f"'{long[0]}' is longer than {_LONGEST} characters"
        fault = (reason, "shorten it in the CRM; perhaps a quote is missing in the file")
    return Row(line=line, cells=named, fault=fault)


def _clean(cell: str) -> str:
    """A cell without what no playbook may hold: line ends, invisible characters."""
    if isinstance(cell, NumberCell):
        return cell
    if cell.isprintable():
        return cell.strip()
    return " ".join(FORBIDDEN.sub(" ", cell).split())


def _rows_of(path: Path, wanted: TableFile, point: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"cannot read {path}: {error.strerror}") from error
    if is_workbook(raw):
        yield from sheet_rows(raw, path.name, wanted.sheet, point)
        return
    text = _decoded(raw, path.name, wanted.encoding)
    delimiter = wanted.delimiter or ","
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
    found = next((name for mark, name in _MARKS if raw.startswith(mark)), encoding or "utf-8")
    try:
        return raw.decode(found)
    except UnicodeDecodeError as error:
        cure = (
            "save it as UTF-8, or name its encoding in the mapping, such as windows-1252"
            if encoding is None
            else "name another encoding in the mapping"
        )
        kind = "UTF-8" if found == "utf-8" else found
        raise WorkspaceError(
            f"{file} is not {kind} text (byte {error.start + 1}); {cure}"
        ) from error
