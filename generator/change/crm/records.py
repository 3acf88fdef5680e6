"""What an export says of one account beside its own row: deals, contacts, cases."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.change.crm.cells import day_of
from generator.change.crm.load import Row, Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.skipped import Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A complaint or request."""

    id: str
    account: str
    opened: datetime.date | None
    due: datetime.date | None
    closed: datetime.date | None
    severity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact of one account."""

    key: str
    """What the CRM tells it by: its id there, or its name."""
    account: str
    name: str
    title: str
    level: str | None
    roles: tuple[str, ...]
    reports_to: str
    owner: str


Fault = tuple[str, str]


def sorted_out(
    table: Table, fault_of: Callable[[Row], Iterable[Fault]]
) -> Iterator[tuple[Row, Skipped | None]]:
    """Each row with what keeps it from being used: the first fault that it has."""
    for row in table.rows:
        found = row.fault or next(iter(fault_of(row)), None)
        skipped = None
        if found:
            skipped = Skipped(file=table.file, line=row.line, reason=found[0], cure=found[1])
        yield row, skipped


def account_faults(account: str, accounts: Iterable[str]) -> Iterator[Fault]:
    """Why an account cannot be found."""
    if not account:
        yield "no account", "give it one in the CRM"
    elif account not in accounts:
        cure = "export it too, or name the account it became under merged"
        yield f"unknown account '{account}'", cure


def day_faults(what: str, cell: str, how: CrmMapping) -> Iterator[Fault]:
    """Why a day cannot be read."""
    if cell and day_of(cell, how.dates) is None:
        spellings = " or ".join(how.dates)
        cure = f"'{cell}' is no day written {spellings}; add its spelling to dates"
        yield f"an unreadable day {what}", cure
