"""Which words are the program's own, among those that people write: what a field may hold."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from generator.figures.definitions import DEFINITIONS
from generator.figures.name import steps_of
from generator.model.form import FORM

OF_SETTINGS = frozenset(("develop", "dimension", "element", "maintain", "target_rungs"))
"""Last steps of settings that hold a word of labels.yaml."""


def is_own(key: str, word: str) -> bool:
    """Whether a word of a figure or an input is one of the program's, not of who wrote the plan."""
    if key in DEFINITIONS and DEFINITIONS[key].is_ours:
        return True
    field = steps_of(key)[-1]
    return field in OF_SETTINGS or word in choices_by_field().get(field, ())


@functools.cache
def choices_by_field() -> Mapping[str, frozenset[str]]:
    """By a field's name the words it may hold, where only some are allowed."""
    found: dict[str, frozenset[str]] = {}
    for field in FORM.walk():
        if field.choices:
            found[field.name] = found.get(field.name, frozenset()) | frozenset(field.choices)
    return found
