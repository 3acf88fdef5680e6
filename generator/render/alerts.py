"""What needs attention about an account, worst first, in words that say what to do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.enrich.ladder import has_lapse
from generator.language import Phrase, phrase, said, say, say_count
from generator.model import Playbook
from generator.problems import Problem, errors_among
from generator.render.formats import day, distance, listed, money, opening, share
from generator.settings import Settings
from generator.settings.rules import Rule

OF_THEIR_OWN = ("below-planned-tier", "renewal-without-plan", "complete-with-one-thread")
"""Contradictions that other alerts tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One reason to look at an account."""

    rank: int
    """0 is worst."""
    level: str
    """bad or watch."""
    text: str
    section: str
    """The section of the account's page that tells more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a check may look at."""

    account: Account
    plan: Playbook
    settings: Settings
    today: datetime.date

    def value(self, key: str) -> Any:
        """A figure's value."""
        figure = self.account.figures.get(key)
        return figure.value if figure else None


def alerts(account: Account, settings: Settings, today: datetime.date) -> tuple[Alert, ...]:
    """All reasons to look at an account, worst first."""
    if account.playbook is None:
        text = say("The file cannot be read; correct it first")
        return (Alert(rank=0, level="bad", text=text, section="findings"),)
    look = Look(account=account, plan=account.playbook, settings=settings, today=today)
    found = [one for check in CHECKS for one in check(look)]
    return tuple(sorted(found, key=lambda one: one.rank))


def is_near(deadline: datetime.date, today: datetime.date, settings: Settings) -> bool:
    """Whether a notice day or a contract's end is so near that a plan for it is wanted."""
    return 0 <= (deadline - today).days <= settings.scoring.contradictions.renewal_days


def _notice(look: Look) -> Iterator[Alert]:
    contract = look.plan.account.contract
    last = (contract.notice_by or contract.end) if contract else None
    if contract is None or last is None or not is_near(last, look.today, look.settings):
        return
    worth = contract.value.value if contract.value else None
    currency = look.plan.economics.currency if look.plan.economics else None
    when = {"distance": distance(last, look.today), "day": day(last)}
    text = (
        say("Notice {distance} ({day})", **when)
        if contract.notice_by
        else say("Contract end {distance} ({day})", **when)
    )
    if worth is not None:
        stake = f"{money(worth)} {currency or ''}".rstrip()
        text = say("{deadline}, {stake}", deadline=text, stake=stake)
    planned = any(
        one.prepares == "renewal" and one.done_on is None for one in look.plan.actions or ()
    )
    if not planned:
        text = say("{deadline}; no action prepares the renewal", deadline=text)
    yield Alert(
        rank=2 if planned else 0,
        level="watch" if planned else "bad",
        text=text,
        section="plan",
    )


def _deal(look: Look) -> Iterator[Alert]:
    verdict = look.value("deal.verdict")
    if verdict in (None, "balanced"):
        return
    yield Alert(
        rank=1,
        level="bad",
        text=look.settings.label("deal_sentences", verdict).rstrip(".。"),
        section="value",
    )


def _knock_outs(look: Look) -> Iterator[Alert]:
    if out := look.value("qualification.knock_outs"):
        text = say("Knocked out on {questions}", questions=listed(say(one) for one in out))
        yield Alert(rank=1, level="bad", text=text, section="summary")


def _posture(look: Look) -> Iterator[Alert]:
    if look.value("selection.posture") == "restructure":
        text = say("It costs more than it brings: restructure or part")
        yield Alert(rank=2, level="watch", text=text, section="summary")
    profit = look.value("selection.retained_profit")
    if profit is not None and profit <= 0:
        text = say("It retains no profit for us")
        yield Alert(rank=1, level="bad", text=text, section="summary")


def _overdue(look: Look) -> Iterator[Alert]:
    late = [
        one
        for one in look.plan.actions or ()
        if one.done_on is None and one.due is not None and one.due < look.today
    ]
    if late:
        first = min(one.due for one in late if one.due is not None)
        text = say_count(
            "{count} action overdue, the oldest since {day}",
            "{count} actions overdue, the oldest since {day}",
            len(late),
            day=day(first),
        )
        yield Alert(rank=3, level="watch", text=text, section="plan")


def _promises(look: Look) -> Iterator[Alert]:
    section = look.plan.relationship
    broken = [
        one
        for one in (section.promises if section else None) or ()
        if one.kept_on is None and one.due is not None and one.due < look.today
    ]
    if broken:
        what, more = broken[0].what, len(broken) - 1
        text = (
            say("Promise broken: {what} and {count} more", what=what, count=more)
            if more
            else say("Promise broken: {what}", what=what)
        )
        yield Alert(rank=2, level="bad", text=text, section="relationship")


def _threads(look: Look) -> Iterator[Alert]:
    threads = look.value("relationship.threads")
    if threads is not None and threads <= 1:
        text = (
            say("We talk with one person there; open a second door")
            if threads
            else say("We talk with nobody there; open a second door")
        )
        yield Alert(rank=2 + threads, level="watch", text=text, section="relationship")


def _lapsed(look: Look) -> Iterator[Alert]:
    rung = look.account.figures.get("relationship.rung")
    if rung is not None and has_lapse(rung):
        text = say("A rung was lost: {why}", why=_with_days(rung.note or ""))
        yield Alert(rank=4, level="watch", text=text, section="relationship")


def _with_days(note: str) -> str:
    """A phrase whose days are written as all others on the page."""
    if not isinstance(note, Phrase):
        return note
    values = {
        name: day(value) if isinstance(value, datetime.date) else value
        for name, value in note.values.items()
    }
    return phrase(note.pattern, **values)


def _clauses(look: Look) -> Iterator[Alert]:
    if gaps := look.value("risk.clause_gaps"):
        text = say_count(
            "{count} own risk without both clauses",
            "{count} own risks without both clauses",
            len(gaps),
        )
        yield Alert(rank=3, level="watch", text=text, section="risk")


def _service(look: Look) -> Iterator[Alert]:
    alignment = look.value("service.alignment")
    if alignment is not None and alignment < look.settings.scoring.service.alignment_from:
        text = say("Service money follows the weights only to {share}", share=share(alignment))
        yield Alert(rank=5, level="watch", text=text, section="service")


def _tier(look: Look) -> Iterator[Alert]:
    planned, tier = look.plan.account.planned_tier, look.value("tier")
    if tier is None:
        text = say("The tier is not known; the market facts are missing")
        yield Alert(rank=4, level="watch", text=text, section="summary")
    elif planned is not None and tier > planned:
        text = say("Tier {tier} by the numbers, {planned} planned", tier=tier, planned=planned)
        yield Alert(rank=3, level="watch", text=text, section="summary")


def _contradictions(look: Look) -> Iterator[Alert]:
    """Those that no other alert tells: the tier, the renewal and the threads have their own."""
    for rule, finding in contradictions(look.account, look.settings):
        if rule.holds.agree not in OF_THEIR_OWN:
            text = opening(said(finding.fault))
            yield Alert(rank=3, level="watch", text=text, section="findings")


def contradictions(account: Account, settings: Settings) -> Iterator[tuple[Rule, Problem]]:
    """Findings that two numbers of the plan disagree, each with its rule."""
    rules = {one.id: one for one in settings.rules.rules if one.holds.agree is not None}
    for finding in account.findings:
        if finding.rule in rules:
            yield rules[finding.rule], finding


def _findings(look: Look) -> Iterator[Alert]:
    errors = errors_among(look.account.findings)
    if errors:
        text = say_count("{count} finding in the plan", "{count} findings in the plan", len(errors))
        yield Alert(rank=6, level="watch", text=text, section="findings")


CHECKS: tuple[Callable[[Look], Iterator[Alert]], ...] = (
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
