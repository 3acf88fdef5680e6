"""People: contacts, talks with them, promises, the ladder, introductions, reference."""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Literal, get_args

from generator.form.ids import (
    ChannelId,
    ContactId,
    DimensionId,
    ElementId,
    PersonId,
    ReferenceUseId,
)
from generator.model.base import Evidence, Graded, Section, Strict, about, needed
from generator.model.kinds import Defines
from generator.model.scalars import (
    Day,
    Days,
    Line,
    Money,
    PastDay,
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
Rung = Literal["prospect", "aware", "familiar", "customer", "promoter", "recommender", "partner"]
RUNGS: tuple[Rung, ...] = get_args(Rung)


class PersonalData(Strict):
    """Where personal data comes from and why we may keep it."""

    source: Line | None = about("Where we have the person from.", audience="restricted")
    lawful_basis: Line | None = about("Why we may keep it.", audience="restricted")
    collected_on: PastDay | None = about("Since when.", audience="restricted")
    review_by: Day | None = about("When we look whether we still may.", audience="restricted")


class Observation(Strict):
    """What was seen or heard, on which an opinion on a person rests."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ("date",)

    fact: Text = needed("What was seen or heard.")
    date: PastDay | None = about("When.")
    by: PersonId | None = about("By whom of us.")


class Contact(PersonalData):
    """One of their people; e-mail and phone stay in the CRM."""

    KEPT_ELSEWHERE = dict.fromkeys(
        ("email", "mail", "phone", "telephone", "tel", "mobile", "cell", "fax"),
        "how to reach a person stays in the CRM; delete the line and link it under account.crm",
    )

    id: Annotated[Slug, Defines("contact")] = needed(
        "Its id within this playbook.", audience="internal"
    )
    name: Line | None = about("Name.", audience="internal")
    title: Line | None = about("Job title.", audience="internal")
    employer: Line | None = about(
        "Where they work, if not at the account itself.", audience="internal"
    )
    level: Level | None = about(
        "company (leadership), handler (day to day), related (adviser).", audience="internal"
    )
    roles: tuple[BuyingRole, ...] | None = about("Roles in buying.", audience="internal")
    influence: ZeroToFive | None = about(
        "Influence on the decision, 0 to 5.", audience="account_team"
    )
    sentiment: Sentiment | None = about("For or against us, -2 to 2.", audience="account_team")
    observed: tuple[Observation, ...] | None = about(
        "What the opinion rests on.", audience="account_team"
    )
    reports_to: ContactId | None = about("The contact they report to.", audience="account_team")
    owner: PersonId | None = about("Who of us keeps this contact.", audience="internal")
    need: Literal["safety", "belonging", "esteem", "achievement"] | None = about(
        "What they look for at work.",
        audience="account_team",
    )
    rhythm_days: Days | None = about(
        "How often we want to talk.", unit="days", audience="account_team"
    )
    public_official: Official | None = about(
        "none, official, state_owned or unknown.", audience="restricted"
    )
    left_on: Day | None = about(
        "When they left; then they are out of every figure.", audience="internal"
    )

    def has_left(self, today: datetime.date) -> bool:
        """Whether they have left the customer; who will leave is still there."""
        return self.left_on is not None and self.left_on <= today


class Interaction(Graded):
    """A talk, meeting or message."""

    date: PastDay = needed("When.")
    contacts: tuple[ContactId, ...] | None = about("With whom.")
    by: PersonId | None = about("Who of us.")
    initiated_by: Literal["us", "them"] | None = about("Who began it.")
    two_way: Truth | None = about("Whether they answered.")
    channel: ChannelId | None = about("From the catalogue.")
    dimension: DimensionId | None = about("organisation or person, as configured.")
    element: ElementId | None = about("information, ideas or feeling, as configured.")
    note: Text | None = about("What it was about.")


class Promise(Graded):
    """Something we said we would do."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ("to",)

    what: Line = needed("What was promised.", audience="customer")
    to: ContactId | None = about("To which contact.")
    due: Day | None = about("By when.", audience="customer")
    kept_on: PastDay | None = about("When it was kept.", audience="customer")


class Gate(Graded):
    """The evidence for a rung of the ladder."""

    date: PastDay | None = about("When it was reached.")
    confirmed: PastDay | None = about("When it was last confirmed.")
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

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ("date", "to")

    to: Line = needed("To whom.")
    date: PastDay | None = about("When.")
    probability: Share | None = about("Chance that it becomes business.", unit="share")
    margin: Money | None = about("Contribution it would bring.", unit="money a year")
    thanked_on: PastDay | None = about("When we thanked them.")


class Relation(Strict):
    """Another organisation they are close to."""

    to: Line = needed("An account's id, or a name.")
    kind: Literal["group", "supplier", "association", "customer"] | None = about("How they relate.")
    reached: Truth | None = about("Whether we are already in touch with it.")


class Trust(Graded):
    """How far they trust us and would buy again, as they said it on a day."""

    date: PastDay = needed("When they said so.")
    trust: ZeroToFive | None = about("0 not at all to 5 wholly.")
    buy_again: ZeroToTen | None = about("How likely they buy again, 0 to 10.")


class Reference(Strict):
    """Whether we may show this customer to others."""

    consent_until: Day | None = about("Their consent runs until.")
    use: ReferenceUseId | None = about("What it may be used for, from the catalogue.")
    result: Text | None = about("The result they let us tell.")
    max_uses_per_quarter: Whole | None = about("So that they do not tire of it.")


class Relationship(Section):
    """People and how close we are."""

    evidence: Evidence | None = about(
        "The evidence of this section's plain facts.", audience="internal"
    )
    personal_data: PersonalData | None = about("Default for all contacts.", audience="restricted")
    contacts: tuple[Contact, ...] | None = about("Their people.")
    interactions: tuple[Interaction, ...] | None = about(
        "Talks with them.", audience="account_team"
    )
    promises: tuple[Promise, ...] | None = about("What we promised.", audience="internal")
    gates: Gates | None = about("Evidence for the ladder's rungs.", audience="internal")
    referrals: tuple[Referral, ...] | None = about(
        "Introductions they gave us.", audience="account_team"
    )
    links: tuple[Relation, ...] | None = about("Organisations around them.", audience="internal")
    trust: tuple[Trust, ...] | None = about("Their trust over time.", audience="account_team")
    reference: Reference | None = about("Whether we may show them to others.", audience="internal")
