"""The first page: the portfolio at a glance, what needs attention, what is next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Account
from generator.language import say, say_count
from generator.pages.account_head import AlertWords, alerts_in_words
from generator.pages.drawings.grids import matrix
from generator.pages.formats import day
from generator.pages.links import Links
from generator.pages.page import SkeletonSection, named, page_markdown
from generator.pages.portfolio.matrix import marks
from generator.pages.site import Site
from generator.pages.tree import Page
from generator.portfolio.attention import accounts_in_need
from generator.portfolio.dates import NEXT_DAYS, DayKind, Entry, calendar
from generator.portfolio.matrix import CELLS, by_missing_facts, placements, without_cell
from generator.portfolio.sums import overview

NEXT_KINDS = frozenset((DayKind.MEETING, DayKind.NOTICE, DayKind.END, DayKind.ACTION))
"""Days that the first page names; the calendar has all."""
REASONS_SHOWN = 3
UNPLACED_SHOWN = 40
NEXT_SHOWN = 40
NAMES_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An account that needs attention, and its worst reasons."""

    account: Account
    reasons: tuple[AlertWords, ...]
    more: int
    """Reasons that are not shown."""

    def says_the_same(self, other: Row) -> bool:
        """Whether another account has the very same reasons."""
        return (self.reasons, self.more) == (other.reasons, other.more)


def home_pages(site: Site) -> Iterator[Page]:
    """The home page."""
    portfolio = site.portfolio
    settings = site.settings
    links = Links(here="index.html")
    sections = {
        "matrix": say("Where to invest"),
        "attention": say("Needs attention"),
        "next": say("Next {days} days", days=NEXT_DAYS),
    }
    common = {
        "site": site,
        "links": links,
        "settings": settings,
        "today": site.today,
        "currency": settings.currencies.reporting_currency,
    }
    render = site.engine.render
    rows = rows_in_need(site)
    sums = overview(portfolio)
    fragments = {
        "head": render(
            "home/tiles.html.j2",
            **common,
            accounts=portfolio.accounts,
            is_judged=portfolio.is_judged,
            overview=sums,
            most=max((tier.count for tier in sums.tiers), default=0) or 1,
            unrated=named(sums.left_out),
        )
    }
    if portfolio.accounts:
        fragments["matrix"] = render("home/matrix.html.j2", **common, **_matrix(site, links))
        fragments["attention"] = render(
            "home/attention.html.j2",
            **common,
            rows=together(rows)[: settings.site.attention],
            most=NAMES_SHOWN,
        )
        fragments["next"] = render("home/next.html.j2", **common, **_next_days(site))
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


def _matrix(site: Site, links: Links) -> dict[str, Any]:
    placed = marks(placements(site.portfolio), links)
    beside = without_cell(site.portfolio)
    return {
        "cells": matrix(placed),
        "rules": {cell: getattr(site.settings.tiers.cells, cell) for cell in CELLS},
        "beside": by_missing_facts(beside[:UNPLACED_SHOWN]),
        "more_beside": max(0, len(beside) - UNPLACED_SHOWN),
        "table": placed if len(placed) <= UNPLACED_SHOWN else [],
    }


def attention(site: Site) -> list[Row]:
    """The worst accounts, as many as the team wants to see, each with its reasons."""
    return rows_in_need(site)[: site.settings.site.attention]


def rows_in_need(site: Site) -> list[Row]:
    """Accounts with reasons to look at them, worst first."""
    return [
        Row(
            account=each.account,
            reasons=alerts_in_words(each.alerts[:REASONS_SHOWN], site.settings, site.today),
            more=max(0, len(each.alerts) - REASONS_SHOWN),
        )
        for each in accounts_in_need(site.portfolio)
    ]


def together(rows: Sequence[Row]) -> list[tuple[list[Account], tuple[AlertWords, ...], int]]:
    """Rows of the list, where accounts with the very same reasons share one."""
    alike: dict[tuple[tuple[AlertWords, ...], int], list[Account]] = {}
    for row in rows:
        alike.setdefault((row.reasons, row.more), []).append(row.account)
    return [(accounts, reasons, more) for (reasons, more), accounts in alike.items()]


def _lead(site: Site, rows: Sequence[Row]) -> str:
    """The answer in a sentence: how many accounts, how many need attention, which one first."""
    if not site.portfolio.accounts:
        return site.settings.site.description
    count = len(site.portfolio.accounts)
    accounts = say_count("{count} account", "{count} accounts", count)
    if not rows:
        return say(
            "{accounts} on {day}. None needs attention.", accounts=accounts, day=day(site.today)
        )
    if len(rows) > 1 and rows[0].says_the_same(rows[1]):  # several alike: none is first
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
        first=rows[0].account.name,
    )


def _next_days(site: Site) -> dict[str, Any]:
    """What is due within the next days, by day."""
    last = site.today + datetime.timedelta(days=NEXT_DAYS)
    coming = [
        entry
        for entry in calendar(site.portfolio)
        if entry.kind in NEXT_KINDS and site.today <= entry.day <= last
    ]
    coming.sort(key=lambda entry: (entry.day, entry.account.name, in_short(entry)))
    theirs = [entry for entry in coming if entry.kind is not DayKind.ACTION]
    ours = [entry for entry in coming if entry.kind is DayKind.ACTION]
    return {
        "theirs": _by_day(theirs[:NEXT_SHOWN]),
        "ours": _by_day(ours[:NEXT_SHOWN]),
        "count": len(ours),
        "more": max(0, len(theirs) - NEXT_SHOWN),
        "more_ours": max(0, len(ours) - NEXT_SHOWN),
        "in_short": in_short,
    }


def in_short(entry: Entry) -> str:
    """What happens, in the fewest words."""
    return say("Contract ends") if entry.kind is DayKind.END else entry.what


def _by_day(coming: Sequence[Entry]) -> list[tuple[datetime.date, list[Entry]]]:
    """What comes, those of one day together."""
    days: dict[datetime.date, list[Entry]] = {}
    for entry in coming:
        days.setdefault(entry.day, []).append(entry)
    return list(days.items())
