"""Our people: what each carries, what is late, whom to talk with; the most burdened first."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.enrich import Account
from generator.model.plan import Action
from generator.render.formats import plural
from generator.render.home import in_reporting, value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/people.html"
LATE_SHOWN = 6
TALKS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An action past its day, or a contact past the rhythm."""

    what: str
    days: int
    account: str
    href: str


@dataclass(slots=True, kw_only=True)
class Person:
    """One of us."""

    id: str
    name: str
    role: str
    owns: list[tuple[str, str]] = field(default_factory=list)
    sponsors: list[tuple[str, str]] = field(default_factory=list)
    contacts: int = 0
    profits: list[float] = field(default_factory=list)
    open: int = 0
    late: list[Late] = field(default_factory=list)
    talks: list[Late] = field(default_factory=list)
    next: tuple[datetime.date, str, str, str] | None = None

    @property
    def profit(self) -> float | None:
        """Retained profit of the accounts they own, in the reporting currency."""
        return math.fsum(self.profits) if self.profits else None

    @property
    def burden(self) -> tuple[int, int, int]:
        """What comes first: what is late, then whom nobody talked with, then what is open."""
        return len(self.late), len(self.talks), self.open


def people_pages(site: Site) -> Iterator[Page]:
    """portfolio/people."""
    links = Links(here=HERE)
    people = _people(site, links)
    ranked = sorted(people.values(), key=lambda one: (*(-part for part in one.burden), one.name))
    busy = [one for one in ranked if one.owns or one.sponsors or one.contacts or one.open]
    idle = [one for one in ranked if one not in busy]
    late = sum(len(one.late) for one in ranked)
    talks = sum(len(one.talks) for one in ranked)
    if not busy:
        sentence = "No plan names any of our people yet."
    elif late or talks:
        told = [
            f"{plural(late, 'action')} overdue" if late else "",
            f"{plural(talks, 'contact')} past the rhythm" if talks else "",
        ]
        sentence = (
            f"{' and '.join(one for one in told if one)},"
            f" over {plural(len(busy), 'person', 'people')}."
        )
    else:
        sentence = f"Nothing is overdue with any of {plural(len(busy), 'person', 'people')}."
    fragments = {}
    if busy:
        fragments["people"] = site.engine.render(
            "portfolio/people.html.j2",
            people=busy,
            idle=idle,
            late_shown=LATE_SHOWN,
            talks_shown=TALKS_SHOWN,
            today=site.today,
            currency=site.settings.currencies.reporting_currency,
        )
    markdown = page_markdown(
        title="Our people",
        description="Who carries what, and what is late.",
        sentence=sentence,
        sections=[SkeletonSection(anchor="people", title="Who carries what")] if busy else [],
    )
    yield Page(path="portfolio/people.md", markdown=markdown, fragments=fragments)


def _people(site: Site, links: Links) -> dict[str, Person]:
    """Everyone of the team and whoever else plans name, by id."""
    people = {
        id: Person(id=id, name=one.name, role=one.role.replace("_", " "))
        for id, one in site.settings.team.people.items()
    }

    def person(id: str) -> Person:
        return people.setdefault(id, Person(id=id, name=id, role="not in the team"))

    for account in site.portfolio.accounts:
        if account.playbook is not None:
            _roles(site, links, account, person)
            _duties(site, links, account, person)
    return people


def _roles(site: Site, links: Links, account: Account, person: Callable[[str], Person]) -> None:
    """Who owns the account, who sponsors it, who prepares its next meeting."""
    facts = account.playbook.account  # type: ignore[union-attr]
    place = (account.name, links.account(account.id))
    if facts.owner:
        _owned(site, account, person(facts.owner), place)
    if facts.executive_sponsor:
        person(facts.executive_sponsor).sponsors.append(place)
    who = (facts.next.prepared_by or facts.owner) if facts.next else None
    if who and facts.next and facts.next.date and facts.next.date >= site.today:
        entry = (facts.next.date, facts.next.what or "Meeting", *place)
        one = person(who)
        one.next = min(one.next, entry) if one.next else entry


def _duties(site: Site, links: Links, account: Account, person: Callable[[str], Person]) -> None:
    """Open actions, and contacts to be kept."""
    plan: Any = account.playbook
    place = (account.name, links.account(account.id, "plan"))
    for action in plan.actions or ():
        if action.owner and action.done_on is None:
            _action(site, person(action.owner), action, place)
    place = (account.name, links.account(account.id, "relationship"))
    for contact in _contacts(plan, site.today):
        if contact.owner:
            person(contact.owner).contacts += 1
            _talk(site, person(contact.owner), plan, contact, place)


def _owned(site: Site, account: Account, owner: Person, place: tuple[str, str]) -> None:
    owner.owns.append(place)
    profit = value_of(account, "selection.retained_profit")
    amount = in_reporting(site, account, profit) if profit is not None else None
    if amount is not None:
        owner.profits.append(amount)


def _action(site: Site, owner: Person, action: Action, place: tuple[str, str]) -> None:
    owner.open += 1
    if action.due is not None and action.due < site.today:
        days = (site.today - action.due).days
        owner.late.append(
            Late(what=action.what or action.id, days=days, account=place[0], href=place[1])
        )


def _contacts(plan: Any, today: datetime.date) -> list[Any]:
    """Contacts who have not left."""
    contacts = (plan.relationship.contacts if plan.relationship else None) or ()
    return [one for one in contacts if one.left_on is None or one.left_on > today]


def _talk(site: Site, owner: Person, plan: Any, contact: Any, place: tuple[str, str]) -> None:
    """A contact whose rhythm is over: days since the last talk, or since we have them."""
    if contact.rhythm_days is None:
        return
    talks = [
        one.date
        for one in plan.relationship.interactions or ()
        if contact.id in (one.contacts or ()) and one.date <= site.today
    ]
    default = plan.relationship.personal_data
    since = max(talks, default=contact.collected_on or (default.collected_on if default else None))
    if since is None:
        return
    days = (site.today - since).days - contact.rhythm_days
    if days > 0:
        name = contact.name or contact.id
        owner.talks.append(Late(what=name, days=days, account=place[0], href=place[1]))
