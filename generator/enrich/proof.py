"""Reference customers as proof: who may be shown, and who is of the same kind (item K4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from generator.enrich.case import Case
from generator.enrich.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    mean_confidence,
    missing_among,
    null,
)
from generator.enrich.risk import customer_risks, expected, probability_and_loss
from generator.enrich.standing import Standing
from generator.settings.words import Grouped


def proof_figures(case: Case) -> tuple[Figure, ...]:
    """Doubts handled, and the share of gross risk that a like customer backs."""
    return doubts_handled(case), proof_coverage(case)


def usable_reference(case: Case, account: str | None) -> Standing | None:
    """The reference a risk names, if it may be shown today and is not the account itself."""
    if account is None or account == case.plan.id:
        return None
    standing = case.standings.get(account)
    lowest = case.settings.scoring.proof.usable_from
    return standing if standing and standing.is_usable(case.today, lowest) else None


def doubts_handled(case: Case) -> Figure:
    """Share of doubts with a measure, a value argument and a usable reference."""
    key = "risk.doubts_handled"
    risks = customer_risks(case)
    if risks is None:
        return null(key, missing=("risk.customer",))
    if not risks:
        return null(key, note=NOTHING_TO_DIVIDE)
    reasons: list[Reason] = []
    handled = 0
    for index, risk in enumerate(risks):
        reference = usable_reference(case, risk.reference)
        for field in ("measure", "value_argument", "reference"):
            one = case.fact("risk", "customer", index, field)
            if one.value is not None:
                unusable = field == "reference" and reference is None
                reasons.append(one.with_(note="may not be shown today") if unusable else one)
        handled += bool(risk.measure and risk.value_argument and reference)
    return Figure(
        key=key,
        value=handled / len(risks),
        unit="share",
        confidence=mean_confidence(reasons),
        reasons=tuple(reasons),
    )


def proof_coverage(case: Case) -> Figure:
    """Share of the gross risk that is backed by a usable reference of the same kind."""
    key = "risk.proof_coverage"
    risks = customer_risks(case)
    if risks is None:
        return null(key, missing=("risk.customer",))
    rows = [probability_and_loss(case, "customer", index) for index in range(len(risks))]
    flat = [one for row in rows for one in row]
    if missing := missing_among(flat):
        return null(key, missing=missing, reasons=flat)
    amounts = [expected(row) for row in rows]
    gross = math.fsum(amounts)
    if not gross:
        return null(key, reasons=flat, note=NOTHING_TO_DIVIDE)
    least = case.setting("scoring", "proof", "same_kind_from")
    backed = []
    reasons = list(flat)
    for index, (risk, amount) in enumerate(zip(risks, amounts, strict=True)):
        standing = usable_reference(case, risk.reference)
        named = case.fact("risk", "customer", index, "reference")
        if standing is None:
            if named.value is not None:
                reasons.append(named.with_(note="may not be shown today"))
            continue
        alike = match(case, standing)
        reasons.append(
            named.with_(
                weight=alike,
                threshold=least.value,
                setting=least.setting,
                note=(
                    f"{standing.name}: alike {alike:.2f},"
                    f" consent in {standing.path}:{standing.consent_line}"
                ),
            )
        )
        if alike >= least.value - 1e-9:
            backed.append(amount)
    weights = [amount for amount in amounts for _ in range(2)]
    return Figure(
        key=key,
        value=math.fsum(backed) / gross,
        unit="share",
        confidence=mean_confidence(flat, weights),
        reasons=tuple(reasons),
    )


def match(case: Case, other: Standing) -> float:
    """How alike two accounts are, 0 to 1: industry, use (best pair), size, region, weighted."""
    account, proof = case.playbook.account, case.settings.scoring.proof
    catalogue = case.settings.catalogue
    near = proof.near
    return (
        proof.industry * _alike(account.industry, other.industry, catalogue.industries, near)
        + proof.use * _best(account.uses or (), other.uses, catalogue.uses, near)
        + proof.size * _size(case, account.size, other.size)
        + proof.region * _alike(account.region, other.region, catalogue.regions, near)
    )


def _alike(
    ours: str | None, theirs: str | None, entries: Mapping[str, Grouped], near: float
) -> float:
    """1 for the same id, the near value within one group, else 0."""
    if ours is None or theirs is None:
        return 0.0
    if ours == theirs:
        return 1.0
    groups = [entries[one].group if one in entries else None for one in (ours, theirs)]
    return near if groups[0] is not None and groups[0] == groups[1] else 0.0


def _best(
    ours: Sequence[str], theirs: Sequence[str], entries: Mapping[str, Grouped], near: float
) -> float:
    return max((_alike(a, b, entries, near) for a in ours for b in theirs), default=0.0)


def _size(case: Case, ours: str | None, theirs: str | None) -> float:
    order = [band.id for band in case.settings.catalogue.sizes]
    if ours not in order or theirs not in order:
        return 0.0
    apart = abs(order.index(ours) - order.index(theirs))
    return 1.0 if apart == 0 else case.settings.scoring.proof.near if apart == 1 else 0.0
