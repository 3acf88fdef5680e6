"""The site with its files for other programs, for us and for an audience."""

from __future__ import annotations

from collections.abc import Iterator

from generator.audience.classes import OUTSIDE, Audience, level
from generator.compare import changes_along
from generator.compare.moved import Moves
from generator.figures import Portfolio
from generator.language import ENGLISH, Language, speaking
from generator.outputs.api import api_files
from generator.outputs.export.calendar import calendar_with, days_of
from generator.outputs.export.delimited import csv_of
from generator.outputs.export.feed import FEED, feed_of
from generator.outputs.export.sqlite import sqlite_of
from generator.outputs.export.tables import tables_of
from generator.outputs.export.workbook import xlsx_of
from generator.pages import Spread, at_once, render, spoken_in
from generator.pages.edition import render_edition
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.pages.tree import SiteTree, StaticFile
from generator.portfolio.colleagues import person_name
from generator.read import Tell, Workspace, say_nothing, state_of
from generator.rules.gate.baseline import Baseline
from generator.settings import OwnPage

# Tables and calendars, made by the same code as `playbook export`

_IN_WORKBOOK = ("accounts", "findings", "actions", "contacts")
"""Not the figures: of a thousand accounts they are more rows than anyone scrolls through."""


def download_files(site: Site) -> Iterator[StaticFile]:
    """downloads/: accounts as CSV and workbook, all tables for SQL, calendars."""
    tables = tables_of(site.portfolio)
    made = {
        "accounts.csv": csv_of(tables[0]),
        "accounts.xlsx": xlsx_of(
            [table for table in tables if table.name in _IN_WORKBOOK], site.today
        ),
        "portfolio.sqlite": sqlite_of(tables, site.today),
    }
    for name, content in made.items():
        yield StaticFile(path=f"downloads/{name}", content=content)
    yield from _calendars(site)


def _calendars(site: Site) -> Iterator[StaticFile]:
    """Of everything, of each account, of each of us; none where no day is named."""
    days = [day for account in site.portfolio.accounts for day in days_of(site, account)]
    kinds = {"downloads/calendar.ics": days}
    for day in days:
        kinds.setdefault(f"downloads/accounts/{day.account}.ics", []).append(day)
    for id in sorted(site.settings.team.people):
        name = person_name(site.settings, id)
        kinds[f"downloads/people/{id}.ics"] = [dated for dated in days if dated.who == name]
    for path, some in kinds.items():
        if some:
            yield StaticFile(path=path, content=calendar_with(some))


# The site whole


def whole_site(  # noqa: PLR0913 - what, in which language, beside what, and who hears of trouble
    portfolio: Portfolio,
    workspace: Workspace | None = None,
    baseline: Baseline | None = None,
    *,
    own_guide: tuple[OwnPage, ...] = (),
    moves: Moves | None = None,
    spread: Spread = at_once,
    language: Language = ENGLISH,
    beside: SiteTree | None = None,
    tell: Tell = say_nothing,
) -> SiteTree:
    """The site for those who may see everything; the feed tells of a workspace's git history.

    `own_guide` are pages that the team adds to the guide; `moves` says how sums moved.
    `beside` is the same site in its first language: it has the files, this one leads to them.
    `tell` hears why a history cannot be read.
    """
    files: list[StaticFile] = []
    if beside is None:
        files.extend(_feed_files(portfolio, workspace, tell) if workspace else ())
        files.extend(_files(portfolio, spread, language))
    return render(
        portfolio,
        baseline,
        revision=state_of(workspace, tell) if workspace else "",
        own_guide=own_guide,
        moves=moves,
        files=tuple(files),
        beside=beside,
        spread=spread,
        language=language,
    )


def edition_site(
    portfolio: Portfolio,
    audience: Audience,
    *,
    spread: Spread = at_once,
    language: Language = ENGLISH,
    beside: SiteTree | None = None,
) -> SiteTree:
    """The site of an edition, its files made of that edition alone.

    There is no feed: it would tell of states that nobody projected. Who is not of our people gets
    a page and no files.
    """
    files: list[StaticFile] = []
    if level(audience) > level(OUTSIDE) and beside is None:
        files.extend(_files(portfolio, spread, language))
    return render_edition(
        portfolio, audience, files=tuple(files), beside=beside, spread=spread, language=language
    )


def _files(portfolio: Portfolio, spread: Spread, language: Language) -> Iterator[StaticFile]:
    site = Site(portfolio=spoken_in(portfolio, language), engine=Engine(), language=language)
    with speaking(language):
        # Downloads first: all figures are then there for the processes that the rest is spread over
        if site.settings.site.downloads:
            yield from download_files(site)
        if site.settings.site.api:
            yield from api_files(site, spread)


def _feed_files(portfolio: Portfolio, workspace: Workspace, tell: Tell) -> Iterator[StaticFile]:
    most = portfolio.settings.site.feed or 0
    if most:
        changes = tuple(changes_along(workspace, portfolio, most, tell))
        yield StaticFile(path=FEED, content=feed_of(changes, portfolio))
