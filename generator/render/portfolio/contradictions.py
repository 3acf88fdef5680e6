"""Where plans disagree with themselves: by rule, each with both sides and its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.render.formats import plural
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/contradictions.html"
SHOWN = 60
"""Of one kind; the rest is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One account that contradicts itself."""

    name: str
    href: str
    line: int
    source: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A rule and the accounts whose numbers break it."""

    id: str
    title: str
    reason: str
    href: str
    cases: tuple[Case, ...]

    @property
    def more(self) -> int:
        """Those that are not shown."""
        return max(0, len(self.cases) - SHOWN)


def contradiction_pages(site: Site) -> Iterator[Page]:
    """portfolio/contradictions."""
    links = Links(here=HERE)
    kinds = _kinds(site, links)
    count = sum(len(kind.cases) for kind in kinds)
    accounts = {case.href for kind in kinds for case in kind.cases}
    found = [kind for kind in kinds if kind.cases]
    if count:
        what = plural(count, "contradiction")
        sentence = f"{what} in {plural(len(accounts), 'plan')}: each shows two sides, one is wrong."
    else:
        sentence = "No plan contradicts itself today."
    render = site.engine.render
    fragments = {
        "found": render("portfolio/contradictions.html.j2", kinds=found, shown=SHOWN),
        "asked": render("portfolio/contradictions_asked.html.j2", kinds=kinds),
    }
    sections = [
        *([SkeletonSection(anchor="found", title="Today")] if found else []),
        SkeletonSection(anchor="asked", title="What is compared"),
    ]
    if not found:
        del fragments["found"]
    markdown = page_markdown(
        title="Contradictions",
        description="Where the numbers of one plan disagree.",
        sentence=sentence,
        sections=sections,
    )
    yield Page(path="portfolio/contradictions.md", markdown=markdown, fragments=fragments)


def _kinds(site: Site, links: Links) -> list[Kind]:
    """Each rule that compares numbers and is not switched off, those most broken first."""
    cases: dict[str, list[Case]] = {}
    for account in site.portfolio.accounts:
        for one in account.findings:
            cases.setdefault(one.rule, []).append(
                Case(
                    name=account.name,
                    href=links.account(account.id),
                    line=one.line,
                    source=links.source(account.id, one.line),
                    message=one.message,
                )
            )
    kinds = [
        Kind(
            id=rule.id,
            title=rule.title or rule.id.replace("-", " ").capitalize(),
            reason=rule.reason.strip(),
            href=links.rule(rule.id),
            cases=tuple(cases.get(rule.id, ())),
        )
        for rule in site.settings.rules.rules
        if rule.holds.agree is not None and not rule.off
    ]
    return sorted(kinds, key=lambda kind: -len(kind.cases))
