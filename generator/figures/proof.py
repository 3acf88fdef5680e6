"""Their doubts answered: handled, proven by a like customer, named by us first (K1, K2, K4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.figures.called import risk_name
from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    LOOKED_NONE,
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    Term,
    figure_of,
    missing_among,
    null,
    reaches,
    sum_of_money,
)
from generator.figures.organisations import Standing
from generator.figures.risk import effectiveness, expected, probability_and_loss
from generator.figures.varied import highest, total
from generator.form.risk import CustomerRisk, OwnRisk
from generator.language import phrase
from generator.settings.site_config import Grouped

TRAITS = ("industry", "uses", "size", "region")
NOT_TODAY = phrase("may not be shown today")
NONE_HANDLED = phrase("none is handled")
NO_REFERENCE = phrase("names no reference customer")
NOTHING_TO_PROVE = phrase("the largest risk is ours")


def usable_reference(case: Case, account: str | None) -> Standing | None:
    """The reference a risk names, if it may be shown today and is not the account itself."""
    if account is None or account == case.plan.id:
        return None
    standing = case.neighbours.standing(account)
    lowest = case.settings.scoring.proof.usable_from
    return standing if standing and standing.is_usable(case.today, lowest) else None


@figure(
    "risk.doubts_handled",
    title="Doubts handled",
    is_part=True,
    formula="doubts with all three / doubts",
    item="K2",
    under="risk.customer_residual",
    needs=("risk.customer",),
)
def doubts_handled(case: Case) -> Figure:
    """The share of doubts that have a measure, a value argument and a customer to show."""
    risks = case.risk.customer or ()
    if not risks:
        return null(note=NOTHING_TO_DIVIDE)
    reasons: list[Reason] = []
    handled = 0
    for index, risk in enumerate(risks):
        reference = usable_reference(case, risk.reference)
        for field in ("measure", "value_argument", "reference"):
            fact = case.fact("risk", "customer", index, field)
            if fact.value is not None:
                unusable = field == "reference" and reference is None
                reasons.append(fact.with_(note=NOT_TODAY) if unusable else fact)
        handled += bool(risk.measure and risk.value_argument and reference)
    inputs = reasons or [case.given(("risk", "customer"), len(risks), note=NONE_HANDLED)]
    return figure_of(handled / len(risks), inputs)


@figure(
    "risk.proof_coverage",
    title="Proof",
    is_part=True,
    formula=(
        "gross risk with a usable reference of the same kind / gross risk; alike = industry,"
        " use, size and region by weight"
    ),
    item="K4",
    under="risk.customer_residual",
    needs=("risk.customer",),
)
def proof_coverage(case: Case) -> Figure:
    """The share of their risk that a customer of the same kind backs."""
    risks = case.risk.customer or ()
    rows = [probability_and_loss(case, "customer", index) for index in range(len(risks))]
    flat = [fact for row in rows for fact in row]
    if missing := missing_among(flat):
        return null(missing, reasons=flat)
    amounts = [expected(row) for row in rows]
    if not total(amounts):
        return null(reasons=flat, note=NOTHING_TO_DIVIDE)
    proofs = [_proof(case, index, risk.reference) for index, risk in enumerate(risks)]
    missing = tuple(name for proof in proofs for name in proof.lacks)
    terms = [
        Term(amount=amount, inputs=(*row, *proof.inputs))
        for amount, row, proof in zip(amounts, rows, proofs, strict=True)
    ]
    whole = sum_of_money(terms)
    if missing:
        return null(missing, reasons=whole.reasons)
    backed = [
        amount for amount, proof in zip(amounts, proofs, strict=True) if proof.is_of_same_kind
    ]
    return replace(whole, value=total(backed) / total(amounts))


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenRisk:
    """A risk of either side and what its measure leaves of it."""

    risk: CustomerRisk | OwnRisk
    index: int
    inputs: tuple[Reason, ...]


def _open_risks(case: Case) -> list[_OpenRisk]:
    """The risks of both sides, theirs first."""
    sides: tuple[tuple[str, Sequence[CustomerRisk | OwnRisk]], ...] = (
        ("customer", case.risk.customer or ()),
        ("own", case.risk.own or ()),
    )
    return [
        _OpenRisk(
            risk=risk,
            index=index,
            inputs=(
                *probability_and_loss(case, side, index),
                effectiveness(case, side, index, risk.measure),
            ),
        )
        for side, risks in sides
        for index, risk in enumerate(risks)
    ]


def _largest_first(risks: Sequence[_OpenRisk]) -> list[_OpenRisk]:
    return sorted(risks, key=lambda each: -expected(each.inputs))


_BOTH_SIDES = ("risk.customer", "risk.own")


@figure(
    "risk.largest",
    title="Largest open risk",
    formula="highest probability x loss x (1 - effectiveness) of one risk, theirs or ours",
    gives=Gives.MONEY,
    item="K3",
    section="risk",
    rank=Rank.HEADLINE,
    needs=_BOTH_SIDES,
)
def largest(case: Case) -> Figure:
    """The single risk that costs most once its measure works."""
    risks = _open_risks(case)
    flat = [fact for each in risks for fact in each.inputs]
    if missing := missing_among(flat):
        return null(missing, reasons=flat)
    if not risks:
        looked = (case.given(("risk", side), 0, note=LOOKED_NONE) for side in ("customer", "own"))
        return figure_of(0.0, looked)
    first, *others = _largest_first(risks)
    name = risk_name(first.risk)
    note = (
        phrase("ours: {risk}", risk=name)
        if isinstance(first.risk, OwnRisk)
        else phrase("theirs: {risk}", risk=name)
    )
    smaller = [fact for each in others for fact in each.inputs if fact.value is not None]
    most = highest(*(expected(each.inputs) for each in risks))
    return figure_of(most, first.inputs, more=smaller, note=note)


@figure(
    "risk.largest_is_proven",
    title="Proof against the largest risk",
    formula="a usable reference of the same kind is named for it",
    gives=Gives.YES_NO,
    item="K4",
    under="risk.largest",
    needs=_BOTH_SIDES,
)
def largest_is_proven(case: Case) -> Figure:
    """Whether a customer of the same kind can be shown against their largest worry."""
    risks = _open_risks(case)
    if missing := missing_among([fact for each in risks for fact in each.inputs]):
        return null(missing)
    if not risks:
        return null(note=LOOKED_NONE)
    first = _largest_first(risks)[0]
    if isinstance(first.risk, OwnRisk):
        return null(note=NOTHING_TO_PROVE)
    proof = _proof(case, first.index, first.risk.reference)
    if proof.lacks:
        return null(proof.lacks, reasons=proof.inputs)
    named = case.fact("risk", "customer", first.index, "id").with_(note=NO_REFERENCE)
    return figure_of(proof.is_of_same_kind, proof.inputs or (named,))


@figure(
    "risk.proactivity",
    title="Named by us first",
    is_part=True,
    formula="named by us / doubts",
    item="K1",
    under="risk.customer_residual",
    rank=Rank.REFERENCE,
    needs=("risk.customer",),
)
def proactivity(case: Case) -> Figure:
    """The share of doubts that we raised before they did."""
    risks = case.risk.customer or ()
    rows = [case.fact("risk", "customer", index, "named_by") for index in range(len(risks))]
    if missing := missing_among(rows):
        return null(missing, reasons=rows)
    if not rows:
        return null(note=NOTHING_TO_DIVIDE)
    return figure_of(sum(row.value == "us" for row in rows) / len(rows), rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """What a risk's reference is worth as proof."""

    is_of_same_kind: bool = False
    inputs: tuple[Reason, ...] = ()
    lacks: tuple[str, ...] = ()
    """What must be known of either account to tell."""


def _proof(case: Case, index: int, reference: str | None) -> _Proof:
    named = case.fact("risk", "customer", index, "reference")
    if named.value is None:
        return _Proof()
    standing = usable_reference(case, reference)
    if standing is None:
        return _Proof(inputs=(named.with_(note=NOT_TODAY),))
    least = case.setting("scoring", "proof", "same_kind_from")
    likeness = match(case, standing)
    shown = named.with_(
        weight=likeness.least,
        threshold=least.value,
        setting=least.setting,
        note=phrase(
            "{account}: alike {share}, consent in {place}",
            account=standing.name,
            share=f"{likeness.least:.2f}",
            place=f"{standing.path}:{standing.consent_line}",
        ),
    )
    traits = tuple(case.fact("account", trait) for trait in TRAITS)
    is_open = reaches(likeness.most, least.value) and not reaches(likeness.least, least.value)
    return _Proof(
        is_of_same_kind=reaches(likeness.least, least.value),
        inputs=(shown, *(trait for trait in traits if trait.value is not None)),
        lacks=likeness.lacks if is_open else (),
    )


class Likeness(NamedTuple):
    """How alike two accounts are, 0 to 1; between two numbers where a trait is not known."""

    least: float
    most: float
    lacks: tuple[str, ...]


def match(case: Case, standing: Standing) -> Likeness:
    """How alike two accounts are: industry, use (best pair), size, region, weighted."""
    account, proof = case.playbook.account, case.settings.scoring.proof
    catalogue = case.settings.catalogue
    near = proof.near
    shares = {
        "industry": _alike(account.industry, standing.industry, catalogue.industries, near),
        "uses": _best(account.uses, standing.uses, catalogue.uses, near),
        "size": _size(case, account.size, standing.size),
        "region": _alike(account.region, standing.region, catalogue.regions, near),
    }
    weights = {
        "industry": proof.industry,
        "uses": proof.use,
        "size": proof.size,
        "region": proof.region,
    }
    known = math.fsum(weights[trait] * (share or 0.0) for trait, share in shares.items())
    open_ = [trait for trait, share in shares.items() if share is None]
    return Likeness(
        least=known,
        most=math.fsum((known, *(weights[trait] for trait in open_))),
        lacks=tuple(
            f"account.{trait}" if getattr(account, trait) is None else f"{standing.id}: {trait}"
            for trait in open_
        ),
    )


def _alike(
    ours: str | None, theirs: str | None, entries: Mapping[str, Grouped], near: float
) -> float | None:
    """1 for the same id, the near value within one group, else 0; None where one is not known."""
    if ours is None or theirs is None:
        return None
    if ours == theirs:
        return 1.0
    groups = [entries[entry].group if entry in entries else None for entry in (ours, theirs)]
    return near if groups[0] is not None and groups[0] == groups[1] else 0.0


def _best(
    ours: Sequence[str] | None,
    theirs: Sequence[str] | None,
    entries: Mapping[str, Grouped],
    near: float,
) -> float | None:
    if ours is None or theirs is None:
        return None
    return max((_alike(a, b, entries, near) or 0.0 for a in ours for b in theirs), default=0.0)


def _size(case: Case, ours: str | None, theirs: str | None) -> float | None:
    if ours is None or theirs is None:
        return None
    order = [band.id for band in case.settings.catalogue.sizes]
    if ours not in order or theirs not in order:
        return 0.0
    apart = abs(order.index(ours) - order.index(theirs))
    return 1.0 if apart == 0 else case.settings.scoring.proof.near if apart == 1 else 0.0
