"""Reference customers: who may be shown today, for what and to whom; whose doubts lack proof."""

from __future__ import annotations

from collections.abc import Mapping

from generator.language import phrase, said, say, say_count
from generator.pages.formats import day, listed, number, sentences
from generator.pages.page import Layout, Place, PortfolioPage, named
from generator.portfolio.references import (
    Alike,
    NamedInVain,
    NoProof,
    Obstacle,
    ReferenceCustomer,
    References,
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


def lay_out(page: Layout) -> str:
    """Who may be shown, then whose doubts lack proof."""
    references = references_of(page.site.portfolio)
    customers, unproven = references.customers, references.unproven
    if customers:
        page.section(
            "shown",
            say("Who may be shown"),
            customers=customers[:LISTED],
            rung_of=lambda customer: _rung(page.site.settings, customer.rung),
            why_not=lambda customer: _why_not(page.site.settings, customer),
            use_of=lambda customer: _use(page.site.settings, customer.shown_for),
            width_of=_width,
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
        page.head(references=references, overused=overused, too_often=named(overused, 3))
    return _sentence(references)


def _width(customer: ReferenceCustomer) -> float:
    """The bar of what is left of their consent, 0 to 100."""
    return round(min(100.0, 100 * customer.days_left / YEAR), 1)


def _rung(settings: Settings, rung: str | None) -> str:
    return settings.label("rungs", rung) if rung else ""


def _use(settings: Settings, use: str | None) -> str:
    entry = settings.catalogue.reference_uses.get(use or "")
    return entry.label.in_language(settings.site.language) if entry else use or say("any use")


def _why_not(settings: Settings, customer: ReferenceCustomer) -> str:
    """What stands against showing a customer today; empty where nothing does."""
    match customer.obstacle:
        case None:
            return ""
        case Obstacle.NO_CONSENT:
            return say("no consent")
        case Obstacle.CONSENT_RAN_OUT:
            return say("consent ran out on {day}", day=day(customer.consent_until))
        case Obstacle.NOT_CLOSE_ENOUGH:
            rung = _rung(settings, settings.scoring.proof.usable_from).lower()
            return say("not yet {rung}", rung=rung)


def _user(page: Layout, use: Use) -> Place:
    """An account whose doubts name a reference: how often, and whether it is of its kind."""
    often = say_count("{count} doubt", "{count} doubts", use.doubts) if use.doubts > 1 else ""
    other = "" if use.is_same_kind else say("not of their kind")
    return Place(
        use.account.name,
        page.links.account(use.account.id, "risk"),
        listed(note for note in (often, other) if note),
    )


def _alike(page: Layout, alike: Alike, section: str) -> Place:
    note = say("{number} % alike", number=number(100 * alike.likeness, 0))
    return Place(alike.account.name, page.links.account(alike.account.id, section), note)


def _named(page: Layout, named: NamedInVain) -> Place:
    if named.account is None:
        return Place(named.id, "", said(NO_PROOF[named.why]))
    href = page.links.account(named.id, "relationship")
    return Place(named.account.name, href, said(NO_PROOF[named.why]))


def _perhaps(page: Layout, row: UnprovenDoubts) -> tuple[Place, ...]:
    return tuple(
        Place(account.name, page.links.account(account.id, "relationship"))
        for account in row.perhaps
    )


def _sentence(references: References) -> str:
    """Who may be shown, who is asked too often, and what there is to do."""
    return sentences(
        [
            _shown(
                len(references.customers),
                len(references.usable),
                sum(customer.is_overused for customer in references.customers),
            ),
            _doubts(
                references.doubts,
                references.doubts - references.proven,
                sum(bool(row.could_show) for row in references.unproven),
            ),
        ]
    )


def _shown(shown: int, usable: int, tired: int) -> str:
    if not shown:
        return say(
            "No customer has agreed to be shown yet: ask one, and fill in relationship.reference."
        )
    references = say_count("{count} reference", "{count} references", shown)
    if not tired:
        return say(
            "{usable} of {references} may be shown today.",
            usable=number(usable),
            references=references,
        )
    return say_count(
        "{usable} of {references} may be shown today; {count} is asked for more often than agreed.",
        "{usable} of {references} may be shown today; {count} are asked for more often than"
        " agreed.",
        tired,
        usable=number(usable),
        references=references,
    )


def _doubts(doubts: int, lacking: int, helped: int) -> str:
    """What lacks proof; `helped` accounts with such doubts have a reference of their kind."""
    if not lacking:
        return say("Every doubt that is written down has its proof.") if doubts else ""
    all_of_them = say_count("{count} doubt", "{count} doubts", doubts)
    if not helped:
        return say_count(
            "{count} of {doubts} has no proof.",
            "{count} of {doubts} have no proof.",
            lacking,
            doubts=all_of_them,
        )
    return say_count(
        "{count} of {doubts} has no proof; {accounts} with such doubts could be shown a customer of"
        " their kind.",
        "{count} of {doubts} have no proof; {accounts} with such doubts could be shown a customer"
        " of their kind.",
        lacking,
        doubts=all_of_them,
        accounts=say_count("{count} account", "{count} accounts", helped),
    )


PAGE = PortfolioPage(
    name="references",
    title=phrase("References"),
    description=phrase("Who may be shown, for what and to whom."),
    lay_out=lay_out,
)
