"""People by influence and mood on a plane: who decides, and are they for us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 440, 190
LEFT, RIGHT, TOP, BOTTOM = 30, 410, 16, 150
SENTIMENTS = (-2, 2)
MOST_INFLUENCE = 5
STEP = 13
"""How far apart people stand who share a place."""
LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A person on the plane."""

    x: float
    y: float
    short: str
    title: str
    mood: str
    """g for us, l against us, empty for neither."""
    is_cold: bool
    """Whether there was no two-way talk lately."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone to be placed."""

    name: str
    influence: float | None
    sentiment: int | None
    is_cold: bool


def dots(people: Sequence[Person]) -> tuple[Dot, ...]:
    """Each person whose influence and sentiment are known; those of one place side by side."""
    known = [one for one in people if one.influence is not None and one.sentiment is not None]
    taken: Counter[tuple[int, float]] = Counter()
    shorts = _shorts([one.name for one in known])
    placed = []
    for one, short in zip(known, shorts, strict=True):
        sentiment, influence = one.sentiment or 0, one.influence or 0.0
        beside = taken[sentiment, influence]
        taken[sentiment, influence] += 1
        low, high = SENTIMENTS
        across = (sentiment - low) / (high - low)
        up = influence / MOST_INFLUENCE
        placed.append(
            Dot(
                x=round(LEFT + across * (RIGHT - LEFT) + beside * 2 * STEP, 1),
                y=round(BOTTOM - up * (BOTTOM - TOP), 1),
                short=short,
                title=one.name,
                mood="g" if sentiment > 0 else "l" if sentiment < 0 else "",
                is_cold=one.is_cold,
            )
        )
    return tuple(placed)


def _shorts(names: Sequence[str]) -> list[str]:
    """Initials; more letters of the last name where two would be the same."""
    shorts = ["".join(word[0] for word in name.split()[:LETTERS]) for name in names]
    counted = Counter(shorts)
    return [
        short if counted[short] == 1 else f"{short[0]}{name.split()[-1][:LETTERS]}"
        for short, name in zip(shorts, names, strict=True)
    ]
