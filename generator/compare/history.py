"""What each commit changed in meaning, newest first: the comparisons behind the feed of changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compare.compare import Comparison, between, settings_edits
from generator.compare.state import State, edited
from generator.errors import GitError, SettingsError
from generator.figures import Portfolio
from generator.read import DatedCommit, Repository, Revision, Tell, Workspace, say_nothing

SCANNED = 3
"""Commits looked at for each that is wanted: remarks and words alone change no meaning."""
JUDGED = 100
"""With more accounts what an edit of settings moves is not worked out: all would be judged."""
EXPLAINED = 3
"""With more accounts edited by one commit its causes are not looked for: each edit is tried."""
_WORDS = frozenset({"site", "labels", "audiences"})
"""Settings of which no figure and no finding hangs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningfulCommit:
    """A commit that changed what plans mean."""

    step: DatedCommit
    comparison: Comparison
    """With the commit before, both as of the day of this one."""


def changes_along(
    workspace: Workspace, now: Portfolio, most: int, tell: Tell = say_nothing
) -> Iterator[MeaningfulCommit]:
    """The newest changes in meaning, at most so many, newest first.

    Without git, and where a clone ends, there are fewer or none; `tell` hears why, unless there
    was no more. `now` lends what is read already.
    """
    count = 0
    for step, old, new in _pairs(workspace, now, SCANNED * most, tell):
        change = _change(step, old, new)
        if change is not None:
            yield change
            count += 1
        if count == most:
            return


def _pairs(
    workspace: Workspace, now: Portfolio, most: int, tell: Tell
) -> Iterator[tuple[DatedCommit, State, State]]:
    """Each commit that touched plans or settings, with the states before and after it.

    The state before a commit is that of the next older one: what lies between touched neither.
    """
    base = workspace.shown(workspace.root)
    place = "" if base == "." else f"{base}/"
    like = _lent(now)
    after: tuple[DatedCommit, State] | None = None
    try:
        repository = Repository(workspace.repository)
        if not repository.has_history():
            return
        steps = repository.steps(most + 1, f"{place}playbooks", f"{place}site_config")
        if len(steps) <= most and (end := repository.end_of_clone()):
            tell(f"the feed of changes ends early: {end}")
        for step in steps:
            side = _side(workspace, step, like)
            if after is not None and side is not None:
                yield after[0], side, after[1]
            like = side or like
            after = (step, side) if side else None
    except GitError as error:
        tell(f"the feed of changes ends early: {error}")


def _lent(now: Portfolio) -> State:
    """What is read already and in order, for states that have the same files."""
    plans = tuple(account.plan for account in now.accounts if not account.plan.problems)
    documents = tuple(plan.document for plan in plans)
    return State(plans=plans, documents=documents, settings=now.settings, portfolio=now)


def _side(workspace: Workspace, step: DatedCommit, like: State) -> State | None:
    """The state of a commit; None where its settings do not fit this program."""
    revision = Revision(workspace, step.commit)
    revision.reuse(like.documents)
    try:
        return State.read(revision, step.at.date(), like=like)
    except SettingsError:
        return None


def _change(step: DatedCommit, old: State, new: State) -> MeaningfulCommit | None:
    """What a commit changed; None if that is nothing but words."""
    edits = settings_edits(old, new)
    means = [edit for edit in edits if _stem(edit.file) not in _WORDS]
    if edits and not means:
        new = new.with_settings(old.settings)
    old = old.on(step.at.date())
    is_small = len(new.plans) <= JUDGED
    because = is_small and len(edited(old.portfolio, new.portfolio)) <= EXPLAINED
    comparison = between(old, new, because=because, judge_settings=is_small)
    moved = any(change.is_moved for change in (*comparison.by_plans, *comparison.by_settings))
    is_untold = bool(means) and not is_small
    return MeaningfulCommit(step=step, comparison=comparison) if moved or is_untold else None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")
