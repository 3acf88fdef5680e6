"""The firm's years: when each begins and ends, what it is called, and its quarters.

Everything that speaks of a year or a quarter asks here; `year_starts` of site.yaml decides.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import NamedTuple

MONTHS_A_YEAR, MONTHS_A_QUARTER = 12, 3
_ONE_DAY = datetime.timedelta(days=1)


class Quarter(NamedTuple):
    """A quarter of one of the firm's years, counted from 1."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Years:
    """Years that begin on the first day of a month, each named for the year in which it begins."""

    starts: int = 1
    """The month, 1 to 12."""

    def of(self, day: datetime.date) -> int:
        """The year in which a day lies."""
        return day.year if day.month >= self.starts else day.year - 1

    def last_full(self, today: datetime.date) -> int:
        """The year before the one that is running."""
        return self.of(today) - 1

    def first_day(self, year: int) -> datetime.date:
        """The day on which a year begins."""
        return self._first_of_month(year, 0)

    def last_day(self, year: int) -> datetime.date:
        """The day on which a year ends."""
        return self.first_day(year + 1) - _ONE_DAY

    def days_in(self, year: int) -> int:
        """How many days a year has."""
        return (self.first_day(year + 1) - self.first_day(year)).days

    def days_until(self, day: datetime.date) -> int:
        """How many days of its year have passed once a day is over."""
        return (day - self.first_day(self.of(day))).days + 1

    def is_full(self, year: int, until: datetime.date | None) -> bool:
        """Whether what was billed in a year up to a day, or without one, is all of the year."""
        return until is None or until == self.last_day(year)

    def quarter_of(self, day: datetime.date) -> Quarter:
        """The quarter in which a day lies."""
        months = (day.month - self.starts) % MONTHS_A_YEAR
        return Quarter(self.of(day), months // MONTHS_A_QUARTER + 1)

    def last_full_quarter(self, today: datetime.date) -> tuple[datetime.date, datetime.date]:
        """The first and last day of the quarter before the one that is running."""
        year, number = self.quarter_of(today)
        before, running = (
            self._first_of_month(year, MONTHS_A_QUARTER * (quarter - 1))
            for quarter in (number - 1, number)
        )
        return before, running - _ONE_DAY

    def _first_of_month(self, year: int, months: int) -> datetime.date:
        """The first day of the month that is so many after the one in which a year begins."""
        years, month = divmod(self.starts - 1 + months, MONTHS_A_YEAR)
        return datetime.date(year + years, month + 1, 1)

    def label(self, year: int) -> str:
        """A year in writing: 2026, or 2026/27 where it goes over two."""
        return str(year) if self.starts == 1 else f"{year}/{(year + 1) % 100:02}"


def is_a_year_apart(earlier: datetime.date, later: datetime.date) -> bool:
    """Whether two days are the same one of two years; the last day of February is the last."""
    if later.year - earlier.year != 1 or earlier.month != later.month:
        return False
    ends = [calendar.monthrange(day.year, day.month)[1] == day.day for day in (earlier, later)]
    return earlier.day == later.day or all(ends)
