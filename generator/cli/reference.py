"""`playbook fields` and `playbook rules`: the reference in the terminal."""

from __future__ import annotations

import click

from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.form import FORM
from generator.language import speaking
from generator.model.shape import did_you_mean
from generator.settings import Settings, language_of, load_settings
from generator.terminal import json_text

_format = click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@click.argument("path", required=False)
@_format
@common_options
def fields(*, common: Common, path: str | None, output: str) -> int:
    """List the fields of a playbook: its sections, or what stands at PATH and in it.

    Example: playbook fields account.contract
    """
    from generator.outputs.report.reference import field_data, fields_text

    try:
        settings = load_settings(common.workspace())
    except SettingsError as error:
        return report_settings(error, "full")
    field = FORM if path is None else FORM.named(path)
    if field is None:
        raise WorkspaceError(f"no field {path!r}{did_you_mean(str(path), tuple(FORM.names))}")
    with speaking(language_of(common.workspace(), settings.site.language)):
        if output == "json":
            click.echo(json_text(field_data(field, settings.audiences), indent=2))
        else:
            click.echo(fields_text(field, settings), nl=False)
    return CLEAN


@click.command()
@click.argument("rule_id", metavar="ID", required=False)
@_format
@common_options
def rules(*, common: Common, rule_id: str | None, output: str) -> int:
    """List the rules that plans are held to, or say what one asks, of whom and why.

    Example: playbook rules champion
    """
    try:
        settings = load_settings(common.workspace())
    except SettingsError as error:
        return report_settings(error, "full")
    with speaking(language_of(common.workspace(), settings.site.language)):
        click.echo(_rules(settings, rule_id, output), nl=False)
    return CLEAN


def _rules(settings: Settings, rule_id: str | None, output: str) -> str:
    from generator.outputs.report.reference import (
        every_rule,
        one_rule_text,
        rule_data,
        rules_text,
    )

    known = {rule.id: rule for rule in every_rule(settings)}
    if rule_id is not None and rule_id not in known:
        raise WorkspaceError(f"no rule {rule_id!r}{did_you_mean(rule_id, tuple(known))}")
    asked = [known[rule_id]] if rule_id is not None else list(known.values())
    if output == "json":
        return json_text([rule_data(rule, settings) for rule in asked], indent=2) + "\n"
    return rules_text(settings) if rule_id is None else one_rule_text(asked[0], settings)
