"""The revision at the foot of a brief: the commit, and whether the files are still its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.read import Workspace, state_of
from tests.workspace import SMALL_PLAYBOOK, make_workspace


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ("git", *who, *words), cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def committed(folder: Path, *more: str) -> str:
    git(folder, "init", "--quiet", *more)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "first")
    return git(folder, "rev-parse", "HEAD")[:9]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, {"playbooks/emea/harbor.yaml": SMALL_PLAYBOOK})


def state(root: Path) -> str:
    return state_of(Workspace.at(root))


def test_without_git_and_before_the_first_commit_there_is_none(root: Path) -> None:
    assert state(root) == ""
    git(root, "init", "--quiet")
    assert state(root) == ""


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_the_commit_while_files_are_as_it_has_them(root: Path, kind: str) -> None:
    short = committed(root, f"--object-format={kind}")
    (root / "notes.txt").write_text("no playbook")
    assert state(root) == short


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("playbooks/emea/harbor.yaml", SMALL_PLAYBOOK + "# a word\n"),
        ("playbooks/new.yaml", SMALL_PLAYBOOK),
        ("site_config/team.yaml", "people: {}\n"),
        ("site_config/tiers.yaml", "{}\n"),
        ("playbooks/emea/harbor.yaml", None),
    ],
)
def test_changes_are_told(root: Path, path: str, text: str | None) -> None:
    short = committed(root)
    if text is None:
        (root / path).unlink()
    else:
        (root / path).write_text(text)
    assert state(root) == f"{short} + changes"


def test_line_ends_of_a_checkout_are_no_change(root: Path) -> None:
    short = committed(root)
    file = root / "playbooks/emea/harbor.yaml"
    file.write_bytes(SMALL_PLAYBOOK.replace("\n", "\r\n").encode())
    assert state(root) == short


def test_a_workspace_within_a_repository(tmp_path: Path) -> None:
    make_workspace(tmp_path / "sales", {"playbooks/harbor.yaml": SMALL_PLAYBOOK})
    make_workspace(tmp_path / "other", {"playbooks/harbor.yaml": SMALL_PLAYBOOK})
    short = committed(tmp_path)
    (tmp_path / "other/playbooks/harbor.yaml").write_text("schema: 2\n")
    assert state(tmp_path / "sales") == short
    assert state(tmp_path / "other") == f"{short} + changes"


def test_why_there_is_no_revision_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(root)
    told: list[str] = []
    assert state_of(Workspace.at(root), told.append)
    assert told == []
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert state_of(Workspace.at(root), told.append) == ""
    (message,) = told
    assert message == (
        f"pages name no revision: cannot read the history: the repository {root} belongs to another"
        f" user; if you trust it, run: git config --global --add safe.directory {root}"
    )
