"""An account's contacts as they are today: who has left, who answered when, who of us talks."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.form import Playbook
from generator.form.relationship import Contact, Interaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversations:
    """How often each of us talked with each contact."""

    ours: tuple[str, ...]
    """Ids of our people: those who talked, then owners of contacts who did not."""
    rows: tuple[tuple[Contact, tuple[int, ...]], ...]
    """By contact the number of talks with each of ours."""


def last_talks(plan: Playbook, today: datetime.date) -> Mapping[str, datetime.date]:
    """By contact the day of the last exchange that they answered."""
    last: dict[str, datetime.date] = {}
    for talk in _talks(plan, today):
        if talk.two_way:
            for contact in talk.contacts or ():
                last[contact] = max(last.get(contact, talk.date), talk.date)
    return last


def conversations(
    plan: Playbook, contacts: Sequence[Contact], today: datetime.date
) -> Conversations:
    """Who of us talked how often with each of these contacts."""
    counts: Counter[tuple[str, str]] = Counter()
    for talk in _talks(plan, today):
        if talk.by:
            counts.update((talk.by, contact) for contact in talk.contacts or ())
    talked = tuple(dict.fromkeys(person for person, _ in counts))
    owners = {contact.owner for contact in contacts if contact.owner}
    ours = (*talked, *sorted(owners - set(talked)))
    return Conversations(
        ours=ours,
        rows=tuple(
            (contact, tuple(counts[person, contact.id] for person in ours)) for contact in contacts
        ),
    )


def _talks(plan: Playbook, today: datetime.date) -> tuple[Interaction, ...]:
    """Exchanges up to a day, in the order of the plan."""
    section = plan.relationship
    talks = (section.interactions if section else None) or ()
    return tuple(talk for talk in talks if talk.date <= today)
