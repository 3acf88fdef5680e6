"""How we talk with them, and who stands around them."""

from __future__ import annotations

from generator.enrich.definitions.definition import Definition

TALKS = (
    Definition(
        "relationship.communication",
        "Communication",
        "of 100",
        "How much we talk with them, on which levels, and whether of all that matters.",
        "100 x (filled x mean of min(1, cell) + balance x smallest / largest dimension"
        " + evenness x entropy of the elements / its largest); cell: talks of the last days,"
        " each counting half after each half-life",
        "R3",
    ),
    Definition(
        "relationship.coverage",
        "Contacts kept in touch with",
        "share",
        "How much of the influence in their house has one of us and a recent exchange.",
        "influence of contacts with an owner and a two-way exchange of the last days"
        " / influence of all; 1 where none is written",
        "R3",
    ),
    Definition(
        "relationship.overdue",
        "Longest wait",
        "days",
        "How long somebody has waited for us beyond the rhythm we set ourselves.",
        "largest of days since the last talk - rhythm, not below 0; without a talk, days since"
        " we collected their data",
        "R3",
    ),
    Definition(
        "relationship.initiative",
        "Talks we began",
        "share",
        "Whether we lead the talks without leaving them no room to begin one.",
        "recent talks that we began / those of which it is known who began",
        "C5",
    ),
    Definition(
        "relationship.trust",
        "Trust",
        "of 5",
        "How far they trust us, as they last said it.",
        "the newest answer",
        "R2",
    ),
    Definition(
        "relationship.trust_change",
        "Change of trust",
        "of 5",
        "Whether their trust grows or falls.",
        "newest answer - the newest one that is older by the window of talks or more",
        "R2",
    ),
    Definition(
        "relationship.buy_again",
        "Would buy again",
        "of 10",
        "How likely they buy again, as they last said it.",
        "the newest answer",
        "R2",
    ),
    Definition(
        "relationship.velocity",
        "Speed on the ladder",
        "rungs a year",
        "How fast the relationship climbs, or whether it slips.",
        "rungs gained within a year by the dates of their gates - 1 when the last one has lapsed",
        "R4",
    ),
    Definition(
        "relationship.influence_value",
        "Worth of their introductions",
        "money a year",
        "What those may bring to whom they have introduced us.",
        "sum of probability x margin of introductions",
        "R4",
    ),
    Definition(
        "relationship.circle",
        "Their circle reached",
        "share",
        "How many of the organisations around them we are in touch with.",
        "organisations reached / organisations within two links, over all playbooks",
        "R4",
    ),
)
