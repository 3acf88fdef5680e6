"""What is around the account, how we answer it, the posture it asks for (items B1 to B6, B14)."""

from __future__ import annotations

import datetime
import functools
import math
import operator
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    exceeds,
    figure_of,
    missing_among,
    null,
    reaches,
)
from generator.form.market import MacroFactor, MarketFactor, Signal
from generator.language import Phrase, phrase

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
        return math.prod(float(fact.value) for fact in self.facts)

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
    statements = []
    for index, entry in enumerate(entries):
        path = ("environment", layer, index)
        counts = None
        if isinstance(entry, MacroFactor):
            counts = case.fact(*path, "probability")
        elif isinstance(entry, MarketFactor) and entry.weight is not None:
            counts = case.fact(*path, "weight")
        factor = None if layer == "front_line" else case.fact(*path, "factor")
        impact = case.fact(*path, "impact").with_(note=entry.statement)
        statements.append(
            Said(
                layer=layer,
                index=index,
                statement=entry.statement,
                factor=factor,
                impact=impact,
                counts=counts,
            )
        )
    return tuple(statements)


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
    inputs = _reasons(rows)
    known = tuple(fact for fact in (*inputs, *factors) if fact.value is not None)
    return figure_of(means, known, missing=missing)


def _mean(rows: Sequence[Said]) -> float | None:
    whole = math.fsum(statement.part for statement in rows)
    return math.fsum(statement.size for statement in rows) / whole if whole else None


def _reasons(rows: Sequence[Said]) -> tuple[Reason, ...]:
    """The inputs of all rows, with what each counts."""
    return tuple(fact.with_(weight=row.part) for row in rows for fact in row.facts)


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
    cause = NO_CAUSE
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
            cause = layer
        elif bad:
            cause = layer
            break
    return figure_of(cause, asked)


_mean_of_layer = functools.partial(
    figure, unit="-5 to 5", gives=Gives.NUMBER, under="environment.diagnosis"
)


@_mean_of_layer(
    "environment.macro",
    title="Country and world",
    meaning="Whether the country and the world are for us or against us here.",
    formula="sum of probability x impact / how many are named",
    item="B1 B3",
    needs=("environment.macro",),
)
@_mean_of_layer(
    "environment.market",
    title="Their market",
    meaning="Whether their market is for us or against us.",
    formula="mean of impact by weight, 1 where none is written",
    item="B1 B4",
    needs=("environment.market",),
)
@_mean_of_layer(
    "environment.front_line",
    title="Front line",
    meaning="Whether what our people meet at the account is for us or against us.",
    formula="mean of impact",
    item="B1",
    needs=("environment.front_line",),
)
def layers(case: Case) -> tuple[Figure, ...]:
    """The mean impact of each layer."""
    return tuple(_layer(case, layer) for layer in LAYERS)


def _layer(case: Case, layer: str) -> Figure:
    """The mean impact of a layer."""
    rows = said_of(case, layer) or ()
    flat = [fact for row in rows for fact in row.facts]
    if missing := missing_among(flat):
        return null(missing, reasons=flat)
    inputs = _reasons(rows)
    value = _mean(rows)
    if value is None:
        looked = inputs or (looked_none(case, layer),)
        return null(reasons=looked, note=NOTHING_TO_DIVIDE)
    return figure_of(value, inputs)


@figure(
    "environment.inspection",
    title="Layers looked at in order",
    is_part=True,
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
    newest = max(looks, key=lambda look: look.as_of or datetime.date.min)
    note = phrase("{count} said", count=len(entries)) if entries else newest.note
    day = newest.as_of or NO_DAY
    return newest.with_(name=f"environment.{layer}", value=day, note=note)


@figure(
    "environment.balance",
    title="Balance of our responses",
    is_part=True,
    formula="weakest of execution, competitiveness, adaptability / strongest",
    item="B6",
    section="market",
    rank=Rank.REFERENCE,
    needs=("environment.responses",),
)
def balance(case: Case) -> Figure:
    """Whether we answer customers, rivals and change equally well."""
    inputs = [case.fact("environment", "responses", name) for name in RESPONSES]

    def weakest_over_strongest(*scores: float) -> float | None:
        return min(scores) / max(scores) if max(scores) else None

    return computed(weakest_over_strongest, inputs)


IN_TIME = phrase("still in time, left out")


def _signals(case: Case) -> list[tuple[int, Signal]]:
    """What has come up to today, with its place in the list."""
    around = case.playbook.environment
    return [
        (index, signal)
        for index, signal in enumerate((around.signals if around else None) or ())
        if signal.noticed is None or signal.noticed <= case.today
    ]


def _answered_on(case: Case, index: int, signal: Signal) -> Reason | None:
    """The day of the answer, or None: not answered yet, whatever is planned."""
    if signal.answered is None or signal.answered > case.today:
        return None
    return case.fact("environment", "signals", index, "answered")


@figure(
    "environment.answered",
    title="Answered in time",
    is_part=True,
    formula="answered within the days of its kind / all but those still in time",
    item="B6",
    under="environment.balance",
    rank=Rank.REFERENCE,
    needs=("environment.signals",),
)
def answered(case: Case) -> Figure:
    """How much of what called for an answer got one in time."""
    reasons: list[Reason] = []
    in_time: list[bool] = []
    for index, signal in _signals(case):
        kind = case.fact("environment", "signals", index, "kind")
        noticed = case.fact("environment", "signals", index, "noticed")
        answer = _answered_on(case, index, signal)
        if kind.value is None or noticed.value is None:
            reasons.extend((kind, noticed))
            continue
        limit = case.setting("scoring", "environment", "answer_days", kind.value, unit="days")
        end: datetime.date = answer.value if answer else case.today
        days = (end - noticed.value).days
        soon = days <= limit.value
        outcome = (IN_TIME if soon else _not_answered(days)) if answer is None else _answered(days)
        note = phrase("{signal}: {how}", signal=signal.what, how=outcome)
        reasons.append(kind.with_(threshold=limit.value, setting=limit.setting, note=note))
        reasons.append(noticed)
        if answer is not None:
            reasons.append(answer)
        if answer is not None or not soon:
            in_time.append(soon)
    if missing := missing_among(reasons):
        return null(missing, reasons=reasons)
    if not in_time:
        return null(reasons=reasons, note=NOTHING_TO_DIVIDE)
    return figure_of(sum(in_time) / len(in_time), reasons)


def _answered(days: int) -> Phrase:
    if days == 1:
        return phrase("answered in 1 day")
    return phrase("answered in {days} days", days=days) if days else phrase("answered the same day")


def _not_answered(days: int) -> Phrase:
    if days == 1:
        return phrase("not answered in 1 day")
    return phrase("not answered in {days} days", days=days)


@figure(
    "environment.answer_days",
    title="Days to answer",
    formula="middle of the days from notice to answer",
    unit="days",
    item="B6",
    under="environment.balance",
    rank=Rank.REFERENCE,
    needs=("environment.signals",),
)
def answer_days(case: Case) -> Figure:
    """How long we take to answer what comes."""
    reasons: list[Reason] = []
    days: list[int] = []
    for index, signal in _signals(case):
        answer = _answered_on(case, index, signal)
        if answer is None:
            continue
        noticed = case.fact("environment", "signals", index, "noticed")
        reasons.extend((noticed, answer))
        if noticed.value is not None:
            days.append((answer.value - noticed.value).days)
    if missing := missing_among(reasons):
        return null(missing, reasons=reasons)
    if not days:
        return null(reasons=reasons, note=NOTHING_TO_DIVIDE)
    return figure_of(float(statistics.median(days)), reasons)


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


_statements = functools.partial(
    figure,
    unit="statements",
    gives=Gives.WORDS,
    item="B4 B5",
    under="swot.posture",
    rank=Rank.REFERENCE,
)


@_statements(
    "swot.strengths",
    title="Strengths",
    formula="company, commodity and front line with impact above 0, by weight x impact",
)
def strengths(case: Case) -> Figure:
    """What in us and at the front line is for us, the weightiest first."""
    return _inside(case).listed(operator.gt)


@_statements(
    "swot.weaknesses",
    title="Weaknesses",
    formula="company, commodity and front line with impact below 0, by weight x impact",
)
def weaknesses(case: Case) -> Figure:
    """What in us and at the front line is against us, the weightiest first."""
    return _inside(case).listed(operator.lt)


@_statements(
    "swot.opportunities",
    title="Opportunities",
    formula=(
        "macro and the other four factors of the market with impact above 0, by probability or"
        " weight x impact"
    ),
)
def opportunities(case: Case) -> Figure:
    """What around us is for us, the weightiest first."""
    return _outside(case).listed(operator.gt)


@_statements(
    "swot.threats",
    title="Threats",
    formula=(
        "macro and the other four factors of the market with impact below 0, by probability or"
        " weight x impact"
    ),
)
def threats(case: Case) -> Figure:
    """What around us is against us, the weightiest first."""
    return _outside(case).listed(operator.lt)


def _inside(case: Case) -> SwotSide:
    return SwotSide(case, _INSIDE, ours=True)


def _outside(case: Case) -> SwotSide:
    return SwotSide(case, _OUTSIDE, ours=False)


class SwotSide:
    """What is said of one side: within us, or around us."""

    def __init__(self, case: Case, layers: tuple[str, ...], *, ours: bool) -> None:
        """Reads the layers that the side is made of."""
        self.rows: list[Said] = []
        self.missing: list[str] = []
        self.looked: list[Reason] = []
        for layer in layers:
            statements = said_of(case, layer)
            if statements is None:
                self.missing.append(f"environment.{layer}")
                continue
            if not statements:
                self.looked.append(looked_none(case, layer))
            factors = [row.factor for row in statements if row.factor and layer == "market"]
            self.missing.extend(missing_among(factors))
            self.rows.extend(row for row in statements if _is_inside(row) == ours)
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

    def listed(self, side: Callable[[float, float], bool]) -> Figure:
        """Statements whose impact lies on that side of 0, the weightiest first."""
        if self.missing:
            return null(self.missing, reasons=self.reasons)
        rows = [row for row in self.rows if side(row.impact.value, 0)]
        rows.sort(key=lambda row: -abs(row.size))
        return figure_of(tuple(row.statement for row in rows), self.reasons)


def _is_inside(row: Said) -> bool:
    """Whether an entry tells of us: the front line, our company and what we sell."""
    if row.layer == "market":
        return row.factor is not None and row.factor.value in OURS
    return row.layer == "front_line"


INTRODUCTION, GROWTH, MATURITY = "introduction", "growth", "maturity"
SATURATION, BETWEEN = "saturation", "between"
STAGES = (INTRODUCTION, GROWTH, MATURITY, SATURATION, BETWEEN)
_LIMITS = ("few_rivals", "slow_growth", "fast_growth", "mature_growth", "level_supply")


@figure(
    "lifecycle.stage",
    title="Stage of their market",
    formula=(
        "first that fits: introduction (few rivals, slow growth), growth (fast, supply below"
        " demand), maturity (between slow and fast, supply at demand), saturation (slower); else"
        " between"
    ),
    gives=Gives.WORD,
    item="B14",
    section="market",
    rank=Rank.REFERENCE,
    labels="lifecycle",
    needs=("environment.lifecycle",),
)
def stage(case: Case) -> Figure:
    """Where their market stands between its beginning and its end."""
    limits = [case.setting("scoring", "lifecycle", name) for name in _LIMITS]
    few, slow, fast, mature, level = (limit.value for limit in limits)
    inputs = (
        case.fact("environment", "lifecycle", "growth"),
        case.fact("environment", "lifecycle", "supply_demand"),
        case.fact("environment", "lifecycle", "rivals"),
    )

    def stage_of(growth: float, supply: float, rivals: float) -> str:
        enough = reaches(supply, level)
        if not reaches(rivals, few) and not reaches(growth, slow):
            return INTRODUCTION
        if reaches(growth, fast) and not enough:
            return GROWTH
        if reaches(growth, mature) and not exceeds(growth, fast) and enough:
            return MATURITY
        return BETWEEN if reaches(growth, mature) else SATURATION

    return computed(stage_of, inputs, more=limits)


@figure(
    "lifecycle.shake_out",
    title="Shake-out",
    formula="(rivals a year ago - rivals) / rivals a year ago at the limit or above",
    gives=Gives.YES_NO,
    item="B14",
    under="lifecycle.stage",
    rank=Rank.REFERENCE,
    needs=("environment.lifecycle",),
)
def shake_out(case: Case) -> Figure:
    """Whether rivals are being driven out of the market."""
    limit = case.setting("scoring", "lifecycle", "shake_out")
    before, now = (
        case.fact("environment", "lifecycle", name).against(limit)
        for name in ("rivals_a_year_ago", "rivals")
    )

    def shaken(before: float, now: float) -> bool | None:
        return reaches((before - now) / before, limit.value) if before else None

    return computed(shaken, (before, now))
