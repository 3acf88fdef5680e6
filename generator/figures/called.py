"""What people, risks and actions are called where a figure tells of them."""

from __future__ import annotations

from generator.figures.case import Case
from generator.figures.name import in_words, words_of_id
from generator.form.plans import Action
from generator.form.risk import CustomerRisk, OwnRisk
from generator.language import Phrase, phrase
from generator.read.document import DataPath
from generator.settings import Settings


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


_QUESTIONS = {
    "target": phrase("whether they are the right target"),
    "satisfaction": phrase("whether we can satisfy them wholly"),
    "brand": phrase("whether they value our name"),
    "need": phrase("whether there is a need"),
    "solution": phrase("whether we have the solution"),
    "money": phrase("whether they have the money"),
    "authority": phrase("whether our contact may decide"),
    "competition": phrase("whether we can beat the competition"),
    "comparison": phrase("how we compare"),
    "trend": phrase("whether the market goes our way"),
}
"""What is to be found out by each of the ten questions."""
_TITLES = ("doubt", "statement", "what", "name", "item", "issue", "metric", "id")
"""Fields that say what an entry is; the first that is filled in counts."""


def fact_called(case: Case, path: DataPath, settings: Settings) -> Phrase:
    """A field by the words of its name, with the entry that it belongs to; no figure's own."""
    if path[0] == "qualification":
        return _QUESTIONS[str(path[1])]
    field = phrase(in_words(str(path[-1])))
    if path[:1] == ("value",) and path[1] in ("values", "costs"):
        return phrase("{entry}: {field}", entry=phrase(str(path[1])), field=field)
    with case.aside():
        entry = _entry_called(case, path[:-1], settings)
    return phrase("{field} of “{entry}”", field=field, entry=entry) if entry else field


def _entry_called(case: Case, path: DataPath, settings: Settings) -> str:
    """What the nearest entry is called that a path leads through; empty where there is none."""
    if path[:1] == ("offerings",) and len(path) > 1:
        offering = settings.catalogue.offerings.get(str(path[1]))
        return (
            offering.label.in_language(settings.site.language)
            if offering
            else words_of_id(str(path[1]))
        )
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], int):
            entry = case.at(*path[:end])
            named = (getattr(entry, title, None) for title in _TITLES)
            return words_of_id(str(next(filter(None, named), "")))
    return ""
