"""How good the plan is: objectives checked and measured, actions tied and ready (B7, E2, E10)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    ReasonKind,
    computed,
    figure_of,
    missing_among,
    null,
)
from generator.figures.limits import exceeds, is_level
from generator.figures.people import who_left
from generator.language import Phrase, phrase, phrases
from generator.model.plan import Action, Objective

CHECKS = {
    "specific": ("statement", "metric"),
    "measurable": ("metric", "unit", "baseline", "target"),
    "agreed": ("confirmed",),
    "relevant": ("parent", "for_whom"),
    "time-bound": ("due",),
}
"""The five checks, with what each asks for."""
ONE_WILL_DO = "relevant"
FIELDS = tuple(dict.fromkeys(field for fields in CHECKS.values() for field in fields))
OUTSIDE = ("theirs", "joint")
SUCCESS = ("will", "confidence", "method", "action")
PASSES = phrase("passes all five")
ON_TIME, AHEAD, BEHIND = phrase("on time"), phrase("ahead"), phrase("behind")
TIED_TO_NOTHING = phrase("tied to nothing")
ALL_LEVEL = phrase("all four level")


def looked(case: Case, path: str) -> Reason:
    """Stands for a list that was looked at and holds nothing."""
    return case.given((path,), 0, note=LOOKED_NONE)


def nothing_listed(case: Case, path: str) -> Figure:
    """By entry nothing, for a list that was looked at and holds nothing."""
    empty = looked(case, path)
    return figure_of({}, (empty,))


def no_share(case: Case, path: str) -> Figure:
    """Null: a share of the entries of a list that was looked at and holds nothing."""
    return null(reasons=(looked(case, path),), note=NOTHING_TO_DIVIDE)


def share_of(counted: int, of: int, reasons: Sequence[Reason], **traits: str) -> Figure:
    """A share of entries with its reasons; `of` is not 0."""
    return figure_of(counted / of, reasons, note=traits.get("note"))


def _objectives(case: Case) -> tuple[Objective, ...]:
    return case.playbook.objectives or ()


def _actions(case: Case) -> tuple[Action, ...]:
    return case.playbook.actions or ()


@figure(
    "plan.smart",
    title="Objectives well put",
    formula=(
        "by objective: statement and metric; metric, unit, baseline, target; confirmed by the"
        " customer; parent or for whom; due"
    ),
    unit="of 5",
    by_name=True,
    item="B7",
    section="plan",
    needs=("objectives",),
)
def smart(case: Case) -> Figure:
    """How many of five checks each objective passes."""
    objectives = _objectives(case)
    if not objectives:
        return nothing_listed(case, "objectives")
    left = who_left(case)
    reasons = tuple(
        _checked(case, index, left.get(one.for_whom or "")) for index, one in enumerate(objectives)
    )
    return figure_of(
        {one.id: found.value for one, found in zip(objectives, reasons, strict=True)}, reasons
    )


def _checked(case: Case, index: int, gone: Reason | None) -> Reason:
    """The checks of one objective; who left the customer gains nothing by it any more."""
    facts = {field: case.fact("objectives", index, field) for field in FIELDS}
    has = {field for field, one in facts.items() if one.value is not None}
    if facts["confirmed"].value is False:
        has.remove("confirmed")
    if gone is not None:
        has.remove("for_whom")
    lacks = []
    for check, fields in CHECKS.items():
        absent = [field for field in fields if field not in has]
        enough = len(absent) < len(fields) if check == ONE_WILL_DO else not absent
        if not enough:
            names = map(phrase, absent)
            listed = phrases(names, " or ") if check == ONE_WILL_DO else phrases(names, ", ")
            lacks.append(phrase("{check} ({fields})", check=phrase(check), fields=listed))
    inputs = [one for one in facts.values() if one.value is not None]
    if gone is not None:
        inputs.append(gone)
    return case.given(
        ("objectives", index),
        len(CHECKS) - len(lacks),
        unit="of 5",
        note=phrase("lacks {what}", what=phrases(lacks, "; ")) if lacks else PASSES,
    ).with_(inputs=tuple(inputs))


@figure(
    "plan.progress",
    title="Progress",
    formula=(
        "by objective: (actual - baseline) / (target - baseline); time: (today - day it was"
        " true) / (due - that day)"
    ),
    by_name=True,
    item="B7",
    under="plan.smart",
    needs=("objectives",),
)
def progress(case: Case) -> Figure:
    """How far each objective is, beside how much of its time is over."""
    objectives = _objectives(case)
    if not objectives:
        return nothing_listed(case, "objectives")
    ways: dict[str, float] = {}
    reasons: list[Reason] = []
    others: list[Reason] = []
    missing: list[str] = []
    level: list[str] = []
    for index, one in enumerate(objectives):
        inputs = [
            case.fact("objectives", index, field, unit=one.unit)
            for field in ("actual", "baseline", "target")
        ]
        if lacks := missing_among(inputs):
            missing.extend(lacks)
            others.extend(known for known in inputs if known.value is not None)
            continue
        actual, baseline, target = (known.value for known in inputs)
        if is_level(target, baseline):
            level.append(one.id)
            others.extend(known.with_(note=NOTHING_TO_DIVIDE) for known in inputs)
            continue
        ways[one.id] = (actual - baseline) / (target - baseline) + 0.0  # of -0 a plain 0
        reasons.append(_way(case, index, ways[one.id], inputs))
    if not ways:
        note = None if missing else NOTHING_TO_DIVIDE
        return null(missing, reasons=others, note=note)
    return figure_of(
        ways,
        reasons,
        more=others,
        missing=tuple(missing),
        note=phrase("target is where it stood: {names}", names=phrases(level, ", "))
        if level
        else None,
    )


def _way(case: Case, index: int, done: float, inputs: Sequence[Reason]) -> Reason:
    """The progress of one objective, with the elapsed share of its time as the threshold.

    Time runs to the due day from the day the entry was true, which is when its baseline stood;
    without one from the last review of the plan, the day its entries were true by default.
    """
    due = case.fact("objectives", index, "due")
    start = case.fact("objectives", index, "as_of")
    if start.value is None:
        start = case.fact("account", "reviewed")
    way = case.given(("objectives", index), done, unit="share")
    known = tuple(one for one in (*inputs, start, due) if one.value is not None)
    if lacks := missing_among((start, due)):
        note = phrase("no telling whether in time without {what}", what=lacks[0])
        return way.with_(note=note, inputs=known)
    elapsed = elapsed_share(start.value, due.value, case.today)
    note, kind = _against(done, elapsed)
    return way.with_(threshold=elapsed, note=note, kind=kind, inputs=known)


def elapsed_share(start: datetime.date, due: datetime.date, today: datetime.date) -> float:
    """The share of the time from a start to a due day that is over, 0 to 1; all from that day."""
    if today >= due:
        return 1.0
    return (today - start).days / (due - start).days if today > start else 0.0


def _against(done: float, elapsed: float) -> tuple[Phrase, ReasonKind | None]:
    """The progress against the time that is over, in a word, and whether it is behind."""
    if is_level(done, elapsed):
        return ON_TIME, None
    return (AHEAD, None) if exceeds(done, elapsed) else (BEHIND, ReasonKind.BEHIND)


@figure(
    "plan.outside",
    title="Objectives of theirs",
    formula="objectives that are theirs or joint / all",
    item="E10",
    under="plan.smart",
    needs=("objectives",),
)
def outside(case: Case) -> Figure:
    """How many objectives are the customer's own, or joint: results are made outside."""
    objectives = _objectives(case)
    if not objectives:
        return no_share(case, "objectives")
    return computed(
        lambda *whose: sum(one in OUTSIDE for one in whose) / len(whose),
        [case.fact("objectives", index, "whose") for index in range(len(objectives))],
    )


@figure(
    "plan.linkage",
    title="Actions with an aim",
    formula="actions with an objective or a risk / all",
    item="B7",
    under="plan.cadence",
    needs=("actions",),
)
def linkage(case: Case) -> Figure:
    """How many actions serve an objective or work against a risk."""
    actions = _actions(case)
    if not actions:
        return no_share(case, "actions")
    reasons: list[Reason] = []
    loose: list[str] = []
    for index, one in enumerate(actions):
        ties = [case.fact("actions", index, field) for field in ("objective", "risk")]
        known = [tie for tie in ties if tie.value is not None]
        if not known:
            loose.append(one.id)
            known = [case.given(("actions", index), one.id, note=TIED_TO_NOTHING)]
        reasons.extend(known)
    names = phrases(loose, ", ")
    told = {"note": phrase("tied to nothing: {names}", names=names)} if loose else {}
    return share_of(len(actions) - len(loose), len(actions), reasons, **told)


@figure(
    "plan.readiness",
    title="Ready for it",
    formula=(
        "by action: fourth root of will x confidence x method x action; the lowest is the"
        " bottleneck"
    ),
    unit="0 to 1",
    gives=Gives.NUMBER,
    by_name=True,
    item="E2",
    section="plan",
    needs=("actions",),
)
def readiness(case: Case) -> Figure:
    """How ready we are for each action, and what holds it back.

    Actions nobody has judged are left out; the lowest of the four is the bottleneck (E2).
    """
    actions = _actions(case)
    if not actions:
        return nothing_listed(case, "actions")
    ready: dict[str, float] = {}
    reasons: list[Reason] = []
    others: list[Reason] = []
    missing: list[str] = []
    for index, one in enumerate(actions):
        if one.readiness is None:
            continue
        inputs = [case.fact("actions", index, "readiness", field) for field in SUCCESS]
        if lacks := missing_among(inputs):
            missing.extend(lacks)
            others.extend(known for known in inputs if known.value is not None)
            continue
        four = [known.value for known in inputs]
        product = math.prod(four)
        ready[one.id] = product ** (1 / len(four))
        lowest = [name for name, value in zip(SUCCESS, four, strict=True) if value == min(four)]
        is_level_ = len(lowest) == len(four)
        bottleneck = ALL_LEVEL if is_level_ else phrases(map(phrase, lowest), ", ")
        reasons.append(
            case.given(
                ("actions", index),
                ready[one.id],
                note=phrase(
                    "bottleneck: {what}; product {product}",
                    what=bottleneck,
                    product=f"{product:.3f}",
                ),
            ).with_(inputs=tuple(inputs))
        )
    if not ready:
        return null(missing or ("actions.readiness",), reasons=others)
    return figure_of(ready, reasons, more=others, missing=tuple(missing))
