"""Two states of a workspace held against each other: what plans and settings moved, and why."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.compare.edits import Edit, edits_between, put_back, with_data
from generator.compare.effects import Cause, Effect, effects_between, findings_between, is_same
from generator.compare.state import State, edited, touched
from generator.errors import SettingsError
from generator.figures import Account, Portfolio
from generator.model.fields import form_of
from generator.problems import Problem
from generator.read import Revision, Source
from generator.rules.validate import Plan, plan_of
from generator.settings import Settings, settings_from
from generator.settings.load import FILES

# Why a verdict moved: the edits that, put back one at a time, undo it

MOST_TRIED = 60
"""Edits of one file that are put back alone; of a file written anew, sections are."""

Units = tuple[tuple[Cause, ...], ...]
"""What is put back together: one edit, a section of a file written anew, another account."""


class Trials:
    """States of the workspace with some edits undone, each computed once."""

    def __init__(self, undone: Callable[[tuple[Cause, ...]], State | None]) -> None:
        """`undone` makes the state without some causes; None where it cannot be."""
        self._undone = undone
        self._known: dict[Hashable, State | None] = {}

    def account(self, name: str, causes: tuple[Cause, ...]) -> Account | None:
        """The account as it would be without these causes."""
        key = tuple(
            (cause.account, cause.file, cause.edit.path if cause.edit else ()) for cause in causes
        )
        if key not in self._known:
            self._known[key] = self._undone(causes)
        side = self._known[key]
        return side.account(name) if side is not None else None


def explained(effect: Effect, name: str, units: Units, trials: Trials) -> Effect:
    """The effect with its causes."""

    def undoes(tried: Sequence[tuple[Cause, ...]]) -> bool:
        account = trials.account(name, tuple(cause for unit in tried for cause in unit))
        figure = account.figures.get(effect.key) if account else None
        return figure is not None and is_same(figure.value, effect.before.value)

    alone = [unit for unit in units if undoes([unit])]
    if alone:
        return replace(effect, causes=tuple(cause for unit in alone for cause in unit))
    if len(units) < 2 or not undoes(units):
        return effect
    needed = list(units)
    for unit in units:
        fewer = [kept for kept in needed if kept is not unit]
        if fewer and undoes(fewer):
            needed = fewer
    together = tuple(cause for unit in needed for cause in unit)
    return replace(effect, causes=together, is_together=True)


def units_of(edits: Sequence[Edit], file: str) -> Units:
    """Each edit of a file by itself; where there are too many, by section."""
    causes = [Cause(edit=edit, file=file) for edit in edits]
    if len(causes) <= MOST_TRIED:
        return tuple((cause,) for cause in causes)
    sections: dict[str, list[Cause]] = {}
    for cause in causes:
        sections.setdefault(str(cause.edit.path[0]) if cause.edit else "", []).append(cause)
    return tuple(tuple(some) for some in sections.values())


def plans_undone(
    before: State, after: State, name: str, own: Sequence[Edit]
) -> Callable[[tuple[Cause, ...]], State]:
    """What undoes edits of one account's `own` file, and whole other accounts."""
    plan = after.plan(name)

    def undone(causes: tuple[Cause, ...]) -> State:
        plans: dict[str, Plan | None] = {
            cause.account: before.plan(cause.account) for cause in causes if cause.account
        }
        edits = [cause.edit for cause in causes if cause.edit is not None]
        if len(edits) == len(own):
            plans[name] = before.plan(name)
        elif edits and plan is not None and plan.document.data is not None:
            data = put_back(plan.document.data, edits)
            plans[name] = plan_of(with_data(plan.document, data)).losing(plan.lost)
        return after.with_plans(plans)

    return undone


def settings_undone(after: State) -> Callable[[tuple[Cause, ...]], State | None]:
    """What undoes edits of site_config; what then contradicts itself cannot be tried."""

    def undone(causes: tuple[Cause, ...]) -> State | None:
        settings = _settings_without(after.settings, causes)
        return after.with_settings(settings) if settings is not None else None

    return undone


def _settings_without(settings: Settings, causes: tuple[Cause, ...]) -> Settings | None:
    documents = dict(settings.documents)
    for name, document in settings.documents.items():
        edits = [cause.edit for cause in causes if cause.edit and cause.file == document.path]
        if edits and document.data is not None:
            documents[name] = with_data(document, put_back(document.data, edits))
    try:
        return settings_from(documents)
    except SettingsError:
        return None


Kind = Literal["new", "gone", "changed"]
OTHERS_TRIED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What changed for one account."""

    kind: Kind
    account: Account
    """As it is now; of one that is gone, as it was."""
    edits: tuple[Edit, ...] = ()
    """What was edited in its own file."""
    effects: tuple[Effect, ...] = ()
    new: tuple[Problem, ...] = ()
    gone: tuple[Problem, ...] = ()

    @property
    def is_moved(self) -> bool:
        """Whether a figure or a finding differs, not only the text."""
        return bool(self.kind != "changed" or self.effects or self.new or self.gone)

    @property
    def is_carried(self) -> bool:
        """Whether nobody touched it and numbers alone moved, along with others or a setting."""
        is_news = (
            self.edits or self.new or self.gone or any(effect.is_verdict for effect in self.effects)
        )
        return self.kind == "changed" and self.is_moved and not is_news


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingEdit:
    """An edit of site_config."""

    file: str
    edit: Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two states, in the order of the accounts' paths."""

    by_plans: tuple[AccountChange, ...]
    """Under the old settings: what the plans' own edits did."""
    settings: tuple[SettingEdit, ...]
    by_settings: tuple[AccountChange, ...]
    """With the new plans: what the edits of site_config did."""
    accounts: int
    """How many there are now."""
    portfolio: Portfolio
    """As it is now, for words, names and sums."""
    earlier: Portfolio
    """As it was; accounts that no edit reaches are taken from the later state."""
    reached: frozenset[str]
    """Ids of the accounts for which a figure may differ."""


def compare(before: Revision, after: Source, today: datetime.date) -> Comparison:
    """What the change from one state to another means; each is computed with its own settings.

    Raises SettingsError when either site_config has findings.
    """
    new = State.read(after, today)
    before.reuse(new.documents)
    try:
        old = State.read(before, today, like=new)
    except SettingsError as error:
        raise SettingsError(error.problems, f"site_config of {before.commit.name}") from error
    return between(old, new)


def between(
    old: State, new: State, *, because: bool = True, judge_settings: bool = True
) -> Comparison:
    """What lies between two states; for a quick look without causes, or what settings move."""
    settings = settings_edits(old, new)
    # The new plans under the old settings stand between the two
    middle = new.with_settings(old.settings) if settings else new
    names = touched(old.portfolio, middle.portfolio)
    every = {plan.id for plan in (*old.plans, *new.plans)}
    return Comparison(
        by_plans=tuple(_by_plans(old, middle, names, because=because)),
        settings=settings,
        by_settings=(
            tuple(_by_settings(middle, new, settings)) if settings and judge_settings else ()
        ),
        accounts=len(new.plans),
        portfolio=new.portfolio,
        earlier=_sharing(old.portfolio, middle.portfolio, names),
        reached=frozenset(every if settings else names),
    )


def _sharing(before: Portfolio, after: Portfolio, names: Collection[str]) -> Portfolio:
    """The earlier portfolio with the later accounts where nothing differs: computed once."""
    now = {account.document.path: account for account in after.accounts}
    accounts = (
        account if account.id in names else now.get(account.document.path, account)
        for account in before.accounts
    )
    return replace(before, accounts=tuple(accounts))


def _by_plans(
    old: State, new: State, names: Collection[str], *, because: bool
) -> list[AccountChange]:
    changes = _changes(old, new, names)
    if not because:
        return changes
    changed = edited(old.portfolio, new.portfolio)
    return [_with_causes(change, old, new, changed) for change in changes]


def _with_causes(change: AccountChange, old: State, new: State, changed: set[str]) -> AccountChange:
    """The change with the causes of its verdicts: edits of its own, else other accounts."""
    name = change.account.id
    if change.kind != "changed" or not any(effect.is_verdict for effect in change.effects):
        return change
    others = sorted(changed - {name})[:OTHERS_TRIED]
    trials = Trials(plans_undone(old, new, name, change.edits))
    own = units_of(change.edits, change.account.document.path)
    elsewhere: Units = tuple((Cause(account=account_id),) for account_id in others)
    effects = []
    for effect in change.effects:
        with_causes = effect
        if effect.is_verdict:
            with_causes = explained(effect, name, own, trials)
            if not with_causes.causes and elsewhere:
                with_causes = explained(effect, name, elsewhere, trials)
            if not with_causes.causes and own and elsewhere:
                with_causes = explained(effect, name, (*own, *elsewhere), trials)
        effects.append(with_causes)
    return replace(change, effects=tuple(effects))


def _by_settings(old: State, new: State, settings: tuple[SettingEdit, ...]) -> list[AccountChange]:
    trials = Trials(settings_undone(new))
    units: Units = tuple((Cause(edit=edit.edit, file=edit.file),) for edit in settings)
    changes = []
    for change in _changes(old, new, {plan.id for plan in new.plans}):
        effects = tuple(
            explained(effect, change.account.id, units, trials) if effect.is_verdict else effect
            for effect in change.effects
        )
        if change.is_moved:
            changes.append(replace(change, effects=effects))
    return changes


def _changes(old: State, new: State, names: Collection[str]) -> list[AccountChange]:
    """What differs for some accounts, those that stay as they were left out."""
    before, after = old.judged(names), new.judged(names)
    olds, news = ({account.id: account for account in side.accounts} for side in (before, after))
    changes = []
    for name in names:
        account_change = _change(olds.get(name), news.get(name))
        if account_change is not None and (account_change.is_moved or account_change.edits):
            changes.append(account_change)
    return sorted(changes, key=lambda change: change.account.document.path)


def _change(old: Account | None, new: Account | None) -> AccountChange | None:
    if old is None or new is None:
        if new is not None:
            return AccountChange(kind="new", account=new, new=new.findings)
        return AccountChange(kind="gone", account=old, gone=old.findings) if old else None
    fresh, mended = findings_between(old.findings, new.findings)
    if new.case is None:
        mended = ()  # what can no longer be read is not mended
    return AccountChange(
        kind="changed",
        account=new,
        edits=edits_between(old.document, new.document),
        effects=effects_between(old, new),
        new=fresh,
        gone=mended,
    )


def settings_edits(old: State, new: State) -> tuple[SettingEdit, ...]:
    """What was edited in site_config between two states."""
    edits: list[SettingEdit] = []
    for name, document in new.settings.documents.items():
        was = old.settings.documents[name]
        if was.text != document.text:
            differences = edits_between(was, document, form_of(FILES[name]))
            edits.extend(SettingEdit(file=document.path, edit=edit) for edit in differences)
    return tuple(edits)
