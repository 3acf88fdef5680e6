"""The relationship section: the ladder with its evidence, people as a tree, talks and promises."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from generator.figures import Reason
from generator.figures.figure import ReasonKind
from generator.language import said
from generator.model.playbook import RUNGS, Contact, Gate
from generator.pages.drawings.influence import Person, are_apart, dots
from generator.pages.drawings.tree import seats
from generator.pages.drawings.trend import points
from generator.pages.view import AccountView

TALKS_SHOWN = 6
"""Latest talks that stand open; earlier ones are in a fold."""
SEVERAL = 2
MOST_TRUST = 5.0


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
    people = dots([_person(view, one) for one in here])
    trust = sorted((section.trust if section else None) or (), key=lambda one: one.date)
    return {
        "section": section,
        "ladder": ladder(view),
        "contacts": contacts,
        "tree": seats([(one.id, one.reports_to) for one in here]),
        "is_tree": any(one.reports_to in contacts for one in here),
        "gone": [one for one in contacts.values() if has_left(view, one)],
        "talks": talks[:TALKS_SHOWN],
        "earlier_talks": talks[TALKS_SHOWN:],
        "last_talk": last_talks(view),
        "dots": people,
        "is_named": are_apart(people),
        "grid": communication_grid(view),
        "pairs": our_people(view, here),
        "circle": circle(view),
        "trust": trust,
        "trust_line": points(
            [(one.date, one.trust) for one in trust if one.trust is not None], MOST_TRUST
        ),
    }


def _person(view: AccountView, contact: Contact) -> Person:
    last = last_talks(view).get(contact.id)
    window = view.site.settings.scoring.relationship.window_days
    return Person(
        name=contact.name or contact.id,
        influence=contact.influence,
        sentiment=contact.sentiment,
        is_cold=last is None or (view.today - last).days > window,
    )


def communication_grid(view: AccountView) -> list[tuple[str, list[tuple[str, float]]]]:
    """By dimension the elements, each with how much it was talked about lately."""
    figure = view.figure("relationship.communication")
    rows: dict[str, list[tuple[str, float]]] = {}
    for reason in figure.reasons if figure and figure.value is not None else ():
        dimension, _, element = reason.name.partition(".")
        if element and reason.line is None and isinstance(reason.value, (int, float)):
            rows.setdefault(dimension, []).append((element, float(reason.value)))
    return list(rows.items())


def our_people(view: AccountView, contacts: list[Contact]) -> dict[str, Any]:
    """How often each of us talked with each of them; empty below two of us."""
    section = view.plan.relationship
    counts: Counter[tuple[str, str]] = Counter()
    for one in (section.interactions if section else None) or ():
        for contact in one.contacts or ():
            if one.by and one.date <= view.today:
                counts[one.by, contact] += 1
    owners = {one.owner for one in contacts if one.owner}
    ours = [*dict.fromkeys(one for one, _ in counts), *sorted(owners - {one for one, _ in counts})]
    if len(ours) < SEVERAL or not contacts:
        return {}
    return {
        "ours": ours,
        "rows": [(one, [counts[our, one.id] for our in ours]) for one in contacts],
    }


def circle(view: AccountView) -> list[tuple[str, list[tuple[str, str]]]]:
    """The organisations around them, with the way there; those reached alike together."""
    figure = view.figure("relationship.circle")
    around = [
        (str(reason.value), reason.name, _detour(reason))
        for reason in (figure.reasons if figure and figure.value is not None else ())
        if isinstance(reason.value, str)
    ]
    states = dict.fromkeys(state for state, _, _ in around)
    return [
        (state, [(name, way) for found, name, way in around if found == state]) for state in states
    ]


def _detour(reason: Reason) -> str:
    """The way to an organisation; nothing where it is the account's own neighbour."""
    return said(reason.note or "") if reason.kind is ReasonKind.DETOUR else ""


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


def last_talks(view: AccountView) -> dict[str, Any]:
    """By contact the day of the last exchange that they answered."""
    section = view.plan.relationship
    last: dict[str, Any] = {}
    for one in (section.interactions if section else None) or ():
        if one.two_way and one.date <= view.today:
            for contact in one.contacts or ():
                last[contact] = max(last.get(contact, one.date), one.date)
    return last
