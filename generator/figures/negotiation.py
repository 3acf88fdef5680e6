"""Whether we bargain over price or over value, and what we get for what we give (item V3)."""

from __future__ import annotations

import math

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    computed,
    figure_of,
    missing_among,
    null,
)
from generator.language import phrase, phrases
from generator.model.value import Negotiation


def _negotiation(case: Case) -> Negotiation:
    return case.value.negotiation or Negotiation()


@figure(
    "negotiation.price_share",
    title="Price among the issues",
    formula="price issues / issues",
    item="V3",
    section="value",
    needs=("value.negotiation.issues",),
)
def price_share(case: Case) -> Figure:
    """Whether we bargain over price or over value."""
    limit = case.setting("scoring", "value", "price_share_to")
    rows = [
        case.fact("value", "negotiation", "issues", index, "kind").against(limit)
        for index in range(len(_negotiation(case).issues or ()))
    ]
    return computed(
        lambda *kinds: sum(kind == "price" for kind in kinds) / len(kinds) if kinds else None,
        rows,
    )


@figure(
    "negotiation.concession_balance",
    title="Got for given",
    formula="value they gave / value we gave",
    unit="ratio",
    gives=Gives.NUMBER,
    item="V3",
    under="negotiation.price_share",
    needs=("value.negotiation.concessions",),
)
def concession_balance(case: Case) -> Figure:
    """What came back for what we gave."""
    rows = []
    sides = []
    given: dict[str, list[float]] = {"us": [], "them": []}
    missing: list[str] = []
    for_nothing = []
    for index, one in enumerate(_negotiation(case).concessions or ()):
        if one.date > case.today:
            continue
        path = ("value", "negotiation", "concessions", index)
        side, amount = case.fact(*path, "by"), case.fact(*path, "amount", unit=case.money)
        missing.extend(missing_among((side, amount)))
        if side.value is not None and amount.value is not None:
            given[side.value].append(amount.value)
            rows.append(amount.with_(note=phrase("given by {side}", side=phrase(side.value))))
            sides.append(side)
        if one.by == "us" and one.in_return is None:
            for_nothing.append(one.what or str(one.date))
    what = phrases(for_nothing, ", ")
    note = phrase("nothing in return for: {what}", what=what) if for_nothing else None
    if missing:
        return null(missing, reasons=rows, note=note)
    got, gave = math.fsum(given["them"]), math.fsum(given["us"])
    if not gave:
        return null(reasons=rows, note=NOTHING_TO_DIVIDE)
    amounts = [one.value for one in rows]
    return figure_of(got / gave, rows, weights=amounts, more=sides, note=note)
