"""Years and quarters of a firm, on each side of where they begin, by hand."""

from __future__ import annotations

import datetime

import pytest

from generator.model.years import Years, is_a_year_apart

DAY = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("starts", "day", "year", "quarter"),
    [
        (1, "2025-12-31", 2025, 4),
        (1, "2026-01-01", 2026, 1),
        (1, "2026-03-31", 2026, 1),
        (1, "2026-04-01", 2026, 2),
        (4, "2026-03-31", 2025, 4),
        (4, "2026-04-01", 2026, 1),
        (4, "2026-06-30", 2026, 1),
        (4, "2026-07-01", 2026, 2),
        (4, "2026-12-31", 2026, 3),
        (4, "2027-01-01", 2026, 4),
        (4, "2028-02-29", 2027, 4),
        (10, "2026-09-30", 2025, 4),
        (10, "2026-10-01", 2026, 1),
        (10, "2026-12-31", 2026, 1),
        (10, "2027-01-01", 2026, 2),
        (12, "2026-11-30", 2025, 4),
        (12, "2026-12-01", 2026, 1),
        (12, "2027-02-28", 2026, 1),
        (12, "2027-03-01", 2026, 2),
    ],
)
def test_the_year_and_quarter_of_a_day(starts: int, day: str, year: int, quarter: int) -> None:
    years = Years(starts)
    assert (years.of(DAY(day)), years.quarter_of(DAY(day))) == (year, (year, quarter))
    assert years.last_full(DAY(day)) == year - 1


@pytest.mark.parametrize(
    ("starts", "year", "first", "last", "days", "label"),
    [
        (1, 2027, "2027-01-01", "2027-12-31", 365, "2027"),
        (1, 2028, "2028-01-01", "2028-12-31", 366, "2028"),
        # the leap day of 2028 lies in the year that begins in 2027
        (4, 2027, "2027-04-01", "2028-03-31", 366, "2027/28"),
        (4, 2028, "2028-04-01", "2029-03-31", 365, "2028/29"),
        (10, 2027, "2027-10-01", "2028-09-30", 366, "2027/28"),
        (3, 2027, "2027-03-01", "2028-02-29", 366, "2027/28"),
        (2, 2028, "2028-02-01", "2029-01-31", 366, "2028/29"),
        (4, 2099, "2099-04-01", "2100-03-31", 365, "2099/00"),
    ],
)
def test_a_year(starts: int, year: int, first: str, last: str, days: int, label: str) -> None:
    years = Years(starts)
    assert (years.first_day(year), years.last_day(year)) == (DAY(first), DAY(last))
    assert (years.days_in(year), years.label(year)) == (days, label)
    assert years.days_until(DAY(first)) == 1
    assert years.days_until(DAY(last)) == days
    assert years.is_full(year, DAY(last))
    assert years.is_full(year, None)
    assert not years.is_full(year, DAY(last) - datetime.timedelta(days=1))
    assert not years.is_full(year - 1, DAY(last))


@pytest.mark.parametrize(
    ("starts", "today", "first", "last"),
    [
        (1, "2026-01-01", "2025-10-01", "2025-12-31"),
        (1, "2026-03-31", "2025-10-01", "2025-12-31"),
        (1, "2026-04-01", "2026-01-01", "2026-03-31"),
        (4, "2026-03-31", "2025-10-01", "2025-12-31"),
        (4, "2026-04-01", "2026-01-01", "2026-03-31"),
        (2, "2026-11-23", "2026-08-01", "2026-10-31"),
        (2, "2028-03-01", "2027-11-01", "2028-01-31"),
        (12, "2028-03-01", "2027-12-01", "2028-02-29"),
        (12, "2026-11-30", "2026-06-01", "2026-08-31"),
    ],
)
def test_the_last_full_quarter(starts: int, today: str, first: str, last: str) -> None:
    assert Years(starts).last_full_quarter(DAY(today)) == (DAY(first), DAY(last))


@pytest.mark.parametrize(
    ("earlier", "later", "is_same"),
    [
        ("2025-10-31", "2026-10-31", True),
        ("2025-10-30", "2026-10-31", False),
        ("2024-10-31", "2026-10-31", False),
        ("2026-10-31", "2026-10-31", False),
        ("2025-09-30", "2026-10-30", False),
        # the end of February is the end of February
        ("2027-02-28", "2028-02-29", True),
        ("2028-02-29", "2029-02-28", True),
        ("2027-02-28", "2028-02-28", True),
        ("2027-02-27", "2028-02-29", False),
        ("2028-02-28", "2029-02-28", True),
    ],
)
def test_the_same_day_a_year_apart(earlier: str, later: str, is_same: bool) -> None:
    assert is_a_year_apart(DAY(earlier), DAY(later)) is is_same
