"""Five levels of the product and nine levers of the deal, us beside the rival (V1c, V1d)."""

from __future__ import annotations

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import Figure, Reason, computed
from generator.figures.limits import is_level, reaches
from generator.model.value import ProductLevels, WinFactors

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
        found = NONE
        for name, value in zip(LEVELS, values, strict=True):
            if not reaches(value, least.value):
                break
            found = name
        return found

    rows = [one.against(least) for one in _ratings(case, "us").values()]
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
