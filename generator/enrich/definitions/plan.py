"""The tier, and how whole the plan is."""

from __future__ import annotations

from generator.enrich.definitions.definition import Definition

PLAN = (
    Definition(
        "tier",
        "Tier",
        "A to D",
        "How much this account deserves, by its cell of the selection matrix.",
        "A: high profit, short payback; B: high, long; C: low, short; D: low, long",
        "R1",
    ),
    Definition(
        "rsvr.parts",
        "Sixteen parts",
        "0 to 1",
        "How far each part of the plan is written, evidenced, agreed and reviewed.",
        "0 nothing; 0.25 begun; 0.5 all there with evidence; 0.75 also agreed with the customer;"
        " 1 also reviewed; stale: one step down",
        "D1",
    ),
    Definition(
        "rsvr.completeness",
        "Plan strength",
        "of 100",
        "How whole the plan is across its four quadrants; an empty quadrant makes it 0.",
        "geometric mean of the four quadrants' means x 100",
        "D1",
    ),
    Definition(
        "rsvr.weakest",
        "Weakest parts",
        "parts",
        "Where to work next.",
        "the parts with the lowest state",
        "D1",
    ),
    Definition(
        "completeness",
        "Completeness",
        "of 100",
        "How many of the rules that apply to this account hold.",
        "rules that hold / rules that apply x 100; honest unknowns do not hold, waived rules are"
        " left out",
        "",
    ),
    Definition(
        "contradictions",
        "Contradictions",
        "rules",
        "Where the plan's own numbers disagree.",
        "pairs of numbers that cannot both be right, or ask for opposite things",
        "",
    ),
    Definition(
        "rsvr.fit",
        "Fit of the method",
        "of 100",
        "How well the whole method suits this account: it is made for what is complex and dear.",
        "100 x by weight: complexity / 5, place of the order's value among all accounts,"
        " importance / 5, share of capital goods",
        "D0",
    ),
    Definition(
        "rsvr.plan_kind",
        "Kind of plan",
        "a word",
        "How much of the method to use.",
        "all sixteen parts, a short plan or standard handling, by the fit",
        "D0",
    ),
    Definition(
        "group.accounts",
        "Accounts of the group",
        "accounts",
        "The account itself and all below it.",
        "the account, its subsidiaries and theirs, each once",
        "",
    ),
    Definition(
        "group.revenue",
        "Revenue of the group",
        "money",
        "What the whole group was billed last year, in the reporting currency.",
        "sum of last year's revenue over the group's accounts, each once",
        "E9",
    ),
    Definition(
        "group.contribution",
        "Contribution of the group",
        "money a year",
        "What the whole group could contribute, in the reporting currency.",
        "sum of contributions over the group's accounts, each once",
        "R1",
    ),
    Definition(
        "group.retained_profit",
        "Retained profit of the group",
        "money",
        "What the whole group is worth if we keep it, in the reporting currency.",
        "sum of retained profits over the group's accounts, each once",
        "R1",
    ),
    Definition(
        "group.exposure",
        "Exposure to the group",
        "money a year",
        "What may be lost with the whole group, on both sides, in the reporting currency.",
        "sum of their risk after measures and our expected loss over the group's accounts",
        "K3",
    ),
    Definition(
        "group.whitespace",
        "White space of the group",
        "money a year",
        "What could still be sold to the whole group, in the reporting currency.",
        "sum of white space over the group's accounts, each once",
        "R1",
    ),
)
