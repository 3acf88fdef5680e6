"""The top of an account's page: who they are, four cards, what to do next, what needs attention."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.figures.attention import Item, Level, is_near
from generator.figures.ranking import items
from generator.form.plans import Action
from generator.form.relationship import RUNGS
from generator.language import said
from generator.model.scalars import PARTS
from generator.pages.formats import said_with_days
from generator.pages.view import AccountView
from generator.pages.words import even_sentences
from generator.portfolio.attention import grouped
from generator.portfolio.risks import worst_risk
from generator.problems import errors_among
from generator.rules.gate.together import first_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """What needs a person as pages say it; two that say the same are equal."""

    level: str
    """The class of its mark: bad or watch."""
    text: str
    section: str
    """The section of the account's page that tells more."""
    more: int
    """How many more of its kind there are."""


_MARKS = {Level.ACT: "bad", Level.WATCH: "watch"}


def in_words(items: Iterable[Item]) -> tuple[AlertWords, ...]:
    """What needs a person as pages say it, those of a kind as one."""
    return tuple(
        AlertWords(
            level=_MARKS[group.item.level],
            text=said_with_days(group.item.text),
            section=group.item.section,
            more=group.more,
        )
        for group in grouped(items)
    )


ACTIONS_SHOWN = 5
ALERTS_SHOWN = 4
WEAKEST_SHOWN = 4
QUADRANTS = ("R", "S", "V", "K")


def head_context(view: AccountView) -> dict[str, Any]:
    """What the head's template needs."""
    findings = view.account.findings
    errors = len(errors_among(findings))
    alerts = in_words(item for item in items(view.account) if item.section != "findings")
    return {
        "stake": _stake(view),
        "next": view.playbook.account.next,
        "sentence": _sentence(view),
        "calendar": view.site.offered(f"downloads/accounts/{view.account.id}.ics"),
        "steps": first_steps(view.account, view.site.settings),
        "actions": open_actions(view)[:ACTIONS_SHOWN],
        "more_actions": max(0, len(open_actions(view)) - ACTIONS_SHOWN),
        "alerts": alerts[:ALERTS_SHOWN],
        "more_alerts": sum(1 + alert.more for alert in alerts[ALERTS_SHOWN:]),
        "errors": errors,
        "warnings": len(findings) - errors,
        "deal": _deal_card(view),
        "risk": _risk_card(view),
        "close": _relationship_card(view),
        "whole": _plan_card(view),
    }


def _stake(view: AccountView) -> dict[str, Any] | None:
    """The contract's next deadline and the money that hangs on it."""
    contract = view.playbook.account.contract
    renewal = (contract.notice_by or contract.end) if contract else None
    if contract is None or renewal is None:
        return None
    value = view.known(contract.value)
    return {
        "is_notice": contract.notice_by is not None,
        "day": renewal,
        "value": value,
        "currency": contract.currency or view.currency,
        "days": (renewal - view.today).days,
        "is_near": view.account.case is not None and is_near(view.account.case, renewal),
    }


def _sentence(view: AccountView) -> str:
    """What to do: what the cell means for an account of this status, or that it must be rescued."""
    urgency = view.value("selection.urgency")
    if urgency in view.site.settings.labels.get("urgency_sentences", {}):
        return view.label("urgency_sentences", urgency)
    row, column = view.value("selection.row"), view.value("selection.column")
    status = view.playbook.account.status
    if row is None or column is None or status is None:
        return ""
    return view.label("cell_sentences", f"{row}_{column}_{status}")


def open_actions(view: AccountView) -> list[Action]:
    """Actions that are not done, by due date; those without a date last."""
    far = datetime.date.max
    still_open = [action for action in view.playbook.actions or () if action.done_on is None]
    return sorted(still_open, key=lambda action: action.due or far)


def _deal_card(view: AccountView) -> dict[str, Any]:
    """Whether both sides gain by the deal, and how much room there is to negotiate."""
    values, costs = view.value("value.total_value"), view.value("value.total_cost")
    longest = max(values or 0, costs or 0)
    return {
        "verdict": view.value("deal.verdict"),
        "margin": view.value("deal.our_margin"),
        "delivered": view.figure("value.delivered_value"),
        "balance": view.figure("value.balance"),
        "worth": values,
        "takes": costs,
        "values_width": round(100 * values / longest, 1) if longest and values else 0,
        "costs_width": round(100 * costs / longest, 1) if longest and costs else 0,
        "window": view.value("deal.window"),
        "our_share": view.value("deal.our_share"),
        "even": deal_evenness(view),
        "missing": _missing(view, "deal.verdict"),
    }


def deal_evenness(view: AccountView) -> tuple[str, ...]:
    """Whether nobody can say who gains, in sentences; nothing where it is plain or not known."""
    keys = ("value.delivered_value", "deal.break_even", "deal.our_margin")
    figures = [figure for key in keys if (figure := view.figure(key)) is not None]
    return even_sentences(*figures) if len(figures) == len(keys) else ()


def _risk_card(view: AccountView) -> dict[str, Any]:
    """What may be lost on either side, and what is not covered."""
    return {
        "theirs": view.figure("risk.customer_residual"),
        "ours": view.figure("risk.own_expected_loss"),
        "worst": worst_risk(view.account),
        "gaps": view.value("risk.clause_gaps"),
        "handled": view.value("risk.doubts_handled"),
        "missing": _missing(view, "risk.customer_residual"),
    }


def _relationship_card(view: AccountView) -> dict[str, Any]:
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


def _plan_card(view: AccountView) -> dict[str, Any]:
    """How complete and how mature the plan is, and its weakest parts."""
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
    """The parts to work on next; none where too many are equally weak."""
    weakest = view.value("rsvr.weakest") or ()
    return weakest if len(weakest) <= WEAKEST_SHOWN else ()


def _missing(view: AccountView, key: str) -> tuple[str, ...]:
    figure = view.figure(key)
    missing = figure.missing if figure and figure.value is None else ()
    return tuple(said(name) for name in missing)
