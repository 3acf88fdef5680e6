"""What a completeness rule asks, in words made from its data, so that they cannot disagree.

A sentence is a pattern with its places, so that any language can order its words. Names of fields
and their words stay as people write them in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.figures.definitions import DEFINITIONS
from generator.language import phrase, said, say, say_count
from generator.pages.formats import all_of, any_of, number
from generator.rules.rulebook import (
    DAY_PHRASE,
    Applies,
    Condition,
    Covers,
    Each,
    FigureTest,
    Holds,
    NoEntry,
    Some,
)

_EACH = ".*"
_WHO = {
    "prospect": phrase("prospects"),
    "customer": phrase("customers"),
    "former": phrase("former customers"),
}
_CHECKS = {
    "tier-known": phrase("the tier of a prospect or customer can be computed"),
    "reviewed-in-time": phrase("account.reviewed is no longer ago than the shelf life of a review"),
    "unknowns-in-time": phrase("no honest unknown is past its find_by"),
    "facts-fresh": phrase("no fact that a figure rests on is past its shelf life"),
}

_AGREEMENTS = {
    "complete-with-one-thread": phrase("a complete plan has more than one thread"),
    "complete-without-contact": phrase("a complete plan has a recent contact"),
    "renewal-without-plan": phrase(
        "a near notice day or contract end has an open action for the renewal"
    ),
    "high-row-without-gain": phrase("an account of the high row has a delivered value above zero"),
    "on-time-with-overdue-actions": phrase("an objective that is in time has no overdue action"),
    "below-planned-tier": phrase("the tier is at least the planned one"),
    "margin-apart-from-price": phrase(
        "the contribution margin is near 1 less production cost by price"
    ),
    "receivable-over-limit": phrase("the receivable is within the credit limit"),
    "selective-but-immature": phrase("an account to be developed selectively is mature"),
    "champion-against-us": phrase("no champion's sentiment is below zero"),
    "billed-more-than-they-spend": phrase("last year's revenue is within their addressable spend"),
    "dropped-but-worked-on": phrase(
        "an account whose last decision was to drop it has no open deal"
    ),
}
_COUNTS = {2: phrase("two"), 3: phrase("three")}


def applies_words(to: Applies | None) -> str:
    """Whom a rule is for: 'customers of tier A or B'."""
    if to is None:
        return say("every account")
    who = any_of([said(_WHO[one]) for one in to.status or ()])
    if to.tier and who:
        who = say("{who} of tier {tiers}", who=who, tiers=any_of(to.tier))
    elif to.tier:
        who = say("accounts of tier {tiers}", tiers=any_of(to.tier))
    who = who or say("every account")
    if to.size:
        who = say("{who} of size {sizes}", who=who, sizes=_choice(to.size))
    if to.days_to_renewal is None:
        return who
    return say(
        "{who}, from {days} days before the notice day (else the contract's end)",
        who=who,
        days=to.days_to_renewal,
    )


def holds_words(holds: Holds) -> str:
    """What must hold, as a sentence without its full stop."""
    for name, tell in _TELLERS.items():
        given = getattr(holds, name)
        if given is not None:
            return tell(given)
    return say("nothing")


def _present(place: str) -> str:
    return say("{place} is filled in or honestly unknown", place=place)


def _each(each: Each) -> str:
    told = say("each entry of {place}", place=each.in_)
    if each.where:
        told = say(
            "each entry of {place} where {conditions}",
            place=each.in_,
            conditions=_conditions(each.where),
        )
    if each.above:
        told = say(
            "{entries} that the figure '{figure}' lists", entries=told, figure=_title(each.above)
        )
    return say("{entries} has {fields}", entries=told, fields=all_of(each.has))


def _some(some: Some) -> str:
    count = int(some.at_least or 1)
    told = say("{place} has at least one entry", place=some.in_)
    if count != 1:
        told = say("{place} has at least {count} entries", place=some.in_, count=_count(count))
    if some.has:
        told = say("{entries} with {fields}", entries=told, fields=all_of(some.has))
    if some.where:
        told = say("{entries} where {conditions}", entries=told, conditions=_conditions(some.where))
    return told


def _none(none: NoEntry) -> str:
    if not none.where:
        return say("{place} has no entry", place=none.in_)
    return say(
        "{place} has no entry where {conditions}",
        place=none.in_,
        conditions=_conditions(none.where),
    )


def _covers(covers: Covers) -> str:
    return say(
        "between them the entries of {place} have {field} {words}",
        place=covers.in_,
        field=covers.field,
        words=all_of(covers.words),
    )


def _figure(test: FigureTest) -> str:
    told = []
    if test.at_least is not None and test.at_most is not None:
        low, high = number(test.at_least), number(test.at_most)
        told.append(say("is at least {low} and at most {high}", low=low, high=high))
    elif test.at_least is not None:
        told.append(say("is at least {number}", number=number(test.at_least)))
    elif test.at_most is not None:
        told.append(say("is at most {number}", number=number(test.at_most)))
    if test.is_ is not None:
        told.append(say("is {words}", words=_choice(test.is_)))
    if test.empty is not None:
        told.append(say("is an empty list"))
    return say(
        "the figure '{figure}' {clauses}",
        figure=_title(test.key),
        clauses=_clauses(told or [say("is known")]),
    )


def _filled(wanted: Mapping[str, Sequence[str]]) -> str:
    """Each place with what is wanted there; 'each of actions has owner and due'."""
    told = []
    for place, fields in wanted.items():
        if place.endswith(_EACH):
            entries = say("each of {place}", place=place.removesuffix(_EACH))
            told.append(say("{entries} has {fields}", entries=entries, fields=all_of(fields)))
        else:
            told.append(say("{place} has {fields}", place=place, fields=all_of(fields)))
    return say("where begun, {sentences}", sentences=say("; ").join(told))


def _all(parts: Sequence[Holds]) -> str:
    """Fields that must all be there are one list, not a sentence each."""
    fields = [part.present for part in parts if part.present is not None]
    told = [holds_words(part) for part in parts if part.present is None]
    if len(fields) > 1:
        told.insert(0, say("{places} are filled in or honestly unknown", places=all_of(fields)))
    elif fields:
        told.insert(0, _present(fields[0]))
    return say("; and ").join(told)


def _any(parts: Sequence[Holds]) -> str:
    return say(
        "either {sentences}", sentences=say("; or ").join(holds_words(part) for part in parts)
    )


_TELLERS: dict[str, Callable[[Any], str]] = {
    "present": _present,
    "each": _each,
    "some": _some,
    "figure": _figure,
    "covers": _covers,
    "none": _none,
    "all": _all,
    "any": _any,
    "filled": _filled,
    "check": lambda name: said(_CHECKS[name]),
    "agree": lambda name: said(_AGREEMENTS[name]),
}


def _conditions(where: Mapping[str, Condition]) -> str:
    return _clauses(
        [
            say("{field} {clauses}", field=field, clauses=_clauses(_condition(one)))
            for field, one in where.items()
        ]
    )


def _condition(one: Condition) -> list[str]:
    """What is said of a field, one clause each."""
    told = []
    if one.is_ is not None:
        told.append(say("is {words}", words=_choice(one.is_)))
    if one.has is not None:
        told.append(say("has {words}", words=_choice(one.has)))
    if one.in_figure is not None:
        told.append(say("is one of the figure '{figure}'", figure=_title(one.in_figure)))
    if one.present is not None:
        told.append(say("is filled in") if one.present == "true" else say("is empty"))
    if one.before is not None:
        told.append(say("lies before {day}", day=_day(one.before)))
    if one.after is not None:
        told.append(say("lies after {day}", day=_day(one.after)))
    if one.at_least is not None:
        told.append(say("is at least {number}", number=number(one.at_least)))
    return told


def _day(phrase: str) -> str:
    """'today-365' is 365 days ago; 'renewal' is the renewal."""
    found = DAY_PHRASE.fullmatch(phrase)
    if found is None or found[2] is None:
        return say("the renewal") if phrase == "renewal" else say("today")
    days, is_before = int(found[3]), found[2] == "-"
    if found[1] == "today":
        if is_before:
            return say_count("{count} day ago", "{count} days ago", days)
        return say_count("the day in {count} day", "the day in {count} days", days)
    if is_before:
        return say_count("{count} day before the renewal", "{count} days before the renewal", days)
    return say_count("{count} day after the renewal", "{count} days after the renewal", days)


def _title(key: str) -> str:
    found = DEFINITIONS.get(key)
    return say(found.title) if found else key


def _count(count: int) -> str:
    return said(_COUNTS[count]) if count in _COUNTS else str(count)


def _choice(words: Sequence[str]) -> str:
    return any_of([word.replace("_", " ") for word in words])


def _clauses(clauses: Sequence[str]) -> str:
    """Clauses that all hold: 'is filled in, is at least 3 and lies before today'."""
    told, last = clauses[0], len(clauses) - 1
    for place, clause in enumerate(clauses[1:], 1):
        if place < last:
            told = say("{clauses}, {clause}", clauses=told, clause=clause)
        else:
            told = say("{clauses} and {clause}", clauses=told, clause=clause)
    return told
