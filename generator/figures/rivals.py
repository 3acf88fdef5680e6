"""Us against rivals, our offer beside their wish, our place in their mind (B10, B17, C1 to C4)."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    exceeds,
    figure_of,
    mean_confidence,
    missing_among,
    null,
    reaches,
)
from generator.figures.name import words_of_id, written
from generator.form.market import Comparisons, CompetitionReadiness, Factors, Rival
from generator.language import phrase, phrases

COMPARISONS = tuple(Comparisons.model_fields)
FACTORS = tuple(Factors.model_fields)
CONDITIONS = tuple(CompetitionReadiness.model_fields)
# From 1 to 5 there are four steps
_STEPS = 4
_TOP_FACTOR, _TOP_CONDITION = 5, 2
AHEAD, LEVEL, BEHIND = phrase("ahead"), phrase("level{rivals}", rivals=""), phrase("behind")
GO, NOT_YET = phrase("go"), phrase("not yet")


@figure(
    "competition.index",
    title="Standing against rivals",
    formula="by rival: sum of (us - them) over seven lines / (4 x 7); the lowest",
    unit="-1 to 1",
    gives=Gives.NUMBER,
    item="C2",
    section="market",
    needs=("competition.rivals",),
)
def index(case: Case) -> Figure:
    """Whether we are ahead of the rival who does best against us."""
    section = case.playbook.competition
    rivals = (section.rivals if section else None) or ()
    against: list[Reason] = []
    left_out: list[str] = []
    missing: list[str] = []
    partial: list[Reason] = []
    for place, rival in enumerate(rivals):
        pairs = [_pair(case, place, name) for name in COMPARISONS]
        if lacking := _lacking(case, place, rival, pairs):
            left_out.append(rival.name or words_of_id(rival.id))
            missing.extend(lacking)
            partial.extend(score for pair in pairs for score in pair)
        else:
            against.append(_against(case, place, rival, pairs))
    if not against:
        note = None if missing else NOTHING_TO_DIVIDE
        return null(missing, reasons=partial, note=note)
    return Figure(
        value=min(row.value for row in against),
        confidence=mean_confidence([part for row in against for part in row.inputs]),
        reasons=tuple(against),
        missing=tuple(missing),
        note=_left_out(left_out),
    )


def _left_out(rivals: list[str]) -> str | None:
    if not rivals:
        return None
    names = phrases(rivals, ", ")
    return phrase("not compared on every line, left out: {names}", names=names)


def _pair(case: Case, place: int, line: str) -> tuple[Reason, Reason]:
    path = ("competition", "rivals", place, "comparisons", line)
    return case.fact(*path, "us"), case.fact(*path, "them")


def _lacking(
    case: Case, place: int, rival: Rival, pairs: list[tuple[Reason, Reason]]
) -> tuple[str, ...]:
    """What is not compared: all of it, a whole line, or one side of a line."""
    comparisons = ("competition", "rivals", place, "comparisons")
    if rival.comparisons is None:
        return (case.name(comparisons),)
    lacking: list[str] = []
    for line, pair in zip(COMPARISONS, pairs, strict=True):
        whole_line = getattr(rival.comparisons, line) is None
        lacking.extend([case.name((*comparisons, line))] if whole_line else missing_among(pair))
    return tuple(lacking)


def _against(case: Case, place: int, rival: Rival, pairs: list[tuple[Reason, Reason]]) -> Reason:
    """One rival's index, whether we are ahead of it, and the lines on which we lose."""
    limit = case.setting("scoring", "competition", "ahead_from")
    steps = math.fsum(us.value - them.value for us, them in pairs)
    ahead_by = steps / (_STEPS * len(COMPARISONS))
    standing = LEVEL
    if reaches(ahead_by, limit.value):
        standing = AHEAD
    elif reaches(-ahead_by, limit.value):
        standing = BEHIND
    losing = [
        line
        for line, (us, them) in zip(COMPARISONS, pairs, strict=True)
        if exceeds(them.value, us.value)
    ]
    lines = phrases(map(phrase, losing), ", ")
    note = phrases((standing, phrase("losing: {lines}", lines=lines)), "; ") if losing else standing
    bare = case.given(
        ("competition", "rivals", place),
        ahead_by,
        name=written(rival.name or words_of_id(rival.id)),
    )
    return bare.with_(
        note=note,
        threshold=limit.value,
        setting=limit.setting,
        inputs=tuple(score for pair in pairs for score in pair),
    )


@figure(
    "competition.factors",
    title="Five factors",
    formula="mean of five x 20; too little shared purpose is a stop",
    unit="of 100",
    item="C1",
    under="competition.index",
    rank=Rank.REFERENCE,
    needs=("competition.factors",),
)
def factors(case: Case) -> Figure:
    """Whether purpose, timing, terrain, leadership and method are with us."""
    limit = case.setting("scoring", "competition", "purpose_from")
    inputs = [case.fact("competition", "factors", name) for name in FACTORS]
    inputs[0] = purpose = inputs[0].against(limit)
    stops = purpose.value is not None and not reaches(purpose.value, limit.value)

    def part(*scores: float) -> float:
        return 100 * math.fsum(scores) / (_TOP_FACTOR * len(FACTORS))

    note = phrase("purpose below {limit}: stop", limit=f"{limit.value:g}") if stops else None
    return computed(part, inputs, note=note)


@figure(
    "competition.readiness",
    title="Ready to win",
    formula="sum of five / 10 x 100; what is 0 is mended first",
    unit="of 100",
    item="C4",
    under="competition.index",
    rank=Rank.REFERENCE,
    needs=("competition.readiness",),
)
def readiness(case: Case) -> Figure:
    """Whether the five conditions for winning are met before we bid."""
    limit = case.setting("scoring", "competition", "go_from")
    inputs = [
        case.fact("competition", "readiness", name, "score").against(limit) for name in CONDITIONS
    ]
    if missing := missing_among(inputs):
        return null(missing, reasons=inputs)
    value = 100 * sum(part.value for part in inputs) / (_TOP_CONDITION * len(CONDITIONS))
    fix = [name for name, score in zip(CONDITIONS, inputs, strict=True) if not score.value]
    note: str = GO if reaches(value, limit.value) else NOT_YET
    if fix:
        names = phrases((phrase(condition.replace("_", " ")) for condition in fix), ", ")
        note = phrases((note, phrase("fix first: {conditions}", conditions=names)), "; ")
    return figure_of(value, inputs, note=note)


FOUR_P = ("product", "price", "place", "promotion")


@figure(
    "mix.balance",
    title="Balance of the offer",
    is_part=True,
    formula="weakest offer / strongest offer",
    item="B10",
    section="market",
    rank=Rank.REFERENCE,
    needs=("mix",),
)
def balance(case: Case) -> Figure:
    """Whether the four work as one mixture or one of them lags."""
    inputs = [case.fact("mix", name, "offer") for name in FOUR_P]

    def weakest_over_strongest(*offers: float) -> float | None:
        return min(offers) / max(offers) if max(offers) else None

    return computed(weakest_over_strongest, inputs)


@figure(
    "mix.gap",
    title="Wish above offer",
    formula="by each: wish - offer",
    unit="0 to 5",
    gives=Gives.NUMBER,
    by_name=True,
    item="B10",
    under="mix.balance",
    rank=Rank.REFERENCE,
    labels="four_p",
    needs=("mix",),
)
def gap(case: Case) -> Figure:
    """Where they want more than we offer: product, price, place, promotion."""
    gaps: dict[str, float | None] = {}
    inputs: list[Reason] = []
    for name in FOUR_P:
        wish, offer = case.fact("mix", name, "wish"), case.fact("mix", name, "offer")
        inputs.extend((wish, offer))
        gaps[name] = None if missing_among((wish, offer)) else wish.value - offer.value
    missing = missing_among(inputs)
    if all(shortfall is None for shortfall in gaps.values()):
        return null(missing, reasons=inputs)
    known = tuple(part for part in inputs if part.value is not None)
    return figure_of(gaps, known, missing=missing)


_position = functools.partial(
    figure,
    gives=Gives.NUMBER,
    item="B17",
    rank=Rank.REFERENCE,
    needs=("positioning.attributes",),
)


@_position(
    "positioning.lead",
    title="Closer than the rival",
    formula="rival's distance - ours",
    unit="-5 to 5",
    section="market",
)
def positioning_lead(case: Case) -> Figure:
    """How much closer to their ideal we are than the best rival."""
    return _weighed(case, ("us", "rival", "ideal"), _lead)


@_position(
    "positioning.distance",
    title="Distance from their ideal",
    formula="root of the mean of (us - ideal) squared, by weight",
    unit="0 to 5",
    under="positioning.lead",
)
def distance(case: Case) -> Figure:
    """How far we are from what they would like best, as they see it."""
    return _weighed(case, ("us", "ideal"), _distance)


@_position(
    "positioning.perception_gap",
    title="We think better of us",
    formula="mean of own view - us, by weight",
    unit="-5 to 5",
    under="positioning.lead",
)
def perception_gap(case: Case) -> Figure:
    """How much better we see ourselves than they see us."""
    return _weighed(case, ("own_view", "us"), _perception_gap)


def _distance(weights: list[float], seen: list[float], ideal: list[float]) -> float:
    squares = [
        weight * (position - best) ** 2
        for weight, position, best in zip(weights, seen, ideal, strict=True)
    ]
    return math.sqrt(math.fsum(squares) / math.fsum(weights))


def _lead(weights: list[float], us: list[float], rival: list[float], ideal: list[float]) -> float:
    return _distance(weights, rival, ideal) - _distance(weights, us, ideal)


def _perception_gap(weights: list[float], own_view: list[float], us: list[float]) -> float:
    gaps = [
        weight * (ours - theirs) for weight, ours, theirs in zip(weights, own_view, us, strict=True)
    ]
    return math.fsum(gaps) / math.fsum(weights)


def _weighed(case: Case, columns: tuple[str, ...], compute: Callable[..., float]) -> Figure:
    """A figure of some columns of the attributes, each attribute by its weight, 1 if none."""
    section = case.playbook.positioning
    attributes = (section.attributes if section else None) or ()
    weights = [1.0 if attribute.weight is None else attribute.weight for attribute in attributes]
    values: dict[str, list[Reason]] = {column: [] for column in columns}
    inputs: list[Reason] = []
    for index, (attribute, weight) in enumerate(zip(attributes, weights, strict=True)):
        path = ("positioning", "attributes", index)
        for column in columns:
            fact = case.fact(*path, column).with_(weight=weight)
            values[column].append(fact)
            inputs.append(fact)
        if attribute.weight is not None:
            inputs.append(case.fact(*path, "weight"))
    if missing := missing_among(inputs):
        return null(missing, reasons=inputs)
    if not math.fsum(weights):
        return null(reasons=inputs, note=NOTHING_TO_DIVIDE)
    return figure_of(
        compute(weights, *([cell.value for cell in values[column]] for column in columns)),
        inputs,
    )
