"""Figures that rest on figures: what moves at the bottom moves at the top, and the top says so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.figures.edits import PORT, WHOLE, changed
from tests.figures.small import account, enriched

FACTOR = 1.12  # two years at 25 %, half of them kept


@pytest.mark.parametrize(
    ("key", "dotted", "new", "expected", "through", "then"),
    [
        (
            "qualification.verdict",
            "qualification.brand.score",
            "0",
            "find_out",
            "qualification.score",
            65,
        ),
        (
            "qualification.verdict",
            "qualification.need.score",
            "0",
            "not_qualified",
            "qualification.knock_outs",
            ("need",),
        ),
        ("selection.mature", "qualification.brand.score", "0", False, "qualification.score", 65),
        (
            "selection.mature",
            "qualification.need.score",
            "0",
            False,
            "qualification.knock_outs",
            ("need",),
        ),
        (
            "service.tiers",
            "service.objects.0.importance.level",
            "1",
            {"board": "B", "desk": "A", "adviser": "A"},
            "service.weights",
            None,
        ),
        (
            "service.alignment",
            "service.objects.0.importance.level",
            "3",
            None,
            "service.weights",
            None,
        ),
        (
            "service.budget",
            "economics.attainable_share",
            "0.5",
            80000,
            "economics.contribution",
            1000000,
        ),
        (
            "service.budget",
            "economics.addressable_spend",
            "1000000",
            5000,
            "selection.maintain",
            "selective",
        ),
        (
            "value.total_cost",
            "risk.customer.0.loss",
            "300000",
            1060000,
            "risk.customer_residual",
            23000,
        ),
        (
            "value.total_cost",
            "value.alternatives.0.values.product",
            "530000",
            1080000,
            "value.opportunity_cost",
            50000,
        ),
        (
            "value.delivered_value",
            "value.values.product",
            "700000",
            -80000,
            "value.total_value",
            970000,
        ),
        ("value.delivered_value", "value.costs.time", "1000", 21000, "value.total_cost", 1049000),
        (
            "value.ratio",
            "value.values.product",
            "850000",
            1120 / 1050,
            "value.total_value",
            1120000,
        ),
        ("value.ratio", "value.costs.time", "22000", 1, "value.total_cost", 1070000),
        (
            "deal.seller_cost",
            "service.objects.0.activities.0.per_year",
            "20",
            488000,
            "service.cost_to_serve",
            30000,
        ),
        (
            "deal.seller_cost",
            "risk.credit.days_late",
            "146",
            480000,
            "risk.own_expected_loss",
            10000,
        ),
        (
            "deal.floor_price",
            "economics.production_cost",
            "402000",
            600000,
            "deal.seller_cost",
            480000,
        ),
        (
            "deal.price_max",
            "value.values.product",
            "700000",
            920000,
            "value.delivered_value",
            -80000,
        ),
        ("deal.window", "value.values.product", "700000", 442000, "deal.price_max", 920000),
        ("deal.window", "economics.production_cost", "300000", 642000, "deal.seller_cost", 378000),
        ("deal.our_share", "value.values.product", "700000", 522 / 442, "deal.window", 442000),
        (
            "deal.our_share",
            "economics.production_cost",
            "300000",
            622 / 642,
            "deal.seller_cost",
            378000,
        ),
        (
            "deal.verdict",
            "value.values.product",
            "700000",
            "they_will_not_buy",
            "value.delivered_value",
            -80000,
        ),
        (
            "deal.verdict",
            "economics.production_cost",
            "1400000",
            "buys_at_our_loss",
            "deal.seller_cost",
            1478000,
        ),
        (
            "selection.payback_months",
            "economics.development.monthly_cost",
            "10000",
            12,
            "selection.development_cost",
            40000,
        ),
        (
            "selection.retained_profit",
            "economics.attainable_share",
            "0.5",
            972000 * FACTOR,
            "economics.contribution",
            1000000,
        ),
        (
            "selection.retained_profit",
            "service.objects.0.activities.0.per_year",
            "20",
            462000 * FACTOR,
            "service.cost_to_serve",
            30000,
        ),
        (
            "selection.retained_profit",
            "risk.credit.days_late",
            "146",
            470000 * FACTOR,
            "risk.own_expected_loss",
            10000,
        ),
        (
            "selection.retained_profit_today",
            "service.objects.0.activities.0.per_year",
            "20",
            462000 * FACTOR,
            "service.cost_to_serve",
            30000,
        ),
        (
            "selection.row",
            "economics.attainable_share",
            "0.01",
            "low",
            "selection.retained_profit",
            (20000 - 28000) * FACTOR,
        ),
        (
            "selection.column",
            "economics.attainable_share",
            "0.01",
            "long",
            "selection.retained_profit",
            (20000 - 28000) * FACTOR,
        ),
        (
            "selection.column",
            "economics.development.win_probability",
            "0.1",
            "long",
            "selection.payback_months",
            24,
        ),
        (
            "selection.column",
            "economics.development.monthly_cost",
            "10000.1",
            "long",
            "selection.payback_months",
            12.00008,
        ),
        (
            "selection.develop",
            "economics.development.win_probability",
            "0.1",
            "selective",
            "selection.column",
            "long",
        ),
        (
            "selection.maintain",
            "economics.attainable_share",
            "0.1",
            "selective",
            "selection.row",
            "low",
        ),
        (
            "selection.posture",
            "economics.attainable_share",
            "0.1",
            "selective",
            "selection.maintain",
            "selective",
        ),
        ("tier", "economics.attainable_share", "0.1", "C", "selection.row", "low"),
        ("tier", "economics.development.win_probability", "0.1", "B", "selection.column", "long"),
        ("tier", "economics.attainable_share", "0.01", "D", "selection.column", "long"),
        (
            "relationship.target_rung",
            "economics.attainable_share",
            "0.1",
            ("customer", "promoter"),
            "selection.maintain",
            "selective",
        ),
        (
            "relationship.target_rung",
            "economics.attainable_share",
            "0.01",
            ("promoter", "promoter"),
            "relationship.rung",
            "promoter",
        ),
    ],
)
def test_what_moves_below(
    key: str, dotted: str, new: str, expected: Any, through: str, then: Any
) -> None:
    figures = enriched(changed(WHOLE, dotted, new), others={"port": PORT}).figures
    figure = figures[key]
    if expected is None:
        assert figure.value != enriched(WHOLE, others={"port": PORT}).figures[key].value
    else:
        close = isinstance(expected, (int, float)) and not isinstance(expected, bool)
        assert figure.value == (pytest.approx(expected) if close else expected)
    reason = next(why for why in figure.reasons if why.name == through)
    assert reason.value == figures[through].value
    assert reason.confidence == figures[through].confidence
    if then is not None:
        assert reason.value == (pytest.approx(then) if isinstance(then, (int, float)) else then)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("selection.row", ["retained_profit.cut_off"]),
        ("selection.column", ["development.payback_months", "development.cost_limit"]),
        ("selection.payback_months", ["development.never_after_months"]),
        ("tier", ["cells.high_short.tier"]),
        ("selection.develop", ["cells.high_short.develop"]),
        ("selection.maintain", ["cells.high_short.maintain"]),
        ("qualification.verdict", ["qualification.pursue_from", "qualification.find_out_from"]),
        ("service.tiers", ["service.tier_a_from", "service.tier_b_from"]),
        ("service.budget", ["maintain.all_out.budget_share"]),
        ("relationship.target_rung", ["maintain.all_out.target_rungs"]),
        ("relationship.threads", ["relationship.window_days"]),
    ],
)
def test_settings_are_reasons_with_their_line(key: str, names: list[str]) -> None:
    figure = enriched(WHOLE, others={"port": PORT}).figures[key]
    settings = {
        reason.name: reason for reason in figure.reasons if reason.setting and reason.name in names
    }
    assert list(settings) == names
    for setting in settings.values():
        assert setting.setting is not None
        path, _, line = setting.setting.rpartition(":")
        assert path.startswith(("(shipped) site_config/", "site_config/"))
        assert int(line) > 0


@pytest.mark.parametrize(
    ("key", "threshold"),
    [
        ("risk.clause_gaps", 5000),
        ("service.alignment", 0.75),
        ("selection.row", 250000),
        ("selection.mature", 70),
        ("risk.proof_coverage", 0.7),
        ("relationship.rung", 12),
    ],
)
def test_thresholds_stand_beside_what_they_judge(key: str, threshold: float) -> None:
    figure = enriched(WHOLE, others={"port": PORT}).figures[key]
    judged = [reason for reason in figure.reasons if reason.threshold == threshold]
    assert judged
    assert all(reason.setting for reason in judged)


def test_the_column_shows_all_three_limits() -> None:
    figure = enriched(WHOLE, others={"port": PORT}).figures["selection.column"]
    assert [(reason.name, reason.threshold) for reason in figure.reasons][:3] == [
        ("selection.payback_months", 12),
        ("selection.development_cost", 150000),
        ("selection.retained_profit", 0),
    ]


@pytest.mark.parametrize(
    ("key", "name", "unit"),
    [
        ("risk.customer_gross", "risk.customer.late.loss", "EUR an event"),
        ("risk.customer_gross", "risk.customer.late.probability", "share a year"),
        ("value.total_cost", "economics.price", "EUR a year"),
        ("deal.our_share", "economics.price", "EUR a year"),
        ("selection.retained_profit_today", "economics.price", "EUR a year"),
        ("service.cost_to_serve", "service.objects.board.activities.visit.hours", "hours"),
        ("service.cost_to_serve", "service.objects.board.activities.visit.rate", "EUR an hour"),
        ("selection.development_cost", "economics.development.months", "months"),
        ("selection.retained_profit", "risk.own_expected_loss", "EUR a year"),
        ("qualification.score", "qualification.need", "of 2"),
        ("revenue.last_year", "economics.revenue.2025", "EUR"),
        ("relationship.threads", "relationship.window_days", "days"),
    ],
)
def test_reasons_have_units(key: str, name: str, unit: str) -> None:
    figure = enriched(WHOLE, others={"port": PORT}).figures[key]
    assert next(reason.unit for reason in figure.reasons if reason.name == name) == unit


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("qualification.score", "of 100"),
        ("risk.customer_gross", "EUR a year"),
        ("risk.own_expected_loss", "EUR a year"),
        ("risk.measure_benefit", "EUR a year"),
        ("risk.proof_coverage", "share"),
        ("service.weights", "share"),
        ("service.cost_to_serve", "EUR a year"),
        ("service.budget", "EUR a year"),
        ("revenue.last_year", "EUR"),
        ("revenue.growth", "share"),
        ("value.total_value", "EUR a year"),
        ("value.ratio", None),
        ("deal.window", "EUR a year"),
        ("deal.our_share", "share"),
        ("selection.development_cost", "EUR"),
        ("selection.payback_months", "months"),
        ("selection.retained_profit", "EUR"),
        ("tier", None),
        ("relationship.threads", "contacts"),
        ("offerings.whitespace", "EUR a year"),
        ("rsvr.completeness", "of 100"),
        ("completeness", "of 100"),
    ],
)
def test_figures_have_units(key: str, unit: str | None) -> None:
    assert account(WHOLE, others={"port": PORT}).figures[key].unit == unit
