"""Who of them is still there, and the talks with those who are (items R3, C5)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.figure import Reason
from generator.language import phrase
from generator.model.relationship import Contact, Interaction

NONE_COUNTS = phrase("none counts")
BEFORE_THE_WINDOW = phrase("before the window")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk with somebody who is still there."""

    index: int
    """Its place in the list."""
    entry: Interaction
    present: tuple[str, ...]
    """Ids of those it was with who have not left, each once."""


def who_left(case: Case) -> dict[str, Reason]:
    """By id the contacts who left, with the day."""
    return {
        one.id: case.fact("relationship", "contacts", index, "left_on")
        for index, one in enumerate(case.relationship.contacts or ())
        if one.left_on is not None and one.left_on <= case.today
    }


def who_is_there(case: Case) -> dict[str, tuple[int, Contact]]:
    """By id the contacts who have not left, with their place in the list."""
    return {
        one.id: (index, one)
        for index, one in enumerate(case.relationship.contacts or ())
        if one.left_on is None or one.left_on > case.today
    }


def talks_so_far(case: Case) -> tuple[Talk, ...]:
    """Talks until today with at least one known contact who is still there, in file order."""
    there = who_is_there(case)
    found = []
    for index, one in enumerate(case.relationship.interactions or ()):
        present = tuple(dict.fromkeys(name for name in one.contacts or () if name in there))
        if present and one.date <= case.today:
            found.append(Talk(index=index, entry=one, present=present))
    return tuple(found)


def recent_talks(case: Case) -> tuple[Talk, ...]:
    """Those of the talks so far that are within the window."""
    since = window_begin(case)
    return tuple(one for one in talks_so_far(case) if one.entry.date >= since)


def left_out(case: Case) -> tuple[Reason, ...]:
    """The last days of contacts who left, where a talk within the window was with them."""
    left, since = who_left(case), window_begin(case)
    recent = [
        one for one in case.relationship.interactions or () if since <= one.date <= case.today
    ]
    named = dict.fromkeys(name for one in recent for name in one.contacts or () if name in left)
    return tuple(left[name].with_(note=phrase("{who} left", who=name)) for name in named)


def window(case: Case) -> Reason:
    """The days within which a talk counts, as an input."""
    return case.setting("scoring", "relationship", "window_days", unit="days")


def window_begin(case: Case) -> datetime.date:
    """The first day of the window."""
    return case.today - datetime.timedelta(days=window(case).value)


def none_counts(case: Case) -> Reason:
    """Stands for talks that were looked for and not found."""
    return case.given(("relationship", "interactions"), 0, note=NONE_COUNTS)
