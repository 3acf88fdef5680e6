"""Every limit: at it, just below, just above. Days: on the last day, and on the day after."""

from __future__ import annotations

import datetime

import pytest

from generator.figures.figure import exceeds, reaches
from tests.figures.edits import PORT, WHOLE, changed
from tests.figures.small import TODAY, enriched, figure, settings

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
    assert figure("selection.mature", sections).value == (
        verdict != "not_qualified" and score >= 70
    )


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
    scoring = settings().documents["scoring"]
    assert reason.setting == f"{scoring.path}:{scoring.text.splitlines().index(setting) + 1}"
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
    ("addressable", "maintain", "budget", "rungs"),
    [
        ("4000000", "all_out", 500000 * 0.08, ("recommender", "partner")),
        ("1000000", "selective", 125000 * 0.04, ("customer", "promoter")),
        ("200000", "restructure", 25000 * 0.015, ("promoter", "promoter")),
    ],
)
def test_what_a_maintain_word_asks_for(
    addressable: str, maintain: str, budget: float, rungs: tuple[str, str]
) -> None:
    figures = enriched(changed(WHOLE, "economics.addressable_spend", addressable)).figures
    assert figures["selection.maintain"].value == maintain
    assert figures["service.budget"].value == pytest.approx(budget)
    assert figures["relationship.target_rung"].value == rungs


@pytest.mark.parametrize("status", ["prospect", "former"])
def test_only_customers_have_a_service_budget(status: str) -> None:
    budget = enriched(changed(WHOLE, "account.status", status)).figures["service.budget"]
    assert (budget.value, budget.missing, budget.note) == (None, (), "customers only")


def test_a_customer_without_a_growth_programme_has_nothing_to_pay_back() -> None:
    for key in ("selection.development_cost", "selection.payback_months"):
        made = figure(key, "economics: {currency: EUR}\n")
        assert (made.value, made.note) == (0, "no growth programme")
        assert [(reason.name, reason.line) for reason in made.reasons] == [("account.status", 2)]
        for status in ("prospect", "former"):
            assert figure(key, "economics: {currency: EUR}\n", status=status).value is None


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
    thresholds = settings().documents["thresholds"].text
    assert "cut_off: 250000" in thresholds
    lower = settings(thresholds=thresholds.replace("cut_off: 250000", "cut_off: 100"))
    text = changed(WHOLE, "economics.addressable_spend", "300000")
    assert enriched(text).figures["selection.row"].value == "low"
    row = enriched(text, with_=lower).figures["selection.row"]
    assert row.value == "high"
    assert row.reasons[0].threshold == 100


def test_the_cut_off_may_be_the_portfolios_median() -> None:
    thresholds = settings().documents["thresholds"].text
    median = settings(thresholds=thresholds.replace("mode: absolute", "mode: median"))
    others = {
        "small": changed(WHOLE, "economics.addressable_spend", "400000"),
        "large": changed(WHOLE, "economics.addressable_spend", "40000000"),
    }
    assert enriched(WHOLE, others=others, with_=median).figures["selection.row"].value == "high"
    low = changed(WHOLE, "economics.addressable_spend", "399000")
    assert enriched(low, others=others, with_=median).figures["selection.row"].value == "low"
