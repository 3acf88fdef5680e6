"""The guard of every cell: text is text, whatever a spreadsheet makes of its first sign."""

from __future__ import annotations

_BEGINS_FORMULA = frozenset("=+-@\t\r\0\uff1d\uff0b\uff0d\uff20")
"""Signs with which a spreadsheet takes a cell for a formula, their full-width kin too."""
LONGEST = 32_767
"""Signs that a spreadsheet's cell holds."""


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it if need be.

    Cut, with a sign that it was, where no cell would hold it.
    """
    guarded = f"'{text}" if text[:1] in _BEGINS_FORMULA else text
    return guarded if len(guarded) <= LONGEST else f"{guarded[: LONGEST - 1]}…"
