"""The one place where text from outside becomes a number: judged as text before it is converted.

Digits and exponent are counted first, so that no conversion has to expand what nobody can use:
`1e999999999` or ten thousand digits are a message, not a wait.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal

from generator.read.slips import in_plain_signs
from generator.read.text import shown

LARGEST = Decimal("1e15")
SMALLEST = Decimal("1e-15")
"""The smallest number that is not 0."""

_LONGEST = 40
_EXPONENT_DIGITS = 3  # more of them are out of range, whatever stands in front
_NUMBER = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE](?P<sign>[-+]?)0*(?P<exponent>[0-9]+))?"
)
_GROUPS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_DIGITS_ONLY = re.compile(r"[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?")


class NoNumber(ValueError):  # noqa: N818 - it says what is wrong with a text, not with the program
    """A text is no number that can be counted; the message says why, and what to write."""


class NotCounted(NoNumber):
    """The text is written like a number, but too large, too small or too long."""


class TwoReadings(NotCounted):
    """The text is an amount in groups of three digits, which may be separators or not."""


def number_of(text: str) -> Decimal:
    """The number that a text says; NoNumber where it says none, or none within the range."""
    return _number_of(text, _MULTIPLES)


def _number_of(text: str, multiples: Mapping[str, int]) -> Decimal:
    if len(text) > _LONGEST:
        if _DIGITS_ONLY.fullmatch(text):
            raise NotCounted(
                f"{shown(text)} is too long: {len(text):,} characters;"
                f" a number has at most {_LONGEST}"
            )
        raise NoNumber(f"a number is wanted, not {shown(text)}")
    parts = _NUMBER.fullmatch(text)
    if parts is None:
        raise NoNumber(f"a number is wanted, not {shown(text)}{_cure(text, multiples)}")
    if len(parts["exponent"] or "") > _EXPONENT_DIGITS:
        raise _too_small(text) if parts["sign"] == "-" else _too_large(text)
    return within_range(Decimal(text), text)


def within_range(number: Decimal, text: str) -> Decimal:
    """A number that is neither larger nor smaller than what is counted; NoNumber otherwise."""
    if abs(number) > LARGEST:
        raise _too_large(text)
    if number and abs(number) < SMALLEST:
        raise _too_small(text)
    return number


def _too_large(text: str) -> NotCounted:
    return NotCounted(f"{shown(text)} is too large; numbers go up to {LARGEST:,.0f}")


def _too_small(text: str) -> NotCounted:
    return NotCounted(f"{shown(text)} is too small to count; write 0")


def money_of(text: str) -> Decimal:
    """An amount of money: a number that cannot be read as one with separators."""
    if len(text) <= _LONGEST and _GROUPS.fullmatch(text):
        raise TwoReadings(two_readings(text, "."))
    return _number_of(text, _OF_MONEY)


def two_readings(text: str, point: str) -> str:
    """Why an amount in groups of three digits is refused; `point` stands before the cents."""
    sign = text[:1] if text[:1] in "+-" else ""
    whole, *groups = text.lstrip("+-").split(point)
    thousands = int(whole + "".join(groups))
    if len(groups) > 1:
        return f"{shown(text)} has a point between groups of digits; write {sign}{thousands}"
    cents = groups[0].rstrip("0")
    small = f"{sign}{whole}{point}{cents}" if cents else f"{sign}{whole}"
    large = f"{sign}{thousands:,}" if point == "." else f"{sign}{thousands:,}".replace(",", ".")
    # three digits behind the point would be refused again
    plain = f"{small}0" if cents == groups[0] else small
    return f"{shown(text)} could mean {small} or {large}; write {sign}{thousands} or {plain}"


_LOOK_LIKE_DIGITS = str.maketrans("OoIl", "0011")
_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS.split())}


def _cure(text: str, multiples: Mapping[str, int]) -> str:
    """What to write instead, where the text shows what is meant."""
    for pattern, plain, note in _FORMS:
        if pattern.fullmatch(text):
            return f"; write {plain(text)}{note}"
    if written := _percent(text) or _amount(text, multiples):
        return f"; write {written}"
    if word := _WORDS.get(text.lower()):
        return f"; write {word}"
    digits = text.translate(_LOOK_LIKE_DIGITS)
    if digits != text and any(sign.isdigit() for sign in text) and _NUMBER.fullmatch(digits):
        return f"; write {digits}: letters stand among the digits"
    plain_digits = "".join(map(_plain_digit, text))
    if plain_digits != text and _NUMBER.fullmatch(plain_digits):
        return f"; write {plain_digits} in plain digits"
    return in_plain_signs(text)


# How people write numbers, the same number as it is counted, and what the difference is
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], str], str], ...] = (
    (
        re.compile(r"[-+]?[1-9][0-9]{0,2}(?:[_ ',\u00a0\u202f\u2019][0-9]{3})+(?:\.[0-9]+)?"),
        lambda text: re.sub(r"[^0-9.+-]", "", text),
        " without separators",
    ),
    (
        re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"),
        lambda text: text.replace(".", ""),
        " without separators",
    ),
    (
        re.compile(r"[-+]?[1-9][0-9]{0,2}(?:[. ' \u00a0\u202f\u2019][0-9]{3})+,[0-9]+"),
        lambda text: re.sub(r"[^0-9,+-]", "", text).replace(",", "."),
        " with a point and without separators",
    ),
    (
        re.compile(r"0+(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
        lambda text: re.sub("^0+(?=[0-9])", "", text),
        " without the zeros in front",
    ),
    (
        re.compile(r"[-+]?(?:0,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,}))"),
        lambda text: text.replace(",", "."),
        " with a point",
    ),
    (re.compile(r"[-+]?(?:0|[1-9][0-9]*)\."), lambda text: text.rstrip("."), ""),
    (
        re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)"),
        lambda text: str(int(text, 0)),
        "",
    ),
)
_PERCENT = re.compile(r"([-+]?[0-9][0-9.,]*)[ \u00a0\u202f]?[%\uff05]")
_MULTIPLES = {"k": 3, "tsd": 3, "bn": 9, "mrd": 9, "万": 4, "萬": 4, "亿": 8, "億": 8}
"""The zeros that a word or letter behind a number stands for."""
_OF_MONEY = {**_MULTIPLES, "m": 6, "mn": 6, "mio": 6, "million": 6}
"""Elsewhere an 'm' may be months."""
_CURRENCY = r"(?:[€$£¥￥₹元]|[A-Z]{3})"
_AMOUNT = re.compile(
    rf"(?P<sign>[-+]?)(?P<before>{_CURRENCY}?) ?(?P<digits>[0-9][0-9.,' _\u00a0\u202f\u2019]*?)"
    rf"[ \u00a0]?(?P<multiple>[A-Za-z]{{1,7}}\.?|[万萬亿億])?? ?(?P<behind>{_CURRENCY}?)"
)


def _plainly(text: str) -> Decimal | None:
    """The number that is meant by digits with a comma or separators."""
    forms = (plain(text) for pattern, plain, _ in _FORMS if pattern.fullmatch(text))
    plain = text if _NUMBER.fullmatch(text) else next(forms, None)
    return Decimal(plain) if plain else None


def _percent(text: str) -> str:
    """A share in place of a percentage; '' of anything else."""
    found = _PERCENT.fullmatch(text)
    number = _plainly(found[1]) if found else None
    return "" if number is None else _written(number.scaleb(-2))


def _amount(text: str, multiples: Mapping[str, int]) -> str:
    """The number alone of an amount with its currency, or in thousands or millions."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return ""
    zeros = multiples.get((found["multiple"] or "").lower().rstrip("."), 0)
    if found["multiple"] and not zeros:
        return ""
    if not zeros and _GROUPS.fullmatch(found["digits"]):
        return two_readings(found["sign"] + found["digits"], ".").rpartition("; write ")[2]
    number = _plainly(found["digits"])
    return "" if number is None else _written(Decimal(f"{found['sign']}1") * number.scaleb(zeros))


def _written(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _plain_digit(character: str) -> str:
    """A digit of any script, or a full-width sign, as the keyboard has it."""
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else unicodedata.normalize("NFKC", character)
