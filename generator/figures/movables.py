"""The facts of a playbook that money turns on, and what each adds to which sum.

Sums are linear in each single fact: a risk's loss adds its probability times what its measure
leaves, an activity's times a year add its hours and expense. So one number a fact says how far a
sum moves when that fact moves by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.figures.case import Case
from generator.figures.figure import Reason
from generator.figures.risk import effectiveness
from generator.figures.service import activity_inputs
from generator.figures.value import is_score_mode, spread_years, weight_sums
from generator.model.value import COSTS, VALUES
from generator.read.document import DataPath

DAYS_A_YEAR = 365
MOST_MONEY = 1e15
FULL_SCORE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Movable:
    """A number of the file that may be changed."""

    path: DataPath
    """Of the value itself."""
    reason: Reason
    moves: Mapping[str, float] = field(default_factory=dict)
    """By sum (gain, price, cost, serve, loss) how far it moves when the number moves by one."""
    sets: str = ""
    """A number of the matrix that it is, where it is none of the sums."""
    high: float = MOST_MONEY

    @property
    def value(self) -> float:
        """The number as it stands."""
        return float(self.reason.value)


def _movable(
    case: Case, path: DataPath, high: float = MOST_MONEY, **moves: float
) -> Iterator[Movable]:
    """The fact as a number that may be changed, if it stands in the file as a number."""
    reason = case.fact(*path)
    if reason.value is not None and reason.line is not None:
        yield Movable(path=path, reason=reason, moves=moves, high=high)


def deal_movables(case: Case) -> Iterator[Movable]:
    """All facts that move the deal: price, costs, the twelve lines, risks, service."""
    economics = ("economics",)
    default = not is_score_mode(case) and _is_default(case, "monetary")
    yield from _movable(case, (*economics, "price"), price=1, gain=-1 if default else 0)
    yield from _movable(case, (*economics, "production_cost"), cost=1)
    yield from _movable(case, (*economics, "marketing_cost"), cost=1)
    yield from _lines(case)
    if not is_score_mode(case) and _is_default(case, "risk"):
        yield from _doubts(case)
    yield from burden_movables(case)


def burden_movables(case: Case) -> Iterator[Movable]:
    """What the account costs us beside production: service, own risks, credit."""
    yield from _service(case)
    yield from _own_risks(case)
    yield from _credit(case)


def _is_default(case: Case, name: str) -> bool:
    return case.fact("value", "costs", name, "amount").value is None


def _lines(case: Case) -> Iterator[Movable]:
    """The lines that are written, in money or in scores."""
    years = spread_years(case)
    sums = weight_sums(case) if is_score_mode(case) else {}
    for pan, names, sign in (("values", VALUES, 1), ("costs", COSTS, -1)):
        for name in names:
            path = ("value", pan, name)
            if is_score_mode(case):
                weight = case.fact(*path, "weight").value
                if weight is not None and sums[pan]:
                    part = sign * weight / (FULL_SCORE * sums[pan])
                    yield from _movable(case, (*path, "score"), FULL_SCORE, gain=part)
            else:
                once = case.fact(*path, "once").value
                yield from _movable(case, (*path, "amount"), gain=sign / years if once else sign)


def _risk(case: Case, side: str, index: int, measure: str | None, to: str) -> Iterator[Movable]:
    """Probability, loss and effectiveness of one risk; a loss to them is no gain."""
    base = ("risk", side, index)
    chance, loss = case.fact(*base, "probability").value, case.fact(*base, "loss").value
    works = effectiveness(case, side, index, measure).value
    if None in (chance, loss, works):
        return
    sign = -1 if to == "gain" else 1
    yield from _movable(case, (*base, "probability"), 1, **{to: sign * loss * (1 - works)})
    yield from _movable(case, (*base, "loss"), **{to: sign * chance * (1 - works)})
    yield from _movable(case, (*base, "effectiveness"), 1, **{to: -sign * chance * loss})


def _doubts(case: Case) -> Iterator[Movable]:
    for index, risk in enumerate(case.risk.customer or ()):
        yield from _risk(case, "customer", index, risk.measure, "gain")


def _own_risks(case: Case) -> Iterator[Movable]:
    credit = case.risk.credit
    for index, risk in enumerate(case.risk.own or ()):
        if risk.class_ != "payment" or credit is None:
            yield from _risk(case, "own", index, risk.measure, "loss")


def _credit(case: Case) -> Iterator[Movable]:
    base = ("risk", "credit")
    names = ("receivable", "default_probability", "loss_given_default", "days_late")
    owed, chance, part, late = (case.fact(*base, name).value for name in names)
    capital = case.fact(*base, "cost_of_capital").value
    if None in (owed, chance, part, late, capital):
        return
    yield from _movable(
        case, (*base, "receivable"), loss=chance * part + late / DAYS_A_YEAR * capital
    )
    yield from _movable(case, (*base, "default_probability"), 1, loss=owed * part)
    yield from _movable(case, (*base, "loss_given_default"), 1, loss=owed * chance)
    yield from _movable(case, (*base, "days_late"), loss=owed / DAYS_A_YEAR * capital)
    yield from _movable(case, (*base, "cost_of_capital"), 1, loss=owed * late / DAYS_A_YEAR)


def _service(case: Case) -> Iterator[Movable]:
    for index, one in enumerate(case.service.objects or ()):
        for place in range(len(one.activities or ())):
            times, hours, rate, expense = (row.value for row in activity_inputs(case, index, place))
            if None not in (times, hours, rate, expense):
                path = ("service", "objects", index, "activities", place, "per_year")
                yield from _movable(case, path, 1e9, serve=hours * rate + expense)
