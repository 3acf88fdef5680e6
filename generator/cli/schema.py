"""`playbook schema`: the JSON Schema for editors."""

from __future__ import annotations

import click

from generator.cli.options import CLEAN, Common, common_options
from generator.model import schema_text


@click.command()
@common_options
def schema(*, common: Common) -> int:  # noqa: ARG001 - the shared options are accepted everywhere
    """Print the JSON Schema of a playbook, for editors.

    Example: playbook schema > site_config/playbook.schema.json
    """
    click.echo(schema_text(), nl=False)
    return CLEAN
