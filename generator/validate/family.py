"""Parents and subsidiaries: no account is its own ancestor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.problems import Problem
from generator.validate.plan import Plan


def family_problems(plan: Plan, parents: Mapping[str, str]) -> Iterator[Problem]:
    """A finding when the chain of parents leads back to the account."""
    chain = [plan.id]
    step = parents.get(plan.id)
    while step is not None and step not in chain:
        chain.append(step)
        step = parents.get(step)
    if step == plan.id:
        yield plan.document.problem(
            ("account", "parent"),
            "parent-cycle",
            f"the parents lead back to the account itself: {' > '.join((*chain, plan.id))}",
        )
