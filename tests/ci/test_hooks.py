"""The hooks of pre-commit, really run from another repository, installed from a clone of this one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.recipes import Host, Program, recipes_for
from tests.history import SETTINGS, History, git
from tests.program import in_scripts
from tests.workspace import SMALL_PLAYBOOK

TODAY = {"SOURCE_DATE_EPOCH": "1795392000"}  # 2026-11-23
HOOKS = ("playbook-check-files", "playbook-check")


@pytest.mark.parametrize(
    "installed",
    [
        pytest.param({}, id="installed from a package registry", marks=pytest.mark.full),
        pytest.param({"language": "system"}, id="the program that is there"),
    ],
)
def test_each_hook_rejects_and_lets_pass(
    tmp_path: Path, bare_clone: Path, installed: dict[str, str]
) -> None:
    store = tmp_path / "store"
    history = History(tmp_path / "team")
    config = {
        "repos": [
            {
                "repo": str(bare_clone),
                "rev": git(bare_clone, "rev-parse", "HEAD"),
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


def test_the_recipe_looks_at_a_commit_that_only_deletes(tmp_path: Path, bare_clone: Path) -> None:
    """Of such a commit pre-commit names no file; another plan may lean on the one that goes."""
    program = Program(url=bare_clone.as_uri(), commit=git(bare_clone, "rev-parse", "HEAD"))
    recipe = yaml.safe_load(recipes_for(Host.GITHUB, program)[".pre-commit-config.yaml"])
    (repo,) = recipe["repos"]
    assert (repo["repo"], repo["rev"]) == (program.url, program.commit)
    assert [hook["id"] for hook in repo["hooks"]] == ["playbook-check"]
    repo["hooks"][0]["language"] = "system"  # installing it is tried above
    store, history = tmp_path / "store", History(tmp_path / "team")
    child = SMALL_PLAYBOOK.replace("status: prospect", "status: prospect, parent: acme")
    history.write(
        {
            ".pre-commit-config.yaml": yaml.safe_dump(recipe),
            "site_config/rules.yaml": "rules: [{off: true}]\n",
            "playbooks/acme.yaml": SMALL_PLAYBOOK,
            "playbooks/acme-north.yaml": child.replace("Harbor", "Harbor North"),
            "playbooks/other.yaml": SMALL_PLAYBOOK.replace("Harbor", "Other"),
        }
    )
    git(history.folder, "add", "--all")
    run(history.folder, store, "install")
    assert commit(history.folder, store).returncode == 0
    git(history.folder, "rm", "--quiet", "playbooks/acme.yaml")
    bad = commit(history.folder, store)
    assert bad.returncode == 1, bad.stdout + bad.stderr
    message = "error: unknown account 'acme'; known: acme-north, other (playbooks/)"
    assert message in bad.stdout + bad.stderr
    git(history.folder, "rm", "--quiet", "playbooks/acme-north.yaml")
    good = commit(history.folder, store)
    assert good.returncode == 0, good.stdout + good.stderr


def commit(folder: Path, store: Path) -> subprocess.CompletedProcess[str]:
    """`git commit`, which runs the hooks; a hook that is not installed finds the program here."""
    there = store.parent / "bin/playbook"
    there.parent.mkdir(exist_ok=True)
    there.write_text(f'#!/bin/sh\n{in_scripts()} "$@"\n')
    there.chmod(0o755)
    places = (str(there.parent), str(Path(sys.executable).parent), os.environ["PATH"])
    return subprocess.run(
        ["git", "commit", "--message", "sample"],
        cwd=folder,
        env={
            **os.environ,
            **SETTINGS,
            **TODAY,
            "PRE_COMMIT_HOME": str(store),
            "PATH": os.pathsep.join(places),
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
