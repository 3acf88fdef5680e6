"""The survey over all accounts: what people hold important, how far they agree, what is hard."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.enrich import Account
from generator.enrich.survey import Mention, all_mentions, kendall, mean_ranks
from generator.language import say, say_count
from generator.render.formats import number, sentences, share
from generator.render.home import value_of
from generator.render.links import Links
from generator.render.portfolio.naming import person_name
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/survey.html"
SHOWN = 15
LISTED = 60
STRONG_FROM, WEAK_TO = 0.7, 0.3
"""Kendall's W from which one speaks of strong agreement, and up to which of weak (Schmidt 1997)."""


class Voice(NamedTuple):
    """What one person named for one account, in their order."""

    account: Account
    mentions: tuple[Mention, ...]


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

    @property
    def told(self) -> str:
        """How many answers name it, and where they see it as far as somebody says."""
        count = self.answers
        if self.inside and self.outside:
            return say_count("{count} answer, both", "{count} answers, both", count)
        if self.inside:
            return say_count("{count} answer, inside", "{count} answers, inside", count)
        if self.outside:
            return say_count("{count} answer, outside", "{count} answers, outside", count)
        return say_count("{count} answer", "{count} answers", count)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part of the method that people named: how important, and how far it is."""

    part: str
    points: float
    important: float
    """Its rank by points."""
    state: float
    """The mean state of the plans, 0 to 1."""
    gap: float
    """Rank by points less rank by state; below 0 the plans lag behind the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """What people say of one account."""

    name: str
    href: str
    answers: int
    first: str
    internal: float | None
    agreement: float | None
    lags: tuple[str, ...]
    """Parts that are furthest behind their importance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """What somebody finds hardest."""

    who: str
    account: str
    href: str
    text: str


def survey_pages(site: Site) -> Iterator[Page]:
    """portfolio/survey."""
    links = Links(here=HERE)
    voices = _voices(site)
    factors, parts = _factors(voices), _parts(voices)
    rows, hard = _rows(site, links, voices), list(_difficulties(site, links))
    internal = _internal(factors)
    agreement = kendall([[one.factor for one in voice.mentions] for voice in voices])
    agreement = agreement if len(voices) > 1 else None
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []

    def add(anchor: str, title: str, **values: Any) -> None:
        name = f"portfolio/survey_{anchor}.html.j2"
        fragments[anchor] = site.engine.render(
            name, label=site.settings.label, in_points=in_points, **values
        )
        if title:
            sections.append(SkeletonSection(anchor=anchor, title=title))

    if factors:
        people = len({one.by for voice in voices for one in voice.mentions})
        add(
            "head",
            "",
            answers=len(voices),
            people=people,
            accounts=len(rows),
            internal=internal,
            agreement=agreement,
            word=_agreement_word(agreement),
            hard=len(hard),
        )
        most = factors[0].points or 1.0
        add(
            "factors",
            say("What matters most"),
            factors=factors[:SHOWN],
            most=most,
            more=len(factors) - SHOWN,
        )
    if parts:
        most = max(one.points for one in parts) or 1.0
        add("parts", say("Important, and how far it is"), parts=parts, most=most)
    if len(rows) > 1:
        add("accounts", say("By account"), rows=rows[:LISTED], more=len(rows) - LISTED)
    if hard:
        add("difficulties", say("What is hardest"), rows=hard[:LISTED], more=len(hard) - LISTED)
    markdown = page_markdown(
        title=say("Survey"),
        description=say("What our people hold important, and what is hard."),
        sentence=_sentence(voices, factors, agreement, internal, len(hard)),
        head="head" if "head" in fragments else None,
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/survey.md", markdown=markdown, fragments=fragments)


def _sentence(
    voices: Sequence[Voice],
    factors: Sequence[Factor],
    agreement: float | None,
    internal: float | None,
    hard: int,
) -> str:
    """What counts most, whether people agree, how much of it is in our own hands."""
    if not factors:
        if not hard:
            return say(
                "Nobody has answered yet: fill in survey with what matters most and is hardest."
            )
        return say_count(
            "{count} difficulty told; nobody says what matters most.",
            "{count} difficulties told; nobody says what matters most.",
            hard,
        )
    told = [_most_important(voices, factors)]
    if agreement is not None:
        told.append(
            say(
                "{agreement} (Kendall's W {number} of 1).",
                agreement=_agreement_word(agreement),
                number=number(agreement),
            )
        )
    if internal is not None:
        told.append(
            say("{share} of the points go to what lies within our own firm.", share=share(internal))
        )
    return sentences(told)


def _most_important(voices: Sequence[Voice], factors: Sequence[Factor]) -> str:
    first = factors[0]
    level = sum(one.points == first.points for one in factors) - 1
    answers = say_count("{count} answer", "{count} answers", len(voices))
    points = in_points(first.points)
    if not level:
        return say(
            "Most important in {answers}: {factor} ({points}).",
            answers=answers,
            factor=first.name,
            points=points,
        )
    return say(
        "Most important in {answers}: {factor} ({points}) and {count} more, level with it.",
        answers=answers,
        factor=first.name,
        points=points,
        count=number(level),
    )


def in_points(points: float) -> str:
    """Points in words: 1 point, 2.5 points."""
    return say_count(
        "{points} point", "{points} points", 1 if points == 1 else 2, points=number(points)
    )


def _agreement_word(agreement: float | None) -> str:
    """What Kendall's W means, in words."""
    if agreement is None:
        return ""
    if agreement >= STRONG_FROM:
        return say("People agree")
    return say("People agree in part") if agreement > WEAK_TO else say("People hardly agree")


def _voices(site: Site) -> list[Voice]:
    """Everyone who ranked something, for each account once."""
    voices = []
    for account in site.portfolio.accounts:
        by_person: dict[str, list[Mention]] = {}
        for one in all_mentions(account.case) if account.case else ():
            by_person.setdefault(one.by, []).append(one)
        voices += [Voice(account, tuple(mentions)) for mentions in by_person.values()]
    return voices


def _factors(voices: Sequence[Voice]) -> list[Factor]:
    """Factors by their points over all accounts, the most important first (A1)."""
    named: dict[str, list[Mention]] = {}
    for voice in voices:
        for one in voice.mentions:
            named.setdefault(one.factor, []).append(one)
    factors = [
        Factor(
            name=str(found[0].said.value),
            points=math.fsum(one.points for one in found),
            answers=len(found),
            inside=math.fsum(one.points for one in found if one.side.value == "internal"),
            outside=math.fsum(one.points for one in found if one.side.value == "external"),
        )
        for found in named.values()
    ]
    return sorted(factors, key=lambda one: (-one.points, -one.answers, one.name))


def _internal(factors: Sequence[Factor]) -> float | None:
    """Of the points whose side is told, the share within our own firm."""
    inside = math.fsum(one.inside for one in factors)
    whole = inside + math.fsum(one.outside for one in factors)
    return inside / whole if whole else None


def _parts(voices: Sequence[Voice]) -> list[PartRow]:
    """Parts of the method that were named, by importance, against the mean state of the plans."""
    points: dict[str, float] = {}
    for voice in voices:
        for one in voice.mentions:
            if one.part.value is not None:
                points[one.part.value] = points.get(one.part.value, 0.0) + one.points
    states = _states(voices)
    known = {part: states[part] for part in points if part in states}
    points = {part: points[part] for part in known}
    important, built = mean_ranks(points), mean_ranks(known)
    rows = [
        PartRow(
            part=part,
            points=points[part],
            important=important[part],
            state=known[part],
            gap=important[part] - built[part],
        )
        for part in points
    ]
    return sorted(rows, key=lambda one: (one.important, one.part))


def _states(voices: Sequence[Voice]) -> Mapping[str, float]:
    """By part its mean state over the accounts that people spoke of."""
    found: dict[str, list[float]] = {}
    for account in {voice.account.id: voice.account for voice in voices}.values():
        for part, state in (value_of(account, "rsvr.parts") or {}).items():
            found.setdefault(part, []).append(state)
    return {part: math.fsum(states) / len(states) for part, states in found.items()}


def _rows(site: Site, links: Links, voices: Sequence[Voice]) -> list[AccountRow]:
    """What people say of each account, those with most answers first."""
    counts: dict[str, int] = {}
    for voice in voices:
        counts[voice.account.id] = counts.get(voice.account.id, 0) + 1
    accounts = {voice.account.id: voice.account for voice in voices}
    rows = []
    for id, account in accounts.items():
        points = value_of(account, "survey.factors") or {}
        rows.append(
            AccountRow(
                name=account.name,
                href=links.account(id, "plan"),
                answers=counts[id],
                first=max(points, key=lambda one: points[one], default=""),
                internal=value_of(account, "survey.internal"),
                agreement=value_of(account, "survey.agreement"),
                lags=_lags(site, value_of(account, "survey.gap")),
            )
        )
    return sorted(rows, key=lambda one: (-one.answers, one.name))


def _lags(site: Site, gaps: Mapping[str, float] | None) -> tuple[str, ...]:
    """The parts whose rank by importance is furthest before their rank by state."""
    worst = min((gaps or {}).values(), default=0.0)
    if worst >= 0:
        return ()
    return tuple(
        f"{part} {site.settings.label('parts', part)}"
        for part, gap in (gaps or {}).items()
        if gap == worst
    )


def _difficulties(site: Site, links: Links) -> Iterator[Difficulty]:
    """What each person finds hardest about each account, as they said last."""
    for account in site.portfolio.accounts:
        answers = (account.playbook.survey if account.playbook else None) or ()
        for answer in {one.by: one for one in answers}.values():
            if answer.difficulty:
                yield Difficulty(
                    who=person_name(site, answer.by),
                    account=account.name,
                    href=links.account(account.id, "plan"),
                    text=answer.difficulty,
                )
