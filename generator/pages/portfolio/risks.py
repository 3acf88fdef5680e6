"""Risk over all accounts: what may be lost, the largest of it, what is not covered or proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures.sides import Side
from generator.language import phrase, said, say
from generator.pages.formats import listed, money
from generator.pages.page import Destination, Menu, PageLayout, SitePage, named
from generator.portfolio.risks import (
    AccountLosses,
    ClassSums,
    Uncovered,
    UncoveredRisk,
    losses,
    remaining_risks,
    share_of_largest,
    sums_by_class,
    uncovered_risks,
)
from generator.portfolio.sums import (
    OWN_LOSS,
    THEIR_LOSS,
    SeparateSums,
    figure_amount,
    former_customers,
    reported,
    separate_sums,
    status_of,
    without_chance,
    without_rate,
)

LISTED = 20
TOP = 3
"""Customers whose share says how concentrated our expected loss is."""
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
    sized = [risk for risk in remaining if risk.amount.reporting is not None]
    at_accounts = losses(portfolio)
    ours, theirs = (
        separate_sums(portfolio, portfolio.accounts, figure_amount(key))
        for key in (OWN_LOSS, THEIR_LOSS)
    )
    if sized:
        page.section(
            "largest",
            say("Largest risks, after measures"),
            risks=sized[:LISTED],
            all=len(sized),
            most=reported(sized[0].amount),
        )
    if kinds := sums_by_class(portfolio, sized):
        page.section("kinds", say("By kind"), sides=_by_side(kinds))
    if at_accounts:
        told = [row for row in at_accounts if _is_told(row)]
        page.section(
            "accounts",
            say("By account"),
            rows=told[:LISTED],
            all=len(told),
            status_of=status_of,
            **_left_out(page, ours, theirs),
        )
    if gaps := _uncovered(page):
        page.section("open", say("Not covered"), gaps=gaps, shown=NAMED)
    many = ours.customers.counted > TOP
    return {
        "known": at_accounts,
        "ours": ours,
        "theirs": theirs,
        "top": TOP,
        "part": share_of_largest(at_accounts, TOP) if many else None,
    }


def _is_told(row: AccountLosses) -> bool:
    """Whether a loss can be told in the reporting currency."""
    return any(reported(money) is not None for money in (row.ours, row.theirs))


def _by_side(kinds: Sequence[ClassSums]) -> list[tuple[Side, list[ClassSums]]]:
    """The rows of each side that has some."""
    sides = [(side, [kind for kind in kinds if kind.side is side]) for side in Side]
    return [(side, rows) for side, rows in sides if rows]


def _left_out(page: PageLayout, ours: SeparateSums, theirs: SeparateSums) -> dict[str, Any]:
    """Whom the sums leave out, and why."""
    portfolio = page.site.portfolio
    unknown = {name for sums in (ours, theirs) for side in sums.both for name in side.unknown}
    return {
        "unknown": named(
            [account.name for account in portfolio.accounts if account.name in unknown]
        ),
        "unrated": named(without_rate((ours, theirs))),
        "chanceless": named(without_chance((ours, theirs))),
        "former": named([account.name for account in former_customers(portfolio)]),
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
