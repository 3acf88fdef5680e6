"""Every input of every figure, changed at its line: the figure moves, and its reason with it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from generator.figures import Account, Figure, Reason
from tests.figures.edits import PORT, WHOLE, changed, line_of, opinions, path_of
from tests.figures.small import clean, enriched

SERVICE, LOSS = 20000, 8000
MEASURES = 1000 + 500  # theirs; ours have no cost written
# marketing 50,000 + service 20,000 + loss 8,000 + measures 1,500 = 79,500 a year;
# two years at 25 %, half of them kept: 0.8 + 0.5 * 0.8 * 0.8 = 1.12
YEARLY = 420500  # 4,000,000 * 0.25 * 0.5 - 79,500
TODAY = 460500  # 900,000 billed, below the price, * (1 - 400,000 / 1,000,000) - 79,500
VALUE, COST, SELLER = 1070000, 1050000, 479500  # our cost: 400,000 to produce + 79,500
ALL_DATA = {
    "qualification.score": 75,
    "qualification.knock_outs": (),
    "qualification.open": (),
    "qualification.verdict": "pursue",
    "risk.customer_gross": 20000,
    "risk.customer_residual": 13000,
    "risk.measure_benefit": {"late": 4000, "fit": 1500},
    "risk.measure_cost": MEASURES,
    "risk.doubts_handled": 0.5,
    "risk.proactivity": 0.5,
    "risk.proof_coverage": 0.5,
    "risk.own_expected_loss": LOSS,
    "risk.clause_gaps": ("misuse",),
    "service.weights": {"board": 0.5, "desk": 0.3, "adviser": 0.2},
    "service.tiers": {"board": "A", "desk": "A", "adviser": "B"},
    "service.cost_to_serve": SERVICE,
    "service.alignment": 0.9,
    "service.budget": 40000,
    "service.attainment": 0.8,
    "service.promises_kept": 0.5,
    "service.cases_on_time": 0.5,
    "revenue.last_year": 900000,
    "revenue.growth": 0.5,
    "value.opportunity_cost": 20000,
    "value.total_value": VALUE,
    "value.total_cost": COST,
    "value.delivered_value": 20000,
    "value.ratio": 1070 / 1050,
    "deal.seller_cost": SELLER,
    "deal.our_margin": 520500,  # 1,000,000 - 479,500
    "deal.floor_price": 599375,  # 479,500 / 0.8
    "deal.price_max": 1020000,
    "deal.window": 540500,  # 1,020,000 - 479,500
    "deal.our_share": 520500 / 540500,
    "deal.verdict": "balanced",
    "economics.contribution": 500000,
    "selection.development_cost": 20000,
    "selection.payback_months": 8,
    "selection.yearly_profit": YEARLY,
    "selection.yearly_profit_today": TODAY,
    "selection.retained_profit": 470960,  # 420,500 * 1.12
    "selection.retained_profit_today": 515760,  # 460,500 * 1.12
    "selection.row": "high",
    "selection.column": "short",
    "selection.programme": "go",
    "selection.develop": "all_out",
    "selection.maintain": "all_out",
    "selection.posture": "all_out",
    "selection.mature": True,
    "tier": "A",
    "relationship.rung": "promoter",
    "relationship.target_rung": ("recommender", "partner"),
    "relationship.threads": 2,
    "standard.agreement": 0.75,
    "offerings.penetration": 1 / 3,
    "offerings.whitespace": 70000,
    "offerings.growth": 40000,
}


def whole(text: str) -> Account:
    acme = enriched(text, others={"port": PORT})
    clean(acme)
    return acme


def same(actual: Any, expected: Any) -> bool:
    return (
        bool(actual == pytest.approx(expected, rel=1e-12))
        if _is_number(expected)
        else (actual == expected)
    )


def _is_number(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_number(inner) for inner in value.values())
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def every_reason(figure: Figure) -> list[Reason]:
    return [reason for top in figure.reasons for reason in (top, *top.inputs)]


@pytest.fixture(scope="module")
def base() -> Account:
    return whole(WHOLE)


@pytest.mark.parametrize(("key", "expected"), ALL_DATA.items())
def test_the_whole_playbook(base: Account, key: str, expected: Any) -> None:
    assert same(base.figures[key].value, expected), base.figures[key]
    assert base.figures[key].missing == ()


@pytest.mark.parametrize("key", ALL_DATA)
def test_facts_make_a_figure_certain(base: Account, key: str) -> None:
    assert base.figures[key].confidence == pytest.approx(1.0), base.figures[key]


# figure, input, its new text, the figure then
MOVES: list[tuple[str, str, str, Any]] = [
    *(
        ("qualification.score", f"qualification.{name}.score", "0", 65.0)
        for name in ("target", "satisfaction", "brand", "need", "solution")
    ),
    *(
        ("qualification.score", f"qualification.{name}.score", "2", 80.0)
        for name in ("money", "authority", "competition", "comparison", "trend")
    ),
    ("qualification.knock_outs", "qualification.need.score", "0", ("need",)),
    ("qualification.knock_outs", "qualification.money.score", "0", ("money",)),
    ("qualification.knock_outs", "qualification.authority.score", "0", ("authority",)),
    ("risk.customer_gross", "risk.customer.0.probability", "0.3", 40000),
    ("risk.customer_gross", "risk.customer.1.loss", "60000", 22000),
    ("risk.customer_residual", "risk.customer.0.probability", "0.3", 23000),
    ("risk.customer_residual", "risk.customer.1.loss", "60000", 14600),
    ("risk.customer_residual", "risk.customer.0.effectiveness", "0.7", 11000),
    ("risk.measure_benefit", "risk.customer.0.probability", "0.2", {"late": 9000, "fit": 1500}),
    ("risk.measure_benefit", "risk.customer.0.loss", "200000", {"late": 9000, "fit": 1500}),
    ("risk.measure_benefit", "risk.customer.1.effectiveness", "0.5", {"late": 4000, "fit": 4500}),
    ("risk.measure_benefit", "risk.customer.1.measure_cost", "3000", {"late": 4000, "fit": -1000}),
    ("risk.measure_cost", "risk.customer.0.measure_cost", "3000", 3500),
    ("risk.measure_cost", "risk.customer.1.measure_cost", "0", 1000),
    ("risk.proactivity", "risk.customer.1.named_by", "us", 1.0),
    ("risk.proof_coverage", "risk.customer.0.probability", "0.4", 0.8),
    ("risk.proof_coverage", "risk.customer.1.loss", "150000", 0.25),
    ("risk.proof_coverage", "account.industry", "energy", 0.0),
    ("risk.own_expected_loss", "risk.own.0.probability", "0.2", 12000),
    ("risk.own_expected_loss", "risk.own.1.loss", "30000", 10000),
    ("risk.own_expected_loss", "risk.own.0.effectiveness", "0.75", 6000),
    ("risk.own_expected_loss", "risk.credit.receivable", "200000", 11000),
    ("risk.own_expected_loss", "risk.credit.days_late", "146", 10000),
    ("risk.own_expected_loss", "risk.credit.default_probability", "0.06", 10000),
    ("risk.own_expected_loss", "risk.credit.loss_given_default", "1", 9000),
    ("risk.own_expected_loss", "risk.credit.cost_of_capital", "0.05", 7000),
    ("risk.clause_gaps", "risk.own.0.probability", "0.05", ()),
    ("risk.clause_gaps", "risk.own.1.loss", "30000", ("misuse", "small")),
    (
        "service.weights",
        "service.objects.0.importance.level",
        "3",
        {
            "board": 6 / 16,
            "desk": 6 / 16,
            "adviser": 4 / 16,
        },
    ),
    (
        "service.weights",
        "service.objects.1.importance.stage",
        "5",
        {
            "board": 10 / 29,
            "desk": 15 / 29,
            "adviser": 4 / 29,
        },
    ),
    (
        "service.weights",
        "service.objects.2.importance.role",
        "2",
        {
            "board": 10 / 24,
            "desk": 6 / 24,
            "adviser": 8 / 24,
        },
    ),
    ("service.cost_to_serve", "service.objects.0.activities.0.per_year", "20", 30000),
    ("service.cost_to_serve", "service.objects.0.activities.0.hours", "10", 25000),
    ("service.cost_to_serve", "service.objects.0.activities.0.rate", "50", 17500),
    ("service.cost_to_serve", "service.objects.0.activities.0.expense", "0", 15000),
    # 20,000 of 30,000 then go to the board: shares 4/6, 0.8/6, 1.2/6
    ("service.alignment", "service.objects.0.activities.0.per_year", "20", 1 - (1 / 6 + 1 / 6) / 2),
    ("service.attainment", "service.objects.0.promised", "40", 32 / 70),
    ("service.attainment", "service.objects.1.delivered", "5", 22 / 40),
    ("service.promises_kept", "relationship.promises.1.kept_on", "2026-11-01", 1.0),
    ("service.promises_kept", "relationship.promises.0.due", "2026-09-29", 0.0),
    ("service.cases_on_time", "service.cases.1.closed", "2026-09-01", 1.0),
    ("service.cases_on_time", "service.cases.1.due", "2026-10-02", 1.0),
    ("revenue.last_year", "economics.revenue.0.amount", "750000", 750000),
    ("revenue.growth", "economics.revenue.0.amount", "750000", 0.25),
    ("revenue.growth", "economics.revenue.1.amount", "1000000", -0.1),
    ("value.opportunity_cost", "value.alternatives.0.values.product", "530000", 50000),
    ("value.opportunity_cost", "value.alternatives.0.values.image", "9000", 25000),
    ("value.opportunity_cost", "value.alternatives.0.costs.monetary", "490000", 10000),
    ("value.opportunity_cost", "value.alternatives.0.costs.risk", "0", 25000),
    *(
        ("value.total_value", f"value.values.{name}", "90000", VALUE - was + 90000)
        for name, was in (
            ("product", 800000),
            ("relationship", 50000),
            ("service", 60000),
            ("image", 20000),
            ("technology", 40000),
        )
    ),
    ("value.total_value", "value.values.quality.amount", "300000", VALUE + 50000),
    ("value.total_value", "account.contract.end", "2029-12-31", VALUE - 100000 + 40000),
    ("value.total_value", "account.contract.start", "2023-01-01", VALUE - 100000 + 50000),
    *(
        ("value.total_cost", f"value.costs.{name}", "90000", COST - was + 90000)
        for name, was in (("switching", 10000), ("effort", 5000), ("time", 2000))
    ),
    ("value.total_cost", "economics.price", "900000", COST - 100000),
    ("deal.seller_cost", "economics.production_cost", "300000", SELLER - 100000),
    ("deal.seller_cost", "economics.marketing_cost", "60000", SELLER + 10000),
    ("deal.floor_price", "economics.minimum_margin", "0.5", 2 * SELLER),
    ("deal.our_margin", "economics.price", "900000", 420500),
    # what they save is theirs: the window stays at 540,500
    ("deal.our_share", "economics.price", "900000", 420500 / 540500),
    ("deal.verdict", "economics.price", "470000", "buys_at_our_loss"),
    ("deal.verdict", "economics.price", "1030000", "they_will_not_buy"),
    ("economics.contribution", "economics.addressable_spend", "2000000", 250000),
    ("economics.contribution", "economics.attainable_share", "0.5", 1000000),
    ("economics.contribution", "economics.contribution_margin", "0.1", 100000),
    ("selection.development_cost", "economics.development.monthly_cost", "7000", 28000),
    ("selection.development_cost", "economics.development.months", "5", 25000),
    ("selection.payback_months", "economics.development.months", "5", 10.0),
    ("selection.payback_months", "economics.development.win_probability", "0.25", 12.0),
    ("selection.payback_months", "economics.development.monthly_contribution", "5000", 12.0),
    ("selection.yearly_profit", "economics.marketing_cost", "60000", 410500),
    # below what was billed: 800,000 * (1 - 0.5) - 79,500
    ("selection.yearly_profit_today", "economics.price", "800000", 320500),
    # above it: 900,000 * (1 - 0.25) - 79,500
    ("selection.yearly_profit_today", "economics.price", "1600000", 595500),
    # half of 900,000 is left, less 79,500
    ("selection.yearly_profit_today", "economics.production_cost", "500000", 370500),
    ("selection.yearly_profit_today", "economics.marketing_cost", "60000", 450500),
    # 750,000 * 0.6 - 79,500
    ("selection.yearly_profit_today", "economics.revenue.0.amount", "750000", 370500),
    # never more than the price: 1,000,000 * 0.6 - 79,500
    ("selection.yearly_profit_today", "economics.revenue.0.amount", "1200000", 520500),
    ("selection.retained_profit", "economics.retention", "1", YEARLY * (0.8 + 0.64)),
    ("selection.retained_profit", "economics.horizon_years", "1", YEARLY * 0.8),
    ("selection.retained_profit", "economics.discount_rate", "0", YEARLY * 1.5),
    ("selection.retained_profit_today", "economics.retention", "1", TODAY * 1.44),
    ("selection.retained_profit_today", "economics.horizon_years", "1", TODAY * 0.8),
    ("selection.retained_profit_today", "economics.discount_rate", "0", TODAY * 1.5),
    ("selection.posture", "account.status", "former", "all_out"),
    ("relationship.rung", "relationship.gates.promoter.confirmed", "2025-06-01", "customer"),
    ("relationship.threads", "relationship.interactions.0.date", "2026-01-10", 1),
    ("relationship.threads", "relationship.interactions.0.two_way", "false", 1),
    ("relationship.threads", "relationship.contacts.2.left_on", "2026-12-01", 3),
    ("standard.agreement", "value.standard.0.weight", "1", 0.5),
    ("standard.agreement", "value.standard.1.weight", "5", 3 / 8),
    ("offerings.penetration", "offerings.plan.status", "ours", 2 / 3),
    ("offerings.penetration", "offerings.parts.status", "not_applicable", 0.5),
    ("offerings.whitespace", "offerings.plan.potential", "60000", 80000),
    ("offerings.whitespace", "offerings.parts.revenue", "15000", 65000),
    ("offerings.whitespace", "offerings.plan.status", "ours", 20000),
    ("offerings.growth", "offerings.drives.potential", "90000", 30000),
    ("offerings.growth", "offerings.drives.revenue", "100000", 0),
    ("offerings.growth", "offerings.plan.status", "ours", 90000),
]

# An input without an amount of its own in a sum of money does not weigh
LIGHT = {("offerings.growth", "offerings.plan.status")}

WORDS = {"true": True, "false": False}


def _as_value(text: str) -> Any:
    if text in WORDS:
        return WORDS[text]
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


@pytest.mark.parametrize(("key", "dotted", "new", "expected"), MOVES)
def test_an_input_moves_its_figure(
    base: Account, key: str, dotted: str, new: str, expected: Any
) -> None:
    text = changed(WHOLE, dotted, new)
    figure = enriched(text, others={"port": PORT}).figures[key]
    assert same(figure.value, expected), figure
    value, line = _as_value(new), line_of(text, path_of(dotted))
    on_line = [reason for reason in every_reason(figure) if reason.line == line]
    assert [reason.path for reason in on_line if value in (reason.value, reason.weight)], on_line
    if key != "selection.posture":
        assert not same(base.figures[key].value, expected)


@pytest.mark.parametrize(
    ("key", "dotted"),
    list(dict.fromkeys((key, dotted) for key, dotted, _, _ in MOVES if (key, dotted) not in LIGHT)),
)
def test_an_opinion_lowers_the_confidence(base: Account, key: str, dotted: str) -> None:
    known = base.figures[key].confidence
    assert known is not None
    for text in opinions(WHOLE, dotted):
        acme = enriched(text, others={"port": PORT})
        if {"shape", "unknown-key", "wrong-value"} & {finding.rule for finding in acme.findings}:
            continue
        if acme.plan.problems:
            continue
        now = acme.figures[key].confidence
        assert now is not None
        assert now < known - 1e-6, (key, dotted, acme.figures[key])
        return
    pytest.fail(f"nowhere can {dotted} be an opinion")
