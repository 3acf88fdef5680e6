"""How well the whole method suits an account: it is made for what is complex and dear (item D0)."""

from __future__ import annotations

import bisect
import math
from dataclasses import replace

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import Figure, Reason, computed, reaches
from generator.language import phrase, phrases

FULL, SHORT, STANDARD = phrase("full"), phrase("short"), phrase("standard")
TOP = 5


@figure(
    "rsvr.fit",
    title="Fit of the method",
    formula=(
        "100 x by weight: complexity / 5, place of the order's value among all accounts,"
        " importance / 5, share of capital goods"
    ),
    unit="of 100",
    item="D0",
    section="plan",
    rank=Rank.REFERENCE,
)
def fit(case: Case) -> Figure:
    """How well the whole method suits this account: it is made for what is complex and dear."""
    weights = {
        name: case.setting("scoring", "fit", name)
        for name in ("complexity", "order_value", "importance", "capital_share")
    }
    inputs = (
        case.fact("fit", "complexity"),
        _place(case),
        case.fact("fit", "importance"),
        case.fact("fit", "capital_share"),
    )
    weighed = [
        fact.with_(weight=weight.value, setting=weight.setting)
        for fact, weight in zip(inputs, weights.values(), strict=True)
    ]

    def score(complexity: float, place: float, importance: float, capital: float) -> float:
        marks = (complexity / TOP, place, importance / TOP, capital)
        weighted = [
            weight.value * mark for weight, mark in zip(weights.values(), marks, strict=True)
        ]
        return 100 * math.fsum(weighted)

    return computed(score, weighed)


def _place(case: Case) -> Reason:
    """The order's place among all accounts', 0 the smallest to 1 the largest.

    Half of those that are level with it count as below, so an account alone stands in the middle.
    """
    order = case.fact("fit", "order_value")
    exchange = case.exchange()
    if order.value is None or exchange.value is None:
        return order if order.value is None else exchange
    amount, all_orders = order.value * exchange.value, case.neighbours.order_values
    below = bisect.bisect_left(all_orders, amount)
    level = bisect.bisect_right(all_orders, amount) - below
    return order.with_(
        value=(below + level / 2) / len(all_orders),
        unit=None,
        note=phrase(
            "order of {amount} {currency}: {below} of {all} are smaller",
            amount=f"{order.value:,.10g}",
            currency=case.money,
            below=below,
            all=len(all_orders),
        ),
    )


@figure(
    "rsvr.plan_kind",
    title="Kind of plan",
    formula="all sixteen parts, a short plan or standard handling, by the fit",
    gives=Gives.WORD,
    item="D0",
    under="rsvr.fit",
    rank=Rank.REFERENCE,
)
def plan_kind(case: Case) -> Figure:
    """How much of the method to use."""
    full = case.setting("scoring", "fit", "full_from")
    short = case.setting("scoring", "fit", "short_from")
    suits = case.figure("rsvr.fit").against(full)

    def kind(score: float) -> str:
        if reaches(score, full.value):
            return FULL
        return SHORT if reaches(score, short.value) else STANDARD

    figure = computed(kind, (suits,), more=(full, short))
    if figure.value != SHORT:
        return figure
    parts = case.setting("scoring", "fit", "short_parts")
    note = phrase("its parts: {parts}", parts=phrases(parts.value, ", "))
    return replace(figure, note=note, reasons=(*figure.reasons, parts))
