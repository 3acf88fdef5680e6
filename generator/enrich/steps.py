"""Which module makes which figure, in the order in which figures are listed."""

from __future__ import annotations

from generator.enrich.answers import answer_figures
from generator.enrich.attention import coverage_figure, overdue_figure
from generator.enrich.cadence import cadence_figure, loop_figures
from generator.enrich.circle import circle_figure
from generator.enrich.climb import influence_value_figure, velocity_figure
from generator.enrich.communication import communication_figure, initiative_figure
from generator.enrich.control import control_figures
from generator.enrich.deal import deal_figures
from generator.enrich.economics import economics_figures
from generator.enrich.figures import Step
from generator.enrich.fit import fit_figures
from generator.enrich.group import group_figures
from generator.enrich.ladder import rung_figure, target_rung_figure, threads_figure
from generator.enrich.levers import lever_figures
from generator.enrich.lifecycle import lifecycle_figures
from generator.enrich.mix import mix_figures, positioning_figures
from generator.enrich.negotiation import negotiation_figures
from generator.enrich.parts import part_figures
from generator.enrich.plan_quality import action_figures, objective_figures
from generator.enrich.practice import practice_figures
from generator.enrich.product import product_figures, win_factor_figures
from generator.enrich.promised import return_figures, standard_figures
from generator.enrich.proof import proof_figures
from generator.enrich.qualification import qualification_figures
from generator.enrich.reasons import reason_figures
from generator.enrich.revenue import revenue_figures
from generator.enrich.risk import risk_figures
from generator.enrich.rivals import rival_figures
from generator.enrich.sales import sales_figures
from generator.enrich.selection import selection_figures
from generator.enrich.service import service_figures
from generator.enrich.service_climate import climate_figures
from generator.enrich.stability import stability_figure
from generator.enrich.standard import offering_figures, standard_agreement
from generator.enrich.surroundings import (
    balance_figure,
    diagnosis_figure,
    inspection_figure,
    surroundings_figures,
)
from generator.enrich.survey import survey_figures
from generator.enrich.swot import swot_figures
from generator.enrich.trust import trust_figures
from generator.enrich.value import value_figures


def _named(group: str, names: str) -> tuple[str, ...]:
    """Keys of one group: ('deal', 'window verdict') names deal.window and deal.verdict."""
    return tuple(f"{group}.{name}" for name in names.split())


STEPS: tuple[Step, ...] = (
    Step(qualification_figures, _named("qualification", "score knock_outs open verdict")),
    Step(
        risk_figures,
        _named(
            "risk",
            "customer_gross customer_residual measure_benefit proactivity own_expected_loss"
            " clause_gaps",
        ),
    ),
    Step(proof_figures, _named("risk", "doubts_handled proof_coverage")),
    Step(
        service_figures,
        _named(
            "service",
            "weights tiers cost_to_serve alignment attainment promises_kept cases_on_time",
        ),
    ),
    Step(revenue_figures, _named("revenue", "last_year growth")),
    Step(
        value_figures,
        _named(
            "value",
            "opportunity_cost total_value total_cost delivered_value ratio balance lead",
        ),
    ),
    Step(
        deal_figures,
        _named("deal", "seller_cost floor_price price_max window our_share verdict"),
    ),
    Step(
        economics_figures,
        (
            "economics.contribution",
            *_named(
                "selection",
                "development_cost payback_months retained_profit retained_profit_today",
            ),
        ),
    ),
    Step(
        selection_figures,
        (
            *_named("selection", "row column develop maintain posture mature"),
            "tier",
            "service.budget",
        ),
    ),
    Step(rung_figure, ("relationship.rung",)),
    Step(target_rung_figure, ("relationship.target_rung",)),
    Step(threads_figure, ("relationship.threads",)),
    Step(communication_figure, ("relationship.communication",)),
    Step(coverage_figure, ("relationship.coverage",)),
    Step(overdue_figure, ("relationship.overdue",)),
    Step(initiative_figure, ("relationship.initiative",)),
    Step(trust_figures, _named("relationship", "trust trust_change buy_again")),
    Step(velocity_figure, ("relationship.velocity",)),
    Step(influence_value_figure, ("relationship.influence_value",)),
    Step(circle_figure, ("relationship.circle",)),
    Step(stability_figure, ("selection.stability",)),
    Step(standard_agreement, ("standard.agreement",)),
    Step(
        standard_figures,
        ("standard.measurability", "standard.fulfilment", "return.company_rate"),
    ),
    Step(return_figures, _named("return", "recognition care")),
    Step(negotiation_figures, _named("negotiation", "price_share concession_balance")),
    Step(lever_figures, ("deal.levers",)),
    Step(win_factor_figures, _named("deal", "win_factors weakest_factors")),
    Step(product_figures, _named("product", "gaps complete_level first_difference")),
    Step(climate_figures, _named("service", "commoditisation triangle promise_gap chain")),
    Step(offering_figures, _named("offerings", "penetration whitespace growth")),
    Step(
        surroundings_figures,
        _named("environment", "macro market front_line macro_factors market_factors watch"),
    ),
    Step(diagnosis_figure, ("environment.diagnosis",)),
    Step(inspection_figure, ("environment.inspection",)),
    Step(balance_figure, ("environment.balance",)),
    Step(answer_figures, _named("environment", "answered answer_days")),
    Step(swot_figures, _named("swot", "strengths weaknesses opportunities threats posture")),
    Step(lifecycle_figures, _named("lifecycle", "stage shake_out")),
    Step(rival_figures, _named("competition", "index factors readiness")),
    Step(mix_figures, _named("mix", "gap balance")),
    Step(positioning_figures, _named("positioning", "distance lead perception_gap")),
    Step(reason_figures, _named("buying", "net_force coverage")),
    Step(objective_figures, _named("plan", "smart progress outside")),
    Step(action_figures, _named("plan", "linkage readiness")),
    Step(cadence_figure, ("plan.cadence",)),
    Step(loop_figures, _named("plan", "closed_loop phases drift control_lag")),
    Step(practice_figures, _named("practice", "done gap")),
    Step(survey_figures, _named("survey", "factors internal agreement gap")),
    Step(sales_figures, _named("sales", "pipeline steps pull service_led")),
    Step(
        control_figures,
        _named(
            "control",
            "contribution return days_outstanding cash_recovery payback_gap variance",
        ),
    ),
    Step(fit_figures, _named("rsvr", "fit plan_kind")),
    Step(
        group_figures,
        _named("group", "accounts revenue contribution retained_profit exposure whitespace"),
    ),
    Step(part_figures, _named("rsvr", "parts completeness weakest")),
)
"""All steps; `completeness` and `contradictions` are made by the gate, of findings."""
