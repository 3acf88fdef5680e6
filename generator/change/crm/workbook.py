"""Sheets of a workbook (.xlsx) as rows of text, as a CSV export would have them."""

from __future__ import annotations

import datetime
import io
import math
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from generator.errors import WorkspaceError
from generator.problems import one_line

UNREADABLE = (
    InvalidFileException,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    OverflowError,
    OSError,
    SyntaxError,  # of the XML
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl raises over a broken workbook, also while its rows are read."""
_ZIP = b"PK\x03\x04"
_WHOLE = Decimal(2**53)
_DIGITS = 10  # beyond them stands what binary fractions add to a decimal number


class NumberCell(str):
    """The text of a cell that held a number: nobody wrote it, so no separator stands in it."""

    __slots__ = ()


def is_workbook(raw: bytes) -> bool:
    """Whether bytes are a workbook rather than text."""
    return raw.startswith(_ZIP)


def sheet_names(raw: bytes, file: str) -> list[str]:
    """The sheets of a workbook, in their order."""
    return list(_book(raw, file).sheetnames)


def sheet_rows(
    raw: bytes, file: str, sheet: str | None, point: str
) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of every row: values, not formulas; numbers with the mapping's point."""
    book = _book(raw, file)
    if sheet is not None and sheet not in book.sheetnames:
        known = ", ".join(book.sheetnames)
        raise WorkspaceError(f"{file} has no sheet '{sheet}'; it has: {known}")
    chosen = book[sheet] if sheet else book.worksheets[0]
    number = 0
    try:
        for number, row in enumerate(chosen.iter_rows(values_only=True), start=1):
            yield number, [cell_text(value, point) for value in row]
    except UNREADABLE as error:
        raise WorkspaceError(
            f"{file}:{number + 1}: this row of sheet '{chosen.title}' cannot be read:"
            f" {one_line(str(error))[:80]}; correct its numbers"
        ) from error


def _book(raw: bytes, file: str) -> Any:
    try:
        return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except UNREADABLE as error:
        raise WorkspaceError(f"{file} is not a workbook; save it as .xlsx or .csv") from error


def cell_text(value: Any, point: str = ".") -> str:
    """A cell's value as text: days as ISO has them, numbers without what binary fractions add."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        exact = Decimal(repr(value))
        # beyond what a float holds to the unit there is nothing to round
        near = round(exact, _DIGITS) if abs(exact) < _WHOLE else exact
        plain = format(near.normalize(), "f")
        return NumberCell(plain.replace(".", point))
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
