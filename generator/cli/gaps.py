"""Known gaps and what a change reaches, for `check` and `build`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.change.edit.files import put_whole
from generator.compare.state import reached_since
from generator.errors import SettingsError, WorkspaceError
from generator.figures import Account, Portfolio
from generator.outputs.report.formats import counted
from generator.problems import Problem
from generator.read import Document, Repository, Revision, Workspace, read_file
from generator.rules.gate.baseline import (
    LIMITS,
    Baseline,
    baseline_of,
    baseline_text,
    gaps_to_know,
    grown,
)

USUAL_NAME = "playbooks-baseline.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGaps:
    """The gaps that pass, and what a change has added to them."""

    baseline: Baseline
    document: Document
    grown: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a change since a revision reaches."""

    revision: Revision
    ids: frozenset[str]

    def of(self, accounts: Iterable[Account]) -> tuple[Account, ...]:
        """Those of some accounts that it reaches."""
        return tuple(account for account in accounts if account.id in self.ids)


def change_since(workspace: Workspace, portfolio: Portfolio, revision: str) -> Reach:
    """What has changed since the newest commit that a revision and the current one build on."""
    repository = Repository(workspace.repository)
    before = Revision(workspace, repository.fork_point(repository.commit(revision)))
    return Reach(revision=before, ids=frozenset(reached_since(before, portfolio)))


def baseline_file(workspace: Workspace, portfolio: Portfolio, given: Path | None) -> Path | None:
    """The file of known gaps: the one given, else the one that site.yaml names, else none."""
    if given is not None:
        return given
    named = portfolio.settings.site.baseline
    if named is None:
        return None
    place = (workspace.root / named).resolve()
    if not place.is_relative_to(workspace.root):
        raise WorkspaceError(f"the baseline {named} of site.yaml lies outside the workspace")
    return place


def known_gaps(
    workspace: Workspace,
    portfolio: Portfolio,
    given: Path | None = None,
    change: Reach | None = None,
) -> KnownGaps | None:
    """The gaps that pass, if a file of them is given or named by site.yaml.

    With a change those count that were known where it began; a file that is new with it counts as
    it is. Raises SettingsError when the file has mistakes, WorkspaceError when there is none.
    """
    path = baseline_file(workspace, portfolio, given)
    if path is None:
        return None
    if not path.exists():
        raise WorkspaceError(
            f"there is no baseline {path}; write it with `playbook check --write-baseline`"
        )
    document = read_file(path, workspace.shown(path.resolve()), LIMITS)
    now = _checked(document, portfolio)
    before = _before(change, document.path, portfolio)
    if before is None:
        return KnownGaps(baseline=now, document=document, grown=())
    return KnownGaps(baseline=before, document=document, grown=grown(document, now, before))


def _before(change: Reach | None, path: str, portfolio: Portfolio) -> Baseline | None:
    """The gaps that were known where a change began; None where no file of them could be read."""
    old = change.revision.file(path, LIMITS) if change else None
    return baseline_of(old, portfolio.settings.rules)[0] if old else None


def _checked(document: Document, portfolio: Portfolio) -> Baseline:
    baseline, problems = baseline_of(document, portfolio.settings.rules)
    if baseline is None or problems:
        raise SettingsError(problems, "the baseline")
    return baseline


def write_baseline(
    workspace: Workspace, portfolio: Portfolio, given: Path | None, say: Callable[[str], None]
) -> Path:
    """Write today's gaps at once or not at all, say where and how many; the file."""
    path = baseline_file(workspace, portfolio, given) or workspace.root / USUAL_NAME
    gaps = gaps_to_know(portfolio)
    _write(path, baseline_text(gaps, portfolio.today))
    accounts = len({gap.account for gap in gaps})
    shown = workspace.shown(path.resolve())
    say(f"{shown}: {counted(len(gaps), 'known gap')} of {counted(accounts, 'account')}")
    if given is None and portfolio.settings.site.baseline is None:
        say(f"so that check and build use it, add to site_config/site.yaml: baseline: {USUAL_NAME}")
    return path


def _write(path: Path, text: str) -> None:

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, text.encode(), 0o644)
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror}") from error
