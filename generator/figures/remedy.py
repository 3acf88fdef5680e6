"""The least that we can move to bring the deal's price to its floor while they still gain (V1b).

Only what is ours moves: the price, what the account costs us, money spent on a value or a measure.
Facts of the world do not: those are to be found out. Everything here is money a year in the
account's currency.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.figures.case import Case
from generator.figures.definition import figure
from generator.figures.figure import NOTHING_TO_DIVIDE, Figure, figure_of, null
from generator.figures.levers import MoneyLever, follows, left_out, levers, ratios
from generator.figures.name import words_of_id
from generator.figures.service import activity_costs, costs_by_object
from generator.figures.value import NEEDS_MONEY, VALUES_IN_MONEY, is_score_mode, value_line
from generator.language import phrase, phrases

DIGITS = 3
_BLUR = 1e-9
_LEFT_TO_THEM = 1e-6
"""They have to gain something: this part of what they pay in all is left to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something of ours that can be moved, and what each unit of money does."""

    name: str
    """price, -price for a lower one, production_cost, service.ID, values.product, risk.ID."""
    words: str
    """What it is called in a sentence."""
    today: float
    """What it is beside which the move is small or large."""
    most: float
    earns: float
    """What a unit adds to our margin over the floor: price x (1 - minimum margin) - full cost."""
    gains: float
    """What a unit adds to their gain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUse:
    """A move and how far it is moved."""

    move: Move
    amount: float

    @property
    def share(self) -> float:
        """How far that is beside what it is today."""
        return self.amount / self.move.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Both conditions hold: how far the price may go in either direction."""

    ours: float
    """By how much it may fall before it is at its floor."""
    theirs: float
    """What they gain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The least that does it: one move, or the two where no single one does."""

    uses: tuple[MoveUse, ...]
    gain: float
    """What is left to them then."""

    @property
    def size(self) -> float:
        """The shares that are moved, added up."""
        return math.fsum(use.share for use in self.uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Where the deal stands."""

    price: float
    cost: float
    gain: float
    least_gain: float
    least_margin: float

    @property
    def earned(self) -> float:
        """Our margin over the floor; below 0 the price is under it."""
        return self.price * (1 - self.least_margin) - self.cost

    @property
    def room(self) -> Room | None:
        """How much is left to each side where both conditions hold."""
        if self.earned < -_BLUR or self.gain < self.least_gain:
            return None
        return Room(ours=self.earned / (1 - self.least_margin), theirs=self.gain)


def deal_of(case: Case) -> Deal | None:
    """The deal in money; None where it is not known, or in scores."""
    delivered, cost = (
        case.figures[key].value for key in ("value.delivered_value", "deal.seller_cost")
    )
    price = case.fact("economics", "price").value
    if None in (delivered, cost, price) or not cost:
        return None
    own = case.fact("economics", "minimum_margin").value
    return Deal(
        price=price,
        cost=cost,
        gain=delivered,
        least_gain=_LEFT_TO_THEM * max(1.0, case.figures["value.total_cost"].value),
        least_margin=case.settings.thresholds.minimum_margin if own is None else own,
    )


def moves_of(case: Case, deal: Deal) -> tuple[Move, ...]:
    """Everything of ours that can be moved, each within reach."""
    return tuple(move for move in _moves(case, deal) if move.today > 0 and move.most > 0)


def _moves(case: Case, deal: Deal) -> Iterator[Move]:
    reach = case.settings.scoring.levers.reach
    kept = 1 - deal.least_margin
    theirs = 1.0 if follows(case, "monetary") else 0.0
    far = reach * deal.price
    price = phrase("the price")
    yield Move(name="price", words=price, today=deal.price, most=far, earns=kept, gains=-theirs)
    yield Move(name="-price", words=price, today=deal.price, most=far, earns=-kept, gains=theirs)
    for name, words, amount in _own_costs(case):
        most = reach * amount
        yield Move(name=name, words=words, today=amount, most=most, earns=1.0, gains=0.0)
    for lever in levers(case):
        if lever.ratio > 0:
            yield _spending(case, deal, lever, reach)


def _own_costs(case: Case) -> Iterator[tuple[str, str, float]]:
    """What the account costs us, by what can be lowered on its own: name, words and amount."""
    for name in ("production_cost", "marketing_cost"):
        words = phrase(name.replace("_", " "))
        yield name, words, case.fact("economics", name).value
    objects = case.service.objects or ()
    costs = costs_by_object(activity_costs(case, objects))
    for served in objects:
        words = phrase("service for {served}", served=served.name or words_of_id(served.id))
        yield f"service.{served.id}", words, costs[served.id]


def _spending(case: Case, deal: Deal, lever: MoneyLever, reach: float) -> Move:
    """Money spent on a lever: what it gains them, or of a measure of ours what it saves us."""
    most = lever.most / lever.ratio
    if lever.today:
        most = min(most, reach * lever.today)
    if lever.lowers:
        most = min(most, value_line(case, lever.lowers).value / lever.ratio)
    return Move(
        name=lever.name,
        words=lever.words,
        today=deal.cost,
        most=most,
        earns=lever.ratio - 1 if lever.is_ours else -1.0,
        gains=0.0 if lever.is_ours else lever.ratio,
    )


def remedy_of(case: Case) -> Room | Remedy | None:
    """The room where both hold already, else the least that does it; None where nothing does."""
    deal = deal_of(case)
    if deal is None:
        return None
    if (room := deal.room) is not None:
        return room
    moves = moves_of(case, deal)
    return _least(deal, [(move,) for move in moves]) or _least(
        deal, list(itertools.combinations(moves, 2))
    )


def _least(deal: Deal, choices: Sequence[tuple[Move, ...]]) -> Remedy | None:
    """The smallest by the shares that are moved; of the same size the first."""
    remedies = [remedy for moves in choices for remedy in _remedies(deal, moves)]
    return min(remedies, key=lambda remedy: remedy.size, default=None)


class _Line(NamedTuple):
    """A limit: x·first + y·second >= least."""

    first: float
    second: float
    least: float

    def holds(self, x: float, y: float) -> bool:
        reached = self.first * x + self.second * y
        return reached >= self.least - _BLUR * max(1.0, abs(self.least))


_NO_MOVE = Move(name="", words="", today=1, most=0, earns=0, gains=0)


def _remedies(deal: Deal, moves: tuple[Move, ...]) -> Iterator[Remedy]:
    """The corners of what one or two moves can do within all limits: the least is one of them."""
    first = moves[0]
    second = moves[1] if len(moves) > 1 else _NO_MOVE
    lines = (
        _Line(first.earns, second.earns, -deal.earned),
        _Line(first.gains, second.gains, deal.least_gain - deal.gain),
        _Line(1, 0, 0),
        _Line(-1, 0, -first.most),
        _Line(0, 1, 0),
        _Line(0, -1, -second.most),
    )
    for a, b in itertools.combinations(lines, 2):
        divisor = a.first * b.second - a.second * b.first
        if not divisor:
            continue
        x = (a.least * b.second - a.second * b.least) / divisor
        y = (a.first * b.least - a.least * b.first) / divisor
        if all(line.holds(x, y) for line in lines):
            amounts = zip(moves, (x, y), strict=False)
            yield Remedy(
                uses=tuple(
                    MoveUse(move=move, amount=amount) for move, amount in amounts if amount > _BLUR
                ),
                gain=deal.gain + first.gains * x + second.gains * y,
            )


@figure(
    "deal.levers",
    title="What moves value most",
    formula="gain / spend by line; price 1; what more of a measure takes away / its cost",
    unit="gain for spend",
    by_name=True,
    entries=("risk.customer", "risk.own"),
    item="V1 V1c",
    section="value",
    needs=("value",),
)
def deal_levers(case: Case) -> Figure:
    """What each lever gains for a unit of our money, and the least that brings price to floor."""
    if is_score_mode(case):
        return null((VALUES_IN_MONEY,), note=NEEDS_MONEY)
    gains, inputs = ratios(case)
    free, missing = left_out(case)
    if not gains and deal_of(case) is None:
        note = NOTHING_TO_DIVIDE if free else None
        return null(missing or (() if free else ("value.*.lever",)), note=note)
    reach = case.setting("scoring", "levers", "reach")
    return figure_of(gains, inputs, more=(*free, reach), missing=missing, note=answer(case))


def answer(case: Case) -> str:
    """What it takes in a sentence; where both conditions hold, the room left to each side."""
    deal = deal_of(case)
    if deal is None:
        return phrase("the deal's verdict is not known")
    remedy = remedy_of(case)
    if isinstance(remedy, Room):
        return _said_room(case, remedy)
    if remedy is None:
        return phrase(
            "no two moves within {reach} of today's values mend the deal: the price is under its"
            " floor, or they gain nothing",
            reach=f"{case.settings.scoring.levers.reach:.0%}",
        )
    moves = phrases((_said_move(deal, use) for use in remedy.uses), ", ")
    if remedy.gain < 2 * deal.least_gain:
        return phrase(
            "the least that mends the deal: {moves}; they then begin to gain", moves=moves
        )
    return phrase(
        "the least that mends the deal: {moves}; they then gain {gain}",
        moves=moves,
        gain=f"{_down(remedy.gain):,.10g}",
    )


def _said_room(case: Case, room: Room) -> str:
    amounts = {"ours": f"{_down(room.ours):,.10g}", "theirs": f"{_down(room.theirs):,.10g}"}
    if follows(case, "monetary"):
        return phrase(
            "both sides gain: the price may fall by {ours} to its floor, or rise by {theirs}"
            " before they gain nothing",
            **amounts,
        )
    return phrase(
        "both sides gain: the price may fall by {ours} to its floor; they gain {theirs}", **amounts
    )


def _said_move(deal: Deal, use: MoveUse) -> str:
    """'the price up by 29,000 (4.2 %) to 719,000'."""
    kind = use.move.name.partition(".")[0]
    step, words = _up(use.amount), use.move.words
    if kind == "values":
        return phrase("{step} spent on {line} value", step=f"{step:,.10g}", line=words)
    if kind == "costs":
        return phrase("{step} spent on {line} cost", step=f"{step:,.10g}", line=words)
    if kind == "risk":
        return phrase(
            "{step} more spent on the measure against: {risk}", step=f"{step:,.10g}", risk=words
        )
    is_up = use.move.name == "price"
    after = deal.price + step if is_up else use.move.today - step
    amounts = {"step": f"{step:,.10g}", "share": f"{use.share:.1%}", "after": f"{after:,.10g}"}
    if is_up:
        return phrase("{what} up by {step} ({share}) to {after}", what=words, **amounts)
    return phrase("{what} down by {step} ({share}) to {after}", what=words, **amounts)


def _up(amount: float) -> float:
    """To three digits, upward: what is said is enough."""
    return _rounded(amount, math.ceil, -_LEFT_TO_THEM)


def _down(amount: float) -> float:
    """To three digits, downward: no more than there is."""
    return _rounded(amount, math.floor, _LEFT_TO_THEM)


def _rounded(amount: float, cut: Callable[[float], int], blur: float) -> float:
    if amount <= 0:
        return 0.0
    digits = DIGITS - 1 - math.floor(math.log10(amount))
    unit = 10.0**-digits
    return round(cut(amount / unit + blur) * unit, max(0, digits))
