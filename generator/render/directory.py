"""The directory: every account in a table that filters and sorts in the reader's browser.

The table is made by a script from a data file, so that it also works from a folder on disk; without
scripts there is a list of links.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from generator.enrich import Account, Reason
from generator.enrich.figure import mean_confidence
from generator.language import phrase, said, say, say_count
from generator.problems import errors_among
from generator.render.formats import YEAR_SAID_AFTER
from generator.render.home import EXPOSED, in_reporting
from generator.render.links import Links, account_href, directory_href
from generator.render.site import Site
from generator.render.skeleton import page_markdown
from generator.render.tree import Page, StaticFile
from generator.render.words import HIGH

LISTED = 300
"""Up to so many accounts a page without scripts lists them all."""

COLUMNS = (
    ("name", phrase("Account"), ""),
    ("tier", phrase("Tier"), phrase("How much the account deserves")),
    ("verdict", phrase("Deal"), phrase("Whether both sides gain")),
    ("delivered_value", phrase("Delivered value"), phrase("What they gain a year by choosing us")),
    (
        "retained_profit",
        phrase("Retained profit"),
        phrase("What the account is worth to us if we keep it"),
    ),
    ("exposure", phrase("Exposure"), phrase("What may be lost a year, theirs and ours")),
    ("rung", phrase("Rung"), phrase("How close the relationship is")),
    ("completeness", phrase("Complete"), phrase("Rules that hold, of 100")),
    ("owner", phrase("Owner"), ""),
    ("reviewed", phrase("Reviewed"), ""),
)
"""Key in the data file, heading, explanation."""
NUMBERS = frozenset(("delivered_value", "retained_profit", "exposure", "completeness"))
FACETS = (
    ("tier", phrase("Tier")),
    ("status", phrase("Status")),
    ("verdict", phrase("Deal")),
    ("industry", phrase("Industry")),
    ("region", phrase("Region")),
    ("owner", phrase("Owner")),
    ("renewal", phrase("Contract")),
    ("plan", phrase("Plan")),
)
PLANS = {"fresh": phrase("reviewed in time"), "stale": phrase("review overdue")}
CSV = {
    "account": phrase("account"),
    "name": phrase("name"),
    "status": phrase("status"),
    "tier": phrase("tier"),
    "verdict": phrase("verdict"),
    "rung": phrase("rung"),
    "industry": phrase("industry"),
    "region": phrase("region"),
    "owner": phrase("owner"),
    "renewal": phrase("renewal"),
    "delivered_value": phrase("delivered_value"),
    "retained_profit": phrase("retained_profit"),
    "exposure": phrase("exposure"),
    "completeness": phrase("completeness"),
    "reviewed": phrase("reviewed"),
    "errors": phrase("errors"),
}
"""Heads of the file for spreadsheets; in English the keys of the data file."""
_MONTHS_OF_QUARTER = 3

_MONEY = {
    "delivered_value": ("value.delivered_value",),
    "retained_profit": ("selection.retained_profit",),
    "exposure": EXPOSED,
}
"""Figures whose sum a column shows, as far as they are known."""


def directory_pages(site: Site) -> Iterator[Page | StaticFile]:
    """accounts/index, and its data: as a script for the page, as JSON for people's own use."""
    data = directory_data(site)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # '<' would let a name end the script; nothing else in JSON means anything to HTML
    script = "window.ACCOUNTS=" + text.replace("<", "\\u003c") + ";\n"
    yield StaticFile(path="assets/accounts.js", content=script.encode())
    pretty = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    yield StaticFile(path="accounts/accounts.json", content=pretty.encode())
    yield _page(site, data)


def _page(site: Site, data: Mapping[str, Any]) -> Page:
    count = len(site.portfolio.accounts)
    fragment = site.engine.render(
        "directory.html.j2",
        count=count,
        columns=COLUMNS,
        numbers=NUMBERS,
        facets=FACETS,
        currency=data["currency"],
        groups=_groups(site) if count <= LISTED else None,
        words=_script_words(),
        links=Links(here=directory_href()),
        offered=site.offered,
    )
    markdown = page_markdown(
        title=say("Accounts"),
        description=say_count(
            "All {count} account: search, filter, sort.",
            "All {count} accounts: search, filter, sort.",
            count,
        ),
        sections=[],
        head="directory",
        hide=("toc",),
    )
    return Page(path="accounts/index.md", markdown=markdown, fragments={"directory": fragment})


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


def _groups(site: Site) -> list[tuple[str, list[tuple[str, str]]]]:
    """Names and addresses by tier, those without one last."""
    links = Links(here=directory_href())
    groups: dict[str, list[tuple[str, str]]] = {}
    for account in sorted(site.portfolio.accounts, key=lambda one: one.name.casefold()):
        tier = _value(account, "tier")
        title = site.settings.label("tiers", tier) if tier else say("Tier not known")
        address = links.to(account_href(account.id))
        groups.setdefault(title, []).append((account.name, address))
    order = [site.settings.label("tiers", tier) for tier in "ABCD"]
    return [(title, groups[title]) for title in (*order, say("Tier not known")) if title in groups]


def directory_data(site: Site) -> dict[str, Any]:
    """What the data files hold; money in the reporting currency, None where it is not known."""
    settings = site.settings
    return {
        "today": site.today.isoformat(),
        "currency": settings.currencies.reporting_currency,
        "review_days": settings.scoring.evidence.shelf_life_days.review,
        "words": _words(site),
        "limits": {"sure": HIGH, "year": YEAR_SAID_AFTER},
        "accounts": [_row(account, site) for account in site.portfolio.accounts],
    }


def _words(site: Site) -> dict[str, dict[str, str]]:
    """Ids and what readers see for them, in the order of sorting."""
    settings = site.settings
    catalogue, language = settings.catalogue, settings.site.language
    labels = {
        name: {id: settings.label(group, id) for id in settings.labels.get(group, {})}
        for name, group in (
            ("tier", "tiers"),
            ("status", "statuses"),
            ("verdict", "deal"),
            ("rung", "rungs"),
        )
    }
    return {
        **labels,
        "industry": {
            id: one.label.in_language(language) for id, one in catalogue.industries.items()
        },
        "region": {id: one.label.in_language(language) for id, one in catalogue.regions.items()},
        "owner": {id: person.name for id, person in settings.team.people.items()},
        "renewal": {one: _quarter_words(one) for one in sorted(_renewals(site))},
        "plan": {id: said(word) for id, word in PLANS.items()},
    }


def _renewals(site: Site) -> Iterator[str]:
    found = {_renewal(one) for one in site.portfolio.accounts}
    return (one for one in found if one is not None)


def _renewal(account: Account) -> str | None:
    """The quarter in which the contract ends: '2027-Q2'."""
    contract = account.playbook.account.contract if account.playbook else None
    if contract is None or contract.end is None:
        return None
    return f"{contract.end.year}-Q{(contract.end.month - 1) // _MONTHS_OF_QUARTER + 1}"


def _quarter_words(quarter: str) -> str:
    year, number = quarter.split("-")
    return say("to {quarter} {year}", quarter=number, year=year)


def _plan(account: Account, site: Site) -> str | None:
    """Whether the plan was gone through as lately as it should be."""
    reviewed = account.playbook.account.reviewed if account.playbook else None
    if reviewed is None:
        return None
    age = (site.today - reviewed).days
    return "stale" if age > site.settings.scoring.evidence.shelf_life_days.review else "fresh"


def _row(account: Account, site: Site) -> dict[str, Any]:
    plan = account.playbook
    facts = plan.account if plan else None
    contacts = (plan.relationship.contacts if plan and plan.relationship else None) or ()
    completeness = _value(account, "completeness")
    amounts = {name: _money(account, keys, site) for name, keys in _MONEY.items()}
    return {
        "id": account.id,
        "name": account.name,
        "aliases": list((facts.aliases if facts else None) or ()),
        "status": facts.status if facts else None,
        "industry": facts.industry if facts else None,
        "region": facts.region if facts else None,
        "owner": facts.owner if facts else None,
        "renewal": _renewal(account),
        "plan": _plan(account, site),
        "tags": list((facts.tags if facts else None) or ()),
        "people": [one.name for one in contacts if one.name and one.left_on is None],
        "tier": _value(account, "tier"),
        "verdict": _value(account, "deal.verdict"),
        **{name: amount for name, (amount, _) in amounts.items()},
        "confidence": {
            name: round(sure, 2) for name, (_, sure) in amounts.items() if sure is not None
        },
        "rung": _value(account, "relationship.rung"),
        "completeness": round(completeness) if completeness is not None else None,
        "reviewed": facts.reviewed.isoformat() if facts and facts.reviewed else None,
        "errors": len(errors_among(account.findings)),
    }


def _value(account: Account, key: str) -> Any:
    figure = account.figures.get(key)
    return figure.value if figure else None


def _money(account: Account, keys: tuple[str, ...], site: Site) -> tuple[int | None, float | None]:
    """An amount in whole units of the reporting currency, and its confidence."""
    known = [
        figure
        for key in keys
        if (figure := account.figures.get(key)) is not None and figure.value is not None
    ]
    amount = in_reporting(site, account, math.fsum(one.value for one in known))
    if not known or amount is None:
        return None, None
    sure = [Reason(name=one.key, value=one.value, confidence=one.confidence) for one in known]
    return round(amount), mean_confidence(sure, [abs(one.value) for one in known])
