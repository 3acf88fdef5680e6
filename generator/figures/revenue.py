"""Revenue of the last full calendar year, and against the year before (method item E9)."""

from __future__ import annotations

import datetime

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import LOOKED_NONE, NOTHING_TO_DIVIDE, Figure, Reason, computed, null
from generator.model.economics import YearRevenue


@figure(
    "revenue.last_year",
    title="Revenue last year",
    formula="economics.revenue of last year",
    unit="money",
    gives=Gives.MONEY,
    item="E9",
    section="summary",
    needs=("economics.revenue",),
)
def last_year(case: Case) -> Figure:
    """What was billed in the last full calendar year."""
    entries = _entries(case)
    if not entries:
        looked = case.given(("economics", "revenue"), 0.0, unit=case.money, note=LOOKED_NONE)
        return computed(lambda _: 0.0, (looked,))
    billed = _of_year(case, entries, case.today.year - 1)
    return computed(lambda amount: amount, (billed,))


@figure(
    "revenue.growth",
    title="Revenue growth",
    formula="(last year - year before) / year before",
    item="E9",
    under="revenue.last_year",
    needs=("economics.revenue",),
)
def growth(case: Case) -> Figure:
    """The last full year against the year before."""
    entries = _entries(case)
    if not entries:
        looked = case.given(("economics", "revenue"), 0.0, unit=case.money, note=LOOKED_NONE)
        return null(reasons=(looked,), note=NOTHING_TO_DIVIDE)
    year = case.today.year - 1
    return computed(
        lambda now, then: (now - then) / then if then else None,
        (_of_year(case, entries, year), _of_year(case, entries, year - 1)),
    )


def _entries(case: Case) -> tuple[YearRevenue, ...]:
    return case.economics.revenue or ()


def _of_year(case: Case, entries: tuple[YearRevenue, ...], year: int) -> Reason:
    for index, entry in enumerate(entries):
        if entry.year == year and is_full(entry):
            return case.given(
                ("economics", "revenue", index, "amount"),
                entry.amount,
                unit=case.money,
                name=f"economics.revenue.{year}",
            )
    return case.absent(f"economics.revenue.{year}")


def is_full(entry: YearRevenue) -> bool:
    """Whether an entry covers its whole year."""
    return entry.to is None or entry.to == datetime.date(entry.year, 12, 31)
