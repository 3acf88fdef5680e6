"""rules.yaml: the completeness rules as data, and the small language they are written in."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from generator.model.account import Size, Status, Tier
from generator.model.base import Strict, about, needed
from generator.model.scalars import Days, Line, Number, Slug, Text, Whole, fault
from generator.problems import CURE_AFTER

ANYWHERE = "**."
"""Begins a place that stands for a field wherever it is."""
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
"""Stands in a message for a word of the finding."""
DAY_PHRASE = re.compile(r"(today|renewal)(?:([+-])([0-9]{1,5}))?")


def _phrase(given: Any) -> Any:
    if not isinstance(given, str) or not DAY_PHRASE.fullmatch(given):
        raise fault("phrase", f"'{given}' is no day; write today, renewal, or today-365")
    return given


DatePhrase = Annotated[str, BeforeValidator(_phrase)]


def _as_tuple(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


def _words(given: Any) -> Any:
    """One word or a list of words."""
    return (given,) if isinstance(given, str) else given


Words = Annotated[tuple[Line, ...], BeforeValidator(_words)]


class Applies(Strict):
    """Which accounts a rule is for; what is left out does not narrow it."""

    tier: Annotated[tuple[Tier, ...], BeforeValidator(_as_tuple)] | None = about(
        "The higher of the computed and the planned tier."
    )
    status: Annotated[tuple[Status, ...], BeforeValidator(_as_tuple)] | None = about("Status.")
    size: Annotated[tuple[Size, ...], BeforeValidator(_as_tuple)] | None = about("Size.")
    days_to_renewal: Days | None = about(
        "From this many days before the notice day (else the contract's end) until the end."
    )
    near_renewal: Literal["true"] | None = about(
        "The same, from as many days before it as scoring.yaml says in renewal_days."
    )


class Condition(Strict):
    """What one field of an entry must be."""

    is_: Words | None = about("One of these words.", key="is")
    has: Words | None = about("A list that holds one of these words.")
    in_figure: Line | None = about("One of the words of a figure.")
    present: Literal["true", "false"] | None = about("There, or not there.")
    before: DatePhrase | None = about("A day before 'today', 'renewal', or 'today+30'.")
    after: DatePhrase | None = about("A day after 'today', 'renewal', or 'today-365'.")
    at_least: Number | None = about("A number of at least this.")


class Each(Strict):
    """Every entry of a list that fits must have these fields."""

    in_: Line = needed("The list.", key="in")
    where: dict[Line, Condition] | None = about("Only entries that fit.")
    above: Line | None = about("Only entries listed by this figure.")
    has: tuple[Line, ...] = needed("Fields that every such entry must have.")


class Some(Strict):
    """At least so many entries of a list must fit."""

    in_: Line = needed("The list.", key="in")
    where: dict[Line, Condition] | None = about("What an entry must be to count.")
    has: tuple[Line, ...] | None = about("Fields that an entry must have to count.")
    at_least: Whole | None = about("How many; default 1.")


class FigureTest(Strict):
    """A figure must be known, and within limits."""

    key: Line = needed("The figure.")
    at_least: Number | None = about("At least.")
    at_most: Number | None = about("At most.")
    is_: Words | None = about("One of these words.", key="is")
    empty: Literal["true"] | None = about("A list without entries.")


class NoEntry(Strict):
    """No entry of a list may be like this."""

    in_: Line = needed("The list, or one mapping.", key="in")
    where: dict[Line, Condition] = needed("What no entry may be.")


class Covers(Strict):
    """A list's entries have, between them, all of these words in a field."""

    in_: Line = needed("The list.", key="in")
    field: Line = needed("The field.")
    words: tuple[Line, ...] = needed("All the words.")


NamedCheck = Literal["reviewed-in-time", "tier-known", "unknowns-in-time", "facts-fresh"]


Agreement = Literal[
    "complete-with-one-thread",
    "complete-without-contact",
    "renewal-without-plan",
    "high-row-without-gain",
    "on-time-with-overdue-actions",
    "below-planned-tier",
    "margin-apart-from-price",
    "receivable-over-limit",
    "selective-but-immature",
    "champion-against-us",
    "billed-more-than-they-spend",
    "dropped-but-worked-on",
]


class Holds(Strict):
    """What must hold: exactly one of these."""

    present: Line | None = about("A field is filled in or honestly unknown.")
    each: Each | None = about("Every entry has fields.")
    some: Some | None = about("Enough entries fit.")
    figure: FigureTest | None = about("A figure is known and within limits.")
    covers: Covers | None = about("Entries of a list have all of these words.")
    none: NoEntry | None = about("No entry is like this.")
    all: tuple[Holds, ...] | None = about("All of these.")
    any: tuple[Holds, ...] | None = about("One of these.")
    filled: dict[Line, tuple[Line, ...]] | None = about(
        "What has been begun has these fields, by place; * stands for every entry."
    )
    check: NamedCheck | None = about("A check that is written in the program.")
    agree: Agreement | None = about("Numbers that must not contradict each other.")


class Rule(Strict):
    """One completeness rule."""

    id: Slug = needed("Its id, printed with each finding.")
    level: Literal["error", "warning"] = needed("error stops the gate; warning does not.")
    off: Literal["true"] | None = about("Switched off.")
    always: Literal["true"] | None = about("Asked always: no baseline takes it in.")
    applies: Applies | None = about("Whom it is for; default every account.")
    holds: Holds = needed("What must hold.")
    message: Text = needed("What a finding says is wrong, and the cure where it has no own line.")
    cure: Line | None = about("What to do about it, said behind the message.")
    at: Line | None = about("The section a finding points at; default what is missing.")
    reason: Text = needed("Why the rule is there.")
    title: Line | None = about("A short name.")

    @property
    def finding(self) -> str:
        """What a finding says, with placeholders: what is wrong, then the cure."""
        message = self.message.strip()
        return f"{message}{CURE_AFTER}{self.cure}" if self.cure else message

    @property
    def shared_cure(self) -> str:
        """The cure where it is the same for every account; else empty."""
        return "" if self.cure is None or PLACEHOLDER.search(self.cure) else self.cure


class Optional(Strict):
    """Fields that no rule asks for, though a plan may well have them."""

    fields: tuple[Line, ...] = needed("By place; * is every entry, ** at the front any place.")
    because: Text = needed("Why a plan is whole without them.")


class Rules(Strict):
    """rules.yaml."""

    rules: tuple[Rule, ...] = needed("In the order of the page.")
    optional: tuple[Optional, ...] | None = about("What no rule asks for, as the fields page says.")

    def with_renewal_days(self, days: int) -> Rules:
        """The same, with the number of scoring.yaml for every rule that is for near renewals."""
        return self.model_copy(update={"rules": tuple(_counted(one, days) for one in self.rules)})


def _counted(rule: Rule, days: int) -> Rule:
    if rule.applies is None or rule.applies.near_renewal is None:
        return rule
    applies = rule.applies.model_copy(update={"days_to_renewal": days})
    return rule.model_copy(update={"applies": applies})


Holds.model_rebuild()
