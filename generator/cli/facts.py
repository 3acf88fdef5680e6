"""What the guide and the README say of the commands, taken from the commands themselves.

`make docs` puts it into `templates/guide/facts.md.j2` and into the README.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Iterator

import click

from generator.cli import playbook
from generator.cli.options import EXIT_CODES
from generator.outputs.report.formats import FORMATS


def commands() -> Iterator[tuple[str, str]]:
    """Each command, in the order of the work, and the first sentence of its help."""
    context = click.Context(playbook)
    for name in playbook.list_commands(context):
        command = playbook.get_command(context, name)
        text = inspect.cleandoc((command and command.help) or "")
        yield name, " ".join(text.partition("\n\n")[0].split())


def commands_table(names: Iterable[str]) -> str:
    """Some commands as a table of Markdown; those that are not there are left out."""
    known = dict(commands())
    rows = [f"| `playbook {name}` | {known[name]} |" for name in names if name in known]
    return "\n".join(["| Command | What it does |", "|---|---|", *rows])


def facts_template() -> str:
    """Macros with the commands, exit codes and formats, in the language of the page."""
    names = [f"| `{name}` | {_said(text)} |" for name, text in commands()]
    codes = [f"| {code} | {_said(text)} |" for code, text in EXIT_CODES.items()]
    formats = ", ".join(f"`{name}`" for name in FORMATS)
    return "\n".join(
        [
            "{% macro commands() %}",
            *_table("Command", "What it does", names),
            "{% endmacro %}",
            "{% macro exit_codes() %}",
            *_table("Code", "Means", codes),
            "{% endmacro %}",
            f"{{% macro formats() %}}{formats}{{% endmacro %}}",
        ]
    )


def _table(left: str, right: str, rows: list[str]) -> list[str]:
    return [f"| {_said(left)} | {_said(right)} |", "|---|---|", *rows]


def _said(text: str) -> str:
    return f"{{{{ say({json.dumps(text, ensure_ascii=False)}) }}}}"
