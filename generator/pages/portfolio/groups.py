"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.language import phrase, said, say_count
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.portfolio.colleagues import owner_of, person_name
from generator.portfolio.groups import Group, groups
from generator.portfolio.sums import side_of, status_of, value_of

TITLES = {
    "revenue": phrase("Revenue last year"),
    "price": phrase("Price or contract a year"),
    "contribution": phrase("Contribution a year"),
    "retained_profit": phrase("Expected profit"),
    "our_margin": phrase("Our margin a year"),
    "own_loss": phrase("Our expected loss a year"),
    "their_loss": phrase("Their expected loss a year"),
    "delivered_value": phrase("They gain a year"),
    "whitespace": phrase("White space a year"),
}
"""Of the sums over a group, in the order of the page: our money before theirs."""
GROUPS_SHOWN = 40
ROWS_SHOWN = 60
"""Accounts of a group that are listed."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """A section for each group, the largest first."""
    largest_first = groups(page.site.portfolio)
    for group in largest_first[:GROUPS_SHOWN]:
        count = len(group.members)
        page.section(
            f"g-{group.top.account.id}",
            group.top.account.name,
            sentence=say_count("{count} account.", "{count} accounts.", count),
            block="group",
            group=group,
            members=group.members[:ROWS_SHOWN],
            more=count - len(group.members[:ROWS_SHOWN]),
            former=named(
                [each.account.name for each in group.members if side_of(each.account) is None]
            ),
            status_of=status_of,
            tier_of=lambda account: value_of(account, "tier"),
            owner_of=lambda account: person_name(page.site.settings, owner_of(account)) or "–",
            **_columns(group),
        )
    return {"groups": largest_first, "most": GROUPS_SHOWN}


def _columns(group: Group) -> dict[str, Any]:
    """The sums of which somebody knows a part, and who lacks a part of which."""
    known = [name for name in TITLES if group.top.with_all_below[name]]
    lacking = {name: group.lacking[name] for name in known}
    return {
        "columns": [(name, said(TITLES[name])) for name in known],
        "lacking": [(said(TITLES[name]), named(names)) for name, names in lacking.items() if names],
        "nowhere": [said(TITLES[name]) for name in TITLES if name not in known],
    }


PAGE = SitePage(
    path="portfolio/groups.md",
    title=phrase("Groups"),
    description=phrase("Parents and subsidiaries as one customer."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
    figures=("group",),
)
