"""What a new version asks warns workspaces of older ones for one release, and says when it stops."""

from __future__ import annotations

import pytest

from generator.problems import Problem
from generator.versions import eased, is_eased, stops_from
from tests.figures.small import account, plan, settings

FROM_0_1 = settings(site="upgraded_from: '0.1'\n")
ENDED = ", contract: {start: 2023-01-01, end: 2026-06-30, notice_by: 2026-03-31}"


def findings(with_upgrade: bool, rule: str, text: str) -> list[str]:
    found = account(text, with_=FROM_0_1 if with_upgrade else None).findings
    return [f"{each.level}: {each.message}" for each in found if each.rule == rule]


def test_a_new_rule_stops_new_workspaces_and_warns_older_ones() -> None:
    text = plan(more=ENDED)
    (stops,) = findings(False, "contract-decided", text)
    (warns,) = findings(True, "contract-decided", text)
    level, _, message = stops.partition(": ")
    assert level == "error"
    assert warns == f"warning: new in 0.2, an error from 0.3 on: {message}"


def test_a_value_that_is_newly_refused_warns_too() -> None:
    text = plan("decisions: [{date: 2027-01-01, kind: keep}]\n")
    (stops,) = findings(False, "day-ahead", text)
    assert stops.startswith("error: ")
    assert findings(True, "day-ahead", text) == [
        f"warning: new in 0.2, an error from 0.3 on: {stops.removeprefix('error: ')}"
    ]


def test_what_was_asked_before_still_stops() -> None:
    text = plan()
    assert findings(True, "owner", text) == findings(False, "owner", text) != []
    assert findings(True, "owner", text)[0].startswith("error: ")


@pytest.mark.parametrize(
    ("since", "upgraded_from", "now", "is_so"),
    [
        ("0.2", "0.1", "0.2.0", True),
        ("0.2", "0.1", "0.2.9", True),
        ("0.2", "0.1", "0.3.0", False),
        ("0.2", "0.1", "1.0.0", False),
        ("0.2", "0.2", "0.2.0", False),
        ("0.2", None, "0.2.0", False),
        ("0.10", "0.9", "0.10.0", True),
        ("0.2", "0.10", "0.2.0", False),
    ],
)
def test_for_how_long(since: str, upgraded_from: str | None, now: str, is_so: bool) -> None:
    assert is_eased(since, upgraded_from, now) is is_so


def test_how_it_is_told() -> None:
    assert stops_from("0.9") == "0.10"
    problem = Problem(path="a.yaml", rule="r", message="no x; add one", cure="add one")
    told = eased(problem, "0.2")
    assert str(told) == "a.yaml:1:1: warning: new in 0.2, an error from 0.3 on: no x; add one [r]"
    assert told.fault == "new in 0.2, an error from 0.3 on: no x"
