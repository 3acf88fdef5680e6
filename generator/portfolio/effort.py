"""Where service goes that brings little back: to customers to drop or restructure (item R1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures.sides import Side
from generator.portfolio.money import CellSums

MISPLACED = "low_long"
"""The cell of drop and restructure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisplacedEffort:
    """What customers to drop or restructure take and bring, of all customers with a cell."""

    accounts: int
    hours: float | None
    """Their share of the service hours; None where they have none."""
    money: float | None
    """Their share of the service money; None where they have none."""
    profit: float | None
    """Their share of the expected profit, 0 where they retain none; None where it is all."""


def misplaced_effort(rows: Sequence[CellSums]) -> MisplacedEffort | None:
    """The shares by the sums of each cell; None where no plan counts its service."""
    placed = [row for row in rows if row.cell and row.side is Side.CUSTOMERS]
    whole = {
        name: math.fsum(row.sums[name] or 0.0 for row in placed)
        for name in ("hours", "serve", "profit")
    }
    if not whole["hours"] and not whole["serve"]:
        return None
    lost = next((row for row in placed if row.cell == MISPLACED), None)
    if lost is None:
        return MisplacedEffort(accounts=0, hours=None, money=None, profit=None)
    return MisplacedEffort(
        accounts=lost.count,
        hours=_share(lost.sums["hours"], whole["hours"]),
        money=_share(lost.sums["serve"], whole["serve"]),
        profit=_share_of_profit(lost.sums["profit"], whole["profit"]),
    )


def _share(part: float | None, whole: float) -> float | None:
    return part / whole if part and whole else None


def _share_of_profit(part: float | None, whole: float) -> float | None:
    if part is None or (part > 0 and whole <= part):
        return None
    return max(0.0, part / whole) if part > 0 else 0.0
