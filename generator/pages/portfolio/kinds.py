"""Kinds of days that a plan names: their signs and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.language import phrase, say_count
from generator.portfolio.dates import DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of day: its sign, its word, and how it is counted."""

    sign: str
    word: str
    counted: Callable[[int], str]
    """So many of it, in words."""


KINDS: Mapping[DayKind, Kind] = {
    DayKind.NOTICE: Kind(
        sign="▲",
        word=phrase("notice"),
        counted=lambda n: say_count("{count} notice", "{count} notices", n),
    ),
    DayKind.END: Kind(
        sign="▲",
        word=phrase("contract"),
        counted=lambda n: say_count("{count} contract", "{count} contracts", n),
    ),
    DayKind.TENDER: Kind(
        sign="◆",
        word=phrase("tender"),
        counted=lambda n: say_count("{count} tender", "{count} tenders", n),
    ),
    DayKind.BUYING: Kind(
        sign="◆",
        word=phrase("they decide"),
        counted=lambda n: say_count("{count} step of theirs", "{count} steps of theirs", n),
    ),
    DayKind.MEETING: Kind(
        sign="●",
        word=phrase("meeting"),
        counted=lambda n: say_count("{count} meeting", "{count} meetings", n),
    ),
    DayKind.PROMISE: Kind(
        sign="●",
        word=phrase("promise"),
        counted=lambda n: say_count("{count} promise", "{count} promises", n),
    ),
    DayKind.CONSENT: Kind(
        sign="✕",
        word=phrase("consent"),
        counted=lambda n: say_count("{count} consent", "{count} consents", n),
    ),
    DayKind.DEAL: Kind(
        sign="◇",
        word=phrase("deal"),
        counted=lambda n: say_count("{count} deal", "{count} deals", n),
    ),
    DayKind.ACTION: Kind(
        sign="○",
        word=phrase("action"),
        counted=lambda n: say_count("{count} action", "{count} actions", n),
    ),
    DayKind.OBJECTIVE: Kind(
        sign="◎",
        word=phrase("objective"),
        counted=lambda n: say_count("{count} objective", "{count} objectives", n),
    ),
    DayKind.REVIEW: Kind(
        sign="↻",
        word=phrase("review"),
        counted=lambda n: say_count("{count} review", "{count} reviews", n),
    ),
    DayKind.DECISION: Kind(
        sign="↻",
        word=phrase("decision"),
        counted=lambda n: say_count("{count} decision", "{count} decisions", n),
    ),
    DayKind.DATA: Kind(
        sign="↻",
        word=phrase("personal data"),
        counted=lambda n: say_count(
            "{count} look at personal data", "{count} looks at personal data", n
        ),
    ),
    DayKind.UNKNOWN: Kind(
        sign="?",
        word=phrase("unknown"),
        counted=lambda n: say_count("{count} unknown", "{count} unknowns", n),
    ),
    DayKind.WAIVER: Kind(
        sign="✕",
        word=phrase("waiver"),
        counted=lambda n: say_count("{count} waiver", "{count} waivers", n),
    ),
}
"""Kinds of days, those that stand with the customer first."""
