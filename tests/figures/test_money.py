"""Revenue, value lines, one-offs, alternatives, overrides of weights: what is easily misread."""

from __future__ import annotations

import datetime

import pytest

from generator.figures.value import years_between
from tests.figures.edits import WHOLE, changed, without
from tests.figures.small import account, enriched, figure

DAY = datetime.date.fromisoformat


# Revenue


@pytest.mark.parametrize(
    ("revenue", "last", "growth"),
    [
        ("{year: 2025, amount: 90}, {year: 2024, amount: 60}", 90, 0.5),
        ("{year: 2024, amount: 60}, {year: 2025, amount: 90}", 90, 0.5),
        ("{year: 2026, amount: 500}, {year: 2025, amount: 90}", 90, None),
        ("{year: 2024, amount: 60}", None, None),
        # a part year is no full year, unless the part is the whole
        ("{year: 2025, amount: 90, to: 2025-11-30}, {year: 2024, amount: 60}", None, None),
        ("{year: 2025, amount: 90, to: 2025-12-31}, {year: 2024, amount: 60}", 90, 0.5),
        ("{year: 2025, amount: 90}, {year: 2024, amount: 60, to: 2024-06-30}", 90, None),
        ("{year: 2025, amount: 0}, {year: 2024, amount: 60}", 0, -1),
        ("{year: 2025, amount: -30}, {year: 2024, amount: 60}", -30, -1.5),
    ],
)
def test_revenue(revenue: str, last: float | None, growth: float | None) -> None:
    sections = f"economics: {{currency: EUR, revenue: [{revenue}]}}\n"
    assert figure("revenue.last_year", sections).value == last
    assert figure("revenue.growth", sections).value == growth


def test_the_year_turns_on_new_year() -> None:
    sections = "economics: {currency: EUR, revenue: [{year: 2025, amount: 90}]}\n"
    assert figure("revenue.last_year", sections, today=DAY("2026-01-01")).value == 90
    assert figure("revenue.last_year", sections, today=DAY("2025-12-31")).missing == (
        "economics.revenue.2024",
    )


# One-offs


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2024-04-01", "2027-03-31", 3),
        ("2024-04-01", "2027-04-01", 3),
        ("2025-01-01", "2025-12-31", 1),
        ("2025-01-01", "2025-06-30", 0.5),
        ("2025-01-15", "2027-07-14", 2.5),
        ("2025-01-01", "2025-01-10", 10 / 365.25),
    ],
)
def test_years_of_a_contract(start: str, end: str, years: float) -> None:
    assert years_between(DAY(start), DAY(end)) == pytest.approx(years)


@pytest.mark.parametrize(
    ("contract", "horizon", "value", "why"),
    [
        ("{start: 2025-01-01, end: 2026-12-31}", "", 300, "2 years (contract)"),
        ("{start: 2025-01-01, end: 2028-12-31}", "", 150, "4 years (contract)"),
        ("{start: 2025-01-01, end: 2028-12-31}", ", horizon_years: 2", 150, "4 years (contract)"),
        ("{end: 2028-12-31}", "", 200, "3 years (horizon)"),
        ("{}", ", horizon_years: 6", 100, "6 years (horizon)"),
    ],
)
def test_a_one_off_is_spread(contract: str, horizon: str, value: float, why: str) -> None:
    zeros = ", ".join(f"{name}: 0" for name in ("quality", "service", "image", "technology"))
    total_value = figure(
        "value.total_value",
        f"economics: {{currency: EUR{horizon}}}\n"
        f"value: {{values: {{product: {{amount: 600, once: true}}, relationship: 0, {zeros}}}}}\n",
        more=f", contract: {contract}",
    )
    assert total_value.value == value
    assert total_value.reasons[0].note == f"one-off of 600 over {why}"


def test_once_false_is_every_year() -> None:
    text = changed(WHOLE, "value.values.quality.once", "false")
    assert enriched(text).figures["value.total_value"].value == 1170000


def test_an_alternatives_one_off_is_spread_too() -> None:
    text = changed(WHOLE, "value.alternatives.0.values.product", "{amount: 1100000, once: true}")
    assert enriched(text).figures["value.opportunity_cost"].value == 70000


# Defaults


@pytest.mark.parametrize(
    ("line", "default"),
    [
        ("monetary", "economics.price; the default would be 1,000,000"),
        ("risk", "risk.customer_residual; the default would be 13,000"),
        ("opportunity", "value.opportunity_cost; the default would be 20,000"),
    ],
)
def test_an_amount_written_wins_over_its_default(line: str, default: str) -> None:
    text = WHOLE.replace("    switching: 10000\n", f"    switching: 10000\n    {line}: 7\n")
    total_cost = enriched(text).figures["value.total_cost"]
    was = {"monetary": 1000000, "risk": 13000, "opportunity": 20000}[line]
    assert total_cost.value == 1050000 - was + 7
    reason = next(why for why in total_cost.reasons if why.name == f"value.costs.{line}")
    assert reason.note == f"the amount written wins over {default}"
    assert reason.line == text.splitlines().index(f"    {line}: 7") + 1


def test_a_written_one_off_says_both() -> None:
    text = WHOLE.replace(
        "    switching: 10000\n",
        "    switching: 10000\n    monetary: {amount: 20, once: true}\n",
    )
    reason = enriched(text).figures["value.total_cost"].reasons[0]
    assert (reason.value, reason.note) == (
        10,
        (
            "one-off of 20 over 2 years (contract); the amount written wins over economics.price;"
            " the default would be 1,000,000"
        ),
    )


def test_a_default_says_that_it_is_one() -> None:
    notes = {
        reason.name: reason.note for reason in enriched(WHOLE).figures["value.total_cost"].reasons
    }
    assert notes["economics.price"] == "default for their monetary cost"
    assert notes["risk.customer_residual"] == "default for their risk cost"
    assert notes["value.opportunity_cost"] == "default for their opportunity cost"


def test_a_note_alone_is_no_amount() -> None:
    text = changed(WHOLE, "value.costs.time", "{note: does not count}")
    assert enriched(text).figures["value.total_cost"].missing == ("value.costs.time",)


# Alternatives


def _with_second(values: str, costs: str) -> str:
    return WHOLE.replace(
        "  standard:\n",
        f"    - name: other\n      values: {{{values}}}\n      costs: {{{costs}}}\n  standard:\n",
        1,
    )


SIX = "relationship: 0, quality: 0, service: 0, image: 0, technology: 0"
FOUR = "switching: 0, effort: 0, time: 0, risk: 0"


@pytest.mark.parametrize(
    ("values", "costs", "value", "note"),
    [
        (f"product: 90, {SIX}", f"monetary: 10, {FOUR}", 20000, None),
        (f"product: 90000, {SIX}", f"monetary: 10000, {FOUR}", 80000, None),
        (f"product: 90000, {SIX}", FOUR, 20000, "left out, a line is missing: other"),
        (SIX, f"monetary: 1, {FOUR}", 20000, "left out, a line is missing: other"),
    ],
)
def test_the_best_alternative_counts(
    values: str, costs: str, value: float, note: str | None
) -> None:
    opportunity_cost = enriched(_with_second(values, costs)).figures["value.opportunity_cost"]
    assert (opportunity_cost.value, opportunity_cost.note) == (value, note)


def test_what_the_left_out_alternative_lacks_is_named() -> None:
    figures = enriched(_with_second(f"product: 90000, {SIX}", FOUR)).figures
    assert figures["value.opportunity_cost"].missing == ("value.alternatives.other.costs.monetary",)
    assert figures["value.total_cost"].value == 1050000
    assert figures["value.total_cost"].missing == ()


def test_an_alternative_that_costs_more_than_it_gives_counts_0() -> None:
    text = changed(WHOLE, "value.alternatives.0.costs.monetary", "900000")
    assert enriched(text).figures["value.opportunity_cost"].value == 0


def test_an_alternative_has_no_defaults() -> None:
    text = without(WHOLE, "value.alternatives.0.costs.monetary")
    assert enriched(text).figures["value.opportunity_cost"].missing == (
        "value.alternatives.rival.costs.monetary",
    )


# Scores

SCORES = ", ".join(
    f"{name}: {{score: 8, weight: 2}}"
    for name in ("product", "relationship", "quality", "service", "image", "technology")
)
COSTS = ", ".join(
    f"{name}: {{score: 5, weight: 1}}"
    for name in ("monetary", "switching", "effort", "time", "opportunity", "risk")
)
RIVAL_COSTS = COSTS.replace("opportunity: {score: 5, weight: 1}, ", "")


def score_mode(more: str = "", scores: str = SCORES) -> str:
    return (
        "economics: {currency: EUR, price: 500, production_cost: 300, marketing_cost: 0}\n"
        "service: {objects: []}\nrisk: {own: []}\n"
        f"value: {{mode: score, values: {{{scores}}}, costs: {{{COSTS}}}{more}}}\n"
    )


def test_score_mode_has_a_balance_and_no_money() -> None:
    figures = enriched(
        "schema: 1\naccount: {name: A, status: prospect}\nsummary: S.\n" + score_mode()
    ).figures
    assert figures["value.balance"].value == pytest.approx(0.8 - 0.5)
    assert figures["deal.verdict"].value == "balanced"
    for key in ("total_value", "total_cost", "delivered_value", "ratio", "opportunity_cost"):
        in_money = figures[f"value.{key}"]
        assert (in_money.value, in_money.missing, in_money.note) == (
            None,
            (),
            "values are in scores",
        )
    for key in ("price_max", "window", "our_share"):
        in_money = figures[f"deal.{key}"]
        assert (in_money.value, in_money.missing, in_money.note) == (
            None,
            ("values in money",),
            "needs values in money",
        )
    assert figures["deal.seller_cost"].value == 300


def test_money_mode_has_no_balance() -> None:
    for key in ("value.balance", "value.lead"):
        made = enriched(WHOLE).figures[key]
        assert (made.value, made.missing, made.note) == (None, (), "values are in money")


@pytest.mark.parametrize(
    ("score", "verdict"),
    [(5, "they_will_not_buy"), (5.01, "balanced"), (4.99, "they_will_not_buy")],
)
def test_in_score_mode_the_balance_is_the_first_condition(score: float, verdict: str) -> None:
    scores = SCORES.replace("score: 8", f"score: {score}")
    deal_verdict = figure("deal.verdict", score_mode(scores=scores), status="prospect")
    assert deal_verdict.value == verdict


def test_weights_count() -> None:
    scores = SCORES.replace("product: {score: 8, weight: 2}", "product: {score: 0, weight: 5}")
    balance = figure("value.balance", score_mode(scores=scores))
    assert balance.value == pytest.approx(5 * 2 * 8 / (10 * 15) - 0.5)


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("product: {score: 8}", "value.values.product.weight"),
        ("product: {weight: 2}", "value.values.product"),
        ("product: {note: n}", "value.values.product"),
    ],
)
def test_a_score_needs_its_weight(line: str, missing: str) -> None:
    scores = SCORES.replace("product: {score: 8, weight: 2}", line)
    balance = figure("value.balance", score_mode(scores=scores))
    assert (balance.value, balance.missing) == (None, (missing,))


def test_a_weight_on_its_own_line_is_a_reason_there() -> None:
    lines = SCORES.replace("product: {score: 8, weight: 2}", "product: {score: 8,\n weight: 3}")
    balance = figure("value.balance", score_mode(scores=lines))
    weights = [reason for reason in balance.reasons if reason.name.endswith(".weight")]
    assert [(weight.name, weight.value, weight.line) for weight in weights] == [
        ("value.values.product.weight", 3, 8)
    ]


def _alternative(name: str, score: float) -> str:
    return (
        f"{{name: {name}, values: {{{SCORES.replace('score: 8', f'score: {score}')}}},"
        f" costs: {{{RIVAL_COSTS}}}}}"
    )


def test_lead_over_the_best_alternative() -> None:
    more = f", alternatives: [{_alternative('x', 4)}, {_alternative('y', 7)}]"
    lead = figure("value.lead", score_mode(more))
    assert lead.value == pytest.approx(0.3 - 0.2)
    assert lead.reasons[1].name == "balance of y"


def test_lead_leaves_out_and_names_what_cannot_be_told() -> None:
    half = _alternative("x", 9).replace("image: {score: 9, weight: 2}", "image: {note: n}")
    lead = figure("value.lead", score_mode(f", alternatives: [{half}, {_alternative('y', 7)}]"))
    assert lead.value == pytest.approx(0.1)
    assert lead.note == "left out, a line is missing: x"
    alone = figure("value.lead", score_mode(f", alternatives: [{half}]"))
    assert (alone.value, alone.missing) == (None, ("value.alternatives.x.values.image",))


def test_lead_without_alternatives() -> None:
    assert figure("value.lead", score_mode()).missing == ("value.alternatives",)
    none = figure("value.lead", score_mode(", alternatives: []"))
    assert (none.value, none.missing, none.note) == (None, (), "no alternative to compare with")


# Own losses


@pytest.mark.parametrize(
    ("class_", "loss"), [("payment", 8000), ("misuse", 8000 + 5000), ("legal", 8000 + 5000)]
)
def test_a_payment_risk_adds_nothing_beside_credit(class_: str, loss: float) -> None:
    text = WHOLE.replace(
        "  own:\n",
        f"  own:\n    - {{id: pays-late, class: {class_}, probability: 0.5, loss: 10000}}\n",
    )
    assert enriched(text).figures["risk.own_expected_loss"].value == pytest.approx(loss)


def test_a_payment_risk_counts_without_credit() -> None:
    risk = "{id: x, class: payment, probability: 0.5, loss: 100}"
    loss = figure("risk.own_expected_loss", f"risk: {{own: [{risk}]}}\n", status="prospect")
    assert loss.value == 50


def test_a_payment_risk_beside_credit_needs_no_numbers_for_the_loss() -> None:
    text = WHOLE.replace("  own:\n", "  own:\n    - {id: pays-late, class: payment}\n")
    figures = enriched(text).figures
    assert figures["risk.own_expected_loss"].value == pytest.approx(8000)
    assert figures["risk.clause_gaps"].missing == (
        "risk.own.pays-late.probability",
        "risk.own.pays-late.loss",
    )


# Weights of service objects


def weights(*objects: str) -> object:
    entries = ", ".join(f"{{id: o{n}, {entry}}}" for n, entry in enumerate(objects))
    return figure("service.weights", f"service: {{objects: [{entries}]}}\n").value


def importance(a: int, b: int, c: int) -> str:
    return f"importance: {{level: {a}, stage: {b}, role: {c}}}"


def by_hand(value: float) -> str:
    return f"weight: {{value: {value}, reason: r}}"


def test_a_weight_set_by_hand_leaves_the_rest_in_proportion() -> None:
    by_id = weights(by_hand(0.4), importance(5, 1, 1), importance(1, 5, 3))
    assert by_id == {"o0": 0.4, "o1": pytest.approx(0.15), "o2": pytest.approx(0.45)}


def test_a_weight_set_by_hand_wins_over_importance_and_is_logged() -> None:
    entry = f"{{id: x, {by_hand(0.4)}, {importance(5, 5, 5)}}}, {{id: y, {importance(1, 1, 1)}}}"
    weighed = figure("service.weights", f"service: {{objects: [{entry}]}}\n")
    assert weighed.value == {"x": 0.4, "y": 0.6}
    assert weighed.reasons[0].note == "set by hand: r"


def test_weights_set_by_hand_may_leave_nothing() -> None:
    assert weights(by_hand(0.4), by_hand(0.6), importance(1, 2, 3)) == {
        "o0": 0.4,
        "o1": 0.6,
        "o2": 0.0,
    }


def test_weights_set_by_hand_over_1_are_an_error() -> None:
    acme = account(
        "schema: 1\naccount: {name: A, status: customer}\nsummary: S.\n"
        f"service:\n  objects:\n    - {{id: x, {by_hand(0.6)}}}\n    - {{id: y, {by_hand(0.5)}}}\n"
    )
    assert "weights-over-one" in {finding.rule for finding in acme.findings}
    service_weights = acme.figures["service.weights"]
    assert (service_weights.value, service_weights.note) == (
        None,
        "the weights set by hand add up to more than 1",
    )


def test_attainment_leaves_out_objects_without_units() -> None:
    entries = "{id: x, promised: 10, delivered: 8}, {id: y}"
    assert figure("service.attainment", f"service: {{objects: [{entries}]}}\n").value == 0.8
    none = figure("service.attainment", "service: {objects: [{id: y}]}\n")
    assert none.missing == ("service.objects.promised", "service.objects.delivered")


@pytest.mark.parametrize(
    ("due", "done", "share"),
    [
        ("2026-11-23", ", kept_on: 2026-11-23", 1),
        ("2026-11-22", ", kept_on: 2026-11-23", 0),
        ("2026-11-22", "", 0),
        ("2026-11-23", "", 0),
        ("2026-11-24", "", None),
        ("2026-11-24", ", kept_on: 2026-11-20", None),
    ],
)
def test_a_promise_counts_from_its_due_day_on(due: str, done: str, share: float | None) -> None:
    sections = f"relationship: {{promises: [{{what: w, due: {due}{done}}}]}}\n"
    assert figure("service.promises_kept", sections).value == share
