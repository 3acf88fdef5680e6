"""Revenue of the last full calendar year, and against the year before (method item E9)."""

from __future__ import annotations

import datetime

from generator.enrich.case import Case
from generator.enrich.figure import LOOKED_NONE, NOTHING_TO_DIVIDE, Figure, Reason, computed, null
from generator.model.economics import YearRevenue

KEYS = ("revenue.last_year", "revenue.growth")


def revenue_figures(case: Case) -> tuple[Figure, Figure]:
    """What was billed last year, and its growth; an empty list counts 0."""
    entries = case.playbook.economics.revenue if case.playbook.economics else None
    if entries is None:
        return (
            null(KEYS[0], missing=("economics.revenue",), unit=case.money),
            null(KEYS[1], missing=("economics.revenue",)),
        )
    if not entries:
        looked = case.given(("economics", "revenue"), 0.0, unit=case.money, note=LOOKED_NONE)
        return (
            computed(KEYS[0], lambda _: 0.0, (looked,), unit=case.money),
            null(KEYS[1], reasons=(looked,), note=NOTHING_TO_DIVIDE),
        )
    year = case.today.year - 1
    last, before = _of_year(case, entries, year), _of_year(case, entries, year - 1)
    return (
        computed(KEYS[0], lambda amount: amount, (last,), unit=case.money),
        computed(
            KEYS[1],
            lambda now, then: (now - then) / then if then else None,
            (last, before),
            unit="share",
        ),
    )


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
