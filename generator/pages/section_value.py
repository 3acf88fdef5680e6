"""The value section: the deal as a balance, its window, the twelve lines, the standard."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from generator.figures import Reason
from generator.figures.value import spread_years
from generator.model.playbook import COSTS, VALUES, Alternative, ValueLine
from generator.pages.drawings.balance import Balance, Window, balance, window
from generator.pages.view import AccountView

_DEFAULTS = {
    "economics.price": "monetary",
    "risk.customer_residual": "risk",
    "value.opportunity_cost": "opportunity",
}
_RIVAL_COSTS = tuple(name for name in COSTS if name != "opportunity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One of the twelve lines as it counts."""

    name: str
    amount: float | None
    written: ValueLine | None
    reason: Reason | None


def context(view: AccountView) -> dict[str, Any]:
    """What the template needs beside the view."""
    section = view.plan.value
    values = lines(view, "value.total_value", "values", VALUES)
    costs = lines(view, "value.total_cost", "costs", COSTS)
    return {
        "section": section,
        "is_scored": section is not None and section.mode == "score",
        "value_lines": values,
        "cost_lines": costs,
        "balance": _balance(view, values, costs),
        "window": _window(view),
    }


def lines(view: AccountView, key: str, pan: str, names: tuple[str, ...]) -> tuple[Line, ...]:
    """Six lines of a pan: what is written, and what counts where a default stands in."""
    section = view.plan.value
    written = getattr(section, pan) if section else None
    figure = view.figure(key)
    counted: dict[str, Reason] = {}
    for reason in figure.reasons if figure else ():
        # a one-off is followed by what it is spread by: its first mention is what counts
        last = reason.name.rsplit(".", maxsplit=1)[-1]
        counted.setdefault(_DEFAULTS.get(reason.name, last), reason)
    return tuple(
        Line(
            name=name,
            amount=counted[name].value if name in counted else None,
            written=getattr(written, name) if written else None,
            reason=counted.get(name),
        )
        for name in names
    )


def _balance(
    view: AccountView, values: tuple[Line, ...], costs: tuple[Line, ...]
) -> Balance | None:
    case = view.account.case
    if case is None or view.value("value.delivered_value") is None:
        return None
    section = view.plan.value
    rivals = [
        (one.name, *sums)
        for one in (section.alternatives if section else None) or ()
        if (sums := _sums(one, spread_years(case))) is not None
    ]
    return balance(
        [(view.label("values", line.name), line.amount or 0.0) for line in values],
        [(view.label("costs", line.name), line.amount or 0.0) for line in costs],
        rivals,
    )


def _sums(alternative: Alternative, years: float) -> tuple[float, float] | None:
    """What an alternative gives and takes a year; None when a line is missing."""
    sums = []
    for pan, names in (("values", VALUES), ("costs", _RIVAL_COSTS)):
        written = getattr(alternative, pan)
        found = [getattr(written, name) if written else None for name in names]
        amounts = [
            line.amount / years if line.once else line.amount
            for line in found
            if line is not None and line.amount is not None
        ]
        if len(amounts) < len(names):
            return None
        sums.append(math.fsum(amounts))
    return sums[0], sums[1]


def _window(view: AccountView) -> Window | None:
    economics = view.plan.economics
    price = view.known(economics.price) if economics else None
    cost, highest = view.value("deal.seller_cost"), view.value("deal.price_max")
    if price is None or cost is None or highest is None:
        return None
    return window(cost, view.value("deal.floor_price"), price, highest)
