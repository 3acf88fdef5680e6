"""The sixteen parts of the plan: how far each is written, evidenced, agreed, reviewed (item D1)."""

from __future__ import annotations

import datetime
import math

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import Figure, Reason, figure_of, mean_confidence
from generator.figures.limits import reaches
from generator.figures.needs import PART_NEEDS, Need
from generator.language import phrase, phrases
from generator.model.scalars import PARTS

EMPTY, BEGUN, EVIDENCED, AGREED, REVIEWED = 0.0, 0.25, 0.5, 0.75, 1.0
STEP = 0.25
SHOWN = 3  # how many lacks a note names
QUADRANTS = ("R", "S", "V", "K")
NOTHING_YET = phrase("nothing yet")
NOT_AGREED = phrase("evidenced; not agreed with the customer")


@figure(
    "rsvr.completeness",
    title="Plan strength",
    meaning="How whole the plan is across its four quadrants; an empty quadrant makes it 0.",
    formula="geometric mean of the four quadrants' means x 100",
    unit="of 100",
    item="D1",
    section="plan",
)
@figure(
    "rsvr.weakest",
    title="Weakest parts",
    meaning="Where to work next.",
    formula="the parts with the lowest state",
    unit="parts",
    gives=Gives.WORDS,
    item="D1",
    under="rsvr.completeness",
    labels="parts",
)
@figure(
    "rsvr.parts",
    title="Sixteen parts",
    meaning="How far each part of the plan is written, evidenced, agreed and reviewed.",
    formula=(
        "0 nothing; 0.25 begun; 0.5 all there with evidence; 0.75 also agreed with the"
        " customer; 1 also reviewed; stale: one step down"
    ),
    unit="0 to 1",
    by_name=True,
    item="D1",
    under="rsvr.completeness",
)
def parts(case: Case) -> tuple[Figure, ...]:
    """How whole the plan is, the weakest parts (the next action), and each part."""
    reasons = tuple(_read(case, part) for part in PARTS)
    sure = mean_confidence(reasons)
    values = {part: one.value for part, one in zip(PARTS, reasons, strict=True)}
    lowest = min(values.values())
    quadrants = [
        math.fsum(value for part, value in values.items() if part[0] == quadrant) / 4
        for quadrant in QUADRANTS
    ]
    weakest = tuple(part for part, value in values.items() if value == lowest)
    return (
        figure_of(100 * math.prod(quadrants) ** (1 / len(quadrants)), reasons),
        Figure(
            value=weakest,
            confidence=sure,
            reasons=tuple(one for one in reasons if one.value == lowest),
        ),
        figure_of(values, reasons),
    )


def _read(case: Case, part: str) -> Reason:
    """How far one part is, and what its next step asks for."""
    needs = PART_NEEDS[part](case)
    inputs = [one for need in needs for one in need.inputs]
    lacks = tuple(lack for need in needs for lack in need.lacks)
    sure = mean_confidence(inputs) if inputs else None
    if not any(need.begun for need in needs):
        return Reason(f"rsvr.{part}", EMPTY, confidence=sure, lacks=lacks, note=NOTHING_YET)
    value, note = _state(case, part, lacks, sure)
    newest = _newest(case, part, needs)
    fresh = case.settings.scoring.parts.fresh_days
    if newest is not None and (case.today - newest).days > fresh and value > BEGUN:
        value = max(BEGUN, value - STEP)
        note = phrase(
            "newest date {day} is older than {days} days: one step down; {note}",
            day=newest,
            days=fresh,
            note=note,
        )
    return Reason(
        name=f"rsvr.{part}",
        value=value,
        confidence=sure,
        lacks=lacks,
        note=note,
        inputs=(*inputs, *_agreement(case, part)),
    )


def _agreement(case: Case, part: str) -> tuple[Reason, ...]:
    """When a part was agreed, with whom, and when it was last reviewed."""
    if part not in (case.playbook.rsvr or {}):
        return ()
    found = (case.fact("rsvr", part, field) for field in ("agreed_on", "with", "reviewed_on"))
    return tuple(one for one in found if one.value is not None)


def _state(case: Case, part: str, lacks: tuple[str, ...], sure: float | None) -> tuple[float, str]:
    least = case.settings.scoring.parts.confidence_from
    if lacks:
        return BEGUN, _begun(lacks)
    if sure is not None and not reaches(sure, least):
        return BEGUN, phrase(
            "begun; confidence {sure} is below {least}", sure=f"{sure:.2f}", least=f"{least:g}"
        )
    state = (case.playbook.rsvr or {}).get(part)  # type: ignore[call-overload]
    if not (state and state.agreed_on and state.with_ and state.agreed_on <= case.today):
        return EVIDENCED, NOT_AGREED
    fresh = case.settings.scoring.parts.fresh_days
    reviewed = state.reviewed_on
    if reviewed is None or not 0 <= (case.today - reviewed).days <= fresh:
        return AGREED, phrase(
            "agreed on {day}; not reviewed within {days} days", day=state.agreed_on, days=fresh
        )
    return REVIEWED, phrase(
        "agreed on {day}, reviewed on {last}", day=state.agreed_on, last=reviewed
    )


def _begun(lacks: tuple[str, ...]) -> str:
    what, more = phrases(lacks[:SHOWN], ", "), len(lacks) - SHOWN
    if more > 0:
        return phrase("begun; lacks {what} and {count} more", what=what, count=more)
    return phrase("begun; lacks {what}", what=what)


def _newest(case: Case, part: str, needs: tuple[Need, ...]) -> datetime.date | None:
    """The newest date of a part's inputs, its agreement and its review."""
    state = (case.playbook.rsvr or {}).get(part)  # type: ignore[call-overload]
    days = [one.as_of for need in needs for one in need.inputs]
    days.extend(
        one.value for need in needs for one in need.inputs if isinstance(one.value, datetime.date)
    )
    if state:
        days.extend((state.agreed_on, state.reviewed_on))
    past = [day for day in days if day is not None and day <= case.today]
    return max(past, default=None)
