"""Which figure is told in which section of an account's page."""

from __future__ import annotations

from generator.enrich.definitions import DEFINITIONS
from generator.render.links import anchor

_FIRST: dict[str, tuple[str, ...]] = {
    "summary": (
        "tier",
        "selection.retained_profit",
        "economics.contribution",
        "selection.payback_months",
        "revenue.last_year",
        "qualification.score",
        "group.accounts",
    ),
    "relationship": ("relationship.rung", "relationship.threads"),
    "service": (
        "service.cost_to_serve",
        "service.budget",
        "service.weights",
        "service.alignment",
        "service.attainment",
        "service.promises_kept",
    ),
    "value": (
        "value.delivered_value",
        "value.total_value",
        "value.total_cost",
        "value.balance",
        "value.lead",
        "value.opportunity_cost",
        "deal.verdict",
        "deal.seller_cost",
        "standard.agreement",
    ),
    "risk": ("risk.customer_residual", "risk.own_expected_loss"),
    "plan": ("rsvr.completeness", "completeness", "contradictions"),
    "offerings": ("offerings.whitespace",),
}
TOGETHER: dict[str, tuple[str, ...]] = {
    "tier": (
        "selection.row",
        "selection.column",
        "selection.develop",
        "selection.maintain",
        "selection.posture",
        "selection.stability",
    ),
    "selection.retained_profit": ("selection.retained_profit_today",),
    "selection.payback_months": ("selection.development_cost",),
    "revenue.last_year": ("revenue.growth",),
    "qualification.score": (
        "qualification.verdict",
        "qualification.knock_outs",
        "qualification.open",
        "selection.mature",
    ),
    "group.accounts": (
        "group.revenue",
        "group.contribution",
        "group.retained_profit",
        "group.exposure",
        "group.whitespace",
    ),
    "relationship.rung": ("relationship.target_rung", "relationship.velocity"),
    "relationship.threads": ("relationship.coverage", "relationship.overdue"),
    "relationship.communication": ("relationship.initiative",),
    "relationship.trust": ("relationship.trust_change", "relationship.buy_again"),
    "relationship.circle": ("relationship.influence_value",),
    "service.weights": ("service.tiers",),
    "service.promises_kept": ("service.cases_on_time", "service.chain"),
    "service.triangle": ("service.promise_gap", "service.commoditisation"),
    "value.delivered_value": ("value.ratio",),
    "deal.verdict": ("deal.window", "deal.our_share", "deal.price_max", "deal.floor_price"),
    "deal.levers": ("deal.win_factors", "deal.weakest_factors"),
    "standard.agreement": ("standard.measurability", "standard.fulfilment", "return.company_rate"),
    "negotiation.price_share": ("negotiation.concession_balance",),
    "return.recognition": ("return.care",),
    "product.complete_level": ("product.gaps", "product.first_difference"),
    "risk.customer_residual": (
        "risk.customer_gross",
        "risk.measure_benefit",
        "risk.doubts_handled",
        "risk.proof_coverage",
        "risk.proactivity",
    ),
    "risk.own_expected_loss": ("risk.clause_gaps",),
    "environment.diagnosis": (
        "environment.macro",
        "environment.market",
        "environment.front_line",
        "environment.inspection",
    ),
    "environment.watch": ("environment.macro_factors", "environment.market_factors"),
    "environment.balance": ("environment.answered", "environment.answer_days"),
    "swot.posture": ("swot.strengths", "swot.weaknesses", "swot.opportunities", "swot.threats"),
    "lifecycle.stage": ("lifecycle.shake_out",),
    "competition.index": ("competition.factors", "competition.readiness"),
    "positioning.lead": ("positioning.distance", "positioning.perception_gap"),
    "mix.balance": ("mix.gap",),
    "offerings.whitespace": ("offerings.penetration", "offerings.growth"),
    "rsvr.completeness": ("rsvr.weakest", "rsvr.parts"),
    "rsvr.fit": ("rsvr.plan_kind",),
    "plan.smart": ("plan.progress", "plan.outside"),
    "plan.cadence": ("plan.linkage", "plan.drift", "plan.closed_loop", "plan.phases"),
    "practice.done": ("practice.gap",),
    "survey.agreement": ("survey.factors", "survey.internal", "survey.gap"),
    "buying.net_force": ("buying.coverage",),
    "sales.pipeline": ("sales.steps", "sales.pull", "sales.service_led"),
    "control.contribution": ("control.variance", "control.return"),
    "control.cash_recovery": ("control.days_outstanding", "control.payback_gap"),
}
"""Numbers of one family, made of the same inputs: they open together, under the first known."""

# Where a figure that is not listed above goes, by the first word of its key.
_BY_WORD = {
    "qualification": "summary",
    "economics": "summary",
    "revenue": "summary",
    "selection": "summary",
    "relationship": "relationship",
    "service": "service",
    "value": "value",
    "deal": "value",
    "standard": "value",
    "negotiation": "value",
    "return": "value",
    "risk": "risk",
    "environment": "market",
    "swot": "market",
    "lifecycle": "market",
    "competition": "market",
    "positioning": "market",
    "mix": "market",
    "product": "value",
    "group": "summary",
    "offerings": "offerings",
}


def family(key: str) -> tuple[str, ...]:
    """A figure and those that are told with it."""
    return (key, *TOGETHER.get(key, ()))


def why_anchor(key: str) -> str:
    """The id on an account's page under which a figure opens, alone or with its family."""
    return f"w-{anchor(_HEADS.get(key, key))}"


_HEADS = {key: head for head, keys in TOGETHER.items() for key in keys}


def _places() -> dict[str, tuple[str, ...]]:
    places = {section: list(keys) for section, keys in _FIRST.items()}
    listed = {key for keys in (*_FIRST.values(), *TOGETHER.values()) for key in keys}
    for key in DEFINITIONS:
        if key not in listed:
            section = _BY_WORD.get(key.split(".", maxsplit=1)[0], "plan")
            places.setdefault(section, []).append(key)
    return {section: tuple(keys) for section, keys in places.items()}


FIGURES: dict[str, tuple[str, ...]] = _places()
"""By section: keys of figures in the order they are told."""


SECTION_OF: dict[str, str] = {
    key: section for section, heads in FIGURES.items() for head in heads for key in family(head)
}
"""The section of each figure."""
