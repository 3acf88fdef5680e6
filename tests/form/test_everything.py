"""A playbook that uses every field is valid, whichever words and spellings it chooses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.form import FORM, Playbook
from generator.read import Workspace, read_playbooks
from generator.rules.validate import validate
from generator.settings import load_settings
from tests.everything import TODAY, Mode, everything_text, everything_workspace

VARIANTS = 8  # the longest list of words that a field may hold, contacts' roles


def used_fields(node: Any) -> Iterator[tuple[str, str]]:
    """Every field that has a value."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if value is not None:
                yield type(node).__name__, name
                yield from used_fields(value)
    elif isinstance(node, (tuple, dict)):
        for value in node.values() if isinstance(node, dict) else node:
            yield from used_fields(value)


def the_playbook(folder: Path, text: str) -> tuple[Playbook | None, list[str]]:
    """The playbook of a workspace and all findings of reading and validating."""
    workspace = Workspace.at(everything_workspace(folder, text))
    plans = validate(read_playbooks(workspace), load_settings(workspace), TODAY)
    problems = [str(problem) for plan in plans for problem in plan.problems]
    return next(plan.playbook for plan in plans if plan.id == "everything"), problems


@pytest.mark.parametrize("variant", range(VARIANTS))
@pytest.mark.parametrize("unknowns", [False, True], ids=["known", "unknown"])
@pytest.mark.parametrize("mode", ["money", "score"])
def test_it_has_no_findings(tmp_path: Path, mode: Mode, unknowns: bool, variant: int) -> None:
    text = everything_text(mode, unknowns=unknowns, variant=variant)
    assert the_playbook(tmp_path, text)[1] == []


def test_no_field_is_left_out(tmp_path: Path) -> None:
    used: set[tuple[str, str]] = set()
    for mode, unknowns in (("money", False), ("money", True), ("score", False)):
        for variant in (0, 1):
            text = everything_text(mode, unknowns=unknowns, variant=variant)  # type: ignore[arg-type]
            playbook, _ = the_playbook(tmp_path, text)
            used.update(used_fields(playbook))
    groups = (FORM, *(field for field in FORM.walk() if field.model is not None))
    there = {
        (field.model.__name__, inner.attribute)
        for group in groups
        for field in (group.entry if group.has_entries else group,)
        if field is not None and field.model is not None
        for inner in field.children.values()
    }
    assert there - used == set()


def test_it_is_the_same_every_time() -> None:
    assert everything_text() == everything_text()
