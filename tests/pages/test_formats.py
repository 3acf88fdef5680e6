"""Numbers as readers see them: short, with real minus signs, never None."""

from __future__ import annotations

import datetime
import gettext
from typing import Any

import pytest

from generator.language import Language, speaking
from generator.pages import formats
from tests.workspace import shipped_chinese

TODAY = datetime.date(2026, 11, 23)
CHINESE = Language(code="zh", translations=gettext.NullTranslations())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0, "0"),
        (-0.2, "0"),
        (815, "815"),
        (999.7, "1\u202fk"),
        (4200, "4.2\u202fk"),
        (9960, "10\u202fk"),
        (45000, "45\u202fk"),
        (-45000, "\u221245\u202fk"),
        (620000, "620\u202fk"),
        (999600, "1\u202fM"),
        (1234567, "1.2\u202fM"),
        (12.5e6, "12.5\u202fM"),
        (3.04e9, "3\u202fbn"),
    ],
)
def test_money_is_short(value: float | None, shown: str) -> None:
    assert formats.money(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-0.2, "0"),
        (1634.726, "1635"),
        (-4277.88, "\u22124278"),
        (9999.7, "1万"),
        (12_345, "1.2万"),
        (620_000, "62万"),
        (1.2e8, "1.2亿"),
    ],
)
def test_money_in_chinese(value: float, shown: str) -> None:
    with speaking(CHINESE):
        assert formats.money(value) == shown


def test_sentences_stand_one_after_another() -> None:
    assert formats.running(["One.", "", "Two.", "Three."]) == "One. Two. Three."
    assert formats.running(["", ""]) == ""


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Site visit", "site visit"),
        ("Meeting", "meeting"),
        ("A stage lost", "a stage lost"),
        ("E-mail", "e-mail"),
        ("WeChat", "WeChat"),
        ("PR event", "PR event"),
        ("价值标准", "价值标准"),
        ("", ""),
    ],
)
def test_a_label_within_a_sentence(label: str, shown: str) -> None:
    assert formats.within(label) == shown


def test_a_sentence_begins_large_and_keeps_names() -> None:
    assert formats.opening("longest waits Milan Bureš") == "Longest waits Milan Bureš"
    assert formats.opening("") == ""


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (formats.money_full(1234567.4), "1,234,567"),
        (formats.signed_money(45000), "+45\u202fk"),
        (formats.signed_money(-45000), "\u221245\u202fk"),
        (formats.signed_money(0), "0"),
        (formats.share(0.64), "64\u202f%"),
        (formats.signed_share(0.04), "+4\u202f%"),
        (formats.signed_share(-0.013), "\u22121\u202f%"),
        (formats.number(10.8), "10.8"),
        (formats.number(1200), "1,200"),
        (formats.number(float("nan")), "–"),
        (formats.number(float("inf")), "–"),
        (formats.plural(1, "finding"), "1 finding"),
        (formats.plural(3, "finding"), "3 findings"),
    ],
)
def test_other_numbers(made: str, shown: str) -> None:
    assert made == shown


@pytest.mark.parametrize(
    ("day", "short", "far"),
    [
        (datetime.date(2026, 12, 8), "8 Dec", "in 15 days"),
        (datetime.date(2026, 11, 22), "22 Nov", "1 day ago"),
        (TODAY, "23 Nov", "today"),
        (datetime.date(2026, 1, 1), "1 Jan", "326 days ago"),
        (datetime.date(2027, 1, 1), "1 Jan 2027", "in 39 days"),
        (datetime.date(2025, 12, 31), "31 Dec 2025", "327 days ago"),
    ],
)
def test_days(day: datetime.date, short: str, far: str) -> None:
    assert formats.short_day(day, TODAY) == short
    assert formats.distance(day, TODAY) == far


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, None, "–"),
        (True, None, "yes"),
        (0.64, "share", "64\u202f%"),
        (0.85, "share a year", "85\u202f% a year"),
        (0.2, "a year", "0.2 a year"),
        (620000.0, "EUR a year", "620,000 EUR a year"),
        (0.12854, "EUR per CNY", "0.1285 EUR per CNY"),
        (7.78436, "CNY per EUR", "7.784 CNY per EUR"),
        (1.0, "EUR per EUR", "1 EUR per EUR"),
        (6.0, "months", "6 months"),
        (1.0, "units", "1 unit"),
        (1.0, "actions", "1 action"),
        (-1.0, "points", "−1 point"),
        (0.5, "talks", "0.5 talks"),
        (-3, "days overdue", "due in 3 days"),
        (-1, "days overdue", "due in 1 day"),
        (0, "days overdue", "due today"),
        (12, "days overdue", "12 days overdue"),
        (-12, "days ahead", "12 days ago"),
        (1, "days ahead", "1 day"),
        (-1.0, "months after plan", "1 month earlier than planned"),
        (2.5, "months after plan", "2.5 months later than planned"),
        (0.0, "months after plan", "as planned"),
        (datetime.date(2026, 12, 8), None, "8 Dec 2026"),
        ((), None, "none"),
        (("a", "b"), None, "a, b"),
    ],
)
def test_quantities(value: Any, unit: str | None, shown: str) -> None:
    assert formats.quantity(value, unit) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (3.0, "actions", "3项行动"),
        (1.0, "talks", "1次沟通"),
        (-35, "days overdue", "还有35天到期"),
        (35, "days overdue", "逾期35天"),
        (2.0, "months after plan", "比计划晚2个月"),
        (0.6412, "share", "64.1%"),
    ],
)
def test_quantities_in_chinese(value: float, unit: str, shown: str) -> None:
    with speaking(shipped_chinese()):
        assert formats.quantity(value, unit) == shown
