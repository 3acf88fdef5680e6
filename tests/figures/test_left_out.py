"""Each fact of each example left out: no tier gets better, unless an error says what is gone."""

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
from generator.problems import errors_among
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
def test_leaving_a_fact_out_lifts_no_tier(stem: str, request: pytest.FixtureRequest) -> None:
    """What a measure costs apart, which a warning names; a whole entry goes with an error."""
    (document,) = (each for each in documents() if each.stem == stem)
    whole = judged(document)
    paths = list(facts(document.data))
    if not request.config.getoption("--full"):
        paths = random.Random(stem).sample(paths, FEW)
    wrong = []
    for path in paths:
        account = judged(with_data(document, without(document.data, path)))
        tier, now = (TIERS.index(each.figures["tier"].value) for each in (whole, account))
        is_named = bool(errors_among(account.findings)) and not errors_among(whole.findings)
        if now < tier and path[-1] != "measure_cost" and not is_named:
            wrong.append(f"{'.'.join(map(str, path))}: tier {TIERS[tier]} to {TIERS[now]}")
    assert wrong == []
