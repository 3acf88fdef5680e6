"""A plan as it was known on a day: what is of that very day was known, what is of the next not."""

from __future__ import annotations

import datetime
from operator import attrgetter
from typing import Any

import pytest

from generator.figures.earlier import as_known
from generator.form import Playbook
from generator.model.years import Years
from tests.figures.small import enriched, plan

DAY = datetime.date(2026, 6, 30)
NEXT = datetime.date(2026, 7, 1)


def playbook(sections: str, status: str = "customer") -> Playbook:
    made = enriched(plan(sections, status=status)).playbook
    assert made is not None
    return made


def then(sections: str, path: str, day: datetime.date = DAY) -> Any:
    """What stands at a path of a plan as it was known."""
    return attrgetter(path)(as_known(playbook(sections), day, Years()))


# A list by its path: how it is written, the field of the day, and what else an entry needs
DATED = [
    ("usage", "usage: [{}]", "date", "metric: orders, value: 1"),
    ("outcomes", "outcomes: [{}]", "date", "kind: won"),
    ("decisions", "decisions: [{}]", "date", "kind: keep"),
    ("relationship.interactions", "relationship: {interactions: [{}]}", "date", "two_way: true"),
    ("relationship.trust", "relationship: {trust: [{}]}", "date", "trust: 4"),
    ("service.satisfaction", "service: {satisfaction: [{}]}", "date", "score: 4, scale: 5"),
    ("service.cases", "service: {cases: [{}]}", "opened", "id: {}"),
    ("economics.revenue", "economics: {revenue: [{}]}", "to", "year: 2026, amount: 1"),
]


def written(text: str, field: str, rest: str, *days: datetime.date) -> str:
    entries = [f"{{{rest.replace('{}', f'c{day}')}, {field}: {day}}}" for day in days]
    return text.replace("{}", ", ".join(entries)) + "\n"


@pytest.mark.parametrize(("path", "text", "field", "rest"), DATED)
def test_what_is_of_the_day_was_known(path: str, text: str, field: str, rest: str) -> None:
    both = then(written(text, field, rest, DAY, NEXT), path)
    assert [getattr(entry, field) for entry in both] == [DAY]


@pytest.mark.parametrize(("path", "text", "field", "rest"), DATED)
def test_a_list_all_of_which_is_later_had_not_been_begun(
    path: str, text: str, field: str, rest: str
) -> None:
    """It is absent, as nobody had looked; a list that is empty says that somebody had."""
    assert then(written(text, field, rest, NEXT), path) is None
    assert then(written(text, field, rest), path) == ()


def test_a_case_without_a_day_was_always_there() -> None:
    text = "service: {cases: [{id: a}, {id: b, opened: 2026-07-01}]}\n"
    assert [case.id for case in then(text, "service.cases")] == ["a"]


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2025-12-30", None),
        ("2025-12-31", [2025]),
        ("2026-06-29", [2025]),
        ("2026-06-30", [2025, 2026]),
    ],
)
def test_a_year_is_known_when_it_has_ended(day: str, years: list[int] | None) -> None:
    """A whole one on its last day, a part of one on the day it goes to."""
    text = (
        "economics: {revenue: [{year: 2025, amount: 2}, {year: 2026, amount: 1, to: 2026-06-30}]}\n"
    )
    known = then(text, "economics.revenue", datetime.date.fromisoformat(day))
    assert (known and [entry.year for entry in known]) == years


# The same of what is done later: it stays, and was open
DONE = [
    ("actions", "actions: [{}]", "done_on"),
    ("relationship.promises", "relationship: {promises: [{}]}", "kept_on"),
    ("relationship.contacts", "relationship: {contacts: [{}]}", "left_on"),
    ("service.cases", "service: {cases: [{}]}", "closed"),
]
NAMES = {"kept_on": "what: {}"}


@pytest.mark.parametrize(("path", "text", "field"), DONE)
def test_what_was_done_later_was_open(path: str, text: str, field: str) -> None:
    rest = NAMES.get(field, "id: {}")
    both = then(written(text, field, rest, DAY, NEXT), path)
    assert [getattr(entry, field) for entry in both] == [DAY, None]
    undated = text.replace("{}", f"{{{rest.replace('{}', 'a')}}}") + "\n"
    assert [getattr(entry, field) for entry in then(undated, path)] == [None]
    assert then(written(text, field, rest), path) == ()


@pytest.mark.parametrize(
    ("status", "outcome", "expected"),
    [
        # a customer until the day of the loss, and on that day none any more
        ("former", "kind: lost, date: 2026-07-01", "customer"),
        ("former", "kind: lost, date: 2026-06-30", "former"),
        ("former", "kind: lost, date: 2026-06-29", "former"),
        # only what says that they were lost
        ("former", "kind: shrunk, date: 2026-07-01", "former"),
        ("former", "kind: won, date: 2026-07-01", "former"),
        ("former", "date: 2026-07-01", "former"),
        # a deal that is lost later makes nobody a customer who was none
        ("prospect", "kind: lost, date: 2026-07-01", "prospect"),
        ("customer", "kind: lost, date: 2026-07-01", "customer"),
        ("customer", "kind: won, date: 2026-06-01", "customer"),
    ],
)
def test_the_status_of_then(status: str, outcome: str, expected: str) -> None:
    known = as_known(playbook(f"outcomes: [{{{outcome}}}]\n", status), DAY, Years())
    assert known.account.status == expected


@pytest.mark.parametrize("status", ["customer", "former", "prospect"])
def test_who_lost_nothing_was_what_they_are(status: str) -> None:
    known = as_known(playbook("", status), DAY, Years())
    assert known.account.status == status
    assert (known.relationship, known.service, known.economics) == (None, None, None)
