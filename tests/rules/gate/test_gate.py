"""Which rules apply to whom: tiers, unknowns, waivers, the window before a renewal, completeness."""

from __future__ import annotations

import datetime

import pytest

from generator.figures import Account
from generator.rules.gate.judge import HONESTLY_UNKNOWN
from generator.rules.rulebook import Applies, Rule
from generator.rules.validate.built_in import BUILT_IN
from generator.settings import Settings
from tests.figures.edits import PORT, WHOLE, changed, without
from tests.figures.small import account, plan, rules, settings

TIERED = {
    "A": {"executive-sponsor", "customer-risks"},
    "B": {"executive-sponsor", "customer-risks"},
    "C": {"customer-risks"},
    "D": {"restructure-or-drop"},
}
ALL_TIERED = {"executive-sponsor", "customer-risks", "restructure-or-drop"}
UNKNOWN = "{unknown: true, owner: kim-larsen, find_by: 2026-12-31}"

# By the spend alone the account falls into one of the four cells
NUMBERS = """\
economics:
  currency: EUR
  addressable_spend: {spend}
  attainable_share: 1
  contribution_margin: 1
  retention: 1
  marketing_cost: 0
  development: {{monthly_cost: {cost}, months: 1, win_probability: 1, monthly_contribution: 1000}}
service: {{objects: []}}
risk: {{own: []}}
"""
CELLS = {"A": (1000000, 1), "B": (1000000, 20000), "C": (1, 1), "D": (0, 1)}


def tiered(tier: str | None, planned: str | None, status: str = "prospect") -> Account:
    sections = NUMBERS.format(spend=CELLS[tier][0], cost=CELLS[tier][1]) if tier else ""
    more = f", planned_tier: {planned}" if planned else ""
    return account(plan(sections, status=status, more=more))


@pytest.mark.parametrize("tier", list("ABCD"))
def test_the_cells(tier: str) -> None:
    assert tiered(tier, None).figures["tier"].value == tier


@pytest.mark.parametrize(
    ("tier", "planned", "status", "by"),
    [
        *((tier, None, "prospect", tier) for tier in "ABCD"),
        *((tier, tier, "prospect", tier) for tier in "ABCD"),
        # the higher of the two
        ("A", "D", "prospect", "A"),
        ("D", "A", "prospect", "A"),
        ("C", "B", "prospect", "B"),
        ("B", "C", "prospect", "B"),
        ("D", "C", "prospect", "C"),
        # without a tier the planned one, else C: leaving numbers out is no way around
        (None, "A", "prospect", "A"),
        (None, "D", "prospect", "D"),
        (None, None, "prospect", "C"),
        (None, None, "customer", "C"),
        (None, "B", "customer", "B"),
        # nobody asks for the tier of who left
        (None, None, "former", None),
        (None, "B", "former", "B"),
        ("D", None, "former", "D"),
    ],
)
def test_rules_by_tier(tier: str | None, planned: str | None, status: str, by: str | None) -> None:
    fired = set(rules(tiered(tier, planned, status))) & ALL_TIERED
    assert fired == (TIERED[by] if by else set())


@pytest.mark.parametrize(
    ("tier", "status", "fires"),
    [
        (None, "prospect", True),
        (None, "customer", True),
        (None, "former", False),
        ("A", "prospect", False),
        ("D", "prospect", False),
    ],
)
def test_tier_unknown(tier: str | None, status: str, fires: bool) -> None:
    for planned in (None, "D"):
        assert ("tier-unknown" in rules(tiered(tier, planned, status))) is fires


CUSTOMER = NUMBERS.format(spend=1000000, cost=1).replace(
    "risk: {own: []}",
    "risk: {own: [], credit: {receivable: 0, days_late: 0, default_probability: 0,"
    " loss_given_default: 0, cost_of_capital: 0}}",
)


@pytest.mark.parametrize(
    ("spend", "production", "tier", "fires"),
    [
        # of the price of 100 all but production is left to us today
        ("1000000", "99", "A", {"executive-sponsor", "customer-risks"}),
        ("1000000", "100", "B", {"executive-sponsor", "customer-risks"}),
        ("0", "99", "C", {"customer-risks"}),
        ("0", "100", "D", {"restructure-or-drop"}),
    ],
)
def test_the_cells_of_customers(spend: str, production: str, tier: str, fires: set[str]) -> None:
    text = changed(plan(CUSTOMER), "economics.addressable_spend", spend)
    text = text.replace(
        "  marketing_cost: 0\n",
        f"  marketing_cost: 0\n  price: 100\n  production_cost: {production}\n",
    )
    acme = account(text)
    assert acme.figures["tier"].value == tier
    assert set(rules(acme)) & ALL_TIERED == fires
    # what it takes to grow them says nothing of the tier
    assert account(without(text, "economics.development")).figures["tier"].value == tier


@pytest.mark.parametrize("lacks", ["price", "production_cost", "marketing_cost"])
def test_what_the_tier_of_a_customer_needs(lacks: str) -> None:
    (said,) = said_of_the_tier(account(without(WHOLE, f"economics.{lacks}")))
    assert f"the tier is not known; missing: economics.{lacks};" in said
    prospect = changed(WHOLE, "account.status", "prospect")
    is_needed = lacks == "marketing_cost"
    said_of_it = said_of_the_tier(account(without(prospect, f"economics.{lacks}")))
    assert bool(said_of_it) is is_needed


def said_of_the_tier(acme: Account) -> list[str]:
    return [str(finding) for finding in acme.findings if finding.rule == "tier-unknown"]


def test_tier_unknown_names_every_missing_input() -> None:
    text = without(without(WHOLE, "economics.retention"), "risk.credit.days_late")
    text = without(text, "service.objects.0.activities.0.per_year")
    assert said_of_the_tier(account(text)) == [
        (
            "playbooks/acme.yaml:2:1: error: the tier is not known; missing:"
            " service.objects.board.activities.visit.per_year, risk.credit.days_late,"
            " economics.retention; fill them in, or mark each 'unknown: true' with owner and find_by and"
            " set account.planned_tier meanwhile [tier-unknown]"
        )
    ]


# Honest unknowns


def test_an_honest_unknown_passes_until_its_day_and_does_not_hold() -> None:
    text = changed(WHOLE, "economics.retention", UNKNOWN)
    acme = account(text)
    assert said_of_the_tier(acme) == []
    held = {
        reason.name: (reason.value, reason.note) for reason in acme.figures["completeness"].reasons
    }
    assert held["tier-unknown"] == (False, "honestly unknown")
    assert held["cost-to-serve"] == (True, None)
    # the rules of C apply meanwhile
    assert "executive-sponsor" not in held
    assert "customer-risks" in held


def test_on_the_day_after_it_fails() -> None:
    text = changed(WHOLE, "economics.retention", UNKNOWN)
    last = account(text, today=datetime.date(2026, 12, 31))
    assert {"tier-unknown", "unknown-overdue"} & set(rules(last)) == set()
    after = account(text, today=datetime.date(2027, 1, 1))
    assert {"tier-unknown", "unknown-overdue"} <= set(rules(after))


def test_one_honest_unknown_does_not_cover_what_is_left_out() -> None:
    text = changed(WHOLE, "economics.retention", UNKNOWN)
    findings = said_of_the_tier(account(without(text, "economics.addressable_spend")))
    assert len(findings) == 1
    assert "missing: economics.addressable_spend, economics.retention;" in findings[0]


def test_an_unknown_question_passes_and_does_not_hold() -> None:
    text = changed(WHOLE, "qualification.brand.score", "2").replace(
        "  brand:\n    score: 2", f"  brand: {UNKNOWN}"
    )
    acme = account(text)
    assert "qualification-answered" not in rules(acme)
    held = {reason.name: reason.value for reason in acme.figures["completeness"].reasons}
    assert held["qualification-answered"] is False


def test_an_own_risk_of_unknown_size_passes_and_holds_neither_clauses() -> None:
    text = changed(WHOLE, "risk.own.0.loss", UNKNOWN)
    acme = account(text)
    assert {"clauses", "own-risk-sized", "tier-unknown"} & set(rules(acme)) == set()
    held = {reason.name: reason.value for reason in acme.figures["completeness"].reasons}
    assert (held["clauses"], held["own-risk-sized"], held["tier-unknown"]) == (False, False, False)


# Waivers


def waived(rule: str, until: str, more: str = "reason: r, by: kim-larsen, ") -> Account:
    return account(plan(f"waivers: [{{rule: {rule}, {more}until: {until}}}]\n"))


def test_a_waiver_takes_its_rule_out_of_both_sides() -> None:
    before, after = account(plan()), waived("owner", "2026-11-23")
    assert "owner" in rules(before)
    assert "owner" not in rules(after)
    count = len(before.figures["completeness"].reasons)
    held = sum(reason.value for reason in before.figures["completeness"].reasons)
    assert before.figures["completeness"].value == pytest.approx(100 * held / count)
    # that no waiver has run out is asked only of a plan with a waiver, and holds
    assert after.figures["completeness"].value == pytest.approx(100 * (held + 1) / (count - 1 + 1))
    assert "owner" not in {reason.name for reason in after.figures["completeness"].reasons}


def test_a_waiver_of_a_rule_that_holds_takes_it_out_too() -> None:
    before, after = account(plan()), waived("reviewed", "2026-11-23")
    count = len(before.figures["completeness"].reasons)
    held = sum(reason.value for reason in before.figures["completeness"].reasons)
    assert after.figures["completeness"].value == pytest.approx(
        100 * (held - 1 + 1) / (count - 1 + 1)
    )
    tried = {reason.name for reason in after.figures["completeness"].reasons}
    assert "reviewed" not in tried
    assert "waiver-expired" in tried


def test_an_expired_waiver_waives_nothing_and_is_a_finding() -> None:
    acme = waived("owner", "2026-11-22")
    assert {"owner", "waiver-expired"} <= set(rules(acme))


@pytest.mark.parametrize("more", ["", "reason: r, ", "by: kim-larsen, "])
def test_a_waiver_without_reason_or_name_waives_nothing(more: str) -> None:
    acme = waived("owner", "2026-11-23", more)
    assert {"owner", "waiver-incomplete"} <= set(rules(acme))


def test_a_waiver_does_not_reach_references_or_shape() -> None:
    waiver = "waivers: [{rule: owner, reason: r, by: kim-larsen, until: 2026-12-01}]\n"
    acme = account(plan(f"{waiver}nonsense: 1\n", more=", owner: nobody"))
    assert {"unknown-key", "unknown-person"} <= set(rules(acme))


# The window before a renewal

PLAN = (
    "objectives: [{id: keep, statement: s}]\n"
    "actions: [{id: talk, prepares: renewal, due: 2027-06-29}]\n"
)
NOTICE = ", contract: {notice_by: 2027-06-30, end: 2027-12-31}"
END = ", contract: {end: 2027-06-30}"


@pytest.mark.parametrize("contract", [NOTICE, END])
@pytest.mark.parametrize(
    ("days_before", "fires"), [(121, False), (120, True), (1, True), (0, True), (-1, False)]
)
def test_renewal_is_prepared_from_120_days_before(
    contract: str, days_before: int, fires: bool
) -> None:
    today = datetime.date(2027, 6, 30) - datetime.timedelta(days=days_before)
    acme = account(plan(more=contract), today=today)
    assert ("renewal-plan" in rules(acme)) is fires
    prepared = account(plan(PLAN, more=contract), today=today)
    assert "renewal-plan" not in rules(prepared)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("due: 2027-06-29", "due: 2027-06-30"),
        ("due: 2027-06-29", "part: R1"),
        ("prepares: renewal, ", ""),
        ("due: 2027-06-29", "due: 2027-06-29, done_on: 2027-06-01"),
        ("objectives: [{id: keep, statement: s}]", "objectives: []"),
    ],
)
def test_what_is_no_plan_for_the_renewal(old: str, new: str) -> None:
    assert old in PLAN
    acme = account(plan(PLAN.replace(old, new), more=NOTICE), today=datetime.date(2027, 6, 30))
    assert rules(acme).count("renewal-plan") == 1


def test_the_end_counts_only_without_a_notice_day() -> None:
    today = datetime.date(2027, 12, 1)
    assert "renewal-plan" not in rules(account(plan(more=NOTICE), today=today))


# Tier D


@pytest.mark.parametrize(
    ("sections", "fires"),
    [
        ("", True),
        ("actions: [{id: x, restructure: reprice}]\n", False),
        ("actions: [{id: x, restructure: reprice, done_on: 2026-11-01}]\n", True),
        ("actions: [{id: x}]\n", True),
        ("decisions: [{date: 2026-11-23, kind: drop}]\n", False),
        ("decisions: [{date: 2025-11-24, kind: drop}]\n", False),
        ("decisions: [{date: 2025-11-23, kind: drop}]\n", True),
        ("decisions: [{date: 2026-11-01, kind: keep}]\n", True),
    ],
)
def test_tier_d(sections: str, fires: bool) -> None:
    acme = account(plan(sections, status="former", more=", planned_tier: D"))
    assert ("restructure-or-drop" in rules(acme)) is fires


# Completeness


def _rules(text: str) -> Settings:
    return settings(rules=f"rules:\n  - off: true\n{text}")


RULE = """\
  - id: {id}
    level: {level}
    holds: {holds}
    message: m
    reason: r
"""


def rule(id: str, holds: str, level: str = "error", more: str = "") -> str:
    return RULE.format(id=id, level=level, holds=holds) + more


def test_completeness_is_the_share_of_rules_that_hold() -> None:
    with_ = _rules(
        rule("a", "{present: account.status}")
        + rule("b", "{present: account.owner}")
        + rule("c", "{present: account.owner}", "warning")
        + rule("d", "{present: account.name}", "warning")
        + rule("e", "{present: account.owner}", more="    off: 'true'\n")
        + rule("f", "{present: account.owner}", more="    applies: {status: prospect}\n")
        + rule("g", "{present: account.owner}", more="    applies: {size: [small, large]}\n")
    )
    figure = account(plan(), with_=with_).figures["completeness"]
    assert (figure.value, figure.unit, figure.confidence) == (50, "of 100", 1.0)
    assert [(reason.name, reason.value) for reason in figure.reasons] == [
        ("a", True),
        ("b", False),
        ("c", False),
        ("d", True),
    ]
    assert [reason.setting for reason in figure.reasons] == [
        f"site_config/rules.yaml:{line}" for line in (3, 8, 13, 18)
    ]


def test_without_rules_nothing_can_be_said() -> None:
    with_ = _rules(rule("f", "{present: account.owner}", more="    applies: {status: prospect}\n"))
    figure = account(plan(), with_=with_).figures["completeness"]
    assert (figure.value, figure.confidence, figure.note) == (None, None, "no rule applies")


@pytest.mark.parametrize(
    ("holds", "sections", "held"),
    [
        ("{figure: {key: service.cost_to_serve}}", "service: {objects: []}\n", True),
        ("{figure: {key: service.cost_to_serve, at_most: 0}}", "service: {objects: []}\n", True),
        ("{figure: {key: service.cost_to_serve, at_least: 1}}", "service: {objects: []}\n", False),
        ("{figure: {key: risk.clause_gaps, empty: 'true'}}", "risk: {own: []}\n", True),
        ("{figure: {key: qualification.verdict, is: park}}", "qualification: {}\n", True),
        ("{figure: {key: qualification.verdict, is: [pursue]}}", "qualification: {}\n", False),
        ("{figure: {key: no.such}}", "", False),
        ("{some: {in: actions, at_least: 2}}", "actions: [{id: x}]\n", False),
        ("{some: {in: actions, at_least: 2}}", "actions: [{id: x}, {id: y}]\n", True),
        ("{some: {in: actions, has: [due]}}", "actions: [{id: x}]\n", False),
        (
            "{some: {in: outcomes, where: {amount: {at_least: 5}}}}",
            "outcomes: [{date: 2026-01-01, amount: 5}]\n",
            True,
        ),
        (
            "{some: {in: outcomes, where: {amount: {at_least: 5}}}}",
            "outcomes: [{date: 2026-01-01, amount: 4.9}]\n",
            False,
        ),
        (
            "{any: [{present: strategy.ours}, {present: strategy.theirs}]}",
            "strategy: {theirs: t}\n",
            True,
        ),
        (
            "{any: [{present: strategy.ours}, {present: strategy.theirs}]}",
            "strategy: {how: t}\n",
            False,
        ),
        (
            "{all: [{present: strategy.ours}, {present: strategy.theirs}]}",
            "strategy: {theirs: t}\n",
            False,
        ),
        (
            "{none: {in: actions, where: {due: {after: today+30}}}}",
            "actions: [{id: x, due: 2026-12-23}]\n",
            True,
        ),
        (
            "{none: {in: actions, where: {due: {after: today+30}}}}",
            "actions: [{id: x, due: 2026-12-24}]\n",
            False,
        ),
        ("{each: {in: actions, has: [due]}}", "actions: [{id: x}]\n", False),
        # However a number is written it is the same number
        *(
            (holds, f"risk: {{own: [{{id: x, loss: {loss}}}]}}\n", held)
            for holds in ("{none: {in: risk.own, where: {loss: {at_least: 500}}}}",)
            for loss, held in (
                ("500", False),
                ("5e2", False),
                ("{value: 500, grade: fact}", False),
                ("{value: 499.9, grade: fact}", True),
                ("{unknown: true, owner: kim-larsen, find_by: 2026-12-31}", True),
            )
        ),
        (
            "{none: {in: actions, where: {moved: {is: '3'}}}}",
            "actions: [{id: x, moved: 3.0}]\n",
            False,
        ),
        (
            "{some: {in: relationship.promises, where: {due: {before: today}}}}",
            "relationship: {promises: [{what: x, due: '2026-11-22'}]}\n",
            True,
        ),
    ],
)
def test_the_language_of_rules(holds: str, sections: str, held: bool) -> None:
    acme = account(plan(sections), with_=_rules(rule("x", holds)))
    assert acme.figures["completeness"].reasons[0].value is held
    assert (rules(acme).count("x") == 0) is held


@pytest.mark.parametrize(
    ("holds", "nothing", "something"),
    [
        ("{each: {in: actions, has: [id]}}", "", "actions: [{id: x}]\n"),
        ("{each: {in: actions, has: [id]}}", "actions: []\n", "actions: [{id: x}]\n"),
        (
            "{each: {in: actions, where: {part: {is: [R1, R2]}}, has: [id]}}",
            "actions: [{id: x, part: R3}]\n",
            "actions: [{id: x, part: R2}]\n",
        ),
        ("{filled: {actions.*: [id]}}", "actions: []\n", "actions: [{id: x}]\n"),
        (
            "{none: {in: actions, where: {due: {before: today}}}}",
            "actions: []\n",
            "actions: [{id: x, due: 2026-12-24}]\n",
        ),
        (
            "{all: [{each: {in: actions, has: [id]}}, {each: {in: decisions, has: [date]}}]}",
            "actions: []\n",
            "decisions: [{date: 2026-01-01}]\n",
        ),
        ("{check: unknowns-in-time}", "", f"economics: {{currency: EUR, price: {UNKNOWN}}}\n"),
        ("{check: deals-in-time}", "opportunities: []\n", "opportunities: [{id: x}]\n"),
        ("{check: facts-fresh}", "", "economics: {evidence: {as_of: 2026-11-01}}\n"),
    ],
)
def test_what_is_not_there_is_asked_nothing(holds: str, nothing: str, something: str) -> None:
    with_ = _rules(rule("x", holds) + rule("y", "{present: account.owner}"))
    unasked = account(plan(nothing), with_=with_).figures["completeness"]
    assert [reason.name for reason in unasked.reasons] == ["y"]
    assert unasked.value == 0
    asked = account(plan(something), with_=with_).figures["completeness"]
    assert [reason.name for reason in asked.reasons] == ["x", "y"]
    assert asked.value == 50


@pytest.mark.parametrize(
    ("section", "fires"),
    [
        ("opportunities: [{id: x, as_of: 2020-01-01}]\n", True),
        ("economics: {currency: EUR, price: {value: 5, as_of: 2020-01-01}}\n", True),
        ("economics: {evidence: {as_of: 2020-01-01}}\n", True),
        ("relationship: {promises: [{what: x, as_of: 2020-01-01}]}\n", True),
        # What happened on a day is true for ever
        ("outcomes: [{date: 2020-01-01, as_of: 2020-01-01}]\n", False),
        ("relationship: {trust: [{date: 2020-01-01, as_of: 2020-01-01}]}\n", False),
        ("relationship: {gates: {aware: {as_of: 2020-01-01}}}\n", False),
        ("relationship: {referrals: [{to: x, as_of: 2020-01-01}]}\n", False),
        ("opportunities: [{id: x, as_of: 2026-11-01}]\n", False),
    ],
)
def test_facts_grow_stale_and_events_do_not(section: str, *, fires: bool) -> None:
    assert ("fact-stale" in rules(account(plan(section)))) is fires


def test_any_prefers_what_holds_to_what_is_honestly_unknown() -> None:
    holds = "{any: [{present: economics.price}, {present: strategy.ours}]}"
    text = plan(f"economics: {{price: {UNKNOWN}}}\nstrategy: {{ours: o}}\n")
    acme = account(text, with_=_rules(rule("x", holds)))
    assert acme.figures["completeness"].reasons[0].value is True


# What follows from rules.yaml, for every rule in it

STATUSES = ("prospect", "customer", "former")
PLANS = {
    **{status: plan(status=status) for status in STATUSES},
    "drifting": plan("actions: [{id: x, moved: 9}]\n"),
    "whole": WHOLE,
}


def judged(name: str) -> Account:
    return account(PLANS[name], others={"port": PORT})


def rulebook() -> dict[str, Rule]:
    return {declared.id: declared for declared in settings().rules.rules}


@pytest.mark.parametrize("name", PLANS)
def test_a_finding_has_the_level_of_its_rule(name: str) -> None:
    levels = {declared.id: declared.level for declared in rulebook().values()}
    levels |= {declared.id: declared.level for declared in BUILT_IN}
    assert [
        str(finding) for finding in judged(name).findings if finding.level != levels[finding.rule]
    ] == []


def test_these_plans_have_findings_of_both_levels() -> None:
    levels = {finding.level for name in PLANS for finding in judged(name).findings}
    assert levels == {"error", "warning"}


@pytest.mark.parametrize("name", PLANS)
def test_findings_are_of_the_rules_that_do_not_hold(name: str) -> None:
    acme = judged(name)
    tried = acme.figures["completeness"].reasons
    lacking = {
        reason.name for reason in tried if not reason.value and reason.note != HONESTLY_UNKNOWN
    }
    assert lacking
    unless = {rule.id: rule.unless for rule in rulebook().values()}
    every = set(acme.figures["contradictions"].value)
    clashes = {rule for rule in every if unless[rule] not in lacking}
    assert set(rules(acme)) & rulebook().keys() == lacking | clashes


# What is asked of entries, deadlines and facts is asked of no plan that has none
ABOUT_ENTRIES = {
    *("unknown-overdue", "waiver-expired", "consent-expired", "action-overdue", "contract-decided"),
    *("deal-overdue", "objective-start", "promise-broken", "fact-stale", "action-moved"),
    *("service-role", "own-risk-sized", "clauses", "doubt-measure", "action-whole"),
    "whole-signals",
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_rule_is_tried_on_those_it_is_for(status: str) -> None:
    tried = {reason.name for reason in judged(status).figures["completeness"].reasons}
    asked = {
        id: declared.applies or Applies() for id, declared in rulebook().items() if not declared.off
    }
    for_status = {id for id, to in asked.items() if status in (to.status or STATUSES)}
    by_status_alone = {id for id, to in asked.items() if to == Applies(status=to.status)}
    by_agreement = {id for id, declared in rulebook().items() if declared.holds.agree}
    asked_of_any = for_status & by_status_alone - by_agreement - ABOUT_ENTRIES
    if status == "former":
        asked_of_any -= {"tier-unknown"}
    assert asked_of_any <= tried <= for_status - ABOUT_ENTRIES
