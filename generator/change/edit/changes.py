"""What is to change in a playbook, as data, and what the playbook then says."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.change.edit.yaml_text import scalar_text
from generator.read.document import DataPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Make the value at a path this one; keys on the way that lack are made."""

    path: DataPath
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
    """Add an entry at the end of the list at a path; the list is made if it lacks."""

    path: DataPath
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Take away the key or entry at a path."""

    path: DataPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Give the key at a path another name; its value and comments stay."""

    path: DataPath
    to: str


Change = Put | Append | Drop | Rename


def as_read(value: Any) -> Any:
    """A value as the reader gives it back: text at the leaves."""
    if isinstance(value, Mapping):
        return {str(key): as_read(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_read(one) for one in value]
    return str(value) if isinstance(value, str) else scalar_text(value)


def changed(data: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The data with the changes made; paths are those of the data as given."""
    made = copy.deepcopy(dict(data))
    drops, renames = [], []
    for change in changes:
        if isinstance(change, Drop):
            drops.append(change.path)
        elif isinstance(change, Rename):
            renames.append(change)
        elif isinstance(change, Append):
            entries = _inside(made, change.path, [])
            entries.append(as_read(change.value))
        else:
            _inside(made, change.path[:-1], {})[change.path[-1]] = as_read(change.value)
    # From the end of a list, so that the places of the others stay
    for path in sorted(
        drops, key=lambda one: [str(step).rjust(9, "0") for step in one], reverse=True
    ):
        del _inside(made, path[:-1], {})[path[-1]]
    # From the inside out, so that the paths to the others stay
    for rename in sorted(renames, key=lambda one: len(one.path), reverse=True):
        above = _inside(made, rename.path[:-1], {})
        above[rename.to] = above.pop(rename.path[-1])
    return made


def _inside(data: Any, path: DataPath, empty: Any) -> Any:
    """The mapping or list at a path, made on the way where it lacks."""
    for depth, step in enumerate(path):
        if isinstance(step, str) and step not in data:
            data[step] = copy.copy(empty) if depth == len(path) - 1 else {}
        data = data[step]
    return data
