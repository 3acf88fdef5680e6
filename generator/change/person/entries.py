"""What becomes of the entries that name a person by id when the person goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.change.edit import Change, Drop, Put, Rename
from generator.change.person.people import TEAM, Person, placed_contacts
from generator.model.playbook import taken_from_contact
from generator.read import Document
from generator.read.document import DataPath, said_at
from generator.rules.validate.built_in import KINDS
from generator.rules.validate.references import references_in

# Entries that are about nobody without their contact: they go with them
_ABOUT_ONE = (("value", "return", "recognition"), ("value", "return", "courtesies"))
_OBJECTS = ("service", "objects")
_ID = re.compile(r"[a-z0-9-]+")
_KEPT_OF_US = ("role", "region", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change, where it is made, and what it does in plain words."""

    path: DataPath
    told: str
    changes: tuple[Change, ...]


def ids_in(document: Document) -> frozenset[DataPath]:
    """The places of a file that hold an id of something or someone: words in them name nobody."""
    data = document.data or {}
    if is_team(document):
        return frozenset(("people", id_) for id_ in data.get("people") or ())
    if not is_playbook(document):
        return frozenset()
    contacts = ((*path, "id") for path, _ in placed_contacts(data))
    others = (path for kind in KINDS for path, _ in references_in(data, kind))
    return frozenset((*contacts, *others))


def named_at(document: Document, person: Person) -> Iterator[DataPath]:
    """Where a file names a person by id; not their own entry."""
    data = document.data or {}
    if is_playbook(document):
        kind = "contact" if person.account else "person"
        if not person.account or person.account == document.stem:
            yield from (path for path, id_ in references_in(data, kind) if id_ == person.id)
    elif not person.account and not is_team(document):
        yield from _equal_to(data, person.id, ())


def steps(document: Document, person: Person, stand_in: str, word: str) -> list[Step]:
    """What is to be changed in a file, in the order of its paths."""
    found = list(_own_entry(document, person, stand_in, word))
    gone = [one.path for one in found if any(isinstance(done, Drop) for done in one.changes)]
    data = document.data or {}
    for path in named_at(document, person):
        if person.account:
            step = _without_contact(data, path, person)
        else:
            told = f"now '{stand_in}'"
            step = Step(path=path, told=told, changes=(Put(path=path, value=stand_in),))
        if step.path not in gone and not any(step.path[: len(one)] == one for one in gone):
            found.append(step)
            gone += [step.path] * isinstance(step.changes[-1], Drop)
    return found


def is_playbook(document: Document) -> bool:
    """Whether a file lies below playbooks/."""
    return "playbooks" in document.path.split("/")[:-1]


def is_team(document: Document) -> bool:
    """Whether a file lists our own people."""
    return document.path.endswith(f"site_config/{TEAM}")


def _own_entry(document: Document, person: Person, stand_in: str, word: str) -> Iterator[Step]:
    data = document.data or {}
    yield from _known_gaps(data, person)
    if document.path != person.file:
        return
    if not person.account:
        yield _one_of_us(data, person, stand_in, word)
        return
    for path, entry in placed_contacts(data):
        if entry["id"] == person.id:
            yield Step(path=path, told="the contact, deleted", changes=(Drop(path=path),))


def _known_gaps(data: Mapping[str, Any], person: Person) -> Iterator[Step]:
    """Lines of a baseline about their entry: what lacked there lacks no more."""
    gaps = data.get("gaps") if "written" in data else None
    for place, gap in enumerate(gaps if isinstance(gaps, list) else ()):
        named = person.id in _ID.findall(str(gap.get("entry") or ""))
        if person.account and named and gap.get("account") == person.account:
            path = ("gaps", place)
            yield Step(path=path, told="a known gap of theirs, deleted", changes=(Drop(path=path),))


def _one_of_us(data: Mapping[str, Any], person: Person, stand_in: str, word: str) -> Step:
    """They stay listed as nobody, so that what they owned waits for a new owner."""
    path = ("people", person.id)
    entry = data["people"][person.id]
    kept = {key: entry[key] for key in _KEPT_OF_US if key in entry}
    whole = Put(path=path, value={"name": word, **kept})
    told = f"now '{stand_in}', without their name"
    return Step(path=path, told=told, changes=(whole, Rename(path=path, to=stand_in)))


def _without_contact(data: Mapping[str, Any], path: DataPath, person: Person) -> Step:
    about = path[:3]
    if about in _ABOUT_ONE:
        entry = path[:4]
        return Step(path=entry, told=_about_told(data, entry), changes=(Drop(path=entry),))
    taken = _taken_over(data, path, person)
    return Step(path=path, told="no longer named; read the rest", changes=(*taken, Drop(path=path)))


def _about_told(data: Mapping[str, Any], path: DataPath) -> str:
    register = said_at(data, path).get("register")
    also = f"; the register still has it as {register}" if register else ""
    return f"the entry, deleted{also}"


def _taken_over(data: Mapping[str, Any], path: DataPath, person: Person) -> Iterator[Change]:
    """What a service object has from its contact is said in the object itself."""
    if path[:2] != _OBJECTS:
        return
    above = said_at(data, path[:-1])
    contact = next(one for _, one in placed_contacts(data) if one["id"] == person.id)
    taken = taken_from_contact(contact.get("level"), contact.get("roles"))
    for key, value in taken.items():
        if key not in above:
            yield Put(path=(*path[:-1], key), value=value)


def _equal_to(data: Any, id_: str, path: DataPath) -> Iterator[DataPath]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _equal_to(value, id_, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _equal_to(value, id_, (*path, place))
    elif data == id_:
        yield path
