"""A workbook that was exported for changing, read back: the cells that differ become edits."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl

from generator.change.bulk.sheets import (
    BEFORE,
    KEYS,
    MARK,
    ChosenField,
    SheetRow,
    fields_of,
    rows_of,
    same,
    text_at,
    value_path,
)
from generator.change.crm.cells import UNREADABLE, NumberCell, cell_text, day_of
from generator.change.crm.plan import ImportPlan
from generator.change.edit.edit import Change, Drop, Put, edit_text
from generator.change.edit.files import ChangedFile
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.problems import Level, Problem, in_order, one_line
from generator.read import Document
from generator.read.document import DataPath
from generator.read.numbers import NoNumber, money_of, number_of
from generator.rules.validate import plan_of

DELETE = "delete"
"""What is written into a cell so that the field goes."""

Known = Mapping[tuple[str, str, str], str]


def is_bulk(raw: bytes) -> bool:
    """Whether bytes are a workbook that was exported for changing."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
        return BEFORE in book.sheetnames and bool(book[BEFORE]["A1"].value == MARK)
    except UNREADABLE:
        return False


@dataclass(slots=True, kw_only=True)
class _Read:
    """What a workbook asks for."""

    file: str
    changes: dict[str, list[Change]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cells: int = 0
    same: int = 0

    def tell(
        self, place: tuple[int, int], account: str, rule: str, message: str, level: Level = "error"
    ) -> None:
        self.problems.append(
            Problem(
                path=self.file,
                line=place[0],
                column=place[1],
                level=level,
                rule=rule,
                message=message,
                account=account,
            )
        )


def plan_bulk(raw: bytes, file: str, documents: Sequence[Document]) -> ImportPlan:
    """What to write: only cells that were changed since the export, each where it stands.

    A cell whose field was changed in the playbook meanwhile, a value that the playbook may not have
    and a row that was never exported are findings at their row and column, and not written.
    """
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    except UNREADABLE as error:
        raise WorkspaceError(
            f"{file} cannot be read: {one_line(str(error))[:80]}; export anew"
        ) from error
    known = _known(book[BEFORE])
    read = _Read(file=file)
    by_id = {document.stem: document for document in documents if document.data is not None}
    for sheet in book.worksheets:
        if sheet.title != BEFORE:
            _sheet(sheet, known, by_id, read)
    changed, problems = [], list(read.problems)
    for account, changes in sorted(read.changes.items()):
        change, findings = _edited(by_id[account], changes)
        problems += findings
        changed += [change] if change else []
    return ImportPlan(
        changed=tuple(changed),
        same=len(by_id) - len(changed),
        problems=in_order(problems),
        accounting=(_closing(read, problems),),
    )


def _known(sheet: Any) -> Known:
    rows = sheet.iter_rows(min_row=2, max_col=4, values_only=True)
    return {(str(a), str(e or ""), str(f)): str(text or "") for a, e, f, text in rows}


def _sheet(sheet: Any, known: Known, by_id: Mapping[str, Document], read: _Read) -> None:
    rows = sheet.iter_rows(values_only=True)
    head = [str(heading or "") for heading in next(rows, ())]
    has_entries = KEYS[1] in head
    if KEYS[0] not in head:
        read.tell((1, 1), "", "bulk-sheet", f"sheet '{sheet.title}' has no column 'account'")
        return
    asked = {name for _, _, name in known}
    columns: list[tuple[int, ChosenField]] = []
    for place, name in enumerate(head):
        if name in asked:
            columns += [(place, field) for field in fields_of([name])]
        elif name and name not in KEYS:
            near = did_you_mean(name, tuple(asked))
            message = f"column '{name}' was not exported and is not read{near}"
            read.tell((1, place + 1), "", "bulk-column", message, "warning")
    seen: set[tuple[str, str]] = set()
    for line, cells in enumerate(rows, start=2):
        account = cell_text(cells[head.index(KEYS[0])])
        entry = cell_text(cells[head.index(KEYS[1])]) if has_entries else ""
        if not any(text not in (None, "") for text in cells):
            continue
        document = by_id.get(account)
        row = _row(document, entry, columns) if document else None
        if document is None or row is None or (account, entry) in seen:
            why = "stands twice" if (account, entry) in seen else "is in no playbook"
            what = f"'{account}' {entry}".rstrip()
            message = f"{what} {why}; new entries are written in the playbook"
            read.tell((line, 1), account, "bulk-row", message)
            continue
        seen.add((account, entry))
        for place, column in columns:
            if place < len(cells):
                before = known.get((account, entry, column.name), "")
                text = cell_text(cells[place])
                cell = _Cell(
                    place=(line, place + 1), text=text, before=before, row=row, field=column
                )
                _take(cell, document, read)


def _row(
    document: Document, entry: str, columns: Sequence[tuple[int, ChosenField]]
) -> SheetRow | None:
    entries = columns[0][1].entries if columns else ()
    return next((row for row in rows_of(document, entries) if row.entry == entry), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A cell with what it says now and what it said when it was exported."""

    place: tuple[int, int]
    text: str
    before: str
    row: SheetRow
    field: ChosenField

    @property
    def what(self) -> str:
        return f"{self.field.name} of {self.row.entry or self.row.account}"

    @property
    def path(self) -> DataPath:
        return (*self.row.path, *self.field.path)


def _take(cell: _Cell, document: Document, read: _Read) -> None:
    """A cell is left alone, becomes a change, or a finding."""
    read.cells += 1
    kind, text, account = cell.field.kind, cell.text, cell.row.account
    now = text_at(document, cell.path)
    if same(kind, text, cell.before) or same(kind, text, now):
        read.same += 1
    elif not text:
        message = f"{cell.what} was emptied, which changes nothing; write '{DELETE}' to take it out"
        read.tell(cell.place, account, "bulk-emptied", message, "warning")
    elif not same(kind, now, cell.before):
        message = (
            f"{cell.what} was {cell.before or 'empty'} when exported, is {now or 'gone'} in the"
            f" playbook and {text} here; nothing written, export anew"
        )
        read.tell(cell.place, account, "bulk-conflict", message)
    elif text.casefold() == DELETE:
        read.changes.setdefault(account, []).append(Drop(path=cell.path))
    else:
        try:
            value = _value(cell.field, text)
        except NoNumber as error:
            read.tell(cell.place, account, "bulk-value", f"{cell.what}: {error}")
            return
        if value is None:
            message = f"{cell.what}: '{text}' is no {_WORDS[kind]}"
            read.tell(cell.place, account, "bulk-value", message)
            return
        change = Put(path=value_path(document, cell.path), value=value)
        read.changes.setdefault(account, []).append(change)


_WORDS = {
    "day": "day; write it like 2026-11-30",
    "truth": "true or false",
    "text": "text",
}


def _value(field: ChosenField, text: str) -> Any:
    """What is written; None where the cell holds no value of the field's kind.

    NoNumber says what is wrong with a number.
    """
    if field.kind == "number":
        if not field.is_money:
            return _plain(number_of(text.strip()))
        if isinstance(text, NumberCell):
            return _plain(round(number_of(text), 2))
        return _plain(money_of(text.strip()))
    if field.kind == "truth":
        return {"true": True, "yes": True, "false": False, "no": False}.get(text.casefold())
    if field.kind == "day":
        return day_of(text)
    return text


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _edited(
    document: Document, changes: Sequence[Change]
) -> tuple[ChangedFile | None, Sequence[Problem]]:
    """The playbook with the changes, or why they are not made."""
    edited = edit_text(document.text, changes, document.path)
    if edited.problems:
        return None, edited.problems
    old = {(problem.rule, problem.message) for problem in plan_of(document).problems}
    new = [
        problem
        for problem in plan_of(edited.document).problems
        if (problem.rule, problem.message) not in old
    ]
    if new:
        return None, new
    if edited.text == document.text:
        return None, ()
    return ChangedFile(path=document.path, before=document.text, text=edited.text), ()


def _closing(read: _Read, problems: Sequence[Problem]) -> str:
    asked = sum(map(len, read.changes.values()))
    return (
        f"{read.cells:,} cells: {read.same:,} as they were, {asked:,} changed,"
        f" {len(problems):,} with a finding"
    )
