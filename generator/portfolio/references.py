"""Reference customers: who may be shown today and to whom, and whose doubts lack proof (item K4).

A doubt has proof when it names a customer who may be shown today and is of the same kind.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.figures import Account, Portfolio
from generator.figures.figure import reaches
from generator.figures.name import words_of_id
from generator.figures.organisations import Standing
from generator.figures.proof import Likeness, match, usable_reference
from generator.figures.sides import Side
from generator.form.relationship import Reference
from generator.portfolio.sums import (
    Amount,
    Money,
    SeparateSums,
    figure_money,
    reported,
    separate_sums,
    value_of,
)


class Obstacle(StrEnum):
    """Why a customer may not be shown today."""

    NO_CONSENT = "no-consent"
    CONSENT_RAN_OUT = "consent-ran-out"
    NOT_CLOSE_ENOUGH = "not-close-enough"


class NoProof(StrEnum):
    """Why an account that a doubt names is no proof for it."""

    NO_ACCOUNT = "no-account"
    ITSELF = "itself"
    NEVER_ASKED = "never-asked"
    NOT_TODAY = "not-today"
    OTHER_KIND = "other-kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that makes a customer hesitate."""

    text: str
    reference: str | None
    """The id of the account it names as proof."""
    is_proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An account that is like another."""

    account: Account
    likeness: float
    """0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An account whose doubts name a reference."""

    account: Account
    doubts: int
    is_same_kind: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceCustomer:
    """A customer who has said whether they may be shown."""

    account: Account
    rung: str | None
    """How close they are."""
    obstacle: Obstacle | None
    """Why they may not be shown today; None where they may."""
    consent_until: datetime.date | None
    days_left: int
    """Days of consent that are left."""
    shown_for: str | None
    """The id of the use that they agreed to."""
    result: str
    most_uses: int | None
    """How many uses a quarter they accept."""
    used_by: tuple[Use, ...]
    could_serve: tuple[Alike, ...]
    """Others of their kind with doubts that lack proof, the likest first."""

    @property
    def uses(self) -> int:
        """How many doubts name them."""
        return sum(use.doubts for use in self.used_by)

    @property
    def is_overused(self) -> bool:
        """Whether more doubts lean on them than they accept."""
        return self.most_uses is not None and self.uses > self.most_uses


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedInVain:
    """An account that a doubt names without being proof for it."""

    id: str
    account: Account | None
    why: NoProof


@dataclass(frozen=True, slots=True, kw_only=True)
class UnprovenDoubts:
    """An account with doubts for which no customer of its kind stands."""

    account: Account
    doubts: tuple[str, ...]
    count: int
    """How many doubts it has in all."""
    named: tuple[NamedInVain, ...]
    could_show: tuple[Alike, ...]
    """References of its kind, the likest first."""
    perhaps: tuple[Account, ...]
    """References that might be of its kind once more is known, where none is for sure."""
    stake: Money | None
    """What the doubts put at risk a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenRisk:
    """Their risk before measures, where it is known, and the part of it with proof."""

    proven: SeparateSums
    total: SeparateSums

    def share(self, side: Side) -> float | None:
        """The part with proof; None where there is nothing to divide by."""
        proven, total = self.proven.of(side).total, self.total.of(side).total
        return (proven or 0.0) / total if total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Who may be shown for what, and whose doubts lack proof."""

    customers: tuple[ReferenceCustomer, ...]
    """Those who may be shown first, then those named most often."""
    unproven: tuple[UnprovenDoubts, ...]
    """Those we can help first, then the largest risk."""
    doubts: int
    proven: int
    """Of the doubts, those with proof."""
    risk: ProvenRisk

    @property
    def usable(self) -> tuple[ReferenceCustomer, ...]:
        """Those who may be shown today."""
        return tuple(customer for customer in self.customers if customer.obstacle is None)

    @property
    def next_to_end(self) -> ReferenceCustomer | None:
        """Whose consent runs out first."""
        ending = [
            (customer.consent_until, customer.account.name, customer)
            for customer in self.usable
            if customer.consent_until is not None
        ]
        return min(ending, key=lambda row: row[:2])[2] if ending else None


def references_of(portfolio: Portfolio) -> References:
    """All references and doubts of a portfolio."""
    matcher = _Matcher(portfolio)
    all_doubts = [doubt for doubts in matcher.doubts.values() for doubt in doubts]
    return References(
        customers=_customers(portfolio, matcher),
        unproven=_unproven(portfolio, matcher),
        doubts=len(all_doubts),
        proven=sum(doubt.is_proven for doubt in all_doubts),
        risk=_proven_risk(portfolio),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Referee:
    """An account that says whether it may be shown."""

    account: Account
    standing: Standing
    reference: Reference
    is_usable: bool
    """Whether it may be shown today."""


class _Matcher:
    """All references and doubts of a portfolio; how alike two accounts are is worked out once."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Looks at every account that can be read."""
        proof = portfolio.settings.scoring.proof
        self._least = proof.same_kind_from
        self._known: dict[tuple[object, ...], Likeness] = {}
        self.referees = tuple(
            _Referee(
                account=account,
                standing=standing,
                reference=reference,
                is_usable=standing.is_usable(portfolio.today, proof.usable_from),
            )
            for account in portfolio.accounts
            if account.case is not None
            and (reference := account.case.relationship.reference)
            and (standing := account.case.neighbours.standing(account.id))
        )
        self.doubts: Mapping[str, tuple[Doubt, ...]] = {
            account.id: doubts
            for account in portfolio.accounts
            if (doubts := self._doubts(account))
        }

    def lacking(self, id: str) -> tuple[Doubt, ...]:
        """The doubts of an account that lack proof."""
        return tuple(doubt for doubt in self.doubts.get(id, ()) if not doubt.is_proven)

    def alike(self, account: Account, standing: Standing) -> Likeness:
        """How alike an account and a reference are, 0 to 1."""
        if account.case is None:
            return Likeness(0.0, 0.0, ())
        facts = account.case.playbook.account
        traits = (facts.industry, facts.uses, facts.size, facts.region)
        others = (standing.industry, standing.uses, standing.size, standing.region)
        if (traits, others) not in self._known:
            self._known[traits, others] = match(account.case, standing)
        return self._known[traits, others]

    def is_like(self, account: Account, standing: Standing) -> bool:
        """Whether a reference is another account of the same kind."""
        like = self.alike(account, standing).least
        return account.id != standing.id and reaches(like, self._least)

    def of_one_kind(self, pairs: Iterable[tuple[Account, _Referee, Account]]) -> tuple[Alike, ...]:
        """Of accounts with references, those of one kind, as the third of each; likest first."""
        alike = [
            Alike(account=shown, likeness=self.alike(account, referee.standing).least)
            for account, referee, shown in pairs
            if self.is_like(account, referee.standing)
        ]
        return tuple(sorted(alike, key=lambda each: (-each.likeness, each.account.name)))

    def may_be_like(self, account: Account, standing: Standing) -> bool:
        """Whether it could be of the same kind, once what is not known yet is known."""
        like = self.alike(account, standing)
        is_open = reaches(like.most, self._least) and not reaches(like.least, self._least)
        return account.id != standing.id and is_open

    def _doubts(self, account: Account) -> tuple[Doubt, ...]:
        return tuple(
            Doubt(
                text=doubt.doubt or words_of_id(doubt.id),
                reference=doubt.reference,
                is_proven=self._is_proven(account, doubt.reference),
            )
            for doubt in (account.case.risk.customer if account.case else None) or ()
        )

    def _is_proven(self, account: Account, reference: str | None) -> bool:
        standing = usable_reference(account.case, reference) if account.case else None
        return standing is not None and self.is_like(account, standing)


def _customers(portfolio: Portfolio, matcher: _Matcher) -> tuple[ReferenceCustomer, ...]:
    accounts = {account.id: account for account in portfolio.accounts}
    users: dict[str, Counter[str]] = {}
    for account, doubts in matcher.doubts.items():
        for doubt in doubts:
            if doubt.reference:
                users.setdefault(doubt.reference, Counter())[account] += 1
    in_need = [accounts[id] for id in matcher.doubts if matcher.lacking(id)]
    rows = []
    for referee in matcher.referees:
        counts = users.get(referee.account.id, Counter())
        until = referee.standing.consent_until
        rows.append(
            ReferenceCustomer(
                account=referee.account,
                rung=referee.standing.rung,
                obstacle=_obstacle(portfolio.today, referee),
                consent_until=until,
                days_left=max(0, (until - portfolio.today).days) if until else 0,
                shown_for=referee.reference.use,
                result=referee.reference.result or "",
                most_uses=referee.reference.max_uses_per_quarter,
                used_by=tuple(
                    Use(
                        account=accounts[id],
                        doubts=count,
                        is_same_kind=matcher.is_like(accounts[id], referee.standing),
                    )
                    for id, count in counts.items()
                ),
                could_serve=matcher.of_one_kind(
                    (account, referee, account)
                    for account in in_need
                    if referee.is_usable and account.id not in counts
                ),
            )
        )
    return tuple(
        sorted(rows, key=lambda row: (row.obstacle is not None, -row.uses, row.account.name))
    )


def _obstacle(today: datetime.date, referee: _Referee) -> Obstacle | None:
    """What stands against showing a customer today."""
    if referee.is_usable:
        return None
    until = referee.standing.consent_until
    if until is None:
        return Obstacle.NO_CONSENT
    return Obstacle.CONSENT_RAN_OUT if until < today else Obstacle.NOT_CLOSE_ENOUGH


def _unproven(portfolio: Portfolio, matcher: _Matcher) -> tuple[UnprovenDoubts, ...]:
    usable = [referee for referee in matcher.referees if referee.is_usable]
    rows = []
    for account in portfolio.accounts:
        lacking = matcher.lacking(account.id)
        if not lacking:
            continue
        alike = matcher.of_one_kind((account, referee, referee.account) for referee in usable)
        perhaps = tuple(
            referee.account for referee in usable if matcher.may_be_like(account, referee.standing)
        )
        gross = figure_money(portfolio, account, "risk.customer_gross")
        rows.append(
            UnprovenDoubts(
                account=account,
                doubts=tuple(doubt.text for doubt in lacking),
                count=len(matcher.doubts[account.id]),
                named=_named_in_vain(portfolio, matcher, account, lacking),
                could_show=alike,
                perhaps=() if alike else perhaps,
                stake=gross,
            )
        )
    return tuple(
        sorted(
            rows,
            key=lambda row: (not row.could_show, -(reported(row.stake) or 0.0), row.account.name),
        )
    )


def _named_in_vain(
    portfolio: Portfolio, matcher: _Matcher, account: Account, doubts: Sequence[Doubt]
) -> tuple[NamedInVain, ...]:
    """Whom doubts name that is no proof for them, each once."""
    usable = {referee.account.id: referee.is_usable for referee in matcher.referees}
    rows = []
    for id in dict.fromkeys(doubt.reference for doubt in doubts if doubt.reference):
        named = portfolio.account(id)
        if named is None:
            why = NoProof.NO_ACCOUNT
        elif id == account.id:
            why = NoProof.ITSELF
        elif id not in usable:
            why = NoProof.NEVER_ASKED
        else:
            why = NoProof.OTHER_KIND if usable[id] else NoProof.NOT_TODAY
        rows.append(NamedInVain(id=id, account=named, why=why))
    return tuple(rows)


def _proven_risk(portfolio: Portfolio) -> ProvenRisk:
    return ProvenRisk(
        proven=separate_sums(portfolio, portfolio.accounts, Amount(of=_proven)),
        total=separate_sums(portfolio, portfolio.accounts, Amount(of=_provable)),
    )


def _provable(account: Account) -> float | None:
    """Their risk before measures, where it is known how much of it has proof."""
    gross = value_of(account, "risk.customer_gross")
    part = value_of(account, "risk.proof_coverage")
    return gross if gross and part is not None else None


def _proven(account: Account) -> float | None:
    gross = _provable(account)
    return None if gross is None else gross * value_of(account, "risk.proof_coverage")
