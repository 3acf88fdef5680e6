"""Risk over all accounts: what may be lost, the largest of it, what is not covered or proven."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.enrich import Account
from generator.enrich.case import Case
from generator.enrich.risk import DAYS_A_YEAR, credit_inputs, effectiveness, expected
from generator.enrich.risk import probability_and_loss as size_of
from generator.language import phrase, said, say
from generator.model.risk import CustomerRisk, OwnRisk, Risk
from generator.render.formats import listed, money, number, sentences, share
from generator.render.home import EXPOSED, exposure, in_reporting, total_of, value_of
from generator.render.links import Links
from generator.render.portfolio.sums import left_out, named
from generator.render.site import Site
from generator.render.skeleton import SkeletonSection, page_markdown
from generator.render.tree import Page

HERE = "portfolio/risks.html"
LISTED = 20
TOP = 3
"""Accounts whose share says how concentrated the exposure is."""
NAMED = 30
"""Accounts named after each thing that is not covered."""
SIDES = {"customer": "theirs", "own": "ours"}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A kind of thing that nobody covers, and where."""

    title: str
    advice: str
    cases: tuple[tuple[str, str, str], ...]
    """Account, link to its risks, the details in words."""

    @property
    def more(self) -> int:
        """Accounts that are not named."""
        return max(0, len(self.cases) - NAMED)


def risk_pages(site: Site) -> Iterator[Page]:
    """portfolio/risks."""
    links = Links(here=HERE)
    left = left_risks(site, links)
    exposed = sorted(_exposed(site, links), key=lambda row: (-row["amount"], row["name"]))
    gaps = _gaps(site, links)
    currency = site.settings.currencies.reporting_currency
    fragments: dict[str, str] = {}
    sections: list[SkeletonSection] = []

    def add(anchor: str, title: str, **values: Any) -> None:
        template = f"portfolio/risks_{anchor}.html.j2"
        fragments[anchor] = site.engine.render(template, currency=currency, **values)
        sections.append(SkeletonSection(anchor=anchor, title=title))

    if left:
        most = left[0].amount
        title = say("Largest risks, after measures")
        add("largest", title, left=left[:LISTED], all=len(left), most=most)
        add("kinds", say("By kind"), kinds=_kinds(left))
    if exposed:
        most = exposed[0]["amount"]
        without = left_out(site, site.portfolio.accounts, "exposure", exposure)
        values = {"unknown": named(without.unknown), "unrated": named(without.no_rate)}
        rows = exposed[:LISTED]
        add("accounts", say("By account"), rows=rows, all=len(exposed), most=most, **values)
    if gaps:
        add("open", say("Not covered"), gaps=gaps, shown=NAMED)
    markdown = page_markdown(
        title=say("Risks"),
        description=say("What may be lost, and what is not covered."),
        sentence=_sentence(site, exposed),
        sections=sections,
        hide=("toc",),
    )
    yield Page(path="portfolio/risks.md", markdown=markdown, fragments=fragments)


def _sentence(site: Site, exposed: Sequence[dict[str, Any]]) -> str:
    """What may be lost on which side, and how much of it hangs on a few accounts."""
    if not exposed:
        return say("No plan says what may be lost: fill in risk.customer and risk.own to see it.")
    currency = site.settings.currencies.reporting_currency
    total = math.fsum(row["amount"] for row in exposed)
    theirs, ours = (
        total_of(site, site.portfolio.accounts, _figure(key)).total or 0.0 for key in EXPOSED
    )
    told = say(
        "{amount} {currency} a year may be lost: {theirs} of it is theirs, {ours} ours.",
        amount=money(total),
        currency=currency,
        theirs=money(theirs),
        ours=money(ours),
    )
    if not total or len(exposed) <= TOP:
        return told
    few = say(
        "{share} of it hangs on {few} accounts of {all}.",
        share=share(math.fsum(row["amount"] for row in exposed[:TOP]) / total),
        few=TOP,
        all=number(len(exposed)),
    )
    return sentences([told, few])


def _figure(key: str) -> Callable[[Account], float | None]:
    return lambda account: value_of(account, key)


def left_risks(site: Site, links: Links) -> list[Left]:
    """Each risk of both sides with what its measure leaves, most money first."""
    return sorted(_left(site, links), key=lambda one: (-one.amount, one.account, one.name))


def _left(site: Site, links: Links) -> Iterator[Left]:
    """Each risk of both sides, less what its measure takes away; and what they owe us."""
    for account in site.portfolio.accounts:
        section = account.playbook.risk if account.playbook else None
        case = account.case
        if section is None or case is None:
            continue
        for side, one, amount in _amounts(case, section):
            converted = in_reporting(site, account, amount)
            if converted is not None:
                yield Left(
                    amount=converted,
                    name=_told(one) if one else say("What they owe us, and pay late"),
                    account=account.name,
                    href=links.account(account.id, "risk"),
                    side=SIDES[side],
                    kind=site.settings.label(
                        "risk_classes", (one.class_ or "other") if one else "payment"
                    ),
                    measured=one is None or one.measure is not None,
                )


def _amounts(
    case: Case, section: Risk
) -> Iterator[tuple[str, CustomerRisk | OwnRisk | None, float]]:
    """Side, risk and money a year, as the exposure counts them; None is the credit."""
    sides: tuple[tuple[str, Sequence[CustomerRisk | OwnRisk]], ...] = (
        ("customer", section.customer or ()),
        ("own", section.own or ()),
    )
    for side, risks in sides:
        for index, one in enumerate(risks):
            if side == "own" and one.class_ == "payment" and section.credit is not None:
                continue  # the credit figures say the same in better detail
            row = (*size_of(case, side, index), effectiveness(case, side, index, one.measure))
            if all(part.value is not None for part in row):
                yield side, one, expected(row)
    if section.credit is not None:
        owed, default, given_default, late, capital = (one.value for one in credit_inputs(case))
        if None not in (owed, default, given_default, late, capital) and owed:
            yield "own", None, owed * (default * given_default + late / DAYS_A_YEAR * capital)


def _told(one: CustomerRisk | OwnRisk) -> str:
    words = one.doubt if isinstance(one, CustomerRisk) else one.statement
    return words or one.id


def _kinds(left: Sequence[Left]) -> list[tuple[str, float, float, int]]:
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
            }


def _gaps(site: Site, links: Links) -> list[Gap]:
    """What nobody has covered, by kind: clauses, credit, measures, proof."""
    gaps = []
    for title, advice, find in _KINDS_OF_GAP:
        cases = tuple(
            (account.name, links.account(account.id, "risk"), details)
            for account in site.portfolio.accounts
            if (details := find(account)) is not None
        )
        if cases:
            gaps.append(Gap(title=said(title), advice=said(advice), cases=cases))
    return gaps


def _clauses(account: Account) -> str | None:
    gaps = value_of(account, "risk.clause_gaps")
    return listed(gaps) if gaps else None


def _credit(account: Account) -> str | None:
    case = account.case
    if case is None:
        return None
    owed = case.fact("risk", "credit", "receivable").value
    limit = case.fact("risk", "credit", "limit").value
    if owed is None or limit is None or owed <= limit:
        return None
    told = say(
        "{owed} of {limit} {currency}",
        owed=money(owed),
        limit=money(limit),
        currency=case.currency or "",
    )
    return told.rstrip()


def _unmeasured(account: Account) -> str | None:
    section = account.playbook.risk if account.playbook else None
    if section is None:
        return None
    risks: tuple[CustomerRisk | OwnRisk, ...] = (*(section.customer or ()), *(section.own or ()))
    found = [one.id for one in risks if one.measure is None]
    return listed(found) if found else None


def _unproven(account: Account) -> str | None:
    proof = value_of(account, "risk.proof_coverage")
    doubts = value_of(account, "risk.customer_gross")
    return "" if proof == 0 and doubts else None


_KINDS_OF_GAP: tuple[tuple[str, str, Callable[[Account], str | None]], ...] = (
    (
        phrase("They owe more than their limit"),
        phrase("Agree on payment before the next delivery, or raise the limit on purpose."),
        _credit,
    ),
    (
        phrase("A large risk of ours without both clauses"),
        phrase("Put a clause that prevents it and one that says who pays into the next contract."),
        _clauses,
    ),
    (
        phrase("No measure against a risk"),
        phrase("Say what we do about it, or that we bear it."),
        _unmeasured,
    ),
    (
        phrase("No reference of the same kind"),
        phrase("No customer like them backs any of their doubts."),
        _unproven,
    ),
)
