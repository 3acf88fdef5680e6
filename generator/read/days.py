"""Days that are written in another way than 2026-11-30, and what to write instead."""

from __future__ import annotations

import calendar
import datetime
import re

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# Each way of writing a day, with the parts of it in groups; 'a' and 'b' may be day and month or
# month and day
_WAYS = (
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})[T ][0-9:.+Z-]+"),
    re.compile(r"(?P<year>[0-9]{4}) ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?日"),
    re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<a>[0-9]{1,2})(?P<sep>[-/])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"),
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?:\.|st|nd|rd|th)?[ -](?P<month>{_MONTH})\.?,?[ -]"
        r"(?P<year>[0-9]{4})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<month>{_MONTH})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})",
        re.IGNORECASE,
    ),
)
_CENTURY = 2000


def days_meant(text: str) -> tuple[datetime.date, ...]:
    """The days that a text may mean: none, one, or two where day and month may change places."""
    for way in _WAYS:
        if found := way.fullmatch(text):
            parts = found.groupdict()
            year = int(parts["year"]) + (_CENTURY if len(parts["year"]) == 2 else 0)
            pairs = (
                [(parts["month"], parts["day"])]
                if "day" in parts
                else [(parts["b"], parts["a"]), (parts["a"], parts["b"])]
            )
            days = (_day(year, month, day) for month, day in pairs)
            return tuple(dict.fromkeys(day for day in days if day))
    return ()


def _day(year: int, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(year, _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
