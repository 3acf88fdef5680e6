"""`playbook import`: a CRM export becomes new playbooks and brings existing ones up to date."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import (
    CLEAN,
    FINDINGS,
    Common,
    Day,
    common_options,
    exit_code,
    report_settings,
)
from generator.errors import SettingsError, WorkspaceError
from generator.outputs.report.findings import Findings
from generator.outputs.report.formats import counted, text_of
from generator.problems import Problem
from generator.read import Workspace, read_playbooks
from generator.settings import load_settings, own_files

if TYPE_CHECKING:
    from generator.change.crm.plan import ImportPlan

_MANY = 50  # files from which on people want to see that something moves


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help="Columns to fields: a file, or one that lies ready: maven, salesforce, hubspot.",
)
@click.option(
    "--suggest", is_flag=True, help="Print a draft of a mapping for FILES, read nothing in."
)
@click.option(
    "--as-of",
    type=Day(),
    help="The day of the export. Default: the mapping's, else today.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
@click.option("--strict", is_flag=True, help="With any finding: write nothing, exit with 1.")
@common_options
def import_(
    *,
    common: Common,
    files: tuple[Path, ...],
    mapping: Path | None,
    suggest: bool,
    as_of: datetime.date | None,
    dry_run: bool,
    strict: bool,
) -> int:
    """Bring a CRM export (FILES or folders of them) into playbooks, new and existing.

    Of an existing playbook only mapped fields change; comments and all else stay. Where a person's
    value and the CRM's differ, the mapping says who wins, and a finding tells both. Every row is
    accounted for. A workbook of `export --fields` needs no mapping: its changed cells are written.

    Example: playbook import export/ --mapping maven --dry-run
    """
    from generator.change.edit.files import unified_diff, write_files

    if suggest:
        return _suggest(common, files)
    bulk = _bulk(common, files, is_alone=mapping is None)
    if mapping is None and bulk is None:
        raise click.UsageError("say which columns mean what: --mapping FILE; --suggest drafts one")
    try:
        plan = bulk or crm_plan(common, files, mapping or Path(), as_of)
    except SettingsError as error:
        return report_settings(error, "full")
    problems = plan.problems
    held_back = strict and bool(problems)
    if dry_run:
        click.echo(unified_diff(plan), nl=False)
    elif not held_back:
        problems += write_files(common.workspace(), plan, tell=_progress("writing"))
    _report(problems)
    for line in _in_words(plan):
        common.note(line)
    common.note(_summary(plan, written=not (dry_run or held_back)))
    return FINDINGS if held_back else exit_code(problems)


def _bulk(common: Common, files: tuple[Path, ...], *, is_alone: bool) -> ImportPlan | None:
    """What a workbook of `export --fields` asks for; None when the one file is none.

    Where it stands alone, without a mapping, it must be a workbook that can be read.
    """
    if len(files) != 1 or files[0].suffix.lower() != ".xlsx" or not files[0].is_file():
        return None
    from generator.change.bulk.back import is_bulk, plan_bulk
    from generator.change.table.files import bytes_of, refuse_other_kinds
    from generator.change.table.workbook import open_workbook

    raw = bytes_of(files[0])
    if is_alone:
        refuse_other_kinds(raw, files[0].name)
        open_workbook(raw, files[0].name)
    if not is_bulk(raw):
        return None
    return plan_bulk(raw, str(files[0]), read_playbooks(common.workspace()))


def crm_findings(common: Common, files: tuple[Path, ...], mapping: Path) -> tuple[Problem, ...]:
    """Where playbooks and an export say different things; errors where their totals do.

    Nothing is written. A deal that a person wrote without its id in the CRM makes totals differ.
    """
    plan = crm_plan(common, files, mapping, None)
    message = "the CRM says more or other values than this playbook; run: playbook import"
    behind = (
        Problem(
            path=change.path,
            line=1,
            column=1,
            level="warning",
            rule="crm-behind",
            message=message,
            account=Path(change.path).stem,
        )
        for change in plan.changed
    )
    totals = plan.as_they_are.problems() if plan.as_they_are else ()
    of_playbooks = (
        replace(problem, level="error") if problem.rule == "crm-same-deal" else problem
        for problem in plan.problems
        if problem not in plan.of_rows
    )
    return (*of_playbooks, *behind, *totals)


def crm_plan(
    common: Common, files: tuple[Path, ...], mapping: Path, as_of: datetime.date | None
) -> ImportPlan:
    """What an export becomes by a mapping."""
    from generator.change.crm.mapping import load_mapping
    from generator.change.crm.memory import memory_of
    from generator.change.crm.plan import plan_import, settings_in_words
    from generator.change.crm.tables import read_tables

    workspace = _workspace(common)
    columns = load_mapping(mapping, workspace, as_of=as_of, today=common.today)
    settings = load_settings(workspace)
    documents = read_playbooks(workspace) if workspace.playbooks.is_dir() else ()
    tables = read_tables(files, columns)
    plan = plan_import(
        tables,
        columns,
        settings,
        own_files(settings),
        documents,
        memory_of(mapping, workspace),
        tell=_progress("reading"),
    )
    words = settings_in_words(plan, columns.currency, settings, common.today)
    return replace(plan, of_settings=tuple(words))


def _suggest(common: Common, files: tuple[Path, ...]) -> int:
    """A draft on standard output."""
    from generator.change.crm.mapping import load_words
    from generator.change.crm.suggest import draft, guessed_tables

    workspace = _workspace(common)
    words = load_words(workspace)
    tables = tuple(guessed_tables(files, words))
    currency = load_settings(workspace).currencies.reporting_currency
    click.echo(draft(tables, words, currency, common.today), nl=False)
    return CLEAN


def _workspace(common: Common) -> Workspace:
    """The workspace; an import may be what makes it."""
    if not common.root.exists():
        raise WorkspaceError(f"there is no folder {common.root}; make it first")
    return common.workspace()


def _report(problems: tuple[Problem, ...]) -> None:
    if problems:
        click.echo(text_of("concise", Findings(problems=problems)), nl=False, err=True)


def _in_words(plan: ImportPlan) -> Iterator[str]:
    """What became of the rows, and what a person should know of the files."""
    yield from plan.accounting
    if plan.record:
        yield f"what is written is remembered in {plan.record.path}; commit it, too"
    if plan.remark:
        yield plan.remark
    if plan.as_they_will_be:
        yield from plan.as_they_will_be.lines()
    yield from plan.of_settings


def _summary(plan: ImportPlan, *, written: bool) -> str:
    counts = (
        f"{counted(len(plan.new), 'file')} new, {counted(len(plan.changed), 'playbook')} changed,"
        f" {plan.same:,} as {'it was' if plan.same == 1 else 'they were'}"
    )
    return counts if written else f"{counts}; nothing written"


def _progress(what: str) -> Callable[[int, int], None]:
    """Tells how far it is, on a terminal and where there is much to do."""

    def tell(done: int, count: int) -> None:
        if count >= _MANY and sys.stderr.isatty():
            end = "\n" if done == count else ""
            click.echo(f"\r{what} {done:,} of {count:,}{end}", nl=False, err=True)

    return tell
