"""What we will do: buying process, objectives, actions, decisions, survey, gaps we admit."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Graded, Section, Strict, about, needed
from generator.model.scalars import (
    Count,
    Day,
    Line,
    Number,
    Part,
    Share,
    Slug,
    Text,
    Truth,
)


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

    opens: Day | None = about("Opens.")
    closes: Day | None = about("Closes.")
    award: Day | None = about("Award.")


class Buying(Section):
    """How they buy."""

    stage: Line | None = about("Where the process stands.")
    decide_by: Day | None = about("When they decide.")
    criteria: tuple[Criterion, ...] | None = about("What they decide by.")
    steps: tuple[BuyingStep, ...] | None = about("The steps.")
    tender: Tender | None = about("A tender's dates.")


class Objective(Graded):
    """What shall be true by a day."""

    id: Slug = needed("Its id.")
    statement: Line | None = about("What shall be true.")
    metric: Line | None = about("Measured how.")
    unit: Line | None = about("In what unit.")
    baseline: Number | None = about("Where it stood.")
    target: Number | None = about("Where it shall be.")
    actual: Number | None = about("Where it is.")
    due: Day | None = about("By when.")
    owner: Slug | None = about("Who of us.")
    whose: Literal["ours", "theirs", "joint"] | None = about("Whose objective it is.")
    parent: Slug | None = about("The objective it serves.")
    for_whom: Slug | None = about("The contact who gains by it.")
    confirmed: Truth | None = about("Whether the customer confirmed it.")


class ActionReadiness(Strict):
    """Will, confidence, method, action: 0 to 1 each."""

    will: Share | None = about("Will.")
    confidence: Share | None = about("Confidence.")
    method: Share | None = about("Method.")
    action: Share | None = about("Action.")


class Action(Graded):
    """Something one of us does by a day."""

    id: Slug = needed("Its id.")
    what: Line | None = about("What.")
    owner: Slug | None = about("Who of us.")
    due: Day | None = about("By when.")
    objective: Slug | None = about("The objective it serves.")
    risk: Slug | None = about("The risk it works against.")
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
    by: Slug | None = about("By whom.")
    review_on: Day | None = about("When to look again.")


class SurveyFactor(Strict):
    """A factor someone thinks important."""

    factor: Line = needed("What.")
    side: Literal["internal", "external"] | None = about("Inside or outside our firm.")
    part: Part | None = about("The part of the method it belongs to.")


class SurveyAnswer(Strict):
    """One person's five most important factors and greatest difficulty."""

    by: Slug = needed("Who answered.")
    factors: tuple[SurveyFactor, ...] | None = about("Most important first.")
    difficulty: Text | None = about("The greatest present difficulty.")


class PartState(Strict):
    """Whether a part of the plan is agreed with the customer and under review."""

    agreed_on: Day | None = about("When it was agreed with the customer.")
    with_: Slug | None = about("The contact it was agreed with.", key="with")
    reviewed_on: Day | None = about("When it was last reviewed.")


class Waiver(Strict):
    """A rule that does not count for a while."""

    rule: Slug = needed("The rule.")
    reason: Text | None = about("Why.")
    by: Slug | None = about("Who answers for it.")
    until: Day | None = about("Until when; at most 180 days ahead.")


class Override(Strict):
    """A figure someone sees otherwise; shown beside the computed one, never instead."""

    figure: Line = needed("The figure's key.")
    value: Line | None = about("What they hold it to be.")
    reason: Text | None = about("Why.")
    by: Slug | None = about("Who.")
    until: Day | None = about("Until when.")
