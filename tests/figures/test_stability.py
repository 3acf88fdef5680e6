"""Whether the cell stands when one input is a fifth more or less: counted by hand."""

from __future__ import annotations

from tests.figures.small import figure

# One year, no discount: profit = spend · 0.5 · 0.5 - 0, high from 250,000 on; today 1 - 0, short
BASE = (
    "economics: {currency: EUR, addressable_spend: SPEND, attainable_share: 0.5,"
    " contribution_margin: 0.5, retention: 1, horizon_years: 1, discount_rate: 0,"
    " marketing_cost: 0, price: 1, production_cost: 0DEV}\n"
    "service: {objects: []}\n"
    "risk: {customer: [], own: [], credit: {receivable: 0, days_late: 0, default_probability: 0,"
    " loss_given_default: 0, cost_of_capital: 0}}\n"
)


def test_it_says_its_limit_and_its_lines() -> None:
    stability = figure("selection.stability", BASE.replace("SPEND", "2000000").replace("DEV", ""))
    assert {reason.threshold for reason in stability.reasons} == {None}
    assert [reason.value for reason in stability.reasons[-2:]] == [0.2, 0.9]
    assert stability.reasons[0].line == 4


def test_rates_are_cut_at_one() -> None:
    # a margin of 0.9 cannot be more than 1: 250,001 · 0.9 of profit is low, 1 is high
    text = BASE.replace("SPEND", "500002").replace(
        "contribution_margin: 0.5", "contribution_margin: 0.9"
    )
    stability = figure("selection.stability", text.replace("DEV", ""))
    assert stability.note is not None
    assert "more contribution margin" in stability.note
    lower = figure(
        "selection.stability",
        text.replace("500002", "499998").replace("DEV", ""),
    )
    assert lower.note is not None
    assert "more contribution margin" not in lower.note
