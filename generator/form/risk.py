"""What may go wrong, on both sides, and what we do about it."""

from __future__ import annotations

from typing import Annotated, Literal

from generator.form.ids import AccountId, PersonId
from generator.model.base import Graded, MoneyFact, NumberFact, Section, ShareFact, about, needed
from generator.model.kinds import Decided, Defines
from generator.model.scalars import Day, Line, Slug, Text

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
    measure_cost: MoneyFact | None = about("What the measure costs us.", unit="money a year")
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
    limit: Annotated[MoneyFact, Decided()] | None = about("Their credit limit.", unit="money")


class Risk(Section):
    """Both sides of risk."""

    customer: tuple[CustomerRisk, ...] | None = about("Their doubts about us.")
    own: tuple[OwnRisk, ...] | None = about("What they may do to us.")
    credit: Credit | None = about("What they owe us.")
