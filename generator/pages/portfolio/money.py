"""Money by cell of the matrix: profit, service money and hours; where effort is misplaced."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from generator.language import phrase, said, say
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.pages.site import Site
from generator.portfolio.effort import misplaced_effort
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

LISTED = 15
SMALL = 0.01
"""A share below this reads as 'less than'."""
TITLES: Mapping[str, str] = {
    "revenue": phrase("Billed last year"),
    "contribution": phrase("Contribution a year"),
    "profit": phrase("Expected profit"),
    "today": phrase("Expected profit as it is"),
    "serve": phrase("Cost to serve a year"),
    "budget": phrase("Service budget a year"),
    "pipeline": phrase("Pipeline"),
    "hours": phrase("Service hours a year"),
}
"""Headings of the sums, in the order of the table."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
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
    return {
        "accounts": portfolio.accounts,
        "placed": sum(row.count for row in rows if row.cell),
        "effort": misplaced_effort(rows),
        "small": SMALL,
    }


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


PAGE = SitePage(
    path="portfolio/money.md",
    title=phrase("Money"),
    description=phrase("What the accounts bring and what they take."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("economics", "control", "sales"),
)
