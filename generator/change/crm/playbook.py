"""One account of the export as a playbook: facts with their source, gaps said openly."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import NormalDist
from typing import Any

from generator.change.crm.cells import money_words
from generator.change.crm.lists import Lists
from generator.change.crm.mapping import CrmMapping
from generator.change.crm.names import free_id, id_of, plain_name
from generator.change.crm.places import CASES, CONTACTS, DEALS, IMPORTED, REVENUE, place_name
from generator.change.crm.records import ComplaintRecord, ContactRecord, Deal, Records
from generator.change.crm.signal_entries import (
    contract_entry,
    fact,
    known,
    number,
    outcome_entries,
    rows_of_signals,
    satisfaction_entries,
    talk_entries,
    usage_entries,
)
from generator.change.crm.signals import Event
from generator.figures.ladder import months_before
from generator.model.years import MONTHS_A_YEAR, Years


def playbook_of(
    records: Records,
    lists: Lists,
    mapping: CrmMapping,
    contact_ids: Mapping[str, str],
) -> dict[str, Any]:
    """The playbook as plain data, in the order of the form; `contact_ids` are by key in the CRM."""
    deals = records.deals
    economics: dict[str, Any] = {"currency": mapping.currency}
    if chance := _win_probability(deals, lists, mapping):
        economics["development"] = {"win_probability": chance}
    economics["revenue"] = _revenue(deals, lists.years, mapping)
    playbook = {
        "schema": 1,
        "account": _account(records, lists, mapping),
        "summary": _summary(deals, mapping),
        "economics": economics,
        "usage": usage_entries(records.usage, mapping),
        "relationship": {
            **_section("contacts", contact_entries(records.contacts, contact_ids, lists, mapping)),
            **_section(
                "interactions",
                talk_entries(records.interactions, contact_ids, lists.people, mapping),
            ),
        },
        "opportunities": _open_deals(deals, lists, mapping),
        "outcomes": outcome_entries(events_of(records), mapping),
        "service": {
            **_section("cases", case_entries(records.cases, mapping)),
            **_section("satisfaction", satisfaction_entries(records.satisfaction, mapping)),
        },
        "offerings": _offerings(deals, lists, mapping),
    }
    return {key: value for key, value in playbook.items() if value not in ([], {})}


def _section(key: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: entries} if entries else {}


def _account(records: Records, lists: Lists, mapping: CrmMapping) -> dict[str, Any]:
    company, deals = records.company, records.deals
    return known(
        {
            "name": company.name,
            "status": company.status or _status(records, mapping),
            "industry": company.industry,
            "region": company.region,
            "size": company.size,
            "parent": company.parent,
            "owner": company.owner or _owner(deals, lists),
            "contract": contract_entry(records.contracts, mapping) or None,
            "website": company.website,
            "crm": {mapping.system: company.key},
            "tags": [IMPORTED],
        }
    )


def is_win(deal: Deal) -> bool:
    """Whether a deal was won; a credit note counts in revenue, and is none."""
    return deal.state == "won" and deal.amount >= 0


def is_decided(deal: Deal) -> bool:
    """Whether a deal was won or lost."""
    return deal.state == "lost" or is_win(deal)


def _status(records: Records, mapping: CrmMapping) -> str:
    """Customer with a contract in force or a win in the last months, former with older ones.

    Who was lost after all of that is a former customer, too; else it is a prospect.
    """
    day = mapping.as_of
    if any(contract.is_in_force(day) for contract in records.contracts):
        return "customer"
    ends = [one.end for one in records.contracts if one.end and one.end < day]
    wins = [deal.closed_on for deal in records.deals if is_win(deal) and deal.closed_on]
    lost = [event.date for event in records.outcomes if event.kind == "lost" and event.date]
    if not wins and not ends:
        return "former" if lost else "prospect"
    if lost and max(lost) > max([*wins, *ends]):
        return "former"
    since = months_before(day, mapping.customer_months)
    return "customer" if wins and max(wins) >= since else "former"


def _owner(deals: Sequence[Deal], lists: Lists) -> str | None:
    """Who won most here; by name among equals, the busiest where nothing was won."""
    won: Counter[str] = Counter()
    for deal in deals:
        if deal.person in lists.people:
            won[deal.person] += deal.amount if deal.state == "won" else 0  # type: ignore[assignment]
    if not won:
        return None
    return lists.people[min(won, key=lambda name: (-won[name], name))]


def _revenue(deals: Sequence[Deal], years: Years, mapping: CrmMapping) -> list[dict[str, Any]]:
    """Won value by year of closing, less what was credited; 0 in a year that is known to be so.

    The export's own year is a part year unless it ends with it.
    """
    won: Counter[int] = Counter()
    for deal in deals:
        if deal.state == "won" and deal.closed_on:
            won[years.of(deal.closed_on)] += deal.amount  # type: ignore[assignment]
    if won and mapping.full_from is not None:
        since = max(mapping.full_from, min(won))
        won.update(dict.fromkeys(range(since, years.of(mapping.as_of) + 1), 0))
    entries = []
    for year in sorted(won):
        entry: dict[str, Any] = {"year": year, "amount": number(Decimal(won[year]))}
        if year == years.of(mapping.as_of) and not years.is_full(year, mapping.as_of):
            entry["to"] = mapping.as_of
        entries.append({**entry, **fact(mapping)})
    return entries


def _win_probability(
    deals: Sequence[Deal], lists: Lists, mapping: CrmMapping
) -> dict[str, Any] | None:
    """Won over decided, with the grade that so many deals have."""
    decided = [deal for deal in deals if is_decided(deal)]
    if not decided:
        return None
    won = sum(map(is_win, decided))
    return {
        "value": round(Decimal(won) / len(decided), 4),
        "grade": grade_of_sample(len(decided), lists.spread),
        "as_of": mapping.as_of,
        "source": f"{mapping.source} (deals won of those decided)",
    }


_FOUR_IN_FIVE = NormalDist().inv_cdf(0.9)  # deviations on either side; as spreads are meant


def grade_of_sample(size: int, spread: Mapping[str, float]) -> str:
    """The best grade that lets a share be as far off as one half counted in so many cases may be.

    Of its own error a share of 0 or 1 says nothing, therefore one half.
    """
    error = _FOUR_IN_FIVE / math.sqrt(size)
    return next((grade for grade in ("fact", "estimate") if error <= spread[grade]), "opinion")


def _open_deals(deals: Sequence[Deal], lists: Lists, mapping: CrmMapping) -> list[dict[str, Any]]:
    return [_open_deal(deal, lists, mapping) for deal in deals if deal.state == "open"]


def amount_open(deal: Deal, lists: Lists) -> Decimal | None:
    """What an open deal is worth: its own amount, or the list price where the CRM has none yet."""
    return deal.amount or lists.prices.get(deal.product)


def _open_deal(deal: Deal, lists: Lists, mapping: CrmMapping) -> dict[str, Any]:
    """A deal of the pipeline."""
    price, amount = lists.prices.get(deal.product), amount_open(deal, lists)
    return known(
        {
            "id": deal.id,
            "offering": lists.offerings.get(deal.product),
            "amount": None if amount is None else number(amount),
            "stage": deal.stage,
            "probability": deal.probability,
            "close_on": deal.closed_on,
            "crm": deal.id,
            **_estimate(mapping, "list price" if not deal.amount and price else ""),
        }
    )


def _offerings(deals: Sequence[Deal], lists: Lists, mapping: CrmMapping) -> dict[str, Any]:
    """Ours where something was won as long ago as makes a customer; the revenue is a year's.

    The potential adds what is open. It is left out where nothing tells it: nothing was bought in
    that year and nothing is open, or nobody knows what an open deal is worth.
    """
    since = months_before(mapping.as_of, mapping.customer_months)
    offerings: dict[str, Any] = {}
    for offering in dict.fromkeys(lists.offerings.values()):
        of_product = [deal for deal in deals if lists.offerings.get(deal.product) == offering]
        if not of_product:
            continue
        is_ours = any(
            is_win(deal) and deal.closed_on and deal.closed_on >= since for deal in of_product
        )
        bought = _bought_in_a_year(of_product, mapping.as_of)
        still_open = [deal for deal in of_product if deal.state == "open"]
        worth = [amount_open(deal, lists) for deal in still_open]
        potential = None if None in worth else sum(filter(None, worth), bought)
        offerings[offering] = known(
            {
                "status": "ours" if is_ours else "open",
                "potential": number(potential) if potential else None,
                "revenue": number(bought),
                **_estimate(mapping, _basis(still_open, lists)),
            }
        )
    return dict(sorted(offerings.items()))


def _bought_in_a_year(deals: Sequence[Deal], until: datetime.date) -> Decimal:
    """What was won in the year that ends with a day.

    Where more was credited in it than won, nothing: the offerings know no debts.
    """
    before = months_before(until, MONTHS_A_YEAR)
    won = (
        deal.amount
        for deal in deals
        if deal.state == "won" and deal.closed_on and before < deal.closed_on <= until
    )
    return max(Decimal(0), sum(won, Decimal(0)))


def _basis(still_open: Sequence[Deal], lists: Lists) -> str:
    """What an offering's amounts are made of, in words."""
    words = f"won in the last {MONTHS_A_YEAR} months and open"
    has_list_price = any(not deal.amount and amount_open(deal, lists) for deal in still_open)
    return f"{words} at list price" if has_list_price else words


def _summary(deals: Sequence[Deal], mapping: CrmMapping) -> str:
    states = Counter(deal.state for deal in deals if deal.state == "open" or is_decided(deal))
    won = sum((deal.amount for deal in deals if deal.state == "won"), Decimal(0))
    won_on = [deal.closed_on for deal in deals if deal.state == "won" and deal.closed_on]
    words = {
        "won": f"{states['won']:,}",
        "lost": f"{states['lost']:,}",
        "open": f"{states['open']:,}",
        "amount": f"{money_words(won)} {mapping.currency}",
        "source": mapping.source,
        "as_of": mapping.as_of.isoformat(),
        "last_won": max(won_on).isoformat() if won_on else "–",
    }
    text = mapping.summary.strip()
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return text + "\n"


def rows_of(
    records: Records, lists: Lists, mapping: CrmMapping, contact_ids: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """What the CRM calls the rows of each place; `contact_ids` are by the contact's key there."""
    key = records.company.key
    rows = {place_name(("account",)): [key], place_name(("economics",)): [key]}
    for deal in records.deals:
        for place in _places_of(deal, lists):
            rows.setdefault(place, []).append(deal.id)
    for place, row in rows_of_signals(
        records.contracts,
        events_of(records),
        records.satisfaction,
        records.interactions,
        mapping,
    ):
        rows.setdefault(place, []).append(row)
    for person in records.contacts:
        rows[place_name(CONTACTS, [contact_ids[person.key]])] = [person.key]
    for case in records.cases:
        rows[place_name(CASES, [case.id])] = [case.id]
    return {place: tuple(sorted(set(ids))) for place, ids in rows.items()}


def _places_of(deal: Deal, lists: Lists) -> Iterator[str]:
    """The places whose values a deal has a part in."""
    if deal.state == "won" and deal.closed_on:
        yield place_name(REVENUE, [str(lists.years.of(deal.closed_on))])
    if is_decided(deal):
        yield place_name(("economics", "development", "win_probability"))
    if deal.state == "open":
        yield place_name(DEALS, [deal.id])
    if offering := lists.offerings.get(deal.product):
        yield place_name(("offerings", offering))


def _estimate(mapping: CrmMapping, basis: str) -> dict[str, Any]:
    """The evidence of what is reckoned from the CRM."""
    source = f"{mapping.source} ({basis})" if basis else mapping.source
    return {"grade": "estimate", "as_of": mapping.as_of, "source": source}


def events_of(records: Records) -> Iterator[Event]:
    """What became of deals, as their type says, and what the CRM knows besides."""
    for deal in records.deals:
        if deal.kind and deal.closed_on and is_decided(deal):
            yield Event(
                id=deal.id,
                account=deal.account,
                date=deal.closed_on,
                kind=deal.kind,
                amount=deal.amount,
                reason=deal.reason,
            )
    yield from records.outcomes


_FALLBACK = "contact"


def contact_entries(
    people: Sequence[ContactRecord],
    ids: Mapping[str, str],
    lists: Lists,
    mapping: CrmMapping,
) -> list[dict[str, Any]]:
    """Entries for a playbook, with the ids that its contacts have or get."""
    entries = []
    for person in people:
        entry = {
            "id": ids[person.key],
            "name": person.name,
            "title": person.title,
            "level": person.level,
            "roles": list(person.roles),
            "reports_to": ids.get(person.reports_to),
            "owner": lists.people.get(person.owner),
            # no CRM says it: until a person does, no courtesy passes without an approval
            "public_official": "unknown",
            "source": mapping.source,
            **_data_protection(person, mapping),
        }
        entries.append({key: value for key, value in entry.items() if value})
    return entries


def _data_protection(person: ContactRecord, mapping: CrmMapping) -> dict[str, Any]:
    """Written once, with a new contact; then a person's."""
    if person.lawful_basis is None:
        return {}
    days = datetime.timedelta(days=person.review_days or 0)
    return {
        "lawful_basis": person.lawful_basis,
        "collected_on": mapping.as_of,
        "review_by": mapping.as_of + days if days else None,
    }


def ids_of_contacts(
    people: Sequence[ContactRecord],
    contacts_there: Sequence[Mapping[str, Any]],
    remembered: Mapping[str, str],
) -> dict[str, str]:
    """By their key in the CRM as remembered, else their name, else the id that the name gives.

    Two of one name are never taken for one, nor somebody whom the CRM told apart before.
    """
    there = {id_: entry for entry in contacts_there if isinstance(id_ := entry.get("id"), str)}
    ids = {person.key: id_ for person in people if (id_ := remembered.get(person.key, "")) in there}
    free = there.keys() - {*remembered.values()}
    by_name: dict[str, list[str]] = {}
    for id_ in filter(free.__contains__, there):
        by_name.setdefault(plain_name(str(there[id_].get("name", ""))), []).append(id_)
    rest = sorted(
        (person for person in people if person.key not in ids),
        key=lambda person: (person.name, person.key),
    )
    for person in rest:
        if same := by_name.get(plain_name(person.name)):
            ids[person.key] = same.pop(0)
    taken = {*there, *remembered.values()}
    for person in rest:
        if person.key not in ids:
            own = remembered.get(person.key) or id_of(person.name)
            is_own = person.key in remembered or own in free - {*ids.values()}
            ids[person.key] = own if is_own else free_id(person.name, _FALLBACK, taken)
            taken.add(ids[person.key])
    return ids


def case_entries(cases: Sequence[ComplaintRecord], mapping: CrmMapping) -> list[dict[str, Any]]:
    """Entries for a playbook, the oldest first."""
    return [
        known(
            {
                "id": case.id,
                "opened": case.opened,
                "due": case.due,
                "closed": case.closed,
                "severity": case.severity,
                **fact(mapping),
            }
        )
        for case in sorted(cases, key=lambda case: (str(case.opened or ""), case.id))
    ]
