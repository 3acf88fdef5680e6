"""Playbooks as files, with all findings of validating them beside: tests/cases/*.yaml and *.txt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.read import Workspace, read_playbooks
from generator.rules.validate import validate
from generator.settings import load_settings
from tests.everything import TODAY
from tests.workspace import make_workspace

CASES = Path(__file__).resolve().parents[2] / "cases"
FILES = sorted(set(CASES.glob("*.yaml")) - {CASES / "mistakes.yaml"})


@pytest.mark.golden
@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_file_has_the_findings_beside_it(
    tmp_path: Path, file: Path, expect: Callable[[str, Path], None]
) -> None:
    workspace = Workspace.at(
        make_workspace(tmp_path, {f"playbooks/{file.name}": file.read_bytes()})
    )
    (plan,) = validate(read_playbooks(workspace), load_settings(workspace), TODAY)
    expect("".join(f"{problem}\n" for problem in plan.problems), file.with_suffix(".txt"))


def test_ten_mistakes_are_ten_findings() -> None:
    lines = (CASES / "ten-mistakes.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 10
    assert len({line.rsplit("[", maxsplit=1)[-1] for line in lines}) >= 5, "of different kinds"
    assert len({line.split(":")[1] for line in lines}) == 10, "each on a line of its own"
