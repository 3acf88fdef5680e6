"""A complete plan of tier A: each leaf taken away is missed, or stands among the optional ones."""

from __future__ import annotations

import copy
import datetime
import random
import re
from collections.abc import Iterator
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest

from generator.assess import settings_of
from generator.compare.edits import with_data
from generator.figures import enrich
from generator.read import Workspace, read_file
from generator.rules.gate import judge
from generator.rules.validate import validate
from generator.settings import Settings

REPOSITORY = Path(__file__).parents[3]
PLAN = "playbooks/americas/prairie-foods.yaml"
BESIDE = "playbooks/americas/cascade-pharma.yaml"
"""The plan speaks of this account."""
FEW = 80
TODAY = datetime.date(2026, 11, 23)
Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def quiet(request: pytest.FixtureRequest) -> dict[Path_, bool]:
    """Each leaf of the plan by its path, and whether nothing is found when it is taken away.

    Without --full so many leaves of them: the whole plan is judged anew for each.
    """
    known = settings()
    plan, beside = (read_file(REPOSITORY / name, name) for name in (PLAN, BESIDE))

    def has_findings(data: dict[str, Any]) -> bool:
        plans = validate((with_data(plan, data), beside), known, TODAY)
        return bool(judge(enrich(plans, known, TODAY), only={plan.stem}).findings)

    whole: Any = copy.deepcopy(plan.data)
    assert not has_findings(whole), "the plan is complete before anything is taken away"
    silent = {}
    paths = list(leaves(whole, ()))
    if not request.config.getoption("--full"):
        paths = random.Random(PLAN).sample(paths, FEW)
    for path in paths:
        *above, last = path
        holder: Any = reduce(lambda node, step: node[step], above, whole)
        kept = copy.copy(holder)
        del holder[last]
        silent[path] = not has_findings(whole)
        holder.clear()
        holder.update(kept) if isinstance(holder, dict) else holder.extend(kept)
    return silent


def leaves(node: Any, path: Path_) -> Iterator[Path_]:
    """Every key and list entry at any depth."""
    steps = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for step in steps:
        yield (*path, step)
        yield from leaves(node[step], (*path, step))


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


@pytest.mark.full
def test_the_plan_uses_the_form(quiet: dict[Path_, bool]) -> None:
    assert len(quiet) > 1000


@pytest.mark.sampled(FEW)
def test_what_is_taken_away_is_missed_or_optional(quiet: dict[Path_, bool]) -> None:
    unnoticed = [
        ".".join(map(str, path))
        for path, is_quiet in quiet.items()
        if is_quiet
        and not is_entry(path)
        and not any(matches(place, path) for place in optional_places())
    ]
    assert unnoticed == []


@pytest.mark.full
def test_what_is_called_optional_is(quiet: dict[Path_, bool]) -> None:
    for place in optional_places():
        paths = [path for path in quiet if matches(place, path)]
        assert paths, f"the plan has no {place}"
        missed = [path for path in paths if not quiet[path]]
        if "*" in place:  # one entry may be asked for what the others need not have
            assert len(missed) < max(2, len(paths)), place
        else:
            assert missed == [], place


@pytest.mark.full
def test_the_list_is_short(quiet: dict[Path_, bool]) -> None:
    kinds = {re.sub(r"\.\d+", ".*", ".".join(map(str, path))) for path in quiet}
    assert len(optional_places()) < len(kinds) / 5
