"""Each fact of each example left out: no tier gets better, and health says that it knows less.

Unless an error says what is gone, as where an entry goes with its name.
"""

from __future__ import annotations

import copy
import datetime
import random
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest

from generator.assess import settings_of
from generator.compare.edits import with_data
from generator.figures import Account, enrich
from generator.form import FORM
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


ABSENCE_SAYS = {
    "relationship.contacts.*.left_on": "still there",
    "relationship.contacts.*.rhythm_days": "waits for nothing",
    "relationship.contacts.*.influence": "has no part in the mood",
    "service.cases.*.due": "14 days after it was opened",
    "service.cases.*.severity": "2",
    "value.*.once": "every year",
    "value.costs.monetary": "the price",
    "value.costs.opportunity": "what the best alternative would bring them",
    "value.costs.risk": "what is left of their risks",
    "account.contract.start": "what comes once is spread over the horizon",
    "account.contract.end": "what comes once is spread over the horizon",
}
"""Fields that say something by not being there: health counts that and knows no less."""


def sampled(document: Document, request: pytest.FixtureRequest) -> list[Leaf]:
    """The facts of a playbook that are left out, in a run of tests only some."""
    paths = list(facts(document.data))
    if request.config.getoption("--full"):
        return paths
    return random.Random(document.stem).sample(paths, FEW)


def document_of(stem: str) -> Document:
    (document,) = (each for each in documents() if each.stem == stem)
    return document


@pytest.mark.sampled(9)
@pytest.mark.parametrize("stem", [document.stem for document in documents()])
def test_leaving_a_fact_out_lifts_nothing_unseen(stem: str, request: pytest.FixtureRequest) -> None:
    """What a measure costs apart, which a warning names."""
    document = document_of(stem)
    whole = judged(document)
    wrong = []
    for path in sampled(document, request):
        account = judged(with_data(document, without(document.data, path)))
        name = ".".join(map(str, path))
        is_named = bool(errors_among(account.findings)) and not errors_among(whole.findings)
        tier, now = (TIERS.index(each.figures["tier"].value) for each in (whole, account))
        if now < tier and path[-1] != "measure_cost" and not is_named:
            wrong.append(f"{name}: tier {TIERS[tier]} to {TIERS[now]}")
        if not is_named and is_better_unseen(whole, account) and not says_by_absence(path):
            wrong.append(f"{name}: health is better, and nobody says why")
    assert wrong == []


def says_by_absence(path: Leaf) -> bool:
    """Whether a fact means something by not being there."""
    field = FORM.at(path)
    if field is None:
        return False
    pattern = field.pattern.removesuffix(".amount")
    return any(fnmatch(pattern, place) for place in ABSENCE_SAYS)


def is_better_unseen(whole: Account, account: Account) -> bool:
    """Whether health rises, and does not know less, or nothing names what is gone.

    A finding names it, or health itself among what it is missing: of an object that is served in
    tiers B to D what was promised or delivered is asked for by no rule.
    """
    before, after = (each.figures["health"].value for each in (whole, account))
    if before is None or after is None or after <= before + 1e-9:
        return False
    known_before, known = (each.figures["health.known"] for each in (whole, account))
    named = {(finding.rule, finding.entry) for finding in account.findings}
    named -= {(finding.rule, finding.entry) for finding in whole.findings}
    missing = set(known.missing) - set(known_before.missing)
    return not (known.value < known_before.value - 1e-12 and (named or missing))
