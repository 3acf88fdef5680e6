"""Which revision the files of a workspace are at, for the foot of what is printed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from generator.errors import GitError
from generator.language import phrase
from generator.read.files import Workspace
from generator.read.git import Repository
from generator.read.revision import Revision


def state_of(workspace: Workspace) -> str:
    """The short hash of the current commit, marked when playbooks or settings differ from it.

    Nothing without git or before the first commit. Files are held against git's own hashes: no
    program that the repository's configuration names is started.
    """
    repository = Repository(workspace.repository)
    try:
        commit = repository.commit("HEAD")
        committed = Revision(workspace, commit).hashes()
    except GitError:
        return ""
    names = [entry.path for entry in workspace.playbook_entries()]
    names += [workspace.settings_path(name) for name in workspace.settings_names()]
    is_same = set(names) == set(committed) and all(
        _is(workspace.repository / name, hash_) for name, hash_ in committed.items()
    )
    return commit.short if is_same else phrase("{commit} + changes", commit=commit.short)


def _is(path: Path, hash_: str) -> bool:
    """Whether a file has the content of a blob, be it with line ends as Windows has them."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return hash_ in _hashes((content, content.replace(b"\r\n", b"\n")), len(hash_))


def _hashes(contents: Iterable[bytes], digits: int) -> set[str]:
    """What git calls these contents, in a repository whose hashes have so many digits."""
    name = "sha1" if digits == hashlib.sha1(usedforsecurity=False).digest_size * 2 else "sha256"
    return {
        hashlib.new(name, b"blob %d\0" % len(one) + one, usedforsecurity=False).hexdigest()
        for one in contents
    }
