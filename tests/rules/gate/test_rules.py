"""Each completeness rule: where it fires, with its whole line, and where it does not."""

from __future__ import annotations

import datetime
import re

import pytest

from tests.figures.small import account, plan, settings

QUESTIONS = [
    "target",
    "satisfaction",
    "brand",
    "need",
    "solution",
    "money",
    "authority",
    "competition",
    "comparison",
    "trend",
]
ANSWERED = (
    "qualification: {" + ", ".join(f"{question}: {{score: 1}}" for question in QUESTIONS) + "}\n"
)
UNKNOWN = "unknown: true, owner: kim-larsen, find_by: 2026-12-31"
EUR = "economics: {currency: EUR}\n"
TIER_A, TIER_B, TIER_C, TIER_D = (f", planned_tier: {tier}" for tier in "ABCD")
SIX = "product: 9, relationship: 0, quality: 0, service: 0, image: 0, technology: 0"
COSTS = "monetary: 1, switching: 0, effort: 0, time: 0, opportunity: 0, risk: 0"
SCORES = ", ".join(
    f"{name}: {{score: 1, weight: 1}}"
    for name in ("product", "relationship", "quality", "service", "image", "technology")
)
COST_SCORES = ", ".join(
    f"{name}: {{score: 1, weight: 1}}"
    for name in ("monetary", "switching", "effort", "time", "opportunity", "risk")
)
TALKS = (
    "interactions: [{date: 2026-11-01, contacts: [a], two_way: true},"
    " {date: 2026-11-02, contacts: [b], two_way: true}]"
)
OBJECTS = (
    "service: {objects: [{id: x, level: company, stage: pre_sale, role: buyer, activities: []},"
    " {id: y, level: handler, stage: sale, role: user, activities: []},"
    " {id: z, level: related, stage: after_sale, role: sponsor, activities: []}]}\n"
)
CLAUSES = "preventive_clause: a, liability_clause: b"
RENEWAL = "actions: [{id: talk, prepares: renewal, due: 2026-12-01}]\n"
AIM = "objectives: [{id: keep, statement: Keep them}]\n"
WHO = ", industry: logistics, region: emea, size: small, next: {date: 2026-12-01}"
PARTS = (
    "strategy: {ours: a}\n"
    "economics: {currency: EUR, price: 2, production_cost: 1, marketing_cost: 1}\n"
    "relationship: {personal_data: {source: a}, gates: {aware: {date: 2022-01-01}}}\n"
    "environment: {macro: [{statement: a}], market: [{statement: b}]}\n"
    "competition: {rivals: [{id: north, name: North}]}\n"
    "offerings: {drives: {status: not_applicable}}\n"
    "decisions: [{date: 2026-01-01, kind: keep}]\n"
)
RISKS = "risk: {evidence: {grade: fact, as_of: 2026-11-01, source: a}, own: []}\n"
SURE = "evidence: {grade: fact, as_of: 2026-11-01, source: a}"
RATED = (
    "service: {satisfaction: [{date: 2026-11-01, score: 9}], objects: [{id: x, level: company,"
    " stage: pre_sale, role: buyer, promised: 2, delivered: 1}]}\n"
    "economics: {currency: EUR, revenue: [{year: 2025, amount: 5}]}\n"
)
SOLD = "offerings: {drives: {status: %s%s}}\n"


def found_by(rule: str, sections: str, status: str = "customer", more: str = "") -> list[str]:
    acme = account(plan(sections, status=status, more=more))
    return [
        str(finding).removeprefix("playbooks/acme.yaml:")
        for finding in acme.findings
        if finding.rule == rule
    ]


# rule, sections from line 4 on, status, more about the account on line 2; what is said
FIRES: list[tuple[str, str, str, str, list[str]]] = [
    (
        "owner",
        "",
        "customer",
        "",
        ["2:1: error: nobody owns this account; add 'owner:' under account [owner]"],
    ),
    (
        "qualification-answered",
        ANSWERED.replace("need: {score: 1}, ", ""),
        "prospect",
        "",
        [
            (
                "4:1: error: question 'need' is not answered; add it under qualification with a score,"
                " or 'unknown: true' with owner and find_by [qualification-answered]"
            )
        ],
    ),
    (
        "contact",
        "",
        "prospect",
        "",
        ["1:1: error: no contact; add one under relationship.contacts [contact]"],
    ),
    (
        "contact",
        "relationship:\n  contacts:\n    - {id: a, left_on: 2026-11-23}\n",
        "former",
        "",
        ["5:3: error: no contact; add one under relationship.contacts [contact]"],
    ),
    (
        "executive-sponsor",
        "",
        "prospect",
        TIER_B,
        [
            (
                "2:1: error: an account of tier A or B needs one of our executives;"
                " add 'executive_sponsor:' under account [executive-sponsor]"
            )
        ],
    ),
    (
        "decider",
        "relationship:\n  contacts:\n    - {id: a, roles: [champion, buyer]}\n",
        "prospect",
        TIER_A,
        [
            (
                "5:3: error: no contact has the role 'decider'; find out who decides and add it to a"
                " contact's roles [decider]"
            )
        ],
    ),
    (
        "champion",
        "relationship: {contacts: [{id: a, roles: [champion], left_on: 2026-01-01}]}\n",
        "prospect",
        TIER_A,
        [
            (
                "4:16: error: no contact has the role 'champion'; win one and add it to a contact's"
                " roles [champion]"
            )
        ],
    ),
    (
        "contact-owner",
        "relationship:\n  contacts:\n    - {id: a, owner: kim-larsen}\n    - {id: b}\n",
        "prospect",
        TIER_A,
        ["7:7: error: contact 'b' has no owner; add who of us keeps it [contact-owner]"],
    ),
    (
        "threads",
        "relationship: {contacts: [{id: a}, {id: b, left_on: 2026-11-20}], " + TALKS + "}\n",
        "prospect",
        TIER_A,
        [
            (
                "4:1: error: contacts with a two-way exchange in the window: 1; at least 2 are needed,"
                " record exchanges under relationship.interactions [threads]"
            )
        ],
    ),
    (
        "threads",
        "relationship: {contacts: []}\n",
        "prospect",
        TIER_A,
        [
            (
                "4:1: error: contacts with a two-way exchange in the window: not known; at least 2 are"
                " needed, record exchanges under relationship.interactions [threads]"
            )
        ],
    ),
    (
        "values-and-costs",
        f"{EUR}value: {{values: {{{SIX}}}, costs: {{monetary: 1, risk: 0}}}}\n",
        "prospect",
        TIER_A,
        [
            (
                "5:1: error: value against cost cannot be told; missing: value.costs.switching,"
                " value.costs.effort, value.costs.time, value.alternatives [values-and-costs]"
            )
        ],
    ),
    (
        "values-and-costs",
        f"value: {{mode: score, values: {{{SCORES}}}}}\n",
        "prospect",
        TIER_A,
        [
            (
                "4:1: error: value against cost cannot be told; missing: value.costs.monetary,"
                " value.costs.switching, value.costs.effort, value.costs.time, value.costs.opportunity,"
                " value.costs.risk [values-and-costs]"
            )
        ],
    ),
    (
        "standard-agreed",
        (
            "value: {standard: [{item: a, agreed_by_us: 2026-01-01, agreed_by_customer: 2026-01-01},"
            " {item: b}]}\n"
        ),
        "prospect",
        TIER_A,
        [
            (
                "4:1: error: both sides agreed on 50 % of the value standard; give its entries"
                " agreed_by_us and agreed_by_customer until 80 % of the weight has both [standard-agreed]"
            )
        ],
    ),
    (
        "objective",
        "objectives:\n  - {id: x, metric: m, baseline: 1, target: 2}\n",
        "prospect",
        TIER_A,
        [
            (
                "4:1: error: no objective has metric, baseline, target and due; add or complete one"
                " under objectives [objective]"
            )
        ],
    ),
    (
        "weakest-part",
        # R2 is begun by the promises: not one of the weakest
        "relationship: {promises: []}\nactions: [{id: x, part: R2}, {id: y, part: R1, done_on: 2026-11-01}]\n",
        "prospect",
        TIER_A,
        [
            (
                "5:1: error: no open action works on a weakest part of the plan: R1 (Customer"
                " selection), R3 (Communication), R4 (Upgrading), S1 (Service objects), S2 (Service"
                " degree) and 10 more; add one under actions with its 'part', such as 'part: R1'"
                " (playbook explain R1 says what it asks for) [weakest-part]"
            )
        ],
    ),
    (
        "customer-risks",
        "risk: {own: []}\n",
        "prospect",
        TIER_C,
        [
            (
                "4:1: error: their doubts about us are not listed; add risk.customer ('[]' says: looked,"
                " none) [customer-risks]"
            )
        ],
    ),
    (
        "own-risks",
        "risk: {customer: []}\n",
        "prospect",
        TIER_C,
        [
            (
                "4:1: error: the risks they bring us are not listed; add risk.own ('[]' says: looked,"
                " none) [own-risks]"
            )
        ],
    ),
    (
        "own-risk-sized",
        "risk: {own: [{id: x, class: payment, loss: 1}]}\n",
        "prospect",
        TIER_C,
        [
            (
                "4:14: error: own risk 'x' has no probability; without it nobody can tell whether it"
                " needs clauses, add it [own-risk-sized]"
            )
        ],
    ),
    (
        "clauses",
        f"{EUR}risk: {{own: [{{id: x, probability: 1, loss: 5001, preventive_clause: a}}]}}\n",
        "prospect",
        TIER_C,
        [
            (
                "5:14: error: own risk 'x' is over the threshold and has no liability_clause; agree one"
                " and add it [clauses]"
            )
        ],
    ),
    (
        "doubt-measure",
        "risk: {customer: [{id: x, measure: m}, {id: y}]}\n",
        "prospect",
        TIER_C,
        ["4:40: error: doubt 'y' has no measure; say what we do against it [doubt-measure]"],
    ),
    (
        "service-levels",
        OBJECTS.replace("level: related, ", ""),
        "customer",
        "",
        [
            (
                "4:11: error: no service object of level 'related'; add one under service.objects"
                " [service-levels]"
            )
        ],
    ),
    (
        "service-stages",
        OBJECTS.replace("stage: pre_sale", "stage: sale"),
        "customer",
        "",
        [
            (
                "4:11: error: no service object of stage 'pre_sale'; add one under service.objects"
                " [service-stages]"
            )
        ],
    ),
    (
        "service-role",
        OBJECTS.replace("role: buyer, ", ""),
        "customer",
        "",
        [
            (
                "4:21: error: service object 'x' has no role; add it, or a contact that has one"
                " [service-role]"
            )
        ],
    ),
    (
        "cost-to-serve",
        "service: {objects: [{id: x}]}\n",
        "customer",
        "",
        [
            (
                "4:1: error: the cost to serve is not known; missing: service.objects.x.activities"
                " [cost-to-serve]"
            )
        ],
    ),
    (
        "contract-days",
        "",
        "customer",
        ", contract: {notice_by: 2027-06-30}",
        ["2:63: error: the contract has no 'end'; add it under account.contract [contract-days]"],
    ),
    (
        "contract-days",
        "",
        "customer",
        "",
        [
            "2:1: error: the contract has no 'end'; add it under account.contract [contract-days]",
            (
                "2:1: error: the contract has no 'notice_by'; add it under account.contract"
                " [contract-days]"
            ),
        ],
    ),
    (
        "renewal-plan",
        AIM,
        "customer",
        ", contract: {end: 2027-01-01}",
        [
            (
                "1:1: error: the contract can be ended soon; add an objective, and an open action with"
                " 'prepares: renewal' due before that day [renewal-plan]"
            )
        ],
    ),
    (
        "restructure-or-drop",
        "decisions: []\nactions: []\n",
        "former",
        TIER_D,
        [
            (
                "5:1: error: an account of tier D needs an open action with 'restructure', or a decision"
                " of kind drop within a year [restructure-or-drop]"
            )
        ],
    ),
    (
        "unknown-overdue",
        "economics:\n  price: {unknown: true, owner: kim-larsen, find_by: 2026-11-22}\n",
        "former",
        "",
        [
            (
                "5:54: error: 'economics.price' should have been found out by 2026-11-22 (kim-larsen);"
                " fill it in [unknown-overdue]"
            )
        ],
    ),
    (
        "unknown-overdue",
        (
            "risk:\n  own:\n    - id: x\n"
            "      loss: {unknown: true, owner: li-wei, find_by: 2026-01-01}\n"
        ),
        "former",
        "",
        [
            (
                "7:53: error: 'risk.own.x.loss' should have been found out by 2026-01-01 (li-wei);"
                " fill it in [unknown-overdue]"
            )
        ],
    ),
    (
        "waiver-expired",
        "waivers: [{rule: owner, reason: r, by: kim-larsen, until: 2026-11-22}]\n",
        "former",
        "",
        [
            (
                "4:59: error: the waiver of 'owner' ran out on 2026-11-22; meet the rule and delete the"
                " waiver [waiver-expired]"
            )
        ],
    ),
    (
        "consent-expired",
        "relationship: {reference: {consent_until: 2026-11-22}}\n",
        "former",
        "",
        [
            (
                "4:43: error: their consent to be shown ran out on 2026-11-22; renew it or delete the"
                " reference [consent-expired]"
            )
        ],
    ),
    (
        "action-overdue",
        "actions: [{id: call, due: 2026-11-22}]\n",
        "former",
        "",
        [
            (
                "4:27: error: action 'call' was due on 2026-11-22; set done_on, or a new due day"
                " [action-overdue]"
            )
        ],
    ),
    (
        "contract-decided",
        "",
        "customer",
        ", contract: {end: 2026-11-22}",
        [
            (
                "2:79: error: the contract's end was 2026-11-22, and nothing was decided; write down the"
                " new contract, or a decision of kind keep, restructure or drop [contract-decided]"
            )
        ],
    ),
    (
        "deal-overdue",
        "opportunities: [{id: big, close_on: 2026-11-22}]\n",
        "former",
        "",
        [
            (
                "4:37: warning: the deal 'big' should have closed on 2026-11-22; write down how it went,"
                " or a new day [deal-overdue]"
            )
        ],
    ),
    (
        "objective-start",
        "objectives: [{id: keep, start: 2026-01-01}, {id: grow, due: 2026-12-31}]\n",
        "former",
        "",
        [
            (
                "4:45: warning: objective 'grow' has no 'start'; write the day of its baseline, or nobody"
                " can tell whether it is in time [objective-start]"
            )
        ],
    ),
    (
        "promise-broken",
        "relationship: {promises: [{what: Call back, due: 2026-11-22}]}\n",
        "former",
        "",
        [
            (
                "4:50: error: the promise 'Call back' was due on 2026-11-22; keep it and set kept_on, or"
                " agree a new day [promise-broken]"
            )
        ],
    ),
    (
        "fact-stale",
        "economics:\n  currency: EUR\n  price: {value: 5, as_of: 2025-11-22}\n",
        "former",
        "",
        [
            (
                "6:18: warning: 'economics.price' dates from 2025-11-22 and is past its shelf life;"
                " look again and renew as_of [fact-stale]"
            )
        ],
    ),
    (
        "fact-stale",
        "economics:\n  evidence: {as_of: 2025-01-01}\n  currency: EUR\n  price:\n    5\n",
        "former",
        "",
        [
            (
                "5:21: warning: 'economics.evidence' dates from 2025-01-01 and is past its shelf life;"
                " look again and renew as_of [fact-stale]"
            )
        ],
    ),
    (
        "action-moved",
        "actions: [{id: call, moved: 3}]\n",
        "former",
        "",
        [
            (
                "4:29: warning: action 'call' was put off 3 times; do it, hand it over or drop it"
                " [action-moved]"
            )
        ],
    ),
    (
        "action-whole",
        "actions: [{id: call, what: Call}]\n",
        "prospect",
        TIER_C,
        [
            "4:11: error: action 'call' has no 'due'; add it, or delete the action [action-whole]",
            "4:11: error: action 'call' has no 'owner'; add it, or delete the action [action-whole]",
        ],
    ),
    (
        "sections",
        PARTS.replace("strategy: {ours: a}\n", ""),
        "prospect",
        TIER_A + WHO,
        ["1:1: warning: a strategic account's plan has 'strategy'; add it [sections]"],
    ),
    (
        "evidence",
        RISKS.replace(", source: a", ""),
        "prospect",
        TIER_A,
        [
            "4:8: warning: 'risk.evidence' has no 'source'; say how sure it is, as of when, and from where [evidence]"
        ],
    ),
    (
        "evidence",
        "risk: {own: []}\n",
        "prospect",
        TIER_A,
        [
            "4:1: warning: 'risk' has no 'evidence'; say how sure it is, as of when, and from where [evidence]"
        ],
    ),
    (
        "whole-entries",
        "outcomes: [{date: 2026-01-01, kind: renewed, amount: 5}, {date: 2026-02-01, kind: lost, reason: price}]\n",
        "prospect",
        TIER_A,
        [
            "4:12: warning: 'outcomes.2026-01-01' has no 'reason'; add it [whole-entries]",
            "4:58: warning: 'outcomes.2026-02-01' has no 'amount'; add it [whole-entries]",
        ],
    ),
    (
        "whole-signals",
        (
            "relationship: {trust: [{date: 2026-01-01, trust: 4}],\n promises: [{what: a}]}\n"
            "service: {satisfaction: [{date: 2026-01-01, score: 4}]}\n"
        ),
        "customer",
        TIER_B,
        [
            (
                "4:24: warning: 'relationship.trust.2026-01-01' has no 'buy_again'; health is read"
                " from it and looks better without [whole-signals]"
            ),
            (
                "5:13: warning: 'a' has no 'due'; health is read from it and looks better without"
                " [whole-signals]"
            ),
            (
                "6:26: warning: 'service.satisfaction.2026-01-01' has no 'scale'; health is read"
                " from it and looks better without [whole-signals]"
            ),
        ],
    ),
    (
        "measured",
        RATED.replace(", delivered: 1", ""),
        "customer",
        TIER_A,
        [
            "4:67: warning: 'delivered' is not measured; ask or count, and write down the newest value [measured]"
        ],
    ),
    (
        "offering-sized",
        SOLD % ("ours", ", revenue: 5"),
        "prospect",
        TIER_A,
        [
            "4:13: warning: 'offerings.drives' has no 'potential'; add it (0 where they buy nothing from us) [offering-sized]"
        ],
    ),
    (
        "offering-rival",
        SOLD % ("competitor", ", revenue: 0"),
        "prospect",
        TIER_A,
        [
            "4:13: warning: a competitor sells 'offerings.drives', and it is not said who; add 'competitor:' with a rival's id [offering-rival]"
        ],
    ),
]

QUIET: list[tuple[str, str, str, str]] = [
    ("owner", "", "customer", ", owner: kim-larsen"),
    ("reviewed", "", "customer", ""),
    ("qualification-answered", ANSWERED, "prospect", ""),
    (
        "qualification-answered",
        ANSWERED.replace("need: {score: 1}", f"need: {{{UNKNOWN}}}"),
        "prospect",
        "",
    ),
    ("contact", "relationship: {contacts: [{id: a}]}\n", "prospect", ""),
    ("contact", "relationship: {contacts: [{id: a, left_on: 2026-11-24}]}\n", "prospect", ""),
    ("executive-sponsor", "", "prospect", TIER_A + ", executive_sponsor: li-wei"),
    ("executive-sponsor", "", "prospect", TIER_C),
    (
        "decider",
        "relationship: {contacts: [{id: a, roles: [buyer, decider]}]}\n",
        "prospect",
        TIER_A,
    ),
    ("decider", "", "prospect", TIER_C),
    (
        "champion",
        "relationship: {contacts: [{id: a, roles: [champion], left_on: 2027-01-01}]}\n",
        "prospect",
        TIER_A,
    ),
    (
        "contact-owner",
        "relationship: {contacts: [{id: a, owner: li-wei}, {id: b, left_on: 2026-01-01}]}\n",
        "prospect",
        TIER_A,
    ),
    ("contact-owner", "relationship: {contacts: [{id: a}]}\n", "prospect", TIER_C),
    (
        "threads",
        "relationship: {contacts: [{id: a}, {id: b}], " + TALKS + "}\n",
        "prospect",
        TIER_A,
    ),
    (
        "values-and-costs",
        f"{EUR}value: {{values: {{{SIX}}}, costs: {{{COSTS}}}}}\n",
        "prospect",
        TIER_A,
    ),
    (
        "values-and-costs",
        f"value: {{mode: score, values: {{{SCORES}}}, costs: {{{COST_SCORES}}}}}\n",
        "prospect",
        TIER_A,
    ),
    (
        "standard-agreed",
        (
            "value: {standard: [{item: a, weight: 4, agreed_by_us: 2026-01-01,"
            " agreed_by_customer: 2026-01-01}, {item: b}]}\n"
        ),
        "prospect",
        TIER_A,
    ),
    (
        "objective",
        "objectives: [{id: x, metric: m, baseline: 1, target: 2, due: 2027-01-01}]\n",
        "prospect",
        TIER_A,
    ),
    ("weakest-part", "actions: [{id: x, part: R1}]\n", "prospect", TIER_A),
    ("customer-risks", "risk: {customer: []}\n", "prospect", TIER_C),
    ("customer-risks", "", "prospect", TIER_D),
    ("own-risks", "risk: {own: []}\n", "prospect", TIER_C),
    ("own-risk-sized", "risk: {own: [{id: x, probability: 0, loss: 0}]}\n", "prospect", TIER_C),
    (
        "own-risk-sized",
        f"risk: {{own: [{{id: x, probability: {{{UNKNOWN}}}, loss: 5}}]}}\n",
        "prospect",
        TIER_C,
    ),
    (
        "clauses",
        f"{EUR}risk: {{own: [{{id: x, probability: 1, loss: 5000}}]}}\n",
        "prospect",
        TIER_C,
    ),
    (
        "clauses",
        f"{EUR}risk: {{own: [{{id: x, probability: 1, loss: 5001, {CLAUSES}}}]}}\n",
        "prospect",
        TIER_C,
    ),
    ("doubt-measure", "risk: {customer: [{id: x, measure: m}]}\n", "prospect", TIER_C),
    ("service-levels", OBJECTS, "customer", ""),
    (
        "service-levels",
        "relationship: {contacts: [{id: a, level: related}]}\n"
        + OBJECTS.replace("level: related, ", "contact: a, "),
        "customer",
        "",
    ),
    ("service-levels", "", "prospect", ""),
    ("service-stages", OBJECTS, "customer", ""),
    ("service-stages", "", "former", ""),
    ("service-role", OBJECTS, "customer", ""),
    (
        "service-role",
        "relationship: {contacts: [{id: a, roles: [buyer]}]}\n"
        + OBJECTS.replace("role: buyer, ", "contact: a, "),
        "customer",
        "",
    ),
    ("cost-to-serve", OBJECTS, "customer", ""),
    ("cost-to-serve", "", "prospect", ""),
    ("contract-days", "", "customer", ", contract: {end: 2027-12-31, notice_by: 2027-06-30}"),
    ("contract-days", "", "prospect", ""),
    ("renewal-plan", AIM + RENEWAL, "customer", ", contract: {end: 2027-01-01}"),
    ("renewal-plan", "", "prospect", ", contract: {end: 2027-01-01}"),
    ("restructure-or-drop", "actions: [{id: x, restructure: cost}]\n", "prospect", TIER_D),
    ("restructure-or-drop", "decisions: [{date: 2025-11-24, kind: drop}]\n", "prospect", TIER_D),
    ("restructure-or-drop", "", "prospect", TIER_C),
    ("unknown-overdue", f"economics: {{price: {{{UNKNOWN}}}}}\n", "former", ""),
    (
        "unknown-overdue",
        "economics: {price: {unknown: true, owner: kim-larsen, find_by: 2026-11-23}}\n",
        "former",
        "",
    ),
    (
        "waiver-expired",
        "waivers: [{rule: owner, reason: r, by: kim-larsen, until: 2026-11-23}]\n",
        "former",
        "",
    ),
    ("consent-expired", "relationship: {reference: {consent_until: 2026-11-23}}\n", "former", ""),
    ("consent-expired", "relationship: {reference: {result: r}}\n", "former", ""),
    ("action-overdue", "actions: [{id: call, due: 2026-11-23}, {id: mail}]\n", "former", ""),
    (
        "action-overdue",
        "actions: [{id: call, due: 2026-11-01, done_on: 2026-11-20}]\n",
        "former",
        "",
    ),
    ("contract-decided", "", "customer", ", contract: {end: 2026-11-23}"),
    ("deal-overdue", "opportunities: [{id: big, close_on: 2026-11-23}]\n", "former", ""),
    ("objective-start", "objectives: [{id: keep, start: 2026-01-01}]\n", "former", ""),
    ("objective-start", "objectives: []\n", "customer", ""),
    ("promise-broken", "relationship: {promises: [{what: w, due: 2026-11-23}]}\n", "former", ""),
    (
        "promise-broken",
        "relationship: {promises: [{what: w, due: 2026-11-01, kept_on: 2026-11-20}]}\n",
        "former",
        "",
    ),
    (
        "fact-stale",
        "economics: {currency: EUR, price: {value: 5, as_of: 2025-11-23}}\n",
        "former",
        "",
    ),
    ("action-moved", "actions: [{id: call, moved: 2}]\n", "former", ""),
    ("action-moved", "actions: [{id: call, moved: 3, done_on: 2026-11-20}]\n", "former", ""),
    (
        "action-whole",
        "actions: [{id: call, what: Call, owner: kim-larsen, due: 2026-12-01}]\n",
        "prospect",
        TIER_C,
    ),
    ("action-whole", "actions: [{id: call}]\n", "prospect", TIER_D),
    ("sections", PARTS, "prospect", TIER_A + WHO),
    ("sections", "", "prospect", TIER_B),
    ("evidence", RISKS, "prospect", TIER_A),
    ("evidence", "risk: {own: []}\n", "prospect", TIER_B),
    (
        "whole-entries",
        "outcomes: [{date: 2026-01-01, kind: won, amount: 5, reason: price}]\n",
        "prospect",
        TIER_A,
    ),
    (
        "whole-entries",
        "risk: {customer: [{id: late, doubt: a, class: delivery, measure_cost: {"
        + UNKNOWN
        + "}, value_argument: b, named_by: us, owner: kim-larsen, due: 2026-12-01}]}\n",
        "prospect",
        TIER_A,
    ),
    ("whole-entries", "outcomes: [{date: 2026-01-01}]\n", "prospect", TIER_B),
    (
        "whole-signals",
        "relationship: {promises: [{what: a, due: 2026-01-01}]}\n",
        "customer",
        TIER_B,
    ),
    ("whole-signals", "relationship: {promises: [{what: a}]}\n", "customer", TIER_A),
    ("whole-signals", "relationship: {promises: [{what: a}]}\n", "prospect", TIER_B),
    ("measured", RATED, "customer", TIER_A),
    ("measured", "", "prospect", TIER_A),
    ("offering-sized", SOLD % ("ours", ", potential: 0, revenue: 5"), "prospect", TIER_A),
    ("offering-sized", SOLD % ("not_applicable", ""), "prospect", TIER_A),
    ("offering-rival", SOLD % ("open", ", revenue: 0"), "prospect", TIER_A),
]


@pytest.mark.parametrize(("rule", "sections", "status", "more", "messages"), FIRES)
def test_a_rule_fires(
    rule: str, sections: str, status: str, more: str, messages: list[str]
) -> None:
    assert found_by(rule, sections, status, more) == messages


@pytest.mark.parametrize(("rule", "sections", "status", "more"), QUIET)
def test_a_rule_keeps_quiet(rule: str, sections: str, status: str, more: str) -> None:
    assert found_by(rule, sections, status, more) == []


def test_every_rule_is_tried_both_ways() -> None:
    elsewhere = {"tier-unknown", "reviewed"}
    rules = {rule.id for rule in settings().rules.rules if rule.holds.agree is None} - elsewhere
    assert {case[0] for case in FIRES} - elsewhere == rules
    assert {case[0] for case in QUIET} - elsewhere == rules


@pytest.mark.parametrize(
    ("more", "day", "messages"),
    [
        ("", "2026-12-30", []),  # 90 days after 1 October
        (
            "",
            "2026-12-31",
            [
                (
                    "2:51: error: last review of the whole plan: 2026-10-01; go through it and set"
                    " account.reviewed (at most 90 days old) [reviewed]"
                )
            ],
        ),
    ],
)
def test_reviewed_within_its_shelf_life(more: str, day: str, messages: list[str]) -> None:
    acme = account(plan(more=more), today=datetime.date.fromisoformat(day))
    assert [
        str(finding).removeprefix("playbooks/acme.yaml:")
        for finding in acme.findings
        if finding.rule == "reviewed"
    ] == messages


def test_never_reviewed() -> None:
    acme = account("schema: 1\naccount: {name: A, status: former}\nsummary: S.\n")
    assert [str(finding) for finding in acme.findings if finding.rule == "reviewed"] == [
        (
            "playbooks/acme.yaml:2:1: error: last review of the whole plan: never; go through it and set"
            " account.reviewed (at most 90 days old) [reviewed]"
        )
    ]


ALL_SECTIONS = "".join(dict.fromkeys(sections for _, sections, *_ in FIRES))


@pytest.mark.parametrize(("rule", "sections", "status", "more", "messages"), FIRES)
def test_no_message_has_a_place_left_to_fill(
    rule: str, sections: str, status: str, more: str, messages: list[str]
) -> None:
    for finding in account(plan(sections, status=status, more=more)).findings:
        assert not re.search(r"\{[a-z_]*\}", finding.message), finding


def test_words_of_a_playbook_are_not_taken_for_places_to_fill() -> None:
    messages = found_by(
        "promise-broken", 'relationship: {promises: [{what: "{value}", due: 2026-11-22}]}\n'
    )
    assert messages == [
        (
            "4:50: error: the promise '{value}' was due on 2026-11-22; keep it and set kept_on, or"
            " agree a new day [promise-broken]"
        )
    ]


@pytest.mark.parametrize(
    ("rule", "sections", "more"),
    [
        ("contact-owner", "relationship: {contacts: [{id: a}, {id: b}]}\n", TIER_A),
        ("doubt-measure", "risk: {customer: [{id: a}, {id: b}]}\n", TIER_A),
        ("own-risk-sized", "risk: {own: [{id: a, loss: 1}, {id: b, loss: 1}]}\n", TIER_A),
        (
            "clauses",
            (
                f"{EUR}risk: {{own: [{{id: a, probability: 1, loss: 9000, liability_clause: c}},"
                " {id: b, probability: 1, loss: 9000, liability_clause: c}]}\n"
            ),
            TIER_A,
        ),
        ("service-levels", "", ""),
        ("service-stages", "", ""),
        ("service-role", "service: {objects: [{id: a}, {id: b}]}\n", ""),
        ("contract-days", "", ""),
        ("qualification-answered", "", ""),
        (
            "action-overdue",
            "actions: [{id: a, due: 2026-01-01}, {id: b, due: 2026-01-01}]\n",
            "",
        ),
        (
            "deal-overdue",
            "opportunities: [{id: a, close_on: 2026-01-01}, {id: b, close_on: 2026-01-01}]\n",
            "",
        ),
        ("objective-start", "objectives: [{id: a}, {id: b}]\n", ""),
        (
            "promise-broken",
            "relationship: {promises: [{what: a, due: 2026-01-01}, {what: b, due: 2026-01-01}]}\n",
            "",
        ),
        (
            "unknown-overdue",
            (
                "risk: {own: [{id: a, loss: {unknown: true, owner: li-wei, find_by: 2026-01-01}},"
                " {id: b, loss: {unknown: true, owner: li-wei, find_by: 2026-01-01}}]}\n"
            ),
            "",
        ),
        (
            "fact-stale",
            (
                "economics: {currency: EUR, price: {value: 1, as_of: 2020-01-01},"
                " retention: {value: 1, as_of: 2020-01-01}}\n"
            ),
            "",
        ),
        ("action-moved", "actions: [{id: a, moved: 5}, {id: b, moved: 5}]\n", ""),
    ],
)
def test_two_gaps_of_one_rule_have_two_entries(rule: str, sections: str, more: str) -> None:
    entries = [
        finding.entry
        for finding in account(plan(sections, more=more)).findings
        if finding.rule == rule
    ]
    assert len(entries) > 1
    assert len(set(entries)) == len(entries)
    assert all(entries)
