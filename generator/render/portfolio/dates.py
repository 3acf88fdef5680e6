"""Days that a plan names: what happens or is due on each, and what to do once it has passed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from generator.enrich import Account
from generator.enrich.case import Case
from generator.language import phrase, said
from generator.render.links import Links
from generator.render.portfolio.kinds import KINDS
from generator.render.portfolio.naming import person_name
from generator.render.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happens, or should, on a day."""

    day: datetime.date
    kind: str
    what: str
    after: str
    """What it says once the day has passed; empty when it is then over."""
    who: str
    account: str
    href: str

    @property
    def is_fixed(self) -> bool:
        """Whether it stands with the customer, so that we cannot move it alone."""
        return KINDS[self.kind].is_fixed

    @property
    def sign(self) -> str:
        """A sign beside the word."""
        return KINDS[self.kind].sign

    @property
    def word(self) -> str:
        """What kind it is."""
        return said(KINDS[self.kind].word)


Found = tuple[datetime.date | None, str, str, str, str, str | None]
"""Day, kind, what, what once it has passed, section of the account's page, and who."""


def entries(site: Site, links: Links, account: Account) -> Iterator[Entry]:
    """Every day that a plan names and that is not done with."""
    case = account.case
    if case is None:
        return
    found = (*_of_account(case), *_of_plan(case), *_of_buying(case), *_of_people(case))
    for day, kind, what, after, section, who in found:
        if day is not None:
            yield Entry(
                day=day,
                kind=kind,
                what=what,
                after=after,
                who=person_name(site, who),
                account=account.name,
                href=links.account(account.id, section),
            )
    yield from _unknowns(site, links, account, case)


def _of_account(case: Case) -> Iterator[Found]:
    """Review, meeting, contract."""
    facts = case.playbook.account
    if facts.reviewed is not None:
        shelf = case.settings.scoring.evidence.shelf_life_days.review
        due = facts.reviewed + datetime.timedelta(days=shelf)
        what: str = phrase("Go through the whole plan")
        yield due, "review", what, what, "summary", facts.owner
    if facts.next is not None:
        what = facts.next.what or phrase("Meeting")
        after = phrase("{what}: write down how it went, and the next one", what=what)
        who = facts.next.prepared_by or facts.owner
        yield facts.next.date, "meeting", what, after, "summary", who
    contract = facts.contract
    if contract is not None:
        last = phrase("Last day to give notice")
        yield contract.notice_by, "notice", last, "", "summary", facts.owner
        renews = bool(contract.auto_renews)
        what = (
            phrase("Contract renews unless someone gives notice")
            if renews
            else phrase("Contract ends")
        )
        after = phrase("Contract ended: write down the new one, or that they left")
        is_kept = facts.status == "customer"
        yield contract.end, "end", what, after if is_kept else "", "summary", facts.owner


def _of_plan(case: Case) -> Iterator[Found]:
    """Actions, objectives, decisions, waivers, deals."""
    plan, owner = case.playbook, case.playbook.account.owner
    for action in plan.actions or ():
        if action.done_on is None:
            what = action.what or action.id
            yield action.due, "action", what, what, "plan", action.owner
    for objective in plan.objectives or ():
        what = objective.statement or objective.id
        yield objective.due, "objective", what, "", "plan", objective.owner or owner
    decisions = plan.decisions or ()
    for one in decisions:
        decision = one.decision or one.kind or KINDS["decision"].word
        what = phrase("Look again: {decision}", decision=decision)
        is_seen = one.review_on and any(
            one.review_on <= two.date <= case.today for two in decisions
        )
        yield one.review_on, "decision", what, "" if is_seen else what, "plan", one.by or owner
    for waiver in plan.waivers or ():
        what = phrase("Rule {rule} counts again", rule=waiver.rule)
        yield waiver.until, "waiver", what, "", "plan", waiver.by
    for deal in plan.opportunities or ():
        what = phrase("{deal} should close", deal=deal.id)
        after = phrase("{deal} should have closed: write down how it went", deal=deal.id)
        yield deal.close_on, "deal", what, after, "plan", owner


def _of_buying(case: Case) -> Iterator[Found]:
    """When they decide, their steps, the tender."""
    buying, owner = case.playbook.buying, case.playbook.account.owner
    if buying is None:
        return
    yield buying.decide_by, "buying", phrase("They decide"), "", "plan", owner
    for step in buying.steps or ():
        if step.done_on is None:
            after = phrase("{step}: ask where it stands", step=step.what)
            yield step.due, "buying", step.what, after, "plan", owner
    if buying.tender is not None:
        tender = buying.tender
        yield tender.opens, "tender", phrase("Tender opens"), "", "plan", owner
        yield tender.closes, "tender", phrase("Tender closes"), "", "plan", owner
        yield tender.award, "tender", phrase("Tender is awarded"), "", "plan", owner


def _of_people(case: Case) -> Iterator[Found]:
    """Promises, consent to be shown, personal data."""
    section, owner = case.playbook.relationship, case.playbook.account.owner
    if section is None:
        return
    for one in section.promises or ():
        if one.kept_on is None:
            yield one.due, "promise", one.what, one.what, "relationship", owner
    if section.reference is not None:
        until = section.reference.consent_until
        what = phrase("Consent to be shown runs out")
        after = phrase("Consent to be shown ran out: ask again")
        yield until, "consent", what, after, "relationship", owner
    kept = (section.personal_data, *(section.contacts or ()))
    days = {one.review_by for one in kept if one and one.review_by}
    what = phrase("See whether we may still keep personal data")
    for day in sorted(days):
        yield day, "data", what, what, "relationship", owner


def _unknowns(site: Site, links: Links, account: Account, case: Case) -> Iterator[Entry]:
    """What somebody finds out by a day; leads to its line."""
    for one in account.plan.unknowns:
        try:
            day = datetime.date.fromisoformat(one.find_by)
        except ValueError:  # a finding says so
            continue
        what = phrase("Find out {what}", what=case.name(one.path))
        yield Entry(
            day=day,
            kind="unknown",
            what=what,
            after=what,
            who=person_name(site, one.owner),
            account=account.name,
            href=links.source(account.id, account.document.value_place(one.path).line),
        )
