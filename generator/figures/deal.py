"""The deal's two conditions: worth more than they pay, paid more than we spend (item V1b)."""

from __future__ import annotations

from dataclasses import replace

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import Figure, Reason, Stand, computed, exceeds, null, ratio
from generator.figures.value import NEEDS_MONEY, VALUES_IN_MONEY, is_score_mode
from generator.language import phrase

NOT_OPEN = phrase("the window is not open")


def deal_verdict(gain: float, price: float, cost: float, takes: float = 0.0) -> str:
    """The two conditions of a deal; equality fails (V1b).

    `takes` is what they pay in all: a gain that is only the blur of adding up is none.
    """
    if exceeds(takes + gain, takes):
        return "balanced" if exceeds(price, cost) else "buys_at_our_loss"
    return "they_will_not_buy" if exceeds(price, cost) else "no_deal"


def _price(case: Case) -> Reason:
    return case.fact("economics", "price")


@figure(
    "deal.verdict",
    title="Deal",
    formula="delivered value above 0, and price above our full cost",
    gives=Gives.WORD,
    item="V1b",
    section="value",
    rank=Rank.HEADLINE,
    labels="deal",
)
def verdict(case: Case) -> Figure:
    """Whether both sides gain."""
    theirs = case.figure("value.balance" if is_score_mode(case) else "value.delivered_value")

    # Seen beside what they pay in all, so that the blur of adding up twelve lines is no gain
    takes = 0.0 if is_score_mode(case) else case.figures["value.total_cost"].value or 0.0

    return computed(
        lambda gain, price, cost: deal_verdict(gain, price, cost, takes),
        (theirs.with_(threshold=0), _price(case), case.figure("deal.seller_cost")),
        stands=lambda gain, price, cost: (Stand(gain, (0.0,)), Stand(price - cost, (0.0,))),
    )


@figure(
    "deal.our_margin",
    title="Our margin",
    formula="price - our full cost",
    gives=Gives.MONEY,
    item="V1b",
    under="deal.verdict",
    rank=Rank.HEADLINE,
)
def our_margin(case: Case) -> Figure:
    """What we earn by the deal in a year."""
    inputs = (_price(case), case.figure("deal.seller_cost"))
    return computed(lambda price, cost: price - cost, inputs)


@figure(
    "deal.break_even",
    title="Break-even for them",
    formula="delivered value / what they get",
    item="V1b",
    under="deal.verdict",
)
def break_even(case: Case) -> Figure:
    """By how much less they may value us before they gain nothing; below 0: by how much more."""
    if is_score_mode(case):
        return null((VALUES_IN_MONEY,), note=NEEDS_MONEY)
    inputs = (case.figure("value.delivered_value"), case.figure("value.total_value"))
    return computed(ratio, inputs)


@figure(
    "deal.window",
    title="Room to negotiate",
    formula="their highest price - our full cost",
    gives=Gives.MONEY,
    item="V1b",
    under="deal.verdict",
    rank=Rank.HEADLINE,
)
def window(case: Case) -> Figure:
    """The room between our cost and their highest price."""
    if is_score_mode(case):
        return null((VALUES_IN_MONEY,), note=NEEDS_MONEY)
    inputs = (case.figure("deal.price_max"), case.figure("deal.seller_cost"))
    return computed(lambda highest, cost: highest - cost, inputs)


@figure(
    "deal.our_share",
    title="Our share of the deal",
    formula="(price - our full cost) / window",
    item="V1b",
    under="deal.verdict",
)
def our_share(case: Case) -> Figure:
    """How much of what the deal creates stays with us."""
    if is_score_mode(case):
        return null((VALUES_IN_MONEY,), note=NEEDS_MONEY)
    figure = computed(
        lambda price, cost, window: (price - cost) / window if exceeds(window, 0) else None,
        (_price(case), case.figure("deal.seller_cost"), case.figure("deal.window")),
    )
    return replace(figure, note=NOT_OPEN) if _closed(case) else figure


def _closed(case: Case) -> bool:
    window = case.figures["deal.window"].value
    return window is not None and not exceeds(window, 0)


@figure(
    "deal.price_max",
    title="Their highest price",
    formula="price + delivered value",
    gives=Gives.MONEY,
    item="V1b",
    under="deal.verdict",
)
def price_max(case: Case) -> Figure:
    """The price at which they gain nothing any more."""
    if is_score_mode(case):
        return null((VALUES_IN_MONEY,), note=NEEDS_MONEY)
    inputs = (_price(case), case.figure("value.delivered_value"))
    return computed(lambda price, delivered: price + delivered, inputs)


@figure(
    "deal.floor_price",
    title="Floor price",
    formula="our full cost / (1 - minimum margin)",
    gives=Gives.MONEY,
    item="V1b",
    under="deal.verdict",
    rank=Rank.HEADLINE,
)
def floor_price(case: Case) -> Figure:
    """Below this price it is no business."""
    own = case.fact("economics", "minimum_margin")
    margin = own if own.value is not None else case.setting("thresholds", "minimum_margin")
    return computed(
        lambda cost, least: cost / (1 - least), (case.figure("deal.seller_cost"), margin)
    )


@figure(
    "deal.seller_cost",
    title="Our full cost",
    formula="production + marketing + cost to serve + our expected loss + cost of measures",
    gives=Gives.MONEY,
    item="V1b",
    section="value",
)
def seller_cost(case: Case) -> Figure:
    """Everything this account costs us."""
    inputs = (
        case.fact("economics", "production_cost"),
        case.fact("economics", "marketing_cost"),
        case.figure("service.cost_to_serve"),
        case.figure("risk.own_expected_loss"),
        case.figure("risk.measure_cost"),
    )
    return computed(lambda *parts: sum(parts), inputs)
