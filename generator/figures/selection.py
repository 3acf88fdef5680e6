"""The selection matrix: the tier, row, column and the two verbs (method item R1)."""

from __future__ import annotations

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import Figure, Reason, computed
from generator.figures.formulas import column_of, row_of


@figure(
    "tier",
    title="Tier",
    formula="A: high profit, short payback; B: high, long; C: low, short; D: low, long",
    unit="A to D",
    gives=Gives.WORD,
    item="R1",
    section="summary",
    rank=Rank.HEADLINE,
    labels="tiers",
)
def tier(case: Case) -> Figure:
    """How much this account deserves, by its cell of the selection matrix."""
    return _word(case, "tier")


@figure(
    "selection.row",
    title="Profit row",
    formula="retained profit >= cut-off",
    unit="high or low",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="rows",
)
def row(case: Case) -> Figure:
    """Whether retained profit reaches the cut-off."""
    high_from = case.neighbours.cut_off(case)
    profit = case.figure("selection.retained_profit").against(high_from)
    return computed(
        lambda amount, rate: row_of(amount * rate, high_from.value),
        (profit, case.exchange()),
        more=(high_from,),
    )


@figure(
    "selection.column",
    title="Payback column",
    formula="payback and development cost within their limits, and retained profit above 0",
    unit="short or long",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="columns",
)
def column(case: Case) -> Figure:
    """Whether winning it pays back soon and cheaply."""
    months = case.setting("thresholds", "development", "payback_months")
    limit = case.setting("thresholds", "development", "cost_limit")

    def short_or_long(payback: float | str, cost: float, profit: float, rate: float) -> str:
        return column_of(payback, cost * rate, profit, months.value, limit.value)

    inputs = (
        case.figure("selection.payback_months").against(months),
        case.figure("selection.development_cost").against(limit),
        case.figure("selection.retained_profit").with_(threshold=0),
        case.exchange(),
    )
    return computed(short_or_long, inputs, more=(months, limit))


@figure(
    "selection.develop",
    title="Develop",
    formula="by cell",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="verbs",
)
def develop(case: Case) -> Figure:
    """How hard to develop it: for prospects, and for white space."""
    return _word(case, "develop")


@figure(
    "selection.maintain",
    title="Maintain",
    formula="by cell",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="verbs",
)
def maintain(case: Case) -> Figure:
    """How hard to maintain it."""
    return _word(case, "maintain")


def _word(case: Case, field: str) -> Figure:
    """What the cell says."""
    row, column = case.figure("selection.row"), case.figure("selection.column")
    more: tuple[Reason, ...] = ()
    if row.value is not None and column.value is not None:
        cell = f"{row.value}_{column.value}"
        more = (case.setting("tiers", "cells", cell, field),)
    return computed(
        lambda high, short: getattr(getattr(case.settings.tiers.cells, f"{high}_{short}"), field),
        (row, column),
        more=more,
    )


@figure(
    "selection.posture",
    title="Posture",
    formula="develop for prospects and former customers, maintain for customers",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="verbs",
)
def posture(case: Case) -> Figure:
    """The word that counts today."""
    status = case.given(("account", "status"), case.status)
    word = "maintain" if case.status == "customer" else "develop"
    return computed(lambda said, _: said, (case.figure(f"selection.{word}"), status))
