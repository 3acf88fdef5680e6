"""A workbook that was exported for changing, read back: the cells that differ become edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

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
from generator.change.crm.cells import day_of
from generator.change.crm.plan import ImportPlan
from generator.change.edit.edit import Change, Drop, Put, edit_text
from generator.change.edit.files import ChangedFile
from generator.change.table.cell import FaultyCell, NumberCell
from generator.change.table.workbook import Workbook, open_workbook
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.problems import Level, Problem, in_order
from generator.read import Document
from generator.read.document import DataPath
from generator.read.numbers import NoNumber, money_of, number_of, within_range
from generator.rules.validate import plan_of

DELETE = "delete"
"""What is written into a cell so that the field goes."""

Known = Mapping[tuple[str, str, str], str]


def is_bulk(raw: bytes) -> bool:
    """Whether bytes are a workbook that was exported for changing."""
    try:
        book = open_workbook(raw, "")
        return BEFORE in book.sheets and next(book.rows(BEFORE), (0, []))[1][:1] == [MARK]
    except WorkspaceError:
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
    book = open_workbook(raw, file)
    known = _known(book)
    read = _Read(file=file)
    by_id = {document.stem: document for document in documents if document.data is not None}
    for name in book.sheets:
        if name != BEFORE:
            _sheet(name, book, known, by_id, read)
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


def _known(book: Workbook) -> Known:
    rows = ([*cells, "", "", "", ""][:4] for line, cells in book.rows(BEFORE) if line > 1)
    return {(account, entry, name): text for account, entry, name, text in rows}


def _sheet(
    name: str, book: Workbook, known: Known, by_id: Mapping[str, Document], read: _Read
) -> None:
    rows = book.rows(name)
    head = next(rows, (0, []))[1]
    has_entries = KEYS[1] in head
    if KEYS[0] not in head:
        read.tell((1, 1), "", "bulk-sheet", f"sheet '{name}' has no column 'account'")
        return
    asked = {field_name for _, _, field_name in known}
    columns: list[tuple[int, ChosenField]] = []
    for place, heading in enumerate(head):
        if heading in asked:
            columns += [(place, field) for field in fields_of([heading])]
        elif heading and heading not in KEYS:
            near = did_you_mean(heading, tuple(asked))
            message = f"column '{heading}' was not exported and is not read{near}"
            read.tell((1, place + 1), "", "bulk-column", message, "warning")
    seen: set[tuple[str, str]] = set()
    for line, short in rows:
        if not any(short):
            continue
        cells = [*short, *([""] * (len(head) - len(short)))]
        account = cells[head.index(KEYS[0])]
        entry = cells[head.index(KEYS[1])] if has_entries else ""
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
            before = known.get((account, entry, column.name), "")
            cell = _Cell(
                place=(line, place + 1), text=cells[place], before=before, row=row, field=column
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
    if isinstance(text, FaultyCell):
        message = f"{cell.what} is {text.why.reason}; {text.why.cure}"
        read.tell(cell.place, account, "bulk-value", message)
    elif same(kind, text, cell.before) or same(kind, text, now):
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
        if isinstance(text, NumberCell):
            number = within_range(Decimal(text), text)
            return _plain(round(number, 2) if field.is_money else number)
        return _plain((money_of if field.is_money else number_of)(text.strip()))
    if field.kind == "truth":
        return {"true": True, "yes": True, "false": False, "no": False}.get(text.casefold())
    if field.kind == "day":
        return day_of(text)
    return text


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


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
