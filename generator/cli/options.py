"""What all commands share: options before or after the command's name, today, the workspace."""

from __future__ import annotations

import datetime
import functools
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.errors import SettingsError, WorkspaceError
from generator.terminal import printable

if TYPE_CHECKING:
    from generator.figures import Account, Portfolio
    from generator.outputs.report.findings import Findings, Help
    from generator.problems import Problem
    from generator.read import Document, Workspace
    from generator.settings import Settings

# What computes is imported where it is used, so that `--help` stays quick.

CLEAN, FINDINGS, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
EXIT_CODES = {
    CLEAN: "Done; no errors.",
    FINDINGS: "There are findings.",
    COULD_NOT_RUN: "It could not run: the command, a setting or the workspace is wrong.",
    INTERRUPTED: "It was interrupted.",
}
"""What the exit codes of all commands mean."""

F = TypeVar("F", bound=Callable[..., Any])


class PlaybookGroup(click.Group):
    """Lists the commands in the order of the work, not of the alphabet."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """As they were added."""
        return list(self.commands)


@dataclass(frozen=True, kw_only=True)
class Common:
    """What was said by the shared options."""

    root: Path
    day: datetime.date | None
    """The day to compute as of, where --today or SOURCE_DATE_EPOCH says one."""
    verbose: int
    quiet: bool

    def workspace(self) -> Workspace:
        """The workspace; an error when it is not there."""
        from generator.read import Workspace

        return Workspace.at(self.root)

    @cached_property
    def today(self) -> datetime.date:
        """The day to compute as of: the one given, else that of the clock in the firm's zone."""
        from generator.settings import time_zone

        return self.day or datetime.datetime.now(time_zone(self.workspace())).date()

    @property
    def day_alone(self) -> datetime.date:
        """The day where there is no workspace yet whose time zone could say it."""
        return self.day or datetime.datetime.now(datetime.UTC).date()

    def portfolio(self) -> Portfolio:
        """Every account of the workspace, computed."""
        from generator.assess import assess

        return assess(self.workspace(), self.today)

    def note(self, text: str) -> None:
        """A line for people, beside the results."""
        if not self.quiet:
            click.echo(printable(text), err=True)


# As far as days in playbooks reach: what is counted from them stays a day
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)


def is_counted(day: datetime.date) -> bool:
    """Whether figures can be computed as of a day."""
    return FIRST_DAY <= day <= LAST_DAY


class Day(click.ParamType[datetime.date]):
    """A day such as 2026-11-30."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> datetime.date:
        """The day, or a usage error."""
        if isinstance(value, datetime.date):
            return value
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2026-11-30", param, context)
        if not is_counted(day):
            self.fail(f"{value} is not between {FIRST_DAY} and {LAST_DAY}", param, context)
        return day


_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/%@-]+")


def site_address(given: str) -> str:
    """The address of a site, or a usage error."""
    if given and not _ADDRESS.fullmatch(given):
        raise click.BadParameter("write it like https://plans.example.com/preview")
    return given


_OPTIONS = (
    click.option(
        "--root",
        type=click.Path(path_type=Path),
        help="The workspace: the folder with playbooks/. Default: the current folder.",
    ),
    click.option(
        "--today",
        type=Day(),
        help="Compute as of this day. Default: SOURCE_DATE_EPOCH, else the clock's in the time zone"
        " of site.yaml.",
    ),
    click.option("--color/--no-color", default=None, help="Colours in the terminal."),
    click.option("-v", "--verbose", count=True, help="Say more."),
    click.option("-q", "--quiet", is_flag=True, default=None, help="Results only."),
)


def shared_options(function: F) -> F:
    """The shared options, for the group: what is said here holds for the command after it."""

    @functools.wraps(function)
    def keep(*args: Any, **given: Any) -> Any:
        click.get_current_context().obj = _only_given(given)
        return function(*args)

    return _decorated(keep)  # type: ignore[return-value]


def common_options(function: F) -> F:
    """The shared options, for a command: passed as one value `common`."""

    @functools.wraps(function)
    def merge(*args: Any, **given: Any) -> Any:
        context = click.get_current_context()
        own = {name: given.pop(name) for name in ("root", "today", "color", "verbose", "quiet")}
        chosen = {**(context.obj or {}), **_only_given(own)}
        context.color = chosen.get("color", False if os.environ.get("NO_COLOR") else None)
        common = Common(
            root=chosen.get("root") or Path(),
            day=chosen.get("today") or day_of_epoch(os.environ.get("SOURCE_DATE_EPOCH")),
            verbose=chosen.get("verbose", 0),
            quiet=chosen.get("quiet", False),
        )
        return function(*args, common=common, **given)

    return _decorated(merge)  # type: ignore[return-value]


def _decorated(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def _only_given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value not in (None, 0)}


def day_of_epoch(epoch: str | None) -> datetime.date | None:
    """The day of SOURCE_DATE_EPOCH as UTC; None where it says nothing."""
    if not epoch:
        return None
    try:
        day = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise WorkspaceError(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}") from error
    if not is_counted(day):
        raise WorkspaceError(f"SOURCE_DATE_EPOCH is not between {FIRST_DAY} and {LAST_DAY}")
    return day


def findings_of(
    problems: tuple[Problem, ...],
    portfolio: Portfolio,
    accounts: Sequence[Account] | None = None,
    beside: Sequence[Document] = (),
) -> Findings:
    """Findings as formats tell them, of some accounts or all that were looked at.

    `beside` are other files in which something was found.
    """
    from generator.outputs.report.findings import Findings

    every = portfolio.accounts if accounts is None else accounts
    of_settings = portfolio.settings.documents.values()
    documents = (*(account.document for account in portfolio.accounts), *of_settings, *beside)
    return Findings(
        problems=problems,
        sources={document.path: document.text for document in documents},
        checked=tuple(change.document.path for change in every),
        rules=_helps(portfolio.settings),
        order=tuple(rule.id for rule in portfolio.settings.rules.rules),
    )


def _helps(settings: Settings) -> dict[str, Help]:
    """What each rule asks for and why: those of the team and those of the program."""
    from generator.outputs.report.findings import Help, help_of
    from generator.rules.validate.built_in import BUILT_IN

    of_program = {
        rule.id: Help(title=rule.title or rule.says, reason=rule.says) for rule in BUILT_IN
    }
    of_team = {rule.id: help_of(rule) for rule in settings.rules.rules}
    return {**of_program, **of_team}


def report_settings(error: SettingsError, output_format: str) -> int:
    """Print findings of site_config in the format asked for; the program cannot run on them."""
    from generator.outputs.report.findings import Findings
    from generator.outputs.report.formats import choose_format, text_of

    findings = Findings(problems=error.problems)
    click.echo(text_of(choose_format(output_format, os.environ), findings), nl=False)
    click.echo(f"error: {printable(str(error))}", err=True)
    return COULD_NOT_RUN


def exit_code(problems: tuple[Problem, ...], *, strict: bool = False) -> int:
    """1 for errors (with strict for warnings too), else 0."""
    failing = [problem for problem in problems if strict or problem.level == "error"]
    return FINDINGS if failing else CLEAN
