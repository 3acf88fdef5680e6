"""One account as JSON, and what a figure or rule means."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from generator.figures import Account, Figure, Reason, enrich
from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS
from generator.figures.figure import Carrier, measured_in
from generator.figures.parts import asked_by
from generator.language import said
from generator.outputs.report.findings import as_data, plain_data, printable
from generator.outputs.report.show import shown_value
from generator.pages.formats import quantity
from generator.pages.view import AccountView
from generator.portfolio.sums import with_reporting
from generator.read import read_text
from generator.rules.rulebook import Applies, Rule
from generator.rules.validate.built_in import BY_APPROVAL, STAGES, BuiltIn
from generator.rules.validate.plan import plan_of
from generator.settings import Settings
from generator.terminal import json_text


def account_json(account: Account) -> str:
    """Account, figures and findings, numbers unrounded."""
    figures = {
        key: with_reporting(account, figure, figure_data(figure))
        for key, figure in account.figures.items()
    }
    return json_text(account_data(account, figures), indent=2, default=str) + "\n"


def account_data(account: Account, figures: Mapping[str, Any]) -> dict[str, Any]:
    """An account, its figures as they are given, and its findings as plain data."""
    playbook = account.playbook
    return {
        "account": {
            "id": account.id,
            "path": account.document.path,
            **(plain_data(playbook.account) if playbook else {}),
        },
        "figures": figures,
        "findings": [as_data(problem) for problem in account.findings],
    }


def value_data(figure: Figure) -> dict[str, Any]:
    """A figure without its reasons; what is nothing is left out, but for the value."""
    parts = {
        "low": figure.low,
        "high": figure.high,
        "unit": measured_in(figure.unit),
        "confidence": figure.confidence,
        "rank": DEFINITIONS[figure.key].rank,
        "missing": list(figure.missing),
        "waits_on": list(figure.waits_on),
        "note": figure.note,
    }
    kept = {key: part for key, part in parts.items() if part not in (None, [], "")}
    return {"value": plain_data(figure.value), **kept}


def figure_data(figure: Figure) -> dict[str, Any]:
    """A figure as plain data."""
    return {
        "value": plain_data(figure.value),
        "low": figure.low,
        "high": figure.high,
        "unit": measured_in(figure.unit),
        "confidence": figure.confidence,
        "rank": DEFINITIONS[figure.key].rank,
        "rests_on_opinion": figure.rests_on_opinion,
        "find_out_first": _carrier_data(figure.carriers[0]) if figure.carriers else None,
        "reasons": [
            _reason_data(reason) for top in figure.reasons for reason in (top, *top.inputs)
        ],
        "missing": list(figure.missing),
        "waits_on": list(figure.waits_on),
        "note": figure.note,
    }


def _carrier_data(carrier: Carrier) -> dict[str, Any]:
    fact, share = carrier
    return {"name": fact.name, "path": fact.path, "line": fact.line, "carries": share}


def _reason_data(reason: Reason) -> dict[str, Any]:
    return {
        "name": reason.name,
        "value": plain_data(reason.value),
        "unit": measured_in(reason.unit),
        "path": reason.path,
        "line": reason.line,
        "grade": reason.grade,
        "as_of": plain_data(reason.as_of),
        "weight": reason.weight,
        "threshold": reason.threshold,
        "setting": reason.setting,
        "confidence": reason.confidence,
        "carries": reason.carries,
        "stale": reason.stale,
        "note": reason.note,
    }


def definition_text(definition: Definition) -> str:
    """What a figure is, without an account."""
    item = f"\nMethod item: {definition.item}" if definition.item else ""
    return (
        f"{definition.key}: {definition.title} ({definition.unit})\n"
        f"{definition.meaning}\nFormula: {definition.formula}{item}\nRank: {definition.rank}\n"
    )


_BARE = b"schema: 1\nsummary: x\naccount: {name: x, status: customer}\n"
"""A plan that has nothing yet: what a part asks for is what this one lacks."""


def part_text(part: str, settings: Settings, today: datetime.date) -> str:
    """What one of the sixteen parts of a plan is, and what it asks for."""
    (bare,) = enrich((plan_of(read_text(_BARE, "x.yaml")),), settings, today).accounts
    asked = asked_by(part, bare.case) if bare.case is not None else ()
    figures = [each.title for each in DEFINITIONS.values() if each.item == part]
    told = f"Figures: {', '.join(figures)}\n" if figures else ""
    return (
        f"{settings.named('parts', part)}: one of the sixteen parts of a plan\n"
        f"Asks for: {', '.join(asked)}\n"
        f"{told}"
        f"An action that works on it says 'part: {part}'.\n"
        "How far each part of a plan is: playbook explain rsvr.parts --account ID\n"
    )


def part_state_text(parts: Figure, part: str) -> str:
    """How far a part of one account's plan is, what it lacks, and what of it is there."""
    state = next(reason for reason in parts.reasons if reason.name.endswith(f".{part}"))
    lines = [f"Here: {_reason_line(state)}"]
    if state.lacks:
        lines.append(f"Lacks: {', '.join(map(said, state.lacks))}")
    lines.extend(f"  {_reason_line(reason)}" for reason in state.inputs)
    return "".join(f"{printable(line)}\n" for line in lines)


def figure_text(view: AccountView, figure: Figure, change: str = "") -> str:
    """A figure of one account with every reason, and what would move it."""
    lines = [definition_text(DEFINITIONS[figure.key]), f"Value: {shown_value(view, figure)}"]
    if figure.note:
        lines.append(f"Note: {figure.note}")
    if figure.confidence is not None:
        opinion = ", rests on opinion" if figure.rests_on_opinion else ""
        lines.append(f"Confidence: {figure.confidence:.2f}{opinion}")
    if figure.carriers:
        fact, share = figure.carriers[0]
        where = f"{fact.path}:{fact.line}"
        lines.append(f"Find out first: {fact.name} ({share:.0%} of what it may be off) {where}")
    if figure.missing:
        lines.append(f"Missing: {', '.join(figure.missing)}")
    if figure.waits_on:
        names = ", ".join(figure.waits_on)
        lines.append(f"Waits on: {names} (mend what the findings say of it)")
    if change:
        lines.append(f"Cheapest change: {change}")
    lines.extend(f"  {_reason_line(reason)}" for reason in figure.reasons)
    return "".join(f"{printable_block(line)}\n" for line in lines)


def printable_block(text: str) -> str:
    """Printable text that may span lines."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _reason_line(reason: Reason) -> str:
    parts = [f"{reason.name} = {quantity(said(reason.value), reason.unit)}"]
    if reason.grade:
        parts.append(f"{reason.grade}{f' of {reason.as_of}' if reason.as_of else ''}")
    if reason.stale:
        parts.append("past its shelf life")
    if reason.weight is not None:
        parts.append(f"weight {reason.weight:g}")
    if reason.threshold is not None:
        parts.append(f"threshold {reason.threshold:g}")
    if reason.carries is not None:
        parts.append(f"carries {reason.carries:.0%}")
    if reason.note:
        parts.append(reason.note)
    places = [f"{reason.path}:{reason.line}" if reason.path else "", reason.setting or ""]
    parts.extend(place for place in places if place)
    return "; ".join(part for part in parts if part)


# Rules


def rule_text(rule: Rule, settings: Settings) -> str:
    """What a rule asks, of whom, why, and where it stands."""
    index = next(i for i, listed in enumerate(settings.rules.rules) if listed.id == rule.id)
    state = " (switched off)" if rule.off else ""
    return (
        f"{rule.id}: {rule.title or rule.id} ({rule.level}){state}\n"
        f"Applies to: {applies_words(rule.applies)}\n"
        f"Finding: {rule.finding}\n"
        f"Why: {rule.reason.strip()}\n"
        f"Set in: {settings.where('rules', 'rules', index, 'id')}\n"
        f"{_waivers_told(settings)}"
    )


def _waivers_told(settings: Settings) -> str:
    """Where the guide says what to do when a rule does not fit, if the site's place is known."""
    site = settings.site
    guide = site.published("guide/gate.html#waivers") if site.has_guide else None
    return f"Where it does not fit: {guide}\n" if guide else ""


def built_in_text(rule: BuiltIn) -> str:
    """What a rule of the program's own asks, and what lets it pass."""
    reach = "nothing; it is always checked"
    if rule.id == BY_APPROVAL:
        reach = "a waiver with reason, by, until and the number of an approval"
    why = f"Why: {rule.reason}\n" if rule.reason else ""
    return (
        f"{rule.id}: {rule.says} ({rule.level})\n{why}"
        f"Part of: {STAGES[rule.stage]}\n"
        f"Let pass by: {reach}\n"
    )


def applies_words(to: Applies | None) -> str:
    """Whom a rule is for, in words."""
    if to is None:
        return "every account"
    parts = []
    if to.tier:
        parts.append(f"tier {', '.join(to.tier)}")
    if to.status:
        parts.append(f"status {', '.join(to.status)}")
    if to.size:
        parts.append(f"size {', '.join(to.size)}")
    if to.days_to_renewal is not None:
        parts.append(f"within {to.days_to_renewal} days of the notice day or contract end")
    return "; ".join(parts) or "every account"
