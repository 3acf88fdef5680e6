"""The site with its files for other programs, for us and for an audience."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compare import changes_along
from generator.figures import Portfolio
from generator.language import ENGLISH, Language, speaking
from generator.outputs.api import api_files
from generator.outputs.downloads import download_files
from generator.outputs.feed import FEED, feed_of
from generator.pages import Spread, at_once, render, spoken_in
from generator.pages.edition import render_edition
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.pages.tree import SiteTree, StaticFile
from generator.read import Workspace, state_of
from generator.rules.gate.baseline import Baseline
from generator.settings.audiences import OUTSIDE, Audience, level


def whole_site(
    portfolio: Portfolio,
    workspace: Workspace | None = None,
    baseline: Baseline | None = None,
    *,
    spread: Spread = at_once,
    language: Language = ENGLISH,
    beside: SiteTree | None = None,
) -> SiteTree:
    """The site for those who may see everything; the feed tells of a workspace's git history.

    `beside` is the same site in its first language: it has the files, this one leads to them.
    """
    files: list[StaticFile] = []
    if beside is None:
        files.extend(_feed_files(portfolio, workspace) if workspace else ())
        files.extend(_files(portfolio, spread, language))
    return render(
        portfolio,
        baseline,
        revision=state_of(workspace) if workspace else "",
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


def _feed_files(portfolio: Portfolio, workspace: Workspace) -> Iterator[StaticFile]:
    most = portfolio.settings.site.feed or 0
    if most:
        changes = tuple(changes_along(workspace, portfolio, most))
        yield StaticFile(path=FEED, content=feed_of(changes, portfolio))
