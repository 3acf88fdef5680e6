"""Reference customers: who may be shown today, for what and to whom; whose doubts lack proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.figures.sides import Side
from generator.language import phrase, said, say, say_count
from generator.pages.formats import listed, number
from generator.pages.page import Destination, Menu, PageLayout, SitePage, named
from generator.portfolio.references import (
    Alike,
    NamedInVain,
    NoProof,
    UnprovenDoubts,
    Use,
    references_of,
)
from generator.settings import Settings

LISTED = 60
YEAR = 365
"""Consent for a year or more fills its bar."""
NO_PROOF: Mapping[NoProof, str] = {
    NoProof.NO_ACCOUNT: phrase("is no account"),
    NoProof.ITSELF: phrase("is the account itself"),
    NoProof.NEVER_ASKED: phrase("was never asked to be shown"),
    NoProof.NOT_TODAY: phrase("may not be shown today"),
    NoProof.OTHER_KIND: phrase("is not of their kind"),
}


def lay_out(page: PageLayout) -> Mapping[str, Any]:
    """Who may be shown, then whose doubts lack proof."""
    references = references_of(page.site.portfolio)
    customers, unproven = references.customers, references.unproven
    if customers:
        page.section(
            "shown",
            say("Who may be shown"),
            customers=customers[:LISTED],
            use_of=lambda customer: _use(page.site.settings, customer.shown_for),
            full_bar=YEAR,
            users_of=lambda customer: tuple(_user(page, use) for use in customer.used_by),
            fits_of=lambda customer: tuple(
                _alike(page, alike, "risk") for alike in customer.could_serve
            ),
            more=len(customers) - LISTED,
        )
    if unproven:
        page.section(
            "unproven",
            say("Doubts without proof"),
            rows=unproven[:LISTED],
            named_of=lambda row: tuple(_named(page, each) for each in row.named),
            could_of=lambda row: tuple(
                _alike(page, alike, "relationship") for alike in row.could_show
            ),
            perhaps_of=lambda row: _perhaps(page, row),
            more=len(unproven) - LISTED,
        )
    if customers or unproven:
        overused = [each.account.name for each in customers if each.is_overused]
        page.head(
            references=references,
            overused=overused,
            too_often=named(overused, 3),
            sides=tuple(Side),
        )
    return {
        "shown": len(customers),
        "usable": len(references.usable),
        "tired": sum(customer.is_overused for customer in customers),
        "doubts": references.doubts,
        "lacking": references.doubts - references.proven,
        "helped": sum(bool(row.could_show) for row in unproven),
    }


def _use(settings: Settings, use: str | None) -> str:
    entry = settings.catalogue.reference_uses.get(use or "")
    return entry.label.in_language(settings.site.language) if entry else use or say("any use")


def _user(page: PageLayout, use: Use) -> Destination:
    """An account whose doubts name a reference: how often, and whether it is of its kind."""
    often = say_count("{count} doubt", "{count} doubts", use.doubts) if use.doubts > 1 else ""
    kind = "" if use.is_same_kind else say("not of their kind")
    return Destination(
        use.account.name,
        page.links.account(use.account.id, "risk"),
        listed(note for note in (often, kind) if note),
    )


def _alike(page: PageLayout, alike: Alike, section: str) -> Destination:
    note = say("{number} % alike", number=number(100 * alike.likeness, 0))
    return Destination(alike.account.name, page.links.account(alike.account.id, section), note)


def _named(page: PageLayout, named: NamedInVain) -> Destination:
    if named.account is None:
        return Destination(named.id, "", said(NO_PROOF[named.why]))
    href = page.links.account(named.id, "relationship")
    return Destination(named.account.name, href, said(NO_PROOF[named.why]))


def _perhaps(page: PageLayout, row: UnprovenDoubts) -> tuple[Destination, ...]:
    return tuple(
        Destination(account.name, page.links.account(account.id, "relationship"))
        for account in row.perhaps
    )


PAGE = SitePage(
    path="portfolio/references.md",
    title=phrase("References"),
    description=phrase("Who may be shown, for what and to whom."),
    lay_out=lay_out,
    menu=Menu.PORTFOLIO,
)
