"""What it takes to mend a deal, and how we stand on what decides it (items V1, V1c, V1d).

Each lever has a gain for its spend. Both conditions of the deal are to hold afterwards: they gain,
and the price covers our cost and what is spent. Levers count in part: half the spend brings half
the gain. The cheapest gain is bought first, so the least spend is found by going down the list.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    exceeds,
    figure_of,
    is_level,
    missing_among,
    null,
    reaches,
)
from generator.figures.risk import effectiveness, probability_and_loss
from generator.figures.value import (
    NEEDS_MONEY,
    VALUES_IN_MONEY,
    is_score_mode,
    spread_years,
    value_line,
)
from generator.form.value import COSTS, VALUES, ProductLevels, WinFactors
from generator.language import phrase, phrases
from generator.read.document import DataPath

PRICE = "price"
DIGITS = 3
_LEFT_TO_THEM = 1e-6
"""They have to gain something: this part of what they pay in all is left to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLever:
    """Something that gains the customer money for money of ours."""

    name: str
    path: DataPath
    """The number that changes in the file: an amount, the price, an effectiveness."""
    ratio: float
    """Gain for each unit spent."""
    gain: float
    """Money a year to them at most."""
    before: float
    """The number at the path as it counts now."""
    moves: float
    """How far that number moves for each unit of gain."""
    lowers: str = ""
    """The line of cost it lowers: nothing can be gained there once it is 0."""
    replaces: bool = False
    """Whether the line follows from elsewhere, until an amount is written there."""
    inputs: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverUse:
    """A lever and how much of it is used."""

    lever: MoneyLever
    gain: float
    """Money a year to them; below 0 where it costs them."""
    after: float
    """The number that then stands at the lever's path."""

    @property
    def spend(self) -> float:
        """Our money a year for it."""
        return self.gain / self.lever.ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The least that makes both conditions hold; where they hold, the least that breaks them."""

    uses: tuple[LeverUse, ...]
    breaks: bool = False
    """Whether both hold now: then it is a price."""

    @property
    def spend(self) -> float:
        """Our money a year in all, what the price falls by included."""
        return math.fsum(use.spend for use in self.uses)

    @property
    def marketing(self) -> float:
        """What is added to our cost: a lower price is no cost, but less of a price."""
        return math.fsum(use.spend for use in self.uses if use.lever.name != PRICE)


@figure(
    "deal.levers",
    title="What moves value most",
    formula="gain / spend by line; price 1; a measure's risk taken away / its cost",
    unit="gain for spend",
    by_name=True,
    item="V1 V1c",
    section="value",
    needs=("value",),
)
def deal_levers(case: Case) -> Figure:
    """What each lever gains them for a unit of our money, and the least that mends the deal."""
    if is_score_mode(case):
        return null((VALUES_IN_MONEY,), note=NEEDS_MONEY)
    ranked = levers(case)
    free, missing = _left_out(case)
    reasons = tuple(dict.fromkeys(part for lever in ranked for part in lever.inputs))
    if not ranked:
        note = NOTHING_TO_DIVIDE if free else None
        return null(missing or (() if free else ("value.*.lever",)), note=note)
    return figure_of(
        {lever.name: lever.ratio for lever in ranked},
        reasons,
        more=free,
        missing=missing,
        note=_answer(case),
    )


def levers(case: Case) -> tuple[MoneyLever, ...]:
    """All levers with a spend above 0, those that gain most for it first."""
    money_levers = [*_lines(case), *_price(case), *_measures(case)]
    return tuple(sorted(money_levers, key=lambda lever: (-lever.ratio, lever.name)))


def _written_levers(case: Case) -> Iterator[tuple[str, str, tuple[Reason, Reason]]]:
    """Pan and name of each line with a lever, its gain and its spend."""
    for pan, names in (("values", VALUES), ("costs", COSTS)):
        lines = getattr(case.value, pan)
        for name in names:
            line = getattr(lines, name, None)
            if line is not None and line.lever is not None:
                path = ("value", pan, name, "lever")
                gain = case.fact(*path, "gain")
                yield pan, name, (gain, case.fact(*path, "spend"))


def _left_out(case: Case) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Spends of 0, by which nothing can be divided, and what levers lack."""
    rows: list[tuple[Reason, ...]] = [row for _, _, row in _written_levers(case)]
    rows += [row for _, _, row in _measure_rows(case)]
    free = [row[-1].with_(note=NOTHING_TO_DIVIDE) for row in rows if row[-1].value == 0]
    return tuple(free), missing_among([fact for row in rows for fact in row])


def _lines(case: Case) -> Iterator[MoneyLever]:
    """Lines with a lever: a value rises by the gain, a cost falls by it."""
    for pan, name, (gain, spend) in _written_levers(case):
        if gain.value is None or not spend.value:
            continue
        path = ("value", pan, name)
        written = case.fact(*path, "amount").value
        years = spread_years(case) if case.fact(*path, "once").value and written is not None else 1
        yield MoneyLever(
            name=f"{pan}.{name}",
            path=(*path, "amount"),
            ratio=gain.value / spend.value,
            gain=gain.value,
            before=(value_line(case, name).value or 0.0) if written is None else written,
            moves=years if pan == "values" else -years,
            lowers=name if pan == "costs" else "",
            replaces=written is None,
            inputs=(gain, spend),
        )


def _follows(case: Case, name: str) -> bool:
    """Whether a line of cost has no amount of its own."""
    return case.fact("value", "costs", name, "amount").value is None


def _price(case: Case) -> Iterator[MoneyLever]:
    """The price itself, where it is what they pay: each unit less is one more for them."""
    price = case.fact("economics", "price")
    if price.value is None or not _follows(case, "monetary"):
        return
    cost = case.figure("deal.seller_cost")
    room = 0.0 if cost.value is None else max(0.0, price.value - cost.value)
    yield _price_lever(price, room, cost)


def _price_lever(price: Reason, room: float, *more: Reason) -> MoneyLever:
    return MoneyLever(
        name=PRICE,
        path=("economics", "price"),
        ratio=1.0,
        gain=room,
        before=price.value,
        moves=-1.0,
        lowers="monetary",
        inputs=(price, *(fact for fact in more if fact.value is not None)),
    )


def _measure_rows(case: Case) -> Iterator[tuple[int, str, tuple[Reason, ...]]]:
    """Place, id, size and cost of each doubt with a measure, if doubts are what risk costs them."""
    if not _follows(case, "risk"):
        return
    for index, risk in enumerate(case.risk.customer or ()):
        if risk.measure is not None or risk.effectiveness is not None:
            row = (
                *probability_and_loss(case, "customer", index),
                effectiveness(case, "customer", index, risk.measure),
                case.fact("risk", "customer", index, "measure_cost"),
            )
            yield index, risk.id, row


def _measures(case: Case) -> Iterator[MoneyLever]:
    """More of a measure at its own rate, until it takes the whole risk away."""
    for index, name, row in _measure_rows(case):
        if missing_among(row) or not row[-1].value:
            continue
        chance, loss, works, cost = (fact.value for fact in row)
        size = chance * loss
        yield MoneyLever(
            name=f"risk.{name}",
            path=("risk", "customer", index, "effectiveness"),
            ratio=size * works / cost,
            gain=size * (1 - works),
            before=works,
            moves=1 / size if size else 0.0,
            lowers="risk",
            inputs=row,
        )


def cheapest_remedy(case: Case) -> Remedy | None:
    """The least spend after which both conditions hold; where they hold, the least price against.

    None where no spend does it, or where the verdict is not known or in scores.
    """
    delivered = case.figures["value.delivered_value"].value
    if delivered is None or case.figures["deal.verdict"].value is None:
        return None
    price, cost = case.fact("economics", "price"), case.figures["deal.seller_cost"].value
    if case.figures["deal.verdict"].value == "balanced":
        return _break(case, price, delivered, price.value - cost)
    takes = case.figures["value.total_cost"].value
    remedy = Remedy(uses=_down_the_list(case, _LEFT_TO_THEM * max(1.0, takes) - delivered))
    gained = math.fsum(use.gain for use in remedy.uses)
    holds = exceeds(takes + delivered + gained, takes) and exceeds(price.value, cost + remedy.spend)
    return remedy if holds else None


def _down_the_list(case: Case, needed: float) -> tuple[LeverUse, ...]:
    """Levers in their order until enough is gained; a line of cost falls to 0 at most."""
    left = {name: value_line(case, name).value for name in COSTS}
    lowered = dict.fromkeys(COSTS, 0.0)
    parts: list[tuple[MoneyLever, float]] = []
    for lever in levers(case):
        gain = min(lever.gain, needed, left.get(lever.lowers, math.inf))
        if gain <= 0 or not lever.ratio:
            continue
        parts.append((lever, gain))
        needed -= gain
        if lever.lowers:
            left[lever.lowers] -= gain
            lowered[lever.lowers] += gain
    return tuple(
        LeverUse(
            lever=lever,
            gain=gain,
            # An amount written where there was none stands for the whole line
            after=lever.before
            + lever.moves * (lowered[lever.lowers] if lever.replaces and lever.lowers else gain),
        )
        for lever, gain in parts
    )


def _break(case: Case, price: Reason, delivered: float, margin: float) -> Remedy:
    """A price up by what they gain, or down by what we earn, whichever is less."""
    gain = margin
    if _follows(case, "monetary") and delivered < margin:
        gain = -delivered
    lever = _price_lever(price, margin)
    return Remedy(uses=(LeverUse(lever=lever, gain=gain, after=price.value - gain),), breaks=True)


def _answer(case: Case) -> str:
    """The answer of the levers in a sentence."""
    if case.figures["deal.verdict"].value is None:
        return phrase("the deal's verdict is not known")
    remedy = cheapest_remedy(case)
    if remedy is None:
        none = phrase("no spend on these levers makes both conditions hold")
        price = _price_between(case)
        return phrases((none, price), "; ") if price else none
    if remedy.breaks:
        (use,) = remedy.uses
        return _breaking_price(use)
    amounts = [_said_spend(lever_use) for lever_use in remedy.uses]
    parts = [
        _for_what(lever_use, f"{amount:,.10g}")
        for amount, lever_use in zip(amounts, remedy.uses, strict=True)
    ]
    return phrase(
        "both conditions hold once {amount} {currency} a year is spent: {parts}",
        amount=f"{math.fsum(amounts):,.10g}",
        currency=case.money,
        parts=phrases(parts, ", "),
    )


def _breaking_price(use: LeverUse) -> str:
    """The price, up or down, that would break what holds now."""
    up, step = use.gain < 0, _rounded_up(abs(use.gain))
    price = use.lever.before + step if up else use.lever.before - step
    amounts = {"step": f"{step:,.10g}", "price": f"{price:,.10g}"}
    if up:
        return phrase(
            "both conditions hold; the price up by {step} to {price} would break them", **amounts
        )
    return phrase(
        "both conditions hold; the price down by {step} to {price} would break them", **amounts
    )


def _said_spend(use: LeverUse) -> float:
    """All of a lever as it is written, a part of it rounded."""
    return use.spend if use.gain == use.lever.gain else _rounded_up(use.spend)


def _for_what(use: LeverUse, amount: str) -> str:
    if use.lever.name == PRICE:
        return phrase("{amount} off the price", amount=amount)
    kind, _, name = use.lever.name.partition(".")
    if kind == "risk":
        return phrase("{amount} on more of the measure against {risk}", amount=amount, risk=name)
    if kind == "costs":
        return phrase("{amount} on {line} cost", amount=amount, line=phrase(name))
    return phrase("{amount} on {line} value", amount=amount, line=phrase(name))


def _price_between(case: Case) -> str:
    """The prices that would do it, where there are any and they pay just the price."""
    lowest, highest = case.figures["deal.seller_cost"].value, case.figures["deal.price_max"].value
    if not _follows(case, "monetary") or not exceeds(highest, lowest):
        return ""
    ends = {"lowest": f"{lowest:,.10g}", "highest": f"{highest:,.10g}"}
    return phrase("a price above {lowest} and below {highest} does", **ends)


def _rounded_up(amount: float) -> float:
    """To three digits, upward: what is said is enough."""
    digits = DIGITS - 1 - math.floor(math.log10(amount))
    unit = 10.0**-digits
    return round(math.ceil(amount / unit - _LEFT_TO_THEM) * unit, max(0, digits))


LEVELS = tuple(ProductLevels.model_fields)
FACTORS = tuple(WinFactors.model_fields)
NONE = "none"
FULL = 5
WEAKEST = 2


@figure(
    "deal.win_factors",
    title="Nine levers of the deal",
    meaning="How well we do on what decides deals besides the balance.",
    formula="sum of nine scores / 45 x 100",
    unit="of 100",
    item="V1c",
    under="deal.levers",
    needs=("value.win_factors",),
)
@figure(
    "deal.weakest_factors",
    title="Weakest levers",
    meaning="Which of the nine to work on first.",
    formula="the two lowest scores",
    unit="two of nine",
    gives=Gives.WORDS,
    item="V1c",
    under="deal.levers",
    is_ours=True,
    needs=("value.win_factors",),
)
def win_factors(case: Case) -> tuple[Figure, ...]:
    """Σ of nine scores / 45 · 100, and the two to work on first (V1c)."""
    least = case.setting("scoring", "value", "win_factor_from")
    rows = [
        case.fact("value", "win_factors", name, "score", unit="of 5").against(least)
        for name in FACTORS
    ]
    return (
        computed(lambda *scores: 100 * sum(scores) / (FULL * len(FACTORS)), rows),
        computed(_weakest, rows),
    )


def _weakest(*scores: float) -> tuple[str, ...]:
    """The two lowest, in the order of the list where they are level."""
    ranked = sorted(range(len(FACTORS)), key=lambda place: (scores[place], place))
    return tuple(FACTORS[place] for place in ranked[:WEAKEST])


def _ratings(case: Case, side: str) -> dict[str, Reason]:
    """By level how we, or the rival, are rated."""
    return {name: case.fact("value", "levels", name, side, unit="of 5") for name in LEVELS}


def _pairs(case: Case) -> list[Reason]:
    """By level our rating and the rival's."""
    us, rival = _ratings(case, "us"), _ratings(case, "rival")
    return [rating for name in LEVELS for rating in (us[name], rival[name])]


@figure(
    "product.complete_level",
    title="Highest complete level",
    formula="the highest level with all up to it at the limit or above",
    gives=Gives.WORD,
    item="V1d",
    section="value",
    rank=Rank.REFERENCE,
    is_ours=True,
    needs=("value.levels",),
)
def complete_level(case: Case) -> Figure:
    """Up to which level the product holds; higher ones count for nothing before."""
    least = case.setting("scoring", "value", "level_from")

    def highest(*values: float) -> str:
        level = NONE
        for name, value in zip(LEVELS, values, strict=True):
            if not reaches(value, least.value):
                break
            level = name
        return level

    rows = [rating.against(least) for rating in _ratings(case, "us").values()]
    return computed(highest, rows)


@figure(
    "product.gaps",
    title="Product against the rival",
    formula="our rating - the rival's, by level",
    unit="points",
    by_name=True,
    item="V1d",
    under="product.complete_level",
    rank=Rank.REFERENCE,
    is_ours=True,
    needs=("value.levels",),
)
def gaps(case: Case) -> Figure:
    """On which level of the product we are ahead."""

    def gap(*values: float) -> dict[str, float]:
        return {
            name: values[2 * place] - values[2 * place + 1] for place, name in enumerate(LEVELS)
        }

    return computed(gap, _pairs(case))


@figure(
    "product.first_difference",
    title="First difference",
    formula="the first level whose ratings differ",
    gives=Gives.WORD,
    item="V1d",
    under="product.complete_level",
    rank=Rank.REFERENCE,
    is_ours=True,
    needs=("value.levels",),
)
def first_difference(case: Case) -> Figure:
    """The lowest level on which we and the rival differ."""
    return computed(_first_difference, _pairs(case))


def _first_difference(*values: float) -> str:
    """The lowest level on which we and the rival are not level."""
    for place, name in enumerate(LEVELS):
        if not is_level(values[2 * place], values[2 * place + 1]):
            return name
    return NONE
