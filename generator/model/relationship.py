"""People: contacts, talks with them, promises, the ladder, introductions, reference."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Graded, Section, Strict, about, needed
from generator.model.scalars import (
    Day,
    Days,
    Line,
    Money,
    Sentiment,
    Share,
    Slug,
    Text,
    Truth,
    Whole,
    ZeroToFive,
    ZeroToTen,
)

Level = Literal["company", "handler", "related"]
BuyingRole = Literal[
    "initiator", "user", "influencer", "buyer", "decider", "gatekeeper", "champion", "sponsor"
]
Official = Literal["none", "official", "state_owned", "unknown"]
RUNGS = ("prospect", "aware", "familiar", "customer", "promoter", "recommender", "partner")
Rung = Literal["prospect", "aware", "familiar", "customer", "promoter", "recommender", "partner"]


class PersonalData(Strict):
    """Where personal data comes from and why we may keep it."""

    source: Line | None = about("Where we have the person from.")
    lawful_basis: Line | None = about("Why we may keep it.")
    collected_on: Day | None = about("Since when.")
    review_by: Day | None = about("When we look whether we still may.")


class Observation(Strict):
    """What was seen or heard, on which an opinion on a person rests."""

    fact: Text = needed("What was seen or heard.")
    date: Day | None = about("When.")
    by: Slug | None = about("By whom of us.")


class Contact(PersonalData):
    """One of their people; e-mail and phone stay in the CRM."""

    id: Slug = needed("Its id within this playbook.")
    name: Line | None = about("Name.")
    title: Line | None = about("Job title.")
    employer: Line | None = about("Where they work, if not at the account itself.")
    level: Level | None = about("company (leadership), handler (day to day), related (adviser).")
    roles: tuple[BuyingRole, ...] | None = about("Roles in buying.")
    influence: ZeroToFive | None = about("Influence on the decision, 0 to 5.")
    sentiment: Sentiment | None = about("For or against us, -2 to 2.")
    observed: tuple[Observation, ...] | None = about("What the opinion rests on.")
    reports_to: Slug | None = about("The contact they report to.")
    owner: Slug | None = about("Who of us keeps this contact.")
    need: Literal["safety", "belonging", "esteem", "achievement"] | None = about(
        "What they look for at work."
    )
    rhythm_days: Days | None = about("How often we want to talk.", unit="days")
    public_official: Official | None = about("none, official, state_owned or unknown.")
    left_on: Day | None = about("When they left; then they are out of every figure.")


class Interaction(Graded):
    """A talk, meeting or message."""

    date: Day = needed("When.")
    contacts: tuple[Slug, ...] | None = about("With whom.")
    by: Slug | None = about("Who of us.")
    initiated_by: Literal["us", "them"] | None = about("Who began it.")
    two_way: Truth | None = about("Whether they answered.")
    channel: Slug | None = about("From the catalogue.")
    dimension: Slug | None = about("organisation or person, as configured.")
    element: Slug | None = about("information, ideas or feeling, as configured.")
    note: Text | None = about("What it was about.")


class Promise(Graded):
    """Something we said we would do."""

    what: Line = needed("What was promised.")
    to: Slug | None = about("To which contact.")
    due: Day | None = about("By when.")
    kept_on: Day | None = about("When it was kept.")


class Gate(Graded):
    """The evidence for a rung of the ladder."""

    date: Day | None = about("When it was reached.")
    confirmed: Day | None = about("When it was last confirmed.")
    evidence: Text | None = about("What shows it.")


class Gates(Strict):
    """Evidence by rung."""

    aware: Gate | None = about("A two-way contact.")
    familiar: Gate | None = about("A need they confirmed, and a demonstration or visit.")
    customer: Gate | None = about("A first paid order.")
    promoter: Gate | None = about("Praise in public or in writing.")
    recommender: Gate | None = about("An introduction by name that led to a meeting.")
    partner: Gate | None = about("A joint plan, long frame contract or joint development.")


class Referral(Graded):
    """An introduction they gave us."""

    to: Line = needed("To whom.")
    date: Day | None = about("When.")
    probability: Share | None = about("Chance that it becomes business.", unit="share")
    margin: Money | None = about("Contribution it would bring.", unit="money a year")
    thanked_on: Day | None = about("When we thanked them.")


class Relation(Strict):
    """Another organisation they are close to."""

    to: Line = needed("An account's id, or a name.")
    kind: Literal["group", "supplier", "association", "customer"] | None = about("How they relate.")
    reached: Truth | None = about("Whether we are already in touch with it.")


class Trust(Graded):
    """How far they trust us and would buy again, as they said it on a day."""

    date: Day = needed("When they said so.")
    trust: ZeroToFive | None = about("0 not at all to 5 wholly.")
    buy_again: ZeroToTen | None = about("How likely they buy again, 0 to 10.")


class Reference(Strict):
    """Whether we may show this customer to others."""

    consent_until: Day | None = about("Their consent runs until.")
    use: Slug | None = about("What it may be used for, from the catalogue.")
    result: Text | None = about("The result they let us tell.")
    max_uses_per_quarter: Whole | None = about("So that they do not tire of it.")


class Relationship(Section):
    """People and how close we are."""

    personal_data: PersonalData | None = about("Default for all contacts.")
    contacts: tuple[Contact, ...] | None = about("Their people.")
    interactions: tuple[Interaction, ...] | None = about("Talks with them.")
    promises: tuple[Promise, ...] | None = about("What we promised.")
    gates: Gates | None = about("Evidence for the ladder's rungs.")
    referrals: tuple[Referral, ...] | None = about("Introductions they gave us.")
    links: tuple[Relation, ...] | None = about("Organisations around them.")
    trust: tuple[Trust, ...] | None = about("Their trust over time.")
    reference: Reference | None = about("Whether we may show them to others.")
