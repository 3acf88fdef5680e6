"""Value against cost as the customer counts it, the standard agreed, negotiation, return."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from generator.form.ids import ContactId, PersonId, RecognitionId
from generator.model.base import Graded, Section, Strict, about, needed
from generator.model.kinds import Decided
from generator.model.scalars import (
    NUMBER,
    Agreed,
    Currency,
    Day,
    Line,
    Money,
    Number,
    OneToFive,
    PastDay,
    Text,
    Truth,
    ZeroToFive,
    ZeroToTen,
)

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
    baseline: Agreed | None = about("Where it stood.", audience="customer")
    target: Agreed | None = about("Where it shall be.", audience="customer")
    actual: Number | None = about("Where it is.", audience="customer")
    weight: Annotated[float, Field(gt=0, le=1000), NUMBER, Decided()] | None = about("Default 1.")
    worth: Money | None = about("Worth to them at target.", unit="money a year")
    due: Day | None = about("By when.", audience="customer")
    measured_by: Line | None = about("Who measures.", audience="customer")
    agreed_by_us: PastDay | None = about("When we signed.", audience="customer")
    agreed_by_customer: PastDay | None = about("When they signed.", audience="customer")


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

    date: PastDay = needed("When.")
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

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

    contact: ContactId = needed("Whom.")
    type: RecognitionId | None = about("From the closed list in the catalogue.")
    planned: Day | None = about("When.")
    done_on: PastDay | None = about("When it happened.")


class Courtesy(Strict):
    """An entry of the gift and hospitality register."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ("date",)

    contact: ContactId = needed("Whom.")
    kind: Line | None = about("What.")
    amount: Money | None = about("What it cost.", unit="money")
    currency: Currency | None = about("In which currency.")
    purpose: Line | None = about("What for.")
    date: PastDay | None = about("When it was given.")
    planned: Day | None = about("When it is to be given, while it is not.")
    payer: Line | None = about("Who paid.")
    entered_by: PersonId | None = about("Who entered it.")
    approved_by: PersonId | None = about("Who approved it; not who entered it.")
    approved_on: PastDay | None = about("When.")
    approval_id: Line | None = about("Number of the approval.")
    approval_expires: Day | None = about("Until when it holds.")
    register_: Line | None = about("Entry in the register.", key="register")

    @property
    def day(self) -> datetime.date | None:
        """When it was given, else when it is to be."""
        return self.date or self.planned


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
