"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.figures.attention import Level
from generator.figures.group import SUMS as ADDED
from generator.figures.ranking import level
from generator.figures.sides import Side
from generator.portfolio.sums import Money, money_of, status_of, value_of

SUMS = tuple(key.removeprefix("group.") for key in ADDED)
"""What is added over a group."""
HEALTH_WORDS = ("critical", "at_risk", "watch", "healthy")
"""The worst first."""

BySide = Mapping[Side, float]
"""Sums in the reporting currency; a side of which nothing is known is not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account of a group."""

    account: Account
    depth: int
    own: Mapping[str, Money | None]
    """What it brings itself."""
    with_all_below: Mapping[str, BySide]
    """Empty for those without subsidiaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A parent at the top and all below it, each under its own parent."""

    members: tuple[Member, ...]
    lacking: Mapping[str, tuple[str, ...]]
    """By sum the accounts that should be in it and are not."""

    @property
    def top(self) -> Member:
        """The parent of all."""
        return self.members[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTotals:
    """What a parent's page says of all that is below it."""

    by_status: Mapping[str, int]
    """Accounts of the group, the parent too, by what they are to us."""
    sums: Mapping[str, BySide]
    lacking: Mapping[str, tuple[str, ...]]
    """By sum the accounts that should be in it and are not."""
    worst_health: str | None
    """The worst word of health among its subsidiaries; None where none is known."""
    unhealthy: tuple[Account, ...]
    """The subsidiaries with that word, the least healthy first."""
    worst_level: Level | None
    """The worst level of attention among its subsidiaries."""
    in_need: tuple[Account, ...]
    """The subsidiaries of that level, in the portfolio's order."""


def groups(portfolio: Portfolio) -> tuple[Group, ...]:
    """Groups by their top: the largest profit first, then the most accounts."""
    children = _children(portfolio.accounts)
    below = {account.id for members in children.values() for account in members}
    all_groups = [
        Group(
            members=tuple(_members(portfolio, account, children, 0)),
            lacking=_lacking(portfolio, account),
        )
        for account in portfolio.accounts
        if account.id in children and account.id not in below
    ]
    return tuple(
        sorted(
            all_groups,
            key=lambda group: (
                -group.top.with_all_below["retained_profit"].get(Side.CUSTOMERS, 0.0),
                -len(group.members),
                group.top.account.name,
            ),
        )
    )


def group_below(portfolio: Portfolio, account: Account) -> GroupTotals | None:
    """What the group of an account amounts to; None for those without subsidiaries."""
    ids: Sequence[str] = value_of(account, "group.accounts") or ()
    members = [member for id in ids if (member := portfolio.account(id)) is not None]
    below = [member for member in members if member is not account]
    if not below:
        return None
    words = {value_of(each, "health.word") for each in below}
    worst_health = next((word for word in HEALTH_WORDS if word in words), None)
    levels = {level(each) for each in below} if portfolio.is_judged else set()
    worst_level = next((each for each in Level if each in levels), None)
    return GroupTotals(
        by_status=Counter(map(status_of, members)),
        sums={name: _by_side(account, name) for name in SUMS},
        lacking=_lacking(portfolio, account),
        worst_health=worst_health,
        unhealthy=_by_health(
            each
            for each in below
            if worst_health is not None and value_of(each, "health.word") == worst_health
        ),
        worst_level=worst_level,
        in_need=_by_place(
            each for each in below if worst_level is not None and level(each) == worst_level
        ),
    )


def _by_health(accounts: Iterable[Account]) -> tuple[Account, ...]:
    return tuple(sorted(accounts, key=lambda each: (value_of(each, "health") or 0.0, each.name)))


def _by_place(accounts: Iterable[Account]) -> tuple[Account, ...]:
    return tuple(
        sorted(accounts, key=lambda each: (value_of(each, "attention.place") or 0, each.name))
    )


def _children(accounts: Sequence[Account]) -> dict[str, list[Account]]:
    """Accounts by the id of their parent, as far as it is there."""
    children: dict[str, list[Account]] = {}
    known = {account.id for account in accounts}
    for account in accounts:
        parent = account.playbook.account.parent if account.playbook else None
        if parent is not None and parent in known and parent != account.id:
            children.setdefault(parent, []).append(account)
    return children


def _members(
    portfolio: Portfolio, account: Account, children: Mapping[str, Sequence[Account]], depth: int
) -> Iterator[Member]:
    """The account and all below it, each under its parent, with how deep it stands."""
    yield Member(
        account=account,
        depth=depth,
        own={name: _own(portfolio, account, name) for name in SUMS},
        with_all_below={name: _by_side(account, name) for name in SUMS}
        if account.id in children
        else {},
    )
    for child in sorted(children.get(account.id, ()), key=lambda each: each.name):
        yield from _members(portfolio, child, children, depth + 1)


def _by_side(account: Account, name: str) -> BySide:
    """The sides of which something is known, of a figure of the group."""
    sums: Mapping[str, float] = value_of(account, f"group.{name}") or {}
    return {Side(side): amount for side, amount in sums.items()}


def _lacking(portfolio: Portfolio, account: Account) -> dict[str, tuple[str, ...]]:
    """By sum the accounts of a group that lack the amount, a rate or a chance."""
    lacking = {}
    for name in SUMS:
        figure = account.figures.get(f"group.{name}")
        parts = figure.missing if figure else ()
        below = (portfolio.account(part.partition(": ")[0]) for part in parts)
        lacking[name] = tuple(dict.fromkeys(each.name for each in below if each is not None))
    return lacking


def _own(portfolio: Portfolio, account: Account, name: str) -> Money | None:
    """What an account brings itself, before any chance."""
    added = ADDED[f"group.{name}"]
    if added.read is None:
        return money_of(portfolio, account, value_of(account, added.name))
    amount = added.read(account.case).value if account.case else None
    return money_of(portfolio, account, amount)
