"""Delimited text (.csv, .tsv) as rows of cells, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from generator.change.table.files import MAX_BYTES
from generator.errors import WorkspaceError

# Cells in columns that nobody reads may be of any length; csv stops at 131,072 characters by itself
csv.field_size_limit(MAX_BYTES)
_NO_DELIMITER = '"\r\n'
_SAYS_DELIMITER = re.compile('"?sep=(?P<sign>[^"\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)


def named_delimiter(text: str) -> str | None:
    """The delimiter that a first line such as `sep=;` names; None without one."""
    says = _SAYS_DELIMITER.match(text)
    return says["sign"] if says else None


def text_rows(text: str, file: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row; a first line such as `sep=;` names the delimiter instead."""
    before = 0
    if says := _SAYS_DELIMITER.match(text):
        delimiter, text, before = says["sign"], text[says.end() :], 1
    if len(delimiter) != 1 or delimiter in _NO_DELIMITER:
        raise WorkspaceError(f"{file}: the delimiter '{delimiter}' is no single sign; write ';'")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = last = 0
    try:
        for cells in reader:
            last, line = line + 1, reader.line_num
            yield before + last, cells
    except csv.Error as error:
        raise WorkspaceError(f"{file}:{before + line + 1}: not a table: {error}") from error
    if '"' in text:
        _refuse_open_quote(text, last, delimiter, f"{file}:{before + last}")


def _refuse_open_quote(text: str, line: int, delimiter: str, place: str) -> None:
    """WorkspaceError where the last row begins a quote that never ends: it swallowed the others."""
    rest = "".join(list(io.StringIO(text, newline=""))[line - 1 :])
    try:
        list(csv.reader([rest], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise WorkspaceError(
                f"{place}: a quote opens in this row and never closes; close it, or export anew"
            ) from error
