"""A real git repository in a temporary folder, whose commits a test writes one by one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.workspace import make_workspace

# Nothing of the machine's own configuration, and days that stay
SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2026-11-23T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-23T12:00:00Z",
    "GIT_AUTHOR_NAME": "Sample",
    "GIT_AUTHOR_EMAIL": "sample@example.com",
    "GIT_COMMITTER_NAME": "Sample",
    "GIT_COMMITTER_EMAIL": "sample@example.com",
}


def git(folder: Path, *words: str, **also: str) -> str:
    """What a git command prints, with settings beside those above; it must succeed."""
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env={**os.environ, **SETTINGS, **also},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


class History:
    """A repository that is a workspace."""

    def __init__(self, folder: Path) -> None:
        """With the catalogue, team and rates of `make_workspace`, not yet committed."""
        self.folder = make_workspace(folder)
        git(folder, "init", "--quiet", "--initial-branch", "main")

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Files as they lie there, by path; None takes one away."""
        for name, content in files.items():
            place = self.folder / name
            if content is None:
                place.unlink()
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: Mapping[str, str | bytes | None], on: str = "2026-11-23") -> str:
        """Write files and commit all, on a day; the commit's hash."""
        self.write(files)
        git(self.folder, "add", "--all")
        words = ("commit", "--quiet", "--allow-empty", "--message", "sample")
        git(self.folder, *words, GIT_COMMITTER_DATE=f"{on}T12:00:00Z")
        return git(self.folder, "rev-parse", "HEAD")
