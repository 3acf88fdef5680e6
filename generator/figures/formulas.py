"""Formulas on plain numbers that more than one module needs: the figures, and what would move them.

Reasons, missing inputs and settings are the business of the figures; here is only the arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.limits import exceeds, reaches
from generator.language import phrase

NEVER = phrase("never")


def retained_profit(
    contribution: float,
    cost_to_serve: float,
    own_loss: float,
    retention: float,
    years: int,
    discount: float,
) -> float:
    """Σ over k = 1..years of retention^(k-1)·(contribution - cost - loss)/(1+discount)^k (R1)."""
    surplus = contribution - cost_to_serve - own_loss
    return sum(
        retention ** (year - 1) * surplus / (1 + discount) ** year for year in range(1, years + 1)
    )


def payback(
    months: float, chance: float, monthly_contribution: float, cost: float, never_after: float
) -> float | str:
    """Months + cost / (chance · monthly contribution), or the word never (R1)."""
    divisor = chance * monthly_contribution
    if not divisor:
        return NEVER
    found = months + cost / divisor
    return NEVER if exceeds(found, never_after) else found


def row_of(profit: float, cut_off: float) -> str:
    """The matrix's row: high from the cut-off on, both in the reporting currency."""
    return "high" if reaches(profit, cut_off) else "low"


def column_of(
    months: float | str, cost: float, profit: float, longest: float, dearest: float
) -> str:
    """The matrix's column: short needs payback and cost within their limits, and a profit."""
    soon = not isinstance(months, str) and not exceeds(months, longest)
    return "short" if soon and not exceeds(cost, dearest) and exceeds(profit, 0) else "long"


def deal_verdict(gain: float, price: float, cost: float, takes: float = 0.0) -> str:
    """The two conditions of a deal; equality fails (V1b).

    `takes` is what they pay in all: a gain that is only the blur of adding up is none.
    """
    if exceeds(takes + gain, takes):
        return "balanced" if exceeds(price, cost) else "buys_at_our_loss"
    return "they_will_not_buy" if exceeds(price, cost) else "no_deal"


def qualification_verdict(
    score: float, knock_outs: Sequence[str], still_open: Sequence[str], find_out: float, go: float
) -> str:
    """not_qualified with a knock-out; else by score; at most find_out while one is open (A3)."""
    if knock_outs:
        return "not_qualified"
    if score < find_out:
        return "park"
    return "find_out" if score < go or still_open else "pursue"


def alignment(weights: Sequence[float], costs: Sequence[float]) -> float | None:
    """1 - ½·Σ|weight - cost share|; None when nothing is spent (S2)."""
    total = sum(costs)
    if not total:
        return None
    return 1 - sum(abs(w - cost / total) for w, cost in zip(weights, costs, strict=True)) / 2
