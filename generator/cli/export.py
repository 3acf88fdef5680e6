"""`playbook export`: the portfolio for spreadsheets, databases, calendars and other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.audience.classes import AUDIENCES, HIGHEST, OUTSIDE
from generator.audience.edition import edition_of
from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Portfolio
from generator.model.shape import did_you_mean
from generator.outputs.export import FORMATS, Wanted, narrowed_by
from generator.outputs.export.tables import TABLES
from generator.read import read_playbooks

_FORMATS = {writer.name: writer for writer in FORMATS}
_OURS = ("playbooks", "site_config", "templates")


@click.command()
@click.option("--format", "output_format", type=click.Choice(tuple(_FORMATS)), required=True)
@click.option("--output", type=click.Path(path_type=Path), help="The file. Default: the terminal.")
@click.option(
    "--table",
    type=click.Choice(TABLES),
    default=TABLES[0],
    show_default=True,
    help=f"Which table, for {narrowed_by('table')}; the others hold all.",
)
@click.option(
    "--fields",
    metavar="A,B",
    help="For xlsx: these fields to change and give back to `import`, such as account.owner.",
)
@click.option("--account", "account_id", metavar="ID", help="Only this account.")
@click.option("--owner", metavar="ID", help=f"Only this person's days, for {narrowed_by('owner')}.")
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default=HIGHEST,
    help="Only what these may see (site_config/audiences.yaml).",
)
@common_options
def export(
    *,
    common: Common,
    output_format: str,
    output: Path | None,
    table: str,
    fields: str | None,
    account_id: str | None,
    owner: str | None,
    audience: str,
) -> int:
    """Write the portfolio as a table, workbook, database, calendar, JSON or feed of changes.

    Text is text in a spreadsheet and never a formula; the same plans on the same day give the same
    bytes. With --fields the workbook is one to change and to give back: `playbook import FILE`.

    Example: playbook export --format xlsx --output portfolio.xlsx
    """
    if fields is not None:
        if output_format != "xlsx" or audience != HIGHEST:
            raise click.UsageError("--fields goes with --format xlsx and without --audience")
        made = _to_change(common, fields.split(","), account_id)
        _write(common, made, output, is_text=False)
        return CLEAN
    chosen = _FORMATS[output_format]
    if chosen.tells_of_all and (account_id or owner or audience != HIGHEST):
        raise click.UsageError(
            f"--format {chosen.name} tells of all plans, to those who may see everything"
        )
    try:
        portfolio = _portfolio(common, audience, account_id)
    except SettingsError as error:
        return report_settings(error, "full")
    if owner is not None and owner not in portfolio.settings.team.people:
        known = tuple(portfolio.settings.team.people)
        raise WorkspaceError(f"nobody of us has the id '{owner}'{did_you_mean(owner, known)}")
    wanted = Wanted(
        portfolio=portfolio,
        workspace=common.workspace(),
        table=table,
        account=account_id,
        owner=owner,
        tell=common.note,
    )
    _write(common, chosen.written(wanted), output, is_text=chosen.is_text)
    return CLEAN


def _to_change(common: Common, names: Sequence[str], account_id: str | None) -> bytes:
    from generator.change.bulk.sheets import fields_of, workbook_of

    documents = [
        document
        for document in read_playbooks(common.workspace())
        if document.data is not None and account_id in (None, document.stem)
    ]
    return workbook_of(documents, fields_of([name.strip() for name in names]), common.today)


def _portfolio(common: Common, audience: str, account_id: str | None) -> Portfolio:
    portfolio = common.portfolio()
    ids = tuple(account.id for account in portfolio.accounts)
    if account_id is not None and account_id not in ids:
        raise WorkspaceError(f"there is no account '{account_id}'{did_you_mean(account_id, ids)}")
    if audience == HIGHEST:
        return portfolio
    if audience in OUTSIDE and account_id is None:
        raise click.UsageError(f"--audience {audience} needs --account: nobody sees another's")
    return edition_of(portfolio, audience, account_id if audience in OUTSIDE else None)  # type: ignore[arg-type]


def _write(common: Common, content: bytes, output: Path | None, *, is_text: bool) -> None:
    if output is None:
        if not is_text and sys.stdout.isatty():
            raise click.UsageError("this is nothing for a terminal: say --output FILE")
        sys.stdout.buffer.write(content)
        return
    write_output(common.workspace().root, output, content)
    common.note(f"wrote {output}: {len(content):,} bytes")


def write_output(root: Path, output: Path, content: bytes) -> None:
    """A file outside of what people write in the workspace; whole or not at all."""
    from generator.change.edit.files import put_whole

    place = output.resolve()
    if any(place.is_relative_to(root / folder) for folder in _OURS):
        raise WorkspaceError(f"{output} lies among your plans and settings; write it elsewhere")
    try:
        put_whole(place, content, 0o644)
    except OSError as error:
        raise WorkspaceError(f"cannot write {output}: {error.strerror}") from error
