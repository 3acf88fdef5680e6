"""What needs attention about an account, worst first: kinds and facts, which pages say in words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generator.figures import Account, Portfolio
from generator.figures.ladder import has_lapse
from generator.form import Playbook
from generator.portfolio.sums import figure_in_reporting, value_of
from generator.problems import Problem, errors_among
from generator.rules.rulebook import Rule
from generator.settings import Settings

WITH_OWN_ALERT = frozenset(
    ("below-planned-tier", "renewal-without-plan", "complete-with-one-thread")
)
"""Contradictions that other alerts tell."""


class Level(StrEnum):
    """How bad it is."""

    BAD = "bad"
    WATCH = "watch"


class AlertKind(StrEnum):
    """Why to look at an account; what its facts hold is said behind each."""

    UNREADABLE = "unreadable"
    NOTICE = "notice"
    """day, is_notice, worth, currency, is_planned"""
    DEAL = "deal"
    """verdict"""
    KNOCKED_OUT = "knocked-out"
    """questions"""
    RESTRUCTURE = "restructure"
    NO_PROFIT = "no-profit"
    PROMISE_BROKEN = "promise-broken"
    """what, more"""
    ACTIONS_OVERDUE = "actions-overdue"
    """count, day"""
    FEW_CONTACTS = "few-contacts"
    """count"""
    CLAUSE_GAPS = "clause-gaps"
    """count"""
    TIER_UNKNOWN = "tier-unknown"
    BELOW_PLANNED_TIER = "below-planned-tier"
    """tier, planned"""
    RELATIONSHIP_SLIPPED = "relationship-slipped"
    """note"""
    SERVICE_MISALIGNED = "service-misaligned"
    """share"""
    CONTRADICTION = "contradiction"
    """finding"""
    FINDINGS = "findings"
    """count"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One reason to look at an account."""

    reason: AlertKind
    rank: int
    """0 is worst."""
    level: Level
    section: str
    """The section of the account's page that tells more."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What its sentence names, as the reason has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAlerts:
    """An account with its reasons, worst first."""

    account: Account
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readable:
    """An account whose file can be read, and what a check measures it by."""

    account: Account
    playbook: Playbook
    settings: Settings
    today: datetime.date

    def value(self, key: str) -> Any:
        """A figure's value."""
        return value_of(self.account, key)


def accounts_in_need(portfolio: Portfolio) -> tuple[AccountAlerts, ...]:
    """Accounts with reasons to look at them, worst first; then by the money that hangs on them."""
    rows = []
    for account in portfolio.accounts:
        alerts = alerts_of(account, portfolio.settings, portfolio.today)
        if alerts:
            stake = figure_in_reporting(portfolio, account, "selection.retained_profit") or 0.0
            order = (alerts[0].rank, -len(alerts), -stake, account.name)
            rows.append((order, AccountAlerts(account=account, alerts=alerts)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def alerts_of(account: Account, settings: Settings, today: datetime.date) -> tuple[Alert, ...]:
    """All reasons to look at an account, worst first."""
    if account.playbook is None:
        alert = Alert(reason=AlertKind.UNREADABLE, rank=0, level=Level.BAD, section="findings")
        return (alert,)
    readable = _Readable(account=account, playbook=account.playbook, settings=settings, today=today)
    alerts = [alert for check in CHECKS for alert in check(readable)]
    return tuple(sorted(alerts, key=lambda alert: alert.rank))


def is_near(deadline: datetime.date, today: datetime.date, settings: Settings) -> bool:
    """Whether a notice day or a contract's end is so near that a plan for it is wanted."""
    return 0 <= (deadline - today).days <= settings.scoring.contradictions.renewal_days


def _notice(readable: _Readable) -> Iterator[Alert]:
    contract = readable.playbook.account.contract
    last = (contract.notice_by or contract.end) if contract else None
    if contract is None or last is None or not is_near(last, readable.today, readable.settings):
        return
    is_planned = any(
        action.prepares == "renewal" and action.done_on is None
        for action in readable.playbook.actions or ()
    )
    yield Alert(
        reason=AlertKind.NOTICE,
        rank=2 if is_planned else 0,
        level=Level.WATCH if is_planned else Level.BAD,
        section="plan",
        facts={
            "day": last,
            "is_notice": contract.notice_by is not None,
            "worth": contract.value.value if contract.value else None,
            "currency": readable.playbook.economics.currency
            if readable.playbook.economics
            else None,
            "is_planned": is_planned,
        },
    )


def _deal(readable: _Readable) -> Iterator[Alert]:
    verdict = readable.value("deal.verdict")
    if verdict not in (None, "balanced"):
        yield _bad(AlertKind.DEAL, 1, "value", verdict=verdict)


def _knock_outs(readable: _Readable) -> Iterator[Alert]:
    if questions := readable.value("qualification.knock_outs"):
        yield _bad(AlertKind.KNOCKED_OUT, 1, "summary", questions=questions)


def _posture(readable: _Readable) -> Iterator[Alert]:
    if readable.value("selection.posture") == "restructure":
        yield _watch(AlertKind.RESTRUCTURE, 2, "summary")
    profit = readable.value("selection.retained_profit")
    if profit is not None and profit <= 0:
        yield _bad(AlertKind.NO_PROFIT, 1, "summary")


def _overdue(readable: _Readable) -> Iterator[Alert]:
    days = [
        action.due
        for action in readable.playbook.actions or ()
        if action.done_on is None and action.due is not None and action.due < readable.today
    ]
    if days:
        yield _watch(AlertKind.ACTIONS_OVERDUE, 3, "plan", count=len(days), day=min(days))


def _promises(readable: _Readable) -> Iterator[Alert]:
    section = readable.playbook.relationship
    broken = [
        promise
        for promise in (section.promises if section else None) or ()
        if promise.kept_on is None and promise.due is not None and promise.due < readable.today
    ]
    if broken:
        facts = {"what": broken[0].what, "more": len(broken) - 1}
        yield _bad(AlertKind.PROMISE_BROKEN, 2, "relationship", **facts)


def _threads(readable: _Readable) -> Iterator[Alert]:
    threads = readable.value("relationship.threads")
    if threads is not None and threads <= 1:
        yield _watch(AlertKind.FEW_CONTACTS, 2 + threads, "relationship", count=threads)


def _lapsed(readable: _Readable) -> Iterator[Alert]:
    rung = readable.account.figures.get("relationship.rung")
    if rung is not None and has_lapse(rung):
        yield _watch(AlertKind.RELATIONSHIP_SLIPPED, 4, "relationship", note=rung.note or "")


def _clauses(readable: _Readable) -> Iterator[Alert]:
    if gaps := readable.value("risk.clause_gaps"):
        yield _watch(AlertKind.CLAUSE_GAPS, 3, "risk", count=len(gaps))


def _service(readable: _Readable) -> Iterator[Alert]:
    alignment = readable.value("service.alignment")
    if alignment is not None and alignment < readable.settings.scoring.service.alignment_from:
        yield _watch(AlertKind.SERVICE_MISALIGNED, 5, "service", share=alignment)


def _tier(readable: _Readable) -> Iterator[Alert]:
    planned, tier = readable.playbook.account.planned_tier, readable.value("tier")
    if tier is None:
        yield _watch(AlertKind.TIER_UNKNOWN, 4, "summary")
    elif planned is not None and tier > planned:
        yield _watch(AlertKind.BELOW_PLANNED_TIER, 3, "summary", tier=tier, planned=planned)


def _contradictions(readable: _Readable) -> Iterator[Alert]:
    """Those that no other alert tells: the tier, the renewal and the threads have their own."""
    for rule, finding in contradictions_of(readable.account, readable.settings):
        if rule.holds.agree not in WITH_OWN_ALERT:
            yield _watch(AlertKind.CONTRADICTION, 3, "findings", finding=finding)


def contradictions_of(account: Account, settings: Settings) -> Iterator[tuple[Rule, Problem]]:
    """Findings that two numbers of the plan disagree, each with its rule."""
    rules = {rule.id: rule for rule in settings.rules.rules if rule.holds.agree is not None}
    for finding in account.findings:
        if finding.rule in rules:
            yield rules[finding.rule], finding


def _findings(readable: _Readable) -> Iterator[Alert]:
    if errors := errors_among(readable.account.findings):
        yield _watch(AlertKind.FINDINGS, 6, "findings", count=len(errors))


def _bad(reason: AlertKind, rank: int, section: str, **facts: Any) -> Alert:
    return Alert(reason=reason, rank=rank, level=Level.BAD, section=section, facts=facts)


def _watch(reason: AlertKind, rank: int, section: str, **facts: Any) -> Alert:
    return Alert(reason=reason, rank=rank, level=Level.WATCH, section=section, facts=facts)


CHECKS: tuple[Callable[[_Readable], Iterator[Alert]], ...] = (
    _notice,
    _deal,
    _knock_outs,
    _posture,
    _promises,
    _overdue,
    _threads,
    _clauses,
    _tier,
    _lapsed,
    _service,
    _contradictions,
    _findings,
)
