"""Whose a row of the export is: by the account's id, or a column that both tables have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.change.crm.columns import AccountColumn
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.names import composed
from generator.change.crm.tables import ExportRow, RowFault, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """A row of the accounts' table: what the CRM tells the account by, and its name."""

    key: str
    name: str
    row: ExportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountIndex:
    """The accounts of an export, found by what other tables call them."""

    rows: Mapping[str, AccountRow]
    """By key."""
    mapping: CrmMapping
    by_text: dict[tuple[str, int | None], dict[str, list[str]]] = field(default_factory=dict)
    """Keys by what stands in a column of the accounts' table, for the columns that are matched."""

    def key_of(self, row: ExportRow, column: AccountColumn) -> str:
        """The key of the account that a row names, after mergers; what it says if it has none."""
        text = cell(self.mapping, row, column)
        if column.matches is None:
            return self.mapping.current(text)
        keys = self._keys(column, text)
        return self.mapping.current(keys[0]) if len(keys) == 1 else text

    def faults(self, row: ExportRow, column: AccountColumn) -> Iterator[RowFault]:
        """Why the account of a row cannot be found."""
        text = cell(self.mapping, row, column)
        if not text:
            yield RowFault("no account", "give it one in the CRM")
        elif column.matches is not None and len(self._keys(column, text)) > 1:
            cure = "name a column that tells them apart under account in the mapping"
            yield RowFault("more than one account is called", cure, detail=f"'{text}'")
        elif column.matches is not None and not self._keys(column, text):
            yield self._unknown(text)
        elif (key := self.key_of(row, column)) not in self.rows:
            yield self._unknown(key)

    @staticmethod
    def _unknown(account: str) -> RowFault:
        cure = "export it too, or name the account it became under merged"
        return RowFault("unknown account", cure, detail=f"'{account}'")

    def _keys(self, column: AccountColumn, text: str) -> list[str]:
        """The keys of the accounts of which the matched column says so."""
        if column.matches is None or not text:
            return []
        place = column.matches, column.letters
        if place not in self.by_text:
            keys: dict[str, list[str]] = {}
            for key, account in self.rows.items():
                said = composed(account.row.cells.get(column.matches, ""))[: column.letters]
                keys.setdefault(said, []).append(key)
            self.by_text[place] = keys
        return self.by_text[place].get(text, [])
