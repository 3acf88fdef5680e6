"""This program as a team would clone it: a bare repository of its files as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history import git

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def bare_clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of this repository as they are now, committed, without those of its tests."""
    work = tmp_path_factory.mktemp("program")
    listed = git(REPOSITORY, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in listed:
        if (REPOSITORY / name).is_file() and not name.startswith("tests/"):
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_bytes((REPOSITORY / name).read_bytes())
            (work / name).chmod((REPOSITORY / name).stat().st_mode)
    git(work, "init", "--quiet", "--initial-branch", "main")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "sample")
    bare = work.with_name(f"{work.name}.git")
    git(work, "clone", "--quiet", "--bare", str(work), str(bare))
    return bare
