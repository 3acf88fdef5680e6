"""Figures by key, each computed when it is first asked for: the order follows from the asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich.figure import Figure


@dataclass(frozen=True, slots=True)
class Step:
    """Figures that are computed together."""

    compute: Callable[..., Figure | Iterable[Figure]]
    """Makes them from a case, and may ask the case for others."""
    keys: tuple[str, ...]


class Figures(Mapping[str, Figure]):
    """The figures of one account in the order of the steps.

    Nothing is computed that nobody asks for: the gate needs less than a page does. Raises
    KeyError for a key that no step has, RuntimeError where figures ask for each other in a circle.
    """

    __slots__ = ("_case", "_known", "_makers", "_making", "_more")

    def __init__(self, steps: Sequence[Step] = (), case: Any = None) -> None:
        """No steps: an account that cannot be read has no figure."""
        self._case = case
        self._makers = _makers(tuple(steps))
        self._known: dict[str, Figure] = {}
        self._making: set[str] = set()
        self._more: dict[str, Figure] = {}

    def __getitem__(self, key: str) -> Figure:
        """A figure, computed now if it was not before."""
        found = self._known.get(key) or self._more.get(key)
        if found is not None:
            return found
        step = self._makers[key]
        if key in self._making:
            raise RuntimeError(f"figures ask for each other in a circle: {sorted(self._making)}")
        self._making.update(step.keys)
        try:
            made = step.compute(self._case)
            self.add(*((made,) if isinstance(made, Figure) else made))
        finally:
            self._making.difference_update(step.keys)
        return self._known[key]

    def get(self, key: str, default: Any = None) -> Figure | Any:
        """A figure, or the default where there is no such key; computed as by asking for it."""
        return self[key] if key in self else default  # noqa: SIM401 - this is that get

    def __iter__(self) -> Iterator[str]:
        """Every key, in the order of the steps."""
        yield from self._makers
        yield from self._more

    def __len__(self) -> int:
        """How many there are."""
        return len(self._makers) + len(self._more)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a figure; computes nothing."""
        return key in self._makers or key in self._more

    def add(self, *figures: Figure) -> None:
        """Keep figures that a step has made so far, for its own later ones."""
        for figure in figures:
            self._known[figure.key] = figure

    def with_(self, *figures: Figure) -> Figures:
        """The same figures and some that a later stage makes of them."""
        more = Figures()
        more._case, more._makers = self._case, self._makers
        more._known, more._making = self._known, self._making
        more._more = {**self._more, **{one.key: one for one in figures}}
        return more


_MAKERS: dict[tuple[Step, ...], dict[str, Step]] = {}


def _makers(steps: tuple[Step, ...]) -> dict[str, Step]:
    """By key the step that makes it; the same for all accounts, so made once."""
    known = _MAKERS.get(steps)
    if known is None:
        known = _MAKERS[steps] = {key: step for step in steps for key in step.keys}
    return known
