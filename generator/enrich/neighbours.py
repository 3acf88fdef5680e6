"""What an account's figures need to know of the other accounts; worked out when first asked."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from generator.enrich.figure import Reason
from generator.enrich.organisations import Organisations
from generator.enrich.standing import Standing
from generator.language import phrase

if TYPE_CHECKING:
    from generator.enrich.case import Case


MEDIAN = phrase("portfolio median of retained profit")


class Neighbours:
    """All accounts of the portfolio that can be read, as any one of them sees them."""

    def __init__(self, cases: Sequence[Case] = ()) -> None:
        """In the order of the files."""
        self.cases = tuple(cases)
        self._standings: dict[str, Standing | None] = {}

    @cached_property
    def by_id(self) -> Mapping[str, Case]:
        """The accounts by id."""
        return {case.plan.id: case for case in self.cases}

    def standing(self, name: str) -> Standing | None:
        """An account as a possible reference, by id; None where it cannot be read."""
        if name not in self._standings:
            case = self.by_id.get(name)
            self._standings[name] = _standing(case) if case else None
        return self._standings[name]

    @cached_property
    def children(self) -> Mapping[str, tuple[Case, ...]]:
        """By parent's id the accounts that name it."""
        found: dict[str, list[Case]] = {}
        for case in self.cases:
            if parent := case.playbook.account.parent:
                found.setdefault(parent, []).append(case)
        return {parent: tuple(cases) for parent, cases in found.items()}

    @cached_property
    def organisations(self) -> Organisations:
        """Who is close to whom, as all playbooks' links say."""
        return Organisations(self.cases)

    @cached_property
    def order_values(self) -> tuple[float, ...]:
        """Typical orders of all accounts in the reporting currency, the smallest first."""
        found = []
        for case in self.cases:
            amount, rate = case.fact("fit", "order_value").value, case.rate()
            if amount is not None and rate is not None:
                found.append(amount * rate)
        return tuple(sorted(found))

    def cut_off(self, case: Case) -> Reason:
        """Where a high retained profit begins, in the reporting currency: fixed, or the median."""
        if case.settings.thresholds.retained_profit.mode == "absolute":
            return case.setting("thresholds", "retained_profit", "cut_off")
        return Reason(
            name=MEDIAN,
            value=self._median_profit,
            setting=case.settings.where("thresholds", "retained_profit", "mode"),
        )

    @cached_property
    def _median_profit(self) -> float:
        found = []
        for case in self.cases:
            profit, rate = case.figures["selection.retained_profit"].value, case.rate()
            if profit is not None and rate is not None:
                found.append(profit * rate)
        return statistics.median(found) if found else 0.0


def _standing(case: Case) -> Standing:
    """The account as others see it when they look for a reference."""
    account = case.playbook.account
    section = case.playbook.relationship
    reference = section.reference if section else None
    document = case.plan.document
    return Standing(
        id=case.plan.id,
        name=case.plan.name,
        path=document.path,
        consent_line=document.value_place(("relationship", "reference", "consent_until")).line,
        rung=case.figures["relationship.rung"].value,
        consent_until=reference.consent_until if reference else None,
        industry=account.industry,
        size=account.size,
        region=account.region,
        uses=account.uses,
    )
