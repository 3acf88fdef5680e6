"""Strengths, weaknesses, opportunities, threats, and the posture they ask for (method item B5)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import Figure, Reason, figure_of, missing_among, null
from generator.figures.limits import exceeds
from generator.figures.surroundings import Said, looked_none, said_of
from generator.language import phrase

OURS = ("company", "commodity")
"""Factors of the market that are within us; the other four are around us."""
_INSIDE, _OUTSIDE = ("market", "front_line"), ("macro", "market")
NOTHING_SAID = phrase("nothing is said of what is around")


@figure(
    "swot.posture",
    title="Posture",
    formula="S when what is within us sums above 0, else W; O when what is around us does, else T",
    gives=Gives.WORD,
    item="B5",
    section="market",
    rank=Rank.REFERENCE,
    labels="postures",
)
def posture(case: Case) -> Figure:
    """Whether to attack, to turn round, to defend or to hold back."""
    inside, outside = _inside(case), _outside(case)
    reasons: Sequence[Reason] = tuple(dict.fromkeys((*inside.reasons, *outside.reasons)))
    if missing := (*inside.missing, *outside.missing):
        return null(missing, reasons=reasons)
    if not inside.rows and not outside.rows:
        return null(reasons=reasons, note=NOTHING_SAID)
    within = "S" if exceeds(inside.sum, 0) else "W"
    around = "O" if exceeds(outside.sum, 0) else "T"
    return figure_of(
        within + around,
        reasons,
        note=phrase(
            "within us {inside}, around us {outside}",
            inside=f"{inside.sum:+,.3g}",
            outside=f"{outside.sum:+,.3g}",
        ),
    )


@figure(
    "swot.strengths",
    title="Strengths",
    formula="company, commodity and front line with impact above 0, by weight x impact",
    unit="statements",
    gives=Gives.WORDS,
    item="B4 B5",
    under="swot.posture",
    rank=Rank.REFERENCE,
)
def strengths(case: Case) -> Figure:
    """What in us and at the front line is for us, the weightiest first."""
    return _inside(case).listed(1)


@figure(
    "swot.weaknesses",
    title="Weaknesses",
    formula="company, commodity and front line with impact below 0, by weight x impact",
    unit="statements",
    gives=Gives.WORDS,
    item="B4 B5",
    under="swot.posture",
    rank=Rank.REFERENCE,
)
def weaknesses(case: Case) -> Figure:
    """What in us and at the front line is against us, the weightiest first."""
    return _inside(case).listed(-1)


@figure(
    "swot.opportunities",
    title="Opportunities",
    formula=(
        "macro and the other four factors of the market with impact above 0, by probability or"
        " weight x impact"
    ),
    unit="statements",
    gives=Gives.WORDS,
    item="B4 B5",
    under="swot.posture",
    rank=Rank.REFERENCE,
)
def opportunities(case: Case) -> Figure:
    """What around us is for us, the weightiest first."""
    return _outside(case).listed(1)


@figure(
    "swot.threats",
    title="Threats",
    formula=(
        "macro and the other four factors of the market with impact below 0, by probability or"
        " weight x impact"
    ),
    unit="statements",
    gives=Gives.WORDS,
    item="B4 B5",
    under="swot.posture",
    rank=Rank.REFERENCE,
)
def threats(case: Case) -> Figure:
    """What around us is against us, the weightiest first."""
    return _outside(case).listed(-1)


def _inside(case: Case) -> Side:
    return Side(case, _INSIDE, ours=True)


def _outside(case: Case) -> Side:
    return Side(case, _OUTSIDE, ours=False)


class Side:
    """What is said of one side: within us, or around us."""

    def __init__(self, case: Case, layers: tuple[str, ...], *, ours: bool) -> None:
        """Reads the layers that the side is made of."""
        self.rows: list[Said] = []
        self.missing: list[str] = []
        self.looked: list[Reason] = []
        for layer in layers:
            said = said_of(case, layer)
            if said is None:
                self.missing.append(f"environment.{layer}")
                continue
            if not said:
                self.looked.append(looked_none(case, layer))
            factors = [row.factor for row in said if row.factor and layer == "market"]
            self.missing.extend(missing_among(factors))
            self.rows.extend(row for row in said if _is_inside(row) == ours)
        self.missing.extend(missing_among([fact for row in self.rows for fact in row.facts]))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All that was looked at on this side; what each weighs is in its weight."""
        facts = [fact for row in self.rows for fact in row.about if fact.value is not None]
        return tuple(facts or self.looked)

    @property
    def sum(self) -> float:
        """What is for us less what is against us."""
        return math.fsum(row.size for row in self.rows)

    def listed(self, sign: int) -> Figure:
        """Statements whose impact has a sign, the weightiest first."""
        if self.missing:
            return null(self.missing, reasons=self.reasons)
        rows = [row for row in self.rows if row.impact.value * sign > 0]
        rows.sort(key=lambda row: -abs(row.size))
        return figure_of(tuple(row.statement for row in rows), self.reasons)


def _is_inside(row: Said) -> bool:
    """Whether an entry tells of us: the front line, our company and what we sell."""
    if row.layer == "market":
        return row.factor is not None and row.factor.value in OURS
    return row.layer == "front_line"
