"""Says things in the language of the page that is being made.

The language is set once around the making of a site, as the precision of decimals is around a
computation; without that all is English.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from babel.dates import format_date

from generator.language.language import ENGLISH, Language
from generator.language.phrase import Phrase, Phrases

_SPOKEN = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """While it lasts, everything is said in this language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> Language:
    """The language that is spoken now."""
    return _SPOKEN.get()


def say(text: str, /, **values: object) -> str:
    """A text of the program's own in the language of the page, with its values.

    `{name}` in it is the place of a value; without values it is said to the letter. A phrase may
    stand for a text that is kept in a table.
    """
    if isinstance(text, Phrase) and not values:
        return said(text)
    pattern = _SPOKEN.get().translations.gettext(text) if text else ""
    return pattern.format(**_in_language(values)) if values else pattern


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """A text about so many of something: 'one' or 'many' by the language's own rule.

    `{count}` in it is the number, with separators.
    """
    pattern = _SPOKEN.get().translations.ngettext(one, many, count)
    return pattern.format(count=f"{count:,}", **_in_language(values))


def said(text: str) -> str:
    """A phrase in the language of the page; any other text as it is, since somebody wrote it."""
    if not isinstance(text, Phrase):
        return text
    pattern = _SPOKEN.get().translations.gettext(text.pattern)
    if isinstance(text, Phrases):
        return pattern.join(said(part) for part in text.parts)
    return pattern.format(**_in_language(text.values)) if text.values else pattern


def _in_language(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _value_in_language(value) for name, value in values.items()}


def _value_in_language(value: object) -> object:
    if isinstance(value, str):
        return said(value)
    if isinstance(value, datetime.date) and _SPOKEN.get() is not ENGLISH:
        return format_date(value, "long", locale=_SPOKEN.get().locale)
    return value
