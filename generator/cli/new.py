"""`playbook new`: a playbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import CLEAN, Common, common_options
from generator.errors import WorkspaceError
from generator.read.source import id_fault


@click.command()
@click.argument("account_id", metavar="ID")
@click.option("--tier", type=click.Choice(list("ABCD")), default="C", show_default=True)
@click.option(
    "--status",
    type=click.Choice(["prospect", "customer", "former"]),
    default="prospect",
    show_default=True,
)
@click.option("--folder", default="", help="Below playbooks/, such as emea.")
@common_options
def new(*, common: Common, account_id: str, tier: str, status: str, folder: str) -> int:
    """Write a new playbook with the sections its planned tier asks for, examples in comments.

    Example: playbook new harbor-logistics --tier A --status customer --folder emea
    """
    from generator.edit import new_playbook, write_new  # brings a template engine

    if fault := id_fault(account_id):
        raise WorkspaceError(f"{account_id!r} is no id: {fault}")
    workspace = common.workspace()
    path = workspace.playbooks / Path(folder) / f"{account_id}.yaml"
    write_new(
        workspace, path, new_playbook(account_id, tier, status, path, workspace, common.today)
    )
    common.note(f"wrote {workspace.shown(path)}; fill it in, then run: playbook check")
    return CLEAN
