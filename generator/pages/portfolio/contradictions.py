"""Where plans disagree with themselves: by rule, each with both sides and their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.figures import Reason
from generator.figures.definitions import DEFINITIONS
from generator.language import phrase, said, say
from generator.pages.formats import listed, opening, quantity
from generator.pages.page import Destination, Menu, PageLayout, SitePage
from generator.pages.site import Site
from generator.pages.words import amount_of, input_name, word_of
from generator.portfolio.contradictions import Contradiction, DisagreeingRule, comparisons
from generator.rules.rulebook import Rule

DAYS = {"interactions": phrase("Last talk"), "decisions": phrase("Decided on")}
"""Entries that have no name but their day."""
SHOWN = 25
"""Of one rule; the rest is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One place where an account contradicts itself."""

    name: str
    href: str
    line: int
    source: str
    message: str
    """What disagrees, without the cure where all of a rule have the same."""
    sides: tuple[Destination, ...]
    """What disagrees: each with its value, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionCard:
    """A rule that sets two numbers against each other, and where they disagree."""

    title: str
    reason: str
    cure: str
    """What to do about all of them; empty where each says its own."""
    href: str
    rows: tuple[Disagreement, ...]
    count: int
    accounts: int

    @property
    def more(self) -> int:
        """Contradictions that are not shown."""
        return self.count - len(self.rows)


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """What disagrees today, then what else is compared."""
    compared = comparisons(page.site.portfolio) if page.site.portfolio.accounts else ()
    cards = [_card(page, each) for each in compared]
    broken = [card for card in cards if card.count]
    quiet = [card for card in cards if not card.count]
    if len(broken) > 1:
        page.head(cards=broken, most=max(card.count for card in broken))
    if broken:
        page.section("found", say("Today"), cards=broken)
    if quiet:
        title = say("What else is compared") if broken else say("What is compared")
        page.section("asked", title, cards=quiet)
    disagreeing = [each for comparison in compared for each in comparison.contradictions]
    return {
        "accounts": page.site.portfolio.accounts,
        "count": len(disagreeing),
        "plans": len({each.account.id for each in disagreeing}),
        "broken": broken,
    }


def _card(page: PageLayout, comparison: DisagreeingRule) -> ContradictionCard:
    rule = comparison.rule
    return ContradictionCard(
        title=say(rule.title or opening(rule.id.replace("-", " "))),
        reason=say(rule.reason.strip()),
        cure=rule.shared_cure,
        href=page.links.rule(rule.id),
        rows=tuple(_row(page, rule, each) for each in comparison.contradictions[:SHOWN]),
        count=len(comparison.contradictions),
        accounts=comparison.accounts,
    )


def _row(page: PageLayout, rule: Rule, each: Contradiction) -> Disagreement:
    account, finding = each.account, each.finding
    return Disagreement(
        name=account.name,
        href=page.links.account(account.id),
        line=finding.line,
        source=page.links.source(account.id, finding.line),
        message=finding.fault if rule.shared_cure else finding.message,
        sides=tuple(_side(page, account.id, side) for side in each.sides),
    )


def _side(page: PageLayout, account: str, side: Reason) -> Destination:
    """A side with its value; it leads to its line, or to the number's own explanation."""
    if side.line is not None:
        href = page.links.source(account, side.line)
    else:
        href = page.links.number(account, side.name) if side.name in DEFINITIONS else ""
    return Destination(_side_name(side), href, _value(page.site, side))


def _side_name(side: Reason) -> str:
    """What a side is called; a talk or decision is known by its day, which is the value."""
    for step, name in DAYS.items():
        if f".{step}." in f".{side.name}" and side.name.endswith(".date"):
            return said(name)
    return opening(input_name(side.name))


def _value(site: Site, side: Reason) -> str:
    value = side.value
    if isinstance(value, str) and side.name in DEFINITIONS:
        return word_of(side.name, value, site.settings)
    if isinstance(value, (tuple, list)):
        words = listed(word_of(side.name, str(word), site.settings) for word in value)
        return words or say("none")
    if isinstance(value, (int, float)) and side.name in DEFINITIONS:
        return amount_of(value, side.unit)
    return quantity(value, side.unit)


PAGE = SitePage(
    path="portfolio/contradictions.md",
    title=phrase("Contradictions"),
    description=phrase("Where the numbers of one plan disagree."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("contradictions",),
    in_editions=False,
)
