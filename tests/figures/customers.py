"""Customers whose every signal is known, each from 0, worst, to 1: made plans, fictional all."""

from __future__ import annotations

import copy
import datetime
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.figures.signals import Signal
from tests.figures.small import TODAY

HEALTHY = yaml.safe_load(
    (Path(__file__).parent / "data" / "healthy.yaml").read_text(encoding="utf-8")
)


class _Plain(yaml.SafeDumper):
    """Writes the same thing twice, where two places hold it."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - asked of each value
        """No anchors, which playbooks may not have."""
        return True


LOSS = "loss"
LATE = "late"
EVENTS = (LOSS, LATE)
"""What may have happened beside the signals: business lost, cases past their day."""


def _threads(plan: Any, at: float) -> None:
    people = [person["id"] for person in plan["relationship"]["contacts"]]
    plan["relationship"]["interactions"] = [
        {"date": talk["date"], "contacts": [name], "two_way": number < round(3 * at)}
        for number, name in enumerate(people)
        for talk in plan["relationship"]["interactions"][:1]
    ]


def _rhythm(plan: Any, at: float) -> None:
    # talked with 21 to 85 days ago, and wanted every 21 days to every day
    day = TODAY - datetime.timedelta(days=21 + round(64 * (1 - at)))
    for talk in plan["relationship"]["interactions"]:
        talk["date"] = day
    for contact in plan["relationship"]["contacts"]:
        contact["rhythm_days"] = 1 + round(20 * at)


def _mood(plan: Any, at: float) -> None:
    for contact in plan["relationship"]["contacts"]:
        contact["sentiment"] = round(4 * at) - 2


def _trust(plan: Any, at: float) -> None:
    plan["relationship"]["trust"][-1].update(trust=round(5 * at, 1), buy_again=round(10 * at, 1))


def _satisfaction(plan: Any, at: float) -> None:
    plan["service"]["satisfaction"][-1]["score"] = round(1 + 4 * at, 1)


def _cases(plan: Any, at: float) -> None:
    in_time = round(4 * at)
    plan["service"]["cases"] = [
        {
            "id": f"c{number}",
            "opened": datetime.date(2026, 5, 1),
            "due": datetime.date(2026, 5, 20),
            "closed": datetime.date(2026, 5, 19 if number < in_time else 29),
            "severity": 3,
        }
        for number in range(4)
    ]


def _promises(plan: Any, at: float) -> None:
    in_time = round(4 * at)
    plan["relationship"]["promises"] = [
        {
            "what": f"Promise {number}",
            "to": "ana",
            "due": datetime.date(2026, 9, 10),
            "kept_on": datetime.date(2026, 9, 9 if number < in_time else 19),
        }
        for number in range(4)
    ]


def _delivered(plan: Any, at: float) -> None:
    plan["service"]["objects"][0]["delivered"] = round(10 * at)


def _revenue(plan: Any, at: float) -> None:
    whole = plan["economics"]["revenue"][1]["amount"] * 304 / 365
    plan["economics"]["revenue"][-1]["amount"] = round(whole * (0.5 + 0.6 * at))


def _usage(plan: Any, at: float) -> None:
    for point in plan["usage"][-3:]:
        point["value"] = round(100 * (0.5 + 0.6 * at))


def _value(plan: Any, at: float) -> None:
    # costs are 430,000: worth is 0.9 to 1.25 of them
    plan["value"]["values"]["product"] = round(430_000 * (0.9 + 0.35 * at)) - 120_000


def _their_risk(plan: Any, at: float) -> None:
    # 0.02 of each loss is left; 80,000 is a fifth of the price
    plan["risk"]["customer"][0]["loss"] = round(4_000_000 * (1 - at))


def _our_loss(plan: Any, at: float) -> None:
    plan["risk"]["own"] = [
        {
            "id": "misuse",
            "class": "misuse",
            "statement": "Used beyond what it is made for.",
            "probability": 0.5,
            "loss": round(96_000 * (1 - at)),
        }
    ]


def _days_late(plan: Any, at: float) -> None:
    plan["risk"]["credit"]["days_late"] = round(60 * (1 - at))


SETTERS: Mapping[Signal, Callable[[Any, float], None]] = {
    Signal.THREADS: _threads,
    Signal.MOOD: _mood,
    Signal.TRUST: _trust,
    Signal.RHYTHM: _rhythm,
    Signal.SATISFACTION: _satisfaction,
    Signal.CASES: _cases,
    Signal.PROMISES: _promises,
    Signal.DELIVERED: _delivered,
    Signal.REVENUE: _revenue,
    Signal.USAGE: _usage,
    Signal.VALUE_FOR_COST: _value,
    Signal.THEIR_RISK: _their_risk,
    Signal.OUR_LOSS: _our_loss,
    Signal.DAYS_LATE: _days_late,
}


def plan_of(
    signals: Mapping[Signal, float], events: Mapping[str, int] = {}, money: float = 1.0
) -> str:
    """A plan with these signals, so many of these events, and so many times the money."""
    plan = copy.deepcopy(HEALTHY)
    for signal in Signal:
        SETTERS[signal](plan, signals[signal])
    plan["outcomes"] = [
        {"date": datetime.date(2026, 9, 1), "kind": "lost", "amount": 1000, "reason": "A rival"}
        for _ in range(events.get(LOSS, 0))
    ]
    plan["service"]["cases"] += [
        {
            "id": f"late{number}",
            "opened": datetime.date(2026, 10, 1),
            "due": datetime.date(2026, 11, 1),
            "severity": 2,
        }
        for number in range(events.get(LATE, 0))
    ]
    plan["account"]["contract"]["value"] = round(400_000 * money)
    return yaml.dump(plan, Dumper=_Plain, sort_keys=False, allow_unicode=True)


def drawn(dice: random.Random) -> dict[Signal, float]:
    """Signals as customers have them: some do well in all, some in none, most in between."""
    mood = dice.gauss(0.65, 0.2)
    return {signal: min(1.0, max(0.0, dice.gauss(mood, 0.25))) for signal in Signal}
