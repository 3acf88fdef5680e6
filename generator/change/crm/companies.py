"""Rows of the accounts' table: each becomes an account or is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.change.crm.account import Company
from generator.change.crm.cells import amount_of
from generator.change.crm.deals import cell
from generator.change.crm.lists import Lists
from generator.change.crm.load import Row, Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.sections import Column
from generator.change.crm.skipped import Skipped

STATUSES = ("prospect", "customer", "former")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRows:
    """The row and the name of each account by its key, and the rows that are none."""

    rows: Mapping[str, Row]
    names: Mapping[str, str]
    skipped: tuple[Skipped, ...]


def account_rows(table: Table, how: CrmMapping) -> AccountRows:
    """The first row of each account; later ones of the same key are not used."""
    rows: dict[str, Row] = {}
    names: dict[str, str] = {}
    skipped = []
    for row in table.rows:
        name = cell(row, how.accounts.name, how)
        key = cell(row, how.accounts.id or how.accounts.name, how)
        if fault := _fault(row, key, name, how, rows):
            skipped.append(
                Skipped(
                    file=table.file,
                    line=row.line,
                    reason=fault[0],
                    cure=fault[1],
                    is_meant=how.current(key) != key,
                )
            )
        else:
            rows[key], names[key] = row, name
    return AccountRows(rows=rows, names=names, skipped=tuple(skipped))


def _fault(
    row: Row, key: str, name: str, how: CrmMapping, rows: Mapping[str, Row]
) -> tuple[str, str] | None:
    if row.fault:
        return row.fault
    if not (key and name):
        return "no id or name", "give it one in the CRM"
    if how.current(key) != key:
        return f"merged into '{how.current(key)}'", "the mapping says so under merged"
    if key in rows:
        cure = "merge the two in the CRM, or export its id and name the column in the mapping"
        return f"'{key}' is already in line {rows[key].line}", cure
    return None


def company_of(  # noqa: PLR0913, PLR0917 - a row, what it is known by, and what it may name
    key: str,
    name: str,
    row: Row,
    how: CrmMapping,
    ids: Mapping[str, str],
    lists: Lists,
    left_out: Counter[str],
) -> Company:
    """An account in ids of the catalogue; what these do not know is left out and counted."""

    def known(column: Column | None, entries: Mapping[str, str], what: str) -> str | None:
        value = cell(row, column, how)
        if value and value not in entries:
            left_out[f"unknown {what} '{value}'"] += 1
        return entries.get(value)

    size, parent = how.accounts.size, known(how.accounts.parent, ids, "parent")
    people = row.cells.get(size.column, "") if size else ""
    employees = amount_of(people, how.decimal)
    if employees is None and any(map(str.isdigit, people)):
        left_out[f"unknown number of employees '{people}'"] += 1
    return Company(
        id=ids[key],
        key=key,
        name=name,
        industry=known(how.accounts.industry, lists.industries, "industry"),
        region=known(how.accounts.region, lists.regions, "region"),
        size=_size(employees, lists) if employees is not None else None,
        parent=None if parent == ids[key] else parent,
        status=known(how.accounts.status, {one: one for one in STATUSES}, "status"),
        owner=known(how.accounts.owner, lists.people, "owner"),
        website=_website(cell(row, how.accounts.website, how)),
    )


def _website(given: str) -> str | None:
    """An address of the web; a bare name such as harbor.example is one, too."""
    if not given or " " in given or "." not in given:
        return None
    return given if given.startswith(("https://", "http://")) else f"https://{given}"


def _size(employees: Decimal, lists: Lists) -> str:
    """The first band that holds so many employees, else the last."""
    for band, up_to in lists.sizes:
        if up_to is None or employees <= up_to:
            return band
    return lists.sizes[-1][0]
