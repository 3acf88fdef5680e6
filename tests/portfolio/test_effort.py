"""What goes to accounts to drop or restructure, by hand."""

from __future__ import annotations

import pytest

from generator.figures.sides import Side
from generator.portfolio.effort import MisplacedEffort, misplaced_effort
from generator.portfolio.money import SUMMED, CellSums

Amount = float | None


def row(
    cell: str,
    hours: Amount,
    serve: Amount,
    profit: Amount,
    count: int = 1,
    side: Side = Side.CUSTOMERS,
) -> CellSums:
    sums = dict.fromkeys((*SUMMED, "hours")) | {"hours": hours, "serve": serve, "profit": profit}
    return CellSums(side=side, cell=cell, tier="", count=count, sums=sums, shares={})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("high_short", None, None, 100)], None),
        ([row("high_short", 10, 10, 100)], (0, None, None, None)),
        ([row("high_short", 30, 60, 90), row("low_long", 10, 40, 10, 2)], (2, 0.25, 0.4, 0.1)),
        ([row("high_short", 30, None, 90), row("low_long", 10, None, -5)], (1, 0.25, None, 0.0)),
        # all of the profit is theirs, or none of it is known: there is no share to tell
        ([row("high_short", 30, 1, None), row("low_long", 10, 1, 5)], (1, 0.25, 0.5, None)),
        ([row("high_short", 30, 1, 5), row("low_long", 10, 1, None)], (1, 0.25, 0.5, None)),
        # an account without a cell counts for nothing
        ([row("", 100, 100, 0), row("low_long", 10, 10, 0)], (1, 1.0, 1.0, 0.0)),
        # nor do prospects, who are served once they are won
        (
            [row("low_long", 10, 10, 0), row("low_long", 30, 30, 90, 2, Side.PROSPECTS)],
            (1, 1.0, 1.0, 0.0),
        ),
    ],
)
def test_shares_of_accounts_with_a_cell(
    rows: list[CellSums], expected: tuple[int, Amount, Amount, Amount] | None
) -> None:
    names = ("accounts", "hours", "money", "profit")
    effort = misplaced_effort(rows)
    assert effort == (
        MisplacedEffort(**dict(zip(names, expected, strict=True))) if expected else None  # type: ignore[arg-type]
    )
