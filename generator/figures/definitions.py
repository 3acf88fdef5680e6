"""All figures in the order in which they are listed: pages, tables, the method."""

from __future__ import annotations

from generator.figures import (
    arguments,
    attention,
    climb,
    communication,
    contacts,
    contract,
    control,
    deal,
    decision_makers,
    economics,
    findings,
    fit,
    group,
    health,
    judged,
    keeping_up,
    ladder,
    levers,
    parts,
    plan_quality,
    proof,
    qualification,
    remedy,
    risk,
    rivals,
    sales,
    selection,
    service,
    standard,
    surroundings,
    survey,
    trust,
    value,
)
from generator.figures.definition import Definition, Maker, makers_of

MODULES = (
    selection,
    health,
    judged,
    attention,
    contract,
    economics,
    qualification,
    group,
    ladder,
    keeping_up,
    decision_makers,
    communication,
    trust,
    contacts,
    climb,
    service,
    value,
    deal,
    standard,
    remedy,
    levers,
    risk,
    proof,
    surroundings,
    rivals,
    parts,
    findings,
    fit,
    arguments,
    plan_quality,
    survey,
    sales,
    control,
)
"""The modules whose functions make figures; what stands first is listed first."""

DEFINITIONS: dict[str, Definition] = {
    definition.key: definition for step in makers_of(MODULES) for definition in step.definitions
}
MAKERS: dict[str, Maker] = {
    definition.key: step
    for step in makers_of(module for module in MODULES if module not in (findings, judged))
    for definition in step.definitions
}
"""By key what makes a figure of an account."""
JUDGED: dict[str, Maker] = {
    definition.key: step for step in makers_of((judged,)) for definition in step.definitions
}
"""By key what makes a figure of an account that the gate has looked at."""
