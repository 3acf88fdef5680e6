"""What surrounds service: when it decides, its triangle, its chain (method items S5, S6)."""

from __future__ import annotations

import math
from dataclasses import replace

from generator.figures.case import Case
from generator.figures.definition import Rank, figure
from generator.figures.figure import Figure, Reason, computed, null
from generator.figures.limits import reaches
from generator.language import phrase, phrases

FULL = 5
SIDES = ("internal", "external", "interactive")
ALIKE = ("product_similarity", "channel_similarity", "price_transparency")
LINKS = ("service.promises_kept", "service.cases_on_time", "service.attainment")
DECIDES = phrase("service decides")
NOT_DUE = phrase("nothing was due")


@figure(
    "service.chain",
    title="Service chain",
    formula="promises kept x cases on time x delivered, at most 1 each",
    item="S5",
    under="service.promises_kept",
)
def chain(case: Case) -> Figure:
    """Whether promises, cases and deliveries hold together."""
    links = [case.figure(name) for name in LINKS]
    if links[-1].value is not None:
        links[-1] = links[-1].with_(value=min(1.0, links[-1].value))
    if any(one.value is None and not one.lacks for one in links):
        missing = [name for one in links if one.value is None for name in one.lacks]
        return null(missing, reasons=links, note=NOT_DUE)
    figure = computed(lambda *parts: math.prod(parts), links)
    if figure.value is None:
        return figure
    weakest = min(links, key=lambda one: float(one.value))
    return replace(figure, note=phrase("weakest link: {link}", link=phrase(weakest.name)))


@figure(
    "service.triangle",
    title="Service triangle",
    meaning=(
        "How good the weakest side of service is: towards our people, in promises, in working"
        " together."
    ),
    formula="100 x the lowest mean of three sides / 5",
    unit="of 100",
    item="S6",
    section="service",
    rank=Rank.REFERENCE,
)
def triangle(case: Case) -> Figure:
    """100 · the weakest side's mean / 5 (S6)."""
    sides = {side: _side(case, side) for side in SIDES}
    figure = computed(lambda *means: 100 * min(means) / FULL, list(sides.values()))
    if figure.value is None:
        return figure
    weakest = min(sides, key=lambda side: float(sides[side].value))
    return replace(figure, note=phrase("weakest side: {side}", side=phrase(weakest)))


def _side(case: Case, side: str) -> Reason:
    """The mean of one side's answers, 0 to 5."""
    triangle = case.service.triangle
    scores = getattr(triangle, side, None)
    path = ("service", "triangle", side)
    if not scores:
        return case.absent(".".join(path))
    said = phrase("mean of {scores}", scores=phrases((f"{one:g}" for one in scores), ", "))
    return case.given(path, math.fsum(scores) / len(scores), unit="of 5", note=said)


@figure(
    "service.promise_gap",
    title="Promise gap",
    formula="mean of external - mean of interactive",
    unit="points",
    item="S6",
    under="service.triangle",
    rank=Rank.REFERENCE,
)
def promise_gap(case: Case) -> Figure:
    """How much more we promise than we do."""
    return computed(
        lambda says, does: says - does, (_side(case, "external"), _side(case, "interactive"))
    )


@figure(
    "service.commoditisation",
    title="Likeness of what is offered",
    formula="mean of product likeness, channel likeness and open prices",
    item="S5",
    under="service.triangle",
    rank=Rank.REFERENCE,
)
def commoditisation(case: Case) -> Figure:
    """Whether products, channels and prices are so alike that service decides."""
    least = case.setting("scoring", "service", "commoditised_from")
    rows = [case.fact("service", "market", name, unit="share").against(least) for name in ALIKE]
    figure = computed(lambda *shares: math.fsum(shares) / len(shares), rows)
    decides = figure.value is not None and reaches(figure.value, least.value)
    return replace(figure, note=DECIDES) if decides else figure
