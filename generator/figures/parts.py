"""The sixteen parts of the plan: what each asks for, and how far it is there (item D1)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.figures.called import risk_called
from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.economics import development, has_no_programme
from generator.figures.figure import (
    Figure,
    Reason,
    figure_of,
    mean_confidence,
    missing_among,
    reaches,
)
from generator.figures.proof import usable_reference
from generator.figures.risk import credit_inputs
from generator.figures.service import FACTORS
from generator.figures.value import is_score_mode, value_line
from generator.form.account import QUESTIONS
from generator.form.service import LEVELS, STAGES
from generator.form.value import COSTS, VALUES
from generator.language import phrase, phrases
from generator.model.scalars import PARTS

ECONOMICS_FACTS = (
    "addressable_spend",
    "attainable_share",
    "contribution_margin",
    "retention",
    "price",
    "production_cost",
    "marketing_cost",
)
MEASURABLE = ("metric", "baseline", "target", "due")
CONTACTS_WITH_RHYTHM = 2
BY_SALES = phrase("an activity owned by sales")
TWO_CONTACTS = phrase("two contacts with owner and rhythm_days")
AN_INTERACTION = phrase("an interaction")
A_GATE = phrase("a gate with a date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing a part asks for."""

    inputs: tuple[Reason, ...] = ()
    """What of it is there."""
    lacks: tuple[str, ...] = ()
    """What of it is not."""
    looked: bool = False
    """An empty list: looked, none."""

    @property
    def begun(self) -> bool:
        """Whether anything of it is there."""
        return bool(self.inputs) or self.looked


def _of(rows: Iterable[Reason]) -> Need:
    rows = tuple(rows)
    return Need(
        inputs=tuple(row for row in rows if row.value is not None), lacks=missing_among(rows)
    )


def _there(case: Case, path: str, *fields: str) -> Need:
    """A list is there, with entries or without; or each of its entries has all the fields."""
    steps = path.split(".")
    entries = case.at(*steps)
    if entries is None:
        return Need(lacks=tuple(f"{path}.*.{field}" for field in fields) or (path,))
    if not entries:
        return Need(looked=True)
    if not fields:
        return Need(inputs=(case.given(tuple(steps), len(entries)),))
    return _of(case.fact(*steps, index, field) for index in range(len(entries)) for field in fields)


def _programme(case: Case) -> Need:
    """What growing the account takes and brings; nothing of it where nothing is planned."""
    programme = case.economics.development
    if programme is not None and programme.is_none:
        return Need(looked=True)
    return _of(() if has_no_programme(case) else development(case))


def _selection(case: Case) -> tuple[Need, ...]:
    questions = [
        case.fact("qualification", name, "score", name=f"qualification.{name}")
        for name in QUESTIONS
    ]
    return (
        _of(case.fact("economics", field) for field in ECONOMICS_FACTS),
        _programme(case),
        _of(questions),
    )


def _service_act(case: Case) -> tuple[Need, ...]:
    catalogue = case.settings.catalogue.activities
    by_sales = [
        case.fact("service", "objects", index, "activities", place, "activity")
        for index, served in enumerate(case.service.objects or ())
        for place, activity in enumerate(served.activities or ())
        if activity.activity in catalogue and catalogue[activity.activity].by == "sales"
    ]
    return (
        _there(case, "relationship.promises"),
        Need(inputs=tuple(by_sales), lacks=() if by_sales else (BY_SALES,)),
    )


def _communication(case: Case) -> tuple[Need, ...]:
    pairs = [
        [case.fact("relationship", "contacts", index, field) for field in ("owner", "rhythm_days")]
        for index, contact in enumerate(case.relationship.contacts or ())
        if not contact.has_left(case.today)
    ]
    rows = [fact for pair in pairs for fact in pair if fact.value is not None]
    steady = [pair for pair in pairs if not missing_among(pair)]
    short = len(steady) < CONTACTS_WITH_RHYTHM
    talks = [
        (talk.date, index)
        for index, talk in enumerate(case.relationship.interactions or ())
        if talk.date <= case.today
    ]
    newest = [max(talks)[1]] if talks else []
    return (
        Need(
            inputs=tuple(rows),
            lacks=(TWO_CONTACTS,) if short else (),
        ),
        Need(
            inputs=tuple(
                case.fact("relationship", "interactions", index, "date") for index in newest
            ),
            lacks=() if talks else (AN_INTERACTION,),
        ),
    )


def _upgrading(case: Case) -> tuple[Need, ...]:
    gates = case.relationship.gates
    if gates is None:
        return (Need(lacks=("relationship.gates",)),)
    days = [
        case.fact("relationship", "gates", rung, field)
        for rung in type(gates).model_fields
        for field in ("date", "confirmed")
    ]
    there = tuple(day for day in days if day.value is not None)
    return (Need(inputs=there, lacks=() if there else (A_GATE,), looked=not there),)


def _objects(case: Case) -> tuple[Need, ...]:
    objects = case.service.objects
    if objects is None:
        return (Need(lacks=("service.objects",)),)
    contacts = {contact.id: contact.level for contact in case.relationship.contacts or ()}
    levels = {served.level or contacts.get(served.contact or "") for served in objects}
    stages = {served.stage for served in objects}
    lacks: list[str] = [
        phrase("an object of level {level}", level=phrase(level))
        for level in LEVELS
        if level not in levels
    ]
    lacks += [
        phrase("an object of stage {stage}", stage=phrase(stage))
        for stage in STAGES
        if stage not in stages
    ]
    inputs = [case.fact("service", "objects", index, "id") for index in range(len(objects))]
    return (Need(inputs=tuple(inputs), lacks=tuple(lacks), looked=not objects),)


def _degree(case: Case) -> tuple[Need, ...]:
    objects = case.service.objects
    if objects is None:
        return (Need(lacks=("service.objects",)),)
    rows = [
        row
        for index, served in enumerate(objects)
        for row in (
            [case.fact("service", "objects", index, "weight", "value")]
            if served.weight is not None
            else [case.fact("service", "objects", index, "importance", f) for f in FACTORS]
        )
    ]
    return (_of(rows) if objects else Need(lacks=("service.objects",)),)


def _service_cost(case: Case) -> tuple[Need, ...]:
    objects = case.service.objects
    if not objects:
        return (Need(lacks=("service.objects",)),)
    rows: list[Reason] = []
    lacks: list[str] = []
    for index, served in enumerate(objects):
        if served.activities is None:
            lacks.append(f"service.objects.{served.id}.activities")
        rows.extend(
            case.fact("service", "objects", index, "activities", place, "per_year")
            for place in range(len(served.activities or ()))
        )
    need = _of(rows)
    looked = any(served.activities is not None for served in objects)
    return (Need(inputs=need.inputs, lacks=(*lacks, *need.lacks), looked=looked),)


def _service_standard(case: Case) -> tuple[Need, ...]:
    if not case.service.objects:
        return (Need(lacks=("service.objects",)),)
    return (_there(case, "service.objects", "promised", "delivered"),)


def _composition(case: Case) -> tuple[Need, ...]:
    if case.playbook.value is None:
        return (Need(lacks=("value",)),)
    if is_score_mode(case):
        rows = [case.fact("value", "values", name, "score", unit="of 10") for name in VALUES]
        rows += [case.fact("value", "costs", name, "score", unit="of 10") for name in COSTS]
    else:
        rows = [value_line(case, name) for name in (*VALUES, *COSTS)]
    return (_of(rows), _there(case, "value.alternatives"))


def _value_standard(case: Case, *fields: str) -> Need:
    """What of the standard that both sides agreed has some fields; an empty one lacks."""
    if not case.value.standard:
        return Need(lacks=tuple(f"value.standard.*.{field}" for field in fields))
    return _there(case, "value.standard", *fields)


def _risks(case: Case, *fields: str) -> tuple[Need, ...]:
    return tuple(_there(case, f"risk.{side}", *fields) for side in ("customer", "own"))


def _calculation(case: Case) -> tuple[Need, ...]:
    owed = (_of(credit_inputs(case)),) if case.status == "customer" else ()
    return (*_risks(case, "probability", "loss"), *owed)


def _references(case: Case) -> tuple[Need, ...]:
    risks = case.risk.customer
    if risks is None:
        return (Need(lacks=("risk.customer.*.reference",)),)
    if not risks:
        return (Need(looked=True),)
    usable = [
        case.fact("risk", "customer", index, "reference")
        for index, risk in enumerate(risks)
        if usable_reference(case, risk.reference)
    ]
    lacks = [
        phrase("a usable reference for “{risk}”", risk=risk_called(case, risk))
        for risk in risks
        if not usable_reference(case, risk.reference)
    ]
    return (Need(inputs=tuple(usable), lacks=tuple(lacks)),)


PART_NEEDS: dict[str, Callable[[Case], tuple[Need, ...]]] = {
    "R1": _selection,
    "R2": _service_act,
    "R3": _communication,
    "R4": _upgrading,
    "S1": _objects,
    "S2": _degree,
    "S3": _service_cost,
    "S4": _service_standard,
    "V1": _composition,
    "V2": lambda case: (_value_standard(case, *MEASURABLE),),
    "V3": lambda case: (_there(case, "value.negotiation.issues"),),
    "V4": lambda case: (
        _value_standard(case, "actual"),
        _there(case, "value.return.recognition"),
    ),
    "K1": _risks,
    "K2": lambda case: _risks(case, "measure", "owner", "due"),
    "K3": _calculation,
    "K4": _references,
}


def asked_by(part: str, case: Case) -> tuple[str, ...]:
    """What a part asks for that a plan does not have, as paths and in words."""
    return tuple(lack for need in PART_NEEDS[part](case) for lack in need.lacks)


EMPTY, BEGUN, EVIDENCED, AGREED, REVIEWED = 0.0, 0.25, 0.5, 0.75, 1.0
STEP = 0.25
SHOWN = 3  # how many lacks a note names
QUADRANTS = ("R", "S", "V", "K")
NOTHING_YET = phrase("nothing yet")
NOT_AGREED = phrase("evidenced; not agreed with the customer")


@figure(
    "rsvr.completeness",
    title="Plan maturity",
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
    values = {part: reason.value for part, reason in zip(PARTS, reasons, strict=True)}
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
            reasons=tuple(reason for reason in reasons if reason.value == lowest),
        ),
        figure_of(values, reasons),
    )


def _read(case: Case, part: str) -> Reason:
    """How far one part is, and what its next step asks for."""
    needs = PART_NEEDS[part](case)
    inputs = [part for need in needs for part in need.inputs]
    lacks = asked_by(part, case)
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
    days = (case.fact("rsvr", part, field) for field in ("agreed_on", "with", "reviewed_on"))
    return tuple(fact for fact in days if fact.value is not None)


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
    days = [part.as_of for need in needs for part in need.inputs]
    days.extend(
        part.value
        for need in needs
        for part in need.inputs
        if isinstance(part.value, datetime.date)
    )
    if state:
        days.extend((state.agreed_on, state.reviewed_on))
    past = [day for day in days if day is not None and day <= case.today]
    return max(past, default=None)
