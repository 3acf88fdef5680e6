"""Reads git's objects: which commit a revision is, which files it holds, and their bytes.

Nothing is checked out and no file is written. A revision is a word of a person: it is looked up as
one and never becomes an option of git.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from generator.errors import GitError
from generator.read.text import MAX_BYTES

LONGEST_REVISION = 250
SHORT = 9
SHOWN = 60
HEADER = 3  # hash, type, size
_BLOCK = 1 << 16
_LINK = b"120000"
# Neither replaced objects nor what the repository's own configuration would have git start
_GIT = ("git", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=")
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its whole hash, and the name it was asked for by."""

    hash: str
    name: str

    @property
    def short(self) -> str:
        """The hash as people write it."""
        return self.hash[:SHORT]


@dataclass(frozen=True, slots=True)
class DatedCommit:
    """A commit of a history, and when it was made."""

    commit: Commit
    at: datetime.datetime
    """In UTC."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit."""

    path: str
    """Relative to the repository's root."""
    hash: str
    is_plain: bool
    """Neither a symbolic link nor another repository."""


class Repository:
    """A git repository, read through the `git` program. Every question may raise GitError."""

    def __init__(self, folder: Path) -> None:
        """The folder with .git."""
        self.folder = folder

    def commit(self, revision: str) -> Commit:
        """The commit that a revision names."""
        _refuse_strange(revision)
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^0")
        if done.returncode != 0:
            raise GitError(self._unknown(revision, done))
        return Commit(done.stdout.decode("ascii").strip(), revision)

    def fork_point(self, base: Commit) -> Commit:
        """The newest commit that both a base and the current one build on."""
        done = self._run("merge-base", base.hash, "HEAD")
        if done.returncode != 0:
            shallow = self._cure_of_shallow(base.name)
            raise GitError(f"{base.name} and HEAD have no commit in common{shallow}")
        return Commit(done.stdout.decode("ascii").split()[0], base.name)

    def steps(self, most: int, *folders: str) -> tuple[DatedCommit, ...]:
        """The newest commits that touched some folders, newest first; a merge is one."""
        done = self._run(
            "rev-list",
            "--first-parent",
            "--timestamp",
            f"--max-count={most}",
            "HEAD",
            "--",
            *folders,
        )
        if done.returncode != 0:
            raise GitError(f"cannot read the history: {_complaint(done.stderr)}")
        return tuple(_step(*row.split()) for row in done.stdout.decode("ascii").splitlines())

    def files(self, commit: Commit, *folders: str) -> tuple[Blob, ...]:
        """The files of a commit below some folders, by path."""
        done = self._run("ls-tree", "-r", "-z", "--full-tree", commit.hash, "--", *folders)
        if done.returncode != 0:
            raise GitError(f"cannot read {commit.name}: {_complaint(done.stderr)}")
        rows = [row for row in done.stdout.split(b"\0") if row]
        return tuple(sorted(map(_blob, rows), key=lambda blob: blob.path))

    def contents(self, blobs: Iterable[Blob]) -> Iterator[tuple[Blob, bytes | int]]:
        """The bytes of each file; of one that is larger than a playbook may be, its size."""
        wanted = list(blobs)
        # A file, not a pipe: git may answer before it has read all questions
        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{wanted_blob.hash}\n" for wanted_blob in wanted).encode("ascii"))
            asked.seek(0)
            process = self._start("cat-file", "--batch", "--buffer", stdin=asked)
            with process:
                answers = cast("IO[bytes]", process.stdout)
                for blob in wanted:
                    yield blob, _content(answers, blob)

    def _unknown(self, revision: str, done: subprocess.CompletedProcess[bytes]) -> str:
        """Why a revision is not known, with the cure where there is one."""
        if reason := _complaint(done.stderr):
            return f"git cannot read revision '{printable(revision)}': {reason}"
        return f"there is no revision '{printable(revision)}' here{self._cure_of_shallow(revision)}"

    def _cure_of_shallow(self, revision: str) -> str:
        done = self._run("rev-parse", "--is-shallow-repository")
        if done.stdout.strip() != b"true":
            return ""
        return (
            "; this is a shallow clone: fetch its history (`git fetch --unshallow`; in GitHub"
            f" Actions `fetch-depth: 0`) so that '{printable(revision)}' can be compared"
        )

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        with self._start(*words, stdin=subprocess.DEVNULL) as process:
            out, err = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def _start(self, *words: str, stdin: IO[bytes] | int) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                (*_GIT, *words),
                cwd=self.folder,
                env={**os.environ, **_QUIET},
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise GitError("the program git cannot be started; install it") from error


def _content(answers: IO[bytes], blob: Blob) -> bytes | int:
    """The next answer of `cat-file --batch`."""
    header = answers.readline().split()
    if len(header) != HEADER:
        raise GitError(f"git does not have the content of {blob.path}; fetch the whole repository")
    size = int(header[2])
    if size <= MAX_BYTES:
        return answers.read(size + 1)[:size]
    rest = size + 1
    while rest > 0 and (block := answers.read(min(rest, _BLOCK))):
        rest -= len(block)
    return size


def _step(seconds: str, name: str) -> DatedCommit:
    try:
        at = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise GitError(f"the commit {name[:SHORT]} says a day that is none") from error
    return DatedCommit(Commit(name, name[:SHORT]), at)


def _blob(row: bytes) -> Blob:
    """A line of `ls-tree -z`: mode, type, hash, a tab, the path."""
    about, _, path = row.partition(b"\t")
    mode, kind, name = about.split()
    return Blob(
        path=path.decode("utf-8", "replace"),
        hash=name.decode("ascii"),
        is_plain=kind == b"blob" and mode != _LINK,
    )


def _refuse_strange(revision: str) -> None:
    """What no revision is: an option, a range, a path, a line break."""
    shown = printable(revision)
    if not revision or len(revision) > LONGEST_REVISION or not revision.isprintable():
        raise GitError(f"'{shown[:SHOWN]}' is no revision; give a branch, a tag or a commit")
    if revision.startswith("-"):
        raise GitError(f"'{shown}' is no revision: none begins with a hyphen")
    if ".." in revision:
        raise GitError(f"'{shown}' is a range; write its two ends apart: playbook diff OLD NEW")


def printable(text: str) -> str:
    """Text that stays on its line and steers no terminal."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def _complaint(stderr: bytes) -> str:
    """The first line that git complains with."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return printable(lines[0].removeprefix("fatal: ")) if lines else ""
