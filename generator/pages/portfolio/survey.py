"""The survey over all accounts: what people hold important, how far they agree, what is hard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language import phrase, said, say, say_count
from generator.pages.formats import number
from generator.pages.page import Menu, PageLayout, SitePage
from generator.portfolio.colleagues import person_name
from generator.portfolio.survey import Agreement, agreement_of, survey_of

SHOWN = 15
LISTED = 60
AGREEMENTS: Mapping[Agreement, str] = {
    Agreement.STRONG: phrase("People agree"),
    Agreement.PARTIAL: phrase("People agree in part"),
    Agreement.WEAK: phrase("People hardly agree"),
}


def lay_out(page: PageLayout) -> Mapping[str, Any]:
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
    first = survey.factors[0] if survey.factors else None
    return {
        "survey": survey,
        "first": first,
        "level": sum(factor.points == first.points for factor in survey.factors) - 1
        if first
        else 0,
        "word": _agreement(survey.agreement),
        "in_points": in_points,
    }


def in_points(points: float) -> str:
    """Points in words: 1 point, 2.5 points."""
    return say_count(
        "{points} point", "{points} points", 1 if points == 1 else 2, points=number(points)
    )


def _agreement(coefficient: float | None) -> str:
    """What Kendall's W means, in words."""
    return "" if coefficient is None else said(AGREEMENTS[agreement_of(coefficient)])


PAGE = SitePage(
    path="portfolio/survey.md",
    title=phrase("Survey"),
    description=phrase("What our people hold important, and what is hard."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("survey",),
)
