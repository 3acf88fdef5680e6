"""The days that plans name, as a calendar that calendar programs read (RFC 5545)."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator

from icalendar import Calendar, Event

from generator.enrich import Account
from generator.render.links import Links
from generator.render.portfolio.dates import Entry, entries
from generator.render.portfolio.naming import person_name
from generator.render.site import Site

_ENDS_WITH = "account-playbooks"


def calendar_of(site: Site, *, account: str | None = None, owner: str | None = None) -> bytes:
    """Reviews, notices, renewals, meetings, promises, actions, expiries: a whole day each.

    Of one account or one of us, if said. An event keeps its uid when its day moves.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{_ENDS_WITH}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    whose = person_name(site, owner) if owner else None
    for one in site.portfolio.accounts:
        if account in (None, one.id):
            for event in _events(site, one, whose):
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(site: Site, account: Account, whose: str | None) -> Iterator[Event]:
    seen: Counter[str] = Counter()
    for entry in entries(site, Links(here=""), account):
        uid = _uid(account.id, entry)
        seen[uid] += 1
        if whose in (None, entry.who):
            yield _event(entry, f"{uid}-{seen[uid]}@{_ENDS_WITH}", site.today)


def _event(entry: Entry, uid: str, today: datetime.date) -> Event:
    event = Event()
    event.add("uid", uid)
    made = datetime.datetime.combine(today, datetime.time(), tzinfo=datetime.UTC)
    event.add("dtstamp", made)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + datetime.timedelta(days=1))
    event.add("summary", f"{entry.account}: {entry.what or entry.word}")
    event.add("description", f"{entry.word.capitalize()}. {entry.who}".strip())
    event.add("categories", [entry.word])
    event.add("transp", "TRANSPARENT")
    return event


def _uid(account: str, entry: Entry) -> str:
    said = repr((account, entry.kind, entry.what, entry.who))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
