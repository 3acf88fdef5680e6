"""`playbook export`: the portfolio for spreadsheets, databases, calendars and other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.audience import edition_of
from generator.cli.build import spoken_languages
from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Portfolio
from generator.language import speaking
from generator.model.shape import did_you_mean
from generator.read import read_playbooks
from generator.settings.audiences import AUDIENCES, HIGHEST, OUTSIDE

FORMATS = ("json", "csv", "xlsx", "sqlite", "ics", "atom")
_TABLES = ("accounts", "figures", "findings", "actions", "contacts")
_BINARY = frozenset({"xlsx", "sqlite"})
_OURS = ("playbooks", "site_config", "templates")


@click.command()
@click.option("--format", "output_format", type=click.Choice(FORMATS), required=True)
@click.option("--output", type=click.Path(path_type=Path), help="The file. Default: the terminal.")
@click.option(
    "--table",
    type=click.Choice(_TABLES),
    default=_TABLES[0],
    show_default=True,
    help="Which table, for csv; the others hold all.",
)
@click.option(
    "--fields",
    metavar="A,B",
    help="For xlsx: these fields to change and give back to `import`, such as account.owner.",
)
@click.option("--account", "account_id", metavar="ID", help="Only this account.")
@click.option("--owner", metavar="ID", help="Only this person's days, for ics.")
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
    if output_format == "atom" and (account_id or owner or audience != HIGHEST):
        raise click.UsageError("--format atom tells of all plans, to those who may see everything")
    try:
        portfolio = _portfolio(common, audience, account_id)
    except SettingsError as error:
        return report_settings(error, "full")
    if owner is not None and owner not in portfolio.settings.team.people:
        known = tuple(portfolio.settings.team.people)
        raise WorkspaceError(f"nobody of us has the id '{owner}'{did_you_mean(owner, known)}")
    if output_format == "atom":
        _write(common, _feed(common, portfolio), output, is_text=True)
        return CLEAN
    if output_format == "ics":
        _write(common, _calendar(common, portfolio, account_id, owner), output, is_text=True)
        return CLEAN
    made = _made(portfolio, output_format, table, account_id)
    _write(common, made, output, is_text=output_format not in _BINARY)
    return CLEAN


def _to_change(common: Common, names: Sequence[str], account_id: str | None) -> bytes:
    from generator.change.bulk.sheets import fields_of, workbook_of

    documents = [
        one
        for one in read_playbooks(common.workspace())
        if one.data is not None and account_id in (None, one.stem)
    ]
    return workbook_of(documents, fields_of([one.strip() for one in names]), common.today)


def _portfolio(common: Common, audience: str, account_id: str | None) -> Portfolio:
    portfolio = common.portfolio()
    ids = tuple(one.id for one in portfolio.accounts)
    if account_id is not None and account_id not in ids:
        raise WorkspaceError(f"there is no account '{account_id}'{did_you_mean(account_id, ids)}")
    if audience == HIGHEST:
        return portfolio
    if audience in OUTSIDE and account_id is None:
        raise click.UsageError(f"--audience {audience} needs --account: nobody sees another's")
    return edition_of(portfolio, audience, account_id if audience in OUTSIDE else None)  # type: ignore[arg-type]


def _feed(common: Common, portfolio: Portfolio) -> bytes:
    from generator.compare import changes_along
    from generator.outputs import feed_of

    most = portfolio.settings.site.feed or 0
    if not most:
        where = portfolio.settings.documents["site"].path
        raise WorkspaceError(f"{where} asks for no feed; say there how many changes: feed: 10")
    return feed_of(tuple(changes_along(common.workspace(), portfolio, most)), portfolio)


def _calendar(
    common: Common, portfolio: Portfolio, account_id: str | None, owner: str | None
) -> bytes:
    """The days in the language of the site."""
    from generator.outputs.export import calendar_of
    from generator.pages import spoken_in
    from generator.pages.engine import Engine
    from generator.pages.site import Site

    language, *_ = spoken_languages(common, portfolio)
    site = Site(portfolio=spoken_in(portfolio, language), engine=Engine(), language=language)
    with speaking(language):
        return calendar_of(site, account=account_id, owner=owner)


def _made(portfolio: Portfolio, output_format: str, table: str, account_id: str | None) -> bytes:
    from generator.outputs import export as made  # brings a writer of workbooks

    tables = made.tables_of(portfolio, account_id)
    if output_format == "csv":
        return made.csv_of(next(one for one in tables if one.name == table))
    if output_format == "xlsx":
        return made.xlsx_of(tables, portfolio.today)
    if output_format == "sqlite":
        return made.sqlite_of(tables, portfolio.today)
    return made.json_of(tables, portfolio.today)


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
