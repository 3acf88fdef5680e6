"""Each fact of each example left out: no tier gets better, and health never rises unseen."""

from __future__ import annotations

import copy
import datetime
import random
from collections.abc import Iterator
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest

from generator.assess import settings_of
from generator.compare.edits import with_data
from generator.figures import Account, enrich
from generator.read import Document, Workspace, read_playbooks
from generator.rules.gate import judge
from generator.rules.validate import validate
from generator.settings import Settings

REPOSITORY = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 23)
FEW = 2
TIERS = ("A", "B", "C", "D", None)
"""The best first; a tier that is not known is no better than any."""
Leaf = tuple[str | int, ...]


@cache
def documents() -> tuple[Document, ...]:
    return read_playbooks(Workspace.at(REPOSITORY))


@cache
def settings() -> Settings:
    return settings_of(Workspace.at(REPOSITORY))


def judged(changed: Document) -> Account:
    plans = validate(
        [changed if each.path == changed.path else each for each in documents()], settings(), TODAY
    )
    account = judge(enrich(plans, settings(), TODAY), only={changed.stem}).account(changed.stem)
    assert account is not None
    return account


def facts(node: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """Every single value, at any depth."""
    steps = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for step in steps:
        if isinstance(node[step], (dict, list)):
            yield from facts(node[step], (*path, step))
        elif isinstance(step, str):
            yield (*path, step)


def without(data: Any, path: Leaf) -> Any:
    left: Any = copy.deepcopy(data)
    *above, last = path
    del reduce(lambda node, step: node[step], above, left)[last]
    return left


@pytest.mark.parametrize("stem", [document.stem for document in documents()])
def test_leaving_a_fact_out_lifts_nothing_unseen(stem: str, request: pytest.FixtureRequest) -> None:
    (document,) = (each for each in documents() if each.stem == stem)
    whole = judged(document)
    paths = list(facts(document.data))
    if not request.config.getoption("--full"):
        paths = random.Random(stem).sample(paths, FEW)
    before = {str(finding) for finding in whole.findings}
    wrong = []
    for path in paths:
        account = judged(with_data(document, without(document.data, path)))
        name = ".".join(map(str, path))
        tier, now = (TIERS.index(each.figures["tier"].value) for each in (whole, account))
        # what a measure costs may be left out; a warning names it
        if now < tier and path[-1] != "measure_cost":
            wrong.append(f"{name}: tier {TIERS[tier]} to {TIERS[now]}")
        health, new = (each.figures["health"].value for each in (whole, account))
        known, less = (each.figures["health.known"].value for each in (whole, account))
        if health is not None and new is not None and new > health + 1e-9:
            is_named = {str(finding) for finding in account.findings} - before
            # who has no rhythm waits for nobody: of one contact less nothing more is unknown
            falls = less < known or path[-1] == "rhythm_days"
            if not (falls and is_named):
                wrong.append(f"{name}: health {health:.1f} to {new:.1f}, known {known} to {less}")
    assert wrong == []
