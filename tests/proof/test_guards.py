"""The modules that keep hostile input out: each branch of each is taken by a test of its own stage.

COVERAGE_FILE=/tmp/guards pytest tests/read … --cov --cov-report=json
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.proof.conftest import Proof

REPOSITORY = Path(__file__).parents[2]
GUARDS = {
    "generator/read/parse.py": "what YAML may hold",
    "generator/read/text.py": "bytes and characters",
    "generator/read/source.py": "names of files",
    "generator/read/files.py": "kinds of files",
    "generator/read/git.py": "revisions and objects",
    "generator/rules/validate/lookalikes.py": "names that look like others",
    "generator/pages/encoder.py": "text in Markdown, titles and lines",
    "generator/pages/rich_text.py": "the little Markdown of a summary",
    "generator/site/files.py": "paths of pages",
    "generator/site/splice.py": "fragments and their places",
    "generator/terminal.py": "what is printed",
}
TESTS = (
    *("tests/read", "tests/site/test_files.py", "tests/site/test_splice.py"),
    *("tests/pages/test_skeleton.py", "tests/pages/test_rich_text.py", "tests/test_terminal.py"),
    "tests/rules/validate/test_lookalikes.py",
)


def test_each_guard_is_one_module() -> None:
    assert [guard for guard in GUARDS if not (REPOSITORY / guard).is_file()] == []


@pytest.mark.full
def test_every_branch_of_the_guards_is_taken(proof: Proof) -> None:
    """Half a minute of tests that run anyway."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)  # tests that drop their rights write what they covered too
        report = Path(folder) / "covered.json"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"),
                *("--cov", "--cov-branch", f"--cov-report=json:{report}", *TESTS),
            ],
            cwd=REPOSITORY,
            env={**os.environ, "COVERAGE_FILE": f"{folder}/data"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:]
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    missing = {
        name: (files[name]["missing_lines"], files[name]["missing_branches"])
        for name in GUARDS
        if files[name]["missing_lines"] or files[name]["missing_branches"]
    }
    assert missing == {}
    branches = sum(files[name]["summary"]["num_branches"] for name in GUARDS)
    proof.tell(modules=len(GUARDS), branches=branches)
