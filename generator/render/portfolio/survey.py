"""The survey over all accounts: what people hold important, how far they agree, what is hard."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.enrich.survey import kendall
from generator.model.scalars import PARTS
from generator.render.formats import number, plural, share
from generator.render.home import value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/survey.html"
SHOWN = 15
AGREE, HARDLY = 0.7, 0.3
"""From here on Kendall's W is called agreement; below the second there is hardly any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """Something that people named."""

    name: str
    points: float
    width: float
    people: int
    internal: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A difficulty that somebody named."""

    who: str
    account: str
    href: str
    text: str


def survey_pages(site: Site) -> Iterator[Page]:
    """portfolio/survey."""
    links = Links(here=HERE)
    factors, rankings = _factors(site)
    difficulties = list(_difficulties(site, links))
    agreement = kendall(rankings)
    people = len(rankings)
    fragments: dict[str, str] = {}
    if not factors and not difficulties:
        sentence = (
            "Nobody has answered yet: fill in 'survey' with what matters most and is hardest."
        )
    else:
        sentence = f"{plural(people, 'answer')} from {plural(_accounts(site), 'account')}"
        if agreement is not None:
            word = "they agree" if agreement >= AGREE else "they hardly agree"
            word = "they agree in part" if HARDLY <= agreement < AGREE else word
            sentence += f": {word} (Kendall's W {number(agreement)})"
        internal = _internal(site)
        if internal is not None:
            sentence += f"; {share(internal)} of the points go to what lies within our own firm"
        sentence += "."
    render = site.engine.render
    sections = []
    if factors:
        fragments["factors"] = render(
            "portfolio/survey_factors.html.j2", factors=factors[:SHOWN], more=len(factors) - SHOWN
        )
        sections.append(SkeletonSection(anchor="factors", title="What matters most"))
        parts = _parts(site)
        if parts:
            fragments["parts"] = render(
                "portfolio/survey_parts.html.j2", parts=parts, label=site.settings.label
            )
            sections.append(SkeletonSection(anchor="parts", title="Important, and how far it is"))
    if difficulties:
        fragments["difficulties"] = render(
            "portfolio/survey_difficulties.html.j2", difficulties=difficulties
        )
        sections.append(SkeletonSection(anchor="difficulties", title="What is hardest"))
    markdown = page_markdown(
        title="Survey",
        description="What our people hold important, and what is hard.",
        sentence=sentence,
        sections=sections,
    )
    yield Page(path="portfolio/survey.md", markdown=markdown, fragments=fragments)


def _accounts(site: Site) -> int:
    return sum(bool(one.playbook and one.playbook.survey) for one in site.portfolio.accounts)


def _factors(site: Site) -> tuple[list[Factor], list[list[str]]]:
    """Factors by their Borda points over all accounts, and each answer's own ranking."""
    places = site.settings.scoring.plan.survey_places
    points: defaultdict[str, float] = defaultdict(float)
    inside: defaultdict[str, list[bool]] = defaultdict(list)
    names: dict[str, str] = {}
    rankings = []
    for account in site.portfolio.accounts:
        for answer in (account.playbook.survey if account.playbook else None) or ():
            ranking = []
            for place, one in enumerate((answer.factors or ())[:places]):
                key = one.factor.casefold()
                names.setdefault(key, one.factor)
                points[key] += places - place
                ranking.append(key)
                if one.side:
                    inside[key].append(one.side == "internal")
            if ranking:
                rankings.append(ranking)
    most = max(points.values(), default=0.0)
    factors = [
        Factor(
            name=names[key],
            points=score,
            width=round(100 * score / most, 1),
            people=sum(key in ranking for ranking in rankings),
            internal=sum(inside[key]) / len(inside[key]) if inside[key] else None,
        )
        for key, score in points.items()
    ]
    return sorted(factors, key=lambda one: (-one.points, one.name)), rankings


def _internal(site: Site) -> float | None:
    """The share of points inside, weighed by the points of each account."""
    rows = [
        (value_of(one, "survey.internal"), value_of(one, "survey.factors"))
        for one in site.portfolio.accounts
    ]
    known = [
        (part, math.fsum(points.values()))
        for part, points in rows
        if part is not None and isinstance(points, Mapping)
    ]
    whole = math.fsum(weight for _, weight in known)
    return math.fsum(part * weight for part, weight in known) / whole if whole else None


def _parts(site: Site) -> list[tuple[str, float, float | None]]:
    """By part of the method the points it got and its mean state, the most important first."""
    places = site.settings.scoring.plan.survey_places
    points: defaultdict[str, float] = defaultdict(float)
    states: defaultdict[str, list[float]] = defaultdict(list)
    for account in site.portfolio.accounts:
        answers = (account.playbook.survey if account.playbook else None) or ()
        for answer in answers:
            for place, one in enumerate((answer.factors or ())[:places]):
                if one.part:
                    points[one.part] += places - place
        if answers:
            for part, state in (value_of(account, "rsvr.parts") or {}).items():
                states[part].append(state)
    rows = [
        (part, points[part], sum(states[part]) / len(states[part]) if states[part] else None)
        for part in PARTS
        if points[part]
    ]
    return sorted(rows, key=lambda row: -row[1])


def _difficulties(site: Site, links: Links) -> Iterator[Answer]:
    people = site.settings.team.people
    for account in site.portfolio.accounts:
        for answer in (account.playbook.survey if account.playbook else None) or ():
            if answer.difficulty:
                who = people[answer.by].name if answer.by in people else answer.by
                yield Answer(
                    who=who,
                    account=account.name,
                    href=links.account(account.id, "plan"),
                    text=answer.difficulty,
                )
