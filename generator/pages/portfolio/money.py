"""Money by cell of the matrix: profit, service money and hours; where effort is misplaced."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from generator.language import phrase, said, say, say_count
from generator.pages.formats import number, sentences, share
from generator.pages.page import Layout, PortfolioPage, named
from generator.pages.site import Site
from generator.portfolio.money import (
    SUMMED,
    CellSums,
    Hours,
    hours_by_account,
    over_budget,
    pipelines,
    results,
    sums_by_cell,
    sums_of,
)
from generator.portfolio.sums import figure_amount, left_out, without_rate

MISPLACED = "low_long"
"""The cell of drop and restructure."""
LISTED = 15
SMALL = 0.01
"""A share below this reads as 'less than'."""
TITLES: Mapping[str, str] = {
    "revenue": phrase("Billed last year"),
    "contribution": phrase("Contribution a year"),
    "profit": phrase("Retained profit"),
    "today": phrase("Retained at today's price"),
    "serve": phrase("Cost to serve a year"),
    "budget": phrase("Service budget a year"),
    "pipeline": phrase("Pipeline"),
    "hours": phrase("Service hours a year"),
}
"""Headings of the sums, in the order of the table."""


def lay_out(page: Layout) -> str:
    """Sums by tier, then account by account what stands out."""
    portfolio = page.site.portfolio
    hours = hours_by_account(portfolio)
    rows = sums_by_cell(portfolio, hours)
    if any(value is not None for row in rows for value in row.sums.values()):
        page.section("cells", say("By tier"), **_table(page.site, rows, hours))
    if over := over_budget(portfolio):
        beyond = math.fsum(each.spent - each.budget for each in over)
        title = say("Served beyond their budget")
        page.section("over", title, over=over[:LISTED], beyond=beyond, all=len(over))
    if pipeline := pipelines(portfolio):
        most = pipeline[0].amount
        title = say("Pipeline")
        page.section("pipeline", title, rows=pipeline[:LISTED], most=most, all=len(pipeline))
    if control := results(portfolio):
        title = say("Results against plan")
        page.section("control", title, rows=control[:LISTED], all=len(control))
    return _sentence(rows, len(portfolio.accounts))


def _sentence(rows: Sequence[CellSums], accounts: int) -> str:
    """How much of hours and service money goes where little comes back (item R1)."""
    placed = sum(row.count for row in rows if row.cell)
    if not placed:
        return say(
            "No account has a cell yet: market facts give the matrix, and the matrix the money."
        )
    if placed == accounts:
        return _spent(rows)
    counted = say(
        "Of {all} accounts {placed} have a tier.", all=number(accounts), placed=number(placed)
    )
    return sentences([counted, _spent(rows)])


def _spent(rows: Sequence[CellSums]) -> str:
    """Which shares of hours and money go to the accounts to drop or restructure."""
    hours = math.fsum(row.sums["hours"] or 0.0 for row in rows if row.cell)
    serve = math.fsum(row.sums["serve"] or 0.0 for row in rows if row.cell)
    if not hours and not serve:
        return say("No plan counts its service, so nobody can tell where the hours go.")
    lost = next((row for row in rows if row.cell == MISPLACED), None)
    spent = {
        name: share((lost.sums[name] or 0.0) / whole)
        for name, whole in (("hours", hours), ("serve", serve))
        if lost is not None and whole and lost.sums[name]
    }
    if lost is None or not spent:
        return say("No service goes to accounts to drop or restructure.")
    if len(spent) == 1 and "serve" in spent:
        what, count = say("{share} of the service money", share=spent["serve"]), 1
    elif len(spent) == 1:
        what, count = say("{share} of the service hours", share=spent["hours"]), 2
    else:
        count = 2
        what = say(
            "{hours} of the service hours and {money} of the service money",
            hours=spent["hours"],
            money=spent["serve"],
        )
    accounts = say_count("{count} account", "{count} accounts", lost.count)
    return _keeps(rows, lost, count, spent=what, accounts=accounts)


def _keeps(rows: Sequence[CellSums], lost: CellSums, count: int, **values: str) -> str:
    """The same with how much of the profit hangs on the accounts in question."""
    profit = lost.sums["profit"]
    whole = math.fsum(row.sums["profit"] or 0.0 for row in rows if row.cell)
    if profit is not None and profit <= 0:
        return say_count(
            "{spent} goes to {accounts} to drop or restructure, where no profit is retained.",
            "{spent} go to {accounts} to drop or restructure, where no profit is retained.",
            count,
            **values,
        )
    if profit is None or whole <= profit:
        return say_count(
            "{spent} goes to {accounts} to drop or restructure.",
            "{spent} go to {accounts} to drop or restructure.",
            count,
            **values,
        )
    if profit / whole < SMALL:
        return say_count(
            "{spent} goes to {accounts} to drop or restructure, where less than {share} of the"
            " profit is retained.",
            "{spent} go to {accounts} to drop or restructure, where less than {share} of the"
            " profit is retained.",
            count,
            share=share(SMALL),
            **values,
        )
    return say_count(
        "{spent} goes to {accounts} to drop or restructure, where {share} of the profit is"
        " retained.",
        "{spent} go to {accounts} to drop or restructure, where {share} of the profit is retained.",
        count,
        share=share(profit / whole),
        **values,
    )


def _table(site: Site, rows: Sequence[CellSums], hours: Hours) -> dict[str, Any]:
    """The rows, their sum, and whom each column leaves out; columns nobody knows are dropped."""
    portfolio, accounts = site.portfolio, site.portfolio.accounts
    whole = sums_of(portfolio, accounts, hours)
    titles = {name: said(title) for name, title in TITLES.items()}
    out = [
        left_out(portfolio, accounts, titles[name], figure_amount(key))
        for name, key in SUMMED.items()
        if whole[name] is not None and name != "pipeline"
    ]
    if whole["hours"] is not None:
        out.append(
            left_out(
                portfolio,
                accounts,
                titles["hours"],
                lambda account: hours[account.id],
                is_money=False,
            )
        )
    drawn = [row for row in rows if row.cell]
    return {
        "rows": rows,
        "drawn": drawn if any(part for row in drawn for part in row.shares.values()) else [],
        "whole": whole,
        "count": len(accounts),
        "columns": [(name, title) for name, title in titles.items() if whole[name] is not None],
        "unknown": [(each.what, named(each.unknown)) for each in out if each.unknown],
        "unrated": named(without_rate(out)),
    }


PAGE = PortfolioPage(
    name="money",
    title=phrase("Money"),
    description=phrase("What the accounts bring and what they take."),
    lay_out=lay_out,
    figures=("economics", "control", "sales"),
)
