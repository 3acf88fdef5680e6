"""What an export seems to be: its encoding, delimiter, spelling of days and amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.change.crm.cells import amount_of, currency_of, day_of
from generator.change.crm.load import Table, read_table
from generator.change.crm.sections import TableFile
from generator.change.crm.workbook import is_workbook, sheet_names
from generator.errors import WorkspaceError

_TABLES = (".csv", ".tsv", ".txt", ".xlsx")
Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """One table of the export and how to read it."""

    table: Table
    how: TableFile


def guessed_tables(paths: Sequence[Path], words: Words) -> Iterator[Guessed]:
    """Every file, and every sheet of a workbook, as the table that it seems to be."""
    for path in paths:
        raw = path.read_bytes()
        if is_workbook(raw):
            for sheet in sheet_names(raw, path.name):
                yield _table(path, TableFile(file=path.name, sheet=sheet))
        else:
            yield _table(path, _file(path, raw, words))


def _table(path: Path, how: TableFile) -> Guessed:
    return Guessed(table=read_table(how.sheet or path.stem, path, how, "."), how=how)


def _file(path: Path, raw: bytes, words: Words) -> TableFile:
    """The first encoding that fits, and the delimiter that is in the heading most often."""
    for encoding in words["encodings"]:
        try:
            heading = raw.decode(encoding).split("\n", maxsplit=1)[0]
        except UnicodeDecodeError:
            continue
        break
    else:
        encoding, heading = None, ""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, heading = None, raw.decode("utf-16").split("\n", maxsplit=1)[0]
    counts = [heading.count("\t" if one == "tab" else one) for one in words["delimiters"]]
    delimiter = words["delimiters"][counts.index(max(counts))]
    return TableFile(
        file=path.name,
        encoding=None if encoding == words["encodings"][0] else encoding,
        delimiter=None if delimiter == words["delimiters"][0] else delimiter,
    )


def plain(text: str) -> str:
    """A heading or word without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", text.casefold())


def cells_in(table: Table, column: str | None) -> list[str]:
    """What stands in a column, row by row, without what is empty."""
    return [one for row in table.rows if column and (one := row.cells.get(column, ""))]


def spelling_of(cells: Sequence[str], spellings: Sequence[str]) -> tuple[str, ...]:
    """The spellings that read every day; none where none does."""
    return tuple(one for one in spellings if cells and all(day_of(day, (one,)) for day in cells))


def point_of(cells: Sequence[str]) -> str:
    """The decimal sign with which most amounts can be read."""
    read = {point: sum(amount_of(one, point) is not None for one in cells) for point in (".", ",")}
    return "," if read[","] > read["."] else "."


def currency_in(codes: Sequence[str], amounts: Sequence[str], otherwise: str) -> str:
    """The currency that is named most often."""
    named = Counter([*codes, *filter(None, map(currency_of, amounts))])
    return min(named, key=lambda one: (-named[one], one)) if named else otherwise


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files given and those in the folders given."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.suffix.lower() in _TABLES)
        elif path.is_file():
            found.append(path)
        else:
            raise WorkspaceError(f"there is no {path}")
    return found
