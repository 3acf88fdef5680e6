"""Six values against six costs as the customer counts them (method item V1)."""

from __future__ import annotations

import datetime
from dataclasses import replace

from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    LOOKED_NONE,
    Figure,
    NullCause,
    Reason,
    Term,
    computed,
    missing_among,
    null,
    sum_of_money,
)
from generator.figures.varied import highest, total
from generator.form.value import COSTS, VALUES
from generator.language import phrase, phrases

IN_SCORES = phrase("values are in scores")
IN_MONEY = phrase("values are in money")
VALUES_IN_MONEY = phrase("values in money")
NEEDS_MONEY = phrase("needs values in money")
CONTRACT, HORIZON = phrase("contract"), phrase("horizon")
FULL_SCORE = 10
NO_RIVAL = phrase("no alternative to compare with")


def is_score_mode(case: Case) -> bool:
    """Whether the twelve lines are scores instead of money."""
    return case.value.mode == "score"


@figure(
    "value.delivered_value",
    title="Delivered value",
    formula="six values - six costs",
    gives=Gives.MONEY,
    item="V1",
    section="value",
    rank=Rank.HEADLINE,
)
def delivered_value(case: Case) -> Figure:
    """What the customer gains by choosing us over the next best."""
    if is_score_mode(case):
        return null(note=IN_SCORES, cause=NullCause.OTHER_MODE)
    worth, cost = case.figure("value.total_value"), case.figure("value.total_cost")
    return computed(
        lambda gives, takes: gives - takes,
        (worth, cost),
    )


@figure(
    "value.ratio",
    title="Value for cost",
    formula="six values / six costs",
    unit="ratio",
    gives=Gives.NUMBER,
    item="V1",
    under="value.delivered_value",
)
def value_ratio(case: Case) -> Figure:
    """What they get for each unit of cost."""
    if is_score_mode(case):
        return null(note=IN_SCORES, cause=NullCause.OTHER_MODE)
    return computed(
        lambda gives, takes: gives / takes if takes else None,
        (case.figure("value.total_value"), case.figure("value.total_cost")),
    )


@figure(
    "value.total_value",
    title="What they get",
    formula="sum of six values",
    gives=Gives.MONEY,
    item="V1",
    section="value",
)
def total_value(case: Case) -> Figure:
    """The six values as the customer counts them."""
    return _total(case, VALUES)


@figure(
    "value.total_cost",
    title="What it costs them",
    formula="sum of six costs",
    gives=Gives.MONEY,
    item="V1",
    section="value",
)
def total_cost(case: Case) -> Figure:
    """The six costs as the customer counts them."""
    return _total(case, COSTS)


def value_line(case: Case, name: str) -> Reason:
    """One of the own twelve lines as it counts: written, defaulted, spread over years."""
    if name in VALUES:
        return _written(case, ("value",), "values", name)
    written = _written(case, ("value",), "costs", name)
    default = _default(case, name)
    if default is None:
        return written
    if written.value is None:
        if default.value is None:
            return default
        return default.with_(note=phrase("default for their {line} cost", line=phrase(name)))
    notes = [written.note] if written.note else []
    notes.append(phrase("the amount written wins over {default}", default=default.name))
    if default.value is not None:
        notes.append(
            phrase("the default would be {amount}", amount=f"{round(default.value, 2):,.10g}")
        )
    return written.with_(note=phrases(notes, "; "))


def _default(case: Case, name: str) -> Reason | None:
    if name == "monetary":
        return case.fact("economics", "price")
    if name == "risk":
        return case.figure("risk.customer_residual")
    if name == "opportunity":
        return case.figure("value.opportunity_cost")
    return None


def _written(case: Case, base: tuple[str | int, ...], pan: str, name: str) -> Reason:
    """The amount a line gives, a one-off spread over the contract's years."""
    path = (*base, pan, name)
    amount = case.fact(*path, "amount")
    if amount.value is None:
        return amount
    if case.fact(*path, "once").value:
        years, why, _ = _spread(case)
        return amount.with_(
            value=amount.value / years,
            note=phrase(
                "one-off of {amount} over {years} years ({why})",
                amount=f"{amount.value:,.10g}",
                years=f"{years:g}",
                why=why,
            ),
        )
    return amount


def _spread(case: Case) -> tuple[float, str, tuple[Reason, ...]]:
    """Over how many years a one-off is spread, why, and from what: the contract's, else horizon."""
    contract = case.playbook.account.contract
    if contract and contract.start and contract.end and contract.end > contract.start:
        days = tuple(case.fact("account", "contract", field) for field in ("start", "end"))
        return years_between(contract.start, contract.end), CONTRACT, days
    years = horizon(case)
    return float(years.value), HORIZON, (years,)


def years_between(start: datetime.date, end: datetime.date) -> float:
    """Years from the first to the last day; whole months count as such.

    Contracts end on the day before the anniversary or on it; both mean whole years.
    """
    after = end if end.day == start.day else end + datetime.timedelta(days=1)
    if after.day == start.day:
        return ((after.year - start.year) * 12 + after.month - start.month) / 12
    return (after - start).days / 365.25


def horizon(case: Case) -> Reason:
    """The years that are counted: the playbook's own, else the default."""
    own = case.fact("economics", "horizon_years")
    return (
        own if own.value is not None else case.setting("thresholds", "horizon_years", unit="years")
    )


def _total(case: Case, names: tuple[str, ...]) -> Figure:
    """Σ of six lines, weighed by their amounts; all six are needed; in scores there is none."""
    if is_score_mode(case):
        return null(note=IN_SCORES, cause=NullCause.OTHER_MODE)
    lines = [value_line(case, name) for name in names]
    if missing := missing_among(lines):
        return null(missing, reasons=lines)
    pan = "values" if names is VALUES else "costs"
    terms = [
        Term(amount=line.value, inputs=(line, *_once(case, ("value", pan, name))))
        for name, line in zip(names, lines, strict=True)
    ]
    return sum_of_money(terms)


def spread_years(case: Case) -> float:
    """Over how many years a one-off is spread."""
    return _spread(case)[0]


def _once(case: Case, path: tuple[str | int, ...]) -> tuple[Reason, ...]:
    """What a one-off line is spread by; nothing for the others."""
    once = case.fact(*path, "once")
    is_spread = once.value and case.fact(*path, "amount").value is not None
    return (case.fact(*path, "amount"), once, *_spread(case)[2]) if is_spread else ()


def _score_lines(
    case: Case, base: tuple[str | int, ...], pan: str, names: tuple[str, ...]
) -> list[Reason]:
    """By line its score, which knows its weight; without a weight the weight is what lacks."""
    rows = []
    for name in names:
        path = (*base, pan, name)
        score = case.fact(*path, "score", unit="of 10")
        weight = case.fact(*path, "weight")
        lacks_weight = score.value is not None and weight.value is None
        rows.append(weight if lacks_weight else score.with_(weight=weight.value))
    return rows


def _weights_elsewhere(case: Case, base: tuple[str | int, ...]) -> tuple[Reason, ...]:
    """Weights that do not stand on the line of their score."""
    weights = []
    for pan, names in (("values", VALUES), ("costs", COSTS)):
        for name in names:
            weight = case.fact(*base, pan, name, "weight")
            if weight.line != case.fact(*base, pan, name, "score").line:
                weights.append(weight)
    return tuple(elsewhere for elsewhere in weights if elsewhere.value is not None)


@figure(
    "value.balance",
    title="Value balance",
    formula="weighted scores of values / 10 - weighted scores of costs / 10",
    unit="-1 to 1",
    item="V1",
    section="value",
)
def balance(case: Case) -> Figure:
    """Values against costs when they are scored instead of counted in money."""
    if not is_score_mode(case):
        return null(note=IN_MONEY, cause=NullCause.OTHER_MODE)
    return _balance_of(case, ("value",), COSTS)


def _balance_of(case: Case, base: tuple[str | int, ...], costs: tuple[str, ...]) -> Figure:
    gives = _score_lines(case, base, "values", VALUES)
    takes = _score_lines(case, base, "costs", costs)
    rows = [*gives, *takes]
    return computed(
        lambda *_: _weighted(gives) - _weighted(takes),
        rows,
        more=_weights_elsewhere(case, base),
    )


def _weighted(rows: list[Reason]) -> float:
    weights = [row.weight or 0.0 for row in rows]
    scored = total(weight * row.value for weight, row in zip(weights, rows, strict=True))
    result: float = scored / (FULL_SCORE * total(weights))
    return result


@figure(
    "value.lead",
    title="Lead",
    formula="own balance - best alternative's",
    unit="-2 to 2",
    item="V1",
    section="value",
)
def lead(case: Case) -> Figure:
    """Our balance against the best alternative's."""
    if not is_score_mode(case):
        return null(note=IN_MONEY, cause=NullCause.OTHER_MODE)
    alternatives = case.value.alternatives
    if alternatives is None:
        return null(("value.alternatives",))
    costs = tuple(name for name in COSTS if name != "opportunity")
    rivals = [
        _balance_of(
            case,
            ("value", "alternatives", index),
            costs,
        )
        for index, alternative in enumerate(alternatives)
    ]
    known = [
        (alternative.name, sum_)
        for alternative, sum_ in zip(alternatives, rivals, strict=True)
        if sum_.value is not None
    ]
    if not known:
        missing = [name for sum_ in rivals for name in sum_.missing]
        return null(missing, note=None if rivals else NO_RIVAL)
    name, best = max(known, key=lambda pair: float(pair[1].value))
    rival = Reason(
        name=phrase("balance of {rival}", rival=name), value=best.value, confidence=best.confidence
    )
    left_out = [
        alternative.name
        for alternative, sum_ in zip(alternatives, rivals, strict=True)
        if sum_.value is None
    ]
    return computed(
        lambda own, theirs: own - theirs,
        (case.figure("value.balance"), rival),
        more=best.reasons,
        note=_left_out(left_out),
    )


@figure(
    "value.opportunity_cost",
    title="Best alternative",
    formula="max(0, values - costs of the best alternative)",
    gives=Gives.MONEY,
    item="V1",
    section="value",
)
def opportunity_cost(case: Case) -> Figure:
    """What the best alternative would leave them; it is counted once, as a cost of ours."""
    if is_score_mode(case):
        return null(note=IN_SCORES, cause=NullCause.OTHER_MODE)
    alternatives = case.value.alternatives
    if alternatives is None:
        return null(("value.alternatives",))
    if not alternatives:
        looked = case.given(("value", "alternatives"), 0.0, note=LOOKED_NONE)
        return computed(lambda _: 0.0, (looked,))
    rivals: list[tuple[float, list[Term]]] = []
    left_out: list[str] = []
    missing: list[str] = []
    for index, alternative in enumerate(alternatives):
        gives, takes = _alternative_terms(case, index)
        if lacking := missing_among([term.inputs[0] for term in (*gives, *takes)]):
            left_out.append(alternative.name)
            missing.extend(lacking)
            continue
        surplus = total(term.amount for term in gives) - total(term.amount for term in takes)
        rivals.append((surplus, [*gives, *takes]))
    note = _left_out(left_out)
    if not rivals:
        return null(missing, note=note)
    _, terms = max(rivals, key=lambda rival: rival[0])
    whole = sum_of_money(terms, note=note)
    most = highest(0.0, *(surplus for surplus, _ in rivals))
    return replace(whole, value=most, missing=tuple(missing))


def _alternative_terms(case: Case, index: int) -> tuple[list[Term], list[Term]]:
    """Six values and five costs of an alternative."""
    base = ("value", "alternatives", index)

    def term(pan: str, name: str) -> Term:
        line = _written(case, base, pan, name)
        return Term(
            amount=0.0 if line.value is None else line.value,
            inputs=(line, *_once(case, (*base, pan, name))),
        )

    return (
        [term("values", name) for name in VALUES],
        [term("costs", name) for name in COSTS if name != "opportunity"],
    )


def _left_out(names: list[str]) -> str | None:
    if not names:
        return None
    return phrase("left out, a line is missing: {names}", names=phrases(names, ", "))
