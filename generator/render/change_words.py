"""The cheapest change in a sentence: what one number would have to be, and what would follow."""

from __future__ import annotations

from generator.enrich.case import Case
from generator.enrich.changes import Change, cheapest_change
from generator.render import formats
from generator.render.words import input_name, is_money, word_of
from generator.settings import Settings

_SHARES = ("share", "a year", "share a year")


def change_sentence(case: Case, key: str, settings: Settings) -> str:
    """What would make a verdict another one; empty where no single number does."""
    change = cheapest_change(case, key)
    if change is None:
        return ""
    if key == "service.alignment":
        then = "The money would go to the right objects"
        then += "" if change.verdict else " no longer"
    else:
        then = f"It would be {word_of(key, change.verdict, settings)}"
    return f"{then} with {_number(change)}"


def _number(change: Change) -> str:
    """'price at 565,000 instead of 520,000 (+8.7 %)'."""
    name = input_name(change.name)
    if "development" in change.path:
        name = f"development {name}"
    if change.before is None:
        return f"{name} answered {change.after:.0f}"
    shift = ""
    if change.before and change.path[0] != "qualification":
        share = (change.after - change.before) / change.before
        shift = f" ({'+' if share > 0 else ''}{formats.share(share, 1)})"
    before, after = _amount(change, change.before), _amount(change, change.after)
    return f"{name} at {after} instead of {before}{shift}"


def _amount(change: Change, value: float) -> str:
    if change.unit in _SHARES and value <= 1:
        return formats.number(value, 4)
    return formats.number(value, 0 if is_money(change.unit) and abs(value) >= 1000 else 2)
