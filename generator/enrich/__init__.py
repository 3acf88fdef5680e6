"""Stage 3: figures with their reasons, confidence and what is missing."""

from __future__ import annotations

from generator.enrich.account import Account, Portfolio
from generator.enrich.enrich import enrich
from generator.enrich.figure import Figure, Reason

__all__ = ["Account", "Figure", "Portfolio", "Reason", "enrich"]
