"""What an account brings, what winning and keeping it is worth, what was billed (R1, E9)."""

from __future__ import annotations

import datetime

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    exceeds,
    null,
)
from generator.figures.value import horizon
from generator.form.economics import YearRevenue
from generator.language import phrase

PROGRAMME = ("monthly_cost", "months", "win_probability", "monthly_contribution")
NO_PROGRAMME = phrase("no growth programme")


NEVER = phrase("never")


def profit_kept(
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


def months_to_payback(
    months: float, chance: float, monthly_contribution: float, cost: float, never_after: float
) -> float | str:
    """Months + cost / (chance · monthly contribution), or the word never (R1)."""
    divisor = chance * monthly_contribution
    if not divisor:
        return NEVER
    paid_back = months + cost / divisor
    return NEVER if exceeds(paid_back, never_after) else paid_back


@figure(
    "selection.retained_profit",
    title="Expected profit",
    formula=(
        "sum over years k of retention^(k-1) x (contribution - cost to serve - our expected"
        " loss) / (1 + discount)^k"
    ),
    unit="money",
    gives=Gives.MONEY,
    item="R1",
    section="summary",
)
def retained_profit(case: Case) -> Figure:
    """What the account brings us over the horizon, by the chance that we still have it."""
    return _retained(case, case.figure("economics.contribution"))


def _retained(case: Case, contribution: Reason, *more: Reason) -> Figure:
    """Σ over the years of retention^(k-1)·(contribution - service - own loss)/(1+discount)^k."""
    own_rate = case.fact("economics", "discount_rate")
    rate = own_rate if own_rate.value is not None else case.setting("thresholds", "discount_rate")

    inputs = (
        contribution,
        case.figure("service.cost_to_serve"),
        case.figure("risk.own_expected_loss"),
        case.fact("economics", "retention"),
        horizon(case),
        rate,
    )
    return computed(profit_kept, inputs, more=more)


@figure(
    "selection.retained_profit_today",
    title="Expected profit at today's price",
    formula="as expected profit, with price x contribution margin",
    unit="money",
    gives=Gives.MONEY,
    item="R1",
    under="selection.retained_profit",
)
def retained_profit_today(case: Case) -> Figure:
    """The same with today's bill instead of what could be attained."""
    price = case.fact("economics", "price")
    margin = case.fact("economics", "contribution_margin")
    product = computed(lambda bill, share: bill * share, (price, margin))
    today = Reason(
        name="price · contribution_margin",
        value=product.value,
        unit=case.yearly,
        confidence=product.confidence,
        lacks=product.missing,
    )
    return _retained(case, today, *product.reasons)


@figure(
    "economics.contribution",
    title="Attainable contribution",
    formula="addressable spend x attainable share x contribution margin",
    gives=Gives.MONEY,
    item="R1",
    section="summary",
)
def contribution(case: Case) -> Figure:
    """What the account can bring a year before service and marketing."""
    return computed(
        lambda spend, share, margin: spend * share * margin,
        (
            case.fact("economics", "addressable_spend"),
            case.fact("economics", "attainable_share"),
            case.fact("economics", "contribution_margin"),
        ),
    )


def development(case: Case, *fields: str) -> tuple[Reason, ...]:
    """What winning or growing the account takes and brings, as inputs; all four without names."""
    return tuple(case.fact("economics", "development", field) for field in fields or PROGRAMME)


def has_no_programme(case: Case) -> bool:
    """A customer without a growth programme costs nothing to develop."""
    programme = case.economics.development
    return case.status == "customer" and programme is None


def _nothing(case: Case) -> Figure:
    status = case.given(("account", "status"), case.status)
    return computed(lambda _: 0.0, (status,), note=NO_PROGRAMME)


@figure(
    "selection.payback_months",
    title="Payback",
    formula="months + development cost / (win probability x monthly contribution)",
    unit="months",
    item="R1",
    section="summary",
)
def payback(case: Case) -> Figure:
    """When the money spent on winning or growing it is back."""
    if has_no_programme(case):
        return _nothing(case)
    limit = case.setting("thresholds", "development", "never_after_months")

    inputs = (
        *development(case, "months", "win_probability", "monthly_contribution"),
        case.figure("selection.development_cost"),
    )
    return computed(
        lambda months, chance, monthly, cost: months_to_payback(
            months, chance, monthly, cost, limit.value
        ),
        inputs,
        more=(limit,),
    )


@figure(
    "selection.development_cost",
    title="Development cost",
    formula="monthly cost x months",
    unit="money",
    gives=Gives.MONEY,
    item="R1",
    under="selection.payback_months",
)
def development_cost(case: Case) -> Figure:
    """What winning or growing the account costs."""
    if has_no_programme(case):
        return _nothing(case)
    return computed(lambda cost, months: cost * months, development(case, "monthly_cost", "months"))


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
