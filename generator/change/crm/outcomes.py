"""Closed deals as what became of the account: won, renewed, expanded, shrunk, lost."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from generator.change.crm.deals import Deal
from generator.change.crm.mapping import Mapping


def outcomes_of(deals: Sequence[Deal], mapping: Mapping) -> list[dict[str, Any]]:
    """One for each day and kind, the oldest first; deals that end alike on one day are one."""
    ends: dict[tuple[datetime.date, str], list[Deal]] = {}
    for deal in deals:
        if deal.kind and deal.closed_on:
            ends.setdefault((deal.closed_on, deal.kind), []).append(deal)
    return [_outcome(day, kind, ends[day, kind], mapping) for day, kind in sorted(ends)]


def _outcome(
    day: datetime.date, kind: str, deals: Sequence[Deal], mapping: Mapping
) -> dict[str, Any]:
    amount = sum((one.amount for one in deals), Decimal(0))
    found = {
        "date": day,
        "kind": kind,
        "amount": number(amount) if amount > 0 else None,
        "reason": "; ".join(dict.fromkeys(one.reason for one in deals if one.reason)) or None,
        **fact(mapping),
    }
    return {key: value for key, value in found.items() if value is not None}


def fact(mapping: Mapping) -> dict[str, Any]:
    """The evidence of what the CRM says itself."""
    return {"grade": "fact", "as_of": mapping.as_of, "source": mapping.source}


def number(amount: Decimal) -> int | float:
    """An amount as people write it: without a point where it is whole."""
    return int(amount) if amount == int(amount) else float(amount)
