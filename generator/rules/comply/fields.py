"""The rules on fields: persons and their data, courtesies to them, discounts to their company."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.form import Playbook
from generator.form.relationship import Contact, PersonalData
from generator.form.value import Courtesy
from generator.problems import CURE_AFTER, Problem
from generator.read import Document
from generator.read.document import DataPath
from generator.rules.comply.lexicon import Lexicon, folded, sentences
from generator.rules.validate.consistency import no_rate
from generator.settings import Settings

# Where data about a person comes from, how long it is kept, what an opinion rests on

_ORIGIN = ("source", "lawful_basis", "collected_on", "review_by")
_OBSERVATION = ("fact", "date", "by")


def person_findings(
    document: Document, playbook: Playbook, settings: Settings, today: datetime.date
) -> Iterator[Problem]:
    """ab2, pd3 and pd4 on every contact."""
    given = playbook.relationship
    for index, contact in enumerate((given.contacts if given else None) or ()):
        path = ("relationship", "contacts", index)
        yield from _official_named(document, path, contact)
        yield from _origin(document, path, contact, given.personal_data if given else None)
        yield from (
            _reviewed(document, path, contact, given.personal_data, settings, today)
            if given
            else ()
        )
        yield from _opinion(document, path, contact)


def _official_named(document: Document, path: DataPath, contact: Contact) -> Iterator[Problem]:
    if contact.public_official is None:
        yield replace(
            document.problem(
                path,
                "ab2",
                "'public_official' is not given; write none, official, state_owned or unknown",
                entry=contact.id,
            ),
            waits_for=(f"relationship.contacts.{contact.id}.public_official",),
        )


def _origin(
    document: Document, path: DataPath, contact: Contact, default: PersonalData | None
) -> Iterator[Problem]:
    lacks = [
        key
        for key in _ORIGIN
        if getattr(contact, key) is None and getattr(default, key, None) is None
    ]
    if lacks:
        keys = _listed(lacks)
        yield replace(
            document.problem(
                path,
                "pd3",
                f"{keys} not given, here or in relationship.personal_data: say where we have this"
                " person from, why we may keep it, since when, until when",
                entry=contact.id,
            ),
            waits_for=tuple(f"relationship.personal_data.{key}" for key in lacks),
        )


def _reviewed(
    document: Document,
    path: DataPath,
    contact: Contact,
    default: PersonalData | None,
    settings: Settings,
    today: datetime.date,
) -> Iterator[Problem]:
    """A day for all contacts is told once, at its own place."""
    day, where, entry = contact.review_by, (*path, "review_by"), contact.id
    if day is None and default is not None:
        day, where, entry = default.review_by, ("relationship", "personal_data", "review_by"), ""
    if day is None:
        return
    cure = "look whether we still may keep it, then set the next day or erase the person"
    left = (day - today).days
    if left < 0:
        yield document.problem(where, "pd3", f"{day} is past: {cure}", entry=entry)
    elif left < settings.compliance.personal_data.warn_days:
        message = f"{day} is {left} days ahead: {cure}"
        yield document.problem(where, "pd3", message, level="warning", entry=entry)


def _opinion(document: Document, path: DataPath, contact: Contact) -> Iterator[Problem]:
    """For or against us is an opinion: the person may ask to see what it rests on."""
    if contact.sentiment and not contact.observed:
        yield replace(
            document.problem(
                (*path, "sentiment"),
                "pd4",
                "an opinion on a person rests on something seen: give 'observed' with fact, date,"
                " by",
                entry=contact.id,
            ),
            waits_for=(f"relationship.contacts.{contact.id}.observed",),
        )
    for index, seen in enumerate(contact.observed or ()):
        lacks = [key for key in _OBSERVATION if getattr(seen, key) is None]
        if lacks:
            keys = _listed(lacks)
            yield document.problem(
                (*path, "observed", index),
                "pd4",
                f"{keys} not given: say when it was seen and by whom of us",
                entry=contact.id,
            )


# What courtesies may be, for whom, how much, and not around a decision

_LIST: DataPath = ("value", "return", "courtesies")
_REGISTERED = (
    "purpose",
    "date",
    "amount",
    "currency",
    "payer",
    "entered_by",
    "approved_by",
    "register",
)
_REGISTERED_AS = {"register": "register_", "date": "day"}
"""What stands for an entry of the register that is not the field of its name."""
_APPROVAL = ("approval_id", "approved_on", "approval_expires")
_OFFICIAL = {
    "official": "a public official",
    "state_owned": "in a state-owned firm",
    "unknown": "perhaps a public official (unknown)",
    None: "perhaps a public official (public_official is not given)",
}
_DECIDED = ("won", "renewed")


def courtesy_findings(
    document: Document,
    playbook: Playbook,
    settings: Settings,
    forbidden: Lexicon,
    today: datetime.date,
) -> Iterator[Problem]:
    """ab1 to ab4 on every courtesy."""
    given = _courtesies(playbook)
    contacts = (playbook.relationship.contacts if playbook.relationship else None) or ()
    people = {contact.id: contact for contact in contacts}
    days = tuple(_decisions(playbook))
    for index, courtesy in enumerate(given):
        path = (*_LIST, index)
        yield from _no_value(document, path, courtesy, forbidden)
        yield from _approved(document, path, courtesy, people.get(courtesy.contact))
        yield from _whole(document, path, courtesy)
        yield from _quiet(document, path, courtesy, days, settings)
    yield from _sums(document, given, people, settings, today)


def _courtesies(playbook: Playbook) -> Sequence[Courtesy]:
    back = playbook.value.return_ if playbook.value else None
    return (back.courtesies if back else None) or ()


def _no_value(
    document: Document, path: DataPath, courtesy: Courtesy, forbidden: Lexicon
) -> Iterator[Problem]:
    for key, text in (("kind", courtesy.kind), ("purpose", courtesy.purpose)):
        words = [forbidden.find(part) for part in sentences(folded(text))] if text else []
        if word := next(filter(None, words), None):
            yield document.problem(
                (*path, key),
                "ab1",
                f"'{word}' is no courtesy: nobody gets money or what can be turned into it, nor do"
                " their families; thank people with recognition from the catalogue",
                entry=courtesy.contact,
            )


def _approved(
    document: Document, path: DataPath, courtesy: Courtesy, who: Contact | None
) -> Iterator[Problem]:
    """Nothing for someone who is or may be an official without an approval that covers the day."""
    status = who.public_official if who else None
    if who is None or status == "none":
        return
    lacks = [key for key in _APPROVAL if getattr(courtesy, key) is None]
    if lacks:
        message = f"{who.name or who.id} is {_OFFICIAL[status]}: give {_listed(lacks)}"
        yield document.problem(path, "ab2", message, entry=courtesy.contact)
    elif courtesy.day and not _covers(courtesy, courtesy.day):
        message = (
            f"the approval runs from {courtesy.approved_on} to {courtesy.approval_expires}"
            f" and does not cover {courtesy.day}; get one beforehand"
        )
        yield document.problem((*path, _day_key(courtesy)), "ab2", message, entry=courtesy.contact)


def _day_key(courtesy: Courtesy) -> str:
    """The field that says when it was given, or is to be."""
    return "date" if courtesy.date else "planned"


def _covers(courtesy: Courtesy, day: datetime.date) -> bool:
    """Whether the approval was there on a day; without its days it was not."""
    if courtesy.approved_on is None or courtesy.approval_expires is None:
        return False
    return courtesy.approved_on <= day <= courtesy.approval_expires


def _whole(document: Document, path: DataPath, courtesy: Courtesy) -> Iterator[Problem]:
    values = {key: getattr(courtesy, _REGISTERED_AS.get(key, key)) for key in _REGISTERED}
    lacks = [key for key, value in values.items() if value is None]
    if lacks:
        message = f"the register asks for {_listed(lacks)}"
        yield document.problem(path, "ab3", message, entry=courtesy.contact)
    if courtesy.approved_by is not None and courtesy.approved_by == courtesy.entered_by:
        message = f"'{courtesy.approved_by}' entered it as well; somebody else approves"
        yield document.problem((*path, "approved_by"), "ab3", message, entry=courtesy.contact)


def _quiet(
    document: Document,
    path: DataPath,
    courtesy: Courtesy,
    days: Sequence[tuple[str, datetime.date, datetime.date]],
    settings: Settings,
) -> Iterator[Problem]:
    """Not within so many days of a decision of theirs; between its days neither."""
    limit = settings.compliance.courtesies.quiet_days
    margin = datetime.timedelta(days=limit)
    for what, first, last in days:
        if courtesy.day is not None and first - margin <= courtesy.day <= last + margin:
            when = f"{first}" if first == last else f"{first} to {last}"
            yield document.problem(
                (*path, _day_key(courtesy)),
                "ab4",
                f"{courtesy.day} lies within {limit} days of {what} ({when}); no courtesy then",
                entry=courtesy.contact,
            )


def _decisions(playbook: Playbook) -> Iterator[tuple[str, datetime.date, datetime.date]]:
    """What they decide, with its first and last day."""
    tender = playbook.buying.tender if playbook.buying else None
    given = [day for day in (tender.opens, tender.closes, tender.award) if day] if tender else []
    if given:
        yield "the tender", min(given), max(given)
    contract = playbook.account.contract
    if contract and contract.notice_by:
        yield "the contract's notice day", contract.notice_by, contract.notice_by
    if contract and contract.end:
        yield "the contract's end", contract.end, contract.end
    for outcome in playbook.outcomes or ():
        if outcome.kind in _DECIDED:
            what = "an award" if outcome.kind == "won" else "a renewal"
            yield what, outcome.date, outcome.date


def _sums(
    document: Document,
    given: Sequence[Courtesy],
    people: dict[str, Contact],
    settings: Settings,
    today: datetime.date,
) -> Iterator[Problem]:
    """What one person got in so many months up to each courtesy, in the reporting currency."""
    limits = settings.compliance.courtesies
    home = settings.currencies.reporting_currency
    for index, courtesy in enumerate(given):
        rates = [(gift, _worth(gift, settings, today)) for gift in given]
        if courtesy.day is None or courtesy.amount is None or courtesy.currency is None:
            continue
        path = (*_LIST, index)
        if (cause := no_rate(courtesy.currency, settings, today)) is not None:
            message = f"{cause.fault}, so it cannot be held to the limit{CURE_AFTER}{cause.cure}"
            told = document.problem((*path, "currency"), "ab3", message, entry=courtesy.contact)
            yield replace(told, cause=cause)
            continue
        since = _months_before(courtesy.day, limits.limit_months)
        total = sum(
            worth or 0.0
            for gift, worth in rates
            if gift.contact == courtesy.contact and gift.day and since < gift.day <= courtesy.day
        )
        who = people.get(courtesy.contact)
        is_plain = who is not None and who.public_official == "none"
        limit = limits.limit_per_person if is_plain else limits.limit_per_official
        if total > limit + 1e-9:
            message = (
                f"{total:,.2f} {home} for this person in {limits.limit_months} months; at most"
                f" {limit:,.2f} {home} ({settings.where('compliance', 'courtesies')})"
            )
            yield document.problem((*path, "amount"), "ab3", message, entry=courtesy.contact)


def _worth(courtesy: Courtesy, settings: Settings, today: datetime.date) -> float | None:
    rate = settings.rate(courtesy.currency, today) if courtesy.currency else None
    return None if rate is None or courtesy.amount is None else courtesy.amount * rate


def _months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months ago, or the last of a shorter month."""
    month = day.year * 12 + day.month - 1 - months
    first = datetime.date(month // 12, month % 12 + 1, 1)
    following = datetime.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + datetime.timedelta(days=day.day - 1), following - datetime.timedelta(days=1))


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys)


# Discounts go to the company that has the contract, on paper and in the books

_OF_DISCOUNTS = ("payee", "contract", "booked_on")


def discount_findings(
    document: Document, playbook: Playbook, today: datetime.date
) -> Iterator[Problem]:
    """ab6 on every discount."""
    given = (playbook.economics.discounts if playbook.economics else None) or ()
    for index, discount in enumerate(given):
        path = ("economics", "discounts", index)
        lacks = [key for key in _OF_DISCOUNTS if getattr(discount, key) is None]
        if lacks:
            keys = _listed(lacks)
            message = f"{keys} not given: which company gets it, by which contract, booked when"
            yield document.problem(path, "ab6", message, entry=discount.contract or "")
        if discount.payee is not None and not _is_the_company(discount.payee, playbook):
            message = (
                f"'{discount.payee}' is not the company of this plan; a discount goes to it alone"
                " (if this is its legal name, add it to account.aliases)"
            )
            yield document.problem((*path, "payee"), "ab6", message, entry=discount.contract or "")
        if discount.booked_on is not None and discount.booked_on > today:
            message = f"{discount.booked_on} has not come yet; enter a discount when it is booked"
            yield document.problem(
                (*path, "booked_on"), "ab6", message, entry=discount.contract or ""
            )


def _is_the_company(payee: str, playbook: Playbook) -> bool:
    """The payee begins with the account's name or one of its aliases, and is none of its people."""
    company = folded(payee)
    relationship = playbook.relationship
    people = (
        folded(contact.name)
        for contact in (relationship and relationship.contacts) or ()
        if contact.name
    )
    if any(name in company for name in people):
        return False
    names = (playbook.account.name or "", *(playbook.account.aliases or ()))
    return any(folded(name) and _begins(company, folded(name)) for name in names)


def _begins(payee: str, name: str) -> bool:
    rest = payee.removeprefix(name)
    return rest != payee and not (rest[:1].isascii() and rest[:1].isalnum())
