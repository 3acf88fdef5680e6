"""Chosen fields of many playbooks as a workbook, with what they said hidden beside them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from generator.change.bulk.fields import Field, Row, Single, number, rows_of, text_at
from generator.outputs.export.tables import LONGEST, Column
from generator.outputs.export.workbook import QUIET, write_cell
from generator.read import Document

BEFORE = "before"
"""The hidden sheet with what the playbooks said when they were exported."""
MARK = "Account Playbooks: changed cells go back with `playbook import`; leave this sheet alone."
KEYS = ("account", "id")
_WIDTHS = {"number": 14, "day": 12, "truth": 8, "text": 30}
_Cell = str | float | int | datetime.date | None


def workbook_of(
    documents: Sequence[Document], fields: Sequence[Field], today: datetime.date
) -> bytes:
    """A sheet of accounts and one for each kind of entry; the same plans give the same bytes."""
    told = io.BytesIO()
    book = xlsxwriter.Workbook(told, QUIET)
    made = datetime.datetime.combine(today, datetime.time(), tzinfo=datetime.UTC)
    book.set_properties({"created": made})
    formats = {
        "key": book.add_format({"font_color": "#666666"}),
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    known: list[tuple[str, str, str, str]] = []
    for name in dict.fromkeys(one.sheet for one in fields):
        chosen = [one for one in fields if one.sheet == name]
        known += _sheet(book.add_worksheet(name[:31]), documents, chosen, formats)
    _hidden(book.add_worksheet(BEFORE), known)
    book.close()
    return told.getvalue()


def _sheet(
    sheet: Any, documents: Sequence[Document], fields: Sequence[Field], formats: dict[str, Any]
) -> Iterator[tuple[str, str, str, str]]:
    entries = fields[0].entries
    keys = KEYS if entries else KEYS[:1]
    sheet.freeze_panes(1, len(keys))
    sheet.set_column(0, len(keys) - 1, 24)
    for place, head in enumerate((*keys, *(one.name for one in fields))):
        sheet.write_string(0, place, head, formats["head"])
    for place, field in enumerate(fields, start=len(keys)):
        sheet.set_column(place, place, _WIDTHS[field.kind])
    line = 0
    for document in documents:
        for row in rows_of(document, entries):
            line += 1
            for place, key in enumerate((row.account, row.entry)[: len(keys)]):
                sheet.write_string(line, place, key, formats["key"])
            for place, field in enumerate(fields, start=len(keys)):
                text = _said(document, row, field)
                column = Column(key=field.name, kind=_KINDS[field.kind], says="")
                write_cell(sheet, (line, place), column, _value(field, text), formats["day"])
                yield row.account, row.entry, field.name, text
    sheet.autofilter(0, 0, line, len(keys) + len(fields) - 1)


_KINDS: dict[Single, Any] = {"number": "number", "day": "day", "truth": "text", "text": "text"}


def _said(document: Document, row: Row, field: Field) -> str:
    text = text_at(document, (*row.path, *field.path))
    # what no cell holds would come back cut: it stays out
    return text if len(text) < LONGEST else ""


def _value(field: Field, text: str) -> _Cell:
    """A cell's value of its kind; what is not of it stays text."""
    if not text:
        return None
    if field.kind == "number" and (found := number(text)) is not None:
        return int(found) if found == found.to_integral_value() else float(found)
    if field.kind == "day":
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _hidden(sheet: Any, known: Sequence[tuple[str, str, str, str]]) -> None:
    sheet.very_hidden()
    sheet.write_string(0, 0, MARK)
    for line, row in enumerate(known, start=1):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text)
