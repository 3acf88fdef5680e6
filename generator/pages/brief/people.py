"""Who sits in the room and who else decides, each with what to know before shaking hands."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.model.playbook import Contact
from generator.pages.brief.pieces import Cut, cut
from generator.pages.section_relationship import has_left, last_talks
from generator.pages.view import AccountView

IN_ROOM, OTHERS = 5, 4
DECIDES = frozenset(("decider", "sponsor", "gatekeeper"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of their people."""

    contact: Contact
    last_talk: datetime.date | None
    is_late: bool
    """Whether the last talk is longer ago than it should be."""
    wants: str
    """What shall be true for them."""
    seen: str
    """What was last observed of them."""


def people_context(view: AccountView, part: float) -> dict[str, Any]:
    """Those who come, in the order they are named; then the others, who decides first."""
    section, meeting = view.plan.relationship, view.plan.account.next
    here = {
        one.id: one
        for one in (section.contacts if section else None) or ()
        if not has_left(view, one)
    }
    invited = list((meeting.with_ if meeting else None) or ())
    room = [here[one] for one in invited if one in here]
    others = sorted(
        (one for one in here.values() if one.id not in invited),
        key=lambda one: (not DECIDES & {*(one.roles or ())}, -(one.influence or 0)),
    )
    return {"room": _told(view, room, IN_ROOM * part), "others": _told(view, others, OTHERS * part)}


def _told(view: AccountView, contacts: Sequence[Contact], most: float) -> Cut:
    first = cut(contacts, most)
    last = last_talks(view)
    shown = tuple(_person(view, one, last.get(one.id)) for one in first.shown)
    return Cut(shown=shown, more=first.more)


def _person(view: AccountView, contact: Contact, last: datetime.date | None) -> Person:
    window = contact.rhythm_days or view.site.settings.scoring.relationship.window_days
    seen = max(
        (one for one in contact.observed or () if one.date),
        key=lambda one: one.date or datetime.date.min,
        default=None,
    )
    return Person(
        contact=contact,
        last_talk=last,
        is_late=last is None or (view.today - last).days > window,
        wants=_wants(view, contact),
        seen=seen.fact if seen else "",
    )


def _wants(view: AccountView, contact: Contact) -> str:
    """The first objective that is for them."""
    theirs = (one.statement for one in view.plan.objectives or () if one.for_whom == contact.id)
    return next((one for one in theirs if one), "")
