"""Which doubts have proof, and which reference would serve each account (item K4).

A doubt has proof when it names a customer who may be shown today and is of the same kind.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.enrich import Account
from generator.enrich.limits import reaches
from generator.enrich.proof import Likeness, match, usable_reference
from generator.enrich.standing import Standing
from generator.model.relationship import Reference
from generator.render.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that makes a customer hesitate."""

    text: str
    reference: str | None
    """The account it names as proof."""
    is_proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Referee:
    """An account that says whether it may be shown."""

    account: Account
    standing: Standing
    reference: Reference
    is_usable: bool
    """Whether it may be shown today."""


class Matcher:
    """All references and doubts of a portfolio; how alike two accounts are is worked out once."""

    def __init__(self, site: Site) -> None:
        """Looks at every account that can be read."""
        proof = site.settings.scoring.proof
        self._least = proof.same_kind_from
        self._known: dict[tuple[object, ...], Likeness] = {}
        self.referees = tuple(
            Referee(
                account=account,
                standing=standing,
                reference=reference,
                is_usable=standing.is_usable(site.today, proof.usable_from),
            )
            for account in site.portfolio.accounts
            if (reference := _reference(account)) and (standing := _standing(account))
        )
        self.doubts = {
            account.id: found
            for account in site.portfolio.accounts
            if (found := self._doubts(account))
        }

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

    def may_be_like(self, account: Account, standing: Standing) -> bool:
        """Whether it could be of the same kind, once what is not known yet is known."""
        like = self.alike(account, standing)
        is_open = reaches(like.most, self._least) and not reaches(like.least, self._least)
        return account.id != standing.id and is_open

    def _doubts(self, account: Account) -> tuple[Doubt, ...]:
        risk = account.playbook.risk if account.playbook else None
        return tuple(
            Doubt(
                text=one.doubt or one.id,
                reference=one.reference,
                is_proven=self._is_proven(account, one.reference),
            )
            for one in (risk.customer if risk else None) or ()
        )

    def _is_proven(self, account: Account, reference: str | None) -> bool:
        standing = usable_reference(account.case, reference) if account.case else None
        return standing is not None and self.is_like(account, standing)


def _reference(account: Account) -> Reference | None:
    section = account.playbook.relationship if account.playbook else None
    return section.reference if section else None


def _standing(account: Account) -> Standing | None:
    case = account.case
    return case.neighbours.standing(account.id) if case is not None else None
