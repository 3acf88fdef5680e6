"""Reference customers: who may be shown today, for what and to whom; and who lacks proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.enrich import Account
from generator.enrich.limits import reaches
from generator.enrich.proof import match
from generator.enrich.standing import Standing
from generator.render.formats import plural
from generator.render.home import value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/references.html"
LISTED = 100
FITS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A customer who has said that they may be shown, or did once."""

    name: str
    href: str
    is_usable: bool
    why: str
    """Why not, where they may not be shown today."""
    until: object
    use: str
    result: str
    users: tuple[tuple[str, str], ...]
    """Accounts whose doubts name them."""
    most: int | None
    """How many uses a quarter they accept."""
    fits: tuple[tuple[str, str], ...]
    """Accounts of the same kind that have doubts without proof."""

    @property
    def is_tired(self) -> bool:
        """Whether more accounts lean on them than they accept."""
        return self.most is not None and len(self.users) > self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproven:
    """An account whose doubts nobody answers for."""

    name: str
    href: str
    doubts: int
    could: tuple[tuple[str, str], ...]


def reference_pages(site: Site) -> Iterator[Page]:
    """portfolio/references."""
    links = Links(here=HERE)
    shown = _shown(site, links)
    unproven = _unproven(site, links)
    usable = sum(one.is_usable for one in shown)
    if shown:
        sentence = f"{usable} of {plural(len(shown), 'reference')} may be shown today."
    else:
        sentence = (
            "Nobody has agreed to be shown yet: ask, and write it under relationship.reference."
        )
    if unproven:
        sentence += (
            f" {plural(len(unproven), 'account')} has doubts that nobody answers for."
            if (len(unproven) == 1)
            else f" {len(unproven)} accounts have doubts that nobody answers for."
        )
    render = site.engine.render
    fragments: dict[str, str] = {}
    sections = []
    if shown:
        fragments["shown"] = render(
            "portfolio/references.html.j2", shown=shown[:LISTED], today=site.today, most=FITS_SHOWN
        )
        sections.append(SkeletonSection(anchor="shown", title="Who may be shown"))
    if unproven:
        fragments["unproven"] = render(
            "portfolio/references_unproven.html.j2",
            unproven=unproven[:LISTED],
            more=max(0, len(unproven) - LISTED),
            most=FITS_SHOWN,
        )
        sections.append(SkeletonSection(anchor="unproven", title="Doubts without proof"))
    markdown = page_markdown(
        title="References",
        description="Who may be shown, for what and to whom.",
        sentence=sentence,
        sections=sections,
    )
    yield Page(path="portfolio/references.md", markdown=markdown, fragments=fragments)


def _standing(account: Account) -> Standing | None:
    case = account.case
    return case.neighbours.standing(account.id) if case is not None else None


def _shown(site: Site, links: Links) -> list[Shown]:
    """Every account with a word about being shown, those usable first."""
    lowest = site.settings.scoring.proof.usable_from
    users: dict[str, dict[str, str]] = {}
    for account in site.portfolio.accounts:
        risk = account.playbook.risk if account.playbook else None
        for one in (risk.customer if risk else None) or ():
            if one.reference:
                href = links.account(account.id, "risk")
                users.setdefault(one.reference, {})[account.name] = href
    lacking = [one for one in site.portfolio.accounts if _lacks_proof(one)]
    rows = []
    for account in site.portfolio.accounts:
        section = account.playbook.relationship if account.playbook else None
        reference = section.reference if section else None
        standing = _standing(account)
        if reference is None or standing is None:
            continue
        is_usable = standing.is_usable(site.today, lowest)
        entry = site.settings.catalogue.reference_uses.get(reference.use or "")
        use = entry.label.in_language(site.settings.site.language) if entry else reference.use
        rows.append(
            Shown(
                name=account.name,
                href=links.account(account.id, "relationship"),
                is_usable=is_usable,
                why="" if is_usable else _why_not(site, standing),
                until=reference.consent_until,
                use=use or "any use",
                result=reference.result or "",
                users=tuple(users.get(account.id, {}).items()),
                most=reference.max_uses_per_quarter,
                fits=tuple(
                    (one.name, links.account(one.id, "risk"))
                    for one in lacking
                    if is_usable and one.id != account.id and _is_alike(site, one, standing)
                ),
            )
        )
    return sorted(rows, key=lambda one: (not one.is_usable, -len(one.users), one.name))


def _why_not(site: Site, standing: Standing) -> str:
    if standing.consent_until is None:
        return "no consent"
    if standing.consent_until < site.today:
        return "consent ran out"
    lowest = site.settings.label("rungs", site.settings.scoring.proof.usable_from)
    return f"not yet {lowest.lower()}"


def _lacks_proof(account: Account) -> bool:
    """Whether it has doubts and less than full proof."""
    proof = value_of(account, "risk.proof_coverage")
    return bool(value_of(account, "risk.customer_gross")) and proof is not None and proof < 1


def _is_alike(site: Site, account: Account, standing: Standing) -> bool:
    least = site.settings.scoring.proof.same_kind_from
    return account.case is not None and reaches(match(account.case, standing).least, least)


def _unproven(site: Site, links: Links) -> list[Unproven]:
    """Accounts whose doubts have no proof at all, and who could be shown to them."""
    lowest = site.settings.scoring.proof.usable_from
    usable = [
        (one, standing)
        for one in site.portfolio.accounts
        if (standing := _standing(one)) is not None and standing.is_usable(site.today, lowest)
    ]
    rows = []
    for account in site.portfolio.accounts:
        if value_of(account, "risk.proof_coverage") != 0 or not _lacks_proof(account):
            continue
        risk = account.playbook.risk if account.playbook else None
        could = [
            (other.name, links.account(other.id, "relationship"))
            for other, standing in usable
            if other.id != account.id and _is_alike(site, account, standing)
        ]
        rows.append(
            Unproven(
                name=account.name,
                href=links.account(account.id, "risk"),
                doubts=len((risk.customer if risk else None) or ()),
                could=tuple(could),
            )
        )
    return rows
