"""A new workspace: the files that a firm begins with, none of which takes the place of another."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from generator.change.crm.names import free_id
from generator.change.edit.files import put_whole
from generator.change.edit.yaml_text import scalar_text
from generator.errors import WorkspaceError
from generator.outputs.form_schema import schema_text
from generator.read import Workspace, read_playbooks
from generator.read.document import said_at
from generator.recipes import Host, Program, recipes_for
from generator.rules.validate.plan import plan_of
from generator.settings import Settings, load_settings
from generator.settings.load import FILES
from generator.settings.overlay import shipped_document
from generator.share import templates_folder

NOT_SAID = "Account manager"
"""Who owns the plans of a team of one, where no name is given."""
_FOLDER = "workspace"
_IGNORE = ".gitignore"
_OWNERS_FILE = "CODEOWNERS"
_EXAMPLES = ("example-harbor", "example-mill")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a firm says of itself."""

    name: str
    currency: str | None
    """Of sums and thresholds; None: what is shipped, until the firm or a first import says one."""
    owner: str
    today: datetime.date
    has_examples: bool = False
    host: Host | None = None
    program: Program | None = None
    """What the pipelines install; None: they say where somebody has to write it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What was written, and what was there already and stays as it is."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    unignored: tuple[str, ...]
    """What a .gitignore that is kept should say as well."""


def begin(root: Path, start: Start) -> Started:
    """Write what a workspace at a folder still lacks.

    A file that is there is never touched; where the disk refuses one, none is written.
    """
    files = dict(_files(root, start))
    kept = tuple(path for path in files if os.path.lexists(root / path))
    _refuse_blocked(root, files)
    written: list[Path] = []
    made: list[Path] = []
    try:
        for path, text in files.items():
            if path not in kept:
                made += _make_folders((root / path).parent)
                put_whole(root / path, text.encode(), 0o644)
                written.append(root / path)
    except OSError as error:
        for file in written:
            file.unlink(missing_ok=True)
        for folder in reversed(made):
            folder.rmdir()
        where = error.filename or root
        raise WorkspaceError(
            f"cannot write {where}: {error.strerror}; nothing was written"
        ) from error
    return Started(
        written=tuple(path for path in files if path not in kept),
        kept=kept,
        unignored=tuple(_unignored(root, files[_IGNORE])) if _IGNORE in kept else (),
    )


def _unignored(root: Path, wanted: str) -> Iterator[str]:
    """The lines that a .gitignore of the firm's own lacks."""
    try:
        own = (root / _IGNORE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        own = []
    yield from (line for line in wanted.splitlines() if line[:1] == "/" and line not in own)


def _refuse_blocked(root: Path, files: Mapping[str, str]) -> None:
    """WorkspaceError where a file stands in the way of a folder, or the other way round."""
    for path in files:
        for folder in (root / path).parents:
            if os.path.lexists(folder) and not folder.is_dir():
                raise WorkspaceError(f"{folder} is no folder; move it away. Nothing was written")
        if (root / path).is_dir():
            raise WorkspaceError(f"{root / path} is a folder; move it away. Nothing was written")


def _make_folders(folder: Path) -> list[Path]:
    """A folder with those around it; returns those that were not there."""
    missing = [place for place in (folder, *folder.parents) if not place.is_dir()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _files(root: Path, start: Start) -> Iterator[tuple[str, str]]:
    """By path from the root the text of each file."""
    words = _words(start)
    yield "playbooks/.gitkeep", ""
    for name in FILES:
        yield f"site_config/{name}.yaml", _rendered(f"site_config/{name}.yaml.j2", words)
    yield "site_config/playbook.schema.json", schema_text()
    yield _IGNORE, _rendered("gitignore.j2", words)
    if start.has_examples:
        for name in _EXAMPLES:
            yield f"playbooks/{name}.yaml", _rendered(f"example/{name}.yaml.j2", words)
    if start.host is not None:
        for path, text in recipes_for(start.host, start.program).items():
            if path.endswith(_OWNERS_FILE):
                lines = tuple(_code_owners(root, words))
                yield path, _rendered("codeowners.j2", {"lines": lines})
            else:
                yield path, text


def _words(start: Start) -> dict[str, Any]:
    def day(ahead: int) -> str:
        return (start.today + datetime.timedelta(days=ahead)).isoformat()

    return {
        "name": scalar_text(start.name),
        "currency": start.currency or _shipped_currency(),
        "says_currency": start.currency is not None,
        "owner": scalar_text(start.owner),
        "owner_id": free_id(start.owner, "account-manager", ()),
        "schema": "../site_config/playbook.schema.json",
        "day": day,
        "year": start.today.year - 1,
    }


def _shipped_currency() -> str:
    return str(said_at(shipped_document("currencies").data, ("reporting_currency",)))


def _rendered(template: str, words: Mapping[str, Any]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder() / _FOLDER),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - YAML, with texts spelled by scalar_text
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    return environment.get_template(template).render(**words).replace(" }", "}")


# Who agrees to a change


def _code_owners(root: Path, words: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Paths and who has to agree: owners of the plans by folder and file, leaders to settings."""
    settings, owners = _owners(root)
    handle = _handles(settings)
    every = sorted({owner for _, owner in owners}) or [str(words["owner_id"])]
    yield "/playbooks/", [handle(owner) for owner in every]
    folders: dict[str, set[str]] = {}
    for path, owner in owners:
        folder = path.rpartition("/")[0]
        folders.setdefault(folder, set()).add(owner)
    for folder, names in sorted(folders.items()):
        if folder:
            yield f"/playbooks/{_escaped(folder)}/", [handle(owner) for owner in sorted(names)]
    for path, owner in sorted(owners):
        yield f"/playbooks/{_escaped(path)}", [handle(owner)]
    people = settings.team.people if settings else {}
    leaders = [id for id, person in people.items() if person.role in ("sales_manager", "executive")]
    yield "/site_config/", [handle(id) for id in leaders or every]


def _owners(root: Path) -> tuple[Settings | None, list[tuple[str, str]]]:
    """The settings of a workspace that is there, and each plan's path and owner."""
    if not (root / "playbooks").is_dir():
        return None, []
    workspace = Workspace.at(root)
    settings = load_settings(workspace)
    base = f"{workspace.shown(workspace.playbooks)}/"
    owners = [
        (document.path.removeprefix(base), plan.playbook.account.owner)
        for document in read_playbooks(workspace)
        if (plan := plan_of(document)).playbook is not None and plan.playbook.account.owner
    ]
    return settings, owners


def _handles(settings: Settings | None) -> Callable[[str], str]:
    people = settings.team.people if settings else {}

    def handle(id: str) -> str:
        person = people.get(id)
        name = person.handle if person is not None and person.handle else id
        return name if name.startswith("@") else f"@{name}"

    return handle


def _escaped(path: str) -> str:
    """A path as CODEOWNERS has it: spaces and signs of patterns are escaped."""
    return re.sub(r"([\s#!*?\[\]\\])", r"\\\1", path)
