"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.enrich import Account
from generator.language import phrase, said, say, say_count
from generator.render.formats import listed, money, number, sentences
from generator.render.home import exposure, in_reporting, value_of
from generator.render.links import Links
from generator.render.portfolio.sums import named
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/groups.html"
COLUMNS = (
    ("revenue", phrase("Billed last year")),
    ("contribution", phrase("Contribution a year")),
    ("retained_profit", phrase("Retained profit")),
    ("exposure", phrase("Exposure a year")),
    ("whitespace", phrase("White space a year")),
)
_OWN = {
    "revenue": "revenue.last_year",
    "contribution": "economics.contribution",
    "retained_profit": "selection.retained_profit",
    "whitespace": "offerings.whitespace",
}
GROUPS_SHOWN = 40
ROWS_SHOWN = 60
"""Accounts of a group that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An account of a group."""

    name: str
    href: str
    depth: int
    tier: str | None
    owner: str
    own: Mapping[str, float | None]
    """In the reporting currency."""
    rolled: Mapping[str, float | None]
    """With all below it; empty for those without subsidiaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A parent at the top and all below it."""

    name: str
    anchor: str
    rows: tuple[Row, ...]
    count: int
    columns: tuple[tuple[str, str], ...]
    """Key and title of the sums that someone in the group knows."""
    lacking: tuple[tuple[str, str], ...]
    """Of each of these the accounts that do not know their part."""
    nowhere: tuple[str, ...]
    """Titles of the sums that nobody in the group knows."""

    @property
    def more(self) -> int:
        """Accounts that are not listed."""
        return self.count - len(self.rows)


def group_pages(site: Site) -> Iterator[Page]:
    """portfolio/groups."""
    links = Links(here=HERE)
    groups = _groups(site, links)
    shown = groups[:GROUPS_SHOWN]
    currency = site.settings.currencies.reporting_currency
    fragments = {
        group.anchor: site.engine.render(
            "portfolio/groups.html.j2",
            group=group,
            currency=currency,
        )
        for group in shown
    }
    sections = [
        SkeletonSection(
            anchor=one.anchor,
            title=one.name,
            sentence=say_count("{count} account.", "{count} accounts.", one.count),
        )
        for one in shown
    ]
    markdown = page_markdown(
        title=say("Groups"),
        description=say("Parents and subsidiaries as one customer."),
        sentence=_sentence(groups, currency),
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/groups.md", markdown=markdown, fragments=fragments)


def _sentence(groups: Sequence[Group], currency: str) -> str:
    """How many groups there are, and the largest of them in money."""
    if not groups:
        return say("No account names a parent: set account.parent to see groups as one customer.")
    accounts = sum(group.count for group in groups)
    told = [
        say_count(
            "{count} group with {accounts}.",
            "{count} groups with {accounts}.",
            len(groups),
            accounts=say_count("{count} account", "{count} accounts", accounts),
        )
    ]
    if len(groups) > GROUPS_SHOWN:
        told.append(say("The {count} largest stand below.", count=number(GROUPS_SHOWN)))
    if amounts := list(_amounts(groups[0], currency)):
        told.append(
            say(
                "{group}, as one customer: {amounts}.",
                group=groups[0].name,
                amounts=listed(amounts),
            )
        )
    return sentences(told)


def _amounts(group: Group, currency: str) -> Iterator[str]:
    """What a whole group was billed and what it retains, as far as it is known."""
    top = group.rows[0].rolled
    if (amount := top["revenue"]) is not None:
        yield say("{amount} {currency} billed last year", amount=money(amount), currency=currency)
    if (amount := top["retained_profit"]) is not None:
        yield say("{amount} {currency} of retained profit", amount=money(amount), currency=currency)


def _groups(site: Site, links: Links) -> list[Group]:
    """Groups by their top: the largest profit first, then the most accounts."""
    children: dict[str, list[Account]] = {}
    known = {one.id for one in site.portfolio.accounts}
    for one in site.portfolio.accounts:
        parent = one.playbook.account.parent if one.playbook else None
        if parent is not None and parent in known and parent != one.id:
            children.setdefault(parent, []).append(one)
    below = {one.id for found in children.values() for one in found}
    tops = [one for one in site.portfolio.accounts if one.id in children and one.id not in below]
    groups = [_group(site, links, top, children) for top in tops]
    return sorted(
        groups,
        key=lambda group: (
            -(group.rows[0].rolled["retained_profit"] or 0.0),
            -group.count,
            group.name,
        ),
    )


def _group(
    site: Site, links: Links, top: Account, children: Mapping[str, Sequence[Account]]
) -> Group:
    members = list(_members(top, children, 0))
    without = {
        name: tuple(one.name for one, _ in members if _own(site, one, name) is None)
        for name, _ in COLUMNS
    }
    columns = tuple(
        (name, said(title)) for name, title in COLUMNS if len(without[name]) < len(members)
    )
    rows = itertools.islice(members, ROWS_SHOWN)
    return Group(
        name=top.name,
        anchor=f"g-{top.id}",
        rows=tuple(_row(site, links, one, depth, children) for one, depth in rows),
        count=len(members),
        columns=columns,
        lacking=tuple((title, named(without[name])) for name, title in columns if without[name]),
        nowhere=tuple(said(title) for name, title in COLUMNS if len(without[name]) == len(members)),
    )


def _members(
    account: Account, children: Mapping[str, Sequence[Account]], depth: int
) -> Iterator[tuple[Account, int]]:
    """The account and all below it, each under its parent, with how deep it stands."""
    yield account, depth
    for child in sorted(children.get(account.id, ()), key=lambda one: one.name):
        yield from _members(child, children, depth + 1)


def _row(
    site: Site,
    links: Links,
    account: Account,
    depth: int,
    children: Mapping[str, Sequence[Account]],
) -> Row:
    people = site.settings.team.people
    owner = account.playbook.account.owner if account.playbook else None
    return Row(
        name=account.name,
        href=links.account(account.id),
        depth=depth,
        tier=value_of(account, "tier"),
        owner=people[owner].name if owner in people else owner or "–",
        own={name: _own(site, account, name) for name, _ in COLUMNS},
        rolled={name: value_of(account, f"group.{name}") for name, _ in COLUMNS}
        if account.id in children
        else {},
    )


def _own(site: Site, account: Account, name: str) -> float | None:
    amount = exposure(account) if name == "exposure" else value_of(account, _OWN[name])
    return None if amount is None else in_reporting(site, account, amount)
