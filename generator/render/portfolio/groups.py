"""Parents with their subsidiaries as trees, what each brings and what the group amounts to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.render.formats import plural
from generator.render.home import exposure, in_reporting, value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/groups.html"
COLUMNS = (
    ("revenue", "Revenue last year"),
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
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A parent at the top and all below it."""

    name: str
    anchor: str
    rows: tuple[Row, ...]


def group_pages(site: Site) -> Iterator[Page]:
    """portfolio/groups."""
    links = Links(here=HERE)
    groups = _groups(site, links)
    accounts = sum(len(group.rows) for group in groups)
    if groups:
        sentence = (
            f"{plural(len(groups), 'group')} with {plural(accounts, 'account')}:"
            " each is counted once, in the reporting currency."
        )
    else:
        sentence = "No account names a parent: set account.parent to see groups as one customer."
    fragments = {
        group.anchor: site.engine.render(
            "portfolio/groups.html.j2",
            group=group,
            columns=COLUMNS,
            currency=site.settings.currencies.reporting_currency,
        )
        for group in groups
    }
    markdown = page_markdown(
        title="Groups",
        description="Parents and subsidiaries as one customer.",
        sentence=sentence,
        sections=[SkeletonSection(anchor=one.anchor, title=one.name) for one in groups],
    )
    yield Page(path="portfolio/groups.md", markdown=markdown, fragments=fragments)


def _groups(site: Site, links: Links) -> list[Group]:
    """Groups by their top, the largest first."""
    children: dict[str, list[Account]] = {}
    known = {one.id for one in site.portfolio.accounts}
    for one in site.portfolio.accounts:
        parent = one.playbook.account.parent if one.playbook else None
        if parent in known and parent != one.id:
            children.setdefault(parent or "", []).append(one)
    below = {one.id for found in children.values() for one in found}
    tops = [one for one in site.portfolio.accounts if one.id in children and one.id not in below]
    groups = [
        Group(
            name=top.name,
            anchor=f"g-{top.id}",
            rows=tuple(_rows(site, links, top, children, 0)),
        )
        for top in tops
    ]
    return sorted(groups, key=lambda group: (-len(group.rows), group.name))


def _rows(
    site: Site,
    links: Links,
    account: Account,
    children: Mapping[str, Sequence[Account]],
    depth: int,
) -> Iterator[Row]:
    """The account and all below it, each under its parent."""
    people = site.settings.team.people
    owner = account.playbook.account.owner if account.playbook else None
    rolled = {name: value_of(account, f"group.{name}") for name, _ in COLUMNS}
    missing: Any = account.figures.get("group.revenue")
    yield Row(
        name=account.name,
        href=links.account(account.id),
        depth=depth,
        tier=value_of(account, "tier"),
        owner=people[owner].name if owner in people else owner or "–",
        own={name: _own(site, account, name) for name, _ in COLUMNS},
        rolled=rolled if account.id in children else {},
        missing=missing.missing if missing is not None else (),
    )
    for child in sorted(children.get(account.id, ()), key=lambda one: one.name):
        yield from _rows(site, links, child, children, depth + 1)


def _own(site: Site, account: Account, name: str) -> float | None:
    amount = exposure(account) if name == "exposure" else value_of(account, _OWN[name])
    return None if amount is None else in_reporting(site, account, amount)
