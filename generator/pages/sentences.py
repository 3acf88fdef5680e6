"""What search knows of an account: one short sentence a section, of names, people, risks, rivals.

The site's search indexes the light Markdown and nothing else, so whatever a reader may type to
find an account stands here; the rest would only make each reader's browser slower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.figures import Account
from generator.language import phrase, say
from generator.model import Playbook
from generator.pages import formats
from generator.settings import Settings

ENOUGH = {"head": 420, "relationship": 520, "risk": 380, "market": 160, "plan": 160}
"""Bytes of the search index that a section's sentence may take; names beyond are left out."""
_WIDE = 8
"""Bytes of a character beyond ASCII: escaped, and with a mark at the end of each word."""


def section_sentences(account: Account, settings: Settings) -> dict[str, str]:
    """By section id, and 'head' for the sentence under the title; no key, nothing to say."""
    plan = account.playbook
    if plan is None:
        return {}
    told = {
        "head": _head(plan, settings),
        "relationship": _listed(phrase("With: {names}."), _people(plan), "relationship"),
        "risk": _listed(phrase("Risks: {names}."), _risks(plan), "risk"),
        "market": _listed(phrase("Rivals: {names}."), _rivals(plan), "market"),
        "plan": _listed(phrase("Aims: {names}."), _aims(plan), "plan"),
    }
    return {section: sentence for section, sentence in told.items() if sentence}


def _head(plan: Playbook, settings: Settings) -> str:
    account = plan.account
    catalogue, language = settings.catalogue, settings.site.language
    words = [settings.label("statuses", account.status)] if account.status else []
    for kind, id in ((catalogue.industries, account.industry), (catalogue.regions, account.region)):
        if id is not None:
            words.append(kind[id].label.in_language(language) if id in kind else id)
    parts = [
        formats.listed(words),
        say("owner {name}", name=_person(account.owner, settings)) if account.owner else "",
        say("also known as {names}", names=formats.listed(account.aliases))
        if account.aliases
        else "",
        say("tags {names}", names=formats.listed(account.tags)) if account.tags else "",
    ]
    found = _within([part for part in parts if part], ENOUGH["head"])
    sentence = say("; ").join(found)
    return say("{sentence}.", sentence=formats.opening(sentence)) if sentence else ""


def _person(id: str, settings: Settings) -> str:
    person = settings.team.people.get(id)
    return person.name if person else id


def _people(plan: Playbook) -> Iterator[str]:
    """Contacts who have not left, the most influential first."""
    contacts = (plan.relationship.contacts if plan.relationship else None) or ()
    present = [one for one in contacts if one.left_on is None]
    for one in sorted(present, key=lambda contact: -(contact.influence or 0)):
        name = one.name or one.id
        yield say("{name} ({title})", name=name, title=one.title) if one.title else name


def _risks(plan: Playbook) -> Iterator[str]:
    section = plan.risk
    for doubt in (section.customer if section else None) or ():
        yield doubt.doubt or doubt.id
    for own in (section.own if section else None) or ():
        yield own.statement or own.id


def _rivals(plan: Playbook) -> Iterator[str]:
    rivals = (plan.competition.rivals if plan.competition else None) or ()
    for rival in rivals:
        yield rival.name or rival.id


def _aims(plan: Playbook) -> Iterator[str]:
    for one in plan.objectives or ():
        if one.statement:
            yield one.statement


def _listed(pattern: str, names: Iterable[str], section: str) -> str:
    tidy = [name.rstrip(".;。； ") for name in names]
    found = _within(list(dict.fromkeys(tidy)), ENOUGH[section])
    return say(pattern, names=say("; ").join(found)) if found else ""


def _within(parts: list[Any], limit: int) -> list[str]:
    """As many of the parts as fit; the first is cut when it alone is too long."""
    found: list[str] = []
    left = limit
    for part in parts:
        cost = _cost(part) + 2
        if cost > left and found:
            break
        found.append(part if cost <= left else _cut(part, left))
        left -= cost
    return found


def _cost(text: str) -> int:
    return sum(1 if sign.isascii() else _WIDE for sign in text)


def _cut(text: str, limit: int) -> str:
    left = limit
    for index, sign in enumerate(text):
        left -= _cost(sign)
        if left < 0:
            return f"{text[:index].rstrip()}…"
    return text
