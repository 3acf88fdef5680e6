"""Kinds of fields, and what a type may say beside them: what an id names, who may see a field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal, get_args

Audience = Literal["public", "customer", "internal", "account_team", "restricted"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
"""From what anyone may see to what few may."""
HIGHEST = AUDIENCES[-1]


class Kind(Enum):
    """What a field takes. A scalar type carries its kind; others follow from the Python type."""

    MONEY = auto()
    SHARE = auto()
    """A share, rate or probability, 0 to 1."""
    SCORE = auto()
    """A rating on a scale of the method, such as 0 to 5."""
    YEAR = auto()
    NUMBER = auto()
    """Any other number."""
    DAY = auto()
    TRUTH = auto()
    """true or false."""
    CHOICE = auto()
    """One of a closed list of words."""
    ID = auto()
    WEB = auto()
    CURRENCY = auto()
    LINE = auto()
    TEXT = auto()
    PROSE = auto()
    """Text of several paragraphs."""
    GROUP = auto()
    """Keys of its own."""
    LIST = auto()
    MAPPING = auto()
    """Keys of the user's own, such as ids of the catalogue."""
    OTHER = auto()
    """One of several types; settings have such fields, a playbook has none."""


NUMBERS = frozenset((Kind.MONEY, Kind.SHARE, Kind.SCORE, Kind.YEAR, Kind.NUMBER))
TEXTS = frozenset((Kind.ID, Kind.WEB, Kind.CURRENCY, Kind.LINE, Kind.TEXT, Kind.PROSE))


@dataclass(frozen=True, slots=True)
class PointsTo:
    """Marks the type of an id that something else defines: 'person', 'contact'."""

    what: str


@dataclass(frozen=True, slots=True)
class Named:
    """Marks the type of a word whose name stands in a group of labels.yaml."""

    group: str


class Happened:
    """Marks a day on which something had happened or was known: it cannot lie ahead."""


class Decided:
    """Marks a number that people set or agreed: it is no fact of the world and has no spread."""


@dataclass(frozen=True, slots=True)
class Defines:
    """Marks the type of an entry's own id that other fields may point to."""

    what: str
