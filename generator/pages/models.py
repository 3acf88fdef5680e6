"""The models of the method: the figures and settings of each, and the model of each figure."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from generator.figures.definition import Definition
from generator.figures.definitions import DEFINITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model; its words stand in the block of its name."""

    name: str
    title: str
    sentence: str
    figures: tuple[str, ...]
    """Keys of figures, or the first words of keys; the longest that fits decides."""
    settings: tuple[str, ...] = ()
    """File and first steps of the settings that the model uses: 'scoring.service'."""


MODELS = (
    Model(
        name="qualification",
        title="Qualification",
        sentence="Ten questions before money and time are spent on an account.",
        figures=("qualification",),
        settings=("scoring.qualification",),
    ),
    Model(
        name="selection",
        title="Selection matrix and tier",
        sentence="Which accounts get our best people, and which are to change or to be let go.",
        figures=("tier", "selection", "economics"),
        settings=(
            "thresholds.retained_profit",
            "thresholds.development",
            "thresholds.horizon_years",
            "thresholds.discount_rate",
            "tiers.cells",
            "scoring.stability",
        ),
    ),
    Model(
        name="health",
        title="Health",
        sentence="How a customer is doing, and whether they must be rescued now.",
        figures=("health", "usage", "revenue.change", "selection.urgency"),
        settings=("scoring.health",),
    ),
    Model(
        name="attention",
        title="Attention",
        sentence="What needs a person, and whose account comes first.",
        figures=("attention", "contract"),
        settings=("scoring.attention",),
    ),
    Model(
        name="service",
        title="Service",
        sentence="Whom we serve beyond the contract, how much each matters, and what it costs.",
        figures=("service",),
        settings=("scoring.service", "tiers.maintain"),
    ),
    Model(
        name="value",
        title="Value against cost",
        sentence="What they gain by choosing us, counted as they would count it.",
        figures=("value", "standard", "negotiation", "return"),
        settings=("scoring.value",),
    ),
    Model(
        name="deal",
        title="Deal",
        sentence="Whether both sides gain, and how much room there is between them.",
        figures=("deal",),
        settings=("thresholds.minimum_margin",),
    ),
    Model(
        name="persons",
        title="No money to persons",
        sentence="Where this product departs from its source on purpose.",
        figures=(),
    ),
    Model(
        name="risk",
        title="Risk",
        sentence="What they fear in using us, and what they may cost us, both in money.",
        figures=("risk",),
        settings=("thresholds.clause_threshold",),
    ),
    Model(
        name="proof",
        title="Proof by a reference customer",
        sentence="A customer of the same kind who shows that it works.",
        figures=("risk.proof_coverage",),
        settings=("scoring.proof",),
    ),
    Model(
        name="ladder",
        title="Relationship: ladder and communication",
        sentence="How close they are by evidence, and whether we really talk.",
        figures=("relationship",),
        settings=("scoring.relationship",),
    ),
    Model(
        name="offer",
        title="Their reasons and our offer",
        sentence="Why they would buy or not, how they see us, and what our product is to them.",
        figures=("buying", "positioning", "mix", "product"),
    ),
    Model(
        name="market",
        title="Market and rivals",
        sentence="What is around the account, from the country down to the front line.",
        figures=("environment", "swot", "lifecycle", "competition"),
        settings=("scoring.environment", "scoring.lifecycle", "scoring.competition"),
    ),
    Model(
        name="doing",
        title="Objectives, actions, rhythm, sales",
        sentence="Whether what we want is clear, and whether it is done in time.",
        figures=("plan", "practice", "sales"),
        settings=("scoring.plan",),
    ),
    Model(
        name="control",
        title="Control",
        sentence="What became of the money: billed, received, planned, paid back.",
        figures=("control",),
    ),
    Model(
        name="survey",
        title="Survey",
        sentence="What our own people hold to be important, and how far they agree.",
        figures=("survey",),
    ),
    Model(
        name="growth",
        title="Revenue and white space",
        sentence="What was billed, and what could be sold where.",
        figures=("revenue", "offerings"),
    ),
    Model(
        name="parts",
        title="Sixteen parts of a plan",
        sentence="Whether the plan is whole: relationship, service, value, risk, four parts each.",
        figures=("rsvr",),
        settings=("scoring.parts",),
    ),
    Model(
        name="groups",
        title="Groups",
        sentence="A parent with its subsidiaries as one customer, each account counted once.",
        figures=("group",),
    ),
    Model(
        name="fit",
        title="Where the method fits",
        sentence="How much of it an account is worth.",
        figures=("rsvr.fit", "rsvr.plan_kind"),
        settings=("scoring.fit",),
    ),
    Model(
        name="contradictions",
        title="Contradictions",
        sentence="Numbers of one plan that cannot both be right, or ask for opposite things.",
        figures=("contradictions",),
        settings=("scoring.contradictions",),
    ),
    Model(
        name="completeness",
        title="Completeness",
        sentence="How much of what a plan is asked it has answered.",
        figures=("completeness",),
    ),
    Model(
        name="confidence",
        title="Confidence, age and what is missing",
        sentence="How sure a figure is, and why some are not told at all.",
        figures=(),
        settings=("scoring.evidence",),
    ),
)

OTHER = Model(
    name="other",
    title="Further figures and settings",
    sentence="What belongs to none of the models above.",
    figures=(),
)


def figures_of(model: Model) -> tuple[Definition, ...]:
    """The figures of a model, in the order of their definitions; OTHER has what is left."""
    return tuple(
        definition for definition in DEFINITIONS.values() if model_of(definition.key) is model
    )


@functools.cache
def model_of(key: str) -> Model:
    """The model with the longest prefix of the key."""
    fitting = [
        (len(prefix), index)
        for index, model in enumerate(MODELS)
        for prefix in model.figures
        if key == prefix or key.startswith(f"{prefix}.")
    ]
    return MODELS[max(fitting)[1]] if fitting else OTHER
