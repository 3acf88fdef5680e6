"""A playbook: the one definition of its sections, in the order a reader meets them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.model.account import AccountFacts, Qualification, Strategy
from generator.model.base import Strict, about, needed
from generator.model.economics import Economics, Opportunity, Outcome
from generator.model.market import Competition, Environment, Mix, Offering, Positioning
from generator.model.plan import (
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
from generator.model.relationship import Relationship
from generator.model.risk import Risk
from generator.model.scalars import Part, Prose, Slug, fault
from generator.model.service import Service
from generator.model.value import Value
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

    schema_: Annotated[Literal[1], BeforeValidator(_version)] = Field(
        alias="schema", description="The version of this file's form: 1."
    )
    account: AccountFacts = needed("Who they are, who of us, the contract.")
    summary: Prose | None = needed("The account in a few sentences; safe Markdown.")
    strategy: Strategy | None = about("What they want, what we want, how.")
    qualification: Qualification | None = about("Ten questions before we spend money.")
    economics: Economics | None = about("Market, price, cost, revenue.")
    relationship: Relationship | None = about("People and how close we are.")
    buying: Buying | None = about("How they buy.")
    opportunities: tuple[Opportunity, ...] | None = about("Deals in the pipeline.")
    outcomes: tuple[Outcome, ...] | None = about("What became of deals and contracts.")
    service: Service | None = about("Service beyond the contract.")
    value: Value | None = about("Six values against six costs.")
    risk: Risk | None = about("What may go wrong, on both sides.")
    environment: Environment | None = about("Country, market, front line.")
    competition: Competition | None = about("Rivals and readiness.")
    positioning: Positioning | None = about("Our place in their mind.")
    mix: Mix | None = about("Our offer beside their wish: four Ps and four Cs.")
    offerings: dict[Slug, Offering] | None = about("What we could sell them, by offering.")
    objectives: tuple[Objective, ...] | None = about("What shall be true by a day.")
    actions: tuple[Action, ...] | None = about("Who does what by when.")
    decisions: tuple[Decision, ...] | None = about("What was decided and why.")
    survey: tuple[SurveyAnswer, ...] | None = about("What our people think matters most.")
    practices: tuple[Practice, ...] | None = about("From knowing to doing.")
    fit: Fit | None = about("How well the whole method suits this account.")
    rsvr: dict[Part, PartState] | None = about("Parts agreed with the customer.")
    waivers: tuple[Waiver, ...] | None = about("Rules that do not count for a while.")
    overrides: tuple[Override, ...] | None = about("Figures someone sees otherwise.")
