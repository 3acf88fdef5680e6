"""What needs a person about an account: one list, which pages, JSON, exports and diffs all show.

Spec: `attention`, `attention.stake`, `attention.place`. The list itself is made once the gate has
looked, in `findings`; here is what an account's own facts and figures put on it.
"""

from __future__ import annotations

import datetime
import enum
import itertools
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from generator.figures.called import fact_called
from generator.figures.case import Case
from generator.figures.definition import Gives, figure
from generator.figures.economics import revenue_before, stopped_feeds
from generator.figures.figure import (
    Figure,
    Reason,
    computed,
    exceeds,
    figure_of,
    missing_among,
    null,
    reaches,
)
from generator.figures.health import Health, health_of
from generator.figures.keeping_up import waiting_contacts
from generator.figures.ladder import months_before
from generator.figures.name import words_of_id
from generator.figures.sales import is_signed
from generator.figures.signals import (
    MEASURES,
    Alarm,
    EventKind,
    Letter,
    Signal,
    alarms_of,
    events_of,
    open_and_late,
    severity_of,
)
from generator.figures.varied import highest
from generator.language import Phrase, phrase, phrases
from generator.problems import Problem

FULL = 100.0
CAUSES_SHOWN = 2
"""What costs most health, as the first item names it."""
NO_PRICE = phrase("no contract value, price or revenue is known")


class Level(enum.StrEnum):
    """How urgent it is."""

    ACT = "act"
    WATCH = "watch"


class Need(enum.StrEnum):
    """Why a person is needed; those that decide most first."""

    UNREADABLE = "unreadable"
    HEALTH = "health"
    CONTRACT = "contract"
    DEAL = "deal"
    REVENUE_FELL = "revenue-fell"
    USAGE_FELL = "usage-fell"
    TRUST_FELL = "trust-fell"
    SATISFACTION_FELL = "satisfaction-fell"
    KEY_PERSON_LEFT = "key-person-left"
    CASE = "case"
    PROMISE = "promise"
    DISQUALIFIED = "disqualified"
    NO_PROFIT = "no-profit"
    RESTRUCTURE = "restructure"
    OPEN_DEAL = "open-deal"
    ACTION = "action"
    CONTACT = "contact"
    UNKNOWN = "unknown"
    ERROR = "error"
    OUTCOME = "outcome"
    STAGE_LOST = "stage-lost"
    FEED = "feed"
    MEASURE = "measure"
    LETTER = "letter"
    FEW_CONTACTS = "few-contacts"
    SERVICE = "service"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that needs a person."""

    id: str
    """The same as long as it is the same thing: its kind, and of several the entry."""
    kind: Need
    level: Level
    since: datetime.date | None = None
    due: datetime.date | None = None
    stake: float | None = field(default=None, compare=False)
    """Money that hangs on it, in the reporting currency; it moves and the item stays the same."""
    own_stake: float | None = field(default=None, compare=False)
    """The same in the account's currency, which is known without an exchange rate."""
    text: str
    section: str
    """The section of the account's page that tells more."""
    line: int | None = field(default=None, compare=False)
    """Where in the account's file it was read from; None where it rests on figures alone."""
    column: int | None = field(default=None, compare=False)
    weight: float = field(default=0.0, compare=False)
    """How much it counts among its kind, such as the influence of whom we keep waiting."""

    def __str__(self) -> str:
        """What is to be said."""
        return self.text


UNREADABLE = Item(
    id=Need.UNREADABLE.value,
    kind=Need.UNREADABLE,
    level=Level.ACT,
    text=phrase("The file cannot be read; correct it first"),
    section="findings",
)


class AtStake(NamedTuple):
    """Money that hangs on something: in the account's currency and in the reporting currency."""

    own: float | None
    reporting: float | None


NOTHING_AT_STAKE = AtStake(None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An item with what it was read from."""

    item: Item
    reasons: tuple[Reason, ...]


SIGNAL_NAMES: Mapping[Signal | EventKind, Phrase] = {
    Signal.THREADS: phrase("active contacts"),
    Signal.MOOD: phrase("how they feel about us"),
    Signal.TRUST: phrase("trust"),
    Signal.RHYTHM: phrase("contacts kept waiting"),
    Signal.SATISFACTION: phrase("satisfaction"),
    Signal.CASES: phrase("cases closed on time"),
    Signal.PROMISES: phrase("promises kept"),
    Signal.DELIVERED: phrase("service delivered"),
    Signal.REVENUE: phrase("change of revenue"),
    Signal.USAGE: phrase("change of usage"),
    Signal.VALUE_FOR_COST: phrase("value for cost"),
    Signal.THEIR_RISK: phrase("their risk"),
    Signal.OUR_LOSS: phrase("our expected loss"),
    Signal.DAYS_LATE: phrase("late payment"),
    EventKind.KEY_PERSON_LEFT: phrase("a key person who left"),
    EventKind.STAGE_LOST: phrase("a stage of the relationship lost"),
    EventKind.OUTCOME: phrase("business lost"),
    EventKind.CASE_LATE: phrase("cases past their day"),
}
"""What health is made of, within a sentence."""
_LETTER_NAMES = {
    Letter.RELATIONSHIP: phrase("relationship"),
    Letter.SERVICE: phrase("service"),
    Letter.VALUE: phrase("value"),
    Letter.RISK: phrase("risk"),
}
_SECTIONS = {
    Letter.RELATIONSHIP: "relationship",
    Letter.SERVICE: "service",
    Letter.VALUE: "value",
    Letter.RISK: "risk",
}
_TOLD_BY: Mapping[Signal, Need] = {
    Signal.THREADS: Need.FEW_CONTACTS,
    Signal.TRUST: Need.TRUST_FELL,
    Signal.RHYTHM: Need.CONTACT,
    Signal.SATISFACTION: Need.SATISFACTION_FELL,
    Signal.CASES: Need.CASE,
    Signal.PROMISES: Need.PROMISE,
    Signal.REVENUE: Need.REVENUE_FELL,
    Signal.USAGE: Need.USAGE_FELL,
}
"""What says more of the same than that a measure is low."""


def needs_of(
    case: Case, findings: Collection[Problem], clashes: Collection[Problem]
) -> list[Shown]:
    """All that needs a person, the most urgent first; what two would say is said once.

    `clashes` are those findings that two numbers disagree. A finding of the gate about a
    day that the account's own facts have told of already is left out.
    """
    is_customer = case.status == "customer"
    sources = (*_OF_CUSTOMERS, *_OF_ALL) if is_customer else _OF_ALL
    own = [shown for source in sources for shown in source(case)]
    told = {shown.item.kind for shown in own}
    low = _low_measures(case) if is_customer else ()
    own += [shown for signal, shown in low if _TOLD_BY.get(signal) not in told]
    dated = [reason for shown in own if shown.item.due for reason in shown.reasons]
    places = {(reason.line, reason.column) for reason in dated}
    gate = [
        _finding(problem, is_clash=problem in clashes)
        for problem in findings
        if (problem.level == "error" or problem in clashes)
        and (problem.line, problem.column) not in places
    ]
    return sorted((*own, *gate), key=_urgency)


def _urgency(shown: Shown) -> tuple[object, ...]:
    item = shown.item
    day = item.due or item.since or datetime.date.max
    return (item.level, tuple(Need).index(item.kind), -item.weight, day)


def _shown(  # noqa: PLR0913 - each is one trait of an item
    kind: Need,
    level: Level,
    text: str,
    section: str,
    *reasons: Reason,
    entry: str = "",
    since: datetime.date | None = None,
    due: datetime.date | None = None,
    stake: AtStake = NOTHING_AT_STAKE,
    weight: float = 0.0,
) -> Shown:
    place = next((reason for reason in reasons if reason.path is not None), None)
    item = Item(
        id=f"{kind}.{entry}" if entry else kind.value,
        kind=kind,
        level=level,
        since=since,
        due=due,
        stake=stake.reporting,
        own_stake=stake.own,
        text=text,
        section=section,
        line=place.line if place else None,
        column=place.column if place else None,
        weight=weight,
    )
    return Shown(item=item, reasons=reasons)


def _late(
    kind: Need,
    text: str,
    section: str,
    day: Reason,
    entry: str,
    stake: AtStake = NOTHING_AT_STAKE,
) -> Shown:
    """Something whose day has passed."""
    due = day.value
    return _shown(kind, Level.ACT, text, section, day, entry=entry, since=due, due=due, stake=stake)


def _at_stake(case: Case, amount: float | None) -> AtStake:
    rate = case.rate()
    return AtStake(amount, None if amount is None or rate is None else amount * rate)


def _worth(case: Case, *path: str | int) -> AtStake:
    """An amount of the playbook in both currencies, by the currency it is written in."""
    amount, currency = case.fact(*path).value, case.currency_at(path)
    rate = case.settings.rate(currency, case.today) if currency else None
    in_reporting = None if amount is None or rate is None else amount * rate
    return AtStake(_in_own(case, *path), in_reporting)


def _in_own(case: Case, *path: str | int) -> float | None:
    """An amount of the playbook in the account's currency; None without a rate between two."""
    amount, factor = case.fact(*path).value, case.exchange_at(*path).factor
    return None if amount is None or factor is None else amount * factor


def _amount(case: Case, value: float, currency: str | None = None) -> str:
    return f"{value:,.0f} {currency or case.currency or ''}".strip()


def _stake(case: Case) -> AtStake:
    return AtStake(own_stake(case), case.figures["attention.stake"].value)


def is_ruled_out(case: Case) -> bool:
    """Whether they are no customer and do not qualify: nothing of ours hangs on them."""
    return case.status != "customer" and bool(case.figures["qualification.knock_outs"].value)


def own_stake(case: Case) -> float | None:
    """The stake in the account's currency; None where it is not known, or told nobody."""
    if "attention.stake" in case.hidden:
        return None
    if is_ruled_out(case):
        return 0.0
    price, before = case.fact("economics", "price"), revenue_before(case)
    amounts = (_in_own(case, *_VALUE), price.value, before.value)
    known = [amount for amount in amounts if amount is not None]
    return max(0, *known) if known else None


_HEALTH_TEXTS = {
    "critical": phrase("Critical: health {points} of 100, pulled down most by {causes}"),
    "at_risk": phrase("At risk: health {points} of 100, pulled down most by {causes}"),
    "watch": phrase("To be watched: health {points} of 100, pulled down most by {causes}"),
}


def _health(case: Case) -> Iterator[Shown]:
    word, health = case.figure("health.word"), case.figure("health")
    if word.value not in _HEALTH_TEXTS:
        return
    drivers = case.figures["health.drivers"].value or {}
    names = {str(signal): name for signal, name in SIGNAL_NAMES.items()}
    causes = phrases([names[each] for each in list(drivers)[:CAUSES_SHOWN]], ", ")
    pattern = _HEALTH_TEXTS[word.value].pattern
    text = phrase(pattern, points=math.floor(health.value), causes=causes)
    level = Level.WATCH if word.value == "watch" else Level.ACT
    yield _shown(Need.HEALTH, level, text, "summary", word, health, stake=_stake(case))


_FELL: Mapping[Alarm, tuple[Need, Phrase, str]] = {
    Alarm.REVENUE_FELL: (Need.REVENUE_FELL, phrase("Their revenue fell by {share}"), "summary"),
    Alarm.USAGE_FELL: (Need.USAGE_FELL, phrase("Their usage fell by {share}"), "service"),
    Alarm.TRUST_FELL: (Need.TRUST_FELL, phrase("Their trust in us fell sharply"), "relationship"),
    Alarm.SATISFACTION_FELL: (
        Need.SATISFACTION_FELL,
        phrase("Their satisfaction fell sharply"),
        "service",
    ),
}


def _falls(case: Case) -> Iterator[Shown]:
    """Alarms of what fell; those of people, cases and the contract are told with these."""
    for alarm, reason in alarms_of(case).items():
        if alarm not in _FELL:
            continue
        kind, text, section = _FELL[alarm]
        changes = reason.value.values() if isinstance(reason.value, Mapping) else [reason.value]
        worst = min(change for change in changes if change is not None)
        if "{share}" in text:
            text = phrase(text.pattern, share=f"{-FULL * worst:.0f} %")
        since = reason.as_of
        shown = reason.with_(value=worst)
        yield _shown(kind, Level.ACT, text, section, shown, since=since, stake=_stake(case))


def _events(case: Case) -> Iterator[Shown]:
    """Who left, a stage that was lost, business that was lost; late cases tell themselves."""
    for event in events_of(case):
        day, reason = event.day, event.reason
        if event.kind is EventKind.KEY_PERSON_LEFT:
            text = phrase("{name} has left, and nobody follows", name=reason.note or "")
            yield _shown(
                Need.KEY_PERSON_LEFT,
                Level.ACT,
                text,
                "relationship",
                reason,
                entry=reason.note or "",
                since=day,
            )
        elif event.kind is EventKind.STAGE_LOST:
            text = phrase("The relationship slipped a stage: {why}", why=reason.note or "")
            yield _shown(Need.STAGE_LOST, Level.WATCH, text, "relationship", reason)
        elif event.kind is EventKind.OUTCOME:
            text = phrase("Business {what} on {day}", what=reason.note or "", day=day)
            entry = str(day)
            yield _shown(Need.OUTCOME, Level.WATCH, text, "summary", reason, entry=entry, since=day)


def contract_end(case: Case) -> Reason | None:
    """The last day of the contract in force: one that renews by itself goes on by the year."""
    contract = case.playbook.account.contract
    if contract is None or contract.end is None:
        return None
    end = case.fact("account", "contract", "end")
    if not contract.auto_renews or end.value >= case.today:
        return end
    years = itertools.count(1)
    renewed = (months_before(contract.end, -12 * year) for year in years)
    return end.with_(value=next(day for day in renewed if day >= case.today))


def is_prepared(case: Case) -> bool:
    """Whether an open action prepares the renewal."""
    return any(
        action.prepares == "renewal" and action.done_on is None
        for action in case.playbook.actions or ()
    )


def renewal_day(case: Case) -> Reason | None:
    """The day that the renewal turns on next: the notice day to come, else the contract's end."""
    contract = case.playbook.account.contract
    if contract is not None and contract.notice_by and contract.notice_by >= case.today:
        return case.fact("account", "contract", "notice_by")
    return contract_end(case)


def is_near(case: Case, day: datetime.date) -> bool:
    """Whether a notice day or a contract's end is so near that a plan for it is wanted."""
    return 0 <= (day - case.today).days <= case.settings.scoring.contradictions.renewal_days


def _contract(case: Case) -> Iterator[Shown]:
    """A contract that ended, a notice day that passed, one that is near."""
    alarms = alarms_of(case)
    passed = {
        Alarm.CONTRACT_ENDED: phrase("The contract ended on {day}, and none follows"),
        Alarm.NOTICE_PASSED: phrase("The notice day {day} passed without a decision"),
    }
    for alarm, pattern in passed.items():
        if alarm in alarms:
            day = alarms[alarm]
            text = phrase(pattern.pattern, day=day.value)
            yield _late(Need.CONTRACT, text, "summary", day, "", _contract_value(case))
            return
    turns = renewal_day(case)
    if turns is None or not is_near(case, turns.value):
        return
    prepared = is_prepared(case)
    what = _turn(case, turns)
    text = (
        phrase("{what}; the renewal is being prepared", what=what)
        if prepared
        else phrase("{what}; no action prepares the renewal", what=what)
    )
    days = datetime.timedelta(days=case.settings.scoring.contradictions.renewal_days)
    yield _shown(
        Need.CONTRACT,
        Level.WATCH if prepared else Level.ACT,
        text,
        "summary",
        turns,
        since=turns.value - days,
        due=turns.value,
        stake=_contract_value(case),
    )


def _turn(case: Case, turns: Reason) -> Phrase:
    """What comes on the day that the renewal turns on, and what it is about."""
    is_notice = turns.name.endswith("notice_by")
    what = (
        _deadline(case, turns.value)
        if is_notice
        else phrase("The contract ends on {day}", day=turns.value)
    )
    value = case.fact(*_VALUE).value
    if value is None:
        return what
    amount = _amount(case, value, case.currency_at(_VALUE))
    return phrase("{what}, {amount} a year", what=what, amount=amount)


def _deadline(case: Case, day: datetime.date) -> Phrase:
    """Nobody gives notice of a contract that ends by itself."""
    if case.fact("account", "contract", "auto_renews").value is False:
        return phrase("Renewal deadline {day}", day=day)
    return phrase("Notice deadline {day}", day=day)


_VALUE = ("account", "contract", "value")


def _contract_value(case: Case) -> AtStake:
    return _stake(case) if case.fact(*_VALUE).value is None else _worth(case, *_VALUE)


_VERDICTS = {
    "they_will_not_buy": phrase("We would gain, but they are better off without us"),
    "no_deal": phrase("Neither side gains at this price"),
}


def _deal(case: Case) -> Iterator[Shown]:
    """The deal does not work, for us or for them."""
    verdict, margin = case.figure("deal.verdict"), case.figure("deal.our_margin")
    loses = margin.value is not None and exceeds(0, margin.value)
    if verdict.value in _VERDICTS:
        text: str = _VERDICTS[verdict.value]
    elif loses:
        text = phrase("We lose {amount} a year", amount=_amount(case, -margin.value))
    elif verdict.value == "buys_at_our_loss":
        text = phrase("The price covers our cost and no more")
    else:
        return
    stake = _at_stake(case, -margin.value) if loses else _stake(case)
    yield _shown(Need.DEAL, Level.ACT, text, "value", verdict, margin, stake=stake)


def _cases(case: Case) -> Iterator[Shown]:
    for index, complaint, due in open_and_late(case):
        base = ("service", "cases", index)
        day = case.given((*base, "due" if complaint.due else "opened"), due)
        text = phrase(
            "Case {id} of severity {number} is open past its day, {day}",
            id=complaint.id,
            number=severity_of(case, complaint),
            day=due,
        )
        yield _late(Need.CASE, text, "service", day, complaint.id)


def _promises(case: Case) -> Iterator[Shown]:
    for index, promise in enumerate(case.relationship.promises or ()):
        if promise.kept_on is None and promise.due is not None and promise.due < case.today:
            day = case.fact("relationship", "promises", index, "due")
            text = phrase("Promise past its day: {what}", what=promise.what)
            yield _late(Need.PROMISE, text, "relationship", day, promise.what)


def _qualification(case: Case) -> Iterator[Shown]:
    answers = case.figure("qualification.knock_outs")
    if answers.value:
        questions = phrases(map(phrase, answers.value), ", ")
        text = phrase("Disqualified: {questions}", questions=questions)
        yield _shown(Need.DISQUALIFIED, Level.ACT, text, "summary", answers, stake=_stake(case))


def _profit(case: Case) -> Iterator[Shown]:
    """It retains no profit; what it costs now the deal tells."""
    profit, margin = case.figure("selection.retained_profit"), case.figure("deal.our_margin")
    is_told = margin.value is not None and exceeds(0, margin.value)
    if profit.value is not None and not exceeds(profit.value, 0) and not is_told:
        text = phrase("It is expected to leave us no profit")
        yield _shown(Need.NO_PROFIT, Level.ACT, text, "summary", profit, stake=_stake(case))


def _posture(case: Case) -> Iterator[Shown]:
    posture = case.figure("selection.posture")
    if posture.value != "restructure" or dropped(case) is not None:
        return
    begun = any(
        action.restructure and action.done_on is None for action in case.playbook.actions or ()
    )
    text = phrase("It costs more than it brings: fix the terms or leave")
    level = Level.WATCH if begun else Level.ACT
    yield _shown(Need.RESTRUCTURE, level, text, "summary", posture, stake=_stake(case))


def _open_deals(case: Case) -> Iterator[Shown]:
    for index, deal in enumerate(case.playbook.opportunities or ()):
        is_late = deal.close_on is not None and deal.close_on < case.today
        if is_late and not is_signed(deal, case.today):
            day = case.fact("opportunities", index, "close_on")
            text = phrase("{deal} should have closed by {day}", deal=deal.id, day=deal.close_on)
            amount = _worth(case, "opportunities", index, "amount")
            yield _late(Need.OPEN_DEAL, text, "plan", day, deal.id, amount)


def _actions(case: Case) -> Iterator[Shown]:
    for index, action in enumerate(case.playbook.actions or ()):
        if action.done_on is None and action.due is not None and action.due < case.today:
            day = case.fact("actions", index, "due")
            what = action.what or words_of_id(action.id)
            text = phrase("Overdue since {day}: {what}", day=action.due, what=what)
            yield _late(Need.ACTION, text, "plan", day, action.id)


def _contacts(case: Case) -> Iterator[Shown]:
    for contact in waiting_contacts(case):
        if contact.days_past(case) <= 0:
            continue
        due = contact.next_talk
        text = (
            phrase(
                "{name} should have heard from {keeper} by {day}",
                name=contact.name,
                keeper=contact.keeper,
                day=due,
            )
            if contact.keeper
            else phrase("{name} should have heard from us by {day}", name=contact.name, day=due)
        )
        yield _shown(
            Need.CONTACT,
            Level.ACT,
            text,
            "relationship",
            contact.rhythm,
            contact.since,
            entry=contact.id,
            since=due,
            due=due,
            weight=contact.influence,
        )


def _unknowns(case: Case) -> Iterator[Shown]:
    for unknown in case.plan.unknowns:
        due = unknown.day
        if due is not None and due < case.today:
            day = case.given((*unknown.path, "find_by"), due)
            name = case.name(unknown.path)
            what = fact_called(case, unknown.path, case.settings)
            text = phrase("Not found out by {day}: {what}", day=due, what=what)
            yield _late(Need.UNKNOWN, text, "source", day, name)


def _feeds(case: Case) -> Iterator[Shown]:
    for metric, newest in stopped_feeds(case).items():
        text = phrase("No usage of {metric} since {day}", metric=metric, day=newest.value)
        since = newest.value
        yield _shown(Need.FEED, Level.WATCH, text, "service", newest, entry=metric, since=since)


def _few_contacts(case: Case) -> Iterator[Shown]:
    threads = case.figure("relationship.threads")
    if threads.value is not None and threads.value <= 1:
        text = (
            phrase("We talk with one person there; open a second door")
            if threads.value
            else phrase("We talk with nobody there; open a second door")
        )
        yield _shown(Need.FEW_CONTACTS, Level.WATCH, text, "relationship", threads)


def _service(case: Case) -> Iterator[Shown]:
    aligned = case.figure("service.alignment")
    least = case.settings.scoring.service.alignment_from
    if aligned.value is not None and not reaches(aligned.value, least):
        text = phrase(
            "Service money follows the weights only to {share}",
            share=f"{FULL * aligned.value:.0f} %",
        )
        yield _shown(Need.SERVICE, Level.WATCH, text, "service", aligned)


def _letters(case: Case) -> Iterator[Shown]:
    measured, least = health_of(case), case.settings.scoring.attention.letter
    for letter in Letter:
        value = measured.letter(letter)
        if value is None or reaches(FULL * value, least):
            continue
        text = phrase(
            "Health is pulled down by {measure}: {points} of 100",
            measure=_LETTER_NAMES[letter],
            points=f"{FULL * value:.0f}",
        )
        reason = case.figure("health.letters").with_(value=FULL * value)
        entry = letter.value
        yield _shown(Need.LETTER, Level.WATCH, text, _SECTIONS[letter], reason, entry=entry)


def _low_measures(case: Case) -> Iterator[tuple[Signal, Shown]]:
    """Measures of health so low that each alone is told."""
    measured: Health = health_of(case)
    most = case.settings.scoring.attention.measure
    for letter, signals in MEASURES.items():
        for signal in signals:
            made = measured.measures.get(signal)
            if made is None or exceeds(made.value, most):
                continue
            text = phrase(
                "Health is pulled down by {measure}: {points} of 100",
                measure=SIGNAL_NAMES[signal],
                points=f"{FULL * made.value:.0f}",
            )
            yield (
                signal,
                _shown(
                    Need.MEASURE,
                    Level.WATCH,
                    text,
                    _SECTIONS[letter],
                    *made.reasons,
                    entry=signal.value,
                ),
            )


_OF_CUSTOMERS: Sequence[Callable[[Case], Iterable[Shown]]] = (
    _health,
    _contract,
    _falls,
    _events,
    _cases,
    _feeds,
    _letters,
)
_OF_ALL: Sequence[Callable[[Case], Iterable[Shown]]] = (
    _deal,
    _promises,
    _qualification,
    _profit,
    _posture,
    _open_deals,
    _actions,
    _contacts,
    _unknowns,
    _few_contacts,
    _service,
)


def _finding(problem: Problem, *, is_clash: bool) -> Shown:
    """A finding of the gate, which shows its own place."""
    kind = Need.CONTRADICTION if is_clash else Need.ERROR
    text = problem.fault[:1].upper() + problem.fault[1:]
    entry = ".".join(filter(None, (problem.rule, problem.entry)))
    level = Level.WATCH if is_clash else Level.ACT
    shown = _shown(kind, level, text, "findings", entry=entry)
    item = replace(shown.item, line=problem.line, column=problem.column)
    return replace(shown, item=item)


def dropped(case: Case) -> datetime.date | None:
    """The day of the decision to drop the account, while it is the last word and in force."""
    decided = [
        decision
        for decision in case.playbook.decisions or ()
        if decision.date <= case.today and decision.kind not in (None, "other")
    ]
    last = max(decided, key=lambda decision: decision.date, default=None)
    if last is None or last.kind != "drop":
        return None
    most = datetime.timedelta(days=case.settings.scoring.attention.drop_days)
    until = min(last.review_on or datetime.date.max, last.date + most)
    return last.date if case.today <= until else None


@figure(
    "attention.stake",
    title="Money at stake",
    formula=(
        "highest of 0, contract value, price and the year that revenue is compared with; 0 where"
        " they are no customer and do not qualify"
    ),
    gives=Gives.MONEY,
    under="attention",
)
def stake(case: Case) -> Figure:
    """What we would lose with the account, in the reporting currency; no signal of now moves it."""
    currency, own = case.settings.currencies.reporting_currency, case.exchange()
    if is_ruled_out(case):
        answers = case.figure("qualification.knock_outs")
        return replace(computed(lambda _: 0.0, (answers,)), unit=f"{currency} a year")
    amounts = [
        (case.fact(*_VALUE), case.exchange(case.currency_at(_VALUE))),
        (case.fact("economics", "price"), own),
        (revenue_before(case), own),
    ]
    known = [(amount, rate) for amount, rate in amounts if amount.value is not None]
    if not known:
        return null((amount.name for amount, _ in amounts), note=NO_PRICE)
    if missing := missing_among([rate for _, rate in known]):
        return null(missing, reasons=[amount for amount, _ in known])
    largest, _ = max(known, key=lambda row: float(row[0].value * row[1].value))
    others = [amount for amount, _ in known if amount is not largest]
    rates = dict.fromkeys(rate for _, rate in known if rate.value != 1)
    # a year in which more was credited than billed takes nothing with it
    most = highest(0, *(amount.value * rate.value for amount, rate in known))
    made = figure_of(most, (largest,), more=(*others, *rates))
    return replace(made, unit=f"{currency} a year")
