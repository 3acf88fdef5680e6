"""The directory: every account in a table that filters and sorts in the reader's browser.

The table is made by a script from a data file, so that it also works from a folder on disk; without
scripts there is a list of links.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.figures.attention import Level
from generator.language import phrase, said, say, say_count
from generator.model.years import Years
from generator.pages.links import Links, account_href
from generator.pages.page import Menu, PageLayout, SitePage
from generator.pages.site import Site
from generator.pages.tree import StaticFile
from generator.pages.words import HIGH
from generator.portfolio.listing import ListedAccount, PlanAge, listed_accounts, quarter_name
from generator.portfolio.sums import TIERS, currency_of, reported, value_of

LISTED = 300
"""Up to so many accounts a page without scripts lists them all."""

COLUMNS = (
    ("name", phrase("Account"), ""),
    ("tier", phrase("Tier"), phrase("How much the account deserves")),
    ("health", phrase("Health"), phrase("How they are doing, of 100")),
    ("attention", phrase("Attention"), phrase("Who needs a person first, by level and money")),
    ("next_step", phrase("Next step"), phrase("What is done next, and when")),
    (
        "revenue",
        phrase("Revenue"),
        phrase("What was billed in the last full year, else in the newest that is known"),
    ),
    ("our_margin", phrase("Our margin"), phrase("What we earn by the deal in a year")),
    (
        "retained_profit",
        phrase("Expected profit"),
        phrase("What the account is worth to us if we keep it"),
    ),
    ("rung", phrase("Relationship stage"), phrase("How close the relationship is")),
    (
        "deadline",
        phrase("Notice or end"),
        phrase("The day to give notice, else the contract's end"),
    ),
    ("owner", phrase("Owner"), ""),
    ("reviewed", phrase("Reviewed"), ""),
)
"""Key in the data file, heading, explanation."""
NUMBERS = frozenset(("health", "revenue", "our_margin", "retained_profit"))
FACETS = {
    "attention": phrase("Attention"),
    "tier": phrase("Tier"),
    "health_word": phrase("Health"),
    "status": phrase("Status"),
}
"""In one bar above the table."""
MORE_FACETS = {
    "verdict": phrase("Deal"),
    "industry": phrase("Industry"),
    "region": phrase("Region"),
    "owner": phrase("Owner"),
    "renewal": phrase("Contract"),
    "plan": phrase("Plan"),
}
"""On demand."""
EVERY_FACET = {**FACETS, **MORE_FACETS}
LEVELS = {"act": phrase("act"), "watch": phrase("watch"), "none": phrase("nothing")}
PLANS = {
    PlanAge.THIN: phrase("no plan yet"),
    PlanAge.FRESH: phrase("reviewed in time"),
    PlanAge.STALE: phrase("review overdue"),
}
CSV = {
    "account": phrase("account"),
    "name": phrase("name"),
    "status": phrase("status"),
    "tier": phrase("tier"),
    "attention": phrase("attention"),
    "place": phrase("place{order}", order=""),
    "health": phrase("health"),
    "verdict": phrase("verdict"),
    "rung": phrase("rung"),
    "industry": phrase("industry"),
    "region": phrase("region"),
    "owner": phrase("owner"),
    "renewal": phrase("renewal"),
    "currency": phrase("currency"),
    "reporting_currency": phrase("reporting_currency"),
    "next_step": phrase("next_step"),
    "next_on": phrase("next_on"),
    "deadline": phrase("deadline"),
    "revenue": phrase("revenue"),
    "revenue_reporting": phrase("revenue_reporting"),
    "our_margin": phrase("our_margin"),
    "our_margin_reporting": phrase("our_margin_reporting"),
    "delivered_value": phrase("delivered_value"),
    "delivered_value_reporting": phrase("delivered_value_reporting"),
    "retained_profit": phrase("retained_profit"),
    "retained_profit_reporting": phrase("retained_profit_reporting"),
    "own_loss": phrase("own_loss"),
    "own_loss_reporting": phrase("own_loss_reporting"),
    "their_loss": phrase("their_loss"),
    "their_loss_reporting": phrase("their_loss_reporting"),
    "completeness": phrase("completeness"),
    "reviewed": phrase("reviewed"),
    "errors": phrase("errors"),
}
"""Heads of the file for spreadsheets; in English the keys of the data file."""


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """What the script fills, and for those without scripts a list."""
    count = len(page.site.portfolio.accounts)
    page.description = say_count(
        "All {count} account: search, filter, sort.",
        "All {count} accounts: search, filter, sort.",
        count,
    )
    page.head(
        count=count,
        columns=COLUMNS,
        numbers=NUMBERS,
        facets=FACETS.items(),
        more_facets=MORE_FACETS.items(),
        views=_views(page.site),
        groups=_groups(page.site, page.links) if count <= LISTED else None,
        words=_script_words(),
    )
    listed = listed_accounts(page.site.portfolio)
    return {
        "count": count,
        "act": sum(each.attention == Level.ACT for each in listed),
        "losing": sum(each.verdict in {"buys_at_our_loss", "no_deal"} for each in listed),
        "at_risk": sum(each.health_word in {"critical", "at_risk"} for each in listed),
        "thin": sum(each.plan_age is PlanAge.THIN for each in listed),
    }


def _views(site: Site) -> tuple[tuple[str, str], ...]:
    """Selections that people come back to: title, and what the address says.

    The script counts the accounts of each, which the page itself does not list a second time.
    """
    quarter = quarter_name(site.settings.years, site.today)
    return (
        (say("Needs action"), f"attention={Level.ACT}"),
        (say("At risk"), "health_word=critical,at_risk"),
        (say("Renewals this quarter"), f"renewal={quarter}"),
        (say("No plan yet"), f"plan={PlanAge.THIN}"),
    )


def directory_files(site: Site) -> Iterator[StaticFile]:
    """The data of the directory: as a script for the page, as JSON for people's own use."""
    data = directory_data(site)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # '<' would let a name end the script; nothing else in JSON means anything to HTML
    script = "window.ACCOUNTS=" + text.replace("<", "\\u003c") + ";\n"
    yield StaticFile(path="assets/accounts.js", content=script.encode())
    pretty = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    yield StaticFile(path="accounts/accounts.json", content=pretty.encode())


def _script_words() -> dict[str, Any]:
    """What the script says; it fills the places itself, by the first form for a single account."""
    return {
        "all": [say("{all} account"), say("{all} accounts")],
        "some": [say("{fitting} of {all} account"), say("{fitting} of {all} accounts")],
        "first": [
            say("Showing {shown} of {fitting} account"),
            say("Showing {shown} of {fitting} accounts"),
        ],
        "show": say("Show all {count}"),
        "more": say("{count} more"),
        "unknown": say("not known"),
        "sure": say("{amount}, confidence {confidence}"),
        "findings": say("open findings"),
        "late": say("longer ago than it should be"),
        "joint": say(", "),
        "csv": {key: said(head) for key, head in CSV.items()},
    }


def _groups(site: Site, links: Links) -> list[tuple[str, list[tuple[str, str]]]]:
    """Names and addresses by tier, those without one last."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for account in sorted(site.portfolio.accounts, key=lambda each: each.name.casefold()):
        tier = value_of(account, "tier")
        title = site.settings.label("tiers", tier) if tier else say("Tier not known")
        address = links.to(account_href(account.id))
        groups.setdefault(title, []).append((account.name, address))
    order = [site.settings.label("tiers", tier) for tier in TIERS]
    return [(title, groups[title]) for title in (*order, say("Tier not known")) if title in groups]


def directory_data(site: Site) -> dict[str, Any]:
    """What the data files hold; money in whole units of both currencies, None: not known."""
    settings = site.settings
    listed = listed_accounts(site.portfolio)
    return {
        "today": site.today.isoformat(),
        "reporting_currency": settings.currencies.reporting_currency,
        "review_days": settings.scoring.evidence.shelf_life_days.review,
        "words": _words(site, listed),
        "limits": {"sure": HIGH},
        "accounts": [_row(each) for each in listed],
    }


def _words(site: Site, listed: Sequence[ListedAccount]) -> dict[str, dict[str, str]]:
    """Ids and what readers see for them, in the order of sorting."""
    settings = site.settings
    catalogue, language = settings.catalogue, settings.site.language
    labels = {
        name: {id: settings.label(group, id) for id in settings.labels.get(group, {})}
        for name, group in (
            ("tier", "tiers"),
            ("status", "statuses"),
            ("verdict", "deal"),
            ("health_word", "health_words"),
            ("rung", "rungs"),
        )
    }
    return {
        **labels,
        "industry": {
            id: industry.label.in_language(language)
            for id, industry in catalogue.industries.items()
        },
        "region": {
            id: region.label.in_language(language) for id, region in catalogue.regions.items()
        },
        "owner": {id: person.name for id, person in settings.team.people.items()},
        "renewal": {
            quarter: _quarter_words(settings.years, quarter)
            for quarter in sorted({each.renewal for each in listed if each.renewal})
        },
        "plan": {age.value: said(word) for age, word in PLANS.items()},
        "attention": {level: said(word) for level, word in LEVELS.items()},
    }


def _quarter_words(years: Years, quarter: str) -> str:
    year, number = quarter.split("-")
    return say("to {quarter} {year}", quarter=number, year=years.label(int(year)))


def _row(listed: ListedAccount) -> dict[str, Any]:
    plan = listed.account.playbook
    facts = plan.account if plan else None
    return {
        "id": listed.account.id,
        "name": listed.account.name,
        "aliases": list((facts.aliases if facts else None) or ()),
        "status": facts.status if facts else None,
        "industry": facts.industry if facts else None,
        "region": facts.region if facts else None,
        "owner": facts.owner if facts else None,
        "next_step": listed.next_step.what if listed.next_step else None,
        "next_on": listed.next_step.day.isoformat() if listed.next_step else None,
        "deadline": listed.deadline.isoformat() if listed.deadline else None,
        "renewal": listed.renewal,
        "plan": listed.plan_age,
        "tags": list((facts.tags if facts else None) or ()),
        "people": list(listed.people),
        "tier": listed.tier,
        "attention": listed.attention,
        "place": listed.place,
        "health": listed.health,
        "health_word": listed.health_word,
        "verdict": listed.verdict,
        "currency": currency_of(listed.account),
        **dict(_money(listed)),
        "confidence": {
            name: round(each.confidence, 2)
            for name, each in listed.amounts.items()
            if each.confidence is not None
        },
        "rung": listed.rung,
        "completeness": listed.completeness,
        "reviewed": facts.reviewed.isoformat() if facts and facts.reviewed else None,
        "errors": listed.errors,
    }


def _money(listed: ListedAccount) -> Iterator[tuple[str, int | None]]:
    """Each amount in the account's currency, then in the reporting currency."""
    for name, each in listed.amounts.items():
        yield name, _whole(each.money.amount if each.money else None)
        yield f"{name}_reporting", _whole(reported(each.money))


def _whole(amount: float | None) -> int | None:
    return None if amount is None else round(amount)


PAGE = SitePage(
    path="accounts/index.md",
    title=phrase("Accounts"),
    description=phrase("Accounts"),
    lay_out=lay_out,
    menu=Menu.TOP,
)
