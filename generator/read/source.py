"""Where playbooks come from, the folder as it lies there or a revision of it, and their reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Protocol

from generator.problems import Problem
from generator.read.document import Document, Mark

ACCOUNT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 64
YAML_ENDINGS = (".yaml", ".yml")
# Windows opens a device instead of a file of such a name, whatever its ending
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
# accounts/index.html of the site is the list of all accounts
_PAGES = frozenset({"index"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderEntry:
    """Something below playbooks/ that claims to be a playbook, not yet read."""

    path: str
    """Relative to the repository's root, with forward slashes."""
    read: Callable[[], Document]
    is_closed: bool = False
    """A folder that is not looked into; reading it says why."""


class Source(Protocol):
    """A workspace's files at one time."""

    def playbook_entries(self) -> Iterable[FolderEntry]:
        """What lies below playbooks/, by path; raises WorkspaceError where there is no such."""

    def settings_names(self) -> tuple[str, ...]:
        """The names of the YAML files in site_config, sorted; hidden and underscored ones not."""

    def settings_path(self, name: str) -> str:
        """Such a file's path as findings print it."""

    def settings_file(self, name: str) -> Document:
        """Such a file, read."""


def is_playbook_name(name: str) -> bool:
    """Whether a file of this name claims to be a playbook or a setting."""
    return name.lower().endswith(YAML_ENDINGS) and not name.startswith((".", "_"))


def id_fault(stem: str) -> str | None:
    """Why a file of this name cannot be a playbook, or None."""
    if len(stem) > MAX_ID or not ACCOUNT_ID.fullmatch(stem):
        return (
            f"the file's name is the account's id: small letters, digits and single hyphens,"
            f" at most {MAX_ID} characters"
        )
    if is_device(stem):
        return "Windows keeps this name for a device"
    if stem in _PAGES:
        return "the site keeps this name for its list of accounts"
    return None


def is_device(name: str) -> bool:
    """Whether Windows opens a device by this name."""
    return name in _DEVICES


def is_kept_name(id_: str) -> bool:
    """Whether an id means something else to Windows or to the site."""
    return is_device(id_) or id_ in _PAGES


def read_playbooks(source: Source) -> tuple[Document, ...]:
    """Every playbook of a source in the order of their paths, broken ones included."""
    documents = []
    by_id: dict[str, str] = {}
    for entry in source.playbook_entries():
        document = _read(entry)
        if id_fault(document.stem) is None and entry.path.endswith(".yaml"):
            first = by_id.setdefault(document.stem, document.path)
            if first != document.path:
                message = f"the account id '{document.stem}' is taken by {first}; rename one file"
                document = refused(document, "duplicate-id", message)
        documents.append(document)
    return tuple(documents)


def _read(entry: FolderEntry) -> Document:
    path = PurePosixPath(entry.path)
    if entry.is_closed:
        return entry.read()
    if path.suffix != ".yaml":
        cure = f"the name must end in .yaml; rename it to {path.stem}.yaml"
        return unreadable(entry.path, "file-ending", cure)
    document = entry.read()
    if fault := id_fault(document.stem):
        better = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
        to = "" if id_fault(better) or not path.stem.isascii() else f" to '{better}.yaml'"
        return refused(document, "account-id", f"{fault}; rename '{path.name}'{to}")
    return document


def unreadable(path: str, rule: str, message: str) -> Document:
    """A document of which nothing could be read, and why."""
    stem = PurePosixPath(path).stem
    document = Document(
        path=path, stem=stem, text="", data=None, marks=Mark(1, 1, 1, 1), problems=()
    )
    return refused(document, rule, message)


def refused(document: Document, rule: str, message: str) -> Document:
    """The document with one more finding at its top; it is not used any further."""
    problem = Problem(path=document.path, rule=rule, message=message, account=document.stem)
    return replace(document, data=None, problems=(*document.problems, problem))
