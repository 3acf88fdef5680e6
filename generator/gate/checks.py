"""Checks that rules.yaml names because they need more than a field or a figure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.gate.query import Inquiry
from generator.gate.verdict import Gap, Verdict
from generator.read.document import DataPath


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
_HAPPENED = frozenset(("interactions", "outcomes", "satisfaction", "trust", "referrals", "gates"))
# Where a fact's own number stands, beside its date
_NUMBERS = ("value", "amount", "score", "probability")


def facts_fresh(inquiry: Inquiry) -> Verdict:
    """No dated evidence is past its shelf life; undated facts age with the review, another rule.

    One gap a date: a section's evidence is renewed in one place, not in each of its facts.
    """
    case = inquiry.account.case
    gaps: list[Gap] = []
    for section in inquiry.data:
        if case is None or not case.has_shelf_life(section):
            continue
        limit = inquiry.today - datetime.timedelta(days=case.shelf_life((section,)))
        for path, node in _dated((section,), inquiry.data[section]):
            if node["as_of"] < limit.isoformat():
                number = next((one for one in _NUMBERS if one in node), "as_of")
                name = inquiry.name(path)
                words = {"field": name, "value": node["as_of"]}
                gaps.append(Gap(path=(*path, number), entry=name, words=words))
    return Verdict(gaps=tuple(gaps))


def _dated(path: DataPath, node: Any) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
    """Everything below a place that says when it was true."""
    if isinstance(node, dict):
        if isinstance(node.get("as_of"), str) and "unknown" not in node:
            yield path, node
        for key, value in node.items():
            if type(value) in (dict, list) and key not in _HAPPENED:
                yield from _dated((*path, key), value)
    else:
        for index, value in enumerate(node if isinstance(node, list) else ()):
            if type(value) in (dict, list):
                yield from _dated((*path, index), value)


NAMED_CHECKS: dict[str, Callable[[Inquiry], Verdict]] = {
    "tier-known": tier_known,
    "reviewed-in-time": reviewed_in_time,
    "unknowns-in-time": unknowns_in_time,
    "facts-fresh": facts_fresh,
}
