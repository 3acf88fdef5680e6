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
    """The method's items, such as 'S1 S2'; empty for our own additions."""
