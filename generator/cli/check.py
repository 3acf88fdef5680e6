"""`playbook check`: the gate."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import click

from generator.cli import gaps
from generator.cli.options import (
    CLEAN,
    COULD_NOT_RUN,
    Common,
    common_options,
    exit_code,
    findings_of,
)
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Account, Portfolio
from generator.outputs.report.findings import Findings
from generator.outputs.report.formats import FORMATS, choose_format, groups_in, summary, text_of
from generator.outputs.report.github import job_summary
from generator.problems import Problem, errors_among, in_order
from generator.read import Document, Workspace
from generator.rules.gate.baseline import split
from generator.settings.load import copied_files
from generator.terminal import printable

_MANY_BEGUN = 5
"""From so many plans with gaps on they were not begun one by one, but by an import for example."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output-format",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    help="auto: github within GitHub Actions, else full.",
)
@click.option("--output-file", type=click.Path(path_type=Path), help="Write the findings there.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=PATH",
    callback=lambda _context, _option, given: report_files(given),
    help="Also write them in this format there; may be given several times.",
)
@click.option(
    "--changed-since",
    metavar="REV",
    help="Report only on what has changed since REV, and what that touches.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Let the known gaps of this file pass. Default: the file that site.yaml names.",
)
@click.option("--write-baseline", is_flag=True, help="First write today's gaps to that file.")
@click.option(
    "--crm",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Also hold the playbooks against this CRM export; needs --mapping.",
)
@click.option("--mapping", type=click.Path(path_type=Path), help="Of --crm, as import has it.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 in spite of findings.")
@common_options
def check(
    *,
    common: Common,
    paths: tuple[Path, ...],
    output_format: str,
    output_file: Path | None,
    reports: Mapping[Path | None, str],
    changed_since: str | None,
    baseline: Path | None,
    write_baseline: bool,
    crm: tuple[Path, ...],
    mapping: Path | None,
    strict: bool,
    exit_zero: bool,
) -> int:
    """Check playbooks: syntax, schema, references, completeness.

    Reads the whole workspace and reports on PATHS (files or folders), by default on all. With a
    baseline only new gaps count, and --changed-since makes adding to it an error.
    Exits with 0 when clean, 1 with findings, 2 when it could not run.

    Example: playbook check playbooks/emea --output-format concise
    """
    if write_baseline and (paths or changed_since):
        raise click.UsageError("--write-baseline takes in all playbooks: leave PATHS and REV out")
    if bool(crm) != bool(mapping):
        raise click.UsageError("--crm and --mapping go together")
    outputs: dict[Path | None, str] = {output_file: choose_format(output_format, os.environ)}
    outputs.update(reports)
    workspace = common.workspace()
    try:
        portfolio = common.portfolio()
        if write_baseline:
            baseline = gaps.write_baseline(workspace, portfolio, baseline, common.note)
        change = gaps.change_since(workspace, portfolio, changed_since) if changed_since else None
        known = gaps.known_gaps(workspace, portfolio, baseline, change)
        beyond = _crm(common, crm, mapping)
    except SettingsError as error:
        _tell(Findings(problems=error.problems), outputs, str(error))
        click.echo(f"error: {printable(str(error))}", err=True)
        return COULD_NOT_RUN
    accounts = _below(portfolio, common, paths)
    accounts = change.of(accounts) if change else accounts
    every = (problem for account in accounts for problem in account.findings)
    parted = split(every, known.baseline if known else None)
    beside: tuple[Document, ...] = (known.document,) if known else ()
    shown = {account.document.path for account in accounts}
    # an account that has no playbook is missing from the whole, not from a part of it
    of_crm = (
        problem
        for problem in beyond
        if problem.path in shown or (not problem.account and len(shown) == len(portfolio.accounts))
    )
    is_whole = len(shown) == len(portfolio.accounts)
    of_settings = portfolio.settings.warnings if is_whole else ()
    problems = in_order((*parted.new, *(known.grown if known else ()), *of_crm, *of_settings))
    findings = findings_of(problems, portfolio, accounts, beside)
    closing = summary(
        problems,
        len(accounts),
        of=len(portfolio.accounts) if change else None,
        known=len(parted.known),
        mended=parted.mended.total() if len(accounts) == len(portfolio.accounts) else 0,
        groups=groups_in(outputs[output_file], findings),
    )
    _tell(findings, outputs, closing)
    common.note(closing)
    lacking = {problem.path for problem in errors_among(problems) if problem.lacks}
    if known is None and len(lacking) >= _MANY_BEGUN:
        common.note(
            "to let these gaps pass, and only new ones fail: playbook check --write-baseline"
        )
    if copies := copied_files(portfolio.settings):
        common.note(
            f"{', '.join(copies)}: {'copies' if copies[1:] else 'a copy'} of all that is shipped;"
            " to keep only what you have changed run: playbook migrate"
        )
    site = portfolio.settings.site
    if problems and site.has_guide and (guide := site.published("guide/gate.html#read")):
        common.note(f"how to read and mend them: {guide}")
    return CLEAN if exit_zero else exit_code(problems, strict=strict)


def _crm(common: Common, files: tuple[Path, ...], mapping: Path | None) -> tuple[Problem, ...]:
    if mapping is None:
        return ()
    from generator.cli.import_ import crm_findings  # brings a reader of workbooks

    return crm_findings(common, files, mapping)


def report_files(given: Sequence[str]) -> dict[Path | None, str]:
    """By path the format that is written there, or a usage error."""
    reports: dict[Path | None, str] = {}
    for report in given:
        name, sign, path = report.partition("=")
        if not sign or not path:
            raise click.BadParameter(f"'{report}' is not FORMAT=PATH, such as junit=report.xml")
        if name not in FORMATS:
            raise click.BadParameter(f"there is no format '{name}'; known: {', '.join(FORMATS)}")
        if Path(path) in reports:
            raise click.BadParameter(f"two reports would be written to {path}")
        reports[Path(path)] = name
    return reports


def _tell(findings: Findings, outputs: Mapping[Path | None, str], closing: str) -> None:
    """Write the findings to each place in its format; None is the standard output."""
    for path, name in outputs.items():
        _put(text_of(name, findings), path)
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary_file and "github" in outputs.values():
        _put(job_summary(findings, closing), Path(summary_file), mode="a")


def _below(portfolio: Portfolio, common: Common, paths: Sequence[Path]) -> tuple[Account, ...]:
    """The accounts whose playbooks are at or below the paths; all without any."""
    if not paths:
        return portfolio.accounts
    chosen = chosen_paths(
        common.workspace(), paths, (account.document.path for account in portfolio.accounts)
    )
    return tuple(account for account in portfolio.accounts if account.document.path in chosen)


def chosen_paths(
    workspace: Workspace, paths: Sequence[Path], playbooks: Iterable[str]
) -> frozenset[str]:
    """The playbooks, as findings name them, that are at or below the paths; all without any."""
    if not paths:
        return frozenset(playbooks)
    wanted = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise WorkspaceError(f"there is no {path}")
        absolute = path.parent.resolve() / path.name if path.name else path.resolve()
        wanted.append(workspace.shown(absolute))
    chosen = frozenset(
        playbook for playbook in playbooks if any(is_below(playbook, here) for here in wanted)
    )
    if not chosen and any(path.is_file() for path in paths):
        raise WorkspaceError(
            f"{paths[0]} is not a playbook of {workspace.shown(workspace.playbooks)}"
        )
    return chosen


def is_below(path: str, folder: str) -> bool:
    """Whether a path is the folder (or file) itself or lies in it; '.' is everything."""
    return folder in (".", path) or path.startswith(f"{folder}/")


def _put(text: str, path: Path | None, mode: Literal["w", "a"] = "w") -> None:
    if path is None:
        click.echo(text, nl=False)
        return
    try:
        with path.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror}") from error
