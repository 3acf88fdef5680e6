"""The first page: the portfolio at a glance, what needs attention, what is next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Account
from generator.language import phrase, say
from generator.pages.account_head import AlertWords, in_words
from generator.pages.drawings.grids import matrix
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.pages.portfolio.matrix import marks
from generator.pages.site import Site
from generator.portfolio.attention import accounts_in_need
from generator.portfolio.dates import NEXT_DAYS, DayKind, PlanDay, calendar
from generator.portfolio.healths import healths
from generator.portfolio.matrix import CELLS, by_missing_facts, placements, without_cell
from generator.portfolio.sums import overview

NEXT_KINDS = frozenset((DayKind.MEETING, DayKind.NOTICE, DayKind.END, DayKind.ACTION))
"""Days that the first page names; the calendar has all."""
REASONS_SHOWN = 3
UNPLACED_SHOWN = 40
NEXT_SHOWN = 40
NAMES_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedyAccount:
    """An account that needs attention, and its worst reasons."""

    account: Account
    reasons: tuple[AlertWords, ...]
    more: int
    """Reasons that are not shown."""
    stake: float | None
    """Money that hangs on the account a year, in the reporting currency."""

    def says_the_same(self, other: NeedyAccount) -> bool:
        """Whether another account has the very same reasons."""
        return (self.reasons, self.more) == (other.reasons, other.more)


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """The portfolio in numbers, the matrix, who needs attention, what is next."""
    site = page.site
    portfolio, settings = site.portfolio, site.settings
    page.title = say(settings.site.name)
    page.description = say(settings.site.description)
    rows = rows_in_need(site)
    sums = overview(portfolio)
    page.head(accounts=portfolio.accounts)
    if portfolio.accounts:
        if portfolio.is_judged:
            shown = together(rows)[: settings.site.attention]
            page.section(
                "attention",
                say("Needs attention"),
                rows=shown,
                most=NAMES_SHOWN,
                others=len(rows) - sum(len(alike.accounts) for alike in shown),
            )
        page.section(
            "portfolio",
            say("Where we stand"),
            accounts=portfolio.accounts,
            is_judged=portfolio.is_judged,
            overview=sums,
            healths=healths(portfolio),
            unrated=named(sums.no_rate),
            chanceless=named(sums.no_chance),
        )
        placed, beside = marks(placements(portfolio), page.links), without_cell(portfolio)
        page.section(
            "matrix",
            say("Where to invest"),
            cells=matrix(placed),
            rules={cell: getattr(settings.tiers.cells, cell) for cell in CELLS},
            beside=by_missing_facts(beside[:UNPLACED_SHOWN]),
            more_beside=max(0, len(beside) - UNPLACED_SHOWN),
            table=placed if len(placed) <= UNPLACED_SHOWN else [],
        )
        page.section("next", say("Next {days} days", days=NEXT_DAYS), **_next_days(site))
    return {
        "rows": rows,
        # several alike: none is first
        "several": len(rows) > 1 and rows[0].says_the_same(rows[1]),
    }


def attention(site: Site) -> list[NeedyAccount]:
    """The worst accounts, as many as the team wants to see, each with its reasons."""
    return rows_in_need(site)[: site.settings.site.attention]


def rows_in_need(site: Site) -> list[NeedyAccount]:
    """Accounts with reasons to look at them, worst first."""
    return [
        NeedyAccount(
            account=each.account,
            reasons=(words := in_words(each.items))[:REASONS_SHOWN],
            more=sum(1 + word.more for word in words[REASONS_SHOWN:]),
            stake=each.stake,
        )
        for each in accounts_in_need(site.portfolio)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeAccounts:
    """Accounts with the very same reasons to look at them."""

    accounts: tuple[Account, ...]
    reasons: tuple[AlertWords, ...]
    more: int
    stake: float | None
    """The largest money at stake of any of them, in the reporting currency."""


def together(rows: Sequence[NeedyAccount]) -> list[AlikeAccounts]:
    """Rows of the list, where accounts with the very same reasons share one."""
    alike: dict[tuple[tuple[AlertWords, ...], int], list[NeedyAccount]] = {}
    for row in rows:
        alike.setdefault((row.reasons, row.more), []).append(row)
    return [
        AlikeAccounts(
            accounts=tuple(row.account for row in same),
            reasons=reasons,
            more=more,
            stake=max((row.stake for row in same if row.stake is not None), default=None),
        )
        for (reasons, more), same in alike.items()
    ]


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


def in_short(entry: PlanDay) -> str:
    """What happens on a day, in few words."""
    return say("Contract ends") if entry.kind is DayKind.END else entry.what


def _by_day(coming: Sequence[PlanDay]) -> list[tuple[datetime.date, list[PlanDay]]]:
    """Entries by day."""
    days: dict[datetime.date, list[PlanDay]] = {}
    for entry in coming:
        days.setdefault(entry.day, []).append(entry)
    return list(days.items())


PAGE = SitePage(
    path="index.md",
    title=phrase("Overview"),
    description=phrase("Overview"),
    lay_out=lay_out,
    menu=Menu.TOP,
)
