"""Stage 3: what each plan means. Two passes, because references need other accounts' rungs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from generator.enrich.account import Account, Portfolio
from generator.enrich.case import Case
from generator.enrich.deal import deal_figures
from generator.enrich.economics import economics_figures
from generator.enrich.figure import Reason
from generator.enrich.ladder import rung_figure, target_rung_figure, threads_figure
from generator.enrich.parts import part_figures
from generator.enrich.proof import proof_figures
from generator.enrich.qualification import qualification_figures
from generator.enrich.revenue import revenue_figures
from generator.enrich.risk import risk_figures
from generator.enrich.selection import cut_off, selection_figures
from generator.enrich.service import service_figures
from generator.enrich.standard import offering_figures, standard_agreement
from generator.enrich.standing import Standing
from generator.enrich.value import value_figures
from generator.settings import Settings
from generator.validate import Plan


def enrich(plans: Sequence[Plan], settings: Settings, today: datetime.date) -> Portfolio:
    """Every figure of every plan that can be read, on one day.

    Order within an account, without cycles: qualification, risk, service, value, deal, economics,
    rung; then, knowing all rungs and profits: references, selection, parts.
    """
    cases = [_alone(plan, settings, today) for plan in plans]
    readable = [case for case in cases if case is not None]
    standings = {case.plan.id: standing_of(case) for case in readable}
    profits = _profits(readable)
    accounts = []
    for plan, case in zip(plans, cases, strict=True):
        if case is not None:
            case.standings = standings
            _among_others(case, cut_off(case, profits))
        figures = case.figures if case is not None else {}
        accounts.append(Account(plan=plan, figures=figures, findings=plan.problems))
    return Portfolio(accounts=tuple(accounts), settings=settings, today=today)


def _alone(plan: Plan, settings: Settings, today: datetime.date) -> Case | None:
    """The figures that rest on one file."""
    if plan.playbook is None:
        return None
    case = Case(plan, plan.playbook, settings, today)
    for compute in (
        qualification_figures,
        risk_figures,
        service_figures,
        revenue_figures,
        value_figures,
    ):
        case.add(*compute(case))
    case.add(*deal_figures(case))
    case.add(*economics_figures(case))
    case.add(rung_figure(case), threads_figure(case), standard_agreement(case))
    case.add(*offering_figures(case))
    return case


def _among_others(case: Case, high_from: Reason) -> None:
    """The figures that rest on other accounts too."""
    case.add(*proof_figures(case))
    case.add(*selection_figures(case, high_from))
    case.add(target_rung_figure(case))
    case.add(*part_figures(case))


def _profits(cases: Sequence[Case]) -> list[float]:
    """Retained profits in the reporting currency, of all accounts that have one."""
    found = []
    for case in cases:
        profit, rate = case.figures["selection.retained_profit"].value, case.rate()
        if profit is not None and rate is not None:
            found.append(profit * rate)
    return found


def standing_of(case: Case) -> Standing:
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
