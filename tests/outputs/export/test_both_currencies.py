"""Every amount in every format has two columns: the account's currency and the reporting one."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sqlite3
from typing import Any

import openpyxl
import pytest

from generator.audience.edition import edition_of
from generator.outputs.export.delimited import csv_of
from generator.outputs.export.document import json_of
from generator.outputs.export.sqlite import sqlite_of
from generator.outputs.export.tables import Table, tables_of
from generator.outputs.export.values import values_of
from generator.outputs.export.workbook import xlsx_of
from tests.figures.small import plan, portfolio
from tests.portfolio.test_sums import TEXTS

DAY = datetime.date(2026, 11, 23)
# One dollar is 0.50 EUR; there is no rate yet for CNY
SIX_AND_SIX = (
    "value: {mode: money, values: {product: 60, service: 0, personnel: 0, image: 0, relationship: 0,"
    " ecosystem: 0}, costs: {monetary: 20, time: 0, energy: 0, psychic: 0, switching: 0, risk: 0}}\n"
)
DEAL = "opportunities: [{id: late, amount: 40, probability: 0.5, close_on: 2026-10-01}]\n"


def account(name: str, currency: str) -> str:
    return plan(
        f"economics: {{currency: {currency}, price: 100}}\n"
        "risk: {customer: [{id: a, probability: 0.1, loss: 30, measure: m, effectiveness: 0.5,"
        " measure_cost: 0.25}], own: [{id: b, class: legal, probability: 0.1, loss: 70}],"
        " credit: {receivable: 0, default_probability: 0, loss_given_default: 0, days_late: 0,"
        " cost_of_capital: 0}}\n" + DEAL
    ).replace("Acme", name)


THREE = {"a": account("Euro", "EUR"), "b": account("Dollar", "USD"), "c": account("Yuan", "CNY")}
MONEY = (
    "currency",
    "reporting_currency",
    "stake",
    "stake_reporting",
    "own_loss",
    "own_loss_reporting",
)
WANTED = [
    ["EUR", "EUR", 100, 100, 7, 7],
    ["USD", "EUR", 100, 50, 7, 3.5],
    ["CNY", "EUR", 100, None, 7, None],
]


def table(name: str, texts: dict[str, str] = THREE) -> Table:
    return next(each for each in tables_of(portfolio(texts)) if each.name == name)


def rows(name: str) -> list[dict[str, Any]]:
    made = table(name)
    keys = [column.key for column in made.columns]
    return [dict(zip(keys, row, strict=True)) for row in made.rows]


def approximately(rows: list[list[Any]]) -> list[Any]:
    return [
        [cell if not isinstance(cell, float) else pytest.approx(cell) for cell in row]
        for row in rows
    ]


def test_an_amount_has_both_columns_and_a_missing_rate_leaves_one_empty() -> None:
    assert [[row[key] for key in MONEY] for row in rows("accounts")] == approximately(WANTED)


@pytest.mark.parametrize("name", ["accounts", "figures", "attention"])
def test_the_rule_of_the_names(name: str) -> None:
    keys = [column.key for column in table(name).columns]
    assert keys.count("currency") == keys.count("reporting_currency") == 1
    amounts = [key for key in keys if f"{key}_reporting" in keys]
    assert (
        amounts
        == {
            "accounts": ["stake", "delivered_value", "retained_profit", "own_loss", "their_loss"],
            "figures": ["number", "low", "high"],
            "attention": ["stake"],
        }[name]
    )
    for amount in amounts:
        assert keys[keys.index(amount) + 1] == f"{amount}_reporting"


def test_figures_of_money_in_both_currencies_others_in_none() -> None:
    keys = ("number", "number_reporting", "unit", "currency", "reporting_currency")
    told = {
        (row["account"], row["figure"], row["entry"]): [row[key] for key in keys]
        for row in rows("figures")
    }
    price = "risk.customer_residual", None
    # 0.1 x 30 x 0.5
    assert [told[id, *price] for id in "abc"] == approximately(
        [
            [1.5, 1.5, "EUR a year", "EUR", "EUR"],
            [1.5, 0.75, "USD a year", "USD", "EUR"],
            [1.5, None, "CNY a year", "CNY", "EUR"],
        ]
    )
    # of a figure with a value for each entry a row for each: 1.5 less 0.25
    assert told["b", "risk.measure_benefit", "a"] == [1.25, 0.625, "USD a year", "USD", "EUR"]
    # what stands in the reporting currency is not converted again
    assert told["b", "attention.stake", None] == [50, 50, "EUR a year", "EUR", "EUR"]
    assert told["b", "completeness", None][3:] == [None, None]


def test_the_figures_of_a_group_are_in_the_reporting_currency() -> None:
    texts = {"a": THREE["a"], "b": THREE["b"].replace("reviewed:", "parent: a, reviewed:")}
    made = table("figures", texts)
    found = [row for row in made.rows if row[:2] == ("a", "group.price")]
    assert found == [
        (
            "a",
            "group.price",
            "customers",
            150,
            150,
            *[None] * 5,
            "EUR a year",
            "EUR",
            "EUR",
            0.6,
            "supporting",
            None,
            None,
        )
    ]


def test_what_needs_a_person_has_its_stake_in_both() -> None:
    late = [row for row in rows("attention") if row["kind"] == "open-deal"]
    assert [[row[key] for key in MONEY[:4]] for row in late] == [
        ["EUR", "EUR", 40, 40],
        ["USD", "EUR", 40, 20],
        ["CNY", "EUR", 40, None],
    ]


def test_every_format_writes_the_same_cells() -> None:
    tables = tables_of(portfolio(THREE))
    read = csv.DictReader(io.StringIO(csv_of(tables[0]).decode("utf-8-sig")))
    of_csv = [[row[key] for key in MONEY] for row in read]
    assert of_csv == [
        ["EUR", "EUR", "100", "100", "7", "7"],
        ["USD", "EUR", "100", "50", "7", "3.5"],
        ["CNY", "EUR", "100", "", "7", ""],
    ]
    of_json = json.loads(json_of(tables, DAY))["accounts"]
    assert [[row[key] for key in MONEY] for row in of_json] == approximately(WANTED)
    base = sqlite3.connect(":memory:")
    base.deserialize(sqlite_of(tables, DAY))
    picked = base.execute(f"SELECT {', '.join(MONEY)} FROM accounts").fetchall()
    assert [list(row) for row in picked] == approximately(WANTED)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of(tables, DAY)))["accounts"]
    head, *lines = ([cell.value for cell in line] for line in sheet.iter_rows())
    places = [head.index(key) for key in MONEY]
    assert [[line[place] for place in places] for line in lines] == approximately(WANTED)


def test_an_edition_tells_no_stake_in_either_currency() -> None:
    edition = edition_of(portfolio(THREE), "internal")
    made = next(each for each in tables_of(edition) if each.name == "accounts")
    keys = [column.key for column in made.columns]
    for row in made.rows:
        cells = dict(zip(keys, row, strict=True))
        assert (cells["stake"], cells["stake_reporting"]) == (None, None)
        assert cells["own_loss"] == pytest.approx(7)


def test_computed_values_have_sums_by_currency_and_amounts_in_both() -> None:
    values = values_of(portfolio(TEXTS))
    assert values["sums"]["contribution"] == {
        "customers": {
            "total": 134,
            "counted": 3,
            "parts": [
                {"currency": "CNY", "amount": 3000, "reporting": None},
                {"currency": "EUR", "amount": 100, "reporting": 100},
                {"currency": "USD", "amount": 68, "reporting": 34},
            ],
            "unknown": ["Silent"],
            "no_rate": ["Yuan"],
            "no_chance": [],
        },
        "prospects": {
            "total": 50,
            "counted": 1,
            "parts": [{"currency": "USD", "amount": 100, "reporting": 50}],
            "unknown": [],
            "no_rate": [],
            "no_chance": ["No chance"],
        },
    }
    ours = {row["account"]: row["ours"] for row in values["losses"]}
    assert ours["b"] == {"amount": 2, "currency": "USD", "reporting": 1}
    assert ours["g"] == {"amount": 10, "currency": "CNY", "reporting": None}
