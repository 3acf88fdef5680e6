"""What the findings of the gate amount to: it calls these once it has tried its rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.figures.definition import Gives, figure
from generator.figures.figure import Figure, Reason, mean_confidence
from generator.language import phrase

NO_RULE = phrase("no rule applies")


@figure(
    "completeness",
    title="Completeness",
    formula=(
        "rules that hold / rules that ask something of the plan x 100; honest unknowns do not"
        " hold, waived rules are left out"
    ),
    unit="of 100",
    section="plan",
)
def completeness(rules: Sequence[Reason]) -> Figure:
    """How much of what a plan is asked it has answered."""
    key = "completeness"
    judged = [rule for rule in rules if rule.value is not None]
    waits_on = tuple(dict.fromkeys(name for rule in rules for name in rule.lacks))
    if not judged:
        return Figure(key=key, value=None, note=NO_RULE, waits_on=waits_on)
    return Figure(
        key=key,
        value=100 * sum(rule.value for rule in judged) / len(judged),
        unit="of 100",
        confidence=1.0,
        reasons=tuple(judged),
        waits_on=waits_on,
    )


@figure(
    "contradictions",
    title="Contradictions",
    formula="pairs of numbers that cannot both be right, or ask for opposite things",
    unit="rules",
    gives=Gives.WORDS,
    section="plan",
)
def contradictions(rules: Iterable[str], sides: Sequence[Reason]) -> Figure:
    """Where the plan's own numbers disagree."""
    return Figure(
        key="contradictions",
        value=tuple(dict.fromkeys(rules)),
        confidence=mean_confidence(sides) if sides else None,
        reasons=tuple(dict.fromkeys(sides)),
    )
