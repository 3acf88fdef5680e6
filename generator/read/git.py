"""Reads git's objects: which commit a revision is, which files it holds, and their bytes.

Nothing is checked out and no file is written. A revision is a word of a person: it is looked up as
one and never becomes an option of git.
"""

from __future__ import annotations

import datetime
import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from generator.errors import GitError
from generator.read.text import OF_PLAYBOOK, Limits

LONGEST_REVISION = 250
SHORT = 9
SHOWN = 60
HEADER = 3  # hash, type, size
FEW_BRANCHES = 6
_BLOCK = 1 << 16
_LINK = b"120000"
_SHALLOW = (
    "this is a shallow clone: fetch its history (`git fetch --unshallow`; in GitHub Actions"
    " `fetch-depth: 0`)"
)
_NO_REPOSITORY = b"not a git repository (or any"
# In what git says of objects that it lacks or cannot read, in the language of scripts
_MISSING = ("corrupt", "is empty", "not read", "unable to read", "bad object", "missing", "fetch")
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
    is_repository: bool = False
    """A repository of its own: a submodule."""


class Repository:
    """A git repository, read through the `git` program. Every question may raise GitError."""

    def __init__(self, folder: Path) -> None:
        """The folder with .git."""
        self.folder = folder

    def has_history(self) -> bool:
        """Whether there is a repository with a commit; GitError where it cannot be read."""
        if not os.path.exists(self.folder / ".git"):  # noqa: PTH110 - False where we may not look
            return False
        done = self._run("rev-parse", "--verify", "--quiet", "HEAD")
        if done.returncode != 0 and done.stderr.strip() and _NO_REPOSITORY not in done.stderr:
            raise GitError(f"cannot read the history: {self._trouble(done)}")
        return done.returncode == 0

    def end_of_clone(self) -> str:
        """Why the history ends before it began: the clone is shallow; '' where it is whole."""
        done = self._run("rev-parse", "--is-shallow-repository")
        return _SHALLOW if done.stdout.strip() == b"true" else ""

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
            raise GitError(f"cannot read the history: {self._trouble(done)}")
        return tuple(_step(*row.split()) for row in done.stdout.decode("ascii").splitlines())

    def files(self, commit: Commit, *folders: str) -> tuple[Blob, ...]:
        """The files of a commit below some folders, by path."""
        done = self._run("ls-tree", "-r", "-z", "--full-tree", commit.hash, "--", *folders)
        if done.returncode != 0:
            raise GitError(f"cannot read {commit.name}: {self._trouble(done)}")
        rows = [row for row in done.stdout.split(b"\0") if row]
        return tuple(sorted(map(_blob, rows), key=lambda blob: blob.path))

    def contents(
        self, blobs: Iterable[Blob], limits: Limits = OF_PLAYBOOK
    ) -> Iterator[tuple[Blob, bytes | int]]:
        """The bytes of each file; of one that is larger than it may be, its size."""
        wanted = list(blobs)
        # A file, not a pipe: git may answer before it has read all questions
        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{wanted_blob.hash}\n" for wanted_blob in wanted).encode("ascii"))
            asked.seek(0)
            process = self._start("cat-file", "--batch", "--buffer", stdin=asked)
            with process:
                answers = cast("IO[bytes]", process.stdout)
                for blob in wanted:
                    content = _content(answers, limits)
                    if content is None:
                        lacks = f"git does not have the content of {blob.path}"
                        raise GitError(f"{lacks}; {self._cure_of_missing()}")
                    yield blob, content

    def _unknown(self, revision: str, done: subprocess.CompletedProcess[bytes]) -> str:
        """Why a revision is not known, with the cure where there is one."""
        shown = printable(revision)
        if done.stderr.strip():
            return f"git cannot read revision '{shown}': {self._trouble(done)}"
        named = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        name = named.stdout.decode("ascii", "replace").strip()
        is_there = self._run("cat-file", "-e", name).returncode == 0
        if named.returncode == 0 and not is_there and not name.startswith(revision.lower()):
            lacks = f"git does not have the commit {name[:SHORT]} that '{shown}' names"
            return f"{lacks}; {self._cure_of_missing()}"
        cure = self._cure_of_shallow(revision) or self._branches()
        return f"there is no revision '{shown}' here{cure}"

    def _trouble(self, done: subprocess.CompletedProcess[bytes]) -> str:
        """What git complains of, with its cure."""
        reason, words = _complaint(done.stderr), done.stderr.decode("utf-8", "replace").lower()
        if "dubious ownership" in words:
            folder = shlex.quote(str(self.folder))
            return (
                f"the repository {folder} belongs to another user; if you trust it, run:"
                f" git config --global --add safe.directory {folder}"
            )
        if "not a git repository: " in words:
            return (
                f"{reason}, where .git leads; in a submodule run: git submodule update --init,"
                " in a worktree: git worktree repair"
            )
        if any(sign in words for sign in _MISSING):
            return f"{reason}; {self._cure_of_missing()}"
        return reason

    def _cure_of_missing(self) -> str:
        """What to do where objects are missing or broken."""
        done = self._run("config", "--get-regexp", r"^remote\..*\.promisor$")
        if done.returncode == 0:
            return "this is a partial clone: run git fetch --refetch --no-filter"
        return "the repository is damaged: see git fsck, and clone it anew"

    def _cure_of_shallow(self, revision: str) -> str:
        if not self.end_of_clone():
            return ""
        return f"; {_SHALLOW} so that '{printable(revision)}' can be compared"

    def _branches(self) -> str:
        """The branches, where they are few; whoever writes 'main' may have 'master'."""
        done = self._run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes")
        names = done.stdout.decode("utf-8", "replace").split()
        are_few = 0 < len(names) <= FEW_BRANCHES
        return f"; its branches: {', '.join(map(printable, names))}" if are_few else ""

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


def _content(answers: IO[bytes], limits: Limits) -> bytes | int | None:
    """The next answer of `cat-file --batch`; None where git does not have what was asked for."""
    header = answers.readline().split()
    if len(header) != HEADER:
        return None
    size = int(header[2])
    if size <= limits.size:
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
        is_repository=kind == b"commit",
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
