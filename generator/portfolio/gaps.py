"""Known gaps: what was missing when the gate was switched on, and how much is closed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from generator.figures import Portfolio
from generator.portfolio.colleagues import owner_of
from generator.rules.gate.baseline import Baseline, GapIdentity, split


class GroupedBy(StrEnum):
    """By what known gaps are counted."""

    OWNER = "owners"
    RULE = "rules"
    ACCOUNT = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCount:
    """What was written down of one owner, rule or account, and how much is left of it."""

    id: str
    """Empty for accounts that nobody owns."""
    left: int
    closed: int

    @property
    def written(self) -> int:
        """How many gaps were written down."""
        return self.left + self.closed

    @property
    def share_closed(self) -> float:
        """0 to 1."""
        return self.closed / self.written


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGaps:
    """The gaps of a baseline as they are today."""

    total: GapCount
    plans: int
    """Plans with gaps that are left."""
    marks_left: Counter[GapIdentity]
    marks_closed: Counter[GapIdentity]


def gaps_of(portfolio: Portfolio, baseline: Baseline | None) -> KnownGaps:
    """How much of the baseline is left and how much is closed."""
    parts = split(portfolio.findings, baseline)
    return KnownGaps(
        total=GapCount(id="", left=len(parts.known), closed=parts.mended.total()),
        plans=len({finding.account for finding in parts.known}),
        marks_left=Counter(
            GapIdentity(finding.account, finding.rule, finding.entry) for finding in parts.known
        ),
        marks_closed=parts.mended,
    )


def gaps_by(portfolio: Portfolio, gaps: KnownGaps, by: GroupedBy) -> tuple[GapCount, ...]:
    """Counts by owner, rule or account, in the order in which they are met."""
    accounts = {account.id: account for account in portfolio.accounts}

    def owner(mark: GapIdentity) -> str:
        account = accounts.get(mark.account)
        return (owner_of(account) if account else None) or ""

    id_of: Callable[[GapIdentity], str] = {
        GroupedBy.OWNER: owner,
        GroupedBy.RULE: lambda mark: mark.rule,
        GroupedBy.ACCOUNT: lambda mark: mark.account,
    }[by]
    left: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for mark, count in gaps.marks_left.items():
        left[id_of(mark)] += count
    for mark, count in gaps.marks_closed.items():
        closed[id_of(mark)] += count
    return tuple(GapCount(id=id, left=left[id], closed=closed[id]) for id in left | closed)
