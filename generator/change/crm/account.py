"""One account of the export as a playbook: facts with their source, gaps said openly."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.change.crm.cases import case_entries
from generator.change.crm.cells import money_words
from generator.change.crm.contacts import contact_entries
from generator.change.crm.deals import Deal
from generator.change.crm.lists import Lists
from generator.change.crm.mapping import Mapping
from generator.change.crm.outcomes import fact, number, outcomes_of
from generator.change.crm.records import Case, Person
from generator.figures.ladder import months_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """An account's own row, in ids of the catalogue."""

    id: str
    key: str
    """What the CRM tells it by: its id there, or its name."""
    name: str
    industry: str | None
    region: str | None
    size: str | None
    parent: str | None
    status: str | None = None
    """As the CRM says it; without it the deals tell."""
    owner: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What an export says of one account."""

    company: Company
    deals: Sequence[Deal] = ()
    contacts: Sequence[Person] = ()
    cases: Sequence[Case] = ()


def playbook_of(
    records: Records, lists: Lists, mapping: Mapping, there: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The playbook as plain data, in the order of the form; `there` are contacts it has already."""
    company, deals = records.company, records.deals
    economics: dict[str, Any] = {"currency": mapping.currency}
    if chance := _win_probability(deals):
        economics["development"] = {"win_probability": {"value": chance, **fact(mapping)}}
    economics["revenue"] = _revenue(deals, mapping)
    playbook = {
        "schema": 1,
        "account": _account(company, deals, lists, mapping),
        "summary": _summary(deals, mapping),
        "economics": economics,
        "relationship": _section(
            "contacts", contact_entries(records.contacts, there, lists, mapping)
        ),
        "opportunities": _open_deals(deals, lists, mapping),
        "outcomes": outcomes_of(deals, mapping),
        "service": _section("cases", case_entries(records.cases, mapping)),
        "offerings": _offerings(deals, lists, mapping),
    }
    return {key: value for key, value in playbook.items() if value not in ([], {})}


def _section(key: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: entries} if entries else {}


def _account(
    company: Company, deals: Sequence[Deal], lists: Lists, mapping: Mapping
) -> dict[str, Any]:
    found = {
        "name": company.name,
        "status": company.status or _status(deals, mapping),
        "industry": company.industry,
        "region": company.region,
        "size": company.size,
        "parent": company.parent,
        "owner": company.owner or _owner(deals, lists),
        "website": company.website,
        "crm": {mapping.system: company.key},
        "tags": ["imported"],
    }
    return {key: value for key, value in found.items() if value is not None}


def _status(deals: Sequence[Deal], mapping: Mapping) -> str:
    """Customer with a win in the last months, former with an older one, else prospect."""
    wins = [one.closed_on for one in deals if one.state == "won" and one.closed_on]
    if not wins:
        return "prospect"
    since = months_before(mapping.as_of, mapping.customer_months)
    return "customer" if max(wins) >= since else "former"


def _owner(deals: Sequence[Deal], lists: Lists) -> str | None:
    """Who won most here; by name among equals, the busiest where nothing was won."""
    won: Counter[str] = Counter()
    for one in deals:
        if one.person in lists.people:
            won[one.person] += one.amount if one.state == "won" else 0  # type: ignore[assignment]
    if not won:
        return None
    return lists.people[min(won, key=lambda name: (-won[name], name))]


def _revenue(deals: Sequence[Deal], mapping: Mapping) -> list[dict[str, Any]]:
    """Won value by year of closing; the export's own year is a part year unless it ends with it."""
    years: Counter[int] = Counter()
    for one in deals:
        if one.state == "won" and one.closed_on:
            years[one.closed_on.year] += one.amount  # type: ignore[assignment]
    entries = []
    for year in sorted(years):
        entry: dict[str, Any] = {"year": year, "amount": number(Decimal(years[year]))}
        if year == mapping.as_of.year and mapping.as_of != datetime.date(year, 12, 31):
            entry["to"] = mapping.as_of
        entries.append({**entry, **fact(mapping)})
    return entries


def _win_probability(deals: Sequence[Deal]) -> float | None:
    """Won over closed."""
    closed = [one for one in deals if one.state in ("won", "lost")]
    won = sum(one.state == "won" for one in closed)
    return round(won / len(closed), 4) if closed else None


def _open_deals(deals: Sequence[Deal], lists: Lists, mapping: Mapping) -> list[dict[str, Any]]:
    return [_open_deal(one, lists, mapping) for one in deals if one.state == "open"]


def _open_deal(deal: Deal, lists: Lists, mapping: Mapping) -> dict[str, Any]:
    """A deal of the pipeline: its own amount, or the list price where the CRM has none yet."""
    price = lists.prices.get(deal.product)
    amount = deal.amount or price
    found = {
        "id": deal.id,
        "offering": lists.offerings.get(deal.product),
        "amount": None if amount is None else number(amount),
        "stage": deal.stage,
        "probability": None if deal.probability is None else float(deal.probability),
        "close_on": deal.closed_on,
        "crm": deal.id,
        **_estimate(mapping, "list price" if not deal.amount and price else ""),
    }
    return {key: value for key, value in found.items() if value is not None}


def _offerings(deals: Sequence[Deal], lists: Lists, mapping: Mapping) -> dict[str, Any]:
    """Ours where something was won lately; the potential adds what is open at list price."""
    since = months_before(mapping.as_of, mapping.customer_months)
    offerings: dict[str, Any] = {}
    for product, offering in lists.offerings.items():
        here = [one for one in deals if one.product == product]
        if not here:
            continue
        won = [
            one.amount
            for one in here
            if one.state == "won" and one.closed_on and one.closed_on >= since
        ]
        revenue = sum(won, Decimal(0))
        price = lists.prices.get(product, Decimal(0))
        still_open = sum((one.amount or price for one in here if one.state == "open"), Decimal(0))
        offerings[offering] = {
            "status": "ours" if won else "open",
            "potential": number(revenue + still_open),
            "revenue": number(revenue),
            **_estimate(mapping, "won in the last year and open at list price"),
        }
    return dict(sorted(offerings.items()))


def _summary(deals: Sequence[Deal], mapping: Mapping) -> str:
    states = Counter(one.state for one in deals)
    won = sum((one.amount for one in deals if one.state == "won"), Decimal(0))
    words = {
        "won": f"{states['won']:,}",
        "lost": f"{states['lost']:,}",
        "open": f"{states['open']:,}",
        "amount": f"{money_words(won)} {mapping.currency}",
        "source": mapping.source,
        "as_of": mapping.as_of.isoformat(),
    }
    text = mapping.summary.strip()
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return text + "\n"


def _estimate(mapping: Mapping, how: str) -> dict[str, Any]:
    """The evidence of what is reckoned from the CRM."""
    source = f"{mapping.source} ({how})" if how else mapping.source
    return {"grade": "estimate", "as_of": mapping.as_of, "source": source}
