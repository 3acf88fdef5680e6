"""Limits as people mean them: the blur of adding up and changing currency never decides."""

from __future__ import annotations

import math

_RELATIVE = 1e-12
_ABSOLUTE = 1e-9


def is_level(value: float, limit: float) -> bool:
    """Whether two numbers are the same but for the blur of arithmetic."""
    return math.isclose(value, limit, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)


def reaches(value: float, limit: float) -> bool:
    """Whether a value is at a limit or above it."""
    return value >= limit or is_level(value, limit)


def exceeds(value: float, limit: float) -> bool:
    """Whether a value is above a limit; at the limit it is not."""
    return value > limit and not is_level(value, limit)
