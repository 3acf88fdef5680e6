"""The rules over fields: each with what it finds, to the letter, and what passes."""

from __future__ import annotations

import pytest

from tests.figures.small import plan
from tests.rules.comply.plans import WHO, said_of

SURE = (
    "purpose: Thank the crew, date: 2026-03-02, amount: 20, currency: EUR, payer: sales,"
    " entered_by: kim-larsen, approved_by: li-wei, register: R-1"
)
APPROVED = "approval_id: A-7, approved_on: 2026-02-01, approval_expires: 2026-06-30"


def people(official: str = "none", more: str = "", kept: str = WHO) -> str:
    given = f", public_official: {official}" if official else ""
    return f"relationship: {{{kept}, contacts: [{{id: eva, name: Eva Holt{given}{more}}}]}}\n"


def courtesy(text: str, kind: str = "calendar") -> str:
    return f"value: {{return: {{courtesies: [{{contact: eva, kind: {kind}, {text}}}]}}}}\n"


FINDS = (
    ("ab1", people() + courtesy(SURE, "gift card"), "'gift card' is no courtesy: nobody gets money or what can be turned into it, nor do their families; thank people with recognition from the catalogue"),
    ("ab1", people() + courtesy(SURE.replace("Thank the crew", "A job for her son")), "'job for' is no courtesy: nobody gets money or what can be turned into it, nor do their families; thank people with recognition from the catalogue"),
    ("ab2", people(""), "'public_official' is not given; write none, official, state_owned or unknown"),
    ("ab2", people("state_owned") + courtesy(SURE), "Eva Holt is in a state-owned firm: give 'approval_id', 'approved_on', 'approval_expires'"),
    ("ab2", people("unknown") + courtesy(f"{SURE}, {APPROVED}".replace("2026-03-02", "2026-07-01")), "the approval runs from 2026-02-01 to 2026-06-30 and does not cover 2026-07-01; get one beforehand"),
    ("ab3", people() + courtesy(SURE.replace(", register: R-1", "").replace("purpose: Thank the crew, ", "")), "the register asks for 'purpose', 'register'"),
    ("ab3", people() + courtesy(SURE.replace("li-wei", "kim-larsen")), "'kim-larsen' entered it as well; somebody else approves"),
    ("ab2", people("unknown") + courtesy(f"{SURE}, {APPROVED}".replace("date: 2026-03-02", "planned: 2026-12-24")), "the approval runs from 2026-02-01 to 2026-06-30 and does not cover 2026-12-24; get one beforehand"),
    ("ab3", people() + courtesy(SURE.replace("date: 2026-03-02, ", "")), "the register asks for 'date'"),
    ("ab4", people() + courtesy(SURE.replace("date: 2026-03-02", "planned: 2026-12-24")) + "buying: {tender: {opens: 2027-01-10}}\n", "2026-12-24 lies within 90 days of the tender (2027-01-10); no courtesy then"),
    ("ab4", people() + courtesy(SURE) + "outcomes: [{date: 2026-05-31, kind: renewed}]\n", "2026-03-02 lies within 90 days of a renewal (2026-05-31); no courtesy then"),
    ("ab6", "economics: {currency: EUR, discounts: [{amount: 5, payee: Acme}]}\n", "'contract', 'booked_on' not given: which company gets it, by which contract, booked when"),
    ("ab6", "economics: {currency: EUR, discounts: [{amount: 5, payee: Eva Holt, contract: C, booked_on: 2026-01-01}]}\n", "'Eva Holt' is not the company of this plan; a discount goes to it alone (if this is its legal name, add it to account.aliases)"),
    ("pd3", people(kept="evidence: {source: a}"), "'source', 'lawful_basis', 'collected_on', 'review_by' not given, here or in relationship.personal_data: say where we have this person from, why we may keep it, since when, until when"),
    ("pd3", people(kept=WHO.replace("2027-12-31", "2026-11-22")), "2026-11-22 is past: look whether we still may keep it, then set the next day or erase the person"),
    ("pd3", people(kept=WHO.replace("2027-12-31", "2026-12-22")), "2026-12-22 is 29 days ahead: look whether we still may keep it, then set the next day or erase the person"),
    ("pd4", people(more=", sentiment: 1"), "an opinion on a person rests on something seen: give 'observed' with fact, date, by"),
    ("pd4", people(more=", observed: [{fact: Came twice}]"), "'date', 'by' not given: say when it was seen and by whom of us"),
)  # fmt: skip
PASSES = (
    ("ab1", people() + courtesy(SURE)),
    ("ab2", people("state_owned") + courtesy(f"{SURE}, {APPROVED}")),
    ("ab2", people("official")),
    ("ab3", people() + courtesy(SURE)),
    # 91 days
    ("ab3", people() + courtesy(SURE.replace("date: 2026-03-02", "planned: 2026-12-24"))),
    ("ab4", people() + courtesy(SURE) + "outcomes: [{date: 2026-06-01, kind: renewed}]\n"),
    ("ab4", people() + courtesy(SURE) + "outcomes: [{date: 2026-03-01, kind: lost}]\n"),
    ("ab6", "economics: {currency: EUR, discounts: [{amount: 5, payee: Acme Ltd, contract: C, booked_on: 2026-01-01}]}\n"),
    ("pd3", people()),
    ("pd3", people(kept=WHO.replace("2027-12-31", "2026-12-23"))),  # 30 days
    ("pd4", people(more=", sentiment: 0")),
    ("pd4", people(more=", sentiment: 1, observed: [{fact: Came twice, date: 2026-11-01, by: li-wei}]")),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "sections", "message"), FINDS)
def test_it_finds(rule: str, sections: str, message: str) -> None:
    findings = said_of(plan(sections), rule)
    assert [finding.split(": ", 2)[2] for finding in findings] == [f"{message} [{rule}]"]


@pytest.mark.parametrize(("rule", "sections"), PASSES)
def test_it_lets_pass(rule: str, sections: str) -> None:
    assert said_of(plan(sections), rule) == []


def test_one_person_gets_no_more_than_the_limit_in_a_year() -> None:
    """Three of 60 EUR on 2 March, 2 June and 2 August: 180 by the third; 150 is the limit."""
    gift = "{contact: eva, kind: calendar, " + SURE.replace("20, cur", "60, cur") + "}"
    days = (
        gift,
        gift.replace("2026-03-02", "2026-06-02"),
        gift.replace("2026-03-02", "2026-08-02"),
    )
    text = plan(people() + f"value: {{return: {{courtesies: [{', '.join(days)}]}}}}\n")
    (finding,) = said_of(text, "ab3")
    assert "180.00 EUR for this person in 12 months; at most 150.00 EUR" in finding
    # a year and a day later the first no longer counts
    later = text.replace("2026-08-02", "2027-03-02")
    assert said_of(later, "ab3") == []


def test_what_few_may_see_is_not_told_again() -> None:
    text = (
        people() + courtesy(SURE.replace("R-1", "REG-2026-0471")) + "actions: [{id: a, what: %s}]\n"
    )
    assert len(said_of(plan(text % "See REG-2026-0471"), "cf1")) == 1
    assert said_of(plan(text % "See the register"), "cf1") == []
