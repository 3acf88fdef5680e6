"""The fields that a spreadsheet is asked for, and the rows they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.errors import WorkspaceError
from generator.model import form
from generator.model.form import FORM
from generator.model.kinds import NUMBERS, TEXTS, Kind
from generator.model.shape import did_you_mean
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
class Field:
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
class Row:
    """An account, or an entry of it."""

    account: str
    entry: str
    """Its id; '' for the account itself."""
    path: DataPath
    """Where the entry stands; () for the account itself."""


def fields_of(names: Sequence[str]) -> tuple[Field, ...]:
    """The fields that are meant; WorkspaceError for one that is none or holds several values."""
    return tuple(_field(name) for name in dict.fromkeys(names))


def _field(name: str) -> Field:
    entries: DataPath = ()
    path: DataPath = ()
    place = FORM
    for step in name.split("."):
        inner = place.step(step) if step in place.keys else None
        if inner is None:
            raise WorkspaceError(f"there is no field '{name}'{did_you_mean(step, place.keys)}")
        place, path = inner, (*path, step)
        if not entries and _has_named_entries(place):
            place, entries, path = place.children[form.ENTRY], path, ()
    kind = _SINGLE.get(place.kind) if path else None
    if kind is None or (entries and path == ("id",)):
        named = ", ".join(f"{name}.{key}" for key in place.keys if key != "id")
        cure = f"name one of {named}" if named else "edit it in the playbook"
        raise WorkspaceError(f"'{name}' holds no single value for a cell; {cure}")
    is_money = place.kind is Kind.MONEY
    return Field(name=name, entries=entries, path=path, kind=kind, is_money=is_money)


def _has_named_entries(place: form.Field) -> bool:
    """Whether it is a list whose entries have an id, or a block by id."""
    has_ids = place.kind is Kind.LIST and "id" in place.children[form.ENTRY].keys
    return has_ids or place.kind is Kind.MAPPING


def rows_of(document: Document, entries: DataPath) -> Iterator[Row]:
    """The account itself, or its entries that have an id, in the order of the file."""
    if not entries:
        yield Row(account=document.stem, entry="", path=())
        return
    node = said_at(document.data or {}, entries)
    if isinstance(node, dict):
        for key in node:
            yield Row(account=document.stem, entry=str(key), path=(*entries, key))
    for place, entry in enumerate(node if isinstance(node, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield Row(account=document.stem, entry=entry["id"], path=(*entries, place))


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
