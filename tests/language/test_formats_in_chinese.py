"""Numbers, days and units as a Chinese reader expects them, and as an English one does."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.language import ENGLISH, language_from, speaking
from generator.pages import formats

PO = """\
msgid ""
msgstr "Plural-Forms: nplurals=1; plural=0;\\n"

msgid "today"
msgstr "今天"

msgid "in {count} day"
msgid_plural "in {count} days"
msgstr[0] "{count} 天后"

msgid "{count} day ago"
msgid_plural "{count} days ago"
msgstr[0] "{count} 天前"

msgid "{amount} a year"
msgstr "每年 {amount}"

msgid "{currency} a year"
msgstr "{currency}/年"

msgid "{currency} per {other}"
msgstr "{currency}/{other}"

msgid "{count} months"
msgstr "{count} 个月"

msgid "{count} days"
msgstr "{count}天"

msgid "yes"
msgstr "是"

msgid ", "
msgstr "、"
"""
CHINESE = language_from("zh", PO.encode())
TODAY = datetime.date(2026, 11, 23)
NEAR, FAR = datetime.date(2026, 12, 8), datetime.date(2028, 1, 31)
THIN = formats.NARROW

TABLE: list[tuple[Any, tuple[Any, ...], str, str]] = [
    (formats.money, (None,), "–", "–"),
    (formats.money, (0,), "0", "0"),
    (formats.money, (620_000,), f"620{THIN}k", "62万"),
    (formats.money, (1_234_567,), f"1.2{THIN}M", "123.5万"),
    (formats.money, (-45_000,), f"−45{THIN}k", "−4.5万"),
    (formats.money, (3.04e9,), f"3{THIN}bn", "30.4亿"),
    (formats.signed_money, (45_000,), f"+45{THIN}k", "+4.5万"),
    (formats.money_full, (620_000,), "620,000", "620,000"),
    (formats.share, (0.64,), f"64{THIN}%", "64%"),
    (formats.share, (0.125, 1), f"12.5{THIN}%", "12.5%"),
    (formats.share, (-0.5,), f"−50{THIN}%", "−50%"),
    (formats.signed_share, (0.04,), f"+4{THIN}%", "+4%"),
    (formats.number, (1200.5,), "1,200.5", "1,200.5"),
    (formats.day, (FAR,), "31 Jan 2028", "2028年1月31日"),
    (formats.short_day, (NEAR, TODAY), "8 Dec", "12月8日"),
    (formats.short_day, (FAR, TODAY), "31 Jan 2028", "2028年1月31日"),
    (formats.month, (NEAR,), "December 2026", "2026年12月"),
    (formats.distance, (TODAY, TODAY), "today", "今天"),
    (formats.distance, (NEAR, TODAY), "in 15 days", "15 天后"),
    (formats.distance, (TODAY, NEAR), "15 days ago", "15 天前"),
    (formats.distance, (TODAY + datetime.timedelta(1), TODAY), "in 1 day", "1 天后"),
    (formats.quantity, (8.66, "months"), "8.66 months", "8.66 个月"),
    (formats.quantity, (30, "days"), "30 days", "30天"),
    (formats.quantity, (0.2, "a year"), "0.2 a year", "每年 0.2"),
    (formats.quantity, (0.3, "share"), f"30{THIN}%", "30%"),
    (formats.quantity, (1500, "EUR a year"), "1,500 EUR a year", "1,500 EUR/年"),
    (formats.quantity, (0.9, "EUR per USD"), "0.9 EUR per USD", "0.9 EUR/USD"),
    (formats.quantity, (True, None), "yes", "是"),
    (formats.quantity, (("a", "b"), None), "a, b", "a、b"),
    (formats.listed, (["a", "b", "c"],), "a, b, c", "a、b、c"),
]


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    assert formats.money(620_000) == f"620{THIN}k"


@pytest.mark.parametrize(("written", "values", "english", "chinese"), TABLE)
def test_each_language_has_its_own(
    written: Any, values: tuple[Any, ...], english: str, chinese: str
) -> None:
    for language, expected in ((ENGLISH, english), (CHINESE, chinese), (ENGLISH, english)):
        with speaking(language):
            assert written(*values) == expected


def test_the_shipped_file_is_read(repository: Path) -> None:
    shipped = language_from("zh", (repository / "generator" / "defaults" / "zh.po").read_bytes())
    assert shipped.name == "中文"
