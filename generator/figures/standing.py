"""An account as others see it: what it takes to be shown to them as a reference."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from generator.model.playbook import RUNGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What matching needs to know of a possible reference customer."""

    id: str
    name: str
    path: str
    """Its file."""
    consent_line: int
    rung: str | None
    consent_until: datetime.date | None
    industry: str | None
    size: str | None
    region: str | None
    uses: tuple[str, ...] | None

    def is_usable(self, today: datetime.date, lowest_rung: str) -> bool:
        """Whether it may be shown today: consent in force, and high enough on the ladder."""
        return (
            self.consent_until is not None
            and self.consent_until >= today
            and self.rung is not None
            and RUNGS.index(self.rung) >= RUNGS.index(lowest_rung)
        )
