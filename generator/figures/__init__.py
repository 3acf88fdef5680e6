"""Stage 3: figures with their reasons, confidence and what is missing."""

from __future__ import annotations

from generator.figures.account import Account, Portfolio, enrich
from generator.figures.figure import Figure, Reason

__all__ = ["Account", "Figure", "Portfolio", "Reason", "enrich"]
