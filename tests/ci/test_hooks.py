"""The hooks of pre-commit, really run from another repository, installed from a clone of this one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.history import SETTINGS, History, git
from tests.workspace import SMALL_PLAYBOOK

REPOSITORY = Path(__file__).parents[2]
TODAY = {"SOURCE_DATE_EPOCH": "1795392000"}  # 2026-11-23
HOOKS = ("playbook-check-files", "playbook-check")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of this repository as they are now, committed, as a team would clone them."""
    clone = tmp_path_factory.mktemp("hooks")
    listed = git(REPOSITORY, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in listed:
        if (REPOSITORY / name).is_file() and not name.startswith("tests/"):
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((REPOSITORY / name).read_bytes())
    git(clone, "init", "--quiet", "--initial-branch", "main")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "sample")
    return clone


@pytest.mark.parametrize(
    "installed",
    [
        pytest.param({}, id="installed from a package registry", marks=pytest.mark.full),
        pytest.param({"language": "system"}, id="the program that is there"),
    ],
)
def test_each_hook_rejects_and_lets_pass(
    tmp_path: Path, hooks: Path, installed: dict[str, str]
) -> None:
    store = tmp_path / "store"
    history = History(tmp_path / "team")
    config = {
        "repos": [
            {
                "repo": str(hooks),
                "rev": git(hooks, "rev-parse", "HEAD"),
                "hooks": [{"id": id, **installed} for id in HOOKS],
            }
        ]
    }
    history.write({".pre-commit-config.yaml": yaml.safe_dump(config)})
    history.write(
        {"site_config/rules.yaml": "rules: [{off: true}]\n", "playbooks/acme.yaml": SMALL_PLAYBOOK}
    )
    git(history.folder, "add", "--all")
    run(history.folder, store, "install")
    good = commit(history.folder, store)
    assert good.returncode == 0, good.stdout + good.stderr
    history.write({"playbooks/acme.yaml": SMALL_PLAYBOOK.replace("prospect", "prospekt")})
    git(history.folder, "add", "--all")
    bad = commit(history.folder, store)
    assert bad.returncode == 1
    message = (
        "playbooks/acme.yaml:2:43: error: unknown word 'prospekt'; did you mean 'prospect'?"
        " [wrong-value]"
    )
    assert (bad.stdout + bad.stderr).count(message) == len(HOOKS)
    assert git(history.folder, "rev-list", "--count", "HEAD") == "1"


def commit(folder: Path, store: Path) -> subprocess.CompletedProcess[str]:
    """`git commit`, which runs the hooks."""
    return subprocess.run(
        ["git", "commit", "--message", "sample"],
        cwd=folder,
        env={
            **os.environ,
            **SETTINGS,
            **TODAY,
            "PRE_COMMIT_HOME": str(store),
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def run(folder: Path, store: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "pre_commit", *words],
        cwd=folder,
        env={**os.environ, **SETTINGS, "PRE_COMMIT_HOME": str(store)},
        capture_output=True,
        check=True,
    )
