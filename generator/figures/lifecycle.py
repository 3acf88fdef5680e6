"""Where their market stands in its life, and whether rivals are being shaken out (item B14)."""

from __future__ import annotations

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import Figure, computed
from generator.figures.limits import exceeds, reaches

INTRODUCTION, GROWTH, MATURITY = "introduction", "growth", "maturity"
SATURATION, BETWEEN = "saturation", "between"
STAGES = (INTRODUCTION, GROWTH, MATURITY, SATURATION, BETWEEN)
_LIMITS = ("few_rivals", "slow_growth", "fast_growth", "mature_growth", "level_supply")


@figure(
    "lifecycle.stage",
    title="Stage of their market",
    formula=(
        "first that fits: introduction (few rivals, slow growth), growth (fast, supply below"
        " demand), maturity (between slow and fast, supply at demand), saturation (slower); else"
        " between"
    ),
    gives=Gives.WORD,
    item="B14",
    section="market",
    rank=Rank.REFERENCE,
    labels="lifecycle",
    needs=("environment.lifecycle",),
)
def stage(case: Case) -> Figure:
    """Where their market stands between its beginning and its end."""
    limits = [case.setting("scoring", "lifecycle", name) for name in _LIMITS]
    few, slow, fast, mature, level = (one.value for one in limits)
    inputs = (
        case.fact("environment", "lifecycle", "growth", unit="share a year"),
        case.fact("environment", "lifecycle", "supply_demand", unit="ratio"),
        case.fact("environment", "lifecycle", "rivals"),
    )

    def stage_of(growth: float, supply: float, rivals: float) -> str:
        enough = reaches(supply, level)
        if not reaches(rivals, few) and not reaches(growth, slow):
            return INTRODUCTION
        if reaches(growth, fast) and not enough:
            return GROWTH
        if reaches(growth, mature) and not exceeds(growth, fast) and enough:
            return MATURITY
        return BETWEEN if reaches(growth, mature) else SATURATION

    return computed(stage_of, inputs, more=limits)


@figure(
    "lifecycle.shake_out",
    title="Shake-out",
    formula="(rivals a year ago - rivals) / rivals a year ago at the limit or above",
    gives=Gives.YES_NO,
    item="B14",
    under="lifecycle.stage",
    rank=Rank.REFERENCE,
    needs=("environment.lifecycle",),
)
def shake_out(case: Case) -> Figure:
    """Whether rivals are being driven out of the market."""
    limit = case.setting("scoring", "lifecycle", "shake_out")
    before, now = (
        case.fact("environment", "lifecycle", name).against(limit)
        for name in ("rivals_a_year_ago", "rivals")
    )

    def shaken(before: float, now: float) -> bool | None:
        return reaches((before - now) / before, limit.value) if before else None

    return computed(shaken, (before, now))
