"""Compliance and data protection: what no plan may hold, found by fields and by words."""

from __future__ import annotations

from generator.rules.comply.comply import Compliance

__all__ = ["Compliance"]
