"""Days that passed with nothing done: contracts, deals, objectives; on both sides of each limit."""

from __future__ import annotations

import datetime

import pytest

from tests.figures.moving import scoring
from tests.figures.small import account, clean, plan
from tests.rules.gate.test_rules import found_by

DECIDE = "write down the new contract, or a decision of kind keep, restructure or drop"


def contract(days: str) -> str:
    return f", contract: {{{days}}}"


def undecided(what: str, place: str, day: str) -> list[str]:
    return [
        f"{place}: error: {what} was {day}, and nothing was decided; {DECIDE} [contract-decided]"
    ]


def decided(day: str, kind: str = "keep") -> str:
    return f"decisions: [{{date: {day}, kind: {kind}}}]\n"


# the 73 characters before the contract's keys, then 'end: ' or 'notice_by: '
END = ("the contract's end", "2:79")
NOTICE = ("the notice day", "2:85")


@pytest.mark.parametrize(
    ("days", "says"),
    [
        # today is the last day on which it holds
        ("end: 2026-11-24", []),
        ("end: 2026-11-23", []),
        ("end: 2026-11-22", undecided(*END, "2026-11-22")),
        ("end: 2020-01-01", undecided(*END, "2020-01-01")),
        # today notice can still be given
        ("notice_by: 2026-11-24", []),
        ("notice_by: 2026-11-23", []),
        ("notice_by: 2026-11-22", undecided(*NOTICE, "2026-11-22")),
        ("notice_by: 2026-11-22, end: 2027-02-22", undecided(*NOTICE, "2026-11-22")),
        ("notice_by: 2026-11-22, end: 2026-11-23", undecided(*NOTICE, "2026-11-22")),
        # both passed: the end is what matters; 'notice_by: 2026-08-22, ' are 23 characters more
        ("notice_by: 2026-08-22, end: 2026-11-22", undecided(END[0], "2:102", "2026-11-22")),
        # a contract that renews by itself needs no decision
        ("end: 2026-11-22, auto_renews: true", []),
        ("notice_by: 2026-11-22, auto_renews: true", []),
        ("end: 2026-11-22, auto_renews: false", undecided(*END, "2026-11-22")),
        ("notice_by: 2026-11-22, auto_renews: false", undecided(*NOTICE, "2026-11-22")),
        # without its days nobody can tell: contract-days asks for them
        ("start: 2020-01-01", []),
    ],
)
def test_a_contract_that_turned(days: str, says: list[str]) -> None:
    assert found_by("contract-decided", "", more=contract(days)) == says


@pytest.mark.parametrize("status", ["prospect", "former"])
def test_only_a_customer_has_a_contract_to_decide_on(status: str) -> None:
    assert found_by("contract-decided", "", status, contract("end: 2026-11-22")) == []


def test_without_a_contract_there_is_nothing_to_decide() -> None:
    assert found_by("contract-decided", "") == []


@pytest.mark.parametrize(
    ("decisions", "is_decided"),
    [
        # 365 days before 2026-11-22, and 366
        (decided("2025-11-22"), True),
        (decided("2025-11-21"), False),
        (decided("2026-11-22"), True),
        # since, until today; what is to be decided tomorrow is not decided
        (decided("2026-11-23"), True),
        (decided("2026-11-24"), False),
        (decided("2026-11-23", "restructure"), True),
        (decided("2026-11-23", "drop"), True),
        (decided("2026-11-23", "pursue"), False),
        (decided("2026-11-23", "other"), False),
        ("decisions: [{date: 2026-11-23}]\n", False),
        ("decisions: []\n", False),
        ("decisions: [{date: 2026-11-23, kind: other}, {date: 2026-01-01, kind: drop}]\n", True),
    ],
)
@pytest.mark.parametrize(("field", "where"), [("end", END), ("notice_by", NOTICE)])
def test_the_decision(decisions: str, is_decided: bool, field: str, where: tuple[str, str]) -> None:
    more = contract(f"{field}: 2026-11-22")
    clean(account(plan(decisions, more=more)))
    says = [] if is_decided else undecided(*where, "2026-11-22")
    assert found_by("contract-decided", decisions, more=more) == says


@pytest.mark.parametrize(
    ("day", "is_decided"),
    [
        # The end passed long after the notice day, from which on the decision no longer counts:
        # 365 days before 2026-11-22, and 366
        ("2025-11-22", True),
        ("2025-11-21", False),
    ],
)
def test_of_both_days_the_end_is_decided_on(day: str, is_decided: bool) -> None:
    more = contract("notice_by: 2025-12-31, end: 2026-11-22")
    says = [] if is_decided else undecided(END[0], "2:102", "2026-11-22")
    assert found_by("contract-decided", decided(day), more=more) == says


def test_how_long_a_decision_counts_is_a_setting() -> None:
    text = plan(decided("2025-11-21"), more=contract("end: 2026-11-22"))
    for days, fires in (("366", False), ("365", True)):
        found = account(text, with_=scoring(decision_days=days)).findings
        assert any(finding.rule == "contract-decided" for finding in found) is fires


@pytest.mark.parametrize(
    ("deal", "fires"),
    [
        ("close_on: 2026-11-24", False),
        ("close_on: 2026-11-23", False),
        ("close_on: 2026-11-22", True),
        # without a day it cannot be late
        ("amount: 5", False),
        # signed by today it is no longer open, however late
        ("close_on: 2026-11-22, steps: {close: 2026-11-22}", False),
        ("close_on: 2026-11-22, steps: {close: 2026-11-23}", False),
        ("close_on: 2026-11-22, steps: {close: 2026-11-24}", True),
        ("close_on: 2026-11-22, steps: {negotiate: 2026-11-20}", True),
    ],
)
@pytest.mark.parametrize("status", ["prospect", "customer", "former"])
def test_a_deal_past_its_day(deal: str, fires: bool, status: str) -> None:
    sections = f"economics: {{currency: EUR}}\nopportunities: [{{id: big, {deal}}}]\n"
    line = (
        "5:37: warning: the deal 'big' should have closed on 2026-11-22; write down how it went, or a"
        " new day [deal-overdue]"
    )
    assert found_by("deal-overdue", sections, status) == ([line] if fires else [])


def test_each_deal_is_told_by_itself() -> None:
    sections = """\
opportunities:
  - id: small
    close_on: 2026-11-23
  - id: big
    close_on: 2026-11-20
  - id: bigger
    close_on: 2025-01-01
"""
    assert found_by("deal-overdue", sections) == [
        (
            "8:15: warning: the deal 'big' should have closed on 2026-11-20; write down how it went,"
            " or a new day [deal-overdue]"
        ),
        (
            "10:15: warning: the deal 'bigger' should have closed on 2025-01-01; write down how it"
            " went, or a new day [deal-overdue]"
        ),
    ]


@pytest.mark.parametrize(("today", "fires"), [("2026-12-31", False), ("2027-01-01", True)])
def test_it_is_the_day_that_makes_it_late(today: str, fires: bool) -> None:
    text = plan(
        "opportunities: [{id: big, close_on: 2026-12-31}]\n", more=contract("end: 2026-12-31")
    )
    found = account(text, today=datetime.date.fromisoformat(today)).findings
    assert [
        str(finding).removeprefix("playbooks/acme.yaml:")
        for finding in found
        if finding.rule in ("contract-decided", "deal-overdue")
    ] == (
        [
            *undecided(*END, "2026-12-31"),
            (
                "4:37: warning: the deal 'big' should have closed on 2026-12-31; write down how it"
                " went, or a new day [deal-overdue]"
            ),
        ]
        if fires
        else []
    )


@pytest.mark.parametrize(
    ("objectives", "says"),
    [
        ("[]", []),
        ("[{id: a, start: 2026-01-01}]", []),
        # a beginning may lie ahead
        ("[{id: a, start: 2027-01-01}]", []),
        ("[{id: a}]", [("4:14", "a")]),
        ("[{id: a, kind: total, target: 5}]", [("4:14", "a")]),
        ("[{id: a, as_of: 2026-01-01, due: 2026-12-31}]", [("4:14", "a")]),
        # '{id: a}, ' are 9 characters, '{id: b, start: 2026-01-01}, ' 28
        ("[{id: a}, {id: b, start: 2026-01-01}, {id: c}]", [("4:14", "a"), ("4:51", "c")]),
    ],
)
@pytest.mark.parametrize("status", ["prospect", "customer", "former"])
def test_an_objective_that_began_on_no_day(
    objectives: str, says: list[tuple[str, str]], status: str
) -> None:
    assert found_by("objective-start", f"objectives: {objectives}\n", status) == [
        f"{place}: warning: objective '{name}' has no 'start'; write the day of its baseline, or"
        " nobody can tell whether it is in time [objective-start]"
        for place, name in says
    ]


def test_no_objectives_began_on_no_day() -> None:
    assert found_by("objective-start", "") == []
