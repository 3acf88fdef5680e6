"""What people, risks and actions are called where a figure tells of them."""

from __future__ import annotations

from generator.figures.case import Case
from generator.figures.name import words_of_id
from generator.form.plans import Action
from generator.form.risk import CustomerRisk, OwnRisk


def person_called(case: Case, id: str) -> str:
    """One of us by name; the id in words where the team has no such person."""
    person = case.settings.team.people.get(id)
    return person.name if person else words_of_id(id)


def contact_called(case: Case, id: str) -> str:
    """One of them by name; no figure rests on that."""
    with case.aside():
        contacts = case.relationship.contacts or ()
        return next((it.name for it in contacts if it.id == id and it.name), words_of_id(id))


def risk_called(case: Case, risk: CustomerRisk | OwnRisk) -> str:
    """A risk by its sentence; no figure rests on that."""
    with case.aside():
        return risk_name(risk)


def action_called(case: Case, action: Action) -> str:
    """An action by what is to be done; no figure rests on that."""
    with case.aside():
        return action.what or words_of_id(action.id)


def risk_name(risk: CustomerRisk | OwnRisk) -> str:
    """What a risk is called."""
    words = risk.doubt if isinstance(risk, CustomerRisk) else risk.statement
    return words or words_of_id(risk.id)
