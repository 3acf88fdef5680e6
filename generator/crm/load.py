"""The edge: the mapping file and the export's tables from disk."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.crm.mapping import Mapping
from generator.errors import SettingsError, WorkspaceError
from generator.model.shape import faults_of
from generator.problems import in_order
from generator.read import Document, Workspace, read_file

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, with its line in the file."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of the export."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def load_mapping(path: Path, workspace: Workspace) -> tuple[Mapping, Document]:
    """A mapping file, checked as site_config is; SettingsError carries its findings."""
    if not path.exists():
        raise WorkspaceError(f"there is no mapping file {path}")
    document = read_file(path, workspace.shown(path.resolve()))
    problems = list(document.problems)
    mapping = None
    if document.data is not None:
        mapping, faults = faults_of(Mapping, document.data)
        problems += [
            document.problem(one.path, one.rule, one.message, at_key=one.at_key) for one in faults
        ]
    if mapping is None or problems:
        raise SettingsError(in_order(problems))
    return mapping, document


def read_tables(paths: Sequence[Path], mapping: Mapping) -> dict[str, Table]:
    """The mapping's tables among the files and folders given, each by its name."""
    files = {path.name: path for path in _files(paths)}
    tables = {}
    for name, wanted in mapping.tables.items():
        if wanted.file not in files:
            raise WorkspaceError(
                f"the mapping asks for {wanted.file} (table '{name}'), which is not among the files"
            )
        tables[name] = _table(name, files[wanted.file], wanted.delimiter or ",")
    return tables


def _files(paths: Sequence[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file())
        elif path.is_file():
            yield path
        else:
            raise WorkspaceError(f"there is no {path}")


def _table(name: str, path: Path, delimiter: str) -> Table:
    try:
        text = path.read_bytes().decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise WorkspaceError(
            f"{path.name} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
        ) from error
    except OSError as error:
        raise WorkspaceError(f"cannot read {path}: {error.strerror}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    try:
        columns = tuple(reader.fieldnames or ())
        rows = tuple(
            Row(
                line=reader.line_num,
                cells={key: (value or "").strip() for key, value in row.items() if key},
            )
            for row in reader
        )
    except csv.Error as error:
        raise WorkspaceError(f"{path.name}:{reader.line_num}: not a table: {error}") from error
    return Table(name=name, file=path.name, columns=columns, rows=rows)
