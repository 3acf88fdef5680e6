"""The edge: new and changed files as a diff to look at, and onto the disk, whole or not at all."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import WorkspaceError
from generator.problems import Problem
from generator.read import Workspace
from generator.terminal import printable

_BEFORE, _BEHIND = ".import-", ".new"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to write, relative to the workspace."""

    path: str
    text: str
    comments: str = ""
    """What may stand there already: comments alone, which `text` begins with."""

    def is_in_the_way(self, root: Path) -> bool:
        """Whether something else is there."""
        path = root / self.path
        if not self.comments:
            return path.exists()
        return not path.is_file() or path.read_bytes() != self.comments.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """A file to change, relative to the repository, as it was read and as it shall be."""

    path: str
    before: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """All that is to be written."""

    new: tuple[NewFile, ...] = ()
    changed: tuple[ChangedFile, ...] = ()
    settings: tuple[ChangedFile, ...] = ()
    """Files of settings to change before the playbooks that need it."""
    record: NewFile | ChangedFile | None = None
    """What the program remembers of all that; written when all of it is, else not at all."""


def write_files(
    workspace: Workspace,
    files: Files,
    *,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Problem, ...]:
    """Write each file whole or not at all; a finding for each that changed since it was read.

    WorkspaceError names the one that the disk refuses; those before it are written.
    """
    record = files.record
    changed = (*files.settings, *files.changed)
    changes = (*changed, *((record,) if isinstance(record, ChangedFile) else ()))
    folders = {(workspace.repository / file.path).parent for file in changes}
    for folder in sorted({workspace.playbooks, *folders}):
        _clear_leftovers(folder)
    for file in (*files.new, *((record,) if isinstance(record, NewFile) else ())):
        if file.is_in_the_way(workspace.root):
            raise WorkspaceError(f"{file.path} is already there; nothing written")
    problems: list[Problem] = []
    count = len(files.new) + len(changed)
    for done, file in enumerate(files.new, start=1):
        _write_whole(workspace, workspace.root / file.path, file.text)
        tell(done, count)
    for done, change in enumerate(changed, start=len(files.new) + 1):
        problems += write_over(workspace, change)
        tell(done, count)
    if isinstance(record, NewFile) and not problems:
        _write_whole(workspace, workspace.root / record.path, record.text)
    elif isinstance(record, ChangedFile) and not problems:
        problems += write_over(workspace, record)
    _flush_folders(folders)
    return tuple(problems)


def write_new(workspace: Workspace, path: Path, text: str) -> None:
    """Write a file that was not there; whole or not at all, and only below playbooks/."""
    if not path.parent.resolve().is_relative_to(workspace.playbooks):
        raise WorkspaceError(f"{workspace.shown(path)} does not lie in {workspace.playbooks.name}/")
    taken = sorted(workspace.playbooks.rglob(path.name)) if workspace.playbooks.is_dir() else []
    if taken:
        raise WorkspaceError(f"{workspace.shown(taken[0])} is already there; nothing written")
    _write_whole(workspace, path, text)


def refresh(workspace: Workspace, path: Path, text: str) -> bool:
    """Have a file of the program's own say this; whether it had to be written."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise WorkspaceError(f"{workspace.shown(path)} is no plain file; nothing written")
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    _write_whole(workspace, path, text)
    return True


def _write_whole(workspace: Workspace, path: Path, text: str) -> None:
    """A file with this text, whole or not at all; WorkspaceError when the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, text.encode(), 0o644)
    except OSError as error:
        raise WorkspaceError(f"cannot write {workspace.shown(path)}: {error.strerror}") from error


def write_over(workspace: Workspace, change: ChangedFile) -> tuple[Problem, ...]:
    """Put a text in the place of the one that was read; a finding where the file says another now.

    The file is there at every moment, with the old text or the new one; its rights stay.
    """

    def put(file: Path, mark: bytes) -> None:
        put_whole(file, mark + change.text.encode(), file.stat().st_mode & 0o7777)

    return _if_unchanged(workspace, change, put)


def take_away(workspace: Workspace, change: ChangedFile) -> tuple[Problem, ...]:
    """Delete a file of which nothing is left; a finding where it says something else now."""
    return _if_unchanged(workspace, change, lambda file, _mark: file.unlink())


def _if_unchanged(
    workspace: Workspace, change: ChangedFile, act: Callable[[Path, bytes], None]
) -> tuple[Problem, ...]:
    """Act on a file that still says what was read; a finding where it does not."""
    file = workspace.repository / change.path
    try:
        raw = file.read_bytes()
        mark = _BYTE_ORDER_MARK if raw.startswith(_BYTE_ORDER_MARK) else b""
        if raw.removeprefix(mark) == change.before.encode():
            act(file, mark)
            return ()
    except OSError as error:
        raise WorkspaceError(f"cannot write {change.path}: {error.strerror}") from error
    problem = Problem(
        path=change.path,
        line=1,
        column=1,
        level="error",
        rule="changed-meanwhile",
        message="the file was changed meanwhile and was left alone; try again",
        account=file.stem,
    )
    return (problem,)


def put_whole(path: Path, content: bytes, mode: int) -> None:
    """A file with this content; a reader sees the old one or the new one, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_BEFORE, suffix=_BEHIND)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _clear_leftovers(folder: Path) -> None:
    """Delete what an import that was killed left half written."""
    for left in sorted(folder.rglob(f"{_BEFORE}*{_BEHIND}")):
        try:
            left.unlink()
        except OSError as error:
            raise WorkspaceError(f"cannot delete {left}: {error.strerror}") from error


def _flush_folders(folders: Iterable[Path]) -> None:
    """Have the disk hold the new names, where folders can be asked for that."""
    for folder in sorted(folders) if hasattr(os, "O_DIRECTORY") else ():
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unified_diff(files: Files) -> str:
    """What would be written, as a diff: new files against nothing."""
    pairs: list[tuple[str, str, NewFile | ChangedFile]]
    pairs = [("/dev/null", "", file) for file in files.new]
    pairs += [(f"a/{file.path}", file.before, file) for file in (*files.settings, *files.changed)]
    return "".join(
        f"{printable(line)}\n"
        for old_name, before, file in pairs
        for line in _diff_lines(old_name, f"b/{file.path}", before, file.text)
    )


def _diff_lines(old_name: str, name: str, before: str, after: str) -> Iterator[str]:
    """Lines without their ends; a last line without one is followed by a note of that."""
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    for line in difflib.unified_diff(old, new, old_name, name):
        ended = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        yield from (part.removesuffix("\r") for part in ended.removesuffix("\n").split("\n"))
