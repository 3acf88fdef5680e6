"""A figure explained in a sentence and a formula."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is, for a reader who has never met it."""

    key: str
    title: str
    unit: str
    says: str
    formula: str
    item: str
    """The method's item: A3, R1 to R4, S1 to S4, V1 to V4, K1 to K4, D1, E9; '' for our own."""
