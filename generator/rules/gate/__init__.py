"""Stage 4: the completeness rules of rules.yaml, judged on plans and figures."""

from __future__ import annotations

from generator.rules.gate.judge import judge

__all__ = ["judge"]
