"""Stage 3: what each plan means, once someone asks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from generator.enrich.account import Account, Portfolio
from generator.enrich.case import Case
from generator.enrich.figures import Figures
from generator.enrich.neighbours import Neighbours
from generator.enrich.steps import STEPS
from generator.settings import Settings
from generator.validate import Plan


def enrich(plans: Sequence[Plan], settings: Settings, today: datetime.date) -> Portfolio:
    """Every figure of every plan that can be read, on one day.

    Figures ask for each other without cycles: qualification, risk, service, value, deal,
    selection, ladder, standard, return, cadence; some ask for other accounts' figures too.
    """
    cases = [
        Case(plan, plan.playbook, settings, today) if plan.playbook is not None else None
        for plan in plans
    ]
    neighbours = Neighbours([case for case in cases if case is not None])
    accounts = []
    for plan, case in zip(plans, cases, strict=True):
        figures = Figures(STEPS, case) if case is not None else Figures()
        if case is not None:
            case.neighbours, case.figures = neighbours, figures
        accounts.append(Account(plan=plan, case=case, figures=figures, findings=plan.problems))
    return Portfolio(accounts=tuple(accounts), settings=settings, today=today)
