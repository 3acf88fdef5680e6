"""What imports by one mapping wrote, and from which rows: so that the next one can withdraw it.

A JSON file of each mapping, one line for each place that was written, sorted. It says whose it is:
two mappings of one name, in different folders, have two. Of contacts it holds ids and fingerprints,
no words.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from generator.change.crm.places import CONTACTS, PERSONAL, is_same, place_name
from generator.change.edit.edit import as_read
from generator.change.edit.files import ChangedFile, NewFile
from generator.errors import WorkspaceError
from generator.read import Workspace
from generator.read.document import DataPath
from generator.share import defaults_folder

_ABOUT = (
    "What playbook import wrote into playbooks, and from which rows of the export."
    " Kept by the program: commit it, do not edit it."
)
_FINGERPRINT = 10  # hexadecimal digits; two values of one field seldom have the same
Value = str | list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stood at one place of a playbook when an import had written it."""

    values: Mapping[str, Value]
    """As the reader has them; of contacts their fingerprints."""
    rows: tuple[str, ...] = ()
    """What the CRM calls the rows that made it; deals have a part in status and owner, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMemory:
    """What was written into one account's playbook, by place: 'economics.revenue 2025'."""

    playbook: str
    places: Mapping[str, Written]

    def rows_of(self, path: DataPath) -> dict[str, tuple[str, ...]]:
        """The rows of each entry of a list, by what the entry is found by."""
        start = f"{place_name(path)} "
        return {
            place.removeprefix(start): written.rows
            for place, written in self.places.items()
            if place.startswith(start)
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Accounts by their key in the CRM, and the ids that labels of the export got, by list."""

    accounts: Mapping[str, AccountMemory] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of_playbook(self, stem: str, key: str) -> AccountMemory | None:
        """What is known of a playbook: by its account, else by the file's name."""
        named = (known for known in self.accounts.values() if known.playbook == stem)
        return self.accounts.get(key) or next(named, None)

    @property
    def rows(self) -> frozenset[str]:
        """What the CRM calls the rows that anything was made of."""
        return frozenset(
            row
            for account in self.accounts.values()
            for written in account.places.values()
            for row in written.rows
        )

    def without_contact(self, playbook: str, id_: str) -> Memory:
        """The memory without what it holds of one contact."""
        gone = place_name(CONTACTS, (id_,))

        def without(known: AccountMemory) -> AccountMemory:
            if known.playbook != playbook:
                return known
            places = {place: written for place, written in known.places.items() if place != gone}
            return replace(known, places=places)

        accounts = {key: without(known) for key, known in self.accounts.items()}
        return replace(self, accounts=accounts)

    def without_colleague(self, id_: str, stand_in: str) -> Memory:
        """The memory with another id for one of us, and without what the CRM calls them."""
        texts = {id_: stand_in, kept_value(CONTACTS, id_): kept_value(CONTACTS, stand_in)}

        def without(written: Written) -> Written:
            values = {
                key: texts.get(value, value) if isinstance(value, str) else value
                for key, value in written.values.items()
            }
            return replace(written, values=values)

        accounts = {
            key: replace(
                known, places={place: without(written) for place, written in known.places.items()}
            )
            for key, known in self.accounts.items()
        }
        labels = {
            kind: {
                label: of_label
                for label, of_label in ids.items()
                if not (kind == "people" and of_label == id_)
            }
            for kind, ids in self.labels.items()
        }
        return Memory(accounts=accounts, labels=labels)


def kept_value(path: DataPath, value: Any) -> Value:
    """A value as the memory holds it."""
    read: Value = as_read(value)
    if path[:2] not in PERSONAL:
        return read
    text = json.dumps(read, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_FINGERPRINT]


def is_as_written(written: Written | None, path: DataPath, key: str, value: Any) -> bool:
    """Whether a value is still the one that an import wrote there."""
    kept = written.values.get(key) if written else None
    return kept is not None and (kept == kept_value(path, value) or is_same(value, kept))


def text_of(memory: Memory, mapping: str) -> str:
    """The file's text: what belongs to one place on one line; `mapping` is whose it is."""
    return "".join(f"{line}\n" for line in _lines(memory, mapping))


def _lines(memory: Memory, mapping: str) -> Iterator[str]:
    yield "{"
    yield f'  "about": {_json(_ABOUT)},'
    if mapping:
        yield f'  "mapping": {_json(mapping)},'
    yield '  "labels": {'
    labels = {kind: ids for kind, ids in sorted(memory.labels.items()) if ids}
    for kind, ids in labels.items():
        yield f"    {_json(kind)}: {{"
        yield from _members({label: _json(id_) for label, id_ in ids.items()}, 6)
        yield "    }" + ("" if kind == max(labels) else ",")
    yield "  },"
    yield '  "accounts": {'
    last = max(memory.accounts, default="")
    for key, account in sorted(memory.accounts.items()):
        yield f'    {_json(key)}: {{"playbook": {_json(account.playbook)}, "places": {{'
        places = {
            place: _json({"values": dict(written.values), "rows": list(written.rows)})
            for place, written in account.places.items()
        }
        yield from _members(places, 6)
        yield "    }}" + ("" if key == last else ",")
    yield "  }"
    yield "}"


def _members(members: Mapping[str, str], indent: int) -> Iterator[str]:
    last = max(members, default="")
    for name, text in sorted(members.items()):
        yield f"{' ' * indent}{_json(name)}: {text}{'' if name == last else ','}"


def _json(value: Any) -> str:
    if isinstance(value, Mapping):
        value = dict(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFile:
    """The memory of one mapping as it lies in the workspace, or is still to be made."""

    path: str
    """Relative to the workspace's root."""
    shown: str
    """Relative to the repository's root."""
    text: str | None
    """None where no import by this mapping was remembered."""
    memory: Memory
    mapping: str
    """Whose it is; '' where an import of before did not write that down."""
    mapping_before: str = ""
    """Whose it was: a mapping that is not there any more."""

    def with_memory(self, memory: Memory) -> NewFile | ChangedFile | None:
        """The file to write, if it says anything new."""
        text = text_of(memory, self.mapping)
        if self.text is None:
            return NewFile(path=self.path, text=text)
        if self.text.replace("\r\n", "\n") == text:  # git may write line ends of Windows
            return None
        return ChangedFile(path=self.shown, before=self.text, text=text)


def memory_files(workspace: Workspace) -> Iterator[MemoryFile]:
    """The memory of every mapping that has one."""
    for path in sorted(_folder(workspace).glob(f"*{_ENDING}")):
        yield _read(workspace, path)


def memory_of(mapping: Path, workspace: Workspace) -> MemoryFile:
    """The memory of a mapping, by its path or the name that it lies ready by.

    It is the one that says so; else the only one of its name that is nobody's, where the mapping
    was moved or imports did not write down yet whose it is; else a new one.
    """
    folder, name = _folder(workspace), _name_of(mapping, workspace)
    pattern = re.compile(rf"{re.escape(mapping.stem)}(?:-[0-9]+)?{re.escape(_ENDING)}")
    paths = sorted(path for path in folder.glob(f"*{_ENDING}") if pattern.fullmatch(path.name))
    files = [_read(workspace, path) for path in paths]
    if own := next((file for file in files if file.mapping == name), None):
        return own
    free = [file for file in files if not _is_there(file.mapping, workspace)]
    if len(free) == 1:
        return replace(free[0], mapping=name, mapping_before=free[0].mapping)
    ends = itertools.chain(("",), (f"-{number}" for number in itertools.count(2)))
    new = (folder / f"{mapping.stem}{end}{_ENDING}" for end in ends)
    return replace(_read(workspace, next(path for path in new if path not in paths)), mapping=name)


_FOLDER = "mappings"
_ENDING = ".memory.json"


def _folder(workspace: Workspace) -> Path:
    return workspace.site_config / _FOLDER


def _name_of(mapping: Path, workspace: Workspace) -> str:
    """What a mapping is told from others by: its name among those of the workspace, else its path.

    One that lies ready has the name of the workspace's own that takes its place.
    """
    if not mapping.exists():
        return mapping.stem
    path = mapping.resolve()
    if path.parent in {_folder(workspace).resolve(), (defaults_folder() / _FOLDER).resolve()}:
        return mapping.stem
    try:
        return Path(os.path.relpath(path, workspace.root.resolve())).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def _is_there(name: str, workspace: Workspace) -> bool:
    """Whether there is a mapping that is told by this name or path."""
    ready = (
        folder / f"{name}.yaml" for folder in (_folder(workspace), defaults_folder() / _FOLDER)
    )
    return bool(name) and any(map(Path.is_file, (workspace.root / name, *ready)))


def is_memory(path: Path) -> bool:
    """Whether a file is what imports remember."""
    return path.name.endswith(_ENDING)


def _read(workspace: Workspace, path: Path) -> MemoryFile:
    shown = workspace.shown(path)
    try:
        text = path.read_bytes().decode()
        stored = _FORM.validate_json(text)
    except FileNotFoundError:
        text, stored = None, _Stored(about=_ABOUT, labels={}, accounts={})
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise WorkspaceError(
            f"{shown} cannot be read as what imports remember; take it from git again, or delete"
            " it: then what earlier imports wrote is known by its evidence alone"
        ) from error
    return MemoryFile(
        path=f"{workspace.site_config.name}/{_FOLDER}/{path.name}",
        shown=shown,
        text=text,
        memory=Memory(accounts=stored.accounts, labels=stored.labels),
        mapping=stored.mapping,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """The file's own shape."""

    about: str
    mapping: str = ""
    labels: dict[str, dict[str, str]]
    accounts: dict[str, AccountMemory]


_FORM = TypeAdapter(_Stored)
