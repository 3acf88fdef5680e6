"""Names that stand in pages over all accounts: of our people, of accounts with their addresses."""

from __future__ import annotations

from typing import NamedTuple

from generator.render.site import Site


class Place(NamedTuple):
    """An account's name, where it leads, and a word beside it."""

    name: str
    href: str
    note: str = ""


def person_name(site: Site, id: str | None) -> str:
    """One of us by name; the id where the team has no such person, nothing without an id."""
    person = site.settings.team.people.get(id or "")
    return person.name if person else id or ""
