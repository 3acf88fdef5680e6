"""What we will do: buying process, objectives, actions, decisions, survey, gaps we admit."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from generator.form.ids import ActionId, ContactId, ObjectiveId, PersonId, RiskId, RuleId
from generator.model.base import Graded, MoneyFact, Section, Strict, about, needed
from generator.model.kinds import Defines
from generator.model.scalars import (
    Agreed,
    Count,
    Day,
    Force,
    Line,
    Number,
    Part,
    PastDay,
    Share,
    Slug,
    Text,
    Truth,
    ZeroToFive,
)


class Criterion(Strict):
    """What they decide by."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

    what: Line = needed("The criterion.")
    weight: Count | None = about("How much it counts.")


class BuyingStep(Strict):
    """A step of their buying process."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

    what: Line = needed("The step.")
    who: Line | None = about("Who takes it.")
    due: Day | None = about("By when.")
    done_on: PastDay | None = about("When it was taken.")


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
    kind: Literal["level", "total", "limit"] | None = about(
        "A level to reach, a total that adds up until the due day, or a limit: a total that stays"
        " below the target. Without it a level, or from 0 to 1 something done or not.",
        audience="customer",
    )
    start: Day | None = about("The day of the baseline, when it began.", audience="customer")
    baseline: Agreed | None = about("Where it stood.", audience="customer")
    target: Agreed | None = about("Where it shall be.", audience="customer")
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
    done_on: PastDay | None = about("When it was done.")
    moved: Count | None = about("How often it was put off.")
    lesson: Text | None = about("What we learnt.")
    readiness: ActionReadiness | None = about("How ready we are for it.")


class Decision(Strict):
    """A decision on the account."""

    date: PastDay = needed("When.")
    kind: Literal["pursue", "keep", "restructure", "drop", "other"] | None = about("What kind.")
    decision: Text | None = about("What was decided.")
    options: tuple[Line, ...] | None = about("What else was considered.")
    reason: Text | None = about("Why.")
    by: PersonId | None = about("By whom.")
    review_on: Day | None = about("When to look again.")


class SurveyFactor(Strict):
    """A factor someone thinks important."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

    factor: Line = needed("What.")
    side: Literal["internal", "external"] | None = about("Inside or outside our firm.")
    part: Part | None = about("The part of the method it belongs to.")


class SurveyAnswer(Strict):
    """One person's five most important factors and greatest difficulty."""

    NAMED_BY: ClassVar[tuple[str, ...] | None] = ()

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

    agreed_on: PastDay | None = about("When it was agreed with the customer.")
    with_: ContactId | None = about("The contact it was agreed with.", key="with")
    reviewed_on: PastDay | None = about("When it was last reviewed.")


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
