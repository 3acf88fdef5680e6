"""How fast the relationship climbs, and what their introductions are worth (item R4)."""

from __future__ import annotations

import datetime

from generator.figures.case import Case
from generator.figures.contacts import NONE_COUNTS
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    Figure,
    Reason,
    Term,
    figure_of,
    missing_among,
    null,
    sum_of_money,
)
from generator.figures.ladder import has_lapse, months_before
from generator.form.relationship import RUNGS
from generator.language import phrase

MONTHS_A_YEAR = 12
NOT_THIS_YEAR = phrase("not within a year")


@figure(
    "relationship.velocity",
    title="Speed on the ladder",
    formula=(
        "rungs gained within a year by the dates of their gates - 1 when the last one has lapsed"
    ),
    unit="rungs a year",
    item="R4",
    under="relationship.rung",
    rank=Rank.REFERENCE,
)
def velocity(case: Case) -> Figure:
    """How fast the relationship climbs, or whether it slips.

    A rung is gained on its gate's date. A rung that the status stands for without a gate was
    gained nobody knows when and does not count. Without a date, one that was confirmed before the
    year was gained before it too; one that was confirmed since may be new, so its date is missing.
    """
    rung = case.figure("relationship.rung")
    if rung.value is None:
        return null(missing_among((rung,)))
    has_lapsed = has_lapse(case.figures["relationship.rung"])
    since = months_before(case.today, MONTHS_A_YEAR)
    gained = 0
    reasons: list[Reason] = []
    missing: list[str] = []
    for reached in RUNGS[1 : RUNGS.index(rung.value) + has_lapsed + 1]:
        day = case.fact("relationship", "gates", reached, "date")
        confirmed = case.fact("relationship", "gates", reached, "confirmed")
        if day.value is not None:
            is_new = _is_within(day.value, since, case.today)
            gained += is_new
            reasons.append(day if is_new else day.with_(note=NOT_THIS_YEAR))
        elif _is_within(confirmed.value, since, case.today):
            missing.append(day.name)
            reasons.append(confirmed)
    if missing:
        return null(missing, reasons=(rung, *reasons))
    return figure_of(
        gained - has_lapsed,
        (rung, *reasons),
        note=phrase("1 less: {why}", why=rung.note) if has_lapsed else None,
    )


def _is_within(day: datetime.date | None, since: datetime.date, today: datetime.date) -> bool:
    return day is not None and since <= day <= today


@figure(
    "relationship.influence_value",
    title="Worth of their introductions",
    formula="sum of probability x margin of introductions",
    gives=Gives.MONEY,
    item="R4",
    under="relationship.circle",
    rank=Rank.REFERENCE,
    needs=("relationship.referrals",),
)
def influence_value(case: Case) -> Figure:
    """What those may bring to whom they have introduced us."""
    rows = [
        (
            case.fact("relationship", "referrals", index, "probability"),
            case.fact("relationship", "referrals", index, "margin"),
        )
        for index, referral in enumerate(case.relationship.referrals or ())
        if referral.date is None or referral.date <= case.today
    ]
    flat = [fact for row in rows for fact in row]
    if missing := missing_among(flat):
        return null(missing, reasons=flat)
    terms = [
        Term(amount=chance.value * margin.value, inputs=(chance, margin)) for chance, margin in rows
    ]
    looked = case.given(("relationship", "referrals"), 0, note=NONE_COUNTS)
    return sum_of_money(terms, empty=(looked,))
