"""The first page: the portfolio at a glance, what needs attention, what is next."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.language import say, say_count
from generator.problems import errors_among
from generator.render.alerts import Alert, alerts
from generator.render.drawings.matrix import CELLS, MatrixAccount, matrix
from generator.render.formats import day
from generator.render.links import Links, account_href
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

NEXT_DAYS = 30
REASONS_SHOWN = 3
UNPLACED_SHOWN = 40
NEXT_SHOWN = 40
NAMES_SHOWN = 12
TIERS = ("A", "B", "C", "D")
EXPOSED = ("risk.customer_residual", "risk.own_expected_loss")
"""What may be lost, on both sides."""


AccountAlerts = tuple[Account, tuple[Alert, ...], int]
"""An account, its worst reasons to look at it, and how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Money of several accounts in the reporting currency, and who is not in it."""

    total: float | None
    counted: int
    left_out: tuple[str, ...]
    """Accounts that have the amount, but no exchange rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierTile:
    """A tier's accounts and their money."""

    tier: str
    count: int
    profit: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something that happens on a day soon."""

    day: datetime.date
    account: Account
    what: str
    kind: str


def home_pages(site: Site) -> Iterator[Page]:
    """The home page."""
    portfolio = site.portfolio
    settings = site.settings
    links = Links(here="index.html")
    sections = {
        "matrix": say("Who deserves what"),
        "attention": say("Needs attention"),
        "next": say("Next {days} days", days=NEXT_DAYS),
    }
    common = {"site": site, "links": links, "settings": settings, "today": site.today}
    render = site.engine.render
    rows = accounts_with_alerts(site)
    fragments = {"head": render("home/tiles.html.j2", **common, **tiles(site))}
    if portfolio.accounts:
        fragments["matrix"] = render("home/matrix.html.j2", **common, **_matrix(site, links))
        told = together(rows)[: settings.site.attention]
        fragments["attention"] = render(
            "home/attention.html.j2", **common, rows=told, most=NAMES_SHOWN
        )
        fragments["next"] = render("home/next.html.j2", **common, **next_days(site))
    markdown = page_markdown(
        title=say(settings.site.name),
        description=say(settings.site.description),
        sentence=_lead(site, rows),
        head="head",
        sections=[
            SkeletonSection(anchor=name, title=title)
            for name, title in sections.items()
            if name in fragments
        ],
        hide=("toc",),
    )
    yield Page(path="index.md", markdown=markdown, fragments=fragments)


def value_of(account: Account, key: str) -> Any:
    """A figure's value of an account."""
    figure = account.figures.get(key)
    return figure.value if figure else None


def in_reporting(site: Site, account: Account, amount: float) -> float | None:
    """An account's money in the reporting currency; None without a currency or a rate."""
    economics = account.playbook.economics if account.playbook else None
    currency = economics.currency if economics else None
    rate = site.settings.rate(currency, site.today) if currency else None
    return amount * rate if rate is not None else None


def total_of(
    site: Site, accounts: Sequence[Account], amount: Callable[[Account], float | None]
) -> Sum:
    """The sum over those accounts that have the amount and a rate."""
    amounts: list[float] = []
    left_out: list[str] = []
    for account in accounts:
        found = amount(account)
        if found is None:
            continue
        converted = in_reporting(site, account, found)
        if converted is None:
            left_out.append(account.name)
        else:
            amounts.append(converted)
    return Sum(
        total=math.fsum(amounts) if amounts else None,
        counted=len(amounts),
        left_out=tuple(left_out),
    )


def exposure(account: Account) -> float | None:
    """What may be lost a year, on both sides; None when neither is known."""
    known = [amount for key in EXPOSED if (amount := value_of(account, key)) is not None]
    return math.fsum(known) if known else None


_SUMS: dict[str, Callable[[Account], float | None]] = {
    "contribution": lambda one: value_of(one, "economics.contribution"),
    "profit": lambda one: value_of(one, "selection.retained_profit"),
    "exposure": exposure,
    "revenue": lambda one: value_of(one, "revenue.last_year"),
}


def tiles(site: Site) -> dict[str, Any]:
    """The portfolio's sums, and its accounts by tier."""
    accounts = site.portfolio.accounts
    tiers = [
        TierTile(
            tier=tier,
            count=len(within),
            profit=total_of(site, within, lambda one: value_of(one, "selection.retained_profit")),
        )
        for tier in TIERS
        for within in ([one for one in accounts if value_of(one, "tier") == tier],)
    ]
    sums = {name: total_of(site, accounts, amount) for name, amount in _SUMS.items()}
    left_out = dict.fromkeys(name for one in sums.values() for name in one.left_out)
    return {
        "accounts": accounts,
        "tiers": tiers,
        "most": max((one.count for one in tiers), default=0) or 1,
        "no_tier": sum(value_of(one, "tier") is None for one in accounts),
        "sums": sums,
        "left_out": tuple(left_out),
        "is_judged": site.portfolio.is_judged,
        "passing": sum(not errors_among(one.findings) for one in accounts),
        "currency": site.settings.currencies.reporting_currency,
    }


def _matrix(site: Site, links: Links) -> dict[str, Any]:
    placed, beside = [], []
    for account in site.portfolio.accounts:
        row, column = value_of(account, "selection.row"), value_of(account, "selection.column")
        if row is None or column is None:
            beside.append(account)
            continue
        profit = value_of(account, "selection.retained_profit")
        plan = account.playbook
        placed.append(
            MatrixAccount(
                id=account.id,
                name=account.name,
                status=(plan.account.status if plan else None) or "prospect",
                cell=f"{row}_{column}",
                profit=in_reporting(site, account, profit) if profit is not None else None,
                href=links.to(account_href(account.id)),
            )
        )
    return {
        "cells": matrix(placed),
        "rules": {cell: getattr(site.settings.tiers.cells, cell) for cell in CELLS},
        "beside": by_what_they_lack(beside[:UNPLACED_SHOWN]),
        "more_beside": max(0, len(beside) - UNPLACED_SHOWN),
        "currency": site.settings.currencies.reporting_currency,
        "table": [one for one in placed if len(placed) <= UNPLACED_SHOWN],
    }


def by_what_they_lack(accounts: Sequence[Account]) -> list[tuple[tuple[str, ...], list[Account]]]:
    """Accounts without a tier, those that lack the same facts together."""
    groups: dict[tuple[str, ...], list[Account]] = {}
    for account in accounts:
        tier = account.figures.get("tier")
        groups.setdefault(tier.missing if tier else (), []).append(account)
    return list(groups.items())


def attention(site: Site) -> list[AccountAlerts]:
    """The worst accounts, as many as the team wants to see, each with its reasons."""
    return accounts_with_alerts(site)[: site.settings.site.attention]


def accounts_with_alerts(site: Site) -> list[AccountAlerts]:
    """Accounts with reasons to look at them, worst first; then by the money that hangs on them."""
    rows = []
    for account in site.portfolio.accounts:
        found = alerts(account, site.settings, site.today)
        if found:
            money = value_of(account, "selection.retained_profit") or 0.0
            stake = in_reporting(site, account, money) or 0.0
            rows.append((found[0].rank, -len(found), -stake, account.name, account, found))
    rows.sort(key=lambda row: row[:4])
    return [
        (account, found[:REASONS_SHOWN], max(0, len(found) - REASONS_SHOWN))
        for *_, account, found in rows
    ]


def together(rows: Sequence[AccountAlerts]) -> list[tuple[list[Account], tuple[Alert, ...], int]]:
    """Rows of the list, where accounts with the very same reasons share one."""
    alike: dict[tuple[tuple[Alert, ...], int], list[Account]] = {}
    for account, reasons, more in rows:
        alike.setdefault((reasons, more), []).append(account)
    return [(accounts, reasons, more) for (reasons, more), accounts in alike.items()]


def _lead(site: Site, rows: Sequence[AccountAlerts]) -> str:
    """The answer in a sentence: how many accounts, how many need attention, which one first."""
    if not site.portfolio.accounts:
        return site.settings.site.description
    count = len(site.portfolio.accounts)
    accounts = say_count("{count} account", "{count} accounts", count)
    if not rows:
        return say(
            "{accounts} on {day}. None needs attention.", accounts=accounts, day=day(site.today)
        )
    if len(rows) > 1 and rows[0][1:] == rows[1][1:]:  # several alike: none is first
        return say_count(
            "{accounts} on {day}. {count} needs attention.",
            "{accounts} on {day}. {count} need attention.",
            len(rows),
            accounts=accounts,
            day=day(site.today),
        )
    return say_count(
        "{accounts} on {day}. {count} needs attention: {first}.",
        "{accounts} on {day}. {count} need attention, first {first}.",
        len(rows),
        accounts=accounts,
        day=day(site.today),
        first=rows[0][0].name,
    )


def next_days(site: Site) -> dict[str, Any]:
    """What is due within the next days, by day."""
    last = site.today + datetime.timedelta(days=NEXT_DAYS)
    coming = [
        one
        for account in site.portfolio.accounts
        for one in _coming(account)
        if site.today <= one.day <= last
    ]
    coming.sort(key=lambda one: (one.day, one.account.name, one.what))
    theirs = [one for one in coming if one.kind != "action"]
    ours = [one for one in coming if one.kind == "action"]
    return {
        "theirs": _by_day(theirs[:NEXT_SHOWN]),
        "ours": _by_day(ours[:NEXT_SHOWN]),
        "count": len(ours),
        "more": max(0, len(theirs) - NEXT_SHOWN),
        "more_ours": max(0, len(ours) - NEXT_SHOWN),
    }


def _by_day(coming: Sequence[Coming]) -> list[tuple[datetime.date, list[Coming]]]:
    """What comes, those of one day together."""
    days: dict[datetime.date, list[Coming]] = {}
    for one in coming:
        days.setdefault(one.day, []).append(one)
    return list(days.items())


def _coming(account: Account) -> Iterator[Coming]:
    """An account's meetings, deadlines and actions, whenever they are."""
    plan = account.playbook
    if plan is None:
        return
    meeting, contract = plan.account.next, plan.account.contract
    if meeting and meeting.date:
        what = meeting.what or say("Meeting")
        yield Coming(day=meeting.date, account=account, what=what, kind="meeting")
    if contract and contract.notice_by:
        what = say("Last day to give notice")
        yield Coming(day=contract.notice_by, account=account, what=what, kind="notice")
    if contract and contract.end:
        yield Coming(day=contract.end, account=account, what=say("Contract ends"), kind="notice")
    for one in plan.actions or ():
        if one.due and one.done_on is None:
            yield Coming(day=one.due, account=account, what=one.what or one.id, kind="action")
