"""The cheapest change in a sentence: what one number would have to be, and what would follow."""

from __future__ import annotations

from generator.figures.case import Case
from generator.figures.changes import Change, cheapest_change
from generator.language import say
from generator.pages import formats
from generator.pages.words import input_name, is_money, word_of
from generator.settings import Settings

_SHARES = ("share", "a year", "share a year")


def change_sentence(case: Case, key: str, settings: Settings) -> str:
    """What would make a verdict another one; empty where no single number does."""
    change = cheapest_change(case, key)
    if change is None:
        return ""
    number = _number(change)
    if key != "service.alignment":
        verdict = word_of(key, change.verdict, settings)
        return say("It would be {verdict} with {number}", verdict=verdict, number=number)
    if change.verdict:
        return say("The money would go to the right objects with {number}", number=number)
    return say("The money would go to the right objects no longer with {number}", number=number)


def _number(change: Change) -> str:
    """'price at 565,000 instead of 520,000 (+8.7 %)'."""
    name = input_name(change.name)
    if "development" in change.path:
        name = say("development {input}", input=name)
    if change.before is None:
        return say("{input} answered {score}", input=name, score=f"{change.after:.0f}")
    before, after = _amount(change, change.before), _amount(change, change.after)
    told = say("{input} at {after} instead of {before}", input=name, after=after, before=before)
    if not change.before or change.path[0] == "qualification":
        return told
    share = (change.after - change.before) / change.before
    shift = f"{'+' if share > 0 else ''}{formats.share(share, 1)}"
    return say("{change} ({shift})", change=told, shift=shift)


def _amount(change: Change, value: float) -> str:
    if change.unit in _SHARES and value <= 1:
        return formats.number(value, 4)
    return formats.number(value, 0 if is_money(change.unit) and abs(value) >= 1000 else 2)
