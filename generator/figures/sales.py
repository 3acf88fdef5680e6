"""Deals in the pipeline: what they weigh, how far they are, where they came from (B12, B22)."""

from __future__ import annotations

import datetime
import math
from dataclasses import replace
from typing import NamedTuple

from generator.figures.case import Case, Exchange
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    Figure,
    Reason,
    Term,
    computed,
    figure_of,
    missing_among,
    null,
    sum_of_money,
)
from generator.figures.plan_quality import looked, no_share, nothing_listed
from generator.form.economics import SALES_STEPS, Opportunity, SalesSteps
from generator.language import phrase, phrases

PULL = ("inbound", "referral")
SERVICE = "service"
LIST = "opportunities"
SIGNED, ALL_TAKEN = phrase("signed, out of the pipeline"), phrase("all taken")


def is_signed(deal: Opportunity, today: datetime.date) -> bool:
    """Whether they have signed: the deal is out of the pipeline."""
    return bool(deal.steps and deal.steps.close and deal.steps.close <= today)


def _deals(case: Case) -> tuple[Opportunity, ...]:
    return case.playbook.opportunities or ()


def open_deals(case: Case) -> tuple[Opportunity, ...]:
    """Deals that they have not signed yet."""
    return tuple(deal for deal in _deals(case) if not is_signed(deal, case.today))


@figure(
    "sales.pipeline",
    title="Weighted pipeline",
    formula="sum of amount x probability over deals not signed",
    unit="money",
    gives=Gives.MONEY,
    item="B12",
    section="plan",
    needs=("opportunities",),
)
def pipeline(case: Case) -> Figure:
    """What the open deals are worth by their chance."""
    deals = _deals(case)
    if not deals:
        return sum_of_money((), empty=(looked(case, LIST),))
    rows: list[tuple[Reason, Reason, Exchange]] = []
    signed: list[Reason] = []
    for index, deal in enumerate(deals):
        if is_signed(deal, case.today):
            day = case.fact(LIST, index, "steps", "close")
            signed.append(day.with_(note=SIGNED))
            continue
        rows.append(
            (
                case.fact(LIST, index, "amount"),
                case.fact(LIST, index, "probability"),
                case.exchange_at(LIST, index, "amount"),
            )
        )
    rates = [rate for *_, exchange in rows for rate in exchange.rates]
    flat = [*(fact for amount, chance, _ in rows for fact in (amount, chance)), *rates]
    if missing := missing_among(flat):
        return null(missing, reasons=(*flat, *signed))
    terms = [
        Term(amount=amount.value * chance.value * (exchange.factor or 0.0), inputs=(amount, chance))
        for amount, chance, exchange in rows
    ]
    if not terms:
        return sum_of_money((), empty=signed)
    return sum_of_money(terms, more=(*rates, *signed))


@figure(
    "sales.open",
    title="Open deals",
    formula="sum of amount over deals not signed",
    unit="money",
    gives=Gives.MONEY,
    item="B12",
    under="sales.pipeline",
    needs=("opportunities",),
)
def open_amount(case: Case) -> Figure:
    """What the open deals come to if all of them are won."""
    deals = _deals(case)
    if not deals:
        return sum_of_money((), empty=(looked(case, LIST),))
    rows = [
        (case.fact(LIST, index, "amount"), case.exchange_at(LIST, index, "amount"))
        for index, deal in enumerate(deals)
        if not is_signed(deal, case.today)
    ]
    rates = [rate for _, exchange in rows for rate in exchange.rates]
    facts = [*(amount for amount, _ in rows), *rates]
    if missing := missing_among(facts):
        return null(missing, reasons=facts)
    if not rows:
        days = (case.fact(LIST, index, "steps", "close") for index in range(len(deals)))
        return sum_of_money((), empty=[day.with_(note=SIGNED) for day in days])
    terms = [
        Term(amount=amount.value * (exchange.factor or 0.0), inputs=(amount,))
        for amount, exchange in rows
    ]
    return sum_of_money(terms, more=rates)


class Taken(NamedTuple):
    """How many steps of selling were taken in order, and what to say of it."""

    steps: int
    told: str


@figure(
    "sales.steps",
    title="Steps of selling",
    formula=(
        "of each sale: visit, communicate, demonstrate, explain, negotiate, close, counted to the"
        " first that is missing"
    ),
    unit="of 6",
    by_name=True,
    entries=("opportunities",),
    item="B12",
    under="sales.pipeline",
    rank=Rank.REFERENCE,
    needs=("opportunities",),
)
def steps(case: Case) -> Figure:
    """How far each deal is from the visit to the signature."""
    deals = _deals(case)
    if not deals:
        return nothing_listed(case, LIST)
    reasons: list[Reason] = []
    taken: dict[str, int] = {}
    missing: list[str] = []
    for index, deal in enumerate(deals):
        if deal.steps is None:
            missing.append(case.fact(LIST, index, "steps").name)
            continue
        progress = _taken(case, deal.steps)
        taken[deal.id] = progress.steps
        days = [case.fact(LIST, index, "steps", step) for step in SALES_STEPS]
        reasons.append(
            case.given((LIST, index), progress.steps, unit="of 6", note=progress.told).with_(
                inputs=tuple(day for day in days if day.value is not None)
            )
        )
    if not taken:
        return null(missing)
    return figure_of(taken, reasons, missing=tuple(missing))


def _taken(case: Case, dated: SalesSteps) -> Taken:
    """A step counts once its day has come and all before it were taken."""
    done = [(day := getattr(dated, step)) is not None and day <= case.today for step in SALES_STEPS]
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
    origins = [case.fact(LIST, index, "origin") for index in range(len(deals))]
    if all(origin.value is None for origin in origins):
        return origins, (f"{LIST}.origin",)
    return origins, missing_among(origins)


@figure(
    "sales.pull",
    title="They come to us",
    is_part=True,
    formula="deals inbound or by referral / those that say how they began",
    item="B22",
    under="sales.pipeline",
    rank=Rank.REFERENCE,
    needs=("opportunities",),
)
def pull(case: Case) -> Figure:
    """How many deals came by themselves or by referral."""
    deals = _deals(case)
    if not deals:
        return no_share(case, LIST)
    origins, missing = _origins(case, deals)
    known = tuple(origin for origin in origins if origin.value is not None)
    if not known:
        return null(missing)
    return figure_of(sum(part.value in PULL for part in known) / len(known), known, missing=missing)


@figure(
    "sales.service_led",
    title="Begun by service",
    is_part=True,
    formula="amount of deals begun by service / amount of those that say how they began",
    item="B22",
    under="sales.pipeline",
    rank=Rank.REFERENCE,
    needs=("opportunities",),
)
def service_led(case: Case) -> Figure:
    """How much of the pipeline began with service."""
    deals = _deals(case)
    if not deals:
        return no_share(case, LIST)
    facts, missing = _origins(case, deals)
    origins = [(index, origin) for index, origin in enumerate(facts) if origin.value is not None]
    if not origins:
        return null(missing)
    amounts = [case.fact(LIST, index, "amount") for index, _ in origins]
    exchanges = [case.exchange_at(LIST, index, "amount") for index, _ in origins]
    rates = list(dict.fromkeys(rate for exchange in exchanges for rate in exchange.rates))
    from_service = [origin.value == SERVICE for _, origin in origins]

    def share(*inputs: float) -> float | None:
        written = zip(inputs, exchanges, strict=False)  # the rates stand behind
        worth = [amount * (exchange.factor or 0.0) for amount, exchange in written]
        whole = math.fsum(worth)
        part = math.fsum(amount for amount, led in zip(worth, from_service, strict=True) if led)
        return part / whole if whole else None

    figure = computed(
        share,
        (*amounts, *rates),
        more=[origin for _, origin in origins],
    )
    return replace(figure, missing=tuple(dict.fromkeys((*figure.missing, *missing))))
