"""The ground all sections stand on: strict models, field notes, evidence, facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticUndefined

from generator.model.kinds import Audience
from generator.model.scalars import (
    Count,
    Day,
    Grade,
    Line,
    Money,
    Number,
    PastDay,
    Share,
    Slug,
    Truth,
    fault,
)

T = TypeVar("T")


class Strict(BaseModel):
    """Keys that are not listed are errors, at every depth; nothing changes after reading."""

    SHORTHAND: ClassVar[str | None] = None
    """The key whose value alone may stand in place of the keys."""
    NAMED_BY: ClassVar[tuple[str, ...] | None] = None
    """The keys that name an entry in a path, the first that is filled in; () for its number.

    If not given, its id, else the first that it cannot be told from others without: `needed`.
    """

    KEPT_ELSEWHERE: ClassVar[Mapping[str, str]] = {}
    """Keys that people look for here, in small letters without signs, and what to do instead."""

    LISTED_BY: ClassVar[str] = ""
    """The command that lists the fields of a whole form; the path of a field may follow it."""

    # defer_build: a section is compiled once, within the playbook, not again by itself
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


NONE_LISTED = BeforeValidator(lambda given: {} if given in ([], ()) else given)
"""Before a mapping: [] says there as in a list that somebody looked and there is none."""


class MayBeNone(Strict):
    """Keys in whose place [] says that somebody looked and there is none of it."""

    @model_validator(mode="before")
    @classmethod
    def _none(cls, given: Any) -> Any:
        return {} if given in ([], ()) else given

    @property
    def is_none(self) -> bool:
        """Whether there is none: no key is filled in."""
        return not self.model_fields_set


def about(
    text: str,
    *,
    unit: str | None = None,
    key: str | None = None,
    audience: Audience | None = None,
    example: float | str | None = None,
    default: Any = None,
) -> Any:
    """A field and all there is to say of it: what it means, its unit, who may see it, an example.

    `key` is its name in the file if Python has another. Without `audience` a field has the class
    of what it is in. Editors offer the `example`.
    """
    notes = {"unit": unit, "audience": audience}
    known: dict[str, Any] = {name: note for name, note in notes.items() if note is not None}
    examples = None if example is None else [example]
    return Field(
        default=default,
        description=text,
        examples=examples,
        json_schema_extra=known or None,
        alias=key,
    )


def needed(
    text: str,
    *,
    unit: str | None = None,
    key: str | None = None,
    audience: Audience | None = None,
    example: float | str | None = None,
) -> Any:
    """A field without which its entry cannot be told from others."""
    return about(
        text, unit=unit, key=key, audience=audience, example=example, default=PydanticUndefined
    )


class Evidence(Strict):
    """How sure a section's plain facts are."""

    grade: Grade | None = about("fact, estimate or opinion.")
    as_of: PastDay | None = about("The day the facts were true.")
    source: Line | None = about("Where they come from.")


class Graded(Strict):
    """An entry that carries its own evidence."""

    grade: Grade | None = about("How sure this entry is: fact, estimate or opinion.")
    as_of: PastDay | None = about("The day it was true.")
    source: Line | None = about("Where it comes from.")


class Section(Strict):
    """A section whose plain facts share one piece of evidence."""

    evidence: Evidence | None = about("The evidence of this section's plain facts.")


class Unknowable(Strict):
    """Something that may honestly be unknown, with an owner and a day to find out by."""

    unknown: Truth | None = about("true: we looked and do not know yet.")
    owner: Slug | None = about("Who finds it out, from the team.")
    find_by: Day | None = about("Until when; site_config says how far ahead it may be.")

    @property
    def is_unknown(self) -> bool:
        """Whether it is honestly unknown."""
        return bool(self.unknown)

    def _check_unknown(self, *, answered: bool, what: str) -> None:
        if self.unknown is False:
            raise fault("unknown", "'unknown' is true or not there; delete it")
        if self.unknown and answered:
            raise fault("unknown", f"give {what} or 'unknown: true', not both")
        if self.unknown and not (self.owner and self.find_by):
            raise fault("unknown", "an unknown needs 'owner' and 'find_by': who finds out, by when")
        if not self.unknown and (self.owner or self.find_by):
            raise fault("unknown", "'owner' and 'find_by' belong to 'unknown: true'")


class Fact(Unknowable, Generic[T]):
    """A fact, written in one of three ways: plain; in braces with its evidence; as unknown."""

    SHORTHAND: ClassVar[str | None] = "value"

    value: T | None = about("The fact itself.")
    grade: Grade | None = about("fact, estimate or opinion.")
    as_of: PastDay | None = about("The day it was true.")
    source: Line | None = about("Where it comes from.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return given if isinstance(given, (dict, Fact)) else {cls.SHORTHAND: given}

    @model_validator(mode="after")
    def _whole(self) -> Fact[T]:
        self._check_unknown(answered=self.value is not None, what="a value")
        if self.value is None and not self.unknown:
            raise fault("fact", "a fact in braces needs 'value', or 'unknown: true'")
        return self


class MoneyFact(Fact[Money]):
    """An amount of money."""


class ShareFact(Fact[Share]):
    """A share, rate or probability, 0 to 1."""


class CountFact(Fact[Count]):
    """A count or quantity."""


class NumberFact(Fact[Number]):
    """Any number."""
