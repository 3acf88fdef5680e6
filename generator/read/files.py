"""The workspace on disk: which files there are, and their bytes. The only place that reads them."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.errors import WorkspaceError
from generator.problems import Problem
from generator.read.document import Document, Mark
from generator.read.parse import read_text
from generator.read.text import MAX_BYTES, size_fault

ACCOUNT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 64
# Windows opens a device instead of a file of such a name, whatever its ending
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


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

    def settings_files(self) -> tuple[str, ...]:
        """The names of the YAML files in site_config, sorted; hidden and underscored ones not."""
        try:
            names = [entry.name for entry in os.scandir(self.site_config)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            folder = self.shown(self.site_config)
            raise WorkspaceError(f"cannot read the folder {folder}: {error.strerror}") from error
        return tuple(
            sorted(
                name
                for name in names
                if name.lower().endswith((".yaml", ".yml")) and not name.startswith((".", "_"))
            )
        )

    def shown(self, path: Path) -> str:
        """A path as findings print it: relative to the repository's root, forward slashes."""
        inside = path.is_relative_to(self.repository)
        text = (path.relative_to(self.repository) if inside else path).as_posix()
        return os.fsencode(text).decode("utf-8", "replace")


def id_fault(stem: str) -> str | None:
    """Why a file of this name cannot be a playbook, or None."""
    if len(stem) > MAX_ID or not ACCOUNT_ID.fullmatch(stem):
        return (
            f"the file's name is the account's id: small letters, digits and single hyphens,"
            f" at most {MAX_ID} characters"
        )
    if stem in _DEVICES:
        return "Windows keeps this name for a device"
    return None


def read_playbooks(workspace: Workspace) -> tuple[Document, ...]:
    """Every playbook of the workspace in the order of their paths, broken ones included."""
    folder = workspace.playbooks
    if folder.is_symlink():
        raise WorkspaceError(
            f"{workspace.shown(folder)} is a symbolic link; make it a plain folder"
        )
    if not folder.is_dir():
        raise WorkspaceError(
            f"there is no folder {workspace.shown(folder)};"
            " make it, or name the workspace with --root"
        )
    documents = []
    by_id: dict[str, str] = {}
    for path in _files_below(folder):
        document = _read_playbook(path, workspace)
        if id_fault(document.stem) is None and path.suffix == ".yaml":
            first = by_id.setdefault(document.stem, document.path)
            if first != document.path:
                message = f"the account id '{document.stem}' is taken by {first}; rename one file"
                document = _with(document, "duplicate-id", message)
        documents.append(document)
    return tuple(documents)


def read_file(path: Path, shown: str) -> Document:
    """One file as a document; what cannot be opened becomes a finding, not an exception."""
    try:
        raw = _bytes_of(path)
    except _Refusal as refusal:
        return _unreadable(shown, *refusal.args)
    except OSError as error:
        return _unreadable(shown, "unreadable", f"cannot be read: {error.strerror or error}")
    return read_text(raw, shown)


class _Refusal(Exception):  # noqa: N818 - it never leaves this module
    """The path is no file that is read: the rule, and why."""


def _bytes_of(path: Path) -> bytes:
    """The bytes of a plain file; of one that is too large none."""
    _refuse_special(os.lstat(path).st_mode)
    # the name may have come to mean something else meanwhile: a pipe must not keep us waiting
    flags = os.O_RDONLY | sum(
        getattr(os, one, 0) for one in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        state = os.fstat(file.fileno())
        _refuse_special(state.st_mode)
        if state.st_size > MAX_BYTES:
            raise _Refusal("too-large", size_fault(state.st_size))
        return file.read(MAX_BYTES + 1)


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
    found: list[Path] = []
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
            found.append(place)
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith((".", "_")):
                continue
            if entry.name.lower().endswith((".yaml", ".yml")):
                found.append(path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_symlink() and path.is_dir():
                found.append(path)
    return sorted(found)


def _read_playbook(path: Path, workspace: Workspace) -> Document:
    shown = workspace.shown(path)
    if path.suffix.lower() not in (".yaml", ".yml"):
        return _closed_folder(path, shown)
    if path.suffix != ".yaml":
        return _unreadable(
            shown,
            "file-ending",
            f"the name must end in .yaml; rename it to {PurePosixPath(shown).stem}.yaml",
        )
    document = read_file(path, shown)
    if fault := id_fault(document.stem):
        name = PurePosixPath(shown).name
        return _with(document, "account-id", f"{fault}; rename '{name}'")
    return document


def _closed_folder(path: Path, shown: str) -> Document:
    """What is said of a folder whose playbooks are not read: none vanishes silently."""
    if path.is_symlink():
        message = "a symbolic link to a folder; playbooks are plain files in plain folders"
        return _unreadable(shown, "not-a-file", message)
    return _unreadable(shown, "unreadable", "the folder cannot be read; give yourself the right to")


def _unreadable(shown: str, rule: str, message: str) -> Document:
    stem = PurePosixPath(shown).stem
    document = Document(
        path=shown, stem=stem, text="", data=None, marks=Mark(1, 1, 1, 1), problems=()
    )
    return _with(document, rule, message)


def _with(document: Document, rule: str, message: str) -> Document:
    """The document with one more finding at its top; it is not used any further."""
    problem = Problem(
        path=document.path,
        line=1,
        column=1,
        level="error",
        rule=rule,
        message=message,
        account=document.stem,
    )
    return Document(
        path=document.path,
        stem=document.stem,
        text=document.text,
        data=None,
        marks=document.marks,
        problems=(*document.problems, problem),
    )
