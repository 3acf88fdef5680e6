"""The ladder of the relationship: rung reached, rung to aim for, living threads (items R3, R4)."""

from __future__ import annotations

import calendar
import datetime

from generator.figures.called import contact_called
from generator.figures.case import Case
from generator.figures.contacts import BEFORE_THE_WINDOW, NONE_COUNTS, who_left
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import (
    Figure,
    Reason,
    ReasonKind,
    computed,
    figure_of,
)
from generator.form.relationship import RUNGS, Gate
from generator.language import Phrase, phrase, phrases
from generator.read.document import DataPath

CONFIRMING_OUTCOMES = ("won", "renewed", "expanded")
BY_STATUS = ("aware", "familiar")
NO_GATE = phrase("no gate met")
STILL_TO_COME, ONE_WAY = phrase("still to come"), phrase("one-way")


@figure(
    "relationship.rung",
    title="Relationship stage",
    formula="highest rung with all lower gates met; stale evidence of the last drops one",
    gives=Gives.WORD,
    item="R4",
    section="relationship",
    labels="rungs",
    needs=("relationship.gates", "account.status"),
)
def rung(case: Case) -> Figure:
    """How close the relationship is, by evidence."""
    reasons: list[Reason] = []
    reached = 0
    for step in RUNGS[1:]:
        reason = _met(case, step)
        if reason is None:
            break
        reasons.append(reason)
        reached += 1
    note = None
    if reached and (lapse := _lapsed(case, RUNGS[reached], reasons)):
        note = lapse
        reached -= 1
    if not reasons:
        reasons.append(case.given(("relationship", "gates"), NO_GATE))
    return figure_of(RUNGS[reached], reasons, note=note)


def has_lapse(rung: Figure) -> bool:
    """Whether `relationship.rung` is one lower because its evidence is too old."""
    return any(reason.kind is ReasonKind.LAPSED for reason in rung.reasons)


def _gate(case: Case, rung: str) -> Gate | None:
    return getattr(case.relationship.gates, rung, None)


def _met(case: Case, rung: str) -> Reason | None:
    """The evidence that a rung's gate was met, or None."""
    gate = _gate(case, rung)
    if gate is not None:
        for field in ("confirmed", "date"):
            day = getattr(gate, field)
            if day is not None and day <= case.today:
                return case.given(("relationship", "gates", rung, field), day)
    if _stands_for(case, rung):
        return case.given(
            ("account", "status"),
            case.status,
            note=phrase("stands for {rung}", rung=_rung_in_words(rung)),
        )
    return None


def _stands_for(case: Case, rung: str) -> bool:
    """Whether who buys, or bought, has met a rung's gate by that alone."""
    return rung in BY_STATUS and case.status in ("customer", "former")


def _lapsed(case: Case, rung: str, reasons: list[Reason]) -> str | None:
    """Why the reached rung's evidence no longer holds, or None; what confirms it is noted."""
    confirmed = reasons[-1].value
    if not isinstance(confirmed, datetime.date) or _stands_for(case, rung):
        return None  # the status stands for it, and does not grow old
    scoring = case.settings.scoring.relationship
    where = case.settings.where("scoring", "relationship", "gate_months")
    reasons[-1] = reasons[-1].with_(threshold=scoring.gate_months, setting=where)
    if confirmed >= months_before(case.today, scoring.gate_months):
        return None
    if rung == "customer" and (proof := _still_customer(case)):
        reasons.append(proof)
        return None
    reasons[-1] = reasons[-1].with_(kind=ReasonKind.LAPSED)
    return phrase(
        "{rung} was last confirmed on {day}, more than {months} months ago",
        rung=_rung_in_words(rung),
        day=confirmed,
        months=scoring.gate_months,
    )


def _rung_in_words(rung: str) -> Phrase:
    """A rung in words; a customer is a status too, which other languages call otherwise."""
    return phrase("customer{rung}", rung="") if rung == "customer" else phrase(rung)


def _still_customer(case: Case) -> Reason | None:
    """Revenue or a renewal of the last months, which confirms a customer."""
    since = months_before(case.today, case.settings.scoring.relationship.customer_months)
    for index, entry in enumerate(case.economics.revenue or ()):
        begin, end = case.years.first_day(entry.year), case.years.last_day(entry.year)
        is_recent = begin <= case.today and since <= (entry.to or end)
        if is_recent and (entry.amount or 0) > 0:
            return case.given(("economics", "revenue", index, "amount"), entry.amount)
    for index, outcome in enumerate(case.playbook.outcomes or ()):
        if outcome.kind in CONFIRMING_OUTCOMES and since <= outcome.date <= case.today:
            return case.fact("outcomes", index, "date").with_(note=phrase(outcome.kind))
    return None


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day some months earlier, the month's last day where there is no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@figure(
    "relationship.target_rung",
    title="Relationship stage to aim for",
    formula="by the maintain word",
    unit="two words",
    gives=Gives.WORDS,
    item="R4",
    under="relationship.rung",
    labels="rungs",
)
def target_rung(case: Case) -> Figure:
    """How close it should become."""
    maintain, held = case.figure("selection.maintain"), case.figure("relationship.rung")
    if maintain.value is None:
        return computed(lambda *_: None, (maintain,))
    asked = case.setting("tiers", "maintain", maintain.value, "target_rungs")
    if asked.value:
        return computed(lambda _: (asked.value[0], asked.value[-1]), (maintain,), more=(asked,))
    return computed(lambda _, now: (now, now), (maintain, held), more=(asked,))


@figure(
    "relationship.threads",
    title="Active contacts",
    formula="contacts with a two-way exchange within the window",
    unit="contacts",
    item="R3",
    section="relationship",
    rank=Rank.HEADLINE,
    needs=("relationship.contacts", "relationship.interactions"),
)
def threads(case: Case) -> Figure:
    """How many of their people really talk with us."""
    window = case.setting("scoring", "relationship", "window_days", unit="days")
    since = case.today - datetime.timedelta(days=window.value)
    left = who_left(case)
    known = {contact.id for contact in case.relationship.contacts or ()}
    active: set[str] = set()
    reasons: list[Reason] = []
    beside: list[tuple[set[str], tuple[Reason, ...]]] = []
    for index, interaction in enumerate(case.relationship.interactions or ()):
        present = [
            contact for contact in interaction.contacts or () if contact in known - left.keys()
        ]
        if not interaction.two_way or not since <= interaction.date <= case.today:
            beside.append((set(present), _no_thread(case, index, interaction.date, since)))
            continue
        beside.extend(
            ({name}, (left[name],)) for name in interaction.contacts or () if name in left
        )
        if present:
            active.update(present)
            reasons.extend(_exchange(case, index, present))
    inputs = reasons or [case.given(("relationship", "interactions"), 0, note=NONE_COUNTS)]
    would_matter = [reason for whom, why in beside if whom - active for reason in why]
    would_matter += [case.fact(*path) for name, path in _leaving(case) if name in active]
    return figure_of(len(active), inputs, more=(*dict.fromkeys(would_matter), window))


def _leaving(case: Case) -> list[tuple[str, DataPath]]:
    """Contacts whose last day is still to come, and where that stands."""
    return [
        (contact.id, ("relationship", "contacts", index, "left_on"))
        for index, contact in enumerate(case.relationship.contacts or ())
        if contact.left_on is not None and not contact.has_left(case.today)
    ]


def _exchange(case: Case, index: int, contacts: list[str]) -> tuple[Reason, ...]:
    """A two-way exchange that counts: its day, with whom."""
    path = ("relationship", "interactions", index)
    names = phrases((contact_called(case, contact) for contact in contacts), ", ")
    return (
        case.fact(*path, "date").with_(note=phrase("with {names}", names=names)),
        case.fact(*path, "contacts").with_(value=phrases(contacts, ", ")),
        case.fact(*path, "two_way"),
    )


def _no_thread(
    case: Case, index: int, day: datetime.date, since: datetime.date
) -> tuple[Reason, ...]:
    """Why an exchange makes no thread: too old, still to come, or one-way."""
    path = ("relationship", "interactions", index)
    if day < since:
        return (case.fact(*path, "date").with_(note=BEFORE_THE_WINDOW, stale=False),)
    if day > case.today:
        return (case.fact(*path, "date").with_(note=STILL_TO_COME),)
    one_way = case.fact(*path, "two_way")
    return (one_way.with_(note=ONE_WAY),) if one_way.value is not None else ()
