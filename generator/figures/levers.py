"""What each lever of the deal gains for its spend, and how we stand on what decides it (V1 to V1d).

What the levers can do together for the deal is `remedy`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    is_level,
    missing_among,
    reaches,
)
from generator.figures.name import words_of_id
from generator.figures.risk import effectiveness, probability_and_loss
from generator.form.risk import CustomerRisk, OwnRisk
from generator.form.value import COSTS, VALUES, ProductLevels, WinFactors
from generator.language import phrase

PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLever:
    """Something that money of ours brings them, or saves us."""

    name: str
    """values.product, costs.effort, risk.ID."""
    words: str
    """The line, or what may go wrong."""
    ratio: float
    """Gain for each unit spent."""
    most: float
    """The gain that there is in all, money a year."""
    today: float | None = None
    """What is spent on it already, where that is known."""
    lowers: str = ""
    """The line of their cost that it lowers: nothing can be gained there once it is 0."""
    is_ours: bool = False
    """Whether it is we who gain: a measure against a risk of ours."""
    inputs: tuple[Reason, ...]


def levers(case: Case) -> tuple[MoneyLever, ...]:
    """All levers with a spend above 0, those that gain most for it first."""
    return tuple(
        sorted([*_lines(case), *_measures(case)], key=lambda lever: (-lever.ratio, lever.name))
    )


def ratios(case: Case) -> tuple[dict[str, float], tuple[Reason, ...]]:
    """By lever, the price among them, the gain for a unit of our money; and the inputs of all."""
    rows = [(lever.name, lever.ratio, lever.inputs) for lever in levers(case)]
    ranked = sorted([*rows, *_price(case)], key=lambda row: (-row[1], row[0]))
    inputs = dict.fromkeys(part for _, _, parts in ranked for part in parts)
    return {name: ratio for name, ratio, _ in ranked}, tuple(inputs)


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


def left_out(case: Case) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Spends of 0, by which nothing can be divided, and what levers lack."""
    rows: list[tuple[Reason, ...]] = [row for _, _, row in _written_levers(case)]
    rows += [row for _, _, _, row in _measure_rows(case)]
    free = [row[-1].with_(note=NOTHING_TO_DIVIDE) for row in rows if row[-1].value == 0]
    return tuple(free), missing_among([fact for row in rows for fact in row])


def _lines(case: Case) -> Iterator[MoneyLever]:
    """Lines with a lever: a value rises by the gain, a cost falls by it."""
    for pan, name, (gain, spend) in _written_levers(case):
        if gain.value is None or not spend.value:
            continue
        yield MoneyLever(
            name=f"{pan}.{name}",
            words=phrase(name),
            ratio=gain.value / spend.value,
            most=gain.value,
            lowers=name if pan == "costs" else "",
            inputs=(gain, spend),
        )


def follows(case: Case, name: str) -> bool:
    """Whether a line of their cost has no amount of its own, and so follows from elsewhere."""
    return case.fact("value", "costs", name, "amount").value is None


def _price(case: Case) -> Iterator[tuple[str, float, tuple[Reason, ...]]]:
    """The price itself, where it is what they pay: each unit less is one more for them."""
    price = case.fact("economics", "price")
    if price.value is not None and follows(case, "monetary"):
        cost = case.figure("deal.seller_cost")
        yield PRICE, 1.0, (price, *((cost,) if cost.value is not None else ()))


def _measure_rows(case: Case) -> Iterator[tuple[str, str, bool, tuple[Reason, ...]]]:
    """Name, what it is in words, whether it is ours, size and cost of each risk with a measure.

    Their doubts count where they are what risk costs them.
    """
    theirs = case.risk.customer if follows(case, "risk") else ()
    sides: tuple[tuple[str, Sequence[CustomerRisk | OwnRisk]], ...] = (
        ("customer", theirs or ()),
        ("own", case.risk.own or ()),
    )
    for side, risks in sides:
        for index, risk in enumerate(risks):
            if risk.measure is None and risk.effectiveness is None:
                continue
            row = (
                *probability_and_loss(case, side, index),
                effectiveness(case, side, index, risk.measure),
                case.fact("risk", side, index, "measure_cost"),
            )
            words = risk.doubt if isinstance(risk, CustomerRisk) else risk.statement
            yield f"risk.{risk.id}", words or words_of_id(risk.id), side == "own", row


def _measures(case: Case) -> Iterator[MoneyLever]:
    """More of a measure at its own rate, until it takes the whole risk away."""
    for name, words, is_ours, row in _measure_rows(case):
        if missing_among(row) or not row[-1].value:
            continue
        chance, loss, works, cost = (fact.value for fact in row)
        yield MoneyLever(
            name=name,
            words=words,
            ratio=chance * loss * works / cost,
            most=chance * loss * (1 - works),
            today=cost,
            lowers="" if is_ours else "risk",
            is_ours=is_ours,
            inputs=row,
        )


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
    rank=Rank.REFERENCE,
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
    rank=Rank.REFERENCE,
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
