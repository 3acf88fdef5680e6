"""Missing is not zero: without an input a figure is null and names the facts at the bottom."""

from __future__ import annotations

import pytest

from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import enriched, figure, plan

PROFIT = (
    "economics.addressable_spend",
    "economics.attainable_share",
    "economics.contribution_margin",
    "economics.marketing_cost",
    "service.objects",
    "risk.own",
    "risk.credit",
    "economics.retention",
)
DEVELOPMENT = tuple(
    f"economics.development.{name}"
    for name in ("months", "win_probability", "monthly_contribution", "monthly_cost")
)


@pytest.mark.parametrize(
    ("dotted", "key", "missing"),
    [
        ("qualification", "qualification.score", ["qualification"]),
        ("qualification", "qualification.knock_outs", ["qualification"]),
        ("qualification", "qualification.open", ["qualification"]),
        ("qualification", "qualification.verdict", ["qualification"]),
        ("qualification", "selection.mature", ["qualification"]),
        ("risk", "risk.customer_gross", ["risk.customer"]),
        ("risk.customer", "risk.customer_residual", ["risk.customer"]),
        ("risk.customer", "risk.measure_benefit", ["risk.customer"]),
        ("risk.customer", "risk.doubts_handled", ["risk.customer"]),
        ("risk.customer", "risk.proactivity", ["risk.customer"]),
        ("risk.customer", "risk.proof_coverage", ["risk.customer"]),
        ("risk.customer.0.probability", "risk.customer_gross", ["risk.customer.late.probability"]),
        ("risk.customer.1.loss", "risk.customer_gross", ["risk.customer.fit.loss"]),
        ("risk.customer.1.loss", "risk.proof_coverage", ["risk.customer.fit.loss"]),
        (
            "risk.customer.0.effectiveness",
            "risk.customer_residual",
            ["risk.customer.late.effectiveness"],
        ),
        ("risk.customer.1.named_by", "risk.proactivity", ["risk.customer.fit.named_by"]),
        ("risk.own", "risk.own_expected_loss", ["risk.own"]),
        ("risk.own", "risk.clause_gaps", ["risk.own"]),
        ("risk.own.0.loss", "risk.own_expected_loss", ["risk.own.misuse.loss"]),
        ("risk.own.0.loss", "risk.clause_gaps", ["risk.own.misuse.loss"]),
        ("risk.own.1.effectiveness", "risk.own_expected_loss", ["risk.own.small.effectiveness"]),
        ("risk.credit", "risk.own_expected_loss", ["risk.credit"]),
        *(
            (f"risk.credit.{name}", "risk.own_expected_loss", [f"risk.credit.{name}"])
            for name in (
                "receivable",
                "days_late",
                "default_probability",
                "loss_given_default",
                "cost_of_capital",
            )
        ),
        *(
            ("service", f"service.{name}", ["service.objects"])
            for name in ("weights", "tiers", "cost_to_serve", "alignment", "attainment")
        ),
        (
            "service.objects.1.importance.role",
            "service.weights",
            ["service.objects.desk.importance.role"],
        ),
        (
            "service.objects.1.importance.role",
            "service.tiers",
            ["service.objects.desk.importance.role"],
        ),
        (
            "service.objects.1.importance.role",
            "service.alignment",
            ["service.objects.desk.importance.role"],
        ),
        (
            "service.objects.1.activities",
            "service.cost_to_serve",
            ["service.objects.desk.activities"],
        ),
        ("service.objects.1.activities", "service.alignment", ["service.objects.desk.activities"]),
        (
            "service.objects.1.activities.0.per_year",
            "service.cost_to_serve",
            ["service.objects.desk.activities.check.per_year"],
        ),
        ("service.objects.0.promised", "service.attainment", ["service.objects.board.promised"]),
        ("service.objects.0.delivered", "service.attainment", ["service.objects.board.delivered"]),
        ("relationship.promises", "service.promises_kept", ["relationship.promises"]),
        ("relationship", "service.promises_kept", ["relationship.promises"]),
        ("service.cases", "service.cases_on_time", ["service.cases"]),
        ("service.cases.0.due", "service.cases_on_time", ["service.cases.one.due"]),
        ("economics.addressable_spend", "service.budget", ["economics.addressable_spend"]),
        ("economics.retention", "service.budget", ["economics.retention"]),
        ("economics.revenue", "revenue.last_year", ["economics.revenue"]),
        ("economics.revenue", "revenue.growth", ["economics.revenue"]),
        ("economics.revenue.0.amount", "revenue.last_year", ["economics.revenue.2025"]),
        ("economics.revenue.1.amount", "revenue.growth", ["economics.revenue.2024"]),
        ("value.values.image", "value.total_value", ["value.values.image"]),
        ("value.costs.time", "value.total_cost", ["value.costs.time"]),
        ("value.costs.time", "value.ratio", ["value.costs.time"]),
        ("value.values.image", "value.delivered_value", ["value.values.image"]),
        ("economics.price", "value.total_cost", ["economics.price"]),
        ("risk.customer", "value.total_cost", ["risk.customer"]),
        ("value.alternatives", "value.opportunity_cost", ["value.alternatives"]),
        ("value.alternatives", "value.total_cost", ["value.alternatives"]),
        (
            "value.alternatives.0.costs.risk",
            "value.opportunity_cost",
            ["value.alternatives.rival.costs.risk"],
        ),
        (
            "value",
            "value.total_value",
            [
                f"value.values.{name}"
                for name in (
                    "product",
                    "relationship",
                    "quality",
                    "service",
                    "image",
                    "technology",
                )
            ],
        ),
        (
            "value",
            "value.total_cost",
            [
                "value.costs.switching",
                "value.costs.effort",
                "value.costs.time",
                "value.alternatives",
            ],
        ),
        ("economics.production_cost", "deal.seller_cost", ["economics.production_cost"]),
        ("economics.marketing_cost", "deal.floor_price", ["economics.marketing_cost"]),
        ("economics.price", "deal.price_max", ["economics.price"]),
        ("value.values.image", "deal.window", ["value.values.image"]),
        ("risk.credit", "deal.our_share", ["risk.credit"]),
        ("service.objects", "deal.verdict", ["service.objects"]),
        ("economics.price", "deal.our_margin", ["economics.price"]),
        ("economics.production_cost", "deal.our_margin", ["economics.production_cost"]),
        ("risk", "deal.our_margin", ["risk.own", "risk.credit"]),
        *(
            (name, "selection.yearly_profit", [name])
            for name in (
                "economics.addressable_spend",
                "economics.marketing_cost",
                "service.objects",
                "risk.own",
                "risk.credit",
            )
        ),
        *(
            (name, "selection.yearly_profit_today", [name])
            for name in (
                "economics.price",
                "economics.production_cost",
                "economics.marketing_cost",
                "service.objects",
                "risk.own",
                "risk.credit",
            )
        ),
        (
            "economics",
            "selection.yearly_profit_today",
            ["economics.price", "economics.production_cost", "economics.marketing_cost"],
        ),
        ("economics.retention", "selection.retained_profit", ["economics.retention"]),
        ("economics.marketing_cost", "selection.retained_profit", ["economics.marketing_cost"]),
        ("economics.price", "selection.retained_profit_today", ["economics.price"]),
        (
            "economics.production_cost",
            "selection.retained_profit_today",
            ["economics.production_cost"],
        ),
        ("economics.retention", "selection.retained_profit_today", ["economics.retention"]),
        ("economics.retention", "selection.row", ["economics.retention"]),
        (
            "economics.development.months",
            "selection.development_cost",
            ["economics.development.months"],
        ),
        (
            "economics.development.monthly_cost",
            "selection.payback_months",
            ["economics.development.monthly_cost"],
        ),
        *(
            (f"economics.development.{name}", key, [f"economics.development.{name}"])
            for name in ("months", "win_probability", "monthly_contribution", "monthly_cost")
            for key in ("selection.programme", "selection.develop")
        ),
        ("economics.production_cost", "selection.column", ["economics.production_cost"]),
        ("economics.production_cost", "selection.maintain", ["economics.production_cost"]),
        ("economics.production_cost", "tier", ["economics.production_cost"]),
        ("economics.retention", "selection.develop", ["economics.retention"]),
        ("economics.retention", "selection.maintain", ["economics.retention"]),
        ("economics.retention", "selection.posture", ["economics.retention"]),
        ("economics.retention", "relationship.target_rung", ["economics.retention"]),
        (
            "economics",
            "tier",
            [
                *PROFIT[:4],
                "economics.retention",
                "economics.currency",
                "economics.price",
                "economics.production_cost",
            ],
        ),
        ("relationship.gates", "relationship.rung", ["relationship.gates"]),
        ("relationship", "relationship.rung", ["relationship.gates"]),
        ("relationship.interactions", "relationship.threads", ["relationship.interactions"]),
        ("value.standard", "standard.agreement", ["value.standard"]),
        ("offerings", "offerings.penetration", ["offerings"]),
        ("offerings", "offerings.whitespace", ["offerings"]),
        ("offerings", "offerings.growth", ["offerings"]),
        ("offerings.plan.status", "offerings.penetration", ["offerings.plan.status"]),
        ("offerings.plan.potential", "offerings.whitespace", ["offerings.plan.potential"]),
        ("offerings.drives.revenue", "offerings.growth", ["offerings.drives.revenue"]),
    ],
)
def test_without_an_input(dotted: str, key: str, missing: list[str]) -> None:
    made = enriched(without(WHOLE, dotted), others={"port": PORT}).figures[key]
    assert (made.value, made.confidence, list(made.missing)) == (None, None, missing)


@pytest.mark.parametrize("dotted", ["relationship", "relationship.contacts"])
def test_contacts_that_others_name_are_waited_for(dotted: str) -> None:
    made = enriched(without(WHOLE, dotted), others={"port": PORT}).figures["relationship.threads"]
    assert made.value is None
    assert {name.rpartition(".")[0] for name in made.waits_on} == {"relationship.contacts"}


@pytest.mark.parametrize("status", ["prospect", "former"])
@pytest.mark.parametrize(
    ("dotted", "key"),
    [
        *(
            (f"economics.development.{name}", key)
            for name in ("months", "win_probability", "monthly_contribution", "monthly_cost")
            for key in ("selection.column", "selection.develop", "selection.posture", "tier")
        ),
        ("economics.retention", "selection.column"),
        ("economics.marketing_cost", "selection.column"),
    ],
)
def test_without_an_input_of_whom_we_do_not_have(status: str, dotted: str, key: str) -> None:
    text = without(changed(WHOLE, "account.status", status), dotted)
    made = enriched(text, others={"port": PORT}).figures[key]
    assert (made.value, made.confidence, made.missing) == (None, None, (dotted,))


UNKNOWN = "{unknown: true, owner: kim-larsen, find_by: 2026-12-31}"


@pytest.mark.parametrize(
    ("dotted", "key"),
    [
        ("economics.retention", "tier"),
        ("economics.retention", "selection.row"),
        ("economics.retention", "selection.maintain"),
        ("economics.production_cost", "tier"),
        ("economics.production_cost", "selection.column"),
        ("economics.production_cost", "selection.maintain"),
        ("economics.production_cost", "selection.yearly_profit_today"),
        ("economics.production_cost", "deal.our_margin"),
        ("economics.marketing_cost", "selection.yearly_profit"),
        ("economics.development.win_probability", "selection.programme"),
    ],
)
def test_an_honest_unknown_is_missing_too(dotted: str, key: str) -> None:
    made = enriched(changed(WHOLE, dotted, UNKNOWN)).figures[key]
    assert (made.value, made.missing) == (None, (dotted,))


def test_an_honest_unknown_is_missing_for_the_column_of_a_prospect() -> None:
    text = changed(WHOLE, "account.status", "prospect")
    made = enriched(changed(text, "economics.retention", UNKNOWN)).figures["selection.column"]
    assert (made.value, made.missing) == (None, ("economics.retention",))


def test_a_customer_without_numbers_lacks_all_that_the_tier_rests_on() -> None:
    tier = figure("tier")
    assert set(tier.missing) == {
        *PROFIT,
        "economics.price",
        "economics.production_cost",
        "economics.currency",
    }
    assert len(tier.missing) == len(set(tier.missing))


def test_a_prospect_without_numbers_lacks_all_that_the_tier_rests_on() -> None:
    tier = figure("tier", status="prospect")
    assert set(tier.missing) == {
        *PROFIT,
        *DEVELOPMENT,
        "economics.currency",
    } - {"risk.credit"}
    assert len(tier.missing) == len(set(tier.missing))


def test_without_a_status_nothing_is_assumed() -> None:
    text = plan("economics: {currency: EUR}\nrisk: {own: []}\nrelationship: {gates: {}}\n")
    figures = enriched(text.replace("status: customer, ", "")).figures
    assert figures["risk.own_expected_loss"].waits_on == ("account.status",)
    assert "account.status" in figures["selection.posture"].waits_on
    assert "account.status" in figures["service.budget"].waits_on
    assert figures["relationship.rung"].waits_on == ("account.status",)


def test_with_credit_written_the_loss_needs_no_status() -> None:
    text = without(without(WHOLE, "account.status"), "account.name")
    assert enriched(text).figures["risk.own_expected_loss"].value == pytest.approx(8000)


# The named exceptions


def test_an_unanswered_question_counts_0_and_is_named() -> None:
    score = figure("qualification.score", "qualification: {target: {score: 2}, need: {score: 1}}\n")
    assert score.value == 15  # 3 of 20
    assert score.missing == ()
    assert score.note == (
        "counts 0: satisfaction, brand, solution, money, authority, competition, comparison, trend"
    )


@pytest.mark.parametrize("status", ["prospect", "former"])
def test_who_does_not_buy_owes_nothing(status: str) -> None:
    loss = figure("risk.own_expected_loss", "risk: {own: []}\n", status=status)
    assert (loss.value, loss.missing, loss.note) == (0, (), f"credit of a {status} is 0")
    assert [(reason.name, reason.line) for reason in loss.reasons] == [
        ("risk.own", 4),
        ("account.status", 2),
    ]


def test_credit_written_for_a_prospect_wins_over_the_default() -> None:
    credit = (
        "{receivable: 1000, days_late: 0, default_probability: 0.1, loss_given_default: 0.5,"
        " cost_of_capital: 0.1}"
    )
    loss = figure(
        "risk.own_expected_loss", f"risk: {{own: [], credit: {credit}}}\n", status="former"
    )
    assert loss.value == pytest.approx(50)
    assert loss.note == "the credit written wins over the default of a former, 0"


def test_effectiveness_without_a_measure_is_0() -> None:
    residual = figure(
        "risk.customer_residual", "risk: {customer: [{id: x, probability: 0.5, loss: 100}]}\n"
    )
    assert residual.value == 50
    assert [(reason.name, reason.value, reason.note) for reason in residual.reasons][-1] == (
        "risk.customer.x.effectiveness",
        0,
        "no measure: 0",
    )


def test_effectiveness_written_without_a_measure_wins() -> None:
    risk = "{id: x, probability: 0.5, loss: 100, effectiveness: 0.4}"
    residual = figure("risk.customer_residual", f"risk: {{customer: [{risk}]}}\n")
    assert residual.value == 30
    assert residual.reasons[-1].note == "written without a measure; it wins over the default 0"


def test_a_risk_without_a_measure_has_no_benefit_of_one() -> None:
    risks = "[{id: x, probability: 0.5, loss: 100}]"
    measure_benefit = figure("risk.measure_benefit", f"risk: {{customer: {risks}}}\n")
    assert (measure_benefit.value, measure_benefit.missing) == ({}, ())


def test_a_benefit_that_cannot_be_told_does_not_hide_the_others() -> None:
    risks = (
        "[{id: x, probability: 0.5, loss: 100, measure: m, effectiveness: 0.5, measure_cost: 5},"
        " {id: y, probability: 0.5, loss: 100, measure: m, effectiveness: 0.5}]"
    )
    measure_benefit = figure("risk.measure_benefit", f"risk: {{customer: {risks}}}\n")
    assert measure_benefit.value == {"x": 20, "y": None}
    assert measure_benefit.missing == ("risk.customer.y.measure_cost",)


@pytest.mark.parametrize(
    ("dotted", "cost", "note"),
    [
        ("risk", 0, None),
        ("risk.customer", 0, "no cost written: misuse, small"),
        ("risk.own", 1500, None),
        ("risk.customer.0.measure_cost", 500, "no cost written: late, misuse, small"),
        # what nobody does costs nothing, whatever stands there
        ("risk.customer.0.measure", 500, "no cost written: misuse, small"),
        ("risk.own.0.measure", 1500, "no cost written: small"),
    ],
)
def test_a_measure_without_a_cost_counts_0(dotted: str, cost: float, note: str | None) -> None:
    made = enriched(without(WHOLE, dotted), others={"port": PORT}).figures["risk.measure_cost"]
    assert (made.value, made.missing, made.note) == (cost, (), note)


def test_measures_of_both_sides_cost() -> None:
    theirs = "{id: x, probability: 0.5, loss: 100, measure: m, measure_cost: 7}"
    ours = "{id: y, class: other, probability: 0.5, loss: 100, measure: m, measure_cost: 5}"
    idle = "{id: z, class: other, probability: 0.5, loss: 100, measure_cost: 90}"
    cost = figure("risk.measure_cost", f"risk: {{customer: [{theirs}], own: [{ours}, {idle}]}}\n")
    assert (cost.value, cost.missing, cost.note) == (12, (), None)
    assert [reason.name for reason in cost.reasons] == [
        "risk.customer.x.measure_cost",
        "risk.own.y.measure_cost",
    ]


def test_a_cost_without_a_measure_is_none() -> None:
    theirs = "{id: x, probability: 0.5, loss: 100, measure: m, measure_cost: 7}"
    idle = "{id: z, probability: 0.5, loss: 100, measure_cost: 90}"
    cost = figure("risk.measure_cost", f"risk: {{customer: [{theirs}, {idle}]}}\n")
    assert (cost.value, cost.missing, cost.note) == (7, (), None)
    assert [reason.name for reason in cost.reasons] == ["risk.customer.x.measure_cost"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("selection.yearly_profit", 421500),  # 500,000 - 50,000 - 20,000 - 8,000 - 500
        ("selection.yearly_profit_today", 461500),  # 900,000 * 0.6 - 78,500
        ("deal.our_margin", 521500),  # 1,000,000 - 400,000 - 78,500
    ],
)
def test_a_cost_not_written_hides_no_profit(key: str, expected: float) -> None:
    made = enriched(without(WHOLE, "risk.customer.0.measure_cost")).figures[key]
    assert (made.value, made.missing) == (pytest.approx(expected), ())


@pytest.mark.parametrize("dotted", ["economics.revenue", "economics.revenue.0.amount"])
def test_without_revenue_the_price_is_billed(dotted: str) -> None:
    made = enriched(without(WHOLE, dotted)).figures["selection.yearly_profit_today"]
    # 0.6 of 1,000,000 is left, less 79,500
    assert (made.value, made.missing) == (pytest.approx(520500), ())


# [] means looked, none


@pytest.mark.parametrize(
    ("key", "sections", "value"),
    [
        ("risk.customer_gross", "risk: {customer: []}\n", 0),
        ("risk.customer_residual", "risk: {customer: []}\n", 0),
        ("risk.measure_benefit", "risk: {customer: []}\n", {}),
        ("risk.clause_gaps", "risk: {own: []}\n", ()),
        ("service.cost_to_serve", "service: {objects: []}\n", 0),
        ("service.cost_to_serve", "service: {objects: [{id: x, activities: []}]}\n", 0),
        ("revenue.last_year", "economics: {revenue: []}\n", 0),
        ("value.opportunity_cost", "value: {alternatives: []}\n", 0),
        ("relationship.threads", "relationship: {contacts: [], interactions: []}\n", 0),
        ("offerings.whitespace", "offerings: {}\n", 0),
        ("offerings.growth", "offerings: {}\n", 0),
    ],
)
def test_an_empty_list_counts_0(key: str, sections: str, value: object) -> None:
    made = figure(key, sections)
    assert (made.value, made.missing) == (value, ())
    assert made.confidence == pytest.approx(0.6)
    looked = next(reason for reason in made.reasons if reason.line)
    assert (looked.line, looked.value) == (4, 0)


def test_no_revenue_at_all_has_no_growth_and_says_where_we_looked() -> None:
    growth = figure("revenue.growth", "economics: {currency: EUR, revenue: []}\n")
    assert (growth.value, growth.note) == (None, "nothing to divide by")
    assert [(reason.name, reason.value, reason.unit, reason.note) for reason in growth.reasons] == [
        ("economics.revenue", 0, "EUR", "looked, none")
    ]


@pytest.mark.parametrize(
    ("key", "sections"),
    [
        ("risk.doubts_handled", "risk: {customer: []}\n"),
        ("risk.proactivity", "risk: {customer: []}\n"),
        ("risk.proof_coverage", "risk: {customer: []}\n"),
        ("risk.proof_coverage", "risk: {customer: [{id: x, probability: 0, loss: 5}]}\n"),
        ("service.weights", "service: {objects: []}\n"),
        ("service.alignment", "service: {objects: []}\n"),
        (
            "service.alignment",
            "service: {objects: [{id: x, weight: {value: 1, reason: r}, activities: []}]}\n",
        ),
        ("service.attainment", "service: {objects: []}\n"),
        ("service.attainment", "service: {objects: [{id: x, promised: 0, delivered: 3}]}\n"),
        ("service.promises_kept", "relationship: {promises: []}\n"),
        ("service.promises_kept", "relationship: {promises: [{what: w, due: 2026-11-24}]}\n"),
        ("service.cases_on_time", "service: {cases: []}\n"),
        ("revenue.growth", "economics: {revenue: []}\n"),
        (
            "revenue.growth",
            "economics: {currency: EUR, revenue: [{year: 2025, amount: 5}, {year: 2024, amount: 0}]}\n",
        ),
        (
            "selection.yearly_profit_today",
            "economics: {currency: EUR, price: 0, production_cost: 0, marketing_cost: 0}\n",
        ),
        ("standard.agreement", "value: {standard: []}\n"),
        ("offerings.penetration", "offerings: {}\n"),
        ("offerings.penetration", "offerings: {drives: {status: not_applicable}}\n"),
    ],
)
def test_nothing_to_divide_by(key: str, sections: str) -> None:
    made = figure(key, sections)
    assert (made.value, made.confidence, made.missing) == (None, None, ())
    assert made.note == NOTHING_TO_DIVIDE


def test_a_ratio_to_no_cost_at_all() -> None:
    zeros = "{product: 5, relationship: 0, quality: 0, service: 0, image: 0, technology: 0}"
    costs = "{monetary: 0, switching: 0, effort: 0, time: 0, opportunity: 0, risk: 0}"
    ratio = figure(
        "value.ratio", f"economics: {{currency: EUR}}\nvalue: {{values: {zeros}, costs: {costs}}}\n"
    )
    assert (ratio.value, ratio.note) == (None, NOTHING_TO_DIVIDE)
