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


def money_at_risk(account: Account) -> float | None:
    """What hangs on an account times what its health has lost, a year, in the reporting currency.

    None where it is not known what hangs on it; health that is not known counts as settings say.
    """
    if account.case is None:
        return None
    stake, health = (account.figures[key].value for key in ("attention.stake", "health"))
    if stake is None:
        return None
    if health is None:
        health = account.case.settings.scoring.attention.unknown_health
    return float(stake * (1 - health / FULL))


def _order(account: Account) -> tuple[object, ...]:
    case = account.case
    if case is None:
        return (False, 0, False, 0.0, datetime.date.min, account.id)
    is_last = case.status == "former" or dropped(case) is not None
    how_urgent = (Level.ACT, Level.WATCH, None).index(level(account))
    at_risk = money_at_risk(account)
    days = [item.due for item in items(account) if item.due is not None]
    nearest = min(days, default=datetime.date.max)
    return (is_last, how_urgent, at_risk is not None, -(at_risk or 0.0), nearest, account.id)
