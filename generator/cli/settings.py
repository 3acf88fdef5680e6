"""`playbook settings`: every setting in force, and where it is said."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.outputs.report.settings import ids_text, settings_json, settings_text
from generator.settings import Settings, load_settings
from generator.settings.listing import (
    SettingInForce,
    in_force,
    lists_of_ids,
    matching,
    nearest_keys,
    spoken,
)
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
    Of a list whose ids plans name (catalogue, team) it shows the ids to type, with their names.
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
    if output == "json":
        text = settings_json(chosen)
    elif key and not changed:
        text = _with_lists(loaded, read, key)
    else:
        text = settings_text(read)
    click.echo("\n".join(map(printable, text.split("\n"))), nl=False)
    return CLEAN


def _with_lists(settings: Settings, chosen: Sequence[SettingInForce], key: str) -> str:
    """The chosen settings: of whole lists the ids that plans name, of all else line by line."""
    lists = {
        name: ids
        for name, ids in lists_of_ids(settings, chosen).items()
        if f".{key}." in f".{name}."
    }
    rest = [
        each
        for each in chosen
        if each.is_taken_out or not any(f"{each.key}.".startswith(f"{name}.") for name in lists)
    ]
    return "\n".join(filter(None, (ids_text(lists), settings_text(rest))))
