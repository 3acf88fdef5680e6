"""rules.yaml: the completeness rules as data, the language they are written in, and its mistakes.

A rule that looks for 'decidor' never holds, one that looks into 'risks' always does: neither would
be noticed by those who rely on it, so what the form does not have is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from generator.form import FORM
from generator.form.account import Size, Status, Tier
from generator.model.base import Graded, Strict, about, needed
from generator.model.fields import ENTRY, Field, form_of
from generator.model.scalars import (
    ONE_OR_MANY,
    Days,
    Line,
    Number,
    Slug,
    Text,
    Version,
    Whole,
    fault,
)
from generator.model.shape import did_you_mean
from generator.problems import CURE_AFTER
from generator.read.document import DataPath

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


Words = Annotated[tuple[Line, ...], ONE_OR_MANY]
"""One word or a list of words."""


class Applies(Strict):
    """Which accounts a rule is for; what is left out does not narrow it."""

    tier: Annotated[tuple[Tier, ...], ONE_OR_MANY] | None = about(
        "The higher of the computed and the planned tier."
    )
    status: Annotated[tuple[Status, ...], ONE_OR_MANY] | None = about("Status.")
    size: Annotated[tuple[Size, ...], ONE_OR_MANY] | None = about("Size.")
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


class Holds(Strict):
    """What must hold: exactly one of these."""

    REPLACED_WHOLE: ClassVar[bool] = True
    """A firm's own is never laid over ours key by key: it would say two of these."""

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
    check: Slug | None = about("A check that is written in the program.")
    agree: Slug | None = about("Numbers that must not contradict each other.")


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
    unless: Slug | None = about("A rule that says the same: where it is told, this one is not.")
    since: Version | None = about("The version that began to ask it: older workspaces are warned.")

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
        return self.model_copy(update={"rules": tuple(_counted(rule, days) for rule in self.rules)})


def _counted(rule: Rule, days: int) -> Rule:
    if rule.applies is None or rule.applies.near_renewal is None:
        return rule
    applies = rule.applies.model_copy(update={"days_to_renewal": days})
    return rule.model_copy(update={"applies": applies})


Holds.model_rebuild()


Finding = tuple[DataPath, str]
"""Where in rules.yaml, and what is wrong."""
_PLACEHOLDERS = (
    *("entry", "field", "value", "missing", "word", "count", "needed", "days", "owner"),
    *("here", "there", "listed"),
)


def rule_findings(rules: Rules) -> Iterator[Finding]:
    """All that the rules name and the form does not have."""
    known = tuple(rule.id for rule in rules.rules)
    for index, rule in enumerate(rules.rules):
        if rule.unless is not None and rule.unless not in known:
            message = f"no rule '{rule.unless}'{did_you_mean(rule.unless, known)}"
            yield ("rules", index, "unless"), message
        path: DataPath = ("rules", index)
        if rule.at is not None:
            yield from _place((*path, "at"), rule.at)
        for field in ("message", "cure"):
            for word in PLACEHOLDER.findall(getattr(rule, field) or ""):
                if word not in _PLACEHOLDERS:
                    message = f"unknown placeholder '{{{word}}}'{did_you_mean(word, _PLACEHOLDERS)}"
                    yield (*path, field), message
        yield from _holds((*path, "holds"), rule.holds)
    for number, group in enumerate(rules.optional or ()):
        for index, place in enumerate(group.fields):
            name = place.removeprefix(ANYWHERE)
            if fault := _nowhere(name) if place.startswith(ANYWHERE) else _at(place)[1]:
                yield ("optional", number, "fields", index), fault


def _nowhere(name: str) -> str:
    """That no place has a field; '' when some has. A fact's own evidence is in many."""
    known = {leaf.name for leaf in FORM.leaves()} | set(form_of(Graded).keys)
    if name in known:
        return ""
    return f"a playbook has no '{name}' anywhere{did_you_mean(name, sorted(known))}"


def _holds(path: DataPath, holds: Holds) -> Iterator[Finding]:
    names = [name for name in type(holds).model_fields if getattr(holds, name) is not None]
    if len(names) != 1:
        yield path, f"'holds' takes exactly one of {', '.join(type(holds).model_fields)}"
    if holds.present is not None:
        yield from _place((*path, "present"), holds.present)
    for name in ("each", "some", "none"):
        if (part := getattr(holds, name)) is not None:
            yield from _entries((*path, name), part)
    if holds.covers is not None:
        fields = _fields_in(holds.covers.in_)
        yield from _list((*path, "covers", "in"), holds.covers.in_, fields)
        yield from _field((*path, "covers", "field"), holds.covers.field, fields)
        words = holds.covers.words
        yield from _words((*path, "covers", "words"), holds.covers.in_, holds.covers.field, words)
    for place, wanted in (holds.filled or {}).items():
        yield from _filled((*path, "filled", place), place, wanted)
    for name in ("all", "any"):
        for index, inner in enumerate(getattr(holds, name) or ()):
            yield from _holds((*path, name, index), inner)


def _entries(path: DataPath, part: Each | Some | NoEntry) -> Iterator[Finding]:
    fields = _fields_in(part.in_)
    yield from _list((*path, "in"), part.in_, fields)
    for index, field in enumerate(() if isinstance(part, NoEntry) else part.has or ()):
        yield from _field((*path, "has", index), field, fields)
    for field, condition in (part.where or {}).items():
        here = (*path, "where", field)
        yield from _field(here, field, fields)
        for key, words in (("is", condition.is_), ("has", condition.has)):
            yield from _words((*here, key), part.in_, field, words or ())


def _filled(path: DataPath, place: str, wanted: Sequence[str]) -> Iterator[Finding]:
    """A place with * for every entry, and the fields that are wanted there."""
    field, fault = _at(place)
    if field is None:
        yield path, fault
        return
    if not field.keys:
        entry = field.step(0)
        star = f"; did you mean '{place}.*'?" if entry and entry.keys else ""
        yield path, f"'{place}' has no fields{star}"
    for index, name in enumerate(wanted):
        yield from _field((*path, index), name, field.keys)


def _at(place: str, *, stars: bool = True) -> tuple[Field | None, str]:
    """The field at a place, * being any entry or any of fixed keys, and else what is wrong."""
    field = FORM
    steps = place.split(".")
    for depth, step in enumerate(steps, 1):
        inner = field.entry if stars and step == ENTRY else field.step(step)
        if inner is None:
            near = did_you_mean(step, field.keys)
            return None, f"a playbook has no '{'.'.join(steps[:depth])}'{near}"
        field = inner
    return field, ""


def _place(path: DataPath, place: str) -> Iterator[Finding]:
    """A field of the form, step by step."""
    if fault := _at(place, stars=False)[1]:
        yield path, fault


def _around(place: str) -> Sequence[Field]:
    """The entries of a list, and the list itself or the one mapping, at a place."""
    field, _ = _at(place)
    return [level for level in (field and field.step(0), field) if level is not None]


def _fields_in(place: str) -> tuple[str, ...]:
    """The fields of a list's entries, or of the one mapping, at a place."""
    return next((field.keys for field in _around(place) if field.keys), ())


def _list(path: DataPath, place: str, fields: Sequence[str]) -> Iterator[Finding]:
    if fault := _at(place)[1]:
        yield path, fault
    elif not fields:
        yield path, f"'{place}' is no list of entries with fields"


def _field(path: DataPath, field: str, fields: Sequence[str]) -> Iterator[Finding]:
    if fields and field not in fields:
        yield path, f"entries have no field '{field}'{did_you_mean(field, fields)}"


def _words(path: DataPath, place: str, field: str, words: Sequence[str]) -> Iterator[Finding]:
    """Words that a field with a closed list of words can never be."""
    inside = (holder.step(field) for holder in _around(place))
    known = next((inner.choices for inner in inside if inner), ())
    for index, word in enumerate(words):
        if known and word not in known:
            yield (*path, index), f"'{field}' is never '{word}'{did_you_mean(word, known)}"
