"""The workspace on disk: which files there are, and their bytes. The only place that reads them."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from generator.errors import WorkspaceError
from generator.problems import Problem
from generator.read.document import Document, Mark
from generator.read.parse import read_text
from generator.read.text import MAX_BYTES

ACCOUNT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A folder with playbooks/, and the repository it lies in (the folder itself without git)."""

    root: Path
    repository: Path

    @classmethod
    def at(cls, root: Path) -> Workspace:
        """The workspace at a folder; an error when there is no such folder."""
        if not root.is_dir():
            raise WorkspaceError(f"there is no folder {root}")
        root = root.resolve()
        for folder in (root, *root.parents):
            if (folder / ".git").exists():
                return cls(root=root, repository=folder)
        return cls(root=root, repository=root)

    @property
    def playbooks(self) -> Path:
        """The folder of the playbooks."""
        return self.root / "playbooks"

    def shown(self, path: Path) -> str:
        """A path as findings print it: relative to the repository's root, forward slashes."""
        try:
            return path.relative_to(self.repository).as_posix()
        except ValueError:
            return path.as_posix()


def read_playbooks(workspace: Workspace) -> tuple[Document, ...]:
    """Every playbook of the workspace in the order of their paths, broken ones included."""
    folder = workspace.playbooks
    if folder.is_symlink() or not folder.is_dir():
        raise WorkspaceError(
            f"there is no folder {workspace.shown(folder)};"
            " make it, or name the workspace with --root"
        )
    documents = []
    by_stem: dict[str, str] = {}
    for path in _files_below(folder):
        document = _read_playbook(path, workspace)
        first = by_stem.setdefault(document.stem.casefold(), document.path)
        if first != document.path:
            document = _with(
                document,
                "duplicate-id",
                f"the account id '{document.stem}' is taken by {first}; rename one of the files",
            )
        documents.append(document)
    return tuple(documents)


def read_file(path: Path, shown: str) -> Document:
    """One file as a document; what cannot be opened becomes a finding, not an exception."""
    try:
        raw = _bytes_of(path)
    except _NotAFile as refusal:
        return _unreadable(shown, "not-a-file", str(refusal))
    except OSError as error:
        return _unreadable(shown, "unreadable", f"cannot be read: {error.strerror or error}")
    return read_text(raw, shown)


class _NotAFile(Exception):  # noqa: N818 - a refusal within this module
    """The path is a link, a folder, a device or a pipe."""


def _bytes_of(path: Path) -> bytes:
    """The bytes of a plain file; one more than the limit is read, so that the size can be told."""
    kind = os.lstat(path).st_mode
    if stat.S_ISLNK(kind):
        raise _NotAFile("a symbolic link; playbooks are plain files")
    if stat.S_ISDIR(kind):
        raise _NotAFile("a folder with the name of a playbook; rename it")
    if not stat.S_ISREG(kind):
        raise _NotAFile("not a plain file")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raw += file.read(9 * MAX_BYTES)
    return raw


def _files_below(folder: Path) -> list[Path]:
    """Paths that claim to be playbooks, sorted; hidden and underscored names are left out."""
    found: list[Path] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise WorkspaceError(f"cannot read the folder {folder}: {error.strerror}") from error
    for entry in entries:
        if entry.name.startswith((".", "_")):
            continue
        claims = entry.name.lower().endswith((".yaml", ".yml"))
        if claims:
            found.append(Path(entry.path))
        elif entry.is_dir(follow_symlinks=False):
            found.extend(_files_below(Path(entry.path)))
    return sorted(found)


def _read_playbook(path: Path, workspace: Workspace) -> Document:
    shown = workspace.shown(path)
    if path.suffix != ".yaml":
        return _unreadable(
            shown, "file-ending", f"the name must end in .yaml; rename it to {path.stem}.yaml"
        )
    document = read_file(path, shown)
    if len(path.stem) > MAX_ID or not ACCOUNT_ID.fullmatch(path.stem):
        return _with(
            document,
            "account-id",
            f"the file's name is the account's id: small letters, digits and single hyphens,"
            f" at most {MAX_ID} characters; rename '{path.name}'",
        )
    return document


def _unreadable(shown: str, rule: str, message: str) -> Document:
    stem = Path(shown).stem
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
