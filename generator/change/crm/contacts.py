"""Rows of the contacts' table: people of an account, and what they are called in its playbook."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.change.crm.cells import free_id, id_of
from generator.change.crm.deals import cell
from generator.change.crm.lists import Lists
from generator.change.crm.load import Row, Table
from generator.change.crm.mapping import Mapping as CrmMapping
from generator.change.crm.records import Fault, Person, account_faults, sorted_out
from generator.change.crm.sections import ContactsMapping
from generator.change.crm.skipped import Skipped

_FALLBACK = "contact"


def read_contacts(
    table: Table, how: CrmMapping, accounts: Collection[str], left_out: Counter[str]
) -> tuple[tuple[Person, ...], tuple[Skipped, ...]]:
    """The people that can be placed, and why the others cannot; unknown words are counted."""
    wanted = how.contacts
    assert wanted is not None  # noqa: S101 - without it there is no table
    people: dict[tuple[str, str], Person] = {}
    skipped = []

    def faults(row: Row) -> Iterator[Fault]:
        person = _person(row, how, wanted)
        if not person.name:
            yield "no name", "give it one in the CRM"
        yield from account_faults(person.account, accounts)
        if (person.account, person.key) in people:
            yield "the same contact twice", "merge the two in the CRM, or map their id"

    for row, cut in sorted_out(table, faults):
        person = _person(row, how, wanted)
        if cut:
            skipped.append(cut)
        else:
            people[person.account, person.key] = person
            left_out.update(_unknown_words(row, how, wanted))
    return tuple(people.values()), tuple(skipped)


def _person(row: Row, how: CrmMapping, wanted: ContactsMapping) -> Person:
    name = " ".join(filter(None, (row.cells.get(one, "") for one in wanted.name.columns)))
    roles = (wanted.role_words or {}).get
    words = _words(cell(row, wanted.roles, how))
    return Person(
        key=cell(row, wanted.id, how) or name,
        account=how.current(cell(row, wanted.account, how)),
        name=name,
        title=cell(row, wanted.title, how),
        level=(wanted.levels or {}).get(cell(row, wanted.level, how)),
        roles=tuple(dict.fromkeys(role for one in words if (role := roles(one)))),
        reports_to=cell(row, wanted.reports_to, how),
        owner=cell(row, wanted.owner, how),
    )


def _words(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _unknown_words(row: Row, how: CrmMapping, wanted: ContactsMapping) -> Iterator[str]:
    level = cell(row, wanted.level, how)
    if level and level not in (wanted.levels or {}):
        yield f"unknown level '{level}'"
    for role in _words(cell(row, wanted.roles, how)):
        if role not in (wanted.role_words or {}):
            yield f"unknown role '{role}'"


def contact_entries(
    people: Sequence[Person], there: Sequence[Mapping[str, Any]], lists: Lists, how: CrmMapping
) -> list[dict[str, Any]]:
    """Entries for a playbook that has these contacts already: whom it knows keeps their id."""
    ids = _ids(people, there)
    entries = []
    for person in people:
        entry = {
            "id": ids[person.key],
            "name": person.name,
            "title": person.title,
            "level": person.level,
            "roles": list(person.roles),
            "reports_to": ids.get(person.reports_to),
            "owner": lists.people.get(person.owner),
            # no CRM says it: until a person does, no courtesy passes without an approval
            "public_official": "unknown",
            "source": how.source,
            **_data_protection(how),
        }
        entries.append({key: value for key, value in entry.items() if value})
    return entries


def _data_protection(how: CrmMapping) -> dict[str, Any]:
    """Written once, with a new contact; then a person's."""
    wanted = how.contacts
    if wanted is None or wanted.lawful_basis is None:
        return {}
    review = how.as_of + datetime.timedelta(days=wanted.review_days) if wanted.review_days else None
    return {
        "lawful_basis": wanted.lawful_basis,
        "collected_on": how.as_of,
        "review_by": review,
    }


def _ids(people: Sequence[Person], there: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """By name, else by the id that the name gives; two of one name are never taken for one."""
    known: dict[str, list[str]] = {}
    for one in there:
        if isinstance(one.get("id"), str):
            known.setdefault(_plain(str(one.get("name", ""))), []).append(str(one["id"]))
    taken = {one for ids in known.values() for one in ids}
    free, found = set(taken), dict[str, str]()
    in_order = sorted(people, key=lambda one: (one.name, one.key))
    for person in in_order:
        same = [one for one in known.get(_plain(person.name), ()) if one in free]
        if same:
            found[person.key] = same[0]
            free.discard(same[0])
    for person in in_order:
        if person.key in found:
            continue
        own = id_of(person.name)
        found[person.key] = own if own in free else free_id(person.name, _FALLBACK, taken)
        free.discard(own)
        taken.add(found[person.key])
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
