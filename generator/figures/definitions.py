"""All figures in the order in which they are listed: pages, tables, the method."""

from __future__ import annotations

from generator.figures import (
    answers,
    attention,
    cadence,
    circle,
    climb,
    communication,
    control,
    deal,
    economics,
    findings,
    fit,
    group,
    ladder,
    levers,
    lifecycle,
    mix,
    negotiation,
    parts,
    plan_quality,
    practice,
    product,
    promised,
    proof,
    qualification,
    reasons,
    revenue,
    risk,
    rivals,
    sales,
    selection,
    service,
    service_climate,
    stability,
    standard,
    surroundings,
    survey,
    swot,
    trust,
    value,
)
from generator.figures.definition import Definition, Step, steps_of

MODULES = (
    selection,
    stability,
    economics,
    revenue,
    qualification,
    group,
    ladder,
    attention,
    communication,
    trust,
    circle,
    climb,
    service,
    service_climate,
    value,
    deal,
    standard,
    promised,
    negotiation,
    levers,
    product,
    risk,
    proof,
    surroundings,
    answers,
    swot,
    lifecycle,
    rivals,
    mix,
    parts,
    findings,
    fit,
    reasons,
    plan_quality,
    cadence,
    practice,
    survey,
    sales,
    control,
)
"""The modules whose functions make figures; what stands first is listed first."""

DEFINITIONS: dict[str, Definition] = {
    definition.key: definition for step in steps_of(MODULES) for definition in step.definitions
}
MAKERS: dict[str, Step] = {
    definition.key: step
    for step in steps_of(module for module in MODULES if module is not findings)
    for definition in step.definitions
}
"""By key what makes a figure of an account; the gate makes those of findings."""
