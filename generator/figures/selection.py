"""The selection matrix: tier, row, column, the two verbs, how stable the cell is (item R1)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.economics import NO_PROGRAMME, has_no_programme
from generator.figures.figure import (
    Figure,
    Reason,
    Stand,
    computed,
    exceeds,
    figure_of,
    mean_confidence,
    missing_among,
    null,
    reaches,
)
from generator.figures.matrix import MARKET, PROGRAMME, Matrix, column_of, matrix_of, row_of
from generator.figures.service import CUSTOMERS_ONLY
from generator.language import phrase, phrases


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
    formula="expected profit >= cut-off",
    unit="high or low",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="rows",
)
def row(case: Case) -> Figure:
    """Whether expected profit reaches the cut-off."""
    high_from = case.neighbours.cut_off(case)
    profit = case.figure("selection.retained_profit").against(high_from)
    return computed(
        lambda amount, rate: row_of(amount * rate, high_from.value),
        (profit, case.exchange()),
        more=(high_from,),
        stands=lambda amount, rate: (Stand(amount * rate, (high_from.value,)),),
    )


@figure(
    "selection.column",
    title="Payback column",
    formula=(
        "payback and development cost within their limits, and expected profit above 0; of"
        " customers, a profit today"
    ),
    unit="short or long",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="columns",
)
def column(case: Case) -> Figure:
    """Whether winning it pays back soon and cheaply; of a customer, whether we earn by it."""
    if case.status == "customer":
        today = case.figure("selection.yearly_profit_today").with_(threshold=0)
        return computed(
            lambda profit: "short" if exceeds(profit, 0) else "long",
            (today,),
            stands=lambda profit: (Stand(profit, (0.0,)),),
        )
    months, limit = _limits(case)

    def short_or_long(payback: float | str, cost: float, profit: float, rate: float) -> str:
        return column_of(payback, cost * rate, profit, months.value, limit.value)

    def stands(payback: float | str, cost: float, profit: float, rate: float) -> Iterator[Stand]:
        yield from _within_limits(payback, cost * rate, months, limit)
        yield Stand(profit, (0.0,))

    inputs = (
        case.figure("selection.payback_months").against(months),
        case.figure("selection.development_cost").against(limit),
        case.figure("selection.retained_profit").with_(threshold=0),
        case.exchange(),
    )
    return computed(short_or_long, inputs, more=(months, limit), stands=stands)


def _within_limits(
    payback: float | str, cost: float, months: Reason, limit: Reason
) -> Iterator[Stand]:
    """How near the payback and the cost of a programme are to their limits."""
    if not isinstance(payback, str):
        yield Stand(payback, (months.value,))
    yield Stand(cost, (limit.value,))


def _limits(case: Case) -> tuple[Reason, Reason]:
    """The longest payback and the highest cost of development that count as short."""
    months = case.setting("thresholds", "development", "payback_months")
    return months, case.setting("thresholds", "development", "cost_limit")


@figure(
    "selection.programme",
    title="Growth programme",
    formula="go: payback and cost within their limits; selective: it pays back; stop: never",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="programme",
)
def programme(case: Case) -> Figure:
    """Whether the growth programme of a customer is worth its money."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    if has_no_programme(case):
        return null(note=NO_PROGRAMME)
    months, limit = _limits(case)

    def verdict(payback: float | str, cost: float, rate: float) -> str:
        if isinstance(payback, str):
            return "stop"
        within = not exceeds(payback, months.value) and not exceeds(cost * rate, limit.value)
        return "go" if within else "selective"

    inputs = (
        case.figure("selection.payback_months").against(months),
        case.figure("selection.development_cost").against(limit),
        case.exchange(),
    )
    return computed(
        verdict,
        inputs,
        more=(months, limit),
        stands=lambda payback, cost, rate: _within_limits(payback, cost * rate, months, limit),
    )


@figure(
    "selection.develop",
    title="Develop",
    formula="by cell; of customers by row and whether their programme goes ahead",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="verbs",
)
def develop(case: Case) -> Figure:
    """How hard to develop it: for prospects, and for the growth of customers."""
    if case.status != "customer":
        return _word(case, "develop")
    if has_no_programme(case):
        return null(note=NO_PROGRAMME)
    return _word(case, "develop", case.figure("selection.programme"))


@figure(
    "selection.maintain",
    title="Maintain",
    formula="by cell; customers of the high row who bring no profit today are restructured",
    gives=Gives.WORD,
    item="R1",
    under="tier",
    labels="verbs",
)
def maintain(case: Case) -> Figure:
    """How hard to maintain it."""
    row, column = case.figure("selection.row"), case.figure("selection.column")
    if case.status == "customer" and None not in (row.value, column.value):
        rule = getattr(case.settings.tiers.cells, f"{row.value}_{column.value}")
        if rule.maintain_customers is not None:
            return _word(case, "maintain_customers")
    return _word(case, "maintain")


def _word(case: Case, field: str, column: Reason | None = None) -> Figure:
    """What the cell says, of the account's own column or another one."""
    row, column = case.figure("selection.row"), column or case.figure("selection.column")
    if row.value is None or column.value is None:
        return null(missing_among((row, column)), reasons=(row, column))
    cell = f"{row.value}_{_OF_PROGRAMME.get(column.value, column.value)}"
    word = getattr(getattr(case.settings.tiers.cells, cell), field)
    return figure_of(word, (row, column), more=(case.setting("tiers", "cells", cell, field),))


_OF_PROGRAMME = {"go": "short", "selective": "long", "stop": "long"}
"""The column that a growth programme stands in."""


@figure(
    "selection.posture",
    title="Current course",
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
    return computed(lambda chosen, _: chosen, (case.figure(f"selection.{word}"), status))


@figure(
    "selection.urgency",
    title="Urgency",
    formula=(
        "rescue: health at risk or critical in a high or unknown row; watch: health watch, or at"
        " risk or critical in a low row"
    ),
    gives=Gives.WORD,
    item="R1",
    section="summary",
    rank=Rank.HEADLINE,
    labels="urgency",
)
def urgency(case: Case) -> Figure:
    """Whether a customer must be rescued now, whatever the tier says."""
    if case.status != "customer":
        return null(note=CUSTOMERS_ONLY)
    health, row = case.figure("health.word"), case.figure("selection.row")
    is_low = row.value == "low"
    return computed(
        lambda word: _URGENCY[word, is_low],
        (health,),
        more=(row,) if row.value is not None else (),
    )


_URGENCY = {
    (word, is_low): "watch" if word == "watch" or (ill and is_low) else "rescue" if ill else "none"
    for word, ill in (("healthy", False), ("watch", False), ("at_risk", True), ("critical", True))
    for is_low in (False, True)
}


SUMS = {"serve": "service.cost_to_serve", "loss": "risk.own_expected_loss"}
RATES = {"share", "margin", "retention", "chance"}
STABLE, UNSTABLE = phrase("stable"), phrase("unstable")


@figure(
    "selection.stability",
    title="Stability of the cell",
    is_part=True,
    formula="changes of one input by a set share up and down that keep the cell / all",
    item="R1",
    under="tier",
)
def stability(case: Case) -> Figure:
    """Whether the cell would stand if one number were otherwise.

    What is not there is left out; a figure of the cell that lacks makes it null.
    """
    row, column = case.figure("selection.row"), case.figure("selection.column")
    if row.value is None or column.value is None:
        return null((*row.lacks, *column.lacks))
    change = case.setting("scoring", "stability", "change")
    least = case.setting("scoring", "stability", "stable_from")
    base = matrix_of(case)
    cell = base.cell()
    reasons: list[Reason] = []
    kept = tried = 0
    moved_by: list[str] = []
    for name, reason in _inputs(case):
        reasons.append(reason)
        for sign in (1, -1):
            tried += 1
            stands = _changed(base, name, 1 + sign * change.value).cell() == cell
            kept += stands
            if not stands:
                moved_by.append(_moved_by(reason, sign))
    share = kept / tried
    note: str = STABLE if reaches(share, least.value) else UNSTABLE
    if moved_by:
        moved = phrase("moved by {what}", what=phrases(moved_by, ", "))
        note = phrases((note, moved), "; ")
    return Figure(
        value=share,
        confidence=mean_confidence(reasons),
        reasons=(*reasons, change, least),
        note=note,
    )


def _moved_by(reason: Reason, sign: int) -> str:
    """More or less of an input, by the last word of its name."""
    what = phrase(reason.name.rpartition(".")[2].replace("_", " "))
    return phrase("more {what}", what=what) if sign > 0 else phrase("less {what}", what=what)


def _inputs(case: Case) -> Iterator[tuple[str, Reason]]:
    """The facts and sums that are there."""
    for name, field in MARKET.items():
        reason = case.fact("economics", field)
        if reason.value is not None:
            yield name, reason
    for name, field in PROGRAMME.items():
        reason = case.fact("economics", "development", field)
        if reason.value is not None:
            yield name, reason
    for name, key in SUMS.items():
        figure = case.figure(key)
        if figure.value is not None:
            yield name, figure


def _changed(base: Matrix, name: str, factor: float) -> Matrix:
    value = getattr(base, name) * factor
    return base._replace(**{name: min(1.0, value) if name in RATES else value})
