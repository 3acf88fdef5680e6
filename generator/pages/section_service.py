"""The service section: weight against money for each whom we serve."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.figures import Reason
from generator.language import phrase, said
from generator.model.playbook import ServiceObject
from generator.pages import formats
from generator.pages.drawings.trend import points
from generator.pages.view import AccountView

DEPARTMENTS = {
    "sales": phrase("sales"),
    "service": phrase("service"),
    "engineering": phrase("engineering"),
    "finance": phrase("finance"),
}
"""Who of us owns an activity of the catalogue."""
_FIELDS = ("per_year", "hours", "rate", "expense")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRow:
    """One object with its weight, tier and money."""

    entry: ServiceObject
    index: int
    weight: float | None
    tier: str | None
    cost: float | None
    cost_share: float | None
    weight_width: float
    cost_width: float
    activities: tuple[str, ...]
    """What we do for it, each with how often a year."""


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    section = view.plan.service
    scores = [one for one in (section.satisfaction if section else None) or () if one.scale]
    scale = scores[-1].scale if scores else None
    # scores of another scale are another question
    alike = [
        (one.date, one.score) for one in scores if one.scale == scale and one.score is not None
    ]
    return {
        "section": section,
        "rows": served_rows(view),
        "satisfaction": points(alike, scale) if scale else (),
        "scale": scale,
    }


def served_rows(view: AccountView) -> tuple[ServedRow, ...]:
    """The objects, heaviest first; bars share one scale."""
    section = view.plan.service
    objects = (section.objects if section else None) or ()
    weights: Mapping[str, float] = view.value("service.weights") or {}
    tiers: Mapping[str, str] = view.value("service.tiers") or {}
    figure = view.figure("service.cost_to_serve")
    costs = costs_by_object(objects, figure.reasons) if figure and figure.value is not None else {}
    total = math.fsum(costs.values())
    shares = {one: cost / total for one, cost in costs.items()} if total else {}
    longest = max([*weights.values(), *shares.values()], default=0.0) or 1.0
    rows = [
        ServedRow(
            entry=one,
            index=index,
            weight=weights.get(one.id),
            tier=tiers.get(one.id),
            cost=costs.get(one.id),
            cost_share=shares.get(one.id),
            activities=tuple(_activities(view, one)),
            weight_width=round(100 * weights.get(one.id, 0.0) / longest, 1),
            cost_width=round(100 * shares.get(one.id, 0.0) / longest, 1),
        )
        for index, one in enumerate(objects)
    ]
    return tuple(sorted(rows, key=lambda row: -(row.weight or 0.0)))


def _activities(view: AccountView, served: ServiceObject) -> Iterator[str]:
    """What we do for it, each with how often a year."""
    for one in served.activities or ():
        known = view.site.settings.catalogue.activities.get(one.activity)
        name = formats.within(view.catalogue("activities", one.activity))
        whose = f" ({said(DEPARTMENTS[known.by])})" if known else ""
        times = "" if one.per_year is None else f"{formats.number(one.per_year)} × "
        yield f"{times}{name}{whose}"


def costs_by_object(
    objects: tuple[ServiceObject, ...], reasons: tuple[Reason, ...]
) -> dict[str, float]:
    """Each object's part of the cost to serve, out of the inputs that the figure shows."""
    costs = {one.id: 0.0 for one in objects}
    inputs = iter(reasons)
    for one in objects:
        for _ in one.activities or ():
            times, hours, rate, expense = (next(inputs).value for _ in _FIELDS)
            costs[one.id] += times * (hours * rate + expense)
    return costs
