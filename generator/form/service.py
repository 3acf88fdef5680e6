"""Service beyond the contract: for whom, how much it weighs, what it costs, what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field

from generator.form.ids import ActivityId, ContactId
from generator.form.relationship import Level
from generator.model.base import CountFact, Graded, Section, Strict, about, needed
from generator.model.kinds import Decided
from generator.model.scalars import (
    NUMBER,
    Count,
    Day,
    Line,
    Money,
    Number,
    OneToFive,
    PastDay,
    Severity,
    Share,
    Slug,
    Text,
    ZeroToFive,
)

Stage = Literal["pre_sale", "sale", "after_sale"]
STAGES: tuple[Stage, ...] = get_args(Stage)
LEVELS: tuple[Level, ...] = get_args(Level)


class Importance(Strict):
    """How much an object matters by each of the three factors, 1 to 5."""

    level: OneToFive | None = about("By their level.")
    stage: OneToFive | None = about("By the stage of the sale.")
    role: OneToFive | None = about("By their role in buying.")


class WeightOverride(Strict):
    """A weight set by hand; the other objects share the rest in proportion."""

    value: Share | None = about("The weight.", unit="share")
    reason: Text | None = about("Why.")


class ServiceActivity(Graded):
    """Something we do for an object that is neither billed nor in production cost."""

    activity: ActivityId = needed("From the catalogue.")
    per_year: Count | None = about("How often a year.", unit="times a year")
    hours: Count | None = about("Hours each; default from the catalogue.", unit="hours")
    rate: Money | None = about("Cost of an hour; default from the catalogue.", unit="money an hour")
    expense: Money | None = about("Expense each; default from the catalogue.", unit="money")


class ServiceObject(Graded):
    """A person or unit we serve."""

    id: Slug = needed("Its id.")
    name: Line | None = about("Name.")
    contact: ContactId | None = about("The contact, if it is one.")
    level: Level | None = about("Default: the contact's level.")
    stage: Stage | None = about("pre_sale, sale or after_sale.")
    role: Line | None = about("Default: the contact's first role.")
    importance: Importance | None = about("1 to 5 by three factors.")
    weight: WeightOverride | None = about("A weight set by hand.")
    activities: tuple[ServiceActivity, ...] | None = about("What we do for it.")
    promised: Annotated[CountFact, Decided()] | None = about(
        "Promised in the last full quarter of our year.", unit="units"
    )
    delivered: CountFact | None = about(
        "Delivered in the last full quarter of our year.", unit="units"
    )


TAKEN_FROM_CONTACT = ("level", "role")


def taken_from_contact(level: str | None, roles: Sequence[str] | None) -> dict[str, str]:
    """What a service object has from its contact, where it says nothing itself."""
    taken = zip(TAKEN_FROM_CONTACT, (level, next(iter(roles or ()), None)), strict=True)
    return {key: value for key, value in taken if value}


class ServiceCase(Graded):
    """A complaint or request."""

    id: Line = needed("Its number.", audience="customer")
    opened: PastDay | None = about("When it came.", audience="customer")
    due: Day | None = about("When it should be closed.", audience="customer")
    closed: PastDay | None = about("When it was closed.", audience="customer")
    severity: Severity | None = about("1 worst to 4.", audience="customer")


ONE_BASED_TO = 7.0
"""Scales up to here begin with 1, longer ones with 0."""


class SatisfactionScore(Graded):
    """What they said when asked."""

    date: PastDay = needed("When.")
    score: Number | None = about("The score.")
    scale: Annotated[float, Field(gt=0, le=1000), NUMBER] | None = about("Its top.")

    @property
    def bottom(self) -> float:
        """Where its scale begins: short ones with 1, longer ones with 0."""
        return 1.0 if (self.scale or 0.0) <= ONE_BASED_TO else 0.0


class ServiceMarket(Strict):
    """How alike the offers in their market are, 0 to 1."""

    product_similarity: Share | None = about("Products alike.")
    channel_similarity: Share | None = about("Channels alike.")
    price_transparency: Share | None = about("Prices known.")


class Triangle(Strict):
    """Three sides of service, each a list of scores 0 to 5."""

    internal: tuple[ZeroToFive, ...] | None = about("We towards our own people.")
    external: tuple[ZeroToFive, ...] | None = about("What we promise the customer.")
    interactive: tuple[ZeroToFive, ...] | None = about("How people work together.")


class Service(Section):
    """Only what is neither billed nor in production cost."""

    objects: tuple[ServiceObject, ...] | None = about("Whom we serve.")
    cases: tuple[ServiceCase, ...] | None = about("Complaints and requests.")
    satisfaction: tuple[SatisfactionScore, ...] | None = about("What they said when asked.")
    market: ServiceMarket | None = about("How alike the offers are.")
    triangle: Triangle | None = about("Three sides of service.")
