"""The edge: new files onto the disk, never over one that is there."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from generator.crm.plan import NewFile
from generator.edit.new import write_whole
from generator.read import Workspace


def still_missing(workspace: Workspace, files: Sequence[NewFile]) -> tuple[NewFile, ...]:
    """Those files whose playbook (anywhere below playbooks/) or setting is not there yet."""
    taken = {path.name for path in workspace.playbooks.rglob("*.yaml")}
    return tuple(
        file
        for file in files
        if not (workspace.root / file.path).exists()
        and not (file.path.startswith("playbooks/") and Path(file.path).name in taken)
    )


def write_files(workspace: Workspace, files: Sequence[NewFile]) -> None:
    """Write each file whole or not at all; WorkspaceError names the one that cannot be."""
    for file in files:
        write_whole(workspace, workspace.root / file.path, file.text)


def unified_diff(files: Sequence[NewFile]) -> str:
    """What would be written, as a diff against nothing."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n"
        for file in files
        for line in difflib.unified_diff(
            [], file.text.splitlines(keepends=True), "/dev/null", f"b/{file.path}"
        )
    )
