"""Stage 2: documents held against the model, each other and site_config."""

from __future__ import annotations

from generator.validate.plan import Plan
from generator.validate.validate import validate

__all__ = ["Plan", "validate"]
