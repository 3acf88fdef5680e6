"""Around the account: environment, market, rivals, and what we could sell."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from generator.form.ids import RivalId
from generator.model.base import Graded, MoneyFact, Section, Strict, about, needed
from generator.model.kinds import Defines
from generator.model.scalars import (
    Count,
    Impact,
    Line,
    Number,
    OneToFive,
    PastDay,
    Share,
    Slug,
    Text,
    ZeroOneTwo,
    ZeroToFive,
)


class MacroFactor(Graded):
    """Something in the country or the world."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

    factor: (
        Literal["political", "economic", "social", "technological", "legal", "environmental"] | None
    ) = about("Which of the six.")
    statement: Line = needed("What.")
    impact: Impact | None = about("-5 to 5.")
    probability: Share | None = about("Chance.", unit="share")
    horizon_months: Count | None = about("When.", unit="months")


class MarketFactor(Graded):
    """Something in their market."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

    factor: (
        Literal["commodity", "condition", "customer", "competition", "change", "company"] | None
    ) = about("Which of the six.")
    statement: Line = needed("What.")
    impact: Impact | None = about("-5 to 5.")
    weight: Count | None = about("Default 1.")


class FrontLine(Graded):
    """Something our people meet at the account."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

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

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

    what: Line = needed("What happened.")
    kind: Literal["customer", "competition", "change"] | None = about("Whence it came.")
    noticed: PastDay | None = about("When we noticed.")
    answered: PastDay | None = about("When we answered.")


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
