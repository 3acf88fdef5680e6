"""What each of our people carries, what of it is late, and which of their contacts wait."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.case import Case
from generator.figures.contacts import who_is_there
from generator.figures.keeping_up import waiting_contacts
from generator.figures.name import words_of_id
from generator.portfolio.sums import PROFIT, SeparateSums, figure_amount, separate_sums
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAction:
    """An open action whose day has passed."""

    days: int
    what: str
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingContact:
    """A contact whom we have not met for longer than the rhythm we set ourselves."""

    days: int
    """Past the rhythm."""
    name: str
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingToPrepare:
    """A meeting that somebody prepares."""

    day: datetime.date
    what: str | None
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What one of us carries, or an id that plans name and the team does not know."""

    id: str
    name: str
    is_known: bool
    """Whether they are in the team."""
    owns: tuple[Account, ...]
    sponsors: tuple[Account, ...]
    contacts: int
    profit: SeparateSums
    """Expected profit of the accounts they own."""
    open_actions: int
    late: tuple[LateAction, ...]
    """Those latest by most days first."""
    waiting: tuple[WaitingContact, ...]
    next: MeetingToPrepare | None

    @property
    def is_busy(self) -> bool:
        """Whether any plan gives them something to do."""
        return bool(self.owns or self.sponsors or self.contacts or self.open_actions or self.next)


def person_name(settings: Settings, id: str | None) -> str:
    """One of us by name; the id where the team has no such person, nothing without an id."""
    person = settings.team.people.get(id or "")
    return person.name if person else id or ""


def owner_of(account: Account) -> str | None:
    """The id of who answers for an account."""
    return account.playbook.account.owner if account.playbook else None


def accounts_without_owner(portfolio: Portfolio) -> tuple[Account, ...]:
    """Accounts that can be read and that nobody answers for."""
    return tuple(
        account
        for account in portfolio.accounts
        if account.playbook is not None and not owner_of(account)
    )


def workloads(portfolio: Portfolio) -> tuple[Workload, ...]:
    """Everyone of the team and whoever else plans name, the most burdened first."""
    owns: defaultdict[str, list[Account]] = defaultdict(list)
    sponsors: defaultdict[str, list[Account]] = defaultdict(list)
    meetings: defaultdict[str, list[MeetingToPrepare]] = defaultdict(list)
    contacts: defaultdict[str, list[WaitingContact | None]] = defaultdict(list)
    actions: defaultdict[str, list[LateAction | None]] = defaultdict(list)
    for account in portfolio.accounts:
        case = account.case
        if case is None:
            continue
        facts = case.playbook.account
        if facts.owner:
            owns[facts.owner].append(account)
        if facts.executive_sponsor:
            sponsors[facts.executive_sponsor].append(account)
        for who, meeting in _meeting(account, case):
            meetings[who].append(meeting)
        for who, late in _open_actions(account, case):
            actions[who].append(late)
        for who, waiting in _contacts(account, case):
            contacts[who].append(waiting)
    team = portfolio.settings.team.people
    named = dict.fromkeys((*team, *owns, *sponsors, *meetings, *actions, *contacts))
    people = [
        Workload(
            id=id,
            name=person_name(portfolio.settings, id),
            is_known=id in team,
            owns=tuple(owns[id]),
            sponsors=tuple(sponsors[id]),
            contacts=len(contacts[id]),
            profit=separate_sums(portfolio, owns[id], figure_amount(PROFIT)),
            open_actions=len(actions[id]),
            late=_longest_first([late for late in actions[id] if late is not None]),
            waiting=_longest_first_waiting([each for each in contacts[id] if each is not None]),
            next=_first(meetings[id]),
        )
        for id in named
    ]
    return tuple(sorted(people, key=_burden))


def _burden(person: Workload) -> tuple[float | str, ...]:
    """What is late comes first, then who waits, what is open, what they carry, the name."""
    kept = person.profit.customers.total or 0.0
    burden = (len(person.late), len(person.waiting), person.open_actions, kept)
    return (*(-amount for amount in burden), person.name)


def _longest_first(late: list[LateAction]) -> tuple[LateAction, ...]:
    return tuple(
        sorted(late, key=lambda each: (each.days, each.what, each.account.name), reverse=True)
    )


def _longest_first_waiting(waiting: list[WaitingContact]) -> tuple[WaitingContact, ...]:
    return tuple(
        sorted(waiting, key=lambda each: (each.days, each.name, each.account.name), reverse=True)
    )


def _first(meetings: list[MeetingToPrepare]) -> MeetingToPrepare | None:
    return min(
        meetings,
        key=lambda each: (each.day, each.what or "", each.account.name),
        default=None,
    )


def _meeting(account: Account, case: Case) -> Iterator[tuple[str, MeetingToPrepare]]:
    """Who prepares the account's next meeting, and that."""
    facts = case.playbook.account
    who = (facts.next.prepared_by or facts.owner) if facts.next else None
    if facts.next and who and facts.next.date and facts.next.date >= case.today:
        yield who, MeetingToPrepare(day=facts.next.date, what=facts.next.what, account=account)


def _open_actions(account: Account, case: Case) -> Iterator[tuple[str, LateAction | None]]:
    """By owner the actions that are not done; None for those whose day has not passed."""
    for action in case.playbook.actions or ():
        if action.owner and action.done_on is None:
            days = (case.today - action.due).days if action.due else 0
            late = LateAction(
                days=days, what=action.what or words_of_id(action.id), account=account
            )
            yield action.owner, late if days > 0 else None


def _contacts(account: Account, case: Case) -> Iterator[tuple[str, WaitingContact | None]]:
    """By owner the contacts who have not left; None for those who do not wait."""
    waiting = {contact.id: contact for contact in waiting_contacts(case)}
    for id, (_, contact) in who_is_there(case).items():
        if contact.owner:
            days = waiting[id].days_past(case) if id in waiting else 0
            late = WaitingContact(days=days, name=contact.name or id, account=account)
            yield contact.owner, late if days > 0 else None
