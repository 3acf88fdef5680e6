"""Numbers of the method: grades, shelf lives, thresholds, the matrix and what follows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.model.account import Tier
from generator.model.base import Strict, needed
from generator.model.economics import Horizon, Margin, Months
from generator.model.relationship import Rung
from generator.model.scalars import (
    WHOLE,
    Days,
    Money,
    MonthSpan,
    Number,
    Part,
    Share,
    Slug,
    Whole,
    ZeroToFive,
)

DevelopWord = Literal["all_out", "selective", "fast", "drop"]
MaintainWord = Literal["all_out", "selective", "restructure"]
Lifetime = Annotated[int, Field(ge=1, le=36500), WHOLE]
Cell = Literal["high_short", "high_long", "low_short", "low_long"]


class Grades(Strict):
    """What each grade of evidence counts."""

    fact: Share = needed("A fact.")
    estimate: Share = needed("An estimate.")
    opinion: Share = needed("An opinion.")


class ShelfLives(Strict):
    """For how many days evidence holds, by section."""

    economics: Days = needed("Money.")
    risk: Days = needed("Risks.")
    value: Days = needed("Values, costs, standard.")
    service: Days = needed("Service.")
    contacts: Days = needed("People and talks.")
    environment: Days = needed("Surroundings.")
    review: Days = needed("The whole plan.")


class EvidenceScoring(Strict):
    """How evidence becomes confidence."""

    grades: Grades = needed("By grade.")
    default_grade: Literal["fact", "estimate", "opinion"] = needed("Of a plain fact.")
    stale_factor: Share = needed("What is left of a grade past its shelf life.")
    shelf_life_days: ShelfLives = needed("By section.")
    unknown_days: Days = needed("How far ahead an unknown may be put off.")
    waiver_days: Days = needed("How far ahead a waiver may run.")


class QualificationScoring(Strict):
    """The ten questions."""

    answer_days: Days = needed("An older answer counts one point less.")
    answer_days_customer: Days = needed("The same for customers.")
    pursue_from: Number = needed("Pursue from this score on.")
    find_out_from: Number = needed("Find out from this score on; park below.")
    mature_from: Number = needed("Selective development asks for this score.")
    knock_outs: tuple[Slug, ...] = needed("Questions whose 0 ends it.")


class ProofScoring(Strict):
    """When a reference customer is of the same kind."""

    industry: Share = needed("Weight of industry.")
    use: Share = needed("Weight of use.")
    size: Share = needed("Weight of size.")
    region: Share = needed("Weight of region.")
    near: Share = needed("What a near match counts.")
    same_kind_from: Share = needed("Of the same kind from here on.")
    usable_from: Rung = needed("The lowest rung whose customers may be shown.")


class ServiceScoring(Strict):
    """Tiers of service objects, and when the money goes to the wrong ones."""

    tier_a_from: Share = needed("Weight of tier A.")
    tier_b_from: Share = needed("Weight of tier B.")
    rank_above: Whole = needed("With more objects than this, tiers go by rank.")
    alignment_from: Share = needed("Below, money goes to the wrong objects.")
    commoditised_from: Share = needed("From here on, service decides.")


class RelationshipScoring(Strict):
    """What counts as a living relationship."""

    window_days: Days = needed("Exchanges of this many days count.")
    gate_months: MonthSpan = needed("A rung's evidence holds this long.")
    customer_months: MonthSpan = needed("Revenue or a renewal confirms a customer this long.")
    half_life_days: Lifetime = needed("An exchange counts half after so many days.")
    filled: Share = needed("What filled cells of the communication grid count.")
    balance: Share = needed("What balance of the two dimensions counts.")
    evenness: Share = needed("What evenness of the three elements counts.")
    initiative_from: Share = needed("Below, we begin too few talks.")
    initiative_to: Share = needed("Above, they begin too few.")
    thanks_days: Days = needed("An introduction is thanked for within so many days.")


class PartScoring(Strict):
    """The sixteen parts of the plan."""

    confidence_from: Share = needed("Mean confidence from which a part is evidenced.")
    fresh_days: Days = needed("A part without a newer date drops a step.")


class StabilityScoring(Strict):
    """Whether the cell stands if one input were otherwise."""

    change: Share = needed("How far each input is moved, up and down.")
    stable_from: Share = needed("Stable when the cell stands in this share of changes.")


class ValueScoring(Strict):
    """The standard, the negotiation, the product."""

    fulfilment_to: Number = needed("More than promised counts up to here.")
    price_share_to: Share = needed("Above, a negotiation is stuck in bidding.")
    level_from: ZeroToFive = needed("A level of the product is complete from here on.")
    win_factor_from: ZeroToFive = needed("Win factors below are worked on first.")


class AnswerDays(Strict):
    """By whence a signal came."""

    customer: Days = needed("A customer's request.")
    competition: Days = needed("A rival's move.")
    change: Days = needed("A change around us.")


class EnvironmentScoring(Strict):
    """What is around."""

    watch_from: Number = needed("Size of impact times probability from which it is watched.")
    answer_days: AnswerDays = needed("Days within which we answer.")


class LifecycleScoring(Strict):
    """Where their market stands."""

    few_rivals: Number = needed("Introduction: fewer rivals.")
    slow_growth: Number = needed("Introduction: slower growth a year.")
    fast_growth: Number = needed("Growth: from this growth a year on.")
    mature_growth: Number = needed("Maturity: from this growth a year on; saturation below.")
    level_supply: Number = needed("Supply divided by demand at which they are level.")
    shake_out: Share = needed("A shake-out: rivals fall by this share a year.")


class CompetitionScoring(Strict):
    """Us against rivals."""

    ahead_from: Share = needed("Ahead from here on, behind from minus here on.")
    purpose_from: ZeroToFive = needed("Shared purpose below is a stop.")
    go_from: Number = needed("Go from here on.")


class PlanScoring(Strict):
    """Objectives, actions, the survey."""

    moved_from: Whole = needed("Put off so often, an action is drifting.")
    survey_places: Whole = needed("Places of a ranking that count.")


class FitScoring(Strict):
    """How well the whole method suits an account."""

    complexity: Share = needed("Weight of complexity.")
    order_value: Share = needed("Weight of the order's size among all accounts.")
    importance: Share = needed("Weight of importance to them.")
    capital_share: Share = needed("Weight of capital goods.")
    full_from: Number = needed("All sixteen parts from here on.")
    short_from: Number = needed("A short plan from here on; standard handling below.")
    short_parts: tuple[Part, ...] = needed("The parts of a short plan.")


class ContradictionScoring(Strict):
    """When numbers contradict each other."""

    complete_from: Number = needed("A plan this complete should know more than one person.")
    silent_days: Days = needed("No contact for so many days.")
    renewal_days: Days = needed("Days before notice or renewal from which a plan is wanted.")
    margin_apart: Share = needed("How far the margin may be from 1 - production cost / price.")


class Scoring(Strict):
    """scoring.yaml."""

    evidence: EvidenceScoring = needed("Evidence.")
    qualification: QualificationScoring = needed("Qualification.")
    proof: ProofScoring = needed("References.")
    service: ServiceScoring = needed("Service.")
    relationship: RelationshipScoring = needed("Relationship.")
    parts: PartScoring = needed("Parts of the plan.")
    stability: StabilityScoring = needed("Stability of the cell.")
    value: ValueScoring = needed("Value.")
    environment: EnvironmentScoring = needed("Environment.")
    lifecycle: LifecycleScoring = needed("Market life cycle.")
    competition: CompetitionScoring = needed("Competition.")
    plan: PlanScoring = needed("Plan.")
    fit: FitScoring = needed("Fit of the method.")
    contradictions: ContradictionScoring = needed("Contradictions.")


class RetainedProfitCut(Strict):
    """Where high begins."""

    mode: Literal["absolute", "median"] = needed("A fixed amount, or the portfolio's median.")
    cut_off: Money = needed("The fixed amount, in the reporting currency.")


class DevelopmentCut(Strict):
    """Where long begins."""

    payback_months: Months = needed("The longest payback that is short.")
    cost_limit: Money = needed("The highest cost that is short, in the reporting currency.")
    never_after_months: Months = needed("A longer payback is never.")


class Thresholds(Strict):
    """thresholds.yaml."""

    retained_profit: RetainedProfitCut = needed("Row of the matrix.")
    development: DevelopmentCut = needed("Column of the matrix.")
    horizon_years: Horizon = needed("Years that are counted.")
    discount_rate: Share = needed("What money costs a year.")
    minimum_margin: Margin = needed("Below, a price is no business.")
    clause_threshold: Money = needed(
        "Own risks above need both clauses, in the reporting currency."
    )


class CellRule(Strict):
    """What one cell of the matrix says."""

    tier: Tier = needed("Its tier.")
    develop: DevelopWord = needed("To prospects and white space.")
    maintain: MaintainWord = needed("To customers.")


class MaintainRule(Strict):
    """What a maintain word means."""

    budget_share: Share = needed("Service budget as a share of contribution.")
    target_rungs: tuple[Rung, ...] = needed("Lowest and highest rung to aim for; none: hold.")


class Cells(Strict):
    """The four cells, in the order of the tiers."""

    high_short: CellRule = needed("High profit, short payback.")
    high_long: CellRule = needed("High profit, long payback.")
    low_short: CellRule = needed("Low profit, short payback.")
    low_long: CellRule = needed("Low profit, long payback.")


class Maintain(Strict):
    """By maintain word."""

    all_out: MaintainRule = needed("All out.")
    selective: MaintainRule = needed("Selectively.")
    restructure: MaintainRule = needed("Restructure.")


class Tiers(Strict):
    """tiers.yaml."""

    cells: Cells = needed("The matrix.")
    maintain: Maintain = needed("Effort by maintain word.")
