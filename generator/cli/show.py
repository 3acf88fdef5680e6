"""`playbook show`, `explain` and `schema`: an account, a figure, a rule, the form itself."""

from __future__ import annotations

import click

from generator.cli.options import CLEAN, Common, common_options, report_settings
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Account, Portfolio
from generator.figures.definitions import DEFINITIONS
from generator.model.shape import did_you_mean
from generator.outputs.form_schema import schema_text
from generator.outputs.report.account import (
    account_json,
    account_text,
    built_in_text,
    definition_text,
    figure_text,
    rule_text,
)
from generator.rules.validate.built_in import BUILT_IN
from generator.settings import load_settings


@click.command()
@click.argument("account_id", metavar="ID")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@common_options
def show(*, common: Common, account_id: str, output: str) -> int:
    """Show an account: its figures from what is valid, and its findings.

    Example: playbook show harbor-logistics --format json
    """
    try:
        portfolio = common.portfolio()
    except SettingsError as error:
        return report_settings(error, "full")
    account = _account(portfolio, account_id)
    text = account_json(account) if output == "json" else account_text(account, portfolio)
    click.echo(text, nl=False)
    return CLEAN


@click.command()
@click.argument("key")
@click.option("--account", "account_id", metavar="ID", help="With this account's numbers.")
@common_options
def explain(*, common: Common, key: str, account_id: str | None) -> int:
    """Explain a figure or a rule: what it is, why, and the thresholds in force.

    Example: playbook explain selection.retained_profit --account harbor-logistics
    """
    try:
        text = _explanation(common, key, account_id)
    except SettingsError as error:
        return report_settings(error, "full")
    click.echo(text, nl=False)
    return CLEAN


@click.command()
@common_options
def schema(*, common: Common) -> int:  # noqa: ARG001 - the shared options are accepted everywhere
    """Print the JSON Schema of a playbook, for editors.

    Example: playbook schema > site_config/playbook.schema.json
    """
    click.echo(schema_text(), nl=False)
    return CLEAN


def _explanation(common: Common, key: str, account_id: str | None) -> str:
    if account_id is None:
        settings = load_settings(common.workspace())
        rules = {rule.id: rule for rule in settings.rules.rules}
        if key in DEFINITIONS:
            return definition_text(DEFINITIONS[key])
        if key in rules:
            return rule_text(rules[key], settings)
        own = {rule.id: rule for rule in BUILT_IN}
        if key in own:
            return built_in_text(own[key])
        near = did_you_mean(key, [*DEFINITIONS, *rules, *own])
        raise WorkspaceError(f"no figure or rule {key!r}{near}")
    portfolio = common.portfolio()
    account = _account(portfolio, account_id)
    if key not in account.figures or key not in DEFINITIONS:
        raise WorkspaceError(
            f"no figure {key!r} of {account_id}{did_you_mean(key, list(account.figures))}"
        )
    from generator.pages.words import change_sentence  # not paid for by `check`

    change = change_sentence(account.case, key, portfolio.settings) if account.case else ""
    return figure_text(DEFINITIONS[key], account.figures[key], change)


def _account(portfolio: Portfolio, account_id: str) -> Account:
    account = portfolio.account(account_id)
    if account is None:
        known = [account.id for account in portfolio.accounts]
        raise WorkspaceError(f"no account {account_id!r}{did_you_mean(account_id, known)}")
    if account.document.data is None and not account.figures:
        problems = "; ".join(str(problem) for problem in account.findings)
        raise WorkspaceError(f"{account_id} cannot be read: {problems}")
    return account
