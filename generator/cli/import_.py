"""`playbook import`: a CRM export becomes new playbooks."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.read import Workspace
from generator.settings import load_settings


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--mapping", required=True, type=click.Path(path_type=Path), help="Columns to fields."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@common_options
def import_(*, common: Common, files: tuple[Path, ...], mapping: Path, dry_run: bool) -> int:
    """Turn a CRM export (FILES or folders of them) into new playbooks.

    Every row is accounted for; files that are there already are left as they are.

    Example: playbook import export/ --mapping site_config/mappings/maven.yaml --dry-run
    """
    from generator import crm

    try:
        how, _ = crm.load_mapping(mapping, _workspace(common))
        workspace = _workspace(common)
        settings = load_settings(workspace)
    except SettingsError as error:
        return report_settings(error, "full")
    own = [one.stem for one in sorted((workspace.root / "site_config").glob("*.yaml"))]
    plan = crm.plan_import(crm.read_tables(files, how), how, settings, own)
    missing = crm.still_missing(workspace, plan.files)
    if dry_run:
        click.echo(crm.unified_diff(missing), nl=False)
    else:
        crm.write_files(workspace, missing)
    for line in plan.accounting:
        common.note(line)
    there = len(plan.files) - len(missing)
    common.note(f"{len(missing):,} files to write, {there:,} there already and left as they are")
    common.note("nothing written" if dry_run else f"{len(missing):,} files written")
    return CLEAN


def _workspace(common: Common) -> Workspace:
    """The workspace; an import may be what makes it."""
    if not common.root.exists():
        raise WorkspaceError(f"there is no folder {common.root}; make it first")
    return common.workspace()
