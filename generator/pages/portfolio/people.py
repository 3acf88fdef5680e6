"""Our people: what each carries, what is late, whom to talk with; the most burdened first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language import phrase, said, say
from generator.pages.formats import language_name, listed
from generator.pages.page import Destination, Menu, PageLayout, SitePage, named
from generator.pages.site import Site
from generator.portfolio.colleagues import (
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


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """Open actions by person, who is behind, then everyone with what they carry."""
    people = workloads(page.site.portfolio)
    busy = [person for person in people if person.is_busy]
    behind = sorted(
        (person for person in busy if person.late or person.waiting),
        key=_days_behind,
        reverse=True,
    )
    acting = [person for person in busy if person.open_actions]
    acting.sort(key=lambda person: (len(person.late), person.open_actions), reverse=True)
    drawn = acting[:DRAWN]
    if len(drawn) > 1:
        most = max(person.open_actions for person in drawn)
        page.head(
            drawn=drawn,
            widest=most,
            is_any_late=any(person.late for person in drawn),
            more=len(acting) - DRAWN,
        )
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
                Destination(account.name, page.links.account(account.id))
                for account in accounts_without_owner(page.site.portfolio)
            ],
        )
    late = [(action, person) for person in busy for action in person.late]
    waiting = [(talk, person) for person in busy for talk in person.waiting]
    return {
        "busy": busy,
        "late": late,
        "worst": max(late, key=lambda pair: pair[0].days, default=None),
        "behind": len({person.id for _, person in late}),
        "waiting": len(waiting),
        "longest": max(waiting, key=lambda pair: pair[0].days, default=None),
    }


def _days_behind(person: Workload) -> int:
    """How long whoever waits longest for a person has waited."""
    days = [late.days for late in person.late] + [talk.days for talk in person.waiting]
    return max(days)


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


PAGE = SitePage(
    path="portfolio/people.md",
    title=phrase("Our people"),
    description=phrase("Who carries what, and what is late."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
)
