"""When the contract turns, and whether somebody prepares for it."""

from __future__ import annotations

from generator.figures.attention import renewal_day
from generator.figures.case import Case
from generator.figures.definition import Gives, Rank, figure
from generator.figures.figure import LOOKED_NONE, Figure, Reason, figure_of, null
from generator.figures.signals import contract_turned
from generator.language import Phrase, phrase

CONTRACT = ("account", "contract")
NONE_PREPARES = phrase("no open action prepares the renewal")
PREPARED = phrase("the renewal is being prepared")
RENEWS = phrase("renews by itself, so that its end moves on by the year")


@figure(
    "contract.days_left",
    title="Days to notice or end",
    formula="notice day while it is to come, else the contract's end, less today",
    unit="days ahead",
    section="summary",
    rank=Rank.HEADLINE,
    needs=("account.contract",),
)
def days_left(case: Case) -> Figure:
    """How long until the contract turns; below 0 since it has ended."""
    turns = renewal_day(case)
    if turns is None:
        return null((".".join((*CONTRACT, "notice_by")), ".".join((*CONTRACT, "end"))))
    days = (turns.value - case.today).days
    return figure_of(days, (turns,), more=_beside(case, turns), note=_told(case, turns))


def _beside(case: Case, turns: Reason) -> tuple[Reason, ...]:
    """What else decides which day it is: that it renews, and a notice day that passed."""
    renews = case.fact(*CONTRACT, "auto_renews")
    notice = case.fact(*CONTRACT, "notice_by")
    others = (renews.with_(note=RENEWS) if renews.value else renews, notice)
    return tuple(fact for fact in others if fact.value is not None and fact.name != turns.name)


def _told(case: Case, turns: Reason) -> Phrase:
    """What became of the contract, or what is done about the day that comes."""
    passed = contract_turned(case)
    if passed is not None and passed.name == turns.name:
        return phrase("it ended on {day}", day=passed.value)
    plan = PREPARED if _preparing(case) else NONE_PREPARES
    if passed is not None:
        return phrase("the notice day {day} passed; {plan}", day=passed.value, plan=plan)
    return plan


@figure(
    "contract.is_prepared",
    title="Renewal prepared",
    formula="an open action that prepares the renewal",
    gives=Gives.YES_NO,
    under="contract.days_left",
    needs=("account.contract", "actions"),
)
def is_prepared(case: Case) -> Figure:
    """Whether somebody has an open action for what comes when the contract turns."""
    preparing = _preparing(case)
    note = NONE_PREPARES if case.playbook.actions else LOOKED_NONE
    none = case.given(("actions",), 0, note=note)
    return figure_of(bool(preparing), preparing or (none,))


def _preparing(case: Case) -> tuple[Reason, ...]:
    """The open actions that prepare the renewal, with the day on which each is due."""
    return tuple(
        fact
        for index, action in enumerate(case.playbook.actions or ())
        if action.prepares == "renewal" and action.done_on is None
        for fact in (
            case.fact("actions", index, "prepares"),
            case.fact("actions", index, "due"),
        )
        if fact.value is not None
    )
