"""What is due, by whose it is: for a job that reminds people."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.figures import Account, Portfolio
from generator.portfolio.due import DueItem, contacts_to_meet, due_items, urgent_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something due about an account."""

    account: Account
    item: DueItem
    is_late: bool
    """Whether its day has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReminders:
    """What one of us is reminded of."""

    id: str | None
    """None for what nobody owns."""
    who: str
    reminders: tuple[Reminder, ...]
    """What is past its day first, the longest first; at the end what has no day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """What is due up to a day, by person in order of their names; nobody's last."""

    today: datetime.date
    last: datetime.date
    people: tuple[PersonReminders, ...]

    @property
    def count(self) -> int:
        """How many things are due."""
        return sum(len(person.reminders) for person in self.people)

    @property
    def late(self) -> int:
        """How many of them are past their day."""
        return sum(reminder.is_late for person in self.people for reminder in person.reminders)


def reminders_of(portfolio: Portfolio, days: int, owner: str | None = None) -> Reminders:
    """What is past its day, due within so many days, or to be acted on now; of one of us, if said.

    Days and contacts as the calendar has them, and what home says has to be acted on. In an edition
    nobody is told of what needs attention.
    """
    last = portfolio.today + datetime.timedelta(days=days)
    by_person: dict[str | None, list[Reminder]] = {}
    for account in portfolio.accounts:
        for item in _items(portfolio, account, last):
            if owner in (None, item.owner):
                is_late = item.day is not None and item.day < portfolio.today
                # an edition's lines are not those of the file
                shown = item if portfolio.is_judged else replace(item, line=None, column=None)
                reminder = Reminder(account=account, item=shown, is_late=is_late)
                by_person.setdefault(item.owner or None, []).append(reminder)
    people = (
        PersonReminders(
            id=id, who=found[0].item.who, reminders=tuple(sorted(found, key=_most_urgent_first))
        )
        for id, found in by_person.items()
    )
    return Reminders(
        today=portfolio.today,
        last=last,
        people=tuple(sorted(people, key=lambda person: (person.id is None, person.who, person.id))),
    )


def _items(portfolio: Portfolio, account: Account, last: datetime.date) -> Iterator[DueItem]:
    yield from due_items(portfolio, account, last)
    yield from contacts_to_meet(portfolio, account, last)
    if portfolio.is_judged:
        yield from urgent_items(portfolio, account)


def _most_urgent_first(reminder: Reminder) -> tuple[object, ...]:
    item = reminder.item
    return (item.day or datetime.date.max, reminder.account.name, item.line or 0, item.column or 0)
