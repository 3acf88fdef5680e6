"""How far they trust us and would buy again, as they said it (item R2)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.contacts import window
from generator.figures.definition import figure
from generator.figures.figure import Figure, Reason, figure_of, null
from generator.language import phrase

NOT_ASKED = phrase("nobody has asked yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustAnswer:
    """What they said on a day."""

    date: datetime.date
    said: Reason
    day: Reason

    @property
    def inputs(self) -> tuple[Reason, Reason]:
        """What they said, and when."""
        return (self.said.with_(note=str(self.date)), self.day)


@figure(
    "relationship.trust",
    title="Trust",
    formula="the newest answer",
    unit="of 5",
    item="R2",
    section="relationship",
    needs=("relationship.trust",),
)
def trust(case: Case) -> Figure:
    """How far they trust us, as they last said it."""
    return _latest(case, "trust")


def answers_so_far(case: Case, field: str) -> list[TrustAnswer]:
    """The answers until today, the oldest first; of one day the later in the file last."""
    answers = []
    for index, entry in enumerate(case.relationship.trust or ()):
        answer = case.fact("relationship", "trust", index, field)
        if answer.value is not None and entry.date <= case.today:
            day = case.fact("relationship", "trust", index, "date")
            answers.append(TrustAnswer(date=entry.date, said=answer, day=day))
    return sorted(answers, key=lambda answer: answer.date)


def _unanswered(case: Case, field: str) -> Figure:
    """Null: nobody has asked yet, or this was not asked."""
    asked = enumerate(case.relationship.trust or ())
    happened = [(entry.date, index) for index, entry in asked if entry.date <= case.today]
    if not happened:
        return null(note=NOT_ASKED)
    newest = case.name(("relationship", "trust", max(happened)[1], field))
    return null((newest,))


def _latest(case: Case, field: str) -> Figure:
    """The newest answer."""
    answers = answers_so_far(case, field)
    if not answers:
        return _unanswered(case, field)
    inputs = answers[-1].inputs
    return figure_of(answers[-1].said.value, inputs)


@figure(
    "relationship.trust_change",
    title="Change of trust",
    formula="newest answer - the newest one that is older by the window of talks or more",
    unit="of 5",
    item="R2",
    under="relationship.trust",
    needs=("relationship.trust",),
)
def trust_change(case: Case) -> Figure:
    """Whether their trust grows or falls."""
    answers = answers_so_far(case, "trust")
    if not answers:
        return _unanswered(case, "trust")
    newest, apart = answers[-1], window(case)
    until = newest.date - datetime.timedelta(days=apart.value)
    earlier = [answer for answer in answers if answer.date <= until]
    if not earlier:
        note = phrase("no answer that is {days} days older", days=apart.value)
        return null(reasons=(*newest.inputs, apart), note=note)
    inputs = (*newest.inputs, *(_then(case, fact) for fact in earlier[-1].inputs))
    return figure_of(newest.said.value - earlier[-1].said.value, inputs, more=(apart,))


def _then(case: Case, reason: Reason) -> Reason:
    """An input as sure as on its day: an answer to compare with does not grow old."""
    if not reason.stale:
        return reason
    counts = getattr(case.settings.scoring.evidence.grades, str(reason.grade))
    return reason.with_(stale=False, confidence=counts)


@figure(
    "relationship.buy_again",
    title="Would buy again",
    formula="the newest answer",
    unit="of 10",
    item="R2",
    under="relationship.trust",
    needs=("relationship.trust",),
)
def buy_again(case: Case) -> Figure:
    """How likely they buy again, as they last said it."""
    return _latest(case, "buy_again")
