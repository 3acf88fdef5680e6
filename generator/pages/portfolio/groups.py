"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language import phrase, said, say_count
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.portfolio.colleagues import owner_of, person_name
from generator.portfolio.groups import SUMS, groups
from generator.portfolio.sums import value_of

TITLES = {
    "revenue": phrase("Billed last year"),
    "contribution": phrase("Contribution a year"),
    "retained_profit": phrase("Expected profit"),
    "exposure": phrase("Expected loss a year, both sides"),
    "whitespace": phrase("White space a year"),
}
"""Of the sums over a group."""
GROUPS_SHOWN = 40
ROWS_SHOWN = 60
"""Accounts of a group that are listed."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """A section for each group, the largest first."""
    largest_first = groups(page.site.portfolio)
    for group in largest_first[:GROUPS_SHOWN]:
        count = len(group.members)
        lacking = {name: group.lacking(name) for name in SUMS}
        known = [name for name in SUMS if len(lacking[name]) < count]
        page.section(
            f"g-{group.top.account.id}",
            group.top.account.name,
            sentence=say_count("{count} account.", "{count} accounts.", count),
            block="group",
            group=group,
            members=group.members[:ROWS_SHOWN],
            columns=[(name, said(TITLES[name])) for name in known],
            lacking=[(said(TITLES[name]), named(lacking[name])) for name in known if lacking[name]],
            nowhere=[said(TITLES[name]) for name in SUMS if name not in known],
            more=count - len(group.members[:ROWS_SHOWN]),
            tier_of=lambda account: value_of(account, "tier"),
            owner_of=lambda account: person_name(page.site.settings, owner_of(account)) or "–",
        )
    return {"groups": largest_first, "most": GROUPS_SHOWN}


PAGE = SitePage(
    path="portfolio/groups.md",
    title=phrase("Groups"),
    description=phrase("Parents and subsidiaries as one customer."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("group",),
)
