"""How the customers of a portfolio are doing together, and how that has moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.figures import Portfolio
from generator.figures.health import WORDS
from generator.portfolio.sums import status_of, value_of

FELT = 5.0
"""Points of health by which a change is more than noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Healths:
    """Customers by how they are doing."""

    by_word: Mapping[str, int]
    """Those whose health is known, worst first."""
    unknown: int
    fell: int
    """Whose health fell by more than noise against some days ago."""
    rose: int
    days: int


def healths(portfolio: Portfolio) -> Healths:
    """Customers by how they are doing, and how many fell and rose."""
    customers = [account for account in portfolio.accounts if status_of(account) == "customer"]
    words = [value_of(account, "health.word") for account in customers]
    changes = [value_of(account, "health.change") or 0.0 for account in customers]
    return Healths(
        by_word={word: words.count(word) for word in WORDS if word in words},
        unknown=words.count(None),
        fell=sum(change < -FELT for change in changes),
        rose=sum(change > FELT for change in changes),
        days=int(portfolio.settings.scoring.health.change_days),
    )
