"""Where two numbers of one plan cannot both be right, or ask for opposite things.

Each looks at what the plan says in two places and yields both, so that a reader sees what disagrees
and decides which is wrong; the words of the finding stand in generator/defaults/rules.yaml.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.figures import Figure, Reason
from generator.figures.case import Case
from generator.figures.figure import ReasonKind, exceeds, reaches
from generator.figures.name import steps_of
from generator.figures.value import is_score_mode
from generator.language import phrase
from generator.read.document import DataPath

TIERS = "ABCD"
ILL = ("at_risk", "critical")
"""Words of health beside which nobody counts on a renewal."""
_CENTS_BELOW = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two sides that disagree."""

    path: DataPath
    """What the finding points at."""
    sides: tuple[Reason, ...]
    words: Mapping[str, str]
    """What the message may use: {here} and {there}, and {entry} for one of a list."""
    entry: str = ""


def _clash(
    path: DataPath, here: str, there: str, *sides: Reason, entry: str = ""
) -> Iterator[Clash]:
    words = {"here": here, "there": there, "entry": entry}
    yield Clash(path=path, sides=sides, words=words, entry=entry)


def _complete(case: Case, completeness: Figure) -> Reason | None:
    """The plan's completeness as one side, if it is as high as the setting asks."""
    least = case.setting("scoring", "contradictions", "complete_from")
    if completeness.value is None or not reaches(completeness.value, least.value):
        return None
    return Reason(
        name="completeness",
        value=completeness.value,
        unit="of 100",
        confidence=completeness.confidence,
        threshold=least.value,
        setting=least.setting,
    )


def complete_with_one_thread(case: Case, completeness: Figure) -> Iterator[Clash]:
    """A complete plan for an account where only one person, or nobody, talks with us."""
    whole, threads = _complete(case, completeness), case.figure("relationship.threads")
    if whole is not None and threads.value is not None and threads.value <= 1:
        people = "one person talks" if threads.value == 1 else "nobody talks"
        path = ("relationship", "interactions")
        yield from _clash(path, f"{whole.value:.0f}", people, whole, threads)


def complete_without_contact(case: Case, completeness: Figure) -> Iterator[Clash]:
    """A complete plan for an account that nobody has been in touch with for long."""
    whole = _complete(case, completeness)
    days = case.setting("scoring", "contradictions", "silent_days", unit="days")
    section = case.playbook.relationship
    talks = section.interactions if section else None
    if whole is None or talks is None:
        return
    past = [(talk.date, index) for index, talk in enumerate(talks) if talk.date <= case.today]
    if past and (case.today - max(past)[0]).days <= days.value:
        return
    last = case.given(("relationship", "interactions"), "none")
    if past:
        last = case.fact("relationship", "interactions", max(past)[1], "date")
    since = f"since {last.value}" if past else "at all"
    path = ("relationship", "interactions")
    side = last.with_(threshold=days.value, setting=days.setting)
    yield from _clash(path, f"{whole.value:.0f}", since, whole, side)


def renewal_without_plan(case: Case, _: Figure) -> Iterator[Clash]:
    """Notice or the contract's end is near, and no open action prepares the renewal."""
    contract = case.playbook.account.contract
    field = "notice_by" if contract and contract.notice_by else "end"
    day = getattr(contract, field) if contract else None
    days = case.setting("scoring", "contradictions", "renewal_days", unit="days")
    if day is None or not 0 <= (day - case.today).days <= days.value:
        return
    if any(
        action.prepares == "renewal" and action.done_on is None
        for action in case.playbook.actions or ()
    ):
        return
    path = ("account", "contract", field)
    side = case.fact(*path).with_(threshold=days.value, setting=days.setting)
    actions = case.given(("actions",), "none prepares the renewal")
    left = (day - case.today).days
    yield from _clash(path, f"in {left} days ({day})", "no open action", side, actions)


def high_row_without_gain(case: Case, _: Figure) -> Iterator[Clash]:
    """Worth much to us, and worth nothing to them: they have no reason to stay."""
    row = case.figure("selection.row")
    key = "value.balance" if is_score_mode(case) else "value.delivered_value"
    gain = case.figure(key)
    if row.value == "high" and gain.value is not None and not exceeds(gain.value, 0):
        profit = case.figure("selection.retained_profit")
        yield from _clash(("value",), _amount(profit.value), _amount(gain.value), profit, row, gain)


def on_time_with_overdue_actions(case: Case, _: Figure) -> Iterator[Clash]:
    """An objective is as far as its time, while actions for it are late."""
    progress = case.figures.get("plan.progress")
    if progress is None or not isinstance(progress.value, Mapping):
        return
    ahead = {
        reason.name: reason
        for reason in progress.reasons
        if (reason.threshold is not None or reason.kind is ReasonKind.DONE)
        and reason.value is not None
        and reason.kind not in (ReasonKind.BEHIND, ReasonKind.MISSED)
    }
    for index, action in enumerate(case.playbook.actions or ()):
        late = action.due is not None and action.due < case.today and action.done_on is None
        done = progress.value.get(action.objective or "")
        if not late or done is None:
            continue
        shown = next(
            (
                objective
                for name, objective in ahead.items()
                if action.objective == steps_of(name)[-1]
            ),
            None,
        )
        if shown is None:
            continue
        due = case.fact("actions", index, "due")
        here = f"{100 * done:.0f} % done, in time"
        path = ("actions", index, "due")
        yield from _clash(path, here, f"due on {action.due}", shown, due, entry=action.id)


def below_planned_tier(case: Case, _: Figure) -> Iterator[Clash]:
    """The sales leader plans for a higher tier than the numbers give."""
    tier, planned = case.figure("tier"), case.fact("account", "planned_tier")
    if tier.value is None or planned.value is None:
        return
    if TIERS.index(tier.value) > TIERS.index(planned.value):
        yield from _clash(("account", "planned_tier"), planned.value, tier.value, planned, tier)


def margin_apart_from_price(case: Case, _: Figure) -> Iterator[Clash]:
    """The contribution margin and the one that price and production cost give lie far apart."""
    margin = case.fact("economics", "contribution_margin", unit="share")
    price = case.fact("economics", "price", unit=case.yearly)
    cost = case.fact("economics", "production_cost", unit=case.yearly)
    apart = case.setting("scoring", "contradictions", "margin_apart", unit="share")
    if None in (margin.value, price.value, cost.value) or not price.value:
        return
    given = 1 - cost.value / price.value
    if exceeds(abs(margin.value - given), apart.value):
        side = margin.with_(threshold=apart.value, setting=apart.setting)
        path = ("economics", "contribution_margin")
        yield from _clash(path, f"{margin.value:.2f}", f"{given:.2f}", side, price, cost)


def receivable_over_limit(case: Case, _: Figure) -> Iterator[Clash]:
    """They owe us more than the limit we set ourselves."""
    owed = case.fact("risk", "credit", "receivable", unit=case.money)
    limit = case.fact("risk", "credit", "limit", unit=case.money)
    if None not in (owed.value, limit.value) and exceeds(owed.value, limit.value):
        path = ("risk", "credit", "receivable")
        yield from _clash(path, _amount(owed.value), _amount(limit.value), owed, limit)


def selective_but_immature(case: Case, _: Figure) -> Iterator[Clash]:
    """The matrix says develop selectively, which asks for a mature customer; this one is not."""
    word, mature = case.figure("selection.develop"), case.figure("selection.mature")
    if word.value == "selective" and mature.value is False:
        score = case.figure("qualification.score")
        out = case.figure("qualification.knock_outs")
        least = case.setting("scoring", "qualification", "mature_from")
        maturity = f"{score.value:.0f} of 100, where {least.value:g} are enough"
        if out.value:
            maturity = f"{score.value:.0f} of 100, and a knock-out ({', '.join(out.value)})"
        yield from _clash(("qualification",), "selectively", maturity, word, score, out, mature)


def champion_against_us(case: Case, _: Figure) -> Iterator[Clash]:
    """A contact is called our champion, and is against us."""
    section = case.playbook.relationship
    for index, contact in enumerate((section.contacts if section else None) or ()):
        if contact.has_left(case.today):
            continue
        if (
            contact.sentiment is not None
            and contact.sentiment < 0
            and "champion" in (contact.roles or ())
        ):
            base = ("relationship", "contacts", index)
            roles, mood = case.given((*base, "roles"), "champion"), case.fact(*base, "sentiment")
            path: DataPath = (*base, "sentiment")
            yield from _clash(
                path, "champion", str(contact.sentiment), roles, mood, entry=contact.id
            )


def billed_more_than_they_spend(case: Case, _: Figure) -> Iterator[Clash]:
    """Last year's bill is higher than all that they spend on what we could sell."""
    revenue, spend = case.figure("revenue.last_year"), case.fact("economics", "addressable_spend")
    if None not in (revenue.value, spend.value) and exceeds(revenue.value, spend.value):
        path = ("economics", "addressable_spend")
        yield from _clash(path, _amount(spend.value), _amount(revenue.value), spend, revenue)


def dropped_but_worked_on(case: Case, _: Figure) -> Iterator[Clash]:
    """The last decision was to drop the account, and deals are still in its pipeline."""
    decisions = [
        (decision.date, index, decision.kind)
        for index, decision in enumerate(case.playbook.decisions or ())
        if decision.date <= case.today and decision.kind not in (None, "other")
    ]
    last: tuple[datetime.date, int, Any] | None = max(decisions, default=None)
    if last is None or last[2] != "drop":
        return
    side = case.fact("decisions", last[1], "date").with_(note=phrase("drop"))
    for index, opportunity in enumerate(case.playbook.opportunities or ()):
        if opportunity.probability:
            path: DataPath = ("opportunities", index, "probability")
            deal = case.fact(*path)
            yield from _clash(
                path, str(last[0]), f"{deal.value:.2f}", side, deal, entry=opportunity.id
            )


def retention_unsupported(case: Case, _: Figure) -> Iterator[Clash]:
    """The plan counts on keeping them, and what happened says that they may leave."""
    kept, word = case.fact("economics", "retention"), case.figure("health.word")
    least = case.setting("scoring", "contradictions", "retention_from")
    if kept.value is None or word.value not in ILL or not reaches(kept.value, least.value):
        return
    path = ("economics", "retention")
    health = case.figures["health"].value
    here = f"{100 * kept.value:.0f} %"
    there = f"{word.value.replace('_', ' ')} (health {math.floor(health)} of 100)"
    side = kept.with_(threshold=least.value, setting=least.setting)
    yield from _clash(path, here, there, side, word)


def _amount(value: float) -> str:
    """A figure as a message writes it: no digits that nobody reads."""
    return f"{value:,.0f}" if abs(value) >= _CENTS_BELOW else f"{value:.2f}"


_AGREEMENTS: Mapping[Callable[[Case, Figure], Iterator[Clash]], str] = {
    complete_with_one_thread: phrase("a complete plan has more than one thread"),
    complete_without_contact: phrase("a complete plan has a recent contact"),
    renewal_without_plan: phrase(
        "a near notice day or contract end has an open action for the renewal"
    ),
    high_row_without_gain: phrase("an account of the high row has a delivered value above zero"),
    on_time_with_overdue_actions: phrase("an objective that is in time has no overdue action"),
    below_planned_tier: phrase("the tier is at least the planned one"),
    margin_apart_from_price: phrase(
        "the contribution margin is near 1 less production cost by price"
    ),
    receivable_over_limit: phrase("the receivable is within the credit limit"),
    selective_but_immature: phrase("an account to be developed selectively is mature"),
    champion_against_us: phrase("no champion's sentiment is below zero"),
    billed_more_than_they_spend: phrase("last year's revenue is within their addressable spend"),
    retention_unsupported: phrase("a high retention is not beside a health at risk or critical"),
    dropped_but_worked_on: phrase("an account whose last decision was to drop it has no open deal"),
}
"""By what looks for it what must hold, as the page of rules says it."""
AGREEMENTS = {compare.__name__.replace("_", "-"): compare for compare in _AGREEMENTS}
"""By the word that `agree` in rules.yaml takes."""
AGREEMENTS_SAY = {name: _AGREEMENTS[compare] for name, compare in AGREEMENTS.items()}
