"""Price among the issues, and what came back for what was given."""

from __future__ import annotations

import pytest

from generator.enrich import Figure
from tests.enrich.small import figure


def issues(*kinds: str) -> Figure:
    rows = ", ".join(f"{{issue: i{index}, {one}}}" for index, one in enumerate(kinds))
    return figure("negotiation.price_share", f"value: {{negotiation: {{issues: [{rows}]}}}}\n")


@pytest.mark.parametrize(
    ("kinds", "value"),
    [
        (("kind: price", "kind: value", "kind: value", "kind: value"), 0.25),
        (("kind: price", "kind: price"), 1),
        (("kind: value",), 0),
    ],
)
def test_the_share_of_price(kinds: tuple[str, ...], value: float) -> None:
    found = issues(*kinds)
    assert found.value == value
    assert {(one.threshold, one.line) for one in found.reasons} == {(0.5, 4)}


def test_what_the_share_lacks() -> None:
    assert figure("negotiation.price_share").missing == ("value.negotiation.issues",)
    assert issues("kind: price", "our_priority: 2").missing == ("value.negotiation.issues.i1.kind",)
    assert issues().note == "nothing to divide by"


def concessions(*rows: str) -> Figure:
    listed = ", ".join(f"{{{one}}}" for one in rows)
    return figure(
        "negotiation.concession_balance",
        f"economics: {{currency: EUR}}\nvalue: {{negotiation: {{concessions: [{listed}]}}}}\n",
    )


OURS = "date: 2026-11-01, by: us, what: Rebate, amount: 400, in_return: Volume"
THEIRS = "date: 2026-11-02, by: them, what: Volume, amount: 300"


@pytest.mark.parametrize(
    ("rows", "value", "note"),
    [
        ((OURS, THEIRS), 0.75, None),
        ((OURS,), 0, None),
        (
            (OURS, THEIRS, "date: 2026-11-03, by: us, what: Gift, amount: 200"),
            0.5,
            "nothing in return for: Gift",
        ),
        # what is still to come has not been given
        ((OURS, THEIRS, "date: 2026-11-24, by: them, amount: 100"), 0.75, None),
        ((OURS, THEIRS, "date: 2026-11-23, by: them, amount: 100"), 1, None),
    ],
)
def test_got_for_given(rows: tuple[str, ...], value: float, note: str | None) -> None:
    found = concessions(*rows)
    assert (found.value, found.note) == (pytest.approx(value), note)
    assert found.reasons[0].note == "given by us"


def test_what_the_balance_lacks() -> None:
    assert figure("negotiation.concession_balance").missing == ("value.negotiation.concessions",)
    lacking = concessions(OURS, "date: 2026-11-02, what: Volume")
    assert lacking.missing == (
        "value.negotiation.concessions.2026-11-02.by",
        "value.negotiation.concessions.2026-11-02.amount",
    )
    assert concessions(THEIRS).note == "nothing to divide by"


def test_it_is_as_sure_as_its_amounts() -> None:
    # 300 of 700 in the mean; plain facts are estimates
    assert concessions(OURS, THEIRS).confidence == pytest.approx(0.6)
