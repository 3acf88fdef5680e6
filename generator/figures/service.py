"""Service: for whom, its weight and cost, what was kept, what surrounds it (items S1 to S6)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    Term,
    computed,
    figure_of,
    mean_confidence,
    missing_among,
    null,
    ratio,
    reaches,
    sum_of_money,
)
from generator.figures.varied import lowest, pointwise, total
from generator.form.service import ServiceObject
from generator.language import phrase, phrases

ROUNDING = 1e-9  # what adding up shares may be off by
SAME_TO = 12  # digits to which weights are a tie
FACTORS = ("level", "stage", "role")
TOO_MUCH = phrase("the weights set by hand add up to more than 1")
BY_DEFAULT = phrase("default of the catalogue")
NOT_DUE_YET = phrase("not due yet")
CUSTOMERS_ONLY = phrase("customers only")


def alignment_of(weights: Sequence[float], costs: Sequence[float]) -> float | None:
    """1 - ½·Σ|weight - cost share|; None when nothing is spent (S2)."""
    spent = sum(costs)
    if not spent:
        return None
    return 1 - sum(abs(w - cost / spent) for w, cost in zip(weights, costs, strict=True)) / 2


def activity_costs(
    case: Case, objects: Sequence[ServiceObject]
) -> dict[str, list[tuple[Reason, ...]]]:
    """By object the inputs of each activity: times a year, hours, rate, expense."""
    return {
        served.id: [
            activity_inputs(case, index, place) for place in range(len(served.activities or ()))
        ]
        for index, served in enumerate(objects)
    }


def activity_inputs(case: Case, index: int, place: int) -> tuple[Reason, ...]:
    """Times a year, hours, rate, expense of one activity."""
    path = ("service", "objects", index, "activities", place)
    return (
        case.fact(*path, "per_year"),
        _or_catalogue(case, path, "hours"),
        _or_catalogue(case, path, "rate"),
        _or_catalogue(case, path, "expense"),
    )


def _or_catalogue(case: Case, path: tuple[str | int, ...], field: str) -> Reason:
    """What the entry says, else the catalogue, its money changed into the account's currency."""
    written = case.fact(*path, field)
    activity = case.fact(*path, "activity").value
    if written.value is not None or activity not in case.settings.catalogue.activities:
        return written
    default = case.setting("catalogue", "activities", activity, field, unit=written.unit)
    value = default.value
    if field != "hours" and value:
        exchange = case.exchange()
        if exchange.value is None:
            return exchange
        value = value / exchange.value
    note = BY_DEFAULT
    if value != default.value:
        note = phrase(
            "default of the catalogue, {amount} {currency}",
            amount=f"{default.value:,.10g}",
            currency=case.settings.currencies.reporting_currency,
        )
    return default.with_(name=written.name, value=value, note=note)


def cost_of(rows: Sequence[tuple[Reason, ...]]) -> float:
    """Σ per_year·(hours·rate + expense), money a year."""
    return total(
        times.value * (hours.value * rate.value + expense.value)
        for times, hours, rate, expense in rows
    )


def costs_by_object(costs: Mapping[str, list[tuple[Reason, ...]]]) -> dict[str, float]:
    """By object its part of the cost to serve, where all inputs are known."""
    return {name: cost_of(rows) for name, rows in costs.items()}


def _lacking(
    objects: tuple[ServiceObject, ...], costs: dict[str, list[tuple[Reason, ...]]]
) -> tuple[str, ...]:
    no_list = [
        f"service.objects.{served.id}.activities" for served in objects if served.activities is None
    ]
    return (
        *no_list,
        *missing_among([fact for rows in costs.values() for row in rows for fact in row]),
    )


@figure(
    "service.cost_to_serve",
    title="Cost to serve",
    formula="sum of times a year x (hours x rate + expense)",
    gives=Gives.MONEY,
    item="S3",
    section="service",
    rank=Rank.HEADLINE,
    needs=("service.objects",),
)
def cost_to_serve(case: Case) -> Figure:
    """What we do for them that is neither billed nor in production cost."""
    objects = case.service.objects or ()
    costs = activity_costs(case, objects)
    reasons = [fact for rows in costs.values() for row in rows for fact in row]
    if missing := _lacking(objects, costs):
        return null(missing, reasons=reasons)
    terms = [Term(amount=cost_of((row,)), inputs=row) for rows in costs.values() for row in rows]
    looked = case.given(("service", "objects"), len(objects), note=LOOKED_NONE)
    idle = [
        case.given(("service", "objects", index, "activities"), 0, note=LOOKED_NONE)
        for index, served in enumerate(objects)
        if not served.activities
    ]
    return sum_of_money(terms, empty=idle or (looked,), more=idle)


@figure(
    "service.budget",
    title="Service budget",
    formula="contribution x a share by the maintain word",
    gives=Gives.MONEY,
    item="S3",
    section="service",
)
def service_budget(case: Case) -> Figure:
    """What the account is worth spending on service."""
    if case.status not in (None, "customer"):
        return null(note=CUSTOMERS_ONLY)
    status = case.given(("account", "status"), case.status)
    maintain = case.figure("selection.maintain")
    share = case.absent("selection.maintain").with_(lacks=maintain.lacks)
    if maintain.value is not None:
        share = case.setting("tiers", "maintain", maintain.value, "budget_share")
    return computed(
        lambda contribution, _, part, __: contribution * part,
        (case.figure("economics.contribution"), maintain, share, status),
    )


@figure(
    "service.weights",
    title="Service weights",
    formula="level x stage x role importance / their sum; weights set by hand first",
    by_name=True,
    entries=("service.objects",),
    item="S1 S2",
    section="service",
    needs=("service.objects",),
)
def weights(case: Case) -> Figure:
    """How much each person or unit we serve matters."""
    objects = case.service.objects or ()
    if not objects:
        return null(note=NOTHING_TO_DIVIDE)
    by_hand: dict[str, float] = {}
    products: dict[str, float] = {}
    reasons: list[Reason] = []
    for index, served in enumerate(objects):
        path = ("service", "objects", index)
        if served.weight is not None and served.weight.value is not None:
            by_hand[served.id] = served.weight.value
            reasons.append(
                case.fact(*path, "weight", "value").with_(
                    note=phrase("set by hand: {reason}", reason=served.weight.reason or "?")
                )
            )
            continue
        row = [case.fact(*path, "importance", factor) for factor in FACTORS]
        reasons.extend(row)
        if not missing_among(row):
            products[served.id] = math.prod(factor.value for factor in row)
    if missing := missing_among(reasons):
        return null(missing, reasons=reasons)
    rest = 1 - math.fsum(by_hand.values())
    if rest < -ROUNDING:
        return null(reasons=reasons, note=TOO_MUCH)
    whole = total(products.values())
    shared = {name: max(0.0, rest) * product / whole for name, product in products.items()}
    known = by_hand | shared
    return figure_of({served.id: known[served.id] for served in objects}, reasons)


@figure(
    "service.tiers",
    title="Service tiers",
    formula="by weight; with many by rank, a third each",
    unit="A to C",
    gives=Gives.WORD,
    by_name=True,
    entries=("service.objects",),
    item="S4",
    under="service.weights",
)
def tiers(case: Case) -> Figure:
    """Which standard of service each of them gets."""
    scoring = case.settings.scoring.service
    many = len(case.service.objects or ()) > scoring.rank_above

    def tier_of(weights: dict[str, float]) -> dict[str, str]:
        if many:
            third = math.ceil(len(weights) / 3)
            ranked = sorted(weights, key=lambda name: -round(weights[name], SAME_TO))
            rank = {name: place // third for place, name in enumerate(ranked)}
            return {name: "ABC"[min(2, rank[name])] for name in weights}
        return {
            name: "A"
            if reaches(weight, scoring.tier_a_from)
            else "B"
            if reaches(weight, scoring.tier_b_from)
            else "C"
            for name, weight in weights.items()
        }

    names = ("rank_above",) if many else ("tier_a_from", "tier_b_from")
    more = tuple(case.setting("scoring", "service", name) for name in names)
    return computed(tier_of, (case.figure("service.weights"),), more=more)


@figure(
    "service.alignment",
    title="Service alignment",
    is_part=True,
    formula="1 - half the sum of |weight - share of cost|",
    item="S2",
    section="service",
    needs=("service.objects",),
)
def service_alignment(case: Case) -> Figure:
    """Whether service money goes where the weight is."""
    objects = case.service.objects or ()
    costs = activity_costs(case, objects)
    weights = case.figure("service.weights")
    lacking = (*missing_among((weights,)), *_lacking(objects, costs)) if objects else ()
    if lacking:
        return null(lacking)
    by_object = costs_by_object(costs)
    known = weights.value or {}
    count = len(by_object)
    alignment = pointwise(
        lambda *values: alignment_of(values[:count], values[count:]),
        *(known[name] for name in by_object),
        *by_object.values(),
    )
    if alignment is None:
        return null(note=NOTHING_TO_DIVIDE)
    least = case.setting("scoring", "service", "alignment_from")
    inputs = [fact for rows in costs.values() for row in rows for fact in row]
    return Figure(
        value=alignment,
        confidence=mean_confidence((weights, *inputs)),
        reasons=(weights.against(least), *inputs),
    )


@figure(
    "service.attainment",
    title="Service delivered",
    formula="delivered / promised",
    item="S4",
    section="service",
    needs=("service.objects",),
)
def attainment(case: Case) -> Figure:
    """What was delivered of what was promised in the last full quarter."""
    objects = case.service.objects or ()
    if not objects:
        return null(note=NOTHING_TO_DIVIDE)
    promised, delivered = [], []
    for index, served in enumerate(objects):
        if served.promised is None and served.delivered is None:
            continue
        promised.append(case.fact("service", "objects", index, "promised"))
        delivered.append(case.fact("service", "objects", index, "delivered"))
    if not promised:
        return null(("service.objects.promised", "service.objects.delivered"))
    return computed(
        lambda *units: ratio(math.fsum(units[len(promised) :]), math.fsum(units[: len(promised)])),
        (*promised, *delivered),
    )


def _on_time(
    case: Case,
    rows: Sequence[tuple[tuple[str | int, ...], datetime.date | None, str, datetime.date | None]],
) -> Figure:
    """Share of what was due by today that was done by its day; rows: path, due, field, done."""
    due = [row for row in rows if row[1] is not None and row[1] <= case.today]
    missing = [f"{case.name(path)}.due" for path, day, _, _ in rows if day is None]
    reasons: list[Reason] = []
    for path, day, field, done in due:
        reasons.append(case.given((*path, "due"), day))
        if done is not None:
            reasons.append(case.given((*path, field), done))
    later = tuple(
        case.given((*path, "due"), day, note=NOT_DUE_YET)
        for path, day, _, _ in rows
        if day is not None and day > case.today
    )
    if missing:
        return null(missing, reasons=(*reasons, *later))
    if not due:
        return null(reasons=later, note=NOTHING_TO_DIVIDE)
    kept = sum(done is not None and day is not None and done <= day for _, day, _, done in due)
    return figure_of(kept / len(due), reasons, more=later)


@figure(
    "service.promises_kept",
    title="Promises kept",
    is_part=True,
    formula="kept by their day / due",
    item="R2",
    section="service",
    rank=Rank.HEADLINE,
    needs=("relationship.promises",),
)
def promises_kept(case: Case) -> Figure:
    """The share of promises due that were kept on time."""
    return _on_time(
        case,
        [
            (("relationship", "promises", index), promise.due, "kept_on", promise.kept_on)
            for index, promise in enumerate(case.relationship.promises or ())
        ],
    )


@figure(
    "service.cases_on_time",
    title="Cases closed on time",
    is_part=True,
    formula="closed by their day / due",
    item="S4",
    under="service.promises_kept",
    needs=("service.cases",),
)
def cases_on_time(case: Case) -> Figure:
    """The share of complaints and requests due that were closed on time."""
    return _on_time(
        case,
        [
            (("service", "cases", index), complaint.due, "closed", complaint.closed)
            for index, complaint in enumerate(case.service.cases or ())
        ],
    )


FULL = 5
SIDES = ("internal", "external", "interactive")
ALIKE = ("product_similarity", "channel_similarity", "price_transparency")
LINKS = ("service.promises_kept", "service.cases_on_time", "service.attainment")
DECIDES = phrase("service decides")
NOT_DUE = phrase("nothing was due")


@figure(
    "service.chain",
    title="Service chain",
    is_part=True,
    formula="promises kept x cases on time x delivered, at most 1 each",
    item="S5",
    under="service.promises_kept",
    rank=Rank.REFERENCE,
)
def chain(case: Case) -> Figure:
    """Whether promises, cases and deliveries hold together."""
    links = [case.figure(name) for name in LINKS]
    if links[-1].value is not None:
        links[-1] = links[-1].with_(value=lowest(1.0, links[-1].value))
    if any(link.value is None and not link.lacks for link in links):
        missing = [name for link in links if link.value is None for name in link.lacks]
        return null(missing, reasons=links, note=NOT_DUE)
    figure = computed(lambda *parts: math.prod(parts), links)
    if figure.value is None:
        return figure
    weakest = min(links, key=lambda link: float(link.value))
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
    note = phrase("mean of {scores}", scores=phrases((f"{score:g}" for score in scores), ", "))
    return case.given(path, math.fsum(scores) / len(scores), unit="of 5", note=note)


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
    is_part=True,
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
