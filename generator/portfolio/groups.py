"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.figures import Account, Portfolio
from generator.portfolio.sums import exposure, figure_in_reporting, in_reporting, value_of

_OWN = {
    "revenue": "revenue.last_year",
    "contribution": "economics.contribution",
    "retained_profit": "selection.retained_profit",
    "whitespace": "offerings.whitespace",
}
SUMS = ("revenue", "contribution", "retained_profit", "exposure", "whitespace")
"""What is added over a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account of a group."""

    account: Account
    depth: int
    own: Mapping[str, float | None]
    """What it brings itself, in the reporting currency."""
    with_all_below: Mapping[str, float | None]
    """Empty for those without subsidiaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A parent at the top and all below it, each under its own parent."""

    members: tuple[Member, ...]

    @property
    def top(self) -> Member:
        """The parent of all."""
        return self.members[0]

    def lacking(self, name: str) -> tuple[str, ...]:
        """Accounts that do not know their part of a sum."""
        return tuple(member.account.name for member in self.members if member.own[name] is None)


def groups(portfolio: Portfolio) -> tuple[Group, ...]:
    """Groups by their top: the largest profit first, then the most accounts."""
    children = _children(portfolio.accounts)
    below = {account.id for members in children.values() for account in members}
    all_groups = [
        Group(members=tuple(_members(portfolio, account, children, 0)))
        for account in portfolio.accounts
        if account.id in children and account.id not in below
    ]
    return tuple(
        sorted(
            all_groups,
            key=lambda group: (
                -(group.top.with_all_below["retained_profit"] or 0.0),
                -len(group.members),
                group.top.account.name,
            ),
        )
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
        with_all_below={name: value_of(account, f"group.{name}") for name in SUMS}
        if account.id in children
        else {},
    )
    for child in sorted(children.get(account.id, ()), key=lambda each: each.name):
        yield from _members(portfolio, child, children, depth + 1)


def _own(portfolio: Portfolio, account: Account, name: str) -> float | None:
    if name != "exposure":
        return figure_in_reporting(portfolio, account, _OWN[name])
    amount = exposure(account)
    return None if amount is None else in_reporting(portfolio, account, amount)
