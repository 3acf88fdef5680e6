"""Price among the issues, and what came back for what was given."""

from __future__ import annotations

import pytest

from generator.figures import Figure
from tests.figures.small import figure


def issues(*kinds: str) -> Figure:
    rows = ", ".join(f"{{issue: i{index}, {kind}}}" for index, kind in enumerate(kinds))
    return figure("negotiation.price_share", f"value: {{negotiation: {{issues: [{rows}]}}}}\n")


def test_the_share_says_its_limit_and_lines() -> None:
    reasons = issues("kind: price", "kind: value").reasons
    assert {(reason.threshold, reason.line) for reason in reasons} == {(0.5, 4)}


def concessions(*rows: str) -> Figure:
    listed = ", ".join(f"{{{row}}}" for row in rows)
    return figure(
        "negotiation.concession_balance",
        f"economics: {{currency: EUR}}\nvalue: {{negotiation: {{concessions: [{listed}]}}}}\n",
    )


OURS = "date: 2026-11-01, by: us, what: Rebate, amount: 400, in_return: Volume"
THEIRS = "date: 2026-11-02, by: them, what: Volume, amount: 300"


def test_it_is_as_sure_as_its_amounts() -> None:
    # 300 of 700 in the mean; plain facts are estimates
    balance = concessions(OURS, THEIRS)
    assert balance.confidence == pytest.approx(0.6)
    assert balance.reasons[0].note == "given by us"
