"""Templates are compiled once for all runs; where that cannot be kept, once a run."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspace import SMALL_PLAYBOOK, make_workspace

RENDER = """
import sys, jinja2
from generator.pages.engine import environment

compiled = []
whole = jinja2.Environment.compile
jinja2.Environment.compile = lambda *given, **named: compiled.append(given[2]) or whole(*given, **named)
environment().get_template("brief/portfolio.html.j2")
print(len(compiled))
"""
FOLDER = f"_jinja2-cache-{os.getuid()}"


def compiled(temporary: Path, **variables: str) -> int:
    """How many templates a run compiles whose temporary files are in a folder."""
    variables = {**os.environ, "TMPDIR": str(temporary), **variables}
    command = [sys.executable, "-c", RENDER]
    done = subprocess.run(command, env=variables, check=True, capture_output=True, text=True)
    return int(done.stdout)


@pytest.fixture(autouse=True)
def as_at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)


def test_the_next_run_compiles_nothing(tmp_path: Path) -> None:
    assert compiled(tmp_path) > 0
    assert compiled(tmp_path) == 0
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == stat.S_IRWXU


def test_where_python_keeps_nothing_nothing_is_kept(tmp_path: Path) -> None:
    assert compiled(tmp_path, PYTHONDONTWRITEBYTECODE="1") > 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_others_may_write_to_is_left_alone(tmp_path: Path) -> None:
    """Whoever may write there could have it run what they like."""
    (tmp_path / FOLDER).write_text("no folder")
    assert compiled(tmp_path) > 0
    assert compiled(tmp_path) > 0


def test_what_is_torn_is_compiled_anew(tmp_path: Path) -> None:
    whole = compiled(tmp_path)
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(path.read_bytes()[:40])
    assert compiled(tmp_path) == whole
    assert compiled(tmp_path) == 0


AS_HTML = """
from generator.pages.engine import environment

for name in ("account.md.j2", "llms.txt.j2"):
    environment().get_template(name)
"""


def test_what_was_compiled_for_html_is_not_taken_for_markdown(tmp_path: Path) -> None:
    variables = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", AS_HTML], env=variables, check=True)
    plan = SMALL_PLAYBOOK.replace("Harbor Logistics", "Harbor & Sons")
    root = make_workspace(tmp_path / "ws", {"playbooks/harbor.yaml": plan})
    command = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    command += ["--allow-incomplete"]
    subprocess.run(command, env=variables, check=True, capture_output=True)
    assert "[Harbor \\& Sons](accounts/harbor.md)" in (root / "site/llms.txt").read_text()
    assert (root / "site/accounts/harbor.md").read_text().startswith("# Harbor \\& Sons\n")
