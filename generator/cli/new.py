"""`playbook new`: a playbook to fill in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import CLEAN, Common, common_options
from generator.errors import SettingsError, WorkspaceError
from generator.model.scalars import PARTS
from generator.read import read_playbooks
from generator.read.source import id_fault
from generator.settings import load_settings

if TYPE_CHECKING:
    from generator.change.edit.files import Files
    from generator.read import Workspace
    from generator.settings import Settings


@click.command()
@click.argument("account_id", metavar="ID")
@click.option("--tier", type=click.Choice(list("ABCD")), default="C", show_default=True)
@click.option(
    "--status",
    type=click.Choice(["prospect", "customer", "former"]),
    help="Default: prospect, or what the CRM says.",
)
@click.option("--folder", default="", help="Below playbooks/, such as emea.")
@click.option(
    "--from-crm",
    "export",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Fill it from this export; may be given several times.",
)
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="Columns to fields, as import has it."
)
@click.option("--account", help="Its id or name in the CRM. Default: ID.")
@common_options
def new(
    *,
    common: Common,
    account_id: str,
    tier: str,
    status: str | None,
    folder: str,
    export: tuple[Path, ...],
    mapping: Path | None,
    account: str | None,
) -> int:
    """Write a new playbook with the sections its planned tier asks for, examples in comments.

    With --from-crm it says already what the CRM knows of the account.

    Example: playbook new harbor-logistics --tier A --status customer --folder emea
    """
    from generator.change.edit.files import write_files, write_new
    from generator.change.edit.forms import new_playbook

    if fault := id_fault(account_id):
        raise WorkspaceError(f"{account_id!r} is no id: {fault}")
    workspace = common.workspace()
    path = workspace.playbooks / Path(folder) / f"{account_id}.yaml"

    settings = _settings(workspace)
    people = tuple(settings.team.people) if settings else ()
    ids = _ids(settings) if settings else {}
    parts = [settings.named("parts", part) for part in PARTS] if settings else PARTS

    def form(name: str | None, crm_status: str) -> str:
        return new_playbook(
            account_id,
            tier,
            status or crm_status,
            path,
            workspace,
            common.today,
            name=name,
            owner=people[0] if len(people) == 1 else None,
            parts=parts,
            ids=ids,
        )

    if bool(export) != bool(mapping):
        raise click.UsageError("--from-crm and --mapping go together: which export, which columns")
    remembered = None
    if mapping is None:
        text = form(None, "prospect")
    else:
        text, remembered = _from_crm(common, export, mapping, account or account_id, form, path)
    write_new(workspace, path, text)
    if remembered:
        write_files(workspace, remembered)
    common.note(f"wrote {workspace.shown(path)}; fill it in, then run: playbook check")
    return CLEAN


def _ids(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The ids that a plan may use of settings that others change seldom; people change often."""
    from generator.rules.validate.references import KnownIds

    known = KnownIds.of((), settings).ids
    return {kind: ids for kind, ids in known.items() if kind not in ("person", "rule")}


def _settings(workspace: Workspace) -> Settings | None:
    """The settings, which may be wrong while somebody begins a plan; then None."""
    try:
        return load_settings(workspace)
    except SettingsError:
        return None


def _from_crm(
    common: Common,
    export: tuple[Path, ...],
    mapping: Path,
    account: str,
    form: Callable[[str | None, str], str],
    path: Path,
) -> tuple[str, Files]:
    from generator.change.crm.mapping import load_mapping
    from generator.change.crm.memory import memory_of
    from generator.change.crm.plan import filled
    from generator.change.crm.tables import read_tables

    workspace = common.workspace()
    settings = load_settings(workspace)
    columns = load_mapping(mapping, workspace, today=common.today)
    documents = read_playbooks(workspace) if workspace.playbooks.is_dir() else ()
    tables = read_tables(export, columns)
    return filled(
        account,
        form,
        workspace.shown(path),
        tables,
        columns,
        settings,
        documents,
        memory_of(mapping, workspace),
    )
