"""A figure's value, an input's name, a confidence and a change in the words of readers."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Figure
from generator.figures.attention import Item
from generator.figures.case import Case
from generator.figures.changes import LeastChange, cheapest_change
from generator.figures.definition import Gives
from generator.figures.definitions import DEFINITIONS
from generator.figures.name import Written, in_words, steps_of, words_of_id
from generator.figures.ranges import SURE_FROM
from generator.form import FORM
from generator.language import Phrase, phrase, said, say
from generator.model.fields import ENTRY, Field
from generator.pages import formats
from generator.settings import Settings

OF_SETTINGS = frozenset(("develop", "dimension", "element", "maintain", "target_rungs"))
"""Last steps of settings that hold a word of labels.yaml."""


LABELS_OF_CHOICES: Mapping[str, str] = {
    "account.planned_tier": "tiers",
    "account.status": "statuses",
    "actions.*.phase": "phases",
    "environment.macro.*.factor": "macro_factors",
    "environment.market.*.factor": "market_factors",
    "offerings.*.status": "offering_statuses",
    "relationship.contacts.*.level": "levels",
    "relationship.contacts.*.roles": "roles",
    "risk.customer.*.class": "risk_classes",
    "risk.own.*.class": "risk_classes",
    "service.objects.*.level": "levels",
    "service.objects.*.role": "roles",
    "service.objects.*.stage": "stages",
}
"""By field the group of labels.yaml that words its choices: 'open' is not the same everywhere."""


def is_own(key: str, word: str) -> bool:
    """Whether a word of a figure or an input is one of the program's, not of who wrote the plan."""
    if key in DEFINITIONS and DEFINITIONS[key].is_ours:
        return True
    step = steps_of(key)[-1]
    if step in OF_SETTINGS:
        return True
    field = field_of(key)
    return word in (field.choices if field else choices_by_field().get(step, ()))


@functools.lru_cache(maxsize=4096)
def field_of(name: str) -> Field | None:
    """The field that an input of a plan is written in; None of all that is no field."""
    field: Field | None = FORM
    for step in steps_of(name):
        if field is None:
            return None
        inside = field.children
        field = inside.get(step) or (inside.get(ENTRY) if field.has_entries else None)
    return field


@functools.cache
def choices_by_field() -> Mapping[str, frozenset[str]]:
    """By a field's name the words it may hold, where only some are allowed."""
    choices: dict[str, frozenset[str]] = {}
    for field in FORM.walk():
        if field.choices:
            choices[field.name] = choices.get(field.name, frozenset()) | frozenset(field.choices)
    return choices


# A word of the program's own; what people write has spaces, capitals, anything
_OURS = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
PLACES = frozenset(
    (
        *("account", "activities", "contract", "costs", "customer", "development"),
        *("economics", "importance", "interactions", "objects", "offerings", "own"),
        *("qualification", "relationship", "revenue", "risk", "rsvr", "service"),
        *("value", "values"),
    )
)
"""Steps of a path that a reader does not need to tell inputs apart."""
_NAMED = {"economics.development.months": phrase("months of development")}
"""Inputs whose last step alone does not say what they are."""
_DEPTH_OF_FIELDS = 3
HIGH, MEDIUM = SURE_FROM, 0.5
LIKELY = 0.65
"""From here on a word is fairly sure: the half is what a coin says."""
"""Confidence from which a number has three dots, and two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How sure a number is, as three dots and as text."""

    level: int
    number: str
    text: str


def mark(confidence: float | None, medium: float = MEDIUM) -> Sureness | None:
    """One to three dots; None where there is nothing to be sure of."""
    if confidence is None:
        return None
    level = 3 if confidence >= HIGH - 1e-9 else 2 if confidence >= medium - 1e-9 else 1
    number = f"{confidence:.2f}"
    return Sureness(level=level, number=number, text=_sureness(level, number))


def mark_of(figure: Figure) -> Sureness | None:
    """How sure a figure is; nothing of one that rests on nothing, or lists nothing."""
    if not figure.reasons or lists_nothing(figure):
        return None
    is_chance = isinstance(figure.value, str) and bool(figure.carriers)
    return mark(figure.confidence, LIKELY if is_chance else MEDIUM)


def lists_nothing(figure: Figure) -> bool:
    """Whether a figure is a list, or has values by name, of which there is none."""
    return figure.value in ((), {}, "")


def _sureness(level: int, number: str) -> str:
    if level == 1:
        return say("low confidence, {number}", number=number)
    if level == 2:
        return say("medium confidence, {number}", number=number)
    return say("high confidence, {number}", number=number)


def title_of(key: str) -> str:
    """A figure's title; its key in words where it has no definition."""
    definition = DEFINITIONS.get(key)
    if definition is not None:
        return say(definition.title)
    return key.rsplit(".", maxsplit=1)[-1].replace("_", " ").capitalize()


def value_of(figure: Figure, settings: Settings, names: Mapping[str, str] | None = None) -> str:
    """A figure's value in short, without its unit where the unit is money.

    `names` are those of the entries after which its values are named, and of no others.
    """
    value = figure.value
    if value is None:
        return formats.UNKNOWN
    if figure.key == "relationship.target_rung":
        low, high = (settings.label("rungs", rung) for rung in value)
        return low if low == high else say("{low} to {high}", low=low, high=high)
    if isinstance(value, Mapping):
        return _pairs(value, figure, {**_named(figure, settings), **(names or {})})
    if isinstance(value, tuple):
        return _several(figure, settings, names or {})
    if isinstance(value, str):
        return word_of(figure.key, value, settings)
    # Rounded down everywhere: what is shown as 75 is healthy
    return amount_of(math.floor(value) if figure.key == "health" else value, figure.unit)


def value_and_chance(figure: Figure, settings: Settings, names: Mapping[str, str]) -> str:
    """A figure's value; of a word also the chance that it stands, where that is not nearly 1."""
    word = value_of(figure, settings, names)
    if not isinstance(figure.value, str) or not figure.carriers:
        return word
    if figure.confidence is None or figure.confidence >= HIGH:
        return word
    return say("{word} ({chance} sure)", word=word, chance=formats.share(figure.confidence))


def _several(figure: Figure, settings: Settings, names: Mapping[str, str]) -> str:
    if figure.key in DEFINITIONS and DEFINITIONS[figure.key].gives is Gives.ITEMS:
        return _first_of(figure.value)
    words = [names.get(word) or word_of(figure.key, word, settings) for word in figure.value]
    return formats.listed(words) if words else say("none")


def _first_of(items: Sequence[Item]) -> str:
    """The most urgent of what needs a person, and how many more there are."""
    if not items:
        return say("none")
    first, more = formats.said_with_days(items[0].text), len(items) - 1
    return say("{first}; {count} more", first=first, count=more) if more else first


def amount_of(value: Any, unit: str | None) -> str:
    """A number in short with its unit; the currency stands in the unit's place elsewhere."""
    if value is None or isinstance(value, bool):
        return formats.quantity(value, None)
    if is_money(unit):
        return formats.money(value)
    if unit == "share":
        return formats.share(value)
    if unit == "of 100":
        return say("{points} of 100", points=formats.number(value, 0))
    return formats.counted(value, unit) or formats.number(value)


def stated(figure: Figure, settings: Settings, names: Mapping[str, str]) -> str:
    """A figure that is known: a number exactly, with its range and its unit; else its words."""
    if isinstance(figure.value, bool) or not isinstance(figure.value, (int, float)):
        return value_and_chance(figure, settings, names)
    return _with_range(figure)


def _with_range(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return formats.quantity(figure.value, figure.unit)
    amounts = (figure.value, figure.low, figure.high)
    if formats.counted_range("", figure.unit):
        return formats.counted_range(_ranged(map(formats.number, amounts)), figure.unit)
    unit = f" {formats.unit_words(figure.unit or '')}"
    whole = _ranged(formats.quantity(amount, figure.unit).removesuffix(unit) for amount in amounts)
    return whole + (unit if figure.unit != "share" else "")


def _ranged(amounts: Iterable[str]) -> str:
    value, low, high = amounts
    return say("{value} ({low} to {high})", value=value, low=low, high=high)


def is_money(unit: str | None) -> bool:
    """Whether a unit is an amount of money."""
    return unit is not None and formats.is_currency(unit.partition(" ")[0])


def word_of(key: str, word: str, settings: Settings) -> str:
    """A word of a figure as readers see it."""
    if isinstance(word, Phrase):
        return said(word)
    group = _labels_of(key)
    if group == "parts":
        return say("{part} ({id})", part=settings.label("parts", word), id=word)
    if group:
        return settings.label(group, word)
    field = field_of(key)
    if field is not None and field.pattern in LABELS_OF_CHOICES:
        return formats.within(settings.label(LABELS_OF_CHOICES[field.pattern], word))
    plain = word.replace("_", " ") if _OURS.fullmatch(word) else word
    return say(plain) if is_own(key, word) else plain


def _labels_of(key: str) -> str:
    """The group of labels.yaml that has a figure's words; empty where there is none."""
    return DEFINITIONS[key].labels if key in DEFINITIONS else ""


def _named(figure: Figure, settings: Settings) -> dict[str, str]:
    """What the entries of a figure that has several are called, where we named them."""
    group = _labels_of(figure.key)
    if group:
        return {name: settings.label(group, name) for name in figure.value}
    if figure.key in DEFINITIONS and DEFINITIONS[figure.key].is_ours:
        return {name: say(name) for name in figure.value}
    if figure.key != "deal.levers":
        return {}
    return {name: _lever(name, settings) for name in figure.value}


def _lever(name: str, settings: Settings) -> str:
    """A lever of the deal: the price, a line of either pan or the measure against a risk."""
    kind, _, entry = name.partition(".")
    if kind in ("values", "costs"):
        return settings.label(kind, entry)
    return words_of_id(entry) if kind == "risk" else formats.opening(say(name))


def _pairs(value: Mapping[str, Any], figure: Figure, names: Mapping[str, str]) -> str:
    if not value:
        return say("none")
    unit = None if formats.counted_range("", figure.unit) else figure.unit
    shown = {
        name: said(amount) if isinstance(amount, str) else amount_of(amount, unit)
        for name, amount in value.items()
    }
    return formats.listed(
        f"{names.get(name) or words_of_id(name)} {amount}" for name, amount in shown.items()
    )


def input_name(name: str) -> str:
    """An input's path as readers see it: 'risk.customer.late.loss' is 'late: loss'."""
    if name in DEFINITIONS:
        return say(DEFINITIONS[name].title)
    if isinstance(name, Phrase):
        return said(name)
    if name in _NAMED:
        return say(_NAMED[name])
    steps = steps_of(name)
    if steps[-1] in PLACES and len(steps) == 2:
        return say(steps[-1])
    last = step_name(steps[-1])
    if steps[0] == "cells":
        return say("cell of the matrix: {field}", field=last)
    # of 'value.values.service.lever' the service tells which lever it is
    holder = len(steps) - 2 if len(steps) > _DEPTH_OF_FIELDS else None
    before = [
        step_name(step)
        for place, step in enumerate(steps[:-1])
        if step not in PLACES or place == holder
    ]
    return say("{entry}: {field}", entry=" ".join(before), field=last) if before else last


def step_name(step: str) -> str:
    """A step of an input's path as readers see it; what a person wrote stays as it is."""
    if isinstance(step, Written):
        return step
    account, colon, key = step.partition(": ")  # of an account of the same group
    if colon:
        return f"{account}: {say(in_words(key))}"
    return say(in_words(step))


def certainty_sentences(
    figure: Figure, name_of: Callable[[str], str] = input_name
) -> tuple[str, ...]:
    """Where a number lies or whether a word stands, what that rests on, what to find out first."""
    sentences = []
    if figure.low is not None and figure.high is not None:
        ends = {
            "low": amount_of(figure.low, figure.unit),
            "high": amount_of(figure.high, figure.unit),
        }
        sentences.append(say("Four times in five it lies between {low} and {high}", **ends))
    elif figure.carriers and figure.confidence is not None:
        sentences.append(_chance(figure.confidence))
    if figure.rests_on_opinion:
        sentences.append(say("It rests on opinion"))
    if first := find_out_first(figure, name_of):
        sentences.append(say("Find out first: {fact}", fact=first))
    return tuple(sentences)


_NEARLY = 0.99
"""Above, the chance that something stands is not told to the digit: nothing is certain."""


def _chance(confidence: float) -> str:
    if confidence > _NEARLY:
        nearly = formats.share(_NEARLY)
        return say("The chance that this stands is above {chance}", chance=nearly)
    return say("The chance that this stands is {chance}", chance=formats.share(confidence))


def find_out_first(figure: Figure, name_of: Callable[[str], str] = input_name) -> str:
    """The fact that would tell most about a figure; empty where the figure is sure enough."""
    if not figure.carriers or figure.confidence is None or figure.confidence >= HIGH:
        return ""
    fact, share = figure.carriers[0]
    return say("{fact} ({share} of the doubt)", fact=name_of(fact.name), share=formats.share(share))


def even_sentences(gain: Figure, break_even: Figure, margin: Figure) -> tuple[str, ...]:
    """Where nobody can say whether they gain, or we earn: what rests on what, what would tip it."""
    sentences = []
    if gain.is_about_even and break_even.value:
        share = formats.share(abs(break_even.value), 1)
        by = {
            (True, True): say(
                "About even: their gain rests on opinions; if they value us {share} less, they gain"
                " nothing.",
                share=share,
            ),
            (True, False): say(
                "About even: if they value us {share} less, they gain nothing.", share=share
            ),
            (False, True): say(
                "About even: their loss rests on opinions; if they value us {share} more, they"
                " gain.",
                share=share,
            ),
            (False, False): say(
                "About even: if they value us {share} more, they gain.", share=share
            ),
        }
        sentences.append(by[gain.value > 0, gain.rests_on_opinion])
    if margin.is_about_even:
        sentences.append(say("About even for us: nobody can say yet whether we earn."))
    return tuple(sentences)


def change_sentence(case: Case, activity_of: Callable[[str], str]) -> str:
    """What would bring service money in line with the weights, or out of it; empty: nothing."""
    change = cheapest_change(case)
    if change is None:
        return ""
    what = {
        "activity": activity_of(change.name),
        "before": formats.number(change.before),
        "after": _with_shift(change),
    }
    if change.is_right:
        if change.after < change.before:
            return say(
                "Service money would follow the weights if {activity} fell from {before} to"
                " {after}",
                **what,
            )
        return say(
            "Service money would follow the weights if {activity} rose from {before} to {after}",
            **what,
        )
    if change.after < change.before:
        return say(
            "Service money would no longer follow the weights if {activity} fell from {before} to"
            " {after}",
            **what,
        )
    return say(
        "Service money would no longer follow the weights if {activity} rose from {before} to"
        " {after}",
        **what,
    )


def _with_shift(change: LeastChange) -> str:
    """'4 a year (−67 %)'."""
    after = say("{number} a year", number=formats.number(change.after))
    if not change.before:
        return after
    shift = formats.signed_share((change.after - change.before) / change.before)
    return say("{change} ({shift})", change=after, shift=shift)
