"""A complete plan of tier A: each leaf taken away is missed, or stands among the optional ones."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from generator.assess import settings_of
from generator.enrich import enrich
from generator.gate import judge
from generator.read import Workspace, read_playbooks
from generator.settings import Settings
from generator.validate import validate

REPOSITORY = Path(__file__).parents[2]
PLAN = "playbooks/americas/prairie-foods.yaml"
BESIDE = "playbooks/americas/cascade-pharma.yaml"
"""The plan speaks of this account."""
TODAY = datetime.date(2026, 11, 23)
Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> dict[Path_, bool]:
    """Each leaf of the plan by its path, and whether nothing is found when it is taken away."""
    root = tmp_path_factory.mktemp("leaves")
    shutil.copytree(REPOSITORY / "site_config", root / "site_config")
    for name in (PLAN, BESIDE):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, root / name)
    tree = yaml.compose((root / PLAN).read_text(encoding="utf-8"))
    assert tree is not None

    workspace = Workspace.at(root)
    known = settings_of(workspace)

    def found() -> set[tuple[str, str, str]]:
        (root / PLAN).write_text(yaml.serialize(tree, allow_unicode=True), encoding="utf-8")
        plans = validate(read_playbooks(workspace), known, TODAY)
        findings = judge(enrich(plans, known, TODAY)).findings
        return {(one.rule, one.entry, one.message) for one in findings}

    assert found() == set(), "the plan is complete before anything is taken away"
    told = {}
    for path, parent, index in list(leaves(tree, ())):
        taken = parent.value.pop(index)
        told[path] = not found()
        parent.value.insert(index, taken)
    return told


def leaves(node: yaml.Node, path: Path_) -> Iterator[tuple[Path_, yaml.Node, int]]:
    """Every key and list entry at any depth: its path, what holds it, and where in that."""
    for index, one in enumerate(node.value if isinstance(node, yaml.CollectionNode) else ()):
        step, value = (one[0].value, one[1]) if isinstance(one, tuple) else (index, one)
        yield (*path, step), node, index
        yield from leaves(value, (*path, step))


@cache
def settings() -> Settings:
    return settings_of(Workspace.at(REPOSITORY))


def optional_places() -> list[str]:
    return [place for group in settings().rules.optional or () for place in group.fields]


def matches(place: str, path: Path_) -> bool:
    if place.startswith("**."):
        return path[-1] == place.removeprefix("**.")
    pattern = re.escape(place).replace(r"\*", "[^.]+")
    return re.fullmatch(pattern, ".".join(map(str, path))) is not None


def is_entry(path: Path_) -> bool:
    """An entry of a list: nothing can know that there should be one more."""
    return isinstance(path[-1], int)


def test_the_plan_uses_the_form(quiet: dict[Path_, bool]) -> None:
    assert len(quiet) > 1000


def test_what_is_taken_away_is_missed_or_optional(quiet: dict[Path_, bool]) -> None:
    unnoticed = [
        ".".join(map(str, path))
        for path, is_quiet in quiet.items()
        if is_quiet
        and not is_entry(path)
        and not any(matches(place, path) for place in optional_places())
    ]
    assert unnoticed == []


def test_what_is_called_optional_is(quiet: dict[Path_, bool]) -> None:
    for place in optional_places():
        found = [path for path in quiet if matches(place, path)]
        assert found, f"the plan has no {place}"
        missed = [path for path in found if not quiet[path]]
        if "*" in place:  # one entry may be asked for what the others need not have
            assert len(missed) < len(found), place
        else:
            assert missed == [], place


def test_the_list_is_short(quiet: dict[Path_, bool]) -> None:
    kinds = {re.sub(r"\.\d+", ".*", ".".join(map(str, path))) for path in quiet}
    assert len(optional_places()) < len(kinds) / 5
