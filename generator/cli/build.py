"""`playbook build`, `render` and `serve`: from playbooks to a site."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.audience.classes import AUDIENCES, HIGHEST, OUTSIDE, Audience, level
from generator.audience.edition import edition_of
from generator.cli.gaps import KnownGaps, known_gaps
from generator.cli.options import (
    CLEAN,
    FINDINGS,
    Common,
    common_options,
    findings_of,
    report_settings,
)
from generator.errors import BuildError, SettingsError
from generator.figures import Portfolio
from generator.language import LANGUAGES, Language
from generator.outputs.report.formats import choose_format, groups_in, summary, text_of
from generator.problems import Problem, errors_among
from generator.read.source import id_fault
from generator.rules.gate.baseline import Baseline, split
from generator.rules.validate.built_in import NOT_WRITTEN
from generator.settings import language_of, own_guide

if TYPE_CHECKING:
    from generator.pages import SiteTree

# Rendering and publishing are imported where they are used: `check` runs on every save and in
# every pull request, and should not pay for a template engine and a site builder.
BUILDERS = ("mkdocs", "zensical")

_incomplete = click.option(
    "--allow-incomplete",
    is_flag=True,
    help="Show completeness findings on the pages instead of stopping.",
)
_builder = click.option("--builder", type=click.Choice(BUILDERS), default=BUILDERS[0])
_lang = click.option(
    "--lang",
    type=click.Choice(("en", "zh", "both")),
    help="What the pages speak; both: with a switch. Default: site_config/site.yaml.",
)


@click.command()
@_incomplete
@_builder
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default=HIGHEST,
    help="Publish only what these may see (site_config/audiences.yaml), as site-AUDIENCE.",
)
@_lang
@click.option("--account", "account_id", metavar="ID", help="Only this account; customers need it.")
@click.option(
    "--copy",
    "copy_to",
    type=click.Path(path_type=Path),
    help="Also write the site there as plain files, for hosts that do not follow links.",
)
@common_options
def build(
    *,
    common: Common,
    allow_incomplete: bool,
    builder: str,
    audience: Audience,
    lang: str | None,
    account_id: str | None,
    copy_to: Path | None,
) -> int:
    """Check, compute, render, build, verify and publish to site/.

    A build that fails leaves the last good site as it was.

    Example: playbook build --allow-incomplete
    """
    try:
        portfolio, known = _ready(common)
        own = own_guide(common.workspace())
    except SettingsError as error:
        return report_settings(error, "auto")
    if _stops(common, portfolio, known, allow_incomplete=allow_incomplete):
        return FINDINGS
    from generator.compare.moved import moves
    from generator.outputs.site import edition_site, whole_site
    from generator.site import over_cores, publish_site

    edition = edition_name(audience, account_id)
    if edition:
        portfolio = edition_of(portfolio, audience, account_id)
    workspace, tell = common.workspace(), cache(common.note)  # said once, not in each language
    moved = None if edition else moves(workspace, portfolio, tell)

    def site_in(language: Language, beside: SiteTree | None) -> SiteTree:
        if edition:
            return edition_site(
                portfolio, audience, spread=over_cores, language=language, beside=beside
            )
        return whole_site(
            portfolio,
            workspace,
            known.baseline if known else None,
            own_guide=own,
            moves=moved,
            spread=over_cores,
            language=language,
            beside=beside,
            tell=tell,
        )

    first, second = _in_languages(site_in, spoken_languages(common, portfolio, lang))
    release = publish_site(
        first,
        second=second,
        root=common.workspace().root,
        builder=builder,
        today=common.today,
        edition=edition,
        copy_to=copy_to,
        on_progress=common.note if common.verbose else None,
    )
    common.note(f"{_counted(portfolio)} published: {release.index}")
    return CLEAN


@click.command()
@_incomplete
@common_options
def render(*, common: Common, allow_incomplete: bool) -> int:
    """Write only what the site builder reads, for `mkdocs build` and `mkdocs serve` by hand.

    Example: playbook render && mkdocs serve
    """
    try:
        portfolio, known = _ready(common)
        own = own_guide(common.workspace())
    except SettingsError as error:
        return report_settings(error, "auto")
    if _stops(common, portfolio, known, allow_incomplete=allow_incomplete):
        return FINDINGS
    from generator.compare.moved import moves
    from generator.outputs.site import whole_site
    from generator.site import over_cores, write_pages

    root = common.workspace().root
    language, *_ = spoken_languages(common, portfolio)
    baseline = known.baseline if known else None
    workspace = common.workspace()
    tree = whole_site(
        portfolio,
        workspace,
        baseline,
        own_guide=own,
        moves=moves(workspace, portfolio, common.note),
        spread=over_cores,
        language=language,
        tell=common.note,
    )
    config = write_pages(tree, root=root)
    common.note(
        f"{_counted(portfolio)} rendered into {root / 'build' / 'docs'};"
        f" next: mkdocs build -f {config}"
    )
    return CLEAN


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
@_builder
@common_options
def serve(*, common: Common, port: int, open_browser: bool, builder: str) -> int:
    """Build once, watch, rebuild what changed, reload the browser.

    Incomplete plans are shown with their findings; a broken file leaves the last good page.

    Example: playbook serve --port 8080
    """
    from generator.outputs.site import whole_site
    from generator.site import publish_site
    from generator.site.serve import serve as serve_site

    gc.enable()
    root = common.workspace().root

    def rebuild() -> None:
        try:
            portfolio, known = _ready(common)
            own = own_guide(common.workspace())
        except SettingsError as error:
            raise BuildError("; ".join(str(problem) for problem in error.problems)) from error
        problems = stopping(portfolio, allow_incomplete=True)
        click.echo(text_of("concise", findings_of(problems, portfolio)), nl=False, err=True)
        baseline = known.baseline if known else None

        def site_in(language: Language, beside: SiteTree | None) -> SiteTree:
            # no feed: it tells of commits, and a preview is made on every save
            return whole_site(
                portfolio, baseline=baseline, own_guide=own, language=language, beside=beside
            )

        first, second = _in_languages(site_in, spoken_languages(common, portfolio))
        publish_site(first, second=second, root=root, builder=builder, today=common.today)

    serve_site(root, rebuild, port=port, say=common.note, open_browser=open_browser)
    return CLEAN


def _ready(common: Common) -> tuple[Portfolio, KnownGaps | None]:
    """What a site is made of, once settings and the firm's own look are known to be right.

    Raises SettingsError: a wrong line of mkdocs.yml is told before pages are made.
    """
    from generator.site import look_of

    portfolio = common.portfolio()
    look_of(common.workspace().root, portfolio.settings)
    return portfolio, known_gaps(common.workspace(), portfolio)


def spoken_languages(
    common: Common, portfolio: Portfolio, lang: str | None = None
) -> tuple[Language, ...]:
    """What the site speaks: one language, or the team's and a second one."""
    site = portfolio.settings.site
    codes = [site.language, site.second_language]
    if lang == "both":
        codes = [site.language, *LANGUAGES]
    elif lang is not None:
        codes = [code for code in LANGUAGES if code == lang]
    return tuple(
        language_of(common.workspace(), code) for code in dict.fromkeys(codes) if code is not None
    )


def _in_languages(
    site_in: Callable[[Language, SiteTree | None], SiteTree], languages: Sequence[Language]
) -> tuple[SiteTree, SiteTree | None]:
    """The site in its first language, and beside it in the second, if there is one."""
    first = site_in(languages[0], None)
    return first, site_in(languages[1], first) if len(languages) > 1 else None


def edition_name(audience: Audience, account_id: str | None) -> str:
    """The name of an edition, which its folders bear; '' for the whole site."""
    if level(audience) <= level(OUTSIDE) and account_id is None:
        raise click.UsageError(f"--audience {audience} needs --account ID: it shows one account")
    if account_id is not None and (fault := id_fault(account_id)):
        raise click.UsageError(fault)
    if audience == HIGHEST and account_id is None:
        return ""
    words = (audience.replace("_", "-"), account_id)
    return "-".join(word for word in words if word)


def stopping(
    portfolio: Portfolio, baseline: Baseline | None = None, *, allow_incomplete: bool
) -> tuple[Problem, ...]:
    """The errors that keep a site from being built.

    Known gaps do not, nor those of completeness rules when incomplete plans are allowed, and what
    nobody has written yet.
    """
    rules = {rule.id for rule in portfolio.settings.rules.rules} if allow_incomplete else set()
    rules |= {NOT_WRITTEN} if allow_incomplete else set()
    new = split(portfolio.findings, baseline).new
    return tuple(problem for problem in errors_among(new) if problem.rule not in rules)


def _counted(portfolio: Portfolio) -> str:
    count = len(portfolio.accounts)
    return f"{count:,} {'account' if count == 1 else 'accounts'}"


def _stops(
    common: Common, portfolio: Portfolio, known: KnownGaps | None, *, allow_incomplete: bool
) -> bool:
    """Report what stops the build, if anything does."""
    baseline = known.baseline if known else None
    problems = stopping(portfolio, baseline, allow_incomplete=allow_incomplete)
    if problems:
        name, findings = choose_format("auto", os.environ), findings_of(problems, portfolio)
        click.echo(text_of(name, findings), nl=False)
        closing = summary(problems, len(portfolio.accounts), groups=groups_in(name, findings))
        common.note(f"{closing}; the site stays as it was")
        if not (allow_incomplete or stopping(portfolio, baseline, allow_incomplete=True)):
            common.note(
                "to publish plans with what they still lack: playbook build --allow-incomplete"
            )
    return bool(problems)
