"""People as a tree of who reports to whom, and by influence and mood on a plane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.language import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person and those who report to them."""

    id: str
    reports: tuple[Seat, ...]


def seats(people: Sequence[tuple[str, str | None]]) -> tuple[Seat, ...]:
    """The trees of people given as id and superior; who reports in a circle stands at the top."""
    known = {person for person, _ in people}
    below: dict[str, list[str]] = {}
    tops: list[str] = []
    for person, superior in people:
        if superior is not None and superior in known and not _circles(person, dict(people)):
            below.setdefault(superior, []).append(person)
        else:
            tops.append(person)

    def seat(person: str) -> Seat:
        return Seat(id=person, reports=tuple(seat(report) for report in below.get(person, ())))

    return tuple(seat(person) for person in tops)


def _circles(start: str, superior: dict[str, str | None]) -> bool:
    seen = {start}
    at = superior.get(start)
    while at is not None and at in superior:
        if at == start:
            return True
        if at in seen:
            return False
        seen.add(at)
        at = superior[at]
    return False


WIDTH, HEIGHT = 440, 190
LEFT, RIGHT, TOP, BOTTOM = 30, 410, 16, 150
SENTIMENTS = (-2, 2)
MOST_INFLUENCE = 5
STEP = 13
"""How far apart people stand who share a place."""
LETTERS = 3
TURNS_AT = 300
"""From here a name stands left of its dot."""
BESIDE = 10
WIDE = 0x2E80
"""Letters from here on, Chinese for one, take the room of two."""
LETTER, LINE = 7, 14
"""About what a letter takes, and how far apart two lines of names must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDot:
    """A person on the plane."""

    x: float
    y: float
    short: str
    title: str
    mood: str
    """g for us, l against us, empty for neither."""
    is_cold: bool
    """Whether there was no two-way talk lately."""
    place: str
    """Influence and sentiment in numbers, for those who listen."""

    @property
    def anchor(self) -> str:
        """On which side the name has room."""
        return "end" if self.x > TURNS_AT else "start"

    @property
    def text_x(self) -> float:
        """Where the name begins, or ends."""
        return round(self.x - BESIDE if self.anchor == "end" else self.x + BESIDE, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPerson:
    """Someone to be placed."""

    name: str
    influence: float | None
    sentiment: int | None
    is_cold: bool


def dots(people: Sequence[PlacedPerson]) -> tuple[PersonDot, ...]:
    """Each person whose influence and sentiment are known; those of one place side by side."""
    known = [
        person for person in people if person.influence is not None and person.sentiment is not None
    ]
    taken: Counter[tuple[int, float]] = Counter()
    shorts = _shorts([person.name for person in known])
    placed = []
    for person, short in zip(known, shorts, strict=True):
        sentiment, influence = person.sentiment or 0, person.influence or 0.0
        beside = taken[sentiment, influence]
        taken[sentiment, influence] += 1
        low, high = SENTIMENTS
        across = (sentiment - low) / (high - low)
        up = influence / MOST_INFLUENCE
        placed.append(
            PersonDot(
                x=round(LEFT + across * (RIGHT - LEFT) + beside * 2 * STEP, 1),
                y=round(BOTTOM - up * (BOTTOM - TOP), 1),
                short=short,
                title=person.name,
                mood="g" if sentiment > 0 else "l" if sentiment < 0 else "",
                is_cold=person.is_cold,
                place=say(
                    "{influence} of {most}, {mood}",
                    influence=f"{influence:g}",
                    most=MOST_INFLUENCE,
                    mood=f"{sentiment:+d}",
                ),
            )
        )
    return tuple(placed)


def are_apart(placed: Sequence[PersonDot]) -> bool:
    """Whether every name has room beside its dot; else the initials stand there."""
    boxes = [_box(dot) for dot in placed]
    return not any(
        abs(y - other_y) < LINE and left < other_right and other_left < right
        for index, (left, right, y) in enumerate(boxes)
        for other_left, other_right, other_y in boxes[:index]
    )


def _box(dot: PersonDot) -> tuple[float, float, float]:
    """From where to where a dot and its name reach, and at what height."""
    letters = sum(2 if ord(sign) >= WIDE else 1 for sign in dot.title) * LETTER
    if dot.anchor == "end":
        return dot.text_x - letters, dot.x + BESIDE, dot.y
    return dot.x - BESIDE, dot.text_x + letters, dot.y


def _shorts(names: Sequence[str]) -> list[str]:
    """Initials; more letters of the last name where two would be the same."""
    shorts = ["".join(word[0] for word in name.split()[:LETTERS]) for name in names]
    counted = Counter(shorts)
    return [
        short if counted[short] == 1 else f"{short[0]}{name.split()[-1][:LETTERS]}"
        for short, name in zip(shorts, names, strict=True)
    ]
