"""Five levels of the product and nine levers of the deal, us beside the rival (V1c, V1d)."""

from __future__ import annotations

from generator.enrich.case import Case
from generator.enrich.figure import Figure, Reason, computed, mean_confidence, null
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


def climate_figures(case: Case) -> tuple[Figure, ...]:
    """Whether service decides, the service triangle, the promise gap, the chain (S5, S6)."""
    return (_commoditisation(case), *_triangle(case), _chain(case))


def _commoditisation(case: Case) -> Figure:
    """Mean of product likeness, channel likeness and open prices, 0 to 1 (S5)."""
    least = case.setting("scoring", "service", "commoditised_from")
    names = ("product_similarity", "channel_similarity", "price_transparency")
    rows = [
        case.fact("service", "market", name, unit="share").with_(
            threshold=least.value, setting=least.setting
        )
        for name in names
    ]
    return computed(
        "service.commoditisation", lambda *shares: sum(shares) / len(shares), rows, unit="share"
    )


def _triangle(case: Case) -> tuple[Figure, Figure]:
    """100 · the weakest side's mean / 5; and what we promise beyond what we do (S6)."""
    triangle = case.playbook.service.triangle if case.playbook.service else None
    rows: dict[str, Reason] = {}
    for side in ("internal", "external", "interactive"):
        scores = getattr(triangle, side) if triangle is not None else None
        path = ("service", "triangle", side)
        if not scores:
            rows[side] = case.absent(".".join(path))
            continue
        mean = sum(scores) / len(scores)
        mean_of = f"mean of {', '.join(f'{one:g}' for one in scores)}"
        rows[side] = case.given(path, mean, unit="of 5", note=mean_of)
    known = {side: one for side, one in rows.items() if one.value is not None}
    weakest = min(known, key=lambda side: float(known[side].value), default="")
    note = f"weakest side: {weakest}" if len(known) == len(rows) else None
    return (
        computed(
            "service.triangle",
            lambda *means: 100 * min(means) / FULL,
            list(rows.values()),
            unit="of 100",
            note=note,
        ),
        computed(
            "service.promise_gap",
            lambda says, does: says - does,
            (rows["external"], rows["interactive"]),
        ),
    )


def _chain(case: Case) -> Figure:
    """Promises kept · cases on time · what was delivered, at most 1 each (S5)."""
    kept, closed = case.figure("service.promises_kept"), case.figure("service.cases_on_time")
    attained = case.figures["service.attainment"]
    delivered = case.figure("service.attainment")
    if isinstance(attained.value, (int, float)):
        delivered = delivered.with_(value=min(1.0, attained.value))
    links = (kept, closed, delivered)
    known = [one for one in links if one.value is not None]
    note = None
    if len(known) == len(links):
        note = f"weakest link: {min(known, key=lambda one: one.value).name}"
    open_ = [one for one in links if one.value is None and not one.lacks]
    if open_:
        return null("service.chain", reasons=known, unit="share", note=NOT_DUE)
    figure = computed("service.chain", lambda *parts: _product(parts), links, unit="share")
    return Figure(
        key=figure.key,
        value=figure.value,
        unit="share",
        confidence=mean_confidence(links) if figure.value is not None else None,
        reasons=figure.reasons,
        missing=figure.missing,
        note=note,
    )


NOT_DUE = "nothing was due"


def _product(parts: tuple[float, ...]) -> float:
    found = 1.0
    for one in parts:
        found *= one
    return found
