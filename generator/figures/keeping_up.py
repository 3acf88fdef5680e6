"""Whom we keep in touch with, and whom we let wait (item R3)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.figures.arguments import FULL_COUNT
from generator.figures.called import person_called
from generator.figures.case import Case
from generator.figures.contacts import (
    BEFORE_THE_WINDOW,
    Talk,
    left_out,
    talks_so_far,
    who_is_there,
    who_left,
    window,
    window_begin,
)
from generator.figures.definition import figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    figure_of,
    mean_confidence,
    missing_among,
    null,
)
from generator.figures.name import words_of_id, written
from generator.form.relationship import Contact
from generator.language import phrase, phrases

LAST_TALK, NO_TALK = phrase("last talk"), phrase("no talk yet")
DAYS_OVERDUE = "days overdue"
NO_OWNER, NO_EXCHANGE = phrase("no owner"), phrase("no recent exchange")
NOBODY = phrase("nobody is there")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A contact, what they count, and what shows that we keep in touch."""

    name: str
    counts: float
    is_covered: bool
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A contact with a rhythm, and since when we have not talked."""

    id: str
    name: str
    rhythm: Reason
    since: Reason
    """The day of the last talk, or the day we have known them from; None when not known."""
    has_talked: bool
    influence: float
    """1 where nobody has written it."""
    keeper: str | None
    """The name of who of us keeps the contact; None where nobody does."""

    @property
    def next_talk(self) -> datetime.date | None:
        """The last day of the rhythm; None when not known since when they wait."""
        if self.since.value is None:
            return None
        return self.since.value + datetime.timedelta(days=self.rhythm.value)  # type: ignore[no-any-return]

    def days_past(self, case: Case) -> int:
        """Days past the rhythm; below 0 while there is still time, 0 when not known since when."""
        if self.since.value is None:
            return 0
        return int((case.today - self.since.value).days - self.rhythm.value)

    def told(self, case: Case) -> Reason:
        """The days past as one reason with what it was made of."""
        return Reason(
            name=written(self.name),
            value=self.days_past(case),
            unit=DAYS_OVERDUE,
            confidence=mean_confidence((self.rhythm, self.since)),
            inputs=(self.rhythm, self.since),
        )


@figure(
    "relationship.coverage",
    title="Contacts kept in touch with",
    is_part=True,
    formula=(
        "influence of contacts with an owner and a two-way exchange of the last days /"
        " influence of all; 1 where none is written"
    ),
    item="R3",
    under="relationship.threads",
    needs=("relationship.contacts", "relationship.interactions"),
)
def coverage(case: Case) -> Figure:
    """How much of the influence in their house has one of us and a recent exchange.

    A contact whose influence nobody has written counts 1.
    """
    newest = _newest(talk for talk in talks_so_far(case) if talk.entry.two_way)
    contacts = [
        _kept(case, index, contact, newest.get(name))
        for name, (index, contact) in who_is_there(case).items()
    ]
    reasons = tuple(why for contact in contacts for why in contact.reasons)
    more = (*left_out(case), window(case))
    whole = math.fsum(contact.counts for contact in contacts)
    if not whole:
        return null(reasons=(*reasons, *more), note=NOTHING_TO_DIVIDE)
    open_ = [contact.name for contact in contacts if not contact.is_covered]
    sure = [Reason("", 0, confidence=contact.confidence) for contact in contacts]
    return Figure(
        value=math.fsum(contact.counts for contact in contacts if contact.is_covered) / whole,
        confidence=mean_confidence(sure, [contact.counts for contact in contacts]),
        reasons=(*reasons, *more),
        note=phrase("not kept in touch with: {names}", names=phrases(open_, ", "))
        if open_
        else None,
    )


def _newest(talks: Iterable[Talk]) -> dict[str, Talk]:
    """By contact the newest talk."""
    newest: dict[str, Talk] = {}
    for talk in talks:
        for name in talk.present:
            if name not in newest or newest[name].entry.date < talk.entry.date:
                newest[name] = talk
    return newest


def _kept(case: Case, index: int, contact: Contact, talk: Talk | None) -> Kept:
    """Whether a contact is kept in touch with, and how much that counts."""
    path = ("relationship", "contacts", index)
    counts = _influence(contact)
    is_recent = talk is not None and talk.entry.date >= window_begin(case)
    lacks = [] if contact.owner else [NO_OWNER]
    lacks += [] if is_recent else [NO_EXCHANGE]
    who = case.given((*path, "id"), contact.id, note=phrases(lacks, " and ") if lacks else None)
    held = [case.fact(*path, field) for field in ("influence", "owner")]
    sure = [who.with_(weight=counts), *(fact for fact in held if fact.value is not None)]
    before: list[Reason] = []
    if talk is not None:
        spoke = ("relationship", "interactions", talk.index)
        day = case.fact(*spoke, "date")
        if is_recent:
            sure += [day, case.fact(*spoke, "two_way")]
        else:
            before.append(day.with_(note=BEFORE_THE_WINDOW, stale=False))
    return Kept(
        name=contact.name or words_of_id(contact.id),
        counts=counts,
        is_covered=not lacks,
        confidence=mean_confidence(sure),
        reasons=(*sure, *before),
    )


@figure(
    "relationship.overdue",
    title="Longest wait",
    formula=(
        "largest of days since the last talk - days agreed, not below 0; without a talk, days since"
        " we collected their data"
    ),
    unit="days",
    item="R3",
    under="relationship.threads",
    needs=("relationship.contacts", "relationship.interactions"),
)
def overdue(case: Case) -> Figure:
    """How long somebody has waited for us beyond the rhythm we set ourselves.

    Any talk counts as a touch, answered or not. Whom we have never talked with has waited since
    we collected their data. Contacts without a rhythm wait for nothing.
    """
    waiting = waiting_contacts(case)
    if not waiting:
        there = who_is_there(case)
        rhythms = tuple(
            case.name(("relationship", "contacts", index, "rhythm_days"))
            for index, _ in there.values()
        )
        looked = case.given(("relationship", "contacts"), 0, note=NOBODY)
        return null(rhythms) if rhythms else figure_of(0, (looked,), more=who_left(case).values())
    if missing := missing_among([contact.since for contact in waiting]):
        rhythms_known = [contact.rhythm for contact in waiting]
        return null(missing, reasons=rhythms_known)
    late = [contact for contact in waiting if contact.days_past(case) > 0]
    reasons = tuple(contact.told(case) for contact in waiting)
    return figure_of(
        max((contact.days_past(case) for contact in late), default=0),
        reasons,
        more=who_left(case).values(),
        note=_who_waits(case, late),
    )


def waiting_contacts(case: Case) -> tuple[Waiting, ...]:
    """Those who are there and have a rhythm, each with the day since which they wait.

    On an earlier day a rhythm that was written down later was none yet.
    """
    newest = _newest(talks_so_far(case))
    there = (
        _waiting(case, index, contact, newest.get(name))
        for name, (index, contact) in who_is_there(case).items()
    )
    return tuple(contact for contact in there if contact.rhythm.value is not None)


def _waiting(case: Case, index: int, contact: Contact, talk: Talk | None) -> Waiting:
    """Since when a contact with a rhythm waits."""
    path = ("relationship", "contacts", index)
    if talk is not None:
        since = case.fact("relationship", "interactions", talk.index, "date")
        since = since.with_(note=LAST_TALK)
    else:
        since = case.fact(*path, "collected_on")
        default = case.fact("relationship", "personal_data", "collected_on")
        if since.value is None and default.value is not None:
            since = default
        since = since.with_(note=NO_TALK)
    return Waiting(
        id=contact.id,
        name=contact.name or words_of_id(contact.id),
        rhythm=case.fact(*path, "rhythm_days"),
        since=since,
        has_talked=talk is not None,
        influence=_influence(contact),
        keeper=person_called(case, contact.owner) if contact.owner else None,
    )


def _influence(contact: Contact) -> float:
    return FULL_COUNT if contact.influence is None else float(contact.influence)


def _who_waits(case: Case, late: Sequence[Waiting]) -> str | None:
    """Who waits longest, and how many others do."""
    if not late:
        return None
    longest = max(late, key=lambda contact: contact.days_past(case))
    others = len(late) - 1
    first = phrase("{name} waits longest", name=longest.name)
    if not longest.has_talked:
        first = phrase("{name} waits longest (no talk yet)", name=longest.name)
    if not others:
        return first
    more = phrase("1 more waits") if others == 1 else phrase("{count} more wait", count=others)
    return phrases((first, more), "; ")
