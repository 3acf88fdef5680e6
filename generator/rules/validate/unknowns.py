"""Honest unknowns of a playbook: what is not known yet, who finds out, until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.read.document import DataPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """One `unknown: true`."""

    path: DataPath
    owner: str
    find_by: str
    """A day as text, '' where it lacks."""


def unknowns_in(node: Any, path: DataPath = ()) -> Iterator[Unknown]:
    """Every honest unknown at or below a node, in the order of the file."""
    if isinstance(node, dict):
        if "unknown" in node:
            yield Unknown(
                path=path, owner=str(node.get("owner", "")), find_by=str(node.get("find_by", ""))
            )
        for key, value in node.items():
            if isinstance(value, (dict, list)):
                yield from unknowns_in(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if isinstance(value, (dict, list)):
                yield from unknowns_in(value, (*path, index))
