"""The worked examples of the method: numbers that its pages tell in words and draw."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from generator.form.value import COSTS, VALUES


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueExample:
    """What a customer gains and what it costs them, by the names of the six of each."""

    gains: Mapping[str, float]
    pays: Mapping[str, float]

    @property
    def worth(self) -> float:
        """What they get."""
        return math.fsum(self.gains.values())

    @property
    def takes(self) -> float:
        """What it costs them."""
        return math.fsum(self.pays.values())

    @property
    def delivered(self) -> float:
        """What is left to them."""
        return self.worth - self.takes

    @property
    def ratio(self) -> float:
        """What they get for each unit of cost."""
        return self.worth / self.takes


@dataclass(frozen=True, slots=True, kw_only=True)
class DealExample:
    """A price between our full cost and their highest price."""

    price: float
    cost: float
    delivered: float

    @property
    def highest(self) -> float:
        """The price at which nothing would be left to them."""
        return self.price + self.delivered

    @property
    def window(self) -> float:
        """The room between our cost and their highest price."""
        return self.highest - self.cost

    @property
    def share(self) -> float:
        """Our part of it."""
        return (self.price - self.cost) / self.window


@dataclass(frozen=True, slots=True)
class DoubtExample:
    """A loss that they fear, its chance, and the part that a measure takes away."""

    loss: float
    chance: float
    taken: float

    @property
    def expected(self) -> float:
        """The loss to expect without the measure."""
        return self.loss * self.chance

    @property
    def left(self) -> float:
        """The loss to expect with it."""
        return self.expected * (1 - self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentExample:
    """Weights of those we serve beside their shares of the cost."""

    weights: tuple[float, ...]
    costs: tuple[float, ...]

    @property
    def apart(self) -> float:
        """How far both differ in all."""
        pairs = zip(self.weights, self.costs, strict=True)
        return math.fsum(abs(weight - cost) for weight, cost in pairs)

    @property
    def alignment(self) -> float:
        """How well the money follows the weights."""
        return 1 - self.apart / 2


VALUE = ValueExample(
    gains=dict(zip(VALUES, (500, 40, 120, 90, 30, 80), strict=True)),
    pays=dict(zip(COSTS, (520, 60, 15, 25, 150, 45), strict=True)),
)
DEAL = DealExample(price=VALUE.pays["monetary"], cost=430, delivered=VALUE.delivered)
DOUBTS = (DoubtExample(200, 0.2, 0.6), DoubtExample(400, 0.1, 0.5), DoubtExample(50, 0.3, 0.7))
ALIGNMENT = AlignmentExample(weights=(0.4, 0.3, 0.2, 0.1), costs=(0.2, 0.5, 0.2, 0.1))
