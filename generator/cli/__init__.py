"""The `playbook` command: parse, call, report, exit."""

from __future__ import annotations

import ast
import gc
import importlib
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator import __version__
from generator.cli.options import CLEAN, COULD_NOT_RUN, INTERRUPTED, shared_options
from generator.errors import PlaybookError
from generator.terminal import printable

__all__ = ["main", "playbook"]


_MODULES = {
    "init": "init",
    "check": "check",
    "build": "build",
    "render": "build",
    "serve": "build",
    "new": "new",
    "show": "show",
    "explain": "show",
    "settings": "settings",
    "fields": "reference",
    "rules": "reference",
    "diff": "diff",
    "review": "review",
    "remind": "review",
    "brief": "brief",
    "import": "import_",
    "export": "export",
    "fmt": "rewrite",
    "migrate": "rewrite",
    "person": "person",
    "schema": "show",
}
"""The commands in the order of the work, not of the alphabet, and the modules that they are in."""


class Commands(click.Group):
    """Imports a command's module when the command is asked for: `check` is run on every save."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """As a reader wants them."""
        return list(_MODULES)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in _MODULES:
            return None
        module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
        command: click.Command = getattr(module, _function_of(name))
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with the beginning of its docstring, which is read and not imported."""
        limit = formatter.width - 6 - max(len(name) for name in _MODULES)
        commands = (click.Command(name, help=_help_of(name)) for name in _MODULES)
        rows = [(str(command.name), command.get_short_help_str(limit)) for command in commands]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _function_of(name: str) -> str:
    """The command's function: 'import' is a word of Python."""
    return "import_" if name == "import" else name


def _help_of(name: str) -> str:
    source = Path(__file__).with_name(f"{_MODULES[name]}.py").read_text(encoding="utf-8")
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    function = next(node for node in functions if node.name == _function_of(name))
    return ast.get_docstring(function) or ""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="playbook")
@shared_options
def playbook() -> None:
    """Key-account plans as code: check them, compute what they mean, publish a site."""


def main() -> None:
    """Run the command; the one place where an exception becomes a message and an exit code.

    0 clean, 1 findings, 2 could not run, 130 interrupted. A bug shows its traceback.
    """
    # A command reads thousands of files into trees without cycles and ends: looking for garbage
    # costs a quarter of its time and finds none. `serve`, which stays, looks for it again.
    gc.disable()
    try:
        code = playbook.main(standalone_mode=False)
    except click.ClickException as error:
        message = io.StringIO()
        error.show(file=message)
        click.echo("\n".join(map(printable, message.getvalue().split("\n"))), nl=False, err=True)
        code = COULD_NOT_RUN
    except click.Abort:
        code = INTERRUPTED
    except PlaybookError as error:
        click.echo(f"error: {printable(str(error))}", err=True)
        code = COULD_NOT_RUN
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; nothing more to say to it
        code = CLEAN
    _leave(code or CLEAN)


def _leave(code: int) -> NoReturn:
    """Go at once: to free a portfolio object by object would take a fifth of a check."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        pass  # the reader has gone, or the stream was closed before
    os._exit(code)
