"""What an account comes to: whether the deal works and what mends it, how they are doing.

The first screen of an account's page, its brief and whoever else needs one sentence say this.
Everything in it follows from figures; nothing here is computed anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.figures.figure import Figure, exceeds
from generator.figures.figures import Figures

WORST_CAUSES = 2
"""So many causes of lost health are named."""


class Standing(StrEnum):
    """How good something is, the worst first."""

    BAD = "bad"
    WATCH = "watch"
    GOOD = "good"


_WORST_FIRST = tuple(Standing)


class Matter(StrEnum):
    """What a part of the conclusion is about."""

    DEAL = "deal"
    HEALTH = "health"
    QUALIFICATION = "qualification"


class Cure(StrEnum):
    """What puts a deal right in which a side does not gain."""

    FLOOR_PRICE = "floor_price"
    """A price from our floor to their highest: both gain as they should."""
    COVERING_PRICE = "covering_price"
    """Only a price between our full cost and our floor: we earn less than we ask of a deal."""
    LOWER_COST = "lower_cost"
    """No price: our full cost is more than what they would pay at most."""


class Doubt(StrEnum):
    """Why it is not plain that both sides gain, what weighs most first."""

    MARGIN = "margin"
    """Whether we earn is open."""
    GAIN = "gain"
    """Whether they gain is open."""
    FLOOR = "floor"
    """The price is below our floor: we earn less than we ask of a deal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealConclusion:
    """Whether both sides gain by the deal, in money of the account a year."""

    verdict: str
    margin: Figure
    gain: Figure
    """What they gain; its value is None where values are scored instead of counted."""
    price: float
    cost: float
    floor: float
    highest: float | None
    """The price at which they gain nothing any more; None as the gain is."""
    matter: Matter = Matter.DEAL

    @property
    def standing(self) -> Standing:
        """Good where both surely gain and the price is at our floor or above it."""
        if self.verdict != "balanced":
            return Standing.BAD
        return Standing.GOOD if self.doubt is None else Standing.WATCH

    @property
    def doubt(self) -> Doubt | None:
        """Why it is not plain that both gain by a deal by which both do, as far as known."""
        if self.verdict != "balanced":
            return None
        if self.margin.is_about_even:
            return Doubt.MARGIN
        if self.gain.is_about_even:
            return Doubt.GAIN
        return Doubt.FLOOR if self.is_below_floor else None

    @property
    def is_below_floor(self) -> bool:
        """Whether we earn less than the least that we ask of a deal."""
        return exceeds(self.floor, self.price)

    @property
    def cure(self) -> Cure | None:
        """What would put it right; None where it is, or where their gain is not in money."""
        if self.highest is None or (self.verdict == "balanced" and not self.is_below_floor):
            return None
        if exceeds(self.highest, self.floor):
            return Cure.FLOOR_PRICE
        return Cure.COVERING_PRICE if exceeds(self.highest, self.cost) else Cure.LOWER_COST


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthConclusion:
    """How a customer is doing."""

    points: float
    word: str
    causes: tuple[str, ...]
    """What most of the lost health is lost to, worst first; none of a healthy customer."""
    matter: Matter = Matter.HEALTH

    @property
    def standing(self) -> Standing:
        """By the word."""
        if self.word == "healthy":
            return Standing.GOOD
        return Standing.WATCH if self.word == "watch" else Standing.BAD


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationConclusion:
    """Whether somebody who is no customer is worth our money."""

    points: float
    verdict: str
    knock_outs: tuple[str, ...]
    """The questions that alone rule them out."""
    matter: Matter = Matter.QUALIFICATION

    @property
    def standing(self) -> Standing:
        """By the verdict."""
        if self.verdict == "pursue":
            return Standing.GOOD
        return Standing.BAD if self.verdict == "not_qualified" else Standing.WATCH


Part = DealConclusion | HealthConclusion | QualificationConclusion


def conclusion_of(figures: Figures, *, is_customer: bool) -> tuple[Part, ...]:
    """What an account comes to, as far as it is known: the worse first, else the deal first.

    A customer who must be rescued is that first: a price is of no use to one who leaves.
    """
    other = health_conclusion(figures) if is_customer else qualification_conclusion(figures)
    known: list[Part] = [part for part in (deal_conclusion(figures), other) if part is not None]
    urgency = figures.get("selection.urgency")
    if urgency is not None and urgency.value == "rescue":
        known.reverse()
    return tuple(sorted(known, key=lambda part: _WORST_FIRST.index(part.standing)))


def deal_conclusion(figures: Figures) -> DealConclusion | None:
    """Whether both sides gain; None where that is not known, or hidden from an audience."""
    keys = ("deal.our_margin", "deal.verdict", "deal.seller_cost", "deal.floor_price")
    known = [figures.get(key) for key in keys]
    margin, verdict, cost, floor = known
    if any(figure is None or figure.value is None for figure in known):
        return None
    gain, highest = figures.get("value.delivered_value"), figures.get("deal.price_max")
    if gain is None or highest is None:
        return None
    return DealConclusion(
        verdict=verdict.value,
        margin=margin,
        gain=gain,
        price=float(cost.value) + float(margin.value),
        cost=float(cost.value),
        floor=float(floor.value),
        highest=None if highest.value is None else float(highest.value),
    )


UNCLEAR = "unclear"
"""Beside the words of `deal.verdict`: both sides gain as far as known, and a side may not."""


def deal_outcome(figures: Figures) -> str | None:
    """The verdict on the deal as readers are told it, with what is not clear yet kept apart."""
    verdict, deal = figures.get("deal.verdict"), deal_conclusion(figures)
    if deal is not None and deal.doubt in (Doubt.MARGIN, Doubt.GAIN):
        return UNCLEAR
    return verdict.value if verdict is not None else None


def health_conclusion(figures: Figures) -> HealthConclusion | None:
    """How a customer is doing; None where that is not known, or hidden from an audience."""
    points, word = figures.get("health"), figures.get("health.word")
    if points is None or word is None or points.value is None or word.value is None:
        return None
    drivers = figures.get("health.drivers")
    costs = (drivers.value if drivers is not None else None) or {}
    causes = () if word.value == "healthy" else tuple(costs)[:WORST_CAUSES]
    return HealthConclusion(points=float(points.value), word=word.value, causes=causes)


def qualification_conclusion(figures: Figures) -> QualificationConclusion | None:
    """Whether a prospect is worth our money; None where that is not known, or hidden."""
    keys = ("qualification.score", "qualification.verdict", "qualification.knock_outs")
    score, verdict, out = (figures.get(key) for key in keys)
    if score is None or verdict is None or score.value is None or verdict.value is None:
        return None
    knock_outs = tuple(out.value or ()) if out is not None else ()
    return QualificationConclusion(
        points=float(score.value), verdict=verdict.value, knock_outs=knock_outs
    )
