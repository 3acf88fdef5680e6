"""Playbooks of an older form into today's, step by step, comments kept.

When the form changes so that old files would not be read any more, SCHEMA_VERSION goes up by one
and the step from the version before is added to MIGRATIONS with a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from generator.change.edit.changes import Change, Put
from generator.change.edit.edit import Edited, edit_text, is_safe_to_edit
from generator.model.playbook import SCHEMA_VERSION
from generator.problems import Problem
from generator.read import Document, read_text

_KEY = "schema"
_VERSION_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """The step from one version of the form to the next."""

    start: int
    """The version that it begins with."""
    changes: Callable[[Mapping[str, Any]], Sequence[Change]]
    """What must change in a playbook; the version itself is changed beside it."""


# Schema 1 is the first
MIGRATIONS: tuple[Migration, ...] = ()


def migrated(
    text: str,
    path: str,
    steps: Sequence[Migration] = MIGRATIONS,
    current: int = SCHEMA_VERSION,
) -> Edited:
    """The text in today's form, or as it was with findings: all steps are taken or none."""
    document = read_text(text.encode(), path)
    if not is_safe_to_edit(document):
        return Edited(text=text, document=document, problems=document.problems)
    by_start = {one.start: one for one in steps}
    made = Edited(text=text, document=document)
    while (version := _version(made.document)) != current:
        step = by_start.get(version) if version is not None and version < current else None
        if version is None or step is None:
            problem = _no_way(document, version, current)
            return Edited(text=text, document=document, problems=(problem,))
        changes = (*step.changes(made.document.data or {}), Put(path=(_KEY,), value=version + 1))
        made = edit_text(made.text, changes, path)
        if made.problems:
            return Edited(text=text, document=document, problems=made.problems)
    return made


def _version(document: Document) -> int | None:
    found = str((document.data or {}).get(_KEY, ""))
    is_version = found.isascii() and found.isdigit() and len(found) <= _VERSION_DIGITS
    return int(found) if is_version else None


def _no_way(document: Document, version: int | None, current: int) -> Problem:
    if version is None:
        message = f"write the version of the form: 'schema: {current}'"
    elif version > current:
        message = f"schema {version} is newer than this program, which knows {current}; update it"
    else:
        message = f"there is no way from schema {version} to {current}"
    mark, depth = document.nearest((_KEY,))
    return Problem(
        path=document.path,
        line=mark.line if depth else 1,
        column=mark.column if depth else 1,
        level="error",
        rule="schema-version",
        message=message,
        account=PurePosixPath(document.path).stem,
    )
