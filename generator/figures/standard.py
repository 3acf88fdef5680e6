"""The standard both sides agreed, and what we could still sell (method items V2 and core of R1)."""

from __future__ import annotations

import math

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    Term,
    figure_of,
    missing_among,
    null,
    sum_of_money,
)
from generator.figures.name import Written, joined
from generator.language import phrase

SIDES = ("agreed_by_us", "agreed_by_customer")
NOT_OURS = ("open", "competitor")
NOT_SIGNED = phrase("not signed by both")


@figure(
    "standard.agreement",
    title="Standard agreed",
    formula="weight signed by both / weight",
    item="V2",
    section="value",
    needs=("value.standard",),
)
def standard_agreement(case: Case) -> Figure:
    """How much of the value standard both sides have signed."""
    items = case.value.standard
    if not items:
        return null(note=NOTHING_TO_DIVIDE)
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
        name = joined(("value", "standard", Written(item.item)))
        reasons.append(reason.with_(name=name, weight=weight, note=note))
        weights.append(weight)
        if both:
            signed.append(weight)
        for field in SIDES:
            day = case.fact(*path, field)
            if day.value is not None:
                reasons.append(day)
                weights.append(0.0)
    return figure_of(math.fsum(signed) / math.fsum(weights), reasons, weights=weights)


@figure(
    "offerings.whitespace",
    title="White space",
    formula="sum of potential - revenue where open or with a competitor",
    gives=Gives.MONEY,
    section="offerings",
    rank=Rank.HEADLINE,
    needs=("offerings",),
)
def whitespace(case: Case) -> Figure:
    """What they buy elsewhere or not at all."""
    return _open_money(case, NOT_OURS)


@figure(
    "offerings.penetration",
    title="Penetration",
    formula="ours / applicable",
    under="offerings.whitespace",
    needs=("offerings",),
)
def penetration(case: Case) -> Figure:
    """The share of fitting offerings that they buy from us."""
    rows = _statuses(case)
    if missing := missing_among(list(rows.values())):
        return null(missing, reasons=rows.values())
    applicable = [row for row in rows.values() if row.value != "not_applicable"]
    if not applicable:
        return null(reasons=rows.values(), note=NOTHING_TO_DIVIDE)
    return figure_of(
        sum(row.value == "ours" for row in applicable) / len(applicable), rows.values()
    )


def _open_money(case: Case, statuses: tuple[str, ...]) -> Figure:
    """Σ (potential - revenue) over the offerings of a status."""
    rows = _statuses(case)
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
        return null(missing, reasons=flat)
    terms = [Term(amount=line[0].value - line[1].value, inputs=line) for line in lines]
    others = [status for status in rows.values() if status.value not in statuses]
    looked = others or [case.given(("offerings",), 0, note=LOOKED_NONE)]
    return sum_of_money(terms, empty=looked, more=others)


@figure(
    "offerings.growth",
    title="Growth in ours",
    formula="sum of potential - revenue where ours",
    gives=Gives.MONEY,
    under="offerings.whitespace",
    needs=("offerings",),
)
def growth(case: Case) -> Figure:
    """What is left to sell where we are already in."""
    return _open_money(case, ("ours",))


def _statuses(case: Case) -> dict[str, Reason]:
    """By offering whose it is."""
    return {name: case.fact("offerings", name, "status") for name in case.playbook.offerings or ()}
