"""Chains that must end: an account's parents, a contact's superiors, an objective's own aims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.problems import Problem
from generator.read.document import DataPath
from generator.rules.validate.plan import Plan

_CHAINS: tuple[tuple[DataPath, str], ...] = (
    (("relationship", "contacts"), "reports_to"),
    (("objectives",), "parent"),
)


def family_problems(plan: Plan, parents: Mapping[str, str]) -> Iterator[Problem]:
    """A finding when the chain of parents leads back to the account."""
    chain = _loop(plan.id, parents)
    if chain and parents[plan.id] != plan.id:  # pointing at itself is found as a reference
        yield plan.document.problem(
            ("account", "parent"),
            "parent-cycle",
            f"the parents lead back to the account itself: {chain}",
        )


def circles(plan: Plan) -> Iterator[Problem]:
    """A finding for each entry of a list whose chain leads back to it."""
    for path, key in _CHAINS:
        entries: Any = plan.document.data
        for step in path:
            entries = entries.get(step) if isinstance(entries, dict) else None
        named = [(i, one) for i, one in enumerate(entries or ()) if isinstance(one, dict)]
        steps = {one["id"]: one[key] for _, one in named if key in one}
        for index, one in named:
            if key in one and (chain := _loop(one["id"], steps)):
                message = f"'{key}' leads back to the entry itself: {chain}"
                yield plan.document.problem((*path, index, key), "circle", message)


def _loop(start: str, steps: Mapping[str, str]) -> str:
    """The chain that leads from a name back to it, '' where it ends."""
    chain = [start]
    step = steps.get(start)
    while step is not None and step not in chain:
        chain.append(step)
        step = steps.get(step)
    return " > ".join((*chain, start)) if step == start else ""
