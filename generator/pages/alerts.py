"""What needs attention about an account, in words that say what to do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.language import Phrase, phrase, said, say, say_count
from generator.pages.formats import day, distance, listed, money, opening, share
from generator.portfolio.attention import Alert, Level, Reason
from generator.problems import Problem
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """An alert as pages say it; two that say the same are equal."""

    level: Level
    text: str
    section: str
    """The section of the account's page that tells more."""


def in_words(
    alerts: Iterable[Alert], settings: Settings, today: datetime.date
) -> tuple[AlertWords, ...]:
    """Alerts as pages say them."""
    return tuple(
        AlertWords(
            level=alert.level,
            text=SENTENCES[alert.reason](alert.facts, _Saying(settings=settings, today=today)),
            section=alert.section,
        )
        for alert in alerts
    )


Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """What a sentence is said by: labels, and the day from which others are counted."""

    settings: Settings
    today: datetime.date


def _notice(facts: Facts, saying: _Saying) -> str:
    when = {"distance": distance(facts["day"], saying.today), "day": day(facts["day"])}
    text = (
        say("Notice {distance} ({day})", **when)
        if facts["is_notice"]
        else say("Contract end {distance} ({day})", **when)
    )
    if facts["worth"] is not None:
        stake = f"{money(facts['worth'])} {facts['currency'] or ''}".rstrip()
        text = say("{deadline}, {stake}", deadline=text, stake=stake)
    if not facts["is_planned"]:
        text = say("{deadline}; no action prepares the renewal", deadline=text)
    return text


def _deal(facts: Facts, saying: _Saying) -> str:
    return saying.settings.label("deal_sentences", facts["verdict"]).rstrip(".。")


def _promise(facts: Facts, _: _Saying) -> str:
    if facts["more"]:
        return say(
            "Promise broken: {what} and {count} more", what=facts["what"], count=facts["more"]
        )
    return say("Promise broken: {what}", what=facts["what"])


def _overdue(facts: Facts, _: _Saying) -> str:
    return say_count(
        "{count} action overdue, the oldest since {day}",
        "{count} actions overdue, the oldest since {day}",
        facts["count"],
        day=day(facts["day"]),
    )


def _few_contacts(facts: Facts, _: _Saying) -> str:
    if facts["count"]:
        return say("We talk with one person there; open a second door")
    return say("We talk with nobody there; open a second door")


def _clauses(facts: Facts, _: _Saying) -> str:
    return say_count(
        "{count} own risk without both clauses",
        "{count} own risks without both clauses",
        facts["count"],
    )


def _findings(facts: Facts, _: _Saying) -> str:
    return say_count("{count} finding in the plan", "{count} findings in the plan", facts["count"])


def _with_days(note: str) -> str:
    """A phrase whose days are written as all others on the page."""
    if not isinstance(note, Phrase):
        return note
    values = {
        name: day(value) if isinstance(value, datetime.date) else value
        for name, value in note.values.items()
    }
    return phrase(note.pattern, **values)


def without_cure(finding: Problem) -> str:
    """What a finding says is wrong, less its advice."""
    return opening(said(finding.fault))


SENTENCES: Mapping[Reason, Callable[[Facts, _Saying], str]] = {
    Reason.UNREADABLE: lambda *_: say("The file cannot be read; correct it first"),
    Reason.NOTICE: _notice,
    Reason.DEAL: _deal,
    Reason.KNOCKED_OUT: lambda facts, _: say(
        "Disqualified: {questions}",
        questions=listed(say(question) for question in facts["questions"]),
    ),
    Reason.RESTRUCTURE: lambda *_: say("It costs more than it brings: fix the terms or leave"),
    Reason.NO_PROFIT: lambda *_: say("It retains no profit for us"),
    Reason.PROMISE_BROKEN: _promise,
    Reason.ACTIONS_OVERDUE: _overdue,
    Reason.FEW_CONTACTS: _few_contacts,
    Reason.CLAUSE_GAPS: _clauses,
    Reason.TIER_UNKNOWN: lambda *_: say("The tier is not known; the market facts are missing"),
    Reason.BELOW_PLANNED_TIER: lambda facts, _: say(
        "Tier {tier} by the numbers, {planned} planned", **facts
    ),
    Reason.RELATIONSHIP_SLIPPED: lambda facts, _: say(
        "Relationship slipped: {why}", why=_with_days(facts["note"])
    ),
    Reason.SERVICE_MISALIGNED: lambda facts, _: say(
        "Service money follows the weights only to {share}", share=share(facts["share"])
    ),
    Reason.CONTRADICTION: lambda facts, _: without_cure(facts["finding"]),
    Reason.FINDINGS: _findings,
}
"""The sentence of each reason."""
