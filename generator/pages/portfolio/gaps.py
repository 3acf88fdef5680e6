"""Known gaps: what was missing when the gate was switched on, and how much is mended since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.language import phrase, say
from generator.pages.page import Menu, PageLayout, SitePage
from generator.portfolio.colleagues import person_name
from generator.portfolio.gaps import GapCount, GroupedBy, gaps_by, gaps_of

LISTED = 150
TITLES: Mapping[GroupedBy, tuple[str, str]] = {
    GroupedBy.OWNER: (phrase("By owner"), phrase("Owner")),
    GroupedBy.RULE: (phrase("By rule"), phrase("Rule")),
    GroupedBy.ACCOUNT: (phrase("By account"), phrase("Account")),
}
"""Of each table: its title, and that of its first column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """An owner, a rule or an account with its gaps."""

    name: str
    href: str
    count: GapCount


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """What is left, by owner, by rule and by account."""
    baseline = page.site.baseline
    gaps = gaps_of(page.site.portfolio, baseline)
    if baseline is not None and baseline.total:
        page.head(total=gaps.total, written=baseline.written, plans=gaps.plans)
        for by, (title, first) in TITLES.items():
            counts = gaps_by(page.site.portfolio, gaps, by)
            rows = sorted((_row(page, by, count) for count in counts), key=_most_left)
            page.section(
                by.value,
                say(title),
                block="by",
                rows=rows[:LISTED],
                first=say(first),
                more=max(0, len(rows) - LISTED),
            )
    return {"baseline": baseline, "total": gaps.total}


def _row(page: PageLayout, by: GroupedBy, count: GapCount) -> GapRow:
    """A count with its name and where it leads."""
    id, settings = count.id, page.site.settings
    match by:
        case GroupedBy.OWNER:
            name = person_name(settings, id) if id else say("Nobody")
            return GapRow(name=name, href="", count=count)
        case GroupedBy.RULE:
            title = next((rule.title for rule in settings.rules.rules if rule.id == id), None)
            return GapRow(name=say(title) if title else id, href=page.links.rule(id), count=count)
        case GroupedBy.ACCOUNT:
            account = page.site.portfolio.account(id)
            href = page.links.account(id) if account else ""
            return GapRow(name=account.name if account else id, href=href, count=count)


def _most_left(row: GapRow) -> tuple[int, int, str]:
    return (-row.count.left, -row.count.closed, row.name)


PAGE = SitePage(
    path="portfolio/gaps.md",
    title=phrase("Known gaps"),
    description=phrase("What was missing when the gate was switched on, and what is mended since."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    in_editions=False,
)
