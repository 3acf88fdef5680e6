"""Our offer beside their wish, and our place in their mind beside the rival's (items B10, B17)."""

from __future__ import annotations

import math
from collections.abc import Callable

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    figure_of,
    missing_among,
    null,
)

FOUR_P = ("product", "price", "place", "promotion")


@figure(
    "mix.balance",
    title="Balance of the offer",
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
    if all(one is None for one in gaps.values()):
        return null(missing, reasons=inputs)
    known = tuple(one for one in inputs if one.value is not None)
    return figure_of(gaps, known, missing=missing)


@figure(
    "positioning.lead",
    title="Closer than the rival",
    formula="rival's distance - ours",
    unit="-5 to 5",
    gives=Gives.NUMBER,
    item="B17",
    section="market",
    rank=Rank.REFERENCE,
    needs=("positioning.attributes",),
)
def positioning_lead(case: Case) -> Figure:
    """How much closer to their ideal we are than the best rival."""
    return _weighed(case, ("us", "rival", "ideal"), _lead)


@figure(
    "positioning.distance",
    title="Distance from their ideal",
    formula="root of the mean of (us - ideal) squared, by weight",
    unit="0 to 5",
    gives=Gives.NUMBER,
    item="B17",
    under="positioning.lead",
    rank=Rank.REFERENCE,
    needs=("positioning.attributes",),
)
def distance(case: Case) -> Figure:
    """How far we are from what they would like best, as they see it."""
    return _weighed(case, ("us", "ideal"), _distance)


@figure(
    "positioning.perception_gap",
    title="We think better of us",
    formula="mean of own view - us, by weight",
    unit="-5 to 5",
    gives=Gives.NUMBER,
    item="B17",
    under="positioning.lead",
    rank=Rank.REFERENCE,
    needs=("positioning.attributes",),
)
def perception_gap(case: Case) -> Figure:
    """How much better we see ourselves than they see us."""
    return _weighed(case, ("own_view", "us"), _perception_gap)


def _distance(weights: list[float], seen: list[float], ideal: list[float]) -> float:
    squares = [
        weight * (one - best) ** 2 for weight, one, best in zip(weights, seen, ideal, strict=True)
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
    weights = [1.0 if one.weight is None else one.weight for one in attributes]
    values: dict[str, list[Reason]] = {column: [] for column in columns}
    inputs: list[Reason] = []
    counts: list[float] = []
    for index, (one, weight) in enumerate(zip(attributes, weights, strict=True)):
        path = ("positioning", "attributes", index)
        for column in columns:
            fact = case.fact(*path, column).with_(weight=weight)
            values[column].append(fact)
            inputs.append(fact)
            counts.append(weight)
        if one.weight is not None:
            inputs.append(case.fact(*path, "weight"))
            counts.append(0.0)
    if missing := missing_among(inputs):
        return null(missing, reasons=inputs)
    if not math.fsum(weights):
        return null(reasons=inputs, note=NOTHING_TO_DIVIDE)
    return figure_of(
        compute(weights, *([one.value for one in values[column]] for column in columns)),
        inputs,
        weights=counts,
    )
