"""Compliance and data protection: what no plan may hold, found by fields and by words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.model.fields import ENTRY
from generator.problems import Problem
from generator.rules.comply.fields import courtesy_findings, discount_findings, person_findings
from generator.rules.comply.lexicon import lexicon_of
from generator.rules.comply.wording import Wording, class_findings
from generator.rules.validate import Plan
from generator.rules.validate.built_in import BY_APPROVAL
from generator.settings import Settings

__all__ = ["ComplianceCheck"]


class ComplianceCheck:
    """Holds plans against the rules; the word lists are made ready once."""

    def __init__(self, settings: Settings, today: datetime.date) -> None:
        """For all plans of a portfolio on one day."""
        self._settings, self._today = settings, today
        self._wording = Wording(settings)
        self._forbidden = lexicon_of(settings.compliance.words.personal_value)

    def findings(self, plan: Plan) -> tuple[Problem, ...]:
        """What a plan must not hold; only a waiver of ab7 with an approval counts."""
        approved = _is_approved(plan, self._today)
        return tuple(
            problem for problem in self._all(plan) if not (approved and problem.rule == BY_APPROVAL)
        )

    def _all(self, plan: Plan) -> Iterator[Problem]:
        document, playbook = plan.document, plan.playbook
        if playbook is None:
            return
        settings, today = self._settings, self._today
        yield from _judged(plan, person_findings(document, playbook, settings, today))
        courtesies = courtesy_findings(document, playbook, settings, self._forbidden, today)
        yield from _judged(plan, courtesies)
        yield from _judged(plan, discount_findings(document, playbook, today))
        yield from class_findings(document, settings.audiences)
        yield from self._wording.findings(document, playbook)


def _judged(plan: Plan, problems: Iterator[Problem]) -> Iterator[Problem]:
    """Those findings that rest on nothing that could not be read."""
    if plan.watch is None:
        yield from problems
        return
    # Of a list from which an entry was taken out the others are judged all the same
    elsewhere = {name for path, name in plan.lost.items() if path[-1] != ENTRY}
    problem: Problem | None
    while True:
        with plan.watch.listen() as asked:
            problem = next(problems, None)
        if problem is None:
            return
        if elsewhere.isdisjoint(asked):
            yield problem


def _is_approved(plan: Plan, today: datetime.date) -> bool:
    return any(
        waiver.rule == BY_APPROVAL
        and waiver.approval
        and waiver.reason
        and waiver.by
        and waiver.until is not None
        and waiver.until >= today
        for waiver in (plan.playbook.waivers if plan.playbook else None) or ()
    )
