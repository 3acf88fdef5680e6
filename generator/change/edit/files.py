"""New and changed files: as a diff to look at, and onto the disk."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.change.edit.new import write_whole
from generator.change.edit.save import clear_leftovers, flush_folders, write_over
from generator.errors import WorkspaceError
from generator.problems import Problem
from generator.read import Workspace
from generator.terminal import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to write, relative to the workspace."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """A file to change, relative to the repository, as it was read and as it shall be."""

    path: str
    before: str
    text: str


def write_files(
    workspace: Workspace,
    new: Sequence[NewFile],
    changed: Sequence[ChangedFile],
    *,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Problem, ...]:
    """Write each file whole or not at all; a finding for each that changed since it was read.

    WorkspaceError names the one that the disk refuses; those before it are written.
    """
    folders = {(workspace.repository / one.path).parent for one in changed}
    for folder in sorted({workspace.playbooks, *folders}):
        clear_leftovers(folder)
    _refuse_taken(workspace, new)
    late, count = [], len(new) + len(changed)
    for done, file in enumerate(new, start=1):
        write_whole(workspace, workspace.root / file.path, file.text)
        tell(done, count)
    for done, one in enumerate(changed, start=len(new) + 1):
        path = workspace.repository / one.path
        try:
            if not write_over(path, one.before, one.text):
                late.append(_late(one))
        except OSError as error:
            raise WorkspaceError(f"cannot write {one.path}: {error.strerror}") from error
        tell(done, count)
    flush_folders(folders)
    return tuple(late)


def _refuse_taken(workspace: Workspace, files: Sequence[NewFile]) -> None:
    for file in files:
        if (workspace.root / file.path).exists():
            raise WorkspaceError(f"{file.path} is already there; nothing written")


def _late(changed: ChangedFile) -> Problem:
    return Problem(
        path=changed.path,
        line=1,
        column=1,
        level="error",
        rule="changed-meanwhile",
        message="the file was changed meanwhile and was left alone; try again",
        account=Path(changed.path).stem,
    )


def unified_diff(new: Sequence[NewFile], changed: Sequence[ChangedFile]) -> str:
    """What would be written, as a diff: new files against nothing."""
    lines = (*_new_lines(new), *_changed_lines(changed))
    return "".join(f"{printable(one)}\n" for text in lines for one in _plain_lines(text))


def _new_lines(files: Sequence[NewFile]) -> Iterator[str]:
    for file in files:
        lines = file.text.splitlines(keepends=True)
        yield from map(_ended, difflib.unified_diff([], lines, "/dev/null", f"b/{file.path}"))


def _changed_lines(files: Sequence[ChangedFile]) -> Iterator[str]:
    for file in files:
        before, after = (text.splitlines(keepends=True) for text in (file.before, file.text))
        names = (f"a/{file.path}", f"b/{file.path}")
        yield from map(_ended, difflib.unified_diff(before, after, *names))


def _plain_lines(text: str) -> list[str]:
    """A line of a diff, and what it says of a file's end, without line ends."""
    return [one.removesuffix("\r") for one in text.removesuffix("\n").split("\n")]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
