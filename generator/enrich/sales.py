"""Deals in the pipeline: what they weigh, how far they are, where they came from (B12, B22)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from generator.enrich.case import Case
from generator.enrich.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    Term,
    computed,
    mean_confidence,
    missing_among,
    null,
    sum_of_money,
)
from generator.enrich.plan_quality import looked, nothing_listed
from generator.language import phrase, phrases
from generator.model.economics import SALES_STEPS, Opportunity, SalesSteps

PULL = ("inbound", "referral")
SERVICE = "service"
LIST = "opportunities"
SIGNED, ALL_TAKEN = phrase("signed, out of the pipeline"), phrase("all taken")


def sales_figures(case: Case) -> tuple[Figure, ...]:
    """The weighted pipeline, steps by deal, the share that comes to us, the share of service."""
    deals = case.playbook.opportunities
    if deals is None:
        missing = (LIST,)
        return (
            null("sales.pipeline", missing=missing, unit=case.money),
            null("sales.steps", missing=missing, unit="of 6"),
            null("sales.pull", missing=missing, unit="share"),
            null("sales.service_led", missing=missing, unit="share"),
        )
    if not deals:
        empty = (looked(case, LIST),)
        return (
            sum_of_money("sales.pipeline", (), unit=case.money, empty=empty),
            nothing_listed(case, LIST, "sales.steps", "of 6"),
            null("sales.pull", reasons=empty, unit="share", note=NOTHING_TO_DIVIDE),
            null("sales.service_led", reasons=empty, unit="share", note=NOTHING_TO_DIVIDE),
        )
    return (
        _pipeline(case, deals),
        _steps(case, deals),
        _pull(case, deals),
        _service_led(case, deals),
    )


def _pipeline(case: Case, deals: tuple[Opportunity, ...]) -> Figure:
    """Σ amount · probability over the deals that are not signed yet (B12)."""
    key = "sales.pipeline"
    rows: list[tuple[Reason, Reason]] = []
    signed: list[Reason] = []
    for index, one in enumerate(deals):
        if one.steps and one.steps.close and one.steps.close <= case.today:
            day = case.fact(LIST, index, "steps", "close")
            signed.append(day.with_(note=SIGNED))
            continue
        rows.append(
            (
                case.fact(LIST, index, "amount", unit=case.money),
                case.fact(LIST, index, "probability", unit="share"),
            )
        )
    flat = [one for row in rows for one in row]
    if missing := missing_among(flat):
        return null(key, missing=missing, reasons=(*flat, *signed), unit=case.money)
    terms = [Term(amount=row[0].value * row[1].value, inputs=row) for row in rows]
    if not terms:
        return sum_of_money(key, (), unit=case.money, empty=signed)
    return sum_of_money(key, terms, unit=case.money, more=signed)


class Taken(NamedTuple):
    """How many steps of selling were taken in order, and what to say of it."""

    steps: int
    told: str


def _steps(case: Case, deals: tuple[Opportunity, ...]) -> Figure:
    """By deal the steps taken in order; one that is missing stops the count (B12)."""
    key = "sales.steps"
    reasons: list[Reason] = []
    taken: dict[str, int] = {}
    missing: list[str] = []
    for index, one in enumerate(deals):
        if one.steps is None:
            missing.append(case.fact(LIST, index, "steps").name)
            continue
        found = _taken(case, one.steps)
        taken[one.id] = found.steps
        days = [case.fact(LIST, index, "steps", step) for step in SALES_STEPS]
        reasons.append(
            case.given((LIST, index), found.steps, unit="of 6", note=found.told).with_(
                inputs=tuple(day for day in days if day.value is not None)
            )
        )
    if not taken:
        return null(key, missing=missing, unit="of 6")
    return Figure(
        key=key,
        value=taken,
        unit="of 6",
        confidence=mean_confidence(reasons),
        reasons=tuple(reasons),
        missing=tuple(missing),
    )


def _taken(case: Case, steps: SalesSteps) -> Taken:
    """A step counts once its day has come and all before it were taken."""
    done = [(day := getattr(steps, step)) is not None and day <= case.today for step in SALES_STEPS]
    if all(done):
        return Taken(len(done), ALL_TAKEN)
    count = done.index(False)
    ahead = [step for step, is_done in zip(SALES_STEPS, done, strict=True) if is_done][count:]
    if ahead:
        later = phrases(map(phrase, ahead), ", ")
        step = phrase(SALES_STEPS[count])
        return Taken(count, phrase("{step} is missing before {later}", step=step, later=later))
    return Taken(count, phrase("next: {step}", step=phrase(SALES_STEPS[count])))


def _origins(case: Case, deals: tuple[Opportunity, ...]) -> tuple[list[Reason], tuple[str, ...]]:
    """By deal where it came from; the names of those that do not say."""
    found = [case.fact(LIST, index, "origin") for index in range(len(deals))]
    if all(one.value is None for one in found):
        return found, (f"{LIST}.origin",)
    return found, missing_among(found)


def _pull(case: Case, deals: tuple[Opportunity, ...]) -> Figure:
    """Deals that came to us, by themselves or by referral, over those that say whence (B22)."""
    key = "sales.pull"
    found, missing = _origins(case, deals)
    known = tuple(one for one in found if one.value is not None)
    if not known:
        return null(key, missing=missing, unit="share")
    return Figure(
        key=key,
        value=sum(one.value in PULL for one in known) / len(known),
        unit="share",
        confidence=mean_confidence(known),
        reasons=known,
        missing=missing,
    )


def _service_led(case: Case, deals: tuple[Opportunity, ...]) -> Figure:
    """What deals that began with service are worth over all that say how they began (B22)."""
    key = "sales.service_led"
    found, missing = _origins(case, deals)
    origins = [(index, one) for index, one in enumerate(found) if one.value is not None]
    if not origins:
        return null(key, missing=missing, unit="share")
    amounts = [case.fact(LIST, index, "amount", unit=case.money) for index, _ in origins]
    from_service = [one.value == SERVICE for _, one in origins]

    def share(*worth: float) -> float | None:
        whole = math.fsum(worth)
        part = math.fsum(one for one, led in zip(worth, from_service, strict=True) if led)
        return part / whole if whole else None

    figure = computed(
        key,
        share,
        amounts,
        unit="share",
        weights=[one.value or 0.0 for one in amounts],
        more=[one for _, one in origins],
    )
    return replace(figure, missing=tuple(dict.fromkeys((*figure.missing, *missing))))
