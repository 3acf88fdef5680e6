"""The top of an account's page: who they are, four cards, what to do next, what needs attention."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.language import Phrase, phrase, said, say, say_count
from generator.model.plan import Action
from generator.model.relationship import RUNGS
from generator.model.scalars import PARTS
from generator.pages import formats
from generator.pages.formats import day, distance, listed, money, opening, share
from generator.pages.view import AccountView
from generator.portfolio.attention import Alert, Level, Reason, alerts_of, is_near
from generator.portfolio.risks import worst_risk
from generator.problems import Problem, errors_among
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """An alert as pages say it; two that say the same are equal."""

    level: Level
    text: str
    section: str
    """The section of the account's page that tells more."""


def alerts_in_words(
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


def _deal_works(facts: Facts, saying: _Saying) -> str:
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


def _findings_open(facts: Facts, _: _Saying) -> str:
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
    Reason.DEAL: _deal_works,
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
    Reason.FINDINGS: _findings_open,
}
"""The sentence of each reason."""


ACTIONS_SHOWN = 5
ALERTS_SHOWN = 4
WEAKEST_SHOWN = 4
QUADRANTS = ("R", "S", "V", "K")


def head_context(view: AccountView) -> dict[str, Any]:
    """What the head's template needs."""
    findings = view.account.findings
    errors = len(errors_among(findings))
    alerts = [
        alert
        for alert in alerts_of(view.account, view.site.settings, view.today)
        if alert.section != "findings"
    ]
    return {
        "facts": _facts(view),
        "stake": _stake(view),
        "next": view.plan.account.next if view.plan else None,
        "sentence": _sentence(view),
        "calendar": view.site.offered(f"downloads/accounts/{view.account.id}.ics"),
        "actions": open_actions(view)[:ACTIONS_SHOWN],
        "more_actions": max(0, len(open_actions(view)) - ACTIONS_SHOWN),
        "alerts": alerts_in_words(alerts[:ALERTS_SHOWN], view.site.settings, view.today),
        "more_alerts": max(0, len(alerts) - ALERTS_SHOWN),
        "errors": errors,
        "warnings": len(findings) - errors,
        "deal": _deal(view),
        "risk": _risk(view),
        "close": _close(view),
        "whole": _whole(view),
    }


def _facts(view: AccountView) -> list[str]:
    """Revenue and its growth; the sentence under the title says the rest."""
    revenue = view.value("revenue.last_year")
    if revenue is None:
        return []
    growth = view.value("revenue.growth")
    amount = f"{formats.money(revenue)} {view.currency}"
    if growth is None:
        return [say("{amount} last year", amount=amount)]
    change = formats.signed_share(growth)
    return [say("{amount} last year, {change}", amount=amount, change=change)]


def _stake(view: AccountView) -> dict[str, Any] | None:
    """The contract's next deadline and the money that hangs on it."""
    contract = view.plan.account.contract
    if contract is None or (contract.notice_by is None and contract.end is None):
        return None
    renewal = contract.notice_by or contract.end
    value = view.known(contract.value)
    return {
        "is_notice": contract.notice_by is not None,
        "day": renewal,
        "value": value,
        "days": (renewal - view.today).days,
        "is_near": is_near(renewal, view.today, view.site.settings),
    }


def _sentence(view: AccountView) -> str:
    """What the cell means for an account of this status."""
    row, column = view.value("selection.row"), view.value("selection.column")
    status = view.plan.account.status
    if row is None or column is None or status is None:
        return ""
    return view.label("cell_sentences", f"{row}_{column}_{status}")


def open_actions(view: AccountView) -> list[Action]:
    """Actions that are not done, by due date; those without one last."""
    far = datetime.date.max
    still_open = [one for one in view.plan.actions or () if one.done_on is None]
    return sorted(still_open, key=lambda one: one.due or far)


def _deal(view: AccountView) -> dict[str, Any]:
    """Will they buy, and do we earn?"""
    values, costs = view.value("value.total_value"), view.value("value.total_cost")
    longest = max(values or 0, costs or 0)
    return {
        "verdict": view.value("deal.verdict"),
        "delivered": view.figure("value.delivered_value"),
        "balance": view.figure("value.balance"),
        "worth": values,
        "takes": costs,
        "values_width": round(100 * values / longest, 1) if longest and values else 0,
        "costs_width": round(100 * costs / longest, 1) if longest and costs else 0,
        "window": view.value("deal.window"),
        "our_share": view.value("deal.our_share"),
        "missing": _missing(view, "deal.verdict"),
    }


def _risk(view: AccountView) -> dict[str, Any]:
    """What could go wrong, on both sides?"""
    return {
        "theirs": view.figure("risk.customer_residual"),
        "ours": view.figure("risk.own_expected_loss"),
        "worst": worst_risk(view.account),
        "gaps": view.value("risk.clause_gaps"),
        "handled": view.value("risk.doubts_handled"),
        "missing": _missing(view, "risk.customer_residual"),
    }


def _close(view: AccountView) -> dict[str, Any]:
    """How close the relationship is, and which contacts are active."""
    rung = view.value("relationship.rung")
    target = view.value("relationship.target_rung")
    at = RUNGS.index(rung) if rung else None
    aim = RUNGS.index(target[-1]) if target else None
    return {
        "rung": rung,
        "at": at,
        "aim": aim,
        "steps": RUNGS,
        "next": RUNGS[at + 1] if at is not None and at + 1 < len(RUNGS) else None,
        "figure": view.figure("relationship.rung"),
        "threads": view.value("relationship.threads"),
        "missing": _missing(view, "relationship.rung"),
    }


def _whole(view: AccountView) -> dict[str, Any]:
    """Is the plan complete?"""
    parts = view.value("rsvr.parts") or {}
    return {
        "strength": view.value("rsvr.completeness"),
        "completeness": view.value("completeness"),
        "quadrants": [
            (quadrant, sum(parts.get(part, 0) for part in PARTS if part[0] == quadrant) * 25)
            for quadrant in QUADRANTS
        ],
        "weakest": weakest_parts(view),
    }


def weakest_parts(view: AccountView) -> tuple[str, ...]:
    """Where to work next; nothing while so many parts are alike that none stands out."""
    weakest = view.value("rsvr.weakest") or ()
    return weakest if len(weakest) <= WEAKEST_SHOWN else ()


def _missing(view: AccountView, key: str) -> tuple[str, ...]:
    figure = view.figure(key)
    missing = figure.missing if figure and figure.value is None else ()
    return tuple(said(one) for one in missing)
