"""Five levels of the product and nine levers of the deal, us beside the rival (V1c, V1d)."""

from __future__ import annotations

from generator.enrich.case import Case
from generator.enrich.figure import Figure, Reason, computed, null
from generator.enrich.limits import is_level, reaches
from generator.model.value import ProductLevels, WinFactors

LEVELS = tuple(ProductLevels.model_fields)
FACTORS = tuple(WinFactors.model_fields)
NONE = "none"
FULL = 5
WEAKEST = 2


def product_figures(case: Case) -> tuple[Figure, ...]:
    """Gap by level, the highest complete level, the first level where we differ (V1d)."""
    keys = ("product.gaps", "product.complete_level", "product.first_difference")
    if case.playbook.value is None or case.playbook.value.levels is None:
        return tuple(null(key, missing=("value.levels",)) for key in keys)
    us = {name: case.fact("value", "levels", name, "us", unit="of 5") for name in LEVELS}
    rival = {name: case.fact("value", "levels", name, "rival", unit="of 5") for name in LEVELS}
    pairs = [one for name in LEVELS for one in (us[name], rival[name])]
    return (
        computed(
            "product.gaps",
            lambda *values: {
                name: values[2 * place] - values[2 * place + 1] for place, name in enumerate(LEVELS)
            },
            pairs,
            unit="points",
        ),
        _complete(case, list(us.values())),
        computed("product.first_difference", _first_difference, pairs),
    )


def _complete(case: Case, ratings: list[Reason]) -> Figure:
    """The highest level up to which each is rated at the limit or above."""
    least = case.setting("scoring", "value", "level_from")

    def highest(*values: float) -> str:
        found = NONE
        for name, value in zip(LEVELS, values, strict=True):
            if not reaches(value, least.value):
                break
            found = name
        return found

    rows = [one.with_(threshold=least.value, setting=least.setting) for one in ratings]
    return computed("product.complete_level", highest, rows)


def _first_difference(*values: float) -> str:
    """The lowest level on which we and the rival are not level."""
    for place, name in enumerate(LEVELS):
        if not is_level(values[2 * place], values[2 * place + 1]):
            return name
    return NONE


def win_factor_figures(case: Case) -> tuple[Figure, ...]:
    """Σ of nine scores / 45 · 100, and the two to work on first (V1c)."""
    keys = ("deal.win_factors", "deal.weakest_factors")
    if case.playbook.value is None or case.playbook.value.win_factors is None:
        return tuple(null(key, missing=("value.win_factors",)) for key in keys)
    least = case.setting("scoring", "value", "win_factor_from")
    rows = [
        case.fact("value", "win_factors", name, "score", unit="of 5").with_(
            threshold=least.value, setting=least.setting
        )
        for name in FACTORS
    ]
    return (
        computed(
            keys[0],
            lambda *scores: 100 * sum(scores) / (FULL * len(FACTORS)),
            rows,
            unit="of 100",
        ),
        computed(keys[1], _weakest, rows),
    )


def _weakest(*scores: float) -> tuple[str, ...]:
    """The two lowest, in the order of the list where they are level."""
    ranked = sorted(range(len(FACTORS)), key=lambda place: (scores[place], place))
    return tuple(FACTORS[place] for place in ranked[:WEAKEST])
