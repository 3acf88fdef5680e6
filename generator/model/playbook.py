"""A playbook: the one definition of all its sections and fields."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from generator.model.base import (
    CountFact,
    Evidence,
    Fact,
    Graded,
    MoneyFact,
    NumberFact,
    Section,
    ShareFact,
    Strict,
    Unknowable,
    about,
    needed,
)
from generator.model.kinds import Defines, PointsTo
from generator.model.scalars import (
    NUMBER,
    WHOLE,
    Count,
    Currency,
    Day,
    Days,
    Force,
    Grade,
    Impact,
    Line,
    Money,
    Number,
    OneToFive,
    Part,
    Prose,
    Sentiment,
    Share,
    SignedMoney,
    Slug,
    Text,
    Truth,
    Web,
    Whole,
    Year,
    ZeroOneTwo,
    ZeroToFive,
    ZeroToTen,
    fault,
)
from generator.read.document import Quoted

# Ids that point elsewhere, each a type of its own that says to what
IndustryId = Annotated[Slug, PointsTo("industry")]
RegionId = Annotated[Slug, PointsTo("region")]
UseId = Annotated[Slug, PointsTo("use")]
AccountId = Annotated[Slug, PointsTo("account")]
PersonId = Annotated[Slug, PointsTo("person")]
ContactId = Annotated[Slug, PointsTo("contact")]
ChannelId = Annotated[Slug, PointsTo("channel")]
DimensionId = Annotated[Slug, PointsTo("dimension")]
ElementId = Annotated[Slug, PointsTo("element")]
ReferenceUseId = Annotated[Slug, PointsTo("reference-use")]
OfferingId = Annotated[Slug, PointsTo("offering")]
ActivityId = Annotated[Slug, PointsTo("activity")]
RecognitionId = Annotated[Slug, PointsTo("recognition")]
RivalId = Annotated[Slug, PointsTo("rival")]
ObjectiveId = Annotated[Slug, PointsTo("objective")]
ActionId = Annotated[Slug, PointsTo("action")]
RiskId = Annotated[Slug, PointsTo("risk")]
RuleId = Annotated[Slug, PointsTo("rule")]

# Who the account is: identity, our team, the contract, strategy, qualification.
Status = Literal["prospect", "customer", "former"]
Size = Literal["small", "medium", "large", "enterprise"]
Tier = Literal["A", "B", "C", "D"]


class TeamMember(Strict):
    """One of our people on the account; an id alone is enough."""

    SHORTHAND: ClassVar[str | None] = "id"

    id: PersonId = needed("A person from the team.")
    role: Line | None = about("What they do for this account.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return {cls.SHORTHAND: given} if isinstance(given, str) else given


class Contract(Section):
    """The contract in force."""

    start: Day | None = about("First day.", audience="customer", example="2024-04-01")
    end: Day | None = about("Last day.", audience="customer", example="2027-03-31")
    notice_by: Day | None = about(
        "Last day to give notice.", audience="customer", example="2026-12-31"
    )
    value: MoneyFact | None = about("What it is worth a year.", unit="money a year")
    auto_renews: Truth | None = about(
        "Whether it renews when nobody gives notice.", audience="customer"
    )
    payment_days: Days | None = about("Payment term.", unit="days", audience="customer")
    reference: Line | None = about("Its number or name.", audience="customer")


class NextMeeting(Strict):
    """The next meeting with the customer."""

    date: Day | None = about("When.", audience="customer")
    what: Line | None = about("What it is about.", audience="customer")
    with_: tuple[ContactId, ...] | None = about("Contacts who come.", key="with")
    prepared_by: PersonId | None = about("Who of us prepares it.")


class Link(Strict):
    """A document elsewhere."""

    title: Line = needed("What it is.")
    url: Web | None = about("Where to find it.")
    date: Day | None = about("Its date.")


class Note(Strict):
    """A dated note."""

    date: Day = needed("When it was written.")
    by: PersonId | None = about("Who wrote it.")
    text: Text | None = about("What was noted.")


class AccountFacts(Section):
    """Identity, owner and contract."""

    name: Line | None = needed("The customer's name.", audience="public")
    aliases: tuple[Line, ...] | None = about("Other names; search finds them.")
    status: Status | None = needed("prospect, customer or former.", audience="customer")
    industry: IndustryId | None = about("From the catalogue.")
    region: RegionId | None = about("From the catalogue.")
    size: Size | None = about("The customer's own size; the bands are in the catalogue.")
    uses: tuple[UseId, ...] | None = about("What they use us for; references are matched on it.")
    parent: AccountId | None = about("The playbook of the group it belongs to.")
    planned_tier: Tier | None = about("The tier the sales leader has in mind.")
    owner: PersonId | None = about(
        "The one who answers for the account, from the team.", audience="customer"
    )
    executive_sponsor: PersonId | None = about(
        "Our executive who stands behind it.", audience="customer"
    )
    team: tuple[TeamMember, ...] | None = about("Others of us who work on it.", audience="customer")
    contract: Contract | None = about("The contract in force.")
    next: NextMeeting | None = about("The next meeting.")
    website: Web | None = about("Their site.")
    crm: dict[Slug, Line] | None = about("Ids in other systems, by system.")
    tags: tuple[Slug, ...] | None = about("Your own labels.")
    documents: tuple[Link, ...] | None = about("Documents kept elsewhere.")
    notes: tuple[Note, ...] | None = about("Dated notes.", audience="account_team")
    reviewed: Day | None = about("When the whole plan was last gone through.", example="2026-10-01")


class Strategy(Strict):
    """What both sides want."""

    theirs: Text | None = about("What they want.")
    ours: Text | None = about("What we want.")
    how: Text | None = about("How, in a sentence.")


class Answer(Unknowable):
    """The answer to one of the ten questions."""

    answer: Text | None = about("The answer in words.")
    score: ZeroOneTwo | None = about("0 bad or not known, 1 in part, 2 proven.")
    grade: Grade | None = about("fact, estimate or opinion.")
    as_of: Day | None = about("When it was answered.")
    source: Line | None = about("Where the answer comes from.")

    @model_validator(mode="after")
    def _whole(self) -> Answer:
        self._check_unknown(answered=self.score is not None, what="a score")
        if not self.unknown and self.score is None:
            raise fault("answer", "an answer needs 'score' 0, 1 or 2, or 'unknown: true'")
        return self


class Qualification(Section):
    """Ten questions before we spend money on an account."""

    target: Answer | None = about("Who is most likely to buy, and are they it?")
    satisfaction: Answer | None = about("What would satisfy them wholly, and can we give it?")
    brand: Answer | None = about("Do they know and value our name?")
    need: Answer | None = about("What is their need or problem?")
    solution: Answer | None = about("Have we a solution that meets their objections?")
    money: Answer | None = about("Have they the money?")
    authority: Answer | None = about("Do we talk to someone who may decide?")
    competition: Answer | None = about("Who competes, and how able are we?")
    comparison: Answer | None = about("How do we compare, and what would it cost them?")
    trend: Answer | None = about("Where is their market going?")


QUESTIONS: tuple[str, ...] = tuple(
    name for name in Qualification.model_fields if name != "evidence"
)


# Money: what the market is worth to us, what it costs, what was billed.
Months = Annotated[float, Field(ge=0, le=120), NUMBER]
Margin = Annotated[float, Field(ge=0, lt=1), NUMBER]
Horizon = Annotated[int, Field(ge=1, le=10), WHOLE]
Origin = Literal["inbound", "referral", "outbound", "service"]
SALES_STEPS = ("visit", "communicate", "demonstrate", "explain", "negotiate", "close")
OutcomeKind = Literal["won", "renewed", "expanded", "shrunk", "lost"]


class MonthsFact(Fact[Months]):
    """A number of months."""


class SignedMoneyFact(Fact[SignedMoney]):
    """An amount of money that may be a loss."""


class Development(Strict):
    """What winning (or growing) the account costs and brings; for a customer the next programme."""

    monthly_cost: MoneyFact | None = about("Spent a month.", unit="money a month")
    months: MonthsFact | None = about("How long.", unit="months")
    win_probability: ShareFact | None = about("Chance to win.", unit="share")
    monthly_contribution: MoneyFact | None = about(
        "Contribution a month once won.", unit="money a month"
    )


class YearRevenue(Graded):
    """What we billed in a year."""

    year: Year = needed("The calendar year.", example=2026)
    amount: SignedMoney | None = about("Billed.", unit="money")
    to: Day | None = about("For a part year: billed up to this day.", example="2026-10-31")


class Discount(Strict):
    """A discount or rebate to the company."""

    amount: Money | None = about("How much.", unit="money")
    payee: Line | None = about("The contracting entity that gets it.")
    contract: Line | None = about("The contract that grants it.")
    booked_on: Day | None = about("When it was booked.")


class Control(Graded):
    """What became of the money: billed, received, planned; the way back from results to plan."""

    invoiced: MoneyFact | None = about("Invoiced in the last full year.", unit="money")
    received: MoneyFact | None = about("Paid of it by today.", unit="money")
    planned_contribution: SignedMoneyFact | None = about(
        "What the plan expected to be left of that year.", unit="money"
    )
    planned_payback: MonthsFact | None = about("The payback we planned with.", unit="months")
    realised_payback: MonthsFact | None = about("The payback it really took.", unit="months")


class Economics(Section):
    """The four market facts, price and cost, development, revenue."""

    currency: Currency | None = about(
        "ISO 4217; all money of this playbook is in it.", example="EUR"
    )
    addressable_spend: MoneyFact | None = about(
        "What they spend a year on what we could sell, rivals' part included.", unit="money a year"
    )
    attainable_share: ShareFact | None = about(
        "The part of it we can win within the horizon.", unit="share"
    )
    contribution_margin: ShareFact | None = about(
        "What is left of revenue after production, before service and marketing.", unit="share"
    )
    retention: ShareFact | None = about("Chance to keep them for a year.", unit="share a year")
    price: MoneyFact | None = about(
        "The yearly bill in force; for prospects the offer.", unit="money a year"
    )
    production_cost: MoneyFact | None = about(
        "All that the price pays for, contracted service included.", unit="money a year"
    )
    marketing_cost: MoneyFact | None = about("Marketing and sales.", unit="money a year")
    development: Development | None = about("What winning or growing the account takes.")
    horizon_years: Horizon | None = about("Instead of the default horizon.", unit="years")
    discount_rate: Share | None = about("Instead of the default rate.", unit="share a year")
    minimum_margin: Margin | None = about("Instead of the default margin.", unit="share")
    revenue: tuple[YearRevenue, ...] | None = about("Billed revenue by year.")
    discounts: tuple[Discount, ...] | None = about("Discounts and rebates to the company.")
    control: Control | None = about("Planned against realised, billed against received.")


class SalesSteps(Strict):
    """The six steps of selling, each with the day it was taken."""

    visit: Day | None = about("We met them on it.")
    communicate: Day | None = about("They told us what they need.")
    demonstrate: Day | None = about("They saw it work.")
    explain: Day | None = about("We explained the offer.")
    negotiate: Day | None = about("We talked terms.")
    close: Day | None = about("They signed.")


class Opportunity(Graded):
    """A deal in the pipeline."""

    id: Line = needed("Its id.")
    offering: OfferingId | None = about("From the catalogue.")
    amount: Money | None = about("What it is worth.", unit="money")
    stage: Line | None = about("Where it stands.")
    probability: Share | None = about("Chance to win.", unit="share")
    close_on: Day | None = about("When it should close.")
    origin: Origin | None = about("How it began: inbound, referral, outbound or service.")
    steps: SalesSteps | None = about("The six steps, each with its day.")
    crm: Line | None = about("Its id in the CRM.")


class Outcome(Graded):
    """What became of a deal or a contract."""

    date: Day = needed("When.")
    kind: OutcomeKind | None = about("won, renewed, expanded, shrunk or lost.")
    amount: Money | None = about("For how much.", unit="money")
    reason: Line | None = about("Why.")


# People: contacts, talks with them, promises, the ladder, introductions, reference.
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
    collected_on: Day | None = about("Since when.", audience="restricted")
    review_by: Day | None = about("When we look whether we still may.", audience="restricted")


class Observation(Strict):
    """What was seen or heard, on which an opinion on a person rests."""

    fact: Text = needed("What was seen or heard.")
    date: Day | None = about("When.")
    by: PersonId | None = about("By whom of us.")


class Contact(PersonalData):
    """One of their people; e-mail and phone stay in the CRM."""

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

    date: Day = needed("When.")
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

    what: Line = needed("What was promised.", audience="customer")
    to: ContactId | None = about("To which contact.")
    due: Day | None = about("By when.", audience="customer")
    kept_on: Day | None = about("When it was kept.", audience="customer")


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


# Service beyond the contract: for whom, how much it weighs, what it costs, what was kept.
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
    promised: CountFact | None = about("Promised in the last full quarter.", unit="units")
    delivered: CountFact | None = about("Delivered in the last full quarter.", unit="units")


def taken_from_contact(level: str | None, roles: Sequence[str] | None) -> dict[str, str]:
    """What a service object has from its contact, where it says nothing itself."""
    taken = {"level": level, "role": next(iter(roles or ()), None)}
    return {key: value for key, value in taken.items() if value}


class ServiceCase(Graded):
    """A complaint or request."""

    id: Line = needed("Its number.", audience="customer")
    opened: Day | None = about("When it came.", audience="customer")
    due: Day | None = about("When it should be closed.", audience="customer")
    closed: Day | None = about("When it was closed.", audience="customer")
    severity: Annotated[int, Field(ge=1, le=4), WHOLE] | None = about(
        "1 worst to 4.", audience="customer"
    )


class SatisfactionScore(Graded):
    """What they said when asked."""

    date: Day = needed("When.")
    score: Number | None = about("The score.")
    scale: Annotated[float, Field(gt=0, le=1000), NUMBER] | None = about("Its top.")


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


# Value against cost as the customer counts it, the standard agreed, negotiation, return.
VALUES = ("product", "relationship", "quality", "service", "image", "technology")
COSTS = ("monetary", "switching", "effort", "time", "opportunity", "risk")
Side = Literal["us", "them"]


class Lever(Strict):
    """What we could spend on a line, and what it would gain the customer."""

    spend: Money | None = about("What it would cost us.", unit="money a year")
    gain: Money | None = about("What it would gain them.", unit="money a year")


class ValueLine(Graded):
    """One of the twelve lines: an amount in money mode, a score in score mode."""

    SHORTHAND: ClassVar[str | None] = "amount"

    amount: Money | None = about("Worth to the customer.", unit="money a year")
    once: Truth | None = about("A one-off, spread over the contract's years.")
    lever: Lever | None = about("What would move this line.")
    score: ZeroToTen | None = about("0 to 10, in score mode.")
    weight: OneToFive | None = about("1 to 5, in score mode.")
    note: Text | None = about("How it was counted.")

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, given: Any) -> Any:
        return given if isinstance(given, (dict, ValueLine)) else {cls.SHORTHAND: given}


class Values(Strict):
    """The six values."""

    product: ValueLine | None = about("The core benefit of using it.")
    relationship: ValueLine | None = about("Partnership and care.")
    quality: ValueLine | None = about("Quality and reliability.")
    service: ValueLine | None = about("Delivery, installation, warranty, advice.")
    image: ValueLine | None = about("Firm, people, brand.")
    technology: ValueLine | None = about("Technical lead.")


class Costs(Strict):
    """The six costs."""

    monetary: ValueLine | None = about("The price; default economics.price.")
    switching: ValueLine | None = about("Changing over, and the way back.")
    effort: ValueLine | None = about("Their people's effort.")
    time: ValueLine | None = about("Their time.")
    opportunity: ValueLine | None = about("What they give up; default: the best alternative.")
    risk: ValueLine | None = about("What may go wrong; default: risk.customer_residual.")


class AlternativeCosts(Strict):
    """The costs of an alternative, without opportunity."""

    monetary: ValueLine | None = about("Its price.")
    switching: ValueLine | None = about("Changing over to it.")
    effort: ValueLine | None = about("Effort with it.")
    time: ValueLine | None = about("Time with it.")
    risk: ValueLine | None = about("What may go wrong with it.")


class Alternative(Strict):
    """What they could do instead."""

    name: Line = needed("Who or what.")
    values: Values | None = about("Its six values.")
    costs: AlternativeCosts | None = about("Its costs.")


class StandardItem(Graded):
    """One thing both sides agreed to measure success by."""

    item: Line = needed("What.", audience="customer")
    metric: Line | None = about("Measured how.", audience="customer")
    unit: Line | None = about("In what unit.", audience="customer")
    baseline: Number | None = about("Where it stood.", audience="customer")
    target: Number | None = about("Where it shall be.", audience="customer")
    actual: Number | None = about("Where it is.", audience="customer")
    weight: Annotated[float, Field(gt=0, le=1000), NUMBER] | None = about("Default 1.")
    worth: Money | None = about("Worth to them at target.", unit="money a year")
    due: Day | None = about("By when.", audience="customer")
    measured_by: Line | None = about("Who measures.", audience="customer")
    agreed_by_us: Day | None = about("When we signed.", audience="customer")
    agreed_by_customer: Day | None = about("When they signed.", audience="customer")


class Issue(Strict):
    """Something negotiated."""

    issue: Line = needed("What.")
    kind: Literal["price", "value"] | None = about("price or value.")
    our_priority: ZeroToFive | None = about("0 to 5.")
    their_priority: ZeroToFive | None = about("0 to 5.")
    reservation: Line | None = about("The worst we accept.")
    target: Line | None = about("What we aim for.")


class Concession(Strict):
    """Something given up."""

    date: Day = needed("When.")
    by: Side | None = about("us or them.")
    what: Line | None = about("What.")
    amount: Money | None = about("What it is worth.", unit="money")
    in_return: Line | None = about("What came back for it.")


class Negotiation(Strict):
    """Issues and concessions."""

    issues: tuple[Issue, ...] | None = about("What is negotiated.")
    concessions: tuple[Concession, ...] | None = about("What was given up.")


class Recognition(Strict):
    """Recognition of a person's work; never money."""

    contact: ContactId = needed("Whom.")
    type: RecognitionId | None = about("From the closed list in the catalogue.")
    planned: Day | None = about("When.")
    done_on: Day | None = about("When it happened.")


class Courtesy(Strict):
    """An entry of the gift and hospitality register."""

    contact: ContactId = needed("Whom.")
    kind: Line | None = about("What.")
    amount: Money | None = about("What it cost.", unit="money")
    currency: Currency | None = about("In which currency.")
    purpose: Line | None = about("What for.")
    date: Day | None = about("When.")
    payer: Line | None = about("Who paid.")
    entered_by: PersonId | None = about("Who entered it.")
    approved_by: PersonId | None = about("Who approved it; not who entered it.")
    approved_on: Day | None = about("When.")
    approval_id: Line | None = about("Number of the approval.")
    approval_expires: Day | None = about("Until when it holds.")
    register_: Line | None = about("Entry in the register.", key="register")


class ValueReturn(Strict):
    """What comes back: recognition and courtesies. There is no field for money to a person."""

    recognition: tuple[Recognition, ...] | None = about(
        "Recognition planned and given.", audience="account_team"
    )
    courtesies: tuple[Courtesy, ...] | None = about("The courtesy register.", audience="restricted")


class WinFactor(Strict):
    """One of the nine levers of a deal: how well we do, and what shows it."""

    score: ZeroToFive | None = about("0 to 5.")
    evidence: Text | None = about("What shows it.")


class WinFactors(Strict):
    """Nine levers around the balance of a deal."""

    promotion: WinFactor | None = about("Fitting promotion.")
    communication: WinFactor | None = about("Communication that strikes a chord.")
    service: WinFactor | None = about("Full service.")
    quality: WinFactor | None = about("Reassuring quality.")
    reputation: WinFactor | None = about("The product's reputation.")
    brand: WinFactor | None = about("Awareness of the brand.")
    benefit: WinFactor | None = about("Their benefit satisfied.")
    selling: WinFactor | None = about("Skill in selling.")
    marketing: WinFactor | None = about("Marketing to the point.")


class ProductLevel(Strict):
    """One level of the product as they rate it, 0 to 5, and the best rival's."""

    offer: Line | None = about("What we offer on this level.")
    us: ZeroToFive | None = about("Our rating by them.")
    rival: ZeroToFive | None = about("The best rival's.")


class ProductLevels(Strict):
    """Five levels of a product, the core first."""

    core: ProductLevel | None = about("The use they buy it for.")
    basic: ProductLevel | None = about("Technology, quality, form.")
    expected: ProductLevel | None = about("Delivery, installation, warranty.")
    augmented: ProductLevel | None = about("Our people, care, advice.")
    potential: ProductLevel | None = about("Partnership, standing, brand.")


class Value(Section):
    """Six values against six costs."""

    mode: Literal["money", "score"] | None = about("money (default) or score.")
    values: Values | None = about("What they get.")
    costs: Costs | None = about("What it costs them.")
    alternatives: tuple[Alternative, ...] | None = about("What they could do instead.")
    standard: tuple[StandardItem, ...] | None = about("What both sides agreed.")
    negotiation: Negotiation | None = about("What is negotiated.", audience="account_team")
    win_factors: WinFactors | None = about("Nine levers of a deal, how well we do on each.")
    levels: ProductLevels | None = about("Five levels of the product, us against the best rival.")
    return_: ValueReturn | None = about("What comes back.", key="return")


# What may go wrong, on both sides, and what we do about it.
CustomerRiskClass = Literal["function", "delivery", "money", "integration", "supplier", "personal"]
OwnRiskClass = Literal["payment", "misuse", "dependency", "legal", "other"]


class CustomerRisk(Graded):
    """A doubt they have about using us, or should have."""

    id: Annotated[Slug, Defines("risk")] = needed("Its id.")
    doubt: Line | None = about("The doubt, in their words.")
    class_: CustomerRiskClass | None = about("What kind.", key="class")
    probability: ShareFact | None = about("Chance in a year.", unit="share a year")
    loss: MoneyFact | None = about("What it would cost them.", unit="money an event")
    measure: Text | None = about("What we do against it.")
    effectiveness: ShareFact | None = about("How much of it the measure takes away.", unit="share")
    measure_cost: MoneyFact | None = about("What the measure costs us.", unit="money a year")
    value_argument: Text | None = about("Why it is worth it all the same.")
    reference: AccountId | None = about("An account of the same kind that shows it.")
    named_by: Literal["us", "them"] | None = about("Who raised it first.")
    owner: PersonId | None = about("Who of us.")
    due: Day | None = about("By when.")


class OwnRisk(Graded):
    """A risk the customer brings us."""

    id: Annotated[Slug, Defines("risk")] = needed("Its id.")
    class_: OwnRiskClass | None = about("What kind.", key="class")
    statement: Line | None = about("What may happen.")
    probability: ShareFact | None = about("Chance in a year.", unit="share a year")
    loss: MoneyFact | None = about("What it would cost us.", unit="money an event")
    measure: Text | None = about("What we do against it.")
    effectiveness: ShareFact | None = about("How much of it the measure takes away.", unit="share")
    preventive_clause: Line | None = about("The clause that prevents it.")
    liability_clause: Line | None = about("The clause that says who pays.")
    owner: PersonId | None = about("Who of us.")
    due: Day | None = about("By when.")


class Credit(Graded):
    """What they owe us today."""

    receivable: MoneyFact | None = about("Today's balance.", unit="money")
    days_late: NumberFact | None = about("Days past due.", unit="days")
    default_probability: ShareFact | None = about("Chance of default in a year.", unit="share")
    loss_given_default: ShareFact | None = about("Part lost if they default.", unit="share")
    cost_of_capital: ShareFact | None = about("A year.", unit="share a year")
    limit: MoneyFact | None = about("Their credit limit.", unit="money")


class Risk(Section):
    """Both sides of risk."""

    customer: tuple[CustomerRisk, ...] | None = about("Their doubts about us.")
    own: tuple[OwnRisk, ...] | None = about("What they may do to us.")
    credit: Credit | None = about("What they owe us.")


# Around the account: environment, market, rivals, and what we could sell.
class MacroFactor(Graded):
    """Something in the country or the world."""

    factor: (
        Literal["political", "economic", "social", "technological", "legal", "environmental"] | None
    ) = about("Which of the six.")
    statement: Line = needed("What.")
    impact: Impact | None = about("-5 to 5.")
    probability: Share | None = about("Chance.", unit="share")
    horizon_months: Count | None = about("When.", unit="months")


class MarketFactor(Graded):
    """Something in their market."""

    factor: (
        Literal["commodity", "condition", "customer", "competition", "change", "company"] | None
    ) = about("Which of the six.")
    statement: Line = needed("What.")
    impact: Impact | None = about("-5 to 5.")
    weight: Count | None = about("Default 1.")


class FrontLine(Graded):
    """Something our people meet at the account."""

    statement: Line = needed("What.")
    impact: Impact | None = about("-5 to 5.")


class Lifecycle(Graded):
    """Where their market stands."""

    growth: Number | None = about("Growth.", unit="share a year")
    supply_demand: Count | None = about("Supply divided by demand.", unit="ratio")
    rivals: Count | None = about("How many rivals.")
    rivals_a_year_ago: Count | None = about("How many a year ago.")
    margin_trend: Number | None = about("How margins move.", unit="share a year")


class Responses(Graded):
    """How well we answer what comes, 0 to 5 each."""

    execution: ZeroToFive | None = about("We do what customers ask.")
    competitiveness: ZeroToFive | None = about("We answer rivals.")
    adaptability: ZeroToFive | None = about("We move with the times.")


class Signal(Graded):
    """Something that called for an answer."""

    what: Line = needed("What happened.")
    kind: Literal["customer", "competition", "change"] | None = about("Whence it came.")
    noticed: Day | None = about("When we noticed.")
    answered: Day | None = about("When we answered.")


class Environment(Section):
    """Country, market, front line."""

    macro: tuple[MacroFactor, ...] | None = about("Country and world.")
    market: tuple[MarketFactor, ...] | None = about("Their market.")
    front_line: tuple[FrontLine, ...] | None = about("What our people meet.")
    lifecycle: Lifecycle | None = about("Where their market stands.")
    responses: Responses | None = about("How well we answer what comes.")
    signals: tuple[Signal, ...] | None = about("Events and our response.")


class Comparison(Strict):
    """Us against them on one line, 1 to 5."""

    us: OneToFive | None = about("Us.")
    them: OneToFive | None = about("Them.")
    note: Text | None = about("What shows it.")


class Comparisons(Strict):
    """Seven comparisons."""

    purpose: Comparison | None = about("Whose purpose is shared.")
    leadership: Comparison | None = about("Whose leaders are abler.")
    conditions: Comparison | None = about("Who has time and place on their side.")
    discipline: Comparison | None = about("Whose process works.")
    strength: Comparison | None = about("Whose force is stronger.")
    training: Comparison | None = about("Whose people are trained.")
    rewards: Comparison | None = about("Whose incentives are clear.")


class Rival(Graded):
    """A competitor at this account."""

    id: Annotated[Slug, Defines("rival")] = needed("Its id.")
    name: Line | None = about("Name.")
    comparisons: Comparisons | None = about("Seven comparisons.")


class Factors(Strict):
    """Five factors, 0 to 5."""

    purpose: ZeroToFive | None = about("Shared purpose.")
    timing: ZeroToFive | None = about("Timing.")
    terrain: ZeroToFive | None = about("Market and access.")
    leadership: ZeroToFive | None = about("The account's leader.")
    method: ZeroToFive | None = about("Process, resources, rewards.")


class ReadinessScore(Strict):
    """0, 1 or 2, with what shows it."""

    score: ZeroOneTwo | None = about("0 no, 1 in part, 2 yes.")
    evidence: Text | None = about("What shows it.")


class CompetitionReadiness(Strict):
    """Five conditions for winning."""

    go_or_no_go: ReadinessScore | None = about("We know when to bid and when not.")
    resources: ReadinessScore | None = about("Resources fit the size.")
    alignment: ReadinessScore | None = about("Sponsor, team and customer want the same.")
    preparation: ReadinessScore | None = about("We are prepared.")
    authority: ReadinessScore | None = about("The account manager may act.")


class Competition(Section):
    """Rivals, our five factors, readiness."""

    rivals: tuple[Rival, ...] | None = about("Competitors at this account.")
    factors: Factors | None = about("Five factors.")
    readiness: CompetitionReadiness | None = about("Five conditions.")


class Offering(Graded):
    """One of our offerings at this account."""

    status: Literal["ours", "competitor", "open", "not_applicable"] | None = about("Who has it.")
    potential: MoneyFact | None = about("The whole yearly potential.", unit="money a year")
    revenue: MoneyFact | None = about("Ours now.", unit="money a year")
    competitor: RivalId | None = about("The rival who has it.")


class MixElement(Graded):
    """One of the four Ps beside the C it answers: what we offer, what they wish, 0 to 5."""

    offer: ZeroToFive | None = about("How good our offer is.")
    wish: ZeroToFive | None = about("How much they want it.")
    note: Text | None = about("What it is about.")


class Mix(Section):
    """Product for their value, price for their cost, place for convenience, promotion for talk."""

    product: MixElement | None = about("Product, quality, service, warranty: their value.")
    price: MixElement | None = about("Price, discount, payment: their cost.")
    place: MixElement | None = about("Coverage, stock, delivery: their convenience.")
    promotion: MixElement | None = about("Advertising, selling, events: communication.")


class Attribute(Graded):
    """Something they compare products by, 0 to 5 each."""

    attribute: Line = needed("What.")
    kind: Literal["hard", "soft"] | None = about("hard (function, make) or soft (image, feeling).")
    weight: Count | None = about("How much it counts; default 1.")
    ideal: ZeroToFive | None = about("What they would like best.")
    us: ZeroToFive | None = about("How they see us.")
    rival: ZeroToFive | None = about("How they see the best rival.")
    own_view: ZeroToFive | None = about("How we see ourselves.")


class Positioning(Section):
    """Our place in their mind, by what they compare."""

    segment: Line | None = about("The segment they belong to.")
    place: Line | None = about("The place we want in their mind, in a sentence.")
    attributes: tuple[Attribute, ...] | None = about("What they compare by.")


# What we will do: buying process, objectives, actions, decisions, survey, gaps we admit.
class Criterion(Strict):
    """What they decide by."""

    what: Line = needed("The criterion.")
    weight: Count | None = about("How much it counts.")


class BuyingStep(Strict):
    """A step of their buying process."""

    what: Line = needed("The step.")
    who: Line | None = about("Who takes it.")
    due: Day | None = about("By when.")
    done_on: Day | None = about("When it was taken.")


class Tender(Strict):
    """A tender's dates."""

    opens: Day | None = about("Opens.", example="2026-12-01")
    closes: Day | None = about("Closes.", example="2027-01-10")
    award: Day | None = about("Award.", example="2027-02-01")


class BuyingReason(Strict):
    """A reason to buy or not to buy, whose it is, and our way to meet it."""

    reason: Line = needed("The reason.")
    contact: ContactId | None = about("Whose it is.")
    strength: Force | None = about("-3 strongly against, 3 strongly for.")
    way: Line | None = about("Our way to make more or less of it.")
    action: ActionId | None = about("The action that goes this way.")


class Buying(Section):
    """How they buy."""

    stage: Line | None = about("Where the process stands.")
    decide_by: Day | None = about("When they decide.")
    criteria: tuple[Criterion, ...] | None = about("What they decide by.")
    steps: tuple[BuyingStep, ...] | None = about("The steps.")
    tender: Tender | None = about("A tender's dates.")
    reasons: tuple[BuyingReason, ...] | None = about("Why they would buy, and why not.")


class Objective(Graded):
    """What shall be true by a day."""

    id: Annotated[Slug, Defines("objective")] = needed("Its id.", audience="customer")
    statement: Line | None = about("What shall be true.", audience="customer")
    metric: Line | None = about("Measured how.", audience="customer")
    unit: Line | None = about("In what unit.", audience="customer")
    baseline: Number | None = about("Where it stood.", audience="customer")
    target: Number | None = about("Where it shall be.", audience="customer")
    actual: Number | None = about("Where it is.", audience="customer")
    due: Day | None = about("By when.", audience="customer")
    owner: PersonId | None = about("Who of us.")
    whose: Literal["ours", "theirs", "joint"] | None = about(
        "Whose objective it is.", audience="customer"
    )
    parent: ObjectiveId | None = about("The objective it serves.")
    for_whom: ContactId | None = about("The contact who gains by it.")
    confirmed: Truth | None = about("Whether the customer confirmed it.", audience="customer")


class ActionReadiness(Strict):
    """Will, confidence, method, action: 0 to 1 each."""

    will: Share | None = about("Will.")
    confidence: Share | None = about("Confidence.")
    method: Share | None = about("Method.")
    action: Share | None = about("Action.")


class Action(Graded):
    """Something one of us does by a day."""

    id: Annotated[Slug, Defines("action")] = needed("Its id.")
    what: Line | None = about("What.")
    owner: PersonId | None = about("Who of us.")
    due: Day | None = about("By when.")
    objective: ObjectiveId | None = about("The objective it serves.")
    risk: RiskId | None = about("The risk it works against.")
    part: Part | None = about("The part of the plan it improves.")
    restructure: Literal["reprice", "channel", "cost", "rebundle"] | None = about(
        "How it restructures an account of tier D."
    )
    prepares: Literal["renewal"] | None = about("What it prepares.")
    phase: Literal["plan", "do", "check", "act"] | None = about("Where it stands.")
    cadence: Literal["day", "month", "year"] | None = about("Its rhythm.")
    done_on: Day | None = about("When it was done.")
    moved: Count | None = about("How often it was put off.")
    lesson: Text | None = about("What we learnt.")
    readiness: ActionReadiness | None = about("How ready we are for it.")


class Decision(Strict):
    """A decision on the account."""

    date: Day = needed("When.")
    kind: Literal["pursue", "keep", "restructure", "drop", "other"] | None = about("What kind.")
    decision: Text | None = about("What was decided.")
    options: tuple[Line, ...] | None = about("What else was considered.")
    reason: Text | None = about("Why.")
    by: PersonId | None = about("By whom.")
    review_on: Day | None = about("When to look again.")


class SurveyFactor(Strict):
    """A factor someone thinks important."""

    factor: Line = needed("What.")
    side: Literal["internal", "external"] | None = about("Inside or outside our firm.")
    part: Part | None = about("The part of the method it belongs to.")


class SurveyAnswer(Strict):
    """One person's five most important factors and greatest difficulty."""

    by: PersonId = needed("Who answered.")
    factors: tuple[SurveyFactor, ...] | None = about("Most important first.")
    difficulty: Text | None = about("The greatest present difficulty.")


class Practice(Strict):
    """Something that matters here: known, felt, noticed, able, done, in this order."""

    practice: Line = needed("What should be done.")
    known: Truth | None = about("We know that it matters.")
    felt: Truth | None = about("We have felt it in a case of our own.")
    noticed: Truth | None = about("We noticed the last live instance.")
    able: Truth | None = about("Skill and means are there.")
    done: Truth | None = about("It is done.")


class Fit(Graded):
    """How well the whole method suits this account: complex and dear, or simple and cheap."""

    complexity: ZeroToFive | None = about("Of what they buy, 0 to 5.")
    order_value: MoneyFact | None = about("A typical order.", unit="money")
    importance: ZeroToFive | None = about("To their operation, 0 to 5.")
    capital_share: Share | None = about("Capital goods in what they buy.", unit="share")


class PartState(Strict):
    """Whether a part of the plan is agreed with the customer and under review."""

    agreed_on: Day | None = about("When it was agreed with the customer.")
    with_: ContactId | None = about("The contact it was agreed with.", key="with")
    reviewed_on: Day | None = about("When it was last reviewed.")


class Waiver(Strict):
    """A rule that does not count for a while."""

    rule: RuleId = needed("The rule.")
    reason: Text | None = about("Why.")
    by: PersonId | None = about("Who answers for it.")
    until: Day | None = about("Until when; site_config says how far ahead it may be.")
    approval: Line | None = about("Number of the approval; only ab7 needs one.")


class Override(Strict):
    """A figure someone sees otherwise; shown beside the computed one, never instead."""

    figure: Line = needed("The figure's key.", example="value.total_value")
    value: Line | None = about("What they hold it to be.")
    reason: Text | None = about("Why.")
    by: PersonId | None = about("Who.")
    until: Day | None = about("Until when.")


# A playbook: the one definition of its sections, in the order a reader meets them.
SCHEMA_VERSION = 1


def _version(given: object) -> object:
    if str(given) != str(SCHEMA_VERSION) or isinstance(given, Quoted):
        raise fault(
            "schema-version", f"this program reads schema {SCHEMA_VERSION}; write 'schema: 1'"
        )
    return SCHEMA_VERSION


class Playbook(Strict):
    """One key account's plan."""

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
    offerings: dict[OfferingId, Offering] | None = about(
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
    rsvr: dict[Part, PartState] | None = about(
        "Parts agreed with the customer.", audience="internal"
    )
    waivers: tuple[Waiver, ...] | None = about(
        "Rules that do not count for a while.", audience="account_team"
    )
    overrides: tuple[Override, ...] | None = about(
        "Figures someone sees otherwise.", audience="account_team"
    )
