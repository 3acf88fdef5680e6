"""The selection matrix as plain numbers: which row and column an account stands in (item R1)."""

from __future__ import annotations

import math
from typing import NamedTuple

from generator.figures.case import Case
from generator.figures.economics import (
    billed_over_a_year,
    contribution_today,
    months_to_payback,
    profit_a_year,
    profit_kept,
)
from generator.figures.figure import exceeds, reaches
from generator.figures.value import horizon
from generator.read.document import DataPath


def row_of(profit: float, cut_off: float) -> str:
    """The matrix's row: high from the cut-off on, both in the reporting currency."""
    return "high" if reaches(profit, cut_off) else "low"


def column_of(
    months: float | str, cost: float, profit: float, longest: float, dearest: float
) -> str:
    """The matrix's column: short needs payback and cost within their limits, and a profit."""
    soon = not isinstance(months, str) and not exceeds(months, longest)
    return "short" if soon and not exceeds(cost, dearest) and exceeds(profit, 0) else "long"


class Matrix(NamedTuple):
    """The numbers that place an account in the matrix."""

    spend: float
    share: float
    margin: float
    price: float
    production: float
    billed: float
    marketing: float
    serve: float
    loss: float
    measures: float
    retention: float
    years: int
    discount: float
    monthly_cost: float
    months: float
    chance: float
    monthly: float
    rate: float
    cut_off: float
    longest: float
    dearest: float
    never_after: float
    is_customer: bool

    def cell(self) -> tuple[str, str]:
        """Row and column."""
        costs = (self.marketing, self.serve, self.loss, self.measures)
        yearly = profit_a_year(self.spend * self.share * self.margin, *costs)
        profit = profit_kept(yearly, self.retention, self.years, self.discount)
        return row_of(profit * self.rate, self.cut_off), self._column(profit, costs)

    def _column(self, profit: float, costs: tuple[float, ...]) -> str:
        if self.is_customer:
            earned = contribution_today(self.price, self.production, self.billed) or 0.0
            return "short" if exceeds(profit_a_year(earned, *costs), 0) else "long"
        cost = self.monthly_cost * self.months
        back = months_to_payback(self.months, self.chance, self.monthly, cost, self.never_after)
        return column_of(back, cost * self.rate, profit, self.longest, self.dearest)


MARKET = {
    "spend": "addressable_spend",
    "share": "attainable_share",
    "margin": "contribution_margin",
    "retention": "retention",
}
"""By number of the matrix the field of economics that it is: the four facts of the market."""
TERMS = {"price": "price", "production": "production_cost", "marketing": "marketing_cost"}
"""The same of what they pay and what it costs us."""
PROGRAMME = {
    "monthly_cost": "monthly_cost",
    "months": "months",
    "chance": "win_probability",
    "monthly": "monthly_contribution",
}
"""The same of its growth programme."""


def matrix_of(case: Case) -> Matrix:
    """The numbers that place an account, as its figures have them; it must have a cell."""
    facts: dict[str, DataPath] = {name: ("economics", of) for name, of in (MARKET | TERMS).items()}
    facts |= {name: ("economics", "development", of) for name, of in PROGRAMME.items()}
    limits = case.settings.thresholds.development
    own_discount = case.fact("economics", "discount_rate").value
    billed, _ = billed_over_a_year(case)
    return Matrix(
        **{name: float(case.fact(*path).value or 0.0) for name, path in facts.items()},
        serve=float(case.figures["service.cost_to_serve"].value),
        loss=float(case.figures["risk.own_expected_loss"].value),
        years=horizon(case).value,
        discount=case.settings.thresholds.discount_rate if own_discount is None else own_discount,
        measures=float(case.figures["risk.measure_cost"].value),
        billed=math.inf if billed is None else float(billed.value),
        is_customer=case.status == "customer",
        rate=case.rate() or 1.0,
        cut_off=case.neighbours.cut_off(case).value,
        longest=limits.payback_months,
        dearest=limits.cost_limit,
        never_after=limits.never_after_months,
    )
