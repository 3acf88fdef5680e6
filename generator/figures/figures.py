"""Figures by key, each computed when it is first asked for: the order follows from the asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.figures.definition import Definition, Maker
from generator.figures.figure import Figure, null
from generator.model.watched import Watch

_NONE: Mapping[str, Any] = {}
_STUMBLES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Figures(Mapping[str, Figure]):
    """The figures of one account in the order of their definitions.

    Nothing is computed that nobody asks for: the gate needs less than a page does. Raises
    KeyError for a key that no step has, RuntimeError where figures ask for each other in a circle.
    """

    __slots__ = ("_beside", "_case", "_known", "_later", "_makers", "_making", "_watch")

    def __init__(
        self,
        makers: Mapping[str, Maker] = _NONE,
        case: Any = None,
        *,
        known: dict[str, Figure] | None = None,
        beside: Mapping[str, Figure] = _NONE,
        later: Figures | None = None,
    ) -> None:
        """By key the steps that make them, of the case that the steps read.

        Without steps there are none, as of an account that cannot be read. `known` are those that
        were made before, those `beside` are made elsewhere, those `later` of more than the case.
        """
        self._makers = makers
        self._case = case
        self._known = {} if known is None else known
        self._beside = beside
        self._later: Mapping[str, Figure] = _NONE if later is None else later
        self._making: set[str] = set()
        self._watch: Watch | None = getattr(case, "watch", None)

    def __getitem__(self, key: str) -> Figure:
        """A figure, computed now if it was not before."""
        figure = self._known.get(key) or self._beside.get(key) or self._later.get(key)
        if figure is None:
            if self._watch is None:
                self._make(key, self._makers[key])
            else:
                self._make_if_known(key, self._makers[key], self._watch)
            figure = self._known[key]
        elif self._watch is not None:
            self._watch.note(figure.waits_on)
        return figure

    def _make_if_known(self, key: str, step: Maker, watch: Watch) -> None:
        """Keep the figures of a step; as not judged where they rest on what could not be read."""
        with watch.listen() as asked:
            try:
                self._make(key, step)
            except _STUMBLES:  # over the null of another figure that waits, and else never has one
                if not asked:
                    raise
        for definition in step.definitions if asked else ():
            figure = self._known.get(definition.key) or null()
            missing = tuple(name for name in figure.missing if not _is_among(name, asked))
            known = tuple(reason for reason in figure.reasons if reason.value is not None)
            waiting = Figure(value=None, reasons=known, missing=missing, waits_on=tuple(asked))
            self._known[definition.key] = self._defined(definition, waiting)

    def _make(self, key: str, step: Maker) -> None:
        """Keep all figures of a step; those whose needs are not there are null."""
        if key in self._making:
            raise RuntimeError(f"figures ask for each other in a circle: {sorted(self._making)}")
        lacking = [self._lacking(definition) for definition in step.definitions]
        made = {figure.key: figure for figure in lacking if figure is not None}
        if len(made) < len(step.definitions):
            keys = {definition.key for definition in step.definitions}
            self._making.update(keys)
            try:
                answer = step.compute(self._case)
            finally:
                self._making.difference_update(keys)
            is_for_all = isinstance(answer, Figure)
            figures = (answer,) * len(step.definitions) if is_for_all else answer
            pairs = zip(step.definitions, figures, strict=True)
            made = {
                definition.key: self._defined(definition, figure) for definition, figure in pairs
            } | made
        self._known.update(made)

    def _lacking(self, definition: Definition) -> Figure | None:
        """The figure as null where something that it needs is not there."""
        missing = self._case.lacking(definition.needs) if definition.needs else ()
        return self._defined(definition, null(missing)) if missing else None

    def _defined(self, definition: Definition, figure: Figure) -> Figure:
        """The figure with what its definition says of it: key and unit."""
        unit = figure.unit or self._case.unit_of(definition)
        return replace(figure, key=definition.key, unit=unit)

    def get(self, key: str, default: Any = None) -> Figure | Any:
        """A figure, or the default where there is no such key; computed as by asking for it."""
        return self[key] if key in self else default  # noqa: SIM401 - this is that get

    def __iter__(self) -> Iterator[str]:
        """Every key, in the order of the definitions."""
        yield from self._makers
        yield from self._beside
        yield from self._later

    def __len__(self) -> int:
        """How many there are."""
        return len(self._makers) + len(self._beside) + len(self._later)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a figure; computes nothing."""
        return key in self._makers or key in self._beside or key in self._later

    def with_(self, *figures: Figure, later: Figures | None = None) -> Figures:
        """The same figures, some that a later stage makes of them, and some it makes when asked."""
        beside = {**self._beside, **{figure.key: figure for figure in figures}}
        return Figures(self._makers, self._case, known=self._known, beside=beside, later=later)


def _is_among(name: str, lost: Iterable[str]) -> bool:
    """Whether a path is one of those lost, lies in one, or is the list that one was taken from."""
    return any(f"{name}.".startswith(f"{each}.") or each.startswith(f"{name}.") for each in lost)
