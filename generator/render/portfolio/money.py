"""Money by cell of the matrix: profit, service money and hours; where effort is misplaced."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.enrich.service import activity_inputs, service_objects
from generator.render.drawings.matrix import CELLS
from generator.render.formats import plural, share
from generator.render.home import in_reporting, total_of, value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/money.html"
MISPLACED = "low_long"
"""The cell of drop and restructure."""
LISTED = 15
SUMS = {
    "revenue": "revenue.last_year",
    "contribution": "economics.contribution",
    "profit": "selection.retained_profit",
    "today": "selection.retained_profit_today",
    "serve": "service.cost_to_serve",
    "pipeline": "sales.pipeline",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMoney:
    """What the accounts of one cell bring and take."""

    cell: str
    tier: str
    count: int
    sums: dict[str, float | None]
    hours: float
    profit_width: float
    serve_width: float
    hours_width: float


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
    rows = _rows(site)
    over = _over(site, links)
    control = _control(site, links)
    render = site.engine.render
    common = {"currency": site.settings.currencies.reporting_currency, "label": site.settings.label}
    fragments: dict[str, str] = {}
    sections = []
    if rows:
        fragments["cells"] = render("portfolio/money_cells.html.j2", rows=rows, **common)
        sections.append(SkeletonSection(anchor="cells", title="By cell of the matrix"))
    if over:
        fragments["over"] = render(
            "portfolio/money_over.html.j2", over=over[:LISTED], more=len(over) - LISTED, **common
        )
        sections.append(SkeletonSection(anchor="over", title="Served beyond their budget"))
    if control:
        fragments["control"] = render(
            "portfolio/money_control.html.j2", rows=control[:LISTED], **common
        )
        sections.append(SkeletonSection(anchor="control", title="Planned against realised"))
    markdown = page_markdown(
        title="Money",
        description="What the accounts bring and what they take.",
        sentence=_sentence(rows, len(site.portfolio.accounts)),
        sections=sections,
    )
    yield Page(path="portfolio/money.md", markdown=markdown, fragments=fragments)


def _sentence(rows: Sequence[CellMoney], accounts: int) -> str:
    """How much of hours and service money goes where little comes back (item R1)."""
    if not rows:
        return "No account has a cell yet: market facts give the matrix, and the matrix the money."
    hours, misplaced = math.fsum(row.hours for row in rows), 0.0
    serve = math.fsum(row.sums["serve"] or 0.0 for row in rows)
    lost = next((row for row in rows if row.cell == MISPLACED), None)
    placed = sum(row.count for row in rows)
    of = f"Of {plural(accounts, 'account')} {placed} have a cell. " if placed < accounts else ""
    if lost is None or not hours:
        return f"{of}No service hour goes to accounts to drop or restructure."
    misplaced = lost.hours / hours
    money = (lost.sums["serve"] or 0.0) / serve if serve else 0.0
    return (
        f"{of}{share(misplaced)} of the service hours and {share(money)} of the service money go to"
        f" {plural(lost.count, 'account')} to drop or restructure."
    )


def _rows(site: Site) -> list[CellMoney]:
    by_cell = {
        cell: [one for one in site.portfolio.accounts if _cell(one) == cell] for cell in CELLS
    }
    sums = {
        cell: {name: total_of(site, found, _figure(key)).total for name, key in SUMS.items()}
        for cell, found in by_cell.items()
    }
    hours = {cell: math.fsum(map(service_hours, found)) for cell, found in by_cell.items()}
    most = {
        "profit": max((max(0.0, one["profit"] or 0.0) for one in sums.values()), default=0.0),
        "serve": max((one["serve"] or 0.0 for one in sums.values()), default=0.0),
        "hours": max(hours.values(), default=0.0),
    }
    return [
        CellMoney(
            cell=cell,
            tier=str(getattr(site.settings.tiers.cells, cell).tier),
            count=len(found),
            sums=sums[cell],
            hours=hours[cell],
            profit_width=_width(sums[cell]["profit"], most["profit"]),
            serve_width=_width(sums[cell]["serve"], most["serve"]),
            hours_width=_width(hours[cell], most["hours"]),
        )
        for cell, found in by_cell.items()
        if found
    ]


def _figure(key: str) -> Callable[[Account], float | None]:
    return lambda account: value_of(account, key)


def _width(value: float | None, most: float) -> float:
    return round(100 * max(0.0, value or 0.0) / most, 1) if most else 0.0


def _cell(account: Account) -> str:
    return f"{value_of(account, 'selection.row')}_{value_of(account, 'selection.column')}"


def service_hours(account: Account) -> float:
    """Hours a year that people spend on an account's service: Σ times a year x hours each."""
    case = account.case
    if case is None:
        return 0.0
    found = []
    for index, one in enumerate(service_objects(case) or ()):
        for place in range(len(one.activities or ())):
            times, hours, *_ = (row.value for row in activity_inputs(case, index, place))
            if times is not None and hours is not None:
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
    return sorted(rows, key=lambda row: row.budget - row.spent)


def _control(site: Site, links: Links) -> list[dict[str, Any]]:
    """Accounts that say what became of the money, the largest contribution first."""
    rows = []
    for one in site.portfolio.accounts:
        figures = {
            name: value_of(one, f"control.{name}")
            for name in (
                *("contribution", "variance", "return"),
                *("days_outstanding", "cash_recovery", "payback_gap"),
            )
        }
        if all(value is None for value in figures.values()):
            continue
        for name in ("contribution", "variance"):
            if figures[name] is not None:
                figures[name] = in_reporting(site, one, figures[name])
        rows.append({"name": one.name, "href": links.account(one.id, "plan"), **figures})
    return sorted(rows, key=lambda row: -(row["contribution"] or 0.0))
