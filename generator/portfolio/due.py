"""What of a plan is due: days that it names, and what needs a person by a day, each told once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.figures import Account, Portfolio
from generator.figures.attention import Item, Level, Need
from generator.figures.contacts import talks_so_far, who_is_there
from generator.figures.keeping_up import waiting_contacts
from generator.figures.ranking import items
from generator.language import phrase
from generator.portfolio.attention import grouped
from generator.portfolio.colleagues import owner_of, person_name
from generator.portfolio.dates import PlanDay, entries
from generator.read.document import DataPath, Position

_SAYS_MORE = frozenset((Need.CONTRACT,))
"""What says more than the day that it is about: whether somebody prepares for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """Something that one of us has to do about an account."""

    what: str
    day: datetime.date | None
    """By when; None for what is wrong already, whenever it began."""
    names_day: bool
    """Whether its words name the day themselves."""
    owner: str | None
    """The id of whose it is."""
    who: str
    """Their name."""
    section: str
    """The section of the account's page that tells more."""
    line: int | None
    """Where in the account's file it stands; None where it rests on figures alone."""
    column: int | None

    @property
    def place(self) -> Position | None:
        """Line and column, where it stands in the file."""
        if self.line is None or self.column is None:
            return None
        return Position(self.line, self.column)


def due_items(portfolio: Portfolio, account: Account, last: datetime.date) -> tuple[DueItem, ...]:
    """What is past its day or due up to a last day, the longest past first.

    A day on which something merely happened says nothing once it has passed. Of contacts who should
    hear from us `contacts_to_meet` tells, also in an edition.
    """
    needs = [
        item
        for item in items(account)
        if item.due is not None and item.due <= last and item.kind is not Need.CONTACT
    ]
    first = (_of_need(portfolio, account, item) for item in needs if item.kind in _SAYS_MORE)
    days = (_of_day(portfolio, entry, last) for entry in entries(portfolio, account))
    others = (_of_need(portfolio, account, item) for item in needs if item.kind not in _SAYS_MORE)
    told: dict[object, DueItem] = {}
    for each in (*first, *days, *others):
        if each is not None:
            told.setdefault(each.place or each.what, each)
    return tuple(sorted(told.values(), key=_by_day))


def urgent_items(portfolio: Portfolio, account: Account) -> Iterator[DueItem]:
    """What has to be acted on and has no day of its own: bad health, a deal that loses money.

    Several of a kind, such as errors of the gate, are told as one.
    """
    urgent = (item for item in items(account) if item.due is None and item.level is Level.ACT)
    for group in grouped(urgent):
        item, more = group.item, group.more
        text = phrase("{first}; {count} more", first=item.text, count=more) if more else item.text
        yield _of_need(portfolio, account, replace(item, text=text))


def contacts_to_meet(
    portfolio: Portfolio, account: Account, last: datetime.date
) -> Iterator[DueItem]:
    """Contacts who are to hear from us up to a last day, whoever waits longest first.

    Those without a rhythm are told while nobody has ever talked with them; in an edition, which may
    lack the talks, they are not.
    """
    case = account.case
    if case is None:
        return
    waiting = {contact.id: contact.next_talk for contact in waiting_contacts(case)}
    talked = {id for talk in talks_so_far(case) for id in talk.present}
    named = []
    for id, (index, contact) in who_is_there(case).items():
        day = waiting.get(id)
        is_strange = day is None and id not in talked and portfolio.is_judged
        if is_strange or (day is not None and day <= last):
            what = _talk(contact.name or id, day, case.today)
            path: DataPath = ("relationship", "contacts", index)
            place = account.document.value_place((*path, "rhythm_days") if day else path)
            owner = contact.owner or owner_of(account)
            named.append(
                DueItem(
                    what=what,
                    day=day,
                    names_day=day is not None,
                    owner=owner,
                    who=person_name(portfolio.settings, owner),
                    section="relationship",
                    line=place.line,
                    column=place.column,
                )
            )
    yield from sorted(named, key=_by_day)


def _talk(name: str, day: datetime.date | None, today: datetime.date) -> str:
    """Whom to talk with, by when."""
    if day is None:
        return phrase("Talk with {name}: nobody has yet", name=name)
    if day < today:
        return phrase("{name} should have heard from us by {day}", name=name, day=day)
    return phrase("Talk with {name} by {day}", name=name, day=day)


def _by_day(item: DueItem) -> tuple[object, ...]:
    return (item.day or datetime.date.min, item.line or 0, item.column or 0)


def _of_day(portfolio: Portfolio, entry: PlanDay, last: datetime.date) -> DueItem | None:
    is_past = entry.day < portfolio.today
    what = entry.after if is_past else entry.what
    if entry.day > last or not what:
        return None
    return DueItem(
        what=what,
        day=entry.day,
        names_day=False,
        owner=entry.owner,
        who=entry.who,
        section=entry.section,
        line=entry.line,
        column=entry.column,
    )


def _of_need(portfolio: Portfolio, account: Account, item: Item) -> DueItem:
    """An item of attention; whoever owns the account has to act on it."""
    owner = owner_of(account)
    return DueItem(
        what=item.text,
        day=item.due,
        names_day=item.due is not None,
        owner=owner,
        who=person_name(portfolio.settings, owner),
        section=item.section,
        line=item.line,
        column=item.column,
    )
