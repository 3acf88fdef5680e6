"""The rhythm of work: by day, month and year forward and backward, and its loop (E1, B12, B13)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.definition import Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    figure_of,
    mean_confidence,
    null,
)
from generator.figures.limits import reaches
from generator.figures.plan_quality import looked, no_share, nothing_listed, share_of
from generator.figures.revenue import is_full
from generator.language import phrase, phrases
from generator.model.plan import Action

FORWARD = {"day": "day_arrange", "month": "month_plan", "year": "year_strategy"}
BACKWARD = ("day_review", "month_record", "year_history")
RECORDED_MONTHS = 3
DAILY = "day"
MONTHS_A_YEAR = 12
PHASES = ("plan", "do", "check", "act")
CLOSING = ("check", "act")
OPEN, CLOSED = phrase("open{loop}", loop=""), phrase("closed{loop}", loop="")
NEVER_PUT_OFF = phrase("never put off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One of the six cells, or what it takes to know it; neither when nothing is due."""

    reason: Reason | None = None
    missing: tuple[str, ...] = ()


@figure(
    "plan.cadence",
    title="Rhythm",
    formula=(
        "by cell: done by its day / due, in daily, monthly, yearly actions; daily ones with a"
        " lesson / done; of the last 3 full months, those with a talk or a done action / 3; last"
        " year's outcome or revenue written down: 1"
    ),
    by_name=True,
    item="E1",
    section="plan",
    labels="rhythm",
)
def cadence(case: Case) -> Figure:
    """Whether we arrange days, plan months and set years, and look back on each."""
    cells = [
        *(_forward(case, rhythm) for rhythm in FORWARD),
        _day_review(case),
        _month_record(case),
        _year_history(case),
    ]
    reasons = [cell.reason for cell in cells if cell.reason is not None]
    missing = tuple(dict.fromkeys(name for cell in cells for name in cell.missing))
    if not reasons:
        note = None if missing else NOTHING_TO_DIVIDE
        return null(missing, note=note)
    return figure_of({one.name: one.value for one in reasons}, reasons, missing=missing)


def _cell(name: str, kept: int, of: int, inputs: Sequence[Reason], note: str) -> Reason:
    return Reason(
        name=name,
        value=kept / of,
        unit="share",
        confidence=mean_confidence(inputs),
        note=note,
        inputs=tuple(inputs),
    )


def done_by_today(case: Case, action: Action) -> bool:
    """Whether an action has been done; a day to come has not come."""
    return action.done_on is not None and action.done_on <= case.today


def _forward(case: Case, rhythm: str) -> Cell:
    """Actions of a rhythm done by their day over those due; one due today may still be done."""
    if case.playbook.actions is None:
        return Cell(missing=("actions",))
    inputs: list[Reason] = []
    missing: list[str] = []
    due = kept = 0
    for index, one in enumerate(case.playbook.actions):
        if one.cadence != rhythm:
            continue
        day = case.fact("actions", index, "due")
        if one.due is None:
            missing.append(day.name)
            continue
        done = done_by_today(case, one)
        if one.due > case.today or (one.due == case.today and not done):
            continue
        due += 1
        kept += one.done_on is not None and one.done_on <= one.due
        inputs.extend((case.fact("actions", index, "cadence"), day))
        if done:
            inputs.append(case.fact("actions", index, "done_on"))
    if not due:
        return Cell(missing=tuple(missing))
    told = phrase("{count} of {due} done by their day", count=kept, due=due)
    return Cell(reason=_cell(FORWARD[rhythm], kept, due, inputs, told), missing=tuple(missing))


def _day_review(case: Case) -> Cell:
    """Done daily actions with a lesson over all done daily actions."""
    if case.playbook.actions is None:
        return Cell(missing=("actions",))
    inputs: list[Reason] = []
    done = learnt = 0
    for index, one in enumerate(case.playbook.actions):
        if one.cadence != DAILY or not done_by_today(case, one):
            continue
        done += 1
        inputs.append(case.fact("actions", index, "done_on"))
        if one.lesson is not None:
            learnt += 1
            inputs.append(case.fact("actions", index, "lesson"))
    if not done:
        return Cell()
    told = phrase("{count} of {done} with a lesson", count=learnt, done=done)
    return Cell(reason=_cell("day_review", learnt, done, inputs, told))


def _month_record(case: Case) -> Cell:
    """Of the last three full months, those with a talk or a done action written down.

    A talk with someone who has left since was written down all the same.
    """
    months = _last_months(case.today, RECORDED_MONTHS)
    talks = case.relationship.interactions
    actions = case.playbook.actions
    records = [
        *(
            (one.date, ("relationship", "interactions", i, "date"))
            for i, one in enumerate(talks or ())
        ),
        *((one.done_on, ("actions", i, "done_on")) for i, one in enumerate(actions or ())),
    ]
    newest: dict[tuple[int, int], tuple[datetime.date, tuple[str | int, ...]]] = {}
    for day, path in records:
        month = (day.year, day.month) if day is not None else None
        if day is not None and month in months and (month not in newest or day > newest[month][0]):
            newest[month] = (day, path)
    absent = (("relationship.interactions", talks), ("actions", actions))
    missing = tuple(name for name, one in absent if one is None)
    if len(newest) < len(months) and missing:
        return Cell(missing=missing)
    inputs = [case.fact(*newest[month][1]) for month in months if month in newest]
    silent = [f"{year}-{month:02}" for year, month in months if (year, month) not in newest]
    note = phrase("{count} of {months} months written down", count=len(newest), months=len(months))
    if silent:
        gap = phrase("nothing in {months}", months=phrases(silent, ", "))
        note = phrases((note, gap), "; ")
    inputs = inputs or [looked(case, "actions")]
    return Cell(reason=_cell("month_record", len(newest), len(months), inputs, note))


def _last_months(today: datetime.date, count: int) -> list[tuple[int, int]]:
    """Year and month of the last full months, the newest first."""
    now = today.year * MONTHS_A_YEAR + today.month - 1
    return [
        ((now - back) // MONTHS_A_YEAR, (now - back) % MONTHS_A_YEAR + 1)
        for back in range(1, count + 1)
    ]


def _year_history(case: Case) -> Cell:
    """1 when an outcome or the revenue of the last full year is written down, else 0."""
    year = case.today.year - 1
    outcomes = case.playbook.outcomes
    revenue = case.economics.revenue
    found = [
        *(
            case.fact("outcomes", index, "date")
            for index, one in enumerate(outcomes or ())
            if one.date.year == year
        ),
        *(
            case.fact("economics", "revenue", index, "amount", unit=case.money)
            for index, one in enumerate(revenue or ())
            if one.year == year and is_full(one) and one.amount is not None
        ),
    ]
    absent = (("outcomes", outcomes), ("economics.revenue", revenue))
    missing = tuple(name for name, one in absent if one is None)
    if not found and missing:
        return Cell(missing=missing)
    if found:
        return Cell(
            reason=_cell("year_history", 1, 1, found, phrase("{year} is written down", year=year))
        )
    note = phrase("no outcome and no revenue of {year}", year=year)
    return Cell(reason=_cell("year_history", 0, 1, [looked(case, "outcomes")], note))


@figure(
    "plan.drift",
    title="Put off again and again",
    formula="actions put off as often as the limit or more / all",
    item="E1",
    under="plan.cadence",
    needs=("actions",),
)
def drift(case: Case) -> Figure:
    """How many actions keep being put off.

    An action that says nothing was not put off: nobody writes down that he kept his day.
    """
    actions = _actions(case)
    if not actions:
        return no_share(case, "actions")
    limit = case.setting("scoring", "plan", "moved_from", unit="times")
    rows = [
        case.fact("actions", index, "moved", unit="times")
        if action.moved is not None
        else case.given(("actions", index), 0.0, unit="times", note=NEVER_PUT_OFF)
        for index, action in enumerate(actions)
    ]
    return computed(
        lambda *moved: sum(reaches(one, limit.value) for one in moved) / len(moved),
        [one.against(limit) for one in rows],
    )


@figure(
    "plan.closed_loop",
    title="Loops closed",
    formula="actions in check or act, or done with a lesson / all",
    item="B12",
    under="plan.cadence",
    needs=("actions",),
)
def closed_loop(case: Case) -> Figure:
    """How many actions are checked and acted upon, or taught us something."""
    actions = _actions(case)
    if not actions:
        return no_share(case, "actions")
    reasons = []
    closed = 0
    for index, one in enumerate(actions):
        is_closed = one.phase in CLOSING or (done_by_today(case, one) and one.lesson is not None)
        closed += is_closed
        told = [case.fact("actions", index, field) for field in ("phase", "done_on", "lesson")]
        reasons.append(
            case.given(("actions", index), CLOSED if is_closed else OPEN).with_(
                inputs=tuple(field for field in told if field.value is not None)
            )
        )
    return share_of(closed, len(actions), reasons)


@figure(
    "plan.phases",
    title="Actions by phase",
    formula="by phase: actions that stand there",
    unit="actions",
    by_name=True,
    item="B12 B13",
    under="plan.cadence",
    rank=Rank.REFERENCE,
    labels="phases",
    needs=("actions",),
)
def phases(case: Case) -> Figure:
    """Where the work stands: plan, do, check, act."""
    actions = _actions(case)
    if not actions:
        return nothing_listed(case, "actions")
    found = [case.fact("actions", index, "phase") for index in range(len(actions))]
    if all(one.value is None for one in found):
        return null(("actions.phase",))
    reasons = []
    for phase in PHASES:
        inputs = tuple(one for one in found if one.value == phase)
        sure = mean_confidence(inputs) if inputs else None
        reasons.append(Reason(phase, len(inputs), unit="actions", confidence=sure, inputs=inputs))
    return Figure(
        value={one.name: one.value for one in reasons},
        confidence=mean_confidence([one for one in found if one.value is not None]),
        reasons=tuple(reasons),
        missing=tuple(one.name for one in found if one.value is None),
    )


@figure(
    "plan.control_lag",
    title="Since the plan was checked",
    formula="today - newest of review, part's review, decision",
    unit="days",
    item="B13",
    section="plan",
    rank=Rank.REFERENCE,
)
def control_lag(case: Case) -> Figure:
    """How long nobody has looked at the plan."""
    paths: list[tuple[str | int, ...]] = [
        ("account", "reviewed"),
        *(("rsvr", part, "reviewed_on") for part in case.playbook.rsvr or {}),
        *(("decisions", index, "date") for index in range(len(case.playbook.decisions or ()))),
    ]
    found = [case.fact(*path) for path in paths]
    past = [one for one in found if one.value is not None and one.value <= case.today]
    if not past:
        return null(("account.reviewed",))
    newest = max(past, key=lambda one: one.value)
    return computed(
        lambda day: (case.today - day).days,
        (newest,),
        more=[one for one in past if one is not newest],
    )


def _actions(case: Case) -> tuple[Action, ...]:
    return case.playbook.actions or ()
