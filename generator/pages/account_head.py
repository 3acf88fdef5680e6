"""The top of an account's page: who they are, four cards, what to do next, what needs attention."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.figures.attention import is_near
from generator.figures.conclusion import (
    UNCLEAR,
    DealConclusion,
    HealthConclusion,
    Matter,
    Part,
    QualificationConclusion,
    Standing,
)
from generator.figures.figure import ReasonKind
from generator.figures.name import steps_of
from generator.figures.ranking import items
from generator.figures.sales import open_deals
from generator.form.account import Contract
from generator.form.plans import Action
from generator.form.relationship import RUNGS
from generator.language import Phrase, phrase, said, say
from generator.pages import formats
from generator.pages.alerts import in_words
from generator.pages.conclusion import conclusion
from generator.pages.drawings.amounts import spark
from generator.pages.view import AccountView
from generator.pages.words import HIGH, Sureness
from generator.portfolio.beginnings import known_so_far
from generator.portfolio.risks import worst_risk
from generator.problems import errors_among
from generator.rules.gate.together import first_steps

PRICE, FULL_COST, FLOOR = phrase("price"), phrase("our full cost"), phrase("our floor price")
HIGHEST = phrase("their highest price")
ACTIONS_SHOWN = 4
ALERTS_SHOWN = 4
WEAKEST_SHOWN = 4
QUADRANTS = ("R", "S", "V", "K")
_SURE_BY = {
    Matter.DEAL: ("deal.our_margin", "value.delivered_value"),
    Matter.HEALTH: ("health",),
    Matter.QUALIFICATION: ("qualification.score",),
}
"""The figures that each part of the conclusion tells."""


def head_context(view: AccountView) -> dict[str, Any]:
    """What the head's template needs."""
    findings = view.account.findings
    errors = len(errors_among(findings))
    concluded = conclusion(view)
    deal = next((part for part in concluded.parts if isinstance(part, DealConclusion)), None)
    health = next((part for part in concluded.parts if isinstance(part, HealthConclusion)), None)
    needs = [item for item in items(view.account) if item.section != "findings"]
    alerts = in_words(needs)
    return {
        "revenue": _revenue(view),
        "stake": _stake(view),
        "conclusion": concluded,
        "sureness": _sureness(view, concluded.parts),
        "next": view.playbook.account.next,
        "calendar": view.site.offered(f"downloads/accounts/{view.account.id}.ics"),
        "so_far": known_so_far(view.account, view.site.settings),
        "year_name": view.site.settings.years.label,
        "steps": first_steps(view.account, view.site.settings),
        "actions": open_actions(view)[:ACTIONS_SHOWN],
        "more_actions": max(0, len(open_actions(view)) - ACTIONS_SHOWN),
        "alerts": alerts[:ALERTS_SHOWN],
        "other_alerts": alerts[ALERTS_SHOWN:],
        "more_alerts": sum(1 + alert.more for alert in alerts[ALERTS_SHOWN:]),
        "errors": errors,
        "warnings": len(findings) - errors,
        "deal": _deal_card(view, deal),
        "is_customer": view.playbook.account.status == "customer",
        "health_mark": health.standing if health else "",
        "health_sure": _least_sure(view, ("health", "health.word")),
        "letters": _letters(view),
        "worst": next(iter(view.value("health.drivers") or ()), None),
        "prospect": _prospect(view, concluded.parts),
        "risk": _risks(view),
        "close": _relationship_card(view, is_ruled_out=concluded.is_ruled_out),
        "whole": _plan_card(view),
    }


def _revenue(view: AccountView) -> dict[str, Any]:
    """What was billed by year: its change, and a line where there are years enough."""
    economics = view.playbook.economics
    years = [
        view.known(year.amount)
        for year in (economics.revenue if economics else None) or ()
        if year.to is None
    ]
    known = [float(amount) for amount in years if amount is not None]
    return {"growth": view.value("revenue.growth"), "line": spark(known)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBar:
    """One of the four letters of health."""

    value: float | None
    is_low: bool
    """Whether it is below the line that attention draws."""


def _letters(view: AccountView) -> list[tuple[str, LetterBar]]:
    """The four letters of health, as far as they are known."""
    letters = view.value("health.letters") or {}
    least = view.site.settings.scoring.attention.letter
    return [
        (letter, LetterBar(value=value, is_low=value is not None and value < least))
        for letter, value in letters.items()
    ]


def _prospect(view: AccountView, concluded: Iterable[Part]) -> dict[str, Any]:
    """What tells whether somebody who is no customer will buy."""
    development = view.playbook.economics.development if view.playbook.economics else None
    return {
        "qualified": next(
            (part for part in concluded if isinstance(part, QualificationConclusion)), None
        ),
        "chance": view.known(development.win_probability) if development else None,
        "decide_by": view.playbook.buying.decide_by if view.playbook.buying else None,
    }


def _deadline(contract: Contract) -> str:
    """What the day is called that the renewal turns on: nobody gives notice where it just ends."""
    if contract.notice_by is None:
        return say("Contract ends")
    ends = contract.auto_renews is False
    return say("Renewal deadline") if ends else say("Notice deadline")


def _stake(view: AccountView) -> dict[str, Any] | None:
    """The contract's next deadline and the money that hangs on it."""
    contract = view.playbook.account.contract
    renewal = (contract.notice_by or contract.end) if contract else None
    if contract is None or renewal is None:
        return None
    value = view.known(contract.value)
    return {
        "title": _deadline(contract),
        "day": renewal,
        "value": value,
        "currency": contract.currency or view.currency,
        "days": (renewal - view.today).days,
        "is_near": view.account.case is not None and is_near(view.account.case, renewal),
    }


def open_actions(view: AccountView) -> list[Action]:
    """Actions that are not done, by due date; those without a date last."""
    far = datetime.date.max
    still_open = [action for action in view.playbook.actions or () if action.done_on is None]
    return sorted(still_open, key=lambda action: action.due or far)


def _deal_card(view: AccountView, deal: DealConclusion | None) -> dict[str, Any]:
    """Whether both sides gain by the deal, and how much room there is to negotiate."""
    amounts = _deal_amounts(deal) if deal else []
    return {
        "verdict": view.value("deal.verdict"),
        "mark": deal.standing if deal else "",
        "doubt": deal.doubt if deal else None,
        "margin": view.value("deal.our_margin"),
        "amounts": amounts,
        "longest": max((amount for _, amount in amounts), default=0.0) or 1.0,
        "delivered": view.figure("value.delivered_value"),
        "balance": view.figure("value.balance"),
        "worth": view.value("value.total_value"),
        "takes": view.value("value.total_cost"),
        "room": _room(deal),
        "missing": _missing(view, "deal.verdict"),
    }


def _deal_amounts(deal: DealConclusion) -> list[tuple[Phrase, float]]:
    """From our full cost to the most that they would pay, the price among them."""
    amounts = [(PRICE, deal.price), (FULL_COST, deal.cost)]
    if deal.standing is not Standing.GOOD:
        amounts.append((FLOOR, deal.floor))
    if deal.highest is not None:
        amounts.append((HIGHEST, deal.highest))
    return amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How far the price may go before we earn less than we ask, and before they gain nothing."""

    to_floor: float
    """Below 0 where the price is below our floor."""
    to_highest: float
    """Below 0 where they gain nothing."""


def _room(deal: DealConclusion | None) -> Room | None:
    if deal is None or deal.highest is None:
        return None
    return Room(to_floor=deal.price - deal.floor, to_highest=deal.highest - deal.price)


@dataclass(frozen=True, slots=True, kw_only=True)
class HowSure:
    """How sure the conclusion is."""

    mark: Sureness
    sentence: str


def _least_sure(view: AccountView, keys: Iterable[str]) -> Sureness | None:
    marks = [mark for key in keys if (mark := view.mark(key))]
    return min(marks, key=lambda mark: mark.level, default=None)


def _sureness(view: AccountView, concluded: Iterable[Part]) -> HowSure | None:
    """How sure the conclusion is: as its least sure figure, and what makes that one unsure."""
    keys = [key for part in concluded for key in _SURE_BY[part.matter]]
    least = _least_sure(view, keys)
    if least is None:
        return None
    key = next(key for key in keys if view.mark(key) == least)
    figure = view.figure(key)
    if least.level > 1 or figure is None or not figure.carriers:
        sure = (say("This is not sure yet."), say("This is fairly sure."), say("This is sure."))
        return HowSure(mark=least, sentence=sure[least.level - 1])
    fact = view.explainer.name(figure.carriers[0].fact.name)
    verdict = view.figure("deal.verdict")
    chance = verdict.confidence if verdict is not None and key in _SURE_BY[Matter.DEAL] else None
    if chance is not None and chance >= HIGH and view.deal_outcome != UNCLEAR:
        sentence = say(
            "That is {chance} sure, the amounts are not: most of the doubt lies in {fact}.",
            chance=formats.share(chance),
            fact=fact,
        )
    elif figure.rests_on_opinion:
        sentence = say(
            "This is more opinion than fact; most of the doubt lies in {fact}.", fact=fact
        )
    else:
        sentence = say("This is not sure yet; most of the doubt lies in {fact}.", fact=fact)
    return HowSure(mark=least, sentence=sentence)


def _risks(view: AccountView) -> dict[str, Any]:
    """What may be lost on either side, and the largest single risk."""
    return {
        "theirs": view.figure("risk.customer_residual"),
        "ours": view.figure("risk.own_expected_loss"),
        "worst": worst_risk(view.account),
    }


def _relationship_card(view: AccountView, *, is_ruled_out: bool) -> dict[str, Any]:
    """How close the relationship is, and which contacts are active."""
    rung = view.value("relationship.rung")
    target = view.value("relationship.target_rung")
    at = RUNGS.index(rung) if rung else None
    aim = RUNGS.index(target[-1]) if target and not is_ruled_out else None
    return {
        "rung": rung,
        "at": at,
        "aim": aim,
        "steps": RUNGS,
        "next": RUNGS[at + 1]
        if at is not None and at + 1 < len(RUNGS) and not is_ruled_out and at != aim
        else None,
        "figure": view.figure("relationship.rung"),
        "threads": view.value("relationship.threads"),
        "mood": view.value("relationship.decision_mood"),
        "talk": view.value("relationship.decision_talk"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeal:
    """A deal that they have not signed yet."""

    id: str
    amount: float
    currency: str
    chance: float
    close_on: datetime.date | None


def _largest_deal(view: AccountView) -> OpenDeal | None:
    """Of the open deals whose amount and chance are known, the one that is worth most."""
    deals = [
        OpenDeal(
            id=deal.id,
            amount=amount,
            currency=deal.currency or view.currency,
            chance=chance,
            close_on=deal.close_on,
        )
        for deal in (open_deals(view.account.case) if view.account.case else ())
        if (amount := view.known(deal.amount)) is not None
        and (chance := view.known(deal.probability)) is not None
    ]

    def worth(deal: OpenDeal) -> float:
        rate = view.site.settings.rate(deal.currency, view.today)
        return deal.amount * deal.chance * (rate or 0.0)

    return max(deals, key=worth, default=None)


def _plan_card(view: AccountView) -> dict[str, Any]:
    """How complete and how mature the plan is, its weakest parts, objectives that are late."""
    objectives = progress_of(view)
    return {
        "strength": view.value("rsvr.completeness"),
        "completeness": view.value("completeness"),
        "objectives": len(objectives),
        "deal": _largest_deal(view),
        "late": sum(objective.is_behind for objective in objectives.values()),
        "weakest": weakest_parts(view),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an objective is, and how much of its time is over."""

    done: float
    elapsed: float | None
    is_behind: bool = False
    """Behind its time, or missed."""
    is_milestone: bool = False
    """Whether it is done or not: there is no way of which a part could be done."""
    word: str = ""
    """How that is called, a phrase; empty where its time is not known."""


MILESTONES = (ReasonKind.OPEN, ReasonKind.DONE, ReasonKind.NOT_DONE)
LATE = (ReasonKind.BEHIND, ReasonKind.MISSED, ReasonKind.NOT_DONE)


def progress_of(view: AccountView) -> Mapping[str, Progress]:
    """By objective how far it is."""
    figure = view.figure("plan.progress")
    if figure is None or not isinstance(figure.value, Mapping):
        return {}
    timed = {
        steps_of(reason.name)[-1]: reason
        for reason in figure.reasons
        if reason.threshold is not None or reason.kind in MILESTONES
    }
    return {
        name: Progress(
            done=done,
            elapsed=timed[name].threshold if name in timed else None,
            is_behind=name in timed and timed[name].kind in LATE,
            is_milestone=name in timed and timed[name].kind in MILESTONES,
            word=(timed[name].note or "") if name in timed else "",
        )
        for name, done in figure.value.items()
        if done is not None
    }


def weakest_parts(view: AccountView) -> tuple[str, ...]:
    """The parts to work on next; none where too many are equally weak."""
    weakest = view.value("rsvr.weakest") or ()
    return weakest if len(weakest) <= WEAKEST_SHOWN else ()


def _missing(view: AccountView, key: str) -> tuple[str, ...]:
    figure = view.figure(key)
    missing = figure.missing if figure and figure.value is None else ()
    return tuple(said(name) for name in missing)
