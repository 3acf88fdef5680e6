"""Pictures that explain a model of the method: the bands of a scale, the pieces of a whole."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.figures.formula import Words

WHOLE = 100.0
SHADES = 6
_SIGN = re.compile(r"\s+([-+\N{MINUS SIGN}])\s+")


class Band(NamedTuple):
    """A part of a scale that has a name."""

    name: str
    kind: str
    """What its colour means: good, watch, bad, or a step of one hue."""
    start: float
    """Where it begins, in the scale's own unit."""
    width: float
    """Its part of the drawing, in per cent."""


def scale(top: float, *bands: tuple[str, str, float]) -> tuple[Band, ...]:
    """The bands of a scale that ends at `top`, each from its start to the next one's."""
    first = bands[0][2]
    span = (top - first) or 1.0
    ends = [start for _, _, start in bands[1:]] + [top]
    return tuple(
        Band(name, kind, start, max(0.0, end - start) / span * WHOLE)
        for (name, kind, start), end in zip(bands, ends, strict=True)
    )


class Slice(NamedTuple):
    """A named part of a whole."""

    name: str
    kind: str
    amount: float
    width: float
    """Its part of the drawing, in per cent."""


def whole(
    parts: Iterable[tuple[str, float]], of: float | None = None, kind: str = "p"
) -> tuple[Slice, ...]:
    """Parts beside each other, in shades of one colour, as shares of `of` or of their sum."""
    named = tuple(parts)
    total = (of if of is not None else math.fsum(amount for _, amount in named)) or 1.0
    return tuple(
        Slice(name, f"{kind}{place % SHADES}", amount, amount / total * WHOLE)
        for place, (name, amount) in enumerate(named)
    )


class Term(NamedTuple):
    """A term of a sum with the sign before it, and where it is defined when it is a figure."""

    sign: str
    name: str
    key: str


def terms(formula: Iterable[Words]) -> Iterator[Term]:
    """The terms of a formula that adds and takes away: production + cost to serve - discounts."""
    sign, name, key = "", "", ""
    for words in formula:
        before, *rest = (words.text,) if words.names else _SIGN.split(words.text)
        name += before
        key = words.names.key if words.names else key
        for next_sign, text in zip(rest[::2], rest[1::2], strict=True):
            yield Term(sign, name.strip(), key)
            sign, name, key = next_sign.replace("-", "\N{MINUS SIGN}"), text, ""
    yield Term(sign, name.strip(), key)
