"""The standard both sides agreed, and what we could still sell (method items V2 and core of R1)."""

from __future__ import annotations

import math

from generator.enrich.case import Case
from generator.enrich.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    Term,
    mean_confidence,
    missing_among,
    null,
    sum_of_money,
)
from generator.enrich.name import Told, joined
from generator.language import phrase

SIDES = ("agreed_by_us", "agreed_by_customer")
NOT_OURS = ("open", "competitor")
NOT_SIGNED = phrase("not signed by both")


def standard_agreement(case: Case) -> Figure:
    """Σ weight of the items signed by both sides over Σ weight."""
    key = "standard.agreement"
    items = case.playbook.value.standard if case.playbook.value else None
    if items is None:
        return null(key, missing=("value.standard",))
    if not items:
        return null(key, note=NOTHING_TO_DIVIDE)
    reasons: list[Reason] = []
    weights: list[float] = []
    signed = []
    for index, item in enumerate(items):
        path = ("value", "standard", index)
        weight = 1.0 if item.weight is None else item.weight
        days = [day for side in SIDES if (day := getattr(item, side)) is not None]
        both = len(days) == len(SIDES) and all(day <= case.today for day in days)
        reason = case.given((*path, "weight") if item.weight is not None else path, weight)
        note = phrase("signed by both on {day}", day=max(days)) if both else NOT_SIGNED
        name = joined(("value", "standard", Told(item.item)))
        reasons.append(reason.with_(name=name, weight=weight, note=note))
        weights.append(weight)
        if both:
            signed.append(weight)
        for field in SIDES:
            day = case.fact(*path, field)
            if day.value is not None:
                reasons.append(day)
                weights.append(0.0)
    return Figure(
        key=key,
        value=math.fsum(signed) / math.fsum(weights),
        unit="share",
        confidence=mean_confidence(reasons, weights),
        reasons=tuple(reasons),
    )


def offering_figures(case: Case) -> tuple[Figure, ...]:
    """Penetration of what applies, the money in what is not ours, the growth in what is."""
    keys = ("penetration", "whitespace", "growth")
    offerings = case.playbook.offerings
    if offerings is None:
        return tuple(null(f"offerings.{key}", missing=("offerings",)) for key in keys)
    rows = {name: case.fact("offerings", name, "status") for name in offerings}
    return (
        _penetration(rows),
        _open_money(case, "offerings.whitespace", rows, NOT_OURS),
        _open_money(case, "offerings.growth", rows, ("ours",)),
    )


def _penetration(rows: dict[str, Reason]) -> Figure:
    """Offerings that are ours over those that apply to the account."""
    key = "offerings.penetration"
    if missing := missing_among(list(rows.values())):
        return null(key, missing=missing, reasons=rows.values())
    applicable = [row for row in rows.values() if row.value != "not_applicable"]
    if not applicable:
        return null(key, reasons=rows.values(), note=NOTHING_TO_DIVIDE)
    return Figure(
        key=key,
        value=sum(row.value == "ours" for row in applicable) / len(applicable),
        unit="share",
        confidence=mean_confidence(list(rows.values())),
        reasons=tuple(rows.values()),
    )


def _open_money(case: Case, key: str, rows: dict[str, Reason], statuses: tuple[str, ...]) -> Figure:
    """Σ (potential - revenue) over the offerings of a status."""
    lines = [
        (
            case.fact("offerings", name, "potential", unit=case.yearly),
            case.fact("offerings", name, "revenue", unit=case.yearly),
            status,
        )
        for name, status in rows.items()
        if status.value in statuses
    ]
    flat = [one for line in lines for one in line]
    if missing := missing_among([*rows.values(), *flat]):
        return null(key, missing=missing, reasons=flat, unit=case.yearly)
    terms = [Term(amount=line[0].value - line[1].value, inputs=line) for line in lines]
    others = [status for status in rows.values() if status.value not in statuses]
    looked = others or [case.given(("offerings",), 0, note=LOOKED_NONE)]
    return sum_of_money(key, terms, unit=case.yearly, empty=looked, more=others)
