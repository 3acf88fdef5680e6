"""Money: what the market is worth to us, what it costs, what was billed."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.form.ids import OfferingId
from generator.model.base import (
    Fact,
    Graded,
    MayBeNone,
    MoneyFact,
    Section,
    ShareFact,
    Strict,
    about,
    needed,
)
from generator.model.kinds import Decided
from generator.model.scalars import (
    NUMBER,
    WHOLE,
    Count,
    Currency,
    Day,
    Line,
    Money,
    PastDay,
    Share,
    SignedMoney,
    Slug,
    Year,
)

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


class Development(MayBeNone):
    """What winning (or growing) the account costs and brings; for a customer the next programme."""

    monthly_cost: MoneyFact | None = about("Spent a month.", unit="money a month")
    months: MonthsFact | None = about("How long.", unit="months")
    win_probability: ShareFact | None = about("Chance to win.", unit="share")
    monthly_contribution: MoneyFact | None = about(
        "Contribution a month once won.", unit="money a month"
    )


class YearRevenue(Graded):
    """What we billed in a year."""

    year: Year = needed(
        "The year in which it begins: where years start in April (year_starts of site.yaml), 2026"
        " is April 2026 to March 2027.",
        example=2026,
    )
    amount: SignedMoney | None = about("Billed.", unit="money")
    to: PastDay | None = about(
        "Billed up to this day; needed while the year is not over.", example="2026-10-31"
    )


class Discount(Strict):
    """A discount or rebate to the company."""

    amount: Money | None = about("How much.", unit="money")
    payee: Line | None = about("The contracting entity that gets it.")
    contract: Line | None = about("The contract that grants it.")
    booked_on: PastDay | None = about("When it was booked.")


class Control(Graded):
    """What became of the money: billed, received, planned; the way back from results to plan."""

    invoiced: MoneyFact | None = about("Invoiced in our last full year.", unit="money")
    received: MoneyFact | None = about("Paid of it by today.", unit="money")
    planned_contribution: Annotated[SignedMoneyFact, Decided()] | None = about(
        "What the plan expected to be left of that year.", unit="money"
    )
    development_spent: MoneyFact | None = about(
        "Spent in that year on winning and growing the account.", unit="money"
    )
    planned_payback: Annotated[MonthsFact, Decided()] | None = about(
        "The payback we planned with.", unit="months"
    )
    realised_payback: MonthsFact | None = about("The payback it really took.", unit="months")


class Economics(Section):
    """The four market facts, price and cost, development, revenue."""

    currency: Currency | None = about(
        "ISO 4217; money of this playbook is in it, but for what names its own.", example="EUR"
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
    development: Development | None = about(
        "What winning or growing the account takes; [] says: looked, none planned."
    )
    horizon_years: Horizon | None = about("Instead of the default horizon.", unit="years")
    discount_rate: Share | None = about("Instead of the default rate.", unit="share a year")
    minimum_margin: Margin | None = about("Instead of the default margin.", unit="share")
    revenue: tuple[YearRevenue, ...] | None = about("Billed revenue by year.")
    discounts: tuple[Discount, ...] | None = about("Discounts and rebates to the company.")
    control: Control | None = about("Planned against realised, billed against received.")


class SalesSteps(Strict):
    """The six steps of selling, each with the day it was taken."""

    visit: PastDay | None = about("We met them on it.")
    communicate: PastDay | None = about("They told us what they need.")
    demonstrate: PastDay | None = about("They saw it work.")
    explain: PastDay | None = about("We explained the offer.")
    negotiate: PastDay | None = about("We talked terms.")
    close: PastDay | None = about("They signed.")


class Opportunity(Graded):
    """A deal in the pipeline."""

    id: Line = needed("Its id.")
    offering: OfferingId | None = about("From the catalogue.")
    amount: Money | None = about("What it is worth.", unit="money")
    currency: Currency | None = about("Of its amount, if not the account's.", example="USD")
    stage: Line | None = about("Where it stands.")
    probability: Share | None = about("Chance to win.", unit="share")
    close_on: Day | None = about("When it should close.")
    origin: Origin | None = about("How it began: inbound, referral, outbound or service.")
    steps: SalesSteps | None = about("The six steps, each with its day.")
    crm: Line | None = about("Its id in the CRM.")


class Outcome(Graded):
    """What became of a deal or a contract."""

    date: PastDay = needed("When.")
    kind: OutcomeKind | None = about("won, renewed, expanded, shrunk or lost.")
    amount: Money | None = about("For how much.", unit="money")
    reason: Line | None = about("Why.")


class UsagePoint(Graded):
    """How much they used in a period: a flow, or with its whole a level."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ("metric", "date")

    metric: Slug = needed("What is counted: orders, active users, tonnes.", example="orders")
    date: PastDay = needed("The last day of the period.")
    value: Count | None = about("How many.", unit="units")
    of: Count | None = about("Of how many, where it is a level: 412 of 500 users.", unit="units")
