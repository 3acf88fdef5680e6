"""The ladder of the relationship: rung reached, rung to aim for, living threads (items R3, R4)."""

from __future__ import annotations

import calendar
import datetime

from generator.enrich.case import Case
from generator.enrich.figure import Figure, Reason, computed, mean_confidence, null
from generator.model.relationship import RUNGS, Gate

CONFIRMING_OUTCOMES = ("won", "renewed", "expanded")
BY_STATUS = ("aware", "familiar")


def rung_figure(case: Case) -> Figure:
    """The highest rung with all lower gates met; stale evidence of the last drops one rung."""
    key = "relationship.rung"
    section = case.playbook.relationship
    missing = [] if section and section.gates is not None else ["relationship.gates"]
    if case.status is None:
        missing.append("account.status")
    if missing:
        return null(key, missing=missing)
    reasons: list[Reason] = []
    reached = 0
    for rung in RUNGS[1:]:
        reason = _met(case, rung)
        if reason is None:
            break
        reasons.append(reason)
        reached += 1
    note = None
    if reached and (lapse := _lapsed(case, RUNGS[reached], reasons)):
        note = lapse
        reached -= 1
    if not reasons:
        reasons.append(case.given(("relationship", "gates"), "no gate met"))
    return Figure(
        key=key,
        value=RUNGS[reached],
        confidence=mean_confidence(reasons),
        reasons=tuple(reasons),
        note=note,
    )


def _gate(case: Case, rung: str) -> Gate | None:
    section = case.playbook.relationship
    return getattr(section.gates, rung) if section and section.gates else None


def _met(case: Case, rung: str) -> Reason | None:
    """The evidence that a rung's gate was met, or None."""
    gate = _gate(case, rung)
    if gate is not None:
        for field in ("confirmed", "date"):
            day = getattr(gate, field)
            if day is not None and day <= case.today:
                return case.given(("relationship", "gates", rung, field), day)
    if rung in BY_STATUS and case.status in ("customer", "former"):
        return case.given(("account", "status"), case.status, note=f"stands for {rung}")
    return None


def _lapsed(case: Case, rung: str, reasons: list[Reason]) -> str | None:
    """Why the reached rung's evidence no longer holds, or None; what confirms it is noted."""
    gate = _gate(case, rung)
    confirmed = (gate.confirmed or gate.date) if gate else None
    if confirmed is None:
        return None  # the status stands for it
    scoring = case.settings.scoring.relationship
    where = case.settings.where("scoring", "relationship", "gate_months")
    reasons[-1] = reasons[-1].with_(threshold=scoring.gate_months, setting=where)
    if confirmed >= months_before(case.today, scoring.gate_months):
        return None
    if rung == "customer" and (proof := _still_customer(case)):
        reasons.append(proof)
        return None
    return f"{rung} was last confirmed on {confirmed}, more than {scoring.gate_months} months ago"


def _still_customer(case: Case) -> Reason | None:
    """Revenue or a renewal of the last months, which confirms a customer."""
    since = months_before(case.today, case.settings.scoring.relationship.customer_months)
    economics = case.playbook.economics
    for index, entry in enumerate((economics.revenue if economics else None) or ()):
        until = entry.to or datetime.date(entry.year, 12, 31)
        if entry.amount and since <= until:
            return case.given(("economics", "revenue", index, "amount"), entry.amount)
    for index, outcome in enumerate(case.playbook.outcomes or ()):
        if outcome.kind in CONFIRMING_OUTCOMES and since <= outcome.date <= case.today:
            return case.given(("outcomes", index, "kind"), outcome.kind)
    return None


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day some months earlier, the month's last day where there is no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def target_rung_figure(case: Case) -> Figure:
    """The lowest and highest rung to aim for, by the maintain word."""
    maintain = case.figure("selection.maintain")
    rung = case.figure("relationship.rung")
    if maintain.value is None:
        return computed("relationship.target_rung", lambda *_: None, (maintain,))
    asked = case.setting("tiers", "maintain", maintain.value, "target_rungs")
    if asked.value:
        return computed(
            "relationship.target_rung",
            lambda _: (asked.value[0], asked.value[-1]),
            (maintain,),
            more=(asked,),
        )
    return computed(
        "relationship.target_rung", lambda _, held: (held, held), (maintain, rung), more=(asked,)
    )


def threads_figure(case: Case) -> Figure:
    """Contacts with a two-way exchange within the window; one is an alarm."""
    key = "relationship.threads"
    section = case.playbook.relationship
    missing = [
        f"relationship.{field}"
        for field in ("contacts", "interactions")
        if section is None or getattr(section, field) is None
    ]
    if missing or section is None:
        return null(key, missing=missing)
    here = {
        one.id for one in section.contacts or () if one.left_on is None or one.left_on > case.today
    }
    window = case.setting("scoring", "relationship", "window_days", unit="days")
    since = case.today - datetime.timedelta(days=window.value)
    threads: dict[str, None] = {}
    reasons: list[Reason] = []
    for index, one in enumerate(section.interactions or ()):
        known = [contact for contact in one.contacts or () if contact in here]
        if one.two_way and known and since <= one.date <= case.today:
            threads.update(dict.fromkeys(known))
            reasons.append(
                case.given(
                    ("relationship", "interactions", index, "date"),
                    one.date,
                    note=f"with {', '.join(known)}",
                )
            )
    if not reasons:
        reasons.append(case.given(("relationship", "interactions"), 0, note="none in the window"))
    return Figure(
        key=key,
        value=len(threads),
        unit="contacts",
        confidence=mean_confidence(reasons),
        reasons=(*reasons, window),
    )
