"""Stage 3: what each plan means, once someone asks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from generator.figures.account import Account, Portfolio
from generator.figures.case import Neighbours
from generator.figures.definitions import MAKERS
from generator.figures.figures import Figures
from generator.rules.validate import Plan
from generator.settings import Settings


def enrich(
    plans: Sequence[Plan],
    settings: Settings,
    today: datetime.date,
    hidden: frozenset[str] = frozenset(),
) -> Portfolio:
    """Every figure of every plan that can be read, on one day.

    Figures ask for each other without cycles: qualification, risk, service, value, deal,
    selection, ladder, standard, return, cadence; some ask for other accounts' figures too.
    Of `hidden` figures nobody is told what would change them.
    """
    neighbours = Neighbours(plans, settings, today, MAKERS, hidden)
    cases = iter(neighbours.cases)
    accounts = []
    for plan in plans:
        case = next(cases) if plan.playbook is not None else None
        figures = case.figures if case is not None else Figures()
        accounts.append(Account(plan=plan, case=case, figures=figures, findings=plan.problems))
    return Portfolio(accounts=tuple(accounts), settings=settings, today=today)
