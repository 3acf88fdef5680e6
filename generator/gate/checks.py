"""Checks that rules.yaml names because they need more than a field or a figure."""

from __future__ import annotations

from collections.abc import Callable

from generator.gate.query import Inquiry
from generator.gate.verdict import Gap, Verdict
from generator.read.document import Place


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


def facts_fresh(inquiry: Inquiry) -> Verdict:
    """No input of a figure is past its shelf life; one gap a place in the file."""
    gaps: dict[Place, Gap] = {}
    full = inquiry.account
    for figure in full.figures.values():
        for reason in figure.reasons:
            if reason.stale and reason.line is not None and reason.path == full.document.path:
                place = Place(reason.line, reason.column or 1)
                words = {"field": reason.name, "value": str(reason.as_of)}
                gaps.setdefault(place, Gap(place=place, entry=reason.name, words=words))
    return Verdict(gaps=tuple(gaps[place] for place in sorted(gaps)))


NAMED_CHECKS: dict[str, Callable[[Inquiry], Verdict]] = {
    "tier-known": tier_known,
    "reviewed-in-time": reviewed_in_time,
    "unknowns-in-time": unknowns_in_time,
    "facts-fresh": facts_fresh,
}
