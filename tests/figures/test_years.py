"""Figures of years that do not begin in January, on each side of where they begin, by hand."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from generator.figures.earlier import as_known
from generator.figures.figure import Figure
from generator.model.years import Years
from generator.settings import Settings
from generator.share import defaults_folder
from tests.figures.small import account, enriched, figure, plan, settings

DAY = datetime.date.fromisoformat


@cache
def starting(month: int) -> Settings:
    """Settings of a firm whose years begin with a month."""
    text = (defaults_folder() / "site.yaml").read_text("utf-8")
    assert "year_starts: 1\n" in text
    return settings(site=text.replace("year_starts: 1\n", f"year_starts: {month}\n"))


def billed(*years: str) -> str:
    return (
        f"economics: {{currency: EUR, revenue: [{', '.join(f'{{{year}}}' for year in years)}]}}\n"
    )


WHOLE = ("year: 2023, amount: 500", "year: 2024, amount: 800", "year: 2025, amount: 1000")


def revenue(key: str, month: int, day: str, years: Sequence[str] = WHOLE) -> Figure:
    return figure(f"revenue.{key}", billed(*years), today=DAY(day), with_=starting(month))


@pytest.mark.parametrize(
    ("month", "day", "last_year", "growth"),
    [
        (1, "2025-12-31", 800, 0.6),  # (800 - 500) / 500
        (1, "2026-01-01", 1000, 0.25),  # (1000 - 800) / 800
        (4, "2026-03-31", 800, 0.6),
        (4, "2026-04-01", 1000, 0.25),
        (10, "2026-09-30", 800, 0.6),
        (10, "2026-10-01", 1000, 0.25),
    ],
)
def test_the_last_full_year(month: int, day: str, last_year: float, growth: float) -> None:
    made = revenue("last_year", month, day)
    assert made.value == last_year
    assert made.reasons[0].line == 4
    assert revenue("growth", month, day).value == pytest.approx(growth)
    # no part of a year is known: as the growth
    assert revenue("change", month, day).value == pytest.approx(growth)


@pytest.mark.parametrize(
    ("month", "day", "years", "expected"),
    [
        # April to September are 183 days; of 730 in the 365 days before 366
        (4, "2026-11-23", ["year: 2025, amount: 730", "year: 2026, amount: 549, to: 2026-09-30"], 0.5),
        # the same days of the year before are known
        (4, "2026-11-23", ["year: 2025, amount: 200, to: 2025-09-30", "year: 2026, amount: 549, to: 2026-09-30"], 1.745),
        # October to January are 123 days: 246 of 730
        (10, "2027-02-01", ["year: 2025, amount: 730", "year: 2026, amount: 123, to: 2027-01-31"], -0.5),
        # 89 days are too few, 90 are enough: of 365 90
        (10, "2027-02-01", ["year: 2024, amount: 100", "year: 2025, amount: 365", "year: 2026, amount: 135, to: 2026-12-28"], 2.65),
        (10, "2027-02-01", ["year: 2024, amount: 100", "year: 2025, amount: 365", "year: 2026, amount: 135, to: 2026-12-29"], 0.5),
        # the leap day is the 335th of a year that begins in April: 335 of 365 days before
        (4, "2028-03-01", ["year: 2026, amount: 365", "year: 2027, amount: 670, to: 2028-02-29"], 1),
        # it stands for the end of February before
        (4, "2028-03-01", ["year: 2026, amount: 300, to: 2027-02-28", "year: 2027, amount: 330, to: 2028-02-29"], 0.1),
        # 182 of the 366 days of a year with a leap day, when the next one has reached its 182nd
        (10, "2029-04-01", ["year: 2027, amount: 366", "year: 2028, amount: 364, to: 2029-03-31"], 1),
    ],
)  # fmt: skip
def test_a_part_of_a_year(month: int, day: str, years: list[str], expected: float) -> None:
    assert revenue("change", month, day, years).value == pytest.approx(expected)


def test_what_is_billed_over_a_year_rolls_with_it() -> None:
    parts = ("year: 2025, amount: 730", "year: 2026, amount: 400, to: 2026-09-30")
    text = plan(
        "economics: {currency: EUR, price: 5000, production_cost: 2500, marketing_cost: 0,"
        f" revenue: [{', '.join(f'{{{part}}}' for part in parts)}]}}\n"
        "service: {objects: []}\nrisk: {own: [], customer: [], credit: {receivable: 0,"
        " days_late: 0, default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}\n"
    )

    def today(month: int) -> Any:
        acme = enriched(text, with_=starting(month))
        return acme.figures["selection.yearly_profit_today"].value

    # 730 + 400 - 366 = 764 of which half stays
    assert today(4) == pytest.approx(382)
    # January to September are 273 days, of 730 in 365 days 546: 730 + 400 - 546 = 584
    assert today(1) == pytest.approx(292)


@pytest.mark.parametrize(
    ("month", "day", "stake"),
    [
        # the growth compares with the year before the last full one
        (1, "2026-09-30", 800),
        (10, "2026-09-30", 500),
        (10, "2026-10-01", 800),
    ],
)
def test_the_stake_is_the_year_that_revenue_is_compared_with(
    month: int, day: str, stake: float
) -> None:
    made = figure("attention.stake", billed(*WHOLE), today=DAY(day), with_=starting(month))
    assert made.value == stake


@pytest.mark.parametrize(
    ("month", "counted"),
    [(1, 1 + 8 + 64), (4, 1 + 8 + 2 + 64), (10, 1 + 2 + 4 + 64)],
)
def test_discounts_of_the_last_full_year(month: int, counted: int) -> None:
    """The amounts are powers of two, so that their sum tells which were counted."""
    days = {
        1: "2025-12-31", 2: "2026-03-31", 4: "2026-09-30", 8: "2025-04-01", 16: "2026-10-01",
        32: "2024-12-31", 64: "2025-10-01", 128: "2026-11-01",
    }  # fmt: skip
    discounts = ", ".join(f"{{amount: {amount}, booked_on: {day}}}" for amount, day in days.items())
    made = figure(
        "control.contribution",
        "economics: {currency: EUR, production_cost: 0, marketing_cost: 0,"
        " revenue: [{year: 2025, amount: 1000}], control: {development_spent: 0},"
        f" discounts: [{discounts}]}}\nservice: {{objects: []}}\n",
        with_=starting(month),
    )
    assert made.value == 1000 - counted
    of_year = "2025" if month == 1 else "2025/26"
    assert {str(reason.note) for reason in made.reasons if reason.note} >= {
        f"not of {of_year}, left out"
    }


@pytest.mark.parametrize(
    ("month", "day", "written_down"),
    [
        (4, "2025-03-31", 0),
        (4, "2025-04-01", 1),
        (4, "2026-03-31", 1),
        (4, "2026-04-01", 0),
        (10, "2026-09-30", 1),
        (1, "2026-09-30", 0),
    ],
)
def test_the_history_of_the_last_full_year(month: int, day: str, written_down: int) -> None:
    sections = f"outcomes: [{{date: {day}, kind: renewed}}]\nactions: []\n{billed()}"
    made = figure("plan.cadence", sections, with_=starting(month))
    assert made.value["year_history"] == written_down


@pytest.mark.parametrize(
    ("month", "today", "rung"),
    [
        # 2024 ended on 2024-12-31, or 2025-03-31: it confirms for twelve months more
        (1, "2025-12-31", "customer"),
        (1, "2026-01-01", "familiar"),
        (4, "2026-03-31", "customer"),
        (4, "2026-04-01", "familiar"),
    ],
)
def test_revenue_confirms_a_customer(month: int, today: str, rung: str) -> None:
    sections = billed("year: 2024, amount: 1") + (
        "relationship: {gates: {customer: {date: 2020-01-01}}}\n"
    )
    made = figure("relationship.rung", sections, today=DAY(today), with_=starting(month))
    assert made.value == rung


@pytest.mark.parametrize(
    ("month", "day", "known"),
    [
        (1, "2025-12-30", None),
        (1, "2025-12-31", 1),
        (4, "2026-03-30", None),
        (4, "2026-03-31", 1),
        (10, "2026-09-29", None),
        (10, "2026-09-30", 1),
    ],
)
def test_a_year_is_known_when_it_has_ended(month: int, day: str, known: int | None) -> None:
    playbook = enriched(plan(billed("year: 2025, amount: 1"))).playbook
    assert playbook is not None
    economics = as_known(playbook, DAY(day), Years(month)).economics
    assert economics is not None
    assert (economics.revenue and len(economics.revenue)) == known


def ahead(month: int, today: str, entry: str) -> list[str]:
    acme = account(plan(billed(entry)), today=DAY(today), with_=starting(month))
    return [
        finding.message
        for finding in acme.findings
        if finding.rule in ("year-not-over", "wrong-value")
    ]


@pytest.mark.parametrize(
    ("month", "today", "entry", "says"),
    [
        (1, "2026-11-23", "year: 2025", []),
        (1, "2026-11-23", "year: 2026", ["the year 2026 ends on 2026-12-31; add the last day that is billed, such as 'to: 2026-11-23'"]),
        (1, "2026-11-23", "year: 2027", ["the year 2027 begins on 2027-01-01; nothing was billed in it yet"]),
        # over on its last day, or a day before it where others are a day ahead
        (1, "2026-12-29", "year: 2026", ["the year 2026 ends on 2026-12-31; add the last day that is billed, such as 'to: 2026-12-29'"]),
        (1, "2026-12-30", "year: 2026", []),
        (1, "2026-12-31", "year: 2026", []),
        (4, "2026-03-29", "year: 2025", ["the year 2025/26 ends on 2026-03-31; add the last day that is billed, such as 'to: 2026-03-29'"]),
        (4, "2026-03-30", "year: 2025", []),
        (4, "2026-03-31", "year: 2026", ["the year 2026/27 begins on 2026-04-01; nothing was billed in it yet"]),
        (4, "2026-11-23", "year: 2026, to: 2026-03-31", ["2026-03-31 is not in the year 2026/27"]),
        (4, "2026-11-23", "year: 2026, to: 2026-04-01", []),
        (10, "2026-11-23", "year: 2025, to: 2026-09-30", []),
        (10, "2026-11-23", "year: 2025, to: 2026-10-01", ["2026-10-01 is not in the year 2025/26"]),
    ],
)  # fmt: skip
def test_a_year_that_is_not_over(month: int, today: str, entry: str, says: list[str]) -> None:
    assert ahead(month, today, entry) == says
