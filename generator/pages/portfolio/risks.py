"""Risk over all accounts: what may be lost, the largest of it, what is not covered or proven."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.language import phrase, said, say
from generator.pages.formats import listed, money
from generator.pages.page import Destination, Menu, PageLayout, SitePage, named
from generator.portfolio.risks import (
    Uncovered,
    UncoveredRisk,
    exposures,
    remaining_risks,
    share_of_largest,
    sums_by_class,
    uncovered_risks,
)
from generator.portfolio.sums import EXPOSED, exposure, figure_amount, left_out, total_of

LISTED = 20
TOP = 3
"""Accounts whose share says how concentrated the exposure is."""
NAMED = 30
"""Accounts named after each thing that is not covered."""
ADVICE: Mapping[Uncovered, tuple[str, str]] = {
    Uncovered.CREDIT: (
        phrase("They owe more than their limit"),
        phrase("Agree on payment before the next delivery, or raise the limit on purpose."),
    ),
    Uncovered.CLAUSES: (
        phrase("A large risk of ours without both clauses"),
        phrase("Put a clause that prevents it and one that says who pays into the next contract."),
    ),
    Uncovered.MEASURE: (
        phrase("No measure against a risk"),
        phrase("Say what we do about it, or that we bear it."),
    ),
    Uncovered.PROOF: (
        phrase("No reference of the same kind"),
        phrase("No customer like them backs any of their doubts."),
    ),
}
"""What is not covered, and what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredPlaces:
    """A kind of cover that lacks, and the accounts where it lacks."""

    title: str
    advice: str
    places: tuple[Destination, ...]
    """Accounts, the notes naming what is in question."""

    @property
    def more(self) -> int:
        """Accounts that are not named."""
        return max(0, len(self.places) - NAMED)


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """The largest risks, their sums by kind and account, what is not covered."""
    portfolio = page.site.portfolio
    remaining = remaining_risks(portfolio)
    exposed = exposures(portfolio)
    if remaining:
        page.section(
            "largest",
            say("Largest risks, after measures"),
            risks=remaining[:LISTED],
            all=len(remaining),
            most=remaining[0].amount,
        )
        page.section("kinds", say("By kind"), kinds=sums_by_class(portfolio, remaining))
    if exposed:
        without = left_out(portfolio, portfolio.accounts, "exposure", exposure)
        page.section(
            "accounts",
            say("By account"),
            rows=exposed[:LISTED],
            all=len(exposed),
            most=exposed[0].amount,
            unknown=named(without.unknown),
            unrated=named(without.no_rate),
        )
    if gaps := _uncovered(page):
        page.section("open", say("Not covered"), gaps=gaps, shown=NAMED)
    return {
        "exposed": exposed,
        "whole": math.fsum(row.amount for row in exposed),
        "sides": [
            total_of(portfolio, portfolio.accounts, figure_amount(key)).total or 0.0
            for key in EXPOSED
        ],
        "top": TOP,
        "part": share_of_largest(exposed, TOP) if len(exposed) > TOP else None,
    }


def _uncovered(page: PageLayout) -> list[UncoveredPlaces]:
    """What nobody has covered, by kind."""
    risks = uncovered_risks(page.site.portfolio)
    return [
        UncoveredPlaces(title=said(title), advice=said(advice), places=places)
        for kind, (title, advice) in ADVICE.items()
        if (places := tuple(_place(page, each) for each in risks if each.kind is kind))
    ]


def _place(page: PageLayout, risk: UncoveredRisk) -> Destination:
    """An account with the risks in question, or how much they owe us."""
    note = listed(risk.risks)
    if risk.kind is Uncovered.CREDIT:
        case = risk.account.case
        note = say(
            "{owed} of {limit} {currency}",
            owed=money(risk.owed),
            limit=money(risk.limit),
            currency=(case.currency if case else None) or "",
        ).rstrip()
    return Destination(risk.account.name, page.links.account(risk.account.id, "risk"), note)


PAGE = SitePage(
    path="portfolio/risks.md",
    title=phrase("Risks"),
    description=phrase("What may be lost, and what is not covered."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("risk",),
)
