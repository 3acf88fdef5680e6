"""The first page: who must be acted on, where we stand, where to invest, what is next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Account, Portfolio
from generator.figures.attention import Level
from generator.figures.conclusion import health_conclusion
from generator.language import Phrase, phrase, say
from generator.pages.alerts import TO_DO, AlertWords, in_words
from generator.pages.drawings.scatter import PlottedAccount, Scatter, scatter
from generator.pages.page import Menu, PageLayout, SitePage, named
from generator.pages.site import Site
from generator.pages.words import mark
from generator.portfolio.attention import AccountInNeed, accounts_in_need
from generator.portfolio.beginnings import Beginning, beginnings
from generator.portfolio.colleagues import owner_of, person_name
from generator.portfolio.dates import NEXT_DAYS, DayKind, PlanDay, calendar
from generator.portfolio.healths import healths
from generator.portfolio.listing import NextStep, next_step
from generator.portfolio.matrix import (
    CELLS,
    Placement,
    by_missing_facts,
    cut_off,
    placements,
    without_cell,
)
from generator.portfolio.sums import (
    OWN_LOSS,
    Overview,
    Sum,
    confidence_of_sum,
    currencies_of,
    currency_of,
    figure_amount,
    newest_year_billed,
    overview,
    reported,
    revenue_growth,
    separate_sums,
)

NEXT_KINDS = frozenset((DayKind.MEETING, DayKind.NOTICE, DayKind.END, DayKind.ACTION))
"""Days that the first page names; the calendar has all."""
CONTRACT_DAYS = frozenset((DayKind.NOTICE, DayKind.END))
REASONS_SHOWN = 3
UNPLACED_SHOWN = 12
NEXT_SHOWN = 40
"""With more days within the month the most important are named."""
MOST_IMPORTANT = 20
BEGINNINGS_SHOWN = 10
WIDE, NARROW = (900, 460), (340, 440)
"""The scatter's size in pixels, on a desktop and on a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedyAccount:
    """An account that needs attention: its worst reasons, and what is to be done by whom."""

    account: Account
    reasons: tuple[AlertWords, ...]
    more: int
    """Reasons that are not shown."""
    beside: int
    """What else its page lists, beside the first reason and what its conclusion says."""
    to_do: Phrase
    due: datetime.date | None
    """By when that is to be done; None where it has no day: now."""
    owner: str
    next_step: NextStep | None
    stake: float | None
    """Money that hangs on the account a year, in its currency."""
    currency: str
    stake_reporting: float | None
    """The same in the reporting currency."""
    at_risk: float | None
    """What of that health has lost."""
    health: float | None
    health_mark: str
    """How good that is: good, watch or bad; empty where it is not known."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """Who must be acted on, the portfolio in numbers, where to invest, what is next."""
    site = page.site
    portfolio, settings = site.portfolio, site.settings
    page.title = say(settings.site.name)
    page.description = say(settings.site.description)
    sums = overview(portfolio)
    latest, newest = _sum_of(portfolio, "revenue.latest"), newest_year_billed(portfolio)
    needy, begun = accounts_in_need(portfolio), beginnings(portfolio)
    no_plan = {each.account.id for each in begun}
    needy = tuple(each for each in needy if each.account.id not in no_plan)
    urgent = [each for each in needy if each.level is Level.ACT]
    rows = [_row(site, each) for each in urgent[: settings.site.attention]]
    page.head(accounts=portfolio.accounts)
    if portfolio.accounts:
        if portfolio.is_judged and (needy or not begun):
            page.section(
                "attention",
                say("Needs action"),
                rows=rows,
                others=len(urgent) - len(rows),
                watched=len(needy) - len(urgent),
            )
        page.section("portfolio", say("Where we stand"), latest=latest, **_stand(site, sums))
        if begun:
            page.section(
                "beginnings",
                say("No plan yet"),
                begun=begun[:BEGINNINGS_SHOWN],
                owners={
                    each.account.id: person_name(settings, owner_of(each.account))
                    for each in begun[:BEGINNINGS_SHOWN]
                },
                all=len(begun),
                all_lack=_all_lack(begun[:BEGINNINGS_SHOWN]),
            )
        if placed := placements(portfolio):
            page.section("matrix", say("Where to invest"), **_matrix(page, placed, no_plan))
        page.section("next", say("Next {days} days", days=NEXT_DAYS), **_next_days(site))
    return {
        "urgent": len(urgent),
        "first": urgent[0].account if urgent else None,
        "begun": len(begun),
        "largest": begun[0].account if begun else None,
        "sums": sums,
        "latest": latest.total,
        "newest": None if newest is None else settings.years.label(newest),
        "sureness": _sureness(portfolio),
    }


def _all_lack(begun: Sequence[Beginning]) -> tuple[str, ...]:
    """What every one of several plans lacks first, in the titles of rules; else nothing."""
    lacking = {each.steps[0].titles if each.steps else () for each in begun}
    return lacking.pop() if len(begun) > 1 and len(lacking) == 1 else ()


def _sureness(portfolio: Portfolio) -> str:
    """How sure the profit of today is, '1' to '3'; empty where nobody knows it."""
    sureness = mark(confidence_of_sum(portfolio, "selection.yearly_profit_today"))
    return "" if sureness is None else str(sureness.level)


def _sum_of(portfolio: Portfolio, key: str) -> Sum:
    """A figure of money over all customers."""
    return separate_sums(portfolio, portfolio.accounts, figure_amount(key)).customers


def attention(site: Site) -> list[NeedyAccount]:
    """The worst accounts, as many as the team wants to see, each with its reasons."""
    needy = accounts_in_need(site.portfolio)[: site.settings.site.attention]
    return [_row(site, each) for each in needy]


def _row(site: Site, need: AccountInNeed) -> NeedyAccount:
    words = in_words(need.items)
    health = health_conclusion(need.account.figures)
    first, *others = need.items
    beside = [item for item in others if item.section != "findings"]
    return NeedyAccount(
        account=need.account,
        reasons=words[:REASONS_SHOWN],
        more=sum(1 + word.more for word in words[REASONS_SHOWN:]),
        beside=len(beside),
        to_do=TO_DO[first.kind],
        due=first.due,
        owner=person_name(site.settings, owner_of(need.account)),
        next_step=next_step(site.portfolio, need.account),
        stake=need.own_stake,
        currency=currency_of(need.account) or "",
        stake_reporting=need.stake,
        at_risk=need.at_risk,
        health=health.points if health else None,
        health_mark=health.standing if health else "",
    )


def _stand(site: Site, sums: Overview) -> dict[str, Any]:
    """The sums, how sure they are, and how they moved."""
    portfolio, reporting = site.portfolio, site.settings.currencies.reporting_currency
    return {
        "accounts": portfolio.accounts,
        "is_judged": portfolio.is_judged,
        "overview": sums,
        "healths": healths(portfolio),
        "deals": _sum_of(portfolio, "sales.open"),
        "growth": revenue_growth(portfolio),
        "moves": site.moves,
        "sure": {
            name: mark(confidence_of_sum(portfolio, key))
            for name, key in (
                ("revenue", "revenue.last_year"),
                ("latest", "revenue.latest"),
                ("profit", "selection.yearly_profit_today"),
                ("loss", OWN_LOSS),
                ("pipeline", "sales.pipeline"),
            )
        },
        "others": [each for each in currencies_of(portfolio) if each != reporting],
        "unrated": named(sums.no_rate),
        "chanceless": named(sums.no_chance),
    }


def _matrix(page: PageLayout, placed: Sequence[Placement], no_plan: set[str]) -> dict[str, Any]:
    """The drawing in two sizes, the same as a table, and who has no place in it."""
    settings = page.site.settings
    drawn = [
        PlottedAccount(
            name=each.account.name,
            href=page.links.account(each.account.id),
            status=each.status,
            tier=each.tier,
            x=x,
            y=y,
        )
        for each in placed
        if (x := reported(each.earned_soon)) is not None
        and (y := reported(each.profit)) is not None
    ]
    high_from = cut_off(page.site.portfolio) or 0.0
    beside = [each for each in without_cell(page.site.portfolio) if each.id not in no_plan]
    return {
        "pictures": _pictures(drawn, high_from),
        "table": sorted(drawn, key=lambda each: (-each.y, each.name)),
        "high_from": high_from,
        "months": settings.thresholds.development.payback_months,
        "rules": {cell: getattr(settings.tiers.cells, cell) for cell in CELLS},
        "beside": by_missing_facts(beside[:UNPLACED_SHOWN]),
        "more_beside": max(0, len(beside) - UNPLACED_SHOWN),
    }


def _pictures(
    drawn: Sequence[PlottedAccount], high_from: float
) -> tuple[tuple[str, Scatter | None], ...]:
    """For a wide and for a narrow screen."""
    return tuple(
        (name, scatter(drawn, high_from, width=width, height=height))
        for name, (width, height) in (("wide", WIDE), ("narrow", NARROW))
    )


def _next_days(site: Site) -> dict[str, Any]:
    """What is due within the next days, by day; of many days the most important."""
    last = site.today + datetime.timedelta(days=NEXT_DAYS)
    every = calendar(site.portfolio)
    coming = [
        entry for entry in every if entry.kind in NEXT_KINDS and site.today <= entry.day <= last
    ]
    shown = coming
    if len(coming) > NEXT_SHOWN:
        place = {each.account.id: each.place for each in accounts_in_need(site.portfolio)}
        least = len(place) + 1
        shown = sorted(
            coming,
            key=lambda entry: (
                entry.kind not in CONTRACT_DAYS,
                entry.kind is DayKind.ACTION,
                place.get(entry.account.id, least),
                entry.day,
            ),
        )[:MOST_IMPORTANT]
    shown = sorted(shown, key=lambda entry: (entry.day, entry.account.name, in_short(entry)))
    return {
        "days": _by_day(shown),
        "count": len(coming),
        "more": len(coming) - len(shown),
        "in_short": in_short,
        "contract_days": CONTRACT_DAYS,
    }


def in_short(entry: PlanDay) -> str:
    """What happens on a day, in few words."""
    return say("Contract ends") if entry.kind is DayKind.END else entry.what


def _by_day(coming: Sequence[PlanDay]) -> list[tuple[datetime.date, list[PlanDay]]]:
    """Entries by day."""
    days: dict[datetime.date, list[PlanDay]] = {}
    for entry in coming:
        days.setdefault(entry.day, []).append(entry)
    return list(days.items())


PAGE = SitePage(
    path="index.md",
    title=phrase("Home"),
    description=phrase("Home"),
    lay_out=lay_out,
    menu=Menu.TOP,
)
