"""The site for an audience: the usual pages without findings, or one page for a customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.audience.classes import OUTSIDE, Audience, level
from generator.figures import Account, Portfolio
from generator.figures.name import words_of_id
from generator.figures.plan_quality import is_milestone
from generator.language import ENGLISH, Language, say, speaking
from generator.model.base import Fact
from generator.pages import Spread, asset_files, at_once, offered, site_of, spoken_in
from generator.pages.brand import brand_of
from generator.pages.engine import Engine
from generator.pages.folders import not_found_page
from generator.pages.navigation import edition_navigation
from generator.pages.page import SkeletonSection, page_markdown
from generator.pages.search_index import search_files
from generator.pages.site import Site
from generator.pages.tree import Page, SiteTree, StaticFile

SECTIONS: Mapping[str, str] = {
    "standard": "What we measure together",
    "aims": "What we aim for together",
    "promises": "What we have promised",
    "cases": "Your cases",
    "contract": "Our agreement",
    "people": "Who is there for you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something measured, from where it began to where it is to be."""

    what: str
    metric: str
    unit: str
    baseline: float | None
    actual: float | None
    target: float | None
    due: Any
    reached: float | None
    """Share of the way, 0 to 1."""
    is_milestone: bool = False
    """Whether it is done or not, with nothing between."""


def render_edition(
    portfolio: Portfolio,
    audience: Audience,
    *,
    files: tuple[StaticFile, ...] = (),
    beside: SiteTree | None = None,
    spread: Spread = at_once,
    language: Language = ENGLISH,
) -> SiteTree:
    """The site of an edition. Pure: the same edition gives the same bytes."""
    site = Site(
        portfolio=spoken_in(portfolio, language),
        engine=Engine(),
        language=language,
        is_edition=True,
        **offered(files, beside),
    )
    if level(audience) > level(OUTSIDE):
        return site_of(site, files=files, spread=spread)
    with speaking(language):
        pages = tuple(_pages(site))
        own = (*asset_files(site), *search_files(site, pages))
        not_found = not_found_page(site, {page.path for page in pages})
    return SiteTree(
        pages=pages,
        not_found=not_found,
        files=(*files, *own),
        nav=edition_navigation({page.path for page in pages}),
        language=language,
        brand=brand_of(site.settings),
    )


def _pages(site: Site) -> Iterator[Page]:
    for account in site.portfolio.accounts:
        context = _context(site, account)
        kept = [name for name in SECTIONS if context[name]]
        yield Page(
            path="index.md",
            markdown=page_markdown(
                title=account.name,
                description=say("What we work on together."),
                sections=[
                    SkeletonSection(anchor=section, title=say(SECTIONS[section]))
                    for section in kept
                ],
                head="head",
                hide=("navigation",),
            ),
            fragments={
                name: site.engine.render_block(
                    "customer.html.j2", name, today=site.today, **context
                )
                for name in ("head", *kept)
            },
        )


def _context(site: Site, account: Account) -> dict[str, Any]:
    plan: Any = account.playbook
    if plan is None:
        return {"account": account, "next": None, "plan": None, **dict.fromkeys(SECTIONS)}
    relationship, service, value = plan.relationship, plan.service, plan.value
    return {
        "account": account,
        "plan": plan,
        "next": plan.account.next,
        "kept": account.figures["service.promises_kept"].value,
        "on_time": account.figures["service.cases_on_time"].value,
        "standard": [
            _measure(entry, entry.item) for entry in (value.standard if value else None) or ()
        ],
        "aims": [
            replace(
                _measure(aim, aim.statement or words_of_id(aim.id)), is_milestone=is_milestone(aim)
            )
            for aim in plan.objectives or ()
        ],
        "promises": (relationship.promises if relationship else None) or (),
        "cases": (service.cases if service else None) or (),
        "contract": plan.account.contract,
        "people": tuple(_people(site, plan)),
    }


def _measure(entry: Any, what: str) -> Measure:
    baseline, actual, target = (
        _number(getattr(entry, name)) for name in ("baseline", "actual", "target")
    )
    reached = None
    if baseline is not None and actual is not None and target is not None and target != baseline:
        reached = min(1.0, max(0.0, (actual - baseline) / (target - baseline)))
    return Measure(
        what=what,
        metric=entry.metric or "",
        unit=entry.unit or "",
        baseline=baseline,
        actual=actual,
        target=target,
        due=entry.due,
        reached=reached,
    )


def _number(fact: Any) -> float | None:
    value = fact.value if isinstance(fact, Fact) else fact
    return float(value) if isinstance(value, (int, float)) else None


def _people(site: Site, plan: Any) -> Iterator[tuple[str, str]]:
    """Our people by name, with what they do for this customer."""
    team = site.settings.team.people

    def name(id: str) -> str:
        return team[id].name if id in team else words_of_id(id)

    if plan.account.owner:
        yield name(plan.account.owner), say("your account manager")
    if plan.account.executive_sponsor:
        yield name(plan.account.executive_sponsor), say("our executive sponsor")
    for member in plan.account.team or ():
        yield name(member.id), member.role or ""
