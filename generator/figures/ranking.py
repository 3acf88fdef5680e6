"""The order of a portfolio's accounts by what needs a person first. Spec: `attention.place`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from generator.figures.account import Account
from generator.figures.attention import FULL, UNREADABLE, Item, Level, dropped


def items(account: Account) -> tuple[Item, ...]:
    """What needs a person, the most urgent first; none before the gate has looked."""
    if account.case is None:
        return (UNREADABLE,)
    figure = account.figures.get("attention")
    return figure.value if figure is not None and figure.value is not None else ()


def level(account: Account) -> Level | None:
    """The worst level of its items."""
    return min((item.level for item in items(account)), default=None)


def in_order(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """Accounts with what needs a person first, whatever order they come in."""
    return tuple(sorted(accounts, key=_order))


def places(accounts: Iterable[Account]) -> dict[str, int]:
    """By id the place of each account, from 1."""
    return {account.id: place for place, account in enumerate(in_order(accounts), 1)}


def _order(account: Account) -> tuple[object, ...]:
    case = account.case
    if case is None:
        return (False, 0, False, 0.0, datetime.date.min, account.id)
    is_last = case.status == "former" or dropped(case) is not None
    how_urgent = (Level.ACT, Level.WATCH, None).index(level(account))
    stake = account.figures["attention.stake"].value
    health = account.figures["health"].value
    if health is None:
        health = case.settings.scoring.attention.unknown_health
    at_risk = 0.0 if stake is None else stake * (1 - health / FULL)
    days = [item.due for item in items(account) if item.due is not None]
    nearest = min(days, default=datetime.date.max)
    return (is_last, how_urgent, stake is not None, -at_risk, nearest, account.id)
