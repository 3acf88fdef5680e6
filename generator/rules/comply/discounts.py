"""Discounts and rebates go to the company that has the contract, on paper and in the books."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.model import Playbook
from generator.problems import Problem
from generator.read import Document
from generator.rules.comply.folding import folded

_ASKED = ("payee", "contract", "booked_on")


def discount_findings(
    document: Document, playbook: Playbook, today: datetime.date
) -> Iterator[Problem]:
    """ab6 on every discount."""
    given = (playbook.economics.discounts if playbook.economics else None) or ()
    for index, one in enumerate(given):
        path = ("economics", "discounts", index)
        lacks = [key for key in _ASKED if getattr(one, key) is None]
        if lacks:
            told = ", ".join(f"'{key}'" for key in lacks)
            message = f"{told} not given: which company gets it, by which contract, booked when"
            yield document.problem(path, "ab6", message, entry=one.contract or "")
        if one.payee is not None and not _is_the_company(one.payee, playbook):
            message = (
                f"'{one.payee}' is not the company of this plan; a discount goes to it alone"
                " (if this is its legal name, add it to account.aliases)"
            )
            yield document.problem((*path, "payee"), "ab6", message, entry=one.contract or "")
        if one.booked_on is not None and one.booked_on > today:
            message = f"{one.booked_on} has not come yet; enter a discount when it is booked"
            yield document.problem((*path, "booked_on"), "ab6", message, entry=one.contract or "")


def _is_the_company(payee: str, playbook: Playbook) -> bool:
    """The payee begins with the account's name or one of its aliases, and is none of its people."""
    told = folded(payee)
    relationship = playbook.relationship
    people = (
        folded(one.name) for one in (relationship and relationship.contacts) or () if one.name
    )
    if any(one in told for one in people):
        return False
    names = (playbook.account.name or "", *(playbook.account.aliases or ()))
    return any(folded(one) and _begins(told, folded(one)) for one in names)


def _begins(told: str, name: str) -> bool:
    rest = told.removeprefix(name)
    return rest != told and not (rest[:1].isascii() and rest[:1].isalnum())
