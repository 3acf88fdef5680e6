"""The `playbook` command: parse, call, report, exit."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import NoReturn

import click

from generator.cli.brief import brief
from generator.cli.build import build, render, serve
from generator.cli.check import check
from generator.cli.diff import diff
from generator.cli.export import export
from generator.cli.import_ import import_
from generator.cli.new import new
from generator.cli.options import CLEAN, COULD_NOT_RUN, PlaybookGroup, shared_options
from generator.cli.person import person
from generator.cli.rewrite import fmt, migrate
from generator.cli.schema import schema
from generator.cli.show import explain, show
from generator.errors import PlaybookError
from generator.terminal import printable

__all__ = ["main", "playbook"]


@click.group(cls=PlaybookGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="account-playbooks", prog_name="playbook")
@shared_options
def playbook() -> None:
    """Key-account plans as code: check them, compute what they mean, publish a site."""


for command in (
    check,
    build,
    render,
    serve,
    new,
    show,
    explain,
    diff,
    brief,
    import_,
    export,
    fmt,
    migrate,
    person,
    schema,
):
    playbook.add_command(command)


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
        told = io.StringIO()
        error.show(file=told)
        click.echo("\n".join(map(printable, told.getvalue().split("\n"))), nl=False, err=True)
        code = COULD_NOT_RUN
    except click.Abort:
        code = 130
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
