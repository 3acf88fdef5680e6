"""The worked examples of the method, to the last digit they are given with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.assess import assess
from generator.figures import Portfolio
from generator.outputs.report.account import account_json
from generator.read import Workspace
from tests.figures.small import CONFIG, TODAY, clean, enriched, plan
from tests.program import REPOSITORY, run
from tests.workspace import make_workspace

PAYBACK = """\
economics:
  currency: EUR
  development: {monthly_cost: 8000, months: 6, win_probability: 0.5, monthly_contribution: 20000}
"""

RETAINED_PROFIT = """\
economics:
  currency: EUR
  addressable_spend: 3000000
  attainable_share: 0.20
  contribution_margin: 0.30
  marketing_cost: 0
  retention: 0.85
service:
  objects:
    - id: office
      activities: [{activity: visit, per_year: 1, hours: 0, rate: 0, expense: 60000}]
risk: {own: []}
"""

VALUE = """\
economics: {currency: EUR, price: 520, production_cost: 300, marketing_cost: 130}
service: {objects: []}
risk: {own: []}
value:
  values: {product: 500, relationship: 40, quality: 120, service: 90, image: 30, technology: 80}
  costs: {monetary: 520, switching: 60, effort: 15, time: 25, opportunity: 150, risk: 45}
"""

ALIGNMENT = """\
economics: {currency: EUR}
service:
  objects:
    - id: one
      importance: {level: 4, stage: 1, role: 1}
      activities: [{activity: visit, per_year: 20, hours: 0, rate: 0, expense: 1}]
    - id: two
      importance: {level: 3, stage: 1, role: 1}
      activities: [{activity: visit, per_year: 50, hours: 0, rate: 0, expense: 1}]
    - id: three
      importance: {level: 2, stage: 1, role: 1}
      activities: [{activity: visit, per_year: 20, hours: 0, rate: 0, expense: 1}]
    - id: four
      importance: {level: 1, stage: 1, role: 1}
      activities: [{activity: visit, per_year: 10, hours: 0, rate: 0, expense: 1}]
"""

RISK = """\
economics: {currency: EUR}
risk:
  customer:
    - {id: one, probability: 0.2, loss: 200, measure: a, effectiveness: 0.6}
    - {id: two, probability: 0.1, loss: 400, measure: b, effectiveness: 0.5}
    - {id: three, probability: 0.3, loss: 50, measure: c, effectiveness: 0.7}
  own: []
  credit:
    receivable: 130000
    days_late: 45
    default_probability: 0.03
    loss_given_default: 0.6
    cost_of_capital: 0.10
"""

NO_DEAL = """\
economics: {currency: EUR, price: 100, production_cost: 150, marketing_cost: 0}
service: {objects: []}
risk: {own: []}
value:
  values: {product: 100, relationship: 0, quality: 0, service: 0, image: 0, technology: 0}
  costs: {switching: 100, effort: 0, time: 0, opportunity: 0, risk: 0}
"""


@pytest.mark.parametrize(
    ("sections", "status", "key", "value", "digits"),
    [
        (PAYBACK, "prospect", "selection.development_cost", 48000, 0),
        (PAYBACK, "prospect", "selection.payback_months", 10.8, 9),
        (RETAINED_PROFIT, "prospect", "service.cost_to_serve", 60000, 0),
        (RETAINED_PROFIT, "prospect", "economics.contribution", 180000, 6),
        (RETAINED_PROFIT, "prospect", "selection.yearly_profit", 120000, 6),
        (RETAINED_PROFIT, "prospect", "selection.retained_profit", 258527.42, 2),
        (VALUE, "prospect", "value.total_value", 860, 9),
        (VALUE, "prospect", "value.total_cost", 815, 9),
        (VALUE, "prospect", "value.delivered_value", 45, 9),
        (VALUE, "prospect", "value.ratio", 1.055, 3),
        (VALUE, "prospect", "deal.seller_cost", 430, 9),
        (VALUE, "prospect", "deal.our_margin", 90, 9),
        (VALUE, "prospect", "deal.price_max", 565, 9),
        (VALUE, "prospect", "deal.window", 135, 9),
        (VALUE, "prospect", "deal.our_share", 0.667, 3),
        (ALIGNMENT, "customer", "service.alignment", 0.80, 9),
        (RISK, "customer", "risk.customer_gross", 95, 9),
        (RISK, "customer", "risk.customer_residual", 40.5, 9),
        (RISK, "customer", "risk.own_expected_loss", 3942.74, 2),
        (NO_DEAL, "prospect", "value.delivered_value", -100, 9),
        (NO_DEAL, "prospect", "deal.our_margin", -50, 9),
        (NO_DEAL, "prospect", "deal.window", -150, 9),
    ],
)
def test_numbers(sections: str, status: str, key: str, value: float, digits: int) -> None:
    acme = enriched(plan(sections, status=status))
    clean(acme)
    assert round(acme.figures[key].value, digits) == value


@pytest.mark.parametrize(
    ("sections", "key", "value"),
    [
        (VALUE, "deal.verdict", "balanced"),
        (NO_DEAL, "deal.verdict", "no_deal"),
        (NO_DEAL, "deal.our_share", None),
    ],
)
def test_words(sections: str, key: str, value: str | None) -> None:
    acme = enriched(plan(sections, status="prospect"))
    clean(acme)
    assert acme.figures[key].value == value


def test_alignment_rests_on_the_weights_and_shares_of_the_example() -> None:
    figures = enriched(plan(ALIGNMENT)).figures
    assert figures["service.weights"].value == {"one": 0.4, "two": 0.3, "three": 0.2, "four": 0.1}
    assert figures["service.cost_to_serve"].value == 100


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("payback", {"selection.development_cost": 48000, "selection.payback_months": 10.8}),
        ("profit", {"selection.retained_profit": 258527.42}),
        (
            "value",
            {
                "value.total_value": 860,
                "value.total_cost": 815,
                "value.delivered_value": 45,
                "value.ratio": 1.06,
                "deal.our_margin": 90,
                "deal.price_max": 565,
                "deal.window": 135,
                "deal.our_share": 0.67,
                "deal.verdict": "balanced",
            },
        ),
        ("alignment", {"service.alignment": 0.80}),
        (
            "risk",
            {
                "risk.customer_gross": 95,
                "risk.customer_residual": 40.5,
                "risk.own_expected_loss": 3942.74,
            },
        ),
        ("no-deal", {"deal.window": -150, "deal.our_share": None, "deal.verdict": "no_deal"}),
    ],
)
def test_in_the_account_as_json(
    shown: Portfolio, name: str, expected: dict[str, float | str | None]
) -> None:
    account = shown.account(name)
    assert account is not None
    figures = json.loads(account_json(account))["figures"]
    values = {key: figures[key]["value"] for key in expected}
    assert {
        key: round(value, 2) if isinstance(value, float) else value for key, value in values.items()
    } == expected


def test_the_command_line_names_every_line(workspace: Path) -> None:
    """The JSON carries the reasons of spec: where each input stands, and what it counts."""
    words = ("show", "risk", "--format", "json", "--root", workspace, "--today", "2026-11-23")
    done = run(REPOSITORY, *words)
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(done.stdout)["figures"]
    assert round(figures["risk.own_expected_loss"]["value"], 2) == 3942.74
    figure = figures["risk.customer_gross"]
    assert {"value", "unit", "confidence", "reasons", "missing"} <= figure.keys()
    assert {
        "name",
        "value",
        "unit",
        "path",
        "line",
        "grade",
        "as_of",
        "weight",
        "threshold",
        "setting",
    } <= figure["reasons"][0].keys()
    assert [(reason["name"], reason["value"], reason["line"]) for reason in figure["reasons"]] == [
        ("risk.customer.one.probability", 0.2, 7),
        ("risk.customer.one.loss", 200.0, 7),
        ("risk.customer.two.probability", 0.1, 8),
        ("risk.customer.two.loss", 400.0, 8),
        ("risk.customer.three.probability", 0.3, 9),
        ("risk.customer.three.loss", 50.0, 9),
    ]
    assert {reason["path"] for reason in figure["reasons"]} == {"playbooks/risk.yaml"}


@pytest.fixture(scope="module")
def shown(workspace: Path) -> Portfolio:
    return assess(Workspace.at(workspace), TODAY)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {
        "payback": plan(PAYBACK, status="prospect"),
        "profit": plan(RETAINED_PROFIT, status="prospect"),
        "value": plan(VALUE, status="prospect"),
        "alignment": plan(ALIGNMENT),
        "risk": plan(RISK),
        "no-deal": plan(NO_DEAL, status="prospect"),
    }
    files = {f"playbooks/{name}.yaml": text for name, text in texts.items()}
    config = {f"site_config/{name}.yaml": text for name, text in CONFIG.items()}
    return make_workspace(tmp_path_factory.mktemp("examples"), {**files, **config})
