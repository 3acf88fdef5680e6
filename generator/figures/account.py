"""An account as computed, the portfolio they form, and how it comes about."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures.case import Case, Neighbours
from generator.figures.definitions import MAKERS
from generator.figures.figures import Figures
from generator.form import Playbook
from generator.problems import Problem
from generator.read import Document
from generator.rules.validate import Plan
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account: its plan and its figures by key, each computed when asked for."""

    plan: Plan
    case: Case | None
    """What reads its facts for figures; None when the file cannot be read."""
    figures: Figures
    findings: tuple[Problem, ...]
    """All findings about its file: syntax to completeness."""

    @property
    def id(self) -> str:
        """The playbook's id."""
        return self.plan.id

    @property
    def name(self) -> str:
        """The account's name."""
        return self.plan.name

    @property
    def playbook(self) -> Playbook | None:
        """The valid part of the playbook; None when the file cannot be read."""
        return self.plan.playbook

    @property
    def document(self) -> Document:
        """The file, less what is not valid."""
        return self.plan.document


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """All accounts of a workspace on one day."""

    accounts: tuple[Account, ...]
    settings: Settings
    today: datetime.date
    is_judged: bool = False
    """Whether the gate has looked at it: else findings and completeness are not told."""

    @property
    def findings(self) -> tuple[Problem, ...]:
        """Every finding, by file and place."""
        return tuple(sorted(finding for account in self.accounts for finding in account.findings))

    def account(self, name: str) -> Account | None:
        """The account of an id."""
        return next((account for account in self.accounts if account.id == name), None)


def enrich(
    plans: Sequence[Plan],
    settings: Settings,
    today: datetime.date,
    hidden: frozenset[str] = frozenset(),
) -> Portfolio:
    """Accounts on one day, whose figures are computed when someone asks for them.

    Figures ask for each other without cycles; some ask for other accounts' figures too.
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
