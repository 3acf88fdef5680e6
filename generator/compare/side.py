"""One state of a workspace, of which some accounts are computed and judged, and what-ifs of it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from generator.assess import settings_of
from generator.figures import Account, Portfolio, enrich
from generator.read import Document, Source, read_playbooks
from generator.rules.gate import judge
from generator.rules.validate import Plan, check_plans, plan_of
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The plans and settings of one state; figures are computed when they are asked for."""

    plans: tuple[Plan, ...]
    """As the files say, not yet held against each other and the settings."""
    documents: tuple[Document, ...]
    """The files they were made of, in the same order."""
    settings: Settings
    portfolio: Portfolio
    """Of these plans, without the findings that come of settings and other accounts."""

    @classmethod
    def read(cls, source: Source, today: datetime.date, like: Side | None = None) -> Side:
        """The state that a source has; a plan whose document another side has is taken from it."""
        pairs = zip(like.documents, like.plans, strict=True) if like else ()
        made = {id(one): plan for one, plan in pairs}
        documents = read_playbooks(source)
        plans = tuple(made.get(id(one)) or plan_of(one) for one in documents)
        settings = settings_of(source)
        return cls(
            plans=plans,
            documents=documents,
            settings=settings,
            portfolio=enrich(plans, settings, today),
        )

    def on(self, today: datetime.date) -> Side:
        """The same state, looked at on another day."""
        return replace(self, portfolio=enrich(self.plans, self.settings, today))

    def judged(self, only: Collection[str]) -> Portfolio:
        """The portfolio in which some accounts have all their findings."""
        today = self.portfolio.today
        checked = check_plans(self.plans, self.settings, today, only)
        return judge(enrich(checked, self.settings, today), only)

    def with_plans(self, plans: Mapping[str, Plan | None]) -> Side:
        """The same with other plans for some accounts, by id; None: without that account."""
        own = {one.id for one in self.plans}
        kept = (plans.get(one.id, one) for one in self.plans)
        new = (one for name, one in plans.items() if name not in own)
        return self._with(tuple(one for one in (*kept, *new) if one is not None), self.settings)

    def with_settings(self, settings: Settings) -> Side:
        """The same plans under other settings."""
        return self._with(self.plans, settings)

    def _with(self, plans: tuple[Plan, ...], settings: Settings) -> Side:
        portfolio = enrich(plans, settings, self.portfolio.today)
        return replace(self, plans=plans, settings=settings, portfolio=portfolio)

    def plan(self, name: str) -> Plan | None:
        """An account's plan."""
        return next((one for one in self.plans if one.id == name), None)

    def account(self, name: str) -> Account | None:
        """An account with its figures, not judged."""
        return self.portfolio.account(name)
