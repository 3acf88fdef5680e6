"""How much each figure decides, and that whoever lists figures says so."""

from __future__ import annotations

import json

from generator.figures.definition import Rank
from generator.figures.definitions import DEFINITIONS
from generator.outputs.export.tables import tables_of
from generator.outputs.report.account import account_json, definition_text, value_data
from tests.figures.small import account, plan, portfolio

HEADLINES = {
    "tier",
    "health",
    "selection.urgency",
    "deal.verdict",
    "deal.our_margin",
    "value.delivered_value",
    "deal.floor_price",
    "deal.window",
    "contract.days_left",
    "relationship.decision_mood",
    "relationship.decision_talk",
    "relationship.threads",
    "service.promises_kept",
    "service.cost_to_serve",
    "risk.largest",
    "offerings.whitespace",
}
BESIDE = {
    "selection.stability",
    "health.change",
    "contract.is_prepared",
    "service.budget",
    "risk.largest_is_proven",
    "sales.pipeline",
}
"""What the issue puts beside a headline."""


def test_headlines_are_what_a_sales_leader_reads_first() -> None:
    assert {key for key, each in DEFINITIONS.items() if each.rank is Rank.HEADLINE} == HEADLINES
    assert {DEFINITIONS[key].rank for key in BESIDE} == {Rank.SUPPORTING}


def test_each_list_of_figures_says_the_rank() -> None:
    ranks = {key: each.rank.value for key, each in DEFINITIONS.items()}
    acme = account(plan())
    shown = json.loads(account_json(acme))["figures"]
    assert {key: figure["rank"] for key, figure in shown.items()} == ranks
    assert {key: value_data(figure)["rank"] for key, figure in acme.figures.items()} == ranks
    table = next(
        table for table in tables_of(portfolio({"acme": plan()})) if table.name == "figures"
    )
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert {row["figure"]: row["rank"] for row in rows} == ranks


def test_explain_names_the_rank() -> None:
    assert "\nRank: headline\n" in definition_text(DEFINITIONS["tier"])
    assert "\nRank: supporting\n" in definition_text(DEFINITIONS["selection.stability"])
    assert "\nRank: reference\n" in definition_text(DEFINITIONS["sales.steps"])
