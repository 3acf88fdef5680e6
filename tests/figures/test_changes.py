"""The cheapest change of service money: written into the file it turns, nine tenths do not."""

from __future__ import annotations

import pytest

from generator.figures.changes import LeastChange, _changes, cheapest_change
from tests.figures.edits import line_of
from tests.figures.small import enriched, plan

# 20 of 28 parts of the weight are the board's, 60 of 95 of the money: 5/7 against 12/19 is aligned
# by 1 - |0.7143 - 0.6316| = 0.9173
SERVED = plan(
    "economics: {currency: EUR}\n"
    "service:\n  objects:\n"
    "    - {id: a, level: company, stage: sale, role: buyer, importance: {level: 5, stage: 2,"
    " role: 2}, activities: [{activity: visit, per_year: 6, hours: 2, rate: 3, expense: 4}]}\n"
    "    - {id: b, level: handler, stage: sale, role: user, importance: {level: 2, stage: 2,"
    " role: 2}, activities: [{activity: check, per_year: 5, hours: 3, rate: 2, expense: 1}]}\n"
)


def change_of(text: str) -> LeastChange | None:
    """The cheapest change of a playbook."""
    case = enriched(text).case
    assert case is not None
    return cheapest_change(case)


def with_times(change: LeastChange, part: float = 1.0) -> str:
    """The text with the change, or a part of it."""
    times = change.before + part * (change.after - change.before)
    return SERVED.replace(f"per_year: {change.before:g}", f"per_year: {times:.9f}")


def is_right(text: str) -> bool:
    return bool(enriched(text).figures["service.alignment"].value >= 0.75)


def test_the_least_by_share_is_taken() -> None:
    """The board's part is to fall to 5/7 - 0.25: 10x = 35 x 0.4643 / 0.5357, so x = 3.033 of 6."""
    change = change_of(SERVED)
    assert change is not None
    assert (change.name, change.before, change.after, change.is_right) == (
        "service.objects.a.activities.visit.per_year",
        6,
        3.03,
        False,
    )
    assert change.size == pytest.approx(0.495)


def test_every_single_change_turns_it_and_nine_tenths_do_not() -> None:
    """Each activity, fewer times and more."""
    case = enriched(SERVED).case
    assert case is not None
    changes = list(_changes(case))
    assert [(change.before, change.after) for change in changes] == [
        (6, 3.03),
        (6, 94.6),
        (5, 0.31),
        (5, 9.9),
    ]
    for change in changes:
        assert is_right(with_times(change)) is change.is_right is False, change
        assert is_right(with_times(change, 0.9)), change
        assert change.line == line_of(SERVED, change.path), change


def test_money_that_goes_wrong_is_sent_right() -> None:
    wrong = SERVED.replace("per_year: 6", "per_year: 1")
    assert not is_right(wrong)
    change = change_of(wrong)
    assert change is not None
    assert change.is_right


@pytest.mark.parametrize(
    "text",
    [
        plan(),
        SERVED.replace("per_year: 6, ", ""),
        SERVED.replace("per_year: 6", "per_year: 0").replace("per_year: 5", "per_year: 0"),
    ],
    ids=["no service", "times missing", "nothing is spent"],
)
def test_without_an_alignment_there_is_no_change(text: str) -> None:
    assert change_of(text) is None
