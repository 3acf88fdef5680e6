"""`playbook settings`: every setting in force, and where it is said."""

from __future__ import annotations

import click

from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.outputs.report.settings import settings_json, settings_text
from generator.settings import load_settings
from generator.settings.listing import in_force, matching, nearest_keys, spoken
from generator.terminal import printable


@click.command()
@click.argument("key", required=False)
@click.option("--changed", is_flag=True, help="Only what your own site_config says.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@common_options
def settings(*, common: Common, key: str | None, changed: bool, output: str) -> int:
    """List every setting in force, with its file and line.

    What stands in account-playbooks/ is shipped; your own site_config/ is laid over it. KEY is a
    setting (thresholds.minimum_margin), all below one (scoring.health), or part of a key (regions).
    Labels are shown in English and the site's language; --format json has all.

    Example: playbook settings --changed
    """
    try:
        loaded = load_settings(common.workspace())
        every = tuple(in_force(loaded))
    except SettingsError as error:
        return report_settings(error, "full")
    chosen = matching(every, key) if key else every
    if key and not chosen:
        near = " or ".join(nearest_keys(every, key))
        cure = f"; did you mean {near}?" if near else "; for all of them run: playbook settings"
        raise WorkspaceError(f"there is no setting '{key}'{cure}")
    if changed:
        chosen = tuple(setting for setting in chosen if setting.is_own)
        if not chosen:
            common.note("all is as shipped")
    read = spoken(chosen, loaded.site.language) or chosen  # asked for by its key: shown
    text = settings_json(chosen) if output == "json" else settings_text(read)
    click.echo("\n".join(map(printable, text.split("\n"))), nl=False)
    return CLEAN
