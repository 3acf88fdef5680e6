"""Reference customers: who may be shown today, for what and to whom; whose doubts lack proof."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.language import say, say_count
from generator.render.formats import day, listed, number
from generator.render.home import in_reporting, value_of
from generator.render.links import Links
from generator.render.portfolio.naming import Place
from generator.render.portfolio.proofs import Doubt, Matcher, Referee
from generator.render.portfolio.reference_words import reference_sentence
from generator.render.portfolio.sums import named
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/references.html"
LISTED = 60
YEAR = 365
"""Consent for a year or more fills its bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A customer who has said whether they may be shown."""

    name: str
    href: str
    rung: str
    """How close they are, in a word; empty when it is not known."""
    why_not: str
    """Why they may not be shown today; empty where they may."""
    until: datetime.date | None
    left: int
    """Days of consent that are left."""
    use: str
    result: str
    uses: int
    """How many doubts name them."""
    most: int | None
    """How many uses a quarter they accept."""
    users: tuple[Place, ...]
    """Accounts whose doubts name them."""
    fits: tuple[Place, ...]
    """Others of their kind with doubts that lack proof; the note says how alike."""

    @property
    def is_tired(self) -> bool:
        """Whether more doubts lean on them than they accept."""
        return self.most is not None and self.uses > self.most

    @property
    def width(self) -> float:
        """The bar of what is left of their consent, 0 to 100."""
        return round(min(100.0, 100 * self.left / YEAR), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproven:
    """An account with doubts for which no customer of its kind stands."""

    name: str
    href: str
    doubts: tuple[str, ...]
    all: int
    """How many doubts it has."""
    named: tuple[Place, ...]
    """Whom its doubts name without being proof, and why they are none."""
    could: tuple[Place, ...]
    perhaps: tuple[Place, ...]
    """Who might be of its kind, and what must be known to tell."""
    stake: float
    """What the doubts put at risk, in the reporting currency."""


def reference_pages(site: Site) -> Iterator[Page]:
    """portfolio/references."""
    links, matcher = Links(here=HERE), Matcher(site)
    shown, unproven = _shown(site, links, matcher), _unproven(site, links, matcher)
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []

    def add(anchor: str, title: str, **values: Any) -> None:
        name = f"portfolio/references_{anchor}.html.j2"
        fragments[anchor] = site.engine.render(name, today=site.today, **values)
        sections.append(SkeletonSection(anchor=anchor, title=title))

    if shown:
        add("shown", say("Who may be shown"), shown=shown[:LISTED], more=len(shown) - LISTED)
    if unproven:
        rows = unproven[:LISTED]
        add("unproven", say("Doubts without proof"), rows=rows, more=len(unproven) - LISTED)
    if shown or unproven:
        tired = [one.name for one in shown if one.is_tired]
        fragments["head"] = site.engine.render(
            "portfolio/references.html.j2",
            shown=shown,
            usable=sum(not one.why_not for one in shown),
            next=_next_to_end(shown),
            tired=tired,
            too_often=named(tired, 3),
            proven=_count(matcher.doubts, proven=True),
            all=_count(matcher.doubts),
            money=_money(site),
            currency=site.settings.currencies.reporting_currency,
        )
    markdown = page_markdown(
        title=say("References"),
        description=say("Who may be shown, for what and to whom."),
        sentence=reference_sentence(
            shown=len(shown),
            usable=sum(not one.why_not for one in shown),
            tired=sum(one.is_tired for one in shown),
            doubts=_count(matcher.doubts),
            lacking=_count(matcher.doubts, proven=False),
            helped=sum(bool(one.could) for one in unproven),
        ),
        head="head" if "head" in fragments else None,
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/references.md", markdown=markdown, fragments=fragments)


def _count(doubts: Mapping[str, Sequence[Doubt]], *, proven: bool | None = None) -> int:
    """All doubts, or those with proof, or those without."""
    return sum(
        proven is None or one.is_proven == proven for found in doubts.values() for one in found
    )


def _next_to_end(shown: Sequence[Shown]) -> Shown | None:
    """Whose consent runs out first."""
    usable = [one for one in shown if not one.why_not and one.until is not None]
    return min(usable, key=lambda one: (one.until, one.name), default=None)


def _money(site: Site) -> tuple[float, float] | None:
    """Of the gross risk that is known, the part with proof, in the reporting currency."""
    backed, whole = [], []
    for account in site.portfolio.accounts:
        gross, part = (
            value_of(account, "risk.customer_gross"),
            value_of(account, "risk.proof_coverage"),
        )
        amount = in_reporting(site, account, gross) if gross and part is not None else None
        if amount is not None:
            whole.append(amount)
            backed.append(amount * part)
    return (math.fsum(backed), math.fsum(whole)) if whole else None


def _shown(site: Site, links: Links, matcher: Matcher) -> list[Shown]:
    """Every account with a word about being shown, those who may be first."""
    names = {one.id: one for one in site.portfolio.accounts}
    users: dict[str, Counter[str]] = {}
    for account, found in matcher.doubts.items():
        for doubt in found:
            if doubt.reference:
                users.setdefault(doubt.reference, Counter())[account] += 1
    open_ = [names[one] for one in matcher.doubts if _lacking(matcher, one)]
    rows = []
    for one in matcher.referees:
        counts = users.get(one.account.id, Counter())
        until = one.standing.consent_until
        rows.append(
            Shown(
                name=one.account.name,
                href=links.account(one.account.id, "relationship"),
                rung=_rung(site, one.standing.rung),
                why_not="" if one.is_usable else _why_not(site, one),
                until=until,
                left=max(0, (until - site.today).days) if until else 0,
                use=_use(site, one.reference.use),
                result=one.reference.result or "",
                uses=counts.total(),
                most=one.reference.max_uses_per_quarter,
                users=_users(links, matcher, one, [(names[id], n) for id, n in counts.items()]),
                fits=_fits(links, matcher, one, [two for two in open_ if two.id not in counts]),
            )
        )
    return sorted(rows, key=lambda one: (bool(one.why_not), -one.uses, one.name))


def _users(
    links: Links, matcher: Matcher, one: Referee, counts: Sequence[tuple[Account, int]]
) -> tuple[Place, ...]:
    """Accounts whose doubts name a reference: how often, and whether they are of its kind."""
    return tuple(
        Place(
            account.name,
            links.account(account.id, "risk"),
            listed(
                told
                for told in (
                    say_count("{count} doubt", "{count} doubts", count) if count > 1 else "",
                    "" if matcher.is_like(account, one.standing) else say("not of their kind"),
                )
                if told
            ),
        )
        for account, count in counts
    )


def _fits(
    links: Links, matcher: Matcher, one: Referee, accounts: Sequence[Account]
) -> tuple[Place, ...]:
    """Accounts of a reference's kind that lack proof, the likest first."""
    if not one.is_usable:
        return ()
    found = [
        (matcher.alike(account, one.standing).least, account)
        for account in accounts
        if matcher.is_like(account, one.standing)
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].name))
    return tuple(_alike(links, account, like, "risk") for like, account in found)


def _alike(links: Links, account: Account, like: float, section: str) -> Place:
    told = say("{number} % alike", number=number(100 * like, 0))
    return Place(account.name, links.account(account.id, section), told)


def _lacking(matcher: Matcher, account: str) -> tuple[Doubt, ...]:
    return tuple(one for one in matcher.doubts[account] if not one.is_proven)


def _rung(site: Site, rung: str | None) -> str:
    return site.settings.label("rungs", rung) if rung else ""


def _use(site: Site, use: str | None) -> str:
    entry = site.settings.catalogue.reference_uses.get(use or "")
    return entry.label.in_language(site.settings.site.language) if entry else use or say("any use")


def _why_not(site: Site, one: Referee) -> str:
    """What stands against showing a customer today."""
    until = one.standing.consent_until
    if until is None:
        return say("no consent")
    if until < site.today:
        return say("consent ran out on {day}", day=day(until))
    rung = _rung(site, site.settings.scoring.proof.usable_from).lower()
    return say("not yet {rung}", rung=rung)


def _unproven(site: Site, links: Links, matcher: Matcher) -> list[Unproven]:
    """Accounts with doubts that lack proof: those we can help first, then the largest risk."""
    usable = [one for one in matcher.referees if one.is_usable]
    rows = []
    for account in site.portfolio.accounts:
        doubts = matcher.doubts.get(account.id, ())
        lacking = [one for one in doubts if not one.is_proven]
        if not lacking:
            continue
        likest = sorted(
            usable, key=lambda one: (-matcher.alike(account, one.standing).least, one.account.name)
        )
        could = [one for one in likest if matcher.is_like(account, one.standing)]
        gross = value_of(account, "risk.customer_gross")
        rows.append(
            Unproven(
                name=account.name,
                href=links.account(account.id, "risk"),
                doubts=tuple(one.text for one in lacking),
                all=len(doubts),
                named=_named(site, links, matcher, account, lacking),
                could=tuple(
                    _alike(
                        links,
                        one.account,
                        matcher.alike(account, one.standing).least,
                        "relationship",
                    )
                    for one in could
                ),
                perhaps=() if could else _perhaps(links, matcher, account, usable),
                stake=(in_reporting(site, account, gross) or 0.0) if gross else 0.0,
            )
        )
    return sorted(rows, key=lambda one: (not one.could, -one.stake, one.name))


def _perhaps(
    links: Links, matcher: Matcher, account: Account, usable: Sequence[Referee]
) -> tuple[Place, ...]:
    """Who might be of an account's kind, once more is known."""
    return tuple(
        Place(one.account.name, links.account(one.account.id, "relationship"))
        for one in usable
        if matcher.may_be_like(account, one.standing)
    )


def _named(
    site: Site, links: Links, matcher: Matcher, account: Account, doubts: Sequence[Doubt]
) -> tuple[Place, ...]:
    """Whom doubts name that is no proof for them, each once."""
    referees = {one.account.id: one for one in matcher.referees}
    places = {}
    for id in dict.fromkeys(one.reference for one in doubts if one.reference):
        found = site.portfolio.account(id)
        if found is None:
            places[id] = Place(id, "", say("is no account"))
            continue
        if id == account.id:
            why = say("is the account itself")
        elif id not in referees:
            why = say("was never asked to be shown")
        elif not referees[id].is_usable:
            why = say("may not be shown today")
        else:
            why = say("is not of their kind")
        places[id] = Place(found.name, links.account(id, "relationship"), why)
    return tuple(places.values())
