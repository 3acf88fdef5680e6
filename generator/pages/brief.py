"""Meeting briefs: one or two sheets of paper on an account or on all of them, no site needed.

Its style is in one small file beside it, or within it where it stands alone, as for the PDF.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from markupsafe import Markup

from generator.figures import Account
from generator.figures.value import horizon
from generator.form.account import Link
from generator.form.relationship import Contact
from generator.language import say
from generator.language.language import Code
from generator.pages.account_head import head_context, open_actions
from generator.pages.account_sections import buying_reasons, risk_rows
from generator.pages.account_sections import value as value_section
from generator.pages.drawings.amounts import Balance
from generator.pages.formats import opening, shortened, width_of
from generator.pages.home import attention
from generator.pages.links import Links, brief_href
from generator.pages.portfolio.calendar import KINDS
from generator.pages.portfolio.money import TITLES
from generator.pages.rich_text import rich_text
from generator.pages.site import Site
from generator.pages.tree import Frame, FramedPage, StaticFile
from generator.pages.view import AccountView, view_of
from generator.portfolio.attention import contradictions_of
from generator.portfolio.contacts import last_talks
from generator.portfolio.dates import NEXT_DAYS, DayKind, PlanDay, calendar, entries
from generator.portfolio.money import hours_by_account, sums_by_cell
from generator.portfolio.risks import RemainingRisk, remaining_risks
from generator.portfolio.sums import overview

MOST_NOTES = 8
_BLANK = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"\n(?=\s*[-*+] )")
# As rich_text writes it; its addresses are escaped
_LINK = re.compile(r'<a href="(https?://[^"]*)"[^>]*>.*?</a>', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstEntries:
    """The first entries of a list, and how many more there are."""

    shown: tuple[Any, ...]
    more: int

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.shown)


def cut(entries: Sequence[Any], most: float) -> FirstEntries:
    """The first entries, at least one, of a list in the order of importance."""
    shown = tuple(entries[: max(1, round(most))])
    return FirstEntries(shown=shown, more=len(entries) - len(shown))


@dataclass(slots=True)
class Footnotes:
    """Addresses in the web that paper cannot be clicked for, numbered as they come."""

    addresses: list[str] = field(default_factory=list)

    def number(self, address: str | None) -> int | None:
        """The number under which an address stands below; None for others and beyond."""
        if not address or not address.startswith(("http://", "https://")):
            return None
        if address not in self.addresses:
            if len(self.addresses) == MOST_NOTES:
                return None
            self.addresses.append(address)
        return self.addresses.index(address) + 1


def opening_of(text: str, most: float, footnotes: Footnotes) -> Markup:
    """The beginning of a text, whole paragraphs and points, its links with their numbers."""
    return noted(rich_text(_beginning(text, most)), footnotes)


def noted(html: Markup, footnotes: Footnotes) -> Markup:
    """Rich text with a footnote's number behind each link."""

    def number(link: re.Match[str]) -> str:
        address = unescape(link[1])
        note = footnotes.number(address)
        return f"{link[0]}<sup>{note}</sup>" if note else link[0]

    return Markup(_LINK.sub(number, html))  # noqa: S704 - the text of rich_text and a number


def _beginning(text: str, most: float) -> str:
    """As many whole paragraphs and points of lists as fit; of the first what fits."""
    kept: list[str] = []
    left = most
    for paragraph in _BLANK.split(text.strip()):
        points = _ITEM.split(paragraph)
        fitting = 0
        for point in points:
            left -= width_of(point)
            if left < 0:
                break
            fitting += 1
        if fitting:
            kept.append("\n".join(points[:fitting]))
        if left < 0:
            break
    return "\n\n".join(kept) or shortened(text, most)


IN_ROOM, OTHERS = 5, 4
DECIDES = frozenset(("decider", "sponsor", "gatekeeper"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPerson:
    """One of their people."""

    contact: Contact
    last_talk: datetime.date | None
    is_late: bool
    """Whether the last talk is longer ago than it should be."""
    wants: str
    """What shall be true for them."""
    seen: str
    """What was last observed of them."""


def people_context(view: AccountView, part: float) -> dict[str, Any]:
    """Contacts who come to the meeting, then the others, those who decide first."""
    section, meeting = view.playbook.relationship, view.playbook.account.next
    present = {
        contact.id: contact
        for contact in (section.contacts if section else None) or ()
        if not contact.has_left(view.today)
    }
    invited = list((meeting.with_ if meeting else None) or ())
    room = [present[id] for id in invited if id in present]
    others = sorted(
        (contact for contact in present.values() if contact.id not in invited),
        key=lambda contact: (not DECIDES & {*(contact.roles or ())}, -(contact.influence or 0)),
    )
    return {
        "room": _people(view, room, IN_ROOM * part),
        "others": _people(view, others, OTHERS * part),
    }


def _people(view: AccountView, contacts: Sequence[Contact], most: float) -> FirstEntries:
    first = cut(contacts, most)
    last = last_talks(view.playbook, view.today)
    shown = tuple(_brief_person(view, contact, last.get(contact.id)) for contact in first.shown)
    return FirstEntries(shown=shown, more=first.more)


def _brief_person(view: AccountView, contact: Contact, last: datetime.date | None) -> BriefPerson:
    window = contact.rhythm_days or view.site.settings.scoring.relationship.window_days
    seen = max(
        (observed for observed in contact.observed or () if observed.date),
        key=lambda observed: observed.date or datetime.date.min,
        default=None,
    )
    return BriefPerson(
        contact=contact,
        last_talk=last,
        is_late=last is None or (view.today - last).days > window,
        wants=_wants(view, contact),
        seen=seen.fact if seen else "",
    )


def _wants(view: AccountView, contact: Contact) -> str:
    """The first objective that is for them."""
    theirs = (
        objective.statement
        for objective in view.playbook.objectives or ()
        if objective.for_whom == contact.id
    )
    return next((statement for statement in theirs if statement), "")


SUMMARY_SIGNS = 560
NOTES, TALKS, ALERTS = 2, 3, 3
ACTIONS, PROMISES, STEPS = 5, 4, 3
RISKS_SHOWN, REASONS, ISSUES, DEALS = 3, 4, 4, 3
UNKNOWNS, CONTRADICTIONS, DATES, DOCUMENTS = 4, 3, 6, 4
RIVALS, NAME_SIGNS = 2, 24
YEAR = 366
DAYS_SHOWN = frozenset(
    (
        DayKind.NOTICE,
        DayKind.END,
        DayKind.TENDER,
        DayKind.CONSENT,
        DayKind.OBJECTIVE,
        DayKind.DECISION,
    )
)
"""Days that matter in the room and have no heading of their own."""
NEEDED = (
    "revenue.last_year",
    "value.delivered_value",
    "selection.retained_profit",
    "deal.window",
    "risk.customer_residual",
    "relationship.rung",
)
"""Figures whose lack is worth a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedDocument:
    """A document elsewhere, with its footnote where it lies in the web."""

    link: Link
    note: int | None


def account_context(view: AccountView, footnotes: Footnotes, part: float) -> dict[str, Any]:
    """What the template needs beside the view; `part` of it where there is too much of it.

    Footnotes are numbered in the order of the page.
    """
    playbook, head = view.playbook, head_context(view)
    value = value_section(view)
    days = tuple(_days(view))
    talks = playbook.value.negotiation if playbook.value else None
    website = footnotes.number(playbook.account.website)
    return {
        **head,
        "part": part,
        "years": _horizon(view),
        "website": website,
        "text": opening_of(playbook.summary, SUMMARY_SIGNS * part, footnotes)
        if playbook.summary
        else "",
        "notes": cut(_newest(playbook.account.notes), NOTES * part),
        "balance": _small(value["balance"]),
        "window": value["window"],
        "unknown_numbers": view.unknown(NEEDED),
        **people_context(view, part),
        "talks": cut([talk for talk in _newest(_talks(view)) if talk.note], TALKS * part),
        "do": cut(open_actions(view), ACTIONS * part),
        "promises": cut(_open(_promises(view)), PROMISES * part),
        "steps": cut(_open(playbook.buying.steps if playbook.buying else None), STEPS * part),
        "attention": cut(head["alerts"], ALERTS * part),
        "risks": cut(risk_rows(view), RISKS_SHOWN * part),
        "reasons": cut(buying_reasons(view), REASONS * part),
        "issues": cut(_issues(talks), ISSUES * part),
        "deals": cut(_deals(view), DEALS * part),
        "disagree": cut(_contradictions(view), CONTRADICTIONS * part),
        "unknowns": cut(
            [entry for entry in days if entry.kind is DayKind.UNKNOWN], UNKNOWNS * part
        ),
        "days": cut([entry for entry in days if _is_coming(view, entry)], DATES * part),
        "documents": _documents(view, footnotes, part),
    }


def _small(drawing: Balance | None) -> Balance | None:
    """The balance for half a sheet: the first rivals only, their names shortened."""
    if drawing is None:
        return None
    named = (
        replace(rival, name=shortened(rival.name, NAME_SIGNS)) for rival in drawing.rivals[:RIVALS]
    )
    return replace(drawing, rivals=tuple(named))


def _horizon(view: AccountView) -> int:
    """Over how many years profit is counted."""
    case = view.account.case
    return int(horizon(case).value) if case else view.site.settings.thresholds.horizon_years


def _days(view: AccountView) -> list[PlanDay]:
    days = entries(view.site.portfolio, view.account)
    return sorted(days, key=lambda entry: (entry.day, not entry.is_fixed, entry.what))


def _is_coming(view: AccountView, entry: PlanDay) -> bool:
    ahead = (entry.day - view.today).days
    return 0 <= ahead <= YEAR and entry.kind in DAYS_SHOWN


def _newest(entries: Any) -> list[Any]:
    return sorted(entries or (), key=lambda entry: entry.date, reverse=True)


def _talks(view: AccountView) -> Iterator[Any]:
    section = view.playbook.relationship
    for talk in (section.interactions if section else None) or ():
        if talk.date <= view.today:
            yield talk


def _promises(view: AccountView) -> list[Any]:
    """What we promised and have not kept."""
    section = view.playbook.relationship
    return [
        promise
        for promise in (section.promises if section else None) or ()
        if promise.kept_on is None
    ]


def _open(entries: Any) -> list[Any]:
    """Entries that are not done, by due date; those without a date last."""
    still = [entry for entry in entries or () if getattr(entry, "done_on", None) is None]
    return sorted(still, key=lambda entry: entry.due or datetime.date.max)


def _issues(talks: Any) -> list[Any]:
    """What is negotiated, what matters most to us first."""
    issues = (talks.issues if talks else None) or ()
    return sorted(issues, key=lambda issue: -(issue.our_priority or 0))


def _deals(view: AccountView) -> list[Any]:
    """Opportunities that are open, the largest first."""
    case = view.account.case
    still = [
        (deal, case.exchange_at("opportunities", index, "amount").factor if case else None)
        for index, deal in enumerate(view.playbook.opportunities or ())
        if deal.probability not in (0, 1) and not (deal.steps and deal.steps.close)
    ]
    largest = sorted(still, key=lambda row: -(row[0].amount or 0) * (row[1] or 0))
    return [deal for deal, _ in largest]


def _contradictions(view: AccountView) -> list[str]:
    """What disagrees with what, as findings say it, without their advice."""
    disagreeing = contradictions_of(view.account, view.site.settings)
    return [opening(finding.fault) for _, finding in disagreeing]


def _documents(view: AccountView, footnotes: Footnotes, part: float) -> FirstEntries:
    first = cut(view.playbook.account.documents or (), DOCUMENTS * part)
    shown = tuple(
        LinkedDocument(link=link, note=footnotes.number(link.url)) for link in first.shown
    )
    return FirstEntries(shown=shown, more=first.more)


ATTENTION, NEXT, PORTFOLIO_RISKS, LEFT_OUT = 8, 16, 8, 8
SUMS = ("revenue", "contribution", "profit", "serve")


def portfolio_context(site: Site) -> dict[str, Any]:
    """What the template needs beside the site."""
    portfolio = site.portfolio
    sums = overview(portfolio)
    return {
        "accounts": portfolio.accounts,
        "is_judged": portfolio.is_judged,
        "currency": site.settings.currencies.reporting_currency,
        "overview": sums,
        "left_out": cut(sums.no_rate, LEFT_OUT),
        "chanceless": cut(sums.no_chance, LEFT_OUT),
        "rows": sums_by_cell(portfolio, hours_by_account(portfolio)),
        "columns": [(name, TITLES[name]) for name in SUMS],
        "attention": attention(site)[:ATTENTION],
        "next": cut(_next(site), NEXT),
        "next_days": NEXT_DAYS,
        "kinds": KINDS,
        "risks": cut(_sized(remaining_risks(portfolio)), PORTFOLIO_RISKS),
    }


def _sized(risks: Iterable[RemainingRisk]) -> list[RemainingRisk]:
    """Those that can be told in the reporting currency."""
    return [risk for risk in risks if risk.amount.reporting is not None]


def _next(site: Site) -> list[PlanDay]:
    """Days fixed with customers within the next days."""
    soon = [
        entry
        for entry in calendar(site.portfolio)
        if entry.is_fixed and 0 <= (entry.day - site.today).days <= NEXT_DAYS
    ]
    return sorted(soon, key=lambda entry: (entry.day, entry.account.name, entry.what))


STYLE = "assets/brief.css"
MAX_ROOM: Mapping[Code, int] = {"en": 12_800, "zh": 11_500}
"""Of what is read on a brief: so much fits on two sheets with room to spare.

A Chinese sign takes as much as two letters, and Chinese lines stand further apart.
"""
PARTS = (1.0, 0.7, 0.5, 0.35)
"""How much of everything is told, of rows and of each text: all, else the first part that fits."""
_SHEET = '<div id="brief">'
_ADDRESS = re.compile(r'href="[^"]*"')


def brief_pages(site: Site) -> Iterator[FramedPage]:
    """accounts/<id>/brief.html for each account that can be read."""
    for account in site.accounts_with_pages:
        if account.playbook is not None:
            yield FramedPage(
                path=brief_href(account.id),
                frame=Frame.ACCOUNT,
                title=say("{name}: meeting brief", name=account.name),
                description=say("What to know before a meeting with {name}.", name=account.name),
                html=account_brief(site, account),
            )


def portfolio_brief_pages(site: Site) -> Iterator[FramedPage | StaticFile]:
    """portfolio/brief.html, and the style of all briefs."""
    yield StaticFile(path=STYLE, content=_style(site).encode())
    if site.portfolio.accounts:
        yield FramedPage(
            path=brief_href(),
            frame=Frame.NEAR,
            title=say("{name}: brief", name=site.settings.site.name),
            description=say("What to know of all accounts, on one or two sheets of paper."),
            html=portfolio_brief(site),
        )


def account_brief(site: Site, account: Account, *, is_alone: bool = False) -> str:
    """What to know before a meeting with an account; alone it is a whole page without links.

    Else it is what stands in a frame of the site.
    """
    view = view_of(site, account, here=brief_href(account.id))
    html = ""
    for part in PARTS:
        footnotes = Footnotes()
        context = {"acc": view, **account_context(view, footnotes, part)}
        html = _page(site, view.links, footnotes, is_alone, context)
        if _room(html) <= MAX_ROOM[site.language.code]:
            break
    return html


def portfolio_brief(site: Site, *, is_alone: bool = False) -> str:
    """What to know of all accounts; alone it is a whole page without links."""
    return _page(site, Links(here=brief_href()), Footnotes(), is_alone, portfolio_context(site))


def _room(html: str) -> int:
    """The width of the printed text: addresses behind words take no room on paper."""
    return width_of(_ADDRESS.sub("", html.partition(_SHEET)[2]))


def _page(
    site: Site,
    links: Links,
    footnotes: Footnotes,
    is_alone: bool,  # noqa: FBT001
    context: dict[str, Any],
) -> str:
    name = "account" if "acc" in context else "portfolio"
    return site.engine.render(
        f"brief/{name}.html.j2",
        site=site,
        settings=site.settings,
        today=site.today,
        links=links,
        footnotes=footnotes,
        is_alone=is_alone,
        style=links.to(STYLE),
        style_text=Markup(_style(site)) if is_alone else None,  # noqa: S704 - a file of ours
        **context,
    )


def _style(site: Site) -> str:
    return site.engine.render_exactly("brief/brief.css")
