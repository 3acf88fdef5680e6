"""Steps through a playbook's model along a data path: values, their names, their evidence."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from generator.model.base import Fact, Graded, Section
from generator.read.document import DataPath

# Keys whose name Python, or pydantic, has taken.
_RENAMED = {
    "class": "class_",
    "register": "register_",
    "return": "return_",
    "schema": "schema_",
    "with": "with_",
}
_NAMING_FIELDS = ("id", "name", "item", "issue", "year", "activity", "date", "to")


def nodes_along(root: BaseModel, path: DataPath) -> list[Any]:
    """What stands at each step of a path, None from where it leads nowhere."""
    nodes: list[Any] = []
    node: Any = root
    for step in path:
        if isinstance(node, BaseModel):
            # Not getattr: pydantic makes a missing attribute dear, and this is the hottest loop.
            node = node.__dict__.get(_RENAMED.get(step, step))  # type: ignore[arg-type]
        elif type(node) is dict:
            node = node.get(step)
        elif type(node) is tuple and type(step) is int and step < len(node):
            node = node[step]
        else:
            node = None
        nodes.append(node)
    return nodes


def name_of(path: DataPath, nodes: Sequence[Any]) -> str:
    """A path in words: entries of lists by their id where they have one; a fact without 'value'."""
    words = []
    for step, node in zip(path, nodes, strict=True):
        if type(step) is int:
            words.append(str(_label(node) or step))
        elif not (step == "value" and words and node.__class__ in (float, int)):
            words.append(str(step))
    return ".".join(words)


def evidence_along(nodes: Sequence[Any]) -> tuple[str | None, datetime.date | None]:
    """The grade and day that the innermost entry or section gives for what is inside it."""
    grade = as_of = None
    for node in reversed(nodes):
        if isinstance(node, Fact):
            continue
        layer = (
            node
            if isinstance(node, Graded)
            else node.evidence
            if isinstance(node, Section)
            else None
        )
        if layer is not None:
            grade = grade or layer.grade
            as_of = as_of or layer.as_of
    return grade, as_of


def _label(entry: Any) -> Any:
    if isinstance(entry, BaseModel):
        fields = entry.__dict__
        for field in _NAMING_FIELDS:
            if fields.get(field) is not None:
                return fields[field]
    return None
