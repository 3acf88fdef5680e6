"""What trying a rule on an account yields: the gaps, each at its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.read.document import DataPath, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One place where a rule does not hold, and the words its message may use."""

    path: DataPath = ()
    place: Place | None = None
    """Where the path does not tell: a place in the file."""
    entry: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """What a figure lacks."""
    is_other_mode: bool = False
    """Whether the figure is null because the plan weighs value the other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A rule on an account: no gaps, it passes; leaning on an unknown, it does not yet hold."""

    gaps: tuple[Gap, ...] = ()
    leans_on_unknown: bool = False

    def and_(self, other: Verdict) -> Verdict:
        """Both must hold."""
        return Verdict(
            gaps=(*self.gaps, *other.gaps),
            leans_on_unknown=self.leans_on_unknown or other.leans_on_unknown,
        )

    def naming(self, **words: str) -> Verdict:
        """The same, with more words for the message."""
        return replace(
            self,
            gaps=tuple(replace(gap, words={**gap.words, **words}) for gap in self.gaps),
        )
