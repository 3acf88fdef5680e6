"""Ranges: each fact moved alone, worked by hand, by computing anew, and against random draws."""

from __future__ import annotations

import datetime
import math
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.figures import Figure, Portfolio, Reason
from generator.figures.case import Case
from generator.figures.definitions import DEFINITIONS
from generator.figures.figure import Stand
from generator.figures.ranges import (
    FOUR_IN_FIVE,
    Certainty,
    certainties,
    chance_of,
    range_of,
    ranged,
)
from generator.figures.spread import Spread
from generator.figures.varied import Varied, pointwise, total
from generator.figures.varying import Varying, place_today
from generator.form.value import COSTS, VALUES
from generator.read.document import DataPath
from tests.figures.small import portfolio

REPOSITORY = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 23)


def sure(text: str, key: str) -> Figure:
    """A figure of a playbook with its range."""
    account = portfolio({"acme": text}).account("acme")
    assert account is not None
    return ranged(account).figures[key]


def plan(value: str, more: str = "") -> str:
    return (
        "schema: 1\naccount: {name: Acme, status: customer, reviewed: 2026-11-01}\nsummary: x\n"
        f"{value}{more}"
    )


# The example of the definition, worked by hand


SIX = plan(
    "economics: {currency: EUR, price: {value: 1000000, grade: fact, as_of: 2026-11-01}}\n"
    "value:\n  mode: money\n  values: {"
    + ", ".join(f"{name}: {{amount: 170000, grade: opinion}}" for name in VALUES)
    + "}\n  costs: {"
    + ", ".join(f"{name}: 0" for name in COSTS if name != "monetary")
    + "}\n"
)


def test_six_opinions_against_a_price() -> None:
    """170,000 x 0.40 = 68,000 each; sqrt(6 x 68,000^2 + 20,000^2) = 167,761; x 1.28 = 214,735."""
    gain = sure(SIX, "value.delivered_value")
    assert gain.value == 20_000
    assert gain.low == pytest.approx(20_000 - 214_735, abs=1)
    assert gain.high == pytest.approx(20_000 + 214_735, abs=1)
    assert gain.confidence == 0
    assert gain.rests_on_opinion
    assert gain.is_about_even
    shares = {fact.name: round(share, 3) for fact, share in gain.carriers}
    each = round(68_000**2 / 167_761**2, 3)
    assert shares == {
        **{f"value.values.{name}": each for name in VALUES},
        "economics.price": round(20_000**2 / 167_761**2, 3),
    }


def test_the_chance_that_they_gain() -> None:
    """20,000 / 167,761 = 0.119 standard deviations above 0, a chance of 0.547."""
    six = SIX + (
        "service: {objects: []}\nrisk: {customer: [], own: [], credit: {receivable: 0,"
        " days_late: 0, default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}\n"
    )
    six = six.replace(
        "as_of: 2026-11-01}}", "as_of: 2026-11-01}, production_cost: 1, marketing_cost: 1}"
    )
    verdict = sure(six, "deal.verdict")
    assert verdict.value == "balanced"
    assert verdict.confidence == pytest.approx(0.5474, abs=1e-4)
    assert verdict.carriers[0].fact.name.startswith("value.values.")
    assert (verdict.low, verdict.high) == (None, None)


# What a spread is of


@pytest.mark.parametrize(
    ("text", "path", "ends"),
    [
        # an estimate: 15 of 100
        ("economics: {price: 200}", ("economics", "price"), (230, 170)),
        ("economics: {price: {value: 200, grade: fact}}", ("economics", "price"), (204, 196)),
        ("economics: {price: {value: 200, grade: opinion}}", ("economics", "price"), (280, 120)),
        # older than its shelf life of 365 days: twice as far
        (
            "economics: {price: {value: 200, grade: fact, as_of: 2025-11-22}}",
            ("economics", "price"),
            (208, 192),
        ),
        (
            "economics: {price: {value: 200, grade: fact, as_of: 2025-11-23}}",
            ("economics", "price"),
            (204, 196),
        ),
        # a share ends at 1, and moves by a part of itself
        ("economics: {retention: 0.9}", ("economics", "retention"), (1, 0.765)),
        # a score moves by a part of its scale and stays on it
        (
            "relationship: {trust: [{date: 2026-11-01, trust: 4.5}]}",
            ("relationship", "trust", 0, "trust"),
            (5, 3.75),
        ),
        (
            "service: {satisfaction: [{date: 2026-11-01, score: 4, scale: 5}]}",
            ("service", "satisfaction", 0, "score"),
            (4.6, 3.4),
        ),
        # a 0 moves by the mean of its list, here (0 + 0 + 300) / 3, and not below 0
        (
            "risk: {own: [{id: a, loss: 0}, {id: b, loss: 300}, {id: c, loss: 0}]}",
            ("risk", "own", 0, "loss"),
            (15, 0),
        ),
        (
            "value: {mode: money, values: {product: 0, image: 100, service: 200}}",
            ("value", "values", "product", "amount"),
            (15, 0),
        ),
        # a 0 among zeros does not move, nor does what people agreed or what is a setting of ours
        (
            "value: {mode: money, values: {product: 0}}",
            ("value", "values", "product", "amount"),
            None,
        ),
        ("value: {standard: [{item: a, target: 9}]}", ("value", "standard", 0, "target"), None),
        ("economics: {discount_rate: 0.1}", ("economics", "discount_rate"), None),
        (
            "relationship: {contacts: [{id: a, name: A, influence: 3}]}",
            ("relationship", "contacts", 0, "influence"),
            None,
        ),
    ],
)
def test_how_far_a_fact_moves(text: str, path: DataPath, ends: tuple[float, float] | None) -> None:
    account = portfolio({"acme": plan(text + "\n")}).account("acme")
    assert account is not None
    assert account.case is not None
    number = Varying(account.case).fact(*path).value
    assert number is not None
    if ends is None:
        assert not isinstance(number, Varied)
    else:
        assert list(number.moves) == [path]
        assert number.moves[path] == pytest.approx(ends)


# Numbers that move


PRICE, COST = ("price",), ("cost",)


def test_what_shares_a_fact_moves_together() -> None:
    """A price that is income and cost at once cancels out."""
    price = Varied(100.0, {PRICE: (110.0, 90.0)})
    cost = Varied(60.0, {COST: (70.0, 50.0)})
    assert (price - cost).moves == {PRICE: (50.0, 30.0), COST: (30.0, 50.0)}
    assert price - price == 0.0
    assert not isinstance(price - price, Varied)
    assert total([price, cost, 5.0]).moves == {PRICE: (175.0, 155.0), COST: (175.0, 155.0)}  # type: ignore[attr-defined]
    assert (2 / price).moves[PRICE] == (2 / 110, 2 / 90)
    assert (price**2).moves[PRICE] == (12100.0, 8100.0)


def test_around_a_kink_it_follows_the_formula() -> None:
    price = Varied(100.0, {PRICE: (110.0, 90.0)})
    capped = pointwise(lambda amount: max(0.0, amount - 95), price)
    assert (float(capped), capped.moves[PRICE]) == (5.0, (15.0, 0.0))
    within = range_of(capped)
    assert within.low == pytest.approx(5 - FOUR_IN_FIVE * 5)
    assert within.high == pytest.approx(5 + FOUR_IN_FIVE * 10)


def test_where_nothing_divides_a_moved_fact_changes_nothing() -> None:
    price = Varied(100.0, {PRICE: (200.0, 0.0)})
    assert (50 / price).moves[PRICE] == (0.25, 0.5)
    assert pointwise(lambda amount: None if amount > 150 else amount, price).moves[PRICE] == (
        100,
        0,
    )
    assert pointwise(lambda amount: "much" if amount > 5 else "little", price) == "much"


@pytest.mark.parametrize(
    ("at", "limits", "chance"),
    [
        # sigma is 10: the normal distribution's 0.8413 one, 0.9772 two, 0.5 no deviation away
        (100, (90,), 0.8413),
        (100, (110,), 0.8413),
        (100, (80, 120), 0.9545),
        (100, (90, 110), 0.6827),
        # of several limits on one side the nearest alone
        (100, (80, 90), 0.8413),
        (100, (100,), 0.5),
        (100, (), 1.0),
    ],
)
def test_the_chance_that_a_word_stands(at: float, limits: tuple[float, ...], chance: float) -> None:
    number = Varied(at, {PRICE: (at + 10, at - 10)})
    assert chance_of(Stand(number, limits)) == pytest.approx(chance, abs=1e-4)
    assert chance_of(Stand(float(at), limits)) == 1.0


# Against the definition: each fact moved alone, and the account computed anew


class Moved(Case):
    """The account with some of its facts otherwise."""

    def __init__(self, plain: Case, facts: Mapping[DataPath, float]) -> None:
        super().__init__(*plain.made_of)
        self.plain, self.facts = plain, facts
        self.now: Case = self

    def on(self, day: datetime.date) -> Case:
        then = Moved(self.plain.on(day), self.facts)
        then.now = self.now
        return then

    def given(self, path: DataPath, value: Any, **traits: Any) -> Reason:
        return self._moved(path, self.plain.given(path, value, **traits))

    def _read_fact(self, path: DataPath) -> Reason:
        return self._moved(path, self.plain.fact(*path))

    def _moved(self, path: DataPath, reason: Reason) -> Reason:
        shifted = place_today(path, self.playbook, self.now.playbook)
        is_number = isinstance(reason.value, (int, float)) and shifted in self.facts
        return reason.with_(value=self.facts[shifted]) if is_number else reason


def moving_facts(case: Case) -> dict[DataPath, tuple[float, float]]:
    """Every fact that moves, and its ends."""
    varying = Varying(case)
    for key in DEFINITIONS:
        varying.figures.get(key)
    spread = Spread.by(case.settings.scoring.evidence, lambda path: case.at(*path))
    ends = {
        path: spread.ends(path, float(fact.value), str(fact.grade), is_old=fact.stale)
        for path, fact in varying.moving.items()
    }
    return {path: pair for path, pair in ends.items() if pair is not None}


def numbers_of(case: Case, keys: tuple[str, ...]) -> dict[str, float]:
    """The figures that are numbers."""
    values = {key: case.figures[key].value for key in keys}
    return {
        key: float(value)
        for key, value in values.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }


def known(case: Case) -> dict[str, Certainty]:
    return {key: each for key, each in certainties(case).items() if each.low is not None}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "name", [path.stem for path in sorted(REPOSITORY.glob("playbooks/*/*.yaml"))]
)
def test_each_range_is_what_computing_anew_gives(example_portfolio: Portfolio, name: str) -> None:
    account = example_portfolio.account(name)
    assert account is not None
    assert account.case is not None
    ranges = known(account.case)
    now = numbers_of(account.case, tuple(ranges))
    above, below = dict.fromkeys(ranges, 0.0), dict.fromkeys(ranges, 0.0)
    for path, ends in moving_facts(account.case).items():
        for end in ends:
            moved = numbers_of(Moved(account.case, {path: end}), tuple(ranges))
            for key, value in moved.items():
                change = value - now[key]
                above[key] += max(0.0, change) ** 2
                below[key] += max(0.0, -change) ** 2
    for key, each in ranges.items():
        expected = (
            now[key] - FOUR_IN_FIVE * math.sqrt(below[key]),
            now[key] + FOUR_IN_FIVE * math.sqrt(above[key]),
        )
        assert (each.low, each.high) == pytest.approx(expected, rel=1e-6, abs=1e-6), key


# Against draws: every fact drawn at once from its own normal distribution, cut at its bounds


TENTH = 0.1
DRAWS, MANY_DRAWS = 200, 10_000
FEW, FEW_WITHIN = "brandner-papier", {0.20: 0.80}
"""One account by few draws, whose ends are blurred themselves."""
WITHIN = {0.10: 0.80, 0.20: 0.88}
"""By share of the draws' width how many figures have both ends so near.

The definition moves facts one at a time and adds squares. Where several stand at a bound, as
scores at their top do, draws can only fall, and their middle lies below the figure: its ends cannot
be those of the draws. Where a formula has a kink between, neither: so for the best alternative, the
share of a small window, health by its worst measure.
"""


def drawn(case: Case, count: int, keys: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """By figure the values that a tenth of the draws are below, and above."""
    dice = random.Random(1)
    varying = Varying(case)
    for key in keys:
        varying.figures.get(key)
    spread = Spread.by(case.settings.scoring.evidence, lambda path: case.at(*path))
    values: dict[str, list[float]] = {key: [] for key in keys}
    for _ in range(count):
        facts = {
            path: spread.moved(
                path, float(fact.value), str(fact.grade), dice.gauss(0, 1), is_old=fact.stale
            )
            for path, fact in varying.moving.items()
        }
        for key, value in numbers_of(Moved(case, facts), keys).items():
            values[key].append(value)
    ends = {}
    for key, numbers in values.items():
        ranked = sorted(numbers)
        at = round(len(ranked) * TENTH)
        ends[key] = (ranked[at], ranked[-at - 1])
    return ends


def test_the_ends_are_near_those_of_random_draws(
    example_portfolio: Portfolio, request: pytest.FixtureRequest
) -> None:
    """Of every example, or of one."""
    is_full = request.config.getoption("--full")
    off: dict[tuple[str, str], float] = {}
    for account in example_portfolio.accounts:
        if account.case is None or not (is_full or account.id == FEW):
            continue
        ranges = known(account.case)
        draws = drawn(account.case, MANY_DRAWS if is_full else DRAWS, tuple(ranges))
        for key, (low, high) in draws.items():
            ends = ranges[key].low or 0.0, ranges[key].high or 0.0
            away = max(abs(ends[0] - low), abs(ends[1] - high))
            off[account.id, key] = away / (high - low) if high > low else away
    for share, least in (WITHIN if is_full else FEW_WITHIN).items():
        near = sum(away <= share for away in off.values()) / len(off)
        assert near >= least, sorted(off.items(), key=lambda pair: -pair[1])[:40]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (
            "control.cash_recovery",
            "economics: {currency: EUR, control: {received: 98, invoiced: 100}}\n",
        ),
        # of 12 promised more than 12 may be delivered
        (
            "service.attainment",
            (
                "service: {objects: [{id: a, level: company, stage: sale, role: buyer,"
                " importance: {level: 5, stage: 2, role: 2}, promised: 12, delivered: 12}]}\n"
            ),
        ),
    ],
)
def test_a_part_of_a_whole_ends_at_the_whole(key: str, text: str) -> None:
    figure = sure(plan(text), key)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < figure.value < figure.high
    assert (figure.high == 1) is DEFINITIONS[key].is_part
