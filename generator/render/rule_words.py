"""What a completeness rule asks, in words made from its data, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.enrich.definitions import DEFINITIONS
from generator.render.formats import number
from generator.settings.rules import (
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
_CHECKS = {
    "tier-known": "the tier of a prospect or customer can be computed",
    "reviewed-in-time": "account.reviewed is no longer ago than the shelf life of a review",
    "unknowns-in-time": "no honest unknown is past its find_by",
    "facts-fresh": "no fact that a figure rests on is past its shelf life",
}

_AGREEMENTS = {
    "complete-with-one-thread": "a complete plan has more than one thread",
    "complete-without-contact": "a complete plan has a recent contact",
    "renewal-without-plan": "a near notice day or contract end has an open action for the renewal",
    "high-row-without-gain": "an account of the high row has a delivered value above zero",
    "on-time-with-overdue-actions": "an objective that is in time has no overdue action",
    "below-planned-tier": "the tier is at least the planned one",
    "margin-apart-from-price": "the contribution margin is near 1 less production cost by price",
    "receivable-over-limit": "the receivable is within the credit limit",
    "selective-but-immature": "an account to be developed selectively is mature",
    "champion-against-us": "no champion's sentiment is below zero",
    "billed-more-than-they-spend": "last year's revenue is within their addressable spend",
    "dropped-but-worked-on": "an account whose last decision was to drop it has no open deal",
}


def applies_words(to: Applies | None) -> str:
    """Whom a rule is for: 'customers of tier A or B'."""
    if to is None:
        return "every account"
    who = _or(
        [f"{status}s" if status != "former" else "former customers" for status in to.status]
        if to.status
        else ["accounts"]
    )
    if to.tier:
        who += f" of tier {_or(to.tier)}"
    if to.size:
        who += f" of size {_or(to.size)}"
    if to.days_to_renewal is not None:
        who += f", from {to.days_to_renewal} days before the notice day (else the contract's end)"
    return who


def holds_words(holds: Holds) -> str:
    """What must hold, as a sentence without its full stop."""
    for name, tell in _TELLERS.items():
        given = getattr(holds, name)
        if given is not None:
            return tell(given)
    return "nothing"


def _present(place: str) -> str:
    return f"{place} is filled in or honestly unknown"


def _each(each: Each) -> str:
    entry = f"each entry of {each.in_}{_where(each.where)}"
    if each.above:
        entry += f" that the figure '{_title(each.above)}' lists"
    return f"{entry} has {_and(each.has)}"


def _some(some: Some) -> str:
    count = int(some.at_least or 1)
    entries = "entry" if count == 1 else "entries"
    has = f" with {_and(some.has)}" if some.has else ""
    return f"{some.in_} has at least {_count(count)} {entries}{has}{_where(some.where)}"


def _none(none: NoEntry) -> str:
    return f"{none.in_} has no entry{_where(none.where)}"


def _covers(covers: Covers) -> str:
    return f"between them the entries of {covers.in_} have {covers.field} {_and(covers.words)}"


def _figure(test: FigureTest) -> str:
    title = f"the figure '{_title(test.key)}'"
    limits = []
    if test.at_least is not None:
        limits.append(f"at least {number(test.at_least)}")
    if test.at_most is not None:
        limits.append(f"at most {number(test.at_most)}")
    if test.is_ is not None:
        limits.append(_or(test.is_))
    if test.empty is not None:
        limits.append("an empty list")
    return f"{title} is {_and(limits)}" if limits else f"{title} is known"


def _filled(wanted: Mapping[str, Sequence[str]]) -> str:
    """Each place with what is wanted there; 'each of actions has owner and due'."""
    told = [
        f"{f'each of {place.removesuffix(_EACH)}' if place.endswith(_EACH) else place}"
        f" has {_and(list(fields))}"
        for place, fields in wanted.items()
    ]
    return "where begun, " + "; ".join(told)


def _all(parts: Sequence[Holds]) -> str:
    """Fields that must all be there are one list, not a sentence each."""
    fields = [part.present for part in parts if part.present is not None]
    told = [holds_words(part) for part in parts if part.present is None]
    if len(fields) > 1:
        told.insert(0, f"{_and(fields)} are filled in or honestly unknown")
    elif fields:
        told.insert(0, _present(fields[0]))
    return "; and ".join(told)


def _any(parts: Sequence[Holds]) -> str:
    return f"either {'; or '.join(holds_words(part) for part in parts)}"


def _check(name: str) -> str:
    return _CHECKS[name]


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
    "check": _check,
    "agree": _AGREEMENTS.__getitem__,
}


def _where(where: Mapping[str, Condition] | None) -> str:
    if not where:
        return ""
    return " where " + _and([_condition(field, one) for field, one in where.items()])


def _condition(field: str, one: Condition) -> str:
    told = []
    if one.is_ is not None:
        told.append(f"is {_or(one.is_)}")
    if one.has is not None:
        told.append(f"has {_or(one.has)}")
    if one.in_figure is not None:
        told.append(f"is one of the figure '{_title(one.in_figure)}'")
    if one.present is not None:
        told.append("is filled in" if one.present == "true" else "is empty")
    if one.before is not None:
        told.append(f"lies before {_day(one.before)}")
    if one.after is not None:
        told.append(f"lies after {_day(one.after)}")
    if one.at_least is not None:
        told.append(f"is at least {number(one.at_least)}")
    return f"{field} {_and(told)}"


def _day(phrase: str) -> str:
    """'today-365' is 365 days ago; 'renewal' is the renewal."""
    found = DAY_PHRASE.fullmatch(phrase)
    if found is None or found[2] is None:
        return "the renewal" if phrase == "renewal" else phrase
    days = f"{int(found[3])} days"
    if found[1] == "today":
        return f"{days} ago" if found[2] == "-" else f"the day in {days}"
    return f"{days} {'before' if found[2] == '-' else 'after'} the renewal"


def _title(key: str) -> str:
    found = DEFINITIONS.get(key)
    return found.title if found else key


def _count(count: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(count, str(count))


def _and(words: Sequence[str]) -> str:
    return _listed(words, "and")


def _or(words: Sequence[str]) -> str:
    return _listed([word.replace("_", " ") for word in words], "or")


def _listed(words: Sequence[str], joint: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"
