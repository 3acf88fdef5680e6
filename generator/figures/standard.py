"""What both sides agreed, bargained over and returned, what is left to sell (V2, V3, V4)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence

from generator.figures.called import contact_called
from generator.figures.case import Case
from generator.figures.contacts import who_left
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    ReasonKind,
    Term,
    computed,
    figure_of,
    missing_among,
    null,
    reaches,
    sum_of_money,
)
from generator.figures.name import Written, joined
from generator.figures.varied import pointwise, total
from generator.form.value import Negotiation, Recognition, StandardItem
from generator.language import phrase, phrases

SIDES = ("agreed_by_us", "agreed_by_customer")
NOT_OURS = ("open", "competitor")
NONE_WRITTEN = phrase("none is written, which counts 0")
NOT_SIGNED = phrase("not signed by both")


@figure(
    "standard.agreement",
    title="Standard agreed",
    is_part=True,
    formula="weight signed by both / weight",
    item="V2",
    section="value",
    needs=("value.standard",),
)
def standard_agreement(case: Case) -> Figure:
    """How much of the value standard both sides have signed."""
    items = case.value.standard
    if not items:
        return null(note=NOTHING_TO_DIVIDE)
    reasons: list[Reason] = []
    weights: list[float] = []
    signed = []
    for index, item in enumerate(items):
        path = ("value", "standard", index)
        weight = 1.0 if item.weight is None else item.weight
        days = [day for side in SIDES if (day := getattr(item, side)) is not None]
        both = len(days) == len(SIDES) and all(day <= case.today for day in days)
        reason = case.given((*path, "weight") if item.weight is not None else path, weight)
        note = phrase("signed by both on {day}", day=max(days)) if both else NOT_SIGNED
        name = joined(("value", "standard", Written(item.item)))
        reasons.append(reason.with_(name=name, weight=weight, note=note))
        weights.append(weight)
        if both:
            signed.append(weight)
        for field in SIDES:
            day = case.fact(*path, field)
            if day.value is not None:
                reasons.append(day)
    return figure_of(math.fsum(signed) / math.fsum(weights), reasons)


@figure(
    "offerings.whitespace",
    title="White space",
    formula="sum of potential - revenue where open or with a competitor",
    gives=Gives.MONEY,
    section="offerings",
    rank=Rank.HEADLINE,
    needs=("offerings",),
)
def whitespace(case: Case) -> Figure:
    """What they buy elsewhere or not at all; where no revenue is written, we have none."""
    return _open_money(case, NOT_OURS)


@figure(
    "offerings.penetration",
    title="Penetration",
    is_part=True,
    formula="ours / applicable",
    under="offerings.whitespace",
    needs=("offerings",),
)
def penetration(case: Case) -> Figure:
    """The share of fitting offerings that they buy from us."""
    rows = _statuses(case)
    if missing := missing_among(list(rows.values())):
        return null(missing, reasons=rows.values())
    applicable = [row for row in rows.values() if row.value != "not_applicable"]
    if not applicable:
        return null(reasons=rows.values(), note=NOTHING_TO_DIVIDE)
    return figure_of(
        sum(row.value == "ours" for row in applicable) / len(applicable), rows.values()
    )


def _open_money(case: Case, statuses: tuple[str, ...]) -> Figure:
    """Σ (potential - revenue) over the offerings of a status."""
    rows = _statuses(case)
    lines = [
        (case.fact("offerings", name, "potential"), _revenue(case, name, status.value), status)
        for name, status in rows.items()
        if status.value in statuses
    ]
    flat = [fact for line in lines for fact in line]
    if missing := missing_among([*rows.values(), *flat]):
        return null(missing, reasons=flat)
    terms = [Term(amount=line[0].value - line[1].value, inputs=line) for line in lines]
    others = [status for status in rows.values() if status.value not in statuses]
    looked = others or [case.given(("offerings",), 0, note=LOOKED_NONE)]
    return sum_of_money(terms, empty=looked, more=others)


def _revenue(case: Case, name: str, status: str) -> Reason:
    """What we bill for an offering; where it is not ours and nothing is written, nothing."""
    if status in NOT_OURS and case.at("offerings", name, "revenue") is None:
        path = ("offerings", name)
        return case.given(path, 0.0, name=f"{case.name(path)}.revenue", note=NONE_WRITTEN)
    return case.fact("offerings", name, "revenue")


@figure(
    "offerings.growth",
    title="Growth in ours",
    formula="sum of potential - revenue where ours",
    gives=Gives.MONEY,
    under="offerings.whitespace",
    needs=("offerings",),
)
def growth(case: Case) -> Figure:
    """What is left to sell where we are already in."""
    return _open_money(case, ("ours",))


def _statuses(case: Case) -> dict[str, Reason]:
    """By offering whose it is."""
    return {name: case.fact("offerings", name, "status") for name in case.playbook.offerings or ()}


MEASURABLE = ("metric", "baseline", "target", "due")
DONE, NOT_DONE_YET = phrase("done"), phrase("not done yet")
NOT_MEASURABLE = phrase("nothing of it is measurable")


def _items(case: Case) -> tuple[StandardItem, ...]:
    """What was agreed as a standard."""
    return case.value.standard or ()


@figure(
    "standard.measurability",
    title="Standard that can be measured",
    is_part=True,
    formula="items with metric, baseline, target and due / items",
    item="V2",
    under="standard.agreement",
    rank=Rank.REFERENCE,
    needs=("value.standard",),
)
def measurability(case: Case) -> Figure:
    """How much of what both sides agreed can be measured at all."""
    items = _items(case)
    if not items:
        return null(note=NOTHING_TO_DIVIDE)
    rows = [
        [case.fact("value", "standard", index, field) for field in MEASURABLE]
        for index in range(len(items))
    ]
    whole = [not missing_among(row) for row in rows]
    there = [fact for row in rows for fact in row if fact.value is not None]
    first = [case.given(("value", "standard"), len(items), note=NOT_MEASURABLE)]
    return figure_of(sum(whole) / len(items), there or first)


def fulfilled(case: Case, index: int) -> tuple[float | None, tuple[Reason, ...]]:
    """How far one item is: (actual - baseline) / (target - baseline), at most the limit.

    Where target and baseline are the same it is 1 once reached. None when an input lacks.
    """
    row = tuple(
        case.fact("value", "standard", index, field) for field in ("actual", "baseline", "target")
    )
    if any(fact.value is None for fact in row):
        return None, row
    actual, baseline, target = (fact.value for fact in row)
    most = case.settings.scoring.value.fulfilment_to

    def share(actual: float, baseline: float, target: float) -> float:
        if target == baseline:
            return 1.0 if reaches(actual, target) else 0.0
        return min(most, max(0.0, (actual - baseline) / (target - baseline)))

    return pointwise(share, actual, baseline, target), row


@figure(
    "standard.fulfilment",
    title="Standard fulfilled",
    formula=(
        "sum of weight x (actual - baseline) / (target - baseline), each cut at its cap / sum"
        " of weights, over items with an actual value"
    ),
    item="V2 V4",
    under="standard.agreement",
    needs=("value.standard",),
)
def fulfilment(case: Case) -> Figure:
    """How far what both sides agreed has come true."""
    return _weighed(case, ("actual",), _by_weight)


def _weighed(
    case: Case,
    fields: tuple[str, ...],
    counts: Callable[[Case, int, tuple[Reason, ...]], tuple[float, Sequence[Reason]]],
) -> Figure:
    """Σ weight·fulfilment / Σ weight over the items that have the fields.

    `counts` gives an item's weight, and its inputs.
    """
    items = _items(case)
    parts: list[tuple[float, float]] = []
    inputs: list[Reason] = []
    missing: list[str] = []
    for index, item in enumerate(items):
        if any(getattr(item, field) is None for field in fields):
            continue
        share, row = fulfilled(case, index)
        missing.extend(missing_among(row))
        if share is not None:
            weight, item_inputs = counts(case, index, row)
            parts.append((weight, share))
            inputs.extend(item_inputs)
    whole = total(weight for weight, _ in parts)
    if items and not parts:
        lacks = [
            f"value.standard.{agreed.item}.{field}"
            for field in fields
            for agreed in items
            if getattr(agreed, field) is None
        ]
        return null(missing or lacks)
    if not whole:
        return null(reasons=inputs, note=NOTHING_TO_DIVIDE)
    return figure_of(
        total(weight * share for weight, share in parts) / whole,
        inputs,
        more=(case.setting("scoring", "value", "fulfilment_to"),),
        missing=tuple(dict.fromkeys(missing)),
    )


def _by_weight(case: Case, index: int, row: tuple[Reason, ...]) -> tuple[float, Sequence[Reason]]:
    """An item by its weight, 1 where none is written."""
    written = case.fact("value", "standard", index, "weight")
    weight = 1.0 if written.value is None else written.value
    inputs = [fact.with_(weight=weight) for fact in row]
    return weight, inputs if written.value is None else [*inputs, written]


def _by_worth(case: Case, index: int, row: tuple[Reason, ...]) -> tuple[float, Sequence[Reason]]:
    """An item by its worth."""
    worth = case.fact("value", "standard", index, "worth")
    return worth.value, (worth, *row)


@figure(
    "return.company_rate",
    title="Value returned",
    formula="sum of worth x fulfilment / sum of worth",
    item="V4",
    under="standard.agreement",
    rank=Rank.REFERENCE,
    needs=("value.standard",),
)
def company_rate(case: Case) -> Figure:
    """How much of the promised worth their company has had."""
    return _weighed(case, ("worth", "actual"), _by_worth)


@figure(
    "return.recognition",
    title="Recognition given",
    is_part=True,
    formula="events done / events due, from the closed list",
    item="V4",
    section="value",
    rank=Rank.REFERENCE,
    needs=("value.return.recognition",),
)
def recognition(case: Case) -> Figure:
    """Whether the people who work for it are recognised as planned; never with money."""
    back = case.value.return_
    left = who_left(case)
    rows: list[Reason] = []
    done = 0
    missing: list[str] = []
    gone: list[Reason] = []
    for index, event in enumerate((back.recognition if back else None) or ()):
        if event.contact in left:
            gone.append(
                left[event.contact].with_(
                    note=phrase("{who} left", who=contact_called(case, event.contact))
                )
            )
            continue
        lacks, row = _event(case, index, event)
        missing.extend(lacks)
        rows.extend(row)
        done += any(reason.kind is ReasonKind.DONE for reason in row)
    if not rows:
        note = None if missing else NOTHING_TO_DIVIDE
        return null(missing, reasons=gone, note=note)
    return figure_of(done / len(rows), rows, more=dict.fromkeys(gone), missing=tuple(missing))


def _event(
    case: Case, index: int, event: Recognition
) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """What one event lacks, and the day that counts: done, or planned and still not done."""
    path = ("value", "return", "recognition", index)
    kind, planned, given = (case.fact(*path, field) for field in ("type", "planned", "done_on"))
    if kind.value is None:
        return (kind.name,), ()
    if event.type not in case.settings.catalogue.recognition:
        return (), ()
    if given.value is not None and given.value <= case.today:
        return (), (given.with_(note=DONE, kind=ReasonKind.DONE),)
    if planned.value is None:
        return (planned.name,) if given.value is None else (), ()
    if planned.value > case.today:
        return (), ()
    return (), (planned.with_(note=NOT_DONE_YET),)


@figure(
    "return.care",
    title="Thanks in time",
    is_part=True,
    formula="thanked within the days / referrals whose days are up",
    item="V4",
    under="return.recognition",
    rank=Rank.REFERENCE,
    needs=("relationship.referrals",),
)
def care(case: Case) -> Figure:
    """Whether an introduction is thanked for within days."""
    days = case.setting("scoring", "relationship", "thanks_days", unit="days")
    rows: list[Reason] = []
    missing: list[str] = []
    asked = kept = 0
    for index in range(len(case.relationship.referrals or ())):
        day = case.fact("relationship", "referrals", index, "date")
        thanked = case.fact("relationship", "referrals", index, "thanked_on")
        if day.value is None:
            missing.append(day.name)
            continue
        last = day.value + datetime.timedelta(days=days.value)
        is_thanked = thanked.value is not None and thanked.value <= case.today
        if not is_thanked and last >= case.today:
            continue  # there is still time
        asked += 1
        kept += is_thanked and thanked.value <= last
        rows.append(day.against(days))
        if thanked.value is not None:
            rows.append(thanked)
    return computed(
        lambda *_: kept / asked if asked else None,
        [*rows, *(case.absent(name) for name in missing)],
    )


def _negotiation(case: Case) -> Negotiation:
    return case.value.negotiation or Negotiation()


@figure(
    "negotiation.price_share",
    title="Price among the issues",
    is_part=True,
    formula="price issues / issues",
    item="V3",
    section="value",
    rank=Rank.REFERENCE,
    needs=("value.negotiation.issues",),
)
def price_share(case: Case) -> Figure:
    """Whether we bargain over price or over value."""
    limit = case.setting("scoring", "value", "price_share_to")
    rows = [
        case.fact("value", "negotiation", "issues", index, "kind").against(limit)
        for index in range(len(_negotiation(case).issues or ()))
    ]
    return computed(
        lambda *kinds: sum(kind == "price" for kind in kinds) / len(kinds) if kinds else None,
        rows,
    )


@figure(
    "negotiation.concession_balance",
    title="Got for given",
    formula="value they gave / value we gave",
    unit="ratio",
    gives=Gives.NUMBER,
    item="V3",
    under="negotiation.price_share",
    rank=Rank.REFERENCE,
    needs=("value.negotiation.concessions",),
)
def concession_balance(case: Case) -> Figure:
    """What came back for what we gave."""
    rows = []
    sides = []
    given: dict[str, list[float]] = {"us": [], "them": []}
    missing: list[str] = []
    for_nothing = []
    for index, concession in enumerate(_negotiation(case).concessions or ()):
        if concession.date > case.today:
            continue
        path = ("value", "negotiation", "concessions", index)
        side, amount = case.fact(*path, "by"), case.fact(*path, "amount")
        missing.extend(missing_among((side, amount)))
        if side.value is not None and amount.value is not None:
            given[side.value].append(amount.value)
            rows.append(amount.with_(note=phrase("given by {side}", side=phrase(side.value))))
            sides.append(side)
        if concession.by == "us" and concession.in_return is None:
            for_nothing.append(concession.what or str(concession.date))
    what = phrases(for_nothing, ", ")
    note = phrase("nothing in return for: {what}", what=what) if for_nothing else None
    if missing:
        return null(missing, reasons=rows, note=note)
    got, gave = math.fsum(given["them"]), math.fsum(given["us"])
    if not gave:
        return null(reasons=rows, note=NOTHING_TO_DIVIDE)
    return figure_of(got / gave, rows, more=sides, note=note)
