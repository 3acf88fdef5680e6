"""The survey over all accounts: what people hold important, how far they agree, what is hard."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.figures import Account, Portfolio
from generator.figures.survey import FactorMention, all_mentions, kendall, mean_ranks
from generator.portfolio.sums import value_of

STRONG_FROM, WEAK_TO = 0.7, 0.3
"""Kendall's W from which one speaks of strong agreement, and up to which of weak (Schmidt 1997)."""


class Agreement(StrEnum):
    """How far people rank alike."""

    STRONG = "strong"
    PARTIAL = "partial"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRanking:
    """What one person named for one account, in their order."""

    account: Account
    mentions: tuple[FactorMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """Something that people named."""

    name: str
    points: float
    answers: int
    inside: float
    """Points by those who see it within our own firm."""
    outside: float
    """Points by those who see it outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRank:
    """A part of the method that people named: how important, and how far it is."""

    part: str
    points: float
    importance: float
    """Its rank by points."""
    state: float
    """The mean state of the plans, 0 to 1."""
    gap: float
    """Rank by points less rank by state; below 0 the plans lag behind the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAnswers:
    """What people say of one account."""

    account: Account
    answers: int
    first: str
    """The factor with the most points; empty without any."""
    internal: float | None
    agreement: float | None
    lagging: tuple[str, ...]
    """Parts that are furthest behind their importance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """What somebody finds hardest about an account."""

    account: Account
    by: str
    """The id of who says so."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All answers of a portfolio."""

    answers: tuple[SurveyRanking, ...]
    factors: tuple[Factor, ...]
    """The most important first."""
    parts: tuple[PartRank, ...]
    """Those people named, the most important first."""
    accounts: tuple[AccountAnswers, ...]
    """Those with most answers first."""
    difficulties: tuple[Difficulty, ...]
    internal: float | None
    """Of the points whose side is said, the share within our own firm."""
    agreement: float | None
    """Kendall's W over all answers; None with fewer than two."""

    @property
    def people(self) -> int:
        """How many of us have answered."""
        return len({mention.by for answer in self.answers for mention in answer.mentions})


def survey_of(portfolio: Portfolio) -> Survey:
    """What people say, over all accounts."""
    answers = tuple(_answers(portfolio))
    factors = _factors(answers)
    rankings = [[mention.factor for mention in answer.mentions] for answer in answers]
    return Survey(
        answers=answers,
        factors=factors,
        parts=_parts(answers),
        accounts=_accounts(answers),
        difficulties=tuple(_difficulties(portfolio)),
        internal=_internal(factors),
        agreement=kendall(rankings) if len(answers) > 1 else None,
    )


def agreement_of(coefficient: float) -> Agreement:
    """What Kendall's W means."""
    if coefficient >= STRONG_FROM:
        return Agreement.STRONG
    return Agreement.PARTIAL if coefficient > WEAK_TO else Agreement.WEAK


def _answers(portfolio: Portfolio) -> Iterator[SurveyRanking]:
    """Everyone who ranked something, for each account once."""
    for account in portfolio.accounts:
        by_person: dict[str, list[FactorMention]] = {}
        for mention in all_mentions(account.case) if account.case else ():
            by_person.setdefault(mention.by, []).append(mention)
        for mentions in by_person.values():
            yield SurveyRanking(account=account, mentions=tuple(mentions))


def _factors(answers: Sequence[SurveyRanking]) -> tuple[Factor, ...]:
    """Factors by their points over all accounts, the most important first (A1)."""
    by_factor: dict[str, list[FactorMention]] = {}
    for answer in answers:
        for mention in answer.mentions:
            by_factor.setdefault(mention.factor, []).append(mention)
    factors = [
        Factor(
            name=str(mentions[0].said.value),
            points=math.fsum(mention.points for mention in mentions),
            answers=len(mentions),
            inside=_points(mentions, "internal"),
            outside=_points(mentions, "external"),
        )
        for mentions in by_factor.values()
    ]
    return tuple(sorted(factors, key=lambda each: (-each.points, -each.answers, each.name)))


def _points(mentions: Sequence[FactorMention], side: str) -> float:
    return math.fsum(mention.points for mention in mentions if mention.side.value == side)


def _internal(factors: Sequence[Factor]) -> float | None:
    """Of the points whose side is said, the share within our own firm."""
    inside = math.fsum(factor.inside for factor in factors)
    whole = inside + math.fsum(factor.outside for factor in factors)
    return inside / whole if whole else None


def _parts(answers: Sequence[SurveyRanking]) -> tuple[PartRank, ...]:
    """Parts of the method that were named, by importance, against the mean state of the plans."""
    points: dict[str, float] = {}
    for answer in answers:
        for mention in answer.mentions:
            if mention.part.value is not None:
                points[mention.part.value] = points.get(mention.part.value, 0.0) + mention.points
    states = mean_states(answers)
    points = {part: amount for part, amount in points.items() if part in states}
    importance = mean_ranks(points)
    progress = mean_ranks({part: states[part] for part in points})
    rows = [
        PartRank(
            part=part,
            points=points[part],
            importance=importance[part],
            state=states[part],
            gap=importance[part] - progress[part],
        )
        for part in points
    ]
    return tuple(sorted(rows, key=lambda row: (row.importance, row.part)))


def mean_states(answers: Sequence[SurveyRanking]) -> Mapping[str, float]:
    """By part its mean state over the accounts that people spoke of."""
    by_part: defaultdict[str, list[float]] = defaultdict(list)
    for account in {answer.account.id: answer.account for answer in answers}.values():
        for part, state in (value_of(account, "rsvr.parts") or {}).items():
            by_part[part].append(state)
    return {part: math.fsum(states) / len(states) for part, states in by_part.items()}


def _accounts(answers: Sequence[SurveyRanking]) -> tuple[AccountAnswers, ...]:
    """What people say of each account, those with most answers first."""
    counts = Counter(answer.account.id for answer in answers)
    accounts = {answer.account.id: answer.account for answer in answers}
    rows = []
    for id, account in accounts.items():
        points: Mapping[str, float] = value_of(account, "survey.factors") or {}
        rows.append(
            AccountAnswers(
                account=account,
                answers=counts[id],
                first=max(points, key=lambda factor: points[factor], default=""),
                internal=value_of(account, "survey.internal"),
                agreement=value_of(account, "survey.agreement"),
                lagging=_lagging(value_of(account, "survey.gap") or {}),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.answers, row.account.name)))


def _lagging(gaps: Mapping[str, float]) -> tuple[str, ...]:
    """The parts whose rank by importance is furthest before their rank by state."""
    worst = min(gaps.values(), default=0.0)
    return tuple(part for part, gap in gaps.items() if gap == worst) if worst < 0 else ()


def _difficulties(portfolio: Portfolio) -> Iterator[Difficulty]:
    """What each person finds hardest about each account, as they said last."""
    for account in portfolio.accounts:
        answers = (account.playbook.survey if account.playbook else None) or ()
        for answer in {each.by: each for each in answers}.values():
            if answer.difficulty:
                yield Difficulty(account=account, by=answer.by, text=answer.difficulty)
