"""The next twelve months: reviews, notices, renewals, meetings, actions, what runs out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.figures import Account
from generator.language import phrase, say
from generator.pages.formats import month as month_name
from generator.pages.page import Menu, PageLayout, SitePage
from generator.portfolio.colleagues import workloads
from generator.portfolio.dates import NEXT_DAYS, DayKind, PlanDay, calendar


class ShownKind(NamedTuple):
    """How a kind of day is shown."""

    sign: str
    word: str


KINDS: Mapping[DayKind, ShownKind] = {
    DayKind.NOTICE: ShownKind("▲", phrase("notice")),
    DayKind.END: ShownKind("▲", phrase("contract")),
    DayKind.TENDER: ShownKind("◆", phrase("tender")),
    DayKind.BUYING: ShownKind("◆", phrase("buying")),
    DayKind.MEETING: ShownKind("●", phrase("meeting")),
    DayKind.PROMISE: ShownKind("●", phrase("promise")),
    DayKind.CASE: ShownKind("●", phrase("case")),
    DayKind.CONSENT: ShownKind("✕", phrase("consent")),
    DayKind.DEAL: ShownKind("◇", phrase("deal")),
    DayKind.ACTION: ShownKind("○", phrase("action")),
    DayKind.OBJECTIVE: ShownKind("◎", phrase("objective")),
    DayKind.REVIEW: ShownKind("↻", phrase("review")),
    DayKind.DECISION: ShownKind("↻", phrase("decision")),
    DayKind.DATA: ShownKind("↻", phrase("personal data")),
    DayKind.UNKNOWN: ShownKind("?", phrase("unknown")),
    DayKind.WAIVER: ShownKind("✕", phrase("waiver")),
}
"""Kinds of days, those that stand with the customer first."""


MONTHS = 12
OPEN_UP_TO = 14
"""A month with more entries shows those fixed with customers, and folds the rest."""
OPEN_MOST = 20
LISTED = 60
"""Of one month, and of what is overdue; the rest is counted by kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What stands in one month."""

    title: str
    anchor: str
    count: int
    fixed: int
    """Of these, how many stand with customers."""
    open: tuple[PlanDay, ...]
    folded: tuple[PlanDay, ...]
    rest: list[tuple[DayKind, int]]
    """What is not listed: how many of each kind."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """What is overdue, then month by month what comes."""
    site, today = page.site, page.site.today
    days = calendar(site.portfolio)
    late = [entry for entry in days if entry.day < today and entry.after]
    last = _first_of(today, MONTHS)
    coming = [entry for entry in days if today <= entry.day < last]
    months = _months(today, coming)
    if coming:
        page.head(
            months=months,
            most=max(month.count for month in months),
            unreviewed=sum(_never_reviewed(account) for account in site.portfolio.accounts),
            file=site.offered("downloads/calendar.ics"),
            persons=[
                (person.name, page.links.to(path))
                for id, person in sorted(site.settings.team.people.items())
                if (path := site.offered(f"downloads/people/{id}.ics"))
            ],
        )
    if late:
        page.section(
            "overdue",
            say("Overdue"),
            kinds=KINDS,
            entries=late[:OPEN_MOST],
            folded=late[OPEN_MOST:LISTED],
            rest=_by_kind(late[LISTED:]),
        )
    for month in months:
        if month.count:
            page.section(month.anchor, month.title, block="month", kinds=KINDS, month=month)
    soon = [entry for entry in coming if (entry.day - today).days <= NEXT_DAYS]
    return {
        "late": late,
        "coming": coming,
        "soon": soon,
        "waiting": sum(len(person.waiting) for person in workloads(site.portfolio)),
        "fixed": [entry for entry in soon if entry.is_fixed],
        "days": NEXT_DAYS,
        "end": months[-1].title,
    }


def _never_reviewed(account: Account) -> bool:
    """Whether a plan that can be read says no day of its last review."""
    return account.playbook is not None and account.playbook.account.reviewed is None


def _first_of(today: datetime.date, months: int) -> datetime.date:
    """The first day of the month that is so many months ahead."""
    years, month = divmod(today.month - 1 + months, 12)
    return datetime.date(today.year + years, month + 1, 1)


def _months(today: datetime.date, coming: Sequence[PlanDay]) -> list[Month]:
    """This month and those after it, each with its entries."""
    months = []
    for ahead in range(MONTHS):
        first, end = _first_of(today, ahead), _first_of(today, ahead + 1)
        within = [entry for entry in coming if first <= entry.day < end]
        shown, rest = _most_binding(within)
        is_short = len(within) <= OPEN_UP_TO
        open_ = shown if is_short else [entry for entry in shown if entry.is_fixed][:OPEN_MOST]
        months.append(
            Month(
                title=month_name(first),
                anchor=f"m-{first.year}-{first.month:02}",
                count=len(within),
                fixed=sum(entry.is_fixed for entry in within),
                open=tuple(open_),
                folded=tuple(entry for entry in shown if entry not in open_),
                rest=_by_kind(rest),
            )
        )
    return months


def _most_binding(within: Sequence[PlanDay]) -> tuple[list[PlanDay], list[PlanDay]]:
    """As many as are listed, those fixed with customers before our own, by day; and the rest."""
    ranked = sorted(within, key=lambda entry: not entry.is_fixed)
    listed = sorted(
        ranked[:LISTED], key=lambda entry: (entry.day, not entry.is_fixed, entry.account.name)
    )
    return listed, ranked[LISTED:]


def _by_kind(entries: Sequence[PlanDay]) -> list[tuple[DayKind, int]]:
    """How many of each kind there are, those that stand with the customer first."""
    counts = Counter(entry.kind for entry in entries)
    return [(kind, counts[kind]) for kind in KINDS if counts[kind]]


PAGE = SitePage(
    path="portfolio/calendar.md",
    title=phrase("Calendar"),
    description=phrase("Reviews, notices, renewals, actions and what runs out."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
)
