"""How sure a figure without a range is: grades and age; and what never changes a figure."""

from __future__ import annotations

import pytest

from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import account, enriched, figure
from tests.workspace import shipped_text

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


def test_a_figure_counts_with_its_confidence() -> None:
    text = changed(WHOLE, "economics.addressable_spend", "{value: 4000000, grade: opinion}")
    figures = enriched(text).figures
    assert figures["economics.contribution"].confidence == pytest.approx(2.3 / 3)
    # contribution and four costs: five, one of them less sure
    yearly = (2.3 / 3 + 4) / 5
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
    # of price, production and what was billed one is less sure; beside it four costs
    yearly = (2.3 / 3 + 4) / 5
    assert figures["selection.yearly_profit_today"].confidence == pytest.approx(yearly)
    assert figures["selection.retained_profit_today"].confidence == pytest.approx((yearly + 3) / 4)
    assert figures["selection.column"].confidence == pytest.approx(yearly)
    assert figures["tier"].confidence == pytest.approx((1 + yearly) / 2)


def test_a_programme_is_as_sure_as_its_payback_and_cost() -> None:
    text = changed(WHOLE, "economics.development.win_probability", "{value: 0.5, grade: opinion}")
    figures = enriched(text).figures
    # months, chance, monthly contribution, cost: four, one of them less sure
    payback = (0.3 + 3) / 4
    assert figures["selection.programme"].confidence == pytest.approx((payback + 1) / 2)
    assert figures["selection.develop"].confidence == pytest.approx((1 + (payback + 1) / 2) / 2)
    assert figures["selection.column"].confidence == pytest.approx(1.0)


def test_settings_have_no_confidence_and_do_not_count() -> None:
    figures = enriched(without(WHOLE, "economics.discount_rate")).figures
    reason = figures["selection.retained_profit"].reasons[3]
    assert (reason.name, reason.value, reason.confidence) == ("discount_rate", 0.1, None)
    line = shipped_text("thresholds").splitlines().index("discount_rate: 0.10") + 1
    assert reason.setting == f"account-playbooks/thresholds.yaml:{line}"
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


def test_the_catalogue_lends_no_confidence() -> None:
    objects = "[{id: x, activities: [{activity: visit, per_year: 3, grade: fact}]}]"
    cost_to_serve = figure(
        "service.cost_to_serve", f"economics: {{currency: EUR}}\nservice: {{objects: {objects}}}\n"
    )
    assert cost_to_serve.confidence == 1.0
