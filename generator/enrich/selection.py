"""The selection matrix: row, column, the two verbs, the tier (method item R1)."""

from __future__ import annotations

from generator.enrich.case import Case
from generator.enrich.figure import Figure, Reason, computed, null
from generator.enrich.formulas import column_of, row_of
from generator.language import phrase

CUSTOMERS_ONLY = phrase("customers only")


def selection_figures(case: Case) -> tuple[Figure, ...]:
    """Row, column, develop and maintain words, posture, maturity, tier, service budget."""
    case.add(_row(case, case.neighbours.cut_off(case)), _column(case))
    row, column = case.figure("selection.row"), case.figure("selection.column")
    case.add(
        _word(case, "selection.develop", "develop", row, column),
        _word(case, "selection.maintain", "maintain", row, column),
    )
    return (
        *(case.figures[f"selection.{name}"] for name in ("row", "column", "develop", "maintain")),
        _posture(case),
        _mature(case),
        _word(case, "tier", "tier", row, column),
        _budget(case),
    )


def _row(case: Case, high_from: Reason) -> Figure:
    """High from the cut-off on, compared in the reporting currency."""
    profit = case.figure("selection.retained_profit").with_(
        threshold=high_from.value, setting=high_from.setting
    )
    return computed(
        "selection.row",
        lambda amount, rate: row_of(amount * rate, high_from.value),
        (profit, case.exchange()),
        more=(high_from,),
    )


def _column(case: Case) -> Figure:
    """short: payback and development cost within their limits, and a retained profit above 0."""
    months = case.setting("thresholds", "development", "payback_months")
    limit = case.setting("thresholds", "development", "cost_limit")

    def column(payback: float | str, cost: float, profit: float, rate: float) -> str:
        return column_of(payback, cost * rate, profit, months.value, limit.value)

    inputs = (
        case.figure("selection.payback_months").with_(
            threshold=months.value, setting=months.setting
        ),
        case.figure("selection.development_cost").with_(
            threshold=limit.value, setting=limit.setting
        ),
        case.figure("selection.retained_profit").with_(threshold=0),
        case.exchange(),
    )
    return computed("selection.column", column, inputs, more=(months, limit))


def _word(case: Case, key: str, field: str, row: Reason, column: Reason) -> Figure:
    """What the cell says."""
    more: tuple[Reason, ...] = ()
    if row.value is not None and column.value is not None:
        cell = f"{row.value}_{column.value}"
        more = (case.setting("tiers", "cells", cell, field),)
    return computed(
        key,
        lambda high, short: getattr(getattr(case.settings.tiers.cells, f"{high}_{short}"), field),
        (row, column),
        more=more,
    )


def _posture(case: Case) -> Figure:
    """The develop word for prospects and former customers, the maintain word for customers."""
    status = case.given(("account", "status"), case.status)
    word = "maintain" if case.status == "customer" else "develop"
    return computed(
        "selection.posture", lambda said, _: said, (case.figure(f"selection.{word}"), status)
    )


def _mature(case: Case) -> Figure:
    """Qualified well enough to be developed selectively, without a knock-out."""
    least = case.setting("scoring", "qualification", "mature_from")
    score = case.figure("qualification.score").with_(threshold=least.value, setting=least.setting)
    return computed(
        "selection.mature",
        lambda points, out: points >= least.value and not out,
        (score, case.figure("qualification.knock_outs")),
    )


def _budget(case: Case) -> Figure:
    """A share of the contribution by the maintain word; customers only."""
    key = "service.budget"
    if case.status not in (None, "customer"):
        return null(key, unit=case.yearly, note=CUSTOMERS_ONLY)
    status = case.given(("account", "status"), case.status)
    maintain = case.figure("selection.maintain")
    share = case.absent("selection.maintain").with_(lacks=maintain.lacks)
    if maintain.value is not None:
        share = case.setting("tiers", "maintain", maintain.value, "budget_share")
    return computed(
        key,
        lambda contribution, _, part, __: contribution * part,
        (case.figure("economics.contribution"), maintain, share, status),
        unit=case.yearly,
    )
