"""Each signal of each example made worse where it stands: health hears it, attention never relaxes.

Over the same known signals, any one of them worse in its newest entry never raises health, never
lowers the level of attention and never moves the account down the order.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

import pytest

from generator.compare.edits import with_data
from generator.figures import Account
from generator.figures.attention import Level
from generator.figures.ranking import _order, level
from generator.form import FORM
from generator.read import Document
from tests.figures.test_left_out import Leaf, documents, facts, judged

LEVELS = (Level.ACT, Level.WATCH, None)
FEW = 1
Worse = Callable[[float], tuple[float, ...]]


def less(floor: float) -> Worse:
    """A number made smaller, a little and as far as it goes."""
    return lambda at: tuple(low for low in (floor + (at - floor) * 0.7, floor) if low < at)


def more(ceiling: float | None = None) -> Worse:
    """A number made larger, a little and far, to its ceiling at most."""

    def larger(at: float) -> tuple[float, ...]:
        far = 10 * at + 1000 if ceiling is None else ceiling
        return tuple(high for high in (at + (far - at) * 0.3, far) if high > at)

    return larger


WORSE: dict[str, Worse] = {
    "relationship.trust.*.trust": less(0),
    "relationship.trust.*.buy_again": less(0),
    "relationship.contacts.*.sentiment": less(-2),
    "service.satisfaction.*.score": less(1),
    "service.objects.*.delivered": less(0),
    "usage.*.value": less(0),
    "economics.revenue.*.amount": less(0),
    "risk.customer.*.probability": more(1),
    "risk.customer.*.loss": more(),
    "risk.customer.*.effectiveness": less(0),
    "risk.own.*.probability": more(1),
    "risk.own.*.loss": more(),
    "risk.own.*.effectiveness": less(0),
    "risk.credit.receivable": more(),
    "risk.credit.days_late": more(),
    "risk.credit.default_probability": more(1),
    "risk.credit.loss_given_default": more(1),
    "risk.credit.cost_of_capital": more(1),
    "value.alternatives.*.values.*.amount": more(),
    "service.cases.*.severity": less(1),
    **{f"value.values.{name}.amount": less(0) for name in FORM.find("value.values").children},  # type: ignore[union-attr]
    **{f"value.costs.{name}.amount": more() for name in FORM.find("value.costs").children},  # type: ignore[union-attr]
}
"""By place of the form how a signal gets worse."""
WHOLE = {"relationship.contacts.*.sentiment", "service.cases.*.severity"}
"""Whole numbers."""
OVER_TIME = {
    "relationship.trust": "date",
    "service.satisfaction": "date",
    "usage": "date",
    "economics.revenue": "year",
}
"""Lists of which the newest entry alone is a signal of now, and by what they are ordered."""


def pattern_of(path: Leaf) -> str:
    """The place of the form that a leaf fills, whichever way it is written."""
    steps = path[:-1] if path[-1] == "value" and FORM.at(path) is None else path
    field = FORM.at(steps)
    if field is None:
        return ""
    whole = f"{field.pattern}.amount"
    return whole if whole in WORSE else field.pattern


def is_newest(document: Document, path: Leaf) -> bool:
    """Whether the leaf is of the newest entry of its list; of usage by its metric."""
    for name, by in OVER_TIME.items():
        steps = tuple(name.split("."))
        if path[: len(steps)] == steps:
            entries: Any = reduce(lambda node, step: node[step], steps, document.data)
            own = entries[path[len(steps)]]
            rows = [row for row in entries if row.get("metric") == own.get("metric")]
            return bool(max(rows, key=lambda row: row[by]) is own)
    return True


def worse_plans(document: Document, path: Leaf) -> Iterator[tuple[str, Any]]:
    """The plan with the leaf worse, a little and far."""
    pattern = pattern_of(path)
    *above, last = path
    written: Any = reduce(lambda node, step: node[step], path, document.data)
    for number in WORSE[pattern](float(written)):
        text = f"{number:.0f}" if pattern in WHOLE else f"{number:.6f}".rstrip("0").rstrip(".")
        if text == written:
            continue
        data: Any = copy.deepcopy(document.data)
        reduce(lambda node, step: node[step], above, data)[last] = text
        yield text, data


def order(account: Account) -> tuple[object, ...]:
    """What it goes by in the portfolio, the id aside."""
    return _order(account)[:-1]


@pytest.mark.sampled(9)
@pytest.mark.parametrize("stem", [document.stem for document in documents()])
def test_a_signal_made_worse_never_helps(stem: str, request: pytest.FixtureRequest) -> None:
    (document,) = (each for each in documents() if each.stem == stem)
    whole = judged(document)
    health = whole.figures["health"].value
    paths = [
        path
        for path in facts(document.data)
        if pattern_of(path) in WORSE and is_newest(document, path)
    ]
    if not request.config.getoption("--full"):
        paths = random.Random(stem).sample(paths, min(FEW, len(paths)))
    wrong = []
    for path in paths:
        for text, data in worse_plans(document, path):
            account = judged(with_data(document, data))
            now = account.figures["health"].value
            name = f"{'.'.join(map(str, path))} at {text}"
            if health is not None and (now is None or now > health + 1e-9):
                wrong.append(f"{name}: health {health:.2f} to {now}")
            if LEVELS.index(level(account)) > LEVELS.index(level(whole)):
                wrong.append(f"{name}: level {level(whole)} to {level(account)}")
            if order(account)[:3] > order(whole)[:3]:
                wrong.append(f"{name}: {order(whole)} to {order(account)}")
    assert wrong == []
