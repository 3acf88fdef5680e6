"""Playbooks in today's form: new ones to fill in, and older ones brought to it, comments kept.

When the form changes so that old files would not be read any more, SCHEMA_VERSION goes up by one
and the step from the version before is added to MIGRATIONS with a test.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2

from generator.change.edit.edit import Change, Edited, Put, edit_text, is_safe_to_edit
from generator.form import FORM, SCHEMA_VERSION
from generator.model.fields import Field
from generator.model.placeholders import without_placeholders
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
    ids: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """The text of a new playbook; it has no schema errors, only placeholders and gaps to fill.

    The template says which examples in comments a tier and a status ask for; what the playbook
    itself says is put into it as into any other. `parts` are those of a plan, with their names,
    `ids` those of the settings by what they are of.
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
    return edit_text(_with_words(form, ids), changes, workspace.shown(path)).text


_LISTED = 16
"""So many words or ids are named behind a placeholder."""


def _with_words(form: str, ids: Mapping[str, Sequence[str]]) -> str:
    """The form with the words that may stand in the place of a placeholder, each list once."""
    lines = form.split("\n")
    head = 2
    switched_on = [re.sub(r"^( *)# ", r"\1", line) for line in lines[head:]]
    document = read_text("\n".join((*lines[:head], *switched_on)).encode(), "playbooks/new.yaml")
    seen: set[tuple[str, tuple[str, ...]]] = set()
    behind: dict[int, dict[str, str]] = {}
    for path in without_placeholders(document)[1]:
        field = FORM.at(path)
        words = _words_for(field, ids) if field is not None else ()
        key = next(step for step in reversed(path) if isinstance(step, str))
        if words and (key, words) not in seen:
            seen.add((key, words))
            line = document.nearest(path)[0].line - 1
            behind.setdefault(line, {})[key] = ", ".join((*words[:-2], " or ".join(words[-2:])))
    for line, told in behind.items():
        lines[line] = _with_comment(lines[line], told)
    return "\n".join(lines)


def _words_for(field: Field, ids: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The words or ids of settings that may stand there, if they are few."""
    words = field.choices or tuple(ids.get(field.points_to or "", ()))
    return () if len(words) > _LISTED or field.word_names else tuple(words)


def _with_comment(line: str, told: Mapping[str, str]) -> str:
    """A line with what may be written in it behind it; of the only key the words alone."""
    text, mark, comment = line.partition("   # ")
    is_only = "{" not in text
    words = "; ".join(said if is_only else f"{key}: {said}" for key, said in told.items())
    if mark:
        return f"{text}{mark}{comment}; {words}"
    return f"{text.rstrip().ljust(_COMMENT_AT)} # {words}" if is_only else f"{text}   # {words}"


_COMMENT_AT = 32


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
