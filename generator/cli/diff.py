"""`playbook diff`: what a change means."""

from __future__ import annotations

import click

from generator.cli.options import CLEAN, Common, common_options, report_settings, site_address
from generator.compare import compare
from generator.errors import SettingsError
from generator.outputs.report.diff import diff_json, diff_markdown, diff_text
from generator.read import Commit, Repository, Revision, Source, Workspace

NOW = "now"


@click.command()
@click.argument("before", metavar="REV")
@click.argument("after", metavar="[REV]", required=False)
@click.option("--output-format", type=click.Choice(["text", "markdown", "json"]), default="text")
@click.option(
    "--site",
    default="",
    metavar="URL",
    callback=lambda _context, _option, given: site_address(given),
    help="Markdown links to the pages of this site.",
)
@common_options
def diff(*, common: Common, before: str, after: str | None, output_format: str, site: str) -> int:
    """Say what changed in meaning since a revision: verdicts with their because, findings.

    Compares the files as they are now with the newest commit that they and REV build on, as
    `check --changed-since` does: what others did since is no change of yours. With a second REV
    the two are compared as they are. Both sides are computed with their own site_config, read
    from git without touching a file. What settings moved is told apart from what plans moved.

    Example: playbook diff main --output-format markdown
    """
    workspace = common.workspace()
    repository = Repository(workspace.repository)
    named = repository.commit(before)
    new = repository.commit(after) if after is not None else None
    old = named if new else repository.fork_point(named)
    try:
        comparison = compare(Revision(workspace, old), _source(workspace, new), common.today)
    except SettingsError as error:
        code = report_settings(error, "auto")
        common.note(
            "the plans were not compared: that needs settings without mistakes on both sides"
        )
        return code
    begin = _shown(old) if old.hash == named.hash else f"{old.short}, where {named.name} parts"
    names = begin, _shown(new) if new else NOW
    if output_format == "json":
        text = diff_json(comparison, *names)
    elif output_format == "markdown":
        text = diff_markdown(comparison, *names, site)
    else:
        text = diff_text(comparison, *names)
    click.echo(text, nl=False)
    return CLEAN


def _source(workspace: Workspace, commit: Commit | None) -> Source:
    return workspace if commit is None else Revision(workspace, commit)


def _shown(commit: Commit) -> str:
    """The name it was asked for by, and the hash where that says more."""
    if commit.hash.startswith(commit.name):
        return commit.short
    return f"{commit.name} ({commit.short})"
