"""Money by cell of the matrix: profit, service money and hours; where effort is misplaced."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.enrich.service import activity_inputs, service_objects
from generator.language import phrase, said, say, say_count
from generator.render.drawings.matrix import CELLS
from generator.render.formats import number, sentences, share
from generator.render.home import in_reporting, total_of, value_of
from generator.render.links import Links
from generator.render.portfolio.sums import LeftOut, left_out, named, without_rate
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/money.html"
MISPLACED = "low_long"
"""The cell of drop and restructure."""
LISTED = 15
SMALL = 0.01
"""A share below this reads as 'less than'."""
COLUMNS = {
    "revenue": (phrase("Billed last year"), "revenue.last_year"),
    "contribution": (phrase("Contribution a year"), "economics.contribution"),
    "profit": (phrase("Retained profit"), "selection.retained_profit"),
    "today": (phrase("Retained at today's price"), "selection.retained_profit_today"),
    "serve": (phrase("Cost to serve a year"), "service.cost_to_serve"),
    "budget": (phrase("Service budget a year"), "service.budget"),
    "pipeline": (phrase("Pipeline"), "sales.pipeline"),
}
"""Heading and figure of each sum, in the order of the table."""
BARS = ("profit", "serve", "hours")
"""What the drawing sets side by side."""
Hours = Mapping[str, float | None]
"""Service hours a year by account."""
CONTROL = ("contribution", "variance", "return", "days_outstanding", "cash_recovery", "payback_gap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the accounts of one cell bring and take; the cell is empty for those without one."""

    cell: str
    tier: str | None
    count: int
    sums: dict[str, float | None]
    """Money in the reporting currency, and hours a year."""
    parts: dict[str, float]
    """Profit, service money and hours as a share of all that is above zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """An account that is served beyond its budget."""

    name: str
    href: str
    tier: str | None
    spent: float
    budget: float


def money_pages(site: Site) -> Iterator[Page]:
    """portfolio/money."""
    links = Links(here=HERE)
    hours = {one.id: service_hours(one) for one in site.portfolio.accounts}
    rows = cell_rows(site, hours)
    over, pipeline, control = _over(site, links), _pipeline(site, links), _control(site, links)
    common = {"currency": site.settings.currencies.reporting_currency, "label": site.settings.label}
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []

    def add(anchor: str, title: str, sentence: str = "", **values: Any) -> None:
        name = f"portfolio/money_{anchor}.html.j2"
        fragments[anchor] = site.engine.render(name, **common, **values)
        sections.append(SkeletonSection(anchor=anchor, title=title, sentence=sentence))

    if any(value is not None for row in rows for value in row.sums.values()):
        add("cells", say("By tier"), **_table(site, rows, hours))
    if over:
        beyond = math.fsum(one.spent - one.budget for one in over)
        title = say("Served beyond their budget")
        add("over", title, over=_first(over), beyond=beyond, all=len(over))
    if pipeline:
        add("pipeline", say("Pipeline"), rows=_first(pipeline), all=len(pipeline))
    if control:
        add("control", say("What became of it"), rows=_first(control), all=len(control))
    markdown = page_markdown(
        title=say("Money"),
        description=say("What the accounts bring and what they take."),
        sentence=_sentence(rows, len(site.portfolio.accounts)),
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/money.md", markdown=markdown, fragments=fragments)


def _first(rows: Sequence[Any]) -> Sequence[Any]:
    return rows[:LISTED]


def _sentence(rows: Sequence[Row], accounts: int) -> str:
    """How much of hours and service money goes where little comes back (item R1)."""
    placed = sum(row.count for row in rows if row.cell)
    if not placed:
        return say(
            "No account has a cell yet: market facts give the matrix, and the matrix the money."
        )
    if placed == accounts:
        return _spent(rows)
    told = say(
        "Of {all} accounts {placed} have a tier.", all=number(accounts), placed=number(placed)
    )
    return sentences([told, _spent(rows)])


def _spent(rows: Sequence[Row]) -> str:
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


def _keeps(rows: Sequence[Row], lost: Row, count: int, **values: str) -> str:
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


def cell_rows(site: Site, hours: Hours) -> list[Row]:
    """A row for each cell that has accounts, then one for those without a cell."""
    by_cell = {
        cell: [one for one in site.portfolio.accounts if _cell(one) == cell]
        for cell in (*CELLS, "")
    }
    sums = {cell: _sums(site, found, hours) for cell, found in by_cell.items() if found}
    placed = [one for cell, one in sums.items() if cell]
    whole = {name: math.fsum(max(0.0, one[name] or 0.0) for one in placed) for name in BARS}
    return [
        Row(
            cell=cell,
            tier=str(getattr(site.settings.tiers.cells, cell).tier) if cell else None,
            count=len(by_cell[cell]),
            sums=one,
            parts={
                name: max(0.0, one[name] or 0.0) / whole[name] if whole[name] else 0.0
                for name in BARS
            },
        )
        for cell, one in sums.items()
    ]


def _sums(site: Site, accounts: Sequence[Account], hours: Hours) -> dict[str, float | None]:
    known = [found for one in accounts if (found := hours[one.id]) is not None]
    return {
        **{
            name: total_of(site, accounts, _figure(key)).total for name, (_, key) in COLUMNS.items()
        },
        "hours": math.fsum(known) if known else None,
    }


def _table(site: Site, rows: Sequence[Row], hours: Hours) -> dict[str, Any]:
    """The rows, their sum, and whom each column leaves out; columns nobody knows are dropped."""
    whole = _sums(site, site.portfolio.accounts, hours)
    accounts = site.portfolio.accounts
    titles = {name: said(title) for name, (title, _) in COLUMNS.items()}
    titles["hours"] = say("Service hours a year")
    out: list[LeftOut] = [
        left_out(site, accounts, titles[name], _figure(key))
        for name, (_, key) in COLUMNS.items()
        if whole[name] is not None and name != "pipeline"
    ]
    if whole["hours"] is not None:
        known = left_out(site, accounts, titles["hours"], lambda one: hours[one.id], is_money=False)
        out.append(known)
    drawn = [row for row in rows if row.cell]
    return {
        "rows": rows,
        "drawn": drawn if any(part for row in drawn for part in row.parts.values()) else [],
        "whole": whole,
        "count": len(accounts),
        "columns": [(name, title) for name, title in titles.items() if whole[name] is not None],
        "unknown": [(one.what, named(one.unknown)) for one in out if one.unknown],
        "unrated": named(without_rate(out)),
    }


def _figure(key: str) -> Callable[[Account], float | None]:
    return lambda account: value_of(account, key)


def _cell(account: Account) -> str:
    row, column = value_of(account, "selection.row"), value_of(account, "selection.column")
    return f"{row}_{column}" if row and column else ""


def service_hours(account: Account) -> float | None:
    """Hours a year that people spend on an account's service: Σ times a year x hours each.

    None when the plan names no service, or an activity of it lacks one of the two.
    """
    case = account.case
    objects = service_objects(case) if case else None
    if case is None or objects is None or any(one.activities is None for one in objects):
        return None
    found = []
    for index, one in enumerate(objects):
        for place in range(len(one.activities or ())):
            times, hours, *_ = (row.value for row in activity_inputs(case, index, place))
            if times is None or hours is None:
                return None
            found.append(times * hours)
    return math.fsum(found)


def _over(site: Site, links: Links) -> list[Over]:
    """Accounts whose service costs more than their budget, the furthest over first."""
    rows = []
    for one in site.portfolio.accounts:
        spent, budget = value_of(one, "service.cost_to_serve"), value_of(one, "service.budget")
        if spent is None or budget is None or spent <= budget:
            continue
        pair = in_reporting(site, one, spent), in_reporting(site, one, budget)
        if pair[0] is not None and pair[1] is not None:
            rows.append(
                Over(
                    name=one.name,
                    href=links.account(one.id, "service"),
                    tier=value_of(one, "tier"),
                    spent=pair[0],
                    budget=pair[1],
                )
            )
    return sorted(rows, key=lambda row: (row.budget - row.spent, row.name))


def _pipeline(site: Site, links: Links) -> list[dict[str, Any]]:
    """Accounts with deals not signed yet, the largest first; width against the largest."""
    rows: list[dict[str, Any]] = []
    for one in site.portfolio.accounts:
        found = value_of(one, "sales.pipeline")
        amount = in_reporting(site, one, found) if found else None
        if amount:
            href = links.account(one.id, "plan")
            rows.append({"name": one.name, "href": href, "amount": amount})
    rows.sort(key=lambda row: (-row["amount"], row["name"]))
    for row in rows:
        row["width"] = round(100 * row["amount"] / rows[0]["amount"], 1)
    return rows


def _control(site: Site, links: Links) -> list[dict[str, Any]]:
    """Accounts that say what became of the money, the largest contribution first."""
    rows = []
    for one in site.portfolio.accounts:
        figures = {name: value_of(one, f"control.{name}") for name in CONTROL}
        if all(value is None for value in figures.values()):
            continue
        for name in ("contribution", "variance"):
            if figures[name] is not None:
                figures[name] = in_reporting(site, one, figures[name])
        rows.append({"name": one.name, "href": links.account(one.id, "plan"), **figures})
    return sorted(rows, key=lambda row: (row["contribution"] is None, -(row["contribution"] or 0)))
