"""The cheapest change: which single number, moved least, would make a verdict another one.

Least is by share of the number as it stands: 3 % off the price is cheaper than twice the spend.
The change is rounded outward to three digits, so that it holds when it is written into the file
and nine tenths of it do not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.figures import formulas
from generator.figures.case import Case
from generator.figures.economics import has_no_programme
from generator.figures.figure import ReasonKind
from generator.figures.movables import MOST_MONEY, Movable, burden_movables, deal_movables
from generator.figures.value import horizon, is_score_mode
from generator.model.account import QUESTIONS
from generator.read.document import DataPath

ROUNDS = 34
DIGITS = 3
_BLUR = 1e-6
_FIRST_STEP = 1 / 64
Verdict = Callable[[float], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
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


def cheapest_change(case: Case, key: str) -> Change | None:
    """The least single change that makes a verdict another one; None where there is none.

    Known for qualification.verdict, deal.verdict, selection.row, selection.column, tier and
    service.alignment (whether the money goes to the right objects).
    """
    find = _FINDERS.get(key)
    if find is None or key in case.hidden or case.figures[key].value is None:
        return None
    return case.once(f"change of {key}", lambda: _least(find(case)))


def _least(changes: Iterator[Change]) -> Change | None:
    return min(changes, key=lambda change: change.size, default=None)


def _turned(movable: Movable, verdict: Verdict) -> Iterator[Change]:
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
        after = next((one for one in nearest if verdict(one) != now), None)
        if after is not None:
            yield Change(
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


def _deal(case: Case) -> Iterator[Change]:
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
            return formulas.deal_verdict(gain + g * step, price + p * step, cost + c * step)

        yield from _turned(movable, verdict)


class Matrix(NamedTuple):
    """The numbers that place an account in the matrix."""

    spend: float
    share: float
    margin: float
    serve: float
    loss: float
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
    has_programme: bool

    def cell(self) -> tuple[str, str]:
        """Row and column."""
        profit = formulas.retained_profit(
            self.spend * self.share * self.margin,
            self.serve,
            self.loss,
            self.retention,
            self.years,
            self.discount,
        )
        cost = self.monthly_cost * self.months
        back: float | str = 0.0
        if self.has_programme:
            back = formulas.payback(self.months, self.chance, self.monthly, cost, self.never_after)
        return (
            formulas.row_of(profit * self.rate, self.cut_off),
            formulas.column_of(back, cost * self.rate, profit, self.longest, self.dearest),
        )


_MARKET = {
    "spend": ("addressable_spend", None),
    "share": ("attainable_share", 1.0),
    "margin": ("contribution_margin", 1.0),
    "retention": ("retention", 1.0),
}
_PROGRAMME = {
    "monthly_cost": ("monthly_cost", None),
    "months": ("months", 120.0),
    "chance": ("win_probability", 1.0),
    "monthly": ("monthly_contribution", None),
}


def matrix_of(case: Case) -> Matrix:
    """The numbers that place an account, as its figures have them; it must have a cell."""
    market = {name: case.fact("economics", of).value for name, (of, _) in _MARKET.items()}
    programme = {
        name: case.fact("economics", "development", of).value or 0.0
        for name, (of, _) in _PROGRAMME.items()
    }
    limits = case.settings.thresholds.development
    own_discount = case.fact("economics", "discount_rate").value
    return Matrix(
        **market,
        **programme,
        serve=case.figures["service.cost_to_serve"].value,
        loss=case.figures["risk.own_expected_loss"].value,
        years=horizon(case).value,
        discount=case.settings.thresholds.discount_rate if own_discount is None else own_discount,
        has_programme=not has_no_programme(case),
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


def _placed(case: Case, pick: Callable[[tuple[str, str]], Any]) -> Iterator[Change]:
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


def _tier(case: Case) -> Iterator[Change]:
    cells = case.settings.tiers.cells
    return _placed(case, lambda cell: getattr(cells, "_".join(cell)).tier)


def _qualification(case: Case) -> Iterator[Change]:
    """One question answered better or worse; an unanswered one counts 0 and is open."""
    scoring = case.settings.scoring.qualification
    counted = {
        one.name.rpartition(".")[2]: one for one in case.figures["qualification.score"].reasons
    }
    section = case.playbook.qualification
    faded = {name for name, one in counted.items() if one.kind is ReasonKind.ANSWER_FADED}

    def verdict(scores: dict[str, int | None]) -> str:
        points = sum(
            max(0, score - (name in faded)) for name, score in scores.items() if score is not None
        )
        out = [name for name in scoring.knock_outs if scores.get(name) == 0]
        still_open = [name for name in scoring.knock_outs if scores.get(name) is None]
        share = 100 * points / (2 * len(QUESTIONS))
        limits = scoring.find_out_from, scoring.pursue_from
        return formulas.qualification_verdict(share, out, still_open, *limits)

    scores = {name: getattr(getattr(section, name, None), "score", None) for name in QUESTIONS}
    now = verdict(scores)
    for name in QUESTIONS:
        for score in (0, 1, 2):
            then = verdict({**scores, name: score})
            if then == now or score == scores[name]:
                continue
            reason = counted.get(name)
            yield Change(
                path=("qualification", name, "score"),
                name=f"qualification.{name}",
                line=reason.line if reason else None,
                before=None if scores[name] is None else float(scores[name] or 0),
                after=float(score),
                unit="of 2",
                verdict=then,
            )


def _alignment(case: Case) -> Iterator[Change]:
    """One activity more or less often, until the money goes to the right objects, or no longer."""
    least = case.settings.scoring.service.alignment_from
    weights = case.figures["service.weights"].value or {}
    movables = [one for one in burden_movables(case) if "serve" in one.moves]
    objects = case.service.objects
    ids = [one.id for one in objects or ()]
    costs = [0.0] * len(ids)
    for movable in movables:
        costs[int(movable.path[2])] += movable.value * movable.moves["serve"]
    for movable in movables:

        def verdict(x: float, movable: Movable = movable) -> bool | None:
            changed = list(costs)
            changed[int(movable.path[2])] += (x - movable.value) * movable.moves["serve"]
            found = formulas.alignment([weights[one] for one in ids], changed)
            return None if found is None else found >= least

        yield from _turned(movable, verdict)


_FINDERS: dict[str, Callable[[Case], Iterator[Change]]] = {
    "qualification.verdict": _qualification,
    "deal.verdict": _deal,
    "selection.row": lambda case: _placed(case, lambda cell: cell[0]),
    "selection.column": lambda case: _placed(case, lambda cell: cell[1]),
    "tier": _tier,
    "service.alignment": _alignment,
}
