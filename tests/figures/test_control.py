"""What became of the money of 2025, by hand."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from generator.figures.figure import NOTHING_TO_DIVIDE
from tests.figures.edits import changed, without
from tests.figures.moving import doubted, moved
from tests.figures.small import clean, enriched, figure, plan

MONEY = """\
economics:
  currency: EUR
  production_cost: 480
  marketing_cost: 20
  development:
    monthly_cost: 70
    months: 5
  revenue:
    - year: 2025
      amount: 1000
    - year: 2024
      amount: 7000
  discounts:
    - amount: 40
      booked_on: 2025-01-01
    - amount: 20
      booked_on: 2025-12-31
    - amount: 300
      booked_on: 2026-01-01
    - booked_on: 2024-12-31
  control:
    invoiced: 1100
    received: 990
    planned_contribution: 350
    planned_payback: 10
    realised_payback: 13.5
    development_spent: 30
service:
  objects:
    - id: board
      activities:
        - activity: visit
          per_year: 2
          hours: 1
          rate: 25
          expense: 10
risk:
  credit:
    receivable: 220
"""


def control(key: str, sections: str = MONEY) -> Figure:
    text = plan(sections)
    clean(enriched(text))
    return enriched(text).figures[f"control.{key}"]


# 2025: 1000 - 480 - 20 - 2 x (1 x 25 + 10) - 30 - 40 - 20 = 340
LEFT = 340


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        ("contribution", LEFT, "EUR"),
        ("return", 3.4, None),  # 340 / (70 + 30)
        ("days_outstanding", 73, "days"),  # 220 / 1100 x 365
        ("cash_recovery", 0.9, "share"),  # 990 / 1100
        ("payback_gap", 3.5, "months after plan"),  # 13.5 - 10
        ("variance", -10, "EUR"),  # 340 - 350
    ],
)
def test_by_hand(key: str, value: float, unit: str | None) -> None:
    made = control(key)
    assert made.value == pytest.approx(value)
    assert (made.unit, made.missing, made.note) == (unit, (), None)


def test_what_the_contribution_is_made_of() -> None:
    contribution = control("contribution")
    assert [(reason.name, reason.value, reason.line) for reason in contribution.reasons] == [
        ("revenue.last_year", 1000, None),
        ("economics.production_cost", 480, 6),
        ("economics.marketing_cost", 20, 7),
        ("service.cost_to_serve", 70, None),
        ("economics.control.development_spent", 30, 30),
        ("economics.discounts.0.amount", 40, 17),
        ("economics.discounts.1.amount", 20, 19),
        *((f"economics.discounts.{i}.booked_on", contribution.reasons[7 + i].value, 18 + 2 * i) for i in range(3)),
        ("economics.discounts.3.booked_on", contribution.reasons[10].value, 23),
    ]  # fmt: skip
    assert [reason.note for reason in contribution.reasons[7:]] == [
        None, None, "not of 2025, left out", "not of 2025, left out",
    ]  # fmt: skip
    assert [reason.unit for reason in contribution.reasons[1:7]] == [
        "EUR a year", "EUR a year", "EUR a year", "EUR", "EUR", "EUR",
    ]  # fmt: skip


def test_no_discounts() -> None:
    head, _, rest = MONEY.partition("  discounts:\n")
    tail = rest[rest.index("  control:") :]
    contribution = control("contribution", f"{head}  discounts: []\n{tail}")
    assert (contribution.value, contribution.missing) == (LEFT + 60, ())
    discounts = contribution.reasons[5]
    assert (discounts.name, discounts.value, discounts.unit, discounts.note, discounts.line) == (
        "economics.discounts", 0, "EUR", "looked, none", 16,
    )  # fmt: skip
    absent = control("contribution", head + tail)
    assert (absent.value, absent.missing) == (None, ("economics.discounts",))


@pytest.mark.parametrize(
    ("lacks", "missing"),
    [
        ("economics.production_cost", "economics.production_cost"),
        ("economics.revenue.0", "economics.revenue.2025"),
        ("economics.revenue", "economics.revenue"),
        ("economics.marketing_cost", "economics.marketing_cost"),
        ("economics.control.development_spent", "economics.control.development_spent"),
        ("economics.discounts.1.booked_on", "economics.discounts.1.booked_on"),
        ("economics.discounts.0.amount", "economics.discounts.0.amount"),
        ("service", "service.objects"),
    ],
)
def test_what_the_contribution_lacks(lacks: str, missing: str) -> None:
    text = plan(MONEY)
    if lacks == "economics.revenue.0":
        text = text.replace("    - year: 2025\n      amount: 1000\n", "")
    else:
        text = without(text, lacks)
    figures = enriched(text).figures
    for key in ("contribution", "return", "variance"):
        made = figures[f"control.{key}"]
        assert (made.value, made.missing) == (None, (missing,))


@pytest.mark.parametrize(
    ("key", "lacks"),
    [
        ("days_outstanding", "economics.control.invoiced"),
        ("cash_recovery", "economics.control.invoiced"),
        ("cash_recovery", "economics.control.received"),
        ("payback_gap", "economics.control.planned_payback"),
        ("payback_gap", "economics.control.realised_payback"),
        ("variance", "economics.control.planned_contribution"),
    ],
)
def test_what_the_others_lack(key: str, lacks: str) -> None:
    made = enriched(without(plan(MONEY), lacks)).figures[f"control.{key}"]
    assert (made.value, made.missing) == (None, (lacks,))


def test_a_credit_without_a_value_keeps_it_waiting() -> None:
    made = enriched(without(plan(MONEY), "risk.credit.receivable")).figures
    days = made["control.days_outstanding"]
    assert (days.value, days.missing, days.waits_on) == (None, (), ("risk.credit",))


def test_nothing_at_all() -> None:
    contribution = figure("control.contribution")
    assert contribution.missing == (
        "economics.revenue",
        "economics.production_cost",
        "economics.marketing_cost",
        "service.objects",
        "economics.control.development_spent",
        "economics.discounts",
    )
    assert figure("control.cash_recovery").missing == (
        "economics.control.received",
        "economics.control.invoiced",
    )


@pytest.mark.parametrize("key", ["days_outstanding", "cash_recovery"])
def test_nothing_was_invoiced(key: str) -> None:
    made = control(key, MONEY.replace("invoiced: 1100", "invoiced: 0"))
    assert (made.value, made.missing, made.note) == (None, (), NOTHING_TO_DIVIDE)


@pytest.mark.parametrize(
    ("serve", "develop", "value"),
    [("0", "0", None), ("2", "0", 370 / 70), ("0", "30", 410 / 30)],
)
def test_no_effort_has_no_return(serve: str, develop: str, value: float | None) -> None:
    text = MONEY.replace("per_year: 2", f"per_year: {serve}").replace(
        "development_spent: 30", f"development_spent: {develop}"
    )
    returned = control("return", text)
    assert returned.value == (None if value is None else pytest.approx(value))
    assert returned.note == (NOTHING_TO_DIVIDE if value is None else None)


@pytest.mark.parametrize(
    ("key", "dotted", "new", "value"),
    [
        ("contribution", "economics.production_cost", "380", 440),
        ("contribution", "economics.marketing_cost", "50", 310),
        ("contribution", "economics.control.development_spent", "10", 360),
        ("contribution", "economics.discounts.0.amount", "50", 330),
        ("contribution", "economics.discounts.1.booked_on", "2026-01-01", 360),
        ("days_outstanding", "risk.credit.receivable", "110", 36.5),
        ("cash_recovery", "economics.control.received", "1100", 1.0),
        ("cash_recovery", "economics.control.invoiced", "1980", 0.5),
        ("payback_gap", "economics.control.realised_payback", "9", -1),
        ("payback_gap", "economics.control.planned_payback", "12", 1.5),
        ("variance", "economics.control.planned_contribution", "300", 40),
    ],
)
def test_an_input_moves_it(key: str, dotted: str, new: str, value: float) -> None:
    assert moved(f"control.{key}", MONEY, dotted, new).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("dotted", "new", "left", "ratio"),
    [
        ("economics.revenue.0.amount", "1100", 440, 4.4),
        ("economics.control.development_spent", "130", 240, 240 / 200),
        ("service.objects.0.activities.0.per_year", "12", -10, -10 / 450),
    ],
)
def test_what_stands_below_moves_it(dotted: str, new: str, left: float, ratio: float) -> None:
    figures = enriched(changed(plan(MONEY), dotted, new)).figures
    assert figures["control.contribution"].value == pytest.approx(left)
    assert figures["control.return"].value == pytest.approx(ratio)


def test_the_next_programme_is_not_last_years() -> None:
    text = plan(MONEY)
    for other in (
        changed(text, "economics.development.monthly_cost", "900"),
        without(text, "economics.development.months"),
        without(text, "economics.development"),
    ):
        figures = enriched(other).figures
        assert figures["control.contribution"].value == LEFT
        assert figures["control.return"].value == pytest.approx(3.4)


@pytest.mark.parametrize("key", ["days_outstanding", "cash_recovery", "payback_gap", "variance"])
def test_an_opinion_makes_it_less_sure(key: str) -> None:
    before, after = doubted(f"control.{key}", MONEY, "economics.control.invoiced")
    assert before == pytest.approx(0.6)
    assert after < before
