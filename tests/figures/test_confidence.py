"""How sure a figure is: grades, age, weights; and what never changes a figure."""

from __future__ import annotations

import pytest

from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import account, enriched, figure, settings

SHARES = "addressable_spend: {0}, attainable_share: {1}, contribution_margin: {2}"


def contribution(*facts: str, section: str = "", more: str = "") -> float | None:
    text = f"economics: {{{section}{SHARES.format(*facts)}}}\n"
    return figure("economics.contribution", text, more=more).confidence


@pytest.mark.parametrize(
    ("facts", "section", "sure"),
    [
        (("1", "1", "1"), "", 0.6),
        (("{value: 1, grade: fact}", "1", "1"), "", (1 + 0.6 + 0.6) / 3),
        (("{value: 1, grade: opinion}", "1", "1"), "", (0.3 + 0.6 + 0.6) / 3),
        (("1", "1", "1"), "evidence: {grade: fact}, ", 1.0),
        (("1", "1", "{value: 1, grade: opinion}"), "evidence: {grade: fact}, ", 2.3 / 3),
        # stale: two years old, half of the grade
        (("{value: 1, as_of: 2024-11-23}", "1", "1"), "", (0.3 + 0.6 + 0.6) / 3),
        (("{value: 1, grade: fact, as_of: 2024-11-23}", "1", "1"), "", (0.5 + 0.6 + 0.6) / 3),
        (("1", "1", "1"), "evidence: {grade: opinion, as_of: 2024-11-23}, ", 0.15),
        # its own day is younger than the section's
        (("{value: 1, as_of: 2026-11-01}", "1", "1"), "evidence: {as_of: 2024-11-23}, ", 0.4),
    ],
)
def test_grades_and_age(facts: tuple[str, str, str], section: str, sure: float) -> None:
    assert contribution(*facts, section=section) == pytest.approx(sure)


def test_an_undated_fact_ages_from_the_review_of_the_plan() -> None:
    old = "reviewed: 2026-10-01", "reviewed: 2025-11-22"
    text = WHOLE.replace("grade: fact, as_of: 2026-11-01", "grade: fact")
    fresh = enriched(text.replace("reviewed: 2026-11-01", "reviewed: 2025-11-23"))
    stale = enriched(text.replace("reviewed: 2026-11-01", old[1]))
    assert fresh.figures["economics.contribution"].confidence == 1.0
    assert stale.figures["economics.contribution"].confidence == 0.5


def test_sums_of_money_weigh_by_amount() -> None:
    risks = (
        "[{id: x, grade: fact, probability: 0.5, loss: 600},"
        " {id: y, grade: opinion, probability: 0.1, loss: 1000}]"
    )
    customer_gross = figure("risk.customer_gross", f"risk: {{customer: {risks}}}\n")
    assert customer_gross.confidence == pytest.approx((300 * 1.0 + 100 * 0.3) / 400)


def test_twelve_lines_weigh_by_amount() -> None:
    values = (
        "{product: {amount: 300, grade: fact}, relationship: {amount: 100, grade: opinion},"
        " quality: 0, service: 0, image: 0, technology: 0}"
    )
    total_value = figure("value.total_value", f"value: {{values: {values}}}\n")
    assert total_value.confidence == pytest.approx((300 * 1.0 + 100 * 0.3) / 400)


def test_sums_of_nothing_weigh_equally() -> None:
    values = (
        "{product: {amount: 0, grade: fact}, relationship: 0, quality: 0,"
        " service: 0, image: 0, technology: 0}"
    )
    total_value = figure("value.total_value", f"value: {{values: {values}}}\n")
    assert total_value.confidence == pytest.approx((1.0 + 5 * 0.6) / 6)


def test_the_cost_of_delay_is_as_sure_as_the_balance() -> None:
    credit = (
        "{receivable: {value: 1000, grade: opinion}, days_late: 365, cost_of_capital: 0.1,"
        " default_probability: 0, loss_given_default: 0}"
    )
    loss = figure("risk.own_expected_loss", f"risk: {{own: [], credit: {credit}}}\n")
    assert loss.value == pytest.approx(100)
    # default 0: only the delay weighs; balance 0.3, days 0.6, capital 0.6
    assert loss.confidence == pytest.approx(0.5)
    assert [reason.name for reason in loss.reasons] == [
        "risk.credit.receivable",
        "risk.credit.default_probability",
        "risk.credit.loss_given_default",
        "risk.credit.days_late",
        "risk.credit.cost_of_capital",
    ]


def test_weighted_scores_weigh_by_weight() -> None:
    items = (
        "[{item: a, weight: 3, grade: fact}, {item: b, weight: 1, grade: opinion},"
        " {item: c, grade: opinion}]"
    )
    agreement = figure("standard.agreement", f"value: {{standard: {items}}}\n")
    assert agreement.confidence == pytest.approx((3 * 1.0 + 0.3 + 0.3) / 5)


def test_a_balance_weighs_by_weight() -> None:
    values = "product: {score: 6, weight: 5, grade: fact}"
    rest = ", ".join(
        f"{name}: {{score: 5, weight: 1}}"
        for name in ("relationship", "quality", "service", "image", "technology")
    )
    costs = ", ".join(
        f"{name}: {{score: 5, weight: 1}}"
        for name in ("monetary", "switching", "effort", "time", "opportunity", "risk")
    )
    balance = figure(
        "value.balance",
        f"value: {{mode: score, values: {{{values}, {rest}}}, costs: {{{costs}}}}}\n",
    )
    assert balance.value == pytest.approx((5 * 6 + 5 * 5) / (10 * 10) - 30 / 60)
    assert balance.confidence == pytest.approx((5 * 1.0 + 11 * 0.6) / 16)


def test_a_figure_counts_with_its_confidence() -> None:
    text = changed(WHOLE, "economics.addressable_spend", "{value: 4000000, grade: opinion}")
    figures = enriched(text).figures
    assert figures["economics.contribution"].confidence == pytest.approx(2.3 / 3)
    # by amount: a contribution of 500,000 less sure, 79,500 of costs
    yearly = (500000 * 2.3 / 3 + 79500) / 579500
    assert figures["selection.yearly_profit"].confidence == pytest.approx(yearly)
    # yearly profit, retention, horizon, discount: four, one of them less sure
    profit = (yearly + 3) / 4
    assert figures["selection.retained_profit"].confidence == pytest.approx(profit)
    assert figures["selection.row"].confidence == pytest.approx(profit)
    # the column of a customer rests on what is, not on what could be
    assert figures["selection.column"].confidence == pytest.approx(1.0)
    assert figures["tier"].confidence == pytest.approx((profit + 1) / 2)
    prospect = enriched(changed(text, "account.status", "prospect")).figures
    column = (1 + 1 + profit) / 3
    assert prospect["selection.column"].confidence == pytest.approx(column)
    assert prospect["tier"].confidence == pytest.approx((profit + column) / 2)


@pytest.mark.parametrize(
    ("dotted", "opinion"),
    [
        ("economics.price", "{value: 1000000, grade: opinion}"),
        ("economics.production_cost", "{value: 400000, grade: opinion}"),
        # a year's entry has one grade for all that is in it
        ("economics.revenue.0.year", "2025\n      grade: opinion"),
    ],
)
def test_what_it_brings_today_counts_with_its_parts(dotted: str, opinion: str) -> None:
    figures = enriched(changed(WHOLE, dotted, opinion)).figures
    # of price, production and what was billed one is less sure: 540,000 beside 79,500 of costs
    yearly = (540000 * 2.3 / 3 + 79500) / 619500
    assert figures["selection.yearly_profit_today"].confidence == pytest.approx(yearly)
    assert figures["selection.retained_profit_today"].confidence == pytest.approx((yearly + 3) / 4)
    assert figures["selection.column"].confidence == pytest.approx(yearly)
    assert figures["tier"].confidence == pytest.approx((1 + yearly) / 2)


def test_measures_weigh_by_their_cost() -> None:
    text = changed(WHOLE, "risk.customer.0.measure_cost", "{value: 1000, grade: opinion}")
    figures = enriched(text, others={"port": PORT}).figures
    measures = (1000 * 0.3 + 500) / 1500
    assert figures["risk.measure_cost"].confidence == pytest.approx(measures)
    # beside contribution or production, and 78,000 of other costs
    for key, sure in (
        ("selection.yearly_profit", 578000),
        ("selection.yearly_profit_today", 618000),
        ("deal.seller_cost", 478000),
    ):
        expected = (sure + 1500 * measures) / (sure + 1500)
        assert figures[key].confidence == pytest.approx(expected), key


def test_a_programme_is_as_sure_as_its_payback_and_cost() -> None:
    text = changed(WHOLE, "economics.development.win_probability", "{value: 0.5, grade: opinion}")
    figures = enriched(text).figures
    # months, chance, monthly contribution, cost: four, one of them less sure
    payback = (0.3 + 3) / 4
    assert figures["selection.programme"].confidence == pytest.approx((payback + 1) / 2)
    assert figures["selection.develop"].confidence == pytest.approx((1 + (payback + 1) / 2) / 2)
    assert figures["selection.column"].confidence == pytest.approx(1.0)


def test_a_sum_of_figures_weighs_by_amount() -> None:
    text = changed(WHOLE, "economics.production_cost", "{value: 400000, grade: opinion}")
    figures = enriched(text, others={"port": PORT}).figures
    sure = (400000 * 0.3 + 79500) / 479500
    assert figures["deal.seller_cost"].confidence == pytest.approx(sure)
    margin = (1000000 + 479500 * sure) / 1479500
    assert figures["deal.our_margin"].confidence == pytest.approx(margin)


def test_settings_have_no_confidence_and_do_not_count() -> None:
    figures = enriched(without(WHOLE, "economics.discount_rate")).figures
    reason = figures["selection.retained_profit"].reasons[3]
    assert (reason.name, reason.value, reason.confidence) == ("discount_rate", 0.1, None)
    thresholds = settings().documents["thresholds"]
    line = thresholds.text.splitlines().index("discount_rate: 0.10") + 1
    assert reason.setting == f"{thresholds.path}:{line}"
    assert figures["selection.retained_profit"].confidence == pytest.approx(1.0)


def test_a_null_figure_has_no_confidence() -> None:
    for computed in enriched(without(without(WHOLE, "economics"), "service")).figures.values():
        if computed.value is None:
            assert computed.confidence is None
        elif computed.key != "completeness":
            assert computed.confidence is not None


def test_grades_are_settings_of_their_own_only_for_what_they_grade() -> None:
    text = changed(WHOLE, "risk.customer.0.loss", "{value: 100000, grade: opinion}")
    before = enriched(WHOLE, others={"port": PORT}).figures
    after = enriched(text, others={"port": PORT}).figures
    touched = {key for key, now in after.items() if now.confidence != before[key].confidence}
    assert touched == {
        "risk.customer_gross",
        "risk.customer_residual",
        "risk.measure_benefit",
        "risk.proof_coverage",
        "value.total_cost",
        "value.delivered_value",
        "value.ratio",
        "deal.break_even",
        "deal.levers",
        "deal.price_max",
        "deal.window",
        "deal.our_share",
        "deal.verdict",
        "health",
        "health.drivers",
        "health.known",
        "health.letters",
        "health.word",
        "selection.retained_profit_at_risk",
        "selection.urgency",
        "rsvr.parts",
        "rsvr.completeness",
        "rsvr.weakest",
    }


EXTRAS = """\
overrides:
  - {figure: tier, value: D, reason: we know better, by: kim-larsen, until: 2026-12-31}
  - {figure: value.ratio, value: 3, reason: we know better, by: kim-larsen, until: 2026-12-31}
waivers:
  - {rule: clauses, reason: being negotiated, by: kim-larsen, until: 2026-12-31}
"""


def test_overrides_and_waivers_change_no_figure() -> None:
    before = account(WHOLE, others={"port": PORT}).figures
    after = account(WHOLE + EXTRAS, others={"port": PORT}).figures
    changed_ = {key for key, now in after.items() if now != before[key]}
    assert changed_ == {"attention", "completeness"}


def test_differences_weigh_both_sides_by_amount() -> None:
    text = changed(WHOLE, "value.values.product", "{amount: 800000, grade: opinion}")
    figures = enriched(text, others={"port": PORT}).figures
    value = (800000 * 0.3 + 270000) / 1070000
    delivered = (1070000 * value + 1050000) / 2120000
    highest = (1000000 + 20000 * delivered) / 1020000
    window = (1020000 * highest + 479500) / 1499500
    assert figures["value.total_value"].confidence == pytest.approx(value)
    assert figures["value.delivered_value"].confidence == pytest.approx(delivered)
    assert figures["value.ratio"].confidence == pytest.approx((value + 1) / 2)
    assert figures["deal.price_max"].confidence == pytest.approx(highest)
    assert figures["deal.window"].confidence == pytest.approx(window)
    assert figures["deal.our_share"].confidence == pytest.approx((1 + 1 + window) / 3)


def test_service_weighs_each_activity_by_its_cost() -> None:
    text = WHOLE.replace(
        "          per_year: 10\n", "          grade: opinion\n          per_year: 10\n"
    )
    sure = enriched(text).figures["service.cost_to_serve"].confidence
    assert sure == pytest.approx((10000 * 0.3 + 10000) / 20000)


def test_the_catalogue_lends_no_confidence() -> None:
    objects = "[{id: x, activities: [{activity: visit, per_year: 3, grade: fact}]}]"
    cost_to_serve = figure(
        "service.cost_to_serve", f"economics: {{currency: EUR}}\nservice: {{objects: {objects}}}\n"
    )
    assert cost_to_serve.confidence == 1.0


def test_proof_weighs_each_risk_by_its_size() -> None:
    text = WHOLE.replace("    - id: fit\n", "    - id: fit\n      grade: opinion\n")
    text = changed(text, "risk.customer.1.loss", "150000")
    sure = enriched(text, others={"port": PORT}).figures["risk.proof_coverage"].confidence
    assert sure == pytest.approx((10000 * 1.0 + 30000 * 0.3) / 40000)


NOTHING = "{value: 0, grade: fact}"
ALL_OPINION = f"""\
economics:
  currency: EUR
  evidence: {{grade: opinion}}
  price: 10
  production_cost: 4
  marketing_cost: {NOTHING}
  addressable_spend: 10
  attainable_share: 1
  contribution_margin: 1
service: {{evidence: {{grade: fact}}, objects: []}}
risk: {{evidence: {{grade: fact}}, own: [], customer: []}}
"""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("deal.seller_cost", 4),
        ("deal.our_margin", 6),
        ("selection.yearly_profit", 10),
        ("selection.yearly_profit_today", 6),
    ],
)
def test_what_comes_to_nothing_makes_nothing_surer(key: str, value: float) -> None:
    """Costs of 0 are facts, what counts is an opinion: 0.3, however many zeros stand beside it."""
    made = figure(key, ALL_OPINION, status="prospect")
    assert made.value == pytest.approx(value)
    assert made.confidence == pytest.approx(0.3)
