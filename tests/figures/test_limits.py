"""Every limit: at it, just below, just above. Days: on the last day, and on the day after."""

from __future__ import annotations

import datetime

import pytest

from generator.figures.figure import exceeds, reaches
from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import TODAY, enriched, figure, settings
from tests.workspace import shipped_text

QUESTIONS = (
    "target",
    "satisfaction",
    "brand",
    "need",
    "solution",
    "money",
    "authority",
    "competition",
    "comparison",
    "trend",
)


def days_ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


def answers(scores: str, more: str = "") -> str:
    """Ten answers, one digit each; '-' leaves one out, '?' is an honest unknown."""
    lines = []
    for name, score in zip(QUESTIONS, scores, strict=True):
        if score == "?":
            lines.append(f"  {name}: {{unknown: true, owner: kim-larsen, find_by: 2026-12-31}}")
        elif score != "-":
            lines.append(f"  {name}: {{score: {score}{more}}}")
    return "qualification:\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("scores", "score", "verdict"),
    [
        ("2221211111", 70, "pursue"),
        ("2221111111", 65, "find_out"),
        ("1111111111", 50, "find_out"),
        ("0111111111", 45, "park"),
        ("2222222222", 100, "pursue"),
        ("2220222222", 90, "not_qualified"),
        ("0000000000", 0, "not_qualified"),
        ("2222202222", 90, "not_qualified"),
        ("2222220222", 90, "not_qualified"),
        ("2222222-22", 90, "pursue"),
        ("222222-222", 90, "find_out"),
        ("22222?2222", 90, "find_out"),
        ("222-222222", 90, "find_out"),
        ("111---1111", 35, "park"),
        ("111-10111-", 35, "not_qualified"),
    ],
)
def test_verdict(scores: str, score: float, verdict: str) -> None:
    sections = answers(scores)
    assert figure("qualification.score", sections).value == score
    assert figure("qualification.verdict", sections).value == verdict
    is_mature = verdict != "not_qualified" and score >= 70
    planned = f"{sections}economics: {{currency: EUR, development: {{months: 1}}}}\n"
    assert figure("selection.mature", planned).value is is_mature
    assert figure("selection.mature", sections, status="prospect").value is is_mature
    # nobody asks whether a customer is ready to be grown whom we do not mean to grow
    unasked = figure("selection.mature", sections)
    assert (unasked.value, unasked.missing, unasked.note) == (None, (), "no growth programme")


@pytest.mark.parametrize(
    ("scores", "still_open"),
    [
        ("2222222222", ()),
        ("222-222222", ("need",)),
        ("22222?2222", ("money",)),
        ("222-2--222", ("need", "money", "authority")),
        ("-------222", ("need", "money", "authority")),
    ],
)
def test_open_questions(scores: str, still_open: tuple[str, ...]) -> None:
    assert figure("qualification.open", answers(scores)).value == still_open


@pytest.mark.parametrize(
    ("status", "days", "score"),
    [
        ("prospect", 180, 100),
        ("prospect", 181, 50),
        ("former", 180, 100),
        ("former", 181, 50),
        ("customer", 365, 100),
        ("customer", 366, 50),
    ],
)
def test_an_old_answer_counts_one_point_less(status: str, days: int, score: float) -> None:
    sections = answers("2222222222", f", as_of: {days_ago(days)}")
    qualification_score = figure("qualification.score", sections, status=status)
    assert qualification_score.value == score


@pytest.mark.parametrize(
    ("status", "setting"),
    [
        ("prospect", "  answer_days: 180"),
        ("former", "  answer_days: 180"),
        ("customer", "  answer_days_customer: 365"),
    ],
)
def test_an_old_answer_says_what_it_lost_and_by_which_setting(status: str, setting: str) -> None:
    sections = answers("2222222222", f", as_of: {days_ago(366)}")
    reason = figure("qualification.score", sections, status=status).reasons[0]
    days = setting.rpartition(" ")[2]
    assert reason.note == f"older than {days} days: counts one point less"
    line = shipped_text("scoring").splitlines().index(setting) + 1
    assert reason.setting == f"account-playbooks/scoring.yaml:{line}"
    assert (reason.value, reason.confidence) == (2, 0.3)


def test_an_old_answer_of_0_stays_0_and_a_1_that_fades_is_no_knock_out() -> None:
    sections = answers("0001011000", f", as_of: {days_ago(200)}")
    assert figure("qualification.score", sections, status="prospect").value == 0
    assert figure("qualification.knock_outs", sections, status="prospect").value == ()


def test_an_undated_answer_ages_from_the_review() -> None:
    score = figure(
        "qualification.score",
        answers("2222222222"),
        status="prospect",
        today=datetime.date(2026, 10, 1) + datetime.timedelta(days=181),
    )
    assert score.value == 50


def test_posture_of_a_customer_is_to_maintain() -> None:
    text = changed(WHOLE, "economics.addressable_spend", "1000000")
    assert enriched(text).figures["selection.row"].value == "low"
    assert enriched(text).figures["selection.posture"].value == "selective"


@pytest.mark.parametrize(
    ("addressable", "production", "maintain", "budget", "rungs"),
    [
        ("4000000", "400000", "all_out", 500000 * 0.08, ("recommender", "partner")),
        ("1000000", "400000", "selective", 125000 * 0.04, ("customer", "promoter")),
        # 25,000 - 79,500 can be attained, and still we earn by them today
        ("200000", "400000", "selective", 25000 * 0.04, ("customer", "promoter")),
        # of 900,000 billed nothing is left
        ("200000", "1000000", "restructure", 25000 * 0.015, ("promoter", "promoter")),
        ("4000000", "1000000", "restructure", 500000 * 0.015, ("promoter", "promoter")),
    ],
)
def test_what_a_maintain_word_asks_for(
    addressable: str, production: str, maintain: str, budget: float, rungs: tuple[str, str]
) -> None:
    text = changed(WHOLE, "economics.addressable_spend", addressable)
    figures = enriched(changed(text, "economics.production_cost", production)).figures
    assert figures["selection.maintain"].value == maintain
    assert figures["service.budget"].value == pytest.approx(budget)
    assert figures["relationship.target_rung"].value == rungs


@pytest.mark.parametrize("status", ["prospect", "former"])
def test_only_customers_have_a_service_budget(status: str) -> None:
    budget = enriched(changed(WHOLE, "account.status", status)).figures["service.budget"]
    assert (budget.value, budget.missing, budget.note) == (None, (), "customers only")


def test_a_customer_without_a_growth_programme_has_nothing_to_pay_back() -> None:
    for key in ("development_cost", "payback_months", "programme", "develop"):
        made = figure(f"selection.{key}", "economics: {currency: EUR}\n")
        assert (made.value, made.note) == (None, "no growth programme")
        assert (made.missing, made.reasons) == ((), ())
        for status in ("prospect", "former"):
            theirs = figure(f"selection.{key}", "economics: {currency: EUR}\n", status=status)
            assert theirs.value is None
            if key == "programme":
                assert (theirs.note, theirs.missing) == ("customers only", ())
            else:
                assert theirs.note is None
                assert "economics.development.months" in theirs.missing


def growing(cost: str, chance: str, monthly: str, currency: str = "EUR") -> str:
    """A customer whom it takes ten months at such a cost to grow."""
    return (
        f"economics: {{currency: {currency}, development: {{monthly_cost: {cost}, months: 10,"
        f" win_probability: {chance}, monthly_contribution: {monthly}}}}}\n"
    )


@pytest.mark.parametrize(
    ("cost", "chance", "monthly", "payback", "verdict"),
    [
        # 10 + 10,000 / (0.5 x 10,000), and a little more or less
        ("1000", "0.5", "10000", 12, "go"),
        ("995", "0.5", "10000", 11.99, "go"),
        ("1005", "0.5", "10000", 12.01, "selective"),
        # 150,000, and a little more or less; back in 10 + 150,000 / (0.5 x 200,000)
        ("15000", "0.5", "200000", 11.5, "go"),
        ("14999.99", "0.5", "200000", 11.499999, "go"),
        ("15000.01", "0.5", "200000", 11.500001, "selective"),
        # both over: 10 + 200,000 / (0.5 x 40,000)
        ("20000", "0.5", "40000", 20, "selective"),
        # 10 + 13,000 / (0.5 x 1,000) is the longest that is not never
        ("1300", "0.5", "1000", 36, "selective"),
        ("1300.5", "0.5", "1000", "never", "stop"),
        ("1000", "0", "10000", "never", "stop"),
        ("1000", "0.5", "0", "never", "stop"),
        # what costs nothing is back when it is done, if it brings anything at all
        ("0", "0.5", "1", 10, "go"),
        ("0", "0.5", "0", "never", "stop"),
    ],
)
def test_a_programme_goes_ahead_within_both_limits(
    cost: str, chance: str, monthly: str, payback: float | str, verdict: str
) -> None:
    sections = growing(cost, chance, monthly)
    back = figure("selection.payback_months", sections).value
    assert back == (payback if isinstance(payback, str) else pytest.approx(payback, abs=1e-9))
    assert figure("selection.programme", sections).value == verdict


@pytest.mark.parametrize(("cost", "verdict"), [("30000", "go"), ("30000.01", "selective")])
def test_the_cost_limit_is_in_the_reporting_currency(cost: str, verdict: str) -> None:
    # at 0.5 for one, 300,000 are the 150,000
    sections = growing(cost, "0.5", "400000", currency="USD")
    assert figure("selection.programme", sections).value == verdict


def test_what_a_programme_lacks() -> None:
    half = "economics: {currency: EUR, development: {monthly_cost: 1, months: 1}}\n"
    programme = figure("selection.programme", half)
    assert (programme.value, programme.note) == (None, None)
    assert programme.missing == (
        "economics.development.win_probability",
        "economics.development.monthly_contribution",
    )


@pytest.mark.parametrize(
    ("addressable", "cost", "word"),
    [
        # 4 + 20,000 / (0.5 x 10,000) = 8: go; 4 + 60,000 / 5,000 = 16: selective;
        # 4 + 164,000 / 5,000 = 36.8: stop
        ("4000000", "5000", "all_out"),
        ("4000000", "15000", "selective"),
        ("4000000", "41000", "selective"),
        ("1000000", "5000", "fast"),
        ("1000000", "15000", "drop"),
        ("1000000", "41000", "drop"),
    ],
)
@pytest.mark.parametrize("production", ["400000", "1000000"])
def test_a_customer_is_developed_by_row_and_programme(
    addressable: str, cost: str, word: str, production: str
) -> None:
    text = changed(WHOLE, "economics.addressable_spend", addressable)
    text = changed(text, "economics.development.monthly_cost", cost)
    # whether we earn by them today plays no part in it
    text = changed(text, "economics.production_cost", production)
    assert enriched(text).figures["selection.develop"].value == word


NO_CREDIT = (
    "credit: {receivable: 0, days_late: 0, default_probability: 0, loss_given_default: 0,"
    " cost_of_capital: 0}"
)
MEASURE = "{id: late, probability: 0, loss: 0, measure: m, effectiveness: 0, measure_cost: 10}"
LOSS = "{id: misuse, probability: 0.5, loss: 40}"
OBJECT = "{id: a, activities: [{activity: visit, per_year: 1, hours: 1, rate: 3, expense: 2}]}"
FULL = "{year: 2025, amount: 50}, {year: 2024, amount: 900}"


def earning(
    marketing: str, revenue: str = "", theirs: str = "", ours: str = "", objects: str = ""
) -> str:
    """A customer at a price of 100, of which 40 are production."""
    billed = f", revenue: [{revenue}]" if revenue else ""
    return (
        "economics: {currency: EUR, price: 100, production_cost: 40,"
        f" marketing_cost: {marketing}{billed}}}\nservice: {{objects: [{objects}]}}\n"
        f"risk: {{customer: [{theirs}], own: [{ours}], {NO_CREDIT}}}\n"
    )


@pytest.mark.parametrize(
    ("customer", "even"),
    [
        # the price of 100 leaves 60
        ({}, 60),
        # less 10 for a measure, 0.5 x 40 that we may lose, 1 x 3 + 2 for service
        ({"theirs": MEASURE}, 50),
        # a measure whose cost is not written counts 0
        ({"theirs": MEASURE.replace(", measure_cost: 10", "")}, 60),
        ({"ours": MEASURE.replace(", measure_cost: 10", "")}, 60),
        ({"ours": LOSS}, 40),
        ({"objects": OBJECT}, 55),
        # of what was billed 60 % are left: of 50, and of the price where more was billed
        ({"revenue": FULL}, 30),
        ({"revenue": "{year: 2025, amount: 900}"}, 60),
        # a year that is not the last says nothing
        ({"revenue": "{year: 2024, amount: 50}"}, 60),
        # 50 + 40 - 20 = 70 over the year up to the end of June
        (
            {
                "revenue": f"{FULL}, {{year: 2026, to: 2026-06-30, amount: 40}},"
                " {year: 2025, to: 2025-06-30, amount: 20}"
            },
            42,
        ),
        # 73 days are too few to be compared; 146 of 365 days of 50 are 20: again 50 + 40 - 20
        ({"revenue": f"{FULL}, {{year: 2026, to: 2026-03-14, amount: 40}}"}, 30),
        ({"revenue": f"{FULL}, {{year: 2026, to: 2026-05-26, amount: 40}}"}, 42),
    ],
)
def test_a_customers_column_is_short_with_a_profit_today(
    customer: dict[str, str], even: float
) -> None:
    for marketing, column in ((even, "long"), (even - 0.01, "short"), (even + 0.01, "long")):
        sections = earning(f"{marketing:.2f}", **customer)
        today = figure("selection.yearly_profit_today", sections).value
        assert today == pytest.approx(even - marketing, abs=1e-9)
        made = figure("selection.column", sections)
        # neither a programme nor what we expect of them is written, and neither is missing
        assert (made.value, made.missing) == (column, ())


@pytest.mark.parametrize("lacks", ["price", "production_cost", "marketing_cost"])
def test_what_a_customers_column_lacks(lacks: str) -> None:
    made = enriched(without(WHOLE, f"economics.{lacks}")).figures["selection.column"]
    assert (made.value, made.missing) == (None, (f"economics.{lacks}",))


def test_a_customers_column_is_the_same_whatever_growing_them_takes() -> None:
    dear = changed(WHOLE, "economics.development.monthly_cost", "9000000")
    poor = changed(WHOLE, "economics.addressable_spend", "0")
    for text in (dear, poor, without(WHOLE, "economics.development")):
        assert enriched(text).figures["selection.column"].value == "short"
        prospect = enriched(changed(text, "account.status", "prospect")).figures
        assert prospect["selection.column"].value != "short"


@pytest.mark.parametrize("status", ["prospect", "former"])
@pytest.mark.parametrize(
    ("dotted", "new", "column"),
    [
        # 4 + 40,000 / (0.5 x 10,000) = 12, and a little more
        ("economics.development.monthly_cost", "10000", "short"),
        ("economics.development.monthly_cost", "10012.5", "long"),
        # nothing is left of the price: what we earn today plays no part
        ("economics.production_cost", "1000000", "short"),
        # 0.125 x 636,000 = 50,000 + 20,000 + 8,000 + 1,500, and a little more
        ("economics.addressable_spend", "636000", "long"),
        ("economics.addressable_spend", "636001", "short"),
    ],
)
def test_the_column_of_others_goes_by_payback_and_expected_profit(
    status: str, dotted: str, new: str, column: str
) -> None:
    text = changed(changed(WHOLE, "account.status", status), dotted, new)
    assert enriched(text).figures["selection.column"].value == column


@pytest.mark.parametrize("status", ["prospect", "former"])
@pytest.mark.parametrize(
    ("cost", "column"),
    # 4 x 37,500 = 150,000; back in 4 + 150,000 / (0.5 x 100,000) = 7
    [("37500", "short"), ("37500.01", "long")],
)
def test_the_column_of_others_goes_by_cost(status: str, cost: str, column: str) -> None:
    text = changed(WHOLE, "account.status", status)
    text = changed(text, "economics.development.monthly_contribution", "100000")
    text = changed(text, "economics.development.monthly_cost", cost)
    assert enriched(text).figures["selection.column"].value == column


@pytest.mark.parametrize(
    ("status", "maintain", "posture"),
    [
        ("customer", "restructure", "restructure"),
        ("prospect", "all_out", "selective"),
        ("former", "all_out", "selective"),
    ],
)
def test_only_a_customer_of_high_profit_and_a_loss_today_is_restructured(
    status: str, maintain: str, posture: str
) -> None:
    # nothing is left of the price, and 4 x 40,000 is above the limit: long for all
    text = changed(WHOLE, "account.status", status)
    text = changed(text, "economics.production_cost", "1000000")
    text = changed(text, "economics.development.monthly_cost", "40000")
    figures = enriched(text).figures
    cell = (figures["selection.row"].value, figures["selection.column"].value)
    assert cell == ("high", "long")
    words = tuple(figures[key].value for key in ("tier", "selection.maintain", "selection.develop"))
    assert words == ("B", maintain, "selective")
    assert figures["selection.posture"].value == posture


@pytest.mark.parametrize(
    ("loss", "gaps"), [("50000", ()), ("50000.01", ("x",)), ("49999.99", ()), ("60000", ("x",))]
)
def test_clauses_are_asked_for_above_the_threshold(loss: str, gaps: tuple[str, ...]) -> None:
    risk = f"economics: {{currency: EUR}}\nrisk: {{own: [{{id: x, probability: 0.1, loss: {loss}}}]}}\n"
    assert figure("risk.clause_gaps", risk).value == gaps


@pytest.mark.parametrize(
    ("clauses", "gaps"),
    [
        ("", ("x",)),
        (", preventive_clause: a", ("x",)),
        (", liability_clause: b", ("x",)),
        (", preventive_clause: a, liability_clause: b", ()),
    ],
)
def test_both_clauses_are_needed_and_are_reasons(clauses: str, gaps: tuple[str, ...]) -> None:
    entry = f"{{id: x, class: payment, probability: 0.1, loss: 60000{clauses}}}"
    clause_gaps = figure(
        "risk.clause_gaps", f"economics: {{currency: EUR}}\nrisk: {{own: [{entry}]}}\n"
    )
    assert clause_gaps.value == gaps
    named = {reason.name.removeprefix("risk.own.x.") for reason in clause_gaps.reasons}
    assert named - {"probability", "loss"} == {
        clause.split(":")[0].strip() for clause in clauses.split(",") if clause.strip()
    }


@pytest.mark.parametrize(
    ("weights", "tiers"),
    [
        ((0.30, 0.70), "AA"),
        ((0.29999, 0.70001), "BA"),
        ((0.15, 0.85), "BA"),
        ((0.14999, 0.85001), "CA"),
        ((0.1, 0.2, 0.3, 0.4), "CBAA"),
    ],
)
def test_service_tiers_by_weight(weights: tuple[float, ...], tiers: str) -> None:
    entries = ", ".join(
        f"{{id: o{index}, weight: {{value: {weight}, reason: r}}}}"
        for index, weight in enumerate(weights)
    )
    service_tiers = figure("service.tiers", f"service: {{objects: [{entries}]}}\n").value
    assert "".join(service_tiers.values()) == tiers


@pytest.mark.parametrize(
    ("levels", "tiers"),
    [
        # six objects go by weight, seven and more by rank
        ((1, 1, 1, 1, 1, 1), "BBBBBB"),
        ((1, 1, 1, 1, 1, 1, 1), "AAABBBC"),
        ((1, 2, 3, 4, 5, 1, 1), "BBAAABC"),
        ((1, 1, 1, 1, 1, 1, 1, 5), "AABBBCCA"),
        ((5, 4, 3, 3, 3, 3, 3, 3, 3, 3), "AAAABBBBCC"),
    ],
)
def test_with_many_objects_tiers_go_by_rank(levels: tuple[int, ...], tiers: str) -> None:
    entries = ", ".join(
        f"{{id: o{index}, importance: {{level: {level}, stage: 1, role: 1}}}}"
        for index, level in enumerate(levels)
    )
    service_tiers = figure("service.tiers", f"service: {{objects: [{entries}]}}\n").value
    assert "".join(service_tiers.values()) == tiers


def test_the_first_condition_is_a_gain_above_0() -> None:
    assert [
        (reason.name, reason.threshold)
        for reason in enriched(WHOLE).figures["deal.verdict"].reasons
    ] == [
        ("value.delivered_value", 0),
        ("economics.price", None),
        ("deal.seller_cost", None),
    ]


def test_the_blur_of_arithmetic_decides_nothing() -> None:
    assert reaches(0.1 + 0.2, 0.3)
    assert reaches(0.3, 0.1 + 0.2)
    assert not exceeds(0.1 + 0.2, 0.3)
    assert exceeds(0.31, 0.3)
    assert not reaches(0.29, 0.3)


# Windows of days


@pytest.mark.parametrize(
    ("day", "threads"),
    [
        (days_ago(0), 1),
        (days_ago(90), 1),
        (days_ago(91), 0),
        (days_ago(-1), 0),
    ],
)
def test_a_thread_is_younger_than_the_window(day: datetime.date, threads: int) -> None:
    sections = (
        "relationship:\n  contacts: [{id: a}]\n"
        f"  interactions: [{{date: {day}, contacts: [a], two_way: true}}]\n"
    )
    assert figure("relationship.threads", sections).value == threads


@pytest.mark.parametrize(
    ("day", "rung"),
    [
        (datetime.date(2025, 11, 23), "promoter"),
        (datetime.date(2025, 11, 22), "customer"),
        (TODAY, "promoter"),
        (TODAY + datetime.timedelta(days=1), "customer"),
    ],
)
def test_a_gate_holds_for_twelve_months(day: datetime.date, rung: str) -> None:
    text = changed(WHOLE, "relationship.gates.promoter.confirmed", str(day))
    assert enriched(text).figures["relationship.rung"].value == rung


@pytest.mark.parametrize(
    ("section", "days"),
    [
        ("economics: {addressable_spend: {value: 1, as_of: %s}}\n", 365),
        ("risk: {customer: [{id: a, probability: {value: 1, as_of: %s}, loss: 2}]}\n", 180),
        ("service: {evidence: {as_of: %s}, objects: [{id: a, weight: {value: 1}}]}\n", 180),
        ("value: {evidence: {as_of: %s}, standard: [{item: a, weight: 1}]}\n", 180),
        ("relationship: {evidence: {as_of: %s}, promises: [{what: a, due: 2026-10-10}]}\n", 90),
    ],
)
@pytest.mark.parametrize("late", [0, 1])
def test_past_its_shelf_life_evidence_counts_half(section: str, days: int, late: int) -> None:
    figures = enriched(
        "schema: 1\naccount: {name: Acme, status: customer, reviewed: 2026-11-23}\nsummary: S.\n"
        + section % days_ago(days + late)
    ).figures
    dated = [
        reason
        for figure in figures.values()
        for reason in figure.reasons
        if reason.as_of == days_ago(days + late)
    ]
    assert dated
    assert {(reason.confidence, reason.stale) for reason in dated} == {
        (0.3, True) if late else (0.6, False)
    }


def test_the_proof_of_a_like_customer_begins_at_seven_tenths() -> None:
    # industry near 0.2, use 0.3, size 0.2 are 0.7; with the neighbouring size 0.6
    text = changed(changed(WHOLE, "account.industry", "shipping"), "account.region", "apac")
    proof_coverage = enriched(text, others={"port": PORT}).figures["risk.proof_coverage"]
    assert (proof_coverage.value, proof_coverage.missing) == (0.5, ())
    text = changed(text, "account.size", "medium")
    assert enriched(text, others={"port": PORT}).figures["risk.proof_coverage"].value == 0


def test_thresholds_are_settings() -> None:
    thresholds = shipped_text("thresholds")
    assert "cut_off: 250000" in thresholds
    lower = settings(thresholds=thresholds.replace("cut_off: 250000", "cut_off: 100"))
    # 87,500 - 79,500 = 8,000 a year, 8,960 in all
    text = changed(WHOLE, "economics.addressable_spend", "700000")
    assert enriched(text).figures["selection.row"].value == "low"
    row = enriched(text, with_=lower).figures["selection.row"]
    assert row.value == "high"
    assert row.reasons[0].threshold == 100


def test_the_cut_off_may_be_the_portfolios_median() -> None:
    thresholds = shipped_text("thresholds")
    median = settings(thresholds=thresholds.replace("mode: absolute", "mode: median"))
    others = {
        "small": changed(WHOLE, "economics.addressable_spend", "400000"),
        "large": changed(WHOLE, "economics.addressable_spend", "40000000"),
    }
    assert enriched(WHOLE, others=others, with_=median).figures["selection.row"].value == "high"
    low = changed(WHOLE, "economics.addressable_spend", "399000")
    assert enriched(low, others=others, with_=median).figures["selection.row"].value == "low"


def test_the_median_is_of_profits_that_are_known_in_one_currency() -> None:
    thresholds = shipped_text("thresholds")
    median = settings(thresholds=thresholds.replace("mode: absolute", "mode: median"))
    dear = changed(WHOLE, "economics.addressable_spend", "4200000")
    others = {
        # (525,000 - 79,500)·1.12 = 498,960 dollars are 249,480 euro; yuan have no rate yet
        "dollars": changed(dear, "economics.currency", "USD"),
        "yuan": changed(dear, "economics.currency", "CNY"),
        "unknown": without(WHOLE, "economics.retention"),
    }
    row = enriched(WHOLE, others=others, with_=median).figures["selection.row"]
    assert row.reasons[0].threshold == pytest.approx((470_960 + 249_480) / 2)
    # where no profit is known the middle is 0
    row = enriched(others["unknown"], with_=median).figures["selection.row"]
    assert (row.value, row.missing) == (None, ("economics.retention",))
    assert row.reasons[-1].value == 0


@pytest.mark.parametrize(
    ("due", "kept", "reasons"),
    [
        ("2026-11-23", 0, [("due", None)]),
        ("2026-11-24", None, [("due", "not due yet")]),
    ],
)
def test_what_is_due_today_is_due(
    due: str, kept: float | None, reasons: list[tuple[str, str | None]]
) -> None:
    promises = f"relationship: {{promises: [{{what: a, due: {due}}}]}}\n"
    made = figure("service.promises_kept", promises)
    assert made.value == kept
    assert [(reason.name.rpartition(".")[2], reason.note) for reason in made.reasons] == reasons
