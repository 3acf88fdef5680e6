"""Kinds of days that a plan names: their signs and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.language import phrase, say_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of day: its sign, its word, and whether it stands with the customer."""

    sign: str
    word: str
    counted: Callable[[int], str]
    """So many of it, in words."""
    is_fixed: bool = False
    """Whether we cannot move it alone."""


KINDS: Mapping[str, Kind] = {
    "notice": Kind(
        sign="▲",
        word=phrase("notice"),
        counted=lambda n: say_count("{count} notice", "{count} notices", n),
        is_fixed=True,
    ),
    "end": Kind(
        sign="▲",
        word=phrase("contract"),
        counted=lambda n: say_count("{count} contract", "{count} contracts", n),
        is_fixed=True,
    ),
    "tender": Kind(
        sign="◆",
        word=phrase("tender"),
        counted=lambda n: say_count("{count} tender", "{count} tenders", n),
        is_fixed=True,
    ),
    "buying": Kind(
        sign="◆",
        word=phrase("they decide"),
        counted=lambda n: say_count("{count} step of theirs", "{count} steps of theirs", n),
        is_fixed=True,
    ),
    "meeting": Kind(
        sign="●",
        word=phrase("meeting"),
        counted=lambda n: say_count("{count} meeting", "{count} meetings", n),
        is_fixed=True,
    ),
    "promise": Kind(
        sign="●",
        word=phrase("promise"),
        counted=lambda n: say_count("{count} promise", "{count} promises", n),
        is_fixed=True,
    ),
    "consent": Kind(
        sign="✕",
        word=phrase("consent"),
        counted=lambda n: say_count("{count} consent", "{count} consents", n),
        is_fixed=True,
    ),
    "deal": Kind(
        sign="◇",
        word=phrase("deal"),
        counted=lambda n: say_count("{count} deal", "{count} deals", n),
    ),
    "action": Kind(
        sign="○",
        word=phrase("action"),
        counted=lambda n: say_count("{count} action", "{count} actions", n),
    ),
    "objective": Kind(
        sign="◎",
        word=phrase("objective"),
        counted=lambda n: say_count("{count} objective", "{count} objectives", n),
    ),
    "review": Kind(
        sign="↻",
        word=phrase("review"),
        counted=lambda n: say_count("{count} review", "{count} reviews", n),
    ),
    "decision": Kind(
        sign="↻",
        word=phrase("decision"),
        counted=lambda n: say_count("{count} decision", "{count} decisions", n),
    ),
    "data": Kind(
        sign="↻",
        word=phrase("personal data"),
        counted=lambda n: say_count(
            "{count} look at personal data", "{count} looks at personal data", n
        ),
    ),
    "unknown": Kind(
        sign="?",
        word=phrase("unknown"),
        counted=lambda n: say_count("{count} unknown", "{count} unknowns", n),
    ),
    "waiver": Kind(
        sign="✕",
        word=phrase("waiver"),
        counted=lambda n: say_count("{count} waiver", "{count} waivers", n),
    ),
}
"""Kinds of days, those that stand with the customer first."""
