"""What is told of an account once the gate has looked at it: what needs a person, and its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.figures.attention import needs_of
from generator.figures.case import Case
from generator.figures.definition import Definition, Gives, figure
from generator.figures.figure import Figure, figure_of, null
from generator.language import phrase
from generator.problems import Problem

ALONE = phrase("known only among all accounts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An account that the gate has looked at: what its last figures are made of."""

    case: Case
    findings: tuple[Problem, ...]
    """All about its file."""
    clashes: frozenset[Problem]
    """Those that say that two of its numbers disagree."""
    places: Callable[[], Mapping[str, int]] | None
    """By id the place of each account in the portfolio's order; None where some were left out."""

    def lacking(self, needs: Sequence[str]) -> tuple[str, ...]:
        """Those of some sections and lists that are not there."""
        return self.case.lacking(needs)

    def unit_of(self, definition: Definition) -> str | None:
        """The unit of a figure's values."""
        return self.case.unit_of(definition)


@figure(
    "attention",
    title="Needs attention",
    formula="all that is past its day, bad or at odds, the most urgent first",
    gives=Gives.ITEMS,
    section="summary",
)
def attention(judged: Judged) -> Figure:
    """What needs a person, and by when."""
    shown = needs_of(judged.case, judged.findings, judged.clashes)
    reasons = dict.fromkeys(reason for each in shown for reason in each.reasons)
    return figure_of(tuple(each.item for each in shown), reasons)


@figure(
    "attention.place",
    title="Place in the portfolio",
    formula=(
        "by level, then stake x (1 - health / 100), then the nearest day; former customers and"
        " accounts that we drop last"
    ),
    unit="of all accounts",
    gives=Gives.NUMBER,
    under="attention",
)
def place(judged: Judged) -> Figure:
    """Who comes first where many need attention."""
    case = judged.case
    if judged.places is None:
        return null(note=ALONE)
    inputs = [case.figure(key) for key in ("attention.stake", "health")]
    known = [reason for reason in inputs if reason.value is not None]
    return figure_of(judged.places()[case.plan.id], known)
