"""The edge: an import's new files onto the disk, changed playbooks over the old ones."""

from __future__ import annotations

from collections.abc import Callable

from generator.change import edit
from generator.change.crm.plan import ImportPlan
from generator.problems import Problem
from generator.read import Workspace


def write_files(
    workspace: Workspace,
    plan: ImportPlan,
    *,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Problem, ...]:
    """Write what an import planned; raises and returns as `edit.write_files`."""
    return edit.write_files(workspace, plan.new, plan.changed, tell=tell)


def unified_diff(plan: ImportPlan) -> str:
    """What would be written, as a diff: new files against nothing."""
    return edit.unified_diff(plan.new, plan.changed)
