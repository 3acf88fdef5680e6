"""The cheapest change: which single number, moved least, would make a verdict another one.

Least is by share of the number as it stands: 3 % off the price is cheaper than twice the spend.
The change is rounded outward to three digits, so that it holds when it is written into the file
and nine tenths of it do not.

Sums are linear in each single fact: a risk's loss adds its probability times what its measure
leaves, an activity's times a year add its hours and expense. So one number a fact says how far a
sum moves when that fact moves by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.figures.case import Case
from generator.figures.deal import deal_verdict
from generator.figures.economics import (
    billed_over_a_year,
    contribution_today,
    months_to_payback,
    profit_a_year,
    profit_kept,
)
from generator.figures.figure import Reason, ReasonKind, exceeds, reaches
from generator.figures.qualification import verdict_of
from generator.figures.risk import effectiveness, measured_risks
from generator.figures.service import activity_inputs, alignment_of
from generator.figures.value import horizon, is_score_mode, spread_years, weight_sums
from generator.form.account import QUESTIONS
from generator.form.value import COSTS, VALUES
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
    for _, path in measured_risks(case):
        yield from _movable(case, (*path, "measure_cost"), cost=1)
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
    for index, served in enumerate(case.service.objects or ()):
        for place in range(len(served.activities or ())):
            times, hours, rate, expense = (row.value for row in activity_inputs(case, index, place))
            if None not in (times, hours, rate, expense):
                path = ("service", "objects", index, "activities", place, "per_year")
                yield from _movable(case, path, 1e9, serve=hours * rate + expense)


ROUNDS = 34
DIGITS = 3
_BLUR = 1e-6
_FIRST_STEP = 1 / 64
Verdict = Callable[[float], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastChange:
    """One number of the file and what it would have to be."""

    path: DataPath
    name: str
    line: int | None
    before: float | None
    after: float
    unit: str | None
    verdict: Any
    """What the figure would say then."""

    @property
    def size(self) -> float:
        """How much of the number itself the change is; of a score, its points.

        To find out an answer that nobody knows counts one point more.
        """
        step = abs(self.after - (self.before or 0.0))
        if self.path[0] == "qualification":
            return step + (self.before is None)
        return step / self.before if self.before else math.inf


def cheapest_change(case: Case, key: str) -> LeastChange | None:
    """The least single change that makes a verdict another one; None where there is none.

    Known for qualification.verdict, deal.verdict, selection.row, selection.column, tier and
    service.alignment (whether the money goes to the right objects).
    """
    find = _FINDERS.get(key)
    if find is None or key in case.hidden or case.figures[key].value is None:
        return None
    return case.once(f"change of {key}", lambda: _least(find(case)))


def _least(changes: Iterator[LeastChange]) -> LeastChange | None:
    return min(changes, key=lambda change: change.size, default=None)


def _turned(movable: Movable, verdict: Verdict) -> Iterator[LeastChange]:
    """The nearest values of a movable, below and above, at which the verdict is another."""
    now = verdict(movable.value)
    for end in (0.0, movable.high):
        if end == movable.value or verdict(end) in (now, None):
            continue
        near, far = _bracket(movable.value, end, lambda x: verdict(x) == now)
        for _ in range(ROUNDS):
            middle = (near + far) / 2
            near, far = (middle, far) if verdict(middle) == now else (near, middle)
        # At the limit itself some verdicts have turned and some have not
        nearest = (_outward(movable, far, more) for more in (0, 1))
        after = next((value for value in nearest if verdict(value) != now), None)
        if after is not None:
            yield LeastChange(
                path=movable.path,
                name=movable.reason.name,
                line=movable.reason.line,
                before=movable.value,
                after=after,
                unit=movable.reason.unit,
                verdict=verdict(after),
            )


def _bracket(start: float, end: float, holds: Callable[[float], bool]) -> tuple[float, float]:
    """The last place that still holds and the first that does not, a step twice as long each."""
    step = math.copysign(abs(start) * _FIRST_STEP or 1.0, end - start)
    near = start
    while True:
        far = start + step
        if (far - end) * step >= 0:
            return near, end
        if not holds(far):
            return near, far
        near, step = far, step * 2


def _outward(movable: Movable, far: float, more: int) -> float:
    """The far value with its step rounded away from the movable's own, and some units further."""
    step = far - movable.value
    if not step:
        return far
    digits = DIGITS - 1 - math.floor(math.log10(abs(step)))
    unit = 10.0**-digits
    rounded = math.copysign((math.ceil(abs(step) / unit - _BLUR) + more) * unit, step)
    return min(movable.high, max(0.0, round(movable.value + rounded, max(0, digits) + 1)))


def _deal(case: Case) -> Iterator[LeastChange]:
    score_mode = is_score_mode(case)
    gain = case.figures["value.balance" if score_mode else "value.delivered_value"].value
    price, cost = case.fact("economics", "price").value, case.figures["deal.seller_cost"].value
    for movable in deal_movables(case):
        moves = movable.moves
        slope = moves.get("gain", 0.0)
        spent = sum(moves.get(name, 0.0) for name in ("cost", "serve", "loss"))
        billed = moves.get("price", 0.0)

        def verdict(
            x: float,
            at: float = movable.value,
            g: float = slope,
            c: float = spent,
            p: float = billed,
        ) -> str:
            step = x - at
            return deal_verdict(gain + g * step, price + p * step, cost + c * step)

        yield from _turned(movable, verdict)


def row_of(profit: float, cut_off: float) -> str:
    """The matrix's row: high from the cut-off on, both in the reporting currency."""
    return "high" if reaches(profit, cut_off) else "low"


def column_of(
    months: float | str, cost: float, profit: float, longest: float, dearest: float
) -> str:
    """The matrix's column: short needs payback and cost within their limits, and a profit."""
    soon = not isinstance(months, str) and not exceeds(months, longest)
    return "short" if soon and not exceeds(cost, dearest) and exceeds(profit, 0) else "long"


class Matrix(NamedTuple):
    """The numbers that place an account in the matrix."""

    spend: float
    share: float
    margin: float
    price: float
    production: float
    billed: float
    marketing: float
    serve: float
    loss: float
    measures: float
    retention: float
    years: int
    discount: float
    monthly_cost: float
    months: float
    chance: float
    monthly: float
    rate: float
    cut_off: float
    longest: float
    dearest: float
    never_after: float
    is_customer: bool

    def cell(self) -> tuple[str, str]:
        """Row and column."""
        costs = (self.marketing, self.serve, self.loss, self.measures)
        yearly = profit_a_year(self.spend * self.share * self.margin, *costs)
        profit = profit_kept(yearly, self.retention, self.years, self.discount)
        return row_of(profit * self.rate, self.cut_off), self._column(profit, costs)

    def _column(self, profit: float, costs: tuple[float, ...]) -> str:
        if self.is_customer:
            earned = contribution_today(self.price, self.production, self.billed) or 0.0
            return "short" if exceeds(profit_a_year(earned, *costs), 0) else "long"
        cost = self.monthly_cost * self.months
        back = months_to_payback(self.months, self.chance, self.monthly, cost, self.never_after)
        return column_of(back, cost * self.rate, profit, self.longest, self.dearest)


_MARKET = {
    "spend": ("addressable_spend", None),
    "share": ("attainable_share", 1.0),
    "margin": ("contribution_margin", 1.0),
    "retention": ("retention", 1.0),
    "price": ("price", None),
    "production": ("production_cost", None),
    "marketing": ("marketing_cost", None),
}
_PROGRAMME = {
    "monthly_cost": ("monthly_cost", None),
    "months": ("months", 120.0),
    "chance": ("win_probability", 1.0),
    "monthly": ("monthly_contribution", None),
}


def matrix_of(case: Case) -> Matrix:
    """The numbers that place an account, as its figures have them; it must have a cell."""
    market = {name: case.fact("economics", of).value or 0.0 for name, (of, _) in _MARKET.items()}
    programme = {
        name: case.fact("economics", "development", of).value or 0.0
        for name, (of, _) in _PROGRAMME.items()
    }
    limits = case.settings.thresholds.development
    own_discount = case.fact("economics", "discount_rate").value
    billed, _ = billed_over_a_year(case)
    return Matrix(
        **market,
        **programme,
        serve=case.figures["service.cost_to_serve"].value,
        loss=case.figures["risk.own_expected_loss"].value,
        years=horizon(case).value,
        discount=case.settings.thresholds.discount_rate if own_discount is None else own_discount,
        measures=case.figures["risk.measure_cost"].value,
        billed=math.inf if billed is None else billed.value,
        is_customer=case.status == "customer",
        rate=case.rate() or 1.0,
        cut_off=case.neighbours.cut_off(case).value,
        longest=limits.payback_months,
        dearest=limits.cost_limit,
        never_after=limits.never_after_months,
    )


def _cell_movables(case: Case) -> Iterator[Movable]:
    for place, fields in ((("economics",), _MARKET), (("economics", "development"), _PROGRAMME)):
        for name, (of, high) in fields.items():
            reason = case.fact(*place, of)
            if reason.value is not None and reason.line is not None:
                yield Movable(path=(*place, of), reason=reason, sets=name, high=high or MOST_MONEY)
    yield from burden_movables(case)


def _placed(case: Case, pick: Callable[[tuple[str, str]], Any]) -> Iterator[LeastChange]:
    """Changes of the row, the column or both."""
    base = matrix_of(case)
    for movable in _cell_movables(case):

        def verdict(x: float, movable: Movable = movable) -> Any:
            if movable.sets:
                return pick(base._replace(**{movable.sets: x}).cell())  # type: ignore[arg-type]
            step = x - movable.value
            serve, loss = (movable.moves.get(name, 0.0) * step for name in ("serve", "loss"))
            return pick(base._replace(serve=base.serve + serve, loss=base.loss + loss).cell())

        yield from _turned(movable, verdict)


def _tier(case: Case) -> Iterator[LeastChange]:
    cells = case.settings.tiers.cells
    return _placed(case, lambda cell: getattr(cells, "_".join(cell)).tier)


def _qualification(case: Case) -> Iterator[LeastChange]:
    """One question answered better or worse; an unanswered one counts 0 and is open."""
    scoring = case.settings.scoring.qualification
    counted = {
        answer.name.rpartition(".")[2]: answer
        for answer in case.figures["qualification.score"].reasons
    }
    section = case.playbook.qualification
    faded = {name for name, answer in counted.items() if answer.kind is ReasonKind.ANSWER_FADED}

    def verdict(scores: dict[str, int | None]) -> str:
        points = sum(
            max(0, score - (name in faded)) for name, score in scores.items() if score is not None
        )
        out = [name for name in scoring.knock_outs if scores.get(name) == 0]
        still_open = [name for name in scoring.knock_outs if scores.get(name) is None]
        share = 100 * points / (2 * len(QUESTIONS))
        limits = scoring.find_out_from, scoring.pursue_from
        return verdict_of(share, out, still_open, *limits)

    scores = {name: getattr(getattr(section, name, None), "score", None) for name in QUESTIONS}
    now = verdict(scores)
    for name in QUESTIONS:
        for score in (0, 1, 2):
            then = verdict({**scores, name: score})
            if then == now or score == scores[name]:
                continue
            reason = counted.get(name)
            yield LeastChange(
                path=("qualification", name, "score"),
                name=f"qualification.{name}",
                line=reason.line if reason else None,
                before=None if scores[name] is None else float(scores[name] or 0),
                after=float(score),
                unit="of 2",
                verdict=then,
            )


def _alignment(case: Case) -> Iterator[LeastChange]:
    """One activity more or less often, until the money goes to the right objects, or no longer."""
    least = case.settings.scoring.service.alignment_from
    weights = case.figures["service.weights"].value or {}
    movables = [candidate for candidate in burden_movables(case) if "serve" in candidate.moves]
    objects = case.service.objects
    ids = [served.id for served in objects or ()]
    costs = [0.0] * len(ids)
    for movable in movables:
        costs[int(movable.path[2])] += movable.value * movable.moves["serve"]
    for movable in movables:

        def verdict(x: float, movable: Movable = movable) -> bool | None:
            changed = list(costs)
            changed[int(movable.path[2])] += (x - movable.value) * movable.moves["serve"]
            alignment = alignment_of([weights[name] for name in ids], changed)
            return None if alignment is None else alignment >= least

        yield from _turned(movable, verdict)


_FINDERS: dict[str, Callable[[Case], Iterator[LeastChange]]] = {
    "qualification.verdict": _qualification,
    "deal.verdict": _deal,
    "selection.row": lambda case: _placed(case, lambda cell: cell[0]),
    "selection.column": lambda case: _placed(case, lambda cell: cell[1]),
    "tier": _tier,
    "service.alignment": _alignment,
}
