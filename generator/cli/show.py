"""`playbook show`, `explain` and `schema`: an account; a figure, rule or field; the form itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import click

from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Account, Portfolio
from generator.figures.definitions import DEFINITIONS
from generator.form import FORM
from generator.language import speaking
from generator.model.fields import Field
from generator.model.scalars import PARTS
from generator.model.shape import did_you_mean
from generator.outputs.form_schema import schema_text
from generator.outputs.report.account import (
    account_json,
    built_in_text,
    definition_text,
    figure_text,
    part_state_text,
    part_text,
    rule_text,
)
from generator.outputs.report.show import account_text
from generator.pages.engine import Engine
from generator.pages.site import Site
from generator.pages.view import AccountView, view_of
from generator.rules.validate.built_in import BUILT_IN
from generator.settings import Settings, load_settings


@click.command()
@click.argument("account_id", metavar="ID")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@click.option("--all", "has_all", is_flag=True, help="Every figure, not the headlines alone.")
@common_options
def show(*, common: Common, account_id: str, output: str, has_all: bool) -> int:
    """Show what an account comes to, what to do, its figures and its findings.

    Figures are told as far as what they need is valid. JSON has all of them.

    Example: playbook show harbor-logistics --all
    """
    try:
        portfolio = common.portfolio()
    except SettingsError as error:
        return report_settings(error, "full")
    account = account_of(portfolio, account_id)
    if output == "json":
        text = account_json(account)
    else:
        text = account_text(_view(portfolio, account), has_all=has_all)
    click.echo(text, nl=False)
    return CLEAN


@click.command()
@click.argument("key")
@click.option("--account", "account_id", metavar="ID", help="With this account's numbers.")
@common_options
def explain(*, common: Common, key: str, account_id: str | None) -> int:
    """Explain a figure, a rule or a field: what it is, why, and what it is used for.

    Of a field such as economics.retention the figures that use it are those of all accounts of the
    workspace, or of one with --account.

    Example: playbook explain selection.retained_profit --account harbor-logistics
    """
    try:
        text = _explanation(common, key, account_id)
    except SettingsError as error:
        return report_settings(error, "full")
    click.echo(text, nl=False)
    return CLEAN


@click.command()
@click.option("--write", is_flag=True, help="Into the file that new playbooks name.")
@common_options
def schema(*, common: Common, write: bool) -> int:
    """Print the JSON Schema of a playbook, for editors, or write it where they look for it.

    Example: playbook schema --write
    """
    if not write:
        click.echo(schema_text(), nl=False)
        return CLEAN
    from generator.change.edit.files import refresh

    workspace = common.workspace()
    path = workspace.schema_file
    is_new = refresh(workspace, path, schema_text())
    common.note(f"{workspace.shown(path)} {'written' if is_new else 'is up to date'}")
    return CLEAN


def _explanation(common: Common, key: str, account_id: str | None) -> str:
    """All that has this name: of an account, or as it is for every one."""
    field = FORM.named(key)
    if account_id is not None:
        return _of_account(common, key, account_id, field)
    settings = load_settings(common.workspace())
    parts = list(_declared(key, settings, common.today))
    if field is not None:
        portfolio = _computed(common)
        parts.append(_field_text(common, field, portfolio, portfolio.accounts))
    if not parts:
        if any(path.stem == key for path in common.workspace().playbooks.rglob("*.yaml")):
            raise WorkspaceError(f"{key} is an account; for what it comes to: playbook show {key}")
        known = [*DEFINITIONS, *PARTS, *_rules(settings), *FORM.names]
        raise WorkspaceError(f"no figure, rule, field or part {key!r}{did_you_mean(key, known)}")
    return "\n".join(parts)


def _rules(settings: Settings) -> tuple[str, ...]:
    """The ids of all rules, the team's and those built in."""
    own = (rule.id for rule in settings.rules.rules)
    return (*own, *(rule.id for rule in BUILT_IN))


def _part(key: str) -> str | None:
    """The part of a plan that a key names: 'K4', or 'rsvr.K4' as reasons have it."""
    name = key.removeprefix("rsvr.")
    return name if name in PARTS else None


def _declared(key: str, settings: Settings, today: datetime.date) -> Iterator[str]:
    """The figure, the part of the plan or the rule of this name."""
    rule = next((rule for rule in settings.rules.rules if rule.id == key), None)
    built_in = next((rule for rule in BUILT_IN if rule.id == key), None)
    if key in DEFINITIONS:
        yield definition_text(DEFINITIONS[key])
    elif (part := _part(key)) is not None:
        yield part_text(part, settings, today)
    elif rule is not None:
        yield rule_text(rule, settings)
    elif built_in is not None:
        yield built_in_text(built_in)


def _of_account(common: Common, key: str, account_id: str, field: Field | None) -> str:
    """A figure or part with an account's numbers, or its figures that use a field."""
    is_figure, settings = key in DEFINITIONS, load_settings(common.workspace())
    of_rule = "" if is_figure or _part(key) else "\n".join(_declared(key, settings, common.today))
    portfolio = common.portfolio() if is_figure or of_rule else _computed(common)
    account = account_of(portfolio, account_id)
    parts = [of_rule] if of_rule else []
    if of_rule:
        findings = [f"{each}\n" for each in account.findings if each.rule == key]
        parts.append("".join(findings) or f"{account_id} has no finding of it.\n")
    if is_figure and key in account.figures:
        parts.append(_figure_text(portfolio, account, key))
    if (part := _part(key)) is not None and "rsvr.parts" in account.figures:
        parts.append(part_text(part, portfolio.settings, common.today))
        parts.append(part_state_text(account.figures["rsvr.parts"], part))
    if field is not None:
        parts.append(_field_text(common, field, portfolio, (account,)))
    if not parts:
        near = did_you_mean(key, [*account.figures, *_rules(settings), *FORM.names])
        raise WorkspaceError(f"no figure, part, rule or field {key!r} of {account_id}{near}")
    return "\n".join(parts)


def _view(portfolio: Portfolio, account: Account) -> AccountView:
    """The account as its page asks it, in English."""
    return view_of(Site(portfolio=portfolio, engine=Engine()), account)


def _figure_text(portfolio: Portfolio, account: Account, key: str) -> str:
    view, figure = _view(portfolio, account), account.figures[key]
    return figure_text(view, figure, view.explainer.change(figure))


def _computed(common: Common) -> Portfolio:
    from generator.assess import computed

    return computed(common.workspace(), common.today)


def _field_text(
    common: Common, field: Field, portfolio: Portfolio, accounts: Sequence[Account]
) -> str:
    """A field and the figures of some accounts that use it, in the language of the site."""
    from generator.cli.build import spoken_languages
    from generator.outputs.report.field import field_text
    from generator.portfolio.uses import uses_of

    language, *_ = spoken_languages(common, portfolio)
    with speaking(language):
        return field_text(field, portfolio.settings, uses_of(field, accounts))


def account_of(portfolio: Portfolio, account_id: str) -> Account:
    """The account of an id; an error where there is none or its file cannot be read."""
    account = portfolio.account(account_id)
    if account is None:
        known = [account.id for account in portfolio.accounts]
        raise WorkspaceError(f"no account {account_id!r}{did_you_mean(account_id, known)}")
    if account.document.data is None and not account.figures:
        problems = "; ".join(str(problem) for problem in account.findings)
        raise WorkspaceError(f"{account_id} cannot be read: {problems}")
    return account
