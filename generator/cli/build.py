"""`playbook build`, `render` and `serve`: from playbooks to a site."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import click

from generator.audience import edition_of
from generator.cli.gaps import Known, known_gaps
from generator.cli.options import (
    CLEAN,
    FINDINGS,
    Common,
    common_options,
    findings_of,
    report_settings,
)
from generator.enrich import Portfolio
from generator.errors import BuildError, SettingsError
from generator.gate.baseline import Baseline, split
from generator.language import LANGUAGES, Language
from generator.problems import Problem, errors_among
from generator.read import state_of
from generator.read.source import id_fault
from generator.report import choose_format, summary, text_of
from generator.settings import language_of
from generator.settings.audiences import AUDIENCES, HIGHEST, OUTSIDE, Audience, level

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
        portfolio = common.portfolio()
        known = known_gaps(common.workspace(), portfolio)
    except SettingsError as error:
        return report_settings(error, "auto")
    if _stops(common, portfolio, known, allow_incomplete=allow_incomplete):
        return FINDINGS
    from generator.publish import over_cores, publish_site
    from generator.render import SiteTree
    from generator.render import render as render_site
    from generator.render.edition import render_edition

    edition = edition_name(audience, account_id)
    if edition:
        portfolio = edition_of(portfolio, audience, account_id)
    workspace = common.workspace()

    def site_in(language: Language) -> SiteTree:
        if edition:
            return render_edition(portfolio, audience, spread=over_cores, language=language)
        return render_site(
            portfolio,
            known.baseline if known else None,
            revision=state_of(workspace),
            spread=over_cores,
            language=language,
        )

    first, *others = (site_in(one) for one in spoken_languages(common, portfolio, lang))
    release = publish_site(
        first,
        second=others[0] if others else None,
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
        portfolio = common.portfolio()
        known = known_gaps(common.workspace(), portfolio)
    except SettingsError as error:
        return report_settings(error, "auto")
    if _stops(common, portfolio, known, allow_incomplete=allow_incomplete):
        return FINDINGS
    from generator.publish import over_cores, write_pages
    from generator.render import render as render_site

    root = common.workspace().root
    language, *_ = spoken_languages(common, portfolio)
    tree = render_site(
        portfolio,
        known.baseline if known else None,
        revision=state_of(common.workspace()),
        spread=over_cores,
        language=language,
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
    from generator.publish import publish_site
    from generator.publish.serve import serve as serve_site
    from generator.render import render as render_site

    gc.enable()
    root = common.workspace().root

    def rebuild() -> None:
        try:
            portfolio = common.portfolio()
            known = known_gaps(common.workspace(), portfolio)
        except SettingsError as error:
            raise BuildError("; ".join(str(one) for one in error.problems)) from error
        problems = stopping(portfolio, allow_incomplete=True)
        click.echo(text_of("concise", findings_of(problems, portfolio)), nl=False, err=True)
        baseline = known.baseline if known else None
        first, *others = (
            render_site(portfolio, baseline, language=one)
            for one in spoken_languages(common, portfolio)
        )
        publish_site(
            first,
            second=others[0] if others else None,
            root=root,
            builder=builder,
            today=common.today,
        )

    serve_site(root, rebuild, port=port, say=common.note, open_browser=open_browser)
    return CLEAN


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


def edition_name(audience: Audience, account_id: str | None) -> str:
    """The name of an edition, which its folders bear; '' for the whole site."""
    if level(audience) <= level(OUTSIDE) and account_id is None:
        raise click.UsageError(f"--audience {audience} needs --account ID: it shows one account")
    if account_id is not None and (fault := id_fault(account_id)):
        raise click.UsageError(fault)
    if audience == HIGHEST and account_id is None:
        return ""
    words = (audience.replace("_", "-"), account_id)
    return "-".join(one for one in words if one)


def stopping(
    portfolio: Portfolio, baseline: Baseline | None = None, *, allow_incomplete: bool
) -> tuple[Problem, ...]:
    """The errors that keep a site from being built.

    Known gaps do not, nor those of completeness rules when incomplete plans are allowed.
    """
    rules = {rule.id for rule in portfolio.settings.rules.rules} if allow_incomplete else set()
    new = split(portfolio.findings, baseline).new
    return tuple(one for one in errors_among(new) if one.rule not in rules)


def _counted(portfolio: Portfolio) -> str:
    count = len(portfolio.accounts)
    return f"{count:,} {'account' if count == 1 else 'accounts'}"


def _stops(
    common: Common, portfolio: Portfolio, known: Known | None, *, allow_incomplete: bool
) -> bool:
    """Report what stops the build, if anything does."""
    baseline = known.baseline if known else None
    problems = stopping(portfolio, baseline, allow_incomplete=allow_incomplete)
    if problems:
        name = choose_format("auto", os.environ)
        click.echo(text_of(name, findings_of(problems, portfolio)), nl=False)
        common.note(f"{summary(problems, len(portfolio.accounts))}; the site stays as it was")
    return bool(problems)
