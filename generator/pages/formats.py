"""How numbers, money, shares and days are written; every template goes through these.

English is written as the site's design has it; any other language as its locale has it.
"""

from __future__ import annotations

import datetime
import functools
import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_percent, list_currencies

from generator.language import (
    ENGLISH,
    Phrase,
    Phrases,
    phrase,
    phrases,
    said,
    say,
    say_count,
    spoken,
)

NARROW = "\u202f"
MINUS = "\u2212"
UNKNOWN = "–"
MONEY = "money"
"""The currency of a unit where no account says its own."""
_STEPS = ((1e9, "bn", 99.95), (1e6, "M", 99.95), (1e3, "k", 9.95))
"""Step, its letter, and up to where a decimal says something."""
_BESIDE = 3
"""Digits of an amount that is held against another."""
_COUNTED = {
    "actions": (phrase("{count} action"), phrase("{count} actions")),
    "contacts": (phrase("{count} contact"), phrase("{count} contacts")),
    "days": (phrase("{count} day"), phrase("{count} days")),
    "hours": (phrase("{count} hour"), phrase("{count} hours")),
    "months": (phrase("{count} month"), phrase("{count} months")),
    "points": (phrase("{count} point"), phrase("{count} points")),
    "ranks": (phrase("{count} rank"), phrase("{count} ranks")),
    "rungs a year": (phrase("{count} stage a year"), phrase("{count} stages a year")),
    "talks": (phrase("{count} talk"), phrase("{count} talks")),
    "times": (phrase("{count} time"), phrase("{count} times")),
    "times a year": (phrase("{count} time a year"), phrase("{count} times a year")),
    "units": (phrase("{count} unit"), phrase("{count} units")),
    "years": (phrase("{count} year"), phrase("{count} years")),
}
"""Units that are counted: of one, and of any other number."""
_EARLY_OR_LATE = {
    "days ahead": (
        phrase("today"),
        (phrase("{count} day ago"), phrase("{count} days ago")),
        (phrase("{count} day"), phrase("{count} days")),
    ),
    "days overdue": (
        phrase("due today"),
        (phrase("due in {count} day"), phrase("due in {count} days")),
        (phrase("{count} day overdue"), phrase("{count} days overdue")),
    ),
    "months after plan": (
        phrase("as planned"),
        (
            phrase("{count} month earlier than planned"),
            phrase("{count} months earlier than planned"),
        ),
        (phrase("{count} month later than planned"), phrase("{count} months later than planned")),
    ),
}
"""Units in which a number below 0 is told the other way round: of nothing, below 0 and above."""
_PER = {
    "a year": phrase("{currency} a year"),
    "a month": phrase("{currency} a month"),
    "an hour": phrase("{currency} an hour"),
    "an event": phrase("{currency} an event"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def money(value: float | None) -> str:
    """Money in short: 620 k, 1.2 M; a dash when it is not known."""
    if value is None:
        return UNKNOWN
    size = abs(value)
    if not _is_english():
        # small amounts are not cut short, and have no cents
        return _signed(value, _compact(round(size), spoken().locale))
    for step, letter, precise in _STEPS:
        # 999,600 is 1 M, not 1,000 k
        if size >= step * 0.9995:
            digits = 1 if size / step < precise else 0
            return _signed(value, f"{_rounded(size / step, digits)}{NARROW}{letter}")
    return _signed(value, f"{size:,.0f}")


def money_beside(value: float | None) -> str:
    """Money in short beside another amount that it is held against: to three digits, 1.02 M."""
    if value is None:
        return UNKNOWN
    size = abs(value)
    if not _is_english():
        return _signed(value, _compact(round(size), spoken().locale, 2))
    for step, letter, _ in _STEPS:
        if size >= step * 0.9995:
            digits = max(0, _BESIDE - len(f"{size / step:.0f}"))
            return _signed(value, f"{_rounded(size / step, digits)}{NARROW}{letter}")
    return _signed(value, f"{size:,.0f}")


@functools.lru_cache(maxsize=4096)
def _compact(size: int, locale: str, digits: int = 1) -> str:
    return format_compact_decimal(size, locale=locale, fraction_digits=digits)


def money_full(value: float | None) -> str:
    """Money to the unit: 620,000."""
    return UNKNOWN if value is None else _signed(value, f"{abs(value):,.0f}")


def signed_money(value: float | None) -> str:
    """Money in short with its sign: +45 k."""
    return f"+{money(value)}" if value is not None and value > 0 else money(value)


def share(value: float | None, digits: int = 0) -> str:
    """A share as per cent: 0.64 is 64 %."""
    if value is None:
        return UNKNOWN
    if not _is_english():
        return _signed(value, _per_cent(abs(value), digits, spoken().locale))
    return _signed(value, f"{_rounded(abs(value) * 100, digits)}{NARROW}%")


@functools.lru_cache(maxsize=4096)
def _per_cent(size: float, digits: int, locale: str) -> str:
    form = f"#,##0.{'#' * digits}%" if digits else None
    return format_percent(round(size, digits + 2), form, locale=locale)


def signed_share(value: float | None) -> str:
    """A share with its sign: +4 %."""
    return f"+{share(value)}" if value is not None and value > 0 else share(value)


def signed_points(value: float) -> str:
    """Points with their sign: +4, −18; 0 where they do not show."""
    shown = number(value, 0)
    return f"+{shown}" if value > 0 and shown != "0" else shown


def number(value: float | None, digits: int = 2) -> str:
    """A plain number without needless digits: 10.8, 0.75, 1,200."""
    return UNKNOWN if value is None else _signed(value, _rounded(abs(value), digits))


def significant(value: float, digits: int = 4) -> str:
    """A number by its first digits, however small it is: 0.1285, 7.784."""
    if not value or not math.isfinite(value):
        return number(value)
    return number(value, max(0, digits - 1 - math.floor(math.log10(abs(value)))))


def day(value: datetime.date | None) -> str:
    """A day: 31 Dec 2026."""
    if value is None:
        return UNKNOWN
    if not _is_english():
        return format_date(value, "long", locale=spoken().locale)
    return f"{_day_and_month(value)} {value.year}"


def said_with_days(text: str) -> str:
    """A phrase in the language of the page, its days as all others there are written."""
    return said(_days_written(text))


def _days_written(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, Phrases):
        return phrases(map(_days_written, value.parts), value.pattern)
    if isinstance(value, Phrase) and value.values:
        values = {name: _days_written(inner) for name, inner in value.values.items()}
        return phrase(value.pattern, **values)
    return value


def short_day(value: datetime.date | None, today: datetime.date) -> str:
    """A day, without its year when that is this one: 8 Dec."""
    if value is None or value.year != today.year:
        return day(value)
    return _day_and_month(value)


def _day_and_month(value: datetime.date) -> str:
    if not _is_english():
        return format_skeleton("MMMd", value, locale=spoken().locale)
    return f"{value.day} {_MONTHS[value.month - 1]}"  # strftime would follow the machine's locale


def month(value: datetime.date) -> str:
    """A month with its year: December 2026."""
    return format_skeleton("yMMMM", value, locale=spoken().locale)


def distance(value: datetime.date, today: datetime.date) -> str:
    """How far a day is: in 15 days, today, 3 days ago."""
    days = (value - today).days
    if days == 0:
        return say("today")
    if days > 0:
        return say_count("in {count} day", "in {count} days", days)
    return say_count("{count} day ago", "{count} days ago", -days)


def _is_english() -> bool:
    return spoken() is ENGLISH


def within(text: str) -> str:
    """A label within a sentence: 'Site visit' is 'site visit', 'A gap' 'a gap'; 'PR' stays."""
    text = said(text)
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() or first == "A" else text


def opening(text: str) -> str:
    """Text at the beginning of a sentence; names within it keep their capitals."""
    text = said(text)
    return text[:1].upper() + text[1:]


def shortened(text: str | None, most: float) -> str:
    """Text on one line, cut at a word with … when it is longer; a wide sign counts twice."""
    line = " ".join((text or "").split())
    if line.isascii() and len(line) <= most:
        return line
    width = 0
    for index, sign in enumerate(line):
        width += width_of(sign)
        if width > most:
            kept = line[: max(1, index - 1)]
            at_word = kept.rpartition(" ")[0]
            return f"{at_word if len(at_word) * 2 > len(kept) else kept}…"
    return line


def width_of(text: str) -> int:
    """How much room a text takes on its line: a Chinese sign as much as two letters."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def plural(count: int, single: str, many: str | None = None) -> str:
    """A count with its noun: 1 finding, 3 findings."""
    return f"{count:,} {single if count == 1 else many or single + 's'}"


def quantity(value: Any, unit: str | None) -> str:
    """Any input of a figure with its unit, as a table shows it."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, (int, float)):
        return _number_with_unit(float(value), unit)
    if isinstance(value, (tuple, list)):
        return listed(str(entry) for entry in value) if value else say("none")
    return str(value)


def _number_with_unit(value: float, unit: str | None) -> str:
    if unit is None:
        return number(value)
    if unit == "share":
        return share(value, 1)
    if unit == "share a year":
        return say("{amount} a year", amount=share(value, 1))
    if unit == "a year" and 0 <= value <= 1:
        return say("{amount} a year", amount=number(value, 4))
    if is_currency(unit.partition(" ")[0]):
        # a rate of exchange to its first digits; cents only when small
        amount = number(value, 0 if abs(value) >= 100 else 2)
        return with_unit(significant(value) if " per " in unit else amount, unit)
    return counted(value, unit, 2) or with_unit(number(value), unit)


def with_unit(amount: str, unit: str) -> str:
    """An amount with its unit; a unit in Chinese signs follows without a space."""
    words = unit_words(unit)
    return f"{amount} {words}" if words[:1].isascii() else f"{amount}{words}"


def counted(value: float, unit: str | None, digits: int = 1) -> str:
    """A number of what has a word of its own for it; empty for other units."""
    amount, words = number(value, digits), _COUNTED.get(unit or "")
    if unit in _EARLY_OR_LATE:
        nothing, *sides = _EARLY_OR_LATE[unit]
        amount, words = amount.removeprefix(MINUS), sides[not amount.startswith(MINUS)]
        if amount == "0":
            return said(nothing)
    if words is None:
        return ""
    one, many = words
    return say(one if amount.removeprefix(MINUS) == "1" else many, count=amount)


def counted_range(amounts: str, unit: str | None) -> str:
    """Several numbers of what is counted, '5 (3 to 7) days'; empty for other units."""
    words = _COUNTED.get(unit or "")
    return say(words[1], count=amounts) if words else ""


def language_name(code: str) -> str:
    """A language by its name; what is no code of a language stays as it was written."""
    try:
        return Locale.parse(code, sep="-").get_display_name(spoken().locale) or code
    except (UnknownLocaleError, ValueError):
        return code


@functools.cache
def is_currency(word: str) -> bool:
    """Whether the first word of a unit is a currency, or stands for the account's own."""
    return word == MONEY or word in list_currencies()


def unit_words(unit: str) -> str:
    """A unit as readers see it; a currency before it stays: 'EUR a year'."""
    if unit == MONEY:  # an amount; the question about money is another word elsewhere
        return say("money{amount}", amount="")
    currency, _, rest = unit.partition(" ")
    if not rest or currency == MONEY or not is_currency(currency):
        return say(unit)
    if rest.startswith("per "):  # a rate of exchange
        return say("{currency} per {other}", currency=currency, other=rest[4:])
    return say(_PER[rest], currency=currency) if rest in _PER else f"{currency} {say(rest)}"


def listed(words: Iterable[str]) -> str:
    """Words one after another, as the language separates them."""
    return say(", ").join(said(word) for word in words)


def running(sentences: Iterable[str]) -> str:
    """Sentences one after another, with a space or without as the language has it."""
    first, *rest = [sentence for sentence in sentences if sentence] or [""]
    return functools.reduce(
        lambda text, sentence: say("{text} {sentence}", text=text, sentence=sentence), rest, first
    )


def all_of(words: Sequence[str]) -> str:
    """All of these words: 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return say("{words} and {last}", words=listed(words[:-1]), last=words[-1])


def any_of(words: Sequence[str]) -> str:
    """Any of these words: 'a, b or c'."""
    if len(words) < 2:
        return "".join(words)
    return say("{words} or {last}", words=listed(words[:-1]), last=words[-1])


def _rounded(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return UNKNOWN
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(value: float, text: str) -> str:
    """With a real minus, and none before a zero."""
    return f"{MINUS}{text}" if value < 0 and any(c in "123456789" for c in text) else text
