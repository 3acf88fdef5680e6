"""Our people: what each carries, what is late, whom to talk with; the most burdened first."""

from __future__ import annotations

from collections.abc import Sequence

from generator.language import phrase, said, say, say_count
from generator.pages.formats import language_name, listed, sentences
from generator.pages.page import Layout, Place, PortfolioPage, named
from generator.pages.site import Site
from generator.portfolio.people import (
    LateAction,
    Workload,
    accounts_without_owner,
    workloads,
)

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


def lay_out(page: Layout) -> str:
    """Open actions by person, who is behind, then everyone with what they carry."""
    people = workloads(page.site.portfolio)
    busy = [person for person in people if person.is_busy]
    behind = [person for person in busy if person.late or person.waiting]
    acting = [person for person in busy if person.open_actions]
    drawn = acting[:DRAWN]
    if len(drawn) > 1:
        most = max(person.open_actions for person in drawn)
        page.head(drawn=drawn, widest=most, more=len(acting) - DRAWN)
    if behind:
        page.section(
            "behind",
            say("Behind"),
            people=behind[:CARDS],
            about=lambda person: _about(page.site, person),
            most=LATE_SHOWN,
            more=len(behind) - CARDS,
        )
    if busy:
        page.section(
            "people",
            say("Who carries what"),
            people=busy[:LISTED],
            about=lambda person: _about(page.site, person),
            more=len(busy) - LISTED,
            idle=named([person.name for person in people if not person.is_busy], 20),
            unowned=[
                Place(account.name, page.links.account(account.id))
                for account in accounts_without_owner(page.site.portfolio)
            ],
        )
    return _sentence(busy)


def _about(site: Site, person: Workload) -> str:
    """A colleague's role and region, and the language they would rather write in.

    Empty for those who are not in the team.
    """
    member = site.settings.team.people.get(person.id)
    if member is None:
        return ""
    region = site.settings.catalogue.regions.get(member.region or "")
    return listed(
        (
            said(ROLES[member.role]),
            *((region.label.in_language(site.settings.site.language),) if region else ()),
            *((language_name(member.language),) if member.language else ()),
        )
    )


def _sentence(busy: Sequence[Workload]) -> str:
    """What is late with whom, the worst by name; how many contacts wait."""
    if not busy:
        return say(
            "No plan names any of our people yet: fill in account.owner, and who does each action."
        )
    late = [(action, person) for person in busy for action in person.late]
    waiting = sum(len(person.waiting) for person in busy)
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


def _overdue(late: Sequence[tuple[LateAction, Workload]]) -> str:
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
        account=worst.account.name,
    )


def _heads(count: int) -> str:
    return say_count("{count} person", "{count} people", count)


PAGE = PortfolioPage(
    name="people",
    title=phrase("Our people"),
    description=phrase("Who carries what, and what is late."),
    lay_out=lay_out,
)
