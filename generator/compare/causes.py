"""Why a verdict moved: the edits that, put back one at a time, undo it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from generator.compare.edits import Edit, put_back, with_data
from generator.compare.effects import Cause, Effect, is_same
from generator.compare.side import Side
from generator.errors import SettingsError
from generator.figures import Account
from generator.rules.validate import Plan, plan_of
from generator.settings import Settings, settings_from

MOST_TRIED = 60
"""Edits of one file that are put back alone; of a file written anew, sections are."""

Units = tuple[tuple[Cause, ...], ...]
"""What is put back together: one edit, a section of a file written anew, another account."""


class Trials:
    """States of the workspace with some edits undone, each computed once."""

    def __init__(self, undone: Callable[[tuple[Cause, ...]], Side | None]) -> None:
        """`undone` makes the state without some causes; None where it cannot be."""
        self._undone = undone
        self._known: dict[Hashable, Side | None] = {}

    def account(self, name: str, causes: tuple[Cause, ...]) -> Account | None:
        """The account as it would be without these causes."""
        key = tuple((one.account, one.file, one.edit.path if one.edit else ()) for one in causes)
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
        fewer = [one for one in needed if one is not unit]
        if fewer and undoes(fewer):
            needed = fewer
    together = tuple(cause for unit in needed for cause in unit)
    return replace(effect, causes=together, is_together=True)


def units_of(edits: Sequence[Edit], file: str) -> Units:
    """Each edit of a file by itself; where there are too many, by section."""
    causes = [Cause(edit=one, file=file) for one in edits]
    if len(causes) <= MOST_TRIED:
        return tuple((one,) for one in causes)
    sections: dict[str, list[Cause]] = {}
    for one in causes:
        sections.setdefault(str(one.edit.path[0]) if one.edit else "", []).append(one)
    return tuple(tuple(some) for some in sections.values())


def plans_undone(
    before: Side, after: Side, name: str, own: Sequence[Edit]
) -> Callable[[tuple[Cause, ...]], Side]:
    """What undoes edits of one account's `own` file, and whole other accounts."""
    plan = after.plan(name)

    def undone(causes: tuple[Cause, ...]) -> Side:
        plans: dict[str, Plan | None] = {
            one.account: before.plan(one.account) for one in causes if one.account
        }
        edits = [one.edit for one in causes if one.edit is not None]
        if len(edits) == len(own):
            plans[name] = before.plan(name)
        elif edits and plan is not None and plan.document.data is not None:
            data = put_back(plan.document.data, edits)
            plans[name] = plan_of(with_data(plan.document, data))
        return after.with_plans(plans)

    return undone


def settings_undone(after: Side) -> Callable[[tuple[Cause, ...]], Side | None]:
    """What undoes edits of site_config; what then contradicts itself cannot be tried."""

    def undone(causes: tuple[Cause, ...]) -> Side | None:
        settings = _settings_without(after.settings, causes)
        return after.with_settings(settings) if settings is not None else None

    return undone


def _settings_without(settings: Settings, causes: tuple[Cause, ...]) -> Settings | None:
    documents = dict(settings.documents)
    for name, document in settings.documents.items():
        edits = [one.edit for one in causes if one.edit and one.file == document.path]
        if edits and document.data is not None:
            documents[name] = with_data(document, put_back(document.data, edits))
    try:
        return settings_from(documents)
    except SettingsError:
        return None
