"""Rows of the cases' table: complaints and requests, the old ones left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from generator.change.crm.cells import day_of
from generator.change.crm.deals import cell
from generator.change.crm.load import Row, Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.records import Case, Fault, account_faults, day_faults, sorted_out
from generator.change.crm.sections import CasesMapping, Column
from generator.change.crm.skipped import Skipped
from generator.figures.ladder import months_before


def read_cases(
    table: Table, how: CrmMapping, accounts: Collection[str]
) -> tuple[tuple[Case, ...], tuple[Skipped, ...]]:
    """The cases that can be placed, and why the others cannot."""
    wanted = how.cases
    assert wanted is not None  # noqa: S101 - without it there is no table
    cases: dict[str, Case] = {}
    since = months_before(how.as_of, wanted.months or 0)
    skipped = []

    def faults(row: Row) -> Iterator[Fault]:
        case = _case(row, how, wanted)
        if not case.id:
            yield "no id", "export the column with the id"
        if case.id in cases:
            yield "the same id twice", "keep one of them"
        yield from account_faults(case.account, accounts)
        for name in ("opened", "due", "closed"):
            yield from day_faults(name, cell(row, getattr(wanted, name), how), how)
        word = cell(row, wanted.severity, how)
        if word and case.severity is None:
            yield f"unknown severity '{word}'", "say what it means under severities"

    for row, cut in sorted_out(table, faults):
        case = _case(row, how, wanted)
        if cut:
            skipped.append(cut)
        elif wanted.months is not None and case.closed and case.closed < since:
            reason = f"closed before {since}"
            skipped.append(
                Skipped(file=table.file, line=row.line, reason=reason, cure="", is_meant=True)
            )
        else:
            cases[case.id] = case
    return tuple(cases.values()), tuple(skipped)


def _case(row: Row, how: CrmMapping, wanted: CasesMapping) -> Case:
    def day(column: Column | None) -> Any:
        return day_of(cell(row, column, how), how.dates)

    return Case(
        id=cell(row, wanted.id, how),
        account=how.current(cell(row, wanted.account, how)),
        opened=day(wanted.opened),
        due=day(wanted.due),
        closed=day(wanted.closed),
        severity=(wanted.severities or {}).get(cell(row, wanted.severity, how)),
    )


def case_entries(cases: Sequence[Case], how: CrmMapping) -> list[dict[str, Any]]:
    """Entries for a playbook, the oldest first."""
    entries = []
    for case in sorted(cases, key=lambda one: (str(one.opened or ""), one.id)):
        entry = {
            "id": case.id,
            "opened": case.opened,
            "due": case.due,
            "closed": case.closed,
            "severity": case.severity,
            "grade": "fact",
            "as_of": how.as_of,
            "source": how.source,
        }
        entries.append({key: value for key, value in entry.items() if value is not None})
    return entries
