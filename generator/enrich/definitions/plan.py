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
)
