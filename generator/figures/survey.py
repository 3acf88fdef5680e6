"""What our people hold important, and how far the plan follows (method item A1)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.figures.called import person_called
from generator.figures.case import Case
from generator.figures.definition import Rank, figure
from generator.figures.figure import (
    NOTHING_TO_DIVIDE,
    Figure,
    Reason,
    computed,
    exceeds,
    figure_of,
    mean_confidence,
    missing_among,
    null,
)
from generator.figures.name import written
from generator.figures.plan_quality import looked, no_share, nothing_listed
from generator.form.plans import SurveyAnswer
from generator.language import Phrases, phrase, phrases

LEAST_PEOPLE = 2
TOO_FEW_PEOPLE = phrase("fewer than two people ranked")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorMention:
    """A factor that one person named, at its place of the ranking."""

    by: str
    factor: str
    """Folded: another spelling of case or width is the same factor."""
    points: float
    said: Reason
    side: Reason
    part: Reason


@figure(
    "survey.agreement",
    title="Of one mind",
    formula=(
        "Kendall's W = 12 x spread of rank sums / (people squared x (factors cubed - factors) -"
        " ties)"
    ),
    unit="0 to 1",
    item="A1",
    section="plan",
    rank=Rank.REFERENCE,
    needs=("survey",),
)
def agreement(case: Case) -> Figure:
    """Whether our people agree on what is important."""
    if not case.playbook.survey:
        return null(reasons=(looked(case, "survey"),), note=NOTHING_TO_DIVIDE)
    rankings: dict[str, list[str]] = {}
    mentions = all_mentions(case)
    for mention in mentions:
        rankings.setdefault(mention.by, []).append(mention.factor)
    reasons = [mention.said for mention in mentions]
    if len(rankings) < LEAST_PEOPLE:
        return null(reasons=reasons, note=TOO_FEW_PEOPLE)
    return computed(lambda *_: kendall(list(rankings.values())), reasons)


def all_mentions(case: Case) -> list[FactorMention]:
    """What each person named in their last answer, with the points of its place (A1)."""
    answers = case.playbook.survey or ()
    return [
        mention
        for index in _last_answers(answers)
        for mention in _mentions(case, index, answers[index])
    ]


def _last_answers(answers: tuple[SurveyAnswer, ...]) -> list[int]:
    """By person the last answer in the file: one person is one voice."""
    return sorted({answer.by: index for index, answer in enumerate(answers)}.values())


def _folded(factor: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", factor).casefold().split())


def _mentions(case: Case, index: int, answer: SurveyAnswer) -> list[FactorMention]:
    """The factors of one answer, each once, with the points that its place gives (A1)."""
    places = case.settings.scoring.plan.survey_places
    mentions: dict[str, FactorMention] = {}
    for row, choice in enumerate(answer.factors or ()):
        factor = _folded(choice.factor)
        if factor in mentions:
            continue
        place = len(mentions)
        points = float(max(0, places - place))
        path = ("survey", index, "factors", row)
        note = phrase(
            "place {place} for {person}", place=place + 1, person=person_called(case, answer.by)
        )
        named, side, part = (
            case.fact(*path, field).with_(weight=points) for field in ("factor", "side", "part")
        )
        mentions[factor] = FactorMention(
            by=answer.by,
            factor=factor,
            points=points,
            said=named.with_(note=note),
            side=side,
            part=part,
        )
    return list(mentions.values())


def _unranked(case: Case) -> tuple[str, ...]:
    """Answers that name no factors, as what is missing."""
    answers = case.playbook.survey or ()
    last = [index for index in _last_answers(answers) if answers[index].factors is None]
    return missing_among([case.fact("survey", index, "factors") for index in last])


@figure(
    "survey.factors",
    title="What we hold important",
    formula="by factor: points for the first place, one less for each place after",
    unit="points",
    by_name=True,
    item="A1",
    under="survey.agreement",
    rank=Rank.REFERENCE,
    needs=("survey",),
)
def factors(case: Case) -> Figure:
    """What our people name as most important."""
    missing = _unranked(case)
    if not case.playbook.survey:
        return nothing_listed(case, "survey")
    by_factor: dict[str, list[FactorMention]] = {}
    for mention in all_mentions(case):
        by_factor.setdefault(mention.factor, []).append(mention)
    if not by_factor:
        return null(missing, note=_unless(missing))
    places = case.setting("scoring", "plan", "survey_places", unit="points")
    reasons = [
        Reason(
            name=written(str(named[0].said.value)),
            value=math.fsum(mention.points for mention in named),
            unit="points",
            confidence=mean_confidence([mention.said for mention in named]),
            note=phrase("named by {people}", people=_who_named(case, named)),
            inputs=tuple(mention.said for mention in named),
        )
        for named in by_factor.values()
    ]
    reasons.sort(key=lambda reason: -reason.value)
    return figure_of(
        {reason.name: reason.value for reason in reasons}, reasons, more=(places,), missing=missing
    )


def _who_named(case: Case, named: Sequence[FactorMention]) -> Phrases:
    return phrases((person_called(case, mention.by) for mention in named), ", ")


def _unless(missing: tuple[str, ...]) -> str | None:
    """Why there is no figure where nothing is missing."""
    return None if missing else NOTHING_TO_DIVIDE


@figure(
    "survey.internal",
    title="Within our firm",
    is_part=True,
    formula="points of internal factors / all points",
    item="A1",
    under="survey.agreement",
    rank=Rank.REFERENCE,
    needs=("survey",),
)
def internal(case: Case) -> Figure:
    """How much of what is important lies within our own firm."""
    missing = _unranked(case)
    if not case.playbook.survey:
        return no_share(case, "survey")
    counted = [mention for mention in all_mentions(case) if mention.points]
    sides = [mention.side for mention in counted]
    if lacks := missing_among(sides):
        return null((*missing, *lacks), reasons=sides)
    if not sides:
        return null(missing, note=_unless(missing))
    points = [mention.points for mention in counted]
    inside = [mention.points for mention in counted if mention.side.value == "internal"]
    return figure_of(
        math.fsum(inside) / math.fsum(points),
        sides,
        more=(case.setting("scoring", "plan", "survey_places", unit="points"),),
        missing=missing,
    )


def kendall(rankings: Sequence[Sequence[str]]) -> float | None:
    """Kendall's W with its correction for ties; None where there is one thing to rank.

    What someone did not rank shares the mean of the ranks that are left.
    """
    things = list(dict.fromkeys(item for ranking in rankings for item in ranking))
    people, count = len(rankings), len(things)
    sums = dict.fromkeys(things, 0.0)
    ties = 0
    for ranking in rankings:
        left = count - len(ranking)
        ties += left**3 - left
        shared = (len(ranking) + 1 + count) / 2
        for item in things:
            sums[item] += ranking.index(item) + 1 if item in ranking else shared
    most = people**2 * (count**3 - count) - people * ties
    mean = people * (count + 1) / 2
    spread = math.fsum((ranks - mean) ** 2 for ranks in sums.values())
    return 12 * spread / most if most else None


@figure(
    "survey.gap",
    title="Important, not built",
    formula="by named part: rank by points - rank by state",
    unit="ranks",
    by_name=True,
    item="A1",
    under="survey.agreement",
    rank=Rank.REFERENCE,
    labels="parts",
    needs=("survey",),
)
def gap(case: Case) -> Figure:
    """Which parts our people hold important and the plan neglects: those below 0."""
    missing = _unranked(case)
    if not case.playbook.survey:
        return nothing_listed(case, "survey")
    named: dict[str, list[FactorMention]] = {}
    for mention in all_mentions(case):
        if mention.part.value is not None:
            named.setdefault(mention.part.value, []).append(mention)
    if not named:
        return null(missing or ("survey.factors.part",))
    points = {part: math.fsum(mention.points for mention in all_) for part, all_ in named.items()}
    now: Mapping[str, float] = case.figures["rsvr.parts"].value
    important = mean_ranks(points)
    built = mean_ranks({part: now[part] for part in named})
    states = {row.name: row for row in case.figures["rsvr.parts"].reasons}
    reasons = []
    for part in sorted(named, key=lambda name: important[name]):
        state = states[f"rsvr.{part}"].with_(inputs=())
        inputs = (*(mention.part for mention in named[part]), state)
        reasons.append(
            Reason(
                name=part,
                value=important[part] - built[part],
                unit="ranks",
                confidence=mean_confidence(inputs),
                note=phrase(
                    "{points} points: rank {important}; state {state}: rank {built}",
                    points=f"{points[part]:g}",
                    important=f"{important[part]:g}",
                    state=f"{now[part]:g}",
                    built=f"{built[part]:g}",
                ),
                inputs=inputs,
            )
        )
    return figure_of({reason.name: reason.value for reason in reasons}, reasons, missing=missing)


def mean_ranks(values: Mapping[str, float]) -> dict[str, float]:
    """The rank of each, the highest first; those that are level share the mean of their ranks."""
    return {
        name: 1
        + sum(exceeds(level, value) for level in values.values())
        + (sum(level == value for level in values.values()) - 1) / 2
        for name, value in values.items()
    }
