"""Numbers that disagree: each pair where it fires, with its whole line, and where it does not."""

from __future__ import annotations

import pytest

from generator.rules.gate.contradictions import AGREEMENTS
from tests.figures.small import account, plan, settings
from tests.workspace import shipped_text

# A plan to which no completeness rule applies is never complete: these are as low as it takes
LOW = settings(scoring=(shipped_text("scoring").replace("complete_from: 80", "complete_from: 10")))
RULES = {rule.id for rule in LOW.rules.rules if rule.holds.agree}
PEOPLE = "contacts: [{id: a}, {id: b}]"
ONE = "interactions: [{date: 2026-11-01, contacts: [a], two_way: true}]"
TWO = (
    "interactions: [{date: 2026-11-01, contacts: [a], two_way: true},"
    " {date: 2026-11-02, contacts: [b], two_way: true}]"
)
SIX = "relationship: 0, quality: 0, service: 0, image: 0, technology: 0"
COSTS = "monetary: 100, switching: 0, effort: 0, time: 0, opportunity: 0, risk: 0"
NO_RISK = "risk: {customer: [], own: [], credit: {receivable: 0, days_late: 0,\
 default_probability: 0, loss_given_default: 0, cost_of_capital: 0}}\n"
RICH = (
    "economics: {currency: EUR, addressable_spend: 2000000, attainable_share: 0.5,"
    " contribution_margin: 0.5, retention: 0.9, price: 100, production_cost: 50,"
    " marketing_cost: 0DEVELOPMENT}\nservice: {objects: []}\n" + NO_RISK
)
# 240,000 are back after 24 + 240,000 / (0.5 x 60,000) = 32 months: late and dear, but not never
LONG = (
    ", development: {monthly_cost: 10000, months: 24, win_probability: 0.5,"
    " monthly_contribution: 60000}"
)
# 10,000 are back after 1 + 10,000 / (0.5 x 60,000) months
SHORT = LONG.replace("months: 24", "months: 1")
# threads 0.7, mood 0.25, trust 0, rhythm 1: (0.4875 + 0)/2 of the one letter that is known
ILL = (
    "relationship: {contacts: [{id: a, influence: 3, sentiment: FEELS, rhythm_days: 30}, {id: b}],"
    " interactions: [{date: 2026-11-01, contacts: [a], two_way: true}, {date: 2026-11-02, contacts: [b], two_way: true}],"
    " trust: [{date: 2026-11-01, trust: TRUST, buy_again: 10}]}\n"
    "economics: {currency: EUR, retention: KEPT}\n"
)
HIGH = RICH.replace("DEVELOPMENT", "")
LARGE = RICH.replace("DEVELOPMENT", LONG)
GOING = RICH.replace("DEVELOPMENT", SHORT)
# Of 12 rules that ask a customer of tier C something 3 hold, 25 of 100: owner, review and contact;
# not the ten questions, the tier, the risks of both sides, levels, stages and cost of service, the
# days of the contract, what health is read from. The others are about entries that are not there
OWNED = ", owner: kim-larsen"
QUESTIONS = (
    *("target", "satisfaction", "brand", "need", "solution"),
    *("money", "authority", "competition", "comparison", "trend"),
)


def answers(score: int, **others: int) -> str:
    """Ten answers with one score, some with another."""
    scores = ", ".join(
        f"{question}: {{score: {others.get(question, score)}}}" for question in QUESTIONS
    )
    return f"qualification: {{{scores}}}\n"


def said(sections: str, status: str = "customer", more: str = "") -> list[str]:
    """The findings that are contradictions, from their line on."""
    acme = account(plan(sections, status=status, more=more), with_=LOW)
    return [
        str(finding).removeprefix("playbooks/acme.yaml:")
        for finding in acme.findings
        if finding.rule in RULES
    ]


UNPLANNED = (
    "waivers: [{rule: renewal-plan, reason: They decide, by: kim-larsen, until: 2026-12-20}]\n"
)
"""The rule that asks for a plan of the renewal says the same, and would be told instead."""
FIRES = [
    (
        ILL.replace("FEELS", "-1").replace("TRUST", "0").replace("KEPT", "0.85"),
        "",
        (
            "5:39: warning: the plan counts on keeping 85 % of them a year, and they are critical"
            " (health 24 of 100); write the retention that you would bet on, or mend what health is"
            " lost to [retention-unsupported]"
        ),
    ),
    (
        f"relationship: {{{PEOPLE},\n {ONE}}}\n",
        OWNED,
        (
            "5:2: warning: the plan is 25 of 100 complete, yet one person talks with us; win a second"
            " contact, or write down the talks you had [contradiction-one-thread]"
        ),
    ),
    (
        f"relationship: {{{PEOPLE},\n {TWO.replace('2026-11', '2026-05')}}}\n",
        OWNED,
        (
            "5:2: warning: the plan is 25 of 100 complete, yet nobody talks with us; win a second"
            " contact, or write down the talks you had [contradiction-one-thread]"
        ),
    ),
    (
        f"relationship: {{{PEOPLE},\n {TWO.replace('2026-11', '2026-08')}}}\n",
        OWNED,
        (
            "5:2: warning: the plan is 25 of 100 complete, yet nobody was in touch with them since"
            " 2026-08-02; call them, or write down the talks you had [contradiction-silent]"
        ),
    ),
    (
        f"relationship: {{{PEOPLE},\n interactions: []}}\n",
        OWNED,
        (
            "5:2: warning: the plan is 25 of 100 complete, yet nobody was in touch with them at all;"
            " call them, or write down the talks you had [contradiction-silent]"
        ),
    ),
    (
        UNPLANNED,
        ", contract: {end: 2027-06-30, notice_by: 2027-03-23}",
        (
            "2:102: warning: the renewal turns in 120 days (2027-03-23), and no open action prepares it;"
            " add an action with 'prepares: renewal' [contradiction-renewal]"
        ),
    ),
    (
        f"actions: [{{id: talk, prepares: renewal, done_on: 2026-11-01}}]\n{UNPLANNED}",
        ", contract: {end: 2026-11-23}",
        (
            "2:79: warning: the renewal turns in 0 days (2026-11-23), and no open action prepares it;"
            " add an action with 'prepares: renewal' [contradiction-renewal]"
        ),
    ),
    (
        f"{HIGH}value: {{values: {{product: 100, {SIX}}}, costs: {{{COSTS}}}}}\n",
        "",
        (
            "7:1: warning: the account is worth 1,130,729 to us, and its delivered value is 0.00; they"
            " have no reason to stay: work on their values and costs [contradiction-no-gain]"
        ),
    ),
    (
        "economics: {currency: EUR, contribution_margin: 0.51,\n price: 100, production_cost: 60}\n",
        "",
        (
            "4:49: warning: the contribution margin is 0.51, while price and production cost give 0.40;"
            " correct one of the three [contradiction-margin]"
        ),
    ),
    (
        "economics: {currency: EUR}\nrisk: {credit: {receivable: 101, limit: 100}}\n",
        "",
        (
            "5:29: warning: they owe us 101, over the limit of 100; collect, or decide on a new limit"
            " [contradiction-credit]"
        ),
    ),
    (
        HIGH,
        ", planned_tier: A",
        "",
    ),
    (
        f"{HIGH.replace('2000000', '20000')}",
        ", planned_tier: A",
        (
            "2:77: warning: tier A is planned, and the numbers give C; change account.planned_tier,"
            " or what of the economics is no longer true [contradiction-tier]"
        ),
    ),
    (
        answers(1) + LARGE,
        "",
        (
            "4:1: warning: their growth is to be developed selectively, which asks for a mature customer,"
            " and they qualify with 50 of 100, where 70 are enough; find out more before you spend [contradiction-immature]"
        ),
    ),
    (
        answers(2, need=0) + LARGE,
        "",
        (
            "4:1: warning: their growth is to be developed selectively, which asks for a mature customer,"
            " and they qualify with 90 of 100, and a knock-out (need); find out more before you spend"
            " [contradiction-immature]"
        ),
    ),
    (
        "relationship: {contacts: [{id: ann, roles: [user, champion], sentiment: -1}]}\n",
        "",
        (
            "4:73: warning: 'ann' is called our champion, with a sentiment of -1; correct the role or"
            " the sentiment [contradiction-champion]"
        ),
    ),
    (
        "economics: {currency: EUR, addressable_spend: 99, revenue: [{year: 2025, amount: 100}]}\n",
        "",
        (
            "4:47: warning: they are said to spend 99 a year on what we could sell, and we billed 100;"
            " correct addressable_spend or the revenue [contradiction-spend]"
        ),
    ),
    (
        (
            "decisions: [{date: 2026-01-10, kind: pursue}, {date: 2026-11-23, kind: drop}]\n"
            "opportunities: [{id: big, probability: 0.3}, {id: gone, probability: 0}]\n"
        ),
        "",
        (
            "5:40: warning: the account was dropped on 2026-11-23, and the deal 'big' stands at 0.30;"
            " close the deal, or decide again [contradiction-dropped]"
        ),
    ),
]

HOLDS = [
    (
        "retention-unsupported",
        ILL.replace("FEELS", "-1").replace("TRUST", "0").replace("KEPT", "0.84"),
        "",
    ),
    (
        "retention-unsupported",
        ILL.replace("FEELS", "1").replace("TRUST", "5").replace("KEPT", "0.95"),
        "",
    ),
    ("contradiction-one-thread", f"relationship: {{{PEOPLE}, {TWO}}}\n", OWNED),
    # Who says nothing of talks is asked for them by a rule, not by a contradiction
    ("contradiction-silent", f"relationship: {{{PEOPLE}}}\n", OWNED),
    ("contradiction-renewal", "", ", contract: {end: 2027-06-30, notice_by: 2027-03-24}"),
    ("contradiction-renewal", "", ", contract: {end: 2026-11-22}"),
    (
        "contradiction-renewal",
        "actions: [{id: talk, prepares: renewal}]\n",
        ", contract: {end: 2026-11-23}",
    ),
    (
        "contradiction-no-gain",
        f"{HIGH}value: {{values: {{product: 101, {SIX}}}, costs: {{{COSTS}}}}}\n",
        "",
    ),
    (
        "contradiction-no-gain",
        (
            f"{HIGH.replace('2000000', '20000')}value: {{values: {{product: 1, {SIX}}},"
            f" costs: {{{COSTS}}}}}\n"
        ),
        "",
    ),
    (
        "contradiction-margin",
        "economics: {currency: EUR, contribution_margin: 0.5, price: 100, production_cost: 60}\n",
        "",
    ),
    (
        "contradiction-margin",
        "economics: {currency: EUR, contribution_margin: 0.3, price: 100, production_cost: 60}\n",
        "",
    ),
    (
        "contradiction-margin",
        "economics: {currency: EUR, contribution_margin: 0.3, price: 0, production_cost: 60}\n",
        "",
    ),
    (
        "contradiction-credit",
        "economics: {currency: EUR}\nrisk: {credit: {receivable: 100, limit: 100}}\n",
        "",
    ),
    ("contradiction-tier", HIGH, ", planned_tier: B"),
    ("contradiction-immature", answers(2, trend=0, brand=0, target=0) + LARGE, ""),
    # Neither who has no programme nor who has one that goes ahead has to be mature for it
    ("contradiction-immature", answers(1) + HIGH, ""),
    ("contradiction-immature", answers(1) + GOING, ""),
    (
        "contradiction-champion",
        "relationship: {contacts: [{id: ann, roles: [champion], sentiment: 0}]}\n",
        "",
    ),
    (
        "contradiction-champion",
        "relationship: {contacts: [{id: ann, roles: [decider], sentiment: -2}]}\n",
        "",
    ),
    (
        "contradiction-champion",
        (
            "relationship: {contacts: [{id: ann, roles: [champion], sentiment: -2,"
            " left_on: 2026-11-23}]}\n"
        ),
        "",
    ),
    (
        "contradiction-spend",
        "economics: {currency: EUR, addressable_spend: 100, revenue: [{year: 2025, amount: 100}]}\n",
        "",
    ),
    (
        "contradiction-dropped",
        (
            "decisions: [{date: 2026-01-10, kind: drop}, {date: 2026-02-10, kind: pursue},\n"
            " {date: 2026-11-24, kind: drop}]\nopportunities: [{id: big, probability: 0.3}]\n"
        ),
        "",
    ),
    (
        "contradiction-dropped",
        (
            "decisions: [{date: 2026-01-10, kind: drop}, {date: 2026-02-10, kind: other}]\n"
            "opportunities: [{id: gone, probability: 0}]\n"
        ),
        "",
    ),
]


@pytest.mark.parametrize(("sections", "more", "line"), FIRES)
def test_it_fires(sections: str, more: str, line: str) -> None:
    findings = said(sections, more=more)
    if line:
        assert line in findings
    else:
        assert findings == []


@pytest.mark.parametrize(("rule", "sections", "more"), HOLDS)
def test_it_holds(rule: str, sections: str, more: str) -> None:
    assert said(sections, more=more) == []


def test_each_agreement_is_tried_both_ways_and_has_a_rule() -> None:
    rules = {rule.holds.agree: rule.id for rule in settings().rules.rules if rule.holds.agree}
    assert set(rules) == set(AGREEMENTS)
    fired = {line.rpartition("[")[2].rstrip("]") for _, _, line in FIRES if line}
    elsewhere = {"contradiction-overdue"}
    assert fired == set(rules.values()) - elsewhere
    assert {rule for rule, _, _ in HOLDS} == set(rules.values()) - elsewhere


# from 2026-08-23 to 2027-02-23 are 184 days, of which 92 are over on 2026-11-23, when it was measured
OBJECTIVE = (
    "objectives: [{id: aim, metric: stops, unit: a, start: 2026-08-23, baseline: 0, target: 10,"
    " actual: ACTUAL, due: 2027-02-23, as_of: 2026-11-23}]\n"
)


@pytest.mark.parametrize(
    ("actual", "action", "done"),
    [
        ("6", "objective: aim, due: 2026-11-22", "60"),
        # behind is below 0.5 - 0.10
        ("4", "objective: aim, due: 2026-11-22", "40"),
        ("3.99", "objective: aim, due: 2026-11-22", None),
        ("6", "objective: aim, due: 2026-11-23", None),
        ("6", "objective: aim, due: 2026-11-22, done_on: 2026-11-23", None),
        ("6", "due: 2026-11-22", None),
    ],
)
def test_an_objective_in_time_with_late_actions(actual: str, action: str, done: str | None) -> None:
    text = OBJECTIVE.replace("ACTUAL", actual) + f"actions: [{{id: call, {action}}}]\n"
    assert said(text) == ([overdue(done)] if done else [])


def overdue(done: str) -> str:
    return (
        f"5:43: warning: the objective is {done} % done, in time, while its action 'call' was due on"
        " 2026-11-22; correct the actual value, or the action [contradiction-overdue]"
    )


@pytest.mark.parametrize(
    ("actual", "changes", "done"),
    [
        # its own day passed: reached it is in time, and else it is missed
        ("10", {"due: 2027-02-23": "due: 2026-11-22"}, "100"),
        ("9.9", {"due: 2027-02-23": "due: 2026-11-22"}, None),
        # without the day of its baseline nobody can tell
        ("6", {"start: 2026-08-23, ": ""}, None),
        ("6", {", due: 2027-02-23": ""}, None),
        # a limit of which half is used, more than half, and more than all
        ("5", {"id: aim": "id: aim, kind: limit"}, "50"),
        ("5.01", {"id: aim": "id: aim, kind: limit"}, None),
        ("10.01", {"id: aim": "id: aim, kind: limit"}, None),
    ],
)
def test_an_objective_that_is_not_in_time(
    actual: str, changes: dict[str, str], done: str | None
) -> None:
    text = OBJECTIVE.replace("ACTUAL", actual)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    text += "actions: [{id: call, objective: aim, due: 2026-11-22}]\n"
    assert said(text) == ([overdue(done)] if done else [])


def test_the_figure_lists_them_with_both_sides() -> None:
    sections = "economics: {currency: EUR}\nrisk: {credit: {receivable: 101, limit: 100}}\n"
    figure = account(plan(sections)).figures["contradictions"]
    assert figure.value == ("contradiction-credit",)
    assert [(reason.name, reason.value, reason.line) for reason in figure.reasons] == [
        ("risk.credit.receivable", 101, 5),
        ("risk.credit.limit", 100, 5),
    ]
    clean = account(plan()).figures["contradictions"]
    assert (clean.value, clean.reasons, clean.confidence) == ((), (), None)


def test_a_waiver_silences_it_and_it_counts_for_no_completeness() -> None:
    sections = "economics: {currency: EUR}\nrisk: {credit: {receivable: RECEIVABLE, limit: 100}}\n"
    over = account(plan(sections.replace("RECEIVABLE", "101")))
    within = account(plan(sections.replace("RECEIVABLE", "99")))
    assert over.figures["completeness"].value == within.figures["completeness"].value
    waiver = "waivers: [{rule: contradiction-credit, reason: agreed, by: kim-larsen, until: 2026-12-31}]\n"
    waived = account(plan(sections.replace("RECEIVABLE", "101") + waiver))
    assert waived.figures["contradictions"].value == ()
