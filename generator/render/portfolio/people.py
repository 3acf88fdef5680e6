"""Our people: what each carries, what is late, whom to talk with; the most burdened first."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.enrich import Account
from generator.enrich.case import Case
from generator.enrich.people import talks_so_far, who_is_there
from generator.language import phrase, said, say, say_count
from generator.model.plan import Action
from generator.model.relationship import Contact
from generator.render.formats import language_name, listed, sentences
from generator.render.home import in_reporting, value_of
from generator.render.links import Links
from generator.render.portfolio.naming import Place
from generator.render.portfolio.sums import named
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page
from generator.settings.words import Person as Member

HERE = "portfolio/people.html"
LATE_SHOWN = 4
"""Of one person, of late actions and of contacts who wait."""
DRAWN = 12
CARDS = 30
LISTED = 150
ROLES = {
    "sales_manager": phrase("sales manager"),
    "account_manager": phrase("account manager"),
    "service": phrase("service"),
    "engineering": phrase("engineering"),
    "finance": phrase("finance"),
    "executive": phrase("executive"),
}
"""What a team calls the roles of its people."""


class Late(NamedTuple):
    """An action past its day, or a contact past the rhythm."""

    days: int
    what: str
    account: str
    href: str


class Meeting(NamedTuple):
    """The next meeting somebody prepares."""

    day: datetime.date
    what: str
    account: str
    href: str


@dataclass(slots=True, kw_only=True)
class Person:
    """One of us, or an id that plans name and the team does not know."""

    id: str
    name: str
    role: str
    is_known: bool
    """Whether they are in the team."""
    owns: list[Place] = field(default_factory=list)
    sponsors: list[Place] = field(default_factory=list)
    contacts: int = 0
    profits: list[float] = field(default_factory=list)
    open: int = 0
    late: list[Late] = field(default_factory=list)
    waiting: list[Late] = field(default_factory=list)
    """Contacts who are past the rhythm we set ourselves."""
    next: Meeting | None = None

    @property
    def profit(self) -> float | None:
        """Retained profit of the accounts they own, in the reporting currency."""
        return math.fsum(self.profits) if self.profits else None

    @property
    def is_busy(self) -> bool:
        """Whether any plan gives them something to do."""
        return bool(self.owns or self.sponsors or self.contacts or self.open or self.next)

    @property
    def order(self) -> tuple[Any, ...]:
        """What is late comes first, then who waits, what is open, what they carry, the name."""
        burden = (len(self.late), len(self.waiting), self.open, self.profit or 0.0)
        return (*(-one for one in burden), self.name)


def people_pages(site: Site) -> Iterator[Page]:
    """portfolio/people."""
    links = Links(here=HERE)
    people = sorted(_people(site, links), key=lambda one: one.order)
    busy = [one for one in people if one.is_busy]
    behind = [one for one in busy if one.late or one.waiting]
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []

    def add(anchor: str, title: str, **values: Any) -> None:
        name = f"portfolio/people_{anchor}.html.j2"
        fragments[anchor] = site.engine.render(
            name,
            today=site.today,
            currency=site.settings.currencies.reporting_currency,
            links=links,
            most=LATE_SHOWN,
            offered=site.offered,
            **values,
        )
        if anchor != "head":
            sections.append(SkeletonSection(anchor=anchor, title=title))

    drawn = [one for one in busy if one.open][:DRAWN]
    if len(drawn) > 1:
        most = max(one.open for one in drawn)
        add("head", "", drawn=drawn, widest=most, more=sum(bool(one.open) for one in busy) - DRAWN)
    if behind:
        add("behind", say("Behind"), people=behind[:CARDS], more=len(behind) - CARDS)
    if busy:
        idle = [one.name for one in people if not one.is_busy]
        unowned = _unowned(site, links)
        add(
            "people",
            say("Who carries what"),
            people=busy[:LISTED],
            more=len(busy) - LISTED,
            idle=named(idle, 20),
            unowned=unowned,
        )
    markdown = page_markdown(
        title=say("Our people"),
        description=say("Who carries what, and what is late."),
        sentence=_sentence(busy),
        head="head" if "head" in fragments else None,
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/people.md", markdown=markdown, fragments=fragments)


def _sentence(busy: Sequence[Person]) -> str:
    """What is late with whom, the worst by name; how many contacts wait."""
    if not busy:
        return say(
            "No plan names any of our people yet: fill in account.owner, and who does each action."
        )
    late = [(one, person) for person in busy for one in person.late]
    waiting = sum(len(one.waiting) for one in busy)
    if late:
        waits = say_count(
            "{count} contact waits for a talk.", "{count} contacts wait for a talk.", waiting
        )
        return sentences([_overdue(late), waits if waiting else ""])
    if not waiting:
        return say_count(
            "No action of {count} person is overdue, and no contact waits for a talk.",
            "No action of {count} people is overdue, and no contact waits for a talk.",
            len(busy),
        )
    return say_count(
        "No action of {people} is overdue; {count} contact waits for a talk.",
        "No action of {people} is overdue; {count} contacts wait for a talk.",
        waiting,
        people=_heads(len(busy)),
    )


def _overdue(late: Sequence[tuple[Late, Person]]) -> str:
    """How much is overdue with how many of us, and what for the longest."""
    worst, who = max(late, key=lambda pair: pair[0].days)
    return say_count(
        "{count} action of {people} is overdue, by {days}: {what} ({person}, {account}).",
        "{count} actions of {people} are overdue, the longest by {days}: {what} ({person},"
        " {account}).",
        len(late),
        people=_heads(len({person.id for _, person in late})),
        days=say_count("{count} day", "{count} days", worst.days),
        what=worst.what,
        person=who.name,
        account=worst.account,
    )


def _heads(count: int) -> str:
    return say_count("{count} person", "{count} people", count)


def _unowned(site: Site, links: Links) -> list[Place]:
    """Accounts that nobody answers for."""
    return [
        Place(one.name, links.account(one.id))
        for one in site.portfolio.accounts
        if one.playbook is not None and not one.playbook.account.owner
    ]


def _people(site: Site, links: Links) -> list[Person]:
    """Everyone of the team and whoever else plans name."""
    people = {
        id: Person(id=id, name=one.name, role=_about(site, one), is_known=True)
        for id, one in site.settings.team.people.items()
    }

    def person(id: str) -> Person:
        return people.setdefault(id, Person(id=id, name=id, role="", is_known=False))

    for account in site.portfolio.accounts:
        if account.case is not None:
            _roles(site, links, account, account.case, person)
            _actions(site, links, account, account.case, person)
            _contacts(links, account, account.case, person)
    for one in people.values():
        one.late.sort(reverse=True)
        one.waiting.sort(reverse=True)
    return list(people.values())


def _about(site: Site, member: Member) -> str:
    """A colleague's role and region, and the language they would rather write in."""
    region = site.settings.catalogue.regions.get(member.region or "")
    return listed(
        (
            said(ROLES[member.role]),
            *((region.label.in_language(site.settings.site.language),) if region else ()),
            *((language_name(member.language),) if member.language else ()),
        )
    )


Find = Callable[[str], Person]


def _roles(site: Site, links: Links, account: Account, case: Case, person: Find) -> None:
    """Who owns the account, who sponsors it, who prepares its next meeting."""
    facts = case.playbook.account
    place = Place(account.name, links.account(account.id))
    if facts.owner:
        owner = person(facts.owner)
        owner.owns.append(place)
        profit = value_of(account, "selection.retained_profit")
        amount = in_reporting(site, account, profit) if profit is not None else None
        if amount is not None:
            owner.profits.append(amount)
    if facts.executive_sponsor:
        person(facts.executive_sponsor).sponsors.append(place)
    meeting = facts.next
    who = (meeting.prepared_by or facts.owner) if meeting else None
    if meeting and who and meeting.date and meeting.date >= site.today:
        one = Meeting(meeting.date, meeting.what or say("Meeting"), *place[:2])
        known = person(who).next
        person(who).next = min(known, one) if known else one


def _actions(site: Site, links: Links, account: Account, case: Case, person: Find) -> None:
    """Open actions, and those of them whose day has passed."""
    href = links.account(account.id, "plan")
    for one in case.playbook.actions or ():
        if one.owner and one.done_on is None:
            owner = person(one.owner)
            owner.open += 1
            if days := _days_late(one, site.today):
                owner.late.append(Late(days, one.what or one.id, account.name, href))


def _days_late(action: Action, today: datetime.date) -> int:
    return max(0, (today - action.due).days) if action.due else 0


def _contacts(links: Links, account: Account, case: Case, person: Find) -> None:
    """Contacts who have not left, and those of them who are past the rhythm."""
    last: dict[str, datetime.date] = {}
    for talk in talks_so_far(case):
        for name in talk.present:
            last[name] = max(last.get(name, talk.entry.date), talk.entry.date)
    href = links.account(account.id, "relationship")
    for name, (_, contact) in who_is_there(case).items():
        if contact.owner:
            owner = person(contact.owner)
            owner.contacts += 1
            days = _days_waiting(case, contact, last.get(name))
            if days > 0:
                owner.waiting.append(Late(days, contact.name or name, account.name, href))


def _days_waiting(case: Case, contact: Contact, last: datetime.date | None) -> int:
    """Days past the rhythm, since the last talk or since we have their data; 0 when not known."""
    section = case.playbook.relationship
    data = section.personal_data if section else None
    since = last or contact.collected_on or (data.collected_on if data else None)
    if since is None or contact.rhythm_days is None:
        return 0
    return (case.today - since).days - contact.rhythm_days
