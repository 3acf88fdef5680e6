"""The workspace on disk: which files there are, and their bytes. The only place that reads them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import WorkspaceError
from generator.read.document import Document
from generator.read.parse import read_text
from generator.read.source import YAML_ENDINGS, FolderEntry, is_playbook_name, unreadable
from generator.read.text import OF_PLAYBOOK, Limits, size_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A folder with playbooks/, and the repository it lies in (the folder itself without git)."""

    root: Path
    repository: Path

    @classmethod
    def at(cls, root: Path) -> Workspace:
        """The workspace at a folder; an error when there is no such folder."""
        try:
            if not root.is_dir():
                raise WorkspaceError(f"there is no folder {root}")
            root = root.resolve()
        except OSError as error:
            raise WorkspaceError(f"cannot read the folder {root}: {error.strerror}") from error
        for folder in (root, *root.parents):
            if os.path.exists(folder / ".git"):  # noqa: PTH110 - False where we may not look
                return cls(root=root, repository=folder)
        return cls(root=root, repository=root)

    @property
    def playbooks(self) -> Path:
        """The folder of the playbooks."""
        return self.root / "playbooks"

    @property
    def site_config(self) -> Path:
        """The folder of the workspace's own settings; it may lack."""
        return self.root / "site_config"

    @property
    def schema_file(self) -> Path:
        """The form's schema, for editors; each new playbook names it."""
        return self.site_config / "playbook.schema.json"

    def playbook_entries(self) -> Iterator[FolderEntry]:
        """What lies below playbooks/, by path."""
        folder = self.playbooks
        if folder.is_symlink():
            raise WorkspaceError(f"{self.shown(folder)} is a symbolic link; make it a plain folder")
        if not folder.is_dir():
            raise WorkspaceError(
                f"there is no folder {self.shown(folder)};"
                " make it, or name the workspace with --root"
            )
        for path in _files_below(folder):
            yield self._entry(path, self.shown(path))

    def _entry(self, path: Path, shown: str) -> FolderEntry:
        if path.suffix.lower() not in YAML_ENDINGS:
            return FolderEntry(path=shown, read=lambda: _closed_folder(path, shown), is_closed=True)
        return FolderEntry(path=shown, read=lambda: read_file(path, shown))

    def every_file(self, *also: Path) -> Iterator[Path]:
        """All that people write here, sorted: below playbooks/, site_config/ and templates/.

        Hidden files as well, mkdocs.yml, README.md and what is named besides; no links.
        """
        paths = {self.root / "mkdocs.yml", self.root / "README.md", *also}
        for folder in (self.playbooks, self.site_config, self.root / "templates"):
            paths.update(folder.rglob("*"))
        yield from sorted(path for path in paths if path.is_file() and not path.is_symlink())

    def settings_names(self) -> tuple[str, ...]:
        """The names of the YAML files in site_config, sorted; hidden and underscored ones not."""
        try:
            names = [entry.name for entry in os.scandir(self.site_config)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            folder = self.shown(self.site_config)
            raise WorkspaceError(f"cannot read the folder {folder}: {error.strerror}") from error
        return tuple(sorted(filter(is_playbook_name, names)))

    def settings_path(self, name: str) -> str:
        """Such a file's path as findings print it."""
        return self.shown(self.site_config / name)

    def settings_file(self, name: str) -> Document:
        """Such a file, read."""
        return read_file(self.site_config / name, self.settings_path(name))

    def shown(self, path: Path) -> str:
        """A path as findings print it: relative to the repository's root, forward slashes."""
        inside = path.is_relative_to(self.repository)
        text = (path.relative_to(self.repository) if inside else path).as_posix()
        return os.fsencode(text).decode("utf-8", "replace")


def read_file(path: Path, shown: str, limits: Limits = OF_PLAYBOOK) -> Document:
    """One file as a document; what cannot be opened becomes a finding, not an exception."""
    try:
        raw = _bytes_of(path, limits)
    except _Refusal as refusal:
        return unreadable(shown, *refusal.args)
    except OSError as error:
        return unreadable(shown, "unreadable", f"cannot be read: {error.strerror or error}")
    return read_text(raw, shown, limits)


def plain_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a plain file that is no playbook; raises WorkspaceError, saying why not."""
    try:
        return _bytes_of(path)
    except _Refusal as refusal:
        raise WorkspaceError(f"{shown}: {refusal.args[1]}") from refusal
    except OSError as error:
        raise WorkspaceError(f"{shown} cannot be read: {error.strerror or error}") from error


class _Refusal(Exception):  # noqa: N818 - it never leaves this module
    """The path is no file that is read: the rule, and why."""


def _bytes_of(path: Path, limits: Limits = OF_PLAYBOOK) -> bytes:
    """The bytes of a plain file; of one that is too large none."""
    _refuse_special(os.lstat(path).st_mode)
    # the name may have come to mean something else meanwhile: a pipe must not keep us waiting
    flags = os.O_RDONLY | sum(
        getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        state = os.fstat(file.fileno())
        _refuse_special(state.st_mode)
        if state.st_size > limits.size:
            raise _Refusal("too-large", size_fault(state.st_size, limits))
        return file.read(limits.size + 1)


def _refuse_special(mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise _Refusal("not-a-file", "a symbolic link; playbooks are plain files in plain folders")
    if stat.S_ISDIR(mode):
        raise _Refusal("not-a-file", "a folder with the name of a playbook; rename it")
    if not stat.S_ISREG(mode):
        raise _Refusal("not-a-file", "not a plain file; delete it")


def _files_below(folder: Path) -> list[Path]:
    """Paths that claim to be playbooks, sorted, and folders that cannot be looked into.

    Names that begin with '.' or '_' are left out.
    """
    paths: list[Path] = []
    folders = [folder]
    while folders:
        place = folders.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            if place == folder:
                raise WorkspaceError(
                    f"cannot read the folder {folder}: {error.strerror}"
                ) from error
            paths.append(place)
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith((".", "_")):
                continue
            if entry.name.lower().endswith(YAML_ENDINGS):
                paths.append(path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_symlink() and path.is_dir():
                paths.append(path)
    return sorted(paths)


def _closed_folder(path: Path, shown: str) -> Document:
    """What is said of a folder whose playbooks are not read: none vanishes silently."""
    if path.is_symlink():
        message = "a symbolic link to a folder; playbooks are plain files in plain folders"
        return unreadable(shown, "not-a-file", message)
    return unreadable(shown, "unreadable", "the folder cannot be read; give yourself the right to")
