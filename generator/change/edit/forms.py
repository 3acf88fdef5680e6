"""Playbooks in today's form: new ones to fill in, and older ones brought to it, comments kept.

When the form changes so that old files would not be read any more, SCHEMA_VERSION goes up by one
and the step from the version before is added to MIGRATIONS with a test.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2

from generator.change.edit.edit import Change, Edited, Put, edit_text, is_safe_to_edit
from generator.form import SCHEMA_VERSION
from generator.problems import Problem
from generator.read import Document, Workspace, read_text
from generator.share import templates_folder

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


_DECIDER, _CHAMPION = ("decider", "company", "decider"), ("champion", "handler", "champion")
_FIRST = (("first-contact", "…", ""),)
_PEOPLE = {"A": (_DECIDER, _CHAMPION), "B": (_DECIDER, _CHAMPION), "C": _FIRST, "D": _FIRST}
"""The contacts of a new playbook by its tier: id, level, role."""


def new_playbook(  # noqa: PLR0913 - each word of the form's head
    account_id: str,
    tier: str,
    status: str,
    path: Path,
    workspace: Workspace,
    today: datetime.date,
    *,
    name: str | None = None,
    owner: str | None = None,
    parts: Sequence[str] = (),
) -> str:
    """The text of a new playbook; it has no schema errors, only placeholders and gaps to fill.

    The template says which examples in comments a tier and a status ask for; what the playbook
    itself says is put into it as into any other. `parts` are those of a plan, with their names.
    """
    schema = os.path.relpath(workspace.schema_file, path.parent)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - comments of a YAML file: a path, a day, and no more
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    form = environment.get_template("new_playbook.yaml.j2").render(
        tier=tier,
        status=status,
        schema=Path(schema).as_posix(),
        has_owner=owner is not None,
        is_short=status != "customer" and tier in "CD",
        contacts=_PEOPLE[tier],
        parts=parts,
    )
    account: dict[str, Any] = {
        "name": name or account_id.replace("-", " ").title(),
        "status": status,
        "planned_tier": tier,
        "reviewed": today,
    }
    account |= {"owner": owner} if owner is not None else {}
    changes = [Put(path=("account", key), value=value) for key, value in account.items()]
    return edit_text(form, changes, workspace.shown(path)).text


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
    made = Edited(text=text, document=document)
    while (version := _version(made.document)) != current:
        step = next((step for step in steps if step.start == version), None)
        if version is None or version > current or step is None:
            problem = _no_step(document, version, current)
            return Edited(text=text, document=document, problems=(problem,))
        changes = step.changes(made.document.data or {})
        made = edit_text(made.text, (*changes, Put(path=(_KEY,), value=version + 1)), path)
        if made.problems:
            return Edited(text=text, document=document, problems=made.problems)
    return made


def _version(document: Document) -> int | None:
    version = str((document.data or {}).get(_KEY, ""))
    is_version = version.isascii() and version.isdigit() and len(version) <= _VERSION_DIGITS
    return int(version) if is_version else None


def _no_step(document: Document, version: int | None, current: int) -> Problem:
    if version is None:
        message = f"write the version of the form: 'schema: {current}'"
    elif version > current:
        message = f"schema {version} is newer than this program, which knows {current}; update it"
    else:
        message = f"there is no way from schema {version} to {current}"
    problem = document.problem((_KEY,), "schema-version", message)
    return problem if _KEY in (document.data or {}) else replace(problem, line=1, column=1)
