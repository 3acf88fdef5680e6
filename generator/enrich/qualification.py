"""Ten questions before money is spent on an account (method item A3)."""

from __future__ import annotations

from generator.enrich.case import Case
from generator.enrich.figure import (
    Figure,
    Reason,
    ReasonKind,
    computed,
    mean_confidence,
    null,
)
from generator.enrich.formulas import qualification_verdict
from generator.language import phrase, phrases
from generator.model.account import QUESTIONS, Answer

MAX_POINTS = 2


def qualification_figures(case: Case) -> tuple[Figure, ...]:
    """Score 0 to 100, knock-outs, open knock-out questions, verdict."""
    section = case.playbook.qualification
    if section is None:
        keys = ("score", "knock_outs", "open", "verdict")
        return tuple(null(f"qualification.{key}", missing=("qualification",)) for key in keys)
    answers: dict[str, Answer | None] = {name: getattr(section, name) for name in QUESTIONS}
    score = _score(case, answers)
    knock_outs, still_open = _knock_outs(case, answers)
    case.add(score, knock_outs, still_open)
    return score, knock_outs, still_open, _verdict(case)


def _score(case: Case, answers: dict[str, Answer | None]) -> Figure:
    """Sum of ten scores over 20, times 100; an old answer counts one point less, not below 0."""
    reasons = []
    points = 0
    for name, answer in answers.items():
        if answer is None or answer.score is None:
            continue
        reason = _answer(case, name, answer)
        counted = answer.score
        if reason.as_of is not None and (case.today - reason.as_of).days > case.answer_days():
            counted = max(0, counted - 1)
            reason = reason.with_(
                note=phrase(
                    "older than {days} days: counts one point less", days=case.answer_days()
                ),
                setting=case.settings.where("scoring", "qualification", _age_setting(case)),
                kind=ReasonKind.ANSWER_FADED,
            )
        points += counted
        reasons.append(reason)
    unanswered = [name for name in answers if answers[name] is None or answers[name].score is None]  # type: ignore[union-attr]
    return Figure(
        key="qualification.score",
        value=100 * points / (MAX_POINTS * len(QUESTIONS)),
        unit="of 100",
        confidence=mean_confidence(reasons),
        reasons=tuple(reasons),
        note=phrase("counts 0: {questions}", questions=phrases(map(phrase, unanswered), ", "))
        if unanswered
        else None,
    )


def _answer(case: Case, name: str, answer: Answer) -> Reason:
    return case.given(
        ("qualification", name, "score"),
        answer.score,
        grade=answer.grade,
        as_of=answer.as_of,
        unit="of 2",
        name=f"qualification.{name}",
    )


def _age_setting(case: Case) -> str:
    return "answer_days_customer" if case.status == "customer" else "answer_days"


def _knock_outs(case: Case, answers: dict[str, Answer | None]) -> tuple[Figure, Figure]:
    asked = case.settings.scoring.qualification.knock_outs
    where = case.settings.where("scoring", "qualification", "knock_outs")
    out, still_open, reasons = [], [], []
    for name in asked:
        answer = answers[name]
        if answer is None or answer.score is None:
            still_open.append(name)
            continue
        reasons.append(_answer(case, name, answer).with_(threshold=0, setting=where))
        if answer.score == 0:
            out.append(name)
    sure = mean_confidence(reasons)
    return (
        Figure(
            key="qualification.knock_outs",
            value=tuple(out),
            confidence=sure,
            reasons=tuple(reasons),
        ),
        Figure(
            key="qualification.open",
            value=tuple(still_open),
            confidence=sure,
            reasons=tuple(reasons),
        ),
    )


def _verdict(case: Case) -> Figure:
    """not_qualified with a knock-out; else by score; at most find_out while a knock-out is open."""
    scoring = case.settings.scoring.qualification
    score = case.figure("qualification.score").with_(
        threshold=scoring.pursue_from,
        setting=case.settings.where("scoring", "qualification", "pursue_from"),
    )

    def verdict(points: float, out: tuple[str, ...], still_open: tuple[str, ...]) -> str:
        limits = scoring.find_out_from, scoring.pursue_from
        return qualification_verdict(points, out, still_open, *limits)

    more = (
        case.setting("scoring", "qualification", "pursue_from"),
        case.setting("scoring", "qualification", "find_out_from"),
    )
    inputs = (score, case.figure("qualification.knock_outs"), case.figure("qualification.open"))
    return computed("qualification.verdict", verdict, inputs, more=more)
