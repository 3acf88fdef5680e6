"""Who is meant by an id: a contact of a playbook, or one of us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.change.person.names import Spellings, clean_names, is_same_name
from generator.errors import WorkspaceError
from generator.model.shape import did_you_mean
from generator.read import Document
from generator.read.document import DataPath

TEAM = "team.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person that a file of the workspace defines."""

    id: str
    account: str
    """The playbook they are a contact of; '' for one of us."""
    name: str
    file: str
    """The path of the file that defines them; '' when none does any more."""

    @property
    def label(self) -> str:
        """As a command takes it."""
        return f"{self.account}/{self.id}" if self.account else self.id


def people_in(documents: Sequence[Document]) -> Iterator[Person]:
    """All contacts and all of us, in the order of the files."""
    for document in documents:
        data = document.data or {}
        if document.path.endswith(f"site_config/{TEAM}"):
            for id_, entry in _mapping(data.get("people")).items():
                yield Person(id=id_, account="", name=_name(entry), file=document.path)
        elif "account" in data:
            for entry in contacts_of(data):
                yield Person(
                    id=str(entry["id"]),
                    account=document.stem,
                    name=_name(entry),
                    file=document.path,
                )


def contacts_of(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The contacts of a playbook that have an id."""
    return [entry for _, entry in placed_contacts(data)]


def placed_contacts(data: Mapping[str, Any]) -> Iterator[tuple[DataPath, dict[str, Any]]]:
    """Them with their paths."""
    entries = _mapping(data.get("relationship")).get("contacts")
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield ("relationship", "contacts", place), entry


def the_person(people: Sequence[Person], given: str, names: Sequence[str]) -> Person:
    """The one person that an id means; WorkspaceError with the choices where it is none or many.

    Where a name is given as well nobody needs to be defined: their traces may be all that is left.
    """
    account, slash, id_ = given.rpartition("/")
    candidates = [
        candidate
        for candidate in people
        if candidate.id == id_ and (not slash or candidate.account == account)
    ]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        choices = ", ".join(f"{step.label} ({step.name or 'no name'})" for step in candidates)
        us = any(not step.account for step in candidates)
        cure = "one account's with ACCOUNT/ID" + (", one of us with /ID" if us else "")
        raise WorkspaceError(f"'{given}' is more than one person: {choices}; name {cure}")
    if clean_names(names):
        return Person(id=id_, account=account, name="", file="")
    known = sorted(
        {candidate.id for candidate in people} | {candidate.label for candidate in people}
    )
    raise WorkspaceError(
        f"nobody has the id '{given}'{did_you_mean(given, known)}"
        " (to look for a name alone give --name as well)"
    )


def spellings_of(person: Person, people: Sequence[Person], names: Sequence[str]) -> Spellings:
    """How they may be written, apart from others."""
    own_names = clean_names((person.name, *names))
    other_people = (candidate for candidate in people if candidate != person)
    texts = (text for document in other_people for text in (document.name, document.id) if text)
    return Spellings(names=own_names, id=person.id, others=tuple(texts))


def namesakes(person: Person, people: Sequence[Person]) -> frozenset[str]:
    """The files that define somebody else of the same name."""
    return frozenset(
        candidate.file
        for candidate in people
        if candidate != person and person.name and is_same_name(candidate.name, person.name)
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(entry: Any) -> str:
    name = _mapping(entry).get("name")
    return name if isinstance(name, str) else ""
