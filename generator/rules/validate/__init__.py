"""Stage 2: documents held against the model, each other and site_config."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace

from generator.problems import in_order
from generator.read import Document
from generator.rules.validate.consistency import family_problems, inconsistencies
from generator.rules.validate.lookalikes import lookalike_names
from generator.rules.validate.plan import Plan, plan_of
from generator.rules.validate.references import KnownIds, dangling_references, named_ids
from generator.settings import Settings

__all__ = ["Plan", "check_plans", "plan_of", "validate"]


def validate(
    documents: Sequence[Document], settings: Settings, today: datetime.date
) -> tuple[Plan, ...]:
    """Every document as a plan; a broken one does not keep the others from being checked."""
    return check_plans([plan_of(document) for document in documents], settings, today)


def check_plans(
    plans: Sequence[Plan],
    settings: Settings,
    today: datetime.date,
    only: Collection[str] | None = None,
) -> tuple[Plan, ...]:
    """The plans with what is wrong between them and with the settings; `only` some, by id."""
    known = KnownIds.of(plans, settings)
    parents = {
        plan.id: plan.playbook.account.parent
        for plan in plans
        if plan.playbook is not None and plan.playbook.account.parent
    }
    checked = []
    for plan in plans:
        if plan.playbook is None or (only is not None and plan.id not in only):
            checked.append(plan)
            continue
        problems = (
            *named_ids(plan, known),
            *dangling_references(plan, known),
            *inconsistencies(plan, plan.playbook, settings, today),
            *family_problems(plan, parents),
            *lookalike_names(plan),
        )
        checked.append(replace(plan, problems=in_order(problems)))
    return tuple(checked)
