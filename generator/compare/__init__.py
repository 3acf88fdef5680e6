"""What a change means: two states of a workspace, computed and held against each other."""

from __future__ import annotations

from generator.compare.compare import AccountChange, Comparison, compare
from generator.compare.effects import Effect
from generator.compare.history import MeaningfulCommit, changes_along
from generator.compare.state import touched
from generator.compare.sums import SumMove, moved_sums

__all__ = [
    "AccountChange",
    "Comparison",
    "Effect",
    "MeaningfulCommit",
    "SumMove",
    "changes_along",
    "compare",
    "moved_sums",
    "touched",
]
