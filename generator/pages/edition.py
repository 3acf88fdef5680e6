"""The site for an audience: of our own people the usual one less findings, of others one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.audience.classes import OUTSIDE, Audience, level
from generator.figures import Account, Portfolio
from generator.language import ENGLISH, Language, say, say_count, speaking
from generator.model.base import Fact
from generator.pages import Spread, at_once, offered, site_of, spoken_in
from generator.pages.assets import asset_files
from generator.pages.engine import Engine
from generator.pages.formats import day, running
from generator.pages.navigation import BEFORE, edition_navigation
from generator.pages.site import Site
from generator.pages.skeleton import SkeletonSection, page_markdown
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
        return site_of(site, files=files, spread=spread, nav=edition_navigation())
    with speaking(language):
        pages = tuple(_pages(site))
    return SiteTree(
        pages=pages,
        files=(*files, *asset_files(site)),
        nav=BEFORE[:1],
        language=language,
    )


def _pages(site: Site) -> Iterator[Page]:
    for account in site.portfolio.accounts:
        context = _context(site, account)
        kept = [name for name in SECTIONS if context[name]]
        render = site.engine.render
        yield Page(
            path="index.md",
            markdown=page_markdown(
                title=account.name,
                description=say("What we work on together."),
                sections=[SkeletonSection(anchor=one, title=say(SECTIONS[one])) for one in kept],
                head="head",
                hide=("navigation",),
            ),
            fragments={
                "head": render("customer/head.html.j2", today=site.today, **context),
                **{
                    name: render(f"customer/{name}.html.j2", today=site.today, **context)
                    for name in kept
                },
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
        "standard": [_measure(one, one.item) for one in (value.standard if value else None) or ()],
        "aims": [_measure(one, one.statement or one.id) for one in plan.objectives or ()],
        "promises": (relationship.promises if relationship else None) or (),
        "cases": (service.cases if service else None) or (),
        "contract": plan.account.contract,
        "agreed": running(_agreed(plan.account.contract)),
        "people": tuple(_people(site, plan)),
    }


def _measure(one: Any, what: str) -> Measure:
    baseline, actual, target = (
        _number(getattr(one, name)) for name in ("baseline", "actual", "target")
    )
    reached = None
    if baseline is not None and actual is not None and target is not None and target != baseline:
        reached = min(1.0, max(0.0, (actual - baseline) / (target - baseline)))
    return Measure(
        what=what,
        metric=one.metric or "",
        unit=one.unit or "",
        baseline=baseline,
        actual=actual,
        target=target,
        due=one.due,
        reached=reached,
    )


def _number(given: Any) -> float | None:
    value = given.value if isinstance(given, Fact) else given
    return float(value) if isinstance(value, (int, float)) else None


def _agreed(contract: Any) -> Iterator[str]:
    """What a contract says, in sentences."""
    if contract is None:
        return
    start, end = day(contract.start), day(contract.end)
    if contract.start and contract.end:
        yield say("From {start} until {end}.", start=start, end=end)
    elif contract.start:
        yield say("From {start}.", start=start)
    elif contract.end:
        yield say("Until {end}.", end=end)
    if contract.notice_by:
        yield say("Notice by {day}.", day=day(contract.notice_by))
    if contract.auto_renews:
        yield say("It renews by itself.")
    if contract.payment_days is not None:
        yield say_count(
            "Payment within {count} day.", "Payment within {count} days.", contract.payment_days
        )


def _people(site: Site, plan: Any) -> Iterator[tuple[str, str]]:
    """Our people by name, with what they do for this customer."""
    team = site.settings.team.people

    def name(id: str) -> str:
        return team[id].name if id in team else id

    if plan.account.owner:
        yield name(plan.account.owner), say("your account manager")
    if plan.account.executive_sponsor:
        yield name(plan.account.executive_sponsor), say("our executive sponsor")
    for member in plan.account.team or ():
        yield name(member.id), member.role or ""
