"""Stage 2: documents held against the model, each other and site_config."""

from __future__ import annotations

from generator.rules.validate.plan import Plan, plan_of
from generator.rules.validate.validate import check_plans, validate

__all__ = ["Plan", "check_plans", "plan_of", "validate"]
