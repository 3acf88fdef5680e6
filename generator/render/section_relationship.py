"""The relationship section: the ladder with its evidence, people as a tree, talks and promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.model.relationship import RUNGS, Contact, Gate
from generator.render.drawings.tree import seats
from generator.render.view import AccountView

TALKS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A rung of the ladder."""

    rung: str
    state: str
    """here, passed, next, aim or above."""
    gate: Gate | None


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    section = view.plan.relationship
    contacts = {one.id: one for one in (section.contacts if section else None) or ()}
    here = [one for one in contacts.values() if not has_left(view, one)]
    talks = sorted(
        (section.interactions if section else None) or (), key=lambda one: one.date, reverse=True
    )
    return {
        "section": section,
        "ladder": ladder(view),
        "contacts": contacts,
        "tree": seats([(one.id, one.reports_to) for one in here]),
        "is_tree": any(one.reports_to in contacts for one in here),
        "gone": [one for one in contacts.values() if has_left(view, one)],
        "talks": talks[:TALKS_SHOWN],
        "more_talks": max(0, len(talks) - TALKS_SHOWN),
        "last_talk": _last_talks(view),
    }


def has_left(view: AccountView, contact: Contact) -> bool:
    """Whether a contact is there no longer."""
    return contact.left_on is not None and contact.left_on <= view.today


def ladder(view: AccountView) -> tuple[Step, ...]:
    """The rungs from the highest down."""
    rung, target = view.value("relationship.rung"), view.value("relationship.target_rung")
    section = view.plan.relationship
    gates = section.gates if section else None
    if rung is None:
        return ()
    at = RUNGS.index(rung)
    aims = range(RUNGS.index(target[0]), RUNGS.index(target[-1]) + 1) if target else range(0)

    def state(index: int) -> str:
        if index == at:
            return "here"
        if index < at:
            return "passed"
        return "aim" if index in aims else "above"

    steps = [
        Step(rung=name, state=state(index), gate=getattr(gates, name, None) if gates else None)
        for index, name in enumerate(RUNGS)
    ]
    return tuple(reversed(steps))


def _last_talks(view: AccountView) -> dict[str, Any]:
    """By contact the day of the last exchange that they answered."""
    section = view.plan.relationship
    last: dict[str, Any] = {}
    for one in (section.interactions if section else None) or ():
        if one.two_way and one.date <= view.today:
            for contact in one.contacts or ():
                last[contact] = max(last.get(contact, one.date), one.date)
    return last
