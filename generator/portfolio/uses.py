"""Which figures use a field: those with a reason at its place in a file, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.figures import Account, Figure, Reason
from generator.figures.definitions import DEFINITIONS
from generator.figures.name import steps_of
from generator.form import FORM
from generator.model.fields import ENTRY, Field
from generator.read.document import Mark

Spot = tuple[str | None, int | None, int | None]
"""File, line and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """Figures by key, each in the order of the figures."""

    direct: tuple[str, ...]
    """Those with an input that stands there, or that need it to be there."""
    through: tuple[str, ...]
    """Those that rest on these."""
    lacking: tuple[str, ...]
    """The others, which would be known or be other ones with it."""


def uses_of(field: Field, accounts: Sequence[Account]) -> Uses:
    """What some accounts use a field for, or what is in it."""
    spots = {spot for account in accounts for spot in _spots(field, account)}
    direct = {key for key, each in DEFINITIONS.items() if _needs(each.needs, field.pattern)}
    lacking: set[str] = set()
    for account in accounts:
        for key, figure in account.figures.items():
            if any(_spot(reason) in spots for reason in _inputs(figure)):
                direct.add(key)
            elif any(_is_named(field, name) for name in figure.missing):
                lacking.add(key)
    through = _resting_on(direct, accounts)
    return Uses(
        direct=_in_order(direct),
        through=_in_order(through),
        lacking=_in_order(lacking - direct - through),
    )


def _in_order(keys: set[str]) -> tuple[str, ...]:
    return tuple(key for key in DEFINITIONS if key in keys)


def _needs(needs: Sequence[str], pattern: str) -> bool:
    return any(need == pattern or need.startswith(f"{pattern}.") for need in needs)


def _inputs(figure: Figure) -> Iterator[Reason]:
    return (reason for top in figure.reasons for reason in (top, *top.inputs))


def _spot(reason: Reason) -> Spot:
    return reason.path, reason.line, reason.column


def _resting_on(keys: set[str], accounts: Sequence[Account]) -> set[str]:
    """The figures that have some of these among their inputs, and so on."""
    known = set(keys)
    inputs: dict[str, set[str]] = {}
    for account in accounts:
        for key, figure in account.figures.items():
            inputs.setdefault(key, set()).update(reason.name for reason in _inputs(figure))
    while more := {key for key, names in inputs.items() if names & known} - known:
        known |= more
    return known - keys


def _spots(field: Field, account: Account) -> Iterator[Spot]:
    """Where the field, and what is in it, stands in an account's file."""
    for mark in _marks(account.document.marks, FORM, field.pattern.split(".")):
        yield account.document.path, mark.line, mark.column


def _marks(mark: Mark, around: Field, steps: Sequence[str]) -> Iterator[Mark]:
    """The marks at a pattern, and of all that is inside of them."""
    if not steps:
        yield mark
        yield from _inside(mark)
    elif mark.children is None:
        if list(steps) == [around.shorthand]:
            yield mark
    else:
        inner = around.children[steps[0]]
        for step, child in _children(mark):
            if steps[0] in (ENTRY, step):
                yield from _marks(child, inner, steps[1:])


def _inside(mark: Mark) -> Iterator[Mark]:
    for _, child in _children(mark):
        yield child
        yield from _inside(child)


def _children(mark: Mark) -> Iterator[tuple[str | int, Mark]]:
    children = mark.children or {}
    return iter(children.items() if isinstance(children, dict) else enumerate(children))


def _is_named(field: Field, name: str) -> bool:
    """Whether the name of something missing is that of the field, or of what is in it."""
    pattern, steps = field.pattern.split("."), steps_of(name)
    return len(steps) >= len(pattern) and all(
        known in (ENTRY, step) for known, step in zip(pattern, steps, strict=False)
    )
