"""Accounts that need a person, in the order of the portfolio, with what each needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.attention import Item, Level, Need, own_stake
from generator.figures.ranking import in_order, items, level, money_at_risk
from generator.problems import Problem
from generator.rules.rulebook import Rule
from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """An item, and how many more of the same kind and level there are."""

    item: Item
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInNeed:
    """An account that needs a person."""

    account: Account
    place: int
    """In the portfolio's order, from 1."""
    level: Level
    stake: float | None
    """Money that hangs on the account a year, in the reporting currency."""
    own_stake: float | None
    """The same in the account's currency."""
    at_risk: float | None
    """Of the stake, in the reporting currency, what health has lost: the portfolio's order."""
    items: tuple[Item, ...]
    """The most urgent first."""


def accounts_in_need(portfolio: Portfolio) -> tuple[AccountInNeed, ...]:
    """Accounts with something to act on or to watch, whoever needs it most first.

    None in an edition, whose findings nobody is told.
    """
    if not portfolio.is_judged:
        return ()
    return tuple(
        AccountInNeed(
            account=account,
            place=place,
            level=worst,
            stake=account.figures["attention.stake"].value if account.case else None,
            own_stake=own_stake(account.case) if account.case else None,
            at_risk=money_at_risk(account),
            items=items(account),
        )
        for place, account in enumerate(in_order(portfolio.accounts), 1)
        if (worst := level(account)) is not None
    )


def grouped(every: Iterable[Item]) -> tuple[ItemGroup, ...]:
    """Items in their order, those of a kind and level as one."""
    groups: dict[tuple[Need, Level], list[Item]] = {}
    for item in every:
        groups.setdefault((item.kind, item.level), []).append(item)
    return tuple(ItemGroup(item=alike[0], more=len(alike) - 1) for alike in groups.values())


def contradictions_of(account: Account, settings: Settings) -> Iterator[tuple[Rule, Problem]]:
    """Findings that two numbers of the plan disagree, each with its rule."""
    rules = {rule.id: rule for rule in settings.rules.rules if rule.holds.agree is not None}
    for finding in account.findings:
        if finding.rule in rules:
            yield rules[finding.rule], finding
