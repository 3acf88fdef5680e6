"""What is around the account in three layers, and where a bad front line comes from (B1 to B4)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    figure_of,
    missing_among,
    null,
)
from generator.figures.limits import exceeds, reaches
from generator.language import phrase
from generator.model.market import MacroFactor, MarketFactor

LAYERS = ("macro", "market", "front_line")
"""From the top down, the order in which they are looked at."""
NO_CAUSE = "none"
RESPONSES = ("execution", "competitiveness", "adaptability")
NOT_LOOKED_AT, NO_DAY = phrase("not looked at"), phrase("no day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that is said of a layer, with the inputs of its size."""

    layer: str
    index: int
    statement: str
    factor: Reason | None
    """Which of six; None at the front line, which has none."""
    impact: Reason
    counts: Reason | None
    """Its probability (macro) or its weight (market); None where it counts 1."""

    @property
    def facts(self) -> tuple[Reason, ...]:
        """What its size is made of."""
        return (self.impact,) if self.counts is None else (self.impact, self.counts)

    @property
    def about(self) -> tuple[Reason, ...]:
        """Its size's inputs, and which factor it belongs to."""
        return self.facts if self.factor is None else (*self.facts, self.factor)

    @property
    def size(self) -> float:
        """Impact times probability or weight; its facts must have values."""
        return math.prod(float(one.value) for one in self.facts)

    @property
    def part(self) -> float:
        """What it counts in a mean: its weight, or 1."""
        counts = self.counts.value if self.counts is not None and self.layer == "market" else 1.0
        return float(counts)


def said_of(case: Case, layer: str) -> tuple[Said, ...] | None:
    """What is said of a layer, or None when nobody has looked at it."""
    around = case.playbook.environment
    entries = getattr(around, layer) if around else None
    if entries is None:
        return None
    found = []
    for index, entry in enumerate(entries):
        path = ("environment", layer, index)
        counts = None
        if isinstance(entry, MacroFactor):
            counts = case.fact(*path, "probability", unit="share")
        elif isinstance(entry, MarketFactor) and entry.weight is not None:
            counts = case.fact(*path, "weight")
        factor = None if layer == "front_line" else case.fact(*path, "factor")
        impact = case.fact(*path, "impact").with_(note=entry.statement)
        found.append(
            Said(
                layer=layer,
                index=index,
                statement=entry.statement,
                factor=factor,
                impact=impact,
                counts=counts,
            )
        )
    return tuple(found)


def looked_none(case: Case, layer: str) -> Reason:
    """A layer that was looked at and of which nothing is said."""
    return case.given(("environment", layer), 0, note=LOOKED_NONE)


@figure(
    "environment.watch",
    title="Watch list",
    formula="those with size of impact x probability at the limit or above",
    unit="statements",
    gives=Gives.WORDS,
    item="B3",
    section="market",
    needs=("environment.macro",),
)
def watch(case: Case) -> Figure:
    """What in the country and the world weighs enough to be watched."""
    rows = said_of(case, "macro") or ()
    limit = case.setting("scoring", "environment", "watch_from")
    flat = [fact.against(limit) for row in rows for fact in row.facts]
    if missing := missing_among(flat):
        return null(missing, reasons=flat)
    reasons = tuple(flat) or (looked_none(case, "macro"),)
    return figure_of(
        tuple(row.statement for row in rows if reaches(abs(row.size), limit.value)), reasons
    )


@figure(
    "environment.macro_factors",
    title="Country and world, by factor",
    formula="by factor: mean of probability x impact",
    unit="-5 to 5",
    gives=Gives.NUMBER,
    by_name=True,
    item="B3",
    under="environment.watch",
    rank=Rank.REFERENCE,
    labels="macro_factors",
    needs=("environment.macro",),
)
def macro_factors(case: Case) -> Figure:
    """Which of politics, economy, society, technology, law and nature helps or hurts."""
    return _by_factor(case, "macro")


@figure(
    "environment.market_factors",
    title="Their market, by factor",
    formula="by factor: mean of impact by weight",
    unit="-5 to 5",
    gives=Gives.NUMBER,
    by_name=True,
    item="B4",
    under="environment.watch",
    rank=Rank.REFERENCE,
    labels="market_factors",
    needs=("environment.market",),
)
def market_factors(case: Case) -> Figure:
    """Which of product, rules, customers, competition, change and our company helps or hurts."""
    return _by_factor(case, "market")


def _by_factor(case: Case, layer: str) -> Figure:
    """By factor the mean of what is said of it; None where an impact or a probability lacks."""
    rows = said_of(case, layer) or ()
    flat = [fact for row in rows for fact in row.about]
    factors = [row.factor for row in rows if row.factor is not None]
    if unsorted := missing_among(factors):
        return null(unsorted, reasons=flat)
    means: dict[str, float | None] = {}
    if not rows:
        looked = (looked_none(case, layer),)
        return figure_of(means, looked)
    for name in dict.fromkeys(factor.value for factor in factors):
        same = [row for row in rows if row.factor is not None and row.factor.value == name]
        lacking = missing_among([fact for row in same for fact in row.facts])
        means[name] = None if lacking else _mean(same)
    missing = missing_among(flat)
    if all(mean is None for mean in means.values()):
        note = None if missing else NOTHING_TO_DIVIDE
        return null(missing, reasons=flat, note=note)
    inputs, _ = _reasons(rows)
    known = tuple(one for one in (*inputs, *factors) if one.value is not None)
    return figure_of(means, known, missing=missing)


def _mean(rows: Sequence[Said]) -> float | None:
    whole = math.fsum(one.part for one in rows)
    return math.fsum(one.size for one in rows) / whole if whole else None


def _reasons(rows: Sequence[Said]) -> tuple[tuple[Reason, ...], list[float]]:
    """The inputs of all rows, and what each counts."""
    inputs = tuple(fact.with_(weight=row.part) for row in rows for fact in row.facts)
    return inputs, [row.part for row in rows for _ in row.facts]


@figure(
    "environment.diagnosis",
    title="Where a bad front line comes from",
    formula=(
        "front line not below 0: none; else macro below 0: macro; else market below 0: market;"
        " else front line"
    ),
    gives=Gives.WORD,
    item="B1",
    section="market",
    labels="diagnoses",
)
def diagnosis(case: Case) -> Figure:
    """The highest layer that is bad as well, when the front line is bad.

    A layer of which nothing is said is not bad; layers below the cause are not asked.
    """
    asked: list[Reason] = []
    found = NO_CAUSE
    for layer in ("front_line", "macro", "market"):
        name = f"environment.{layer}"
        mean = case.figure(name)
        if mean.value is None and not mean.lacks:
            mean = looked_none(case, layer).with_(name=name)
        asked.append(mean)
        if mean.value is None:
            return null(missing_among(asked), reasons=asked)
        bad = exceeds(0, mean.value)
        if layer == "front_line":
            if not bad:
                break
            found = layer
        elif bad:
            found = layer
            break
    return figure_of(found, asked)


@figure(
    "environment.macro",
    title="Country and world",
    formula="sum of probability x impact / how many are named",
    unit="-5 to 5",
    gives=Gives.NUMBER,
    item="B1 B3",
    under="environment.diagnosis",
    needs=("environment.macro",),
)
def macro(case: Case) -> Figure:
    """Whether the country and the world are for us or against us here."""
    return _layer(case, "macro")


@figure(
    "environment.market",
    title="Their market",
    formula="mean of impact by weight, 1 where none is written",
    unit="-5 to 5",
    gives=Gives.NUMBER,
    item="B1 B4",
    under="environment.diagnosis",
    needs=("environment.market",),
)
def market(case: Case) -> Figure:
    """Whether their market is for us or against us."""
    return _layer(case, "market")


@figure(
    "environment.front_line",
    title="Front line",
    formula="mean of impact",
    unit="-5 to 5",
    gives=Gives.NUMBER,
    item="B1",
    under="environment.diagnosis",
    needs=("environment.front_line",),
)
def front_line(case: Case) -> Figure:
    """Whether what our people meet at the account is for us or against us."""
    return _layer(case, "front_line")


def _layer(case: Case, layer: str) -> Figure:
    """The mean impact of a layer."""
    rows = said_of(case, layer) or ()
    flat = [fact for row in rows for fact in row.facts]
    if missing := missing_among(flat):
        return null(missing, reasons=flat)
    inputs, weights = _reasons(rows)
    value = _mean(rows)
    if value is None:
        looked = inputs or (looked_none(case, layer),)
        return null(reasons=looked, note=NOTHING_TO_DIVIDE)
    return figure_of(value, inputs, weights=weights)


@figure(
    "environment.inspection",
    title="Layers looked at in order",
    formula=(
        "layers looked at within their shelf life, counted from the top to the first that is"
        " not, / 3"
    ),
    item="B2",
    under="environment.diagnosis",
    rank=Rank.REFERENCE,
    needs=("environment",),
)
def inspection(case: Case) -> Figure:
    """How far we have looked from the country down to the front line, lately enough.

    A layer counts while the newest of what is said of it is within its shelf life.
    """
    life = case.setting("scoring", "evidence", "shelf_life_days", "environment", unit="days")
    reasons: list[Reason] = []
    note = None
    count = 0
    for layer in LAYERS:
        if getattr(case.playbook.environment, layer, None) is None:
            note = phrase("{layer} was not looked at", layer=_named(layer))
            unseen = case.given(("environment",), NOT_LOOKED_AT, name=f"environment.{layer}")
            reasons.append(unseen)
            break
        newest = _newest(case, layer)
        reasons.append(newest.against(life))
        if newest.stale:
            note = phrase(
                "{layer} was last looked at on {day}", layer=_named(layer), day=newest.as_of
            )
            break
        count += 1
    return figure_of(count / len(LAYERS), reasons, note=note)


def _named(layer: str) -> str:
    return phrase(layer.replace("_", " "))


def _newest(case: Case, layer: str) -> Reason:
    """The day on which a layer was last looked at, where it stands."""
    entries = getattr(case.playbook.environment, layer)
    looks = [
        case.given(("environment", layer, index, *(("as_of",) if entry.as_of else ())), 0)
        for index, entry in enumerate(entries)
    ]
    looks = looks or [looked_none(case, layer)]
    newest = max(looks, key=lambda one: one.as_of or datetime.date.min)
    note = phrase("{count} said", count=len(entries)) if entries else newest.note
    day = newest.as_of or NO_DAY
    return newest.with_(name=f"environment.{layer}", value=day, note=note)


@figure(
    "environment.balance",
    title="Balance of our responses",
    formula="weakest of execution, competitiveness, adaptability / strongest",
    item="B6",
    section="market",
    needs=("environment.responses",),
)
def balance(case: Case) -> Figure:
    """Whether we answer customers, rivals and change equally well."""
    inputs = [case.fact("environment", "responses", name) for name in RESPONSES]

    def weakest_over_strongest(*scores: float) -> float | None:
        return min(scores) / max(scores) if max(scores) else None

    return computed(weakest_over_strongest, inputs)
