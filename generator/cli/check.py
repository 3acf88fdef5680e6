"""`playbook check`: the gate."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.options import (
    CLEAN,
    Common,
    common_options,
    exit_code,
    report_settings,
    sources_of,
)
from generator.enrich import Portfolio
from generator.errors import SettingsError, WorkspaceError
from generator.problems import Problem
from generator.report import FORMATS, choose_format, summary, text_of


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output-format",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    help="auto: github within GitHub Actions, else full.",
)
@click.option("--output-file", type=click.Path(path_type=Path), help="Write the findings there.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 in spite of findings.")
@common_options
def check(
    *,
    common: Common,
    paths: tuple[Path, ...],
    output_format: str,
    output_file: Path | None,
    strict: bool,
    exit_zero: bool,
) -> int:
    """Check playbooks: syntax, schema, references, completeness.

    Reads the whole workspace and reports on PATHS (files or folders), by default on all.
    Exits with 0 when clean, 1 with findings, 2 when it could not run.

    Example: playbook check playbooks/emea --output-format concise
    """
    try:
        portfolio = common.portfolio()
    except SettingsError as error:
        return report_settings(error, output_format)
    problems, count = _below(portfolio, common, paths)
    text = text_of(choose_format(output_format, os.environ), problems, sources_of(portfolio))
    _put(text, output_file)
    common.note(summary(problems, count))
    return CLEAN if exit_zero else exit_code(problems, strict=strict)


def _below(
    portfolio: Portfolio, common: Common, paths: Sequence[Path]
) -> tuple[tuple[Problem, ...], int]:
    """The findings and the number of playbooks at or below the paths."""
    if not paths:
        return portfolio.findings, len(portfolio.accounts)
    workspace = common.workspace()
    wanted = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise WorkspaceError(f"there is no {path}")
        absolute = path.parent.resolve() / path.name if path.name else path.resolve()
        wanted.append(workspace.shown(absolute))
    accounts = [
        account
        for account in portfolio.accounts
        if any(is_below(account.document.path, one) for one in wanted)
    ]
    if not accounts and any(path.is_file() for path in paths):
        raise WorkspaceError(
            f"{paths[0]} is not a playbook of {workspace.shown(workspace.playbooks)}"
        )
    return tuple(one for account in accounts for one in account.findings), len(accounts)


def is_below(path: str, folder: str) -> bool:
    """Whether a path is the folder (or file) itself or lies in it; '.' is everything."""
    return folder in (".", path) or path.startswith(f"{folder}/")


def _put(text: str, output_file: Path | None) -> None:
    if output_file is None:
        click.echo(text, nl=False)
        return
    try:
        output_file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WorkspaceError(f"cannot write {output_file}: {error.strerror}") from error
