"""How soon we answer what comes from customers, rivals and changes around us (method item B6)."""

from __future__ import annotations

import datetime
import statistics

from generator.enrich.case import Case
from generator.enrich.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    mean_confidence,
    missing_among,
    null,
)
from generator.language import phrase
from generator.model.market import Signal

IN_TIME = phrase("still in time, left out")


def answer_figures(case: Case) -> tuple[Figure, ...]:
    """Share of signals answered in time; median days of those answered."""
    around = case.playbook.environment
    signals = around.signals if around else None
    if signals is None:
        missing = ("environment.signals",)
        return (
            null("environment.answered", missing=missing, unit="share"),
            null("environment.answer_days", missing=missing, unit="days"),
        )
    heard = [
        (index, one)
        for index, one in enumerate(signals)
        if one.noticed is None or one.noticed <= case.today
    ]
    return _answered(case, heard), _answer_days(case, heard)


def _answered_on(case: Case, index: int, signal: Signal) -> Reason | None:
    """The day of the answer, or None: not answered yet, whatever is planned."""
    if signal.answered is None or signal.answered > case.today:
        return None
    return case.fact("environment", "signals", index, "answered")


def _answered(case: Case, heard: list[tuple[int, Signal]]) -> Figure:
    """Answered within the days of their kind over all but those still in time."""
    key = "environment.answered"
    reasons: list[Reason] = []
    in_time: list[bool] = []
    for index, signal in heard:
        kind = case.fact("environment", "signals", index, "kind")
        noticed = case.fact("environment", "signals", index, "noticed")
        answered = _answered_on(case, index, signal)
        if kind.value is None or noticed.value is None:
            reasons.extend((kind, noticed))
            continue
        limit = case.setting("scoring", "environment", "answer_days", kind.value, unit="days")
        end: datetime.date = answered.value if answered else case.today
        days = (end - noticed.value).days
        soon = days <= limit.value
        if answered is None:
            told = IN_TIME if soon else phrase("not answered in {days} days", days=days)
        else:
            told = phrase("answered in {days} days", days=days)
        note = phrase("{signal}: {how}", signal=signal.what, how=told)
        reasons.append(kind.with_(threshold=limit.value, setting=limit.setting, note=note))
        reasons.append(noticed)
        if answered is not None:
            reasons.append(answered)
        if answered is not None or not soon:
            in_time.append(soon)
    if missing := missing_among(reasons):
        return null(key, missing=missing, reasons=reasons, unit="share")
    if not in_time:
        return null(key, reasons=reasons, unit="share", note=NOTHING_TO_DIVIDE)
    return Figure(
        key=key,
        value=sum(in_time) / len(in_time),
        unit="share",
        confidence=mean_confidence(reasons),
        reasons=tuple(reasons),
    )


def _answer_days(case: Case, heard: list[tuple[int, Signal]]) -> Figure:
    """The middle of the days from notice to answer; what is not answered has none."""
    key = "environment.answer_days"
    reasons: list[Reason] = []
    days: list[int] = []
    for index, signal in heard:
        answered = _answered_on(case, index, signal)
        if answered is None:
            continue
        noticed = case.fact("environment", "signals", index, "noticed")
        reasons.extend((noticed, answered))
        if noticed.value is not None:
            days.append((answered.value - noticed.value).days)
    if missing := missing_among(reasons):
        return null(key, missing=missing, reasons=reasons, unit="days")
    if not days:
        return null(key, reasons=reasons, unit="days", note=NOTHING_TO_DIVIDE)
    return Figure(
        key=key,
        value=float(statistics.median(days)),
        unit="days",
        confidence=mean_confidence(reasons),
        reasons=tuple(reasons),
    )
