"""A playbook: its sections, in the order a reader meets them, and the index over its form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from generator.form.account import AccountFacts, Qualification, Strategy
from generator.form.economics import Economics, Opportunity, Outcome, UsagePoint
from generator.form.ids import OfferingId
from generator.form.market import Competition, Environment, Mix, Offering, Positioning
from generator.form.plans import (
    Action,
    Buying,
    Decision,
    Fit,
    Objective,
    Override,
    PartState,
    Practice,
    SurveyAnswer,
    Waiver,
)
from generator.form.relationship import Relationship
from generator.form.risk import Risk
from generator.form.service import Service
from generator.form.value import Value
from generator.model.base import NONE_LISTED, Strict, about, needed
from generator.model.fields import Field, form_of
from generator.model.scalars import Part, Prose, fault
from generator.read.document import Quoted

SCHEMA_VERSION = 1


def _version(given: object) -> object:
    if str(given) != str(SCHEMA_VERSION) or isinstance(given, Quoted):
        raise fault(
            "schema-version", f"this program reads schema {SCHEMA_VERSION}; write 'schema: 1'"
        )
    return SCHEMA_VERSION


class Playbook(Strict):
    """One key account's plan."""

    LISTED_BY: ClassVar[str] = "playbook fields"

    schema_: Annotated[Literal[1], BeforeValidator(_version)] = needed(
        "The version of this file's form: 1.", key="schema", audience="public"
    )
    account: AccountFacts = needed("Who they are, who of us, the contract.", audience="internal")
    summary: Prose | None = needed(
        "The account in a few sentences; safe Markdown.", audience="internal"
    )
    strategy: Strategy | None = about("What they want, what we want, how.", audience="internal")
    qualification: Qualification | None = about(
        "Ten questions before we spend money.", audience="internal"
    )
    economics: Economics | None = about("Market, price, cost, revenue.", audience="internal")
    usage: tuple[UsagePoint, ...] | None = about(
        "How much they use, as other systems know it.", audience="internal"
    )
    relationship: Relationship | None = about("People and how close we are.")
    buying: Buying | None = about("How they buy.", audience="internal")
    opportunities: tuple[Opportunity, ...] | None = about(
        "Deals in the pipeline.", audience="internal"
    )
    outcomes: tuple[Outcome, ...] | None = about(
        "What became of deals and contracts.", audience="internal"
    )
    service: Service | None = about("Service beyond the contract.", audience="internal")
    value: Value | None = about("Six values against six costs.", audience="internal")
    risk: Risk | None = about("What may go wrong, on both sides.", audience="internal")
    environment: Environment | None = about("Country, market, front line.", audience="internal")
    competition: Competition | None = about("Rivals and readiness.", audience="internal")
    positioning: Positioning | None = about("Our place in their mind.", audience="internal")
    mix: Mix | None = about(
        "Our offer beside their wish: four Ps and four Cs.", audience="internal"
    )
    offerings: Annotated[dict[OfferingId, Offering], NONE_LISTED] | None = about(
        "What we could sell them, by offering.", audience="internal"
    )
    objectives: tuple[Objective, ...] | None = about(
        "What shall be true by a day.", audience="internal"
    )
    actions: tuple[Action, ...] | None = about("Who does what by when.", audience="internal")
    decisions: tuple[Decision, ...] | None = about("What was decided and why.", audience="internal")
    survey: tuple[SurveyAnswer, ...] | None = about(
        "What our people think matters most.", audience="account_team"
    )
    practices: tuple[Practice, ...] | None = about("From knowing to doing.", audience="internal")
    fit: Fit | None = about("How well the whole method suits this account.", audience="internal")
    rsvr: Annotated[dict[Part, PartState], NONE_LISTED] | None = about(
        "Parts agreed with the customer.", audience="internal"
    )
    waivers: tuple[Waiver, ...] | None = about(
        "Rules that do not count for a while.", audience="account_team"
    )
    overrides: tuple[Override, ...] | None = about(
        "Figures someone sees otherwise.", audience="account_team"
    )


FORM = form_of(Playbook)
"""The form as a tree of fields."""


@cache
def leaf_patterns() -> Mapping[str, Field]:
    """The leaves of a playbook by their patterns, in the order of the file."""
    return {field.pattern: field for field in FORM.leaves()}
