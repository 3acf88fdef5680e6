"""Sums of the whole portfolio: those that moved, by hand and as the pages tell them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.assess import assess
from generator.compare import moved_sums
from generator.figures import Portfolio
from generator.outputs.report.changes import sum_lines
from generator.outputs.report.diff import diff_json, diff_markdown, diff_text
from generator.portfolio.money import hours_by_account, sums_of
from generator.portfolio.sums import overview
from generator.portfolio.whitespace import white_space
from generator.read import Workspace
from tests.compare.plans import acme
from tests.compare.test_compare import EXAMPLES, TODAY, compared
from tests.history import History
from tests.workspace import CURRENCIES


def dollar(*, share: str, visits: int, potential: int, billed: int) -> str:
    """A customer in USD, worth 0.90 EUR: as `acme`, and what is billed, served, left to sell."""
    sections = f"offerings: {{drives: {{status: open, potential: {potential}, revenue: 10000}}}}\n"
    visit = f"{{activity: visit, per_year: {visits}, hours: 5, rate: 0, expense: 0}}"
    return (
        acme(name="Dollar", share=share, sections=sections)
        .replace("currency: EUR", f"currency: USD\n  revenue: [{{year: 2025, amount: {billed}}}]")
        .replace("objects: []", f"objects: [{{id: line, name: Line, activities: [{visit}]}}]")
    )


BEFORE = {
    "playbooks/acme.yaml": acme(),
    "playbooks/dollar.yaml": dollar(share="0.15", visits=12, potential=40_000, billed=100_000),
}
AFTER = {"playbooks/dollar.yaml": dollar(share="0.2", visits=10, potential=50_000, billed=120_000)}
MOVED = [
    # 225,000 EUR of Acme and 225,000 USD, of which 300,000 USD are made: 270,000 EUR, tier A
    ("tiers.A.count", 0, 1, 1, "accounts"),
    ("tiers.A.profit.customers", None, 270_000, 270_000, "EUR"),
    ("tiers.C.count", 2, 1, -1, "accounts"),
    ("tiers.C.profit.customers", 427_500, 225_000, -202_500, "EUR"),
    ("contribution.customers", 142_500, 165_000, 22_500, "EUR"),
    ("profit.customers", 427_500, 495_000, 67_500, "EUR"),
    ("revenue.customers", 90_000, 108_000, 18_000, "EUR"),
    ("whitespace.customers", 27_000, 36_000, 9_000, "EUR"),
    # 12 and 10 visits of five hours
    ("hours.customers", 60, 50, -10, "hours"),
]


def test_sums_in_the_reporting_currency_with_both_ends(tmp_path: Path) -> None:
    comparison = compared(tmp_path, BEFORE, AFTER)
    assert """\

The whole portfolio:
  accounts of tier A: 0 to 1 (+1)
  expected profit of customers of tier A: none to 270 k EUR (+270 k EUR)
  accounts of tier C: 2 to 1 (−1)
  expected profit of customers of tier C: 428 k EUR to 225 k EUR (−202 k EUR)
  contribution a year of customers: 142 k EUR to 165 k EUR (+22 k EUR)
  expected profit of customers: 428 k EUR to 495 k EUR (+68 k EUR)
  revenue last year of customers: 90 k EUR to 108 k EUR (+18 k EUR)
  white space a year of customers: 27 k EUR to 36 k EUR (+9 k EUR)
  service hours a year of customers: 60 to 50 (−10)

Dollar (playbooks/dollar.yaml)
""" in diff_text(comparison, "a", "b")
    assert "#### The whole portfolio\n\n- accounts of tier A: 0 to 1 \\(\\+1\\)\n" in diff_markdown(
        comparison, "a", "b"
    )
    moved = json.loads(diff_json(comparison, "a", "b"))["portfolio"]
    assert [{key: _exact(value) for key, value in row.items()} for row in moved] == [
        {
            "key": key,
            "before": before,
            "after": after,
            "difference": difference,
            "unit": unit,
            "unit_before": unit,
        }
        for key, before, after, difference, unit in MOVED
    ]


def _exact(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value


def test_what_moves_no_sum_is_no_line(tmp_path: Path) -> None:
    after = acme(more=", website: https://acme.example").replace("A sample.", "Another one.")
    comparison = compared(tmp_path, BEFORE, {"playbooks/acme.yaml": after})
    assert [change.account.id for change in comparison.by_plans] == ["acme"]
    assert json.loads(diff_json(comparison, "a", "b"))["portfolio"] == []
    for whole in (diff_text(comparison, "a", "b"), diff_markdown(comparison, "a", "b")):
        assert "The whole portfolio" not in whole


def test_what_two_accounts_even_out_is_no_line(tmp_path: Path) -> None:
    """One has 0.14 and the other 0.15, then the other way round: both stay in tier C."""
    comparison = compared(
        tmp_path,
        {"playbooks/a.yaml": acme(name="A", share="0.14"), "playbooks/b.yaml": acme(name="B")},
        {"playbooks/a.yaml": acme(name="A"), "playbooks/b.yaml": acme(name="B", share="0.14")},
    )
    assert len(comparison.by_plans) == 2
    assert moved_sums(comparison) == ()


def test_an_account_that_came_or_went_counts_with_all_it_has(tmp_path: Path) -> None:
    new = compared(
        tmp_path / "new", {"playbooks/acme.yaml": acme()}, {"playbooks/b.yaml": acme(name="B")}
    )
    assert sum_lines(new) == (
        "accounts of tier C: 1 to 2 (+1)",
        "expected profit of customers of tier C: 225 k EUR to 450 k EUR (+225 k EUR)",
        "contribution a year of customers: 75 k EUR to 150 k EUR (+75 k EUR)",
        "expected profit of customers: 225 k EUR to 450 k EUR (+225 k EUR)",
        "profit today a year of customers: 50 k EUR to 100 k EUR (+50 k EUR)",
        "profit as it is of customers: 150 k EUR to 300 k EUR (+150 k EUR)",
    )
    gone = compared(
        tmp_path / "gone", {"playbooks/acme.yaml": acme()}, {"playbooks/acme.yaml": None}
    )
    # that nobody is left who loses 0 and is served for 0 hours moves neither sum
    assert sum_lines(gone) == (
        "accounts of tier C: 1 to 0 (−1)",
        "expected profit of customers of tier C: 225 k EUR to none (−225 k EUR)",
        "contribution a year of customers: 75 k EUR to none (−75 k EUR)",
        "expected profit of customers: 225 k EUR to none (−225 k EUR)",
        "profit today a year of customers: 50 k EUR to none (−50 k EUR)",
        "profit as it is of customers: 150 k EUR to none (−150 k EUR)",
    )


def test_where_many_accounts_stay_only_the_difference_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.compare.sums.MOST_BESIDE", 0)
    comparison = compared(tmp_path, BEFORE, {"playbooks/acme.yaml": acme(share="0.2")})
    # one that is reached and one beside; 225,000 to 300,000 of a whole that is not added up
    assert sum_lines(comparison) == (
        "accounts of tier A: +1",
        "expected profit of customers of tier A: +300 k EUR",
        "accounts of tier C: −1",
        "expected profit of customers of tier C: −225 k EUR",
        "contribution a year of customers: +25 k EUR",
        "expected profit of customers: +75 k EUR",
    )
    profit = json.loads(diff_json(comparison, "a", "b"))["portfolio"][-1]
    assert {**profit, "difference": round(profit["difference"], 6)} == {
        "key": "profit.customers",
        "before": None,
        "after": None,
        "difference": 75_000,
        "unit": "EUR",
        "unit_before": "EUR",
    }


def test_between_two_reporting_currencies_there_is_no_difference(tmp_path: Path) -> None:
    """1 EUR is 1.25 USD: 225,000 EUR are 281,250 USD, high from 250,000 on."""
    rates = "rates: {EUR: [{from: 2026-01-01, rate: 1.25, source: sample}]}\n"
    comparison = compared(
        tmp_path,
        {"playbooks/acme.yaml": acme(), "site_config/currencies.yaml": CURRENCIES},
        {"site_config/currencies.yaml": f"reporting_currency: USD\n{rates}"},
    )
    assert sum_lines(comparison) == (
        "accounts of tier A: 0 to 1 (+1)",
        "expected profit of customers of tier A: none to 281 k USD",
        "accounts of tier C: 1 to 0 (−1)",
        "expected profit of customers of tier C: 225 k EUR to none",
        "contribution a year of customers: 75 k EUR to 94 k USD",
        "expected profit of customers: 225 k EUR to 281 k USD",
        "profit today a year of customers: 50 k EUR to 62 k USD",
        "profit as it is of customers: 150 k EUR to 188 k USD",
    )
    profit = json.loads(diff_json(comparison, "a", "b"))["portfolio"][-2]
    ends = (profit["unit_before"], profit["unit"], profit["difference"])
    assert ends == ("EUR", "USD", None)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("attainable_share: {value: 0.", "attainable_share: {value: 0.0"),
        ("default_probability: 0.", "default_probability: 0.1"),
        ("per_year: 12}", "per_year: 13}"),
        ("status: open,", "status: ours,"),
    ],
)
def test_both_ends_are_what_the_pages_tell(tmp_path: Path, old: str, new: str) -> None:
    """Over the example portfolio, every plan of it that can be edited so at once."""
    plans = {
        f"playbooks/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted(EXAMPLES.rglob("*.yaml"))
    }
    config = (EXAMPLES.parent / "site_config").glob("*.yaml")
    texts = {f"site_config/{path.name}": path.read_text(encoding="utf-8") for path in config}
    edits = {name: text.replace(old, new) for name, text in plans.items() if old in text}
    assert edits
    history = History(tmp_path)
    history.write({**plans, **texts})
    before = _of_pages(assess(Workspace.at(tmp_path), TODAY))
    comparison = compared(tmp_path, {**plans, **texts}, edits)
    after = _of_pages(assess(Workspace.at(tmp_path), TODAY))
    moved = {
        moved_sum.name: (moved_sum.before.value, moved_sum.after.value)
        for moved_sum in moved_sums(comparison)
    }
    expected: dict[str, object] = {
        name: (pytest.approx(value), pytest.approx(after[name]))
        for name, value in before.items()
        if (value or 0) != pytest.approx(after[name] or 0)
    }
    assert moved == expected != {}
    assert len(sum_lines(comparison)) == len(moved)


def _of_pages(portfolio: Portfolio) -> dict[str, float | None]:
    sums = overview(portfolio)
    hours = sums_of(portfolio, portfolio.accounts, hours_by_account(portfolio))["hours"]
    told = {
        **{f"tiers.{row.tier}.profit": row.profit for row in sums.tiers},
        "contribution": sums.contribution,
        "profit": sums.profit,
        "own_loss": sums.own_loss,
        "their_loss": sums.their_loss,
        "revenue": sums.revenue,
        "profit_today": sums.profit_today,
        "profit_as_it_is": sums.profit_as_it_is,
        "pipeline": sums.pipeline,
        "whitespace": white_space(portfolio).total,
        "hours": hours,
    }
    return {
        **{f"tiers.{row.tier}.count": row.count for row in sums.tiers},
        "no_tier": sums.no_tier,
        **{f"{name}.customers": each.customers.total for name, each in told.items()},
        **{f"{name}.prospects": each.prospects.total for name, each in told.items()},
    }


def test_every_sum_has_its_words(tmp_path: Path) -> None:
    """From nothing to a portfolio that has each of them moves all of them."""
    every = {
        f"playbooks/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted(EXAMPLES.rglob("*.yaml"))
    }
    every["playbooks/no-tier.yaml"] = "schema: 1\naccount: {name: New}\nsummary: A sample.\n"
    config = (EXAMPLES.parent / "site_config").glob("*.yaml")
    texts = {f"site_config/{path.name}": path.read_text(encoding="utf-8") for path in config}
    comparison = compared(tmp_path, {**texts, "playbooks/readme.txt": "None yet.\n"}, every)
    assert [line.partition(":")[0] for line in sum_lines(comparison)] == [
        "accounts of tier A",
        "expected profit of customers of tier A",
        "expected profit of weighted prospects of tier A",
        "accounts of tier B",
        "expected profit of weighted prospects of tier B",
        "accounts of tier C",
        "expected profit of customers of tier C",
        "expected profit of weighted prospects of tier C",
        "accounts of tier D",
        "expected profit of customers of tier D",
        "expected profit of weighted prospects of tier D",
        "accounts without a tier",
        "contribution a year of customers",
        "contribution a year of weighted prospects",
        "expected profit of customers",
        "expected profit of weighted prospects",
        "our expected loss a year of customers",
        "our expected loss a year of weighted prospects",
        "their expected loss a year of customers",
        "their expected loss a year of weighted prospects",
        "revenue last year of customers",
        "profit today a year of customers",
        "profit today a year of weighted prospects",
        "profit as it is of customers",
        "profit as it is of weighted prospects",
        "weighted pipeline of customers",
        "weighted pipeline of weighted prospects",
        "white space a year of customers",
        "white space a year of weighted prospects",
        "service hours a year of customers",
        "service hours a year of weighted prospects",
    ]
