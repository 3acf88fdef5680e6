"""What our people know, feel, notice, can and do, and where that breaks off (method item E4)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    figure_of,
    null,
)
from generator.figures.limits import exceeds
from generator.figures.plan_quality import looked, share_of
from generator.language import phrase, phrases

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
        told = [one for reason in reasons for one in reason.inputs]
        return null(lacks, reasons=told)
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
    known = tuple(one for one in facts if one.value is not None)
    reached = 0
    for one in facts:
        if one.value is None:
            return reached, Reason(one.name, None, inputs=known)
        if not one.value:
            break
        reached += 1
    word = phrase(KNOWING[reached - 1]) if reached else NOT_KNOWN
    later = [name for name, one in zip(KNOWING, facts, strict=True) if one.value][reached:]
    note = None
    if later:
        steps = phrases(map(phrase, later), ", ")
        note = phrase("{steps}, though not {step}", steps=steps, step=phrase(KNOWING[reached]))
    return reached, case.given(("practices", index), word, note=note).with_(inputs=known)


def _widest(counts: Sequence[int]) -> str:
    """The step after which the largest share is lost, the first of level ones; none lost: none."""
    found, widest = NO_GAP, 0.0
    for step, (before, after) in enumerate(itertools.pairwise(counts)):
        if before and exceeds(1 - after / before, widest):
            found, widest = KNOWING[step], 1 - after / before
    return found
