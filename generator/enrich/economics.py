"""What an account contributes, what winning it costs, what keeping it is worth (method item R1)."""

from __future__ import annotations

from generator.enrich import formulas
from generator.enrich.case import Case
from generator.enrich.figure import Figure, Reason, computed
from generator.enrich.value import horizon
from generator.language import phrase

NO_PROGRAMME = phrase("no growth programme")


def economics_figures(case: Case) -> tuple[Figure, ...]:
    """Contribution, development cost and payback, retained profit and today's."""
    case.add(_contribution(case))
    cost = _development_cost(case)
    case.add(cost)
    return (
        case.figures["economics.contribution"],
        cost,
        _payback(case),
        _retained_profit(case, "selection.retained_profit", case.figure("economics.contribution")),
        _retained_profit_today(case),
    )


def _contribution(case: Case) -> Figure:
    """addressable_spend · attainable_share · contribution_margin."""
    return computed(
        "economics.contribution",
        lambda spend, share, margin: spend * share * margin,
        (
            case.fact("economics", "addressable_spend", unit=case.yearly),
            case.fact("economics", "attainable_share", unit="share"),
            case.fact("economics", "contribution_margin", unit="share"),
        ),
        unit=case.yearly,
    )


def development(case: Case, *fields: str) -> tuple[Reason, ...]:
    """What winning or growing the account takes and brings, as inputs; all four without names."""
    units = {
        "monthly_cost": f"{case.money} a month",
        "months": "months",
        "win_probability": "share",
        "monthly_contribution": f"{case.money} a month",
    }
    fields = fields or tuple(units)
    return tuple(
        case.fact("economics", "development", field, unit=units[field]) for field in fields
    )


def has_no_programme(case: Case) -> bool:
    """A customer without a growth programme costs nothing to develop."""
    programme = case.playbook.economics.development if case.playbook.economics else None
    return case.status == "customer" and programme is None


def _development_cost(case: Case) -> Figure:
    """Σ monthly cost over the months of development."""
    key = "selection.development_cost"
    if has_no_programme(case):
        return _nothing(case, key, case.money)
    return computed(
        key,
        lambda cost, months: cost * months,
        development(case, "monthly_cost", "months"),
        unit=case.money,
    )


def _nothing(case: Case, key: str, unit: str) -> Figure:
    status = case.given(("account", "status"), case.status)
    return computed(key, lambda _: 0.0, (status,), unit=unit, note=NO_PROGRAMME)


def _payback(case: Case) -> Figure:
    """Months + development cost / (win probability · monthly contribution), or the word never."""
    key = "selection.payback_months"
    if has_no_programme(case):
        return _nothing(case, key, "months")
    limit = case.setting("thresholds", "development", "never_after_months")

    inputs = (
        *development(case, "months", "win_probability", "monthly_contribution"),
        case.figure("selection.development_cost"),
    )
    return computed(
        key,
        lambda months, chance, monthly, cost: formulas.payback(
            months, chance, monthly, cost, limit.value
        ),
        inputs,
        unit="months",
        more=(limit,),
    )


def _retained_profit(case: Case, key: str, contribution: Reason, *more: Reason) -> Figure:
    """Σ over the years of retention^(k-1)·(contribution - service - own loss)/(1+discount)^k."""
    own_rate = case.fact("economics", "discount_rate", unit="a year")
    rate = own_rate if own_rate.value is not None else case.setting("thresholds", "discount_rate")

    inputs = (
        contribution,
        case.figure("service.cost_to_serve"),
        case.figure("risk.own_expected_loss"),
        case.fact("economics", "retention", unit="a year"),
        horizon(case),
        rate,
    )
    return computed(key, formulas.retained_profit, inputs, unit=case.money, more=more)


def _retained_profit_today(case: Case) -> Figure:
    """The same with today's price and margin instead of what could be attained."""
    price = case.fact("economics", "price", unit=case.yearly)
    margin = case.fact("economics", "contribution_margin", unit="share")
    product = computed("price · margin", lambda bill, share: bill * share, (price, margin))
    today = Reason(
        name="price · contribution_margin",
        value=product.value,
        unit=case.yearly,
        confidence=product.confidence,
        lacks=product.missing,
    )
    return _retained_profit(case, "selection.retained_profit_today", today, *product.reasons)
