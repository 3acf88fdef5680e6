"""Contacts as they are today, by hand."""

from __future__ import annotations

import datetime

from generator.portfolio.contacts import conversations, last_talks
from tests.figures.small import TODAY, account, plan

TEXT = plan(
    "relationship: {contacts: [{id: ann, owner: kim-larsen}, {id: ben, owner: li-wei,"
    " left_on: 2026-11-23}], interactions:"
    " [{date: 2026-10-01, by: kim-larsen, contacts: [ann, ben], two_way: true},"
    " {date: 2026-11-01, by: kim-larsen, contacts: [ann], two_way: false},"
    " {date: 2026-12-24, by: li-wei, contacts: [ann], two_way: true}]}\n"
)


def test_talks_to_come_and_talks_without_an_answer_are_no_exchange() -> None:
    playbook = account(TEXT).playbook
    assert playbook is not None
    day = datetime.date(2026, 10, 1)
    assert last_talks(playbook, TODAY) == {"ann": day, "ben": day}


def test_owners_stand_behind_those_who_talked() -> None:
    playbook = account(TEXT).playbook
    assert playbook is not None
    assert playbook.relationship is not None
    contacts = playbook.relationship.contacts or ()
    assert [contact.has_left(TODAY) for contact in contacts] == [False, True]
    talked = conversations(playbook, contacts, TODAY)
    assert talked.ours == ("kim-larsen", "li-wei")
    assert [(contact.id, counts) for contact, counts in talked.rows] == [
        ("ann", (2, 0)),
        ("ben", (1, 0)),
    ]
