"""Days as people write them, and the days that they may mean."""

from __future__ import annotations

import pytest

from generator.read.days import days_meant

WRITTEN = (
    ("31.12.2026", "2026-12-31"),
    ("1. 2. 2026", "2026-02-01"),
    ("31.12.26", "2026-12-31"),
    ("12/31/2026", "2026-12-31"),
    ("31/12/2026", "2026-12-31"),
    ("03/04/2026", "2026-04-03 2026-03-04"),
    ("04/04/2026", "2026-04-04"),
    ("2026/12/31", "2026-12-31"),
    ("2026-2-3", "2026-02-03"),
    ("20261231", "2026-12-31"),
    ("2026-12-31T08:00:00Z", "2026-12-31"),
    ("2026年12月1日", "2026-12-01"),
    ("31 Dec 2026", "2026-12-31"),
    ("1st June 2026", "2026-06-01"),
    ("December 31, 2026", "2026-12-31"),
    ("31.13.2026", ""),
    ("30/30/2026", ""),
    ("31.02.2026", ""),
    ("December", ""),
    ("tomorrow", ""),
    ("1.2", ""),
    ("", ""),
)


@pytest.mark.parametrize(("text", "days"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_day_is_recognised(text: str, days: str) -> None:
    assert " ".join(map(str, days_meant(text))) == days
