"""What a brief tells of one account: enough for a meeting, and never more than two sheets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.figures.value import horizon
from generator.model.playbook import Link
from generator.pages.alerts import without_cure
from generator.pages.brief.people import people_context
from generator.pages.brief.pieces import Cut, Footnotes, cut, opening_of
from generator.pages.drawings.balance import Balance
from generator.pages.formats import shortened
from generator.pages.head import head_context, open_actions
from generator.pages.section_plan import buying_reasons
from generator.pages.section_risk import risk_rows
from generator.pages.section_value import context as value_context
from generator.pages.view import AccountView
from generator.portfolio.attention import contradictions_of
from generator.portfolio.dates import DayKind, Entry, entries

SUMMARY_SIGNS = 560
NOTES, TALKS, ALERTS = 2, 3, 3
ACTIONS, PROMISES, STEPS = 5, 4, 3
RISKS, REASONS, ISSUES, DEALS = 3, 4, 4, 3
UNKNOWNS, CONTRADICTIONS, DATES, DOCUMENTS = 4, 3, 6, 4
RIVALS, NAME_SIGNS = 2, 24
YEAR = 366
KINDS = frozenset(
    (
        DayKind.NOTICE,
        DayKind.END,
        DayKind.TENDER,
        DayKind.CONSENT,
        DayKind.OBJECTIVE,
        DayKind.DECISION,
    )
)
"""Days that matter in the room and have no heading of their own."""
NUMBERS = (
    "revenue.last_year",
    "value.delivered_value",
    "selection.retained_profit",
    "deal.window",
    "risk.customer_residual",
    "relationship.rung",
)
"""Figures whose lack is worth a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document elsewhere, with its footnote where it lies in the web."""

    link: Link
    note: int | None


def account_context(view: AccountView, footnotes: Footnotes, part: float) -> dict[str, Any]:
    """What the template needs beside the view; `part` of it where there is too much of it.

    Footnotes are numbered in the order of the page.
    """
    plan, head = view.plan, head_context(view)
    value = value_context(view)
    days = tuple(_days(view))
    talks = plan.value.negotiation if plan.value else None
    website = footnotes.number(plan.account.website)
    return {
        **head,
        "part": part,
        "years": _horizon(view),
        "website": website,
        "text": opening_of(plan.summary, SUMMARY_SIGNS * part, footnotes) if plan.summary else "",
        "notes": cut(_newest(plan.account.notes), NOTES * part),
        "balance": _small(value["balance"]),
        "window": value["window"],
        "unknown_numbers": view.unknown(NUMBERS),
        **people_context(view, part),
        "talks": cut([one for one in _newest(_talks(view)) if one.note], TALKS * part),
        "do": cut(open_actions(view), ACTIONS * part),
        "promises": cut(_open(_promises(view)), PROMISES * part),
        "steps": cut(_open(plan.buying.steps if plan.buying else None), STEPS * part),
        "attention": cut(head["alerts"], ALERTS * part),
        "risks": cut(risk_rows(view), RISKS * part),
        "reasons": cut(buying_reasons(view), REASONS * part),
        "issues": cut(_issues(talks), ISSUES * part),
        "deals": cut(_deals(view), DEALS * part),
        "disagree": cut(_contradictions(view), CONTRADICTIONS * part),
        "unknowns": cut(
            [entry for entry in days if entry.kind is DayKind.UNKNOWN], UNKNOWNS * part
        ),
        "days": cut([one for one in days if _is_coming(view, one)], DATES * part),
        "documents": _documents(view, footnotes, part),
    }


def _small(drawing: Balance | None) -> Balance | None:
    """The balance with the first rivals only, their names cut to half a sheet."""
    if drawing is None:
        return None
    named = (replace(one, name=shortened(one.name, NAME_SIGNS)) for one in drawing.rivals[:RIVALS])
    return replace(drawing, rivals=tuple(named))


def _horizon(view: AccountView) -> int:
    """Over how many years profit is counted."""
    case = view.account.case
    return int(horizon(case).value) if case else view.site.settings.thresholds.horizon_years


def _days(view: AccountView) -> list[Entry]:
    days = entries(view.site.portfolio, view.account)
    return sorted(days, key=lambda entry: (entry.day, not entry.is_fixed, entry.what))


def _is_coming(view: AccountView, entry: Entry) -> bool:
    ahead = (entry.day - view.today).days
    return 0 <= ahead <= YEAR and entry.kind in KINDS


def _newest(found: Any) -> list[Any]:
    return sorted(found or (), key=lambda one: one.date, reverse=True)


def _talks(view: AccountView) -> Iterator[Any]:
    section = view.plan.relationship
    for one in (section.interactions if section else None) or ():
        if one.date <= view.today:
            yield one


def _promises(view: AccountView) -> list[Any]:
    """What we promised and have not kept."""
    section = view.plan.relationship
    return [one for one in (section.promises if section else None) or () if one.kept_on is None]


def _open(found: Any) -> list[Any]:
    """What is not done, by due date; without one last."""
    still = [one for one in found or () if getattr(one, "done_on", None) is None]
    return sorted(still, key=lambda one: one.due or datetime.date.max)


def _issues(talks: Any) -> list[Any]:
    """What is negotiated, what matters most to us first."""
    found = (talks.issues if talks else None) or ()
    return sorted(found, key=lambda one: -(one.our_priority or 0))


def _deals(view: AccountView) -> list[Any]:
    """Opportunities that are open, the largest first."""
    still = [
        one
        for one in view.plan.opportunities or ()
        if one.probability not in (0, 1) and not (one.steps and one.steps.close)
    ]
    return sorted(still, key=lambda one: -(one.amount or 0))


def _contradictions(view: AccountView) -> list[str]:
    """What disagrees with what, as findings say it, without their advice."""
    disagreeing = contradictions_of(view.account, view.site.settings)
    return [without_cure(finding) for _, finding in disagreeing]


def _documents(view: AccountView, footnotes: Footnotes, part: float) -> Cut:
    first = cut(view.plan.account.documents or (), DOCUMENTS * part)
    shown = tuple(Document(link=one, note=footnotes.number(one.url)) for one in first.shown)
    return Cut(shown=shown, more=first.more)
