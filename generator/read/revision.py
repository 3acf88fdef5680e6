"""A workspace as a commit has it, read from git's objects; and whether its files are still so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from generator.errors import GitError
from generator.language import phrase
from generator.read.document import Document
from generator.read.files import Workspace
from generator.read.git import Blob, Commit, Repository
from generator.read.parse import read_text
from generator.read.source import FolderEntry, is_playbook_name, unreadable
from generator.read.text import OF_PLAYBOOK, Limits, size_fault

Tell = Callable[[str], None]
"""Hears what a person should know although the work goes on."""


def say_nothing(_message: str) -> None:
    """Hears and keeps silent."""


class Revision:
    """The playbooks and settings of a commit: what `Source` asks for."""

    def __init__(self, workspace: Workspace, commit: Commit) -> None:
        """Lists its files and takes their bytes, all at once; raises GitError."""
        self.commit = commit
        self._known: dict[str, Document] = {}
        self._base = workspace.shown(workspace.root)
        self._repository = repository = Repository(workspace.repository)
        folders = self._place("playbooks"), self._place("site_config")
        blobs = repository.files(commit, *folders)
        _refuse_submodules(blobs, commit)
        self._playbooks = [blob for blob in blobs if _is_seen(blob.path, folders[0])]
        self._settings = {
            PurePosixPath(blob.path).name: blob
            for blob in blobs
            if _is_setting(blob.path, folders[1])
        }
        read = [blob for blob in (*self._playbooks, *self._settings.values()) if blob.is_plain]
        self._contents: Mapping[Blob, bytes | int] = dict(repository.contents(read))

    def hashes(self) -> dict[str, str]:
        """By path git's hash of each playbook and setting."""
        return {blob.path: blob.hash for blob in (*self._playbooks, *self._settings.values())}

    def reuse(self, documents: Iterable[Document]) -> None:
        """Where a file has the same bytes as one of these it is that document, not read again."""
        self._known = {document.path: document for document in documents if not document.problems}

    def playbook_entries(self) -> Iterator[FolderEntry]:
        """What lies below playbooks/, by path; a commit without that folder has none."""
        for blob in self._playbooks:
            yield FolderEntry(path=blob.path, read=partial(self._read, blob))

    def file(self, path: str, limits: Limits = OF_PLAYBOOK) -> Document | None:
        """Any other file of the commit, by its path from the repository's root; None without."""
        blobs = self._repository.files(self.commit, path)
        if not blobs or not blobs[0].is_plain:
            return None
        contents = dict(self._repository.contents(blobs, limits))
        self._contents = {**self._contents, **contents}
        return self._read(blobs[0], limits)

    def settings_names(self) -> tuple[str, ...]:
        """The names of the YAML files in site_config, sorted."""
        return tuple(sorted(self._settings))

    def settings_path(self, name: str) -> str:
        """Such a file's path as findings print it."""
        return self._place(f"site_config/{name}")

    def settings_file(self, name: str) -> Document:
        """Such a file, read."""
        return self._read(self._settings[name])

    def _place(self, path: str) -> str:
        return path if self._base == "." else f"{self._base}/{path}"

    def _read(self, blob: Blob, limits: Limits = OF_PLAYBOOK) -> Document:
        if not blob.is_plain:
            message = "a symbolic link; playbooks are plain files in plain folders"
            return unreadable(blob.path, "not-a-file", message)
        content = self._contents[blob]
        if isinstance(content, int):
            return unreadable(blob.path, "too-large", size_fault(content, limits))
        known = self._known.get(blob.path)
        if known is not None and known.text.encode() == content:
            return known
        return read_text(content, blob.path, limits)


def _refuse_submodules(blobs: Iterable[Blob], commit: Commit) -> None:
    """GitError where plans or settings lie in a repository of their own: this one has none."""
    for blob in blobs:
        if blob.is_repository:
            raise GitError(
                f"{blob.path} is a submodule in {commit.name}, and its files are not in this"
                " repository; make it a plain folder: git submodule deinit, then git add its files"
            )


def _is_seen(path: str, folder: str) -> bool:
    """Whether a file below playbooks/ claims to be a playbook."""
    inside = PurePosixPath(path).relative_to(folder).parts if path.startswith(f"{folder}/") else ()
    hidden = any(step.startswith((".", "_")) for step in inside)
    return bool(inside) and not hidden and is_playbook_name(inside[-1])


def _is_setting(path: str, folder: str) -> bool:
    """Whether a file lies in site_config itself and claims to be a setting."""
    file = PurePosixPath(path)
    return file.parent == PurePosixPath(folder) and is_playbook_name(file.name)


def state_of(workspace: Workspace, tell: Tell = say_nothing) -> str:
    """The short hash of the current commit, marked when playbooks or settings differ from it.

    Nothing without git or before the first commit, and where the repository cannot be read: `tell`
    hears why. Files are held against git's own hashes: no program that the repository's
    configuration names is started.
    """
    repository = Repository(workspace.repository)
    try:
        if not repository.has_history():
            return ""
        commit = repository.commit("HEAD")
        committed = Revision(workspace, commit).hashes()
    except GitError as error:
        tell(f"pages name no revision: {error}")
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
        hashlib.new(name, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        for content in contents
    }
