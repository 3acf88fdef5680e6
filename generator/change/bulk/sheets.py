"""Chosen fields of many playbooks as a workbook, with what they said hidden beside them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from generator.errors import WorkspaceError
from generator.form import FORM
from generator.model.fields import ENTRY, Field
from generator.model.kinds import NUMBERS, TEXTS, Kind
from generator.model.shape import did_you_mean
from generator.outputs.export.tables import LONGEST, Column
from generator.outputs.export.workbook import QUIET, write_cell
from generator.read import Document
from generator.read.document import DataPath, said_at
from generator.read.numbers import NoNumber, number_of

ACCOUNTS = "accounts"
Single = Literal["number", "day", "truth", "text"]
_SINGLE: dict[Kind, Single] = {
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys((*TEXTS, Kind.CHOICE), "text"),
    Kind.DAY: "day",
    Kind.TRUTH: "truth",
}
"""What kind of single value a field holds; others hold more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenField:
    """A field of every account, or of every entry of a list or of a block by id."""

    name: str
    """As it was asked for: 'actions.due'."""
    entries: DataPath
    """Where the entries stand; () for a field of the account itself."""
    path: DataPath
    """Within the entry, or within the playbook."""
    kind: Single
    is_money: bool = False

    @property
    def sheet(self) -> str:
        """The sheet it stands on: one for accounts, one for each kind of entry."""
        return ".".join(map(str, self.entries)) or ACCOUNTS


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """An account, or an entry of it."""

    account: str
    entry: str
    """Its id; '' for the account itself."""
    path: DataPath
    """Where the entry stands; () for the account itself."""


def fields_of(names: Sequence[str]) -> tuple[ChosenField, ...]:
    """The fields that are meant; WorkspaceError for one that is none or holds several values."""
    return tuple(_field(name) for name in dict.fromkeys(names))


def _field(name: str) -> ChosenField:
    entries: DataPath = ()
    path: DataPath = ()
    place = FORM
    for step in name.split("."):
        inner = place.step(step) if step in place.keys else None
        if inner is None:
            raise WorkspaceError(f"there is no field '{name}'{did_you_mean(step, place.keys)}")
        place, path = inner, (*path, step)
        if not entries and _has_named_entries(place):
            place, entries, path = place.children[ENTRY], path, ()
    kind = _SINGLE.get(place.kind) if path else None
    if kind is None or (entries and path == ("id",)):
        named = ", ".join(f"{name}.{key}" for key in place.keys if key != "id")
        cure = f"name one of {named}" if named else "edit it in the playbook"
        raise WorkspaceError(f"'{name}' holds no single value for a cell; {cure}")
    is_money = place.kind is Kind.MONEY
    return ChosenField(name=name, entries=entries, path=path, kind=kind, is_money=is_money)


def _has_named_entries(place: Field) -> bool:
    """Whether it is a list whose entries have an id, or a block by id."""
    has_ids = place.kind is Kind.LIST and "id" in place.children[ENTRY].keys
    return has_ids or place.kind is Kind.MAPPING


def rows_of(document: Document, entries: DataPath) -> Iterator[SheetRow]:
    """The account itself, or its entries that have an id, in the order of the file."""
    if not entries:
        yield SheetRow(account=document.stem, entry="", path=())
        return
    node = said_at(document.data or {}, entries)
    if isinstance(node, dict):
        for key in node:
            yield SheetRow(account=document.stem, entry=str(key), path=(*entries, key))
    for place, entry in enumerate(node if isinstance(node, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield SheetRow(account=document.stem, entry=entry["id"], path=(*entries, place))


def text_at(document: Document, path: DataPath) -> str:
    """What a file says at a path, the value of a fact; '' where it says none."""
    node = said_at(document.data or {}, value_path(document, path))
    return node if isinstance(node, str) else ""


def value_path(document: Document, path: DataPath) -> DataPath:
    """Where the value itself stands: within its braces where a fact has its evidence."""
    node = said_at(document.data or {}, path)
    return (*path, "value") if isinstance(node, Mapping) and "value" in node else path


def same(kind: Single, text: str, other: str) -> bool:
    """Whether two spellings say the same: 1000 and 1000.0 do."""
    if text == other:
        return True
    if kind != "number":
        return text.casefold() == other.casefold() if kind == "truth" else False
    first, second = number(text), number(other)
    return first is not None and first == second


def number(text: str) -> Decimal | None:
    """The number that a text is; None where it is none."""
    try:
        return number_of(text.strip())
    except NoNumber:
        return None


BEFORE = "before"
"""The hidden sheet with what the playbooks said when they were exported."""


MARK = "Account Playbooks: changed cells go back with `playbook import`; leave this sheet alone."
KEYS = ("account", "id")
_WIDTHS = {"number": 14, "day": 12, "truth": 8, "text": 30}
_Cell = str | float | int | datetime.date | None


def workbook_of(
    documents: Sequence[Document], fields: Sequence[ChosenField], today: datetime.date
) -> bytes:
    """A sheet of accounts and one for each kind of entry; the same plans give the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, QUIET)
    created = datetime.datetime.combine(today, datetime.time(), tzinfo=datetime.UTC)
    book.set_properties({"created": created})
    formats = {
        "key": book.add_format({"font_color": "#666666"}),
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    known: list[tuple[str, str, str, str]] = []
    for name in dict.fromkeys(field.sheet for field in fields):
        chosen = [field for field in fields if field.sheet == name]
        known += _sheet(book.add_worksheet(name[:31]), documents, chosen, formats)
    _hidden(book.add_worksheet(BEFORE), known)
    book.close()
    return stream.getvalue()


def _sheet(
    sheet: Any,
    documents: Sequence[Document],
    fields: Sequence[ChosenField],
    formats: dict[str, Any],
) -> Iterator[tuple[str, str, str, str]]:
    entries = fields[0].entries
    keys = KEYS if entries else KEYS[:1]
    sheet.freeze_panes(1, len(keys))
    sheet.set_column(0, len(keys) - 1, 24)
    for place, head in enumerate((*keys, *(field.name for field in fields))):
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
                text = _cell_text(document, row, field)
                column = Column(key=field.name, kind=_KINDS[field.kind], says="")
                write_cell(sheet, (line, place), column, _value(field, text), formats["day"])
                yield row.account, row.entry, field.name, text
    sheet.autofilter(0, 0, line, len(keys) + len(fields) - 1)


_KINDS: dict[Single, Any] = {"number": "number", "day": "day", "truth": "text", "text": "text"}


def _cell_text(document: Document, row: SheetRow, field: ChosenField) -> str:
    text = text_at(document, (*row.path, *field.path))
    # what no cell holds would come back cut: it stays out
    return text if len(text) < LONGEST else ""


def _value(field: ChosenField, text: str) -> _Cell:
    """A cell's value of its kind; what is not of it stays text."""
    if not text:
        return None
    if field.kind == "number" and (amount := number(text)) is not None:
        # a workbook holds 15 digits: what has more would come back as another number
        return float(amount) if Decimal(f"{float(amount):.15G}") == amount else text
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
