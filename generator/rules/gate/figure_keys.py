"""Figures named by rules and overrides: a key that is no figure's would go unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.figures import Account
from generator.figures.definitions import DEFINITIONS
from generator.model.shape import did_you_mean
from generator.problems import Problem
from generator.read.document import DataPath
from generator.settings import Settings
from generator.settings.rules import Holds

_SECTIONS = frozenset(f"{key.split('.')[0]}.*" for key in DEFINITIONS)


def unknown_figures(settings: Settings) -> tuple[Problem, ...]:
    """A finding in rules.yaml or audiences.yaml for each figure that there is none of."""
    named = [
        ("rules", path, key)
        for index, rule in enumerate(settings.rules.rules)
        for path, key in _keys(("rules", index, "holds"), rule.holds)
        if key not in DEFINITIONS
    ]
    named.extend(
        ("audiences", ("figures", audience, index), key)
        for audience, keys in settings.audiences.figures.items()
        for index, key in enumerate(keys)
        if key not in DEFINITIONS and key not in _SECTIONS
    )
    return tuple(
        replace(settings.documents[file].problem(path, "wrong-setting", _message(key)), account="")
        for file, path, key in named
    )


def unknown_overrides(account: Account) -> Iterator[Problem]:
    """A finding for each override of a figure that there is none of."""
    playbook = account.playbook
    for index, one in enumerate((playbook and playbook.overrides) or ()):
        if one.figure not in DEFINITIONS:
            path: DataPath = ("overrides", index, "figure")
            yield account.document.problem(path, "unknown-figure", _message(one.figure))


def _message(key: str) -> str:
    return f"no figure '{key}'{did_you_mean(key, tuple(DEFINITIONS))}"


def _keys(path: DataPath, holds: Holds) -> Iterator[tuple[DataPath, str]]:
    """Every figure's key in what must hold, with its place."""
    if holds.figure is not None:
        yield (*path, "figure", "key"), holds.figure.key
    if holds.each is not None and holds.each.above is not None:
        yield (*path, "each", "above"), holds.each.above
    for name in ("each", "some", "none"):
        part = getattr(holds, name)
        for field, condition in ((part and part.where) or {}).items():
            if condition.in_figure is not None:
                yield (*path, name, "where", field, "in_figure"), condition.in_figure
    for name in ("all", "any"):
        for index, inner in enumerate(getattr(holds, name) or ()):
            yield from _keys((*path, name, index), inner)
