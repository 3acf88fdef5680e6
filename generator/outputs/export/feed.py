"""The Atom feed: an entry for each commit that changed what plans mean (RFC 4287)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as Xml

from generator.compare import AccountChange, Comparison, MeaningfulCommit, changes_along
from generator.errors import WorkspaceError
from generator.figures import Portfolio
from generator.outputs.export import Wanted
from generator.outputs.report.changes import (
    CARRIED,
    carried,
    lead,
    most_telling,
    setting_lines,
    summary_of,
)
from generator.outputs.report.machine import legal
from generator.pages import formats
from generator.pages.engine import Engine
from generator.pages.links import account_href

FEED = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "account-playbooks:changes")
SETTINGS_FIRST = 2
"""Edits of settings that a title names."""
ACCOUNTS_SHOWN = 50
"""Accounts that an entry tells of; the rest is counted."""


def write(wanted: Wanted) -> bytes:
    """The newest changes, as many as site.yaml asks for."""
    settings = wanted.portfolio.settings
    most = settings.site.feed or 0
    if not most:
        where = settings.documents["site"].path
        raise WorkspaceError(f"{where} asks for no feed; say there how many changes: feed: 10")
    changes = changes_along(wanted.workspace, wanted.portfolio, most, wanted.tell)
    return feed_of(tuple(changes), wanted.portfolio)


def feed_of(changes: Sequence[MeaningfulCommit], portfolio: Portfolio) -> bytes:
    """The feed of these changes, newest first; its links lead below `site_url` where one is set."""
    about = portfolio.settings.site
    at = changes[0].step.at if changes else _midnight(portfolio.today)
    feed = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", f"urn:uuid:{uuid.uuid5(_OURS, about.site_url or about.name)}")
    _add(feed, "title", about.name)
    _add(feed, "updated", _written(at))
    _add(_add(feed, "author"), "name", about.name)
    _link(feed, "self", _address(portfolio, FEED))
    _link(feed, "alternate", _address(portfolio, "index.html"))
    engine = Engine()
    for change in changes:
        feed.append(_entry(change, portfolio, engine))
    Xml.indent(feed)
    text = Xml.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _entry(change: MeaningfulCommit, portfolio: Portfolio, engine: Engine) -> Xml.Element:
    step, comparison = change.step, change.comparison
    telling = most_telling(comparison)
    entry = Xml.Element("entry")
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(_OURS, step.commit.hash)}")
    _add(entry, "title", _title(comparison, telling))
    _add(entry, "updated", _written(step.at))
    page = _page(telling[0], portfolio) if telling else None
    _link(entry, "alternate", page or _address(portfolio, "index.html"))
    context = {
        "plans": list(_summaries(comparison.by_plans, comparison, portfolio)),
        "settings": setting_lines(comparison.settings),
        "by_settings": list(_summaries(comparison.by_settings, comparison, portfolio)),
        "carried_title": CARRIED,
        "carried": carried((*comparison.by_plans, *comparison.by_settings), comparison),
        "most": ACCOUNTS_SHOWN,
        "is_worked_out": bool(comparison.by_settings) or not comparison.settings,
        "commit": step.commit.short,
    }
    content = _add(entry, "content", engine.render("feed/entry.html.j2", **context))
    content.set("type", "html")
    return entry


def _title(comparison: Comparison, telling: Sequence[AccountChange]) -> str:
    """'Acme: tier C to A'; of several accounts the most telling, and how many more."""
    if not telling:
        first = [line.partition(": ")[2] for line in setting_lines(comparison.settings)]
        return f"Settings: {'; '.join(first[:SETTINGS_FIRST])}"
    title = f"{telling[0].account.name}: {lead(telling[0], comparison)}"
    more = len({change.account.id for change in telling}) - 1
    return f"{title} (and {formats.plural(more, 'more account')})" if more else title


def _summaries(
    changes: Sequence[AccountChange], comparison: Comparison, portfolio: Portfolio
) -> Iterator[dict[str, Any]]:
    for change in changes:
        if change.is_moved and not change.is_carried:
            yield {"told": summary_of(change, comparison), "href": _page(change, portfolio)}


def _page(change: AccountChange, portfolio: Portfolio) -> str | None:
    """The address of the account's page, while it has one."""
    name = change.account.id
    return _address(portfolio, account_href(name)) if portfolio.account(name) else None


def _address(portfolio: Portfolio, path: str) -> str:
    base = portfolio.settings.site.site_url
    return f"{base}/{path}" if base else path


def _add(parent: Xml.Element, name: str, text: str | None = None) -> Xml.Element:
    child = Xml.SubElement(parent, name)
    if text is not None:
        # what XML cannot hold goes, line by line: the sign for a line's end may stay
        child.text = "\n".join(map(legal, text.split("\n")))
    return child


def _link(parent: Xml.Element, rel: str, address: str) -> None:
    Xml.SubElement(parent, "link", {"rel": rel, "href": address})


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _written(at: datetime.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
