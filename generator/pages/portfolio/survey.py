"""The survey over all accounts: what people hold important, how far they agree, what is hard."""

from __future__ import annotations

from collections.abc import Mapping

from generator.language import phrase, said, say, say_count
from generator.pages.formats import number, sentences, share
from generator.pages.page import Layout, PortfolioPage
from generator.portfolio.people import person_name
from generator.portfolio.survey import Agreement, Factor, Survey, agreement_of, survey_of

SHOWN = 15
LISTED = 60
AGREEMENTS: Mapping[Agreement, str] = {
    Agreement.STRONG: phrase("People agree"),
    Agreement.PARTIAL: phrase("People agree in part"),
    Agreement.WEAK: phrase("People hardly agree"),
}


def lay_out(page: Layout) -> str:
    """How many answers and how far they agree, the factors, parts, accounts, difficulties."""
    survey = survey_of(page.site.portfolio)
    if survey.factors:
        page.head(survey=survey, word=_agreement(survey.agreement))
        page.section(
            "factors",
            say("What matters most"),
            factors=survey.factors[:SHOWN],
            most=survey.factors[0].points or 1.0,
            more=len(survey.factors) - SHOWN,
            in_points=in_points,
            naming=_naming,
        )
    if survey.parts:
        page.section(
            "parts",
            say("Important, and how far it is"),
            parts=survey.parts,
            most=max(row.points for row in survey.parts) or 1.0,
            in_points=in_points,
        )
    if len(survey.accounts) > 1:
        label = page.site.settings.label
        page.section(
            "accounts",
            say("By account"),
            rows=survey.accounts[:LISTED],
            more=len(survey.accounts) - LISTED,
            parts_of=lambda row: [f"{part} {label('parts', part)}" for part in row.lagging],
        )
    if survey.difficulties:
        page.section(
            "difficulties",
            say("What is hardest"),
            rows=survey.difficulties[:LISTED],
            more=len(survey.difficulties) - LISTED,
            person=lambda id: person_name(page.site.settings, id),
        )
    return _sentence(survey)


def _sentence(survey: Survey) -> str:
    """What counts most, whether people agree, how much of it is in our own hands."""
    if not survey.factors:
        if not survey.difficulties:
            return say(
                "Nobody has answered yet: fill in survey with what matters most and is hardest."
            )
        return say_count(
            "{count} difficulty told; nobody says what matters most.",
            "{count} difficulties told; nobody says what matters most.",
            len(survey.difficulties),
        )
    parts = [_most_important(survey)]
    if survey.agreement is not None:
        parts.append(
            say(
                "{agreement} (Kendall's W {number} of 1).",
                agreement=_agreement(survey.agreement),
                number=number(survey.agreement),
            )
        )
    if survey.internal is not None:
        parts.append(
            say(
                "{share} of the points go to what lies within our own firm.",
                share=share(survey.internal),
            )
        )
    return sentences(parts)


def _most_important(survey: Survey) -> str:
    first = survey.factors[0]
    level = sum(factor.points == first.points for factor in survey.factors) - 1
    answers = say_count("{count} answer", "{count} answers", len(survey.answers))
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


def _agreement(coefficient: float | None) -> str:
    """What Kendall's W means, in words."""
    return "" if coefficient is None else said(AGREEMENTS[agreement_of(coefficient)])


def _naming(factor: Factor) -> str:
    """How many answers name it, and where they see it as far as somebody says."""
    count = factor.answers
    if factor.inside and factor.outside:
        return say_count("{count} answer, both", "{count} answers, both", count)
    if factor.inside:
        return say_count("{count} answer, inside", "{count} answers, inside", count)
    if factor.outside:
        return say_count("{count} answer, outside", "{count} answers, outside", count)
    return say_count("{count} answer", "{count} answers", count)


PAGE = PortfolioPage(
    name="survey",
    title=phrase("Survey"),
    description=phrase("What our people hold important, and what is hard."),
    lay_out=lay_out,
    figures=("survey",),
)
