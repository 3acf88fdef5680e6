"""The next twelve months: reviews, notices, renewals, meetings, actions, what runs out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.enrich import Account
from generator.language import say, say_count
from generator.render.formats import day, listed, number, sentences, short_day
from generator.render.formats import month as month_name
from generator.render.home import NEXT_DAYS
from generator.render.links import Links
from generator.render.portfolio.dates import Entry, entries
from generator.render.portfolio.kinds import KINDS
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/calendar.html"
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
    open: tuple[Entry, ...]
    folded: tuple[Entry, ...]
    rest: str
    """What is not listed, by kind; empty when all is."""


def calendar_pages(site: Site) -> Iterator[Page]:
    """portfolio/calendar."""
    links = Links(here=HERE)
    accounts = site.portfolio.accounts
    found = sorted(
        (one for account in accounts for one in entries(site, links, account)),
        key=lambda one: (one.day, not one.is_fixed, one.account, one.what),
    )
    late = [one for one in found if one.day < site.today and one.after]
    last = _first_of(site.today, MONTHS)
    coming = [one for one in found if site.today <= one.day < last]
    months = _months(site.today, coming)
    render = site.engine.render
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []
    if coming:
        fragments["head"] = render(
            "portfolio/calendar_head.html.j2",
            months=months,
            most=max(one.count for one in months),
            unreviewed=sum(_never_reviewed(one) for one in accounts),
            file=site.offered("downloads/calendar.ics"),
            persons=[
                (person.name, links.to(path))
                for id, person in sorted(site.settings.team.people.items())
                if (path := site.offered(f"downloads/people/{id}.ics"))
            ],
            links=links,
        )
    if late:
        fragments["overdue"] = render(
            "portfolio/calendar_overdue.html.j2",
            entries=late[:OPEN_MOST],
            folded=late[OPEN_MOST:LISTED],
            rest=_by_kind(late[LISTED:]),
            today=site.today,
        )
        sections.append(SkeletonSection(anchor="overdue", title=say("Overdue")))
    for month in months:
        if month.count:
            fragments[month.anchor] = render("portfolio/calendar_month.html.j2", month=month)
            sections.append(SkeletonSection(anchor=month.anchor, title=month.title))
    markdown = page_markdown(
        title=say("Calendar"),
        description=say("Reviews, notices, renewals, actions and what runs out."),
        sentence=_sentence(site.today, late, coming, months[-1].title),
        head="head" if coming else None,
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/calendar.md", markdown=markdown, fragments=fragments)


def _never_reviewed(account: Account) -> bool:
    """Whether a plan that can be read says no day of its last review."""
    return account.playbook is not None and account.playbook.account.reviewed is None


def _sentence(
    today: datetime.date, late: Sequence[Entry], coming: Sequence[Entry], end: str
) -> str:
    """What is overdue, what comes within a month, and the first day fixed with a customer."""
    if not late and not coming:
        return say(
            "No plan names a day to come: fill in account.next, account.contract and actions."
        )
    told = []
    if late:
        told.append(
            say_count(
                "{count} thing is overdue, since {day}.",
                "{count} things are overdue, the oldest since {day}.",
                len(late),
                day=day(late[0].day),
            )
        )
    return sentences([*told, _to_come(today, coming, end)])


def _to_come(today: datetime.date, coming: Sequence[Entry], end: str) -> str:
    """What comes within a month, or until when there is something or nothing."""
    soon = [one for one in coming if (one.day - today).days <= NEXT_DAYS]
    if soon:
        return _soon(today, soon)
    if coming:
        return say_count(
            "Nothing falls into the next {days} days, {count} thing until the end of {month}.",
            "Nothing falls into the next {days} days, {count} things until the end of {month}.",
            len(coming),
            days=NEXT_DAYS,
            month=end,
        )
    return say("Nothing is planned until the end of {month}.", month=end)


def _soon(today: datetime.date, soon: Sequence[Entry]) -> str:
    """How much comes within a month, and the first of it that is fixed with a customer."""
    fixed = [one for one in soon if one.is_fixed]
    if not fixed:
        return say_count(
            "{count} thing falls into the next {days} days.",
            "{count} things fall into the next {days} days.",
            len(soon),
            days=NEXT_DAYS,
        )
    return say_count(
        "{count} thing falls into the next {days} days, {fixed} of them fixed with customers;"
        " first {account}: {what}, {day}.",
        "{count} things fall into the next {days} days, {fixed} of them fixed with customers;"
        " first {account}: {what}, {day}.",
        len(soon),
        days=NEXT_DAYS,
        fixed=number(len(fixed)),
        account=fixed[0].account,
        what=fixed[0].what,
        day=short_day(fixed[0].day, today),
    )


def _first_of(today: datetime.date, months: int) -> datetime.date:
    """The first day of the month that is so many months ahead."""
    years, month = divmod(today.month - 1 + months, 12)
    return datetime.date(today.year + years, month + 1, 1)


def _months(today: datetime.date, coming: Sequence[Entry]) -> list[Month]:
    """This month and those after it, each with its entries."""
    months = []
    for ahead in range(MONTHS):
        first, end = _first_of(today, ahead), _first_of(today, ahead + 1)
        found = [one for one in coming if first <= one.day < end]
        shown, rest = _most_binding(found)
        is_short = len(found) <= OPEN_UP_TO
        open_ = shown if is_short else [one for one in shown if one.is_fixed][:OPEN_MOST]
        months.append(
            Month(
                title=month_name(first),
                anchor=f"m-{first.year}-{first.month:02}",
                count=len(found),
                fixed=sum(one.is_fixed for one in found),
                open=tuple(open_),
                folded=tuple(one for one in shown if one not in open_),
                rest=_by_kind(rest),
            )
        )
    return months


def _most_binding(found: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """As many as are listed, those fixed with customers before our own, by day; and the rest."""
    ranked = sorted(found, key=lambda one: not one.is_fixed)
    listed = sorted(ranked[:LISTED], key=lambda one: (one.day, not one.is_fixed, one.account))
    return listed, ranked[LISTED:]


def _by_kind(found: Sequence[Entry]) -> str:
    """Counts in words: '3 actions, 1 review'."""
    counts = Counter(one.kind for one in found)
    return listed(kind.counted(counts[name]) for name, kind in KINDS.items() if counts[name])
