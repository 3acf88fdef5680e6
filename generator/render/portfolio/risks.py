"""Risk over all accounts: what may be lost, the largest of it, what is not covered or proven."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.enrich.risk import effectiveness, expected, probability_and_loss
from generator.render.formats import money, plural, share
from generator.render.home import exposure, in_reporting, value_of
from generator.render.links import Links
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/risks.html"
LISTED = 20
TOP = 3
"""Accounts whose share says how concentrated the exposure is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A risk and what its measure leaves of it, in the reporting currency."""

    amount: float
    name: str
    account: str
    href: str
    side: str
    kind: str
    measured: bool


def risk_pages(site: Site) -> Iterator[Page]:
    """portfolio/risks."""
    links = Links(here=HERE)
    left = sorted(_left(site, links), key=lambda one: (-one.amount, one.account, one.name))
    exposed = sorted(_exposed(site, links), key=lambda row: -row["amount"])
    gaps = _gaps(site, links)
    render = site.engine.render
    common = {"currency": site.settings.currencies.reporting_currency}
    fragments: dict[str, str] = {}
    sections = []
    if left:
        fragments["largest"] = render(
            "portfolio/risks_largest.html.j2",
            left=left[:LISTED],
            more=max(0, len(left) - LISTED),
            most=left[0].amount,
            **common,
        )
        sections.append(SkeletonSection(anchor="largest", title="Largest risks, after measures"))
        fragments["kinds"] = render("portfolio/risks_kinds.html.j2", kinds=_kinds(left), **common)
        sections.append(SkeletonSection(anchor="kinds", title="By kind"))
    if exposed:
        fragments["accounts"] = render(
            "portfolio/risks_accounts.html.j2",
            rows=exposed[:LISTED],
            more=max(0, len(exposed) - LISTED),
            most=exposed[0]["amount"],
            **common,
        )
        sections.append(SkeletonSection(anchor="accounts", title="Exposure by account"))
    if gaps:
        fragments["open"] = render("portfolio/risks_open.html.j2", gaps=gaps[: LISTED * 2])
        sections.append(SkeletonSection(anchor="open", title="Not covered"))
    markdown = page_markdown(
        title="Risks",
        description="What may be lost, and what is not covered.",
        sentence=_sentence(site, exposed),
        sections=sections,
    )
    yield Page(path="portfolio/risks.md", markdown=markdown, fragments=fragments)


def _sentence(site: Site, exposed: list[dict[str, Any]]) -> str:
    if not exposed:
        return "No plan names its risks: fill in risk.customer and risk.own to see the exposure."
    currency = site.settings.currencies.reporting_currency
    total = math.fsum(row["amount"] for row in exposed)
    sentence = f"{money(total)} {currency} a year may be lost, on both sides."
    if total and len(exposed) > TOP:
        top = math.fsum(row["amount"] for row in exposed[:TOP]) / total
        sentence += f" {share(top)} of it with {plural(TOP, 'account')}."
    return sentence


def _left(site: Site, links: Links) -> Iterator[Left]:
    """Each risk of both sides, less what its measure takes away."""
    for account in site.portfolio.accounts:
        section = account.playbook.risk if account.playbook else None
        case = account.case
        if section is None or case is None:
            continue
        sides: tuple[tuple[str, Any], ...] = (("customer", section.customer), ("own", section.own))
        for side, risks in sides:
            for index, one in enumerate(risks or ()):
                row = (
                    *probability_and_loss(case, side, index),
                    effectiveness(case, side, index, one.measure),
                )
                if any(part.value is None for part in row):
                    continue
                amount = in_reporting(site, account, expected(row))
                if amount is None:
                    continue
                told = getattr(one, "doubt", None) or getattr(one, "statement", None) or one.id
                yield Left(
                    amount=amount,
                    name=told,
                    account=account.name,
                    href=links.account(account.id, "risk"),
                    side="theirs" if side == "customer" else "ours",
                    kind=site.settings.label("risk_classes", one.class_ or "other"),
                    measured=one.measure is not None,
                )


def _kinds(left: list[Left]) -> list[tuple[str, float, float, int]]:
    """By kind of risk what is left on their and on our side, and how many there are."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for one in left:
        sums[one.kind][0 if one.side == "theirs" else 1] += one.amount
        sums[one.kind][2] += 1
    rows = [(kind, theirs, ours, int(count)) for kind, (theirs, ours, count) in sums.items()]
    return sorted(rows, key=lambda row: (-(row[1] + row[2]), row[0]))


def _exposed(site: Site, links: Links) -> Iterator[dict[str, Any]]:
    for account in site.portfolio.accounts:
        found = exposure(account)
        amount = in_reporting(site, account, found) if found is not None else None
        if amount is not None:
            yield {
                "name": account.name,
                "href": links.account(account.id, "risk"),
                "amount": amount,
                "proof": value_of(account, "risk.proof_coverage"),
                "handled": value_of(account, "risk.doubts_handled"),
            }


def _gaps(site: Site, links: Links) -> list[dict[str, str]]:
    """What nobody has covered: clauses, measures, credit limits, proof."""
    rows: list[dict[str, str]] = []
    for account in site.portfolio.accounts:
        said = [text for text in (_clauses(account), _credit(account), _unproven(account)) if text]
        rows.extend(
            {"name": account.name, "href": links.account(account.id, "risk"), "text": text}
            for text in said
        )
    return rows


def _clauses(account: Account) -> str:
    gaps = value_of(account, "risk.clause_gaps") or ()
    return (
        f"{plural(len(gaps), 'own risk')} without both clauses: {', '.join(gaps)}" if gaps else ""
    )


def _credit(account: Account) -> str:
    case = account.case
    if case is None:
        return ""
    owed = case.fact("risk", "credit", "receivable").value
    limit = case.fact("risk", "credit", "limit").value
    if owed is None or limit is None or owed <= limit:
        return ""
    return f"they owe {money(owed)} of a limit of {money(limit)} {case.currency or ''}"


def _unproven(account: Account) -> str:
    proof = value_of(account, "risk.proof_coverage")
    if proof is None or proof > 0 or not value_of(account, "risk.customer_gross"):
        return ""
    return "no doubt of theirs is backed by a customer of the same kind"
