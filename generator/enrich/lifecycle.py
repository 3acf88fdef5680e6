"""Where their market stands in its life, and whether rivals are being shaken out (item B14)."""

from __future__ import annotations

from generator.enrich.case import Case
from generator.enrich.figure import Figure, computed, null
from generator.enrich.limits import exceeds, reaches

INTRODUCTION, GROWTH, MATURITY = "introduction", "growth", "maturity"
SATURATION, BETWEEN = "saturation", "between"
STAGES = (INTRODUCTION, GROWTH, MATURITY, SATURATION, BETWEEN)
_LIMITS = ("few_rivals", "slow_growth", "fast_growth", "mature_growth", "level_supply")


def lifecycle_figures(case: Case) -> tuple[Figure, ...]:
    """The stage of the market, a word; whether there is a shake-out."""
    around = case.playbook.environment
    if around is None or around.lifecycle is None:
        missing = ("environment.lifecycle",)
        return null("lifecycle.stage", missing=missing), null(
            "lifecycle.shake_out", missing=missing
        )
    return _stage(case), _shake_out(case)


def _stage(case: Case) -> Figure:
    """The first of the stages whose marks the market has."""
    limits = [case.setting("scoring", "lifecycle", name) for name in _LIMITS]
    few, slow, fast, mature, level = (one.value for one in limits)
    inputs = (
        case.fact("environment", "lifecycle", "growth", unit="share a year"),
        case.fact("environment", "lifecycle", "supply_demand", unit="ratio"),
        case.fact("environment", "lifecycle", "rivals"),
    )

    def stage(growth: float, supply: float, rivals: float) -> str:
        enough = reaches(supply, level)
        if not reaches(rivals, few) and not reaches(growth, slow):
            return INTRODUCTION
        if reaches(growth, fast) and not enough:
            return GROWTH
        if reaches(growth, mature) and not exceeds(growth, fast) and enough:
            return MATURITY
        return BETWEEN if reaches(growth, mature) else SATURATION

    return computed("lifecycle.stage", stage, inputs, more=limits)


def _shake_out(case: Case) -> Figure:
    """Whether so large a share of the rivals of a year ago is gone."""
    limit = case.setting("scoring", "lifecycle", "shake_out")
    before, now = (
        case.fact("environment", "lifecycle", name).with_(
            threshold=limit.value, setting=limit.setting
        )
        for name in ("rivals_a_year_ago", "rivals")
    )

    def shaken(before: float, now: float) -> bool | None:
        return reaches((before - now) / before, limit.value) if before else None

    return computed("lifecycle.shake_out", shaken, (before, now))
