"""States of a workspace, what-ifs of them, and which accounts an edit can reach."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.assess import settings_of
from generator.errors import SettingsError
from generator.figures import Account, Portfolio, enrich
from generator.figures.case import Case
from generator.read import Document, Revision, Source, read_playbooks
from generator.rules.gate import judge
from generator.rules.validate import Plan, check_plans, plan_of
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The plans and settings of one state; figures are computed when they are asked for."""

    plans: tuple[Plan, ...]
    """As the files say, not yet held against each other and the settings."""
    documents: tuple[Document, ...]
    """The files they were made of, in the same order."""
    settings: Settings
    portfolio: Portfolio
    """Of these plans, without the findings that come of settings and other accounts."""

    @classmethod
    def read(cls, source: Source, today: datetime.date, like: State | None = None) -> State:
        """The state that a source has; a plan whose document another side has is taken from it."""
        pairs = zip(like.documents, like.plans, strict=True) if like else ()
        made = {id(document): plan for document, plan in pairs}
        documents = read_playbooks(source)
        plans = tuple(made.get(id(document)) or plan_of(document) for document in documents)
        settings = settings_of(source)
        return cls(
            plans=plans,
            documents=documents,
            settings=settings,
            portfolio=enrich(plans, settings, today),
        )

    def on(self, today: datetime.date) -> State:
        """The same state, looked at on another day."""
        return replace(self, portfolio=enrich(self.plans, self.settings, today))

    def judged(self, only: Collection[str]) -> Portfolio:
        """The portfolio in which some accounts have all their findings; it shares all figures."""
        checked = check_plans(self.plans, self.settings, self.portfolio.today, only)
        if any(plan.lost != known.lost for plan, known in zip(checked, self.plans, strict=True)):
            # What rests on an id that points nowhere waits: its figures are others
            return judge(enrich(checked, self.settings, self.portfolio.today), only)
        accounts = tuple(
            replace(account, plan=plan, findings=plan.problems)
            for account, plan in zip(self.portfolio.accounts, checked, strict=True)
        )
        return judge(replace(self.portfolio, accounts=accounts), only)

    def with_plans(self, plans: Mapping[str, Plan | None]) -> State:
        """The same with other plans for some accounts, by id; None: without that account."""
        own = {plan.id for plan in self.plans}
        kept = (plans.get(plan.id, plan) for plan in self.plans)
        new = (plan for name, plan in plans.items() if name not in own)
        return self._with(tuple(plan for plan in (*kept, *new) if plan is not None), self.settings)

    def with_settings(self, settings: Settings) -> State:
        """The same plans under other settings."""
        return self._with(self.plans, settings)

    def _with(self, plans: tuple[Plan, ...], settings: Settings) -> State:
        portfolio = enrich(plans, settings, self.portfolio.today)
        return replace(self, plans=plans, settings=settings, portfolio=portfolio)

    def plan(self, name: str) -> Plan | None:
        """An account's plan."""
        return next((plan for plan in self.plans if plan.id == name), None)

    def account(self, name: str) -> Account | None:
        """An account with its figures, not judged."""
        return self.portfolio.account(name)


# Those edited, and those whose numbers lean on them


def edited(before: Portfolio, after: Portfolio) -> set[str]:
    """The ids of accounts that came, went, or whose file says something else."""
    old, new = (_documents(portfolio) for portfolio in (before, after))
    return {name for name in old.keys() | new.keys() if not _same(old.get(name), new.get(name))}


def _documents(portfolio: Portfolio) -> dict[str, Document]:
    return {account.id: account.document for account in portfolio.accounts}


def _same(before: Document | None, after: Document | None) -> bool:
    if before is None or after is None:
        return False
    return before is after or (before.text == after.text and before.problems == after.problems)


def touched(before: Portfolio, after: Portfolio) -> set[str]:
    """The ids of all accounts for which a figure or a finding may differ.

    Rather one too many than one too few: parents and subsidiaries of what was edited, users of
    its reference, everyone who names it when it came or went, and whole portfolios where a figure
    ranks accounts against each other. Settings are not looked at.
    """
    changed = edited(before, after)
    if not changed:
        return set()
    return changed.union(
        _family(changed, before, after),
        _users(changed, before, after),
        _namers(changed, before, after),
        _circles(before, after),
        _ranked(before, after),
    )


def _cases(*portfolios: Portfolio) -> Iterator[Case]:
    for portfolio in portfolios:
        yield from (account.case for account in portfolio.accounts if account.case is not None)


def _family(changed: set[str], *portfolios: Portfolio) -> set[str]:
    """All above and all below, by the parents of both states."""
    pairs = {
        (case.plan.id, case.playbook.account.parent)
        for case in _cases(*portfolios)
        if case.playbook.account.parent
    }
    above: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    for child, parent in pairs:
        above.setdefault(child, set()).add(parent)
        below.setdefault(parent, set()).add(child)
    return _reach(changed, above) | _reach(changed, below)


def _reach(start: Iterable[str], steps: dict[str, set[str]]) -> set[str]:
    reached = set(start)
    rest = list(reached)
    while rest:
        new = steps.get(rest.pop(), set()) - reached
        reached |= new
        rest.extend(new)
    return reached


def _users(changed: set[str], *portfolios: Portfolio) -> set[str]:
    """Accounts whose doubts name an edited one as their reference."""
    return {
        case.plan.id
        for case in _cases(*portfolios)
        for doubt in (case.playbook.risk.customer if case.playbook.risk else None) or ()
        if doubt.reference in changed
    }


def _namers(changed: set[str], before: Portfolio, after: Portfolio) -> set[str]:
    """Accounts whose text has the id of one that came or went: it points nowhere, or somewhere."""
    olds, news = ({account.id for account in side.accounts} for side in (before, after))
    moved = changed & (olds ^ news)
    return {
        account.id
        for side in (before, after)
        for account in side.accounts
        if any(name in account.document.text for name in moved)
    }


def _circles(before: Portfolio, after: Portfolio) -> set[str]:
    """Where links between organisations differ, everyone who has or names one."""
    if _links(before) == _links(after):
        return set()
    return {
        case.plan.id
        for case in _cases(before, after)
        if case.neighbours.organisations[case.plan.id].near
    }


def _links(portfolio: Portfolio) -> list[object]:
    return [
        (case.plan.id, case.plan.name, link.to, link.reached)
        for case in _cases(portfolio)
        for link in (case.playbook.relationship and case.playbook.relationship.links) or ()
    ] + [(case.plan.id, case.plan.name) for case in _cases(portfolio)]


def _ranked(before: Portfolio, after: Portfolio) -> set[str]:
    """Accounts that are ranked among all: by order value, and by profit where the median rules."""
    old, new = next(_cases(before), None), next(_cases(after), None)
    names: set[str] = set()
    if old is None or new is None:
        return names
    if old.neighbours.order_values != new.neighbours.order_values:
        names |= {
            case.plan.id
            for case in _cases(before, after)
            if case.fact("fit", "order_value").value is not None
        }
    if old.neighbours.cut_off(old).value != new.neighbours.cut_off(new).value:
        names |= {case.plan.id for case in _cases(before, after)}
    return names


def reached_since(before: Revision, portfolio: Portfolio) -> set[str]:
    """The ids of all accounts for which a finding may be another than it was.

    All of them where any file of site_config says something else.
    """
    before.reuse(account.document for account in portfolio.accounts)
    every = {account.id for account in portfolio.accounts}
    try:
        old = State.read(before, portfolio.today)
    except SettingsError:
        return every  # what was wrong then is right now: nothing is as it was
    now = portfolio.settings.documents
    if any(now[name].text != document.text for name, document in old.settings.documents.items()):
        return every
    return touched(old.portfolio, portfolio) & every
