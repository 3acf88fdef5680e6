"""Checks that rules.yaml names because they need more than a field or a figure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from generator.model.economics import Outcome
from generator.model.form import ENTRY, FORM, Field
from generator.model.relationship import Gate, Interaction, Referral, Trust
from generator.model.service import SatisfactionScore
from generator.read.document import DataPath
from generator.rules.gate.query import Inquiry, is_unknown
from generator.rules.gate.verdict import Gap, Verdict


def tier_known(inquiry: Inquiry) -> Verdict:
    """A prospect or customer has a tier; the gap names every missing input."""
    figure = inquiry.account.figures.get("tier")
    playbook = inquiry.account.playbook
    status = playbook.account.status if playbook else None
    if status == "former" or figure is None or figure.value is not None:
        return Verdict()
    if figure.missing and not inquiry.not_even_unknown(figure.missing):
        return Verdict(leans_on_unknown=True)
    missing = ", ".join(figure.missing) or figure.note or "a valid status"
    return Verdict(gaps=(Gap(path=("account",), words={"missing": missing}),))


def reviewed_in_time(inquiry: Inquiry) -> Verdict:
    """The whole plan was gone through within its shelf life."""
    days = inquiry.settings.scoring.evidence.shelf_life_days.review
    playbook = inquiry.account.playbook
    reviewed = playbook.account.reviewed if playbook else None
    if reviewed is not None and (inquiry.today - reviewed).days <= days:
        return Verdict()
    words = {"value": f"on {reviewed}" if reviewed else "never", "days": str(days)}
    return Verdict(gaps=(Gap(path=("account", "reviewed"), words=words),))


def unknowns_in_time(inquiry: Inquiry) -> Verdict:
    """No honest unknown is past its day."""
    gaps = []
    for one in inquiry.account.plan.unknowns:
        if one.find_by < inquiry.today.isoformat():
            name = inquiry.name(one.path)
            words = {"field": name, "value": one.find_by, "owner": one.owner or "?"}
            gaps.append(Gap(path=(*one.path, "find_by"), entry=name, words=words))
    return Verdict(gaps=tuple(gaps))


# What happened on a day does not grow stale: it happened on that day
_HAPPENED = (Gate, Interaction, Outcome, Referral, SatisfactionScore, Trust)
# Where a fact's own number stands, beside its date
_NUMBERS = ("value", "amount", "score", "probability")


def facts_fresh(inquiry: Inquiry) -> Verdict:
    """No dated evidence is past its shelf life; undated facts age with the review, another rule.

    One gap a date: a section's evidence is renewed in one place, not in each of its facts.
    """
    case, playbook = inquiry.account.case, inquiry.account.playbook
    gaps: list[Gap] = []
    for section in FORM.children.values():
        if case is None or not case.has_shelf_life(section.name):
            continue
        limit = inquiry.today - datetime.timedelta(days=case.shelf_life((section.name,)))
        node = getattr(playbook, section.attribute)
        for path, dated, as_of in _dated((section.name,), section, node):
            if as_of < limit:
                number = next((one for one in _NUMBERS if _has(dated, one)), "as_of")
                name = inquiry.name(path)
                words = {"field": name, "value": str(as_of)}
                gaps.append(Gap(path=(*path, number), entry=name, words=words))
    return Verdict(gaps=tuple(gaps))


def _has(node: BaseModel, name: str) -> bool:
    return getattr(node, name, None) is not None


def _dated(
    path: DataPath, field: Field, node: Any
) -> Iterator[tuple[DataPath, BaseModel, datetime.date]]:
    """Everything below a place that says when it was true."""
    if isinstance(node, BaseModel) and not isinstance(node, _HAPPENED):
        as_of = getattr(node, "as_of", None)
        if as_of is not None and not is_unknown(node):
            yield path, node, as_of
        for inner in field.children.values():
            yield from _dated((*path, inner.name), inner, getattr(node, inner.attribute))
    elif isinstance(node, (tuple, dict)):
        for step, entry in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _dated((*path, step), field.children[ENTRY], entry)


NAMED_CHECKS: dict[str, Callable[[Inquiry], Verdict]] = {
    "tier-known": tier_known,
    "reviewed-in-time": reviewed_in_time,
    "unknowns-in-time": unknowns_in_time,
    "facts-fresh": facts_fresh,
}
