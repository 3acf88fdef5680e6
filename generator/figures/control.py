"""What became of the money: left, returned, received, and against the plan (method item E9)."""

from __future__ import annotations

import math

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import LOOKED_NONE, Figure, Reason, computed, ratio
from generator.language import phrase

DAYS_A_YEAR = 365


@figure(
    "control.contribution",
    title="Net contribution last year",
    formula="revenue - discounts booked - production - marketing - cost to serve - development",
    unit="money",
    gives=Gives.MONEY,
    item="E9",
    section="plan",
)
def contribution(case: Case) -> Figure:
    """What last year left after all that the account took.

    Only what was spent on developing it then: the next programme is not last year's.
    """
    costs = (
        case.fact("economics", "production_cost"),
        case.fact("economics", "marketing_cost"),
        case.figure("service.cost_to_serve"),
        _control(case, "development_spent"),
    )
    discounts, days = _discounts(case)
    inputs = (case.figure("revenue.last_year"), *costs, *discounts)
    return computed(
        lambda revenue, *less: revenue - math.fsum(less),
        inputs,
        more=days,
    )


def _discounts(case: Case) -> tuple[list[Reason], list[Reason]]:
    """Discounts booked in the last full year; the days that say so, and those of other years."""
    year = case.years.last_full(case.today)
    listed = case.economics.discounts
    if listed is None:
        return [case.absent("economics.discounts")], []
    if not listed:
        nothing = case.given(("economics", "discounts"), 0.0, unit=case.money, note=LOOKED_NONE)
        return [nothing], []
    amounts: list[Reason] = []
    days: list[Reason] = []
    for index in range(len(listed)):
        day = case.fact("economics", "discounts", index, "booked_on")
        if day.value is None:
            amounts.append(day)
        elif case.years.of(day.value) == year:
            days.append(day)
            amounts.append(case.fact("economics", "discounts", index, "amount"))
        else:
            days.append(
                day.with_(note=phrase("not of {year}, left out", year=case.years.label(year)))
            )
    return amounts, days


@figure(
    "control.variance",
    title="Against the plan",
    formula="what was left - what was planned",
    unit="money",
    gives=Gives.MONEY,
    item="E9",
    under="control.contribution",
)
def variance(case: Case) -> Figure:
    """How far last year was above or below its plan."""
    inputs = (
        case.figure("control.contribution"),
        _control(case, "planned_contribution"),
    )
    return computed(
        lambda left, planned: left - planned,
        inputs,
    )


@figure(
    "control.return",
    title="Return on effort",
    formula="what was left / (cost to serve + development)",
    unit="ratio",
    gives=Gives.NUMBER,
    item="E9",
    under="control.contribution",
)
def effort_return(case: Case) -> Figure:
    """What each unit spent on serving and developing the account brought."""
    return computed(
        lambda left, serve, develop: ratio(left, serve + develop),
        (
            case.figure("control.contribution"),
            case.figure("service.cost_to_serve"),
            _control(case, "development_spent"),
        ),
    )


@figure(
    "control.cash_recovery",
    title="Paid of what was billed",
    is_part=True,
    formula="received / invoiced",
    item="E9",
    section="plan",
)
def cash_recovery(case: Case) -> Figure:
    """How much of what we invoiced has come in."""
    inputs = (_control(case, "received"), _control(case, "invoiced"))
    return computed(ratio, inputs)


@figure(
    "control.days_outstanding",
    title="Days until they pay",
    formula="receivable / invoiced x 365",
    unit="days",
    item="E9",
    under="control.cash_recovery",
    rank=Rank.REFERENCE,
)
def days_outstanding(case: Case) -> Figure:
    """How many days of billing they owe us."""
    return computed(
        lambda owed, billed: owed / billed * DAYS_A_YEAR if billed else None,
        (
            case.fact("risk", "credit", "receivable"),
            _control(case, "invoiced"),
        ),
    )


@figure(
    "control.payback_gap",
    title="Payback against plan",
    formula="realised - planned",
    unit="months after plan",
    item="E9",
    under="control.cash_recovery",
    rank=Rank.REFERENCE,
)
def payback_gap(case: Case) -> Figure:
    """How many months longer than planned it took to earn the effort back."""
    return computed(
        lambda realised, planned: realised - planned,
        (_control(case, "realised_payback"), _control(case, "planned_payback")),
    )


def _control(case: Case, field: str) -> Reason:
    return case.fact("economics", "control", field)
