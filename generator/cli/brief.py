"""`playbook brief`: one or two sheets of paper for a meeting, as PDF or as a page."""

from __future__ import annotations

from pathlib import Path

import click

from generator.audience.classes import AUDIENCES, HIGHEST, OUTSIDE, Audience, level
from generator.audience.edition import edition_of
from generator.cli.build import spoken_languages
from generator.cli.export import write_output
from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Account, Portfolio
from generator.language import LANGUAGES, Language, speaking
from generator.model.shape import did_you_mean
from generator.read import state_of

_INSIDE = tuple(audience for audience in AUDIENCES if level(audience) > level(OUTSIDE))


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The file; with several accounts the folder. Default: brief-ID.pdf in the current folder.",
)
@click.option("--html", "as_html", is_flag=True, help="The page itself; needs no Chromium.")
@click.option(
    "--audience",
    type=click.Choice(_INSIDE),
    default=HIGHEST,
    help="Only what these may see (site_config/audiences.yaml).",
)
@click.option(
    "--lang",
    type=click.Choice(tuple(LANGUAGES)),
    help="What it speaks. Default: site_config/site.yaml.",
)
@common_options
def brief(
    *,
    common: Common,
    ids: tuple[str, ...],
    output: Path | None,
    as_html: bool,
    audience: Audience,
    lang: str | None,
) -> int:
    """Write a meeting brief of accounts, or of the portfolio, on one or two sheets of A4.

    The PDF is made by the Chromium that is installed; nothing is loaded from the network.

    Example: playbook brief harbor --output harbor.pdf
    """
    from generator.site.pdf import browser, pdf_of

    if not as_html:
        browser()  # said before the work, not after it
    try:
        portfolio = common.portfolio()
    except SettingsError as error:
        return report_settings(error, "full")
    if audience != HIGHEST:
        portfolio = edition_of(portfolio, audience, None)
    # What an edition may not show has changed the hash of the commit too
    revision = state_of(common.workspace(), common.note) if audience == HIGHEST else ""
    accounts = [_account(portfolio, id) for id in dict.fromkeys(ids)]
    language, *_ = spoken_languages(common, portfolio, lang)
    ending = ".html" if as_html else ".pdf"
    for path, html in _pages(portfolio, accounts, language, revision, output, ending):
        content = html.encode() if as_html else pdf_of(html, path.resolve().parent)
        write_output(common.workspace().root, path, content)
        common.note(f"wrote {path}: {len(content):,} bytes")
    return CLEAN


def _account(portfolio: Portfolio, id: str) -> Account:
    chosen = portfolio.account(id)
    if chosen is None:
        known = tuple(account.id for account in portfolio.accounts)
        raise WorkspaceError(f"there is no account '{id}'{did_you_mean(id, known)}")
    if chosen.playbook is None:
        raise WorkspaceError(f"{chosen.document.path} cannot be read; playbook check says why")
    return chosen


def _pages(
    portfolio: Portfolio,
    accounts: list[Account],
    language: Language,
    revision: str,
    output: Path | None,
    ending: str,
) -> list[tuple[Path, str]]:
    """Each brief, and the file it goes to."""
    from generator.pages import spoken_in
    from generator.pages.brief import account_brief, portfolio_brief
    from generator.pages.engine import Engine
    from generator.pages.site import Site

    whole = spoken_in(portfolio, language)
    site = Site(portfolio=whole, engine=Engine(), language=language, revision=revision)
    if not accounts and not portfolio.accounts:
        raise WorkspaceError("there is no playbook to make a brief of")
    folder = Path() if output is None or len(accounts) == 1 else output
    alone = output if len(accounts) == 1 else None
    with speaking(language):
        if not accounts:
            path = output or Path(f"brief-portfolio{ending}")
            return [(path, portfolio_brief(site, is_alone=True))]
        return [
            (
                alone or folder / f"brief-{account.id}{ending}",
                account_brief(site, account, is_alone=True),
            )
            for account in accounts
        ]
