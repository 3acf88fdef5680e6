"""Health and attention hear every signal, rank who leaves, and find nothing where nothing is."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Sequence

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures.figure import Figure
from generator.figures.health import Health, health_of, retention_at
from generator.figures.ranking import in_order, items, level
from generator.figures.signals import Letter, Signal
from tests.figures.customers import EVENTS, drawn, plan_of
from tests.figures.small import account, portfolio
from tests.figures.test_health import ruined, value

LEVELS = ("act", "watch", None)
SHARES = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
EVENT_COUNTS = st.fixed_dictionaries({event: st.integers(0, 2) for event in EVENTS})
SOME = hypothesis.settings(max_examples=max(5, hypothesis.settings().max_examples // 3))


def not_better(before: str, after: str) -> None:
    """The second plan is nowhere thought to do better than the first."""
    both = portfolio({"a-after": after, "b-before": before}).accounts
    worse, better = both
    assert value(worse, "health") <= value(better, "health") + 1e-9
    assert LEVELS.index(level(worse)) <= LEVELS.index(level(better))
    assert [each.id for each in in_order(both)] == ["a-after", "b-before"]


@SOME
@given(
    st.fixed_dictionaries(dict.fromkeys(Signal, SHARES)),
    EVENT_COUNTS,
    st.sampled_from(list(Signal)),
    SHARES,
)
def test_a_signal_that_gets_worse_never_helps(
    signals: dict[Signal, float], events: dict[str, int], worse: Signal, by: float
) -> None:
    lower = {**signals, worse: signals[worse] * by}
    not_better(plan_of(signals, events), plan_of(lower, events))


@SOME
@given(
    st.fixed_dictionaries(dict.fromkeys(Signal, SHARES)),
    EVENT_COUNTS,
    st.sampled_from(EVENTS),
)
def test_an_event_more_never_helps(
    signals: dict[Signal, float], events: dict[str, int], more: str
) -> None:
    not_better(plan_of(signals, events), plan_of(signals, {**events, more: events[more] + 1}))


@pytest.mark.parametrize("signal", Signal)
def test_each_signal_can_be_moved_from_end_to_end(signal: Signal) -> None:
    best = dict.fromkeys(Signal, 1.0)
    measures = [
        health_of(case).measures[signal].value
        for at in (0.0, 1.0)
        if (case := account(plan_of({**best, signal: at})).case) is not None
    ]
    assert measures[0] <= 0.3
    assert measures[1] >= 0.99


# Who leaves: by the law that health states, and at random


def auc(leaves: Sequence[bool], scores: Sequence[float]) -> float:
    """The chance that one who leaves is thought worse than one who stays; ties count half."""
    ranked = sorted(zip(scores, leaves, strict=True), key=lambda pair: pair[0])
    rank, below = 0.0, 0
    for _, alike in itertools.groupby(ranked, key=lambda pair: pair[0]):
        pairs = list(alike)
        middle = below + (len(pairs) + 1) / 2
        rank += middle * sum(left for _, left in pairs)
        below += len(pairs)
    left = sum(leaves)
    return 1 - (rank - left * (left + 1) / 2) / (left * (len(leaves) - left))


def test_auc_by_hand() -> None:
    """Of 2 who left and 2 who stayed: 3 of 4 pairs right, and a tie is half a pair."""
    assert auc([True, False, True, False], [1, 2, 3, 4]) == 0.75
    assert auc([True, False], [1, 1]) == 0.5
    assert auc([True, True, False], [1, 2, 3]) == 1


def fitted(rows: Sequence[Sequence[float]], leaves: Sequence[bool]) -> list[float]:
    """Weights of a logistic regression, by Newton's steps with a little shrinkage."""
    width = len(rows[0])
    weights = [0.0] * width
    for _ in range(8):
        slope = [-0.1 * weight for weight in weights]
        bend = [[0.1 * (i == j) for j in range(width)] for i in range(width)]
        for row, left in zip(rows, leaves, strict=True):
            chance = chance_of(weights, row)
            spread = chance * (1 - chance)
            for i in range(width):
                slope[i] += (left - chance) * row[i]
                scaled, line = spread * row[i], bend[i]
                for j in range(width):
                    line[j] += scaled * row[j]
        step = solved(bend, slope)
        weights = [weight + move for weight, move in zip(weights, step, strict=True)]
    return weights


def chance_of(weights: Sequence[float], row: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-math.fsum(map(float.__mul__, weights, row))))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss, with the largest entry of each column as pivot."""
    size = len(right)
    lines = [[*line, end] for line, end in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda line: abs(lines[line][at]))
        lines[at], lines[pivot] = lines[pivot], lines[at]
        for below in range(at + 1, size):
            factor = lines[below][at] / lines[at][at]
            for column in range(at, size + 1):
                lines[below][column] -= factor * lines[at][column]
    answer = [0.0] * size
    for at in reversed(range(size)):
        known = math.fsum(lines[at][column] * answer[column] for column in range(at + 1, size))
        answer[at] = (lines[at][size] - known) / lines[at][at]
    return answer


def cross_validated(rows: Sequence[Sequence[float]], leaves: Sequence[bool]) -> float:
    """The AUC of a regression that has never seen whom it judges, in five folds."""
    scores = [0.0] * len(rows)
    for fold in range(5):
        seen = [at for at in range(len(rows)) if at % 5 != fold]
        weights = fitted([rows[at] for at in seen], [leaves[at] for at in seen])
        for at in range(fold, len(rows), 5):
            scores[at] = -chance_of(weights, rows[at])
    return auc(leaves, scores)


COUNT = 1000


def customers(dice: random.Random) -> list[Health]:
    """What is known of so many customers, by the weights in force."""
    case = ruined().case
    assert case is not None
    weights = health_of(case).weights
    return [
        Health(
            measures={signal: Figure(value=at) for signal, at in drawn(dice).items()},
            lacking={},
            events=(),
            off=10.0 * (dice.random() < 0.1),
            weights=weights,
        )
        for _ in range(COUNT)
    ]


def test_health_ranks_as_well_as_a_regression_that_was_fitted() -> None:
    dice = random.Random(19)
    made = customers(dice)
    case = ruined().case
    assert case is not None
    scores = [each.value or 0.0 for each in made]
    leaves = [dice.random() > retention_at(case, score) for score in scores]
    rows = [
        [1.0, each.off / 10, *(float(each.measures[signal].value) for signal in Signal)]
        for each in made
    ]
    ours, theirs = auc(leaves, scores), cross_validated(rows, leaves)
    assert ours > 0.6
    assert abs(ours - theirs) <= 0.03 or ours > theirs


def test_where_who_leaves_is_left_to_chance_health_knows_nothing() -> None:
    scores = [each.value or 0.0 for each in customers(random.Random(7))]
    found = []
    for seed in range(200):
        dice = random.Random(seed)
        found.append(auc([dice.random() < 0.15 for _ in scores], scores))
    assert 0.49 <= math.fsum(found) / len(found) <= 0.51


@pytest.mark.full
def test_attention_catches_most_money_of_those_who_leave(
    record_property: Callable[[str, object], None], request: pytest.FixtureRequest
) -> None:
    """Whole plans of a thousand customers: the first tenth by attention, by health, by money."""
    dice = random.Random(request.config.getoption("--proof-seed"))
    texts = {
        f"a{number:04}": plan_of(
            drawn(dice),
            {event: int(dice.random() < 0.08) for event in EVENTS},
            money=math.exp(dice.gauss(0, 1)),
        )
        for number in range(COUNT)
    }
    every = portfolio(texts).accounts
    health = {each.id: value(each, "health") for each in every}
    money = {each.id: value(each, "attention.stake") for each in every}
    case = every[0].case
    assert case is not None
    left = {each.id for each in every if dice.random() > retention_at(case, health[each.id])}
    orders = {
        "attention": [each.id for each in in_order(every)],
        "health": sorted(health, key=health.__getitem__),
        "money": sorted(money, key=money.__getitem__, reverse=True),
    }
    whole = math.fsum(money[name] for name in left)
    caught = {
        by: math.fsum(money[name] for name in order[: COUNT // 10] if name in left) / whole
        for by, order in orders.items()
    }
    for by, share in caught.items():
        record_property(f"money caught by {by}", f"{share:.3f}")
    assert caught["attention"] > max(caught["health"], caught["money"])
    assert all(items(each) for each in every if health[each.id] < 75)


def test_letters_weigh_what_settings_say() -> None:
    case = ruined().case
    assert case is not None
    assert set(health_of(case).weights) == set(Letter)
