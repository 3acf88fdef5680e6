"""Data about persons: where it comes from, how long it is kept, what an opinion rests on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.model import Playbook
from generator.model.relationship import Contact, PersonalData
from generator.problems import Problem
from generator.read import Document
from generator.read.document import DataPath
from generator.settings import Settings

_KEPT = ("source", "lawful_basis", "collected_on", "review_by")
_OBSERVED = ("fact", "date", "by")


def person_findings(
    document: Document, playbook: Playbook, settings: Settings, today: datetime.date
) -> Iterator[Problem]:
    """ab2, pd3 and pd4 on every contact."""
    given = playbook.relationship
    for index, one in enumerate((given.contacts if given else None) or ()):
        path = ("relationship", "contacts", index)
        yield from _official(document, path, one)
        yield from _kept(document, path, one, given.personal_data if given else None)
        yield from (
            _reviewed(document, path, one, given.personal_data, settings, today) if given else ()
        )
        yield from _opinion(document, path, one)


def _official(document: Document, path: DataPath, one: Contact) -> Iterator[Problem]:
    if one.public_official is None:
        yield document.problem(
            path,
            "ab2",
            "'public_official' is not given; write none, official, state_owned or unknown",
            entry=one.id,
        )


def _kept(
    document: Document, path: DataPath, one: Contact, default: PersonalData | None
) -> Iterator[Problem]:
    lacks = [
        key for key in _KEPT if getattr(one, key) is None and getattr(default, key, None) is None
    ]
    if lacks:
        told = ", ".join(f"'{key}'" for key in lacks)
        yield document.problem(
            path,
            "pd3",
            f"{told} not given, here or in relationship.personal_data: say where we have this"
            " person from, why we may keep it, since when, until when",
            entry=one.id,
        )


def _reviewed(
    document: Document,
    path: DataPath,
    one: Contact,
    default: PersonalData | None,
    settings: Settings,
    today: datetime.date,
) -> Iterator[Problem]:
    """A day for all contacts is told once, at its own place."""
    day, where, entry = one.review_by, (*path, "review_by"), one.id
    if day is None and default is not None:
        day, where, entry = default.review_by, ("relationship", "personal_data", "review_by"), ""
    if day is None:
        return
    cure = "look whether we still may keep it, then set the next day or erase the person"
    left = (day - today).days
    if left < 0:
        yield document.problem(where, "pd3", f"{day} is past: {cure}", entry=entry)
    elif left < settings.compliance.personal_data.warn_days:
        message = f"{day} is {left} days ahead: {cure}"
        yield document.problem(where, "pd3", message, level="warning", entry=entry)


def _opinion(document: Document, path: DataPath, one: Contact) -> Iterator[Problem]:
    """For or against us is an opinion: the person may ask to see what it rests on."""
    if one.sentiment and not one.observed:
        yield document.problem(
            (*path, "sentiment"),
            "pd4",
            "an opinion on a person rests on something seen: give 'observed' with fact, date, by",
            entry=one.id,
        )
    for index, seen in enumerate(one.observed or ()):
        lacks = [key for key in _OBSERVED if getattr(seen, key) is None]
        if lacks:
            told = ", ".join(f"'{key}'" for key in lacks)
            yield document.problem(
                (*path, "observed", index),
                "pd4",
                f"{told} not given: say when it was seen and by whom of us",
                entry=one.id,
            )
