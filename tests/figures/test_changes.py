"""The cheapest change: written into the file it turns the verdict, nine tenths of it do not."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from generator.assess import settings_of
from generator.figures import Portfolio, enrich
from generator.figures.changes import _FINDERS, LeastChange, cheapest_change, deal_movables
from generator.form.value import VALUES
from generator.read import Workspace, read_playbooks, read_text
from generator.rules.validate import validate
from tests.conftest import Sample
from tests.figures.edits import PORT, WHOLE, line_of, value_at
from tests.figures.small import TODAY, account, enriched, plan, read

VERDICTS = (
    "qualification.verdict",
    "deal.verdict",
    "selection.row",
    "selection.column",
    "tier",
    "service.alignment",
)


@pytest.fixture(scope="module")
def portfolio(repository: Path) -> Portfolio:
    source = Workspace.at(repository)
    settings = settings_of(source)
    return enrich(validate(read_playbooks(source), settings, TODAY), settings, TODAY)


def change_of(text: str, key: str) -> LeastChange | None:
    """The cheapest change of a playbook's verdict."""
    acme = enriched(text, others={"port": PORT})
    assert acme.case is not None
    return cheapest_change(acme.case, key)


def written(text: str, change: LeastChange, part: float = 1.0) -> str:
    """The text with the change, or a part of it, in place of the number that stands there."""
    before = change.before or 0.0
    document = read_text(text.encode(), "playbooks/acme.yaml")
    path = change.path
    if path[-1] == "amount" and not isinstance(value_at(text, path[:-1]), dict):
        path = path[:-1]  # an amount that is written plain
    elif isinstance(value_at(text, path), dict):
        path = (*path, "value")
    place = document.value_place(path)
    lines = text.splitlines()
    line = lines[place.line - 1]
    number = re.match(r"[0-9.eE+]+", line[place.column - 1 :])
    assert number is not None, line
    value = f"{before + part * (change.after - before):.9f}"
    end = place.column - 1 + number.end()
    lines[place.line - 1] = line[: place.column - 1] + value + line[end:]
    return "\n".join(lines) + "\n"


def said(text: str, key: str) -> object:
    """What the figure says; of the alignment, on which side of the threshold it is."""
    value = enriched(text, others={"port": PORT}).figures[key].value
    return value >= 0.75 if key == "service.alignment" else value


@pytest.mark.parametrize("key", VERDICTS)
def test_it_turns_the_verdict_and_nine_tenths_do_not(key: str) -> None:
    change = change_of(WHOLE, key)
    assert change is not None
    now = said(WHOLE, key)
    assert said(written(WHOLE, change), key) == change.verdict != now
    if key != "qualification.verdict":  # a score is whole
        assert said(written(WHOLE, change, 0.9), key) == now


@pytest.mark.sampled(4)
def test_so_does_each_of_the_example_portfolio(portfolio: Portfolio, sample: Sample) -> None:
    """Each account's file changed in one place, among all the others as they are."""
    texts = {key_account.id: key_account.document.text for key_account in portfolio.accounts}
    tried = 0
    some = sample(portfolio.accounts, 4)
    for sampled in some:
        assert sampled.case is not None
        for key in ("deal.verdict", "tier"):
            change = cheapest_change(sampled.case, key)
            if change is None:
                continue
            for part, is_turned in ((1.0, True), (0.9, False)):
                text = written(texts[sampled.id], change, part)
                among = assessed({**texts, sampled.id: text}, portfolio)
                after = among.account(sampled.id)
                assert after is not None
                now, then = sampled.figures[key].value, after.figures[key].value
                assert (then != now) is is_turned, (sampled.id, change, part)
                tried += 1
    assert tried > 2 * len(some)


def assessed(texts: dict[str, str], like: Portfolio) -> Portfolio:
    """The portfolio anew, with other texts."""
    documents = [read(text, f"playbooks/{name}.yaml") for name, text in texts.items()]
    return enrich(validate(documents, like.settings, TODAY), like.settings, TODAY)


def test_the_least_by_share_is_taken() -> None:
    # 100 against 80: a price 20 % lower than 100 or any value 25 % up from 80 makes it level,
    # so they begin to gain with the price just below 80; our cost of 50 leaves room
    text = plan(
        "economics: {currency: EUR, price: 100, production_cost: 50, marketing_cost: 0}\n"
        "service: {objects: []}\n"
        "risk: {customer: [], own: [], credit: {receivable: 0, days_late: 0,"
        " default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}\n"
        "value: {values: {product: 80, relationship: 0, quality: 0, service: 0, image: 0,"
        " technology: 0}, costs: {switching: 0, effort: 0, time: 0}, alternatives: []}\n"
    )
    change = change_of(text, "deal.verdict")
    assert change is not None
    assert (change.name, change.before, change.verdict) == ("economics.price", 100, "balanced")
    assert 79.8 < change.after < 80
    assert change.size == pytest.approx(0.2, abs=0.002)


def test_a_question_answered_is_a_change_too() -> None:
    answers = ", ".join(
        f"{name}: {{score: 2}}"
        for name in ("target", "satisfaction", "brand", "need", "solution", "money", "competition")
    )
    # 14 of 20 points are 70, held back by the open question of authority
    change = change_of(plan(f"qualification: {{{answers}}}\n"), "qualification.verdict")
    assert change is not None
    assert (change.name, change.before, change.after) == ("qualification.authority", None, 0)
    assert change.verdict == "not_qualified"
    # a knock-out and 9 points; with authority at 1 they are 10 of 20, enough to find out more
    low = plan(f"qualification: {{{answers.replace('2', '1', 5)}, authority: {{score: 0}}}}\n")
    turned = change_of(low, "qualification.verdict")
    assert turned is not None
    assert (turned.name, turned.before, turned.after) == ("qualification.authority", 0, 1)


def test_without_a_verdict_there_is_no_change() -> None:
    assert change_of(plan(), "deal.verdict") is None
    assert change_of(WHOLE, "economics.contribution") is None


# A plan with all that turns: a one-off, a written price, both sides of risk, credit, service, a
# programme; and one in scores
FULL = plan(
    "economics: {currency: USD, addressable_spend: 1500000, attainable_share: 0.6,"
    " contribution_margin: 0.4, retention: 0.8, discount_rate: 0.05, horizon_years: 4,"
    " price: 900, production_cost: 500, marketing_cost: 50,"
    " development: {monthly_cost: 9000, months: 5, win_probability: 0.5,"
    " monthly_contribution: 15000}}\n"
    "service:\n  objects:\n"
    "    - {id: a, level: company, stage: sale, role: buyer, importance: {level: 5, stage: 2,"
    " role: 2}, activities: [{activity: visit, per_year: 6, hours: 2, rate: 3, expense: 4}]}\n"
    "    - {id: b, level: handler, stage: sale, role: user, importance: {level: 2, stage: 2,"
    " role: 2}, activities: [{activity: check, per_year: 5, hours: 3, rate: 2, expense: 1}]}\n"
    "risk:\n"
    "  customer: [{id: late, probability: 0.4, loss: 500, measure: m, effectiveness: 0.3},"
    " {id: bare, probability: 0.1, loss: 60}]\n"
    "  own: [{id: misuse, class: misuse, probability: 0.2, loss: 90, measure: m,"
    " effectiveness: 0.5}, {id: pays, class: payment, probability: 0.9, loss: 9999}]\n"
    "  credit: {receivable: 300, days_late: 40, default_probability: 0.05,"
    " loss_given_default: 0.5, cost_of_capital: 0.1}\n"
    "value:\n  values: {product: 700, relationship: 100, quality: 200, service: 90,"
    " image: 20, technology: {amount: 400, once: true}}\n"
    "  costs: {switching: {amount: 80, once: true}, effort: 30, time: 40}\n"
    "  alternatives: []\n"
    "qualification: {target: {score: 1}, satisfaction: {score: 2, as_of: 2025-01-01},"
    " brand: {score: 1}, need: {score: 2}, solution: {score: 1}, money: {score: 1},"
    " competition: {score: 2}, comparison: {score: 1}, trend: {score: 1}}\n"
)
WRITTEN = FULL.replace("effort: 30", "effort: 30, monetary: 950, risk: 33, opportunity: 5")
SCORES = plan(
    "economics: {currency: EUR, price: 100, production_cost: 80, marketing_cost: 5}\n"
    "service: {objects: []}\nrisk: {customer: [], own: []}\n"
    "value:\n  mode: score\n  values: {product: {score: 6, weight: 3}, relationship: {score: 3,"
    " weight: 1}, quality: {score: 5, weight: 2}, service: {score: 4, weight: 1}, image: {score: 2,"
    " weight: 1}, technology: {score: 5, weight: 2}}\n"
    "  costs: {monetary: {score: 5, weight: 4}, switching: {score: 2, weight: 1}, effort: {score: 3,"
    " weight: 1}, time: {score: 3, weight: 1}, opportunity: {score: 2, weight: 1},"
    " risk: {score: 4, weight: 2}}\n",
    status="prospect",
)


PLANS = {"whole": WHOLE, "full": FULL, "written": WRITTEN, "scores": SCORES}
WITHOUT = {
    ("scores", key)
    for key in (
        *("qualification.verdict", "selection.row", "selection.column", "tier"),
        "service.alignment",
    )
}
"""The plan in scores has values and costs alone, and so no such verdict."""


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for name in PLANS for key in VERDICTS if (name, key) not in WITHOUT],
)
def test_every_single_change_turns_it_and_nine_tenths_do_not(name: str, key: str) -> None:
    """Not only the cheapest: each number that can turn the verdict, up or down."""
    text = PLANS[name]
    acme = enriched(text, others={"port": PORT})
    assert acme.case is not None
    now = said(text, key)
    for change in _FINDERS[key](acme.case):
        if change.before is None:
            continue
        assert said(written(text, change), key) == change.verdict != now, change
        if key != "qualification.verdict":
            assert said(written(text, change, 0.9), key) == now, change
        place = change.path if change.path[-1] != "amount" else change.path[:-1]
        assert change.line == line_of(text, place), change
        assert change.size == pytest.approx(
            abs(change.after - change.before) / (1 if key[0] == "q" else change.before or math.inf)
        )


SUMS = {
    "gain": ("value.delivered_value", "value.balance"),
    "serve": ("service.cost_to_serve",),
    "loss": ("risk.own_expected_loss",),
}


@pytest.mark.parametrize(
    "text", [WHOLE, FULL, WRITTEN, SCORES], ids=["whole", "full", "written", "scores"]
)
def test_each_knob_moves_the_sums_as_far_as_it_says(text: str) -> None:
    acme = enriched(text, others={"port": PORT})
    assert acme.case is not None
    movables = list(deal_movables(acme.case))
    paths = [movable.path for movable in movables]
    assert len(paths) == len(set(paths))
    for movable in movables:
        step = 0.01 if movable.high == 1 else 1.0
        after = LeastChange(
            path=movable.path,
            name=movable.reason.name,
            line=movable.reason.line,
            before=movable.value,
            after=movable.value + step
            if movable.value + step <= movable.high
            else movable.value - step,
            unit=None,
            verdict=None,
        )
        figures_after = enriched(written(text, after), others={"port": PORT}).figures
        moved = after.after - movable.value
        for name, keys in SUMS.items():
            for key in keys:
                before, then = acme.figures[key].value, figures_after[key].value
                if before is not None and then is not None:
                    expected = movable.moves.get(name, 0.0) * moved
                    assert then - before == pytest.approx(expected, abs=1e-6), (movable.path, name)
        direct = sum(movable.moves.get(name, 0.0) for name in ("cost", "serve", "loss"))
        before, then = (
            acme.figures["deal.seller_cost"].value,
            figures_after["deal.seller_cost"].value,
        )
        if before is not None and then is not None:
            assert then - before == pytest.approx(direct * moved, abs=1e-6), movable.path


def test_every_number_of_the_deal_is_a_knob() -> None:
    acme = account(FULL)
    assert acme.case is not None
    names = {movable.reason.name for movable in deal_movables(acme.case)}
    assert names == {
        *(f"economics.{name}" for name in ("price", "production_cost", "marketing_cost")),
        *(f"value.values.{value}" for value in VALUES),
        *(f"value.costs.{name}" for name in ("switching", "effort", "time")),
        *(f"risk.customer.late.{name}" for name in ("probability", "loss", "effectiveness")),
        *(f"risk.customer.bare.{name}" for name in ("probability", "loss")),
        *(f"risk.own.misuse.{name}" for name in ("probability", "loss", "effectiveness")),
        *(f"risk.credit.{name}" for name in ("receivable", "days_late", "default_probability")),
        *(f"risk.credit.{name}" for name in ("loss_given_default", "cost_of_capital")),
        "service.objects.a.activities.visit.per_year",
        "service.objects.b.activities.check.per_year",
    }
