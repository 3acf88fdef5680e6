"""`playbook init`: a workspace to begin with."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import CLEAN, Common, common_options
from generator.errors import WorkspaceError
from generator.terminal import printable

_CURRENCY = re.compile("[A-Z]{3}")
_TEAM_FILE = "site_config/team.yaml"

if TYPE_CHECKING:
    from generator.change.start import Started
    from generator.recipes import Program


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--name", help="The firm's, or the portfolio's. Default: that of the folder.")
@click.option(
    "--currency",
    help="Of sums and thresholds. Default: EUR until the first import, which may say another.",
)
@click.option("--owner", help="Your name: who owns the first plans.")
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="A pipeline for this host.")
@click.option(
    "--program",
    metavar="URL@COMMIT",
    help="Where your copy of this program lives, and which commit of it the pipeline runs.",
)
@click.option("--example", is_flag=True, help="Two made-up plans to look at.")
@common_options
def init(
    *,
    common: Common,
    folder: Path | None,
    name: str | None,
    currency: str | None,
    owner: str | None,
    ci: str | None,
    program: str | None,
    example: bool,
) -> int:
    """Make a workspace in DIR: folders, settings to fill in, the schema for editors.

    Files that are there stay as they are. Takes the current folder where no DIR is given.

    Example: playbook init ~/accounts --name "Acme Key Accounts" --owner "Anna Berg" --ci github
    """
    from generator.change.start import NOT_SAID, Start, begin
    from generator.recipes import Host, installed_program

    root = (common.root / folder) if folder else common.root
    if currency is not None and not _CURRENCY.fullmatch(currency):
        raise WorkspaceError(f"{currency!r} is no currency; write three capitals such as EUR")
    installed = _program(program) if program is not None else installed_program()
    started = begin(
        root,
        Start(
            name=_named(name, root),
            currency=currency,
            owner=" ".join((owner or NOT_SAID).split()) or NOT_SAID,
            today=common.day_alone,
            has_examples=example,
            host=Host(ci) if ci is not None else None,
            program=installed,
        ),
    )
    for path in started.written:
        click.echo(printable(path))
    for path in started.kept:
        asked = {"site.yaml": name, "currencies.yaml": currency, "team.yaml": owner}
        option = asked.get(path.removeprefix("site_config/"))
        left = f"; write '{printable(option)}' there yourself" if option is not None else ""
        common.note(f"{path} is there and stays as it is{left}")
    _tell(common, root, started, owner, needs_program=ci is not None and installed is None)
    return CLEAN


def _program(given: str) -> Program:
    """The program that 'URL@COMMIT' names."""
    from generator.recipes import UNNAMED_COMMIT, UNNAMED_URL, Program

    url, _, commit = given.rpartition("@")
    try:
        return Program(url=url, commit=commit)
    except ValueError as error:
        wanted = f"{UNNAMED_URL}@{UNNAMED_COMMIT}"
        raise WorkspaceError(f"--program: {error}; write it like {wanted}") from error


def _named(name: str | None, root: Path) -> str:
    """The name given, else that of the folder."""
    given = name if name is not None else root.resolve().name
    return " ".join(printable(given).split()) or "Key accounts"


def _team(started: Started, owner: str | None) -> str:
    """The step that no command does: who of us there is."""
    from generator.change.start import NOT_SAID

    asked = "add whoever will own plans, contacts or actions; plans name people by their ids there"
    if owner is None and _TEAM_FILE in started.written:
        asked = f"write your name and id in place of '{NOT_SAID}', {asked}"
    return f"in {_TEAM_FILE}: {asked}"


def _tell(
    common: Common, root: Path, started: Started, owner: str | None, *, needs_program: bool
) -> None:
    """What is left to do by hand, and the next commands."""
    if started.unignored:
        common.note(f"add to .gitignore: {' '.join(started.unignored)}")
    if needs_program:
        from generator.recipes import UNNAMED_URL

        common.note(
            f"the pipeline names {UNNAMED_URL}: write there where your copy of the program lives,"
            " and the commit to run"
        )
    common.note("next:")
    if root.resolve() != Path.cwd():
        common.note(f"  cd {shlex.quote(str(root))}")
    if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
        common.note("  git init")
    common.note(f"  {_team(started, owner)}")
    for words in ("new first-account --tier C", "check", "serve"):
        common.note(f"  playbook {words}")
