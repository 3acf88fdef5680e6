"""Risks of all accounts: what each leaves after its measure, and what nobody has covered."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.figures import Account, Portfolio
from generator.figures.called import risk_name
from generator.figures.case import Case
from generator.figures.risk import (
    DAYS_A_YEAR,
    credit_inputs,
    effectiveness,
    expected,
    probability_and_loss,
)
from generator.figures.sides import Side
from generator.form.risk import CustomerRisk, OwnRisk
from generator.language import phrase
from generator.portfolio.sums import (
    OWN_LOSS,
    THEIR_LOSS,
    Money,
    figure_money,
    money_of,
    reported,
    side_of,
    value_of,
    win_probability,
)


class RiskSide(StrEnum):
    """Whose risk it is."""

    THEIRS = "theirs"
    OURS = "ours"


_SECTIONS = {RiskSide.THEIRS: "customer", RiskSide.OURS: "own"}
PAYMENT = "payment"
"""The class of risks that what they owe us belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainingRisk:
    """A risk and what its measure leaves of it a year."""

    account: Account
    amount: Money
    name: str
    side: RiskSide
    class_: str
    has_measure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSums:
    """What risks of one class leave a year with customers, or with prospects by their chance.

    In the reporting currency; our loss and theirs are never added.
    """

    side: Side
    class_: str
    ours: float
    theirs: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLosses:
    """What may be lost at one account a year: by us and, apart, by them."""

    account: Account
    ours: Money | None
    theirs: Money | None
    proof: float | None
    """The share of their doubts, by money, that a customer of the same kind answers."""


class Uncovered(StrEnum):
    """What nobody has covered."""

    CREDIT = "credit"
    CLAUSES = "clauses"
    MEASURE = "measure"
    PROOF = "proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredRisk:
    """An account where something is not covered."""

    account: Account
    kind: Uncovered
    risks: tuple[str, ...] = ()
    """Ids of the risks in question."""
    owed: float = 0.0
    """What they owe us, for credit; in their own currency, as its limit."""
    limit: float = 0.0


def remaining_risk(case: Case, side: RiskSide, index: int) -> float | None:
    """Money a year that a risk still costs after its measure; None when an input lacks."""
    name, measure = _SECTIONS[side], _risks_of(case, side)[index].measure
    inputs = (
        *probability_and_loss(case, name, index),
        effectiveness(case, name, index, measure),
    )
    return expected(inputs) if all(each.value is not None for each in inputs) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstRisk:
    """The risk of an account that its measure leaves the most of."""

    name: str
    amount: float
    """Money a year, in the account's own currency."""


def worst_risk(account: Account) -> WorstRisk | None:
    """The risk with the most money left in it; None where no risk's size is known."""
    case = account.case
    if case is None:
        return None
    sized = [
        WorstRisk(name=risk_name(risk), amount=amount)
        for side in RiskSide
        for index, risk in enumerate(_risks_of(case, side))
        if (amount := remaining_risk(case, side, index)) is not None
    ]
    return max(sized, key=lambda risk: risk.amount, default=None)


def remaining_risks(portfolio: Portfolio) -> tuple[RemainingRisk, ...]:
    """Each risk of both sides with what its measure leaves, most money first."""
    remaining = _remaining(portfolio)
    return tuple(sorted(remaining, key=_largest_first))


def _largest_first(risk: RemainingRisk) -> tuple[float, str, str]:
    return (-(risk.amount.reporting or 0.0), risk.account.name, risk.name)


def _remaining(portfolio: Portfolio) -> Iterator[RemainingRisk]:
    """Each risk of both sides, less what its measure takes away; and what they owe us."""
    for account in portfolio.accounts:
        for side, risk, amount in _amounts(account.case) if account.case else ():
            money = money_of(portfolio, account, amount)
            if money is not None:
                yield RemainingRisk(
                    account=account,
                    amount=money,
                    name=risk_name(risk) if risk else phrase("What they owe us, and pay late"),
                    side=side,
                    class_=(risk.class_ or "other") if risk else PAYMENT,
                    has_measure=risk is None or risk.measure is not None,
                )


def _amounts(case: Case) -> Iterator[tuple[RiskSide, CustomerRisk | OwnRisk | None, float]]:
    """Side, risk and money a year, as the exposure counts them; None is the credit."""
    for side in RiskSide:
        for index, risk in enumerate(_risks_of(case, side)):
            if side is RiskSide.OURS and risk.class_ == PAYMENT and case.risk.credit is not None:
                continue  # the credit figures say the same in better detail
            amount = remaining_risk(case, side, index)
            if amount is not None:
                yield side, risk, amount
    if case.risk.credit is not None:
        owed, default, given_default, late, capital = (each.value for each in credit_inputs(case))
        if None not in (owed, default, given_default, late, capital) and owed:
            amount = owed * (default * given_default + late / DAYS_A_YEAR * capital)
            yield RiskSide.OURS, None, amount


def _risks_of(case: Case, side: RiskSide) -> Sequence[CustomerRisk | OwnRisk]:
    return (case.risk.customer if side is RiskSide.THEIRS else case.risk.own) or ()


def sums_by_class(portfolio: Portfolio, risks: Iterable[RemainingRisk]) -> tuple[ClassSums, ...]:
    """What is left by class of risk: of customers, then of prospects, most of our money first.

    Risks of former customers, and those of prospects without a win probability, are in none.
    """
    by_class: defaultdict[tuple[Side, str], list[tuple[RiskSide, float]]] = defaultdict(list)
    for risk in risks:
        side, amount = side_of(risk.account), _by_chance(risk)
        if side is not None and amount is not None:
            by_class[side, risk.class_].append((risk.side, amount))
    rows = [
        ClassSums(
            side=side,
            class_=class_,
            ours=math.fsum(amount for whose, amount in within if whose is RiskSide.OURS),
            theirs=math.fsum(amount for whose, amount in within if whose is RiskSide.THEIRS),
            count=len(within),
        )
        for (side, class_), within in by_class.items()
    ]
    label = portfolio.settings.label
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                list(Side).index(row.side),
                -row.ours,
                -row.theirs,
                label("risk_classes", row.class_),
            ),
        )
    )


def _by_chance(risk: RemainingRisk) -> float | None:
    """What it puts into a sum: all of a customer's, a prospect's times its win probability."""
    if risk.amount.reporting is None or side_of(risk.account) is Side.CUSTOMERS:
        return risk.amount.reporting
    chance = win_probability(risk.account)
    return None if chance is None else risk.amount.reporting * chance


def losses(portfolio: Portfolio) -> tuple[AccountLosses, ...]:
    """What may be lost at each account, as far as it is known, most of our money first."""
    rows = [
        AccountLosses(
            account=account,
            ours=figure_money(portfolio, account, OWN_LOSS),
            theirs=figure_money(portfolio, account, THEIR_LOSS),
            proof=value_of(account, "risk.proof_coverage"),
        )
        for account in portfolio.accounts
    ]
    known = [row for row in rows if row.ours is not None or row.theirs is not None]
    return tuple(
        sorted(
            known,
            key=lambda row: (
                -(reported(row.ours) or 0.0),
                -(reported(row.theirs) or 0.0),
                row.account.name,
            ),
        )
    )


def share_of_largest(rows: Iterable[AccountLosses], count: int) -> float | None:
    """The share of our loss that the first few customers have; None when there is none."""
    ours = [reported(row.ours) or 0.0 for row in rows if side_of(row.account) is Side.CUSTOMERS]
    total = math.fsum(ours)
    return math.fsum(sorted(ours, reverse=True)[:count]) / total if total else None


def uncovered_risks(portfolio: Portfolio) -> tuple[UncoveredRisk, ...]:
    """What nobody has covered: credit, clauses, measures, proof; each kind account by account."""
    return tuple(
        uncovered
        for kind in Uncovered
        for account in portfolio.accounts
        if (uncovered := _uncovered(account, kind)) is not None
    )


def _uncovered(account: Account, kind: Uncovered) -> UncoveredRisk | None:
    risks: tuple[str, ...] = ()
    match kind:
        case Uncovered.CREDIT:
            return _beyond_limit(account)
        case Uncovered.CLAUSES:
            risks = tuple(value_of(account, "risk.clause_gaps") or ())
        case Uncovered.MEASURE:
            risks = tuple(
                risk.id
                for side in RiskSide
                for risk in (_risks_of(account.case, side) if account.case else ())
                if risk.measure is None
            )
        case Uncovered.PROOF:
            proof = value_of(account, "risk.proof_coverage")
            if proof == 0 and value_of(account, "risk.customer_gross"):
                return UncoveredRisk(account=account, kind=kind)
    return UncoveredRisk(account=account, kind=kind, risks=risks) if risks else None


def _beyond_limit(account: Account) -> UncoveredRisk | None:
    """An account that owes us more than its limit."""
    case = account.case
    if case is None:
        return None
    owed = case.fact("risk", "credit", "receivable").value
    limit = case.fact("risk", "credit", "limit").value
    if owed is None or limit is None or owed <= limit:
        return None
    return UncoveredRisk(account=account, kind=Uncovered.CREDIT, owed=owed, limit=limit)
