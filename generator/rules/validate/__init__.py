"""Stage 2: documents held against the model, each other and site_config."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace

from generator.problems import in_order
from generator.read import Document
from generator.rules.validate.built_in import NOT_AS_WRITTEN
from generator.rules.validate.consistency import family_problems, inconsistencies
from generator.rules.validate.lookalikes import lookalike_names
from generator.rules.validate.plan import Plan, named_places, plan_of
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
        dangling = dangling_references(plan, known)
        at_odds = tuple(inconsistencies(plan, plan.playbook, settings, today))
        problems = in_order(
            (
                *named_ids(plan, known),
                *dangling.problems,
                *at_odds,
                *family_problems(plan, parents),
                *lookalike_names(plan),
            )
        )
        wrong = (problem.at for problem in at_odds if problem.rule in NOT_AS_WRITTEN)
        lost = {**named_places(plan.document, wrong), **dangling.lost}
        checked.append(replace(plan.losing(lost), problems=problems))
    return tuple(checked)
