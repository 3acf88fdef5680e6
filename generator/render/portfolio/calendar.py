"""The next twelve months: reviews, notices, renewals, meetings, actions, what expires."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.enrich import Account
from generator.render.formats import plural
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/calendar.html"
MONTHS = 12
OPEN_UP_TO = 20
"""A month with more entries is folded."""
OVERDUE_SHOWN = 60
KINDS = {
    "review": ("↻", "review"),
    "notice": ("▲", "notice"),
    "end": ("▲", "contract"),
    "meeting": ("●", "meeting"),
    "action": ("○", "action"),
    "promise": ("○", "promise"),
    "expiry": ("✕", "expires"),
    "decision": ("↻", "decision"),
    "tender": ("●", "tender"),
    "deal": ("●", "deal closes"),
}
"""By kind its sign and its word."""
MUST = {"action", "promise", "review", "expiry"}
"""What stays to be done when its day has passed; the rest is then over."""
NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happens, or should, on a day."""

    day: datetime.date
    kind: str
    what: str
    who: str
    account: str
    href: str

    @property
    def sign(self) -> str:
        """A sign beside the word."""
        return KINDS[self.kind][0]

    @property
    def word(self) -> str:
        """What kind it is."""
        return KINDS[self.kind][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The entries of one month."""

    title: str
    anchor: str
    entries: tuple[Entry, ...]
    is_folded: bool


def calendar_pages(site: Site) -> Iterator[Page]:
    """portfolio/calendar."""
    links = Links(here=HERE)
    found = sorted(
        (one for account in site.portfolio.accounts for one in entries(site, links, account)),
        key=lambda one: (one.day, one.account, one.what),
    )
    last = site.today + datetime.timedelta(days=365)
    late = [one for one in found if one.day < site.today and one.kind in MUST]
    coming = [one for one in found if site.today <= one.day <= last]
    months = _months(coming)
    render = site.engine.render
    fragments: dict[str, str] = {}
    sections = []
    if late:
        fragments["overdue"] = render(
            "portfolio/calendar.html.j2",
            entries=late[:OVERDUE_SHOWN],
            more=max(0, len(late) - OVERDUE_SHOWN),
            is_folded=False,
            today=site.today,
            late=True,
        )
        sections.append(SkeletonSection(anchor="overdue", title="Overdue"))
    for month in months:
        fragments[month.anchor] = render(
            "portfolio/calendar.html.j2",
            entries=month.entries,
            more=0,
            is_folded=month.is_folded,
            today=site.today,
            late=False,
        )
        sections.append(SkeletonSection(anchor=month.anchor, title=month.title))
    soon = sum((one.day - site.today).days <= 30 for one in coming)
    sentence = (
        f"{plural(soon, 'entry', 'entries')} in the next 30 days,"
        f" {len(coming)} in the next twelve months."
        if coming
        else "Nothing has a day in the next twelve months."
    )
    if late:
        sentence += f" {plural(len(late), 'thing is', 'things are')} overdue."
    markdown = page_markdown(
        title="Calendar",
        description="Reviews, notices, renewals, actions and what expires.",
        sentence=sentence,
        sections=sections,
    )
    yield Page(path="portfolio/calendar.md", markdown=markdown, fragments=fragments)


def _months(coming: list[Entry]) -> list[Month]:
    months = []
    for (year, number), rows in groupby(coming, key=lambda one: (one.day.year, one.day.month)):
        found = tuple(rows)
        months.append(
            Month(
                title=f"{NAMES[number - 1]} {year}",
                anchor=f"m-{year}-{number:02}",
                entries=found,
                is_folded=len(found) > OPEN_UP_TO,
            )
        )
    return months


def entries(site: Site, links: Links, account: Account) -> Iterator[Entry]:
    """All that an account has a day for."""
    plan = account.playbook
    if plan is None:
        return
    people = site.settings.team.people

    def entry(
        day: datetime.date | None, kind: str, what: str, section: str, who: str | None = None
    ) -> Iterator[Entry]:
        if day is not None:
            name = people[who].name if who in people else who or ""
            href = links.account(account.id, section)
            yield Entry(day=day, kind=kind, what=what, who=name, account=account.name, href=href)

    owner = plan.account.owner
    yield from _of_account(site, plan, entry, owner)
    for action in plan.actions or ():
        if action.done_on is None:
            yield from entry(action.due, "action", action.what or action.id, "plan", action.owner)
    for one in plan.decisions or ():
        yield from entry(one.review_on, "decision", one.decision or "Decision", "plan", one.by)
    for waiver in plan.waivers or ():
        what = f"Waiver of {waiver.rule}"
        yield from entry(waiver.until, "expiry", what, "plan", waiver.by)
    for deal in plan.opportunities or ():
        yield from entry(deal.close_on, "deal", deal.id, "plan", owner)
    for unknown in account.plan.unknowns:
        day = datetime.date.fromisoformat(unknown.find_by)
        name = ".".join(str(step) for step in unknown.path)
        yield from entry(day, "expiry", f"Find out {name}", "source", unknown.owner)
    yield from _of_people(plan, entry, owner)


def _of_account(site: Site, plan: Any, entry: Any, owner: str | None) -> Iterator[Entry]:
    """Review, meeting, contract, tender."""
    account = plan.account
    if account.reviewed is not None:
        days = site.settings.scoring.evidence.shelf_life_days.review
        due = account.reviewed + datetime.timedelta(days=days)
        yield from entry(due, "review", "The plan is to be reviewed", "summary", owner)
    if account.next is not None:
        what = account.next.what or "Meeting"
        yield from entry(account.next.date, "meeting", what, "summary", account.next.prepared_by)
    if account.contract is not None:
        yield from entry(
            account.contract.notice_by, "notice", "Last day to give notice", "summary", owner
        )
        yield from entry(account.contract.end, "end", "Contract ends", "summary", owner)
    tender = plan.buying.tender if plan.buying else None
    if plan.buying is not None:
        yield from entry(plan.buying.decide_by, "tender", "They decide", "plan", owner)
    if tender is not None:
        for field in ("opens", "closes", "award"):
            yield from entry(getattr(tender, field), "tender", f"Tender {field}", "plan", owner)


def _of_people(plan: Any, entry: Any, owner: str | None) -> Iterator[Entry]:
    """Promises, consent, personal data."""
    section = plan.relationship
    if section is None:
        return
    for one in section.promises or ():
        if one.kept_on is None:
            yield from entry(one.due, "promise", one.what, "relationship", owner)
    if section.reference is not None:
        what = "Consent to be shown runs out"
        yield from entry(section.reference.consent_until, "expiry", what, "relationship", owner)
    days = {
        one.review_by
        for one in (section.personal_data, *(section.contacts or ()))
        if one is not None and one.review_by is not None
    }
    for day in sorted(days):
        yield from entry(day, "review", "Personal data to be looked at", "relationship", owner)
