"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.language import phrase, said, say, say_count
from generator.pages.formats import listed, money, number, sentences
from generator.pages.page import Layout, PortfolioPage, named
from generator.portfolio.groups import SUMS, Group, groups
from generator.portfolio.people import owner_of, person_name
from generator.portfolio.sums import value_of

TITLES = {
    "revenue": phrase("Billed last year"),
    "contribution": phrase("Contribution a year"),
    "retained_profit": phrase("Retained profit"),
    "exposure": phrase("Exposure a year"),
    "whitespace": phrase("White space a year"),
}
"""Of the sums over a group."""
GROUPS_SHOWN = 40
ROWS_SHOWN = 60
"""Accounts of a group that are listed."""


def lay_out(page: Layout) -> str:
    """A section for each group, the largest first."""
    found = groups(page.site.portfolio)
    for group in found[:GROUPS_SHOWN]:
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
    return _sentence(found, page.currency)


def _sentence(groups: Sequence[Group], currency: str) -> str:
    """How many groups there are, and the largest of them in money."""
    if not groups:
        return say("No account names a parent: set account.parent to see groups as one customer.")
    accounts = sum(len(group.members) for group in groups)
    parts = [
        say_count(
            "{count} group with {accounts}.",
            "{count} groups with {accounts}.",
            len(groups),
            accounts=say_count("{count} account", "{count} accounts", accounts),
        )
    ]
    if len(groups) > GROUPS_SHOWN:
        parts.append(say("The {count} largest stand below.", count=number(GROUPS_SHOWN)))
    if amounts := list(_amounts(groups[0], currency)):
        parts.append(
            say(
                "{group}, as one customer: {amounts}.",
                group=groups[0].top.account.name,
                amounts=listed(amounts),
            )
        )
    return sentences(parts)


def _amounts(group: Group, currency: str) -> Iterator[str]:
    """What a whole group was billed and what it retains, as far as it is known."""
    top = group.top.with_all_below
    if (amount := top["revenue"]) is not None:
        yield say("{amount} {currency} billed last year", amount=money(amount), currency=currency)
    if (amount := top["retained_profit"]) is not None:
        yield say("{amount} {currency} of retained profit", amount=money(amount), currency=currency)


PAGE = PortfolioPage(
    name="groups",
    title=phrase("Groups"),
    description=phrase("Parents and subsidiaries as one customer."),
    lay_out=lay_out,
    figures=("group",),
)
