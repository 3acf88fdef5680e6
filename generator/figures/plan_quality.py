"""How good the plan is: objectives, actions, rhythm, what is known and done (B7, B12, B13, E)."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.figures.called import action_called
from generator.figures.case import Case
from generator.figures.contacts import who_left
from generator.figures.definition import Gives, Rank, figure
from generator.figures.economics import is_full
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    ReasonKind,
    computed,
    exceeds,
    figure_of,
    is_level,
    mean_confidence,
    missing_among,
    null,
    reaches,
)
from generator.form.plans import Action, Objective
from generator.language import Phrase, phrase, phrases

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
MISSED, WITHIN = phrase("missed"), phrase("within its limit")
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
    entries=("objectives",),
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
        _checked(case, index, left.get(objective.for_whom or ""))
        for index, objective in enumerate(objectives)
    )
    return figure_of(
        {objective.id: reason.value for objective, reason in zip(objectives, reasons, strict=True)},
        reasons,
    )


def _checked(case: Case, index: int, gone: Reason | None) -> Reason:
    """The checks of one objective; who left the customer gains nothing by it any more."""
    facts = {field: case.fact("objectives", index, field) for field in FIELDS}
    has = {field for field, fact in facts.items() if fact.value is not None}
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
    inputs = [fact for fact in facts.values() if fact.value is not None]
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
        "by objective: (actual - baseline) / (target - baseline), of a total actual / target;"
        " time: (day of the actual - start) / (due - start);"
        " from 0 to 1: done or not by its due day"
    ),
    by_name=True,
    entries=("objectives",),
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
    unclear: list[str] = []
    for index, objective in enumerate(objectives):
        is_total = objective.kind == "total"
        fields = ("actual", "target") if is_total else ("actual", "baseline", "target")
        inputs = [case.fact("objectives", index, field, unit=objective.unit) for field in fields]
        if not is_milestone(objective):
            inputs.append(case.fact("objectives", index, "start"))
        if lacks := missing_among(inputs):
            missing.extend(lacks)
            others.extend(known for known in inputs if known.value is not None)
            continue
        done = _done(objective)
        if done is None:
            unclear.append(objective.id)
            others.extend(known.with_(note=NOTHING_TO_DIVIDE) for known in inputs)
            continue
        ways[objective.id] = done
        reasons.append(_way(case, index, objective, done, inputs))
    settings = [case.setting("scoring", "plan", name) for name in ("behind_by", "measured_days")]
    if not ways:
        note = None if missing else NOTHING_TO_DIVIDE
        return null(missing, reasons=others, note=note)
    return figure_of(
        ways,
        reasons,
        more=(*others, *settings),
        missing=tuple(missing),
        note=phrase("no way to divide: {names}", names=phrases(unclear, ", ")) if unclear else None,
    )


def is_milestone(objective: Objective) -> bool:
    """Whether an objective is done or not, such as a signature: from 0 to 1, and nothing between.

    A level that may stand between says `kind: level`.
    """
    first, last, now = objective.baseline, objective.target, objective.actual
    return objective.kind is None and first == 0 and last == 1 and now in {0, 1}


def _done(objective: Objective) -> float | None:
    """How far an objective is, 1 at its target; None where nothing divides. All is known."""
    actual, target = objective.actual, objective.target
    if actual is None or target is None:
        return None
    if objective.kind == "total":
        return None if is_level(target, 0) else actual / target + 0.0  # of -0 a plain 0
    baseline = objective.baseline or 0.0
    if is_level(target, baseline):
        # a level to be held, which is reached as long as it holds
        is_held = reaches(actual, target)
        return float(is_held) if objective.kind != "limit" else None
    return (actual - baseline) / (target - baseline) + 0.0


def _way(
    case: Case, index: int, objective: Objective, done: float, inputs: Sequence[Reason]
) -> Reason:
    """The progress of one objective, with the elapsed share of its time as the threshold.

    Time runs from its start to its due day, up to the day of the actual value; where that is old,
    up to today.
    """
    due, start = case.fact("objectives", index, "due"), objective.start
    way = case.given(("objectives", index), done, unit="share")
    measured = case.fact("objectives", index, "as_of")
    if measured.value is None:
        measured = case.fact("account", "reviewed")
    known = tuple(fact for fact in (*inputs, measured, due) if fact.value is not None)
    if is_milestone(objective):
        how = _milestone(case, objective)
        return way.with_(note=_IN_WORDS[how], kind=how, inputs=known)
    if start is None or due.value is None:
        note = phrase("no telling whether in time without {what}", what=due.name)
        return way.with_(note=note, inputs=known)
    scoring = case.settings.scoring.plan
    day = measured.value or case.today
    is_old = (case.today - day).days > scoring.measured_days
    elapsed = elapsed_share(start, due.value, case.today if is_old else day)
    kind = _lateness(case, objective, done, elapsed)
    said = _IN_WORDS.get(kind) if kind else None
    note = said or (ON_TIME if not exceeds(done, elapsed) else AHEAD)
    if objective.kind == "limit" and kind is None:
        note = WITHIN
    if is_old:
        note = phrases((note, phrase("not measured since {day}", day=day)), "; ")
    return way.with_(threshold=elapsed, note=note, kind=kind, inputs=known)


_IN_WORDS: Mapping[ReasonKind, Phrase] = {
    ReasonKind.BEHIND: BEHIND,
    ReasonKind.MISSED: MISSED,
    ReasonKind.NOT_DONE: phrase("not done in time"),
    ReasonKind.OPEN: phrase("open"),
    ReasonKind.DONE: phrase("achieved"),
}


def _milestone(case: Case, objective: Objective) -> ReasonKind:
    """Of what is done or not only its day tells whether it is late."""
    if objective.actual == 1:
        return ReasonKind.DONE
    is_over = objective.due is not None and objective.due < case.today
    return ReasonKind.NOT_DONE if is_over else ReasonKind.OPEN


def _lateness(case: Case, objective: Objective, done: float, elapsed: float) -> ReasonKind | None:
    """Whether an objective is behind its time, or missed; None while it is on its way."""
    if objective.kind == "limit":
        if exceeds(done, 1):
            return ReasonKind.MISSED
        return ReasonKind.BEHIND if exceeds(done, elapsed) else None
    if objective.due is not None and objective.due < case.today and not reaches(done, 1):
        return ReasonKind.MISSED
    enough = elapsed - case.settings.scoring.plan.behind_by
    return None if reaches(done, enough) else ReasonKind.BEHIND


def elapsed_share(start: datetime.date, due: datetime.date, today: datetime.date) -> float:
    """The share of the time from a start to a due day that is over, 0 to 1; all from that day."""
    if today >= due:
        return 1.0
    return (today - start).days / (due - start).days if today > start else 0.0


@figure(
    "plan.outside",
    title="Objectives of theirs",
    is_part=True,
    formula="objectives that are theirs or joint / all",
    item="E10",
    under="plan.smart",
    rank=Rank.REFERENCE,
    needs=("objectives",),
)
def outside(case: Case) -> Figure:
    """How many objectives are the customer's own, or joint: results are made outside."""
    objectives = _objectives(case)
    if not objectives:
        return no_share(case, "objectives")
    return computed(
        lambda *whose: sum(side in OUTSIDE for side in whose) / len(whose),
        [case.fact("objectives", index, "whose") for index in range(len(objectives))],
    )


@figure(
    "plan.linkage",
    title="Actions with an aim",
    is_part=True,
    formula="actions with an objective or a risk / all",
    item="B7",
    under="plan.cadence",
    rank=Rank.REFERENCE,
    needs=("actions",),
)
def linkage(case: Case) -> Figure:
    """How many actions serve an objective or work against a risk."""
    actions = _actions(case)
    if not actions:
        return no_share(case, "actions")
    reasons: list[Reason] = []
    loose: list[str] = []
    for index, action in enumerate(actions):
        ties = [case.fact("actions", index, field) for field in ("objective", "risk")]
        known = [tie for tie in ties if tie.value is not None]
        if not known:
            loose.append(action_called(case, action))
            known = [case.given(("actions", index), action.id, note=TIED_TO_NOTHING)]
        reasons.extend(known)
    names = phrases(loose, ", ")
    note = {"note": phrase("tied to nothing: {names}", names=names)} if loose else {}
    return share_of(len(actions) - len(loose), len(actions), reasons, **note)


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
    entries=("actions",),
    item="E2",
    section="plan",
    rank=Rank.REFERENCE,
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
    for index, action in enumerate(actions):
        if action.readiness is None:
            continue
        inputs = [case.fact("actions", index, "readiness", field) for field in SUCCESS]
        if lacks := missing_among(inputs):
            missing.extend(lacks)
            others.extend(known for known in inputs if known.value is not None)
            continue
        four = [known.value for known in inputs]
        product = math.prod(four)
        ready[action.id] = product ** (1 / len(four))
        lowest = [name for name, value in zip(SUCCESS, four, strict=True) if value == min(four)]
        is_level_ = len(lowest) == len(four)
        bottleneck = ALL_LEVEL if is_level_ else phrases(map(phrase, lowest), ", ")
        reasons.append(
            case.given(
                ("actions", index),
                ready[action.id],
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
class RhythmCell:
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
    return figure_of({reason.name: reason.value for reason in reasons}, reasons, missing=missing)


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


def _forward(case: Case, rhythm: str) -> RhythmCell:
    """Actions of a rhythm done by their day over those due; one due today may still be done."""
    if case.playbook.actions is None:
        return RhythmCell(missing=("actions",))
    inputs: list[Reason] = []
    missing: list[str] = []
    due = kept = 0
    for index, action in enumerate(case.playbook.actions):
        if action.cadence != rhythm:
            continue
        day = case.fact("actions", index, "due")
        if action.due is None:
            missing.append(day.name)
            continue
        done = done_by_today(case, action)
        if action.due > case.today or (action.due == case.today and not done):
            continue
        due += 1
        kept += action.done_on is not None and action.done_on <= action.due
        inputs.extend((case.fact("actions", index, "cadence"), day))
        if done:
            inputs.append(case.fact("actions", index, "done_on"))
    if not due:
        return RhythmCell(missing=tuple(missing))
    note = phrase("{count} of {due} done by their day", count=kept, due=due)
    return RhythmCell(
        reason=_cell(FORWARD[rhythm], kept, due, inputs, note), missing=tuple(missing)
    )


def _day_review(case: Case) -> RhythmCell:
    """Done daily actions with a lesson over all done daily actions."""
    if case.playbook.actions is None:
        return RhythmCell(missing=("actions",))
    inputs: list[Reason] = []
    done = learnt = 0
    for index, action in enumerate(case.playbook.actions):
        if action.cadence != DAILY or not done_by_today(case, action):
            continue
        done += 1
        inputs.append(case.fact("actions", index, "done_on"))
        if action.lesson is not None:
            learnt += 1
            inputs.append(case.fact("actions", index, "lesson"))
    if not done:
        return RhythmCell()
    note = phrase("{count} of {done} with a lesson", count=learnt, done=done)
    return RhythmCell(reason=_cell("day_review", learnt, done, inputs, note))


def _month_record(case: Case) -> RhythmCell:
    """Of the last three full months, those with a talk or a done action written down.

    A talk with someone who has left since was written down all the same.
    """
    months = _last_months(case.today, RECORDED_MONTHS)
    talks = case.relationship.interactions
    actions = case.playbook.actions
    records = [
        *(
            (talk.date, ("relationship", "interactions", i, "date"))
            for i, talk in enumerate(talks or ())
        ),
        *((action.done_on, ("actions", i, "done_on")) for i, action in enumerate(actions or ())),
    ]
    newest: dict[tuple[int, int], tuple[datetime.date, tuple[str | int, ...]]] = {}
    for day, path in records:
        month = (day.year, day.month) if day is not None else None
        if day is not None and month in months and (month not in newest or day > newest[month][0]):
            newest[month] = (day, path)
    absent = (("relationship.interactions", talks), ("actions", actions))
    missing = tuple(name for name, fact in absent if fact is None)
    if len(newest) < len(months) and missing:
        return RhythmCell(missing=missing)
    inputs = [case.fact(*newest[month][1]) for month in months if month in newest]
    silent = [f"{year}-{month:02}" for year, month in months if (year, month) not in newest]
    note = phrase("{count} of {months} months written down", count=len(newest), months=len(months))
    if silent:
        gap = phrase("nothing in {months}", months=phrases(silent, ", "))
        note = phrases((note, gap), "; ")
    inputs = inputs or [looked(case, "actions")]
    return RhythmCell(reason=_cell("month_record", len(newest), len(months), inputs, note))


def _last_months(today: datetime.date, count: int) -> list[tuple[int, int]]:
    """Year and month of the last full months, the newest first."""
    now = today.year * MONTHS_A_YEAR + today.month - 1
    return [
        ((now - back) // MONTHS_A_YEAR, (now - back) % MONTHS_A_YEAR + 1)
        for back in range(1, count + 1)
    ]


def _year_history(case: Case) -> RhythmCell:
    """1 when an outcome or the revenue of the last full year is written down, else 0."""
    year = case.years.last_full(case.today)
    named = case.years.label(year)
    outcomes = case.playbook.outcomes
    revenue = case.economics.revenue
    history = [
        *(
            case.fact("outcomes", index, "date")
            for index, outcome in enumerate(outcomes or ())
            if case.years.of(outcome.date) == year
        ),
        *(
            case.fact("economics", "revenue", index, "amount")
            for index, year_of_revenue in enumerate(revenue or ())
            if year_of_revenue.year == year
            and is_full(year_of_revenue, case.years)
            and year_of_revenue.amount is not None
        ),
    ]
    absent = (("outcomes", outcomes), ("economics.revenue", revenue))
    missing = tuple(name for name, fact in absent if fact is None)
    if not history and missing:
        return RhythmCell(missing=missing)
    if history:
        return RhythmCell(
            reason=_cell(
                "year_history", 1, 1, history, phrase("{year} is written down", year=named)
            )
        )
    note = phrase("no outcome and no revenue of {year}", year=named)
    return RhythmCell(reason=_cell("year_history", 0, 1, [looked(case, "outcomes")], note))


@figure(
    "plan.drift",
    title="Put off again and again",
    is_part=True,
    formula="actions put off as often as the limit or more / all",
    item="E1",
    under="plan.cadence",
    rank=Rank.REFERENCE,
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
        lambda *moved: sum(reaches(times, limit.value) for times in moved) / len(moved),
        [row.against(limit) for row in rows],
    )


@figure(
    "plan.closed_loop",
    title="Loops closed",
    is_part=True,
    formula="actions in check or act, or done with a lesson / all",
    item="B12",
    under="plan.cadence",
    rank=Rank.REFERENCE,
    needs=("actions",),
)
def closed_loop(case: Case) -> Figure:
    """How many actions are checked and acted upon, or taught us something."""
    actions = _actions(case)
    if not actions:
        return no_share(case, "actions")
    reasons = []
    closed = 0
    for index, action in enumerate(actions):
        is_closed = action.phase in CLOSING or (
            done_by_today(case, action) and action.lesson is not None
        )
        closed += is_closed
        fields = [case.fact("actions", index, field) for field in ("phase", "done_on", "lesson")]
        reasons.append(
            case.given(("actions", index), CLOSED if is_closed else OPEN).with_(
                inputs=tuple(field for field in fields if field.value is not None)
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
    facts = [case.fact("actions", index, "phase") for index in range(len(actions))]
    if all(fact.value is None for fact in facts):
        return null(("actions.phase",))
    reasons = []
    for phase in PHASES:
        inputs = tuple(fact for fact in facts if fact.value == phase)
        sure = mean_confidence(inputs) if inputs else None
        reasons.append(Reason(phase, len(inputs), unit="actions", confidence=sure, inputs=inputs))
    return Figure(
        value={reason.name: reason.value for reason in reasons},
        confidence=mean_confidence([fact for fact in facts if fact.value is not None]),
        reasons=tuple(reasons),
        missing=tuple(fact.name for fact in facts if fact.value is None),
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
    days = [case.fact(*path) for path in paths]
    past = [day for day in days if day.value is not None and day.value <= case.today]
    if not past:
        return null(("account.reviewed",))
    newest = max(past, key=lambda day: day.value)
    return computed(
        lambda day: (case.today - day).days,
        (newest,),
        more=[day for day in past if day is not newest],
    )


KNOWING = ("known", "felt", "noticed", "able", "done")
NOT_KNOWN = phrase("not known")
NO_GAP = "none"
REMEDIES = {
    "known": phrase("a case or a visit lets us feel it"),
    "felt": phrase("a checklist or an alert lets us notice it"),
    "noticed": phrase("training and means make us able"),
    "able": phrase("time and authority get it done"),
}
"""By the step after which most is lost, what helps over it."""


@figure(
    "practice.done",
    title="Known and done",
    is_part=True,
    meaning="How much of what we know to matter gets done.",
    formula="practices felt, noticed, able and done in this order / known",
    item="E4",
    section="plan",
    rank=Rank.REFERENCE,
    needs=("practices",),
)
@figure(
    "practice.gap",
    title="From knowing to doing",
    meaning="Where most of what we know is lost on its way to being done.",
    formula="step with the largest 1 - next step's practices / this step's",
    gives=Gives.WORD,
    item="E4",
    under="practice.done",
    rank=Rank.REFERENCE,
    labels="practice_gaps",
    needs=("practices",),
)
def practice(case: Case) -> Figure | tuple[Figure, Figure]:
    """Of the practices known, the share done; the step after which most are lost (E4)."""
    practices = case.playbook.practices
    if not practices:
        empty = (looked(case, "practices"),)
        return null(reasons=empty, note=NOTHING_TO_DIVIDE)
    rows = [_funnel(case, index) for index in range(len(practices))]
    reasons = [reason for _, reason in rows]
    if lacks := tuple(reason.name for _, reason in rows if reason.value is None):
        known = [part for reason in reasons for part in reason.inputs]
        return null(lacks, reasons=known)
    counts = [sum(reached > step for reached, _ in rows) for step in range(len(KNOWING))]
    if not counts[0]:
        return null(reasons=reasons, note=NOTHING_TO_DIVIDE)
    steps = zip(counts, KNOWING, strict=True)
    told_counts = phrases(
        (phrase("{count} {step}", count=count, step=phrase(word)) for count, word in steps), ", "
    )
    word = _widest(counts)
    remedy = (REMEDIES[word],) if word in REMEDIES else ()
    return (
        share_of(counts[-1], counts[0], reasons, note=told_counts),
        figure_of(word, reasons, note=phrases((told_counts, *remedy), "; ")),
    )


def _funnel(case: Case, index: int) -> tuple[int, Reason]:
    """How many steps one practice went, in order; without a value where the next is not told.

    What stands after a step that was not taken does not count: done without being felt is luck.
    """
    facts = [case.fact("practices", index, word) for word in KNOWING]
    known = tuple(fact for fact in facts if fact.value is not None)
    reached = 0
    for fact in facts:
        if fact.value is None:
            return reached, Reason(fact.name, None, inputs=known)
        if not fact.value:
            break
        reached += 1
    word = phrase(KNOWING[reached - 1]) if reached else NOT_KNOWN
    later = [name for name, step in zip(KNOWING, facts, strict=True) if step.value][reached:]
    note = None
    if later:
        steps = phrases(map(phrase, later), ", ")
        note = phrase("{steps}, though not {step}", steps=steps, step=phrase(KNOWING[reached]))
    return reached, case.given(("practices", index), word, note=note).with_(inputs=known)


def _widest(counts: Sequence[int]) -> str:
    """The step after which the largest share is lost, the first of level ones; none lost: none."""
    leak, widest = NO_GAP, 0.0
    for step, (before, after) in enumerate(itertools.pairwise(counts)):
        if before and exceeds(1 - after / before, widest):
            leak, widest = KNOWING[step], 1 - after / before
    return leak
