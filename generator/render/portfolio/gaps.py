"""Known gaps: what was missing when the gate was switched on, and how much is mended since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.gate.baseline import Baseline, Mark, Split, split
from generator.language import phrase, say, say_count
from generator.render.formats import day, number
from generator.render.links import Links
from generator.render.portfolio.naming import person_name
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/gaps.html"
LISTED = 150
NOBODY = phrase("Nobody")
"""Owns the accounts whose plans name no owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was written down of one owner, rule or account, and how much is left of it."""

    name: str
    href: str
    left: int
    mended: int

    @property
    def written(self) -> int:
        """How many gaps were written down."""
        return self.left + self.mended

    @property
    def done(self) -> float:
        """The share that is mended, 0 to 1."""
        return self.mended / self.written


def gap_pages(site: Site) -> Iterator[Page]:
    """portfolio/gaps."""
    links = Links(here=HERE)
    fragments: dict[str, str] = {}
    sections = []
    told = split(site.portfolio.findings, site.baseline)
    if site.baseline is not None and site.baseline.total:
        total = _row("", "", len(told.known), told.mended.total())
        fragments["head"] = site.engine.render(
            "portfolio/gaps_head.html.j2",
            total=total,
            written=site.baseline.written,
            plans=len({one.account for one in told.known}),
        )
        for anchor, title, first, rows in _tables(site, links, told):
            fragments[anchor] = site.engine.render(
                "portfolio/gaps.html.j2",
                rows=rows[:LISTED],
                first=first,
                more=max(0, len(rows) - LISTED),
            )
            sections.append(SkeletonSection(anchor=anchor, title=title))
    markdown = page_markdown(
        title=say("Known gaps"),
        description=say(
            "What was missing when the gate was switched on, and what is mended since."
        ),
        sentence=_sentence(site.baseline, told),
        head="head" if "head" in fragments else None,
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/gaps.md", markdown=markdown, fragments=fragments)


def _sentence(baseline: Baseline | None, told: Split) -> str:
    """What is left of what was written down."""
    if baseline is None:
        return say("This portfolio keeps no baseline: every gap counts.")
    if not baseline.total:
        return say("The baseline names no gap: every gap counts.")
    left, mended = len(told.known), told.mended.total()
    since = day(baseline.written)
    if not left:
        return say_count(
            "The gap written down on {day} is mended: delete the baseline.",
            "All {count} gaps written down on {day} are mended: delete the baseline.",
            mended,
            day=since,
        )
    if not mended:
        return say_count(
            "{count} gap written down on {day}, none mended yet.",
            "{count} gaps written down on {day}, none mended yet.",
            left,
            day=since,
        )
    return say(
        "{mended} of {all} gaps written down on {day} are mended, {left} are left.",
        mended=number(mended),
        all=number(baseline.total),
        day=since,
        left=number(left),
    )


def _tables(site: Site, links: Links, told: Split) -> Iterator[tuple[str, str, str, list[Row]]]:
    """By owner, rule and account: anchor, title, first column, the rows with most left first."""
    accounts = {one.id: one for one in site.portfolio.accounts}
    rules = {one.id: one for one in site.settings.rules.rules}

    def owner(mark: Mark) -> str:
        playbook = accounts[mark.account].playbook if mark.account in accounts else None
        id = playbook.account.owner if playbook else None
        return person_name(site, str(id)) if id else say(NOBODY)

    def rule(mark: Mark) -> tuple[str, str]:
        title = rules[mark.rule].title if mark.rule in rules else None
        return say(title) if title else mark.rule, links.rule(mark.rule)

    def account(mark: Mark) -> tuple[str, str]:
        known = accounts.get(mark.account)
        return (known.name, links.account(known.id)) if known else (mark.account, "")

    yield "owners", say("By owner"), say("Owner"), _rows(told, lambda mark: (owner(mark), ""))
    yield "rules", say("By rule"), say("Rule"), _rows(told, rule)
    yield "accounts", say("By account"), say("Account"), _rows(told, account)


def _rows(told: Split, key: Callable[[Mark], tuple[str, str]]) -> list[Row]:
    left: Counter[tuple[str, str]] = Counter()
    mended: Counter[tuple[str, str]] = Counter()
    for one in told.known:
        left[key(Mark(one.account, one.rule, one.entry))] += 1
    for mark, count in told.mended.items():
        mended[key(mark)] += count
    rows = [_row(*which, left[which], mended[which]) for which in left | mended]
    return sorted(rows, key=lambda one: (-one.left, -one.mended, one.name))


def _row(name: str, href: str, left: int, mended: int) -> Row:
    return Row(name=name, href=href, left=left, mended=mended)
