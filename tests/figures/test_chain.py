"""Figures that rest on figures: what moves at the bottom moves at the top, and the top says so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import account, enriched

FACTOR = 1.12  # two years at 25 %, half of them kept

# A year's costs: marketing 50,000 + service 20,000 + loss 8,000 + measures 1,500 = 79,500.
# Attainable 500,000 - 79,500 = 420,500; today 900,000 * 0.6 - 79,500 = 460,500;
# our full cost 400,000 + 79,500 = 479,500.


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
            489500,
            "service.cost_to_serve",
            30000,
        ),
        (
            "deal.seller_cost",
            "risk.credit.days_late",
            "146",
            481500,
            "risk.own_expected_loss",
            10000,
        ),
        (
            "deal.seller_cost",
            "risk.customer.0.measure_cost",
            "3000",
            481500,
            "risk.measure_cost",
            3500,
        ),
        (
            "deal.our_margin",
            "economics.production_cost",
            "300000",
            620500,
            "deal.seller_cost",
            379500,
        ),
        (
            "deal.our_margin",
            "risk.customer.0.measure_cost",
            "3000",
            518500,
            "deal.seller_cost",
            481500,
        ),
        (
            "deal.floor_price",
            "economics.production_cost",
            "400500",
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
        ("deal.window", "value.values.product", "700000", 440500, "deal.price_max", 920000),
        ("deal.window", "economics.production_cost", "300000", 640500, "deal.seller_cost", 379500),
        (
            "deal.our_share",
            "value.values.product",
            "700000",
            520500 / 440500,
            "deal.window",
            440500,
        ),
        (
            "deal.our_share",
            "economics.production_cost",
            "300000",
            620500 / 640500,
            "deal.seller_cost",
            379500,
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
            1479500,
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
            "selection.yearly_profit",
            "economics.attainable_share",
            "0.5",
            920500,
            "economics.contribution",
            1000000,
        ),
        (
            "selection.yearly_profit",
            "service.objects.0.activities.0.per_year",
            "20",
            410500,
            "service.cost_to_serve",
            30000,
        ),
        (
            "selection.yearly_profit",
            "risk.credit.days_late",
            "146",
            418500,
            "risk.own_expected_loss",
            10000,
        ),
        (
            "selection.yearly_profit",
            "risk.customer.0.measure_cost",
            "3000",
            418500,
            "risk.measure_cost",
            3500,
        ),
        (
            "selection.yearly_profit_today",
            "service.objects.0.activities.0.per_year",
            "20",
            450500,
            "service.cost_to_serve",
            30000,
        ),
        (
            "selection.yearly_profit_today",
            "risk.credit.days_late",
            "146",
            458500,
            "risk.own_expected_loss",
            10000,
        ),
        (
            "selection.yearly_profit_today",
            "risk.customer.0.measure_cost",
            "3000",
            458500,
            "risk.measure_cost",
            3500,
        ),
        (
            "selection.retained_profit",
            "economics.attainable_share",
            "0.5",
            920500 * FACTOR,
            "selection.yearly_profit",
            920500,
        ),
        (
            "selection.retained_profit",
            "economics.marketing_cost",
            "60000",
            410500 * FACTOR,
            "selection.yearly_profit",
            410500,
        ),
        (
            "selection.retained_profit",
            "service.objects.0.activities.0.per_year",
            "20",
            410500 * FACTOR,
            "selection.yearly_profit",
            410500,
        ),
        (
            "selection.retained_profit",
            "risk.credit.days_late",
            "146",
            418500 * FACTOR,
            "selection.yearly_profit",
            418500,
        ),
        (
            "selection.retained_profit",
            "risk.customer.0.measure_cost",
            "3000",
            418500 * FACTOR,
            "selection.yearly_profit",
            418500,
        ),
        # half of 800,000 is left, less 79,500
        (
            "selection.retained_profit_today",
            "economics.price",
            "800000",
            320500 * FACTOR,
            "selection.yearly_profit_today",
            320500,
        ),
        # half of 900,000 is left, less 79,500
        (
            "selection.retained_profit_today",
            "economics.production_cost",
            "500000",
            370500 * FACTOR,
            "selection.yearly_profit_today",
            370500,
        ),
        (
            "selection.retained_profit_today",
            "economics.marketing_cost",
            "60000",
            450500 * FACTOR,
            "selection.yearly_profit_today",
            450500,
        ),
        (
            "selection.retained_profit_today",
            "service.objects.0.activities.0.per_year",
            "20",
            450500 * FACTOR,
            "selection.yearly_profit_today",
            450500,
        ),
        # what could be attained has no part in what is
        (
            "selection.retained_profit_today",
            "economics.contribution_margin",
            "0.25",
            460500 * FACTOR,
            "selection.yearly_profit_today",
            460500,
        ),
        (
            "selection.row",
            "economics.attainable_share",
            "0.01",
            "low",
            "selection.retained_profit",
            (20000 - 79500) * FACTOR,
        ),
        # 900,000 * (1 - 950 / 1,000) = 45,000, less 79,500
        (
            "selection.column",
            "economics.production_cost",
            "950000",
            "long",
            "selection.yearly_profit_today",
            -34500,
        ),
        # 100,000 * 0.6 - 79,500
        (
            "selection.column",
            "economics.revenue.0.amount",
            "100000",
            "long",
            "selection.yearly_profit_today",
            -19500,
        ),
        # 540,000 - 510,500 - 29,500: no profit is not one
        (
            "selection.column",
            "economics.marketing_cost",
            "510500",
            "long",
            "selection.yearly_profit_today",
            0,
        ),
        (
            "selection.column",
            "economics.marketing_cost",
            "510499",
            "short",
            "selection.yearly_profit_today",
            1,
        ),
        # neither growth nor what could be attained moves the column of a customer
        (
            "selection.column",
            "economics.development.win_probability",
            "0.1",
            "short",
            "selection.yearly_profit_today",
            460500,
        ),
        (
            "selection.column",
            "economics.attainable_share",
            "0.01",
            "short",
            "selection.yearly_profit_today",
            460500,
        ),
        # 4 months + 20,000 / (0.1 * 10,000)
        (
            "selection.programme",
            "economics.development.win_probability",
            "0.1",
            "selective",
            "selection.payback_months",
            24,
        ),
        # 4 + 40,000.4 / 5,000
        (
            "selection.programme",
            "economics.development.monthly_cost",
            "10000.1",
            "selective",
            "selection.payback_months",
            12.00008,
        ),
        (
            "selection.programme",
            "economics.development.monthly_cost",
            "10000",
            "go",
            "selection.payback_months",
            12,
        ),
        # 4 + 20,000 / (0.01 * 10,000) = 204, over 36
        (
            "selection.programme",
            "economics.development.win_probability",
            "0.01",
            "stop",
            "selection.payback_months",
            "never",
        ),
        # 4 + 160,000 / 5,000 = 36 is not never yet
        (
            "selection.programme",
            "economics.development.monthly_cost",
            "40000",
            "selective",
            "selection.development_cost",
            160000,
        ),
        (
            "selection.develop",
            "economics.attainable_share",
            "0.1",
            "fast",
            "selection.row",
            "low",
        ),
        (
            "selection.maintain",
            "economics.attainable_share",
            "0.1",
            "selective",
            "selection.row",
            "low",
        ),
        # high and long: the terms first
        (
            "selection.maintain",
            "economics.production_cost",
            "950000",
            "restructure",
            "selection.column",
            "long",
        ),
        # 500,000 - 629,500 and 540,000 - 629,500: low and long
        (
            "selection.maintain",
            "economics.marketing_cost",
            "600000",
            "restructure",
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
        (
            "selection.posture",
            "economics.production_cost",
            "950000",
            "restructure",
            "selection.maintain",
            "restructure",
        ),
        # 500,000 * 0.015
        (
            "service.budget",
            "economics.production_cost",
            "950000",
            7500,
            "selection.maintain",
            "restructure",
        ),
        ("tier", "economics.attainable_share", "0.1", "C", "selection.row", "low"),
        ("tier", "economics.production_cost", "950000", "B", "selection.column", "long"),
        ("tier", "economics.marketing_cost", "600000", "D", "selection.column", "long"),
        ("tier", "economics.development.win_probability", "0.1", "A", "selection.column", "short"),
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
            "economics.production_cost",
            "950000",
            ("promoter", "promoter"),
            "relationship.rung",
            "promoter",
        ),
    ],
)
def test_what_moves_below(
    key: str, dotted: str, new: str, expected: Any, through: str, then: Any
) -> None:
    _moves(changed(WHOLE, dotted, new), key, expected, through, then)


def _moves(text: str, key: str, expected: Any, through: str, then: Any) -> None:
    """A figure has the value expected, or any but that of before, and says through what."""
    figures = enriched(text, others={"port": PORT}).figures
    figure = figures[key]
    if expected is None:
        assert figure.value != enriched(WHOLE, others={"port": PORT}).figures[key].value
    else:
        assert _same(figure.value, expected)
    reason = next(why for why in figure.reasons if why.name == through)
    assert reason.value == figures[through].value
    assert reason.confidence == figures[through].confidence
    if then is not None:
        assert _same(reason.value, then)


def _same(value: Any, expected: Any) -> bool:
    if isinstance(expected, (int, float)) and not isinstance(expected, bool):
        return bool(value == pytest.approx(expected))
    return bool(value == expected)


# Whom we do not have is judged by what winning it takes
@pytest.mark.parametrize("status", ["prospect", "former"])
@pytest.mark.parametrize(
    ("key", "dotted", "new", "expected", "through", "then"),
    [
        # as it is: 4 + 20,000 / (0.5 * 10,000), and 420,500 * 1.12
        (
            "selection.column",
            "economics.development.months",
            "4",
            "short",
            "selection.payback_months",
            8,
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
            "selection.column",
            "economics.development.monthly_cost",
            "40000",
            "long",
            "selection.development_cost",
            160000,
        ),
        (
            "selection.column",
            "economics.attainable_share",
            "0.01",
            "long",
            "selection.retained_profit",
            (20000 - 79500) * FACTOR,
        ),
        # what it would bring as it is has no part in it
        (
            "selection.column",
            "economics.production_cost",
            "950000",
            "short",
            "selection.retained_profit",
            420500 * FACTOR,
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
            "selection.develop",
            "economics.attainable_share",
            "0.1",
            "fast",
            "selection.row",
            "low",
        ),
        (
            "selection.develop",
            "economics.attainable_share",
            "0.01",
            "drop",
            "selection.column",
            "long",
        ),
        # the word for customers alone is not theirs
        (
            "selection.maintain",
            "economics.development.win_probability",
            "0.1",
            "all_out",
            "selection.column",
            "long",
        ),
        (
            "selection.posture",
            "economics.development.win_probability",
            "0.1",
            "selective",
            "selection.develop",
            "selective",
        ),
        ("tier", "economics.development.win_probability", "0.1", "B", "selection.column", "long"),
        ("tier", "economics.attainable_share", "0.1", "C", "selection.row", "low"),
        ("tier", "economics.attainable_share", "0.01", "D", "selection.column", "long"),
    ],
)
def test_what_moves_below_whom_we_do_not_have(
    *, status: str, key: str, dotted: str, new: str, expected: Any, through: str, then: Any
) -> None:
    text = changed(changed(WHOLE, "account.status", status), dotted, new)
    _moves(text, key, expected, through, then)


@pytest.mark.parametrize("status", ["prospect", "former"])
def test_a_growth_programme_is_for_customers(status: str) -> None:
    text = changed(WHOLE, "account.status", status)
    figure = enriched(text, others={"port": PORT}).figures["selection.programme"]
    assert (figure.value, figure.missing, figure.note) == (None, (), "customers only")


@pytest.mark.parametrize(
    ("dotted", "new", "programme", "develop", "cell"),
    [
        ("economics.development.win_probability", "0.5", "go", "all_out", "high_short"),
        ("economics.development.win_probability", "0.1", "selective", "selective", "high_long"),
        ("economics.development.win_probability", "0.01", "stop", "selective", "high_long"),
        # a loss today does not stop the growth: 900,000 * 0.05 - 79,500
        ("economics.production_cost", "950000", "go", "all_out", "high_short"),
    ],
)
def test_a_customer_is_developed_by_row_and_programme(
    dotted: str, new: str, programme: str, develop: str, cell: str
) -> None:
    figures = enriched(changed(WHOLE, dotted, new), others={"port": PORT}).figures
    assert figures["selection.programme"].value == programme
    word = figures["selection.develop"]
    assert word.value == develop
    assert [reason.name for reason in word.reasons] == [
        "selection.row",
        "selection.programme",
        f"cells.{cell}.develop",
    ]


def test_the_word_to_develop_shows_the_programme_as_it_is() -> None:
    figures = enriched(WHOLE, others={"port": PORT}).figures
    reason = figures["selection.develop"].reasons[1]
    assert (reason.name, reason.value) == ("selection.programme", "go")


def test_a_small_customer_without_a_worthwhile_programme_is_dropped_from_growth() -> None:
    text = changed(WHOLE, "economics.development.win_probability", "0.1")
    text = changed(text, "economics.attainable_share", "0.1")
    figures = enriched(text, others={"port": PORT}).figures
    # 4,000,000 * 0.1 * 0.5 - 79,500 = 120,500, * 1.12: below 250,000
    assert figures["selection.retained_profit"].value == pytest.approx(134960)
    assert figures["selection.develop"].value == "drop"
    assert figures["selection.maintain"].value == "selective"


@pytest.mark.parametrize(("monthly", "word"), [("37500", "go"), ("37501", "selective")])
def test_a_dear_programme_does_not_simply_go_ahead(monthly: str, word: str) -> None:
    # paid back soon enough: 4 + 150,004 / (0.5 * 100,000) = 7
    text = changed(WHOLE, "economics.development.monthly_contribution", "100000")
    text = changed(text, "economics.development.monthly_cost", monthly)
    figures = enriched(text, others={"port": PORT}).figures
    assert figures["selection.payback_months"].value == pytest.approx(7, abs=0.001)
    assert figures["selection.programme"].value == word


@pytest.mark.parametrize(
    "key",
    [
        "selection.programme",
        "selection.develop",
        "selection.payback_months",
        "selection.development_cost",
        "selection.mature",
    ],
)
def test_without_a_programme_nothing_is_lacking(key: str) -> None:
    figures = enriched(without(WHOLE, "economics.development"), others={"port": PORT}).figures
    figure = figures[key]
    assert (figure.value, figure.confidence, figure.missing) == (None, None, ())
    assert figure.note == "no growth programme"
    assert (figures["tier"].value, figures["selection.posture"].value) == ("A", "all_out")


PART = "      to: 2026-05-26\n"  # 146 days of 365: 0.4
NOW = f"    - year: 2026\n{PART}      amount: 260000\n"
THEN = "    - year: 2025\n      to: 2025-05-26\n      amount: 300000\n"


@pytest.mark.parametrize(
    ("more", "profit"),
    [
        # 900,000 + 260,000 - 0.4 * 900,000 = 800,000, * 0.6 - 79,500
        (NOW, 400500),
        # 900,000 + 260,000 - 300,000 = 860,000, * 0.6 - 79,500
        (NOW + THEN, 436500),
        # 900,000 + 500,000 - 360,000 = 1,040,000, but never more than the price
        (NOW.replace("260000", "500000"), 520500),
        # 73 days are too few to be compared: 900,000 * 0.6 - 79,500
        (NOW.replace("05-26", "03-14"), 460500),
    ],
)
def test_what_is_billed_over_a_year(more: str, profit: float) -> None:
    text = WHOLE.replace("    - year: 2025\n", f"{more}    - year: 2025\n")
    figures = enriched(text, others={"port": PORT}).figures
    assert figures["selection.yearly_profit_today"].value == pytest.approx(profit)
    assert figures["selection.retained_profit_today"].value == pytest.approx(profit * FACTOR)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("selection.row", ["retained_profit.cut_off"]),
        ("selection.programme", ["development.payback_months", "development.cost_limit"]),
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
        assert path.startswith(("account-playbooks/", "site_config/"))
        assert int(line) > 0


@pytest.mark.parametrize(
    ("key", "threshold"),
    [
        ("risk.clause_gaps", 5000),
        ("service.alignment", 0.75),
        ("selection.row", 250000),
        ("selection.mature", 70),
        ("selection.programme", 12),
        ("selection.programme", 150000),
        ("risk.proof_coverage", 0.7),
        ("relationship.rung", 12),
    ],
)
def test_thresholds_stand_beside_what_they_judge(key: str, threshold: float) -> None:
    figure = enriched(WHOLE, others={"port": PORT}).figures[key]
    judged = [reason for reason in figure.reasons if reason.threshold == threshold]
    assert judged
    assert all(reason.setting for reason in judged)


def test_the_word_for_customers_is_a_reason_with_its_line() -> None:
    text = changed(WHOLE, "economics.production_cost", "950000")
    figure = enriched(text, others={"port": PORT}).figures["selection.maintain"]
    setting = figure.reasons[-1]
    assert (setting.name, setting.value) == ("cells.high_long.maintain_customers", "restructure")
    assert setting.setting is not None


def test_the_column_of_a_customer_shows_its_limit() -> None:
    figure = enriched(WHOLE, others={"port": PORT}).figures["selection.column"]
    assert [(reason.name, reason.threshold) for reason in figure.reasons] == [
        ("selection.yearly_profit_today", 0)
    ]


@pytest.mark.parametrize("status", ["prospect", "former"])
def test_the_column_shows_all_three_limits(status: str) -> None:
    text = changed(WHOLE, "account.status", status)
    figure = enriched(text, others={"port": PORT}).figures["selection.column"]
    settings = [reason.name for reason in figure.reasons if reason.setting and not reason.threshold]
    assert settings[-2:] == ["development.payback_months", "development.cost_limit"]
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
        ("deal.our_margin", "deal.seller_cost", "EUR a year"),
        ("risk.measure_cost", "risk.customer.late.measure_cost", "EUR a year"),
        ("selection.yearly_profit_today", "economics.price", "EUR a year"),
        ("selection.yearly_profit_today", "economics.revenue.2025", "EUR"),
        ("selection.retained_profit_today", "selection.yearly_profit_today", "EUR a year"),
        ("service.cost_to_serve", "service.objects.board.activities.visit.hours", "hours"),
        ("service.cost_to_serve", "service.objects.board.activities.visit.rate", "EUR an hour"),
        ("selection.development_cost", "economics.development.months", "months"),
        ("selection.yearly_profit", "risk.own_expected_loss", "EUR a year"),
        ("selection.retained_profit", "selection.yearly_profit", "EUR a year"),
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
        ("risk.measure_cost", "EUR a year"),
        ("risk.proof_coverage", "share"),
        ("service.weights", "share"),
        ("service.cost_to_serve", "EUR a year"),
        ("service.budget", "EUR a year"),
        ("revenue.last_year", "EUR"),
        ("revenue.growth", "share"),
        ("value.total_value", "EUR a year"),
        ("value.ratio", None),
        ("deal.our_margin", "EUR a year"),
        ("deal.window", "EUR a year"),
        ("deal.our_share", "share"),
        ("selection.development_cost", "EUR"),
        ("selection.payback_months", "months"),
        ("selection.yearly_profit", "EUR a year"),
        ("selection.yearly_profit_today", "EUR a year"),
        ("selection.retained_profit", "EUR"),
        ("selection.programme", None),
        ("tier", None),
        ("relationship.threads", "contacts"),
        ("offerings.whitespace", "EUR a year"),
        ("rsvr.completeness", "of 100"),
        ("completeness", "of 100"),
    ],
)
def test_figures_have_units(key: str, unit: str | None) -> None:
    assert account(WHOLE, others={"port": PORT}).figures[key].unit == unit
