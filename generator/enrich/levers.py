"""What it takes to mend a deal: each lever's gain for its spend, and the least that does it (V1c).

Both conditions are to hold afterwards: they gain, and the price covers our cost and what is spent.
Levers count in part: half the spend brings half the gain. The cheapest gain is bought first, so the
least spend is found by going down the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.enrich.case import Case
from generator.enrich.changes import cheapest_change
from generator.enrich.figure import Figure, Reason, mean_confidence, null
from generator.enrich.risk import customer_risks, effectiveness, probability_and_loss
from generator.enrich.value import is_score_mode
from generator.model.value import COSTS, VALUES
from generator.read.document import DataPath

_MORE = 1e-4
"""A gain of nothing is none: this part of what they pay is left to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """Something that gains the customer money for money of ours."""

    name: str
    path: DataPath
    """What changes in the file: an amount, the price, an effectiveness."""
    gain: float
    """Money a year to them, when all of it is spent."""
    spend: float
    step: float
    """How far the number at the path moves when all of it is spent."""
    inputs: tuple[Reason, ...]

    @property
    def ratio(self) -> float:
        """Gain for each unit spent."""
        return self.gain / self.spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """The least that makes both conditions hold."""

    parts: tuple[tuple[Lever, float], ...]
    """Levers and how much of each, 0 to 1."""
    spend: float
    gain: float


def lever_figures(case: Case) -> tuple[Figure, ...]:
    """deal.levers: by line gain over spend, the best first; its note is the answer."""
    key = "deal.levers"
    if is_score_mode(case):
        return (null(key, note="needs values in money", missing=("values in money",)),)
    if case.playbook.value is None:
        return (null(key, missing=("value",)),)
    found = levers(case)
    if not found:
        return (null(key, missing=("value.*.lever",)),)
    reasons = tuple(dict.fromkeys(one for lever in found for one in lever.inputs))
    return (
        Figure(
            key=key,
            value={one.name: one.ratio for one in found},
            unit="gain for spend",
            confidence=mean_confidence(reasons),
            reasons=reasons,
            note=_answer(case),
        ),
    )


def levers(case: Case) -> tuple[Lever, ...]:
    """All levers with a spend above 0, those that gain most for it first."""
    found = [*_lines(case), *_price(case), *_measures(case)]
    return tuple(sorted(found, key=lambda one: (-one.ratio, one.name)))


def _lines(case: Case) -> Iterator[Lever]:
    """Lines with a lever: a value rises by the gain, a cost falls by it."""
    for pan, names, sign in (("values", VALUES, 1.0), ("costs", COSTS, -1.0)):
        for name in names:
            path = ("value", pan, name)
            gain = case.fact(*path, "lever", "gain", unit=case.yearly)
            spend = case.fact(*path, "lever", "spend", unit=case.yearly)
            written = case.fact(*path, "amount").value
            if gain.value is None or not spend.value or written is None:
                continue
            most = gain.value if sign > 0 else min(gain.value, written)
            yield Lever(
                name=f"{pan}.{name}",
                path=(*path, "amount"),
                gain=most,
                spend=spend.value * (most / gain.value if gain.value else 1.0),
                step=sign * most,
                inputs=(gain, spend),
            )


def _price(case: Case) -> Iterator[Lever]:
    """The price itself, where it is what they pay: each unit less is one more for them."""
    price = case.fact("economics", "price", unit=case.yearly)
    cost = case.figures["deal.seller_cost"].value
    is_default = case.fact("value", "costs", "monetary", "amount").value is None
    if price.value is not None and cost is not None and is_default and price.value > cost:
        room = price.value - cost
        yield Lever(
            name="price",
            path=("economics", "price"),
            gain=room,
            spend=room,
            step=-room,
            inputs=(price, case.figure("deal.seller_cost")),
        )


def _measures(case: Case) -> Iterator[Lever]:
    """More of a measure at its own rate, until it takes the whole risk away."""
    if case.fact("value", "costs", "risk", "amount").value is not None:
        return
    for index, risk in enumerate(customer_risks(case) or ()):
        chance, loss = probability_and_loss(case, "customer", index)
        works = effectiveness(case, "customer", index, risk.measure)
        cost = case.fact("risk", "customer", index, "measure_cost", unit=case.yearly)
        row = (chance, loss, works, cost)
        if any(one.value is None for one in row) or not cost.value or not 0 < works.value < 1:
            continue
        left = 1 - works.value
        yield Lever(
            name=f"risk.{risk.id}",
            path=("risk", "customer", index, "effectiveness"),
            gain=chance.value * loss.value * left,
            spend=cost.value * left / works.value,
            step=left,
            inputs=row,
        )


def cheapest_mend(case: Case) -> Mend | None:
    """The least spend after which both conditions hold; None where none can, or both do."""
    delivered = case.figures["value.delivered_value"].value
    price = case.fact("economics", "price").value
    cost = case.figures["deal.seller_cost"].value
    if (
        delivered is None
        or price is None
        or cost is None
        or case.figures["deal.verdict"].value == "balanced"
    ):
        return None
    needed = -delivered + _MORE * max(1.0, abs(case.figures["value.total_cost"].value or 0.0))
    parts: list[tuple[Lever, float]] = []
    spend = gain = 0.0
    for lever in levers(case):
        if gain >= needed or not lever.gain:
            break
        part = min(1.0, (needed - gain) / lever.gain)
        parts.append((lever, part))
        spend += part * lever.spend
        gain += part * lever.gain
    if gain < needed or price - cost - spend <= 0:
        return None
    return Mend(parts=tuple(parts), spend=spend, gain=gain)


def _answer(case: Case) -> str:
    """The answer of the levers in a sentence."""
    verdict = case.figures["deal.verdict"].value
    if verdict is None:
        return "the deal's verdict is not known"
    if verdict == "balanced":
        change = cheapest_change(case, "deal.verdict")
        if change is None:
            return "both conditions hold, whatever single number moves"
        return f"both conditions hold; {change.name} at {change.after:,.10g} would break them"
    mend = cheapest_mend(case)
    if mend is None:
        return "no spend on these levers makes both conditions hold"
    parts = ", ".join(f"{100 * part:.0f} % of {lever.name}" for lever, part in mend.parts)
    return f"{mend.spend:,.0f} spent on {parts} makes both conditions hold"


def scaled(mend: Mend, part: float) -> Mend:
    """A part of a mend: each lever so much less."""
    return replace(
        mend,
        parts=tuple((lever, used * part) for lever, used in mend.parts),
        spend=mend.spend * part,
        gain=mend.gain * part,
    )
