"""Numbers that know what they would be if one of the facts under them were higher or lower.

Whatever is computed of such a number moves along with it, fact by fact, so that what shares a fact
moves together and a formula with a kink is followed around it. Spec: *range and confidence*.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from generator.read.document import DataPath

Moves = Mapping[DataPath, tuple[float, float]]
"""By fact what a number would be with that fact higher, and with it lower."""


def _operator(function: Callable[[float, float], float], *, is_turned: bool = False) -> Any:
    """An operator of two numbers: `pointwise` written out, because most of the time goes here."""

    def operated(number: Any, other: Any) -> Any:
        left, right = (other, number) if is_turned else (number, other)
        moves: dict[DataPath, tuple[float, float]] = {}
        try:
            if right.__class__ is not Varied:
                base = function(float(left), right)
                for fact, (up, down) in left.moves.items():
                    ends = function(up, right), function(down, right)
                    if ends != (base, base):
                        moves[fact] = ends
            elif left.__class__ is not Varied:
                base = function(left, float(right))
                for fact, (up, down) in right.moves.items():
                    ends = function(left, up), function(left, down)
                    if ends != (base, base):
                        moves[fact] = ends
            else:
                return pointwise(function, left, right)
        except ZeroDivisionError:
            return pointwise(function, left, right)
        return Varied(base, moves) if moves else base

    return operated


def _of_any(function: Callable[..., float]) -> Any:
    return lambda *values: pointwise(function, *values)


class Varied(float):
    """A number with its moves; compared and printed as the plain number it is."""

    __slots__ = ("moves",)
    moves: Moves

    def __new__(cls, value: float, moves: Moves) -> Self:
        """The number as it stands, and what it would be by fact."""
        number = super().__new__(cls, value)
        number.moves = moves
        return number

    __add__: Any = _operator(operator.add)
    __radd__: Any = _operator(operator.add, is_turned=True)
    __sub__: Any = _operator(operator.sub)
    __rsub__: Any = _operator(operator.sub, is_turned=True)
    __mul__: Any = _operator(operator.mul)
    __rmul__: Any = _operator(operator.mul, is_turned=True)
    __truediv__: Any = _operator(operator.truediv)
    __rtruediv__: Any = _operator(operator.truediv, is_turned=True)
    __pow__: Any = _of_any(operator.pow)
    __neg__: Any = _of_any(operator.neg)
    __abs__: Any = _of_any(operator.abs)


def pointwise(function: Callable[..., Any], *values: Any) -> Any:
    """What a function makes of numbers, and what it would make with each of their facts moved.

    Where it does not make a number, or divides by zero, a moved fact changes nothing.
    """
    varied = [(place, value) for place, value in enumerate(values) if value.__class__ is Varied]
    if not varied:
        return function(*values)
    plain = [float(value) if value.__class__ is Varied else value for value in values]
    base = function(*plain)
    if base.__class__ is not float and base.__class__ is not int:
        return base
    ends_of: dict[DataPath, list[tuple[int, tuple[float, float]]]] = {}
    for place, value in varied:
        for fact, ends in value.moves.items():
            ends_of.setdefault(fact, []).append((place, ends))
    moves: dict[DataPath, tuple[float, float]] = {}
    moved = plain.copy()
    for fact, touched in ends_of.items():
        for place, ends in touched:
            moved[place] = ends[0]
        up = _number(function, moved, base)
        for place, ends in touched:
            moved[place] = ends[1]
        down = _number(function, moved, base)
        for place, _ in touched:
            moved[place] = plain[place]
        if up != base or down != base:
            moves[fact] = up, down
    return Varied(base, moves) if moves else base


def _number(function: Callable[..., Any], values: list[Any], otherwise: float) -> float:
    try:
        number: Any = function(*values)
    except ZeroDivisionError:
        return otherwise
    return number if number.__class__ is float or number.__class__ is int else otherwise


def total(values: Iterable[float]) -> float:
    """The exact sum of numbers, with the moves of all of them."""
    terms = list(values)
    whole = math.fsum(terms)
    moved: dict[DataPath, tuple[float, float]] = {}
    for term in terms:
        if term.__class__ is not Varied:
            continue
        now = float(term)
        for fact, (high, low) in term.moves.items():
            up, down = moved.get(fact, (whole, whole))
            moved[fact] = up + (high - now), down + (low - now)
    return Varied(whole, moved) if moved else whole


def lowest(*values: float) -> float:
    """The lowest of numbers, whichever that is with a fact moved."""
    least: float = pointwise(lambda *those: min(those), *values)
    return least


def highest(*values: float) -> float:
    """The highest of numbers, whichever that is with a fact moved."""
    most: float = pointwise(lambda *those: max(those), *values)
    return most
