"""Cells of an export as text, ids, days and amounts; the mapping says how they are spelled."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from generator.change.table.cell import NumberCell
from generator.read.numbers import NoNumber, NotCounted, TwoReadings, two_readings, within_range
from generator.read.text import shown

ISO_DAY = "YYYY-MM-DD"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_PARTS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<year>[0-9]{2})",
    "MMM": r"(?P<word>[A-Za-z]{3})[a-z]*",
    "MM": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{1,2})",
}
DAY_PATTERN = re.compile(r"(?:YYYY|YY|MMM|MM|DD|[-./ ,年月日])+")
_TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}.*)?"
_AMOUNT = {
    point: re.compile(
        rf"[0-9]{{1,3}}(?:[ '\u2019\u00a0\u202f{re.escape(group)}][0-9]{{3}})+"
        rf"(?:{re.escape(point)}[0-9]+)?|[0-9]+(?:{re.escape(point)}[0-9]+)?"
    )
    for point, group in ((".", ","), (",", "."))
}
_THREE_BEHIND = {
    point: re.compile(rf"[1-9][0-9]{{0,2}}{re.escape(point)}[0-9]{{3}}") for point in (".", ",")
}
_LONGEST = 60  # characters of an amount; a longer one is not even searched
_SIGNS = {"$": "", "€": "", "£": "", "¥": "", "￥": ""}
_CODE = re.compile(r"^(?P<code>[A-Z]{3})\b\s*|\s*\b(?P<last>[A-Z]{3})$")


def day_of(cell: str, spellings: Sequence[str] = (ISO_DAY,)) -> datetime.date | None:
    """A day in one of the spellings, a time behind it left out; None when it is in none."""
    for spelling in (*spellings, ISO_DAY):
        match = _day_pattern(spelling).fullmatch(cell.strip())
        if match and (day := _day(match.groupdict())):
            return day
    return None


@cache
def _day_pattern(spelling: str) -> re.Pattern[str]:
    parts = re.split(r"(YYYY|YY|MMM|MM|DD)", spelling)
    return re.compile("".join(_DAY_PARTS.get(part, re.escape(part)) for part in parts) + _TIME)


def _day(parts: dict[str, str]) -> datetime.date | None:
    year = int(parts["year"])
    word = parts.get("word", "").lower()
    month = _MONTHS.index(word) + 1 if word in _MONTHS else int(parts.get("month", 0))
    try:
        return datetime.date(
            year + 2000 if len(parts["year"]) == 2 else year, month, int(parts["day"])
        )
    except ValueError:
        return None


def money_in(cell: str, point: str = ".") -> Decimal:
    """An amount without separators and currency; NoNumber when it is not one. Sums are rounded.

    A minus in front or behind, and brackets around it, make it negative. Three digits behind a
    point that nothing else explains are refused, unless the cell of a workbook held the number.
    """
    if not isinstance(cell, NumberCell):
        digits, _ = _digits(cell)
        if _THREE_BEHIND[point].fullmatch(digits):
            raise TwoReadings(two_readings(digits, point))
    return to_a_millionth(number_in(cell, point))


def to_a_millionth(amount: Decimal) -> Decimal:
    """An amount without what a program's own arithmetic left behind its last digits."""
    near = round(amount, 6)
    if near == amount:
        return amount
    return round(near, 2) if near == round(near, 2) else near


def to_the_cent(amount: Decimal) -> Decimal:
    """A sum as it is written."""
    return amount if amount == round(amount, 2) else round(amount, 2)


def number_in(cell: str, point: str = ".") -> Decimal:
    """A number of any kind, written as amounts are; NoNumber when it is none."""
    digits, is_negative = _digits(cell)
    if not _AMOUNT[point].fullmatch(digits):
        raise NoNumber(f'{shown(cell)} is no amount with decimal: "{point}" in the mapping')
    plain = re.sub(r"[^0-9" + re.escape(point) + "]", "", digits).replace(point, ".")
    number = within_range(Decimal(plain), cell)
    return -number if is_negative else number


def amount_of(cell: str, point: str = ".") -> Decimal | None:
    """An amount as `money_in` reads it; None when it is not one."""
    try:
        return money_in(cell, point)
    except NoNumber:
        return None


def _digits(cell: str) -> tuple[str, bool]:
    """What a cell holds without currency and sign, and whether it is negative."""
    bare = cell.strip()
    if len(bare) > _LONGEST:
        raise NotCounted(f"{shown(cell)} is too long for an amount: {len(cell):,} characters")
    for sign, nothing in _SIGNS.items():
        bare = bare.replace(sign, nothing)
    bare = _CODE.sub("", bare.strip()).strip()
    is_negative = (bare[:1], bare[-1:]) == ("(", ")") or "-" in (bare[:1], bare[-1:])
    return _CODE.sub("", bare.strip("()").strip("+-").strip()), is_negative


def currency_of(cell: str) -> str | None:
    """The currency code that stands in a cell beside its amount, if one does."""
    code = _CODE.search(cell.strip().strip("()")) if len(cell) <= _LONGEST else None
    return (code["code"] or code["last"]) if code else None


def money_words(amount: Decimal) -> str:
    """An amount for people: to the cent, whole where it is."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def number_words(number: Decimal) -> str:
    """A number of any kind for people, without zeros at its end."""
    return f"{number.normalize():,f}"
