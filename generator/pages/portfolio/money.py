"""Money by cell of the matrix, customers apart from prospects; where effort is misplaced."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.sides import Side
from generator.language import phrase, said, say
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.pages.site import Site
from generator.portfolio.effort import misplaced_effort
from generator.portfolio.matrix import cell_of
from generator.portfolio.money import (
    CellSums,
    hours_by_account,
    over_budget,
    pipelines,
    results,
    sums_by_cell,
    sums_of,
)
from generator.portfolio.sums import (
    CurrencyPart,
    SeparateSums,
    former_customers,
    reported,
    without_chance,
    without_rate,
)

LISTED = 15
SMALL = 0.01
"""A share below this reads as 'less than'."""
TITLES: Mapping[str, str] = {
    "revenue": phrase("Revenue last year"),
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
    whole = sums_of(portfolio, portfolio.accounts, hours)
    if any(sums.is_known for sums in whole.values()):
        page.section("cells", say("By tier"), **_table(page.site, rows, whole))
    if by_currency := _by_currency(whole):
        page.section("currencies", say("By currency"), **by_currency)
    if over := [each for each in over_budget(portfolio) if each.excess is not None]:
        beyond = math.fsum(each.excess or 0.0 for each in over)
        title = say("Served beyond their budget")
        page.section("over", title, over=over[:LISTED], beyond=beyond, all=len(over))
    if pipeline := [row for row in pipelines(portfolio) if row.amount.reporting is not None]:
        most = reported(pipeline[0].amount)
        title = say("Pipeline")
        page.section("pipeline", title, rows=pipeline[:LISTED], most=most, all=len(pipeline))
    if control := results(portfolio):
        title = say("Results against plan")
        page.section("control", title, rows=control[:LISTED], all=len(control))
    return {
        "accounts": portfolio.accounts,
        "placed": sum(bool(cell_of(account)) for account in portfolio.accounts),
        "effort": misplaced_effort(rows),
        "small": SMALL,
    }


def _table(
    site: Site, rows: Sequence[CellSums], whole: Mapping[str, SeparateSums]
) -> dict[str, Any]:
    """By side the rows, and whom each column leaves out; columns that nobody knows are dropped."""
    columns = [(name, said(title)) for name, title in TITLES.items() if whole[name].is_known]
    drawn = [row for row in rows if row.cell and row.side is Side.CUSTOMERS]
    unknown = {
        title: [each for side in whole[name].both for each in side.unknown]
        for name, title in columns
        if name != "pipeline"
    }
    return {
        "sides": [(side, [row for row in rows if row.side is side]) for side in Side],
        "drawn": drawn if any(part for row in drawn for part in row.shares.values()) else [],
        "whole": whole,
        "columns": columns,
        "unknown": [(title, named(names)) for title, names in unknown.items() if names],
        "unrated": named(without_rate(whole.values())),
        "chanceless": named(without_chance(whole.values())),
        "former": named([account.name for account in former_customers(site.portfolio)]),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyRow:
    """What the accounts of a currency put into each sum of a side."""

    side: Side
    currency: str
    parts: Mapping[str, CurrencyPart]


def _by_currency(whole: Mapping[str, SeparateSums]) -> dict[str, Any] | None:
    """Each currency's own part of the sums; None where all accounts have the same."""
    rows = [
        CurrencyRow(
            side=side,
            currency=currency,
            parts={
                name: part
                for name, sums in whole.items()
                for part in sums.of(side).parts
                if part.currency == currency
            },
        )
        for side in Side
        for currency in _currencies(whole, side)
    ]
    if len({row.currency for row in rows}) <= 1:
        return None
    names = {name for row in rows for name in row.parts}
    return {
        "rows": rows,
        "columns": [(name, said(title)) for name, title in TITLES.items() if name in names],
    }


def _currencies(whole: Mapping[str, SeparateSums], side: Side) -> list[str]:
    return sorted({part.currency for sums in whole.values() for part in sums.of(side).parts})


PAGE = SitePage(
    path="portfolio/money.md",
    title=phrase("Money"),
    description=phrase("What the accounts bring and what they take."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("economics", "control", "sales"),
)
