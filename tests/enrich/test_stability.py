"""Whether the cell stands when one input is a fifth more or less: counted by hand."""

from __future__ import annotations

import pytest

from tests.enrich.small import figure

# One year, no discount: profit = spend · 0.5 · 0.5 - 0 - 0, high from 250,000 on
BASE = (
    "economics: {currency: EUR, addressable_spend: SPEND, attainable_share: 0.5,"
    " contribution_margin: 0.5, retention: 1, horizon_years: 1, discount_rate: 0DEV}\n"
    "service: {objects: []}\n"
    "risk: {customer: [], own: [], credit: {receivable: 0, days_late: 0, default_probability: 0,"
    " loss_given_default: 0, cost_of_capital: 0}}\n"
)
DEV = (
    ", development: {monthly_cost: 1000, months: MONTHS, win_probability: 0.5,"
    " monthly_contribution: 1000}"
)


@pytest.mark.parametrize(
    ("spend", "value", "note"),
    [
        # 500,000: a fifth less of spend, share or margin leaves 400,000, still high
        ("2000000", 1, "stable"),
        # 300,000: a fifth less leaves 240,000: 3 of 12 changes move it (4 facts, 2 sums, up, down)
        (
            "1200000",
            0.75,
            (
                "unstable; moved by less addressable spend, less attainable share,"
                " less contribution margin"
            ),
        ),
        # 312,500: a fifth less is the cut-off itself, which is high
        ("1250000", 1, "stable"),
        ("1249999", 0.75, None),
    ],
)
def test_a_customer_without_a_programme(spend: str, value: float, note: str | None) -> None:
    found = figure("selection.stability", BASE.replace("SPEND", spend).replace("DEV", ""))
    assert found.value == pytest.approx(value)
    assert note is None or found.note == note
    assert {one.threshold for one in found.reasons if one.line} == {0.9}
    assert found.reasons[0].line == 4


@pytest.mark.parametrize(
    ("months", "value"),
    [
        # payback 3 · months: 4 months are 12, just short; a fifth more of months or cost, or less
        # of chance or contribution, is long: 4 of 20 changes
        (4, 0.8),
        # 9 months: 10.8 at most by months or cost; 3 + 6/0.8 = 10.5
        (3, 1),
        # 15 months: a fifth less of months is 12, short; of cost 5 + 8 = 13; of chance none
        (5, 0.95),
    ],
)
def test_a_growth_programme(months: int, value: float) -> None:
    text = BASE.replace("SPEND", "9000000").replace("DEV", DEV.replace("MONTHS", str(months)))
    assert figure("selection.stability", text).value == pytest.approx(value)


def test_rates_are_cut_at_one() -> None:
    # a margin of 0.9 cannot be more than 1: 250,001 · 0.9 of profit is low, 1 is high
    text = BASE.replace("SPEND", "500002").replace(
        "contribution_margin: 0.5", "contribution_margin: 0.9"
    )
    found = figure("selection.stability", text.replace("DEV", ""))
    assert found.note is not None
    assert "more contribution margin" in found.note
    lower = figure(
        "selection.stability",
        text.replace("500002", "499998").replace("DEV", ""),
    )
    assert lower.note is not None
    assert "more contribution margin" not in lower.note


def test_what_the_cell_lacks() -> None:
    text = BASE.replace("SPEND", "2000000").replace("DEV", "").replace(" retention: 1,", "")
    assert figure("selection.stability", text).missing == ("economics.retention",)
