"""What proofs share: how many of each, dice with one seed, and numbers for the report."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One proof: at full numbers or as a sample."""

    name: str
    seed: int
    is_full: bool
    record: Callable[[str, object], None]

    def count(self, few: int, many: int) -> int:
        """How many of something: few in every run of the tests, many in `make proof`."""
        return many if self.is_full else few

    def dice(self, what: object = "") -> random.Random:
        """Dice of this proof's own: the same for the same seed, whatever runs before it."""
        return random.Random(f"{self.seed} {self.name} {what}")

    def tell(self, **numbers: object) -> None:
        """Numbers for the report."""
        for name, number in numbers.items():
            self.record(name.replace("_", " "), number)


@pytest.fixture
def proof(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Proof:
    return Proof(
        name=request.node.name,
        seed=request.config.getoption("--proof-seed"),
        is_full=request.config.getoption("--full"),
        record=record_property,
    )
