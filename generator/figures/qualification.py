"""Ten questions before money is spent on an account (method item A3)."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.economics import NO_PROGRAMME, has_no_programme
from generator.figures.figure import (
    Figure,
    Reason,
    ReasonKind,
    Stand,
    computed,
    figure_of,
    mean_confidence,
    null,
)
from generator.figures.varied import pointwise
from generator.form.account import QUESTIONS, Answer
from generator.language import phrase, phrases

MAX_POINTS = 2


def verdict_of(
    score: float, knock_outs: Sequence[str], still_open: Sequence[str], find_out: float, go: float
) -> str:
    """not_qualified with a knock-out; else by score; at most find_out while one is open (A3)."""
    if knock_outs:
        return "not_qualified"
    if score < find_out:
        return "park"
    return "find_out" if score < go or still_open else "pursue"


@figure(
    "qualification.score",
    title="Qualification score",
    formula="sum of ten scores / 20 x 100; an old answer counts one point less",
    unit="of 100",
    item="A3",
    section="summary",
    needs=("qualification",),
)
def qualification_score(case: Case) -> Figure:
    """How well the account answers ten questions."""
    reasons = []
    points = 0.0
    answers = _answers(case)
    for name, answer in answers.items():
        if answer is None or answer.score is None:
            continue
        reason = _answer(case, name, answer)
        counted = reason.value
        if reason.as_of is not None and (case.today - reason.as_of).days > case.answer_days():
            counted = pointwise(max, 0, counted - 1)
            reason = reason.with_(
                note=phrase(
                    "older than {days} days: counts one point less", days=case.answer_days()
                ),
                setting=case.settings.where("scoring", "qualification", _age_setting(case)),
                kind=ReasonKind.ANSWER_FADED,
            )
        points += counted
        reasons.append(reason)
    unanswered = [
        name for name, answer in answers.items() if answer is None or answer.score is None
    ]
    return figure_of(
        100 * points / (MAX_POINTS * len(QUESTIONS)),
        reasons,
        note=phrase("counts 0: {questions}", questions=phrases(map(phrase, unanswered), ", "))
        if unanswered
        else None,
    )


def _answers(case: Case) -> dict[str, Answer | None]:
    """By question its answer."""
    section = case.playbook.qualification
    return {name: getattr(section, name, None) for name in QUESTIONS}


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


@figure(
    "qualification.verdict",
    title="Qualification",
    formula=(
        "a knock-out: not qualified; else pursue, find out or park by score; at most find out"
        " while a knock-out question is open"
    ),
    gives=Gives.WORD,
    item="A3",
    under="qualification.score",
    labels="qualification",
    needs=("qualification",),
)
def qualification_verdict(case: Case) -> Figure:
    """Whether to spend money on this account."""
    scoring = case.settings.scoring.qualification
    score = case.figure("qualification.score").with_(
        threshold=scoring.pursue_from,
        setting=case.settings.where("scoring", "qualification", "pursue_from"),
    )

    def verdict(points: float, out: tuple[str, ...], still_open: tuple[str, ...]) -> str:
        limits = scoring.find_out_from, scoring.pursue_from
        return verdict_of(points, out, still_open, *limits)

    more = (
        case.setting("scoring", "qualification", "pursue_from"),
        case.setting("scoring", "qualification", "find_out_from"),
    )
    inputs = (score, case.figure("qualification.knock_outs"), case.figure("qualification.open"))
    limits = (scoring.find_out_from, scoring.pursue_from)
    return computed(verdict, inputs, more=more, stands=lambda score, *_: (Stand(score, limits),))


@figure(
    "qualification.knock_outs",
    title="Knock-outs",
    meaning="The knock-out questions that were answered 0.",
    formula="those answered 0",
    unit="questions",
    gives=Gives.WORDS,
    item="A3",
    under="qualification.score",
    labels="questions",
    needs=("qualification",),
)
@figure(
    "qualification.open",
    title="Open knock-out questions",
    meaning="The questions of need, money and authority that nobody has answered.",
    formula="those unknown or unanswered",
    unit="questions",
    gives=Gives.WORDS,
    item="A3",
    under="qualification.score",
    labels="questions",
    needs=("qualification",),
)
def knock_outs(case: Case) -> tuple[Figure, Figure]:
    """Of the questions that decide alone, those answered 0 and those not answered."""
    asked = case.settings.scoring.qualification.knock_outs
    where = case.settings.where("scoring", "qualification", "knock_outs")
    answers = _answers(case)
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
        Figure(value=tuple(out), confidence=sure, reasons=tuple(reasons)),
        Figure(value=tuple(still_open), confidence=sure, reasons=tuple(reasons)),
    )


@figure(
    "selection.mature",
    title="Mature",
    formula="qualification score at the limit or above, and no knock-out",
    gives=Gives.YES_NO,
    item="R1",
    under="qualification.score",
)
def mature(case: Case) -> Figure:
    """Whether the account is ready to be developed selectively."""
    if has_no_programme(case):
        return null(note=NO_PROGRAMME)
    least = case.setting("scoring", "qualification", "mature_from")
    score = case.figure("qualification.score").against(least)
    return computed(
        lambda points, out: points >= least.value and (not out),
        (score, case.figure("qualification.knock_outs")),
        stands=lambda points, _: (Stand(points, (least.value,)),),
    )
