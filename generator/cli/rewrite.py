"""`playbook fmt` and `playbook migrate`: playbooks written anew, comments kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.check import chosen_paths
from generator.cli.options import FINDINGS, Common, common_options, exit_code
from generator.outputs.report.findings import Findings
from generator.outputs.report.formats import text_of
from generator.problems import Problem, in_order
from generator.read import Document, Workspace, read_playbooks
from generator.terminal import printable

if TYPE_CHECKING:
    from generator.change.edit.to_overlay import Overlay

Made = tuple[str, Sequence[Problem]]
SITE = "site.yaml"


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
    """Bring playbooks and settings of an older version to those that this program reads.

    Comments and all that does not change stay. Takes PATHS (files or folders) of playbooks, by
    default all, and site_config/: of a copy of what version 0.1 shipped only what the firm has
    changed is left, laid over the settings that are shipped now.

    Example: playbook migrate --check
    """
    from generator.change.edit.forms import migrated

    def bring(document: Document) -> Made:
        edited = migrated(document.text, document.path)
        return edited.text, edited.problems

    words = ("migrate", "up to date")
    code = _rewrite(common, paths, bring, only_check=only_check, words=words)
    return max(code, 0 if paths else _settings_laid_over(common, only_check=only_check))


def _settings_laid_over(common: Common, *, only_check: bool) -> int:
    """Each file of site_config without what is as it was shipped; what changes is named."""
    from generator.change.edit.to_overlay import as_overlays, with_upgrade, words_of

    workspace = common.workspace()
    in_use = words_of(document.text for document in read_playbooks(workspace))
    names = [name for name in workspace.settings_names() if name.endswith(".yaml")]
    documents = {name: workspace.settings_file(name) for name in names}
    overlays = as_overlays(documents, in_use)
    problems = [problem for overlay in overlays.values() for problem in overlay.problems]
    texts = {name: overlay.text for name, overlay in overlays.items()}
    if overlays:
        texts[SITE] = with_upgrade(texts.get(SITE, ""), workspace.settings_path(SITE))
    changed = 0
    for name, text in sorted(texts.items()):
        before = documents[name].text if name in documents else None
        if text == before:
            continue
        if not only_check and (late := _put(workspace, name, before, text)):
            problems += late
            continue
        changed += 1
        _tell_of(workspace.settings_path(name), text, overlays.get(name))
    if problems:
        click.echo(text_of("concise", Findings(problems=in_order(problems))), nl=False, err=True)
    return FINDINGS if only_check and changed else exit_code(in_order(problems))


def _put(workspace: Workspace, name: str, before: str | None, text: str) -> Sequence[Problem]:
    """A file of settings as it shall be: new, changed, or deleted where nothing of it is left."""
    from generator.change.edit.files import (
        ChangedFile,
        Files,
        NewFile,
        take_away,
        write_files,
        write_over,
    )

    if before is None:
        return write_files(workspace, Files(new=(NewFile(path=f"site_config/{name}", text=text),)))
    change = ChangedFile(path=workspace.settings_path(name), before=before, text=text)
    return write_over(workspace, change) if text else take_away(workspace, change)


def _tell_of(path: str, text: str, overlay: Overlay | None) -> None:
    left = f"{len(text.splitlines()):,} lines are your own" if text else "deleted"
    click.echo(printable(f"{path}: {left}; the rest is as shipped"))
    for key in overlay.retired if overlay else ():
        click.echo(printable(f"{path}: '{key}' is no setting any more; taken away"))


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
