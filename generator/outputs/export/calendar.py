"""The days that plans name, as a calendar that calendar programs read (RFC 5545)."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from icalendar import Alarm, Calendar, Event

from generator.figures import Account
from generator.language import said, say, speaking, spoken
from generator.outputs.export import Wanted
from generator.pages import spoken_in
from generator.pages.engine import Engine
from generator.pages.formats import opening
from generator.pages.portfolio.calendar import KINDS
from generator.pages.site import Site
from generator.portfolio.colleagues import person_name
from generator.portfolio.dates import DayKind, PlanDay, entries
from generator.settings import language_of
from generator.settings.site_config import SiteSettings

_ENDS_WITH = "account-playbooks"
_RINGS_AT = datetime.timedelta(hours=9)
"""When on a day a calendar rings: as the working day begins."""
_OF_CONTRACT = frozenset((DayKind.NOTICE, DayKind.END))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day of an account's plan as calendars write it, and the name of whose it is."""

    account: str
    who: str
    text: bytes


def write(wanted: Wanted) -> bytes:
    """The days that are wanted, in the language of the site."""
    settings = wanted.portfolio.settings
    language = language_of(wanted.workspace, settings.site.language)
    portfolio = spoken_in(wanted.portfolio, language)
    with speaking(language):
        site = Site(portfolio=portfolio, engine=Engine(), language=language)
        return calendar_of(site, account=wanted.account, owner=wanted.owner)


def calendar_of(site: Site, *, account: str | None = None, owner: str | None = None) -> bytes:
    """Reviews, notices, renewals, meetings, promises, actions, expiries: a whole day each.

    Of one account or one of us, if said. An event keeps its uid when its day moves.
    """
    whose = person_name(site.settings, owner) if owner else None
    accounts = (shown for shown in site.portfolio.accounts if account in (None, shown.id))
    days = (day for account in accounts for day in days_of(site, account))
    return calendar_with(day for day in days if whose in (None, day.who))


def calendar_with(days: Iterable[CalendarDay]) -> bytes:
    """A calendar of these days."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{_ENDS_WITH}//{spoken().code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    head, end, _ = bytes(calendar.to_ical()).partition(b"END:VCALENDAR\r\n")
    return b"".join((head, *(day.text for day in days), end))


def days_of(site: Site, account: Account) -> Iterator[CalendarDay]:
    """Every day that an account's plan names."""
    seen: Counter[str] = Counter()
    for entry in entries(site.portfolio, account):
        uid = _uid(account.id, entry)
        seen[uid] += 1
        event = _event(entry, f"{uid}-{seen[uid]}@{_ENDS_WITH}", site.today)
        for days in _alarm_days(entry, site.settings.site):
            event.add_component(_alarm(event, days))
        yield CalendarDay(account=account.id, who=entry.who, text=bytes(event.to_ical()))


def _event(entry: PlanDay, uid: str, today: datetime.date) -> Event:
    event = Event()
    event.add("uid", uid)
    made = datetime.datetime.combine(today, datetime.time(), tzinfo=datetime.UTC)
    event.add("dtstamp", made)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + datetime.timedelta(days=1))
    word = said(KINDS[entry.kind].word)
    what = entry.what or word
    event.add("summary", say("{account}: {what}", account=entry.account.name, what=what))
    event.add("description", _described(opening(word), entry.who))
    event.add("categories", [word])
    event.add("transp", "TRANSPARENT")
    return event


def _alarm_days(entry: PlanDay, site: SiteSettings) -> tuple[int, ...]:
    """So many days before a day its event rings, the earliest first."""
    days = site.contract_alarms if entry.kind in _OF_CONTRACT else site.alarms
    return tuple(sorted(set(days or ()), reverse=True))


def _alarm(event: Event, days: int) -> Alarm:
    """A text that shows on the screen; of a whole day the start is midnight, wherever one is."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", _RINGS_AT - datetime.timedelta(days=days))
    return alarm


def _described(kind: str, who: str) -> str:
    """What kind of day it is, and whose."""
    return say("{kind}. {who}", kind=kind, who=who) if who else say("{kind}.", kind=kind)


def _uid(account: str, entry: PlanDay) -> str:
    identity = repr(
        (account, entry.kind.value, entry.what, entry.who)
    )  # in whatever language it is shown
    return hashlib.sha256(identity.encode()).hexdigest()[:32]
