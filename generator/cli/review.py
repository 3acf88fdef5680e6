"""`playbook review` and `playbook remind`: the monthly hour for a plan, and what is due for all."""

from __future__ import annotations

import click

from generator.audience.classes import AUDIENCES, HIGHEST, OUTSIDE, Audience, level
from generator.audience.edition import edition_of
from generator.cli.build import spoken_languages
from generator.cli.options import (
    CLEAN,
    Common,
    common_options,
    exit_code,
    report_settings,
    site_address,
)
from generator.cli.show import account_of
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Account, Portfolio
from generator.language import LANGUAGES, speaking
from generator.model.shape import did_you_mean
from generator.outputs.report.findings import Findings
from generator.outputs.report.formats import counted, text_of
from generator.outputs.report.remind import FORMATS, Told
from generator.outputs.report.review import review_json, review_text
from generator.pages import spoken_in
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.pages.view import view_of
from generator.portfolio.reminders import reminders_of
from generator.portfolio.review import Review, review_of

_INSIDE = tuple(audience for audience in AUDIENCES if level(audience) > level(OUTSIDE))
MOST_DAYS = 3660
"""As far ahead as anybody plans: ten years."""


@click.command()
@click.argument("account_id", metavar="ID")
@click.option("--done", is_flag=True, help="You are through: write today as account.reviewed.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--lang",
    type=click.Choice(tuple(LANGUAGES)),
    help="What it speaks. Default: site_config/site.yaml.",
)
@common_options
def review(*, common: Common, account_id: str, done: bool, output: str, lang: str | None) -> int:
    """List what an hour's review of a plan should touch, in order, each with file and line.

    What is due or past due, what to find out first, facts past their shelf life, unknowns, contacts
    to talk with, objectives to measure, what the gate asks for. With --done the day is written into
    the plan; its comments stay.

    Example: playbook review harbor-logistics
    """
    try:
        portfolio = common.portfolio()
    except SettingsError as error:
        return report_settings(error, "full")
    language, *_ = spoken_languages(common, portfolio, lang)
    portfolio = spoken_in(portfolio, language)
    account = account_of(portfolio, account_id)
    made = review_of(portfolio, account)
    if done:
        return _write_done(common, account, made)
    with speaking(language):
        site = Site(portfolio=portfolio, engine=Engine(), language=language)
        name_of = view_of(site, account).explainer.name
        text = review_json(made, name_of) if output == "json" else review_text(made, name_of)
    click.echo(text, nl=False)
    return CLEAN


def _write_done(common: Common, account: Account, review: Review) -> int:
    """Write today into account.reviewed, and say what the review leaves open."""
    from generator.change.edit.edit import Put, edit_text
    from generator.change.edit.files import ChangedFile, write_over

    document = account.document
    if review.reviewed is not None and review.reviewed >= review.today:
        common.note(f"{document.path}: account.reviewed is {review.reviewed} already")
        return CLEAN
    edited = edit_text(
        document.text, [Put(path=("account", "reviewed"), value=review.today)], document.path
    )
    problems = edited.problems or write_over(
        common.workspace(),
        ChangedFile(path=document.path, before=document.text, text=edited.text),
    )
    if problems:
        click.echo(text_of("full", Findings(problems=problems)), nl=False)
        return exit_code(problems)
    click.echo(document.path)
    common.note(f"account.reviewed: {review.today}; {_left_open(review)}")
    return CLEAN


def _left_open(review: Review) -> str:
    if not review.items:
        return "nothing is left open"
    return f"left open: {counted(len(review.items), 'thing')} that the review names"


@click.command()
@click.option(
    "--within",
    type=click.IntRange(0, MOST_DAYS),
    metavar="DAYS",
    default=14,
    show_default=True,
    help="What comes within so many days, beside what is past its day.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="slack, teams: the body that a job sends to a webhook of these.",
)
@click.option("--owner", metavar="ID", help="Only what is this person's.")
@click.option(
    "--audience",
    type=click.Choice(_INSIDE),
    default=HIGHEST,
    show_default=True,
    help="Only what these may see (site_config/audiences.yaml); say who reads the chat.",
)
@click.option(
    "--site",
    default="",
    metavar="URL",
    callback=lambda _context, _option, given: site_address(given),
    help="Link to the pages of this site. Default: site_url of site_config/site.yaml.",
)
@click.option(
    "--lang",
    type=click.Choice(tuple(LANGUAGES)),
    help="What it speaks. Default: site_config/site.yaml.",
)
@common_options
def remind(
    *,
    common: Common,
    within: int,
    output: str,
    owner: str | None,
    audience: Audience,
    site: str,
    lang: str | None,
) -> int:
    """Print what is due, by whose it is, for a job to send; it sends nothing itself.

    Days of the calendar, contacts who should hear from us, and what home says has to be acted on.
    With the address of the site each thing links to its page.

    Example: playbook remind --within 14 --format slack --audience internal
    """
    try:
        portfolio = common.portfolio()
        _refuse_stranger(portfolio, owner)
        if audience != HIGHEST:
            portfolio = edition_of(portfolio, audience, None)
    except SettingsError as error:
        return report_settings(error, "full")
    language, *_ = spoken_languages(common, portfolio, lang)
    portfolio = spoken_in(portfolio, language)
    with speaking(language):
        reminders = reminders_of(portfolio, within, owner)
        address = site.rstrip("/") or portfolio.settings.site.site_url
        told = Told(reminders=reminders, site_url=address)
        click.echo(FORMATS[output](told), nl=False)
    return CLEAN


def _refuse_stranger(portfolio: Portfolio, owner: str | None) -> None:
    known = tuple(portfolio.settings.team.people)
    if owner is not None and owner not in known:
        raise WorkspaceError(f"nobody of us has the id '{owner}'{did_you_mean(owner, known)}")
