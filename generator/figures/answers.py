"""How soon we answer what comes from customers, rivals and changes around us (method item B6)."""

from __future__ import annotations

import datetime
import statistics

from generator.figures.case import Case
from generator.figures.definition import Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    figure_of,
    missing_among,
    null,
)
from generator.language import phrase
from generator.model.market import Signal

IN_TIME = phrase("still in time, left out")


def _signals(case: Case) -> list[tuple[int, Signal]]:
    """What has come up to today, with its place in the list."""
    around = case.playbook.environment
    return [
        (index, one)
        for index, one in enumerate((around.signals if around else None) or ())
        if one.noticed is None or one.noticed <= case.today
    ]


def _answered_on(case: Case, index: int, signal: Signal) -> Reason | None:
    """The day of the answer, or None: not answered yet, whatever is planned."""
    if signal.answered is None or signal.answered > case.today:
        return None
    return case.fact("environment", "signals", index, "answered")


@figure(
    "environment.answered",
    title="Answered in time",
    formula="answered within the days of its kind / all but those still in time",
    item="B6",
    under="environment.balance",
    needs=("environment.signals",),
)
def answered(case: Case) -> Figure:
    """How much of what called for an answer got one in time."""
    reasons: list[Reason] = []
    in_time: list[bool] = []
    for index, signal in _signals(case):
        kind = case.fact("environment", "signals", index, "kind")
        noticed = case.fact("environment", "signals", index, "noticed")
        answer = _answered_on(case, index, signal)
        if kind.value is None or noticed.value is None:
            reasons.extend((kind, noticed))
            continue
        limit = case.setting("scoring", "environment", "answer_days", kind.value, unit="days")
        end: datetime.date = answer.value if answer else case.today
        days = (end - noticed.value).days
        soon = days <= limit.value
        if answer is None:
            told = IN_TIME if soon else phrase("not answered in {days} days", days=days)
        else:
            told = phrase("answered in {days} days", days=days)
        note = phrase("{signal}: {how}", signal=signal.what, how=told)
        reasons.append(kind.with_(threshold=limit.value, setting=limit.setting, note=note))
        reasons.append(noticed)
        if answer is not None:
            reasons.append(answer)
        if answer is not None or not soon:
            in_time.append(soon)
    if missing := missing_among(reasons):
        return null(missing, reasons=reasons)
    if not in_time:
        return null(reasons=reasons, note=NOTHING_TO_DIVIDE)
    return figure_of(sum(in_time) / len(in_time), reasons)


@figure(
    "environment.answer_days",
    title="Days to answer",
    formula="middle of the days from notice to answer",
    unit="days",
    item="B6",
    under="environment.balance",
    rank=Rank.REFERENCE,
    needs=("environment.signals",),
)
def answer_days(case: Case) -> Figure:
    """How long we take to answer what comes."""
    reasons: list[Reason] = []
    days: list[int] = []
    for index, signal in _signals(case):
        answer = _answered_on(case, index, signal)
        if answer is None:
            continue
        noticed = case.fact("environment", "signals", index, "noticed")
        reasons.extend((noticed, answer))
        if noticed.value is not None:
            days.append((answer.value - noticed.value).days)
    if missing := missing_among(reasons):
        return null(missing, reasons=reasons)
    if not days:
        return null(reasons=reasons, note=NOTHING_TO_DIVIDE)
    return figure_of(float(statistics.median(days)), reasons)
