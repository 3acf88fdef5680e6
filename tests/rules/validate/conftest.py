"""One way to validate playbooks of a small workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.read import Workspace, read_playbooks
from generator.rules.validate import validate
from generator.settings import load_settings
from tests.everything import TODAY
from tests.workspace import make_workspace

Said = Callable[..., list[str]]

HEAD = {"schema": "1", "account": "{name: X, status: prospect}", "summary": "x"}


def whole(text: str) -> str:
    """A playbook of which the test gives only what it is about, from line 1 on."""
    given = {line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()}
    rest = "".join(f"{key}: {value}\n" for key, value in HEAD.items() if key not in given)
    return text + rest


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """Every finding of validating playbooks, given by name, without the path for 'x'."""

    def of(text: str, **others: str) -> list[str]:
        files = {
            "x": whole(text),
            **{name.replace("_", "-"): whole(content) for name, content in others.items()},
        }
        root = make_workspace(
            tmp_path, {f"playbooks/{name}.yaml": content for name, content in files.items()}
        )
        workspace = Workspace.at(root)
        plans = validate(read_playbooks(workspace), load_settings(workspace), TODAY)
        return [
            str(problem).removeprefix("playbooks/x.yaml:")
            for plan in plans
            for problem in plan.problems
        ]

    return of
