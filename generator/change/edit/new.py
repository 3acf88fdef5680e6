"""A new playbook: the sections its planned tier asks for, examples in comments."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import jinja2

from generator.change.edit.save import put_whole
from generator.change.edit.yaml_text import scalar_text
from generator.errors import WorkspaceError
from generator.read import Workspace
from generator.share import templates_folder


def new_playbook(  # noqa: PLR0913 - each word of the form's head
    account_id: str,
    tier: str,
    status: str,
    path: Path,
    workspace: Workspace,
    today: datetime.date,
    *,
    name: str | None = None,
) -> str:
    """The text of a new playbook; it has no schema errors, only gaps to fill."""
    schema = os.path.relpath(workspace.root / "site_config" / "playbook.schema.json", path.parent)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - YAML, and every value is an id, a word or a day
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("new_playbook.yaml.j2").render(
        id=account_id,
        name=scalar_text(name or account_id.replace("-", " ").title()),
        tier=tier,
        status=status,
        schema=Path(schema).as_posix(),
        today=today.isoformat(),
    )


def write_new(workspace: Workspace, path: Path, text: str) -> None:
    """Write a file that was not there; whole or not at all, and only below playbooks/."""
    folder = path.parent
    if not folder.resolve().is_relative_to(workspace.playbooks):
        raise WorkspaceError(f"{workspace.shown(path)} does not lie in {workspace.playbooks.name}/")
    taken = sorted(workspace.playbooks.rglob(path.name)) if workspace.playbooks.is_dir() else []
    if taken:
        raise WorkspaceError(f"{workspace.shown(taken[0])} is already there; nothing written")
    write_whole(workspace, path, text)


def write_whole(workspace: Workspace, path: Path, text: str) -> None:
    """A file with this text, whole or not at all; WorkspaceError when the disk refuses."""
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        put_whole(path, text.encode(), 0o644)
    except OSError as error:
        raise WorkspaceError(f"cannot write {workspace.shown(path)}: {error.strerror}") from error
