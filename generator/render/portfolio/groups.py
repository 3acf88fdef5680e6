"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.enrich import Account
from generator.render.formats import money, plural
from generator.render.home import exposure, in_reporting, value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/groups.html"
COLUMNS = (
    ("revenue", "Billed last year"),
    ("contribution", "Contribution a year"),
    ("retained_profit", "Retained profit"),
    ("exposure", "Exposure a year"),
    ("whitespace", "White space a year"),
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
    lacking: tuple[tuple[str, tuple[str, ...]], ...]
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
            anchor=one.anchor, title=one.name, sentence=f"{plural(one.count, 'account')}."
        )
        for one in shown
    ]
    markdown = page_markdown(
        title="Groups",
        description="Parents and subsidiaries as one customer.",
        sentence=_sentence(groups, currency),
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/groups.md", markdown=markdown, fragments=fragments)


def _sentence(groups: Sequence[Group], currency: str) -> str:
    """How many groups there are, and the largest of them in money."""
    if not groups:
        return "No account names a parent: set account.parent to see groups as one customer."
    accounts = sum(group.count for group in groups)
    said = f"{plural(len(groups), 'group')} with {plural(accounts, 'account')}."
    if len(groups) > GROUPS_SHOWN:
        said += f" The {GROUPS_SHOWN} largest stand below."
    largest = groups[0]
    top = largest.rows[0].rolled
    told = [
        f"{money(amount)} {currency} {words}"
        for name, words in (
            ("revenue", "billed last year"),
            ("retained_profit", "of retained profit"),
        )
        if (amount := top[name]) is not None
    ]
    return f"{said} {largest.name}, as one customer: {', '.join(told)}." if told else said


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
    columns = tuple(one for one in COLUMNS if len(without[one[0]]) < len(members))
    rows = itertools.islice(members, ROWS_SHOWN)
    return Group(
        name=top.name,
        anchor=f"g-{top.id}",
        rows=tuple(_row(site, links, one, depth, children) for one, depth in rows),
        count=len(members),
        columns=columns,
        lacking=tuple((title, without[name]) for name, title in columns if without[name]),
        nowhere=tuple(title for name, title in COLUMNS if len(without[name]) == len(members)),
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
