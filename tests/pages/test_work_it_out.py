"""A reader who has only the site works ten numbers of an account out again, and gets them.

Nothing of the program's figures is used here: values, weights and lines are read off the page with
all numbers, the arithmetic stands below.
"""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path

import pytest

from generator.figures import Portfolio
from generator.pages.engine import Engine
from generator.pages.numbers import numbers_pages
from generator.pages.site import Site

TODAY = datetime.date(2026, 11, 23)
ACCOUNT = "lindental-wasser"
NUMBER = re.compile(r"[−-]?[0-9][0-9,]*(?:\.[0-9]+)?")


class Sheet:
    """The page as a reader has it: by figure its exact value and its inputs by name."""

    def __init__(self, page: str) -> None:
        self.parts = dict(
            re.findall(r'<section id="n-([a-z0-9-]+)"[^>]*>(.*?)</section>', page, re.DOTALL)
        )

    def value(self, key: str) -> float:
        """The value to the last digit that the page gives."""
        part = self.parts[key.replace(".", "-").replace("_", "-")]
        heading = part.partition("</h3>")[0]
        full = re.search(r"<small>([^<]+)</small>", heading)
        short = re.search(r"<b>([^<]+)</b>", heading)
        shown = full or short
        assert shown is not None, key
        return number(shown[1])

    def rows(self, key: str) -> dict[str, list[float]]:
        """By input the numbers of its row; shares as shares."""
        part = self.parts[key.replace(".", "-").replace("_", "-")]
        rows: dict[str, list[float]] = {}
        for row in re.findall(r"<tr>(.*?)(?=<tr>|</table>)", part, re.DOTALL):
            cells = [plain(cell) for cell in row.split("<td>")[1:]]
            rows.setdefault(cells[0], []).extend(numbers(cells[1]))
        return rows

    def one(self, key: str, name: str) -> float:
        """The one number of an input."""
        (value,) = self.rows(key)[name]
        return value


def plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", text)).strip()


def number(text: str) -> float:
    (first, *_) = numbers(text)
    return first


def numbers(text: str) -> list[float]:
    values = []
    for match in NUMBER.finditer(text):
        value = float(match[0].replace(",", "").replace("−", "-"))
        after = text[match.end() :].lstrip("\u202f ")
        values.append(value / 100 if after.startswith("%") else value)
    return values


@pytest.fixture(scope="module")
def sheet(example_portfolio: Portfolio) -> Sheet:
    site = Site(portfolio=example_portfolio, engine=Engine())
    by_account = {Path(page.path).parent.name: page.html for page in numbers_pages(site)}
    return Sheet(by_account[ACCOUNT])


def test_contribution(sheet: Sheet) -> None:
    rows = sheet.rows("economics.contribution")
    spend, share, margin = (
        rows[name][0] for name in ("addressable spend", "attainable share", "contribution margin")
    )
    assert sheet.value("economics.contribution") == pytest.approx(spend * share * margin, rel=1e-6)


def test_development_cost_and_payback(sheet: Sheet) -> None:
    (cost, months) = sheet.rows("selection.development_cost")["development"]
    assert sheet.value("selection.development_cost") == pytest.approx(cost * months)
    rows = sheet.rows("selection.payback_months")
    months, chance, monthly = rows["development"]
    spent = sheet.value("selection.development_cost")
    assert sheet.value("selection.payback_months") == pytest.approx(
        months + spent / (chance * monthly), abs=1e-3
    )


def test_retained_profit(sheet: Sheet) -> None:
    rows = sheet.rows("selection.retained_profit")
    surplus = (
        sheet.value("economics.contribution")
        - sheet.one("selection.yearly_profit", "marketing cost")
        - sheet.value("service.cost_to_serve")
        - sheet.value("risk.own_expected_loss")
        - sheet.value("risk.measure_cost")
    )
    assert sheet.value("selection.yearly_profit") == pytest.approx(surplus, abs=0.05)
    keep, years, rate = rows["retention"][0], rows["horizon years"][0], rows["discount rate"][0]
    profit = sum(
        keep ** (year - 1) * surplus / (1 + rate) ** year for year in range(1, int(years) + 1)
    )
    assert sheet.value("selection.retained_profit") == pytest.approx(profit, rel=1e-5)


def test_values_costs_and_what_is_left(sheet: Sheet) -> None:
    worth, cost = sheet.value("value.total_value"), sheet.value("value.total_cost")
    assert sheet.value("value.delivered_value") == pytest.approx(worth - cost, abs=0.05)
    assert sheet.value("value.ratio") == pytest.approx(worth / cost, abs=1e-4)


def test_seller_cost_window_and_our_share(sheet: Sheet) -> None:
    rows = sheet.rows("deal.seller_cost")
    cost = (
        rows["production cost"][0]
        + rows["marketing cost"][0]
        + sheet.value("service.cost_to_serve")
        + sheet.value("risk.own_expected_loss")
        + sheet.value("risk.measure_cost")
    )
    assert sheet.value("deal.seller_cost") == pytest.approx(cost, abs=0.05)
    price = sheet.one("deal.price_max", "price")
    highest = price + sheet.value("value.delivered_value")
    assert sheet.value("deal.price_max") == pytest.approx(highest, abs=0.05)
    assert sheet.value("deal.our_margin") == pytest.approx(price - cost, abs=0.05)
    assert sheet.value("deal.window") == pytest.approx(highest - cost, abs=0.05)
    assert sheet.value("deal.our_share") == pytest.approx(
        (price - cost) / (highest - cost), abs=1e-4
    )


def test_their_risk(sheet: Sheet) -> None:
    gross = residual = 0.0
    for name, row in sheet.rows("risk.customer_residual").items():
        chance, loss, works = row
        assert name
        gross += chance * loss
        residual += chance * loss * (1 - works)
    assert sheet.value("risk.customer_gross") == pytest.approx(gross, abs=0.05)
    assert sheet.value("risk.customer_residual") == pytest.approx(residual, abs=0.05)
