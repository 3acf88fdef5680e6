"""`playbook fmt` and `playbook migrate`: playbooks written anew, comments kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from generator.cli.check import chosen_paths
from generator.cli.options import FINDINGS, Common, common_options, exit_code
from generator.outputs.report.findings import Findings
from generator.outputs.report.formats import text_of
from generator.problems import Problem, in_order
from generator.read import Document, read_playbooks
from generator.terminal import printable

Made = tuple[str, Sequence[Problem]]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if it would.")
@common_options
def fmt(*, common: Common, paths: tuple[Path, ...], only_check: bool) -> int:
    """Put playbooks into one style: the form's order of keys, two spaces, few quotes.

    Comments stay with what they stand above or behind. Takes PATHS (files or folders), by default
    all; a file in style is not touched.

    Example: playbook fmt playbooks/emea
    """
    from generator.change.edit.canonical import in_style

    def style(document: Document) -> Made:
        styled = in_style(document.text, document.path)
        return styled.text, styled.problems

    return _rewrite(common, paths, style, only_check=only_check, words=("style", "in style"))


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if it would.")
@common_options
def migrate(*, common: Common, paths: tuple[Path, ...], only_check: bool) -> int:
    """Bring playbooks of an older schema to the one that this program reads.

    Comments and all that does not change stay. Takes PATHS (files or folders), by default all.

    Example: playbook migrate --check
    """
    from generator.change.edit.forms import migrated

    def bring(document: Document) -> Made:
        edited = migrated(document.text, document.path)
        return edited.text, edited.problems

    return _rewrite(common, paths, bring, only_check=only_check, words=("migrate", "up to date"))


def _rewrite(
    common: Common,
    paths: Sequence[Path],
    make: Callable[[Document], Made],
    *,
    only_check: bool,
    words: tuple[str, str],
) -> int:
    """Each playbook through `make`; what changes is named, and written unless only checked."""
    from generator.change.edit.files import ChangedFile, write_over

    workspace = common.workspace()
    documents = read_playbooks(workspace)
    chosen = chosen_paths(workspace, paths, (document.path for document in documents))
    problems: list[Problem] = []
    changed, same = 0, 0
    for document in documents:
        if document.path not in chosen:
            continue
        text, refused = make(document) if document.data is not None else ("", document.problems)
        problems += refused
        if refused or text == document.text:
            same += not refused
            continue
        change = ChangedFile(path=document.path, before=document.text, text=text)
        if not only_check and (late := write_over(workspace, change)):
            problems += late
            continue
        changed += 1
        click.echo(printable(document.path))
    if problems:
        click.echo(text_of("concise", Findings(problems=in_order(problems))), nl=False, err=True)
    what, done = words
    summary = f"{changed:,} to {what}" if only_check else f"{changed:,} written"
    common.note(f"{summary}, {same:,} {done}")
    return FINDINGS if only_check and changed else exit_code(in_order(problems))
