"""Why they would buy and why not, by who says it, and whether we answer (method item A4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    figure_of,
    mean_confidence,
    missing_among,
    null,
)
from generator.language import phrase, phrases

FULL_COUNT = 1.0
"""What a reason counts whose contact has no influence written, or that is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A reason for or against buying, with who says it."""

    index: int
    said: str
    strength: Reason
    contact: Reason | None
    influence: Reason | None

    @property
    def counts(self) -> float:
        """Its contact's influence, 0 to 5."""
        return float(self.influence.value) if self.influence else FULL_COUNT

    @property
    def inputs(self) -> tuple[Reason, ...]:
        """What it adds to the net force is made of."""
        strength = self.strength.with_(weight=self.counts)
        return (strength, *(fact for fact in (self.contact, self.influence) if fact is not None))


@figure(
    "buying.net_force",
    title="Net force for buying",
    formula="mean of strength by the contact's influence, 1 where none is written",
    unit="-3 to 3",
    gives=Gives.NUMBER,
    item="A4",
    section="plan",
    needs=("buying.reasons",),
)
def net_force(case: Case) -> Figure:
    """Whether what speaks for buying outweighs what speaks against it."""
    arguments = _arguments(case)
    strengths = [argument.strength for argument in arguments]
    inputs = tuple(dict.fromkeys(part for argument in arguments for part in argument.inputs))
    if missing := missing_among(strengths):
        return null(missing, reasons=inputs)
    counts = [argument.counts for argument in arguments]
    if not math.fsum(counts):
        return null(reasons=inputs, note=NOTHING_TO_DIVIDE)
    force = math.fsum(argument.strength.value * argument.counts for argument in arguments)
    sure = [mean_confidence(argument.inputs) for argument in arguments]
    weighed = [
        strength.with_(confidence=known) for strength, known in zip(strengths, sure, strict=True)
    ]
    return Figure(
        value=force / math.fsum(counts), confidence=mean_confidence(weighed, counts), reasons=inputs
    )


@figure(
    "buying.coverage",
    title="Objections answered",
    is_part=True,
    formula="reasons against with an action or a way / all reasons against",
    item="A4",
    under="buying.net_force",
    needs=("buying.reasons",),
)
def objections_answered(case: Case) -> Figure:
    """How many of the reasons against buying we have an action or a way for."""
    arguments = _arguments(case)
    strengths = [argument.strength for argument in arguments]
    if missing := missing_among(strengths):
        return null(missing, reasons=strengths)
    against = [argument for argument in arguments if argument.strength.value < 0]
    if not against:
        return null(reasons=strengths, note=NOTHING_TO_DIVIDE)
    reasons: list[Reason] = []
    open_: list[str] = []
    for argument in arguments:
        reasons.append(argument.strength)
        if argument not in against:
            continue
        answers = [
            case.fact("buying", "reasons", argument.index, name) for name in ("action", "way")
        ]
        met = [answer for answer in answers if answer.value is not None]
        reasons.extend(met)
        if not met:
            open_.append(argument.said)
    return figure_of(
        (len(against) - len(open_)) / len(against),
        reasons,
        note=phrase("no answer yet to: {what}", what=phrases(open_, "; ")) if open_ else None,
    )


def _arguments(case: Case) -> list[Argument]:
    """Reasons of those who are still there, and of nobody."""
    buying = case.playbook.buying
    contacts = {
        contact.id: (index, contact)
        for index, contact in enumerate(case.relationship.contacts or ())
    }
    arguments = []
    for index, reason in enumerate((buying.reasons if buying else None) or ()):
        place, contact = contacts.get(reason.contact or "", (None, None))
        if contact is not None and contact.has_left(case.today):
            continue
        influence = None
        if place is not None and contact is not None and contact.influence is not None:
            influence = case.fact("relationship", "contacts", place, "influence")
        path = ("buying", "reasons", index)
        arguments.append(
            Argument(
                index=index,
                said=reason.reason,
                strength=case.fact(*path, "strength"),
                contact=case.fact(*path, "contact") if reason.contact else None,
                influence=influence,
            )
        )
    return arguments
